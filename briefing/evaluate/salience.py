"""Which sentences matter: the reader's selections beside those of simple methods, by ROUGE.

In: documents with summaries by people, of seven kinds. Out: ROUGE F1 of the sentences selected,
and how far the reader is ahead of the best of the others. All choose among the same sentences:
those of the package's own segmenter that are no headings and have at least five words.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from briefing.analyse.ranking import nearest_total
from briefing.document import Document
from briefing.errors import SettingsError
from briefing.evaluate import data
from briefing.evaluate.bootstrap import Figure, mean_of_means
from briefing.evaluate.graph import eligible
from briefing.evaluate.report import Part, Row, Table
from briefing.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from briefing.evaluate.data import Record
    from briefing.evaluate.seams import Reader

    Scores = NDArray[np.float64]
    """Of (documents, measures): ROUGE F1 times 100, and how many words were selected."""
    Found = dict[str, dict[str, Scores]]
    """By group and method."""

MOST = 150
"""Records of a group, those with the smallest SHA-1 of their ids."""
MEASURES = ("rouge1", "rouge2", "rougeLsum")
NAMES = ("ROUGE-1", "ROUGE-2", "ROUGE-Lsum", "words selected")
OURS = "the reader"
MEAN = "mean of six"
NOTE = (
    "F1 by rouge-score with stems; for Lsum a sentence a line, the reference cut by the package's"
    " segmenter. The mean leaves out `ectsum`, calls of companies with their investors, which is"
    " far from the others."
)


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one kind.

    Attributes:
        name: For the table.
        set: Where they are from.
        words: How many to select, as near as whole sentences allow; or
        sentences: so many sentences.
        outlet: Only records of this outlet.
    """

    name: str
    set: str
    words: int | None = None
    sentences: int | None = None
    outlet: str | None = None


GROUPS = (
    Group("cnndm-cnn", "sum_cnndm", sentences=3, outlet="cnn"),
    Group("cnndm-dm", "sum_cnndm", sentences=3, outlet="dailymail"),
    Group("xsum", "sum_xsum", sentences=1),
    Group("bbc", "sum_bbc", words=170),
    Group("multinews", "sum_multinews", words=220),
    Group("policy", "sum_policy", words=180),
    Group("ectsum", "sum_ectsum", words=45),
)
APART = "ectsum"
SETS = tuple(dict.fromkeys(group.set for group in GROUPS))


def ready() -> None:
    """See that the packages are there that this part needs.

    Raises:
        SettingsError: If one is missing.
    """
    missing = [name for name in ("rouge_score", "sumy") if find_spec(name) is None]
    if missing:
        raise SettingsError(
            f"{' and '.join(missing)} not installed: salience cannot be measured",
            hint="Run: pip install 'briefing-desk[eval]', or leave it out with --only.",
        )


def measure(
    reader: Reader, folder: Path, limit: int | None = None, groups: Sequence[Group] = GROUPS
) -> Part:
    """Measure the reader's selections and those of its peers."""
    ready()
    from briefing.evaluate.peers import rankings

    others, rouge = rankings(), scorer()
    found: Found = {}
    for group in groups:
        records = load(group, folder, limit)
        picked = {OURS: selected(reader, group, records)} | {
            name: [chosen(rank, group, texts_of(record)) for record in records]
            for name, rank in others.items()
        }
        found[group.name] = {name: rouge(records, summaries) for name, summaries in picked.items()}
    counts = {f"of {name}": len(scores[OURS]) for name, scores in found.items()}
    return Part("salience", tuple(tables(found, counts)))


def load(group: Group, folder: Path, limit: int | None) -> list[Record]:
    """The records of a group."""
    records = data.load(folder, group.set)
    fitting = [each for each in records if group.outlet in (None, each.get("outlet"))]
    return fitting[: min(limit or MOST, MOST)]


def texts_of(record: Record) -> list[str]:
    """The texts of a record, one or several."""
    texts: list[str] = record.get("documents") or [record["document"]]
    return texts


