"""Texts into what a model can take at once, and what it writes into sentences.

In: text, and how many tokens a text takes. Out: parts that lose no word, and sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from briefing.document import Document
from briefing.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    CountAll = Callable[[Sequence[str]], Sequence[int]]
    """How many tokens each of several texts takes, marks that the model needs included."""

CLAUSE_END = re.compile(r"(?<=[;:,—–])\s+")
GAP = re.compile(r"\s+")
LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def sentences(text: str) -> list[str]:
    """The sentences of `text`, each on one line; what has no letter or digit is none."""
    found = segment(Document("", text))
    words = (GAP.sub(" ", text[sentence.span.start : sentence.span.end]) for sentence in found)
    return [each for each in words if LETTER_OR_DIGIT.search(each)]


def parts(text: str, count: CountAll, limit: int) -> list[str]:
    """Cut `text` at sentence ends into as few parts as can be, of near equal length.

    A sentence that alone is too long is cut where a clause ends, else between words, else
    anywhere. Nothing but white space is left out.

    Args:
        text: Any text.
        count: Counts tokens of texts.
        limit: Most tokens of a part, as `count` counts them; at least enough for one character.

    Returns:
        Slices of `text` in order; none if it is blank.
    """
    whole = text.strip()
    if not whole:
        return []
    if count([whole])[0] <= limit:
        return [whole]
    spans = [(sentence.span.start, sentence.span.end) for sentence in segment(Document("", text))]
    counts = count([text[start:end] for start, end in spans])
    pieces: list[tuple[int, int, int]] = []
    for (start, end), tokens in zip(spans, counts, strict=True):
        if tokens <= limit:
            pieces.append((start, end, tokens))
        else:
            pieces += _halve(text, start, end, count, limit)
    return [
        text[start:end]
        for group in _groups([tokens for *_, tokens in pieces], limit)
        for start, end in _fitting(text, [pieces[index] for index in group], count, limit)
    ]


def _halve(
    text: str, start: int, end: int, count: CountAll, limit: int
) -> list[tuple[int, int, int]]:
    """Cut a stretch in two near its middle until each of its pieces fits."""
    tokens = count([text[start:end]])[0]
    if tokens <= limit or end - start < 2:
        return [(start, end, tokens)]
    left, right = _cut(text, start, end)
    return [
        *_halve(text, start, left, count, limit),
        *_halve(text, right, end, count, limit),
    ]


def _cut(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the first half of a stretch ends and the second begins.

    The middle half of the stretch is searched for the end of a clause, and then for a gap.
    """
    middle, quarter = (start + end) // 2, (end - start) // 4
    for pattern in (CLAUSE_END, GAP):
        found = [
            match.span()
            for match in pattern.finditer(text, start + quarter, end - quarter)
            if start < match.start() and match.end() < end
        ]
        if found:
            return min(found, key=lambda span: abs(span[0] - middle))
    return middle, middle


def _groups(counts: Sequence[int], limit: int) -> list[range]:
    """Neighbours that together keep to `limit`: as few groups as can be, and even ones."""
    fewest = len(_filled(counts, limit))
    # The smallest limit that needs no more groups spreads the text most evenly.
    tightest = bisect_left(
        range(1, limit), 1, key=lambda size: int(len(_filled(counts, size)) <= fewest)
    )
    return _filled(counts, tightest + 1)


def _filled(counts: Sequence[int], limit: int) -> list[range]:
    groups: list[range] = []
    first = total = 0
    for index, tokens in enumerate(counts):
        if index > first and total + tokens > limit:
            groups.append(range(first, index))
            first, total = index, 0
        total += tokens
    return [*groups, range(first, len(counts))]


def _fitting(
    text: str, pieces: Sequence[tuple[int, int, int]], count: CountAll, limit: int
) -> list[tuple[int, int]]:
    """The stretch from the first to the last piece; cut in two where together they take more."""
    start, end = pieces[0][0], pieces[-1][1]
    if len(pieces) == 1 or count([text[start:end]])[0] <= limit:
        return [(start, end)]
    half = len(pieces) // 2
    return [
        *_fitting(text, pieces[:half], count, limit),
        *_fitting(text, pieces[half:], count, limit),
    ]
