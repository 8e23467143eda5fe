"""Rows that are headings by the face of their type alone: as large as the text, but bold or other.

In: a column and the setting of the running text. Out: the headings in it. Bold words that a line
goes on from in regular type open a paragraph; they are no heading.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.ingest.pdf_lines import SOFT
from briefing.ingest.pdf_type import has_room

if TYPE_CHECKING:
    from briefing.ingest.pdf_columns import Column
    from briefing.ingest.pdf_lines import Line
    from briefing.ingest.pdf_type import Setting

HEADING_ROWS = 3
HEADING_CHARACTERS = 120
SAME_SIZE = 0.06
NO_HEADING = re.compile(r"[•◦▪‣●■∙·*–-]|(?:table|figure|fig\.|chart|box)\s*\d", re.IGNORECASE)
NO_WORDS = re.compile(r"[=<>{}|\\^_+]")
"""Signs of formulas and code, which are set in faces of their own too."""

TYPEWRITER = re.compile(r"mono|courier|consol|menlo|typewriter|code|tt\d", re.IGNORECASE)
OPEN_END = re.compile(rf"[.,;(—–{SOFT}-]$|[.,][\"”’)]$")
ENDED = re.compile(r"[.!?:…][\"”’')\]\d]*$")


def headings_by_face(column: Column, setting: Setting) -> list[range]:
    """Which rows of `column` are headings, each a range of indices into its rows."""
    found = []
    start = 0
    while start < len(column.rows):
        end = _end(column, start, setting)
        if end > start and _is_heading(column, range(start, end), setting):
            found.append(range(start, end))
        start = max(end, start + 1)
    return found


def _end(column: Column, start: int, setting: Setting) -> int:
    """Where the rows end that go on with the row at `start`; `start` where it is plain text."""
    rows, end = column.rows, start
    first = rows[start]
    while end < len(rows) and _is_set_apart(rows[end], setting):
        row, above = rows[end], rows[max(start, end - 1)]
        if end > start and (
            row.faces.isdisjoint(first.faces)
            or abs(row.size - first.size) > SAME_SIZE * first.size
            or setting.is_gap(row, above)
            or (ENDED.search(above.text) and has_room(column.right - above.right, row))
        ):
            break
        end += 1
    return end


def _is_set_apart(row: Line, setting: Setting) -> bool:
    if row.is_table or setting.is_large(row) or setting.is_small(row):
        return False
    return setting.is_apart(row)


def _is_heading(column: Column, place: range, setting: Setting) -> bool:
    rows = [column.rows[index] for index in place]
    text = " ".join(row.text for row in rows)
    if len(rows) > HEADING_ROWS or len(text) > HEADING_CHARACTERS:
        return False
    first = text.lstrip("\"“‘'(")[:1]
    if not first or first.islower() or NO_HEADING.match(text) or OPEN_END.search(text):
        return False
    if not setting.is_heavier(rows[0]) and (
        NO_WORDS.search(text) or any(TYPEWRITER.search(face.name) for face in rows[0].faces)
    ):
        return False
    return _opens(column, place, setting) and _closes(column, place, setting)


def _opens(column: Column, place: range, setting: Setting) -> bool:
    """Whether the text above is at an end; for a face that is not heavy, a gap must show it."""
    if place.start == 0:
        return True
    above, row = column.rows[place.start - 1], column.rows[place.start]
    if above.is_table or setting.is_large(above) or setting.is_gap(row, above):
        return True
    if not setting.is_heavier(row):
        return False
    return bool(ENDED.search(above.text)) or has_room(column.right - above.right, row)


def _closes(column: Column, place: range, setting: Setting) -> bool:
    """Whether the text below does not go on with the line.

    The line ends before its column does; or it has white space above, and a capital below.
    """
    row = column.rows[place.stop - 1]
    if place.stop == len(column.rows):
        return setting.is_heavier(row)
    below = column.rows[place.stop]
    if setting.is_gap(below, row) or has_room(column.right - row.right, below):
        return True
    first = column.rows[place.start]
    spaced = place.start > 0 and setting.is_gap(first, column.rows[place.start - 1])
    return spaced and below.text[:1].isupper() and below.faces.isdisjoint(row.faces)
