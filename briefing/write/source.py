"""One document with its reading, as the selection looks at it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from briefing.document import Document, Span
from briefing.findings import AUTHOR, Actor, Piece, Reading, Statement
from briefing.write.marks import is_quoted, unwrapped

if TYPE_CHECKING:
    from collections.abc import Sequence


LEAD_WEIGHT = 0.4
"""What a sentence gains that a summary of a few sentences would hold.

Salience is counted a word: it puts a short sentence before a long one that tells what happened.
"""
SHARED_WEIGHT = 0.5
"""What a sentence gains that has only words which other sources have too."""
SELF_WEIGHT = 1.0
"""What a sentence loses that tells who its author is, rather than what they have to say."""
OURSELVES = re.compile(r"(?<![“\"‘'\w])We\b")
"""An author in the plural, not where a quotation begins."""
SHORTEST = 6
"""Words of a passage at least."""
LONGER_WORD = re.compile(r"\w{5,}")
ADDRESS = re.compile(r"https?://|\bwww\.\w")
ASKED = r"(?i:(?:an? )?(?:interview|conversation) with )?"
NOTES = re.compile(
    r"^[ \t]*(?:[-–—*#]+[ \t]*)?(?:ends?|notes? (?:to|for) (?:news )?editors?|editor['’]?s['’]? notes?"
    r"|(?:for (?:more|further) information|(?:media|press) (?:contacts?|enquir\w+|inquir\w+))"
    r"[^.\n]{0,60})[ \t]*(?:[-–—*#]+|:)?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""What ends the text of a press release; what stands below is about who sent it."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document with its reading and what is needed to score it.

    Attributes:
        number: Index of the document.
        document: The text.
        reading: What was found in it.
        scores: One a sentence: 0 to 1 from its salience, more where it leads and with words
            that other sources share.
        statements_by: The statements that reach into each sentence.
        actors_by: The actors named in each sentence, each with its mentions there.
        printed: What can be printed of it, as far as it was asked before.
        answers: Who has the first turn of a transcript that has a name.
        answers_start: Where that begins.
    """

    number: int
    document: Document
    reading: Reading
    scores: tuple[float, ...]
    statements_by: tuple[tuple[Statement, ...], ...]
    actors_by: tuple[tuple[Actor, ...], ...]
    printed: dict[tuple[object, ...], tuple[Piece, ...]]
    answers: tuple[str, ...] = ()
    answers_start: int = 0

    def statements(self, span: Span) -> tuple[Statement, ...]:
        """Statements that reach into the sentences of `span`, each once."""
        numbers = sentences_of(self.reading, span)
        return tuple(dict.fromkeys(chain.from_iterable(self.statements_by[n] for n in numbers)))

    def actors(self, span: Span) -> tuple[Actor, ...]:
        """Actors named in the sentences of `span`, an entry each for every sentence."""
        numbers = sentences_of(self.reading, span)
        return tuple(chain.from_iterable(self.actors_by[n] for n in numbers))

    @property
    def authors(self) -> tuple[str, ...]:
        """Whose the text's own sentences are."""
        return self.document.authors or (AUTHOR,)

    def is_signed(self, span: Span) -> bool:
        """Whether it is known who speaks where the text says `we` in `span`."""
        in_turn = bool(self.answers) and span.start >= self.answers_start
        return in_turn or bool(self.document.authors or self.document.publisher)


class Outline(NamedTuple):
    """What a `Source` has of a document and its reading alone, whatever other sources there are.

    Attributes:
        words_by: The longer words of each sentence.
        statements_by: See `Source`.
        actors_by: Likewise.
        printed: Likewise.
        answers: Likewise.
        answers_start: Likewise.
    """

    words_by: tuple[frozenset[str], ...]
    statements_by: tuple[tuple[Statement, ...], ...]
    actors_by: tuple[tuple[Actor, ...], ...]
    printed: dict[tuple[object, ...], tuple[Piece, ...]]
    answers: tuple[str, ...]
    answers_start: int


