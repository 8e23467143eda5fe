"""Pairs with their verdicts, laid on sheets, and how far the judge is from what they say.

In: pairs of texts and what is known of them. Out: sheets of pairs of like length, and batches of
them as tensors. Take one sheet a step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from briefing.support.pairs import CLASSES, KINDS, Pair, lay, score, vector

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    import torch
    from tokenizers import Tokenizer
    from torch import nn

SHEET_PIECES = 2048
"""Most pieces of a sheet, its filling included."""
SORTED = 600
"""Pairs that are sorted by length together: more leave less filling, and less chance."""
INNER = 384
"""Size of the layer within a head."""
DROPOUT = 0.1
ENTAILED, OPEN, DENIED = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
NOT_ENTAILED = (0.0, 1.0, 1.0)
"""What may be right of a pair: 1 for each class."""


@dataclass(frozen=True, slots=True)
class Example:
    """Two texts; `wanted` has 1 for each class that may be right."""

    first: str
    second: str
    wanted: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pairs of nearly one length, and what is wanted of each."""

    pairs: tuple[Pair, ...]
    wanted: tuple[tuple[float, ...], ...]


class Batch(NamedTuple):
    """A sheet as tensors; the first five of (pairs, longest of them).

    Attributes:
        pieces: Numbers in the vocabulary.
        features: Those of `pairs`.
        mask: 1 where there is a piece.
        first: 1 where there is one of the first text.
        second: Of the second.
        wanted: Of (pairs, classes).
    """

    pieces: torch.Tensor
    features: torch.Tensor
    mask: torch.Tensor
    first: torch.Tensor
    second: torch.Tensor
    wanted: torch.Tensor


class Layout:
    """Lays examples on sheets; how a pair of texts reads is kept for later rounds.

    Args:
        tokenizer: Of the encoder.
        marks: Numbers of the start and the end mark.
    """

    def __init__(self, tokenizer: Tokenizer, marks: tuple[int, int]) -> None:
        self._tokenizer = tokenizer
        self._marks = marks
        self._known: dict[tuple[str, str], tuple[Pair, ...]] = {}

    def sheets(self, examples: Sequence[Example], chance: random.Random) -> Iterator[Sheet]:
        """Lay `examples` on sheets, in any order.

        Of texts that need several windows one is shown in each round.
        """
        shuffled = chance.sample(examples, len(examples))
        for start in range(0, len(shuffled), SORTED):
            laid = [
                (chance.choice(self._lay(each)), each.wanted)
                for each in shuffled[start : start + SORTED]
            ]
            yield from sheeted(sorted(laid, key=lambda each: len(each[0].pieces)))

    def _lay(self, example: Example) -> tuple[Pair, ...]:
        both = example.first, example.second
        if both not in self._known:
            self._known[both] = lay(self._tokenizer, self._marks, *both)
        return self._known[both]


def sheeted(laid: Sequence[tuple[Pair, tuple[float, ...]]]) -> Iterator[Sheet]:
    """Lay pairs on sheets as they come: they should stand in the order of their lengths."""
    sheet: list[tuple[Pair, tuple[float, ...]]] = []
    for each in laid:
        if sheet and (len(sheet) + 1) * len(each[0].pieces) > SHEET_PIECES:
            yield _sheet(sheet)
            sheet = []
        sheet.append(each)
    if sheet:
        yield _sheet(sheet)


def _sheet(laid: Sequence[tuple[Pair, tuple[float, ...]]]) -> Sheet:
    pairs, wanted = zip(*laid, strict=True)
    return Sheet(pairs, wanted)


def heads(size: int) -> nn.ModuleDict:
    """Make what stands on an encoder of hidden size `size`: the weights that `score` takes."""
    from torch import nn

    return nn.ModuleDict(
        {"inner": nn.Linear(KINDS * size, INNER), "outer": nn.Linear(INNER, CLASSES)}
    )


def collate(chosen: Sequence[Sheet]) -> Batch:
    """Lay the pairs of one sheet side by side, filled up to the longest."""
    import torch

    (sheet,) = chosen
    longest = max(len(pair.pieces) for pair in sheet.pairs)
    shape = len(sheet.pairs), longest
    pieces, features, mask = (torch.zeros(shape, dtype=torch.long) for _ in "123")
    first, second = (torch.zeros(shape) for _ in "12")
    for row, pair in enumerate(sheet.pairs):
        laid = torch.tensor(pair.pieces)
        pieces[row, : len(laid)], features[row, : len(laid)] = laid.T
        mask[row, : len(laid)] = 1
        first[row, 1 : 1 + pair.first] = 1
        second[row, pair.second.start : pair.second.stop] = 1
    return Batch(pieces, features, mask, first, second, torch.tensor(sheet.wanted))


def loss(heads: nn.ModuleDict, rows: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How far the scores are from what is wanted of `batch`: the mean cross-entropy of its pairs.

    Args:
        heads: From `heads`.
        rows: The encoder's, of (pairs, longest, size).
        batch: From `collate`, on the same device.
    """
    import torch
    from torch.nn import functional

    vectors = vector(rows.float(), batch.first, batch.second)
    vectors = functional.dropout(vectors, DROPOUT, training=heads.training)
    scores = score(dict(heads.named_parameters()), vectors)
    # Where several classes may be right, all that counts is what they have together.
    chances = scores.log_softmax(-1).masked_fill(batch.wanted == 0, -torch.inf)
    return -torch.logsumexp(chances, -1).mean()
