"""A brief as Markdown: CommonMark with tables.

In: a `Brief` and a template. Out: text in which nothing that comes from a source is markup. Marks
such as `[[2]]` are shown as `[2]` and lead to the sources, whose addresses stand at the end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from briefing.render.text import html_text
from briefing.render.written import Safe, one_line, render_written
from briefing.templating import is_web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.brief import Brief
    from briefing.templating import TemplateSpec

FILE = "brief.md.j2"

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\\": "&#92;", "|": "&#124;"}
"""What some reader of Markdown would see as markup even behind a backslash."""
MARKS = "`*_[]{}#~$"
"""What is markup wherever it stands."""
BEGINNING = re.compile(r"\s*(?:\d{1,9}(?=[.)])|(?=[-+=.:()]))")
"""Up to a stop that could make a list, a heading or a link of what stands before it."""
ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
"""Where what looks like an address can be kept from becoming a link."""

IN_ADDRESS = "%/:?#[]@!$&'*+,;=-._~"
"""What stands for itself in a web address."""


def render_markdown(
    brief: Brief, spec: TemplateSpec, *, options: Mapping[str, object] | None = None
) -> str:
    """Print `brief` as Markdown, with the template's own `brief.md.j2` or the shared one.

    Args:
        brief: What to print.
        spec: The template; the shared text prints the fields that it names.
        options: What the user chose of the template's options.

    Raises:
        TemplateError: If the template fails, with its file and line.
    """
    linked = {source.number for source in brief.sources if is_web_address(source.url)}

    def mark(number: int) -> Safe:
        return Safe(f"[[{number}]]" if number in linked else f"[{number}]")

    return render_written(
        brief, spec, FILE, safe=escape, options=options,
        mark=mark, strong=strong, em=em, address=address, address_of=destination,
    )  # fmt: skip


def escape(value: object) -> Safe:
    """Text as Markdown that shows just this text wherever it is put into a line.

    White space is folded; control characters are dropped. An e-mail address stays as it is: some
    readers make a link of it whatever stands around.
    """
    text = one_line(value)
    beginning = BEGINNING.match(text)
    kept_apart = {beginning.end()} if beginning else set()
    kept_apart |= {found.start() for found in ADDRESS.finditer(text)}
    if text.endswith("!"):
        kept_apart.add(len(text) - 1)  # what follows may be a link, and would be a picture
    return Safe(
        "".join(
            ENTITIES.get(letter)
            or ("\\" + letter if letter in MARKS or at in kept_apart else letter)
            for at, letter in enumerate(text)
        )
    )


def strong(value: object) -> Safe:
    """Text in bold type; to stand between white space or stops."""
    return _set_off(value, "**")


def em(value: object) -> Safe:
    """Text in italics; to stand between white space or stops."""
    return _set_off(value, "*")


def _set_off(value: object, mark: str) -> Safe:
    text = value.strip() if isinstance(value, Safe) else escape(one_line(value).strip())
    return Safe(f"{mark}{text}{mark}" if text else "")


def address(url: str) -> Safe:
    """A web address as a link that shows it; anything else as text."""
    target = destination(url)
    return Safe(f"<{target}>") if target else escape(url)


def destination(url: str) -> Safe:
    """A web address, fit to stand between angle brackets; empty for anything else."""
    return Safe(quote(one_line(url).strip(), safe=IN_ADDRESS) if is_web_address(url) else "")


def markdown_text(markdown: str) -> str:
    """What a reader sees of Markdown, one line a block."""
    from markdown_it import MarkdownIt

    return html_text(MarkdownIt("commonmark").enable("table").render(markdown))
