"""What is left open, in one sentence each."""

from __future__ import annotations

import pytest

from briefing.compose.unknowns import worded
from briefing.document import Document, Span
from briefing.findings import Evidence, Unknown
from briefing.wording import load

TEXT = "Dues double. It is unclear whether wells count. Who pays for the quay?"
PAGES = (
    Document("a.txt", TEXT, authors=("Mara Quist",), date="2026-03-01"),
    Document("b.txt", TEXT, title="Dues"),
    Document("c.txt", TEXT),
)


def at(document: int, words: str) -> Evidence:
    start = TEXT.index(words)
    return Evidence(document, Span(start, start + len(words)), words)


OPEN = "whether wells count"
ASKED = "Who pays for the quay?"


@pytest.mark.parametrize(
    ("unknown", "words"),
    [
        (
            Unknown("single_origin", (0, 2), counts=(12, 15)),
            "No second independent source was found for 12 of the 15 claims most worth checking.",
        ),
        (
            Unknown("said_open", (2,), (), (at(2, OPEN),)),
            "Open according to source 3: “whether wells count”",
        ),
        (
            Unknown("said_open", (0, 1, 2), (), (at(1, OPEN), at(0, OPEN), at(2, OPEN))),
            "Open according to sources 1, 2 and 3: “whether wells count”",
        ),
        (
            Unknown("said_open", (2,), ("Ilo Brand", "Tam Oyle"), (at(2, OPEN),)),
            "Open according to Ilo Brand and Tam Oyle (source 3): “whether wells count”",
        ),
        (
            Unknown("open_question", (0, 2), (), (at(0, ASKED), at(2, ASKED))),
            "Sources 1 and 3 ask: “Who pays for the quay?”",
        ),
        (
            Unknown("open_question", (1,), ("Ilo Brand",), (at(1, ASKED),)),
            "Asked by Ilo Brand (source 2): “Who pays for the quay?”",
        ),
        (Unknown("undated", (1, 2)), "Sources 2 and 3 are undated."),
    ],
)
def test_wording(unknown: Unknown, words: str):
    """Each kind has its sentence, which names who leaves it open; words are quoted once."""
    assert worded(unknown, PAGES, load("en")) == words
