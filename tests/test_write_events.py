"""Dated events in words: with their date, in the name of whoever tells of them."""

from __future__ import annotations

import pytest
from sample_pages import Page, printed

from briefing.write.events import Dating, printable, word_events

CLOSED = "The quay of Lund was closed for repairs on 3 May 2025."
DATE = "3 May 2025"


def worded(page: Page, words: str = DATE) -> tuple[str, tuple[str, ...], str] | None:
    """What is printed of the event that `words` date, whose it is, and for which section."""
    span = page.span(words)
    event = Dating(0, page.number(span), span)
    (draft,) = word_events([page.document], [page.reading], [event])
    assert printable([page.document], [page.reading])(*event) == (draft is not None)
    return None if draft is None else (printed(page, draft), draft.holders, draft.section)


def test_sentence_of_the_author():
    """The author's own sentence is printed whole."""
    assert worded(Page(CLOSED)) == (CLOSED, ("Mara Quist",), "timeline")


def test_statement_of_a_holder():
    """What somebody else says of the event is printed in that name."""
    page = Page(f"Ilo Brand said that {CLOSED.rstrip('.').replace('The', 'the')}.")
    page.actor("Ilo Brand")
    content = "the quay of Lund was closed for repairs on 3 May 2025"
    page.states("Ilo Brand", content, cue="said")
    assert worded(page) == (content, ("Ilo Brand",), "timeline")


def test_date_outside_the_statement():
    """Where the date stands beside what is said, the whole sentence is printed with both."""
    words = "On 3 May 2025 Ilo Brand said that the quay of Lund would be closed for repairs."
    page = Page(words).actor("Ilo Brand")
    page.states("Ilo Brand", "the quay of Lund would be closed for repairs", cue="said")
    assert worded(page) == (words, ("Mara Quist",), "timeline")


@pytest.mark.parametrize(
    "words",
    [
        "It was closed for repairs by them on 3 May 2025.",
        "Was the quay of Lund closed on 3 May 2025?",
        "See www.lund.example for what was closed on 3 May 2025.",
    ],
)
def test_what_cannot_be_printed(words: str):
    """Sentences that need those before them, questions and addresses are not printed."""
    assert worded(Page(words)) is None


def test_events_keep_their_order():
    """As many drafts come back, in the order of the events."""
    page = Page(f"{CLOSED} | It was opened on 9 June 2025.")
    first, second = page.span(DATE), page.span("9 June 2025")
    events = [Dating(0, 1, second), Dating(0, 0, first)]
    none, draft = word_events([page.document], [page.reading], events)
    assert none is None
    assert draft is not None
