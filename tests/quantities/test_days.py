from __future__ import annotations

import pytest

from briefing.quantities.days import days

ISSUED = "2026-11-12"  # a Thursday


def dates(text: str, issued: str | None = ISSUED, *, alone: bool = True) -> list[str]:
    return [day.date for day in days(text, issued, alone=alone)]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The toll was doubled on 12 March 2027.", "2027-03-12"),
        ("The toll was doubled on the 12th of March 2027.", "2027-03-12"),
        ("The council of Lund voted March 12, 2027, to double the toll.", "2027-03-12"),
        ("The council met on Friday, March 12, 2027.", "2027-03-12"),
        ("The toll rises on 2027-03-12.", "2027-03-12"),
        ("On 3 Sept. 2027 the mill closes.", "2027-09-03"),
        ("The vote is scheduled for 12 March 2027.", "2027-03-12"),
        ("The mill burned on the night of 12 March 2027.", "2027-03-12"),
        ("The mill was sold in March 2027.", "2027-03"),
        ("In the spring of 2027 the mill was sold.", "2027"),
        ("The sockets will work by the end of 2027.", "2027"),
        ("In 2019, the port was closed.", "2019"),
        ("12 March 2027: the council votes.", "2027-03-12"),
    ],
)
def test_explicit_dates(text: str, date: str) -> None:
    """A date that is spelled out is read whether or not the document has one."""
    assert dates(text) == dates(text, None) == [date]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The council will vote on 1 March.", "2027-03-01"),
        ("The council voted on 1 March.", "2026-03-01"),
        ("On 1 March the council voted to sell the mill.", "2026-03-01"),
        ("The board said it would double the toll on 1 July.", "2027-07-01"),
        ("On 9 August last year the wells ran dry.", "2025-08-09"),
        ("The flow fell in August last year.", "2025-08"),
        ("The mill was sold in March.", "2026-03"),
        ("The mill will be sold in March.", "2027-03"),
        ("The vote is expected on 1 March.", "2027-03-01"),
        ("The board met on Tuesday.", "2026-11-10"),
        ("The board met on Thursday.", "2026-11-12"),
        ("The board met Friday night in Orm.", "2026-11-06"),
        ("The board was heard yesterday.", "2026-11-11"),
        ("The mill was sold last month.", "2026-10"),
    ],
)
def test_dates_that_need_the_documents(text: str, date: str) -> None:
    """What is told without a year follows from the tense and the date of its document."""
    assert dates(text) == [date]
    assert not any(dates(text, None))


@pytest.mark.parametrize(
    "text",
    [
        "The board meets on Tuesday.",
        "The board will meet on Tuesday.",
        "The toll is doubled on 1 March.",
        "The flow has fallen in August.",
        "They voted to close the mill on 1 March.",
        "The council voted on 31 June 2026.",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    """Without a clear tense, or where no such day exists, a date is not told."""
    assert not any(dates(text))


@pytest.mark.parametrize(
    "text",
    [
        "The March 2020 vote was annulled by the court.",
        "The toll has been the same since 12 March 2020.",
        "The toll stays as it is until March 2030.",
        "It worked there from February 2014 to May 2014.",
        "The toll was raised between 1 March 2027 and 5 April 2027.",
        "The toll rose, up from 4 crowns in 2019.",
        "In 2019 prices the mill cost nine crowns.",
        "The council’s 12 March 2027 decision was annulled.",
        "Tam Oyle said on Tuesday that the mill was closed.",
        "On Tuesday, Tam Oyle said that the mill was closed.",
        "The market was closed for Easter Sunday.",
        "It was colder in Lund than in 2019.",
        "It met on Tuesday’s request.",
        "The mill has room for 2019 sacks.",
        "See page 12 of the report, which has 31 maps.",
    ],
)
def test_dates_that_place_nothing(text: str) -> None:
    """What names a thing, bounds or compares, or tells when something was said is no date of it."""
    assert not any(dates(text))


def test_wrong_weekday() -> None:
    """A weekday that its date is not shows a slip, so that neither is trusted."""
    assert not any(dates("The board met on Monday, 12 March 2027."))


def test_another_year_near() -> None:
    """Where another year stands near, a day without one may belong to it."""
    assert dates("The council voted on 1 March.", alone=False) == [""]


def test_several_dates_in_order() -> None:
    """Dates come in the order of the words, each with the words that name it."""
    text = "The mill burned on 3 May 2019, and in 2021 it was sold."
    assert [(day.date, text[slice(*day.span)]) for day in days(text, None)] == [
        ("2019-05-03", "3 May 2019"),
        ("2021", "in 2021"),
    ]
