"""Check-worthiness: a probability for each sentence, from its own pieces and words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from briefing.reader.worth import TRAITS, decide, pooled, traits, worth

if TYPE_CHECKING:
    from collections.abc import Mapping

SIZE = 6
SENTENCES = ("The toll rose by 12 per cent in 2019.", "Thank you.", "We must hope.")


def weights(seed: int = 0) -> Mapping[str, torch.Tensor]:
    """Weights of a judge that has learnt nothing."""
    made = torch.Generator().manual_seed(seed)
    return {
        "weight.weight": torch.randn(1, SIZE, generator=made),
        "worth.weight": torch.randn(1, 2 * SIZE + TRAITS, generator=made),
        "worth.bias": torch.randn(1, generator=made),
    }


def rows(*counts: int) -> list[torch.Tensor]:
    """Vectors of so many pieces for each sentence."""
    made = torch.Generator().manual_seed(1)
    return [torch.randn(count, SIZE, generator=made) for count in counts]


def test_a_score_is_a_probability() -> None:
    """One for each sentence, between 0 and 1."""
    found = worth(weights(), rows(9, 2, 3), SENTENCES)
    assert len(found) == 3
    assert all(0 < each < 1 for each in found)
    assert len(set(found)) == 3


def test_a_sentence_is_judged_by_itself() -> None:
    """What else is judged in the same call changes nothing, not even the last digit."""
    given = rows(9, 2, 3)
    together = worth(weights(), given, SENTENCES)
    alone = [
        worth(weights(), [each], [sentence])[0]
        for each, sentence in zip(given, SENTENCES, strict=True)
    ]
    assert list(together) == alone


def test_what_has_no_pieces_is_no_claim() -> None:
    """Nothing to read is nothing to check."""
    assert worth(weights(), rows(0, 2), ["", "Thank you."])[0] == 0.0
    assert worth(weights(), [], []) == ()


def test_both_means_are_of_a_sentences_own_pieces() -> None:
    """The plain mean stands beside one in which heavy pieces count for more."""
    heads = {"weight.weight": torch.tensor([[1.0, 0.0]])}
    given = torch.tensor([[0.0, 1.0], [20.0, 3.0], [5.0, 5.0]])
    found = pooled(heads, given, torch.tensor([0, 0, 1]), 3)
    expected = [[10.0, 2.0, 20.0, 3.0], [5.0, 5.0, 5.0, 5.0], [0.0, 0.0, 0.0, 0.0]]
    assert torch.allclose(found, torch.tensor(expected)[:, [0, 1, 2, 3]], atol=1e-3)


@pytest.mark.parametrize("size", [1.0, 1e4])
def test_heavy_pieces_do_not_overflow(size: float) -> None:
    """However great the vectors, shares stay shares."""
    heads = {"weight.weight": torch.full((1, SIZE), size)}
    given = size * torch.eye(SIZE)
    found = pooled(heads, given, torch.zeros(SIZE, dtype=torch.long), 1)
    assert torch.isfinite(found).all()
    assert found.abs().max() <= size


def test_training_and_reading_score_alike() -> None:
    """Sentences scored in one batch have the scores that they have one by one."""
    given = rows(9, 2, 3)
    owners = torch.tensor([0] * 9 + [1] * 2 + [2] * 3)
    vectors = pooled(weights(), torch.cat(given), owners, 3)
    scores = decide(weights(), vectors, torch.tensor([traits(each) for each in SENTENCES]))
    order = scores.argsort().tolist()
    found = worth(weights(), given, SENTENCES)
    assert order == sorted(range(3), key=found.__getitem__)


def test_traits_tell_figures_and_capitals() -> None:
    """The word I and the first word are no names; a year is a figure and a year."""
    plain, named, dated = map(
        traits, ("Then I hope so.", "Then Orme Tarn hopes so.", "Then it fell in 1987.")
    )
    assert plain[2:10] == (0, 0, 0, 0, 0, 0, 0, 0)
    assert named[5:8] == (1, pytest.approx(2 / 3), pytest.approx(6 / 5))
    assert (dated[2], dated[9]) == (1, 1)


@given(st.text())
def test_every_text_has_its_traits(text: str) -> None:
    """As many as the weights expect, none of them far from 0 to 3."""
    found = traits(text)
    assert len(found) == TRAITS
    assert all(0 <= each <= 3 for each in found[1:])
