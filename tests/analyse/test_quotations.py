"""Where a text quotes."""

from __future__ import annotations

import pytest

from briefing.analyse.hedges import hedges
from briefing.analyse.quotations import Quoted, quotations
from briefing.document import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He called it “a plain theft” today.", ["“a plain theft”"]),
        ('He called it "a plain theft" today.', ['"a plain theft"']),
        ("He called it ''a plain theft'' today.", ["''a plain theft''"]),
        ("He called it «a plain theft» today.", ["«a plain theft»"]),
        ("He called it ‘a plain theft’ today; it’s not.", ["‘a plain theft’"]),
        ("“One.” Then “two words.”", ["“One.”", "“two words.”"]),
        ("“Left open.\n\nNext paragraph.", ["“Left open."]),
        ("The dogs’ owners don’t mind.", []),
        ("", []),
    ],
)
def test_finds_quotations(text: str, expected: list[str]) -> None:
    """All styles of marks are found, marks included; apostrophes are none."""
    assert [text[s:e] for s, e in quotations(text)] == expected


def test_grown_takes_the_closing_mark() -> None:
    """A content that ends just before `,”` ends with it."""
    text = "“We stay,” she said."
    assert Quoted(text).grown(Span(1, 8)) == Span(0, 10)


def test_within_finds_the_quotation() -> None:
    """A span inside quotation marks is known to be."""
    text = "She said: “We stay here.” Then she left."
    quoted = Quoted(text)
    start = text.index("stay")
    found = quoted.within(Span(start, start + 4))
    assert found is not None
    assert text[found.start : found.end] == "“We stay here.”"
    assert quoted.within(Span(0, 3)) is None


def test_month_is_no_hedge() -> None:
    """May, the month, weakens nothing; the verb at a sentence's start does."""
    assert hedges("The quay closes in May.") == ()
    assert [("It may possibly close."[s:e]) for s, e in hedges("It may possibly close.")] == [
        "may",
        "possibly",
    ]
