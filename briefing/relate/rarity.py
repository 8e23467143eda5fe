"""A pile in, how telling its words are and which of its documents are about one matter out."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.quantities.stems import stemmed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.document import Document
    from briefing.relate.matters import Saying

PRIOR = 30
"""Statements without a word that are thought to be there: few say little of how rare it is."""
KIN = 0.08
"""Cosine from which on two documents are about one matter.

Of documents on unrelated news fewer than one pair in fifty reach it, of those on one event nine
in ten.
"""


class Weights:
    """How telling a word is in one pile: the fewer statements have it, the more."""

    def __init__(self, said: Sequence[Saying]) -> None:
        """Count the words of all statements."""
        self._counts = Counter(word for one in said for word in one.stems)
        self._all = len(said) + PRIOR

    def __getitem__(self, word: str) -> float:
        """From 0, where every statement has `word`, up to 1, where one does."""
        return math.log(self._all / max(1, self._counts[word])) / math.log(self._all)

    def sum(self, words: Iterable[str]) -> float:
        """The weights of `words` together."""
        return sum(self[word] for word in words)

    def overlap(self, one: frozenset[str], other: frozenset[str]) -> float:
        """The share of the poorer one's weight that both have, 0 to 1."""
        poorer = min(self.sum(one), self.sum(other))
        return self.sum(one & other) / poorer if poorer else 0.0


class Kinship:
    """Which documents of a pile tell of one matter, so that their statements can be compared."""

    def __init__(self, documents: Sequence[Document]) -> None:
        """Count the words of each document."""
        self._counts = [counted(one.text) for one in documents]
        self._having = Counter(word for counts in self._counts for word in counts)
        self._vectors: dict[int, dict[str, float]] = {}

    def __call__(self, one: int, other: int) -> bool:
        """Whether two documents are alike enough to be about one matter."""
        return one == other or self.alike(one, other) >= KIN

    def alike(self, one: int, other: int) -> float:
        """The cosine of two documents' words, rare ones weighing more."""
        first, second = self.vector(one), self.vector(other)
        return sum(x * second.get(word, 0.0) for word, x in first.items())

    def vector(self, number: int) -> dict[str, float]:
        """The weights of a document's words, of length 1."""
        if number not in self._vectors:
            every = len(self._counts)
            weights = {
                word: (1 + math.log(count)) * math.log(1 + every / self._having[word])
                for word, count in self._counts[number].items()
            }
            length = math.sqrt(sum(x * x for x in weights.values())) or 1.0
            self._vectors[number] = {word: x / length for word, x in weights.items()}
        return self._vectors[number]


@lru_cache(maxsize=16)
def counted(text: str) -> Mapping[str, int]:
    """How often each telling word stands in `text`."""
    return Counter(stemmed(text))
