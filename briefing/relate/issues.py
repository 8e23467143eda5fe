"""Positions of all documents in, the matters on which several actors stand out, as `Issues`."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.relate.held import Held, PositionAt
from briefing.relate.nouns import MENTIONED, OBJECT, SUBJECT, Pile, Thing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.document import Document
    from briefing.findings import Reading

FOR = frozenset(("supports", "accepts", "offers"))
AGAINST = frozenset(("opposes", "rejects", "denies", "warns"))
SHARES = {"states": 0.5, "believes": 0.5, "expects": 0.5}
"""What stances that show less than all of a side add to the strength of an issue."""
LEAST_ACTORS = 2


@dataclass(frozen=True, slots=True)
class Issues:
    """The matters of a pile.

    Attributes:
        labels: Their names in the sources' words, all different; those that most actors take
            sides on first.
        places: For each the positions on it, ascending; a position is at most at one.
        direct: For each the positions whose own issue it is, rather than one that it mentions.
    """

    labels: tuple[str, ...] = ()
    places: tuple[tuple[PositionAt, ...], ...] = ()
    direct: tuple[tuple[Held, ...], ...] = ()


def cluster_issues(documents: Sequence[Document], readings: Sequence[Reading]) -> Issues:
    """Find the matters on which at least two actors stand.

    Args:
        documents: The sources.
        readings: One a document.

    Returns:
        The matters, those first on which most actors stand on either side. One of a single actor
        is there only where sources of several dates tell of it.
    """
    pile = Pile(documents, readings)
    mentions = {at: pile.mentions(one) for at, one in pile.held.items()}
    kept: dict[str, dict[PositionAt, float]] = {}
    for thing, places in chosen(mentions, pile):
        # Two matters that go by one name could not be told apart in print: the stronger stays.
        kept.setdefault(pile.name(thing, places), places)
    kept.pop("", None)
    labels = sorted(kept, key=lambda label: disputed(kept[label], pile), reverse=True)
    return Issues(
        labels=tuple(labels),
        places=tuple(tuple(sorted(kept[label])) for label in labels),
        direct=tuple(
            tuple(pile.held[at] for at, sure in sorted(kept[label].items()) if sure == OBJECT)
            for label in labels
        ),
    )


def chosen(
    mentions: Mapping[PositionAt, Mapping[Thing, float]], pile: Pile
) -> Iterator[tuple[Thing, dict[PositionAt, float]]]:
    """Things with the positions on each, the strongest first; a position is at one only.

    What a position only mentions gets it where its own thing is no matter.
    """
    having: defaultdict[Thing, dict[PositionAt, float]] = defaultdict(dict)
    for at, found in mentions.items():
        for thing, sure in found.items():
            having[thing][at] = sure
    own = {thing for thing, places in having.items() if is_matter(thing, surely(places), pile)}
    for thing, places in having.items():
        having[thing] = {
            at: sure
            for at, sure in places.items()
            if sure >= SUBJECT
            or not any(other in own and rate >= SUBJECT for other, rate in mentions[at].items())
        }
    waiting = [(-strength(places, pile), thing) for thing, places in having.items()]
    heapq.heapify(waiting)
    taken: set[PositionAt] = set()
    while waiting:
        least, thing = heapq.heappop(waiting)
        places = {at: sure for at, sure in having[thing].items() if at not in taken}
        if not is_matter(thing, places, pile):
            continue
        now = -strength(places, pile)
        if now > least:
            heapq.heappush(waiting, (now, thing))
            continue
        taken.update(places)
        yield thing, places


def surely(places: Mapping[PositionAt, float]) -> dict[PositionAt, float]:
    """The positions that are about a thing rather than mention it."""
    return {at: sure for at, sure in places.items() if sure >= SUBJECT}


def is_matter(thing: Thing, places: Mapping[PositionAt, float], pile: Pile) -> bool:
    """Whether several actors take sides on a thing, by different words in several documents.

    One actor is enough where sources of two dates tell of it. What only the words that show a
    position mention does not count here, nor do beliefs.
    """
    found = {
        at
        for at, sure in places.items()
        if sure >= MENTIONED and pile.held[at].position.stance not in SHARES
    }
    certain = {at for at in found if places[at] >= SUBJECT}
    if not certain or not pile.is_told(thing, found):
        return False
    words = {pile.held[at].words for at in found}
    if len({pile.held[at].actor for at in found}) >= LEAST_ACTORS:
        return len(words) > 1 and len({at.document for at in found}) > 1
    return len({pile.documents[at.document].date for at in certain} - {None}) > 1


def strength(places: Mapping[PositionAt, float], pile: Pile) -> float:
    """How many actors stand on a thing, those for sure and with a side counting more."""
    most: dict[str, float] = {}
    for at, sure in places.items():
        one = pile.held[at]
        worth = sure * SHARES.get(one.position.stance, 1.0)
        most[one.actor] = max(worth, most.get(one.actor, 0.0))
    return math.fsum(most.values())


def disputed(places: Mapping[PositionAt, float], pile: Pile) -> tuple[int, float, int]:
    """How many actors stand against each other on a thing, and how many at all."""
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    for at, sure in places.items():
        one = pile.held[at]
        if sure == OBJECT and one.position.stance in FOR | AGAINST:
            sides[one.position.stance in FOR].add(one.actor)
    return min(map(len, sides.values())), strength(places, pile), len(places)