def selected(reader: Reader, group: Group, records: Sequence[Record]) -> list[list[str]]:
    """The sentences that the reader selects from each record."""
    texts = [texts_of(record) for record in records]
    answers = reader.summarise(texts, words=group.words, sentences=group.sentences)
    return [
        [documents[at][start:end] for at, start, end in places]
        for documents, places in zip(texts, answers, strict=True)
    ]


def chosen(
    rank: Callable[[Sequence[Sequence[str]]], list[int]], group: Group, texts: Sequence[str]
) -> list[str]:
    """The sentences that a peer selects from one record, by the same budget."""
    candidates = [sentences_of(text) for text in texts]
    flat = [sentence for sentences in candidates for sentence in sentences]
    if not flat:
        return []
    order = rank(candidates)
    lengths = [len(flat[number].split()) for number in order]
    take = nearest_total(lengths, group.words) if group.words else group.sentences
    return [flat[number] for number in sorted(order[:take])]


def sentences_of(text: str) -> list[str]:
    """The sentences of `text` that can be selected."""
    document = Document("", text)
    cut = segment(document)
    return [document[cut[at].span] for at in eligible(document, cut)]


def scorer() -> Callable[[Sequence[Record], Sequence[Sequence[str]]], Scores]:
    """What scores summaries against the references of their records."""
    import numpy as np
    from rouge_score.rouge_scorer import RougeScorer

    rouge = RougeScorer(list(MEASURES), use_stemmer=True)

    def score(records: Sequence[Record], summaries: Sequence[Sequence[str]]) -> Scores:
        rows = []
        for record, summary in zip(records, summaries, strict=True):
            lines = [" ".join(sentence.split()) for sentence in summary]
            found: dict[str, Any] = rouge.score(reference(record["summary"]), "\n".join(lines))
            words = sum(len(line.split()) for line in lines)
            rows.append([*(100 * found[name].fmeasure for name in MEASURES), words])
        return np.array(rows, dtype=np.float64).reshape(-1, len(NAMES))

    return score


def reference(summary: str) -> str:
    """A summary by a person with a sentence a line."""
    lines = (Document("", line) for line in summary.splitlines() if line.strip())
    return "\n".join(line[each.span] for line in lines for each in segment(line))


def tables(found: Found, counts: dict[str, int]) -> list[Table]:
    """One table for each measure, and one of how far the reader is ahead."""
    columns = tuple(columns_of(found))
    made = [
        Table(
            f"{measure}, {'F1' if at < len(MEASURES) else 'mean'}",
            columns,
            tuple(Row(name, figures_of(found, name, at)) for name in next(iter(found.values()))),
            counts if at == 0 else {},
            NOTE if at == 0 else "",
        )
        for at, measure in enumerate(NAMES)
    ]
    ahead_table = Table(
        "The reader less the best of the others",
        columns,
        tuple(Row(NAMES[at], ahead(found, at)) for at in range(len(MEASURES))),
        note="Of the difference, document by document; the best of the others in each column.",
    )
    return [*made, ahead_table]


def figures_of(found: Found, name: str, at: int) -> dict[str, Figure]:
    """One method's figures by group, and their mean; words without an interval."""
    figures = {
        column: mean_of_means([found[group][name][:, at] for group in groups])
        for column, groups in columns_of(found).items()
        if groups
    }
    if at < len(MEASURES):
        return figures
    return {column: Figure(each.value) for column, each in figures.items()}


def ahead(found: Found, at: int) -> dict[str, Figure]:
    """How far the reader is ahead of the best other method by group, and over all."""
    return {
        column: mean_of_means(
            [found[group][OURS][:, at] - found[group][best][:, at] for group in groups]
        )
        for column, groups in columns_of(found).items()
        if groups
        for best in [best_other(found, groups, at)]
    }


def columns_of(found: Found) -> dict[str, list[str]]:
    """The columns, and the groups that each is about."""
    return {group: [group] for group in found} | {
        MEAN: [group for group in found if group != APART]
    }


def best_other(found: Found, groups: Sequence[str], at: int) -> str:
    """The method other than the reader with the highest mean over `groups`."""
    others = [name for name in found[groups[0]] if name != OURS]
    return max(others, key=lambda name: sum(found[group][name][:, at].mean() for group in groups))
