"""The stages of a training: which network learns what, from which examples, in which order.

In: the data folder and the encoder's. Out: stages, each a network, endless batches of examples
and a loss. A stage builds on the weights that earlier ones left.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Protocol

from briefing.reader.bert import BRANCH_LAYERS
from briefing.reader.features import FEATURES, WINDOW_PIECES
from briefing.reader.network import embed, open_encoder, through

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import torch
    from torch import nn

    from briefing.reader.network import Dropout
    from briefing.reader.tasks import attribution
    from briefing.reader.tasks.attribution import Labelled

SORTED = 16
"""Batches whose examples are sorted by length together."""
LEAST_FIRST = 40
"""Pieces of the shortest first window: windows are cut anew in every round."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train one stage.

    Attributes:
        steps: How many batches are learnt from.
        seed: Of the new weights, the order and the dropout.
        batch: Examples a step.
        body_rate: Highest learning rate of the encoder's weights.
        head_rate: Highest learning rate of what stands on it.
        least_rate: Share of the highest rate that is kept to the end.
        warm_up_steps: Until the highest rate is reached; it falls in a straight line after.
        decay: Weight decay.
        most_gradient: Norm that gradients are cut to.
        average_from: Share of the steps after which weights are averaged.
        average_share: Share of each step's weights in the average, which is what is kept in the
            end; 0 to keep the last ones.
    """

    steps: int
    seed: int = 1
    batch: int = 12
    body_rate: float = 3e-4
    head_rate: float = 2e-3
    least_rate: float = 0.02
    warm_up_steps: int = 60
    decay: float = 0.01
    most_gradient: float = 1.0
    average_from: float = 0.5
    average_share: float = 0.0

    def rate(self, step: int) -> float:
        """Share of the highest learning rate that `step` has."""
        return min(1, (step + 1) / self.warm_up_steps) * max(
            self.least_rate, 1 - step / self.steps
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train all stages.

    Attributes:
        attribution: The trunk, and the branch that tells who says what.
        salience: The branch that tells what a summary is made of.
        claims: The branch that tells what asks to be checked.
        reference: The encoder that tells whom pronouns mean.
    """

    attribution: Recipe = Recipe(steps=2200, seed=3, average_share=0.01)
    salience: Recipe = Recipe(
        steps=1350,
        seed=4,
        batch=8,
        head_rate=1.5e-3,
        warm_up_steps=100,
        decay=0.05,
        average_share=0.01,
    )
    claims: Recipe = Recipe(
        steps=450, seed=4, batch=1, head_rate=1.5e-3, warm_up_steps=100, average_share=0.01
    )
    reference: Recipe = Recipe(
        steps=1300,
        seed=5,
        body_rate=2e-4,
        head_rate=1e-3,
        average_share=0.01,
    )


class Stage(Protocol):
    """One stage of a training.

    Attributes:
        name: For the log, and of the file with its weights.
        recipe: How it is trained.
        anywhere: Whether it runs on a GPU where there is one; else on the processor.
    """

    name: str
    recipe: Recipe
    anywhere: bool

    def network(self) -> nn.ModuleDict:
        """The network at its beginning; under `body` what learns at the body's rate."""
        ...

    def batches(self) -> Iterator[Any]:
        """Batches in the order of the steps, without end."""
        ...

    def loss(
        self, network: nn.ModuleDict, chosen: Any, dropout: Dropout | None, dtype: torch.dtype
    ) -> torch.Tensor:
        """How far `network` is from the batch `chosen`."""
        ...


class Task(Protocol):
    """What a head learns; the modules in `tasks` are tasks."""

    def heads(self, size: int) -> nn.ModuleDict:
        """What stands on rows of `size`."""
        ...

    def collate(self, chosen: Sequence[Any]) -> Any:
        """A batch of examples: a named tuple of tensors, beginning with pieces, features, mask."""
        ...

    def loss(self, heads: nn.ModuleDict, rows: torch.Tensor, batch: Any) -> torch.Tensor:
        """How far `rows` are from what `batch` says."""
        ...


Round = Callable[[random.Random], Sequence[Any]]
"""Gives all examples once, in any order; the chance is there for those that are cut anew."""


class Whole:
    """A stage that trains all layers for one task.

    Args:
        name: Of the stage.
        folder: Of the encoder that it begins with.
        task: What is learnt.
        once: The examples.
        recipe: How.
        features: How many there are of those that are added to the pieces' vectors.
        length: How long an example is; those of like length are then learnt from together.
    """

    anywhere = True

    def __init__(
        self,
        name: str,
        folder: Path,
        task: Task,
        once: Round,
        recipe: Recipe,
        features: int = FEATURES,
        length: Callable[[Any], int] | None = None,
    ) -> None:
        self.name = name
        self.recipe = recipe
        self._folder = folder
        self._task = task
        self._once = once
        self._features = features
        self._length = length

    def network(self) -> nn.ModuleDict:
        """All layers of the encoder, features that begin at zero, and the heads."""
        from torch import nn

        encoder = open_encoder(self._folder)
        size = encoder.config.hidden_size
        features = nn.Embedding(self._features, size)
        nn.init.zeros_(features.weight)
        return nn.ModuleDict(
            {"body": encoder, "features": features, "heads": self._task.heads(size)}
        )

    def batches(self) -> Iterator[Sequence[Any]]:
        """Batches of one shuffled round after another."""
        return shuffled(self._once, self.recipe.batch, self.recipe.seed, self._length)

    def loss(
        self,
        network: nn.ModuleDict,
        chosen: Sequence[Any],
        dropout: Dropout | None,
        dtype: torch.dtype,
    ) -> torch.Tensor:
        """How far `network` is from the batch `chosen`."""
        device = network.get_parameter("features.weight").device
        batch = placed(self._task.collate(chosen), device)
        heads: Any = network["heads"]
        return self._task.loss(heads, whole_rows(network, batch, dropout, dtype), batch)


