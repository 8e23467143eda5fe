"""Which sentences to take: those that together hold most of the words a summary would hold.

In: an outline of texts, the chances of its words, and a budget. Out: numbers of
sentences. No model runs here.

How often a summary would hold a word is expected from its chances: a second sentence that brings
the same words again adds little. What is sought is the greatest expected overlap of the chosen
sentences with the summary, as a share of the mean of both lengths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.reader.salient import Budget

if TYPE_CHECKING:
    from briefing.reader.outline import Numbers, Outline

TOKENS_A_WORD = 1.05
"""Runs of letters and digits for each word between white space."""
TOKENS_A_SENTENCE = 11.0
TOKENS_BESIDE = 5.0
"""A summary of so many sentences is expected to have so many runs: this, and those of each."""
MOST_TIMES = 24
"""No word is counted more often."""
EXCHANGES = 20
ALIKE = 1e-6
RANKED = 200
"""So many sentences are scored one after the other; the rest of a long text keep what they add."""
DECIMALS = 4


def choose(given: Outline, chances: Numbers, budget: Budget) -> tuple[int, ...]:
    """Choose sentences within `budget`.

    Returns:
        Numbers of eligible sentences, ascending: `budget.sentences` of them as far as there are so
        many, or so many that their words come near `budget.words`; at least one where there is
        any.
    """
    import numpy as np

    if not len(given.eligible):
        return ()
    choice = _Choice(given, chances, budget)
    choice.fill()
    for _ in range(EXCHANGES):
        if not choice.exchange():
            break
    return tuple(int(number) for number in np.sort(choice.chosen))


def salience(given: Outline, chances: Numbers) -> tuple[float, ...]:
    """Score all sentences for themselves: how much each adds to those that matter more.

    Returns:
        Scores from 0 to 1, the first choice having 1; 0 for sentences that are not eligible.
    """
    import numpy as np

    scores = np.zeros(len(given.lengths))
    if not len(given.eligible):
        return tuple(scores.tolist())
    choice = _Choice(given, chances, Budget(words=max(1, int(given.lengths.sum()))))
    values = choice.values()
    first = least = float(values.max())
    for _ in given.eligible[:RANKED]:
        number = int(values.argmax())
        least = min(least, float(values[number]))
        scores[number] = least
        choice.take(number)
        values = choice.values()
    scores[choice.free] = np.minimum(values[choice.free], least)
    return tuple((scores / max(first, ALIKE)).clip(0, 1).round(DECIMALS).tolist())


class _Choice:
    """Sentences chosen so far, and what they hold."""

    def __init__(self, given: Outline, chances: Numbers, budget: Budget) -> None:
        import numpy as np

        self.given = given
        self.limit = budget.sentences or 1
        self.words = budget.words
        self.sums = _sums(chances)
        self.expected = (
            self.words * TOKENS_A_WORD
            if self.words
            else self.limit * TOKENS_A_SENTENCE + TOKENS_BESIDE
        )
        self.free = np.zeros(len(given.lengths), dtype=bool)
        self.free[given.eligible] = True
        self.held = np.zeros(len(given.words), dtype=np.int64)
        self.chosen: list[int] = []
        self.ends = np.searchsorted(given.sentence_of, np.arange(len(given.lengths) + 1))

    def values(self) -> Numbers:
        """What each free sentence is worth next; -inf for the others."""
        import numpy as np

        given, gains = self.given, self._gains()
        if self.words:
            # Sentences differ in length: what counts is what a word of theirs brings.
            values = gains / self.expected / np.maximum(1, given.lengths)
        else:
            values = self._value(self._overlap() + gains, self._tokens() + given.tokens)
        return np.where(self.free, values, -np.inf)

    def fill(self) -> None:
        """Take the best next sentence until the budget is met."""
        given = self.given
        while self.free.any() and not self._full():
            self.take(int(self.values().argmax()))
        if self.words and len(self.chosen) > 1:
            total = int(given.lengths[self.chosen].sum())
            without = total - int(given.lengths[self.chosen[-1]])
            if abs(without - self.words) <= abs(total - self.words):
                self.drop(self.chosen[-1])

    def exchange(self) -> bool:
        """Change one chosen sentence for another where that is best; False where none is better."""
        import numpy as np

        given = self.given
        total, tokens = int(given.lengths[self.chosen].sum()), self._tokens()
        best = float(self._value(self._overlap(), tokens)) + ALIKE
        found: tuple[int, int] | None = None
        for old in tuple(self.chosen):
            self.drop(old)
            values = self._value(
                self._overlap() + self._gains(), tokens - given.tokens[old] + given.tokens
            )
            values = np.where(self.free, values, -np.inf)
            values[old] = -np.inf
            if self.words:
                totals = total - given.lengths[old] + given.lengths
                values[np.abs(totals - self.words) > abs(total - self.words)] = -np.inf
            self.take(old)
            new = int(values.argmax())
            if values[new] > best:
                best, found = float(values[new]), (old, new)
        if found:
            self.drop(found[0])
            self.take(found[1])
        return found is not None

    def _full(self) -> bool:
        if self.words:
            return bool(self.given.lengths[self.chosen].sum() >= self.words)
        return len(self.chosen) >= self.limit

    def take(self, number: int, sign: int = 1) -> None:
        """Add a sentence; with a `sign` of -1 give it back."""
        pairs = slice(self.ends[number], self.ends[number + 1])
        self.held[self.given.word_of[pairs]] += sign * self.given.count_of[pairs]
        self.free[number] = sign < 0
        if sign > 0:
            self.chosen.append(number)
        else:
            self.chosen.remove(number)

    def drop(self, number: int) -> None:
        """Give a sentence back."""
        self.take(number, -1)

    def _tokens(self) -> int:
        return int(self.given.tokens[self.chosen].sum())

    def _overlap(self) -> float:
        """How many words of the summary the chosen sentences are expected to hold."""
        import numpy as np

        return float(self.sums[np.arange(len(self.held)), self.held.clip(max=MOST_TIMES)].sum())

    def _gains(self) -> Numbers:
        """How many more they would hold with each sentence."""
        import numpy as np

        given = self.given
        before = self.held[given.word_of]
        after = (before + given.count_of).clip(max=MOST_TIMES)
        before = before.clip(max=MOST_TIMES)
        more = self.sums[given.word_of, after] - self.sums[given.word_of, before]
        return np.bincount(given.sentence_of, more, len(given.lengths))

    def _value(self, overlap: Any, tokens: Any) -> Any:
        """The overlap as a share of the mean of both lengths; of one choice or of several."""
        return 2 * overlap / (tokens + self.expected)


def _sums(chances: Numbers) -> Numbers:
    """How often a summary is expected to hold a word, if it may count up to 0, 1, ... times."""
    import numpy as np

    chances = np.minimum.accumulate(chances, axis=1)
    # Behind the last time that was judged, chances fall as they fell last.
    fall = (chances[:, -1] / np.maximum(chances[:, -2], ALIKE)).clip(0, 0.95)
    more = np.arange(1, MOST_TIMES - chances.shape[1] + 1)
    late = chances[:, -1:] * fall[:, None] ** more
    sums = np.concatenate([chances, late], axis=1).cumsum(axis=1)
    return np.concatenate([np.zeros((len(sums), 1)), sums], axis=1)
