"""Readings in, what each statement is about out: its words, names and times, and whose it is.

Contests are found by these: two statements can contradict each other only if they are about one
matter, at one time and place, and are held by two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from briefing.findings import AUTHOR, Statement
from briefing.quantities.stems import (
    COMMON_WORDS,
    DAYS,
    LEAST_STEM,
    MONTHS,
    PRONOUNS,
    WORD,
    stems,
)
from briefing.relate.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.document import Document, Span
    from briefing.findings import Reading

YEAR = re.compile(r"(?<![\w.,])(?:1[5-9]|20)\d\d(?!\w|[.,]\d)")
RELATIVE = re.compile(
    r"\b(last|this|next|previous|current|coming)\s+(year|month|week|quarter|season|autumn|spring"
    r"|summer|winter|night)\b",
    re.IGNORECASE,
)
CAPITAL = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]*")
OPENING = re.compile(r"(?:[.!?:]\s+|\n\s*\n|[“\"‘(-]\s?)[“\"‘(]?$")
"""What stands before the first word of a sentence, quotation or item."""
ORDINAL = re.compile(
    r"\b(first|second|third|fourth|fifth|opening|final)\s+(?:\w+\s+)?"
    r"(quarter|half|year|month|week|day|phase|stage|round|time|season)\b",
    re.IGNORECASE,
)
SHIFTS = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
OF_NAMES = frozenset("the of and for in on at to a an & mr mrs ms dr sir".split())
NO_NAMES = MONTHS | DAYS | COMMON_WORDS | {"may"}


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement and what it is about.

    Attributes:
        place: Where it stands.
        statement: The statement itself.
        holders: Words of each holder's name, without small ones.
        text: Its content.
        stems: What its content is about.
        names: Words with a capital in its content.
        times: Years, months and the like; years that are told relatively are worked out.
        known: Somebody who has a name or a description of their own is known to hold it.
        passed_on: It tells in the author's voice, in the same words, what somebody else says.
    """

    place: Place
    statement: Statement
    holders: frozenset[frozenset[str]]
    text: str
    stems: frozenset[str]
    names: frozenset[str]
    times: frozenset[str]
    known: bool
    passed_on: bool


def sayings(number: int, document: Document, reading: Reading) -> list[Saying]:
    """The statements of one document, with what they are about."""
    passing = passed_on(reading)
    return [
        saying(Place(number, at), document, statement, passed_on=at in passing)
        for at, statement in enumerate(reading.statements)
    ]


def passed_on(reading: Reading) -> frozenset[int]:
    """The statements in the author's voice that tell in the same words what somebody else says."""
    theirs: defaultdict[int, list[Span]] = defaultdict(list)
    for statement in reading.statements:
        if statement.basis != "asserted":
            theirs[statement.sentence] += statement.content
    return frozenset(
        at
        for at, statement in enumerate(reading.statements)
        if statement.basis == "asserted"
        and any(
            piece.overlaps(span)
            for piece in statement.content
            for span in theirs[statement.sentence]
        )
    )


def saying(place: Place, document: Document, statement: Statement, *, passed_on: bool) -> Saying:
    """What one statement is about."""
    text = " ".join(document[span] for span in statement.content)
    holders = frozenset(holder_words(name, place.document) for name in statement.holders)
    return Saying(
        place=place,
        statement=statement,
        holders=holders,
        text=text,
        stems=stems(text),
        names=names(text),
        times=times(text, document.date),
        known=statement.resolved and bool(holders) and all(holders),
        passed_on=passed_on,
    )


def holder_words(name: str, document: int) -> frozenset[str]:
    """The telling words of a holder's name; empty for a pronoun."""
    if name == AUTHOR:
        return frozenset({f"{AUTHOR} {document}"})
    words = [re.sub(r"[’']s?$", "", word) for word in name.casefold().split()]
    kept = [word.strip(".,()") for word in words if word.strip(".,()") not in OF_NAMES]
    return frozenset(singular_name(word) for word in kept if word) - PRONOUNS


