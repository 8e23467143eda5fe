"""Claims made by rule: one thing is wrong with a false one, and none with a true one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from sample_support import PLAIN_TEXT, chance

from briefing.support.tasks.corrupted import (
    LOWERED,
    OTHER_SIDE,
    TURNED,
    counted,
    denied,
    falsified,
    falsify,
    hedge_dropped,
    make,
    misheld,
    named,
    names_of,
    reworded,
    styled,
    swapped,
    turned,
)
from briefing.support.tasks.sheets import DENIED, ENTAILED, NOT_ENTAILED
from briefing.support.tasks.supported import MOSTLY, Claim

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

MEETING = (
    "Yesterday Mara Quist met Tilda Orme at the quay of Ost.",
    "Later Ostrand Vell said that nobody had been asked.",
    "The guild of Lund may close the northern channel.",
)
NAMES = ["Mara Quist", "Tilda Orme", "Ost", "Ostrand Vell", "Lund"]
TEXTS = (tuple(PLAIN_TEXT.split("\n")), MEETING)


def drawn(
    way: Callable[[str, list[str], Random], str | None], sentence: str, seeds: int = 30
) -> set[str | None]:
    """All that a rule makes of a sentence."""
    return {way(sentence, NAMES, chance(seed)) for seed in range(seeds)}


def test_names_stand_within_sentences() -> None:
    """A capital at the beginning tells no name; each is found once."""
    assert names_of((*MEETING, MEETING[0])) == NAMES
    assert names_of(["Nobody of the House of Lund, the Mayor of Ost said."]) == [
        "House of Lund",
        "Mayor of Ost",
    ]


def test_another_name_of_the_text_takes_the_place_of_one() -> None:
    """One of as many words, where there is one, that the sentence lacks."""
    sentence = "In Lund the guild of Tilda Orme sold it."
    assert drawn(named, sentence) == {
        sentence.replace("Lund", "Ost"),
        sentence.replace("Tilda Orme", "Mara Quist"),
        sentence.replace("Tilda Orme", "Ostrand Vell"),
    }
    assert named("Then Orme left.", ["Mara Quist"], chance()) == "Then Mara Quist left."
    assert drawn(named, "Nobody sold the ferry.") == {None}
    assert named(sentence, ["Tilda Orme", "Lund"], chance()) is None


def test_two_names_change_places() -> None:
    """Not where they stand side by side, as in a list."""
    assert drawn(swapped, MEETING[0]) == {
        "Yesterday Mara Quist met Ost at the quay of Tilda Orme.",
    }
    assert drawn(swapped, "Then Mara and Tilda left.") == {None}
    assert drawn(swapped, "Then Mara wrote to Mara.") == {None}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Dues may rise.", "Dues will rise."),
        ("Dues could have been cut.", "Dues has been cut."),
        ("Dues are likely to rise.", "Dues will rise."),
        ("Vell hopes to leave.", "Vell will leave."),
        ("It was reportedly sold.", "It was sold."),
        ("The quay seems to be old.", "The quay is old."),
        ("It took nearly 12 days.", "It took exactly 12 days."),
        ("Dues rose in May.", None),
        ("Nearly all of it sank.", None),
    ],
)
def test_what_was_hedged_is_taken_for_certain(sentence: str, expected: str | None) -> None:
    """Only where there is a hedge."""
    assert hedge_dropped(sentence, [], chance()) == expected


def test_a_word_becomes_its_opposite() -> None:
    """Any one of those that have one, and no other."""
    assert drawn(turned, "Dues rose before the vote.") == {
        "Dues fell before the vote.",
        "Dues rose after the vote.",
    }
    assert drawn(turned, "Proseful arose.") == {None}
    assert OTHER_SIDE.keys() == {word for pair in TURNED for word in pair}
    assert all(one != other for one, other in OTHER_SIDE.items())


def test_a_number_becomes_another() -> None:
    """The rest stays."""
    made = drawn(counted, "The board took 12% of it.")
    assert len(made) > 1
    assert "The board took 12% of it." not in made
    assert all(each and each.endswith("% of it.") for each in made)
    assert drawn(counted, "The quay was dredged in 1987.") == {None}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Dues will rise.", {"Dues will not rise."}),
        ("Vell did not object.", {"Vell did object."}),
        ("Ost wins the vote.", {"Ost loses the vote."}),
        ("Dues rose.", {None}),
    ],
)
def test_a_sentence_is_denied(sentence: str, expected: set[str | None]) -> None:
    """With a `not`, without the one that it has, or with the verb of the other side."""
    assert drawn(denied, sentence) == expected


def test_what_was_said_is_put_into_another_mouth() -> None:
    """One that the text names elsewhere."""
    sentence = "It is over, Mara Quist said on Friday."
    assert drawn(misheld, sentence) == {
        sentence.replace("Mara Quist", name) for name in NAMES if name != "Mara Quist"
    }
    assert drawn(misheld, "The board said so.") == {None}
    assert misheld(sentence, ["Mara Quist"], chance()) is None


def test_a_false_claim_differs_from_its_sentence() -> None:
    """By more than its capitals; where no rule applies there is none."""
    sentence = "Yesterday Mara Quist may have met all 12 crews before noon, Ostrand Vell said."
    made = [falsified(sentence, NAMES, chance(seed)) for seed in range(60)]
    assert len({*made}) > 9
    assert all(each and each.casefold() != sentence.casefold() for each in made)
    assert falsified("Nobody came.", NAMES, chance()) is None
    assert falsified("Then Mcvell left.", ["McVell"], chance()) is None


def test_a_true_claim_says_the_same_in_other_words() -> None:
    """Who spoke comes first, numbers and short forms are written otherwise, or nothing changes."""
    sentence = "The 3 crews of the port didn't leave on Friday, the chair said."
    made = {reworded(sentence, chance(seed)) for seed in range(60)}
    assert sentence in made
    assert len(made) > 8
    assert any(each.startswith("The chair s") for each in made)
    assert any("did not" in each for each in made)
    assert any(" three crews " in each for each in made)
    for each in made:
        assert "crews" in each
        assert ("didn't" in each) != ("did not" in each)
        assert not {*each.split()} & {"4", "four", "2", "two"}


def test_some_claims_are_written_as_systems_write() -> None:
    """In small letters, with marks set apart; as many as should be."""
    claim = "Vell (of Ost) said: no, thanks."
    made = Counter(styled(claim, chance(seed)) for seed in range(400))
    assert made.keys() == {claim, "vell ( of ost ) said : no , thanks ."}
    assert made[claim] / 400 == pytest.approx(1 - LOWERED, abs=0.08)


def test_claims_of_texts_come_in_pairs() -> None:
    """As many false ones as true ones, each with its text; the seed draws them."""
    found = list(make(TEXTS, chance(), 100))
    assert found == list(make(TEXTS, chance(), 100))
    assert found != list(make(TEXTS, chance(2), 100))
    assert [each.supported for each in found] == [False, True] * (len(found) // 2)
    assert {each.sentences for each in found} == {*TEXTS}
    assert all(
        one.claim.casefold() != two.claim.casefold()
        for one, two in zip(found[::2], found[1::2], strict=True)
    )


def test_no_more_texts_are_read_than_needed() -> None:
    """A text that was begun is ended."""
    found = list(make(TEXTS * 20, chance(), 9))
    assert 9 <= len(found) <= 9 + 2 * 8
    assert not list(make(TEXTS, chance(), 0))
    assert not list(make([("Too short.",)], chance(), 9))


def test_true_claims_are_made_wrong() -> None:
    """Those that are mostly right, each once at most, with their texts; not the others."""
    sentence = "Mara Quist will close the quay before noon."
    true = Claim(TEXTS[1], sentence, ENTAILED, MOSTLY)
    others = [
        Claim(TEXTS[1], sentence, ENTAILED, MOSTLY - 0.01),
        Claim(TEXTS[1], sentence, DENIED),
        Claim(TEXTS[1], "Nobody came.", ENTAILED),
    ]
    (found,) = falsify([*others, true], chance(), 9)
    assert found.sentences == TEXTS[1]
    assert found.claim != sentence
    assert (found.wanted, found.share) == (NOT_ENTAILED, 1.0)
    assert len(falsify([true] * 5, chance(), 3)) == 3
    assert not falsify(others, chance(), 9)
    assert falsify([true] * 5, chance(), 3) == falsify([true] * 5, chance(), 3)
