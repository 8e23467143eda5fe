"""Names that stand apart, in the sources, from what a sentence says beside them.

In: a sentence, and all sources. Out: faults. A sentence may put a name of one passage into the
words of another; each of them stands somewhere. So the words around each name are looked for
twice: where somebody of that name is spoken of, speaks or signs, and anywhere. A name is
misattributed if they stand much more fully where it does not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import log
from typing import TYPE_CHECKING

from briefing.support.grounds import beginning, terms
from briefing.verify.grounds import AROUND, Case, Fault, folded, stretch_of
from briefing.verify.names import Name, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefing.document import Document, Span
    from briefing.findings import Reading
    from briefing.support.grounds import Term
    from briefing.verify.grounds import Pile

    Place = tuple[int, int]
    """Number of a document, and of a sentence of its reading."""

BESIDE = 9
"""Words on each side of a name that are taken for what is said of it."""
ENDS = 3
"""Sentences at the beginning and at the end of a document in which it may say whose it is."""
GAP = 0.3
"""How much more of those words, 0 to 1 by their weight, must stand elsewhere.

Source: set on planted errors in three piles: of 150 true sentences 7 fail at 0.2 and 3 at 0.3, and
of 15 wrong names 12 and 11 are found.
"""


class Whereabouts:
    """Which words stand where in a pile, and whose sentences they are.

    Args:
        pile: All sources.
    """

    def __init__(self, pile: Pile) -> None:
        self._pile = pile
        self._where: dict[Term, list[Place]] = {}
        self._named: dict[Place, frozenset[str]] = {}
        for number, (document, reading) in enumerate(
            zip(pile.documents, pile.readings, strict=True)
        ):
            named = named_in(document, reading)
            for at, sentence in enumerate(reading.sentences):
                for term in terms(document[sentence.span]):
                    self._where.setdefault(term, []).append((number, at))
                around = named[max(0, at - AROUND) : at + AROUND + 1]
                self._named[number, at] = frozenset().union(*around)

    def faults(self, case: Case) -> Iterator[Fault]:
        """The names of a sentence that stand apart from what is said beside them."""
        found = list(names(case))
        for name in found:
            weights = self._weights(case.text, name, found)
            shares = self._shares(weights)
            if not shares or not name.words:
                continue
            best = max(shares, key=lambda place: (shares[place], place))
            own = [
                share for place, share in shares.items() if name.words[-1] in self._named[place]
            ]
            if shares[best] - max(own, default=0.0) > GAP:
                evidence = stretch_of(self._pile, *best).evidence
                shown = case[name.span]
                reason = (
                    f"what is said beside “{shown}” stands in another passage, without that name"
                )
                yield Fault("name", name.span, reason, misattributed=True, evidence=evidence)

    def _weights(self, text: str, name: Name, others: list[Name]) -> dict[Term, float]:
        """The weights of the words around a name, those of names left out; they sum up to 1.

        Words that no source has count among them as well: of a sentence that is not in the
        sources at all no passage has much.
        """
        masked = blanked(text, others)
        start, end = name.span
        beside = " ".join([*masked[:start].split()[-BESIDE:], *masked[end:].split()[:BESIDE]])
        own = {beginning(word) for word in name.words}
        count = len(self._named)
        found = {
            term: weight * log(1 + count / len(self._where.get(term, (0,))))
            for term, weight in terms(beside).items()
            if term not in own and (term in self._where or isinstance(term, str))
        }
        total = sum(found.values())
        return {term: weight / total for term, weight in found.items() if term in self._where}

    def _shares(self, weights: Mapping[Term, float]) -> dict[Place, float]:
        """How much of the weight each sentence has that has any."""
        shares: dict[Place, float] = {}
        for term, weight in weights.items():
            for place in self._where[term]:
                shares[place] = shares.get(place, 0.0) + weight
        return shares


def without_names(case: Case) -> str:
    """The sentence without its names: what is said, whoever says or does it."""
    return blanked(case.text, list(names(case)))


def blanked(text: str, found: list[Name]) -> str:
    """`text` with spaces in the places of names."""
    for name in found:
        start, end = name.span
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def named_in(document: Document, reading: Reading) -> list[frozenset[str]]:
    """For each sentence the words by which somebody is named in it, or whose it is."""
    sentences = reading.sentences
    texts = [document[sentence.span] for sentence in sentences]
    ends = range(len(texts))[:ENDS], range(len(texts))[-ENDS:]
    signed = [
        *document.signatures,
        document.title or "",
        document.handle or "",
        document.name.rpartition("/")[2].replace("-", " "),
        document.text[: document.body_start],
        *(texts[at] for end in ends for at in end),
    ]
    everywhere = words_of(*signed)
    named = [everywhere | words_of(text) for text in texts]
    for actor in reading.actors:
        known = words_of(actor.name, *(document[span] for span in actor.mentions))
        for at in {at for span in actor.mentions for at in reaching(reading, span)}:
            named[at] |= known
    for statement in reading.statements:
        held = words_of(*statement.holders, *statement.via)
        for at in {at for span in statement.content for at in reaching(reading, span)}:
            named[at] |= held
    return named


def reaching(reading: Reading, span: Span) -> range:
    """Numbers of the sentences that share words with `span`."""
    sentences = reading.sentences
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.span.end)
    last = bisect_left(sentences, span.end, key=lambda sentence: sentence.span.start)
    return range(first, max(first, last))


def words_of(*texts: str) -> frozenset[str]:
    """All words of some texts, folded."""
    return frozenset(word for text in texts for word in folded(text))
