"""Which sentences of a text a claim rests on, if it rests on any.

In: the sentences of a text, and claims. Out: numbers of the few sentences that have most of a
claim's words between them. No weights are needed; the network that weighs a claim reads only these.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    Term = str | tuple[str, str]

WORDS = 110
"""Most words of all chosen sentences together; the first may have more."""
SENTENCES = 5
"""Chosen at most."""
AGAIN = 0.25
"""What a word is worth that a sentence chosen before has too."""
LENGTH_COST = 0.01
"""By which share a word more makes a sentence worth less."""
FULL_LENGTH = 5
"""Letters from which on a word has its full weight: shorter ones are mostly grammar."""
BEGINNING = 6
"""Letters that tell a word from others; what follows is mostly its ending."""
WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")


class Grounds:
    """A text, ready to be searched.

    Args:
        sentences: Of the text, in order.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._lengths = [len(sentence.split()) for sentence in sentences]
        self._where: dict[Term, list[int]] = {}
        for number, sentence in enumerate(sentences):
            for term in terms(sentence):
                self._where.setdefault(term, []).append(number)

    def choose(
        self, claim: str, words: int = WORDS, among: Collection[int] | None = None
    ) -> tuple[int, ...]:
        """Numbers of the sentences that `claim` may rest on, in the order of the text.

        Args:
            claim: One sentence.
            words: Most words of all that are chosen; the best sentence is taken however long.
            among: Numbers of the sentences to choose from; all if None.

        Returns:
            One at least if there are any: the first, where none has a word of the claim.
        """
        count = len(self._lengths)
        open_to = range(count) if among is None else frozenset(among)
        weights = {
            term: weight * log(1 + count / len(self._where[term]))
            for term, weight in terms(claim).items()
            if term in self._where
        }
        totals: dict[int, float] = {}
        for term, weight in weights.items():
            for number in self._where[term]:
                if number in open_to:
                    totals[number] = totals.get(number, 0.0) + weight
        chosen: list[int] = []
        while totals and words > 0 and len(chosen) < SENTENCES:
            best = max(totals, key=lambda number: (self._worth(number, totals), -number))
            del totals[best]
            if chosen and self._lengths[best] > words:
                continue
            chosen.append(best)
            words -= self._lengths[best]
            for term, weight in weights.items():
                where = self._where[term]
                if best in where:
                    weights[term] = weight * AGAIN
                    for number in where:
                        if number in totals:
                            totals[number] -= weight * (1 - AGAIN)
        return tuple(sorted(chosen)) or tuple(sorted(open_to)[:1])

    def _worth(self, number: int, totals: Mapping[int, float]) -> float:
        return totals[number] / (1 + LENGTH_COST * self._lengths[number])


def terms(text: str) -> dict[Term, float]:
    """The words of `text` and the pairs of neighbours among them, with their weights."""
    words = [beginning(word) for word in WORD.findall(text)]
    single: dict[Term, float] = {word: weight(word) for word in words}
    double: dict[Term, float] = {
        pair: (weight(pair[0]) + weight(pair[1])) / 2 for pair in pairwise(words)
    }
    return single | double


def beginning(word: str) -> str:
    """As much of `word` as its other forms share; a number stays whole."""
    word = word.casefold()
    if word[0].isdigit():
        return word
    if len(word) > BEGINNING:
        return word[:BEGINNING]
    return word.removesuffix("s") if len(word) > 3 else word


def weight(word: str) -> float:
    """How much a word tells, 0 to 1, by its length alone; a number tells all."""
    return 1.0 if word[0].isdigit() else min(len(word), FULL_LENGTH) / FULL_LENGTH
