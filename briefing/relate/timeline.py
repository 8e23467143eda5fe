"""Documents and readings in, the dated events that they tell of out, the earliest first.

An event is a sentence that places something on a date; which one it is told by, and who else
tells of it, shows in its `Dated`. The days on which the sources appeared are no events.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from briefing.document import Span
from briefing.findings import Evidence
from briefing.quantities.stems import stems
from briefing.relate.dating import main_day
from briefing.relate.matters import by_sentence
from briefing.relate.places import Place
from briefing.relate.same import groups_at
from briefing.relate.weights import levelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from briefing.document import Document
    from briefing.findings import Reading
    from briefing.relate.origins import Origins
    from briefing.relate.same import Group

SOURCES = 3
"""Independent sources that must give dates."""
EVENTS = 12
WEIGHTS = {len("2027-03-01"): 1.0, len("2027-03"): 0.8, len("2027"): 0.4}
"""How much a date counts by its length: a day more than a month, and that more than a year."""
LEAST_SALIENCE = 0.1
SAME_DATE = {len("2027-03-01"): (2, 0.25), len("2027-03"): (3, 0.4), len("2027"): (3, 0.5)}
"""Words, and their share in the shorter sentence, by which two tell of one thing on one date."""
SAME = (3, 0.5)
"""The same by which one is evidence of the other."""


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that a source places on a date.

    Attributes:
        date: ISO date: a day, a month or a year.
        document: Number of the document that tells of it.
        sentence: Index of the sentence in that document's reading.
        span: The words that name the date.
        evidence: The sentences of other sources that tell the same, one a source.
        origins: How many independent voices are known to tell it, at least 1.
        score: How much it matters; only the order counts.
    """

    date: str
    document: int
    sentence: int
    span: Span
    evidence: tuple[Evidence, ...] = ()
    origins: int = 1
    score: float = 0.0


class Told(NamedTuple):
    """One telling: its date and place, of which origin, how salient, what it is about."""

    date: str
    document: int
    sentence: int
    span: Span
    origin: int
    score: float
    stems: frozenset[str]
    groups: frozenset[int]


def timeline(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    origins: Origins,
    groups: Sequence[Group],
    printable: Callable[[int, int, Span], bool] | None = None,
) -> tuple[Dated, ...]:
    """Find the dated events of several sources.

    Args:
        documents: The sources.
        readings: One a document.
        origins: What the documents share; a reprint dates nothing of its own.
        groups: Statements that make the same claim.
        printable: Whether a sentence, given by its document, index and the words of its date, can
            be printed; without it all can.

    Returns:
        The events that matter most, in the order of their dates; none unless at least three
        independent sources date some.
    """
    at_place = groups_at(groups)
    told = [
        one
        for number, pair in enumerate(zip(documents, readings, strict=True))
        for one in tellings(number, *pair, origins, at_place)
    ]
    can_print = printable or (lambda _document, _sentence, _span: True)
    events = sorted(led(together(told), can_print), key=rank)
    chosen = spread(events)
    if len({one.origin for event in chosen for one in event}) < SOURCES:
        return ()
    dated = [to_dated(event, documents, readings, groups) for event in chosen]
    return tuple(sorted(dated, key=lambda one: (one.date, one.document, one.sentence)))


def tellings(
    number: int,
    document: Document,
    reading: Reading,
    origins: Origins,
    at_place: Mapping[Place, Iterable[int]],
) -> Iterator[Told]:
    """What one document dates, one a sentence, without what it took from another."""
    writing = origins.writing[number]
    scores = levelled(reading.salience)
    dated = [
        (index, day)
        for index, sentence in enumerate(reading.sentences)
        for day in main_day(document, reading, index, sentence)
        if origins.of(number, sentence.span) == number
    ]
    held = by_sentence(reading) if dated else {}
    for index, day in dated:
        words = reading.sentences[index].span
        found = (at_place.get(Place(number, at), ()) for at in held.get(index, ()))
        yield Told(
            day.date,
            number,
            index,
            Span(words.start + day.span.start, words.start + day.span.end),
            writing,
            scores[index],
            stems(document[words]),
            frozenset().union(*found),
        )


def together(told: Iterable[Told]) -> list[list[Told]]:
    """Tellings of one event together, the most salient first."""
    events: list[list[Told]] = []
    for one in sorted(told, key=lambda one: (-one.score, one.document, one.sentence)):
        event = next((event for event in events if is_one(one, event[0])), None)
        if event is None:
            events.append([one])
        else:
            event.append(one)
    return events


def led(
    events: Iterable[list[Told]], printable: Callable[[int, int, Span], bool]
) -> Iterator[list[Told]]:
    """The events that have a telling which can be printed, with that as the first one."""
    for event in events:
        for at, one in enumerate(event):
            if printable(one.document, one.sentence, one.span):
                yield [one, *event[:at], *event[at + 1 :]]
                break


def is_one(one: Told, other: Told) -> bool:
    """Whether two tellings are of one event: of one date, and of one claim or alike in words."""
    short, long = sorted((one.date, other.date), key=len)
    if not long.startswith(short):
        return False
    # A day may be told as its month; a year says too little for that.
    comparable = short == long or len(short) > len("2027")
    alike = comparable and are_alike(one, other, SAME_DATE[len(long)])
    return alike or bool(one.groups & other.groups)


def are_alike(one: Told, other: Told, least: tuple[int, float]) -> bool:
    """Whether two tellings share the least number, and the least share, of words."""
    shared = len(one.stems & other.stems)
    count, share = least
    return shared >= count and shared >= share * min(len(one.stems), len(other.stems))


def rank(event: Sequence[Told]) -> tuple[float, int, int]:
    """What sorts the events that matter most first."""
    first = event[0]
    origins = len({one.origin for one in event})
    score = (LEAST_SALIENCE + first.score) * origins * WEIGHTS[len(first.date)]
    return -score, first.document, first.sentence


def spread(events: Sequence[list[Told]]) -> list[list[Told]]:
    """The first of `events`, with those first that make up the least number of sources."""
    firsts: list[list[Told]] = []
    seen: set[int] = set()
    for event in events:
        told = {one.origin for one in event}
        if len(seen) < SOURCES and not told <= seen:
            firsts.append(event)
            seen |= told
    return [*firsts, *(event for event in events if event not in firsts)][:EVENTS]


def to_dated(
    event: Sequence[Told],
    documents: Sequence[Document],
    readings: Sequence[Reading],
    groups: Sequence[Group],
) -> Dated:
    """The event as its first telling has it, with those that say the same.

    How many independent voices tell it is known only where they make one claim.
    """
    first = event[0]
    same: list[Told] = []
    for one in event[1:]:
        fresh = one.origin not in {first.origin, *(other.origin for other in same)}
        if fresh and (one.groups & first.groups or are_alike(one, first, SAME)):
            same.append(one)
    evidence = []
    for one in same:
        span = readings[one.document].sentences[one.sentence].span
        evidence.append(Evidence(one.document, span, documents[one.document][span]))
    voices = [groups[at].origins for one in same for at in one.groups & first.groups]
    origins = min(1 + len(same), max(voices, default=1))
    return Dated(
        first.date,
        first.document,
        first.sentence,
        first.span,
        tuple(evidence),
        origins,
        score=-rank(event)[0],
    )
