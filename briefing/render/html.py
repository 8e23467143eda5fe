"""A brief as one HTML file that needs nothing else.

In: a `Brief` and a template. Out: HTML with its styles and small fonts inside, nothing that runs
and no address that a browser would fetch; what it is stands in it as JSON-LD.
"""

from __future__ import annotations

import re
from functools import partial
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from briefing.errors import TemplateError
from briefing.paths import shipped
from briefing.render.jsonld import with_json_ld
from briefing.templating import TemplateSpec, data_uri, render_template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from briefing.brief import Brief

URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<address>[^"')]*)(?P=quote)\s*\)""")
IMPORT = re.compile(r"@import\b", re.IGNORECASE)
INSIDE = ("data:", "#")
FETCHING = frozenset(
    "audio embed feimage iframe image img input link object script source track use video".split()
)
ADDRESSES = frozenset(("data", "href", "poster", "src", "srcset", "xlink:href"))
CANDIDATE = re.compile(r"(?:^|,\s)\s*(\S+)")
"""One address of a `srcset`; the comma of a `data:` address has no space after it."""


def render_html(
    brief: Brief,
    spec: TemplateSpec,
    *,
    page: str = "A4",
    options: Mapping[str, object] | None = None,
) -> str:
    """Print `brief` as one HTML file.

    Args:
        brief: What to print.
        spec: The template.
        page: The paper that a reader's printer is told of.
        options: What the user chose of the template's options.

    Raises:
        TemplateError: If the template fails, its styles name a file that cannot be embedded, or
            the page would fetch something.
    """
    sheets = (shipped("templates") / "fonts" / "screen.css", *spec.styles("screen.css"))
    styles = [*(embedded(sheet, spec.folders) for sheet in sheets), page_rule(spec, page)]
    html = render_template(spec, brief, page=page, styles="\n".join(styles), options=options)
    for tag, address in _Fetches(html).found:
        raise TemplateError(
            f"template {spec.name}: <{tag}> would fetch {address}",
            hint="Put the file into the template's folder and print {{ asset('NAME') }}.",
        )
    return with_json_ld(html, brief, spec.fields)


class _Fetches(HTMLParser):
    """The elements of a page that a browser would fetch something for, and their addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._in_style = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes of one element."""
        self._in_style = tag == "style"
        for name, value in attrs:
            if name == "style":
                self._look(tag, [match["address"] for match in URL.finditer(value or "")])
            elif tag in FETCHING and name in ADDRESSES:
                self._look(tag, CANDIDATE.findall(value or ""))

    def handle_data(self, data: str) -> None:
        """Look at the addresses of a style element."""
        if self._in_style:
            self._look("style", [match["address"] for match in URL.finditer(data)])

    def handle_endtag(self, tag: str) -> None:
        """A style element ends."""
        self._in_style = self._in_style and tag != "style"

    def _look(self, tag: str, addresses: list[str]) -> None:
        self.found += [(tag, each) for each in addresses if not each.lower().startswith(INSIDE)]


def page_rule(spec: TemplateSpec, size: str) -> str:
    """The CSS rule for the paper: `size` is a CSS page size such as `A4` or `210mm 4000mm`."""
    margins = " ".join(f"{margin:g}mm" for margin in spec.margins_mm)
    return f"@page {{ size: {size}; margin: {margins} }}"


def embedded(stylesheet: Path, folders: tuple[Path, ...]) -> str:
    """The text of a stylesheet with every file it names put inside as a `data:` address.

    Args:
        stylesheet: A template's CSS file, or that of the shipped fonts.
        folders: The template's folders, whose files it may name besides those beside itself.

    Raises:
        TemplateError: If it names an address elsewhere, or a file that is missing.
    """
    text = stylesheet.read_text(encoding="utf-8")
    if IMPORT.search(text):
        raise TemplateError(
            f"{stylesheet}: @import is not used", hint="Put the rules into the file."
        )
    return URL.sub(partial(_inlined, stylesheet=stylesheet, folders=folders), text)


def _inlined(match: re.Match[str], *, stylesheet: Path, folders: tuple[Path, ...]) -> str:
    """One `url(…)` of a stylesheet, with the file inside."""
    address = match["address"]
    if address.startswith(("data:", "#")):
        return match[0]
    if ":" in address or address.startswith("//"):
        raise TemplateError(
            f"{stylesheet} names {address}", hint="Styles may name own files only."
        )
    path = stylesheet.parent / address
    return f'url("{data_uri(path, within=(stylesheet.parent, *folders))}")'
