"""What a claim has that its text lacks, word for word.

In: a text and a claim. Out: numbers. The network that weighs a claim is shown few sentences of a
text; this looks at all of them, and at nothing but words.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
LONGER = 5
"""Letters from which on a word is hardly grammar."""
MOST_NUMBERS, MOST_MISSING, MOST_NAMES = 3, 4, 6
NEGATIONS = frozenset(("not", "no", "never", "n", "without", "none"))
MEASURES = 16
"""Numbers that `measures` gives of one sentence."""


class Surface:
    """The words of a text.

    Args:
        sentences: Of the text.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        told = [words_of(sentence) for sentence in sentences]
        self._sentences = [frozenset(words) for words in told]
        self._length = sum(map(len, told))
        self._runs = [
            frozenset(run for words in told for run in runs(words, length))
            for length in (1, 2, 3, 4)
        ]

    def measures(self, sentence: str) -> list[float]:
        """Numbers of one sentence: what of it is new, how much the best sentences have, its kind."""
        found = WORD.findall(sentence)
        words = [word.lower() for word in found]
        longer = [word for word in words if len(word) >= LONGER]
        numbers = [word for word in words if word[0].isdigit()]
        names = [word.lower() for word in found[1:] if word[0].isupper()]
        one, two = self._best(longer)
        return [
            *(
                new(runs(part, length), self._runs[length - 1])
                for part, length in ((words, 1), (longer, 1), (words, 2), (words, 3), (words, 4))
            ),
            float(min(MOST_NUMBERS, self._missing(numbers))),
            float(min(MOST_MISSING, self._missing(names))),
            one,
            two,
            log(max(1, len(words))),
            float(min(MOST_NUMBERS, len(numbers))),
            float(min(MOST_NAMES, len(names))),
            self._longest(words),
            float(sentence == sentence.lower()),
            log(self._length + 1),
            float(not NEGATIONS.isdisjoint(words)),
        ]

    def _missing(self, words: Iterable[str]) -> int:
        return sum((word,) not in self._runs[0] for word in words)

    def _best(self, words: Sequence[str]) -> tuple[float, float]:
        """The share of `words` that one sentence has at most, and that it has with another."""
        if not words or not self._sentences:
            return 0.0, 0.0
        best = max(self._sentences, key=lambda told: sum(word in told for word in words))
        one = sum(word in best for word in words)
        two = max(sum(word in best or word in told for word in words) for told in self._sentences)
        return one / len(words), two / len(words) if len(self._sentences) > 1 else 0.0

    def _longest(self, words: Sequence[str]) -> float:
        """The longest stretch that the text has too, as a share of the whole, by runs of four."""
        longest = length = 0
        found = runs(words, 4)
        for run in found:
            length = length + 1 if run in self._runs[3] else 0
            longest = max(longest, length)
        return longest / max(1, len(found))


def words_of(text: str) -> list[str]:
    """The words of `text` in small letters."""
    return [word.lower() for word in WORD.findall(text)]


def runs(words: Sequence[str], length: int) -> list[tuple[str, ...]]:
    """All stretches of so many words."""
    if length == 2:
        return list(pairwise(words))
    return [tuple(words[at : at + length]) for at in range(len(words) - length + 1)]


def new(found: Sequence[tuple[str, ...]], told: frozenset[tuple[str, ...]]) -> float:
    """Which share of some stretches was not told."""
    return sum(run not in told for run in found) / max(1, len(found))