def read_all(documents: Sequence[Document], readings: Sequence[Reading]) -> list[Source]:
    """One source a document, in their order."""
    shared = shared_words(documents)
    highest = max((score for reading in readings for score in reading.salience), default=0.0)
    return [
        read_source(number, document, reading, shared, highest)
        for number, (document, reading) in enumerate(zip(documents, readings, strict=True))
    ]


def shared_words(documents: Sequence[Document]) -> frozenset[str]:
    """Longer words that stand in at least half of several documents: what all are about."""
    counts = Counter(word for document in documents for word in longer_words(document.text))
    least = max(2, len(documents) / 2)
    return frozenset(word for word, count in counts.items() if count >= least)


@lru_cache(maxsize=16)
def longer_words(text: str) -> frozenset[str]:
    """The longer words of `text`, whatever their case."""
    return frozenset(LONGER_WORD.findall(text.casefold()))


def read_source(
    number: int,
    document: Document,
    reading: Reading,
    shared: frozenset[str],
    highest: float,
) -> Source:
    """Bring salience, at most `highest`, to 0 to 1, and favour sentences with `shared` words."""
    lowest = min(reading.salience, default=0.0)
    width = highest - lowest
    scores = []
    outline = outlined(document, reading)
    for at, (longer, salience) in enumerate(zip(outline.words_by, reading.salience, strict=True)):
        level = (salience - lowest) / width if width else 1.0
        common = len(longer & shared) / max(len(longer), SHORTEST)
        leading = LEAD_WEIGHT * (at in reading.leads)
        introducing = introduces(document, reading.sentences[at].span)
        scores.append(level + leading + SHARED_WEIGHT * common - SELF_WEIGHT * introducing)
    return Source(
        number,
        document,
        reading,
        tuple(scores),
        outline.statements_by,
        outline.actors_by,
        outline.printed,
        outline.answers,
        outline.answers_start,
    )


def introduces(document: Document, span: Span) -> bool:
    """Whether a sentence tells who has issued the text: `The Pilots’ Union speaks for 80 pilots`.

    It is in the present tense, of somebody who says `we` elsewhere; news of oneself has another
    tense, or no `we`.
    """
    names = [*document.authors, *filter(None, (document.publisher,))]
    words = straight(document[span])
    told = any(
        re.match(rf"(?:the )?{re.escape(straight(name))}(?: \([^()]*\))? \w+s\b", words, re.I)
        for name in names
    )
    return told and OURSELVES.search(document.text, span.end) is not None


def straight(text: str) -> str:
    """`text` with one kind of apostrophe."""
    return text.replace("’", "'")


@lru_cache(maxsize=16)
def outlined(document: Document, reading: Reading) -> Outline:
    """The outline of one document; briefs of one batch share sources."""
    words_by = tuple(
        frozenset(LONGER_WORD.findall(document[sentence.span].casefold()))
        for sentence in reading.sentences
    )
    turns = (
        (statement.holders, span.start)
        for statement in reading.statements
        for span in statement.content[:1]
        if statement.holders and is_turn(statement, reading.sentences[statement.sentence].span)
    )
    answers = next(turns, ((), 0))
    return Outline(words_by, statements_by(reading), actors_by(reading), {}, *answers)


def statements_by(reading: Reading) -> tuple[tuple[Statement, ...], ...]:
    """For each sentence the statements that begin in it or have words in it."""
    found: list[list[Statement]] = [[] for _ in reading.sentences]
    for statement in reading.statements:
        spans = (*statement.content, *statement.hedges)
        numbers = {number for span in spans for number in sentences_of(reading, span)}
        for number in sorted(numbers | {statement.sentence}):
            found[number].append(statement)
    return tuple(map(tuple, found))


