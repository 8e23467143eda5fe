"""Documents and readings in, which main actors nobody quotes out.

It is said of nobody while a quotation whose speaker is not known may be theirs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from briefing.document import Document, Span
from briefing.findings import Reading, Unknown
from briefing.marks import DOUBLE_MARK, paired
from briefing.relate.voices import is_same_name, name_words
from briefing.relate.weights import full_names, is_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NEVER_QUOTED = 3
LONGER_QUOTATION = 4
"""Words from which on a quotation is somebody's statement rather than a term."""
WORD = re.compile(r"\w+")
TURN = re.compile(r"(?:^|(?<=[.?!—-] )|(?<=\n))((?:[A-Z][\w.’'-]* ){0,4}[A-Z][\w.’'-]*):(?=\s)")
"""A name before a turn of speech."""
BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
SENTENCE_END = re.compile(r"[.!?…:,;][\"”’')\]]*$")
ADDRESSED = re.compile(r"(?:to|dear)\b", re.IGNORECASE)
MOST_ENDS = 5
"""Paragraphs that may be a text's head; those of its sign-off are fewer."""
LONGEST_END = 300
"""Characters of one of them."""


def never_quoted(
    documents: Sequence[Document], readings: Sequence[Reading], weights: dict[str, float]
) -> list[Unknown]:
    """The main persons and organisations to whom positions are ascribed in others' words only.

    Nobody is named where a document that names them has a longer quotation of a speaker who is
    not known, for it may be theirs; nor where the sources quote nobody at all.
    """
    if not any(statement.quoted for reading in readings for statement in reading.statements):
        return []
    full = full_names(readings)
    held: dict[str, list[int]] = {}
    for number, reading in enumerate(readings):
        kinds = {actor.name: actor.kind for actor in reading.actors if is_named(actor)}
        for position in reading.positions:
            name = full.get(position.actor, position.actor)
            fits = kinds.get(position.actor) in ("person", "organisation")
            if fits and position.basis != "asserted":
                held.setdefault(name, []).append(number)
    names: list[str] = []
    ranked = sorted(held, key=lambda one: (-len(held[one]), -weights.get(one, 0.0), one))
    for name in unheard(ranked, documents, readings):
        known = any(map(to_called(name).may_be, map(to_called, names)))
        if not known and not is_common(name, documents):
            names.append(name)
        if len(names) == NEVER_QUOTED:
            break
    numbers = sorted({number for name in names for number in held[name]})
    return [Unknown("never_quoted", tuple(numbers), tuple(names))] if names else []


def unheard(
    names: Iterable[str], documents: Sequence[Document], readings: Sequence[Reading]
) -> Iterator[str]:
    """Those of `names` whose own words no document has, not even from a speaker who is not known."""
    pairs = list(zip(documents, readings, strict=True))
    heard = {to_called(name) for pair in pairs for name in speakers(*pair)}
    unsure = [document for document, reading in pairs if not knows_speakers(document, reading)]
    for name in names:
        quoted = any(map(to_called(name).may_be, heard))
        if not quoted and not any(is_in(name, document) for document in unsure):
            yield name


class Called(NamedTuple):
    """A name, to be compared with others: its telling words, and the last one."""

    words: frozenset[str]
    last: str

    def may_be(self, other: Called) -> bool:
        """Whether two names may be of one: one is short for the other, or both end alike."""
        return self.last == other.last or is_same_name(self.words, other.words)


def to_called(name: str) -> Called:
    """`name` as it is compared."""
    return Called(name_words(name), last_word(name))


def is_in(name: str, document: Document) -> bool:
    """Whether the last word of `name`, by which it is called again, stands in a document."""
    return (
        re.search(rf"\b{re.escape(last_word(name))}\b", document.text, re.IGNORECASE) is not None
    )


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
        any(content.start <= word.start() and word.end() <= content.end for content in spoken)
        for span in longer
        for word in WORD.finditer(document.text, *span)
    )


def speakers(document: Document, reading: Reading) -> set[str]:
    """The names of all whose own words `document` may have.

    Those quoted, and the organisations for which they may speak; its authors and publisher,
    whoever its title, head or sign-off names, and the names before turns of speech
    (`MS. QUIST: Good morning.`).
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
    signed = [*document.signatures]
    ends = list(signing(document.text))
    signed += [
        actor.name
        for actor in reading.actors
        if any(end.contains(mention) for end in ends for mention in actor.mentions)
    ]
    turns = [match[1] for match in TURN.finditer(document.text)]
    titled = re.findall(r"[\w’'-]+", document.title or "")
    return {name for name in (*quoted, *signed, *turns, *titled) if name_words(name)}


def signing(text: str) -> Iterator[Span]:
    """The paragraphs before a text's first sentence and after its last, without addressees.

    There stand a letterhead, whom a paper's authors work for, and who signs.
    """
    starts = [0, *(match.end() for match in BLANK_LINES.finditer(text))]
    stops = [*(match.start() for match in BLANK_LINES.finditer(text)), len(text)]
    spans = [Span(start, stop) for start, stop in zip(starts, stops, strict=True)]
    for ordered in (spans[:MOST_ENDS], spans[:-MOST_ENDS:-1]):
        for span in ordered:
            words = text[slice(*span)].strip()
            if SENTENCE_END.search(words) or len(words) > LONGEST_END:
                break
            if not ADDRESSED.match(words):
                yield span


def last_word(name: str) -> str:
    """The last word of `name`, in small letters and without a possessive ending."""
    words = name.replace("'", "’").casefold().split()
    return words[-1].removesuffix("’s").strip(".,’") if words else ""


def is_common(name: str, documents: Sequence[Document]) -> bool:
    """Whether `name` is a letter, or one word that the texts also have in small letters."""
    if len(name) < 2:
        return True
    small = re.compile(rf"\b{re.escape(name.lower())}\b")
    return " " not in name and any(small.search(document.text) for document in documents)
