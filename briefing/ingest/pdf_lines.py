"""Pages of a PDF to lines: characters that stand side by side.

In: a page as pypdfium2 has it. Out: its lines, in the order in which the file draws them.
Distances are in points, measured from the upper left corner of the page as its text stands.
What runs in another direction than most of the page (a watermark, a stamp at the edge) is no part
of the text.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 1.2
"""Widths of the type between two characters that part a line: a gutter, or a table's column."""

ASLANT = 0.15
"""Share of a quarter turn by which a character may lean."""

RAISED = 0.2
"""How far above the line a digit stands, in sizes of the type, to be an exponent or a mark."""

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
LEAST_NOTED = 3
NOTED = re.compile(r"[^\W\d_]{3}$|[.,;:!?)\]”’\"']$")
"""Behind what a raised digit is the mark of a note; shorter words are units: `km²`."""

HYPHENS = "\u0002\ufffe\u00ad\u2010"
"""What PDFium and typesetters write for a hyphen at the end of a line."""

SOFT = "\u2010"
"""What these become, to tell them from a hyphen that was typed."""

HEAVY = re.compile(r"bold|black|heavy|demi|medi(?!um)|bx\d", re.IGNORECASE)
"""How the names of heavy fonts say so, TeX's among them; many files state no other weight."""

HEAVY_WEIGHT = 600
FORCE_BOLD = 1 << 18
"""A flag of PDF font descriptors: ISO 32000-1, table 123."""