def singular_name(word: str) -> str:
    """`word` without a plural ending: `shippers` and `shipper` are one."""
    return word[:-1] if len(word) > LEAST_STEM and re.search(r"[^su]s$", word) else word


def apart(one: Saying, other: Saying) -> bool:
    """Whether two statements are held by different holders for sure.

    `the ministry` may be any ministry, so a name within another counts as the same.
    """
    return (
        one.known
        and other.known
        and not any(nested(*pair) for pair in product(one.holders, other.holders))
    )


@lru_cache(maxsize=4096)
def names(text: str, part: Span | None = None) -> frozenset[str]:
    """Words with a capital in a `part` of `text` or in all of it, in small letters.

    The first word of a sentence counts only before another; months and days are no names.
    """
    start, end = part or (0, len(text))
    found = set()
    for match in CAPITAL.finditer(text, start, end):
        word = re.sub(r"[’']s?$", "", match[0]).lower()
        opens = OPENING.search(text[max(0, match.start() - 5) : match.start()])
        if (opens or not match.start()) and not re.match(r"\s[A-Z]", text[match.end() :][:2]):
            continue
        if len(word) > 1 and word not in NO_NAMES:
            found.add(word)
    return frozenset(found)


@lru_cache(maxsize=4096)
def times(text: str, date: str | None) -> frozenset[str]:
    """When `text` speaks of: years, months, days, ordinals.

    A relative year also as the year that it is, where there is a `date` to count from.
    """
    found = {match[0] for match in YEAR.finditer(text)}
    words = {word.lower() for word in WORD.findall(text) if word[0].isupper()}
    found |= {word for word in words if word in MONTHS or word in DAYS}
    found |= {"may"} if re.search(r"\bMay\b(?! not| be| have)", text) else set()
    for which, what in RELATIVE.findall(text):
        shift = SHIFTS[which.lower()]
        found.add(f"{shift} {what.lower()}")
        if what.lower() == "year" and date:
            found.add(str(int(date[:4]) + shift))
    found |= {f"{which} {what}".lower() for which, what in ORDINAL.findall(text)}
    return frozenset(found)


def same_time(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether times do not speak against one matter: no two years, months or days apart."""
    first, second = sorted_times(one), sorted_times(other)
    if first["year"] and second["year"]:
        first["told"], second["told"] = set(), set()
    return all(not first[kind] or not second[kind] or first[kind] & second[kind] for kind in first)


def sorted_times(found: Iterable[str]) -> dict[str, set[str]]:
    """Times by their kind."""
    kinds: dict[str, set[str]] = {kind: set() for kind in ("year", "month", "day", "told")}
    for time in found:
        kind = "year" if time.isdigit() else "month" if time in MONTHS else "told"
        kinds["day" if time in DAYS else kind].add(time)
    return kinds


def nested(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether one of two sets holds all of the other.

    Of names none speaks against one matter then: not each side has one that the other lacks.
    """
    return one <= other or other <= one


def by_sentence(reading: Reading) -> dict[int, list[int]]:
    """For each sentence the statements that have words in it, as indices."""
    found: dict[int, list[int]] = {}
    for at, statement in enumerate(reading.statements):
        sentences = {
            number
            for piece in statement.content
            for number in range(
                max(0, reading.sentence_at(piece.start)), reading.sentence_at(piece.end - 1) + 1
            )
        }
        for number in sentences:
            found.setdefault(number, []).append(at)
    return found


def innermost(reading: Reading, span: Span, among: Iterable[int]) -> int | None:
    """Which of the statements `among` has the shortest content that holds all of `span`."""
    found = [
        (sum(piece.end - piece.start for piece in reading.statements[at].content), -at)
        for at in among
        if any(piece.contains(span) for piece in reading.statements[at].content)
    ]
    return -min(found)[1] if found else None
