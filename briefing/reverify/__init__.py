"""A finished PDF against its own record and its sources, long after it was made.

In: the bytes of a PDF that carries a record, and the sources as they are now. Out: `Verification`, one
`Check` for each source, each piece of evidence, each statement and each quotation on the page. Nothing
that the PDF says of itself is trusted; it is no signature all the same: who changes page, record and
sources alike is not found out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.errors import VerificationError
from briefing.record import NAME, Record, load_record
from briefing.reverify.against import evidence_checks, matched, source_checks
from briefing.reverify.checks import Check, Verification, as_text
from briefing.reverify.page import page_checks, quotation_checks, statement_checks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Document

__all__ = ["Check", "NotCheckedError", "Verification", "as_text", "reverify"]


class NotCheckedError(VerificationError):
    """A file is no PDF, or carries no record that could be checked."""

    exit_code = 4


def reverify(pdf: bytes, documents: Sequence[Document], *, where: str) -> Verification:
    """Check a finished PDF once more.

    Args:
        pdf: The file.
        documents: Its sources, read as they are now; they may have moved or been renamed.
        where: How the user knows the PDF, for messages.

    Returns:
        All checks, those that passed too.

    Raises:
        NotCheckedError: If it is no PDF, or has no record that can be read.
    """
    from briefing.render.text import pdf_text

    record = _record(_attached(pdf, where), where)
    text = pdf_text(pdf)
    given = matched(record, documents)
    checks = (
        *source_checks(record, documents, given),
        *evidence_checks(record, documents, given),
        *statement_checks(record, text),
        *quotation_checks(record, documents, given, text),
        *page_checks(record, text),
    )
    return Verification(where, record.title, record.method.version, checks)


def _attached(pdf: bytes, where: str) -> bytes:
    """The record that a PDF carries."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        opened = PdfDocument(pdf)
    except PdfiumError as error:
        raise NotCheckedError(
            f"{where} is no PDF that can be opened", hint="Name the brief.pdf that was made."
        ) from error
    try:
        for number in range(opened.count_attachments()):
            attachment = opened.get_attachment(number)
            if attachment.get_name() == NAME:
                return bytes(attachment.get_data())
    except PdfiumError as error:
        raise NotCheckedError(f"{where}: its {NAME} cannot be read") from error
    finally:
        opened.close()
    raise NotCheckedError(
        f"{where} carries no {NAME}: there is nothing to check it against",
        hint="Only PDFs that briefing made carry a record; saving one anew in another program may drop it.",
    )


def _record(data: bytes, where: str) -> Record:
    try:
        return load_record(data, where=where)
    except VerificationError as error:
        raise NotCheckedError(error.message, hint=error.hint) from error
