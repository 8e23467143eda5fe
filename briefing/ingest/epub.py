"""EPUB: the chapters of a book in the order of its spine.

In: the bytes of an EPUB. Out: one document. A chapter is read whole, as it has no page around it;
trafilatura, made for web pages, drops short chapters and notes.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from briefing.document import Document, Span
from briefing.errors import SourceError
from briefing.ingest.archive import member, open_archive, parse_xml
from briefing.ingest.blocks import Block, compose, fold
from briefing.ingest.dates import iso_date
from briefing.ingest.encoding import decode
from briefing.ingest.language import language_code
from briefing.ingest.markup import html_blocks, parse_html
from briefing.ingest.source import IntakeLimits, Parsed, Source

if TYPE_CHECKING:
    import zipfile

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
DC = "{http://purl.org/dc/elements/1.1/}"


def read(source: Source, limits: IntakeLimits) -> Parsed:
    """Read a book.

    Raises:
        SourceError: If it is damaged, too large, locked, or holds no text.
    """
    with open_archive(source, limits) as archive:
        container: Any = parse_xml(member(archive, CONTAINER, source.name), source.name)
        path = next((item.get("full-path") for item in container.iter("{*}rootfile")), None) or ""
        package: Any = parse_xml(member(archive, path, source.name), source.name)
        chapters = _spine(package, posixpath.dirname(path))
        _refuse_locked(archive, chapters, source.name)
        present = set(archive.namelist())
        missing = [chapter for chapter in chapters if chapter not in present]
        blocks: list[Block] = []
        for chapter in chapters:
            if chapter in present:
                text, _ = decode(member(archive, chapter, source.name), source.name)
                blocks.extend(html_blocks(parse_html(text)))
    text, headings = compose(blocks)
    if not text:
        hint = "If its pages are pictures, convert it to PDF and run OCR."
        raise SourceError(f"{source.name} holds no text", hint=hint)
    document = _document(source.name, package, text, headings)
    notice = f"{source.name} lacks chapters that it lists: {', '.join(missing)}"
    return Parsed((document,), (notice,) if missing else ())


def _document(name: str, package: Any, text: str, headings: tuple[Span, ...]) -> Document:
    return Document(
        name=name,
        text=text,
        media_type="application/epub+zip",
        title=next(iter(_values(package, "title")), None),
        authors=tuple(_values(package, "creator")),
        publisher=next(iter(_values(package, "publisher")), None),
        date=next(filter(None, map(iso_date, _values(package, "date"))), None),
        language=next(filter(None, map(language_code, _values(package, "language"))), None),
        headings=headings,
    )


def _values(package: Any, field: str) -> list[str]:
    values = (fold(element.text or "") for element in package.iter(DC + field))
    return [value for value in values if value]


def _spine(package: Any, folder: str) -> list[str]:
    """Paths of the chapters in reading order, without the table of contents."""
    items = {
        item.get("id"): item
        for item in package.iter("{*}item")
        if "nav" not in (item.get("properties") or "").split()
        and re.search(r"html|xml", item.get("media-type") or "html")
    }
    paths = []
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and reference.get("linear") != "no":
            path = posixpath.join(folder, unquote((item.get("href") or "").partition("#")[0]))
            paths.append(posixpath.normpath(path))
    return paths


def _refuse_locked(archive: zipfile.ZipFile, chapters: list[str], name: str) -> None:
    """Refuse a book whose chapters are encrypted; that of fonts alone does not matter."""
    if ENCRYPTION not in archive.namelist():
        return
    encryption: Any = parse_xml(member(archive, ENCRYPTION, name), name)
    locked = {unquote(item.get("URI") or "") for item in encryption.iter("{*}CipherReference")}
    if locked.intersection(chapters):
        raise SourceError(
            f"{name} is locked by its publisher (DRM)", hint="Use a copy without DRM."
        )
