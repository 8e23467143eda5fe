"""Which sentences ask to be checked: how likely somebody who checks facts would take one up.

In: sentences, and the vectors that the encoder gives their pieces, read alone or within a text.
Out: probabilities. Whether a sentence is true is not asked. Training shares the traits and the
scores: a change to either asks for new training.
"""

from __future__ import annotations

import re
from math import log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import torch

TRAITS = 12
LEAST = -30.0
"""No piece weighs less than e to the power of this, that of the heaviest being 1."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FIGURE = re.compile(r"\d")
_FIRST = re.compile(r"I(?:['’]\w+)?\W*\Z")


def traits(sentence: str) -> tuple[float, ...]:
    """`TRAITS` plain ones, each about 0 to 2: length, figures, capitals within, marks."""
    words = sentence.split()
    figures = sum(bool(_FIGURE.search(word)) for word in words)
    capitals = sum(word[0].isupper() and not _FIRST.match(word) for word in words[1:])
    return (
        log1p(len(words)) / 3,
        min(len(words), 50) / 25,
        float(figures > 0),
        min(figures, 4) / 2,
        float("$" in sentence or "%" in sentence),
        float(capitals > 0),
        min(capitals, 6) / 3,
        3 * capitals / max(1, len(words)),
        float(sentence.rstrip().endswith("?")),
        float(bool(_YEAR.search(sentence))),
        float(any(mark in sentence for mark in '"“')),
        min(sentence.count(","), 4) / 2,
    )


def pooled(
    heads: Mapping[str, torch.Tensor], rows: torch.Tensor, owners: torch.Tensor, count: int
) -> torch.Tensor:
    """One vector a sentence: the mean of its pieces beside one weighted by what matters.

    Args:
        heads: Holds `weight.weight` of (1, size).
        rows: The encoder's, of (pieces, size).
        owners: Which sentence each piece is of, of (pieces,).
        count: How many sentences there are.

    Returns:
        Of (count, 2 * size); zeros for a sentence without pieces.
    """
    import torch

    scores = (rows * heads["weight.weight"]).sum(-1)
    most = scores.detach().new_full((count,), -torch.inf)
    most = most.scatter_reduce(0, owners, scores.detach(), "amax")
    # The weights of a sentence's pieces, for both ways side by side; their sum is taken out below.
    weights = torch.stack(
        [torch.ones_like(scores), (scores - most[owners]).clamp_min(LEAST).exp()], -1
    )
    sums = weights.new_zeros(count, 2).index_add(0, owners, weights).clamp_min(1e-9)
    shares = (weights / sums[owners])[:, :, None] * rows[:, None]
    return shares.new_zeros(count, *shares.shape[1:]).index_add(0, owners, shares).flatten(1)


def decide(
    heads: Mapping[str, torch.Tensor], vectors: torch.Tensor, given: torch.Tensor
) -> torch.Tensor:
    """Score sentences: the greater, the more worth checking.

    Args:
        heads: Holds `worth.weight` of (1, 2 * size + `TRAITS`) and `worth.bias`.
        vectors: From `pooled`.
        given: Their traits, of (sentences, `TRAITS`).

    Returns:
        Of (sentences,).
    """
    import torch

    both = torch.cat([vectors, given], -1)
    return (both * heads["worth.weight"]).sum(-1) + heads["worth.bias"]


def worth(
    heads: Mapping[str, torch.Tensor], rows: Sequence[torch.Tensor], sentences: Sequence[str]
) -> tuple[float, ...]:
    """How likely each sentence is one that somebody who checks facts would take up.

    Args:
        heads: As `pooled` and `decide` take them; 32-bit floats.
        rows: For each sentence the encoder's vectors of its pieces, of (pieces, size).
        sentences: The words.

    Returns:
        Probabilities; 0 for a sentence without pieces. They need no further scale: on debates
        held out of training they were off by 1.5 to 3 points in the mean (ten bins).
    """
    import torch

    counts = torch.tensor([len(each) for each in rows], dtype=torch.long)
    if not counts.any():
        return (0.0,) * len(sentences)
    owners = torch.repeat_interleave(torch.arange(len(counts)), counts)
    # Sums of rows, each by itself: no product of matrices, whose last digits hang on their sizes.
    # What stands beside a sentence must not change them.
    vectors = pooled(heads, torch.cat(list(rows)).float(), owners, len(rows))
    given = torch.tensor([traits(sentence) for sentence in sentences])
    found = decide(heads, vectors, given).sigmoid()
    return tuple(found.where(counts > 0, found.new_zeros(())).tolist())
