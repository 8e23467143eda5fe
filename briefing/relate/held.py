"""Readings in, the positions of actors that can be named in print out, each words once."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.findings import AUTHOR
from briefing.quantities.stems import PRONOUNS, telling
from briefing.relate.denials import POINTS_BACK
from briefing.relate.origins import WORD, by_age
from briefing.relate.voices import is_same_name, makers, name_words
from briefing.relate.weights import full_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.document import Document
    from briefing.findings import Position, Reading


SHORT_DENIAL = re.compile(
    r"^\W*(?:it|he|she|they|we|i|this|that|[A-Z]\w+) (?:does|do|did|is|are|was|were|has|have|had|will"
    r"|would)(?: not|n[’']t)\W*$|\bnothing of the (?:kind|sort)\b|\bno such (?!thing as)\w+"
    r"|^\W*(?:this|that|it) (?:is|was) (?:\w+ly )?(?:false|untrue|wrong|not true|not so|a lie)\b",
    re.IGNORECASE,
)
"""A sentence that only denies the one before it."""


class PositionAt(NamedTuple):
    """A position: number of its document, and its own in that document's reading."""

    document: int
    position: int


class Held(NamedTuple):
    """A position of an actor that can be named in print.

    Attributes:
        at: Where it stands.
        actor: Name for print.
        position: The position.
        words: The words that show it, in small letters without marks; equal for a reprint.
    """

    at: PositionAt
    actor: str
    position: Position
    words: str


def held(documents: Sequence[Document], readings: Sequence[Reading]) -> Iterator[Held]:
    """The positions of actors that have a name, or a role that tells who they are.

    Of several with the same words of one actor only the first is there, so that a reprint counts
    for nothing.
    """
    full = full_names(readings)
    seen: set[tuple[str, str, str]] = set()
    for number in by_age(documents):
        document, reading = documents[number], readings[number]
        withdrawn = taken_back(document, reading)
        small = words_of(document.text)
        for at, position in enumerate(reading.positions):
            actor = actor_name(document, position, small, full)
            shown = " ".join(document[span] for span in position.evidence)
            words = " ".join(WORD.findall(shown)).casefold()
            if at in withdrawn or not all(map(is_somebody, position.via)):
                continue
            if actor and (actor, position.stance, words) not in seen:
                seen.add((actor, position.stance, words))
                yield Held(PositionAt(number, at), actor, position, words)


@lru_cache(maxsize=16)
def words_of(text: str) -> frozenset[str]:
    """The words of `text` as they stand."""
    return frozenset(WORD.findall(text))


def actor_name(
    document: Document, position: Position, small: frozenset[str], full: Mapping[str, str]
) -> str:
    """The actor for print; empty for one that nobody could tell from others."""
    actor = position.actor
    if actor == AUTHOR:
        return document.voice if document.authors or document.publisher else ""
    actor = full.get(actor, actor).replace("'", "’")
    words = WORD.findall(actor)
    if not actor.isprintable() or not words or words[0].casefold() in PRONOUNS:
        return ""
    article = re.search(r"\bthe\s+$", document.text[: position.mention.start], re.IGNORECASE)
    definite = article or document[position.mention].casefold().startswith("the ")
    shown = f"the {actor}" if definite and actor[0].islower() else actor
    if any(word[0].isupper() and word.lower() not in small and telling(word) for word in words):
        return shown
    return shown if definite and len(words) > 1 else ""


def is_somebody(name: str) -> bool:
    """Whether a name of one word is more than a common noun."""
    return " " in name or name[:1].isupper()


def upheld(documents: Sequence[Document], readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """`readings` without positions that the next sentence takes back.

    `Your letter says that the Guild backs the levy. It does not.` shows no backing. Where that is
    the Guild's own paper, no other source shows it either.
    """
    pairs = list(zip(documents, readings, strict=True))
    kept = [tuple(without_denied(*pair)) for pair in pairs]
    denied = [
        (makers(document, reading), position)
        for (document, reading), positions in zip(pairs, kept, strict=True)
        for position in reading.positions
        if position not in positions and is_own(document, reading, position)
    ]
    return tuple(
        replace(reading, positions=left)
        if len(left := tuple(leave_out(positions, denied))) < len(reading.positions)
        else reading
        for reading, positions in zip(readings, kept, strict=True)
    )


def is_own(document: Document, reading: Reading, position: Position) -> bool:
    """Whether a document is by the actor of a position in it, and names that actor there.

    `We back the levy. They do not.` takes nothing back.
    """
    words = name_words(document[position.mention])
    return any(is_same_name(words, name) for name in makers(document, reading))


def leave_out(
    positions: Sequence[Position], denied: Sequence[tuple[set[frozenset[str]], Position]]
) -> Iterator[Position]:
    """The positions but those that others report of an actor who denies to hold them.

    Args:
        positions: Those of one reading.
        denied: Positions in their actors' own papers that these take back, each with the names
            of who wrote the paper.
    """
    for position in positions:
        actor, issue = name_words(position.actor), name_words(position.issue)
        if not any(
            position.basis != "asserted"
            and position.stance == other.stance
            and issue == name_words(other.issue)
            and any(is_same_name(actor, name) for name in names)
            for names, other in denied
        ):
            yield position


def without_denied(document: Document, reading: Reading) -> Iterator[Position]:
    """The positions whose sentence is not followed by a short denial."""
    for position in reading.positions:
        after = reading.sentence_at(position.evidence[-1].start) + 1
        following = reading.sentences[after : after + 1]
        words = "".join(" ".join(document[one.span].split()) for one in following)
        if not SHORT_DENIAL.search(words):
            yield position


def taken_back(document: Document, reading: Reading) -> set[int]:
    """The positions that the next sentence, or the same, denies to be any: `made no such promise`.

    By whoever is said to hold them, or by the author.
    """

    def sentence_of(position: Position) -> int:
        return reading.sentence_at(position.evidence[0].start)

    denials = [
        (sentence_of(one), one)
        for one in reading.positions
        if one.stance == "denies"
        and any(POINTS_BACK.search(" ".join(document[span].split())) for span in one.evidence)
    ]
    voices = (AUTHOR, document.voice, *document.authors)
    return {
        at
        for at, position in enumerate(reading.positions)
        for number, denial in denials
        if position.stance != "denies"
        and number - 1 <= sentence_of(position) <= number
        and denial.actor in (position.actor, *voices)
        and position.evidence < denial.evidence
    }
