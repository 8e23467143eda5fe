"""Who makes which point: arguments beside key points, each pair judged by people.

In: arguments on motions and the key points of their side, each made (1) or not (0). Out: average
precision of how alike the two are, by the vectors of points, and by simpler ones.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from briefing.evaluate import data
from briefing.evaluate.beside import Statistic, mean_of, rows
from briefing.evaluate.claims import average_precision
from briefing.evaluate.matching import WORD
from briefing.evaluate.report import Part, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from briefing.evaluate.bootstrap import Draw
    from briefing.evaluate.data import Record
    from briefing.evaluate.seams import Support, Vectors

    Values = NDArray[np.float64]
    Numbers = NDArray[np.intp]

SET = "claims_keypoints"
SETS = (SET,)
PER_POINT, PER_SIDE, POOLED = "mean over key points", "mean over sides", "all pairs"
COLUMNS = (PER_POINT, PER_SIDE, POOLED)
OURS, PLAIN, WORDS = "points", "encoder alone", "tf-idf"
NOTE = (
    "Average precision: arguments ranked for each key point that somebody makes; all pairs of a"
    " motion and a side; all pairs together. Pairs on which people disagreed are not in the set."
    " Weights of words are those of the same texts. Intervals by key point, and for the other two"
    " by side. The last row is of the difference, draw by draw; the best of the others in each"
    " column."
)


class Pair(NamedTuple):
    """An argument beside a key point of its side, and whether it makes that."""

    side: tuple[str, int]
    argument: str
    point: str
    made: int


def measure(support: Support, folder: Path, limit: int | None = None) -> Part:
    """Measure the vectors of points, the encoder's own and those of words."""
    found = pairs(data.load(folder, SET, limit=limit))
    ways = {
        OURS: by_vectors(found, support.points.vectors),
        PLAIN: by_vectors(found, support.encoder.embed),
        WORDS: by_words(found),
    }
    counts = {
        "arguments": len({(each.side, each.argument) for each in found}),
        "pairs": len(found),
        "made": sum(each.made for each in found),
        "key points": len({(each.side, each.point) for each in found}),
        "sides": len({each.side for each in found}),
    }
    systems = {name: statistics(found, likeness) for name, likeness in ways.items()}
    table = Table("Key points, average precision", COLUMNS, rows(systems), counts, NOTE)
    return Part("points", (table,))


def pairs(records: Sequence[Record]) -> list[Pair]:
    """Every argument beside every key point that it was judged with."""
    return [
        Pair((each["topic"], each["stance"]), each["argument"], one["key_point"], one["label"])
        for each in records
        for one in each["key_points"]
    ]


def by_vectors(found: Sequence[Pair], vectors: Callable[[Sequence[str]], Vectors]) -> Values:
    """The products of both texts' vectors."""
    import numpy as np

    texts = texts_of(found)
    places = {text: number for number, text in enumerate(texts)}
    made = vectors(texts)
    ones, others = (made[[places[text] for text in each]] for each in split(found))
    products: Values = np.einsum("ij,ij->i", ones, others).astype(np.float64)
    return products


def by_words(found: Sequence[Pair]) -> Values:
    """The cosines of the words of both texts, rare ones weighing more."""
    import numpy as np

    counts = {text: Counter(WORD.findall(text.lower())) for text in texts_of(found)}
    having = Counter(word for each in counts.values() for word in each)
    weighed = {
        text: unit({word: n * math.log(len(counts) / having[word]) for word, n in each.items()})
        for text, each in counts.items()
    }
    return np.array([product(weighed[each.argument], weighed[each.point]) for each in found])


def texts_of(found: Sequence[Pair]) -> list[str]:
    """All texts, each once."""
    return list(dict.fromkeys(text for each in split(found) for text in each))


def split(found: Sequence[Pair]) -> tuple[list[str], list[str]]:
    """The arguments and the key points."""
    return [each.argument for each in found], [each.point for each in found]


def unit(weights: dict[str, float]) -> dict[str, float]:
    """`weights` at unit length."""
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def product(one: dict[str, float], other: dict[str, float]) -> float:
    """The product of two vectors of words."""
    return math.fsum(weight * other.get(word, 0.0) for word, weight in one.items())


def statistics(found: Sequence[Pair], likeness: Values) -> dict[str, Statistic]:
    """What is measured of one way to tell how alike the texts of each pair are."""
    import numpy as np

    labels = np.array([each.made for each in found])
    per_point = grouped([(*each.side, each.point) for each in found])
    per_side = grouped([each.side for each in found])

    def of(some: Numbers) -> float:
        return 100 * average_precision(labels[some], likeness[some])

    def averages(groups: Sequence[Numbers]) -> Values:
        return np.array([of(some) for some in groups if labels[some].any()])

    def pooled(draw: Draw) -> float:
        return of(np.concatenate([per_side[number] for number in draw]))

    return {
        PER_POINT: mean_of(averages(per_point)),
        PER_SIDE: mean_of(averages(per_side)),
        POOLED: Statistic(len(per_side), pooled),
    }


def grouped(keys: Sequence[tuple[str | int, ...]]) -> list[Numbers]:
    """Which numbers share a key, for each key in the order in which they come."""
    import numpy as np

    groups: dict[tuple[str | int, ...], list[int]] = {}
    for number, key in enumerate(keys):
        groups.setdefault(key, []).append(number)
    return [np.array(group) for group in groups.values()]
