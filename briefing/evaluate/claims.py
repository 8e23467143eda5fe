"""Which sentences ask to be checked: ClaimBuster's debates, and what fact checkers took up.

In: sentences with the judgement of people, and a score for each. Out: average precision, and F1
at a threshold. Two ways to the scores: `claims --jsonl` rates each sentence by itself; the claims
of `extract --jsonl` are those of a whole debate, where the lines around a sentence are read too.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from briefing.evaluate import data
from briefing.evaluate.bootstrap import Figure, figure, mean
from briefing.evaluate.report import Part, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from briefing.evaluate.data import Record
    from briefing.evaluate.seams import Extracted, Reader

    Values = NDArray[np.float64]
    Rating = Callable[[Sequence[str]], list[float]]

BUSTER, CLEF = "claims_claimbuster", "claims_clef"
SETS = (BUSTER, CLEF)
CUT = 0.5
"""From this score on a sentence counts as worth checking."""
TUNING = 5
"""Every so many-th block of the `train` part gives the other threshold."""
PRECISION, AT_CUT, AT_BEST = "average precision", "F1 at 0.5", "F1 at the best threshold of train"
COLUMNS = (PRECISION, AT_CUT, AT_BEST)
PER_DEBATE = "mean average precision"

OURS, IN_CONTEXT, LONGEST = "claims", "extract", "the longest first"
QUOTED = {
    "tf-idf, logistic regression (quoted)": (83.4, 75.6, 17.1),
    "MiniLM, logistic regression (quoted)": (85.9, 78.3, 14.6),
    "both and surface features (quoted)": (88.5, 78.5, 16.3),
}
"""Average precision, F1 at a threshold of train, and mean average precision over the debates.

