"""Documents and readings in, what they say is not known or not decided out.

Points that several documents leave open are brought together, questions as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from briefing.document import Span
from briefing.findings import Evidence, Unknown
from briefing.marks import paired, stands_quoted
from briefing.quantities.figures import quantities
from briefing.quantities.stems import stem, stems
from briefing.relate.matters import by_sentence, innermost
from briefing.relate.unsettled import unsettled
from briefing.relate.voices import is_name
from briefing.relate.weights import levelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Literal

    from briefing.document import Document, Sentence
    from briefing.findings import Reading
    from briefing.relate.origins import Origins

POINTS = 4
"""Open points of one kind that are listed at most."""
SAME_POINT = 0.6
"""Least share of their words that two tellings of one point have in common, 0 to 1."""
ANOTHER = 0.5
"""What a point gains with each further source that leaves it open."""
SHORTEST = 6
"""Words of a sentence that says what is open."""
TURNED_DOWN = frozenset(("denies", "rejects", "opposes"))
CONNECTIVE = re.compile(
    r"(?:(?:but|and|yet|so|also|still|however|meanwhile|moreover|nevertheless)\b,?|in addition,)\s+",
    re.IGNORECASE,
)
HOW_MANY = re.compile(r"\bhow many (?P<what>(?P<noun>\w+).*)", re.IGNORECASE | re.DOTALL)
THAT = re.compile(r"that\s+")


class Point(NamedTuple):
    """One telling of something open.

    Attributes:
        score: How much its sentence matters, 0 to 1, more for what is surely open.
        document: Number of its document.
        words: What is printed of it.
        names: Who leaves it open; empty for the document's own voice.
    """

    score: float
    document: int
    words: Span
    names: tuple[str, ...] = ()


def said_open(
    documents: Sequence[Document], readings: Sequence[Reading], origins: Origins
) -> list[Unknown]:
    """What the sources say in so many words is not known, one entry each, the best first."""
    return to_unknowns("said_open", unsettled_points, documents, readings, origins)


def unsettled_points(number: int, document: Document, reading: Reading) -> Iterator[Point]:
    """Sentences of one document that say that something is open, as their holders have it."""
    found = [
        index
        for index, sentence in enumerate(reading.sentences)
        if is_body(document, sentence) and unsettled(document[sentence.span])
    ]
    held = by_sentence(reading) if found else {}
    scores = levelled(reading.salience)
    for index in found:
        sentence = reading.sentences[index].span
        for words, names in tellings(document, reading, sentence, held.get(index, ())):
            yield Point(scores[index], number, words, names)


def tellings(
    document: Document, reading: Reading, sentence: Span, held: Iterable[int]
) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """What is printed of a sentence that says that something is open, and in whose name.

    Nothing where somebody else says so and nobody can tell who, or where it is denied.

    Args:
        document: Where it stands.
        reading: Of the document.
        sentence: The sentence.
        held: Numbers of the statements with words in it.
    """
    words = unmarked(document, without_connective(document, sentence))
    place = cue_in(document, words)
    if words is None or place is None:
        return
    others = [at for at in held if reading.statements[at].basis != "asserted"]
    at = innermost(reading, place, others)
    if at is None:
        if not stands_quoted(document.text, *place):
            yield words, ()
        return
    statement = reading.statements[at]
    if statement.stance in TURNED_DOWN:
        return
    known = statement.resolved and not statement.via and all(map(is_name, statement.holders))
    start, end = statement.content[0]
    joined = THAT.match(document.text, start, end)
    told = unmarked(document, Span(joined.end() if joined else start, end))
    alone = len(statement.content) == 1 and sentence.contains(statement.content[0])
    if known and alone and told is not None and cue_in(document, told):
        yield told, statement.holders
    elif any(sentence.contains(span) for span in statement.source):
        yield words, ()
    elif known:
        yield words, statement.holders


def without_connective(document: Document, span: Span) -> Span:
    """`span` without the word that joins its sentence to the one before: `But details are few`."""
    match = CONNECTIVE.match(document.text, *span)
    return Span(match.end(), span.end) if match else span


def cue_in(document: Document, words: Span | None) -> Span | None:
    """Where `words`, if they are enough, say that something is open."""
    if words is None or len(document[words].split()) < SHORTEST:
        return None
    cue = unsettled(document[words])
    return cue and Span(words.start + cue[0], words.start + cue[1])


def is_body(document: Document, sentence: Sentence) -> bool:
    """Whether `sentence` is a running one of the body."""
    return sentence.kind == "sentence" and sentence.span.start >= document.body_start


def unmarked(document: Document, span: Span) -> Span | None:
    """`span` without a quotation mark at its edge whose partner is not printed between.

    None where such a mark stands elsewhere in it. A pair around the whole is left out too.
    """
    pairs, loose = paired(document.text)
    marks = [Span(mark.start, mark.end) for mark in loose]
    for pair in pairs:
        both = Span(pair.start, pair.inner_start), Span(pair.inner_end, pair.end)
        inside = [mark for mark in both if span.contains(mark)]
        if len(inside) == 1 or (pair.start, pair.end) == span:
            marks += inside
    start, end = span
    for mark in sorted(filter(span.contains, marks)):
        if mark.start == start:
            start = mark.end
        elif not document.text[mark.end : end].strip():
            end = mark.start
        else:
            return None
    return Span(start, end) if start < end else None


def to_unknowns(
    kind: Literal["said_open", "open_question"],
    points_of: Callable[[int, Document, Reading], Iterable[Point]],
    documents: Sequence[Document],
    readings: Sequence[Reading],
    origins: Origins,
) -> list[Unknown]:
    """One entry for each point of all documents, with all documents that leave it open, the best first.

    What the documents print first is told by the earliest of them; what one leaves open and
    another counts is not open.
    """
    points = [
        point
        for number, pair in enumerate(zip(documents, readings, strict=True))
        for point in points_of(number, *pair)
    ]
    merged: list[list[Point]] = []
    for point in sorted(points, key=lambda one: (-one.score, one.document, one.words)):
        if is_counted(point, documents, readings):
            continue
        alike = (group for group in merged if is_same(point, group[0], documents))
        group = next(alike, None)
        if group is None:
            merged.append([point])
        elif all(point.document != other.document for other in group):
            group.append(point)
    writing = origins.writing

    def rank(group: list[Point]) -> float:
        firsts = (origins.of(point.document, point.words) for point in group)
        return group[0].score + ANOTHER * (len({writing[one] for one in firsts}) - 1)

    best = sorted(merged, key=rank, reverse=True)[:POINTS]
    return [to_unknown(kind, group, documents) for group in best]


def is_counted(point: Point, documents: Sequence[Document], readings: Sequence[Reading]) -> bool:
    """Whether another document says how many, where a point says that this is not known."""
    match = HOW_MANY.search(documents[point.document][point.words])
    if match is None:
        return False
    asked, noun = stems(match["what"]), stem(match["noun"].lower())
    return any(
        len(asked & stems(text)) >= SAME_POINT * len(asked)
        and any(noun in map(stem, one.noun.split()) for one in quantities(text))
        for number, reading in enumerate(readings)
        if number != point.document
        for sentence in reading.sentences
        for text in [documents[number][sentence.span]]
        if text[-1:] != "?"
    )


def to_unknown(
    kind: Literal["said_open", "open_question"],
    group: Iterable[Point],
    documents: Sequence[Document],
) -> Unknown:
    """The entry for tellings of one point, the earliest dated first."""
    told = sorted(group, key=lambda one: (documents[one.document].date or "~", one))
    return Unknown(
        kind,
        tuple(sorted(point.document for point in told)),
        told[0].names,
        tuple(
            Evidence(point.document, point.words, documents[point.document][point.words])
            for point in told
        ),
    )


def is_same(one: Point, other: Point, documents: Sequence[Document]) -> bool:
    """Whether two tellings are of one point, in the names of the same."""
    words = [stems(documents[point.document][point.words]) for point in (one, other)]
    shared = len(words[0] & words[1])
    return one.names == other.names and shared >= SAME_POINT * max(1, len(words[0] | words[1]))
