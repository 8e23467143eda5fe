"""What a sentence is held against: passages of sources, what stands around them, and the pile.

In: a sentence with the analyser's reading of it, and the sentences of sources that it rests on.
Out: the records that the rules of the gate work on, and `Fault`, which they hand out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from briefing.document import Document, Span
from briefing.findings import Evidence, Reading, Statement
from briefing.quantities.stems import stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Kind = Literal["number", "name", "quotation", "negation", "hedge", "holder"]

AROUND = 2
"""Sentences before and after a passage in which a name that it leaves out may stand."""
WORD = re.compile(r"(?:[A-Z]\.)+[A-Z]?(?!\w)|[^\W_]+(?:&[^\W_]+)*")
"""A word of a name; `U.S.` and `A&B` are one each."""
POSSESSIVE = re.compile(r"(?<=\w)[’'](?:s\b|(?!\w))", re.IGNORECASE)
DOUBLED = re.compile(r"([bdgmnprt])\1$")
"""What an ending did to the last letter of a stem: `regretted`."""
BRITISH = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"\b(\w{2,})our(?=(?:s|ed|ing|able|ably|ful|ite|er|ers|hood|less)?\b)", r"\1or"),
        (r"(?<=\w{3}[^aeiou\W])is(?=(?:e|es|ed|ing|ation|ations|er|ers)\b)", "iz"),
        (r"(?<=\w{2}l)ys(?=(?:e|es|ed|ing)\b)", "yz"),
        (r"(?<=\w{2}[tb])re(?=s?\b)", "er"),
        (r"(?<=\w{2})ogue(?=s?\b)", "og"),
        (r"(?<=\w{2}[ae])ll(?=(?:ed|ing|er|ers|or|ors)\b)", "l"),
        (r"\bprogramme(?=s?\b)", "program"),
        (r"\bgrey", "gray"),
        (r"(?<=\bdef|\boff)ence(?=s?\b)|(?<=\blic)ence(?=s?\b)", "ense"),
    )
)
"""Spellings of which one paraphrase may have the first and another the second."""

CLAUSE = re.compile(
    r"[;:—–!?()]|,?\s+(?:but|while|whereas|although|though|even though)\s|,\s+(?:and|or|which|who|as|so|since|because)\s",
    re.IGNORECASE,
)
"""What parts two clauses."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A passage that a sentence rests on: a document and sentences of its reading, by number."""

    document: int
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pile:
    """All that anything may stand in: the sources, and one reading each."""

    documents: tuple[Document, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Assertion:
    """A sentence that somebody wrote, and the analyser's reading of it; spans index `text`."""

    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a sentence.

    Attributes:
        kind: What it got wrong.
        span: Where, in the sentence.
        reason: The same for people.
        misattributed: It stands in another passage, source or mouth; False where it is made up.
        evidence: Where it stands instead, or what the passage has in its place.
    """

    kind: Kind
    span: Span
    reason: str
    misattributed: bool = False
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """One sentence of a source: number of its document, its own number, and where it stands."""

    document: int
    sentence: int
    span: Span
    text: str

    def __getitem__(self, span: Span) -> str:
        """The words of `span`, counted from where the sentence begins."""
        return self.text[span.start : span.end]

    @property
    def evidence(self) -> Evidence:
        """The sentence as evidence."""
        return Evidence(self.document, self.span, self.text)


@dataclass(frozen=True, slots=True)
class Case:
    """An assertion and what it is judged by.

    Attributes:
        assertion: What is judged.
        pile: Everything.
        grounds: The sentences that it rests on, in order.
        near: The same with those around them and the headings above.
        framed: Names that are printed in front of it as holders.
    """

    assertion: Assertion
    pile: Pile
    grounds: tuple[Stretch, ...]
    near: tuple[Stretch, ...]
    framed: tuple[str, ...] = ()

    def __getitem__(self, span: Span) -> str:
        """The words of `span` in the sentence."""
        return self.text[span.start : span.end]

    @property
    def text(self) -> str:
        """The sentence."""
        return self.assertion.text

    @property
    def sources(self) -> tuple[Document, ...]:
        """The documents that the grounds lie in, each once."""
        numbers = dict.fromkeys(stretch.document for stretch in self.grounds)
        return tuple(self.pile.documents[number] for number in numbers)

    def elsewhere(self) -> Iterator[Stretch]:
        """The sentences of the pile that it does not rest on, in order."""
        taken = {(stretch.document, stretch.sentence) for stretch in self.grounds}
        for number, reading in enumerate(self.pile.readings):
            for at in range(len(reading.sentences)):
                if (number, at) not in taken:
                    yield stretch_of(self.pile, number, at)

    def held(self) -> Iterator[tuple[Stretch, Statement]]:
        """The statements of the sources that have words in the grounds, outer ones first."""
        for stretch in self.grounds:
            for statement in self.pile.readings[stretch.document].statements:
                if any(piece.overlaps(stretch.span) for piece in statement.content):
                    yield stretch, statement


def case_of(
    assertion: Assertion, grounds: Sequence[Ground], pile: Pile, framed: tuple[str, ...] = ()
) -> Case:
    """Collect what `assertion` is judged by; numbers of what does not exist are left out."""
    places = [
        (ground.document, at)
        for ground in grounds
        if 0 <= ground.document < len(pile.readings)
        for at in ground.sentences
        if 0 <= at < len(pile.readings[ground.document].sentences)
    ]
    around = [
        (number, other)
        for number, at in places
        for other in range(at - AROUND, at + AROUND + 1)
        if 0 <= other < len(pile.readings[number].sentences)
    ]
    above = [(number, at) for number, last in places for at in heading_above(pile, number, last)]
    return Case(
        assertion=assertion,
        pile=pile,
        grounds=tuple(stretch_of(pile, *place) for place in dict.fromkeys(places)),
        near=tuple(stretch_of(pile, *place) for place in dict.fromkeys(places + around + above)),
        framed=framed,
    )


def heading_above(pile: Pile, number: int, at: int) -> list[int]:
    """The heading that a sentence stands under, if there is one, and that of the whole text."""
    sentences = pile.readings[number].sentences
    headings = [other for other in range(at) if sentences[other].kind == "heading"]
    return [headings[0], headings[-1]] if headings else []


def stretch_of(pile: Pile, number: int, at: int) -> Stretch:
    """The sentence `at` of document `number`."""
    span = pile.readings[number].sentences[at].span
    return Stretch(number, at, span, pile.documents[number][span])


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """`word` in small letters, without accents, full stops and possessive ending."""
    small = unicodedata.normalize("NFKD", POSSESSIVE.sub("", word).casefold())
    return "".join(
        letter for letter in small if not unicodedata.combining(letter) and letter != "."
    )


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> tuple[str, ...]:
    """The words of `text`, folded, in order; the parts of a hyphenated one apart."""
    return tuple(fold(match[0]) for match in WORD.finditer(POSSESSIVE.sub("", text)))


@lru_cache(maxsize=1 << 14)
def telling(text: str) -> frozenset[str]:
    """The stems of the telling words of `text`; British and American spellings are one."""
    text = text.lower()
    # Votes are a unit where they are counted; here they are what is told.
    voting = {"vot"} if re.search(r"\bvot(?:es?|ed|ing)\b", text) else set()
    for british, american in BRITISH:
        text = british.sub(american, text)
    return frozenset(DOUBLED.sub(r"\1", word) for word in stems(text)) | voting


def share(words: frozenset[str], among: Iterable[str]) -> float:
    """Which share of `words` stands `among` others, 0 to 1; 0 where there are none."""
    return len(words.intersection(among)) / len(words) if words else 0.0


def nearest(words: frozenset[str], stretches: Iterable[Stretch]) -> Stretch | None:
    """The first of the sentences that have most of `words`; None where none has any."""
    best, most = None, 0
    for stretch in stretches:
        count = len(words & telling(stretch.text))
        if count > most:
            best, most = stretch, count
    return best


def clauses(text: str) -> list[Span]:
    """The clauses of `text`, as far as marks and conjunctions part them."""
    ends = [match.span() for match in CLAUSE.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    return [
        Span(start, end)
        for start, end in zip(starts, [*(start for start, _ in ends), len(text)], strict=True)
        if text[start:end].strip()
    ]
