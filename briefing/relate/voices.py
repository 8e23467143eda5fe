"""Statements of several documents in, how many independent voices stand behind them out.

A reprint, a wire copy or a pasted passage is no second voice, nor is an actor whose word several
documents report. Whoever cannot be told from another for sure is not counted as somebody else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.findings import AUTHOR
from briefing.quantities.stems import PRONOUNS
from briefing.relate.matters import OF_NAMES, nested
from briefing.relate.origins import WORD, by_age, connected
from briefing.relate.places import statement_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.document import Document, Span
    from briefing.findings import Reading
    from briefing.relate.origins import Origins
    from briefing.relate.places import Place

OWNED = re.compile(r"(.+?)(?:[’']s|(?<=s)[’'])\s+\S")
"""Somebody's somebody: `the Dock Union’s secretary`."""
OFFICE = re.compile(
    r"\s+(?:of|at)\s+(?:the\s+)?"
    r"|(?:,\s+(?:(?:the|a|an)\s+)?|\s*\n\s*(?!The\b))[^\W\d_][\w-]*(?:\s+[a-z][\w-]*){0,4}"
    r"(?:,|\s+(?:of|at|for))\s+(?:the\s+)?(?:[a-z][\w-]*\s+)?"
    r"|[’']s?\s+(?:[a-z][\w-]*\s+){0,3}[a-z][\w-]*,?\s+"
)
"""Between two names of which one speaks for the other: `, chair of the`, `’s secretary, `."""
TITLE = re.compile(r"(?:(?:[A-Z][\w-]*,?|of|and|for|the)\s+)+$")
PUBLISHED = re.compile(r"(?:©|\([cC]\)|\b[Pp]ublished by)\s*(?:\d{4},?\s+)?(?:by\s+)?(?:the\s+)?$")
"""What stands before whoever published a text."""
HEARSAY = frozenset("said reported reportedly allegedly alleged supposedly rumoured".split())
"""Hedges with which an author passes on what others say."""
TITLE_REACH = 80
"""Characters before a name in which a title stands."""
TITLE_LETTERS = 5
"""Letters by which a title and an office are the same: `Minister`, `Ministry`."""


class Voices:
    """Who speaks in `documents`: counts the independent ones behind some statements.

    Args:
        documents: The sources.
        readings: One a document.
        origins: What the documents share.
    """

    def __init__(
        self, documents: Sequence[Document], readings: Sequence[Reading], origins: Origins
    ) -> None:
        self.documents = documents
        self.readings = readings
        self.origins = origins
        self.age = {number: age for age, number in enumerate(by_age(documents))}
        self.writing = origins.writing
        self.parties = [*map(makers, documents, readings), *offices(documents, readings)]
        self.known: dict[frozenset[str], frozenset[int]] = {}

    def count(self, places: Mapping[Place, Sequence[Span]]) -> int:
        """How many independent voices stand behind some statements; at least 1.

        A passage counts where it stood first. Whoever is reported is one voice in all documents
        and one with the document that they wrote or published, and with the office that they
        hold. An author who also reports it has it from there. A holder without a name is nobody.

        Args:
            places: Where the statements stand, each with the words that count.
        """
        firsts = list(self.firsts(places))
        asserted = [one for one in firsts if statement_at(self.readings, one).basis == "asserted"]
        reported = [one for one in firsts if one not in asserted]
        held = {
            name_words(name)
            for one in reported
            for name in statement_at(self.readings, one).holders
        }
        # Who names the holder of the same claim in making it may have it from there.
        firsts = [
            one
            for one in firsts
            if one not in asserted or not any(self.names(one, words) for words in held)
        ]
        reporting = {
            one.document for one in firsts if statement_at(self.readings, one).basis != "asserted"
        }
        speakers = [
            speaker
            for place in firsts
            if statement_at(self.readings, place).basis != "asserted"
            or place.document not in reporting
            for speaker in self.speakers(place)
        ]
        pairs = [
            (one, other)
            for one, (words, parties) in enumerate(speakers)
            for other, (others, theirs) in enumerate(speakers[:one])
            if is_same_name(words, others) or parties & theirs
        ]
        return max(1, len(connected(len(speakers), pairs)))

    def firsts(self, places: Mapping[Place, Sequence[Span]]) -> Iterator[Place]:
        """`places` without those that repeat the words of another document among them."""
        by_writing: defaultdict[int, list[Place]] = defaultdict(list)
        for place, spans in places.items():
            longest = max(spans, key=lambda span: span.end - span.start)
            origin = self.origins.of(place.document, longest)
            by_writing[self.writing[origin]].append(place)
        for alike in by_writing.values():
            first = min((place.document for place in alike), key=self.age.__getitem__)
            yield from (place for place in alike if place.document == first)

    def speakers(self, place: Place) -> Iterator[tuple[frozenset[str], frozenset[int]]]:
        """The words of each holder's name, and the parties to which they belong."""
        statement = statement_at(self.readings, place)
        text = self.documents[place.document]
        if {text[hedge].casefold() for hedge in statement.hedges} & HEARSAY:
            return
        if statement.basis == "asserted":
            alone = len(statement.holders) == 1 and statement.holders[0] != AUTHOR
            words = name_words(statement.holders[0]) if alone else frozenset()
            names = {words, *self.parties[place.document]}
            yield words, frozenset((place.document,)).union(*map(self.belongs, names))
            return
        for holder in statement.holders if statement.resolved else ():
            owner = OWNED.match(holder)
            words = name_words(owner[1] if owner else holder)
            parties = self.belongs(words)
            if parties or is_name(holder):
                yield words, parties

    def names(self, place: Place, words: frozenset[str]) -> bool:
        """Whether a statement's own words name somebody.

        `The board measured a third` is no second witness to what the board says.
        """
        statement = statement_at(self.readings, place)
        return any(
            span.contains(mention)
            for actor in self.readings[place.document].actors
            if is_same_name(name_words(actor.name), words)
            for span in statement.content
            for mention in actor.mentions
        )

    def belongs(self, words: frozenset[str]) -> frozenset[int]:
        """Numbers of the parties that go by a name of these words."""
        if words not in self.known:
            self.known[words] = frozenset(
                number
                for number, party in enumerate(self.parties)
                if any(is_same_name(words, name) for name in party)
            )
        return self.known[words]


