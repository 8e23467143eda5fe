"""What was asked for: which passages and sentences are about it, and what is left of a reading."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_pages import PLAIN, Page
from strategies import texts

from briefing.quantities.stems import stemmed
from briefing.relate.focus import ON_FOCUS, narrowed, ranking, relevance, scores, smooth

if TYPE_CHECKING:
    from collections.abc import Sequence

POWER = "Shore power would let ships at berth stop their engines."
ASKED = "shore power for ships at berth"
RAIN = "It rained all day in Lund."
MIXED = [*PLAIN[:4], POWER, *PLAIN[4:]]


def relevant(focus: str, *pages: Page) -> tuple[tuple[float, ...], ...]:
    return relevance([page.document for page in pages], [page.reading for page in pages], focus)


def best(found: Sequence[float]) -> int:
    """Which is the highest."""
    return max(range(len(found)), key=lambda at: found[at])


def test_the_passage_with_the_asked_words_is_first() -> None:
    """Whatever stands around it, and however its words end."""
    (found,) = scores([MIXED], "powering ships from the shore")
    assert best(found) == MIXED.index(POWER)


def test_neighbours_are_lifted() -> None:
    """A passage is also about what stands near it, and the less the farther away it is."""
    at = 8
    (found,) = scores([[*[RAIN] * at, POWER, *[RAIN] * at]], "engines")
    assert found[at] > found[at + 1] > found[at + 2] > found[-1] >= 0
    assert found[at] > found[at - 1] > found[at - 2] > found[0] >= 0


def test_what_is_taken_up_by_other_words_is_found() -> None:
    """Words that stand beside the asked ones count where they come again, but less."""
    again = "Berths need cables and a transformer of their own."
    first = "Shore power needs cables and a transformer."
    told = [[first, *[RAIN] * 9], [*[RAIN] * 5, again, *[RAIN] * 5]]
    one, other = scores(told, "shore power")
    assert best(other) == 5
    assert one[0] > other[5] > 0


def test_rare_words_tell_more_than_common_ones() -> None:
    """Of two passages with one asked word each that with the rarer one is first."""
    told = [f"The harbour counted {what}." for what in ("boats", "ropes", "nets", "eels")]
    gap = [RAIN] * 9
    (found,) = scores([[*told, *gap, "A bollard broke."]], "harbour bollard")
    assert best(found) == len(told) + len(gap)


def test_unknown_words_find_nothing() -> None:
    """Words that stand nowhere, small words and no words at all."""
    page = Page(*MIXED)
    for focus in ("glaciers", "of the and", "", "?!"):
        assert not any(chain.from_iterable(scores([MIXED], focus)))
        assert relevant(focus, page) == ((0.0,) * len(MIXED),)


def test_the_best_sentence_has_one() -> None:
    """Scores are from 0 to 1, over all documents together."""
    pages = Page(*PLAIN), Page(*MIXED), Page("Ships pay for their berth.")
    found = relevant(ASKED, *pages)
    assert max(chain.from_iterable(found)) == 1.0
    assert min(chain.from_iterable(found)) >= 0.0
    assert found[1][MIXED.index(POWER)] == 1.0
    assert [len(each) for each in found] == [len(page.sentences) for page in pages]


def test_a_sentence_with_the_words_stands_above_its_paragraph() -> None:
    """The rest of the paragraph is about it, too, and more than other paragraphs are."""
    page = Page(*PLAIN[:3], f"{POWER} | It costs nine crowns.", *PLAIN[3:])
    (found,) = relevant(ASKED, page)
    assert found[3] > found[4] > max(found[:3] + found[5:])


def test_the_name_of_a_holder_counts() -> None:
    """What somebody says is found by the name, though the sentence itself has a pronoun."""
    page = Page(*PLAIN[:4], "She said: the toll is too high.", *PLAIN[4:])
    page.states("Edda Moor", "the toll is too high", source="She")
    (found,) = relevant("Edda Moor", page)
    assert best(found) == 4
    assert not any(relevant("Edda Moor", Page(*PLAIN))[0])


@pytest.mark.parametrize("pages", [(), (Page(),), (Page(), Page(POWER), Page())])
def test_empty_documents(pages: tuple[Page, ...]) -> None:
    """A document without sentences has no scores, and disturbs no other."""
    found = relevant(ASKED, *pages)
    assert [len(each) for each in found] == [len(page.sentences) for page in pages]
    assert [*chain.from_iterable(found)] in ([], [1.0])


@given(st.lists(st.lists(texts(), max_size=6), max_size=3), texts())
def test_any_passages_are_scored(passages: list[list[str]], focus: str) -> None:
    """One number a passage, none below 0, the same in every run, whatever the texts are."""
    found = scores(passages, focus)
    assert [len(each) for each in found] == [len(each) for each in passages]
    assert all(score >= 0 for score in chain.from_iterable(found))
    assert [*map(list, found)] == [*map(list, scores(passages, focus))]


def test_the_order_of_the_asked_words_changes_nothing() -> None:
    """Words count by themselves."""
    one, other = (
        scores([MIXED], focus)[0] for focus in ("shore power berth", "berth shore power")
    )
    assert one == pytest.approx(other)


@given(st.lists(st.floats(0, 9), min_size=1, max_size=30), st.floats(1, 3))
def test_means_stay_within_their_values(values: list[float], reach: float) -> None:
    """Spreading makes nothing higher than the highest, and keeps what is the same everywhere."""
    found = smooth(values, reach)
    assert len(found) == len(values)
    assert min(values) - 1e-9 <= min(found)
    assert max(found) <= max(values) + 1e-9


def test_words_are_told_without_their_endings() -> None:
    """Small words tell nothing; the order is that of the text."""
    assert stemmed("The ports promised; a port promises.") == stemmed(
        "port promised ports promise"
    )
    assert stemmed("It is of the and not") == []


def test_what_is_off_focus_goes() -> None:
    """Sentences stay, with nothing to say and no salience where they are about something else."""
    page = Page(*PLAIN[:4], f"{POWER} | Edda Moor opposes it.", *PLAIN[4:])
    page.states("Edda Moor", POWER).states("Ilo Brand", PLAIN[0])
    page.claim(POWER).claim(PLAIN[0])
    page.position("Edda Moor", "Edda Moor opposes it")
    (found,) = relevant(ASKED, page)
    kept = narrowed(page.reading, found)
    assert kept.sentences == page.reading.sentences
    assert kept.statements == page.reading.statements
    assert [one.span for one in kept.claims] == [page.span(POWER)]
    assert [one.actor for one in kept.positions] == ["Edda Moor"] * (found[5] >= ON_FOCUS)
    for score, before, after in zip(found, page.salience, kept.salience, strict=True):
        assert (after > 0) == (score >= ON_FOCUS)
        assert after <= max(score, before)


def test_what_stands_on_focus_stays() -> None:
    """Where every sentence is about it nothing is lost."""
    page = Page(POWER, "Berths are short.").states("Edda Moor", POWER).claim("Berths are short.")
    kept = narrowed(page.reading, (1.0, ON_FOCUS))
    assert (kept.statements, kept.claims) == (page.reading.statements, page.reading.claims)


def test_sentences_are_ranked_by_focus_and_salience() -> None:
    """Of two that are as much about it the one that matters more is first; headings are none."""
    pages = Page(POWER, PLAIN[0]), Page(POWER, PLAIN[1], PLAIN[2])
    pages[0].salience = [0.2, 0.9]
    pages[1].salience = [0.8, 0.9, 0.0]
    readings = [page.reading for page in pages]
    assert ranking(readings, [(1.0, 0.0), (1.0, 0.3, 1.0)]) == ((1, 0), (0, 0), (1, 1))


def test_salience_turns_no_order_by_much() -> None:
    """What is twice as much about it stays ahead."""
    page = Page(*PLAIN)
    page.salience = [1.0 / (at + 1) for at in range(len(PLAIN))]
    found = ranking([page.reading], [[2.0**at / 2**8 for at in range(len(PLAIN))]])
    assert all(one > other for one, other in pairwise(at for _, at in found))
