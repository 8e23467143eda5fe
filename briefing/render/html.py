"""A brief as one HTML file that needs nothing else.

In: a `Brief` and a template. Out: HTML with its styles and small fonts inside, no script and no
address that a browser would fetch.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from briefing.errors import TemplateError
from briefing.paths import shipped
from briefing.templating import TemplateSpec, data_uri, render_template

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.brief import Brief

URL = re.compile(r"""url\(\s*(?P<quote>["']?)(?P<address>[^"')]*)(?P=quote)\s*\)""")
IMPORT = re.compile(r"@import\b", re.IGNORECASE)


def render_html(brief: Brief, spec: TemplateSpec, *, page: str = "A4") -> str:
    """Print `brief` as one HTML file.

    Args:
        brief: What to print.
        spec: The template.
        page: The paper that a reader's printer is told of.

    Raises:
        TemplateError: If the template fails, or its styles name a file that cannot be embedded.
    """
    styles = [
        embedded(shipped("templates") / "fonts" / "screen.css", spec.folder),
        embedded(spec.folder / "screen.css", spec.folder),
        page_rule(spec, page),
    ]
    return render_template(spec, brief, page=page, styles="\n".join(styles))


def page_rule(spec: TemplateSpec, size: str) -> str:
    """The CSS rule for the paper: `size` is a CSS page size such as `A4` or `210mm 4000mm`."""
    margins = " ".join(f"{margin:g}mm" for margin in spec.margins_mm)
    return f"@page {{ size: {size}; margin: {margins} }}"


def embedded(stylesheet: Path, folder: Path) -> str:
    """The text of a stylesheet with every file it names put inside as a `data:` address.

    Args:
        stylesheet: A template's CSS file, or that of the shipped fonts.
        folder: The template's folder, whose files it may name besides those beside itself.

    Raises:
        TemplateError: If it names an address elsewhere, or a file that is missing.
    """
    text = stylesheet.read_text(encoding="utf-8")
    if IMPORT.search(text):
        raise TemplateError(
            f"{stylesheet}: @import is not used", hint="Put the rules into the file."
        )
    return URL.sub(partial(_inlined, stylesheet=stylesheet, folder=folder), text)


def _inlined(match: re.Match[str], *, stylesheet: Path, folder: Path) -> str:
    """One `url(…)` of a stylesheet, with the file inside."""
    address = match["address"]
    if address.startswith(("data:", "#")):
        return match[0]
    if ":" in address or address.startswith("//"):
        raise TemplateError(
            f"{stylesheet} names {address}", hint="Styles may name own files only."
        )
    path = stylesheet.parent / address
    return f'url("{data_uri(path, within=(stylesheet.parent, folder))}")'