@lru_cache(maxsize=4096)
def name_words(name: str) -> frozenset[str]:
    """The telling words of a name, in small letters."""
    words = WORD.findall(re.sub(r"[’']s\b", "", name).casefold())
    return frozenset(word for word in words if word not in OF_NAMES)


def is_same_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one name may be short for the other."""
    return bool(one and other) and nested(one, other)


def is_name(holder: str) -> bool:
    """Whether `holder` names somebody: no pronoun, no common noun."""
    return (
        holder != AUTHOR
        and holder.casefold() not in PRONOUNS
        and any(word[:1].isupper() for word in holder.split())
    )


def makers(document: Document, reading: Reading) -> set[frozenset[str]]:
    """The names of those who wrote or published a document, as it says."""
    names = [*document.signatures]
    names += [
        actor.name
        for actor in reading.actors
        for span in actor.mentions
        if PUBLISHED.search(document.text, max(0, span.start - TITLE_REACH), span.start)
    ]
    return {name_words(name) for name in names} - {frozenset()}


def offices(
    documents: Sequence[Document], readings: Sequence[Reading]
) -> list[set[frozenset[str]]]:
    """Pairs of names of which a text says that one speaks for the other, as `Voices` has them."""
    bodies = {
        name_words(actor.name)
        for reading in readings
        for actor in reading.actors
        if actor.kind == "organisation" and " " in actor.name
    }
    spelt = [(starts(words), words) for words in sorted(bodies, key=sorted)]
    found: set[tuple[frozenset[str], frozenset[str]]] = set()
    for document, reading in zip(documents, readings, strict=True):
        mentions = sorted(
            (span, actor.name) for actor in reading.actors for span in actor.mentions
        )
        for (one, name), (other, following) in pairwise(mentions):
            if OFFICE.fullmatch(document.text, one.end, max(one.end, other.start)):
                found.add((name_words(name), name_words(following)))
        for span, name in mentions:
            title = TITLE.search(document.text, max(0, span.start - TITLE_REACH), span.start)
            if title:
                words = starts(name_words(title[0]))
                found.update((name_words(name), body) for short, body in spelt if short <= words)
    return [{*pair} for pair in sorted(found, key=lambda pair: [sorted(one) for one in pair])]


def starts(words: Iterable[str]) -> frozenset[str]:
    """The first letters of each of `words`."""
    return frozenset(word[:TITLE_LETTERS] for word in words)
