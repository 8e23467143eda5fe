"""What a text carries: summaries and claims that people held against it.

In: the part `dev` of the corpora `fact_*`, in seven families. Out: how well the scores of `check`
tell what is supported, by one threshold for all families and by their order, with simpler ways
beside them.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.checking import Inquiry, answers, sentences_of
from briefing.document import Document
from briefing.evaluate import data
from briefing.evaluate.beside import Statistic, rows
from briefing.evaluate.matching import WORD
from briefing.evaluate.report import Part, Table
from briefing.segment import segment
from briefing.support.weighed import THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from briefing.evaluate.bootstrap import Draw
    from briefing.evaluate.data import Record
    from briefing.evaluate.seams import Support

    Values = NDArray[np.float64]
    Measured = Callable[[Values, Values, Values], float]

SETS = ("fact_frank", "fact_qags", "fact_xsumfaith", "fact_summedits", "fact_wice")
FAMILIES = (
    "frank_cnndm",
    "frank_xsum",
    "qags_cnndm",
    "qags_xsum",
    "xsumfaith",
    "summedits",
    "wice",
)
MEAN = "mean"
COLUMNS = (MEAN, *FAMILIES)
OURS, PAIRS, ELSEWHERE, PLAIN = (
    "check",
    "pairs of words",
    "names and numbers",
    "encoder alone",
)
NOTE = (
    "Balanced accuracy: the mean of how many supported ones pass and how many others do not."
    f" `check` passes what scores {THRESHOLD} or more; each of the others has the one threshold"
    " that is best for the mean of these very records, which favours them. Pairs of words: the"
    " share of a claim's pairs of neighbouring words that the text has. Names and numbers: how few"
    " capitalised words and numbers of a claim the text lacks. Encoder: how like its nearest"
    " sentence of the text each sentence of a claim is, the least of them. Intervals by text. The"
    " last row is of the difference, draw by draw; the best of the others in each column."
)
ORDER_NOTE = "The area under the curve of hits against false alarms; no threshold is needed."


class Held(NamedTuple):
    """A claim, the text that it was held against, and whether people found it supported."""

    family: str
    text: str
    claim: str
    label: int


def measure(support: Support, folder: Path, limit: int | None = None) -> Part:
    """Measure the scores of `check`, of words, of names and numbers, and of the encoder."""
    import numpy as np

    found = [
        held(name, record) for name in SETS for record in data.load(folder, name, limit=limit)
    ]
    inquiries = [Inquiry(Document("text", each.text), each.claim) for each in found]
    ways = {
        OURS: np.array([each.score for each in answers(inquiries, support.scorer)]),
        PAIRS: np.array([shared_pairs(each) for each in found]),
        ELSEWHERE: np.array([-missing(each) for each in found]),
        PLAIN: nearest(support, found),
    }
    counts = {"claims": len(found), "supported": sum(each.label for each in found)}
    cuts = {name: cut(found, scores) for name, scores in ways.items()} | {OURS: THRESHOLD}
    passed = {name: (scores >= cuts[name]).astype(float) for name, scores in ways.items()}
    return Part(
        "supported",
        (
            Table("Balanced accuracy, per cent", COLUMNS, table(found, passed), counts, NOTE),
            Table("ROC AUC, per cent", COLUMNS, table(found, ways), counts, ORDER_NOTE),
        ),
    )


def held(name: str, record: Record) -> Held:
    """One record of any of the sets."""
    raw: dict[str, Any] = dict(record)
    if name == "fact_wice":
        return Held("wice", "\n".join(raw["document_sentences"]), raw["claim"], raw["label"])
    family = next(
        each for each in FAMILIES if raw["source_set"].startswith(each) or name.endswith(each)
    )
    return Held(family, raw["document"], raw["summary"], raw["label"])


def table(found: Sequence[Held], ways: Mapping[str, Values]) -> tuple[Any, ...]:
    """Rows of the area under the curve; of scores that are 0 or 1, that is balanced accuracy."""
    return rows({name: statistics(found, scores) for name, scores in ways.items()})


def statistics(found: Sequence[Held], scores: Values) -> dict[str, Statistic]:
    """The area for each family, and the mean of all."""
    import numpy as np

    numbers: dict[str, int] = {}
    units = np.array([numbers.setdefault(each.text, len(numbers)) for each in found])
    labels = np.array([float(each.label) for each in found])
    places = {
        name: np.array([at for at, each in enumerate(found) if each.family == name], dtype=int)
        for name in FAMILIES
    }

    def area_of(name: str, draw: Draw) -> float:
        often = np.bincount(draw, minlength=len(numbers))[units].astype(float)
        at = places[name]
        return area(labels[at], scores[at], often[at])

    def mean_of(draw: Draw) -> float:
        return float(np.mean([area_of(name, draw) for name in FAMILIES if len(places[name])]))

    each = {
        name: Statistic(len(numbers), partial(area_of, name))
        for name in FAMILIES
        if len(places[name])
    }
    return {MEAN: Statistic(len(numbers), mean_of)} | each if len(each) > 1 else each


def area(labels: Values, scores: Values, often: Values) -> float:
    """The area under the curve in per cent; 50 where a class is missing.

    Args:
        labels: 1 for what is supported, else 0.
        scores: The higher, the likelier it is.
        often: How often each record counts.
    """
    import numpy as np

    right, wrong = often * labels, often * (1 - labels)
    if not right.sum() or not wrong.sum():
        return 50.0
    _, place = np.unique(scores, return_inverse=True)
    rights, wrongs = (np.bincount(place, weights=each) for each in (right, wrong))
    below = np.cumsum(wrongs) - wrongs / 2
    return float(100 * (rights * below).sum() / (right.sum() * wrong.sum()))


def cut(found: Sequence[Held], scores: Values) -> float:
    """The threshold with the best mean over families."""
    import numpy as np

    labels = np.array([float(each.label) for each in found])
    ones = np.ones(len(found))
    groups = [[at for at, each in enumerate(found) if each.family == name] for name in FAMILIES]

    def mean_at(threshold: float) -> float:
        passed = (scores >= threshold).astype(float)
        return float(np.mean([area(labels[at], passed[at], ones[at]) for at in groups if at]))

    candidates = np.unique(np.quantile(scores, np.linspace(0, 1, 101)))
    return float(max(candidates, key=mean_at))


def shared_pairs(one: Held) -> float:
    """The share of a claim's pairs of words that the text has."""
    told, asked = ({*pairwise(WORD.findall(each.lower()))} for each in (one.text, one.claim))
    return len(told & asked) / max(1, len(asked))


def missing(one: Held) -> int:
    """How many capitalised words and numbers of a claim the text lacks."""
    told = {*WORD.findall(one.text)}
    return sum(word not in told for word in {*WORD.findall(one.claim)} if not word[:1].islower())


def nearest(support: Support, found: Sequence[Held]) -> Values:
    """How like its nearest sentence of the text a claim's least like sentence is."""
    import numpy as np

    texts = {each.text: cut_up(each.text) for each in found}
    claims = {each.claim: sentences_of(each.claim) for each in found}
    every = [*dict.fromkeys(part for parts in (texts | claims).values() for part in parts)]
    places = {part: number for number, part in enumerate(every)}
    vectors = support.encoder.embed(every)

    def rows_of(parts: Sequence[str]) -> Any:
        return vectors[[places[part] for part in parts]]

    return np.array(
        [
            float((rows_of(claims[each.claim]) @ rows_of(texts[each.text]).T).max(1).min())
            for each in found
        ]
    )


def cut_up(text: str) -> list[str]:
    """The sentences of a text."""
    document = Document("text", text)
    return [document[each.span] for each in segment(document)] or [text]
