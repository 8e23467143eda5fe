"""Plain text: encodings, line ends, and the lines above the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_sources import COUNCIL, Write, only

from briefing.ingest import read, read_text

if TYPE_CHECKING:
    from briefing.document import Document


def header(document: Document) -> tuple[object, ...]:
    return document.title, document.authors, document.handle, document.date


def test_text_is_kept_as_it_is(write: Write) -> None:
    """Wrapped lines stay wrapped; only the byte order mark and line ends are made uniform."""
    document = only(write("a.txt", b"\xef\xbb\xbfFirst line  \r\nsecond line.\r\rThird.\n"))
    assert document.text == "First line  \nsecond line.\n\nThird.\n"
    assert document.headings == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_and_utf_8_text_is_decoded(write: Write, encoding: str) -> None:
    """Text with a byte order mark is read by it, without a notice."""
    intake = read([str(write("a.txt", f"“Café” — {COUNCIL}".encode(encoding)))])
    assert intake.documents[0].text == f"“Café” — {COUNCIL}"
    assert intake.notices == ()


def test_another_encoding_is_found_and_named(write: Write) -> None:
    """Text that is not UTF-8 is read in the encoding that fits, with a notice."""
    text = "Le conseil du port a décidé d’augmenter les droits à l’été, malgré la grève. " * 4
    intake = read([str(write("a.txt", text.encode("cp1252")))])
    assert intake.documents[0].text == text
    assert "is not UTF-8; it was read as" in intake.notices[0]


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("Mira Oland\n@miraoland\n", (None, ("Mira Oland",), "@miraoland", None)),
        ("Mira Oland (@mira.oland)\n\n", (None, ("Mira Oland",), "@mira.oland", None)),
        ("By Mira Oland\n\n", (None, ("Mira Oland",), None, None)),
        ("By MIRA OLAND and Jon van der Berg\n", (None, ("MIRA OLAND", "Jon van der Berg"), None, None)),
        ("By A. B. O’Dell, Mira Oland and Li Po\n", (None, ("A. B. O’Dell", "Mira Oland", "Li Po"), None, None)),
        ("Dues rise again\nBy Mira Oland\n12 March 2026\n\n", ("Dues rise again", ("Mira Oland",), None, "2026-03-12")),
        ("Dues rise again\n\nMarch 12, 2026\n\nBy Mira Oland\n\n", ("Dues rise again", ("Mira Oland",), None, "2026-03-12")),
        ("Title: Dues\nAuthor: Mira Oland\nDate: 2026-03-12\n\n", ("Dues", ("Mira Oland",), None, "2026-03-12")),
        ("Dues rise again\r\nBy Mira Oland\r\n\r\n", ("Dues rise again", ("Mira Oland",), None, None)),
        ("2026-03-12\n\n", (None, (), None, "2026-03-12")),
        ("Dues rise again\n\nBy Mira Oland (Bay Wire)\n\n12 March 2026\n\n", ("Dues rise again", ("Mira Oland",), None, "2026-03-12")),
        ("Dues rise again\n\nLantern Bay, 12 March 2026\n\n", ("Dues rise again", (), None, "2026-03-12")),
        ("Dues rise again\nPort de la Vale, Fable, 12 March 2026\nBy Mira Oland\n\n", ("Dues rise again", ("Mira Oland",), None, "2026-03-12")),
        ("Dues at the port of Lantern Bay rise again\nafter a quarrel\n\nBy Mira Oland\n\n", ("Dues at the port of Lantern Bay rise again after a quarrel", ("Mira Oland",), None, None)),
    ],
)  # fmt: skip
def test_plain_header_lines_are_found(above: str, expected: tuple[object, ...]) -> None:
    """A byline, handle, date and the title above them are taken; the body begins after them."""
    document = read_text("a", above + COUNCIL)
    assert header(document) == expected
    assert document.text[document.body_start :] == COUNCIL
    assert document.text == above + COUNCIL


@pytest.mark.parametrize(
    "text",
    [
        COUNCIL,
        f"Mira Oland\n\n{COUNCIL}",
        f"Dues rise again\n\n{COUNCIL}",
        f"By the harbour wall\n{COUNCIL}",
        f"By contrast, nothing changed.\n{COUNCIL}",
        f"03/04/2026\n\n{COUNCIL}",
        f"Dues rise again\n03/04/2026\n\n{COUNCIL}",
        f"12 March 2026\n{COUNCIL}\n13 March 2026\n{COUNCIL}",
        f"Timeline\n12 March 2026\n\nA vote.\n\n13 March 2026\n\n{COUNCIL}",
        f"Lantern Bay, 12 March 2026\n{COUNCIL}",
        f"LANTERN BAY, 12 March (Bay Wire) - {COUNCIL}",
        f"LANTERN BAY, 12/03/2026 (Bay Wire) - {COUNCIL}",
        f"LANTERN BAY, 40 March 2026 (Bay Wire) - {COUNCIL}",
        f"On Monday, 12 March 2026 - or so they say - {COUNCIL}",
        f"LANTERN BAY, 12 March 2026 was a bad day. {COUNCIL}",
        f"{COUNCIL} LANTERN BAY, 12 March 2026 - {COUNCIL}",
        "By Mira Oland",
        "Mira Oland\n@miraoland\n",
        "",
    ],
)
def test_what_is_not_plain_is_not_guessed(text: str) -> None:
    """A lone name, a lone title, an ambiguous date, a chronology and a bare header give nothing."""
    document = read_text("a", text)
    assert header(document) == (None, (), None, None)
    assert document.body_start == 0


@pytest.mark.parametrize(
    "dateline",
    [
        "LANTERN BAY, Fable, 12 March 2026 (Bay Wire) — ",
        "LANTERN BAY, 12 March 2026 - ",
        "LANTERN BAY, March 12, 2026 (Bay Wire) -- ",
    ],
)
@pytest.mark.parametrize(
    ("above", "title", "authors"),
    [
        ("", None, ()),
        ("Dues rise again\n\n", "Dues rise again", ()),
        ("Dues rise again\n\nBy Mira Oland\n\n", "Dues rise again", ("Mira Oland",)),
    ],
)
def test_a_dateline_gives_the_date_and_stays(
    above: str, title: str | None, authors: tuple[str, ...], dateline: str
) -> None:
    """The date of a dateline is the text's; its words are part of the first sentence."""
    document = read_text("a", above + dateline + COUNCIL)
    assert header(document) == (title, authors, None, "2026-03-12")
    assert document.text[document.body_start :] == dateline + COUNCIL


def test_the_date_of_a_header_line_goes_before_that_of_a_dateline() -> None:
    """A text is dated by the line that is nothing but its date."""
    above = "Dues rise again\n\nBy Mira Oland\n13 March 2026\n\nLANTERN BAY, 12 March 2026 - "
    assert read_text("a", above + COUNCIL).date == "2026-03-13"


def test_an_agency_beside_the_byline_is_the_publisher() -> None:
    """A name in brackets after the author's is that of the agency."""
    document = read_text("a", f"Dues rise again\n\nBy Mira Oland (Bay Wire)\n\n{COUNCIL}")
    assert (document.authors, document.publisher) == (("Mira Oland",), "Bay Wire")
