"""A source's text with its evidence marked: blocks of text and marks, ready to print.

In: a document and the stretches that something rests on. Out: `Block`s whose pieces, put one after
the other, are the whole text but for the space between blocks. Stretches may overlap: each becomes
one mark where they nest, and more than one where they cross or run over several paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from briefing.document import Document, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GAP = re.compile(r"\n[^\S\n]*\n\s*")
ITEM = re.compile(r"\n(?=[^\S\n]*(?:[-–•*·]|\(?\d{1,3}[.)])\s|[^\n|]*\s\|\s)")
"""A line break that belongs to the text, as it parts items of a list or rows; others only wrap it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A step through a block: text, a line break, or where a mark begins or ends.

    Attributes:
        kind: `end` has the number of a mark that is complete, `close` of one that goes on later.
        text: The words.
        mark: Which of the document's stretches, by number.
        first: Of an `open`: whether the stretch begins here.
    """

    kind: Literal["text", "break", "open", "close", "end"]
    text: str = ""
    mark: int = -1
    first: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph of a source."""

    is_heading: bool
    pieces: tuple[Piece, ...]


def blocks(document: Document, stretches: Sequence[Span]) -> tuple[Block, ...]:
    """Cut a document into its headings and paragraphs, with marks around `stretches`.

    Args:
        document: The source.
        stretches: Not empty, within the text, no two the same, in order of place, the longer first.
    """
    found = []
    first = 0
    numbered = [each for each in enumerate(stretches) if document[each[1]].strip()]
    for is_heading, span in _outline(document):
        while first < len(numbered) and numbered[first][1].end <= span.start:
            first += 1
        here = []
        for number, stretch in numbered[first:]:
            if stretch.start >= span.end:
                break
            if stretch.overlaps(span):
                here.append((number, stretch))
        found.append(Block(is_heading, tuple(_pieces(document.text, span, here))))
    return tuple(found)


def _outline(document: Document) -> list[tuple[bool, Span]]:
    """The stretches between blank lines and around headings, without white space at their ends."""
    text = document.text
    edges = {0, len(text)}
    for gap in GAP.finditer(text):
        edges.update(gap.span())
    for heading in document.headings:
        edges.update(heading)
    ordered = sorted(edges)
    found = []
    for start, end in pairwise(ordered):
        words = text[start:end]
        if words.strip():
            left = start + len(words) - len(words.lstrip())
            span = Span(left, start + len(words.rstrip()))
            found.append((any(one.contains(span) for one in document.headings), span))
    return found


def _pieces(text: str, block: Span, marks: Sequence[tuple[int, Span]]) -> list[Piece]:
    """One block step by step; marks that cross are closed and opened again, so that all nest."""
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    whole: Mapping[int, Span] = dict(marks)
    for number, span in marks:
        starts.setdefault(max(span.start, block.start), []).append(number)
        ends.setdefault(min(span.end, block.end), []).append(number)
    found: list[Piece] = []
    opened: list[int] = []
    at = block.start
    for edge in sorted({*starts, *ends, block.end}):
        found += _words(text[at:edge])
        at = edge
        again: list[int] = []
        leaving = ends.get(edge, [])
        while any(number in opened for number in leaving):
            number = opened.pop()
            done = number in leaving and not text[edge : whole[number].end].strip()
            found.append(Piece("end" if done else "close", mark=number))
            if number not in leaving:
                again.append(number)
        for number in (*reversed(again), *starts.get(edge, [])):
            is_first = number not in again and not text[whole[number].start : edge].strip()
            found.append(Piece("open", mark=number, first=is_first))
            opened.append(number)
    return found


def _words(text: str) -> list[Piece]:
    """Text with its line breaks where they part items."""
    found: list[Piece] = []
    for number, words in enumerate(ITEM.split(text)):
        if number:
            found.append(Piece("break"))
        if words:
            found.append(Piece("text", words))
    return found
