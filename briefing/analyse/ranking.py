"""The choice of sentences by their scores alone, the best first.

In: scores. Out: places of sentences. For analysers that know no better way to summarise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Document, Sentence
    from briefing.reader.salient import Budget


def choose_best(
    documents: Sequence[Document],
    sentences: Sequence[tuple[Sentence, ...]],
    scores: Sequence[tuple[float, ...]],
    budget: Budget,
) -> tuple[tuple[int, int], ...]:
    """Choose the sentences with the highest scores within `budget`, headings left out.

    Returns:
        Number of the document and of the sentence in it for each, in the order of reading.
    """
    ranked = sorted(
        (-score, number, at)
        for number, cut in enumerate(sentences)
        for at, (score, sentence) in enumerate(zip(scores[number], cut, strict=True))
        if sentence.kind != "heading"
    )
    counts = [len(documents[n][sentences[n][at].span].split()) for _, n, at in ranked]
    take = nearest_total(counts, budget.words) if budget.words else budget.sentences or 0
    return tuple(sorted((number, at) for _, number, at in ranked[:take]))


def nearest_total(counts: Sequence[int], wanted: int) -> int:
    """How many of `counts`, from the first on, add up nearest to `wanted`; at least one."""
    total, best, gap = 0, 1, float("inf")
    for number, count in enumerate(counts, start=1):
        total += count
        if abs(total - wanted) < gap:
            best, gap = number, abs(total - wanted)
        if total >= wanted:
            break
    return best
