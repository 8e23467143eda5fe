"""Learning how words and network count together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from briefing.support import likeness
from briefing.support.blend import SHAPES, blended, features
from briefing.support.surface import Surface
from briefing.support.tasks.supported import is_kept_text
from briefing.support.tasks.whole import Whole, evenly, fit, mix

if TYPE_CHECKING:
    from collections.abc import Sequence


def claims(count: int = 160) -> list[Whole]:
    """Claims of which every other one has a word that its text lacks."""
    texts = [(f"The ferry {at} sails to Ostwick in March.",) for at in range(count)]
    return [
        Whole(
            "one" if at % 4 < 2 else "other",
            text,
            (f"The ferry {at} sails to {'Vellmouth' if at % 2 else 'Ostwick'}.",),
            1 - at % 2,
            is_kept_text(text),
        )
        for at, text in enumerate(texts)
    ]


def numbers(asked: Sequence[tuple[tuple[str, ...], tuple[str, ...]]]) -> list[list[float]]:
    """Those of words alone."""
    return [
        features([Surface(text).measures(part) + [0.0] * likeness.MEASURES for part in claim])
        for text, claim in asked
    ]


def test_words_are_learnt_from() -> None:
    """With a network that knows nothing, what is lacking decides; weights have their shapes."""
    found = claims()
    heads = fit(found, numbers, lambda asked: [0.0] * len(asked))
    assert {name: tuple(each.shape) for name, each in heads.items()} == SHAPES
    measured = torch.tensor(numbers([(each.sentences, each.claim) for each in found]))
    scores = blended(heads, measured, torch.zeros(len(found)))
    right = [score > 0.5 for score in scores.tolist()]
    assert right == [each.label == 1 for each in found]


def test_the_same_claims_give_the_same_weights() -> None:
    """Nothing is left to chance."""
    one, other = (fit(claims(), numbers, lambda asked: [0.5] * len(asked)) for _ in "12")
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_the_network_is_asked_of_kept_texts_alone() -> None:
    """What the nets learn from, the network has seen too."""
    asked: list[tuple[str, ...]] = []

    def judged(pairs: object) -> list[float]:
        asked.extend(text for text, _ in pairs)  # type: ignore[attr-defined]
        return [0.0] * len(asked)

    fit(claims(), numbers, judged)
    assert asked == [each.sentences for each in claims() if each.is_kept]
    assert asked


def test_kinds_count_the_same() -> None:
    """Many claims of one kind weigh no more than few of another."""
    kinds = [("one", 0)] * 20 + [("one", 1)] * 2 + [("other", 0)] * 3 + [("other", 1)]
    weights = evenly(kinds)
    sums = [
        sum(weight for weight, each in zip(weights.tolist(), kinds, strict=True) if each == kind)
        for kind in dict.fromkeys(kinds)
    ]
    assert sums == pytest.approx([len(kinds) / 4] * 4)


def test_families_of_one_kind_of_text() -> None:
    """Summaries of the same paper count together, whoever judged them."""
    families = ("frank_xsum", "qags_xsum", "xsumfaith", "qags_cnndm", "summedits")
    found = [Whole(family, (), (), 0, is_kept=False).genre for family in families]
    assert found == ["xsum", "xsum", "xsum", "cnndm", "summedits"]


def test_mix_finds_which_of_both_is_right() -> None:
    """What tells nothing counts little."""
    torch.manual_seed(5)
    labels = (torch.rand(400) > 0.5).float()
    telling, noise = labels * 2 - 1 + torch.randn(400), torch.randn(400)
    words, network, _ = mix(torch.stack([noise, telling], 1), labels, torch.ones(400)).tolist()
    assert abs(words) < 0.4 < network
