"""Several piles, in each of which an actor has one name, in; the names that must change out.

The piles of a newsletter may be about quite different matters: what only abbreviates a name, as a
surname or an acronym does, is the name of somebody in another pile only where more than it tells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from briefing.relate.namings import namings_of
from briefing.relate.people import is_whole, named, same_actors
from briefing.relate.persons import GENDERS
from briefing.relate.spellings import TITLES, person, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.document import Document, Span
    from briefing.findings import Reading
    from briefing.relate.namings import Naming

    Pile = tuple[Sequence[Document], Sequence[Reading]]

ROLES = TITLES - {*GENDERS, "mx", "dr"}
"""Titles that tell what somebody is."""
WORD = re.compile(r"[^\W\d_][\w’'-]*")
REACH = 60
"""Characters before or after a name in which a role of that person stands."""
APPOSITION = re.compile(r",([^.;:!?“”\"\n]*)")


def across(piles: Sequence[Pile]) -> list[dict[str, str]]:
    """For each pile the names that change, so that an actor has one name in all of them.

    A name changes in all documents of a pile or in none.

    Args:
        piles: Documents and a reading of each, as `people.unify` gives them.
    """
    documents = [document for some, _ in piles for document in some]
    readings = [reading for _, some in piles for reading in some]
    pile_of = [number for number, (some, _) in enumerate(piles) for _ in some]
    called = Called(documents, readings)
    found = (sure(group, pile_of, called) for group in same_actors(documents, readings))
    groups = [group for group in found if group]
    changes = named(joined([*groups, *called.twice(groups)]), documents)
    return [agreed(pile, changes[at : at + len(pile[0])]) for pile, at in starts(piles)]


def starts(piles: Sequence[Pile]) -> Iterator[tuple[Pile, int]]:
    """Each pile with the number of its first document among all."""
    at = 0
    for pile in piles:
        yield pile, at
        at += len(pile[0])


def agreed(pile: Pile, found: Sequence[dict[str, str]]) -> dict[str, str]:
    """The names that become the same in all documents of a pile that have them."""
    has = [
        {naming.name for naming in namings_of(0, document, reading)}
        for document, reading in zip(*pile, strict=True)
    ]
    return {
        name: new
        for name, new in chain.from_iterable(names.items() for names in found)
        if all(
            names.get(name) == new for names, own in zip(found, has, strict=True) if name in own
        )
    }


def sure(group: Sequence[Naming], pile_of: Sequence[int], called: Called) -> tuple[Naming, ...]:
    """Those of the names of one actor that are sure to be one's in several piles.

    A pile that has the whole name too, and yet left a short one apart, had a reason.
    """
    whole = tuple(naming for naming in group if is_whole(naming.name))
    own = {pile_of[naming.document] for naming in whole}
    short = (
        naming for naming in group if naming not in whole and pile_of[naming.document] not in own
    )
    return (*whole, *(naming for naming in short if called.alike(naming, whole)))


def joined(groups: Sequence[Sequence[Naming]]) -> list[tuple[Naming, ...]]:
    """Groups that share a name of a document as one."""
    found: dict[int, dict[tuple[int, str], Naming]] = {}
    place: dict[tuple[int, str], int] = {}
    for number, group in enumerate(groups):
        own = {(naming.document, naming.name): naming for naming in group}
        for other in sorted({place[key] for key in own if key in place}):
            own = found.pop(other) | own
        found[number] = own
        place |= dict.fromkeys(own, number)
    return [tuple(own.values()) for own in found.values()]


class Called:
    """How documents call those whom they name.

    Args:
        documents: The sources of all piles; one of several is there several times.
        readings: One a document.
    """

    def __init__(self, documents: Sequence[Document], readings: Sequence[Reading]) -> None:
        self.documents = documents
        self.readings = readings
        self.actors = [{actor.name: actor for actor in reading.actors} for reading in readings]

    def alike(self, short: Naming, whole: Sequence[Naming]) -> bool:
        """Whether a person is called by the same role before a surname and beside a full name."""
        if person(short.name) is None:
            return False
        near = [word for before, _ in self.around(short) for word in before[-1:]]
        roles = ROLES.intersection((*near, *words(short.name)))
        return any(
            roles.intersection((*before, *after))
            for naming in whole
            for before, after in self.around(naming)
        )

    def around(self, naming: Naming) -> Iterator[tuple[list[str], list[str]]]:
        """The words right before each mention of a name, and those of what is set behind it."""
        text = self.documents[naming.document].text
        actor = self.actors[naming.document].get(naming.name)
        for start, end in actor.mentions if actor else ():
            line = text[max(0, start - REACH) : start].rpartition("\n")[2]
            behind = APPOSITION.match(text[end : end + REACH])
            before = re.search(r"(?:[\w’'-]+ )*$", line)
            yield words(before[0] if before else "")[-3:], words(behind[1] if behind else "")

    def twice(self, groups: Sequence[Sequence[Naming]]) -> Iterator[tuple[Naming, ...]]:
        """Names at one place of a source that several piles have: they are one's.

        Not where piles took it for the names of several, each in full.
        """
        group_of = {
            (naming.document, naming.name): number
            for number, group in enumerate(groups)
            for naming in group
        }
        sources: dict[Document, int] = {}
        places: defaultdict[tuple[int, Span], list[Naming]] = defaultdict(list)
        for number, (document, reading) in enumerate(
            zip(self.documents, self.readings, strict=True)
        ):
            source = sources.setdefault(replace(document, name=""), number)
            namings = {one.name: one for one in namings_of(number, document, reading)}
            for actor in reading.actors:
                for span in actor.mentions:
                    places[source, span].append(namings[actor.name])
        for same in places.values():
            whole = {
                group_of.get((naming.document, naming.name))
                for naming in same
                if is_whole(naming.name)
            }
            if len({naming.name for naming in same}) > 1 and len(whole) == 1:
                yield tuple(same)


def words(text: str) -> list[str]:
    """The words of a text, in plain letters."""
    return [plain(word) for word in WORD.findall(text)]
