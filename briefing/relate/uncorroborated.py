"""Documents, readings and groups in, how many of the main claims one origin alone makes out.

Two sources may say the same in words that no rule brings together, so a claim counts only if
nothing in any other source comes near it.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.findings import Evidence, Unknown
from briefing.quantities.stems import stems
from briefing.relate.forms import PREDICATE
from briefing.relate.matters import by_sentence
from briefing.relate.open_points import is_body
from briefing.relate.places import Place
from briefing.relate.same import groups_at
from briefing.relate.weights import levelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.document import Document, Span
    from briefing.findings import Reading
    from briefing.relate.origins import Origins
    from briefing.relate.same import Group

KEY_CLAIMS = 15
FEWEST_CLAIMS = 5
CHECKED = 0.6
"""How much of a key claim's rank is its worth as one to check; the rest is its salience."""
LEAST_STEMS = 3
"""Telling words of a claim, fewer of which tell too little to be found again."""
NEAR = 0.3
"""Share of a claim's words, the rarer the more, from which on a sentence may say the same."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
TELLS = re.compile(rf"\d|\w{{2,}}ed\b|{PREDICATE.pattern}", re.IGNORECASE)
"""What a claim has at least one of: a number, or a verb as far as short ones show it."""


class KeyClaim(NamedTuple):
    """A claim, where it stands, what it is about, and the groups of statements that make it."""

    score: float
    document: int
    span: Span
    stems: frozenset[str]
    groups: frozenset[int]


def single_origin(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    origins: Origins,
    groups: Sequence[Group],
) -> list[Unknown]:
    """How many of the key claims of several documents have one origin, as far as was found.

    Returns:
        At most one entry; its evidence is those claims, the most telling first.
    """
    if len(documents) < 2:
        return []
    key = key_claims(documents, readings, origins, groups)
    near = Nearness(documents, readings, origins)
    alone = [
        claim
        for claim in key
        if all(groups[at].origins < 2 for at in claim.groups) and not near.others(claim)
    ]
    if len(key) < FEWEST_CLAIMS or not alone:
        return []
    return [
        Unknown(
            "single_origin",
            tuple(sorted({claim.document for claim in alone})),
            evidence=tuple(
                Evidence(claim.document, claim.span, documents[claim.document][claim.span])
                for claim in alone
            ),
            counts=(len(alone), len(key)),
        )
    ]


def key_claims(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    origins: Origins,
    groups: Sequence[Group],
) -> list[KeyClaim]:
    """The claims that most need to be checked and matter most, each once, the best first."""
    at_place = groups_at(groups)
    writing = origins.writing
    found = [
        claim
        for number, (document, reading) in enumerate(zip(documents, readings, strict=True))
        if writing[number] == number
        for claim in claims_of(number, document, reading, at_place)
        if origins.of(number, claim.span) == number
    ]
    chosen: list[KeyClaim] = []
    for claim in sorted(found, key=lambda one: (-one.score, one.document, one.span)):
        if len(chosen) == KEY_CLAIMS:
            break
        if not any(claim.groups & other.groups for other in chosen):
            chosen.append(claim)
    return chosen


def claims_of(
    number: int, document: Document, reading: Reading, at_place: dict[Place, set[int]]
) -> Iterator[KeyClaim]:
    """The best claim of each sentence of a document's body, with the groups of all that hold it."""
    scores = levelled(reading.salience)
    best: dict[int, tuple[float, Span]] = {}
    for claim in reading.claims:
        index = reading.sentence_at(claim.span.start)
        if index >= 0 and is_body(document, reading.sentences[index]):
            score = CHECKED * claim.score + (1 - CHECKED) * scores[index]
            best[index] = max(best.get(index, (score, claim.span)), (score, claim.span))
    held = by_sentence(reading) if best else {}
    for index, (score, span) in best.items():
        holding = (
            at
            for at in held.get(index, ())
            if any(content.overlaps(span) for content in reading.statements[at].content)
        )
        found = (at_place.get(Place(number, at), set()) for at in holding)
        words = document[span]
        about = features(words)
        if len(about) >= LEAST_STEMS and not words.isupper() and TELLS.search(words):
            yield KeyClaim(score, number, span, about, frozenset().union(*found))


@lru_cache(maxsize=4096)
def features(text: str) -> frozenset[str]:
    """The telling words of `text` without their endings, and its numbers."""
    return stems(text) | {*NUMBER.findall(text)}


class Nearness:
    """Which words the sentences of each origin have.

    Args:
        documents: The sources.
        readings: One a document.
        origins: What the documents share.
    """

    def __init__(
        self, documents: Sequence[Document], readings: Sequence[Reading], origins: Origins
    ) -> None:
        self.writing = origins.writing
        self.sentences: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self.count = 0
        for number, (document, reading) in enumerate(zip(documents, readings, strict=True)):
            for index, sentence in enumerate(reading.sentences):
                self.count += 1
                for stem in features(document[sentence.span]):
                    self.sentences[stem].append((number, index))

    def others(self, claim: KeyClaim) -> bool:
        """Whether a sentence of another origin comes near to saying what `claim` says.

        So it does with many of its words, or with a number and another word of it.
        """
        own = self.writing[claim.document]
        shared: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
        numbers: set[tuple[int, int]] = set()
        weights = []
        for stem in sorted(claim.stems):
            weights.append(math.log(1 + self.count / max(1, len(self.sentences[stem]))))
            for place in self.sentences[stem]:
                if self.writing[place[0]] != own:
                    shared[place].append(weights[-1])
                    numbers |= {place} if stem[0].isdigit() else set()
        least = NEAR * math.fsum(weights)
        return any(
            math.fsum(found) >= least or (place in numbers and len(found) > 1)
            for place, found in shared.items()
        )
