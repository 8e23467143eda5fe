"""A pile in, the things that its positions are about out.

A thing goes by a noun: `the dues`, `doubling harbour dues` and `the plan to double the dues` have
one. With several words before it (`tax bill`, `water bill`) a noun is several things, and a bare
one is another thing in documents on other news.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.quantities.units import singular
from briefing.relate.held import held
from briefing.relate.origins import WORD
from briefing.relate.phrases import LIGHT, phrases
from briefing.relate.rarity import Kinship

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.document import Document
    from briefing.findings import Reading
    from briefing.relate.held import Held, PositionAt
    from briefing.relate.phrases import Phrase

TAKING_SIDES = frozenset(("supports", "accepts", "offers", "opposes", "rejects", "denies"))
"""Stances on the thing that an issue names, and on nothing else that the words mention."""
OBJECT, SUBJECT, MENTIONED, SHOWN = 1.0, 0.75, 0.5, 0.25
"""How sure a position is about a thing: that its issue is, of which its issue says something, that
its issue mentions, that only the words that show it mention."""
SHOWN_NOUNS = 2
LEAST_NAMED = 2
"""Times that a mark is named from which on a bare noun goes by it in print."""
ESTABLISHED = 3
"""Times that a word stands before a noun from which on the two are a matter of their own."""
ESTABLISHED_SHARE = 0.1
SAME_NEWS = 0.11
"""Cosine from which on a bare noun means one thing in two documents.

