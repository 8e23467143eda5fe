"""Heads and sign-offs as PDF and DOCX print them: who issued a file, and when."""

from __future__ import annotations

import io

import docx
import pytest
from sample_sources import COUNCIL, SURVEY, Write, only, pdf

from briefing.ingest import read_text

LETTER = (
    ("Reed Cutters’ Alliance", "2 Marsh Row\nAnmouth", "3 May 2026", "Harbour Board\nQuay House"),
    ("Dear Ms Lund", "The Reed Cutters’ Alliance cuts reed. We will not stop.", COUNCIL, SURVEY),
)


def letter_as_pdf(*signed: str) -> bytes:
    """`LETTER`, its name in large type and its addresses with broken lines."""
    (name, *head), body = LETTER
    paragraphs = [line.replace("\n", "<br>") for line in (*head, *body, *signed)]
    return pdf(f"<h1>{name}</h1>" + "".join(f"<p>{line}</p>" for line in paragraphs), head="")


def letter_as_docx(*signed: str, author: str = "", name: str = LETTER[0][0]) -> bytes:
    """`LETTER` with a paragraph a line, and what its file says of its author."""
    package = docx.Document()
    package.core_properties.author = author
    (_, *head), body = LETTER
    for line in (name, *head, *body, *signed):
        package.add_paragraph(line)
    stream = io.BytesIO()
    package.save(stream)
    return stream.getvalue()


SIGNED = ("Yours sincerely", "Tam Oyle", "Secretary", "for the Reed Cutters’ Alliance")


def test_a_letter_in_a_pdf_says_who_wrote_it_and_when(write: Write) -> None:
    """Its letterhead and its date are read; the day on which the file was made is not."""
    document = only(write("a.pdf", letter_as_pdf("Yours sincerely", "Tam Oyle<br>Secretary")))
    assert (document.publisher, document.date) == ("Reed Cutters’ Alliance", "2026-05-03")
    assert "2 Marsh Row\nAnmouth" in document.text
    assert "Tam Oyle\nSecretary" in document.text
    assert COUNCIL in document.text


def test_a_letter_in_a_docx_says_who_wrote_it_and_when(write: Write) -> None:
    """With a paragraph for each line of its sign-off; a single word is the author's account."""
    document = only(write("a.docx", letter_as_docx(*SIGNED, author="TOYLE")))
    assert (document.publisher, document.date) == ("Reed Cutters’ Alliance", "2026-05-03")
    assert document.authors == ()
    assert "2 Marsh Row\nAnmouth" in document.text


def test_a_signature_of_a_paragraph_a_line_is_read(write: Write) -> None:
    """It names the body where the letter has no letterhead."""
    signed = ("Yours sincerely", "Tam Oyle", "Secretary of the Pilots’ Union")
    document = only(write("a.docx", letter_as_docx(*signed, name="By hand")))
    assert (document.authors, document.publisher) == ((), "Pilots’ Union")


def test_two_signatures_are_not_read_as_one(write: Write) -> None:
    """Who signs second is no office of who signs first."""
    signed = ("Yours sincerely", "Edda Moor", "Tam Oyle")
    document = only(write("a.docx", letter_as_docx(*signed, name="By hand")))
    assert (document.authors, document.publisher) == ((), None)


SPOKEN = "We will not stop. "


@pytest.mark.parametrize(
    ("head", "body", "publisher"),
    [
        ("Reed Cutters’ Alliance", "The Reed Cutters’ Alliance cuts reed. " + SPOKEN, True),
        ("REED CUTTERS’ ALLIANCE", "The Reed Cutters’ Alliance cuts reed. " + SPOKEN, True),
        ("Reed Cutters’ Alliance", "The Reed Cutters’ Alliance cuts reed. They go on. ", False),
        ("Reed Cutters’ Alliance", "Reed Cutters’ Alliance cuts reed. “We go on,” it says. ", False),
        ("Reed Cutters", "Reed cutters cut reed. " + SPOKEN, False),
        ("Reed Cutters’ Alliance", "Nobody cuts reed. " + SPOKEN, False),
    ],
)  # fmt: skip
def test_a_name_above_a_text_that_says_we(head: str, body: str, publisher: bool) -> None:
    """It is the issuer's, whatever its words, where the text has it do something."""
    document = read_text("a", f"{head}\n\n3 May 2026\n\nReed and marsh in June\n\n{body}{COUNCIL}")
    assert document.publisher == ("Reed Cutters’ Alliance" if publisher else None)


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Federation of Pilots | 12 Quay Street, Anmouth | tel. 0555 12", "Federation of Pilots"),
        ("Federation of Pilots · press@pilots.example", "Federation of Pilots"),
        ("Federation of Pilots: 300 berths are free", None),
        ("Federation of Pilots | a survey", None),
    ],
)
def test_a_name_beside_its_address(line: str, publisher: str | None) -> None:
    """A letterhead of one line has the address behind marks; a headline has none."""
    text = f"{line}\n3 May 2026\n\nNight pilots\n\n{COUNCIL}"
    assert read_text("a", text).publisher == publisher
