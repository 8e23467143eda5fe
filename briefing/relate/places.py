"""Where a statement stands among several documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.findings import Reading, Statement


class Place(NamedTuple):
    """A statement: number of its document, and its own in that document's reading."""

    document: int
    statement: int


def statement_at(readings: Sequence[Reading], place: Place) -> Statement:
    """The statement at `place`."""
    return readings[place.document].statements[place.statement]
