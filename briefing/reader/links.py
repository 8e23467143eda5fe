"""Scores of links: which cue a source or content belongs to.

In: vectors of pieces. Out: scores. Training and tagging share it.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

LINK_SIZE = 96
"""Length of the vectors that are compared."""
BUCKETS = 21
"""Of distances: none, and ten by powers of two in either direction."""


def link_scores(
    asks: torch.Tensor, answers: torch.Tensor, distances: torch.Tensor, bias: torch.Tensor
) -> torch.Tensor:
    """Score cues for each first piece of a source or content.

    Args:
        asks: Of (first pieces, `LINK_SIZE`).
        answers: Of (first pieces, cues, `LINK_SIZE`), or without the first for all alike.
        distances: From each first piece to each cue, in pieces; below 0 where the cue stands before.
        bias: Of (`BUCKETS`,).

    Returns:
        Scores of (first pieces, cues).
    """
    alike = (asks[:, None] * answers).sum(dim=-1) / sqrt(LINK_SIZE)
    return alike + bias[buckets(distances)]


def buckets(distances: torch.Tensor) -> torch.Tensor:
    """The bucket of each distance: 0 for none, 1 to 10 for a cue that follows, 11 to 20 for one before."""
    import torch

    size = distances.abs().clamp(min=1).float().log2().floor().clamp(max=9).long() + 1
    return torch.where(distances == 0, 0, torch.where(distances > 0, size, size + 10))
