from __future__ import annotations

import pytest
from sample_pages import PLAIN, Page, best, drafts

from briefing.write.contests import Opposed, word_contests

ORM = "Orm counts 45 cranes on its piers."


def said(words: str, holder: str, cue: str, content: str, kind: str = "organisation") -> Page:
    """A page of one sentence, in which somebody says something."""
    return Page(words).actor(holder, kind).states(holder, content, cue=cue)


@pytest.mark.parametrize(
    ("holder", "cue", "content"),
    [
        ("Lund Port", "says", "that it replaced six"),
        ("Lund Port", "says", "that its crews replaced six"),
        ("Lund Port", "says", "that it asked for them at four in the morning"),
        ("Lund Port", "promised", "to publish it before the spring"),
        ("The Port of Lund and Orm", "promised", "to publish it before the spring"),
        ("Ilo Brand", "says", "that it will close in spring"),
        ("The Port of Lund", "says", "35 to 45 million"),
        ("The Port of Lund", "now says", "1,850"),
        ("The Port of Lund", "still rejects", "30 per cent"),
    ],
)
def test_who_says_it_is_not_what_is_said(holder: str, cue: str, content: str) -> None:
    """A verb of saying names nothing, nobody is the object of what they do, figures need a noun."""
    kind = "person" if holder == "Ilo Brand" else "organisation"
    page = said(f"{holder} {cue} {content}.", holder, cue, content, kind)
    assert drafts(page) == []


@pytest.mark.parametrize(
    "words",
    [
        "In August the lowest level at Lund was 5.3.",
        "By 27 votes to 8 it decided to change the course.",
        "Captains of Lund decided last week to publish it.",
        "Ilo Brand hopes that selling it would save forty jobs.",
        "The harbour of Lund will let them go in spring.",
        "Some 300 older captains of Lund hold it today.",
    ],
)
def test_what_was_named_before(words: str) -> None:
    """A plural is no antecedent of `it`, nor a thing that of `them`; a last figure needs a noun."""
    page = Page(words)
    assert best(page.actor("Ilo Brand") if "Ilo" in words else page) == ""


@pytest.mark.parametrize(
    "words",
    [
        "The harbour of Lund lost eleven pilots and replaced six.",
        "The harbour of Lund will spread the works over eight years instead of four.",
        "The harbour of Lund has stood on its pier since 1921.",
        "The ferries of Orm have berthed in Hall 3.",
        "The evening ferry from Lund to Orm leaves at nine.",
        "One call in five at the harbour of Lund is a ferry.",
        "Dues at the harbour of Lund rise to 112 crowns.",
        "We sell the water of Lund when it is scarce.",
        "Ships that connect at Lund are refunded 40 per cent of their dues.",
        "The pilots of Lund have cranes, and nobody will take them away.",
        "The harbour owes its neighbours an explanation and they will get one.",
        "The operator’s word cannot be checked, since it publishes no accounts.",
        "Ilo Brand said it was too early to say who will pay.",
        "The harbour of Lund took the old plan and buried it.",
    ],
)
def test_what_the_sentence_names_itself(words: str) -> None:
    """Counted things, years, times, labels and nouns of the same number explain themselves."""
    page = Page(words)
    assert best(page.actor("Ilo Brand") if "Ilo" in words else page) == words


def test_who_says_something_may_act_in_it() -> None:
    """`Lund Port said it had built` reads alone; a bottom line that needs no such reading is first."""
    words = "Lund Port said it had built three cranes in Orm."
    assert best(said(words, "Lund Port", "said", "it had built three cranes in Orm")) == words
    other = "The harbour of Lund took three thousand ships."
    page = Page(words, other).actor("Lund Port", "organisation")
    page.states("Lund Port", "it had built three cranes in Orm", cue="said")
    assert best(page) == other


@pytest.mark.parametrize(
    "words",
    [
        "The port has said that no oil reached the river; we doubt this.",
        "Many in Lund like the plan of the port, but few will pay for this.",
    ],
)
def test_no_bottom_line_points_to_a_clause(words: str) -> None:
    """A bare `this` is for a line further down."""
    assert best(Page(words, PLAIN[0])) == PLAIN[0]
    assert best(Page(words)) == words


@pytest.mark.parametrize("first", [0, 1])
def test_a_bottom_line_tells_when_or_how_much(first: int) -> None:
    """Of what two sources begin with, that which has a date or a figure."""
    vague = Page("The council of Tarr wants a new bridge across the river before summer begins.")
    dated = Page("The port of Lund will sell its cranes to the town of Orm on 3 May 2031.")
    pages = (vague, dated) if first == 0 else (dated, vague)
    (best_of_all, *_) = drafts(*pages, section="bottom_line")
    assert pages[best_of_all.document] is dated


@pytest.mark.parametrize(("answers", "count"), [(True, 2), (False, 0)])
def test_a_figure_may_answer_another(*, answers: bool, count: int) -> None:
    """In a contest of figures one side tells what the other counts."""
    one = Page(ORM).states("Mara Quist", ORM, basis="asserted")
    other = said("The Port of Lund says 38.", "The Port of Lund", "says", "38")
    documents, readings = [one.document, other.document], [one.reading, other.reading]
    pair = Opposed((0, 0), (1, 0), answers=answers)
    (worded,) = word_contests(documents, readings, [pair])
    assert len(worded or ()) == count


def test_no_bottom_line_goes_over_a_paragraph() -> None:
    """A headline without an end, taken for the beginning of what is said, is no bottom line."""
    head = "Lund sells cranes\n\nThe port will sell nine cranes to Orm"
    page = Page(f"{head}, Ilo Brand said.", PLAIN[0]).actor("Ilo Brand")
    assert best(page.states("Ilo Brand", head, cue="said")) == PLAIN[0]
