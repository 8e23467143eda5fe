"""How sure a figure is: 95 % intervals by drawing the records anew, with the same draws always.

In: how many records there are, and a statistic of some of them. Out: a `Figure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Draw = NDArray[np.intp]
    """Numbers of the records drawn; some come twice, some not at all."""

ROUNDS = 1000
SEED = 1
SHARE = 0.95
DECIMALS = 2
MANY = 1000
"""From here on a figure is shown without decimals."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; `low` and `high` bound its interval, None where there is none."""

    value: float
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return _short(self.value)
        return f"{_short(self.value)} [{_short(self.low)}, {_short(self.high)}]"


def figure(count: int, statistic: Callable[[Draw], float], *, rounds: int = ROUNDS) -> Figure:
    """Measure `count` records, and how far the result hangs on which ones they are.

    Args:
        count: How many records there are. Records that share a text are one.
        statistic: What is measured, of the records with the given numbers.
        rounds: How often to draw as many records, with replacement.

    Returns:
        The statistic of all records with its percentile interval; without one for fewer than two.
    """
    import numpy as np

    value = round(float(statistic(np.arange(count))), DECIMALS) if count else 0.0
    if count < 2:
        return Figure(value)
    draws = np.random.default_rng(SEED).integers(count, size=(rounds, count))
    return Figure(value, *_bounds(np.array([statistic(draw) for draw in draws])))


def mean(values: NDArray[np.float64]) -> Figure:
    """The mean of one value a record."""
    return figure(len(values), lambda draw: values[draw].mean())


def mean_of_means(groups: Sequence[NDArray[np.float64]], *, rounds: int = ROUNDS) -> Figure:
    """The mean of the groups' means: each counts the same, and is drawn anew by itself."""
    import numpy as np

    value = round(float(np.mean([group.mean() for group in groups])), DECIMALS)
    if min(map(len, groups)) < 2:
        return Figure(value)
    generator = np.random.default_rng(SEED)
    drawn = [
        group[generator.integers(len(group), size=(rounds, len(group)))].mean(axis=1)
        for group in groups
    ]
    return Figure(value, *_bounds(np.mean(drawn, axis=0)))


def f1(counts: NDArray[np.int64]) -> Figure:
    """F1 in per cent over all records.

    Args:
        counts: Of (records, 3): how many were right, how many were found, how many there are.
    """
    return figure(len(counts), lambda draw: f1_of(counts[draw]))


def f1_of(counts: NDArray[np.int64]) -> float:
    """F1 in per cent of rows of right, found and gold; 0 where there is nothing."""
    right, found, gold = counts.sum(axis=0)
    return 200 * right / (found + gold) if found + gold else 0.0


def _bounds(drawn: NDArray[np.float64]) -> tuple[float, float]:
    import numpy as np

    low, high = np.quantile(drawn, [(1 - SHARE) / 2, (1 + SHARE) / 2])
    return round(float(low), DECIMALS), round(float(high), DECIMALS)


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= MANY else f"{value:z.1f}"
