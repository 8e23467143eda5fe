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


class Path(NamedTuple):
    """The tags of a window's pieces.

    Attributes:
        tags: Of each piece its place in `TAGS`.
        probabilities: Of each of them, over all sequences.
    """

    tags: list[int]
    probabilities: list[float]


def best_paths(
    windows: Sequence[NDArray[np.floating]], follow: NDArray[np.floating]
) -> list[Path]:
    """Find for each window the allowed sequence of tags with the highest sum of scores (Viterbi).

    All windows go side by side, place by place; none of them changes another's result.

    Args:
        windows: Scores, each of (pieces, tags), finite.
        follow: What is added to the score of a tag for the tag before it, of (tags, tags).

    Returns:
        A path each; of equal sequences the same one always.
    """
    import numpy as np

    lengths = [len(scores) for scores in windows]
    longest = max(lengths, default=0)
    if not longest:
        return [Path([], []) for _ in windows]
    # Filling is all alike: it adds nothing to any sequence.
    scores = np.zeros((len(windows), longest, len(TAGS)))
    filled = np.ones((len(windows), longest), dtype=bool)
    for row, (each, length) in enumerate(zip(windows, lengths, strict=True)):
        scores[row, :length] = each
        filled[row, :length] = False
    steps = np.where(allowed(), follow, -np.inf)
    paths = _viterbi(scores, filled, steps)
    shares = _marginals(scores, lengths, steps)
    return [
        Path(path[:length].tolist(), shares[row, range(length), path[:length]].tolist())
        for row, (path, length) in enumerate(zip(paths, lengths, strict=True))
    ]


def allowed() -> NDArray[np.bool_]:
    """Whether a tag, by column, may follow another, by row."""
    import numpy as np

    return np.array([[follows(tag, before) for tag in TAGS] for before in TAGS])


def _viterbi(
    scores: NDArray[np.floating], filled: NDArray[np.bool_], steps: NDArray[np.floating]
) -> NDArray[np.intp]:
    import numpy as np

    count, longest, _ = scores.shape
    rows = np.arange(count)
    total = scores[:, 0] + steps[0]  # what may begin a window is what may follow O
    came_from = np.zeros(scores.shape, dtype=np.intp)
    stay = np.arange(len(TAGS))
    for place in range(1, longest):
        sums = total[:, :, None] + steps
        done = filled[:, place, None]
        came_from[:, place] = np.where(done, stay, sums.argmax(axis=1))
        total = np.where(done, total, sums.max(axis=1) + scores[:, place])
    paths = np.zeros((count, longest), dtype=np.intp)
    paths[:, -1] = total.argmax(axis=1)
    for place in range(longest - 1, 0, -1):
        paths[:, place - 1] = came_from[rows, place, paths[:, place]]
    return paths


def _marginals(
    scores: NDArray[np.floating], lengths: Sequence[int], steps: NDArray[np.floating]
) -> NDArray[np.floating]:
    """The probability of each tag of each piece; what lies beyond a window's end means nothing."""
    import numpy as np

    longest = scores.shape[1]
    places, ends = np.arange(longest), np.array(lengths)[:, None]
    # Each window once more from its end to its beginning: both ways go side by side.
    turned = np.where(places < ends, ends - 1 - places, places)[..., None]
    # Never nothing, as it is divided by below.
    own = np.maximum(np.exp(scores - scores.max(axis=2, keepdims=True)), np.finfo(float).tiny)
    own = np.stack([own, np.take_along_axis(own, turned, axis=1)])
    # Scaled, so that all tags differ by what may stand beside them and nothing overflows.
    leads = np.exp(steps - steps.max())
    ways = np.stack([leads, leads.T])[:, None]
    sums = np.empty_like(own)
    sums[0, :, 0], sums[1, :, 0] = own[0, :, 0] * leads[0], own[1, :, 0]
    for place in range(1, longest):
        came = (sums[:, :, place - 1, None] @ ways)[:, :, 0] * own[:, :, place]
        sums[:, :, place] = came / came.sum(axis=2, keepdims=True)
    # What either way says of a place holds its own score, and is to be counted once.
    both = sums[0] * np.take_along_axis(sums[1], turned, axis=1) / own[0]
    shares: NDArray[np.floating] = both / both.sum(axis=2, keepdims=True)
    return shares


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
