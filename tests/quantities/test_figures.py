from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.quantities.figures import Quantity, disagree, quantities

INFINITE = math.inf

READ = [
    # digits, words and multipliers
    ("The yard took 2,750 hulls.", [(2750, 2750, "", "hull")]),
    ("It bought two hundred and six lamps.", [(206, 206, "", "lamp")]),
    ("They sold a dozen boats.", [(12, 12, "", "boat")]),
    ("Half a million people came.", [(500_000, 500_000, "", "person")]),
    ("It has twenty-three clerks.", [(23, 23, "", "clerk")]),
    ("We need one and a half million bricks.", [(1.5e6, 1.5e6, "", "brick")]),
    ("The bill is 1.2bn crowns.", [(1.2e9, 1.2e9, "crown", "")]),
    ("The fund lost 240 million.", [(240e6, 240e6, "", "")]),
    ("It serves 5m people.", [(5e6, 5e6, "", "person")]),
    ("It is a 5m wall.", [(5, 5, "metre", "")]),
    ("It took 2½ hours.", [(2.5, 2.5, "hour", "")]),
    # money
    ("It costs £7m.", [(7e6, 7e6, "pound", "")]),
    ("It costs EUR 3,000.", [(3000, 3000, "euro", "")]),
    ("It costs US$40.", [(40, 40, "dollar", "")]),
    ("It costs 90 Danish crowns.", [(90, 90, "danish crown", "")]),
    ("It costs 0.45 crowns a tonne.", [(0.45, 0.45, "crown/tonne", "")]),
    ("It costs $6 per barrel.", [(6, 6, "dollar/barrel", "")]),
    ("It brings in €1.5 million a year.", [(1.5e6, 1.5e6, "euro/year", "")]),
    # shares
    ("A third of the herd was lost.", [(100 / 3, 100 / 3, "%", "herd")]),
    ("It lost 12 per cent of its riders.", [(12, 12, "%", "rider")]),
    ("It lost 12% of riders.", [(12, 12, "%", "rider")]),
    ("It rose by 2 percentage points.", [(2, 2, "percentage point", "")]),
    ("One tram ride in eight is free.", [(12.5, 12.5, "%", "tram ride")]),
    ("Three out of four lifts are old.", [(75, 75, "%", "lift")]),
    ("Half the pupils left.", [(50, 50, "%", "pupil")]),
    # ranges and bounds
    ("between 5 and 7 goats", [(5, 7, "", "goat")]),
    ("a fall of 5 to 7 per cent", [(5, 7, "%", "")]),
    ("from £5m-£7m in all", [(5e6, 5e6, "pound", ""), (7e6, 7e6, "pound", "")]),
    ("two to three thousand sheep", [(2000, 3000, "", "sheep")]),
    ("at least 400 people", [(400, INFINITE, "", "person")]),
    ("no fewer than 30 looms", [(30, INFINITE, "", "loom")]),
    ("30 looms or more", [(30, INFINITE, "", "loom")]),
    ("up to 0.60 crowns a tonne", [(0, 0.6, "crown/tonne", "")]),
    ("more than 5,000 gross tonnes", [(5000, INFINITE, "tonne", "")]),
    ("no more than 9 kilometres", [(0, 9, "kilometre", "")]),
    ("over five years", [(5, 5, "year", "")]),
    # changes
    (
        "It rises from 0.45 to 0.90 crowns a tonne.",
        [(0.45, 0.45, "crown/tonne", ""), (0.9, 0.9, "crown/tonne", "")],
    ),
    ("It fell from 12 to 9 per cent.", [(12, 12, "%", ""), (9, 9, "%", "")]),
    # counts of a part
    ("two of the four barges", [(2, 2, "", "of four barge"), (4, 4, "", "barge")]),
    ("40 ferries a day", [(40, 40, "/day", "ferry")]),
]

NOTHING = [
    "It opened in 1998.",
    "It opened on 4 March.",
    "It opened on Nov. 6, 2026.",
    "It closes at 6 pm and opens at 18:00.",
    "Gate 9 is shut.",
    "See Section 12.",
    "Nell Arkady, 47, agreed.",
    "A 35-year-old baker won.",
    "The flu is H5N1 or COVID-19.",
    "It lasted from 2019-20.",
    "1. Open the valve.",
    "No one knows, and one could ask.",
    "A third cable is missing.",
    "The 21st and the 5th floor.",
    "Picture 3 of 14 shows it.",
    "She lives in the 900 block of Elm Street.",
]

