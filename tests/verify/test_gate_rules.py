"""Each rule of the gate on made-up sentences, without a model."""

from __future__ import annotations

import pytest
from sample_case import check

from briefing.verify.amounts import amounts, stands_for
from briefing.verify.moments import agrees, moments

WEIR = "The weir at Quill held back 1,187,000 litres in 2029."
ELSEWHERE = "The dam at Brome lost 412 tiles in a storm."


def kinds(*args: str, **options: object) -> list[str]:
    return [fault.kind for fault in check(*args, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("12%", "twelve per cent"),
        ("12 percent of them", "12 % of them"),
        ("a third of the boats", "33 per cent of the boats"),
        ("nearly half of the boats", "48 per cent of the boats"),
        ("more than a third of the boats", "38 per cent of the boats"),
        ("one boat in five", "20 per cent of the boats"),
        ("1.2 million crowns", "1,187,000 crowns"),
        ("about 1.2 million crowns", "1,153,000 crowns"),
        ("€3m", "3 million euros"),
        ("a dozen boats", "12 boats"),
        ("two weeks", "14 days"),
        ("18 months", "a year and a half"),
        ("0.90 crowns a tonne", "0.90 crowns per tonne"),
        ("750,000 visitors", "three quarters of a million visitors"),
        ("35 to 45 boats", "between 35 and 45 boats"),
    ],
)
def test_an_amount_may_be_told_in_other_words(given: str, source: str) -> None:
    """Spelling, rounding that shows, and units that measure the same do not count."""
    one, other = amounts(given)[0], amounts(source)[0]
    assert stands_for(one, other, given, source)


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("12%", "12 crowns"),
        ("12 boats", "12 per cent"),
        ("3 percentage points", "3 per cent"),
        ("13 per cent", "12 per cent"),
        ("about 13 per cent", "12 per cent"),
        ("40 per cent", "38 per cent"),
        ("600 jobs", "640 jobs"),
        ("half of the boats", "40 per cent of the boats"),
        ("€3bn", "3 million euros"),
        ("0.90 crowns a tonne", "0.90 crowns a month"),
        ("90 miles", "90 kilometres"),
        ("at least 200 jobs", "at most 200 jobs"),
        ("15 boats", "12 to 15 boats"),
        ("35 to 54 boats", "35 to 45 boats"),
    ],
)
def test_another_amount_is_another(given: str, source: str) -> None:
    """Neither another value nor another kind of amount stands for one."""
    one, other = amounts(given)[0], amounts(source)[0]
    assert not stands_for(one, other, given, source)


@pytest.mark.parametrize(
    ("given", "source", "same"),
    [
        ("on May 12", "on 12 May", True),
        ("on 12 May 2031", "on 12 May", True),
        ("on 12 May 2030", "on 12 May 2029", False),
        ("on 13 May", "on 12 May", False),
        ("in 2024", "seven years ago", True),
        ("in 2030", "last year", True),
        ("in 2023", "seven years ago", False),
        ("on Tuesday", "on 6 May 2031", True),
        ("on Wednesday", "on 6 May 2031", False),
        ("in Q3", "in the third quarter", True),
        ("in mid-May", "in May", True),
        ("in June", "in May", False),
        ("at 10:30", "at 10.30 a.m.", True),
        ("at 3 p.m.", "at 3 a.m.", True),
        ("the 21st time", "the twenty-first time", True),
        ("the third time", "the second time", False),
        ("in the 1990s", "in 1994", True),
    ],
)
def test_a_moment_may_be_told_in_other_words(given: str, source: str, same: bool) -> None:
    """Dates, years told from the source's own date, hours and ordinals are compared by what they say."""
    assert agrees(moments(given)[0], source, "2031-05-06") is same


def test_a_number_is_made_up_or_taken_from_elsewhere() -> None:
    """What stands nowhere is told from what stands in another source."""
    made_up, *_ = check("The weir at Quill held back 977 litres.", WEIR, ELSEWHERE)
    taken, *_ = check(
        "The weir at Quill held back 412 litres.", WEIR, ELSEWHERE + " 412 litres fell."
    )
    assert (made_up.kind, made_up.misattributed) == ("number", False)
    assert "1,187,000 litres" in made_up.reason
    assert (taken.kind, taken.misattributed) == ("number", True)
    assert taken.evidence is not None
    assert taken.evidence.document == 1


def test_what_is_counted_must_be_the_same() -> None:
    """Two numbers that change places are both wrong."""
    source = "The ferry carried 12 vessels and 40 crew."
    assert kinds("The ferry carried 40 vessels and 12 crew.", source) == ["number", "number"]
    assert kinds("Twelve vessels and forty crew were carried by the ferry.", source) == []


