"""What the blend of network and words is learnt from: claims as people judged them, whole.

In: the corpora `fact_*` of seven families, one JSON object a line. Out: claims with all their
sentences, and the weights of `blend`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.reader.tasks.corpus import records
from briefing.support.blend import FEATURES, INNER, NETS, standard, worded
from briefing.support.tasks.supported import Record, is_kept_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import torch

    from briefing.support.tasks.supported import Cutter

    Asked = Sequence[tuple[tuple[str, ...], tuple[str, ...]]]
    """Texts and claims, each as its sentences."""
    Odds = Callable[[Asked], list[float]]
    """Gives what the network makes of them."""
    Features = Callable[[Asked], list[list[float]]]
    """Gives their numbers; see `blend`."""

CORPORA = ("fact_frank", "fact_qags", "fact_xsumfaith", "fact_summedits", "fact_wice")
STEPS = 100
RATE, DECAY = 5e-3, 0.3
FIRST_DROPOUT, DROPOUT = 0.4, 0.5


@dataclass(frozen=True, slots=True)
class Whole:
    """A claim of any number of sentences.

    Attributes:
        family: Which corpus, or which part of one, it is of.
        sentences: Of the text.
        claim: Its sentences.
        label: 1 if the text carries all of it, else 0.
        is_kept: Whether its text was kept from training.
    """

    family: str
    sentences: tuple[str, ...]
    claim: tuple[str, ...]
    label: int
    is_kept: bool

    @property
    def genre(self) -> str:
        """What families of the same kind of text share."""
        return self.family.removesuffix("faith").rpartition("_")[2]


def load(data: Path, cut: Cutter, split: str = "train") -> tuple[Whole, ...]:
    """One part of the corpora in the folder `data`.

    Raises:
        SourceError: If one cannot be read.
    """
    found = []
    for name in CORPORA:
        for record in records(data / f"{name}.jsonl.gz", Record):
            if record.split != split:
                continue
            family = record.source_set
            if name == "fact_summedits":
                family = family.split("_")[0]
            text = cut(record.document) or tuple(filter(has_word, record.document_sentences))
            claim = cut(record.summary or record.claim)
            found.append(Whole(family, text, claim, int(record.label), is_kept_text(text)))
    return tuple(found)


def has_word(sentence: str) -> bool:
    """Whether there is a letter or a digit."""
    return any(map(str.isalnum, sentence))


def fit(claims: Sequence[Whole], featured: Features, judged: Odds) -> dict[str, torch.Tensor]:
    """Learn the weights of `blend` from claims.

    Args:
        claims: From `load`; the nets learn from those whose text was not kept, how much words and
            network count is set on the others.
        featured: The numbers that the nets read.
        judged: The network.

    Raises:
        SourceError: If there are no texts of either kind.
    """
    import torch

    labels = torch.tensor([float(each.label) for each in claims])
    kept = torch.tensor([each.is_kept for each in claims])
    if kept.all() or not kept.any():
        raise SourceError(
            "too few texts to learn from some and to try it on others",
            hint="See models/README.md on the corpora.",
        )
    features = torch.tensor(featured([(each.sentences, each.claim) for each in claims]))
    learnt_from = [each for each in claims if not each.is_kept]
    tried_on = [each for each in claims if each.is_kept]
    heads = nets(
        features[~kept],
        labels[~kept],
        evenly([(each.family, each.label) for each in learnt_from]),
    )
    odds = judged([(each.sentences, each.claim) for each in tried_on])
    both = torch.stack([worded(heads, features[kept]), torch.tensor(odds)], 1)
    # Of some families so few were kept that three claims would count as much as a hundred.
    even = evenly([(each.genre, each.label) for each in tried_on])
    return heads | {"surface.mix": mix(both, labels[kept], even)}


def evenly(kinds: Sequence[tuple[str, int]]) -> torch.Tensor:
    """Weights with which claims of each kind count the same together as those of any other."""
    import torch

    counts = Counter(kinds)
    weights = torch.tensor([1 / counts[kind] for kind in kinds])
    return weights * len(kinds) / weights.sum()


def nets(
    features: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor
) -> dict[str, torch.Tensor]:
    """Train the small nets, each from another beginning, and lay them side by side."""
    import torch
    from torch.nn import functional

    means, deviations = features.mean(0), features.std(0, correction=0) + 1e-6
    even = standard(features, means, deviations)
    made: list[dict[str, torch.Tensor]] = []
    for seed in range(NETS):
        torch.manual_seed(seed)
        inner, outer = torch.nn.Linear(FEATURES, INNER), torch.nn.Linear(INNER, 1)
        direct = torch.nn.Linear(FEATURES, 1, bias=False)
        optimiser = torch.optim.AdamW(
            [*inner.parameters(), *outer.parameters(), *direct.parameters()],
            lr=RATE,
            weight_decay=DECAY,
        )
        for _ in range(STEPS):
            some = functional.dropout(even, FIRST_DROPOUT)
            hidden = functional.dropout(functional.gelu(inner(some)), DROPOUT)
            scores = (outer(hidden) + direct(some))[:, 0]
            loss = functional.binary_cross_entropy_with_logits(scores, labels, weights)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
        made.append(
            {
                "inner.weight": inner.weight.detach(),
                "inner.bias": inner.bias.detach(),
                "outer.weight": outer.weight.detach() / NETS,
                "outer.bias": outer.bias.detach() / NETS,
                "direct.weight": direct.weight.detach() / NETS,
            }
        )
    return {
        "surface.means": means,
        "surface.deviations": deviations,
        "surface.inner.weight": torch.cat([each["inner.weight"] for each in made]),
        "surface.inner.bias": torch.cat([each["inner.bias"] for each in made]),
        "surface.outer.weight": torch.cat([each["outer.weight"] for each in made], 1),
        "surface.outer.bias": torch.stack([each["outer.bias"] for each in made]).sum(0),
        "surface.direct.weight": torch.stack([each["direct.weight"] for each in made]).sum(0),
    }


def mix(both: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """How much the log-odds of words and of the network count, and what is added: of (3,)."""
    import torch
    from torch.nn import functional

    found = torch.tensor([1.0, 1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([found], max_iter=200)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = both @ found[:2] + found[2]
        value = functional.binary_cross_entropy_with_logits(scores, labels, weights)
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return found.detach()
