"""What a file is: its bytes first, its suffix second."""

from __future__ import annotations

import io
import zipfile

import pytest
from sample_sources import COUNCIL, Write, failure, pdf

from briefing.ingest import read


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_pdf_named_txt_is_read_as_a_pdf(write: Write) -> None:
    """The content decides; a notice says so."""
    path = write("a.txt", pdf(f"<p>{COUNCIL}</p>"))
    intake = read([str(path)])
    assert intake.documents[0].media_type == "application/pdf"
    assert intake.notices == (f"{path} is a PDF by its content and was read as that",)


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a PNG image"),
        (b"\x7fELF\x02\x01\x01" + bytes(20), "an ELF program"),
        (b"The council\0met.", "a binary file"),
        (bytes(range(1, 32)) * 20, "a binary file"),
        (zipped({"a.txt": b"x"}), "a zip archive"),
    ],
)
def test_a_binary_file_named_txt_fails(write: Write, data: bytes, label: str) -> None:
    """What is no document says what it is instead."""
    assert label in failure(write("a.txt", data)).message


@pytest.mark.parametrize(
    ("name", "data", "target"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "docx"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "pdf"),
        ("a.rtf", b"{\\rtf1 The council met.}", "docx"),
        ("a.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "docx"),
        ("a.xlsx", zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "pdf"),
    ],
)
def test_a_format_that_can_be_converted_says_how(
    write: Write, name: str, data: bytes, target: str
) -> None:
    """Legacy and other office formats fail with the command that converts them, in folders too."""
    path = write(f"in/{name}", data)
    assert f"libreoffice --headless --convert-to {target} '{path}'" in failure(path).hint
    assert len(read([str(path.parent)]).failures) == 1


def test_a_password_protected_docx_says_so(write: Write) -> None:
    """Office files with a password are OLE files with an encrypted package."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert "locked by a password" in failure(write("a.docx", data)).message


@pytest.mark.parametrize("name", ["a.docx", "a.epub", "a.zip"])
def test_a_damaged_zip_says_so(write: Write, name: str) -> None:
    """A zip-based file that was cut off is damaged, whatever it was to be."""
    whole = zipped({"word/document.xml": b"<x/>" * 100})
    assert "damaged" in failure(write(name, whole[: len(whole) // 2])).message


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", "<!DOCTYPE html><html><body><p>{}</p></body></html>", "text/html"),
        ("a.xml", "<?xml version='1.0'?><html><body><p>{}</p></body></html>", "text/html"),
        ("a", "# Dues\n\n{}", "text/markdown"),
        ("a.txt", "# Dues\n\n{}", "text/plain"),
        ("a.txt", '{{"id": 1}} {}', "text/plain"),
        ("a.txt", "From: Mira\nTo: all\nSubject: dues\n\n{}", "text/plain"),
        ("a.txt", "From: m@x.example\nMessage-ID: <1@x>\nSubject: dues\n\n{}", "message/rfc822"),
        ("a.py", "{}", "text/plain"),
    ],
)
def test_kinds_of_text_are_told_apart(
    write: Write, name: str, content: str, media_type: str
) -> None:
    """Text is what its first lines say, else what its suffix says, else plain."""
    (document,) = read([str(write(name, content.format(COUNCIL)))]).documents
    assert document.media_type == media_type


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [("a.xml", "<plan><a/></plan>", "no feed"), ("a.json", '{"a": 1}', "no JSON Feed")],
)
def test_data_files_fail(write: Write, name: str, content: str, message: str) -> None:
    """XML and JSON that are no feed hold no text to read."""
    assert message in failure(write(name, content)).message