def test_doubling_follows_from_two_amounts() -> None:
    """`Doubled` stands where one amount is twice another."""
    source = "The toll rose from 0.45 to 0.90 crowns."
    assert kinds("The toll doubled.", source) == []
    assert kinds("The toll tripled.", source) == ["number"]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Sorrow opened the lock at Quill.", []),
        ("Iven Sorrow opened the lock.", []),
        ("Chief Engineer Iven Sorrow opened the lock.", []),
        ("Prime Minister Iven Sorrow opened the lock.", ["name"]),
        ("Edda Sorrow opened the lock.", ["name"]),
        ("Marl Teague opened the lock.", ["name"]),
        ("The lock of the Quill Canal Office was opened by Sorrow.", []),
        ("The QCO opened the lock.", []),
        ("The QDO opened the lock.", ["name"]),
    ],
)
def test_names_stand_in_the_passage_or_are_aliases(sentence: str, found: list[str]) -> None:
    """First names, offices and acronyms of those named may be added if some source has them."""
    source = (
        "Sorrow opened the lock of the Quill Canal Office."
        " Nobody came. It was cold. It was late. The chief engineer, Iven Sorrow, left."
    )
    people = ("Iven Sorrow",)
    assert kinds(sentence, source, "Edda Marsh wrote to Marl Bright.", people=people) == found


def test_quotations_stand_word_for_word() -> None:
    """Cuts in brackets, case and punctuation may differ, words may not."""
    source = "“The water is high, and the gate is shut,” said Iven Sorrow."
    said = {0: ("Iven Sorrow",)}
    options: dict[str, object] = {"said": said, "says": ("Sorrow",), "people": ("Iven Sorrow",)}
    assert kinds("Sorrow said: “The water is high […] the gate is shut.”", source, **options) == []
    assert kinds("Sorrow said “[t]he water is high”.", source, **options) == []
    assert kinds("Sorrow said: “The water is low.”", source, **options) == ["quotation"]


def test_who_holds_what_is_reported_must_be_named() -> None:
    """In the sentence or in front of it, and it must be the one of the source."""
    source = "The gate will stay shut all winter, Iven Sorrow said. Edda Marsh listened."
    options: dict[str, object] = {
        "said": {0: ("Iven Sorrow",)},
        "people": ("Iven Sorrow", "Edda Marsh"),
    }
    sentence = "The gate will stay shut all winter"
    assert kinds(f"{sentence}.", source, **options) == ["holder"]
    assert kinds(f"{sentence}.", source, framed=("Iven Sorrow",), **options) == []
    assert kinds(f"{sentence}.", source, framed=("Edda Marsh",), **options) == ["holder"]
    assert kinds(f"{sentence}, Sorrow said.", source, says=("Sorrow",), **options) == []
    wrong = check(f"{sentence}, Marsh said.", source, says=("Marsh",), **options)  # type: ignore[arg-type]
    assert ("holder", True) in [(fault.kind, fault.misattributed) for fault in wrong]


def test_what_was_heard_at_second_hand_stays_so() -> None:
    """Who passed words on must be named."""
    source = "Marsh said that Sorrow had promised an open gate in spring."
    options: dict[str, object] = {
        "said": {0: ("Iven Sorrow",)},
        "via": {0: ("Edda Marsh",)},
        "says": ("Sorrow",),
        "people": ("Iven Sorrow", "Edda Marsh"),
    }
    assert kinds("Sorrow promised an open gate in spring.", source, **options) == ["holder"]
    assert (
        kinds("According to Marsh, Sorrow promised an open gate in spring.", source, **options)
        == []
    )


@pytest.mark.parametrize(
    ("sentence", "source", "found"),
    [
        ("The gate will open.", "The council plans to open the gate.", ["hedge"]),
        ("The gate may open.", "The council plans to open the gate.", []),
        ("The river feeds 850 farms.", "The river feeds about 850 farms.", ["hedge"]),
        ("The river feeds some 850 farms.", "The river feeds about 850 farms.", []),
        ("Up to 200 boats came.", "Up to 200 boats came.", []),
        ("Then 200 boats came.", "Up to 200 boats came.", ["hedge"]),
    ],
)
def test_hedges_are_kept(sentence: str, source: str, found: list[str]) -> None:
    """What is planned is not yet so, and what is rough stays rough."""
    source = (
        source.replace("council plans", "gate keeper says the council plans")
        if "plans" in source
        else source
    )
    assert kinds(sentence, source) == found


@pytest.mark.parametrize(
    ("sentence", "source", "found"),
    [
        ("The keeper did not open the gate.", "The keeper opened the gate.", ["negation"]),
        ("The keeper opened the gate.", "The keeper never opened the gate.", ["negation"]),
        ("The keeper left the gate shut.", "The keeper never opened the gate.", []),
        ("The keeper refused to open the gate.", "The keeper would not open the gate.", []),
        ("The keeper opened the gate.", "The keeper opened not only the gate but the lock.", []),
    ],
)
def test_what_is_denied_stays_denied(sentence: str, source: str, found: list[str]) -> None:
    """A negation is neither added nor left out."""
    assert kinds(sentence, source) == found
