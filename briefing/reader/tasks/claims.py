"""What the judge of claims is trained on: sentences that people found worth checking, or not.

In: `claims_claimbuster.jsonl.gz`, one JSON object a line: `id`, `sentence`, `label` (1 or 0),
`block` (a number that neighbouring sentences share) and `split`. Out: sheets of sentences, and
batches of them as tensors.

A sentence is met both ways in which it will be read: by itself, and in a window among its
neighbours. A sheet holds texts of nearly one length, so that little of a batch is filling; take
one sheet a step.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing.errors import SourceError
from briefing.reader.features import WINDOW_PIECES, frame, read_pieces
from briefing.reader.tasks.corpus import records
from briefing.reader.worth import TRAITS, decide, pooled, traits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch
    from tokenizers import Tokenizer
    from torch import nn

CORPUS = "claims_claimbuster.jsonl.gz"
PASSES = 4
"""How often each sentence stands on the sheets of training by itself, and as often among others."""
SHEET_PIECES = 2000
"""Most pieces of a sheet, its filling included."""
NEIGHBOURS = 8
"""Most sentences of a window."""
SORTED = 400
"""Texts that are sorted by length together: more leave less filling, and less chance."""
DROPOUT = 0.1
SMOOTHING = 0.05
"""How far labels are taken towards one half, as people disagree."""
FIRST_BIAS = -1.0
"""About the score of what one sentence in four is."""

Piece = tuple[int, int]
"""Number and feature."""


class Record(msgspec.Struct, frozen=True):
    """One line of the corpus."""

    id: str
    sentence: str
    label: float
    block: int
    split: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence as it is read.

    Attributes:
        pieces: At most `WINDOW_PIECES`.
        traits: Those that `worth.traits` finds.
        label: 1 where it is worth checking, else 0.
    """

    pieces: tuple[Piece, ...]
    traits: tuple[float, ...]
    label: float


Text = tuple[Judged, ...]
"""Sentences that are read in one window."""


@dataclass(frozen=True, slots=True)
class Example:
    """One sheet.

    Attributes:
        texts: Of nearly one length.
        frame: Numbers of the start and the end mark.
    """

    texts: tuple[Text, ...]
    frame: tuple[int, int]


class Batch(NamedTuple):
    """Sheets as tensors; the first three of (texts, longest of them).

    Attributes:
        pieces: Numbers in the vocabulary.
        features: Below `FEATURES`.
        mask: 1 where there is a piece.
        places: Where the pieces of sentences stand in the flattened texts, of (their pieces,).
        owners: Which sentence each of them is of; of the same shape.
        traits: Of (sentences, `TRAITS`).
        labels: Of (sentences,).
    """

    pieces: torch.Tensor
    features: torch.Tensor
    mask: torch.Tensor
    places: torch.Tensor
    owners: torch.Tensor
    traits: torch.Tensor
    labels: torch.Tensor

    def to(self, device: str) -> Batch:
        """The same on `device`."""
        return Batch(*(tensor.to(device) for tensor in self))


def load(data: Path, tokenizer: Tokenizer, split: str = "train") -> tuple[Example, ...]:
    """Read one part of the corpus in `data`.

    Sheets of `train` hold each sentence 2 * `PASSES` times, those of another part once, by
    itself. They follow from the corpus alone.

    Raises:
        SourceError: If the corpus cannot be read, or has no such part.
    """
    blocks: dict[int, list[Judged]] = {}
    for record in _records(data / CORPUS, split):
        blocks.setdefault(record.block, []).append(_judged(tokenizer, record))
    marks = frame(tokenizer)
    alone: list[Text] = [(judged,) for judged in chain(*blocks.values())]
    if split != "train":
        return tuple(Example(sheet, marks) for sheet in _sheets(alone))
    chance = random.Random(CORPUS)  # noqa: S311 - no secret
    made: list[Example] = []
    for _ in range(PASSES):
        among = [text for block in blocks.values() for text in _windows(block, chance)]
        for texts in (alone, among):
            shuffled = chance.sample(texts, len(texts))
            made += (Example(sheet, marks) for sheet in _sheets(shuffled))
    return tuple(made)


