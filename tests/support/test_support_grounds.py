"""What a claim rests on: few sentences that have its words, in the order of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from briefing.support.grounds import (
    AGAIN,
    SENTENCES,
    Grounds,
    beginning,
    terms,
    weight,
)

TEXT = (
    "The quay board of Ost met in the hall.",
    "Rain kept the ferry in its harbour.",
    "Dues at the quay will rise by 12 per cent in May.",
    "Crews asked Ostrand Vell for a delay.",
    "Vell rejected it.",
)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("The ferry stayed in the harbour.", 1),
        ("Dues go up by 12 per cent.", 2),
        ("The crews want to delay.", 3),
    ],
)
def test_the_sentence_with_most_of_a_claim_is_chosen(claim: str, expected: int) -> None:
    """With room for one sentence alone it is the one with the claim's words."""
    assert Grounds(TEXT).choose(claim, 1) == (expected,)


def test_sentences_complete_each_other() -> None:
    """A claim of two facts gets the sentences of both, in the order of the text."""
    chosen = Grounds(TEXT).choose("Vell rejected a delay of the dues by 12 per cent.")
    assert {2, 4} <= {*chosen}
    assert list(chosen) == sorted(chosen)


def test_words_that_were_found_count_less_the_second_time() -> None:
    """A repetition gives way to a sentence that adds something."""
    same = "The old harbour ferry sank off Ost."
    told = (same, same, "Nine crews drowned in May.")
    claim = "The old harbour ferry sank off Ost and nine crews drowned in May."
    assert Grounds(told).choose(claim, 16) == (0, 2)


def test_words_count_a_little_however_often_they_were_found() -> None:
    """A third time they are worth less than a second time, and more than a word of grammar."""
    same = "Nine ferries brought dredger crews toward harbour towns."
    told = ("It was a day.", same, same, same)
    assert 0 < AGAIN < 0.5
    assert Grounds(told).choose(f"A {same.lower()}", 24) == (1, 2, 3)
    assert Grounds(told).choose(f"It was a day: {same.lower()}", 24) == (0, 1, 2)


def test_rare_words_tell_more_than_common_ones() -> None:
    """A word of one sentence weighs more than two words of most."""
    told = (*["The harbour board met."] * 5, "A dredger sank.")
    assert Grounds(told).choose("Any harbour, any board, one dredger.", 1) == (5,)


def test_neighbours_in_one_order_tell_more() -> None:
    """The same words beside each other as in the claim win over the same words apart."""
    told = ("Ferry crews left the harbour board.", "The board left harbour crews ferry.")
    assert Grounds(told).choose("The harbour board left.", 1) == (0,)
    assert Grounds(told).choose("The board left harbour.", 1) == (1,)


def test_a_shorter_sentence_is_worth_more() -> None:
    """Of two that have as much of a claim the one with fewer other words is chosen."""
    told = ("The dredger, which was built long before all that, sank.", "The dredger sank.")
    assert Grounds(told).choose("A dredger.", 1) == (1,)


def test_of_equals_the_first_is_chosen() -> None:
    """The text's order decides."""
    assert Grounds(["The dredger sank."] * 3).choose("A dredger sank.", 1) == (0,)


def test_the_best_sentence_is_taken_however_long() -> None:
    """All others must find room beside it."""
    long = "The dredger sank at noon with nine crews, " * 5
    claim = "The dredger sank at noon with nine crews."
    assert Grounds([long, "The dredger was new."]).choose(claim, 20) == (0,)


def test_what_finds_no_room_gives_way_to_what_does() -> None:
    """A longer sentence is passed over for a shorter one behind it."""
    told = (
        "The dredger sank.",
        "Ost sold nine of its ferries to the crews, and all of them were very old.",
        "Ferries are old.",
    )
    claim = "The dredger sank and Ost sold ferries."
    best, *others = (Grounds(told).choose(claim, words) for words in (1, 7, 40))
    assert len(best) == 1
    assert others[0] == (0, 2)
    assert others[1] == (0, 1, 2)


def test_only_those_that_are_named_are_chosen() -> None:
    """However good others are; the first of them, where none has a word of the claim."""
    told = ("The dredger sank.", "A dredger.", "Rain fell.", "Snow fell.")
    assert Grounds(told).choose("The dredger sank.", among=(1, 2)) == (1,)
    assert Grounds(told).choose("The dredger sank.", among=(3, 2)) == (2,)
    assert Grounds(told).choose("The dredger sank.", among=()) == ()


def test_no_more_than_a_few_sentences_are_chosen() -> None:
    """However short they are."""
    told = [f"Dredger {number}." for number in range(20)]
    assert len(Grounds(told).choose("A dredger.", 10_000)) == SENTENCES


@pytest.mark.parametrize(("sentences", "expected"), [(TEXT, (0,)), ((), ())])
def test_a_claim_that_shares_no_word_rests_on_the_beginning(
    sentences: tuple[str, ...], expected: tuple[int, ...]
) -> None:
    """If the text has any."""
    assert Grounds(sentences).choose("Whales sing!") == expected
    assert Grounds(sentences).choose("…") == expected


def test_a_text_is_searched_anew_for_each_claim() -> None:
    """What was chosen for one claim changes nothing for the next."""
    grounds = Grounds(TEXT)
    claim = "Dues go up by 12 per cent, says Vell."
    first = grounds.choose(claim)
    grounds.choose("Rain kept the ferry.")
    assert grounds.choose(claim) == first


@given(st.lists(texts(), max_size=8), texts(), st.integers(1, 60))
def test_any_text_is_searched(sentences: list[str], claim: str, words: int) -> None:
    """Numbers of a few sentences in order, whose words have room but for the best one's."""
    chosen = Grounds(sentences).choose(claim, words)
    assert list(chosen) == sorted({*chosen})
    assert {*chosen} <= {*range(len(sentences))}
    assert bool(chosen) == bool(sentences)
    assert len(chosen) <= SENTENCES
    lengths = [len(sentences[at].split()) for at in chosen]
    assert len(chosen) == 1 or sum(lengths) <= max(words, 0) or not chosen


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Ferries", "ferrie"),
        ("rejection", "reject"),
        ("Rejected", "reject"),
        ("dues", "due"),
        ("its", "its"),
        ("12345678", "12345678"),
        ("3.75", "3.75"),
    ],
)
def test_the_beginning_of_a_word_stands_for_its_forms(word: str, expected: str) -> None:
    """Endings are cut off; numbers and the shortest words stay whole."""
    assert beginning(word) == expected


def test_longer_words_weigh_more() -> None:
    """Short ones are grammar; a number has its full weight."""
    assert weight("of") < weight("quay") < weight("ferry") == weight("rejectio") == weight("7")


def test_terms_are_words_and_pairs_of_neighbours() -> None:
    """A pair weighs what its words weigh on average."""
    found = terms("The dues rose 3.5%.")
    assert [*found] == [
        "the",
        "due",
        "rose",
        "3.5",
        ("the", "due"),
        ("due", "rose"),
        ("rose", "3.5"),
    ]
    assert found["rose", "3.5"] == pytest.approx((found["rose"] + found["3.5"]) / 2)
    assert terms("…") == {}