Measured once with scikit-learn on the same records; not run here.
"""
NOTE = (
    "Rows marked (quoted) were measured once on the same records, with logistic regression of"
    " balanced classes, and are not run again."
)


class Rated(NamedTuple):
    """Judgements and scores, one a sentence; `units` numbers what stays together in a draw."""

    labels: Values
    scores: Values
    units: Values


def measure(reader: Reader, folder: Path, limit: int | None = None) -> Part:
    """Measure all ways to rate sentences on both sets."""
    ways: dict[str, Rating] = {
        OURS: reader.rate,
        IN_CONTEXT: lambda texts: by_extract(reader, texts),
        LONGEST: by_length,
    }
    return Part("claims", (buster(ways, folder, limit), clef(reader, ways, folder, limit)))


def buster(ways: dict[str, Rating], folder: Path, limit: int | None) -> Table:
    """Sentences by themselves."""
    records = data.load(folder, BUSTER, limit=limit)
    tuning = data.load(folder, BUSTER, split="train")
    tuning = [each for each in tuning if each["block"] % TUNING == 0][:limit]
    rows = []
    for name, rate in ways.items():
        floor = best_threshold(rated(tuning, rate))
        rows.append(Row(name, figures(rated(records, rate), floor, fixed=name != LONGEST)))
    rows += [
        Row(name, {PRECISION: Figure(average), AT_BEST: Figure(f1)})
        for name, (average, f1, _) in QUOTED.items()
    ]
    counts = {
        "sentences": len(records),
        "worth checking": sum(record["label"] for record in records),
        "sentences of train for the threshold": len(tuning),
    }
    note = (
        "Every sentence by itself: `extract` reads it as a text of one sentence, and gives it the"
        " highest score of its claims, 0 where it finds none. Intervals by block of 250"
        f" neighbouring sentences. {NOTE}"
    )
    return Table("ClaimBuster, per cent", COLUMNS, tuple(rows), counts, note)


def clef(reader: Reader, ways: dict[str, Rating], folder: Path, limit: int | None) -> Table:
    """Debates as a whole: what fact checkers took up of them."""
    import numpy as np

    debates = data.load(folder, CLEF, limit=limit)
    lines = [[each["sentence"] for each in debate["sentences"]] for debate in debates]
    scores = {
        name: in_debates(reader, debates) if name == IN_CONTEXT else [rate(each) for each in lines]
        for name, rate in ways.items()
    }
    labels = [np.array([each["label"] for each in debate["sentences"]]) for debate in debates]
    rows = [
        Row(name, {PER_DEBATE: mean(np.array(list(map(precision, labels, each))))})
        for name, each in scores.items()
    ]
    rows += [Row(name, {PER_DEBATE: Figure(each[-1])}) for name, each in QUOTED.items()]
    counts = {
        "debates": len(debates),
        "sentences": sum(map(len, lines)),
        "checked": int(sum(each.sum() for each in labels)),
    }
    note = (
        "CLEF 2019 and later: a sentence counts if a fact checker took it up, so many that could"
        " be checked count as wrong. `extract` reads the whole debate as a transcript; a sentence"
        " has the highest score of the claims that overlap it. Intervals by debate."
    )
    return Table("CLEF debates, per cent", (PER_DEBATE,), tuple(rows), counts, note)


def by_length(texts: Sequence[str]) -> list[float]:
    """The peer that takes long sentences for worth checking."""
    return [float(len(text.split())) for text in texts]


def by_extract(reader: Reader, texts: Sequence[str]) -> list[float]:
    """The highest score of the claims in each text by itself."""
    return [
        highest(answer, [(0, len(text))])[0]
        for text, answer in zip(texts, reader.extract(texts), strict=True)
    ]


def in_debates(reader: Reader, debates: Sequence[Record]) -> list[list[float]]:
    """The highest score of the claims in each line of whole debates."""
    laid = [
        transcript((s["speaker"], s["sentence"]) for s in each["sentences"]) for each in debates
    ]
    answers = reader.extract([text for text, _ in laid])
    return [highest(answer, places) for answer, (_, places) in zip(answers, laid, strict=True)]


def transcript(lines: Iterable[tuple[str, str]]) -> tuple[str, list[tuple[int, int]]]:
    """Lines with their speakers as the text of a transcript, a paragraph a turn.

    Returns:
        The text, and where each line stands in it.
    """
    text, places = "", []
    for speaker, turn in groupby(lines, key=lambda line: line[0]):
        text += ("\n\n" if text else "") + f"{speaker}:"
        for _, sentence in turn:
            text += f" {sentence}"
            places.append((len(text) - len(sentence), len(text)))
    return text, places


def highest(answer: Extracted, places: Sequence[tuple[int, int]]) -> list[float]:
    """For each place the highest score of a claim that overlaps it; 0 where there is none."""
    claims = [(*claim["span"], claim["score"]) for claim in answer["claims"]]
    return [
        max((score for start, end, score in claims if start < last and first < end), default=0.0)
        for first, last in places
    ]


def rated(records: Sequence[Record], rate: Rating) -> Rated:
    """Records with their scores."""
    import numpy as np

    labels, units = (np.array([each[key] for each in records]) for key in ("label", "block"))
    return Rated(labels, np.array(rate([each["sentence"] for each in records])), units)


def figures(found: Rated, floor: float, *, fixed: bool) -> dict[str, Figure]:
    """The figures of one way; without the one at 0.5 where scores are not from 0 to 1."""
    import numpy as np

    groups = [np.flatnonzero(found.units == unit) for unit in np.unique(found.units)]

    def of(statistic: Callable[[Values, Values], float]) -> Figure:
        def drawn(draw: NDArray[np.intp]) -> float:
            at = np.concatenate([groups[number] for number in draw])
            return 100 * statistic(found.labels[at], found.scores[at])

        return figure(len(groups), drawn)

    measured = {PRECISION: of(average_precision)}
    if fixed:
        measured[AT_CUT] = of(lambda labels, scores: f1_from(labels, scores, CUT))
    measured[AT_BEST] = of(lambda labels, scores: f1_from(labels, scores, floor))
    return measured


def average_precision(labels: Values, scores: Values) -> float:
    """Mean precision at each of what counts, 0 to 1; sentences of one score are taken together."""
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(labels[order])
    if not len(right) or not right[-1]:
        return 0.0
    last = np.flatnonzero(np.append(np.diff(scores[order]) != 0, True))
    gained = np.diff(right[last], prepend=0)
    return float((gained * right[last] / (last + 1)).sum() / right[-1])


def precision(labels: Values, scores: Sequence[float]) -> float:
    """Average precision of one debate, in per cent."""
    import numpy as np

    return 100 * average_precision(labels, np.array(scores))


def f1_from(labels: Values, scores: Values, floor: float) -> float:
    """F1 of the sentences that score `floor` or more, 0 to 1."""
    taken = scores >= floor
    total = taken.sum() + labels.sum()
    return float(2 * labels[taken].sum() / total) if total else 0.0


def best_threshold(found: Rated) -> float:
    """The score from which on F1 is highest."""
    import numpy as np

    return max(
        map(float, np.unique(found.scores)),
        key=lambda floor: f1_from(found.labels, found.scores, floor),
        default=CUT,
    )
