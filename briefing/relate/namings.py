"""A document and its reading in, the names in it out, with what each is the name of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

from briefing.findings import AUTHOR
from briefing.relate.spellings import TITLES, acronym, person, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.document import Document
    from briefing.findings import Reading

Kind = Literal["person", "organisation", "place", "group"]

PERSON_WEIGHT = 4
"""As within a document: few votes for a person weigh more than many for an organisation."""


class Naming(NamedTuple):
    """A name in one document.

    Attributes:
        document: Its number.
        name: As the reading has it.
        kind: By all documents together for a full name, else by the reading.
        mentions: How many it has.
        signed: Whether it is the author's or publisher's, as the source gives it.
    """

    document: int
    name: str
    kind: Kind
    mentions: int
    signed: bool = False


def namings_of(number: int, document: Document, reading: Reading) -> Iterator[Naming]:
    """The names in one document: its actors, who signed it, and speakers called by a title."""
    found = {
        actor.name: Naming(number, actor.name, actor.kind, len(actor.mentions))
        for actor in reading.actors
    }
    for name in document.signatures:
        kind: Kind = "person" if name in document.authors and person(name) else "organisation"
        known = found.get(name, Naming(number, name, kind, 0))
        found[name] = known._replace(signed=True, kind=kind)
    for statement in reading.statements:
        for name in (*statement.holders, *statement.via):
            titled = plain(name.partition(" ")[0]) in TITLES and person(name)
            if titled and name not in found and name != AUTHOR:
                found[name] = Naming(number, name, "person", 0)
    yield from found.values()


def by_all(namings: Iterable[Naming]) -> list[Naming]:
    """`namings` with full names and acronyms of the kind that all documents give them together.

    A single word may be somebody's surname here and a town there.
    """
    found = [*namings]
    votes: defaultdict[str, Counter[Kind]] = defaultdict(Counter)
    for naming in found:
        votes[naming.name][naming.kind] += max(1, naming.mentions)
    return [
        one._replace(kind=kind_by(votes[one.name]))
        if " " in one.name or acronym(one.name)
        else one
        for one in found
    ]


def kind_by(votes: Counter[Kind]) -> Kind:
    """The kind with most votes, a person's weighing more."""
    most = max(votes.values())
    if votes["person"] * PERSON_WEIGHT >= most:
        return "person"
    return min(kind for kind, count in votes.items() if count == most)


def kind_of(namings: Iterable[Naming]) -> Kind:
    """The kind that the names of one actor have most often."""
    votes: Counter[Kind] = Counter()
    for naming in namings:
        votes[naming.kind] += max(1, naming.mentions)
    return kind_by(votes)


def is_described(name: str, document: Document) -> bool:
    """Whether the first word of a name stands in small letters too, as no first name does."""
    return bool(re.search(rf"\b{re.escape(plain(name.split()[0]))}\b", document.text))
