"""DOCX, by python-docx: paragraphs, headings, lists, tables and core properties.

In: the bytes of a DOCX. Out: one document. Text in content controls, in text boxes and inserted
under change tracking is read; what was deleted is not.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from briefing.document import Document
from briefing.errors import SourceError
from briefing.ingest.archive import open_archive
from briefing.ingest.blocks import Block, compose, fold
from briefing.ingest.dates import day
from briefing.ingest.language import language_code
from briefing.ingest.names import sane_authors, sane_title
from briefing.ingest.sniff import DOCX_TYPE, ZIP_ERRORS, damaged_zip
from briefing.ingest.source import IntakeLimits, Parsed, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}pPr", f"{W}rPr", FALLBACK})
HEADING = re.compile(r"heading \d|title", re.IGNORECASE)
CONTENTS = re.compile(r"toc \d|toc heading|table of (?:figures|authorities)", re.IGNORECASE)
OF_TEMPLATE = datetime(2013, 12, 23, 23, 15)
"""When the template that comes with python-docx was made; every file made with it says so."""


def read(source: Source, limits: IntakeLimits) -> Parsed:
    """Read a DOCX.

    Raises:
        SourceError: If it is damaged, too large, or holds no text.
    """
    open_archive(source, limits).close()
    package = _open(source)
    text, headings = compose(_Reader(package).blocks(package.element.body))
    if not text:
        hint = "If its pages are pictures, convert it to PDF and run OCR."
        raise SourceError(f"{source.name} holds no text", hint=hint)
    properties = package.core_properties
    created = properties.created
    if created and created.replace(tzinfo=None) == OF_TEMPLATE:
        created = None
    document = Document(
        name=source.name,
        text=text,
        media_type=DOCX_TYPE,
        title=sane_title(properties.title),
        authors=sane_authors(properties.author),
        date=day(created.year, created.month, created.day) if created else None,
        language=language_code(properties.language),
        headings=headings,
    )
    return Parsed((document,))


def _open(source: Source) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree  # type: ignore[import-untyped]

    try:
        return docx.Document(io.BytesIO(source.data))
    except (OpcError, etree.LxmlError, AttributeError, *ZIP_ERRORS) as error:
        raise damaged_zip(source.name, error) from error


class _Reader:
    """Elements to blocks; keeps the numbers of numbered lists."""

    def __init__(self, package: Any) -> None:
        self._styles = {style.style_id: style.name or "" for style in package.styles}
        self._formats = _number_formats(package)
        self._numbers: Counter[tuple[str, str]] = Counter()

    def blocks(self, parent: Any) -> Iterator[Block]:
        """The blocks of the body, of a content control or of a text box."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag not in GONE:
                yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        style = self._style(paragraph)
        text = _words(paragraph)
        if fold(text) and not CONTENTS.match(style):
            mark = self._mark(paragraph, style)
            if HEADING.fullmatch(style):
                yield Block(text, "heading")
            else:
                yield Block(mark + text, "item" if mark else "lines")
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(ancestor.tag == FALLBACK for ancestor in box.iterancestors()):
                yield from self.blocks(box)

    def _table(self, table: Any) -> Iterator[Block]:
        for row in table.iter(f"{W}tr"):
            cells = (fold(_cell(cell)) for cell in row.iterchildren(f"{W}tc", f"{W}sdt"))
            if text := " | ".join(filter(None, cells)):
                yield Block(text, "row")

    def _style(self, paragraph: Any) -> str:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._styles.get(style.get(f"{W}val"), "") if style is not None else ""

    def _mark(self, paragraph: Any, style: str) -> str:
        """`- `, a number such as `2. `, or nothing where the paragraph is no list item."""
        numbering = paragraph.find(f"{W}pPr/{W}numPr")
        number, level = _value(numbering, "numId"), _value(numbering, "ilvl") or "0"
        if number == "0" or (not number and not style.startswith("List ")):
            return ""
        if style.startswith("List Continue") or (style == "List Paragraph" and not number):
            return ""
        kind = self._formats.get((number, level)) if number else None
        if kind in ("bullet", "none") or (kind is None and "Number" not in style):
            return "- "
        key = (number or style, level)
        self._numbers[key] += 1
        return f"{self._numbers[key]}. "


def _words(paragraph: Any) -> str:
    """The lines of one paragraph, without those of text boxes and without deletions."""
    parts: list[str] = []
    for child in paragraph:
        if child.tag in GONE:
            continue
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in (f"{W}br", f"{W}cr"):
            parts.append("\n")
        elif child.tag == f"{W}tab":
            parts.append(" ")
        elif child.tag == f"{W}noBreakHyphen":
            parts.append("-")
        else:
            parts.append(_words(child))
    return "".join(parts)


def _cell(cell: Any) -> str:
    return " ".join(_words(paragraph) for paragraph in cell.iter(f"{W}p"))


def _value(parent: Any, tag: str) -> str:
    child = parent.find(f"{W}{tag}") if parent is not None else None
    return child.get(f"{W}val") or "" if child is not None else ""


def _number_formats(package: Any) -> dict[tuple[str, str], str]:
    """The number format by list and level: `bullet`, `decimal` and so on."""
    try:
        numbering = package.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return {}
    formats: dict[tuple[str, str], str] = {}
    abstract = {item.get(f"{W}abstractNumId"): item for item in numbering.iter(f"{W}abstractNum")}
    for number in numbering.iterchildren(f"{W}num"):
        item = abstract.get(_value(number, "abstractNumId"))
        for level in item.iter(f"{W}lvl") if item is not None else ():
            key = (number.get(f"{W}numId") or "", level.get(f"{W}ilvl") or "0")
            formats[key] = _value(level, "numFmt")
    return formats