All pairs of documents on one matter reach it, and one in ten of those that are only of one kind,
such as the releases of one office.
"""
LEAST_TOLD = 2.5
"""Times in a thousand words, on average, that documents name a bare noun that is a matter in them;
idioms such as `on the table` stay below."""
LEADERS = 20
"""Kinds of news with which a document is compared for one noun."""

CLAUSE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|shall|should|can|cannot|could|may|might"
    r"|must|do|does|did|to|that|who|which|what|whether|if)\b|n[’']t\b|[’'](?:re|ve|ll|d|m)\b|[.!?]",
    re.IGNORECASE,
)
"""What shows that an issue is more than a noun phrase; the words before it may be one."""
PREPOSITION = re.compile(
    r"\b(?:of|for|in|on|at|by|from|with|without|until|before|after|against|over|about|between)\b",
    re.IGNORECASE,
)
GENERIC = frozenset("plan proposal idea move decision call suggestion prospect".split())
"""Nouns behind which stands what it is really about: `the plan to double the dues`."""
EMPTY = frozenset(
    """nothing something anything everything nobody somebody anybody everybody rest lot number part
    kind sort type bit fact case point moment place example reason way thing
    question answer word""".split()
)
"""Nouns that name no matter by themselves."""


class Thing(NamedTuple):
    """What an issue is about: a noun, what makes it a thing of its own, else on which news it is."""

    head: str
    mark: str
    news: int


class Pile:
    """Documents and readings, and what their words show of the things that they name.

    Args:
        documents: The sources.
        readings: One a document.
    """

    def __init__(self, documents: Sequence[Document], readings: Sequence[Reading]) -> None:
        self.documents = documents
        self.held = {one.at: one for one in held(documents, readings)}
        self._actors = frozenset(last_words(readings))
        self._kin = Kinship(documents)
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._inside: Counter[tuple[str, str, int]] = Counter()
        self._forms: Counter[tuple[str, str, bool]] = Counter()
        for number, document in enumerate(documents):
            for phrase in phrases(document.text):
                if phrase.opened:
                    self._counts[phrase.head][phrase.mark] += 1
                    self._inside[phrase.head, phrase.mark, number] += 1
                    plural = phrase.noun.lower() != phrase.head
                    self._forms[phrase.head, phrase.mark, plural] += 1
        self._news: defaultdict[str, dict[int, int]] = defaultdict(dict)

    def thing(self, phrase: Phrase, document: int) -> Thing:
        """What a phrase in a document names.

        A bare noun is short for the one that has an established mark and is called so more often
        in the same document; a mark that is not established goes where the noun is bare too.
        """
        head, mark = phrase.head, phrase.mark
        known, needless = self.marks(head)
        # Without an article before the two it is no mark: `to raise dues` is about dues.
        if mark not in self._counts[head] or mark in needless:
            mark = ""
        bare = self._inside[head, "", document]
        if not mark:
            near = [one for one in known if self._inside[head, one, document] >= max(1, bare)]
            mark = near[0] if len(near) == 1 else ""
        elif mark not in known and bare:
            mark = ""
        return Thing(head, mark, 0 if mark else self.news(head, document))

    def marks(self, head: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The marks that make a noun a thing of its own wherever it stands, and needless ones.

        The only mark of a noun is needless where the noun, in the same number, mostly has none.
        """
        counts = self._counts[head] if head in self._counts else Counter[str]()
        least = max(ESTABLISHED, ESTABLISHED_SHARE * counts.total())
        known = tuple(sorted(mark for mark, count in counts.items() if mark and count >= least))
        if len(known) == 1:
            plural = max((False, True), key=lambda many: self._forms[head, known[0], many])
            if self._forms[head, "", plural] >= self._forms[head, known[0], plural]:
                return (), known
        return known, ()

    def news(self, head: str, document: int) -> int:
        """The first of the documents on the same news that have a noun."""
        known = self._news[head]
        if document not in known:
            leaders = list(dict.fromkeys(known.values()))[:LEADERS]
            near = (one for one in leaders if self._kin.alike(one, document) >= SAME_NEWS)
            known[document] = next(near, document)
        return known[document]

    def is_told(self, thing: Thing, places: Iterable[PositionAt]) -> bool:
        """Whether the documents at `places` name a thing often enough, if it goes by one word."""
        words = [counted(self.documents[number].text) for number in {at.document for at in places}]
        shares = [
            sum(one[thing.head + ending] for ending in ("", "s", "es")) / one.total()
            for one in words
        ]
        return bool(thing.mark) or 1000 * math.fsum(shares) >= LEAST_TOLD * len(words)

    def mentions(self, one: Held) -> dict[Thing, float]:
        """The things that a position may be about, with how sure that is."""
        document = one.at.document
        issue = one.position.issue
        clause, turn = CLAUSE.search(issue), PREPOSITION.search(issue)
        first = min((match.start() for match in (clause, turn) if match), default=len(issue))
        found: dict[Thing, float] = {}
        generic = False
        for phrase in phrases(issue):
            head = phrase.start < first
            sure = SUBJECT if generic else MENTIONED
            if head:
                sure = SUBJECT if clause else OBJECT
            noun = phrase.opened or self.is_known(phrase)
            if self.is_nameable(phrase) and (noun or (head and (not clause or phrase.leads))):
                found.setdefault(self.thing(phrase, document), sure)
            generic = head and phrase.head in GENERIC
        if one.position.stance not in TAKING_SIDES:
            shown = " ".join(self.documents[document][span] for span in one.position.evidence)
            nouns = [each for each in phrases(shown) if each.opened and self.is_nameable(each)]
            for phrase in nouns[:SHOWN_NOUNS]:
                found.setdefault(self.thing(phrase, document), SHOWN)
        return found

    def is_nameable(self, phrase: Phrase) -> bool:
        """Whether a phrase is of a noun that can name a matter, and names no actor."""
        return (
            phrase.head in self._counts
            and phrase.head not in self._actors
            and phrase.head not in EMPTY | LIGHT
            and phrase.noun.islower()
        )

    def is_known(self, phrase: Phrase) -> bool:
        """Whether somewhere an article stands before a noun and its mark."""
        return bool(phrase.mark) and phrase.mark in self._counts[phrase.head]

    def name(self, thing: Thing, places: Iterable[PositionAt]) -> str:
        """The words by which the sources mostly call a thing, as they stand; empty without any."""
        plain: Counter[str] = Counter()
        marked: Counter[str] = Counter()
        marks: set[str] = set()
        for at in sorted(places):
            one = self.held[at]
            evidence = (self.documents[at.document][span] for span in one.position.evidence)
            said = {
                phrase
                for words in (one.position.issue, *evidence)
                for phrase in phrases(words)
                if phrase.head == thing.head and self.thing(phrase, at.document) == thing
            }
            plain.update({phrase.noun for phrase in said})
            known = {each for each in said if self.is_known(each)}
            marks.update(phrase.mark for phrase in known)
            marked.update({phrase.words for phrase in known})
        one_mark = len(marks) == 1 and (thing.mark or marked.total() >= LEAST_NAMED)
        called = marked if one_mark and marked else plain
        return min(called, key=lambda words: (-called[words], words), default="")


@lru_cache(maxsize=16)
def counted(text: str) -> Counter[str]:
    """How often each word stands in `text`, in small letters."""
    return Counter(WORD.findall(text.lower()))


def last_words(readings: Sequence[Reading]) -> Iterator[str]:
    """The words by which actors go, in small letters and without plural endings.

    Those with a capital, and what a body is in small letters: `the government of Orme`.
    """
    for reading in readings:
        names = [actor.name for actor in reading.actors]
        for name in dict.fromkeys((*names, *(one.actor for one in reading.positions))):
            yield from (singular(word) for word in WORD.findall(name) if word[0].isupper())
            body = WORD.findall(PREPOSITION.split(name, maxsplit=1)[0])
            if body:
                yield singular(body[-1])
