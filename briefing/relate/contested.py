"""Readings in, what is contested out: pairs of statements that cannot both hold.

Figures of one quantity, stances on one issue, a statement and its denial. Each side has a holder,
and the two are different. A pair that is missed leaves the brief as it was, a wrong one sets
people against each other who agree: so whatever may tell two matters apart does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from briefing.quantities.stems import stems
from briefing.relate.amounts import amounts
from briefing.relate.denials import affirms, denials, denied
from briefing.relate.matters import Saying, apart, sayings
from briefing.relate.phrases import TOKEN
from briefing.relate.places import Place
from briefing.relate.promises import broken_promises
from briefing.relate.rarity import Kinship, Weights
from briefing.relate.rivals import rivals
from briefing.relate.stances import opposite_stances, showing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from briefing.document import Document
    from briefing.findings import Reading
    from briefing.relate.held import PositionAt
    from briefing.relate.same import Group

    Comparable = Callable[[Place, Place], bool]

Kind = Literal["figures", "stances", "denial"]

ABOUT_WORDS = 6
OWN_WORDS = 0.2
"""What it adds that a side asserts something itself, rather than that others report it."""
AUXILIARY = frozenset(
    """am is are was were be been being do does did has have had will would shall should can could
    may might must""".split()
)
POSITIONS_SURE = 0.8
"""How sure it is that two positions on one issue are a contest."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements that contradict each other.

    Attributes:
        kind: Figures that differ for one quantity, opposite stances on one issue, or a statement
            and its denial.
        about: What it is about, in the sources' own words.
        one: The first of the two, by document and statement.
        other: The second.
        score: How sure, 0 to 1.
    """

    kind: Kind
    about: str
    one: Place
    other: Place
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A pair on the way, with its sides and matter, by which the same contest is known again."""

    pair: Pair
    sides: tuple[Saying, Saying]
    matter: frozenset[str]
    values: frozenset[str] = frozenset()


def contests(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    origin: Callable[[Place], int],
    opposite: Sequence[tuple[PositionAt, PositionAt]] = (),
    groups: Sequence[Group] = (),
) -> tuple[Pair, ...]:
    """Find what is contested among the holders of the statements in `documents`.

    Args:
        documents: The sources.
        readings: One a document.
        origin: The document in which the words of a statement stood first.
        opposite: Positions that stand on opposite sides of an issue, from `matrix.opposed`.
        groups: Statements that make the same claim: of these a side is shown by the holder's own.

    Returns:
        The surest first, those whose sides speak themselves before others, and first prints before
        copies; for one matter and two sides only one.
    """
    said = [sayings(at, *pair) for at, pair in enumerate(zip(documents, readings, strict=True))]
    weights = Weights([one for some in said for one in some])
    kin = Kinship(documents)

    def comparable(one: Place, other: Place) -> bool:
        # Two actors whom one text tells of may well differ.
        copied = one.document != other.document and origin(one) == origin(other)
        return kin(one.document, other.document) and not copied

    found = [
        *figure_pairs(documents, readings, said, weights, comparable),
        *(
            as_found("stances", one.issue, one.one, one.other, one.score, one.shared)
            for one in opposite_stances(documents, readings, said, weights, comparable)
        ),
        *position_pairs(readings, said, opposite, comparable),
        *denial_pairs(documents, readings, said, weights, comparable),
    ]
    voices = own_voices(said, groups)
    return tuple(in_own_voice(one.pair, voices) for one in surest(found, origin))


def figure_pairs(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    said: Sequence[Sequence[Saying]],
    weights: Weights,
    comparable: Comparable,
) -> Iterator[Found]:
    """Figures that contradict each other."""
    every = zip(documents, readings, said, strict=True)
    figures = [amount for one in every for amount in amounts(*one)]
    for rival in rivals(figures, weights, comparable):
        one, other = rival.one, rival.other
        common = other.stems if one.role == "denied" else rival.shared
        common |= stems(one.quantity.noun)
        about = max(wording(other.saying.text, common), wording(one.saying.text, common), key=len)
        about = about or wording(one.saying.text, one.stems)
        values = frozenset(
            f"{side.quantity.low:g}-{side.quantity.high:g} {side.quantity.unit}"
            for side in (one, other)
        )
        yield as_found(
            "figures", about, one.saying, other.saying, rival.score, rival.shared, values
        )


