"""A brief as plain text: for a terminal, and for readers of e-mail that show no HTML.

In: a `Brief` and a template. Out: lines of at most 72 columns; only a word or an address that is
longer goes beyond.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.render.written import Safe, one_line, render_written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from briefing.brief import Brief
    from briefing.templating import TemplateSpec

FILE = "brief.txt.j2"
COLUMNS = 72

WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003fffd"
"""Letters that need no space to begin a new line."""
OPENING = "「『（【〈《〔［｛“‘"
CLOSING = "、。，．：；！？）」』】〉》〕］｝”’…"
PIECE = re.compile(
    rf"(?P<gap>[ \n]*)(?P<word>[{OPENING}]*[{WIDE}][{CLOSING}]*|[^ \n{WIDE}]+[{CLOSING}]*)"
)
"""A word, or one wide letter with the stops that must not be parted from it."""


def render_text(
    brief: Brief, spec: TemplateSpec, *, options: Mapping[str, object] | None = None
) -> str:
    """Print `brief` as plain text, with the template's own `brief.txt.j2` or the shared one.

    Args:
        brief: What to print.
        spec: The template; the shared text prints the fields that it names.
        options: What the user chose of the template's options.

    Raises:
        TemplateError: If the template fails, with its file and line.
    """
    return render_written(
        brief, spec, FILE, safe=clean, options=options,
        mark=mark, strong=clean, em=clean, address=clean, filled=filled, underlined=underlined,
    )  # fmt: skip


def mark(number: int) -> Safe:
    """What leads to a source in the list at the end."""
    return Safe(f"[{number}]")


def clean(value: object) -> Safe:
    """A value as text on one line, without what would steer a terminal."""
    return value if isinstance(value, Safe) else Safe(one_line(value))


def filled(first: str = "", rest: str | None = None, *, caller: Callable[[], str]) -> Safe:
    """The text of a `{% call %}` block as a paragraph of 72 columns.

    Args:
        first: What stands before its first line, such as `1. `.
        rest: What stands before the others; by default as much white space.
        caller: Gives the text.
    """
    from rich.cells import cell_len

    indent = " " * cell_len(first) if rest is None else rest
    return Safe("\n".join(wrapped(caller(), first, indent)))


def wrapped(text: str, first: str = "", rest: str = "", *, columns: int = COLUMNS) -> list[str]:
    """Break a text into lines by the columns that its letters take.

    A word or an address that is longer than a line has a line of its own.

    Args:
        text: Words parted by spaces, or letters of a script that knows none.
        first: What stands before the first line.
        rest: What stands before the others.
        columns: Of one line.
    """
    from rich.cells import cell_len

    lines, line, used = [], first, cell_len(first)
    start = True
    for found in PIECE.finditer(text.strip()):
        gap, word = "" if start else found["gap"] and " ", found["word"]
        width = cell_len(gap) + cell_len(word)
        if not start and used + width > columns:
            lines.append(line)
            line, used, gap = rest, cell_len(rest), ""
            width = cell_len(word)
        line, used, start = line + gap + word, used + width, False
    return [*lines, line]


def underlined(text: object, mark: str = "-") -> Safe:
    """A heading over a line of marks, as long as its longest line."""
    from rich.cells import cell_len

    lines = wrapped(clean(text))
    return Safe("\n".join((*lines, mark * min(COLUMNS, max(map(cell_len, lines))))))