class Branch:
    """A stage that trains the last layers for one task, on a trunk that stays as it is.

    Args:
        name: Of the stage and of its branch.
        folder: Of the encoder whose last layers the branch begins with.
        trunk: A network of `Whole`, trained; only its first layers are used.
        task: What is learnt.
        once: The examples.
        recipe: How.
    """

    anywhere = False  # a task may keep arrays of its own beside its tensors

    def __init__(
        self,
        name: str,
        folder: Path,
        trunk: nn.ModuleDict,
        task: Task,
        once: Round,
        recipe: Recipe,
    ) -> None:
        self.name = name
        self.recipe = recipe
        self._folder = folder
        self._trunk = trunk
        self._task = task
        self._once = once
        self._seen: dict[bytes, torch.Tensor] = {}  # half floats, by the window's bytes

    def network(self) -> nn.ModuleDict:
        """The branch's layers, at first the encoder's own, and the heads."""
        from torch import nn

        encoder = open_encoder(self._folder)
        layers = encoder.encoder.layer[-BRANCH_LAYERS:]
        return nn.ModuleDict(
            {"body": layers, "heads": self._task.heads(encoder.config.hidden_size)}
        )

    def batches(self) -> Iterator[Sequence[Any]]:
        """Batches of one shuffled round after another."""
        return shuffled(self._once, self.recipe.batch, self.recipe.seed)

    def loss(
        self,
        network: nn.ModuleDict,
        chosen: Sequence[Any],
        dropout: Dropout | None,
        dtype: torch.dtype,
    ) -> torch.Tensor:
        """How far `network` is from the batch `chosen`."""
        heads: Any = network["heads"]
        layers: Any = network["body"]
        batch = self._task.collate(chosen)
        encoder: Any = self._trunk["body"]
        attending = encoder.config.num_attention_heads
        rows = self._from_trunk(batch, dtype)
        rows = through(layers, rows, batch.mask, attending, dropout)
        return self._task.loss(heads, rows, batch)

    def _from_trunk(self, batch: Any, dtype: torch.dtype) -> torch.Tensor:
        """What the trunk makes of the windows of `batch`, and nothing of what fills them up.

        The trunk stays as it is, so that each window goes through it once.
        """
        import torch
        from torch.nn.utils.rnn import pad_sequence

        lengths = batch.mask.sum(1).tolist()
        both = torch.stack([batch.pieces, batch.features])
        keys = [both[:, row, :length].numpy().tobytes() for row, length in enumerate(lengths)]
        new = [row for row, key in enumerate(keys) if key not in self._seen]
        if new:
            encoder: Any = self._trunk["body"]
            features = self._trunk["features"](batch.features[new])
            mask, attending = batch.mask[new], encoder.config.num_attention_heads
            with torch.no_grad():
                rows = embed(encoder, batch.pieces[new], features, dtype)
                rows = through(encoder.encoder.layer[:-BRANCH_LAYERS], rows, mask, attending)
            for row, made in zip(new, rows, strict=True):
                self._seen[keys[row]] = made[: lengths[row]].to(torch.float16)
        return pad_sequence([self._seen[key] for key in keys], batch_first=True).to(dtype)


def shuffled(
    once: Round, size: int, seed: int, length: Callable[[Any], int] | None = None
) -> Iterator[Sequence[Any]]:
    """Batches of `size` examples of one shuffled round after another, without end.

    With `length` those of like length are together, which leaves less filling.
    """
    left: list[Any] = []
    for number in count():
        chance = random.Random(f"{seed}/{number}")  # noqa: S311 - no secret
        fresh = list(once(chance))
        chance.shuffle(fresh)
        if length:
            fresh = [one for group in alike(fresh, size, length, chance) for one in group]
        left += fresh
        while len(left) >= size:
            yield left[:size]
            left = left[size:]


def alike(
    examples: list[Any], size: int, length: Callable[[Any], int], chance: random.Random
) -> list[list[Any]]:
    """Groups of `size` examples of like length, in any order."""
    groups = []
    for start in range(0, len(examples), SORTED * size):
        near = sorted(examples[start : start + SORTED * size], key=length)
        groups += [near[at : at + size] for at in range(0, len(near), size)]
    chance.shuffle(groups)
    return groups


def placed(batch: Any, device: torch.device) -> Any:
    """The same batch with its tensors on `device`."""
    return type(batch)(*(each.to(device) for each in batch))


def whole_rows(
    network: nn.ModuleDict, batch: Any, dropout: Dropout | None, dtype: torch.dtype
) -> torch.Tensor:
    """The rows after all layers of a network of `Whole`, of (examples, longest, size)."""
    encoder: Any = network["body"]
    rows = embed(encoder, batch.pieces, network["features"](batch.features), dtype)
    rows = dropout(rows) if dropout else rows
    heads = encoder.config.num_attention_heads
    rows = through(encoder.encoder.layer, rows, batch.mask, heads, dropout)
    return dropout(rows) if dropout else rows


def windowed(articles: Sequence[Labelled]) -> Round:
    """Rounds of windows of `articles`, cut at other places in every round."""

    def once(chance: random.Random) -> Sequence[attribution.Example]:
        return [
            example
            for article in articles
            for example in article.examples(chance.randint(LEAST_FIRST, WINDOW_PIECES))
        ]

    return once


def endless(examples: Sequence[Any]) -> Round:
    """Rounds of the same examples."""
    return lambda _: examples
