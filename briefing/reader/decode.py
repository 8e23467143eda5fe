"""From scores to spans: the tags, the best sequence of them, and the words they cover.

In: scores of pieces by tag. Out: runs of pieces, and spans of a text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from briefing.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

Role = Literal["source", "cue", "content"]

ROLES: tuple[Role, ...] = ("source", "cue", "content")
TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))
"""O stands for no role, B for the first piece of a span, I for one that goes on."""

_IN_WORD = re.compile(r"[\w\u0300-\u036f]")
"""Letters, digits, and accents that stand as characters of their own."""


class Run(NamedTuple):
    """Pieces `start` to `end` of a window, tagged as one span."""

    role: Role
    start: int
    end: int


def follows(tag: str, before: str) -> bool:
    """Whether `tag` may stand after `before`: I only after B or I of its role."""
    return tag[0] != "I" or (before[0] in "BI" and before[1:] == tag[1:])


def best_path(scores: NDArray[np.floating]) -> list[int]:
    """Find the allowed sequence of tags with the highest sum of scores (Viterbi).

    Args:
        scores: Of (pieces, tags), finite.

    Returns:
        For each piece, the place of its tag in `TAGS`; of equal sequences the same one always.
    """
    import numpy as np

    if not len(scores):
        return []
    allowed = np.array([[0 if follows(tag, old) else -np.inf for tag in TAGS] for old in TAGS])
    total = scores[0] + allowed[0]  # what may begin a window is what may follow O
    came_from = np.zeros(scores.shape, dtype=np.intp)
    for place in range(1, len(scores)):
        sums = total[:, None] + allowed
        came_from[place] = sums.argmax(axis=0)
        total = sums.max(axis=0) + scores[place]
    path = [int(total.argmax())]
    for row in came_from[:0:-1]:
        path.append(int(row[path[-1]]))
    return path[::-1]


def runs(path: Sequence[int]) -> Iterator[Run]:
    """The spans of a sequence of tags, in order."""
    start = 0
    for place, number in enumerate(path):
        if TAGS[number][0] == "B":
            start = place
        follower = TAGS[path[place + 1]] if place + 1 < len(path) else "O"
        if number and follower[0] != "I":
            yield Run(cast("Role", TAGS[number][2:]), start, place + 1)


def snap(text: str, span: Span, floor: int) -> Span | None:
    """Move both edges of `span` outwards to the edges of words.

    Args:
        text: That `span` indexes.
        span: Its edges may lie within words.
        floor: Where the span before ends, at a word's edge; a word is never in two.

    Returns:
        The span; None if nothing of it is left.
    """
    start, end = span
    while start > floor and _in_word(text, start - 1) and _in_word(text, start):
        start -= 1
    start = max(start, floor)
    while 0 < end < len(text) and _in_word(text, end - 1) and _in_word(text, end):
        end += 1
    words = text[start:end].lstrip()
    return Span(end - len(words), end) if words and start < end else None


def _in_word(text: str, place: int) -> bool:
    return bool(_IN_WORD.match(text, place))
