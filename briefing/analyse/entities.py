"""Names, amounts and dates as spaCy's recogniser finds them, decoded here.

In: parsed sentences. Out: the same, with `ents`. The network is spaCy's, and so is the result. Its
own loop asks of all 74 actions at every word whether they are allowed, and takes Python's lock for
each answer (spaCy 3.8): three times the time that the network needs. Here the choice at all words
outside a name is one product for many sentences; a name that begins is then followed to its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np  # noqa: TID253 - loaded with spaCy
from spacy.attrs import IS_SPACE, SENT_START  # noqa: TID253 - spaCy is loaded before
from spacy.tokens import Span  # noqa: TID253

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]

BATCH = 64
"""Sentences that are looked at together."""
OUT, BEGIN, IN, LAST, UNIT = "OBILU"
"""An action makes a word none of a name, its first, one within, its last or its only one."""


class Recogniser:
    """spaCy's recogniser of names.

    Args:
        pipe: An `EntityRecognizer` that looks at three words a step and keeps no beam.
    """

    def __init__(self, pipe: Any) -> None:
        moves = pipe.moves
        names = [moves.get_class_name(number) for number in range(moves.n_moves)]
        kinds = np.array([name[:1] for name in names])
        model = pipe.model
        # numpy would start threads for its products.
        self._ops = model.ops
        self._rows, self._lower = model.get_ref("tok2vec"), model.get_ref("lower")
        self._pieces = self._lower.get_param("b")
        upper = model.get_ref("upper")
        self._matrix, self._bias = upper.get_param("W"), upper.get_param("b")
        self._labels = [name[2:] for name in names]
        self._none = names.index(OUT)
        self._begins = kinds == BEGIN
        self._names = self._begins | (kinds == UNIT)
        # Not outside a name; `U-` without a label is for words that were set to be none.
        self._barred = np.array([name == "U-" or name[0] in (IN, LAST) for name in names])
        self._ways = {
            number: [names.index(f"{kind}-{label}") for kind in (IN, LAST)]
            for number, label in enumerate(self._labels)
            if self._begins[number]
        }

    def mark(self, docs: Sequence[Any]) -> None:
        """Set the `ents` of parsed sentences, which have none yet."""
        for start in range(0, len(docs), BATCH):
            batch = [doc for doc in docs[start : start + BATCH] if len(doc)]
            ends = np.cumsum([len(doc) for doc in batch])
            spans: list[list[Span]] = [[] for _ in batch]
            for first, stop, label in self._find(batch, ends) if batch else ():
                number = int(np.searchsorted(ends, first, side="right"))
                doc = batch[number]
                shift = int(ends[number]) - len(doc)
                spans[number].append(Span(doc, first - shift, stop - shift, label=label))
            for doc, own in zip(batch, spans, strict=True):
                doc.set_ents(own, default="outside")

    def _find(self, docs: Sequence[Any], ends: NDArray[np.int_]) -> Iterator[tuple[int, int, str]]:
        """First word, end and label of each name, words counted through all `docs`."""
        starts, spaces = (
            np.concatenate([doc.to_array(name) for doc in docs]) == 1
            for name in (SENT_START, IS_SPACE)
        )
        final = np.append(starts[1:], True)
        final[ends - 1] = True
        # A row for no word comes first; of each, what it adds as the word itself, as the first of
        # its name, and as the one before.
        rows = self._lower.predict(self._rows.predict(docs))
        nothing, parts = rows[0], rows[1:]
        scores = self._score(parts[:, 0] + nothing[1] + nothing[2])
        scores[:, self._barred] = -np.inf
        scores[np.ix_(final, self._begins)] = -np.inf
        scores[np.ix_(spaces, self._names)] = -np.inf
        best = scores.argmax(1)
        stop = 0
        for first in np.flatnonzero(best != self._none).tolist():
            if first >= stop:
                action = int(best[first])
                ways = self._ways.get(action)
                stop = self._follow(parts, final, first, ways) if ways else first + 1
                yield first, stop, self._labels[action]

    def _follow(self, parts: Floats, final: Flags, first: int, ways: list[int]) -> int:
        """Where the name of several words ends that begins with the word `first`."""
        for word in range(first + 1, len(parts)):
            hidden = parts[word, 0] + parts[first, 1] + parts[word - 1, 2]
            further, closed = self._score(hidden[None], ways)[0]
            if final[word] or closed > further:
                return word + 1
        raise AssertionError("a name of several words begins with no last word")

    def _score(self, sums: Floats, actions: list[int] | slice = slice(None)) -> Floats:
        """Scores of `actions` for each of `sums`, of (steps, hidden, pieces)."""
        hidden = (sums + self._pieces).max(2)
        products = self._ops.gemm(hidden, self._matrix[actions], trans2=True)
        scores: Floats = products + self._bias[actions]
        return scores
