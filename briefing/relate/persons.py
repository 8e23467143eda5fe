"""Names in many documents in, those of one person together out.

A surname goes to a full name only where it can mean nobody else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from briefing.relate.namings import Naming, is_described, kind_of
from briefing.relate.spellings import TITLES, is_surname, loose, person, plain, same_people

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.document import Document
    from briefing.findings import Reading
    from briefing.relate.spellings import Person

GENDERS = {"mr": "m", "sir": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "dame": "f",
           "lady": "f"}  # fmt: skip
TITLE_BEFORE = re.compile(rf"(?i)\b({'|'.join(GENDERS)})\.?\s+$")
WORD_BEFORE = r"\b[A-Z](?:[\w.’'-]*[\w’'-]|[\w’'-]{0,2}\.)?"
"""A word with a capital that a surname follows; longer ones with a full stop end a sentence."""
TITLE_REACH = 6
"""Characters before a name in which such a title stands."""


def people(
    documents: Sequence[Document], readings: Sequence[Reading], namings: Sequence[Naming]
) -> Iterator[tuple[Naming, ...]]:
    """Persons by their names, with the surnames that can mean nobody else.

    A name of nobody known to be a person counts among those that a surname could mean.
    """
    full: defaultdict[str, list[Naming]] = defaultdict(list)
    short: list[tuple[Naming, Person]] = []
    for naming in namings:
        read = person(naming.name)
        if read and read.given and naming.kind in ("person", "organisation"):
            full[naming.name].append(naming)
        elif read and naming.kind == "person":
            short.append((naming, read))
    groups = [tuple(one for name in names for one in full[name]) for names in same_people(full)]
    ends: defaultdict[str, set[int]] = defaultdict(set)
    inner: defaultdict[str, set[int]] = defaultdict(set)
    spelt: defaultdict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for read in filter(None, (person(one.name) for one in group)):
            ends[read.end].add(number)
            spelt[read.whole].add(number)
            for word in read.whole.split()[:-1]:
                inner[word].add(number)
    near = Surroundings(documents, readings)
    alone: defaultdict[str, list[Naming]] = defaultdict(list)
    more: defaultdict[int, list[Naming]] = defaultdict(list)
    for naming, read in short:
        meant = ends[read.end]
        if not meant:
            alone[plain(read.shown)].append(naming)
        elif len(meant) == 1 and inner[read.end] <= meant:
            number = min(meant)
            if near.allow(naming, read, groups[number]):
                more[number].append(naming)
    for number, group in enumerate(groups):
        if kind_of(group) == "person":
            yield (*group, *more[number])
        elif any(len(spelt[known.whole]) > 1 for one in group if (known := person(one.name))):
            # Left apart as it may be several persons, so it is not joined as a body either.
            yield from ((one,) for one in group)
    yield from map(tuple, alone.values())


class Surroundings:
    """What stands around names: tells what speaks against a surname's meaning some person.

    Args:
        documents: The sources.
        readings: One a document.
    """

    def __init__(self, documents: Sequence[Document], readings: Sequence[Reading]) -> None:
        self.documents = documents
        self.actors = [{actor.name: actor for actor in reading.actors} for reading in readings]

    def allow(self, naming: Naming, read: Person, group: Sequence[Naming]) -> bool:
        """Whether a surname in one document may mean the person with the names of `group`.

        Not if that document tells them apart or has another first name before it, if one is
        called Mr and one Mrs, or if the first name may be none, being a common word too.
        """
        fulls = [full for one in group if (full := person(one.name))]
        return (
            kind_of(group) == "person"
            and not any(one.document == naming.document and one.mentions for one in group)
            and (not read.suffix or read.suffix in {full.suffix for full in fulls})
            and any(is_surname(read.shown, full) for full in fulls)
            and {one.name for one in group} > self.described(group)
            and len(self.genders((naming, *group))) < 2
            and not self.others(naming, read, fulls)
        )

    def described(self, group: Iterable[Naming]) -> set[str]:
        """Which names of a person may begin with a word that is no name."""
        return {one.name for one in group if is_described(one.name, self.documents[one.document])}

    def genders(self, namings: Iterable[Naming]) -> set[str]:
        """What titles before these names say."""
        found = []
        for naming in namings:
            actor = self.actors[naming.document].get(naming.name)
            text = self.documents[naming.document].text
            for start, _ in actor.mentions if actor else ():
                title = TITLE_BEFORE.search(text, max(0, start - TITLE_REACH), start)
                found.append(title[1] if title else "")
            found.append(naming.name.partition(" ")[0])
        return {GENDERS[plain(word)] for word in found if plain(word) in GENDERS}

    def others(self, naming: Naming, read: Person, fulls: Sequence[Person]) -> bool:
        """Whether the document has the surname behind a word that is no first name of `fulls`."""
        text = self.documents[naming.document].text
        given = {part for full in fulls for part in full.given}
        given |= {part[0] for part in given}
        # Neither the last word of another sentence nor that of another paragraph stands before it.
        before = re.compile(rf"({WORD_BEFORE})(?: *\n| ) *{re.escape(read.shown)}\b")
        words = {plain(match[1]) for match in before.finditer(text)} - TITLES
        return any(
            not {word, loose(word)} & given and not re.search(rf"\b{re.escape(word)}\b", text)
            for word in sorted(words)
        )
