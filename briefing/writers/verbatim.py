"""The default writer: picks passages that matter and do not repeat one another."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.writers.base import Passage, Reply, ReplySentence, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = re.compile(r"[^\W\d]\w{3,}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
OTHER_NUMBERS = 0.5
"""How much of their likeness is left to texts that have numbers, and none in common."""
WEIGHT = 0.5
"""How much a full repetition costs, in units of the score."""
REPETITION = 0.7
"""From this likeness on, a passage says what is already said and is never taken."""


def likeness(first: str, second: str) -> float:
    """Share of the shorter text's words, 0 to 1, that stand in the other; short words are left out.

    Less where the numbers are others: `plan 5` is not `plan 28`.
    """
    (words, numbers), (others, other_numbers) = telling(first), telling(second)
    smaller = min(len(words), len(others))
    share = len(words & others) / smaller if smaller else 0.0
    differs = numbers and other_numbers and not numbers & other_numbers
    return share * OTHER_NUMBERS if differs else share


@lru_cache(maxsize=1024)
def telling(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of `text` that are not short, and its numbers."""
    return frozenset(WORD.findall(text.casefold())), frozenset(NUMBER.findall(text))


class VerbatimWriter:
    """Prints passages as they stand, chosen for score and against repetition.

    Source: Carbonell and Goldstein, "The use of MMR", SIGIR 1998; the likeness is word overlap.
    """

    name = "verbatim"
    max_tokens: int | None = None
    offline = True

    def count_tokens(self, text: str) -> int:
        """The words of `text`."""
        return len(text.split())

    def generate(self, requests: Sequence[Request]) -> list[Reply]:
        """One cited passage a sentence, best first; fewer where the rest repeats them."""
        return [
            Reply(tuple(ReplySentence(None, (index,)) for index in pick(request)))
            for request in requests
        ]


def pick(request: Request) -> list[int]:
    """Indices of the passages to print, best first; ties go to the earlier passage."""
    passages = request.passages
    nearest = dict.fromkeys(range(len(passages)), 0.0)
    chosen: list[int] = []
    while nearest and len(chosen) < request.sentences:
        best = max(nearest, key=lambda index: (value(passages[index], nearest[index]), -index))
        chosen.append(best)
        del nearest[best]
        for index, likeliest in list(nearest.items()):
            found = max(likeliest, likeness(passages[index].text, passages[best].text))
            nearest[index] = found
            if found >= REPETITION:
                del nearest[index]
    return chosen


def value(passage: Passage, likeliest: float) -> float:
    """What a passage adds, given its likeness to the likeliest one already taken."""
    return passage.score - WEIGHT * likeliest
