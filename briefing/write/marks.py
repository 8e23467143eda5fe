"""Spans and quotation marks: what stands between marks, and spans that hold no half of a pair."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from briefing.document import Document, Span
from briefing.marks import Pair, paired, stands_quoted

TURNS = 8
"""How often an edge may move before a span is given up; nesting is never that deep."""


@lru_cache(maxsize=64)
def longest_pair(text: str) -> int:
    """Length of the longest stretch between two marks of a pair, marks included."""
    return max((pair.end - pair.start for pair in paired(text)[0]), default=0)


def pairs_near(text: str, span: Span) -> tuple[Pair, ...]:
    """Pairs of marks that touch `span`, and some before it."""
    pairs, _ = paired(text)
    first = bisect_left(pairs, (span.start - longest_pair(text) - 1,))
    return pairs[first : bisect_left(pairs, (span.end + 1,))]


def around(document: Document, span: Span) -> Pair | None:
    """The innermost pair of marks around all of `span`, or None."""
    within = [
        pair
        for pair in pairs_near(document.text, span)
        if pair.inner_start <= span.start and span.end <= pair.inner_end
    ]
    return max(within, default=None)


def is_quoted(document: Document, span: Span) -> bool:
    """Whether `span` stands between quotation marks, also in a later paragraph of a quotation."""
    if stands_quoted(document.text, *span):
        return True
    _, loose = paired(document.text)
    start = document.text.rfind("\n\n", 0, span.start) + 1
    return any(
        start <= mark.start < span.start and not document.text[start : mark.start].strip()
        for mark in loose
    )


def wrapped(document: Document, span: Span) -> Span:
    """`span` with the quotation marks that stand just outside it, if they are a pair."""
    for pair in pairs_near(document.text, span):
        if (pair.inner_start, pair.inner_end) == span:
            return Span(pair.start, pair.end)
    return span


def unwrapped(document: Document, span: Span) -> Span:
    """`span` without the quotation marks that stand around the whole of it."""
    for pair in pairs_near(document.text, span):
        rest = Span(pair.end, span.end)
        if pair.start == span.start and pair.end <= span.end and not has_words(document, rest):
            return unwrapped(document, Span(pair.inner_start, pair.inner_end))
    return span


def has_words(document: Document, span: Span) -> bool:
    """Whether `span` holds a letter or a digit."""
    return any(character.isalnum() for character in document[span])


def balanced(document: Document, span: Span, within: Span) -> Span | None:
    """Move the edges of `span`, inside `within`, until it holds no half of a pair of marks.

    Returns:
        The moved span without dangling punctuation; None if there is none that holds words.
    """
    pairs = pairs_near(document.text, within)
    for _ in range(TURNS):
        trimmed = stripped(document, span)
        halves = (
            pair
            for pair in pairs
            if (trimmed.start <= pair.start < trimmed.end)
            != (trimmed.start < pair.end <= trimmed.end)
            and trimmed.overlaps(Span(pair.start, pair.end))
        )
        half = next(halves, None)
        if half is None:
            return without_loose(document, trimmed)
        span = mended(document, trimmed, half, within)
    return None


def mended(document: Document, span: Span, pair: Pair, within: Span) -> Span:
    """Move one edge of `span` so that it holds both marks of `pair` or neither."""
    if span.start <= pair.start:
        if not has_words(document, Span(span.start, pair.start)):
            return Span(pair.inner_start, span.end)
        return Span(span.start, pair.end if pair.end <= within.end else pair.start)
    if not has_words(document, Span(pair.end, span.end)):
        return Span(span.start, pair.inner_end)
    return Span(pair.start if pair.start >= within.start else pair.end, span.end)


def without_loose(document: Document, span: Span) -> Span | None:
    """`span` without unpaired marks at its edges; None if one stands in its middle."""
    _, loose = paired(document.text)
    for mark in loose:
        if span.start <= mark.start < span.end:
            if not has_words(document, Span(span.start, mark.start)):
                span = stripped(document, Span(mark.end, span.end))
            elif not has_words(document, Span(mark.start, span.end)):
                span = stripped(document, Span(span.start, mark.start))
            else:
                return None
    return span if has_words(document, span) else None


def stripped(document: Document, span: Span) -> Span:
    """`span` without white space and dangling punctuation at its edges."""
    words = document[span]
    start = span.start + len(words) - len(words.lstrip(" \t\r\n\u00a0,;:—–-)]"))
    end = span.start + len(words.rstrip(" \t\r\n\u00a0,;:—–-(["))
    return Span(start, max(start, end))