def heads(size: int) -> nn.ModuleDict:
    """Make what stands on an encoder of hidden size `size`: the weights that `worth` takes."""
    from torch import nn

    made = nn.ModuleDict(
        {
            "weight": nn.Linear(size, 1, bias=False),
            "worth": nn.Linear(2 * size + TRAITS, 1),
        }
    )
    nn.init.zeros_(made.get_parameter("weight.weight"))
    nn.init.constant_(made.get_parameter("worth.bias"), FIRST_BIAS)
    return made


def collate(chosen: Sequence[Example]) -> Batch:
    """Lay the texts of sheets side by side, filled up to the longest."""
    import torch

    framed = [(text, example.frame) for example in chosen for text in example.texts]
    # Two more for the start and the end mark.
    longest = 2 + max(sum(len(each.pieces) for each in text) for text, _ in framed)
    pieces, features, mask = (torch.zeros(len(framed), longest, dtype=torch.long) for _ in "123")
    places: list[int] = []
    owners: list[int] = []
    for row, (text, (start, end)) in enumerate(framed):
        inside = [piece for each in text for piece in each.pieces]
        laid = torch.tensor([(start, 0), *inside, (end, 0)])
        pieces[row, : len(laid)], features[row, : len(laid)] = laid.T
        mask[row, : len(laid)] = 1
        places += range(row * longest + 1, row * longest + 1 + len(inside))
    sentences = [each for text, _ in framed for each in text]
    for number, each in enumerate(sentences):
        owners += [number] * len(each.pieces)
    return Batch(
        pieces,
        features,
        mask,
        torch.tensor(places),
        torch.tensor(owners),
        torch.tensor([each.traits for each in sentences]),
        torch.tensor([each.label for each in sentences]),
    )


def loss(heads: nn.ModuleDict, rows: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How far the scores are from the labels of `batch`: the mean cross-entropy of sentences.

    Args:
        heads: From `heads`.
        rows: The encoder's, of (texts, longest, size).
        batch: From `collate`, on the same device.
    """
    from torch.nn import functional

    weights = dict(heads.named_parameters())
    inside = rows.flatten(0, 1)[batch.places].float()
    vectors = pooled(weights, inside, batch.owners, len(batch.labels))
    vectors = functional.dropout(vectors, DROPOUT, training=heads.training)
    wanted = batch.labels * (1 - SMOOTHING) + SMOOTHING / 2
    return functional.binary_cross_entropy_with_logits(
        decide(weights, vectors, batch.traits), wanted
    )


def _records(path: Path, split: str) -> list[Record]:
    """The records of a part, in the order in which their sentences were said."""
    chosen = [record for record in records(path, Record) if record.split == split]
    if not chosen:
        raise SourceError(
            f"{path} holds no sentences of the part {split}",
            hint="See models/README.md on the corpora.",
        )
    return sorted(chosen, key=lambda record: (len(record.id), record.id))


def _judged(tokenizer: Tokenizer, record: Record) -> Judged:
    pieces = read_pieces(tokenizer, record.sentence)
    both = zip(pieces.numbers, pieces.features, strict=True)
    return Judged(tuple(both)[:WINDOW_PIECES], traits(record.sentence), record.label)


def _windows(block: Sequence[Judged], chance: random.Random) -> Iterator[Text]:
    """Windows of one to `NEIGHBOURS` sentences of a block, in any order; they tile it."""
    window: list[Judged] = []
    room, wanted = WINDOW_PIECES, chance.randint(1, NEIGHBOURS)
    for judged in chance.sample(block, len(block)):
        if window and (len(window) == wanted or len(judged.pieces) > room):
            yield tuple(window)
            window, room, wanted = [], WINDOW_PIECES, chance.randint(1, NEIGHBOURS)
        window.append(judged)
        room -= len(judged.pieces)
    if window:
        yield tuple(window)


def _sheets(texts: Sequence[Text]) -> Iterator[tuple[Text, ...]]:
    """Lay texts on sheets of at most `SHEET_PIECES`, those of like length together."""
    for start in range(0, len(texts), SORTED):
        sheet: list[Text] = []
        for text in sorted(texts[start : start + SORTED], key=_length):
            if sheet and (len(sheet) + 1) * _length(text) > SHEET_PIECES:
                yield tuple(sheet)
                sheet = []
            sheet.append(text)
        yield tuple(sheet)


def _length(text: Text) -> int:
    return 2 + sum(len(judged.pieces) for judged in text)
