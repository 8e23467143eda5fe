"""Learning how words and network count together."""

from __future__ import annotations

import torch

from briefing.support.blend import SHAPES, blended
from briefing.support.surface import Surface
from briefing.support.tasks.whole import Whole, evenly, fit, mix


def claims(count: int = 160) -> list[Whole]:
    """Claims of which every other one has a word that its text lacks."""
    texts = [(f"The ferry {at} sails to Ostwick in March.",) for at in range(count)]
    return [
        Whole(
            "one" if at % 4 < 2 else "other",
            text,
            (f"The ferry {at} sails to {'Vellmouth' if at % 2 else 'Ostwick'}.",),
            1 - at % 2,
        )
        for at, text in enumerate(texts)
    ]


def test_words_are_learnt_from() -> None:
    """With a network that knows nothing, what is lacking decides; weights have their shapes."""
    found = claims()
    heads = fit(found, lambda asked: [0.0] * len(asked))
    assert {name: tuple(each.shape) for name, each in heads.items()} == SHAPES
    features = torch.tensor([Surface(each.sentences).features(each.claim) for each in found])
    scores = blended(heads, features, torch.zeros(len(found)))
    right = [score > 0.5 for score in scores.tolist()]
    assert right == [each.label == 1 for each in found]


def test_the_same_claims_give_the_same_weights() -> None:
    """Nothing is left to chance."""
    one, other = (fit(claims(), lambda asked: [0.5] * len(asked)) for _ in "12")
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_the_network_is_asked_of_kept_texts_alone() -> None:
    """What the nets learn from, the network has seen too."""
    asked: list[tuple[str, ...]] = []

    def judged(pairs: object) -> list[float]:
        asked.extend(text for text, _ in pairs)  # type: ignore[attr-defined]
        return [0.0] * len(asked)

    fit(claims(), judged)
    assert asked == [each.sentences for each in claims() if each.is_kept]
    assert asked


def test_families_and_classes_count_the_same() -> None:
    """Many claims of one kind weigh no more than few of another."""
    found = [*claims(8), *claims(40)[:2] * 10]
    weights = evenly(found, torch.ones(len(found), dtype=torch.bool))
    sums = {
        (family, label): sum(
            weight
            for weight, each in zip(weights.tolist(), found, strict=True)
            if (each.family, each.label) == (family, label)
        )
        for family in ("one", "other")
        for label in (0, 1)
    }
    assert max(sums.values()) - min(sums.values()) < 1e-4


def test_mix_finds_which_of_both_is_right() -> None:
    """What tells nothing counts little."""
    torch.manual_seed(5)
    labels = (torch.rand(400) > 0.5).float()
    telling, noise = labels * 2 - 1 + torch.randn(400), torch.randn(400)
    words, network, _ = mix(torch.stack([noise, telling], 1), labels, torch.ones(400)).tolist()
    assert abs(words) < 0.4 < network
