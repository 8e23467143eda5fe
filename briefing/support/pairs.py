"""How a pair of texts is laid out for the network that judges pairs.

In: two texts. Out: numbers for the network. Training and judging share this module, so that the
weights meet what they were trained on; a change here asks for new training.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.reader.bert import SHEET_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import torch
    from tokenizers import Tokenizer

FEATURES = 6
"""Marks, then both texts' pieces that the other lacks or has, then the end mark."""
SECOND_PIECES = 120
"""Most pieces of the second text that are read together with one window of the first."""
KINDS = 5
"""Vectors that make up the one of a pair: the start mark's, both texts', and how these differ."""
CLASSES = 3
"""The second text follows from the first, is left open by it, or is denied by it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts as they are read together.

    Attributes:
        pieces: Number and feature of each piece, marks included; at most `SHEET_ROWS`.
        first: How many pieces of the first text stand behind the start mark.
    """

    pieces: tuple[tuple[int, int], ...]
    first: int

    @property
    def second(self) -> range:
        """Where the pieces of the second text stand."""
        return range(self.first + 2, len(self.pieces) - 1)


def lay(tokenizer: Tokenizer, marks: tuple[int, int], first: str, second: str) -> tuple[Pair, ...]:
    """Lay `first` and `second` side by side; texts too long for that in several windows.

    Args:
        tokenizer: Of the encoder.
        marks: Numbers of the start and the end mark.
        first: The longer text, as a rule: what is told.
        second: What is asked of it.

    Returns:
        Every window of the first text with every window of the second; one pair as a rule.
    """
    ones, others = (_numbers(tokenizer, text) for text in (first, second))
    return tuple(
        _pair(one, other, marks)
        for other in _windows(others, SECOND_PIECES)
        for one in _windows(ones, SHEET_ROWS - 3 - len(other))
    )


def vector(rows: torch.Tensor, first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """What the heads look at.

    Args:
        rows: The encoder's, of (pairs, longest, size); 32-bit floats.
        first: 1 for pieces of the first text, of (pairs, longest).
        second: Of the second one.

    Returns:
        Of (pairs, `KINDS` * size).
    """
    import torch

    one, other = (
        (rows * mask[..., None]).sum(1) / mask.sum(1, keepdim=True).clamp_min(1)
        for mask in (first, second)
    )
    return torch.cat([rows[:, 0], one, other, (one - other).abs(), one * other], -1)


def score(heads: Mapping[str, torch.Tensor], vectors: torch.Tensor) -> torch.Tensor:
    """The scores of `CLASSES`, of (pairs, classes).

    Args:
        heads: Holds `inner` and `outer`, each a weight and a bias.
        vectors: From `vector`.
    """
    from torch.nn import functional

    inner = functional.linear(vectors, heads["inner.weight"], heads["inner.bias"])
    return functional.linear(functional.gelu(inner), heads["outer.weight"], heads["outer.bias"])


def _numbers(tokenizer: Tokenizer, text: str) -> Sequence[int]:
    # A lone surrogate, which JSON can carry, is no text to the tokenizer.
    clean = text.encode("utf-8", "replace").decode()
    numbers: Sequence[int] = tokenizer.encode(clean, add_special_tokens=False).ids
    return numbers


def _windows(numbers: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    """Cut `numbers` into windows of near equal length, of at most `most`; one where none are."""
    count = max(1, -(-len(numbers) // most))
    for at in range(count):
        yield numbers[len(numbers) * at // count : len(numbers) * (at + 1) // count]


def _pair(one: Sequence[int], other: Sequence[int], marks: tuple[int, int]) -> Pair:
    start, end = marks
    these, those = frozenset(one), frozenset(other)
    pieces = (
        (start, 0),
        *((number, 1 + 2 * (number in those)) for number in one),
        (end, 0),
        *((number, 2 + 2 * (number in these)) for number in other),
        (end, FEATURES - 1),
    )
    return Pair(pieces, len(one))
