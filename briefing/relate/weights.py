"""Readings in, how much each actor matters out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from briefing.findings import AUTHOR
from briefing.quantities.stems import PRONOUNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.findings import Actor, Reading


def actor_weights(readings: Sequence[Reading]) -> dict[str, float]:
    """Named persons, organisations and places with the salience of their sentences, best first.

    The salience of each document is brought to 0 to 1 first. A surname counts for the one
    person whose full name ends in it.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    full = full_names(readings)
    for reading in readings:
        scores = levelled(reading.salience)
        for actor in reading.actors:
            if not is_named(actor):
                continue
            # Where there is no sentence around a mention, as in a byline, the index is -1.
            found = {reading.sentence_at(mention.start) for mention in actor.mentions} - {-1}
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
    return actor.kind != "group" and proper and actor.name.casefold() not in {AUTHOR, *PRONOUNS}
