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
    from briefing.ingest.pdf_type import Setting

HEADING_CHARACTERS = 200
SHORT_LINE = 0.6
"""Share of a column's width that lines which are not filled, such as an address's, stay below."""
TITLE_LEADING = 1.6
"""Sizes between two lines of one title, at most."""

BULLET = re.compile(r"[•◦▪‣●■∙·][ \t]*(?=\S)|[-–][ \t]+(?=\S)")
NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)][ \t]+(?=\S)")
BROKEN = re.compile(rf"(?P<head>[^\W\d_]+)(?P<hyphen>[-{SOFT}])$")


def paragraphs(columns: Sequence[Column]) -> list[Block]:
    """The paragraphs of a whole document, given its columns in reading order."""
    setting = find_setting(columns)
    assembly = _Assembly(columns, setting)
    for column in columns:
        before: Line | None = None
        headings = {place.start: place for place in headings_by_face(column, setting)}
        held = {index for place in headings.values() for index in place}
        for index, row in enumerate(column.rows):
            if index in headings:
                assembly.add_heading([column.rows[one] for one in headings[index]])
            elif index not in held:
                assembly.add(row, before, column)
            before = row
    return assembly.finish()


class _Assembly:
    """The paragraphs so far, the one that is open, and footnotes that wait for its end."""

    def __init__(self, columns: Sequence[Column], setting: Setting) -> None:
        rows = [row for column in columns for row in column.rows]
        self._setting = setting
        self._words = Counter(re.findall(r"[^\W_]+(?:-[^\W_]+)*", " ".join(r.text for r in rows)))
        self._blocks: list[Block] = []
        self._open: list[Line] = []
        self._notes: list[list[Line]] = []
        self._room = 0.0
        self._unfilled = False

    def add(self, row: Line, before: Line | None, column: Column) -> None:
        """Take in one row; `before` is the row above it in its column."""
        if row.is_table:
            self._close()
            self._blocks.append(Block(row.text.replace(SOFT, "-"), "row"))
            return
        if self._setting.is_small(row):
            apart = (
                before is None
                or not self._setting.is_small(before)
                or self._setting.is_gap(row, before)
            )
            if apart or not self._notes or NUMBER.match(row.text) or row.text[:1].isdigit():
                self._notes.append([])
            self._notes[-1].append(row)
            return
        if not self._open or self._begins(row, before, column):
            self._close()  # what stands in small type above the first row comes before it
            self._unfilled = True
        else:
            self._unfilled &= has_room(self._room, row)
        self._unfilled &= row.right - row.left < SHORT_LINE * (column.right - column.left)
        self._open.append(row)
        self._room = column.right - row.right

    def add_heading(self, rows: list[Line]) -> None:
        """Take in the rows of a heading that its face tells."""
        self._close()
        # a light line right below the title names who wrote it, or when
        below_title = [block.kind for block in self._blocks] == ["heading"]
        is_heading = self._setting.is_heavier(rows[0]) or not below_title
        self._blocks.append(Block(self._join(rows), "heading" if is_heading else "paragraph"))

    def finish(self) -> list[Block]:
        """Close what is open and hand out all blocks."""
        self._close()
        return self._blocks

    def _begins(self, row: Line, before: Line | None, column: Column) -> bool:
        """Whether `row` begins a paragraph."""
        last = self._open[-1]
        if abs(row.size - last.size) > SAME_SIZE * max(row.size, last.size):
            return True
        ended = bool(ENDED.search(last.text))
        if BULLET.match(row.text) and (ended or row.text[0] not in "-–"):
            return True
        first = self._open[0].text
        listed = bool(BULLET.match(first) or NUMBER.match(first))
        if NUMBER.match(row.text) and (ended or listed or has_room(self._room, row)):
            return True
        if before is not last:
            return self._begins_column(row, column, ended=ended)
        if self._setting.is_gap(row, last):
            return True
        indent = 0.8 * row.size
        indented = row.left - column.left > indent
        if not listed and indented and row.left - last.left > indent:
            return True
        quoted = all(line.left - column.left > indent for line in self._open)
        if len(self._open) > 1 and quoted and not indented:
            return True
        return ended and has_room(self._room, row)

    def _begins_column(self, row: Line, column: Column, *, ended: bool) -> bool:
        """Whether the first row of a column begins a paragraph rather than goes on with one."""
        if self._setting.is_large(row):
            # the second line of a title may be short enough to stand in a column of its own
            distance = row.baseline - self._open[-1].baseline
            return not 0 < distance <= TITLE_LEADING * row.size
        below = column.rows[1].left if len(column.rows) > 1 else row.left
        return row.left - below > 0.8 * row.size or (ended and has_room(self._room, row))

    def _close(self) -> None:
        if self._open:
            self._blocks.append(self._block(self._open, unfilled=self._unfilled))
        self._blocks += [self._block(rows) for rows in self._notes if rows]
        self._open, self._notes = [], []

    def _block(self, rows: list[Line], *, unfilled: bool = False) -> Block:
        text = self._join(rows)
        if self._setting.is_large(rows[0]) and len(text) <= HEADING_CHARACTERS:
            return Block(text, "heading")
        if match := BULLET.match(text):
            return Block(f"- {text[match.end() :]}", "item")
        if NUMBER.match(text):
            return Block(text, "item")
        if unfilled:
            return Block("\n".join(row.text.replace(SOFT, "-") for row in rows), "lines")
        return Block(text, "paragraph")

    def _join(self, rows: list[Line]) -> str:
        """One line of text from rows, with words parted at their ends joined again."""
        text = rows[0].text
        for row in rows[1:]:
            match = BROKEN.search(text)
            if match and row.text[:1].isalnum():
                text = text[: match.start("hyphen")] + self._hyphen(match, row.text) + row.text
            elif re.search(rf"\w[—–{SOFT}-]$", text):
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
