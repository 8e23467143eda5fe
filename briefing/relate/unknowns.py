"""Readings of all documents in, what they leave open out.

One source that stands alone, undated ones, actors whom nobody quotes, questions that are asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Document, Span
from briefing.findings import Evidence, Reading, Unknown
from briefing.marks import DOUBLE_MARK, paired
from briefing.relate.weights import full_names, is_named, levelled

if TYPE_CHECKING:
    from collections.abc import Sequence

QUESTIONS = 3
NEVER_QUOTED = 3
LONGER_QUOTATION = 4
"""Words from which on a quotation is somebody's statement rather than a term."""
WORD_START = re.compile(r"\w+")
TURN = re.compile(r"(?:^|(?<=[.?!—-] )|(?<=\n))((?:[A-Z][\w.’'-]* ){0,4}[A-Z][\w.’'-]*):(?=\s)")
"""A name before a turn of speech."""
LEANING = re.compile(
    r"\b(?:it|this|these|those|he|she|they|them|such|you|your|I|me|my)\b", re.IGNORECASE
)
"""What shows that a question may lean on the text before it."""


def left_open(
    documents: Sequence[Document], readings: Sequence[Reading], weights: dict[str, float]
) -> tuple[Unknown, ...]:
    """What `documents` leave open, the most telling first.

    Args:
        documents: The sources.
        readings: One a document.
        weights: How much each actor matters, by name.
    """
    return (
        *single_source(documents, readings),
        *undated(documents),
        *never_quoted(documents, readings, weights),
        *open_questions(documents, readings),
    )


def single_source(documents: Sequence[Document], readings: Sequence[Reading]) -> list[Unknown]:
    """That one source stands alone, if it does and states anything."""
    alone = len(documents) == 1 and bool(readings[0].statements)
    return [Unknown("single_source", (0,))] if alone else []


def undated(documents: Sequence[Document]) -> list[Unknown]:
    """The documents without a date, together."""
    numbers = tuple(number for number, document in enumerate(documents) if document.date is None)
    return [Unknown("undated", numbers)] if numbers else []


def never_quoted(
    documents: Sequence[Document], readings: Sequence[Reading], weights: dict[str, float]
) -> list[Unknown]:
    """The main persons and organisations to whom positions are ascribed in others' words only.

    Nobody is named unless the speaker of every longer quotation is known: one that the reading
    missed may be theirs.
    """
    if not all(map(knows_speakers, documents, readings)):
        return []
    full = full_names(readings)
    speaking = set().union(*map(speakers, documents, readings))
    held: dict[str, list[int]] = {}
    for number, reading in enumerate(readings):
        kinds = {actor.name: actor.kind for actor in reading.actors if is_named(actor)}
        for position in reading.positions:
            name = full.get(position.actor, position.actor)
            fits = kinds.get(position.actor) in ("person", "organisation")
            reported = position.basis != "asserted" and not surnames((name,)) & speaking
            if fits and reported and not is_common(name, documents):
                held.setdefault(name, []).append(number)
    names = sorted(held, key=lambda name: (-len(held[name]), -weights.get(name, 0.0), name))
    names = names[:NEVER_QUOTED]
    if not names:
        return []
    numbers = sorted({number for name in names for number in held[name]})
    return [Unknown("never_quoted", tuple(numbers), tuple(names))]


def knows_speakers(document: Document, reading: Reading) -> bool:
    """Whether every quotation of some words lies in one whose speaker the reading knows."""
    pairs, loose = paired(document.text)
    spoken = [
        span
        for statement in reading.statements
        if statement.quoted and statement.resolved
        for span in statement.content
    ]
    quotations = [Span(pair.inner_start, pair.inner_end) for pair in pairs]
    longer = [span for span in quotations if len(document[span].split()) >= LONGER_QUOTATION]
    return not any(mark.opens for mark in loose) and all(
        any(
            content.start <= place.start + span.start < place.end + span.start <= content.end
            for content in spoken
        )
        for span in longer
        for place in map(to_span, WORD_START.finditer(document[span]))
    )


def to_span(match: re.Match[str]) -> Span:
    """Where `match` was found."""
    return Span(*match.span())


def speakers(document: Document, reading: Reading) -> set[str]:
    """Surnames of all whose own words `document` may have.

    Those quoted, and the organisations for which they may speak; its authors and publisher,
    whoever its title names, and the names before turns of speech (`MS. QUIST: Good morning.`).
    """
    quoted = [
        name
        for statement in reading.statements
        if statement.quoted or any(DOUBLE_MARK.search(document[one]) for one in statement.content)
        for name in statement.holders
    ]
    quoted += [position.actor for position in reading.positions if position.quoted]
    if quoted:
        quoted += [actor.name for actor in reading.actors if actor.kind == "organisation"]
    signed = [*document.authors, *filter(None, (document.publisher,))]
    turns = [match[1] for match in TURN.finditer(document.text)]
    titled = re.findall(r"[\w’'-]+", document.title or "")
    return surnames([*quoted, *signed, *turns, *titled])


def surnames(names: Sequence[str]) -> set[str]:
    """The last words of `names`, in small letters and without a possessive ending."""
    words = [name.replace("'", "’").casefold().split() for name in names]
    return {last[-1].removesuffix("’s").strip(".,’") for last in words if last}


def is_common(name: str, documents: Sequence[Document]) -> bool:
    """Whether `name` is a letter, or one word that the texts also have in small letters."""
    if len(name) < 2:
        return True
    small = re.compile(rf"\b{re.escape(name.lower())}\b")
    return " " not in name and any(small.search(document.text) for document in documents)


def open_questions(documents: Sequence[Document], readings: Sequence[Reading]) -> list[Unknown]:
    """The most salient questions that the sources' own voices ask, one entry each."""
    found: list[tuple[float, int, Span]] = []
    for number, (document, reading) in enumerate(zip(documents, readings, strict=True)):
        scores = levelled(reading.salience)
        held = [
            span
            for statement in reading.statements
            if statement.basis != "asserted"
            for span in statement.content
        ]
        for sentence, score in zip(reading.sentences, scores, strict=True):
            words = document[sentence.span]
            alone = sentence.kind == "sentence" and sentence.span.start >= document.body_start
            own = not DOUBLE_MARK.search(words) and not any(map(sentence.span.overlaps, held))
            if alone and own and words.endswith("?") and is_readable(words):
                found.append((-score, number, sentence.span))
    return [
        Unknown("open_question", (number,), (), (Evidence(number, span, documents[number][span]),))
        for _, number, span in sorted(found)[:QUESTIONS]
    ]


def is_readable(question: str) -> bool:
    """Whether `question` is long enough and leans on nothing before it."""
    return len(question.split()) >= 4 and LEANING.search(question) is None
