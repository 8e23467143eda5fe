"""Readings of all documents in, what shows only over all of them out.

That is what the sources leave open, and which actors matter most.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.document import Document, Span, enumerate_names
from briefing.findings import Actor, Evidence, Reading, Unknown
from briefing.marks import DOUBLE_MARK, paired

if TYPE_CHECKING:
    from collections.abc import Sequence

QUESTIONS = 3
NEVER_QUOTED = 3
TITLE_ACTORS = 6
HEADLINE_ACTORS = 3
LONGEST_LINE = 90
"""Characters of a line that can be a heading."""
TOPICS = 2
LEAST_LETTERS = 4
LONGER_QUOTATION = 4
"""Words from which on a quotation is somebody's statement rather than a term."""
WORD_START = re.compile(r"\w+")
TURN = re.compile(r"(?:^|(?<=[.?!—-] )|(?<=\n))((?:[A-Z][\w.’'-]* ){0,4}[A-Z][\w.’'-]*):(?=\s)")
"""A name before a turn of speech."""
WORD = re.compile(r"[\w’'-]+|[^\w\s]")
"""Words and marks: a pair of words with a mark between them is none."""
FUNCTION_WORDS = frozenset(
    """about above after again also among another been before being below between both could does
    down during each either even ever every first from have having here however into itself just
    last least less like made make many might more most much must near need neither never next
    nobody none nothing once only onto other others over rather same says said shall should since
    some such take than that their them then there these they this those though three through
    thus under until upon very want wants well were what when where whether which while whom whose
    will with within without would year years your month months week weeks million billion cent
    crowns dollars euros pounds percent""".split()
)
LEANING = re.compile(
    r"\b(?:it|this|these|those|he|she|they|them|such|you|your|I|me|my)\b", re.IGNORECASE
)
"""What shows that a question may lean on the text before it."""
NAMELESS = frozenset(
    {"he", "she", "it", "they", "we", "i", "you", "who", "this", "that", "author"}
)


@dataclass(frozen=True, slots=True)
class Related:
    """What shows over all documents.

    Attributes:
        unknowns: What the sources leave open, the most telling first.
        title_actors: Names of the most salient persons, organisations and places, best first.
    """

    unknowns: tuple[Unknown, ...]
    title_actors: tuple[str, ...]


def relate(documents: Sequence[Document], readings: Sequence[Reading]) -> Related:
    """Find what all of `documents` together leave open and whom they are about.

    Args:
        documents: The sources.
        readings: One a document.
    """
    weights = actor_weights(readings)
    unknowns = [
        *single_source(documents, readings),
        *undated(documents),
        *never_quoted(documents, readings, weights),
        *open_questions(documents, readings),
    ]
    return Related(tuple(unknowns), tuple(list(weights)[:TITLE_ACTORS]))


def headline(documents: Sequence[Document], related: Related, focus: str) -> str:
    """A headline in the sources' own words where there is one, else made of names.

    Args:
        documents: The sources.
        related: What `relate` found in them.
        focus: What the user asked for, or empty.

    Returns:
        The title of a single source, the focus, or the main actors' names. No quotation mark
        is added to any.
    """
    if len(documents) == 1 and documents[0].title:
        return documents[0].title
    if focus:
        return focus
    known = {name.casefold() for document in documents for name in document.authors}
    actors = enumerate_names(apart(related.title_actors, known))
    if len(documents) == 1 and documents[0].authors:
        voice = documents[0].voice
        return f"{voice} on {actors}" if actors else voice
    if len(documents) == 1:
        named = first_line(documents[0]) or (actors and f"{actors}: 1 source")
        return named or documents[0].name.rpartition("/")[2]
    count = f"{len(documents)} sources"
    subject = enumerate_names(topics(documents)) or actors
    return f"{subject[:1].upper()}{subject[1:]}: {count}" if subject else count


def first_line(document: Document) -> str:
    """The first heading, or the first line where it reads as one; else empty."""
    if document.headings:
        return " ".join(document[document.headings[0]].split())
    line = document.text[document.body_start :].lstrip().partition("\n")[0].strip()
    return line if len(line) <= LONGEST_LINE and line[-1:].isalnum() else ""


def topics(documents: Sequence[Document]) -> tuple[str, ...]:
    """Up to two pairs of words that most of several documents have: `harbour dues`.

    Pairs of small letters only, so that they name a matter and nobody.
    """
    spread: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for document in documents:
        words = WORD.findall(document.text)
        pairs = Counter(pair for pair in pairwise(words) if all(map(is_topical, pair)))
        spread.update(pairs.keys())
        total.update(pairs)
    least = max(2, len(documents) / 2)
    common = sorted(
        (pair for pair, count in spread.items() if count >= least),
        key=lambda pair: (-spread[pair] * total[pair], pair),
    )
    chosen: list[tuple[str, str]] = []
    for pair in common:
        if len(chosen) < TOPICS and not any(set(pair) & set(other) for other in chosen):
            chosen.append(pair)
    return tuple(" ".join(pair) for pair in chosen)


def is_topical(word: str) -> bool:
    """Whether a word can name a matter: of some length, in small letters, no function word."""
    return (
        len(word) >= LEAST_LETTERS
        and word.isalpha()
        and word.islower()
        and word not in FUNCTION_WORDS
    )


def apart(names: Sequence[str], known: set[str]) -> tuple[str, ...]:
    """The first few of `names` that are not `known` and share no word with one another."""
    chosen: list[str] = []
    words: set[str] = set()
    for name in names:
        parts = {part for part in name.casefold().split() if len(part) > 2 and part != "the"}
        if name.casefold() not in known and not parts & words:
            chosen.append(name)
            words |= parts
    return tuple(chosen[:HEADLINE_ACTORS])


def actor_weights(readings: Sequence[Reading]) -> dict[str, float]:
    """Named persons, organisations and places with the salience of their sentences, best first.

    The salience of each document is brought to 0 to 1 first. A surname counts for the one
    person whose full name ends in it.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    full = full_names(readings)
    for reading in readings:
        scores = levelled(reading.salience)
        starts = [sentence.span.start for sentence in reading.sentences]
        for actor in reading.actors:
            if not is_named(actor):
                continue
            # Where there is no sentence around a mention, as in a byline, the index is -1.
            found = {bisect_right(starts, mention.start) - 1 for mention in actor.mentions} - {-1}
            weights[full.get(actor.name, actor.name)] += sum(0.1 + scores[at] for at in found)
    return dict(sorted(weights.items(), key=lambda entry: -entry[1]))


def full_names(readings: Sequence[Reading]) -> dict[str, str]:
    """Names of one word that are the last word of exactly one person's full name, with that."""
    people = [
        actor.name for reading in readings for actor in reading.actors if actor.kind == "person"
    ]
    fuller: dict[str, set[str]] = {}
    for name in people:
        if " " in name:
            fuller.setdefault(name.split()[-1], set()).add(name)
    return {name: next(iter(fuller[name])) for name in people if len(fuller.get(name, ())) == 1}


def levelled(salience: Sequence[float]) -> list[float]:
    """`salience` stretched to 0 to 1, so that documents can be compared."""
    lowest = min(salience, default=0.0)
    width = max(salience, default=0.0) - lowest
    return [(score - lowest) / width if width else 1.0 for score in salience]


def is_named(actor: Actor) -> bool:
    """Whether the actor has a name of its own: no group, pronoun or common noun."""
    proper = any(word[:1].isupper() for word in actor.name.split())
    if re.search(r"[<>{}/\\]", actor.name):
        return False
    return actor.kind != "group" and proper and actor.name.casefold() not in NAMELESS


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
