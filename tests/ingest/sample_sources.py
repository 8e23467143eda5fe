"""Documents made for the tests of ingest: every sentence in them is invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import weasyprint

from briefing.ingest import read

if TYPE_CHECKING:
    from briefing.document import Document
    from briefing.errors import SourceError

COUNCIL = (
    "The harbour council of Lantern Bay met on Tuesday evening to settle the dues for the "
    "coming year. Councillor Mira Oland said that the fishing fleet could not carry another "
    "increase."
)
SURVEY = (
    "Shipowners disagreed and pointed to the maintenance of the northern breakwater, whose "
    "foundations were examined by independent engineers in the spring. A well-known surveyor "
    "called its state deplorable, and the well-known ferry company agreed with the surveyor."
)

Write = Callable[[str, str | bytes], Path]


def only(path: Path) -> Document:
    """The one document of a source that must be read without a failure."""
    intake = read([str(path)])
    assert intake.failures == ()
    (document,) = intake.documents
    return document


def failure(path: Path) -> SourceError:
    """The one failure of a source that must not be read; it always says what to do."""
    intake = read([str(path)])
    assert intake.documents == ()
    (error,) = intake.failures
    assert str(path) in error.message
    assert error.hint
    return error


def headings(document: Document) -> list[str]:
    return [document[span] for span in document.headings]


def pdf(body: str, *, css: str = "", head: str = "<title>Dues</title>") -> bytes:
    style = f"<style>@page {{ size: A5; margin: 22mm 15mm }} {css}</style>"
    page = f'<html lang="en"><head>{head}{style}</head><body>{body}</body></html>'
    made: bytes = weasyprint.HTML(string=page).write_pdf()
    return made
