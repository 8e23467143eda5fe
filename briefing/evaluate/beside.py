"""Systems side by side: a row for each, and how far the first is ahead of the best of the others.

In: for every system its statistics by column. Out: rows of a table, with intervals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from briefing.evaluate.bootstrap import figure
from briefing.evaluate.report import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from briefing.evaluate.bootstrap import Draw, Figure

    Columns = Mapping[str, "Statistic"]

AHEAD = "less the best of the others"


class Statistic(NamedTuple):
    """What is measured of records.

    Attributes:
        records: How many there are.
        of: The number that those drawn give.
    """

    records: int
    of: Callable[[Draw], float]

    def figure(self) -> Figure:
        """The number of all records, with its interval."""
        return figure(self.records, self.of)

    def less(self, other: Statistic) -> Figure:
        """How much it is more than an `other` of the same records, draw by draw."""
        return figure(self.records, lambda draw: self.of(draw) - other.of(draw))


def mean_of(values: NDArray[np.float64]) -> Statistic:
    """The mean of one value a record."""
    return Statistic(len(values), lambda draw: float(values[draw].mean()))


def rows(systems: Mapping[str, Columns]) -> tuple[Row, ...]:
    """One row a system, and the first less the best of the others as the last one.

    Args:
        systems: By name, the one that ships first; a column may be missing. All of a column are of
            the same records.
    """
    first, *others = systems
    made = [
        Row(name, {column: each.figure() for column, each in found.items()})
        for name, found in systems.items()
    ]
    ahead = {
        column: ours.less(best(column, [systems[name] for name in others]))
        for column, ours in systems[first].items()
        if any(column in systems[name] for name in others)
    }
    return (*made, Row(f"{first} {AHEAD}", ahead))


def best(column: str, systems: Sequence[Columns]) -> Statistic:
    """The statistic of `column` that is highest over all records; the first of equals."""
    import numpy as np

    return max(
        (found[column] for found in systems if column in found),
        key=lambda each: each.of(np.arange(each.records)) if each.records else 0.0,
    )
