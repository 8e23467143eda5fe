"""HTML as blocks: the walk over a parsed tree that HTML, e-mail, EPUB and feeds share.

In: HTML as text. Out: its blocks in order, without scripts, controls, hidden parts and footnote
marks. Nothing is fetched: images, frames and style sheets are never looked at.
"""

from __future__ import annotations

import re
from typing import Any

from briefing.ingest.blocks import Block

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
PARTED = frozenset({
    "p", "div", "section", "article", "header", "footer", "main", "aside", "figure",
    "figcaption", "address", "details", "summary", "dl", "dt", "dd", "ul", "ol", "table",
    "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "body", "center", "fieldset", "hr",
    "form", "blockquote",
})  # fmt: skip
SKIPPED = frozenset({
    "script", "style", "head", "template", "noscript", "svg", "math", "iframe", "object",
    "embed", "button", "select", "textarea", "input", "nav", "audio", "video", "canvas", "map",
    "img",
})  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
NOTE_MARK = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z]|note \d+|[*†‡])[\])]?\s*")
SPACES = re.compile(r"[ \t\n\r\f\v]+")


def parse_html(text: str) -> Any:
    """The lxml tree of an HTML page or fragment; never None, and never fetches."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    data = text.encode("utf-8", errors="replace")
    try:
        return html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError):
        # a document of nothing but white space or comments
        return html.document_fromstring(b"<html><body></body></html>")


def html_blocks(tree: Any) -> list[Block]:
    """The blocks of a parsed page or fragment, in reading order."""
    walk = _Walk()
    walk.visit(tree)
    walk.flush()
    return walk.blocks


class _Walk:
    """The state of one walk: the blocks so far, and the words of the one that is open."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._mark = ""

    def visit(self, element: Any) -> None:
        """Take in one element and its children, not its tail."""
        tag = element.tag if isinstance(element.tag, str) else ""
        tag = tag.rpartition("}")[2].lower()
        if not tag or tag in SKIPPED or _is_hidden(element) or _is_note_mark(element, tag):
            return
        if tag in HEADINGS:
            self._whole(element, "heading")
        elif tag == "pre":
            self.flush()
            self.blocks.append(Block("".join(element.itertext()), "verbatim"))
        elif tag == "li":
            self._item(element)
        elif tag == "table" and _is_data(element):
            self.flush()
            self.blocks.extend(Block(row, "row") for row in _rows(element))
        elif tag == "br":
            self._words.append("\n")
        elif tag in PARTED:
            self.flush()
            self._children(element)
            self.flush()
        else:
            self._children(element)

    def flush(self) -> None:
        """Close the open block; a line broken twice begins a new paragraph."""
        text, self._words = "".join(self._words), []
        for part in re.split(r"\n[ \t]*\n", text):
            if part.strip():
                kind: Any = "item" if self._mark else "paragraph"
                self.blocks.append(Block(self._mark + part.strip(), kind))
                self._mark = ""

    def _children(self, element: Any) -> None:
        self._words.append(SPACES.sub(" ", element.text or ""))
        for child in element:
            self.visit(child)
            self._words.append(SPACES.sub(" ", child.tail or ""))

    def _whole(self, element: Any, kind: Any) -> None:
        self.flush()
        self._mark = ""
        inner = _Walk()
        inner._children(element)
        inner.flush()
        if text := " ".join(block.text for block in inner.blocks):
            self.blocks.append(Block(text, kind))

    def _item(self, element: Any) -> None:
        self.flush()
        parent = element.getparent()
        self._mark = "- "
        if parent is not None and parent.tag == "ol":
            number = sum(1 for item in element.itersiblings("li", preceding=True)) + 1
            self._mark = f"{number}. "
        self._children(element)
        self.flush()
        self._mark = ""


def _is_hidden(element: Any) -> bool:
    style = element.get("style") or ""
    return element.get("hidden") is not None or bool(HIDDEN.search(style))


def _is_note_mark(element: Any, tag: str) -> bool:
    """Whether this is the raised number of a footnote, which is no word of the text."""
    if tag not in ("sup", "a"):
        return False
    if element.get("epub:type") == "noteref" or element.get("role") == "doc-noteref":
        return True
    parent = element.getparent()
    linked = next(element.iter("a"), None) is not None
    linked = linked or (parent is not None and parent.tag == "a")
    return tag == "sup" and linked and bool(NOTE_MARK.fullmatch("".join(element.itertext())))


def _is_data(table: Any) -> bool:
    """Whether a table holds data; one that lays out a page has blocks or tables in its cells."""
    return not any(
        child.tag in ("table", "p", "div", "ul", "ol", *HEADINGS)
        for child in table.iterdescendants()
        if isinstance(child.tag, str)
    )


def _rows(table: Any) -> list[str]:
    rows = []
    for row in table.iter("tr"):
        cells = [SPACES.sub(" ", "".join(cell.itertext())).strip() for cell in row]
        if any(cells):
            rows.append(" | ".join(cell for cell in cells if cell))
    return rows
