"""Pairs made by rule: each change is what it says, and nothing else is changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_reader import write_corpus
from sample_support import PLAIN_TEXT, chance

from briefing.errors import SourceError
from briefing.support.tasks.made import (
    LEAST_WORDS,
    PLAIN,
    SIDES,
    Change,
    forms,
    from_sentence,
    load,
    make,
    negated,
    numbers,
    shortened,
    stances,
)
from briefing.support.tasks.sheets import DENIED, ENTAILED, OPEN, Example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from random import Random

SHIPS = "The harbour board counted 340 ships at the northern quay."
CUT = "Vell would sell the ferry to the crews of Ost, because its engine is old."
TEXTS = [PLAIN_TEXT.split("\n"), [SHIPS, CUT]]


def by_kind(
    change: Callable[[str, Random], Iterator[Change]], sentence: str, seed: int = 1
) -> dict[tuple[float, ...], str]:
    """What a change makes of a sentence, by what that wants."""
    return {each.wanted: each.text for each in change(sentence, chance(seed))}


@given(st.integers(0, 2_000_000).filter(lambda n: not 1800 <= n < 2100), st.integers())
def test_another_number_denies(number: int, seed: int) -> None:
    """The denied sentence has another number in the same place, the entailed one the same."""
    sentence = f"The board counted {number:,} ships at the quay."
    found = by_kind(numbers, sentence, seed)
    before, after = sentence.split(f"{number:,}")
    assert found[DENIED].startswith(before)
    assert found[DENIED].endswith(after)
    other = found[DENIED].removeprefix(before).removesuffix(after)
    assert float(other.replace(",", "")) != number
    same = found[ENTAILED].removeprefix(before).removesuffix(after)
    assert same in (f"{number:,}", str(number)) or (same.isalpha() and number <= 10)


@pytest.mark.parametrize(
    ("number", "written"),
    [("12%", "12 per cent"), ("12.5 %", "12.5 per cent"), ("1,200", "1200"), ("3", "three")],
)
def test_a_number_written_otherwise_says_the_same(number: str, written: str) -> None:
    """A percentage in words, thousands without a comma, a small number as a word."""
    sentence = "The board took {} of the dues from the crews."
    assert by_kind(numbers, sentence.format(number))[ENTAILED] == sentence.format(written)


def test_a_changed_percentage_stays_one() -> None:
    """The sign and the decimals are kept."""
    changed = by_kind(numbers, "Dues rose by 12.5% at the quay of Ost.")[DENIED]
    assert re.fullmatch(r"Dues rose by \d+\.\d% at the quay of Ost\.", changed)


@pytest.mark.parametrize(
    "sentence",
    [
        "The quay was dredged in 1987 and again in 2019.",
        "The board meets on 3 May and on June 14 in Ost.",
        "Nobody came to the quay.",
        "Route A-12 and berth 9b are closed.",
    ],
)
def test_years_dates_and_names_are_left_alone(sentence: str) -> None:
    """Of these another may well be told too."""
    assert by_kind(numbers, sentence) == {}


def test_a_verb_of_the_other_side_denies() -> None:
    """The denied sentence has a verb of the other side in the same form, the entailed one of its own."""
    sentence = "The crews supported the plan of the board."
    near, far = SIDES[0]
    for seed in range(9):
        found = by_kind(stances, sentence, seed)
        assert found[DENIED] in {sentence.replace("supported", forms(verb)[2]) for verb in far}
        assert found[ENTAILED] in {
            sentence.replace("supported", forms(verb)[2]) for verb in near if verb != "support"
        }


def test_a_verb_that_nothing_else_says_is_only_turned() -> None:
    """Without a second verb of its side there is no entailed change."""
    assert by_kind(stances, "Ost wins the vote again.") == {DENIED: "Ost loses the vote again."}


def test_plain_forms_are_left_alone() -> None:
    """They may be nouns."""
    assert by_kind(stances, "Their support is known.") == {}


@pytest.mark.parametrize(
    ("verb", "found"),
    [
        ("support", ("support", "supports", "supported", "supporting")),
        ("raise", ("raise", "raises", "raised", "raising")),
        ("deny", ("deny", "denies", "denied", "denying")),
        ("cut", ("cut", "cuts", "cut", "cutting")),
    ],
)
def test_forms_of_verbs(verb: str, found: tuple[str, ...]) -> None:
    """Four of each, regular or not."""
    assert forms(verb) == found


def test_a_negated_sentence_denies() -> None:
    """A `not` after the first auxiliary, of some sentences."""
    made = {each.text for seed in range(40) for each in negated("Dues will rise.", chance(seed))}
    assert made == {"Dues will not rise."}
    wanted = {
        each.wanted for seed in range(40) for each in negated("Dues will rise.", chance(seed))
    }
    assert wanted == {DENIED}
    assert any(not [*negated("Dues will rise.", chance(seed))] for seed in range(40))


@pytest.mark.parametrize("sentence", ["Dues will not rise.", "Dues won’t rise.", "Dues rose."])
def test_what_is_negated_is_not_negated_again(sentence: str) -> None:
    """Nor is a sentence without an auxiliary."""
    assert not [each for seed in range(40) for each in negated(sentence, chance(seed))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (CUT, "Vell would sell the ferry to the crews of Ost."),
        ("The board sold boats, ropes and nets.", "The board sold boats, ropes and nets."),
        (SHIPS, SHIPS),
        ('"We pay enough for this quay, and have for a year or more," she said, looking on.',) * 2,
    ],
)
def test_a_sentence_without_its_last_clause(sentence: str, expected: str) -> None:
    """Only where that is short, and has some words."""
    assert shortened(sentence) == expected


def test_the_examples_of_one_sentence() -> None:
    """Changes either way round, another sentence of the text, and the sentence cut short."""
    other = "Rain kept the ferry in its harbour."
    sentence = f"{SHIPS[:-1]}, although the ferry of Ost was in its dock."
    met = [each for seed in range(40) for each in from_sentence(sentence, other, chance(seed))]
    assert Example(sentence, other, OPEN) in met
    assert Example(sentence, SHIPS, ENTAILED) in met
    denied = [each for each in met if each.wanted == DENIED]
    assert {each.first == sentence for each in denied} == {True, False}
    assert all(sentence in (each.first, each.second) or each.second == SHIPS for each in denied)


def test_a_sentence_that_nothing_changes_gives_nothing() -> None:
    """Not even with another one."""
    assert not [*from_sentence("Nobody came to Ost.", SHIPS, chance(1))]


def test_examples_follow_from_the_seed() -> None:
    """The same chance makes the same pairs, at most as many as asked for."""
    first, second = (make(TEXTS, chance(3), 100) for _ in "12")
    assert first == second
    assert {each.wanted for each in first} == {ENTAILED, OPEN, DENIED}
    assert make(TEXTS, chance(3), 3) == first[:3]


def test_sentences_of_some_length_are_read(tmp_path: Path) -> None:
    """Of each text of the part; texts with fewer than two are left out."""
    for name in PLAIN:
        records = [
            {"split": "train", "document": f"{PLAIN_TEXT} Yes."},
            {"split": "train", "document": SHIPS},
            {"split": "dev", "document": f"{SHIPS} {CUT}"},
        ]
        write_corpus(tmp_path, name, records)
    found = load(tmp_path)
    assert found == (tuple(PLAIN_TEXT.split("\n")),) * len(PLAIN)
    assert load(tmp_path, "dev") == ((SHIPS, CUT),) * len(PLAIN)
    assert min(len(each.split()) for sentences in found for each in sentences) >= LEAST_WORDS


def test_a_corpus_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file is told, with what to do."""
    with pytest.raises(SourceError, match="cannot be read"):
        load(tmp_path)
