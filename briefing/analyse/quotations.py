"""Where a text has words between quotation marks.

In: a document's text. Out: spans with their marks. Whose words they are is for `attribution`.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from briefing.document import Span

PARAGRAPH = re.compile(r"\n[ \t]*\n")
DOUBLE = re.compile(r"[“”„\"«»]|''|``")
SINGLE = re.compile(r"(?<![\w’'])[‘']\S(?:[^‘\n]|\n(?!\n)){2,600}?(?<=[\w.,!?…])[’'](?!\w)")
OPENS = frozenset(("“", "„", "«", "``"))
NEAR_MARK = 3
"""Characters between a content's edge and the mark that belongs to it: `,”`."""
CLOSES = frozenset(("”", "»"))


def quotations(text: str) -> tuple[Span, ...]:
    """Find quoted stretches, marks included, in order.

    A quotation left open ends with its paragraph, as when the next paragraph goes on with it.
    Single marks count only in a text that has no double ones: most are apostrophes.
    """
    if not DOUBLE.search(text):
        return tuple(Span(*match.span()) for match in SINGLE.finditer(text))
    found: list[Span] = []
    opened: int | None = None
    limit = paragraph_end(text, 0)
    for match in DOUBLE.finditer(text):
        mark, at = match.group(), match.start()
        if at >= limit:
            if opened is not None:
                found.append(Span(opened, limit))
                opened = None
            limit = paragraph_end(text, at)
        if opened is None:
            if mark in OPENS or (mark not in CLOSES and opens_here(text, match)):
                opened = at
        elif mark in OPENS:
            opened = at if at - opened < 2 else opened
        else:
            found.append(Span(opened, match.end()))
            opened = None
    if opened is not None:
        found.append(Span(opened, limit))
    return tuple(span for span in found if span.end - span.start > 2)


def paragraph_end(text: str, at: int) -> int:
    """Offset at which the paragraph around `at` ends, without white space."""
    match = PARAGRAPH.search(text, at)
    end = match.start() if match else len(text)
    return at + len(text[at:end].rstrip())


def opens_here(text: str, mark: re.Match[str]) -> bool:
    """Whether a straight mark opens: a word follows, and none ends before it."""
    start, end = mark.span()
    return text[end : end + 1].strip() != "" and (start == 0 or not text[start - 1].isalnum())


class Quoted:
    """The quotations of a text, found quickly by place."""

    def __init__(self, text: str) -> None:
        self.spans = quotations(text)
        self.starts = [span.start for span in self.spans]

    def within(self, span: Span) -> Span | None:
        """The quotation that `span` lies in, or None."""
        at = bisect_right(self.starts, span.start) - 1
        return self.spans[at] if at >= 0 and self.spans[at].contains(span) else None

    def overlapping(self, span: Span) -> tuple[Span, ...]:
        """The quotations that share a code point with `span`, in order."""
        first = max(0, bisect_right(self.starts, span.start) - 1)
        last = bisect_right(self.starts, span.end)
        return tuple(other for other in self.spans[first:last] if other.overlaps(span))

    def grown(self, span: Span) -> Span:
        """`span`, widened to the marks of a quotation that it starts or ends with."""
        start, end = span
        for other in self.overlapping(span):
            if 0 < start - other.start <= NEAR_MARK:
                start = other.start
            if 0 < other.end - end <= NEAR_MARK:
                end = other.end
        return Span(start, end)
