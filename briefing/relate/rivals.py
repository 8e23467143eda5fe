"""Figures in, those that contradict each other out: one quantity, two holders, two values.

Figures are compared only within blocks that share a unit and a rare word.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from briefing.quantities.figures import disagree
from briefing.relate.amounts import LEAST_SHARED, Amount, Role
from briefing.relate.matters import apart, nested, same_time, singular_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefing.relate.places import Place
    from briefing.relate.rarity import Weights

LEAST_OVERLAP = 0.5
LEAST_SCORE = 0.65
LEAST_WEIGHT = 0.8
"""Least weight of the shared words; a word that only one statement of the pile has weighs 1."""
BLOCK_WORDS = 4
LONGEST_BLOCK = 40
"""Figures in a block; more only share a word that tells nothing."""
ONE_SIDED = 0.75
BORROWED = 0.9
LEANING = 0.75
"""How sure it is that a figure without words is about the figure before it."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two figures that contradict each other; `shared` are words that both are about."""

    one: Amount
    other: Amount
    shared: frozenset[str]
    score: float


def rivals(
    found: Sequence[Amount], weights: Weights, comparable: Callable[[Place, Place], bool]
) -> Iterator[Rivals]:
    """Pairs of figures that contradict each other."""
    for one, other in (*blocked(found, weights), *leaning(found), *alike(found)):
        rival = corrected(one, other) if one.role == "denied" else opposed(one, other, weights)
        if rival and comparable(one.saying.place, other.saying.place):
            yield rival


def blocked(found: Sequence[Amount], weights: Weights) -> Iterator[tuple[Amount, Amount]]:
    """Each two figures that share a unit and one of their rarest words, once."""
    shared: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, amount in enumerate(found):
        rarest = sorted(amount.stems, key=lambda word: (-weights[word], word))
        for word in rarest[:BLOCK_WORDS]:
            shared[amount.quantity.unit, word].append(at)
    blocks = [block for block in shared.values() if len(block) <= LONGEST_BLOCK]
    pairs = {pair for block in blocks for pair in combinations(block, 2)}
    return ((found[one], found[other]) for one, other in sorted(pairs))


def leaning(found: Sequence[Amount]) -> Iterator[tuple[Amount, Amount]]:
    """Each figure that leans on another without sharing a word, with that."""
    places: defaultdict[Place, list[Amount]] = defaultdict(list)
    for amount in found:
        places[amount.saying.place].append(amount)
    for amount in found:
        if amount.leans:
            yield from ((one, amount) for one in places[amount.leans] if not one.stems)


def alike(found: Sequence[Amount]) -> Iterator[tuple[Amount, Amount]]:
    """Each figure that is denied, with each of the same value that is not."""
    blocks: defaultdict[tuple[float, float], list[Amount]] = defaultdict(list)
    for amount in found:
        if amount.role != "denied":
            blocks[amount.quantity.low, amount.quantity.high].append(amount)
    for amount in found:
        if amount.role == "denied":
            block = blocks[amount.quantity.low, amount.quantity.high]
            yield from ((amount, other) for other in block[:LONGEST_BLOCK])


def opposed(one: Amount, other: Amount, weights: Weights) -> Rivals | None:
    """Two figures as rivals if they are of one quantity, held by two and cannot both be right."""
    if "denied" in (one.role, other.role) or not disagree(one.quantity, other.quantity):
        return None
    if not one.quantity.unit and not (one.quantity.noun and other.quantity.noun):
        return None
    if not apart(one.saying, other.saying) or gives(one, other) or gives(other, one):
        return None
    if task(one) != task(other) or not same_way(one, other) or not fitting(one, other):
        return None
    shared = one.stems & other.stems
    if one.leans == other.saying.place or other.leans == one.saying.place:
        return Rivals(one, other, shared, LEANING)
    overlap = weights.overlap(one.stems, other.stems)
    weight = weights.sum(shared)
    if len(shared) < LEAST_SHARED or overlap < LEAST_OVERLAP or weight < LEAST_WEIGHT:
        return None
    score = (0.5 * overlap + 0.5 * min(1.0, weight / 2)) * trust(one, other)
    return Rivals(one, other, shared, score) if score >= LEAST_SCORE else None


def task(amount: Amount) -> Role:
    """The role of a figure; `fall by 60 per cent` is the same as `a fall of 60 per cent`."""
    return "" if amount.role == "by" and amount.way else amount.role


def gives(one: Amount, other: Amount) -> bool:
    """Whether the sentence of `one` also gives the figure of `other`, as a list of cases does."""
    return any(
        beside.unit == other.quantity.unit
        and not disagree(replace(beside, noun=""), replace(other.quantity, noun=""))
        for beside in one.beside
        if other.quantity.unit or beside.noun == other.quantity.noun
    )


def same_way(one: Amount, other: Amount) -> bool:
    """Whether both tell of a level, or of a change the same way; a share of one noun is a level."""
    if one.quantity.noun and one.quantity.noun == other.quantity.noun:
        return one.way == other.way or not one.way or not other.way
    return one.way == other.way


def fitting(one: Amount, other: Amount) -> bool:
    """Whether neither times nor names show that two figures are of two quantities."""
    return same_time(one.times, other.times) and nested(one.names, other.names)


def trust(one: Amount, other: Amount) -> float:
    """From 0 to 1, less where the two tell no time in common or takes its words from before."""
    timed = one.times & other.times or not one.times | other.times
    sided = 1.0 if timed else ONE_SIDED
    return sided * BORROWED ** (one.borrowed + other.borrowed)


def corrected(denied: Amount, other: Amount) -> Rivals | None:
    """`not the 320 that the ministry mentions`: the statement of one figure that another denies."""
    if denied.role != "denied" or other.role == "denied" or not apart(denied.saying, other.saying):
        return None
    same = (
        denied.quantity.high == other.quantity.high and denied.quantity.low == other.quantity.low
    )
    words = frozenset(singular_name(word) for word in denied.saying.names)
    named = any(holder <= words for holder in other.saying.holders)
    shared = (denied.stems | denied.saying.stems) & other.stems
    if not same or not (named or len(shared) >= LEAST_SHARED):
        return None
    return Rivals(denied, other, shared, 0.9 if named else 0.7)
