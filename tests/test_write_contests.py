"""Both sides of a contest in words: whole, in their holders' names, and no words twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_pages import Page, drafts, printed

from briefing.write import Opposed, word_contests

if TYPE_CHECKING:
    from briefing.findings import Draft

COST = "The locks of Lund will cost forty crowns."
MORE = "Ilo Brand thinks that the locks of Lund will cost ninety crowns."


def said(words: str = COST, holder: str = "Edda Moor", **given: object) -> Page:
    """A text in which `holder` says `words`, without their full stop, in its first sentence."""
    page = Page(f"{holder} told us that {words}", authors=("Mara Quist",))
    page.actor(holder)
    return page.states(holder, words.rstrip("."), cue="told us that", **given)  # type: ignore[arg-type]


def own(words: str = MORE, author: str = "Tam Oyle") -> Page:
    """A text in which its author says `words`."""
    page = Page(words, authors=(author,))
    return page.states(author, words, basis="asserted")


def both(*pages: Page, answers: bool = False, same: bool = False) -> tuple[Draft, Draft] | None:
    """How the first statements of two pages are worded as a pair."""
    documents, readings = [page.document for page in pages], [page.reading for page in pages]
    pair = Opposed((0, 0), (1, 0), answers=answers)
    (worded,) = word_contests(documents, readings, [pair], same=lambda _one, _other: same)
    return worded


def side(page: Page, *, answers: bool = False) -> tuple[str, tuple[str, ...], str] | None:
    """What is printed of a page's first statement beside another one, whose it is, on what basis."""
    worded = both(page, own(), answers=answers)
    return worded and (printed(page, worded[0]), worded[0].holders, worded[0].basis)


def test_each_side_has_its_holder():
    """A contest is worded as two drafts of its own section, in the order of the documents."""
    first, second = said(), own()
    worded = both(first, second)
    assert worded is not None
    assert [draft.section for draft in worded] == ["contested"] * 2
    assert [draft.document for draft in worded] == [0, 1]
    assert [draft.holders for draft in worded] == [("Edda Moor",), ("Tam Oyle",)]
    assert printed(first, worded[0]) == COST.rstrip(".")
    assert printed(second, worded[1]) == MORE
    pair = Opposed((1, 0), (0, 0))
    documents, readings = [first.document, second.document], [first.reading, second.reading]
    assert word_contests(documents, readings, [pair]) == (worded,)


def test_what_is_denied_keeps_the_word_that_denies_it():
    """What somebody denies is never printed without the denial: the author's sentence tells it."""
    page = Page("Edda Moor denies that the locks of Lund cost forty crowns.")
    page.actor("Edda Moor").states(
        "Edda Moor", "the locks of Lund cost forty crowns", cue="denies that", stance="denies"
    )
    assert side(page) == (page.document.text, ("Mara Quist",), "reported")


def test_a_position_is_printed_with_its_verb():
    """A row of positions will do where it holds the words that say what the actor does."""
    words = "rejects every further crown for the locks of Lund"
    page = Page(f"This is why Edda Moor {words}.")
    page.actor("Edda Moor").states(
        "Edda Moor", "every further crown for the locks of Lund", cue="rejects", stance="rejects"
    )
    assert side(page) is None
    page.position("Edda Moor", f"Edda Moor {words}", stance="rejects")
    assert side(page) == (f"Edda Moor {words}", ("Edda Moor",), "reported")


def test_nothing_is_cut_from_a_side():
    """What a dispute turns on could be in the part that is left out, so there is no such part."""
    tail = ", which is what the council of Lund was told by its own engineers in the spring"
    long = f"The locks of Lund cost the town about {'very ' * 50}many crowns"
    assert drafts(own(f"{long}{tail}."), section="bottom_line")
    assert both(own(f"{long}{tail}."), said()) is None
    assert both(own(f"{long}."), said()) is not None


@pytest.mark.parametrize(
    "words",
    [
        "It cost the town of Lund forty crowns.",
        "Did the locks of Lund cost forty crowns?",
        "Forty crowns.",
    ],
)
def test_a_side_that_cannot_stand_alone_leaves_the_contest_out(words: str):
    """Neither side is shown without the other."""
    assert both(own(words), said()) is None


@pytest.mark.parametrize(
    "words", ["Edda Moor made no such promise.", "Edda Moor promised nothing of the sort."]
)
def test_a_denial_may_point_to_what_it_denies(words: str):
    """`No such promise` is understood beside the promise, and nowhere else."""
    page = own(words)
    assert side(page, answers=True) == (page.document.text, ("Tam Oyle",), "asserted")
    assert side(page) is None
    assert side(own("She made no such promise."), answers=True) is None


def test_sides_that_agree_are_no_contest():
    """Two statements that make the same claim, or have the same words, do not contradict."""
    assert both(said(), own()) is not None
    assert both(said(), own(), same=True) is None
    assert both(own(), own(author="Nell Oddie")) is None


def test_no_words_stand_in_two_contests():
    """A statement that contradicts two others is shown beside the one it contradicts best."""
    pages = said(), own(), own("The locks of Lund cost a hundred crowns.", "Nell Oddie")
    documents, readings = [page.document for page in pages], [page.reading for page in pages]
    pairs = [Opposed((0, 0), (1, 0)), Opposed((0, 0), (2, 0)), Opposed((1, 0), (2, 0))]
    first, second, third = word_contests(documents, readings, pairs)
    assert first is not None
    assert (second, third) == (None, None)


def test_two_actors_of_one_text_can_differ():
    """A contest needs two holders, not two documents."""
    page = said()
    page = Page(f"{page.document.text} | {MORE}").actor("Edda Moor").actor("Ilo Brand")
    page.states("Edda Moor", COST.rstrip("."), cue="told us that")
    page.states("Ilo Brand", "the locks of Lund will cost ninety crowns", cue="thinks that")
    (worded,) = word_contests([page.document], [page.reading], [Opposed((0, 0), (0, 1))])
    assert worded is not None
    assert [draft.holders for draft in worded] == [("Edda Moor",), ("Ilo Brand",)]


def test_a_claim_made_twice_is_chosen_once():
    """What a higher section or a better claim says already is no claim again, in any words."""
    told = "Every gate between the sea and the town is paid for with forty crowns."
    pages = own(COST), own(told, "Nell Oddie")
    for page, words in zip(pages, (COST, told), strict=True):
        page.claim(words, holder=page.document.authors[0])
    assert [draft.section for draft in drafts(*pages)] == ["bottom_line", "bottom_line", "summary"]
    kept = drafts(*pages, same=lambda _one, _other: True)
    assert [draft.section for draft in kept] == ["bottom_line"]
