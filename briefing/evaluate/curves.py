"""Precision and recall along a ranking: how well scores pick what is wanted.

In: labels and scores. Out: statistics of the records drawn, for intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from briefing.evaluate.bootstrap import Draw

    Values = NDArray[np.float64]
    Numbers = NDArray[np.integer[Any]]

LEAST_RECALL, LEAST_PRECISION = 0.5, 0.9
CUT = 0.5
"""From this score on something counts as picked."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Records in the order of their scores, the highest first.

    Attributes:
        labels: 1 for each that is wanted, else 0.
        scores: In that order.
        units: Number of the unit of each: what shares a text is drawn together.
        ends: Places at which each score ends.
        count: How many units there are.
    """

    labels: Numbers
    scores: Values
    units: Numbers
    ends: Numbers
    count: int

    def precision_at_recall(self, draw: Draw) -> float:
        """Precision in per cent of the fewest that hold `LEAST_RECALL` of what is wanted."""
        precision, recall = self.curve(draw)
        return float(100 * precision[(recall >= LEAST_RECALL).argmax()])

    def recall_at_precision(self, draw: Draw) -> float:
        """The highest recall in per cent that leaves a precision of `LEAST_PRECISION`."""
        precision, recall = self.curve(draw)
        return float(100 * recall[precision >= LEAST_PRECISION].max(initial=0.0))

    def precision(self, draw: Draw) -> float:
        """Precision in per cent of what scores `CUT` or more; 0 where nothing does."""
        often, right = self.weights(draw)
        picked = self.scores >= CUT
        return float(100 * right[picked].sum() / max(1, often[picked].sum()))

    def recall(self, draw: Draw) -> float:
        """Recall in per cent of what scores `CUT` or more; 0 where nothing is wanted."""
        _, right = self.weights(draw)
        return float(100 * right[self.scores >= CUT].sum() / max(1, right.sum()))

    def curve(self, draw: Draw) -> tuple[Values, Values]:
        """Precision and recall of all down to each score; those of one score come together."""
        import numpy as np

        often, right = (np.cumsum(each)[self.ends] for each in self.weights(draw))
        return right / np.maximum(often, 1), right / max(1, right[-1])

    def weights(self, draw: Draw) -> tuple[Numbers, Numbers]:
        """How often each record was drawn, and how often as one that is wanted."""
        import numpy as np

        often = np.bincount(draw, minlength=self.count)[self.units]
        return often, often * self.labels


def ranked(labels: Numbers, scores: Values, units: Sequence[str]) -> Ranked:
    """Rank at least one record.

    Args:
        labels: 1 for each that is wanted, else 0.
        scores: The higher, the likelier it is.
        units: What of each is drawn together with its like.
    """
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    numbers = {unit: number for number, unit in enumerate(dict.fromkeys(units))}
    return Ranked(
        labels[order],
        scores[order],
        np.array([numbers[unit] for unit in units])[order],
        np.flatnonzero(np.append(np.diff(scores[order]) != 0, [True])),
        len(numbers),
    )