DISAGREE = [
    ("3,400 calls", "3,100 calls"),
    ("180 million crowns", "240 million crowns"),
    ("£5m", "£7m"),
    ("at least 400 jobs", "320 jobs"),
    ("up to 20 lamps", "31 lamps"),
    ("between 4 and 7 per cent", "20 per cent"),
    ("one call in five", "9 per cent of calls"),
    ("a third of the herd", "half the herd"),
    ("about 300 goats", "240 goats"),
    ("12 per cent", "15 per cent"),
    ("0.45 crowns a tonne", "0.90 crowns a tonne"),
    ("five weeks", "six weeks"),
    ("no more than 9 kilometres", "at least 14 kilometres"),
    ("35 to 45 per cent", "60 per cent"),
    ("$33.5 million", "$25 million"),
    ("2 percentage points", "5 percentage points"),
]

AGREE = [
    ("3,100 calls", "3,124 calls"),
    ("180 million crowns", "182.4 million crowns"),
    ("nearly 200 hulls", "189 hulls"),
    ("about 300 goats", "280 goats"),
    ("a fifth of riders", "20 per cent of riders"),
    ("a third of riders", "33 per cent of riders"),
    ("more than 20 lamps", "at least 31 lamps"),
    ("up to 20 lamps", "12 lamps"),
    ("5 to 7 per cent", "6 per cent"),
    ("5 to 7 per cent", "7 to 9 per cent"),
    ("a dozen boats", "12 boats"),
    ("1.2bn crowns", "1,200 million crowns"),
    ("2 years or so", "two years"),
    ("7 per cent", "7.4 per cent"),
]

APART = [
    ("12 per cent", "5 percentage points"),
    ("12 per cent", "40 crowns"),
    ("180 million crowns", "240 million euros"),
    ("0.45 crowns a tonne", "90 crowns"),
    ("40 ferries a day", "300 ferries"),
    ("300 goats", "20 boats"),
    ("1,240 container calls", "3,100 calls"),
    ("5 kilometres", "9 miles"),
    ("12 per cent of riders", "20 per cent of drivers"),
    ("two of the four barges", "four barges"),
    ("90 Danish crowns", "40 crowns"),
]


def only(text: str) -> Quantity:
    return quantities(text)[0]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_quantities(text: str, expected: list[tuple[float, float, str, str]]) -> None:
    """Numbers, units and nouns are read as people write them."""
    found = [(q.low, q.high, q.unit, q.noun) for q in quantities(text)]
    assert [(pytest.approx(low), pytest.approx(high), *rest) for low, high, *rest in expected] == [
        (low, high, *rest) for low, high, *rest in found
    ]


@pytest.mark.parametrize("text", NOTHING)
def test_no_quantities(text: str) -> None:
    """Years, dates, times, ages, labels and ordinals are no quantities."""
    assert quantities(text) == ()


@pytest.mark.parametrize(
    "text", ["about 5 crowns", "some 300 goats", "2 years or so", "nearly 9%"]
)
def test_rough(text: str) -> None:
    """Words that make a figure rough are seen."""
    assert only(text).about


@pytest.mark.parametrize(("one", "other"), DISAGREE)
def test_disagree(one: str, other: str) -> None:
    """Figures that no value satisfies disagree, in either order."""
    assert disagree(only(one), only(other))
    assert disagree(only(other), only(one))


@pytest.mark.parametrize(("one", "other"), [*AGREE, *APART])
def test_do_not_disagree(one: str, other: str) -> None:
    """Rounded, rough and overlapping figures agree; of other units or things they say nothing."""
    assert not disagree(only(one), only(other))
    assert not disagree(only(other), only(one))


def test_spans() -> None:
    """A quantity stands where its number and unit stand."""
    text = "Dues rise from 0.45 to 0.90 crowns a tonne at 14 berths."
    assert [text[q.span.start : q.span.end] for q in quantities(text)] == [
        "0.45",
        "0.90 crowns a tonne",
        "14",
    ]


@given(
    st.lists(
        st.sampled_from(
            "between 5 and 7 per cent of £ $3m a half one in five crowns year 2027 May , . ( – -"
            " million dozen at least from to 0.5 1,000 third tonnes or more about \n".split(" ")
        ),
        max_size=14,
    )
)
def test_any_text(words: list[str]) -> None:
    """Whatever the text, quantities are in order, apart, within it and not upside down."""
    text = " ".join(words)
    found = quantities(text)
    assert all(0 <= q.span.start < q.span.end <= len(text) and q.low <= q.high for q in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    assert not any(disagree(q, q) for q in found)
