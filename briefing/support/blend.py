"""What network and words say of a claim together.

In: the log-odds that the network gives the sentences of a claim, and the numbers of `surface` and
of `likeness`. Out: one score. Small nets read the numbers; they were trained on the same claims as
the network, and how much each of both counts was set on texts that neither had seen.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from briefing.support import likeness, surface

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import torch

MEASURES = surface.MEASURES + likeness.MEASURES
"""Numbers of one sentence."""
FEATURES = 3 * MEASURES + 1
"""Numbers that `features` gives of a claim."""
NETS = 10
"""Small nets that were trained from different beginnings; their mean speaks."""
INNER = 16
"""Size of the layer within each."""
WIDEST = 5.0
"""Standard deviations beyond which a number counts no more."""
NEVER = 1e-2
"""So that no score is so sure that words count for nothing."""


def odds(score: float) -> float:
    """Log-odds of a score of the network."""
    return log((score + NEVER) / (1 - score + NEVER))


def features(measures: Sequence[Sequence[float]]) -> list[float]:
    """Numbers of a claim: the largest, the least and the mean of its sentences', and how many."""
    found = list(zip(*measures, strict=True))
    return [
        *map(max, found),
        *map(min, found),
        *(sum(each) / len(each) for each in found),
        log(len(measures) + 1),
    ]


def together(found: Sequence[float]) -> float:
    """The log-odds of a claim from those of its sentences: half of the weakest, half of the mean."""
    return (min(found) + sum(found) / len(found)) / 2


def worded(heads: Mapping[str, torch.Tensor], features: torch.Tensor) -> torch.Tensor:
    """What the small nets make of the numbers of claims, as log-odds.

    Args:
        heads: Holds `means` and `deviations` of (features,), `inner` and `outer`, each a weight
            and a bias, of all nets side by side, and `direct`, the weight of what skips them.
        features: Of (claims, features).
    """
    from torch.nn import functional

    even = standard(features, heads["surface.means"], heads["surface.deviations"])
    inner = functional.linear(even, heads["surface.inner.weight"], heads["surface.inner.bias"])
    outer: torch.Tensor = functional.linear(
        functional.gelu(inner), heads["surface.outer.weight"], heads["surface.outer.bias"]
    )
    return (outer + functional.linear(even, heads["surface.direct.weight"]))[:, 0]


def standard(
    features: torch.Tensor, means: torch.Tensor, deviations: torch.Tensor
) -> torch.Tensor:
    """Numbers of claims in deviations from the mean."""
    return ((features - means) / deviations).clamp(-WIDEST, WIDEST)


def blended(
    heads: Mapping[str, torch.Tensor], features: torch.Tensor, judged: torch.Tensor
) -> torch.Tensor:
    """Scores of claims, 0 to 1.

    Args:
        heads: As for `worded`, and `mix` of (3,): what words and network count, and what is added.
        features: Of (claims, features).
        judged: The network's log-odds, of (claims,).
    """
    words, network, shift = heads["surface.mix"]
    scores: torch.Tensor = words * worded(heads, features) + network * judged + shift
    return scores.sigmoid()


SHAPES = {
    "surface.means": (FEATURES,),
    "surface.deviations": (FEATURES,),
    "surface.inner.weight": (NETS * INNER, FEATURES),
    "surface.inner.bias": (NETS * INNER,),
    "surface.outer.weight": (1, NETS * INNER),
    "surface.outer.bias": (1,),
    "surface.direct.weight": (1, FEATURES),
    "surface.mix": (3,),
}
"""Of all weights, by name."""
