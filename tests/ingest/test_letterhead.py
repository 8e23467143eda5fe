"""Heads and sign-offs of letters, releases, memos and the like: who issued a text, and when."""

from __future__ import annotations

import pytest
from sample_sources import COUNCIL

from briefing.ingest import read_text

LONG = COUNCIL + "\n\n" + COUNCIL

HEADS = {
    "letter under a letterhead": (
        (
            "GREY SEAL TRUST\nThe Boathouse, Anmouth\n\n3 May 2026\n\nTo the Minister of Coasts, Ada Lund\n"
            f"Quay House, Orm\n\nYour plan for the seals\n\nDear Minister,\n\n{LONG}\n\nThe Grey Seal Trust"
            " will not.\n\nYours sincerely,\n\nTam Oyle\nChair, Grey Seal Trust\n"
        ),
        ("Your plan for the seals", (), "Grey Seal Trust", "2026-05-03"),
    ),
    "letter signed for a body": (
        (
            f"3 May 2026\n\nDear Councillor,\n\n{LONG}\n\nKind regards,\n\nTam Oyle\nSecretary of the Pilots’"
            " Union\n"
        ),
        (None, (), "Pilots’ Union", "2026-05-03"),
    ),
    "letter from a body": (
        f"To: Councillor Ada Lund\nFrom: Anmouth Parents' Group\n3 May 2026\n\nDear Councillor,\n\n{LONG}",
        (None, (), "Anmouth Parents' Group", "2026-05-03"),
    ),
    "letter of a person": (
        (
            f"12 Quay Street, Anmouth\n\n3rd May 2026\n\nDear Sir or Madam,\n\n{LONG}\n\nYours faithfully,\n\n"
            "Edda Moor"
        ),
        (None, ("Edda Moor",), None, "2026-05-03"),
    ),
    "letter of somebody in office": (
        (
            "Association of Night Pilots\nStorgata 4, Orm\n\n3 May 2026\n\nDear members of the board,\n\n"
            f"We ask for more. {LONG}\n\nYours faithfully,\nEdda Moor\nDirector"
        ),
        (None, (), "Association of Night Pilots", "2026-05-03"),
    ),
    "letter of somebody in office to a ministry": (
        (
            f"Ministry of Coasts\nQuay House, Orm\n\nDear Minister,\n\nWe ask for more. {LONG}\n\n"
            "Yours faithfully,\nEdda Moor\nDirector"
        ),
        (None, ("Edda Moor",), None, None),
    ),
    "letter of a professor": (
        (
            f"Dear editors,\n\n{LONG}\n\nSincerely,\n\nEdda Moor\nProfessor of Law, University of Orm\n"
            "3 May 2026"
        ),
        (None, ("Edda Moor",), None, "2026-05-03"),
    ),
    "letter with another's date in its reference": (
        (
            "GREY SEAL TRUST\n\n3 May 2026\n\nTo the Harbour Board\n\nRe: your letter of 20 April 2026\n\n"
            f"Dear Ms Lund,\n\n{LONG}\n\nThe Grey Seal Trust"
        ),
        (None, (), "Grey Seal Trust", "2026-05-03"),
    ),
    "press release": (
        f"MINISTRY OF COASTS\nPress release\n\n3 May 2026\n\nA fair share of the shore\n\n{LONG}",
        ("A fair share of the shore", (), "Ministry of Coasts", "2026-05-03"),
    ),
    "message whose sender has an address": (
        (
            "From: Friends of the Shore <news@shore.example>\nDate: 3 May 2026\nSubject: We did it!\n\n"
            f"Dear friends,\n\n{LONG}"
        ),
        ("We did it!", (), "Friends of the Shore", "2026-05-03"),
    ),
    "newspaper beside the date": (
        f"No pilots by night\nBy Edda Moor\nAnmouth Courier, 3 May 2026\n\n{LONG}",
        ("No pilots by night", ("Edda Moor",), "Anmouth Courier", "2026-05-03"),
    ),
    "correspondent": (
        f"No pilots by night\nEdda Moor, harbours correspondent\nAnmouth Times, 3 May 2026\n\n{LONG}",
        ("No pilots by night", ("Edda Moor",), "Anmouth Times", "2026-05-03"),
    ),
    "judgment": (
        f"HIGH COURT OF ORM\nSummary of judgment, 3 May 2026\nMoor v Harbour Board\n\n{LONG}",
        (None, (), "High Court of Orm", "2026-05-03"),
    ),
    "trading update": (
        f"GREY SEAL PLC\nTrading update, 3 May 2026\n\n{LONG}",
        (None, (), "Grey Seal PLC", "2026-05-03"),
    ),
    "press release of any name": (
        (
            "GREY SEAL\nPress release\nFor immediate release: 3 May 2026\n\nMore boats by night\n\n"
            f"{LONG}\n\nGrey Seal runs four boats."
        ),
        ("More boats by night", (), "Grey Seal", "2026-05-03"),
    ),
    "press release on one line": (
        f"MINISTRY OF COASTS - Press release, 3 May 2026\n\n{LONG}",
        (None, (), "Ministry of Coasts", "2026-05-03"),
    ),
    "press release under its title": (
        f"A fair share of the shore\n\nPress release, 3 May 2026\n\n{LONG}",
        (None, (), None, "2026-05-03"),
    ),
    "press release of a body": (
        f"Press release of the Pilots’ Union\nAnmouth, 3 May 2026\n\nNo pilots by night\n\n{LONG}",
        ("No pilots by night", (), "Pilots’ Union", "2026-05-03"),
    ),
    "press release for immediate use": (
        f"Moor Ferries Ltd\nFor immediate release: Sunday, May 3, 2026\n\nMore boats\n\n{LONG}",
        (None, (), "Moor Ferries Ltd", "2026-05-03"),
    ),
    "release of an office": (
        f"NEWS RELEASE\nDepartment of Coasts\nMay 3, 2026\n\nA fair share of the shore\n\n{LONG}",
        ("A fair share of the shore", (), "Department of Coasts", "2026-05-03"),
    ),
    "letter with the addressee above its salutation": (
        (
            "Edda Moor\n12 Quay Street\nAnmouth\n\n3 May 2026\n\nThe Director\nMinistry of Coasts\n"
            f"Orm\n\nDear Sir,\n\n{LONG}\n\nYours faithfully,\n\nEdda Moor"
        ),
        (None, ("Edda Moor",), None, "2026-05-03"),
    ),
    "memo": (
        (
            "MEMORANDUM\n\nTo: All staff\nFrom: Edda Moor, Director, Harbour Authority of Orm\n"
            f"Date: 3 May 2026\nSubject: Night shifts\n\n{LONG}"
        ),
        (None, ("Edda Moor",), "Harbour Authority of Orm", "2026-05-03"),
    ),
    "e-mail": (
        (
            'From: "Edda Moor" <edda@orm.example>\nTo: Tam Oyle <tam@orm.example>\n'
            f"Date: Sun, 3 May 2026 10:15:00 +0100\nSubject: Night shifts\n\n{LONG}"
        ),
        (None, ("Edda Moor",), None, "2026-05-03"),
    ),
    "e-mail as a program prints it": (
        (
            "From: Pilots’ Union [mailto:press@pilots.example]\nSent: Sunday, May 3, 2026 10:15 AM\n"
            f"To: Editors\nSubject: Night shifts\n\n{LONG}"
        ),
        (None, (), "Pilots’ Union", "2026-05-03"),
    ),
    "newspaper": (
        f"Anmouth Gazette\nSunday, 3 May 2026\n\nNo pilots by night from June\nBy Edda Moor\n\n{LONG}",
        ("No pilots by night from June", ("Edda Moor",), "Anmouth Gazette", "2026-05-03"),
    ),
    "newswire": (
        (
            "OPA 0503-117 / domestic / ports\n\nNo pilots by night from June\n\nBy Edda Moor\n\n"
            f"ANMOUTH, 3 May 2026 (Orm Press Agency) - {LONG}"
        ),
        (None, ("Edda Moor",), "Orm Press Agency", "2026-05-03"),
    ),
    "newsletter": (
        (
            "THE FOG HORN\nNewsletter of the Pilots’ Union, no. 12\n3 May 2026\n\n"
            f"No pilots by night from June\n\n{LONG}"
        ),
        (None, (), "Pilots’ Union", "2026-05-03"),
    ),
    "report with a cover": (
        (
            "What the night pilots cost\n\nEdda Moor and Tam Oyle\n\nInstitute for Coasts, University of"
            f" Orm\n\n3 May 2026\n\n{LONG}"
        ),
        (None, ("Edda Moor", "Tam Oyle"), "Institute for Coasts", "2026-05-03"),
    ),
    "report by number": (
        f"HARBOUR AUTHORITY OF ORM\nReport No. 7 | 2026-05-03\n\nNight pilots, a review\n\n{LONG}",
        ("Night pilots, a review", (), "Harbour Authority of Orm", "2026-05-03"),
    ),
    "blog": (
        f"What the fog hides\n\nBy Edda Moor | 3 May 2026\n\n{LONG}",
        (None, ("Edda Moor",), None, "2026-05-03"),
    ),
    "column": (
        f"What the fog hides\n\nEdda Moor\n\nThe Lamp, Sunday 3 May 2026\n\n{LONG}",
        (None, (), None, "2026-05-03"),
    ),
    "transcript": (
        f"Questions on the pilots\n\nOrm Hall, Anmouth (May 3, 2026)\n\n5:01 P.M.\n\n{LONG}",
        (None, (), None, "2026-05-03"),
    ),
    "minutes": (
        f"Harbour Board of Orm\nPublished on 3 May 2026, 10:30\n\nNight pilots\n\n{LONG}",
        (None, (), "Harbour Board of Orm", "2026-05-03"),
    ),
    "minutes of a meeting": (
        f"QUAY AND FERRY COMMITTEE\n\nMinutes of the meeting held on Sunday 3 May 2026 in Orm Hall\n\n{LONG}",
        (None, (), "Quay and Ferry Committee", "2026-05-03"),
    ),
    "minutes by number": (
        f"Panel on Night Pilots\n\nDraft minutes of the 12th meeting, 3 May 2026\n\n{LONG}",
        (None, (), "Panel on Night Pilots", "2026-05-03"),
    ),
    "decision": (
        (
            "HARBOUR AUTHORITY OF ORM\n\nDecision No. 7/2026 of 3 May 2026\n\non pilots by night\n\n"
            f"Having regard to the opinion of the crews of 2 April 2026;\n\n{LONG}"
        ),
        (None, (), "Harbour Authority of Orm", "2026-05-03"),
    ),
    "transcript of a hearing": (
        (
            "PARLIAMENT OF ORM\nCommittee for coasts\nHearing on the pilots\nAnmouth, 3 May 2026\n"
            f"Uncorrected transcript\n\n{LONG}"
        ),
        (None, (), "Parliament of Orm", "2026-05-03"),
    ),
    "paper in a series": (
        f"Who pays the night pilots?\n\nDepartment of Coasts\nCP 17 | 3 May 2026\n\n{LONG}",
        (None, (), "Department of Coasts", "2026-05-03"),
    ),
    "newspaper with an agency": (
        f"A fair share of the shore\n\nAnmouth Mail, 3 May 2026 (with LPA)\n\n{LONG}",
        (None, (), None, "2026-05-03"),
    ),
    "magazine": (
        f"A fair share of the shore\n\nThe Seals magazine, 3 May 2026\n\n{LONG}",
        (None, (), None, "2026-05-03"),
    ),
    "statement": (
        f"JOINT STATEMENT\n\nAnmouth, 3 May 2026\n\n{LONG}",
        (None, (), None, "2026-05-03"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), HEADS.values(), ids=HEADS.keys())
def test_issuer_and_date_are_read_from_heads(
    text: str, expected: tuple[str | None, tuple[str, ...], str | None, str | None]
) -> None:
    """A letterhead, what stands beside a date, a sender and a sign-off say who speaks, and when."""
    document = read_text("a", text)
    title, *rest = expected
    assert [document.authors, document.publisher, document.date] == rest
    if title:
        assert document.title == title
    assert document.text == text


BODIES = [
    ("MINISTRY OF COASTS\nPress release\n\n3 May 2026\n\nA fair share of the shore\n\n", True),
    ("Anmouth Gazette\n3 May 2026\n\nNo pilots by night\nBy Edda Moor\n\n", True),
    (
        "Moor Ferries Ltd\nPress release\n\nMore boats by night\n\nFares stay as they are\n\n",
        False,
    ),
    ("Press release of the Pilots’ Union\n\nTo the editors of the Lamp\n\n", False),
    ("No pilots by night\n\n", False),
]


@pytest.mark.parametrize(("above", "told"), BODIES)
def test_body_begins_below_a_head_that_is_told(above: str, told: bool) -> None:
    """A head is skipped if but a title is in it; more, or an addressee, may be needed."""
    document = read_text("a", above + LONG)
    assert document.body_start == (len(above) if told else 0)


NOTHING = {
    "day of an event": f"Orm Conference, 3 May 2026\n\n{LONG}",
    "day of a hearing": f"Public hearing on the pilots\n\nHearing: 3 May 2026\n\n{LONG}",
    "invitation": f"Night pilots\n\nDate: 3 May 2026\nTime: 7 p.m.\nPlace: Town Hall\n\n{LONG}",
    "invitation in paragraphs": f"Night pilots\n\n3 May 2026\n\nVenue: Town Hall, Anmouth\n\n{LONG}",
    "day of birth": f"Edda Moor, pilot\n\nDate of birth: 3 May 1966\n\n{LONG}",
    "deadline": f"Night pilots\n\nDeadline: 3 May 2026\n\n{LONG}",
    "embargo": f"Night pilots\n\nEmbargoed until 3 May 2026\n\n{LONG}",
    "range of days": f"Night pilots\n\nAnmouth, 3-5 May 2026\n\n{LONG}",
    "range of dates": f"Night pilots\n\n3 May 2026 to 5 May 2026\n\n{LONG}",
    "two days": f"Night pilots\n\nAnmouth, 3 May 2026\n\nOrm, 5 May 2026\n\n{LONG}",
    "day in a title": f"What was said on 3 May 2026\n\n{LONG}",
    "day in a sentence": f"On 3 May 2026, the council met in Anmouth.\n\n{LONG}",
    "day of another's letter": f"Re: your letter of 3 May 2026\n\n{LONG}",
    "day without a year": f"Dear Ms Lund,\n\n3 May\n\n{LONG}",
    "address": f"Harbour Office, 3 May Street\nAnmouth 2026\n\n{LONG}",
    "addressee": f"Ministry of Coasts\nQuay House, Orm\n\nDear Minister,\n\n{LONG}",
    "addressee after a label": f"To: Ministry of Coasts\n\nDear Minister,\n\n{LONG}",
    "headline on a body": f"Council Backs Water Board\nPress release\n\n{LONG}",
    "title that is a body": f"European Commission\n\n{LONG}",
    "matter above a headline": f"Bank of Orm\n\nRates rise again\n\n{LONG}",
    "title that ends as a body": f"Rebuilding Trust\n\nPress release\n\n{LONG}",
    "rubric": f"Trust in the Harbour Police Department\n\nA survey\n\n{LONG} Trust in it.",
    "headline with its words below": f"Rebuilding Trust\nPress release\n\n{LONG} We are rebuilding trust.",
    "letter in a headline": f"Letter from the Ministry of Coasts\n\n{LONG}",
    "office": f"From: The Chair\nTo: All members\nRe: Night shifts\n\n{LONG}",
    "table": f"Ministry of Coasts | 3 May 2026\nPilots’ Union | 4 May 2026\n\n{LONG}",
    "journey": f"From: New York\nTo: Los Angeles\n\n{LONG}",
    "list": f"- 3 May 2026\n- Ministry of Coasts\n\n{LONG}",
    "by the numbers": f"BY THE NUMBERS: The Night Pilots\n\n{LONG}",
    "meeting to come": f"Panel on Night Pilots\n\nMeeting of 3 May 2026\n\n{LONG}",
    "two meetings": f"Panel on Night Pilots\n\nMinutes of 3 May 2026 and 5 May 2026\n\n{LONG}",
    "summit of a year": f"Summit 2026, 3 May 2026\n\nNight pilots\n\n{LONG}",
    "contacts alone": "Ministry of Coasts\nPress release\n3 May 2026\n",
    "many names": f"Dear Minister,\n\n{LONG}\n\nYours sincerely,\n\nEdda Moor\n\nTam Oyle\n",
    "letter at the end of an article": f"{LONG}\n\nSincerely,\n\nEdda Moor\n",
    "editors": f"Dear members,\n\n{LONG}\n\nWith kind regards,\n\nthe editors\n",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_what_may_be_read_in_two_ways_is_left_out(text: str) -> None:
    """The day of something else, an addressee, a headline and a table say nothing of the text."""
    document = read_text("a", text)
    assert (document.authors, document.publisher, document.date) == ((), None, None)


def test_who_was_at_a_meeting_stays_in_the_body() -> None:
    """The minutes call them by their surnames."""
    head = (
        "Panel on Night Pilots\n\nMinutes of the meeting of 3 May 2026\n\nPresent: Edda Moor\n\n"
    )
    assert read_text("a", head + LONG).body_start == 0


@pytest.mark.parametrize(
    ("letterhead", "signed"),
    [
        ("GREY SEAL TRUST", "Chair, Pilots’ Union"),
        ("PILOTS’ UNION", "Director, Institute for Coasts"),
    ],
)
def test_names_that_differ_are_left_out(letterhead: str, signed: str) -> None:
    """A letterhead of one organisation above the signature of another names no issuer."""
    text = f"{letterhead}\n\n3 May 2026\n\nDear Minister,\n\n{LONG}\n\nGrey Seal Trust.\n\n"
    document = read_text("a", f"{text}Yours sincerely,\n\nTam Oyle\n{signed}")
    assert (document.publisher, document.date) == (None, "2026-05-03")


@pytest.mark.parametrize(
    ("above", "body", "name"),
    [
        ("URS UNION OF PILOTS", "The URS met. The URS voted.", "URS Union of Pilots"),
        ("UNION OF ORM PILOTS AND CREWS", "Orm slept.", "Union of Orm Pilots and Crews"),
        ("OPA COMMISSION OF ORM", "The OPA Commission of Orm met. The OPA voted.", "OPA Commission of Orm"),
    ],
)  # fmt: skip
def test_letterhead_in_capitals(above: str, body: str, name: str | None) -> None:
    """A name all in capitals gets small letters; an abbreviation that the text has keeps its own."""
    document = read_text("a", f"{above}\nPress release\n\n{body} {COUNCIL}")
    assert document.publisher == name