def position_pairs(
    readings: Sequence[Reading],
    said: Sequence[Sequence[Saying]],
    opposite: Sequence[tuple[PositionAt, PositionAt]],
    comparable: Comparable,
) -> Iterator[Found]:
    """The statements that show positions on opposite sides."""
    for at, other in opposite:
        one, two = showing(readings, said, at), showing(readings, said, other)
        if one and two and apart(one, two) and comparable(one.place, two.place):
            issue = readings[at.document].positions[at.position].issue
            yield as_found("stances", issue, one, two, POSITIONS_SURE, one.stems & two.stems)


def denial_pairs(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    said: Sequence[Sequence[Saying]],
    weights: Weights,
    comparable: Comparable,
) -> Iterator[Found]:
    """Statements and their denials."""
    every = zip(documents, readings, said, strict=True)
    all_denials = [denial for one in every for denial in denials(*one)]
    affirmed = [one for some in said for one in some if affirms(one)]
    for one in (
        *broken_promises(documents, readings, said, comparable),
        *denied(all_denials, affirmed, weights, comparable),
    ):
        told = one.affirmed
        about = wording(told.text, one.shared) or wording(told.text, told.stems)
        yield as_found("denial", about, one.denial, told, one.score, one.shared)


def own_voices(said: Sequence[Sequence[Saying]], groups: Sequence[Group]) -> dict[Place, Place]:
    """For statements at second hand, where the same holder makes the same claim in person."""
    found: dict[Place, Place] = {}
    for group in groups:
        sides = [said[place.document][place.statement] for place in group.places]
        own = [one for one in sides if one.statement.basis == "asserted"]
        for one in sides:
            if one.statement.basis != "asserted" and one.place not in found:
                same = [each for each in own if one.holders and one.holders == each.holders]
                found.update((one.place, each.place) for each in same[:1])
    return found


def in_own_voice(pair: Pair, voices: Mapping[Place, Place]) -> Pair:
    """`pair` with each side by its holder's own words, if both still stand in two places."""
    one, other = voices.get(pair.one, pair.one), voices.get(pair.other, pair.other)
    if one == other:
        return pair
    return replace(pair, one=min(one, other), other=max(one, other))


def as_found(
    kind: Kind,
    about: str,
    one: Saying,
    other: Saying,
    score: float,
    matter: frozenset[str],
    values: frozenset[str] = frozenset(),
) -> Found:
    """A pair with its sides in the order of their places."""
    first, second = sorted((one, other), key=lambda side: side.place)
    pair = Pair(kind, about, first.place, second.place, round(min(1.0, score), 3))
    return Found(pair, (first, second), matter, values)


def surest(found: Iterable[Found], origin: Callable[[Place], int]) -> Iterator[Found]:
    """The surest of `found` for each matter and two sides.

    Best are sides that speak themselves; of copies the first print.
    """

    def rank(one: Found) -> tuple[float, int, Place, Place]:
        places = one.pair.one, one.pair.other
        held = [side.statement.basis for side in one.sides]
        copies = sum(origin(place) != place.document for place in places)
        return -one.pair.score - OWN_WORDS * held.count("asserted"), copies, *places

    kept: list[Found] = []
    for one in sorted(found, key=rank):
        if one.pair.one != one.pair.other and not any(repeats(one, other) for other in kept):
            kept.append(one)
            yield one


def repeats(one: Found, other: Found) -> bool:
    """Whether two pairs are one contest: the same sides, or the same values of one figure."""
    if {one.pair.one, one.pair.other} == {other.pair.one, other.pair.other}:
        return True
    if one.pair.kind != other.pair.kind:
        return False
    if one.values and one.values == other.values:
        return True
    straight = zip(one.sides, other.sides, strict=True)
    crossed = zip(one.sides, reversed(other.sides), strict=True)
    same = any(all(not apart(*sides) for sides in way) for way in (straight, crossed))
    return same and (not one.matter or not other.matter or bool(one.matter & other.matter))


def wording(text: str, words: frozenset[str]) -> str:
    """The stretch of `text`, without figure, mark or auxiliary, with most of `words` by their stems.

    What follows upon a figure comes before others, and of these the first of the shortest; empty
    where none of the words stands there.
    """
    tokens = TOKEN.findall(text)
    found = [(0, True, 0, "")]
    for at, first in enumerate(tokens):
        seen: set[str] = set()
        for end, token in enumerate(tokens[at : at + ABOUT_WORDS], start=at + 1):
            if not (stems(first) & words) or not token[0].isalpha() or token in AUXILIARY:
                break
            if stems(token) & words:
                seen |= stems(token) & words
                counted = at > 0 and tokens[at - 1][0].isdigit()
                found.append((-len(seen), not counted, end - at, " ".join(tokens[at:end])))
    return min(found, key=lambda one: one[:3])[3]
