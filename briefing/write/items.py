"""Passages in, what is told of each source by itself out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from briefing.write.selection import spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.write.candidates import Candidate
    from briefing.write.selection import OriginOf, Repeats

LINES = 6
"""How many statements of one source are drafted, at most; a template prints fewer."""


def each_source(
    passages: Sequence[Candidate], again: Repeats, origin_of: OriginOf
) -> list[Candidate]:
    """The passages that tell most of each source, by source, and best first within it.

    Args:
        passages: Of all sources.
        again: Tells which passage repeats a better one of its source and is passed over.
        origin_of: Documents of one origin are told of once, where the words stood first.
    """
    of_source: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in passages:
        number = candidate.draft.document
        if origin_of(number) == number:
            of_source[number].append(candidate)
    return [
        candidate
        for number in sorted(of_source)
        for candidate in spread(of_source[number], LINES, again=again)
    ]
