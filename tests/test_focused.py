"""What a focus leaves of readings, and which sentences make a summary on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_pages import PLAIN, Page

from briefing.errors import SourceError
from briefing.reader.salient import Budget
from briefing.several import distinct, fitting, focused, off_focus, on_focus

HARBOUR, BOATS, FERRY, CRANES, GRAIN, TRAINS, *_ = PLAIN


def page(*paragraphs: str) -> Page:
    """A document of which every sentence is a statement of its author."""
    made = Page(*paragraphs)
    for words in (words for paragraph in paragraphs for words in paragraph.split(" | ")):
        made.states("Mara Quist", words, basis="asserted")
    return made


MIXED = page(HARBOUR, GRAIN, CRANES, TRAINS)


def test_without_a_focus_readings_stay() -> None:
    """What nobody asked for is not left out."""
    readings = (MIXED.reading,)
    assert focused([MIXED.document], readings, "") is readings


def test_a_focus_leaves_what_is_about_it() -> None:
    """Sentences about something else lose their salience, and their statements are counted."""
    (left,) = focused([MIXED.document], (MIXED.reading,), "grain prices")
    matters = [
        MIXED.document[sentence.span]
        for sentence, salience in zip(left.sentences, left.salience, strict=True)
        if salience
    ]
    assert GRAIN in matters
    assert TRAINS not in matters
    assert len(left.sentences) == len(PLAIN[:4])
    assert off_focus((left,)) == len(MIXED.statements) - len(matters)


def test_what_is_all_on_focus_has_nothing_off_it() -> None:
    """The whole of a text may be about one thing."""
    one = page(GRAIN)
    (left,) = focused([one.document], (one.reading,), "grain")
    assert off_focus((left,)) == 0


@pytest.mark.parametrize("focus", ["zeppelins", "  ", "of the and"])
def test_a_focus_of_which_no_source_has_a_word(focus: str) -> None:
    """It is an error that says what to do, for a brief and for a summary."""
    documents, readings = [MIXED.document], (MIXED.reading,)
    for look in (focused, on_focus):
        with pytest.raises(SourceError) as error:
            look(documents, readings, focus)
        assert error.value.message == f"no source says anything about `{focus}`"
        assert "leave out the focus" in error.value.hint


def test_one_word_in_one_source_is_enough() -> None:
    """Other sources may know nothing of it."""
    other = page(BOATS, FERRY)
    scores = on_focus(
        [MIXED.document, other.document], [MIXED.reading, other.reading], "timber zeppelins"
    )
    assert any(scores[0])
    assert max(max(each) for each in scores) == 1.0


def test_repetitions_are_passed_over() -> None:
    """The first of several sentences that are nearly the same stays, wherever it stands."""
    other = page(GRAIN.replace("fell", "also fell"), BOATS)
    documents = [MIXED.document, other.document]
    readings = [MIXED.reading, other.reading]
    assert distinct(documents, readings, [(0, 1), (1, 0), (1, 1)]) == [(0, 1), (1, 1)]
    assert distinct(documents, readings, [(1, 0), (0, 1), (1, 1)]) == [(1, 0), (1, 1)]
    assert distinct(documents, readings, []) == []


@pytest.mark.parametrize(
    ("lengths", "words", "taken"),
    [
        ((9, 9, 9), 18, 2),
        ((9, 9, 9), 14, 2),
        ((9, 9, 9), 13, 1),
        ((10, 10), 15, 1),
        ((40, 9), 5, 1),
        ((9, 9), 500, 2),
        ((), 20, 0),
    ],
)
def test_as_near_to_so_many_words_as_whole_sentences_allow(
    lengths: tuple[int, ...], words: int, taken: int
) -> None:
    """One sentence at least, the fewer of two that are as near, and none where there is none."""
    assert fitting(lengths, Budget(words=words)) == taken


@given(st.lists(st.integers(1, 60), min_size=1), st.integers(1, 900))
def test_no_other_number_of_sentences_is_nearer(lengths: list[int], words: int) -> None:
    """Whatever their lengths are."""
    taken = fitting(lengths, Budget(words=words))
    totals = [sum(lengths[:count]) for count in range(1, len(lengths) + 1)]
    assert abs(totals[taken - 1] - words) == min(abs(total - words) for total in totals)


def test_so_many_sentences() -> None:
    """As many as were asked for, whatever their lengths are."""
    assert fitting((40, 9), Budget(sentences=1)) == 1
    assert fitting((40, 9), Budget(sentences=7)) == 7
