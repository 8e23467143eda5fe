"""Which words are hedges, and in which company, on sentences written for this purpose."""

from __future__ import annotations

from itertools import pairwise

import pytest

from briefing.analyse.hedges import among, hedges
from briefing.document import Span


def found(text: str) -> list[str]:
    """The hedges of `text`, as it has them."""
    return [text[slice(*span)] for span in hedges(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The quay may close, and prices could rise.", ["may", "could"]),
        ("Perhaps it was apparently sold.", ["Perhaps", "apparently"]),
        ("The toll is likely to rise.", ["likely"]),
        ("Most likely they will not come.", ["Most likely"]),
        ("A vote in spring is unlikely.", ["unlikely"]),
        ("The harbour appears to be full.", ["appears"]),
        ("He did not appear ready to sign.", ["appear"]),
        ("Figures from the port suggest that trade fell.", ["suggest"]),
        ("Trade fell, which suggests a shift.", ["suggests"]),
        ("The bridge is widely expected to open in June.", ["expected"]),
        ("It is believed the crew left early.", ["believed"]),
        ("Two boats thought to be lost came home.", ["thought"]),
        ("She is alleged to have sold the barge.", ["alleged"]),
        ("He was held over an alleged theft.", ["alleged"]),
        ("It’s possible the ferry will stop.", ["possible"]),
        ("They fear a possible strike.", ["possible"]),
        ("This is a potential danger to swimmers.", ["potential"]),
        ("A strike is a real possibility.", ["possibility"]),
        ("It is doubtful whether the pier will last.", ["doubtful"]),
        ("I think the ferry left at noon.", ["I think"]),
        ("We estimate that it costs ten crowns.", ["estimate"]),
        ("One could say that it was luck.", ["One could say"]),
        ("It looks as if the lock is stuck.", ["looks as if"]),
        ("As far as is known, nobody was hurt.", ["As far as is known"]),
        ("The levy should bring in ten crowns.", ["should"]),
        ("In what was an apparent slip, he named her.", ["apparent"]),
    ],
)
def test_marks_doubt(text: str, expected: list[str]) -> None:
    """Words that leave open whether something is so are hedges."""
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It will cost about a third more.", ["about"]),
        ("About 40 boats came at around 9:30.", ["About", "around"]),
        ("Roughly half of them stayed.", ["Roughly"]),
        ("They talked about two boats.", []),
        ("She wrote a book about the sea.", []),
        ("They sailed around the island.", []),
    ],
)
def test_marks_rough_figures(text: str, expected: list[str]) -> None:
    """A figure that holds only roughly is hedged; what somebody talks about is not."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The quay closes in May.",
        "May they come home safe.",
        "The council may issue permits.",
        "Boats may be used as the warden may direct.",
        "They could not find the key.",
        "From the tower she could see the bay.",
        "Could you close the gate?",
        "He left early so that they could talk.",
        "Anyone who could swim jumped.",
        "The storm could have sunk us all.",
        "The might of the old fleet is gone.",
        "Polls of likely voters were wrong.",
        "Old boats are more likely to leak than new ones.",
        "She was the most unlikely pilot of all.",
        "The pilot appeared in court on Friday.",
        "She will appear beforehand at the fair.",
        "He suggested that they wait for the tide.",
        "The pilots suggested a lower toll.",
        "They came as soon as possible.",
        "The new lock makes it possible to sail on.",
        "It is possible to walk across.",
        "They reached their full potential.",
        "The guild wrote to potential donors.",
        "Boats are supposed to wait here.",
        "She expected to win the race.",
        "He alleged that the scales were false.",
        "I think we should wait.",
        "When I think about the sea, I smile.",
    ],
)
def test_the_same_words_at_other_work(text: str) -> None:
    """What permits, tells an ability, opines, ranks or names a month weakens nothing."""
    assert found(text) == []


def test_reads_over_the_end_of_a_line() -> None:
    """A hedge of several words, and its company, may stand on two lines."""
    assert found("I\nthink the ferry is\nexpected to wait.") == ["I\nthink", "expected"]


def test_no_two_overlap() -> None:
    """Of two readings of the same words the longer one counts."""
    text = "It would appear that this is more likely than not."
    assert found(text) == ["would appear", "more likely than not"]
    spans = hedges(text)
    assert all(left.end <= right.start for left, right in pairwise(spans))


def test_among_takes_what_lies_within() -> None:
    """Hedges are kept that lie wholly within one of the spans."""
    spans = (Span(0, 3), Span(10, 15))
    assert among(spans, (Span(8, 20), Span(1, 6))) == (Span(10, 15),)
