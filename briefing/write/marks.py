"""Quotation marks of a text: which belong together, and spans that hold no half of a pair."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from briefing.document import Document, Span

PARAGRAPH = re.compile(r"(?:(?!\n[^\S\n]*\n).)+", re.DOTALL)
MARK = re.compile(r"[\"“”„‟«»‘’]")
CLOSED_BY = {"”": "“„‟", "»": "«", "’": "‘", '"': '"'}
TURNS = 8
"""How often an edge may move before a span is given up; nesting is never that deep."""


@lru_cache(maxsize=64)
def marks(text: str) -> tuple[tuple[Span, ...], tuple[int, ...]]:
    """Pairs of quotation marks, each from its opening to after its closing mark, and the rest.

    Pairs never cross a blank line. An apostrophe is no mark; a single mark without its partner
    is taken for an apostrophe. What is left over are offsets of double marks.
    """
    pairs: list[Span] = []
    loose: list[int] = []
    for paragraph in PARAGRAPH.finditer(text):
        stack: list[int] = []
        for match in MARK.finditer(text, *paragraph.span()):
            partner = opening(text, stack, match.start())
            if partner is not None:
                pairs.append(Span(stack[partner], match.end()))
                loose += [offset for offset in stack[partner + 1 :] if text[offset] != "‘"]
                del stack[partner:]
            elif opens(text, match.start()):
                stack.append(match.start())
            elif text[match.start()] not in "‘’":
                loose.append(match.start())
        loose += [offset for offset in stack if text[offset] != "‘"]
    return tuple(sorted(pairs)), tuple(sorted(loose))


def opening(text: str, stack: list[int], offset: int) -> int | None:
    """Where in `stack` the mark stands that the mark at `offset` closes; None if it closes none."""
    mark = text[offset]
    if mark == "’" and text[offset + 1 : offset + 2].isalnum():
        return None
    wanted = CLOSED_BY.get(mark, "")
    if mark == "“" and not text[offset - 1].isspace():
        wanted = "„"
    for place in reversed(range(len(stack))):
        if text[stack[place]] in wanted:
            return place
        if mark == "’":
            return None
    return None


def opens(text: str, offset: int) -> bool:
    """Whether the mark at `offset` can open a quotation."""
    if text[offset] in "”’»":
        return False
    before = text[offset - 1] if offset else " "
    return text[offset] in "„‟«“" or not before.isalnum()


@lru_cache(maxsize=64)
def longest_pair(text: str) -> int:
    """Length of the longest stretch between two marks of a pair, marks included."""
    return max((pair.end - pair.start for pair in marks(text)[0]), default=0)


def pairs_near(text: str, span: Span) -> tuple[Span, ...]:
    """Pairs of marks that touch `span`, and some before it."""
    pairs, _ = marks(text)
    first = bisect_left(pairs, (span.start - longest_pair(text) - 1,))
    return pairs[first : bisect_left(pairs, (span.end + 1,))]


def is_quoted(document: Document, span: Span) -> bool:
    """Whether `span` stands between quotation marks, also in a later paragraph of a quotation."""
    _, loose = marks(document.text)
    pairs = pairs_near(document.text, span)
    if any(pair.start < span.start and span.end < pair.end for pair in pairs):
        return True
    start = document.text.rfind("\n\n", 0, span.start) + 1
    return any(
        start <= offset < span.start and not document.text[start:offset].strip()
        for offset in loose
    )


def wrapped(document: Document, span: Span) -> Span:
    """`span` with the quotation marks that stand just outside it, if they are a pair."""
    pairs = pairs_near(document.text, span)
    around = Span(span.start - 1, span.end + 1)
    return around if around in pairs else span


def unwrapped(document: Document, span: Span) -> Span:
    """`span` without the quotation marks that stand around the whole of it."""
    for pair in pairs_near(document.text, span):
        rest = Span(pair.end, span.end)
        if pair.start == span.start and pair.end <= span.end and not has_words(document, rest):
            return unwrapped(document, Span(pair.start + 1, pair.end - 1))
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
            != (trimmed.start <= pair.end - 1 < trimmed.end)
            and pair.overlaps(trimmed)
        )
        half = next(halves, None)
        if half is None:
            return without_loose(document, trimmed)
        span = mended(document, trimmed, half, within)
    return None


def mended(document: Document, span: Span, pair: Span, within: Span) -> Span:
    """Move one edge of `span` so that it holds both marks of `pair` or neither."""
    if span.start <= pair.start:
        if not has_words(document, Span(span.start, pair.start)):
            return Span(pair.start + 1, span.end)
        return Span(span.start, pair.end if pair.end <= within.end else pair.start)
    if not has_words(document, Span(pair.end, span.end)):
        return Span(span.start, pair.end - 1)
    return Span(pair.start if pair.start >= within.start else pair.end, span.end)


def without_loose(document: Document, span: Span) -> Span | None:
    """`span` without unpaired marks at its edges; None if one stands in its middle."""
    _, loose = marks(document.text)
    for offset in loose:
        if span.start <= offset < span.end:
            if not has_words(document, Span(span.start, offset)):
                span = stripped(document, Span(offset + 1, span.end))
            elif not has_words(document, Span(offset, span.end)):
                span = stripped(document, Span(span.start, offset))
            else:
                return None
    return span if has_words(document, span) else None


def stripped(document: Document, span: Span) -> Span:
    """`span` without white space and dangling punctuation at its edges."""
    words = document[span]
    start = span.start + len(words) - len(words.lstrip(" \t\r\n\u00a0,;:—–-)]"))
    end = span.start + len(words.rstrip(" \t\r\n\u00a0,;:—–-(["))
    return Span(start, max(start, end))
