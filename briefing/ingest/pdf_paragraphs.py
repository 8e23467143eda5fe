"""Rows of columns to paragraphs and headings.

In: columns in reading order. Out: blocks. Words parted at line ends are joined again; a paragraph
goes on over columns and pages, with footnotes in between put after it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from briefing.ingest.blocks import Block
from briefing.ingest.pdf_headings import ENDED, SAME_SIZE, headings_by_face
from briefing.ingest.pdf_lines import SOFT, Line
from briefing.ingest.pdf_type import find_setting, has_room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.ingest.pdf_columns import Column

HEADING_CHARACTERS = 200
TITLE_LEADING = 1.6
"""Sizes between two lines of one title, at most."""

BULLET = re.compile(r"[•◦▪‣●■∙·][ \t]*(?=\S)|[-–][ \t]+(?=\S)")
NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)][ \t]+(?=\S)")
BROKEN = re.compile(rf"(?P<head>[^\W\d_]+)(?P<hyphen>[-{SOFT}])$")


def paragraphs(columns: Sequence[Column]) -> list[Block]:
    """The paragraphs of a whole document, given its columns in reading order."""
    assembly = _Assembly(columns)
    for column in columns:
        before: Line | None = None
        for row in column.rows:
            assembly.add(row, before, column)
            before = row
    return assembly.finish()


class _Assembly:
    """The paragraphs so far, the one that is open, and footnotes that wait for its end."""

    def __init__(self, columns: Sequence[Column]) -> None:
        rows = [row for column in columns for row in column.rows]
        self._body = _usual_size(rows)
        self._leading = _usual_leading(columns, self._body)
        self._words = Counter(re.findall(r"[^\W_]+(?:-[^\W_]+)*", " ".join(r.text for r in rows)))
        self._blocks: list[Block] = []
        self._open: list[Line] = []
        self._notes: list[list[Line]] = []
        self._room = 0.0

    def add(self, row: Line, before: Line | None, column: Column) -> None:
        """Take in one row; `before` is the row above it in its column."""
        if row.is_table:
            self._close()
            self._blocks.append(Block(row.text.replace(SOFT, "-"), "row"))
            return
        if self._is_note(row):
            apart = before is None or not self._is_note(before) or self._gap(row, before)
            if apart or not self._notes or NUMBER.match(row.text) or row.text[:1].isdigit():
                self._notes.append([])
            self._notes[-1].append(row)
            return
        if self._open and self._begins(row, before, column):
            self._close()
        self._open.append(row)
        self._room = column.right - row.right

    def finish(self) -> list[Block]:
        """Close what is open and hand out all blocks."""
        self._close()
        return self._blocks

    def _is_note(self, row: Line) -> bool:
        return row.size <= NOTE_RATIO * self._body

    def _begins(self, row: Line, before: Line | None, column: Column) -> bool:
        """Whether `row` begins a paragraph."""
        last = self._open[-1]
        if abs(row.size - last.size) > 0.06 * max(row.size, last.size):
            return True
        ended = bool(ENDED.search(last.text))
        if BULLET.match(row.text) and (ended or row.text[0] not in "-–"):
            return True
        first = self._open[0].text
        listed = bool(BULLET.match(first) or NUMBER.match(first))
        if NUMBER.match(row.text) and (ended or listed):
            return True
        if before is not last:
            return self._begins_column(row, column, ended=ended)
        if self._gap(row, last):
            return True
        indent = 0.8 * row.size
        indented = row.left - column.left > indent
        if not listed and indented and row.left - last.left > indent:
            return True
        quoted = all(line.left - column.left > indent for line in self._open)
        if len(self._open) > 1 and quoted and not indented:
            return True
        return ended and self._had_room(row)

    def _begins_column(self, row: Line, column: Column, *, ended: bool) -> bool:
        """Whether the first row of a column begins a paragraph rather than goes on with one."""
        if row.size >= HEADING_RATIO * self._body:
            return True
        below = column.rows[1].left if len(column.rows) > 1 else row.left
        return row.left - below > 0.8 * row.size or (ended and self._had_room(row))

    def _gap(self, row: Line, before: Line) -> bool:
        """Whether more than the usual white space stands above `row`."""
        distance = row.baseline - before.baseline
        usual = self._leading * max(row.size, before.size)
        return distance > max(WIDE_GAP * usual, usual + 2.0) or distance < 0

    def _had_room(self, row: Line) -> bool:
        """Whether the first word of `row` would still have fitted on the line before it."""
        word = row.text.split(" ", 1)[0]
        width = (row.right - row.left) * (len(word) + 1) / max(1, len(row.text))
        return self._room > 1.2 * width

    def _close(self) -> None:
        for rows in [self._open, *self._notes]:
            if rows:
                self._blocks.append(self._block(rows))
        self._open, self._notes = [], []

    def _block(self, rows: list[Line]) -> Block:
        text = self._join(rows)
        if rows[0].size >= HEADING_RATIO * self._body and len(text) <= HEADING_CHARACTERS:
            return Block(text, "heading")
        if match := BULLET.match(text):
            return Block(f"- {text[match.end() :]}", "item")
        return Block(text, "item" if NUMBER.match(text) else "paragraph")

    def _join(self, rows: list[Line]) -> str:
        """One line of text from rows, with words parted at their ends joined again."""
        text = rows[0].text
        for row in rows[1:]:
            match = BROKEN.search(text)
            if match and row.text[:1].isalpha():
                text = text[: match.start("hyphen")] + self._hyphen(match, row.text) + row.text
            elif re.search(r"\w[—-]$", text):
                text += row.text
            else:
                text += f" {row.text}"
        return text.replace(SOFT, "-")

    def _hyphen(self, match: re.Match[str], after: str) -> str:
        """A hyphen, or nothing where the break of the line alone put it there."""
        head, tail = match["head"], re.match(r"[^\W_]+", after)
        rest = tail[0] if tail else ""
        if not after[0].islower() or head.isupper():
            return "-"
        return "-" if self._words[f"{head}-{rest}"] > self._words[head + rest] else ""
