"""PDF, by pypdfium2: the text layer in reading order.

In: the bytes of a PDF. Out: one document. `pdf_lines` gets lines from pages, `pdf_columns` puts
them in reading order, `pdf_paragraphs` makes paragraphs of them.
"""

from __future__ import annotations

import ctypes
import re
from typing import Any

from briefing.document import Document
from briefing.errors import SourceError
from briefing.ingest.blocks import compose
from briefing.ingest.dates import pdf_date
from briefing.ingest.language import language_code
from briefing.ingest.names import sane_authors, sane_title
from briefing.ingest.pdf_columns import drop_running_lines, reading_order
from briefing.ingest.pdf_lines import Page, read_page
from briefing.ingest.pdf_paragraphs import paragraphs
from briefing.ingest.source import IntakeLimits, Parsed, Source

PASSWORD_ERROR = 4
"""FPDF_ERR_PASSWORD."""

READABLE_SHARE = 0.7
OCR = "Run OCR first: ocrmypdf '{0}' '{1}'"
UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")


def read(source: Source, limits: IntakeLimits) -> Parsed:
    """Read a PDF.

    Raises:
        SourceError: If it is damaged, locked, too long, or has no usable text layer.
    """
    pdf = _open(source)
    try:
        if len(pdf) > limits.pages:
            raise SourceError(
                f"{source.name} has {len(pdf)} pages; the limit is {limits.pages}",
                hint="Split it, or give the pages that matter as a file of their own.",
            )
        pages = [_page(pdf, index, source.name) for index in range(len(pdf))]
        properties = _properties(pdf)
        language = language_code(_given_language(pdf))
    finally:
        pdf.close()
    _require_text(pages, source.name)
    columns = [column for page in drop_running_lines(pages) for column in reading_order(page)]
    text, headings = compose(paragraphs(columns))
    document = Document(
        name=source.name,
        text=text,
        media_type="application/pdf",
        title=sane_title(properties.get("Title")),
        authors=sane_authors(properties.get("Author")),
        date=pdf_date(properties.get("CreationDate") or ""),
        language=language,
        headings=headings,
    )
    return Parsed((document,), _scan_notices(pages, source.name))


def _open(source: Source) -> Any:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(source.data)
    except PdfiumError as error:
        if error.err_code == PASSWORD_ERROR:
            raise SourceError(
                f"{source.name} is locked by a password",
                hint=f"Unlock it first: qpdf --decrypt --password=PASSWORD {source.name} open.pdf",
            ) from error
        raise SourceError(
            f"{source.name} is a damaged PDF: {error}",
            hint="Fetch it again, or open it in a viewer and print it to a new PDF.",
        ) from error


def _page(pdf: Any, index: int, name: str) -> Page:
    from pypdfium2 import PdfiumError

    try:
        return read_page(pdf[index], index)
    except PdfiumError as error:
        hint = "Open it in a viewer and print it to a new PDF."
        raise SourceError(f"{name} has a damaged page {index + 1}: {error}", hint=hint) from error


def _properties(pdf: Any) -> dict[str, str]:
    return {key: str(value).replace("\0", "") for key, value in pdf.get_metadata_dict().items()}


def _given_language(pdf: Any) -> str:
    from pypdfium2 import raw

    size = raw.FPDFCatalog_GetLanguage(pdf, None, 0)
    if not 2 < size < 100:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFCatalog_GetLanguage(pdf, buffer, size)
    return "".join(chr(unit) for unit in buffer if unit)


def _require_text(pages: list[Page], name: str) -> None:
    text = "".join(line.text for page in pages for line in page.lines)
    hint = OCR.format(name, re.sub(r"(?:\.pdf)?$", "-ocr.pdf", name, count=1, flags=re.I))
    if not any(character.isalnum() for character in text):
        raise SourceError(f"{name} has no text layer", hint=hint)
    if len(UNREADABLE.findall(text)) > (1 - READABLE_SHARE) * len(text):
        hint = hint.replace("ocrmypdf", "ocrmypdf --force-ocr")
        raise SourceError(f"{name} has a text layer that does not say which letters", hint=hint)


def _scan_notices(pages: list[Page], name: str) -> tuple[str, ...]:
    """A notice on pages that hold pictures and no text: their words are missing."""
    scanned = [str(page.index + 1) for page in pages if page.has_picture and not page.lines]
    if not scanned:
        return ()
    return (f"{name} has pages without a text layer that were not read: {', '.join(scanned)}",)
