"""A reading and other names for its actors in, the reading with those out; spans stay."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.findings import Actor
from briefing.relate.namings import kind_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.findings import Reading
    from briefing.relate.namings import Kind


def renamed(reading: Reading, names: Mapping[str, str]) -> Reading:
    """`reading` with other names for those in `names`."""
    if not names:
        return reading
    return replace(
        reading,
        statements=tuple(
            replace(
                one,
                holders=(holders := all_of(one.holders, names)),
                via=way(one.via, holders, names),
            )
            for one in reading.statements
        ),
        claims=tuple(replace(one, holders=all_of(one.holders, names)) for one in reading.claims),
        positions=tuple(
            replace(
                one,
                actor=(actor := names.get(one.actor, one.actor)),
                via=way(one.via, (actor,), names),
            )
            for one in reading.positions
        ),
        actors=joined(reading.actors, names),
    )


def all_of(old: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Names for print, each once."""
    return tuple(dict.fromkeys(names.get(name, name) for name in old))


def way(via: tuple[str, ...], holders: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The chain to the holder, without one who now proves to be the holder."""
    new = all_of(via, names)
    return new if new == via else tuple(name for name in new if name not in holders)


def joined(actors: Sequence[Actor], names: Mapping[str, str]) -> tuple[Actor, ...]:
    """Actors by their names for print; those of one name as one."""
    same: defaultdict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        same[names.get(actor.name, actor.name)].append(actor)
    found = []
    for name, group in same.items():
        votes: Counter[Kind] = Counter()
        for actor in group:
            votes[actor.kind] += max(1, len(actor.mentions))
        spans = sorted({span for actor in group for span in actor.mentions})
        found.append(Actor(name, kind_by(votes), tuple(spans)))
    return tuple(found)
