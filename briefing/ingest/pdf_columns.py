"""Lines of a page to columns in reading order, without running heads and feet.

In: pages with their lines. Out: columns, each a list of rows from top to bottom.

The gutter is where fewest lines cross, as in the XY cut of Nagy and Seth (1984), but lines that
span the columns (a title, a wide figure's caption) part the page into bands first.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from briefing.ingest.pdf_lines import Line, Page
from briefing.ingest.pdf_type import NOTE_RATIO, usual_size

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EDGE_GAP = 1.9
"""Sizes of the type between a running line and the text, at least."""

EDGE_ROWS = 3
"""How many rows at the top and bottom of a page may be running heads and feet."""

REPEATED_SHARE = 0.4
"""Share of the pages that a running line stands on: heads may differ left and right."""

JOINED_GAP = 0.1
"""Sizes of the type between what is one word, at most."""

LEAST_ROWS = 3
MARK = re.compile(r"[•◦▪‣●■∙·*–-]|\(?(?:\d{1,2}|[a-z])[.)]")
PAGE_NUMBER = re.compile(
    r"(?:[-–—][ ]?|pages?[ ])?(?P<number>\d{1,4})(?:[ ]?(?:/|of)[ ]?(?P<count>\d{1,4}))?(?:[ ]?[-–—])?",
    re.IGNORECASE,
)
PROSE_CHARACTERS = 16
"""Lines of a column are at least this long; shorter ones side by side are a table."""


@dataclass(frozen=True, slots=True)
class Column:
    """Rows of one column, top to bottom, and its edges."""

    rows: tuple[Line, ...]
    left: float
    right: float


def drop_running_lines(pages: Sequence[Page]) -> list[Page]:
    """Drop running heads and feet: lines at the edges of pages, parted from the text.

    They are those that repeat, page numbers that count up, and what stands in small type where no
    other page has text.
    """
    edges = [_edge_lines(page) for page in pages]
    counts = Counter(key for lines in edges for key in {_key(line) for line in lines})
    least = max(2, math.ceil(REPEATED_SHARE * sum(1 for page in pages if page.lines)))
    repeated = {key for key, count in counts.items() if count >= least}
    gone_of = [
        {line for line in lines if _key(line) in repeated or _is_number_of(page, line, len(pages))}
        for page, lines in zip(pages, edges, strict=True)
    ]
    is_outside = _margins(pages, gone_of)
    kept = []
    for page, lines, gone in zip(pages, edges, gone_of, strict=True):
        gone |= {line for line in lines if is_outside(line, page)}
        left = tuple(line for line in page.lines if line not in gone)
        kept.append(replace(page, lines=left))
    return kept


def _is_number_of(page: Page, line: Line, count: int) -> bool:
    """Whether a line is the page's number: `3`, `- 3 -`, `Page 3 of 8`, `3/8`."""
    match = PAGE_NUMBER.fullmatch(line.text)
    return (
        match is not None
        and int(match["number"]) == page.index + 1
        and int(match["count"] or count) == count
    )


def reading_order(page: Page) -> list[Column]:
    """The columns of a page in the order in which they are read."""
    return [_column(lines) for lines in _split(sorted(page.lines, key=_position)) if lines]


def _edge_lines(page: Page) -> list[Line]:
    """Lines in the outer sixth of the page that white space parts from the text."""
    margin = page.height / 6
    rows = sorted(page.lines, key=_position)
    top = _before_gap([line for line in rows if line.baseline < margin], rows)
    rows.reverse()
    foot = page.height - margin
    return top + _before_gap([line for line in rows if line.baseline > foot], rows)


def _before_gap(edge: list[Line], rows: list[Line]) -> list[Line]:
    """The lines at one edge up to the last white gap within the first few rows.

    Without it, a sentence that happens to top two pages would be lost.
    """
    found = 0
    heights = 1
    for position, (line, following) in enumerate(itertools.pairwise(rows), start=1):
        distance = abs(following.baseline - line.baseline)
        if distance > EDGE_GAP * line.size:
            found = position
        heights += distance > 0.4 * line.size
        if heights > EDGE_ROWS or position >= len(edge):
            break
    return edge[:found]


def _margins(pages: Sequence[Page], gone_of: Sequence[set[Line]]) -> Callable[[Line, Page], bool]:
    """A test for lines outside the block of text, such as the one running head of two pages.

    At the top, the block begins with the highest line on any page that is not in small type. At
    the foot, where footnotes stand in small type too, only lines level with a known foot or below
    it are outside. A line that ends as sentences do is kept.
    """
    body = usual_size(line for page in pages for line in page.lines)
    least = NOTE_RATIO * body
    tops = [
        min(baselines)
        for page in pages
        if (baselines := [line.baseline for line in page.lines if line.size > least])
    ]
    feet = [
        line.baseline
        for page, gone in zip(pages, gone_of, strict=True)
        for line in gone
        if line.baseline > page.height / 2
    ]
    top = min(tops, default=0.0) - body if len(tops) > 1 else 0.0
    foot = min(feet, default=math.inf) - 2.0

    def is_outside(line: Line, page: Page) -> bool:
        if line.size > least or re.search(r"[.!?][\"”’)]*$", line.text):
            return False
        return line.baseline < top if line.baseline < page.height / 2 else line.baseline > foot

    return is_outside


