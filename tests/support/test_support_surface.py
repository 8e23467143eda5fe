"""What a claim has that its text lacks, word for word, and what that makes of its score."""

from __future__ import annotations

import pytest
import torch

from briefing.support import surface
from briefing.support.blend import (
    FEATURES,
    MEASURES,
    SHAPES,
    blended,
    features,
    odds,
    standard,
    together,
    worded,
)
from briefing.support.surface import Surface

TEXT = Surface(["The ferry to Ostwick sails in March.", "Fares rise by 12 per cent."])
NEW_WORDS, NEW_LONGER, NEW_PAIRS, NUMBERS, NAMES = 0, 1, 2, 5, 6
BEST, BOTH, LONGEST, SMALL, NEGATED = 7, 8, 12, 13, 15


@pytest.mark.parametrize(
    ("sentence", "at", "value"),
    [
        ("The ferry to Ostwick sails in March.", NEW_WORDS, 0.0),
        ("The FERRY leaves", NEW_WORDS, 1 / 3),
        ("The ferry leaves", NEW_LONGER, 0.5),
        ("Ostwick ferry", NEW_PAIRS, 1.0),
        ("Ostwick ferry", NEW_WORDS, 0.0),
        ("March fares", NEW_PAIRS, 1.0),
        ("Fares rise by 13 per cent", NUMBERS, 1.0),
        ("Fares rise by 12 per cent", NUMBERS, 0.0),
        ("Both Ostwick and Lund and Vell", NAMES, 2.0),
        ("Lund", NAMES, 0.0),
        ("ferry sails fares", BEST, 2 / 3),
        ("ferry sails fares", BOTH, 1.0),
        ("the ferry to Ostwick sails at nine", LONGEST, 0.5),
        ("in small letters", SMALL, 1.0),
        ("No ferry sails", NEGATED, 1.0),
        ("A ferry sails", NEGATED, 0.0),
    ],
)
def test_measures(sentence: str, at: int, value: float) -> None:
    """New words, pairs, numbers and names; how much the best sentences have; what kind it is."""
    assert TEXT.measures(sentence)[at] == pytest.approx(value)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_features_of_a_claim(count: int) -> None:
    """Largest, least and mean of its sentences' numbers; there are always as many."""
    found = features(torch.rand(count, MEASURES).tolist())
    assert len(found) == FEATURES
    for largest, least, mean in zip(
        found[:MEASURES], found[MEASURES : 2 * MEASURES], found[2 * MEASURES : -1], strict=True
    ):
        assert least <= mean + 1e-9
        assert mean <= largest + 1e-9


@pytest.mark.parametrize("sentence", ["", "?", "Fares rise."])
def test_measures_of_any_sentence(sentence: str) -> None:
    """There are always as many, whatever the text."""
    assert len(TEXT.measures(sentence)) == surface.MEASURES
    assert len(Surface([]).measures(sentence)) == surface.MEASURES


def test_together_is_half_of_the_weakest() -> None:
    """One bad sentence weighs more than its share, and does not decide alone."""
    assert together([2.0]) == 2.0
    assert together([4.0, 0.0]) == 1.0
    assert odds(0.5) == 0.0
    assert odds(0.0) == -odds(1.0)


def heads(seed: int = 3) -> dict[str, torch.Tensor]:
    """Weights of all shapes."""
    torch.manual_seed(seed)
    return {name: torch.rand(shape) + 0.1 for name, shape in SHAPES.items()}


def test_the_mix_weighs_words_and_network() -> None:
    """Without the one the other speaks; what is added moves both."""
    numbers, judged = torch.rand(3, FEATURES), torch.tensor([-1.0, 0.0, 2.0])
    made = heads()
    alone = made | {"surface.mix": torch.tensor([0.0, 1.0, 0.0])}
    assert blended(alone, numbers, judged).tolist() == pytest.approx(judged.sigmoid().tolist())
    words = made | {"surface.mix": torch.tensor([1.0, 0.0, 0.0])}
    assert blended(words, numbers, judged).tolist() == pytest.approx(
        worded(made, numbers).sigmoid().tolist()
    )
    moved = alone | {"surface.mix": torch.tensor([0.0, 1.0, 5.0])}
    assert (blended(moved, numbers, judged) > blended(alone, numbers, judged)).all()


def test_no_number_counts_without_bound() -> None:
    """What is far beyond anything that was learnt from counts as the end of that."""
    means, deviations = torch.zeros(2), torch.ones(2)
    assert standard(torch.tensor([[1e9, -1e9]]), means, deviations).tolist() == [[5.0, -5.0]]
