"""How the running text of a PDF is set: size, leading and faces of its type.

In: lines, or columns of them. Out: a `Setting`, which says what stands apart from the usual.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from briefing.ingest.pdf_lines import Face

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.ingest.pdf_columns import Column
    from briefing.ingest.pdf_lines import Line

HEADING_RATIO = 1.15
NOTE_RATIO = 0.92
WIDE_GAP = 1.25
"""How much more than the usual distance between lines begins a new paragraph."""

BODY_SHARE = 0.4
"""Share of the text in one face that makes it a face of the running text."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The type of the running text.

    Attributes:
        size: In points.
        leading: The distance between two lines, in sizes.
        faces: The fonts that much of it is set in.
    """

    size: float
    leading: float
    faces: frozenset[Face]

    def is_large(self, row: Line) -> bool:
        """Whether a row is in the type of titles and headings."""
        return row.size >= HEADING_RATIO * self.size

    def is_small(self, row: Line) -> bool:
        """Whether a row is in the type of footnotes and captions."""
        return row.size <= NOTE_RATIO * self.size

    def is_apart(self, row: Line) -> bool:
        """Whether no letter of a row is in a face of the running text."""
        return bool(row.faces) and row.faces.isdisjoint(self.faces)

    def is_heavier(self, row: Line) -> bool:
        """Whether all letters of a row are heavier than the running text."""
        light = not any(face.is_heavy for face in self.faces)
        return light and bool(row.faces) and all(face.is_heavy for face in row.faces)

    def is_gap(self, row: Line, above: Line) -> bool:
        """Whether more than the usual white space stands between two rows."""
        distance = row.baseline - above.baseline
        usual = self.leading * max(row.size, above.size)
        return distance > max(WIDE_GAP * usual, usual + 2.0) or distance < 0


def find_setting(columns: Sequence[Column]) -> Setting:
    """The setting of a document, given its columns in reading order."""
    rows = [row for column in columns for row in column.rows]
    size = usual_size(rows)
    return Setting(size, _usual_leading(columns, size), _usual_faces(rows))


def usual_size(rows: Iterable[Line]) -> float:
    """The size that most characters have, in half points."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def has_room(room: float, row: Line) -> bool:
    """Whether the first word of `row` fits into `room` points at the end of the line before."""
    word = row.text.split(" ", 1)[0]
    width = (row.right - row.left) * (len(word) + 1) / max(1, len(row.text))
    return room > 1.2 * width


def _usual_leading(columns: Sequence[Column], size: float) -> float:
    gaps = [
        (row.baseline - above.baseline) / size
        for column in columns
        for above, row in zip(column.rows, column.rows[1:], strict=False)
        if abs(row.size - size) < 0.6 and abs(above.size - size) < 0.6
    ]
    near = [gap for gap in gaps if 0.8 < gap < 2.6]
    return median(near) if near else 1.3


def _usual_faces(rows: Iterable[Line]) -> frozenset[Face]:
    """Faces by the characters of the rows that are set in one alone."""
    counts: Counter[Face] = Counter()
    for row in rows:
        if len(row.faces) == 1:
            counts.update(dict.fromkeys(row.faces, len(row.text)))
    least = BODY_SHARE * counts.total()
    return frozenset(face for face, count in counts.items() if count >= least)
