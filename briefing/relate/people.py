"""Readings of many documents in, the same with one name for each actor in all of them out.

Names are brought together only where nothing else fits: a wrong name puts words into somebody's
mouth, one too many only divides what an actor says. Spans stay as they are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from briefing.relate.namings import Naming, by_all, is_described, kind_of, namings_of
from briefing.relate.persons import people
from briefing.relate.renaming import renamed
from briefing.relate.spellings import acronym, body, extended, letters_of, person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.document import Document
    from briefing.findings import Reading

LEAST_LETTERS = 3
"""Letters of an acronym that no text introduces; two are the initials of too much."""


def unify(documents: Sequence[Document], readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Give each actor that several documents name one name for print in all of them.

    It is the fullest that occurs, without title; where the actor signed a document, the name
    given there. A document that is signed with another spelling keeps it for its own voice.

    Args:
        documents: The sources.
        readings: One a document.

    Returns:
        As many readings, in their order; actors of one that prove to be the same are joined.
    """
    if len(readings) < 2:
        return tuple(readings)
    return tuple(map(renamed, readings, names_for_print(documents, readings)))


def names_for_print(
    documents: Sequence[Document], readings: Sequence[Reading]
) -> list[dict[str, str]]:
    """For each document, the names that change, with what they become."""
    return named(same_actors(documents, readings), documents)


def named(
    groups: Iterable[Sequence[Naming]], documents: Sequence[Document]
) -> list[dict[str, str]]:
    """For each document, the names that change if those of each group are one actor's."""
    found: list[dict[str, str]] = [{} for _ in documents]
    for group in groups:
        name = best(group, documents)
        for naming in group:
            if name != naming.name and naming.name not in documents[naming.document].signatures:
                found[naming.document][naming.name] = name
    return found


def same_actors(
    documents: Sequence[Document], readings: Sequence[Reading]
) -> list[tuple[Naming, ...]]:
    """The names in all documents in groups, of which each is one actor's; no name in two."""
    namings = by_all(
        naming
        for number, (document, reading) in enumerate(zip(documents, readings, strict=True))
        for naming in namings_of(number, document, reading)
    )
    persons = list(people(documents, readings, namings))
    taken = {naming for group in persons for naming in group}
    rest = [naming for naming in namings if naming not in taken]
    return [*persons, *bodies(documents, readings, rest)]


def bodies(
    documents: Sequence[Document], readings: Sequence[Reading], namings: Sequence[Naming]
) -> Iterator[tuple[Naming, ...]]:
    """Organisations and places by the spellings of their names, with their acronyms."""
    found: defaultdict[str, list[Naming]] = defaultdict(list)
    short: defaultdict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        if naming.kind not in ("organisation", "place"):
            continue
        if letters := acronym(naming.name):
            short[letters].append(naming)
        elif key := body(naming.name):
            found[key].append(naming)
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for key, same in found.items():
        known = introduced(documents, readings, same)
        for letters in letters_of(key):
            if len(letters) >= LEAST_LETTERS or letters in known:
                meant[letters].add(key)
    for letters, same in short.items():
        keys = sorted(meant[letters])
        if len(keys) == 1 and kind_of(found[keys[0]]) == kind_of(same):
            found[keys[0]].extend(same)
        else:
            # Letters that are read as a word may be written as one: NATO, Nato. WHO is not Who.
            found[letters if len(letters) > LEAST_LETTERS else letters.upper()].extend(same)
    yield from map(tuple, found.values())


def introduced(
    documents: Sequence[Document], readings: Sequence[Reading], namings: Iterable[Naming]
) -> set[str]:
    """The acronyms by which some document also calls the body of these names."""
    return {
        acronym(documents[naming.document][span])
        for naming in namings
        for actor in readings[naming.document].actors
        if actor.name == naming.name
        for span in actor.mentions
    }


def best(group: Sequence[Naming], documents: Sequence[Document]) -> str:
    """The name for print: as signed, in full, most frequent, first; capitals only if all have."""
    count: Counter[str] = Counter()
    within: defaultdict[str, set[int]] = defaultdict(set)
    for naming in group:
        count[naming.name] += naming.mentions
        within[naming.name].add(naming.document)
    signed = {naming.name for naming in group if naming.signed and is_whole(naming.name)}
    short = {name for name in count if acronym(name) and any(" " in other for other in count)}
    persons = [name for name in count if kind_of(group) == "person"]
    # What stands before a name is likely no part of it if it is a word or as many lack it.
    longer = {
        name
        for name, end in extended(persons)
        if len(within[end]) >= len(within[name])
        or any(is_described(name, documents[number]) for number in within[name])
    }

    def rank(name: str) -> tuple[object, ...]:
        read = person(name) if name in persons and name not in longer else None
        full = read.fullness if read else (0, 0, 0)
        # Which of two signatures it is must not hang on the order of the documents.
        first = 0 if name in signed else min(within[name])
        spelling = (-count[name], name.isupper(), first, name)
        shouted = name.isupper() and (" " in name or not acronym(name))
        return (name not in signed, shouted, name in short, *(-n for n in full), *spelling)

    chosen = min(count, key=rank)
    read = person(chosen) if persons and chosen not in signed else None
    return read.shown if read else chosen


def is_whole(name: str) -> bool:
    """Whether a name is more than an acronym, a surname or an initial with it."""
    read = person(name)
    return not acronym(name) and (read is None or len((*read.given, "")[0]) > 1)