class Face(NamedTuple):
    """A font by its name, without the tag of its subset, and whether it is heavy."""

    name: str
    is_heavy: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of one line of text.

    Attributes:
        text: Its characters, without spaces at either end.
        left: Its left edge.
        right: Its right edge.
        baseline: How far below the top of the page it stands.
        size: Of its type.
        is_table: True for a table's row, its cells parted by ` | `.
        faces: Those of its letters.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_table: bool = False
    faces: frozenset[Face] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its 0-based number, height, lines, and whether it holds a picture."""

    index: int
    height: float
    lines: tuple[Line, ...]
    has_picture: bool = False


@dataclass(slots=True)
class _Run:
    """The line that is being put together."""

    size: float
    baseline: float
    left: float
    right: float
    characters: list[str] = field(default_factory=list)
    fonts: set[tuple[bytes, bool]] = field(default_factory=set)


def read_page(page: Any, index: int) -> Page:
    """The lines of one page.

    Raises:
        pypdfium2.PdfiumError: If the page is damaged.
    """
    from pypdfium2 import raw

    textpage = page.get_textpage()
    try:
        lines, height = _lines(textpage, page)
    finally:
        textpage.close()
    pictures = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    has_picture = not lines and next(iter(pictures), None) is not None
    page.close()
    return Page(index, height, tuple(lines), has_picture)


def _lines(textpage: Any, page: Any) -> tuple[list[Line], float]:
    from pypdfium2 import raw

    quarters = [_quarter(textpage, index) for index in range(textpage.count_chars())]
    usual = Counter(one for one in quarters if one is not None).most_common(1)
    turn = _Turn(page, usual[0][0] if usual else 0)
    lines: list[Line] = []
    run: _Run | None = None
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    for index, quarter in enumerate(quarters):
        character = _character(raw.FPDFText_GetUnicode(textpage, index))
        if character in "\r\n":
            _close(run, lines)
            run = None
            continue
        if raw.FPDFText_IsGenerated(textpage, index) == 1 or character == " ":
            if run:
                run.characters.append(character)
            continue
        if quarter != turn.quarter:
            continue
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        left, right, baseline = turn(x.value, y.value, box)
        if run and _parted(run, left, baseline):
            _close(run, lines)
            run = None
        if run is None:
            run = _Run(_size(textpage, index), baseline, left, right)
        if character.isdecimal() and run.baseline - baseline > RAISED * run.size:
            character = _raised(character, run.characters)
        if character:
            run.characters.append(character)
        if character.isalpha():
            run.fonts.add(_font(textpage, index))
        run.left, run.right = min(run.left, left), max(run.right, right)
    _close(run, lines)
    return lines, turn.height


class _Turn:
    """From the page's own coordinates to those in which its text runs from left to right.

    The text decides, not the page's own rotation: a wide table may stand on its side either way.
    """

    def __init__(self, page: Any, quarter: int) -> None:
        self._edges = page.get_cropbox()
        self.quarter = quarter

    def __call__(self, x: float, y: float, box: Any) -> tuple[float, float, float]:
        """Left and right edge and distance from the top, of a character."""
        left, bottom, right, top = self._edges
        if self.quarter == 1:
            return box.bottom - bottom, box.top - bottom, x - left
        if self.quarter == 2:
            return right - box.right, right - box.left, y - bottom
        if self.quarter == 3:
            return top - box.top, top - box.bottom, right - x
        return box.left - left, box.right - left, top - y

    @property
    def height(self) -> float:
        """From the top to the bottom of the page, as its text stands."""
        left, bottom, right, top = self._edges
        return float(right - left if self.quarter % 2 else top - bottom)


def _quarter(textpage: Any, index: int) -> int | None:
    """In how many quarter turns, against the clock, a character runs; None where aslant."""
    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(textpage, index, matrix) or not (matrix.a or matrix.b):
        return None
    turns = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < ASLANT else None


def _parted(run: _Run, left: float, baseline: float) -> bool:
    """Whether a character stands apart from the run before it."""
    if abs(baseline - run.baseline) > 0.6 * run.size:
        return True
    return left - run.right > GAP * run.size or left < run.left - run.size


def _raised(digit: str, before: Sequence[str]) -> str:
    """A raised digit: nothing where it is the mark of a note, as behind a word or a stop."""
    is_mark = NOTED.search("".join(before[-LEAST_NOTED:])) is not None
    return "" if is_mark else SUPERSCRIPTS[int(digit)]


def _close(run: _Run | None, lines: list[Line]) -> None:
    """Add what was put together to the lines; what is only white space is none."""
    if run is None:
        return
    text = "".join(run.characters)
    # PDFium gives characters beyond the basic plane as two halves
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = " ".join(text.split())
    if text:
        faces = frozenset(_face(*font) for font in run.fonts)
        lines.append(Line(text, run.left, run.right, run.baseline, run.size, faces=faces))


def _character(code: int) -> str:
    character = chr(code) if 0 < code < 0x110000 else " "
    if character in HYPHENS:
        return SOFT
    return (
        " "
        if character in "\t\v\f\u00a0" or (code < 32 and character not in "\r\n")
        else character
    )


def _size(textpage: Any, index: int) -> float:
    """The size of the type as it is shown: many files state 1 and scale it up."""
    from pypdfium2 import raw

    size = float(raw.FPDFText_GetFontSize(textpage, index))
    matrix = raw.FS_MATRIX()
    if raw.FPDFText_GetMatrix(textpage, index, matrix):
        size *= math.hypot(matrix.c, matrix.d) or 1.0
    return max(1.0, abs(size))


def _font(textpage: Any, index: int) -> tuple[bytes, bool]:
    """A character's font by its name in the file, and whether the file says that it is heavy."""
    from pypdfium2 import raw

    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, buffer, len(buffer), flags)
    weight = raw.FPDFText_GetFontWeight(textpage, index)
    return buffer.value, weight >= HEAVY_WEIGHT or bool(flags.value & FORCE_BOLD)


def _face(font: bytes, said_heavy: bool) -> Face:  # noqa: FBT001 - private
    name = re.sub(r"^[A-Z]{6}\+", "", font.decode("utf-8", "replace"))
    return Face(name, said_heavy or HEAVY.search(name) is not None)
