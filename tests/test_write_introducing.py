"""Sentences in which issuers tell who they are: no news for the top of a page."""

from __future__ import annotations

import pytest

from briefing.document import Document, Span
from briefing.write.source import introduces


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("The Pilots’ Union represents 80 pilots.", True),
        ("Pilots' Union (the Union) speaks for 80 pilots.", True),
        ("The Pilots’ Union will strike in May.", False),
        ("The Pilots’ Union lost 80 pilots.", False),
        ("The Ferry Guild represents 80 crews.", False),
        ("Nobody represents the Pilots’ Union.", False),
    ],
)
@pytest.mark.parametrize(
    ("after", "ours"),
    [("We ask for lights.", True), ("“We ask for lights,” it says.", False)],
)
def test_issuers_that_say_who_they_are(
    first: str, after: str, *, expected: bool, ours: bool
) -> None:
    """In the present tense, by their name, where they say `we` after it."""
    document = Document("a", f"{first} {after}", publisher="Pilots’ Union")
    assert introduces(document, Span(0, len(first))) is (expected and ours)
