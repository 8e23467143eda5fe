from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.marks import paired, single_marks, stands_quoted


def inner(text: str) -> list[str]:
    return [text[pair.inner_start : pair.inner_end] for pair in paired(text)[0]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Moor said “no”.", ["no"]),
        ('Moor said "no".', ["no"]),
        ("Moor said ''no''.", ["no"]),
        ("Moor said ``no''.", ["no"]),
        ("Moor said „no“.", ["no"]),
        ("Moor said «no».", ["no"]),
        ("Moor said ”no”.", ["no"]),
        ("Moor said 'no'.", ["no"]),
        ("Moor’s ‘no’ was the dockers’ too.", ["no"]),
        ("Moor's no was the dockers' too.", []),
        ('Moor said “no" to all.', ["no"]),
        ("“Moor said ‘no’ again.”", ["Moor said ‘no’ again.", "no"]),
        ("Moor said “no.\n\nIt rained” again.", []),
    ],
)
def test_pairs(text: str, words: list[str]):
    """Marks of every style pair within a paragraph; apostrophes are none."""
    assert inner(text) == words


def test_quotation_runs_on():
    """A quotation left open is one where the next paragraph begins with a mark."""
    text = "“The sea waits.\n\n“It never did.” So she said."
    first, last = text.index("The"), text.index("It")
    assert stands_quoted(text, first, first + 14)
    assert stands_quoted(text, last, last + 13)
    assert not stands_quoted(text, text.index("So"), len(text))
    alone = "“The sea waits.\n\nIt never did."
    assert not stands_quoted(alone, 1, 15)


@pytest.mark.parametrize(
    ("words", "single"),
    [
        ("She said “no” twice", "She said ‘no’ twice"),
        ('She said "no" twice', "She said ‘no’ twice"),
        ("She said ''no,'' twice", "She said ‘no,’ twice"),
        ("She said ``no'' twice", "She said ‘no’ twice"),
        ('(she said "no.")', "(she said ‘no.’)"),
        ("the dockers’ “no”", "the dockers’ ‘no’"),
    ],
)
def test_single_marks(words: str, single: str):
    """Within a quotation every double mark is printed as one single mark."""
    assert single_marks(words) == single


@given(st.text(alphabet="ab .,“”„\"'‘’«»`\n", max_size=60))
def test_pairs_lie_in_the_text(text: str):
    """Whatever the text, pairs and loose marks lie in it, and a pair's words between its marks."""
    pairs, loose = paired(text)
    for pair in pairs:
        assert 0 <= pair.start < pair.inner_start <= pair.inner_end < pair.end <= len(text)
    assert all(0 <= mark.start < mark.end <= len(text) for mark in loose)
