"""Where a statement stands among several documents."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A statement: number of its document, and its own in that document's reading."""

    document: int
    statement: int
