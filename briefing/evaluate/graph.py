"""Which sentences matter, by a graph of sentence vectors: the strongest peer without training.

In: one unit vector a sentence. Out: one score a sentence, 0 to 1. Method: PageRank over sentence
similarity, a bonus for an early place, and maximal marginal relevance, so that the second telling
of a thing scores low. Weights were chosen on training articles, one setting for all kinds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from briefing.document import Document, Sentence

    Vector = NDArray[np.floating[Any]]

DAMPING = 0.85
SIMILAR = 0.3
"""Cosine below which two sentences count as unrelated."""
POSITION_WEIGHT = 0.5
REDUNDANCY_WEIGHT = 2.0
LEAST_WORDS = 5
ROUNDS = 30
RANKED = 200
"""So many sentences are ranked one by one; the rest of a long text keep their first score."""
DECIMALS = 4


def eligible(document: Document, sentences: tuple[Sentence, ...]) -> tuple[int, ...]:
    """Indices of the sentences that can matter: running text of some length."""
    return tuple(
        index
        for index, sentence in enumerate(sentences)
        if sentence.kind != "heading" and len(document[sentence.span].split()) >= LEAST_WORDS
    )


def salience(count: int, places: tuple[int, ...], vectors: Vector) -> tuple[float, ...]:
    """Score the sentences of one document.

    Args:
        count: How many sentences it has.
        places: Which of them the rows of `vectors` stand for, ascending.
        vectors: Unit vectors, one a row.

    Returns:
        `count` scores from 0 to 1; 0 for sentences without a vector.
    """
    import numpy as np

    scores = [0.0] * count
    if not places:
        return tuple(scores)
    similar = np.clip(vectors @ vectors.T, -1.0, 1.0).astype(np.float64)
    position = 1 / np.sqrt(1 + np.arange(len(places)))
    base = standard(page_rank(similar)) + POSITION_WEIGHT * standard(position)
    marginal = relevance(base, similar)
    low, high = float(marginal.min()), float(marginal.max())
    for place, value in zip(places, marginal, strict=True):
        share = (float(value) - low) / (high - low) if high > low else 1.0
        scores[place] = round(share, DECIMALS)
    return tuple(scores)


def page_rank(similar: Vector) -> Vector:
    """Stationary weights of a walk from sentence to similar sentence."""
    import numpy as np

    weights = np.maximum(0.0, similar - SIMILAR)
    np.fill_diagonal(weights, 0.0)
    out = weights.sum(axis=1, keepdims=True)
    steps = np.divide(weights, out, out=np.full_like(weights, 1 / len(weights)), where=out > 0)
    rank = np.full(len(weights), 1 / len(weights))
    for _ in range(ROUNDS):
        rank = (1 - DAMPING) / len(weights) + DAMPING * (rank @ steps)
    return rank


def relevance(base: Vector, similar: Vector) -> Vector:
    """Each sentence's score less its likeness to the better ones, in the order of choice."""
    import numpy as np

    marginal = base - REDUNDANCY_WEIGHT
    nearest = np.zeros(len(base))
    left = np.ones(len(base), dtype=bool)
    for _ in range(min(len(base), RANKED)):
        value = np.where(left, base - REDUNDANCY_WEIGHT * nearest, -np.inf)
        best = int(value.argmax())
        marginal[best] = value[best]
        left[best] = False
        nearest = np.maximum(nearest, np.maximum(0.0, similar[best]))
    return marginal


def standard(values: Vector) -> Vector:
    """Zero mean, unit deviation; zeros where all are equal."""
    deviation = float(values.std())
    result: Vector = (values - values.mean()) / deviation if deviation > 0 else values * 0.0
    return result
