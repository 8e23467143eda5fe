"""How a pair of texts is laid out for the network that judges pairs.

In: two texts. Out: numbers for the network. Training and judging share this module, so that the
weights meet what they were trained on; a change here asks for new training.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.reader.bert import SHEET_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import torch
    from tokenizers import Tokenizer

FEATURES = 6
"""Marks, then both texts' pieces that the other lacks or has, then the end mark."""
LACKED, HAD, FOLLOWING, ELSEWHERE = 2, 4, 6, 7
CLAIM_FEATURES = 8
"""Those, and for pieces of a claim: one that follows on its neighbour as it does in the evidence,
and one that stands elsewhere in the text."""
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
    ones, others = (numbers(tokenizer, text) for text in (first, second))
    return tuple(
        _pair(one, other, marks)
        for other in _windows(others, SECOND_PIECES)
        for one in _windows(ones, SHEET_ROWS - 3 - len(other))
    )


def lay_claim(
    tokenizer: Tokenizer, marks: tuple[int, int], evidence: str, claim: str, whole: frozenset[int]
) -> tuple[Pair, ...]:
    """Lay a claim beside the sentences that it may rest on; as `lay`, with `CLAIM_FEATURES`.

    Args:
        tokenizer: Of the encoder.
        marks: Numbers of the start and the end mark.
        evidence: Those sentences.
        claim: One sentence.
        whole: Numbers of all pieces of the text, from `numbers`.
    """
    return tuple(_followed(pair, whole) for pair in lay(tokenizer, marks, evidence, claim))


def _followed(pair: Pair, whole: frozenset[int]) -> Pair:
    """`pair` with the features of a claim's pieces."""
    pieces = [number for number, _ in pair.pieces]
    told = frozenset(pairwise(pieces[1 : 1 + pair.first]))
    laid = list(pair.pieces)
    for at in pair.second:
        number, feature = laid[at]
        if feature == HAD and (pieces[at - 1], number) in told:
            laid[at] = number, FOLLOWING
        elif feature == LACKED and number in whole:
            laid[at] = number, ELSEWHERE
    return Pair(tuple(laid), pair.first)


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


def numbers(tokenizer: Tokenizer, text: str) -> Sequence[int]:
    """Numbers of the pieces of `text`, without marks."""
    # A lone surrogate, which JSON can carry, is no text to the tokenizer.
    clean = text.encode("utf-8", "replace").decode()
    found: Sequence[int] = tokenizer.encode(clean, add_special_tokens=False).ids
    return found


def _windows(found: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    """Cut numbers into windows of near equal length, of at most `most`; one where none are."""
    count = max(1, -(-len(found) // most))
    for at in range(count):
        yield found[len(found) * at // count : len(found) * (at + 1) // count]


def _pair(one: Sequence[int], other: Sequence[int], marks: tuple[int, int]) -> Pair:
    start, end = marks
    these, those = frozenset(one), frozenset(other)
    pieces = (
        (start, 0),
        *((number, 1 + 2 * (number in those)) for number in one),
        (end, 0),
        *((number, HAD if number in these else LACKED) for number in other),
        (end, FEATURES - 1),
    )
    return Pair(pieces, len(one))