def _key(line: Line) -> tuple[str, int]:
    """What makes two lines at the edge the same: words without numbers, and their height."""
    words = re.sub(r"\d+|\b[ivxl]+\b", "#", line.text.casefold())
    return words, round(line.baseline / 4)


def _position(line: Line) -> tuple[float, float]:
    return line.baseline, line.left


def _split(lines: list[Line]) -> list[list[Line]]:
    """Part lines, sorted from top to bottom, into columns; one list where there is but one."""
    gutter = _gutter(lines)
    if gutter is None:
        return [lines]
    columns: list[list[Line]] = []
    band: list[Line] = []
    for line in [*lines, None]:
        if line is not None and not _crosses(line, gutter):
            band.append(line)
            continue
        for side in (True, False):
            part = [one for one in band if (one.right <= gutter) is side]
            columns.extend(_split(part) if part else [])
        band = []
        if line is not None:
            if columns and columns[-1] and _crosses(columns[-1][0], gutter):
                columns[-1].append(line)
            else:
                columns.append([line])
    return columns


def _crosses(line: Line, gutter: float) -> bool:
    return line.left < gutter < line.right


def _gutter(lines: list[Line]) -> float | None:
    """Where the white space between two columns of prose is, or None."""
    best: tuple[int, float] | None = None
    for candidate in sorted({round(line.left) for line in lines}):
        gutter = candidate - 2.0
        left = [line for line in lines if line.right <= gutter]
        right = [line for line in lines if line.left >= gutter]
        if not (_is_prose(left) and _is_prose(right)) or not _beside(left, right):
            continue
        crossing = len(lines) - len(left) - len(right)
        if best is None or crossing < best[0]:
            best = (crossing, gutter)
    return best[1] if best else None


def _is_prose(lines: list[Line]) -> bool:
    rows = {round(line.baseline) for line in lines}
    if len(rows) < LEAST_ROWS:
        return False
    return median(len(line.text) for line in lines) >= PROSE_CHARACTERS


def _beside(left: list[Line], right: list[Line]) -> bool:
    """Whether two columns stand side by side rather than one below the other."""
    top = max(left[0].baseline, right[0].baseline)
    bottom = min(left[-1].baseline, right[-1].baseline)
    heights = [lines[-1].baseline - lines[0].baseline for lines in (left, right)]
    return bottom - top >= 0.5 * min(heights)


def _column(lines: list[Line]) -> Column:
    """Join what stands on one baseline; several such rows in a row are a table."""
    rows: list[list[Line]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        if last and abs(line.baseline - last.baseline) < 0.4 * min(line.size, last.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    parted = [_is_parted(row) for row in rows]
    # one gap alone is a line that was stretched to the margin
    tables = [
        parted[index] and any(parted[max(0, index - 1) : index] + parted[index + 1 : index + 2])
        for index in range(len(rows))
    ]
    joined = tuple(_row(row, is_table) for row, is_table in zip(rows, tables, strict=True))
    return Column(joined, min(row.left for row in joined), max(row.right for row in joined))


def _is_parted(row: list[Line]) -> bool:
    """Whether a row has cells; the mark of a list item is none, nor is a word of a loose line."""
    cells = sorted(row, key=lambda one: one.left)
    return len(cells) > 1 and not MARK.fullmatch(cells[0].text) and not _is_loose(cells)


def _is_loose(cells: list[Line]) -> bool:
    """Whether cells are the words of one line that was stretched to the margin: evenly."""
    gaps = [after.left - cell.right for cell, after in itertools.pairwise(cells)]
    words = sum(cell.text.strip(",;:.").isalpha() for cell in cells)
    even = len(gaps) > 1 and max(gaps) - min(gaps) < 0.15 * cells[0].size
    return even and words > len(cells) / 2 and not any(" " in cell.text for cell in cells)


def _row(parts: list[Line], is_table: bool) -> Line:  # noqa: FBT001 - private
    parts = sorted(parts, key=lambda one: one.left)
    text = parts[0].text
    for before, part in itertools.pairwise(parts):
        # PDFium may begin a line anew behind a raised digit
        close = part.left - before.right < JOINED_GAP * part.size
        text += ("" if close else " | " if is_table else " ") + part.text
    return Line(
        text=text,
        left=parts[0].left,
        right=max(part.right for part in parts),
        baseline=parts[0].baseline,
        size=max(part.size for part in parts),
        is_table=is_table,
        faces=frozenset().union(*(part.faces for part in parts)),
    )