def actors_by(reading: Reading) -> tuple[tuple[Actor, ...], ...]:
    """For each sentence the actors named in it, with no other mentions than those."""
    found: list[list[Actor]] = [[] for _ in reading.sentences]
    for actor in reading.actors:
        mentions: dict[int, list[Span]] = {}
        for mention in actor.mentions:
            for number in sentences_of(reading, mention):
                mentions.setdefault(number, []).append(mention)
        for number, spans in mentions.items():
            found[number].append(Actor(actor.name, actor.kind, tuple(spans)))
    return tuple(map(tuple, found))


def sentences_of(reading: Reading, span: Span) -> range:
    """Indices of the sentences that share words with `span`; sentences stand in order."""
    sentences = reading.sentences
    first = bisect_right(sentences, span.start, key=lambda sentence: sentence.span.end)
    last = bisect_left(sentences, span.end, key=lambda sentence: sentence.span.start)
    return range(first, max(first, last))


@lru_cache(maxsize=16)
def notes_start(text: str) -> int:
    """Where notes to editors begin that follow the text; its end where there are none."""
    match = next(NOTES.finditer(text, len(text) // 2), None)
    return match.start() if match else len(text)


def is_running(source: Source, index: int) -> bool:
    """Whether the sentence is a whole one of the body, above any notes to editors, and no question.

    One with a web address in it belongs on a screen: an address takes the room of a line.
    """
    sentence = source.reading.sentences[index]
    words = source.document[sentence.span].rstrip("”\"’') ")
    document = source.document
    body = document.body_start <= sentence.span.start < notes_start(document.text)
    whole = sentence.kind != "heading" and words.endswith((".", "!", "…"))
    return body and whole and ADDRESS.search(words) is None


def is_apart(source: Source, index: int) -> bool:
    """Whether the sentence is about the text rather than of it: a headline, a note on its author."""
    return is_headline(source, index) or is_introduction(source, index)


def is_headline(source: Source, index: int) -> bool:
    """Whether the sentence is the first of an unsigned text and makes up its first paragraph."""
    sentences = source.reading.sentences
    if index or source.document.authors or len(sentences) < 2:
        return False
    return sentences[0].paragraph != sentences[1].paragraph


def is_introduction(source: Source, index: int) -> bool:
    """Whether the sentence tells who its own author is, or who answers below, calling them by name.

    `Ada Lind is a columnist.` and `Interview with Ada Lind, a columnist.`: whoever publishes the text says so, not Lind, and nobody asks.
    """
    span = source.reading.sentences[index].span
    below = source.answers if span.start < source.answers_start else ()
    words = source.document[span].lstrip("*_ ")
    persons = {actor.name for actor in source.actors_by[index] if actor.kind == "person"}
    return any(
        told[1] or name in persons
        for name in (*source.document.authors, *below)
        if (told := re.match(rf"{ASKED}{re.escape(name)},? (?=[a-z])(is|was)?", words))
    ) and not any(one.cue and one.resolved for one in source.statements_by[index])


def is_authors_voice(source: Source, index: int) -> bool:
    """Whether the sentence, as a whole, is the author's.

    It is not within a longer quotation, nor in a speaker's turn of a transcript.
    """
    span = source.reading.sentences[index].span
    if is_quoted(source.document, span) or unwrapped(source.document, span) != span:
        return False
    return not any(
        (statement.quoted and statement.sentence != index and content.overlaps(span))
        or is_turn(statement, span)
        for statement in source.statements_by[index]
        for content in statement.content
    )


def is_turn(statement: Statement, span: Span) -> bool:
    """Whether the sentence at `span` is said by `statement`'s holder as a whole, without a cue."""
    return statement.basis == "reported" and not statement.cue and statement.content == (span,)


def own_hedges(source: Source, index: int) -> tuple[Span, ...]:
    """Hedges in the sentence that are the author's."""
    return tuple(
        hedge
        for statement in source.statements_by[index]
        if statement.sentence == index and statement.basis != "reported"
        for hedge in statement.hedges
    )


def sentence_at(reading: Reading, offset: int) -> int | None:
    """Index of the sentence that holds `offset`."""
    return next(iter(sentences_of(reading, Span(offset, offset + 1))), None)
