"""What vectors of points are learnt from: who makes which point, and what follows from what.

In: `claims_keypoints.jsonl.gz`, arguments on motions with the points they make, and pairs of texts
with their verdicts. Out: groups, and batches of them as tensors. In a group all texts of one side
stand against all of the other; what is known of each two is learnt. Take one group a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing.errors import SourceError
from briefing.reader.encoder import WINDOW_PIECES
from briefing.reader.tasks.corpus import records
from briefing.support.points import decide
from briefing.support.tasks.sheets import ENTAILED, OPEN

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch
    from tokenizers import Tokenizer
    from torch import nn

    from briefing.support.tasks.sheets import Example

CORPUS = "claims_keypoints.jsonl.gz"
GROUP = 24
"""Texts of the first side of a group."""
FIRST_SCALE, FIRST_BIAS = 20.0, -10.0
"""So that a product of one half is as good as none."""
SMOOTHING = 0.04
"""How far labels are taken towards one half, as people disagree."""
UNKNOWN = -1.0


class Point(msgspec.Struct, frozen=True):
    """A point that an argument makes (1) or not (0)."""

    key_point: str
    label: int


class Record(msgspec.Struct, frozen=True):
    """One line of the corpus."""

    split: str
    topic: str
    argument: str
    stance: int
    key_points: tuple[Point, ...]


Side = tuple[str, int]
"""A motion, and 1 for it or -1 against it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Texts of two sides.

    Attributes:
        ones: Numbers of the pieces of each text of the first side, marks included.
        others: Of the second.
        labels: For each of `ones` a row: 1 for each of `others` that it says, 0 for each that it
            does not, `UNKNOWN` where nobody knows.
    """

    ones: tuple[tuple[int, ...], ...]
    others: tuple[tuple[int, ...], ...]
    labels: tuple[tuple[float, ...], ...]


class Batch(NamedTuple):
    """A group as tensors; the first three of (texts, longest of them), the second side last.

    Attributes:
        pieces: Numbers in the vocabulary.
        features: Zeros: nothing is known of a piece but its number.
        mask: 1 where there is a piece.
        labels: Of (texts of the first side, of the second).
    """

    pieces: torch.Tensor
    features: torch.Tensor
    mask: torch.Tensor
    labels: torch.Tensor


def load(data: Path, split: str = "train") -> dict[Side, tuple[Record, ...]]:
    """The arguments of one part of the corpus in the folder `data`, by motion and side.

    Raises:
        SourceError: If the corpus cannot be read, or has no such part.
    """
    sides: dict[Side, list[Record]] = {}
    for record in records(data / CORPUS, Record):
        if record.split == split:
            sides.setdefault((record.topic, record.stance), []).append(record)
    if not sides:
        raise SourceError(
            f"{data / CORPUS} holds no arguments of the part {split}",
            hint="See models/README.md on the corpora.",
        )
    return {side: tuple(found) for side, found in sides.items()}


def groups(
    tokenizer: Tokenizer,
    sides: dict[Side, tuple[Record, ...]],
    pairs: Sequence[Example],
    chance: random.Random,
    share: float,
) -> Iterator[Group]:
    """One round: all arguments, each with all points of its side, and some of `pairs`.

    Args:
        tokenizer: Of the encoder.
        sides: From `load`.
        pairs: Of which it is known what the first makes of the second.
        chance: Which of them, and who stands with whom.
        share: Groups of pairs for each group of arguments.
    """

    def numbers(text: str) -> tuple[int, ...]:
        start, *inside, end = tokenizer.encode(text).ids
        return (start, *inside[:WINDOW_PIECES], end)

    count = 0
    for found in sides.values():
        points = tuple(dict.fromkeys(one.key_point for each in found for one in each.key_points))
        told = tuple(map(numbers, points))
        shuffled = chance.sample(found, len(found))
        for start in range(0, len(shuffled), GROUP):
            some = shuffled[start : start + GROUP]
            known = [{one.key_point: float(one.label) for one in each.key_points} for each in some]
            yield Group(
                tuple(numbers(each.argument) for each in some),
                told,
                tuple(tuple(each.get(point, UNKNOWN) for point in points) for each in known),
            )
            count += 1
    for _ in range(round(count * share)):
        chosen = chance.sample(pairs, GROUP)
        yield Group(
            tuple(numbers(each.first) for each in chosen),
            tuple(numbers(each.second) for each in chosen),
            tuple(
                tuple(_label(each) if at == other else 0.0 for other in range(GROUP))
                for at, each in enumerate(chosen)
            ),
        )


def _label(example: Example) -> float:
    """Whether a pair says the same: what is left open may or may not."""
    known: dict[tuple[float, ...], float] = {ENTAILED: 1.0, OPEN: UNKNOWN}
    return known.get(example.wanted, 0.0)


def heads(size: int) -> nn.ModuleDict:
    """Make what turns products of vectors into scores: the weights that `decide` takes.

    Args:
        size: Of the vectors; any will do.
    """
    from torch import nn

    del size
    same = nn.Linear(1, 1)
    nn.init.constant_(same.weight, FIRST_SCALE)
    nn.init.constant_(same.bias, FIRST_BIAS)
    return nn.ModuleDict({"same": same})


def collate(chosen: Sequence[Group]) -> Batch:
    """Lay the texts of one group side by side, filled up to the longest."""
    import torch

    (group,) = chosen
    texts = (*group.ones, *group.others)
    pieces, mask = (torch.zeros(len(texts), max(map(len, texts)), dtype=torch.long) for _ in "12")
    for row, text in enumerate(texts):
        pieces[row, : len(text)] = torch.tensor(text)
        mask[row, : len(text)] = 1
    return Batch(pieces, torch.zeros_like(pieces), mask, torch.tensor(group.labels))


def loss(heads: nn.ModuleDict, rows: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How far the scores are from the labels of `batch`: the mean cross-entropy of what is known.

    Args:
        heads: From `heads`.
        rows: The encoder's, of (texts, longest, size).
        batch: From `collate`, on the same device.
    """
    from torch.nn import functional

    vectors = functional.normalize((rows.float() * batch.mask[..., None]).sum(1), dim=-1)
    ones, others = vectors[: len(batch.labels)], vectors[len(batch.labels) :]
    known = batch.labels >= 0
    scores = decide(dict(heads.named_parameters()), ones @ others.T)[known]
    wanted = batch.labels[known] * (1 - SMOOTHING) + SMOOTHING / 2
    return functional.binary_cross_entropy_with_logits(scores, wanted)
