"""Readings in, what is contested out: pairs of statements that cannot both hold.

Figures of one quantity, stances on one issue, a statement and its denial. Each side has a holder,
and the two are different. A pair that is missed leaves the brief as it was, a wrong one sets
people against each other who agree: so whatever may tell two matters apart does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal

from briefing.relate.amounts import amounts
from briefing.relate.denials import affirms, denials, denied, passed_on
from briefing.relate.matters import Saying, apart, names, sayings, stems
from briefing.relate.places import Place
from briefing.relate.rarity import Kinship, Weights
from briefing.relate.rivals import rivals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from briefing.document import Document
    from briefing.findings import Reading

    Comparable = Callable[[Place, Place], bool]

Kind = Literal["figures", "stances", "denial"]

FOR = frozenset(("supports", "demands", "offers", "accepts"))
AGAINST = frozenset(("opposes", "rejects"))
TURNING = re.compile(
    r"\b(?:withdr\w+|scrap\w*|drop\w*|end|ends|ended|ending|abolish\w*|abolition|cancel\w*|stop\w*"
    r"|halt\w*|repeal\w*|ban\w*|delay\w*|postpone\w*|suspen\w+|revers\w+|lift\w*|remov\w+"
    r"|no|not|never|without|against|rather than|instead|lower|smaller|less|fewer|cut\w*|oppos\w+"
    r"|reject\w*|block\w*|prevent\w*|avoid\w*)\b|n[’']t\b",
    re.IGNORECASE,
)
"""Words that may turn a stance on what follows them into its opposite."""
CONDITION = re.compile(r"\b(?:if|unless|provided|until|as long as|only|on condition)\b")
GENERIC = frozenset(
    stem
    for word in """plan proposal measure deal bill idea move decision policy law change reform
    project scheme agreement suggestion claim request offer step approach matter issue action
    decision result role talks report statement effort case call demand allegation charge""".split()
    for stem in stems(word)
)
"""What may be of anything: two that oppose `the plan` need not mean the same one."""
LEAST_ALIKE = 0.6
LEAST_OVERLAP = 0.5
LEAST_CONTEXT = 0.5
"""Weight of words that the sentences around a generic issue must share."""
ABOUT_WORDS = 6
OWN_WORDS = 0.1
"""What it adds that a side asserts something itself, rather than that others report it."""
AUXILIARY = frozenset(
    """am is are was were be been being do does did has have had will would shall should can could
    may might must""".split()
)
TOKEN = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d.,]*|[^\w\s]")
COMMONEST = 60
"""Stances that share a word from which on it brings none together."""


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
class View:
    """For or against an issue: who, by which statement."""

    saying: Saying
    favours: bool
    issue: str
    stems: frozenset[str]
    context: frozenset[str]


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
    same_origin: Callable[[Place, Place], bool],
) -> tuple[Pair, ...]:
    """Find what is contested among the holders of the statements in `documents`.

    Args:
        documents: The sources.
        readings: One a document.
        same_origin: Whether two statements go back to one writing.

    Returns:
        The surest first, those whose sides speak themselves before others; for one matter and two
        sides only one.
    """
    said = [sayings(at, *pair) for at, pair in enumerate(zip(documents, readings, strict=True))]
    weights = Weights([one for some in said for one in some])
    kin = Kinship(documents)

    def comparable(one: Place, other: Place) -> bool:
        return kin(one.document, other.document) and not same_origin(one, other)

    found = [
        *figure_pairs(documents, readings, said, weights, comparable),
        *stance_pairs(documents, readings, said, weights, comparable),
        *denial_pairs(documents, readings, said, weights, comparable),
    ]
    return tuple(one.pair for one in surest(found, readings))


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


def stance_pairs(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    said: Sequence[Sequence[Saying]],
    weights: Weights,
    comparable: Comparable,
) -> Iterator[Found]:
    """Opposite stances on one issue."""
    every = zip(documents, readings, said, strict=True)
    having: defaultdict[str, tuple[list[View], list[View]]] = defaultdict(lambda: ([], []))
    for view in (view for one in every for view in views(*one)):
        for word in view.stems:
            having[word][view.favours].append(view)
    done: set[tuple[Place, Place]] = set()
    for against, favouring in having.values():
        if len(against) + len(favouring) > COMMONEST:
            continue
        for one, other in product(against, favouring):
            places = one.saying.place, other.saying.place
            if places in done or not apart(one.saying, other.saying):
                continue
            done.add(places)
            score = opposed(one, other, weights)
            if score and comparable(*places):
                shared = one.stems & other.stems
                yield as_found("stances", one.issue, one.saying, other.saying, score, shared)


def denial_pairs(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    said: Sequence[Sequence[Saying]],
    weights: Weights,
    comparable: Comparable,
) -> Iterator[Found]:
    """Statements and their denials."""
    every = list(zip(documents, readings, said, strict=True))
    all_denials = [denial for one in every for denial in denials(*one)]
    affirmed = [
        one
        for _, reading, some in every
        for passing in [passed_on(reading)]
        for one in some
        if one.place.statement not in passing and affirms(reading, one)
    ]
    for one in denied(all_denials, affirmed, weights, comparable):
        about = wording(one.affirmed.text, one.shared) or wording(
            one.affirmed.text, one.affirmed.stems
        )
        yield as_found("denial", about, one.denial, one.affirmed, one.score, one.shared)


def views(document: Document, reading: Reading, said: Sequence[Saying]) -> Iterator[View]:
    """The stances for and against in one document that hold now and without a condition."""
    for one in said:
        statement = reading.statements[one.place.statement]
        shown = [
            position
            for position in reading.positions
            if position.actor in statement.holders
            and any(
                span.overlaps(piece) for span in position.evidence for piece in statement.content
            )
        ]
        stance, issue = next(
            ((p.stance, p.issue) for p in shown if p.stance in FOR | AGAINST),
            (statement.stance, statement.issue),
        )
        unsure = any(position.conditional or position.past for position in shown)
        if unsure or not one.known or stance not in FOR | AGAINST or not stems(issue):
            continue
        whole = document[reading.sentences[one.sentence].span]
        if TURNING.search(one.text) or CONDITION.search(whole) or whole.endswith("?"):
            continue
        yield View(one, stance in FOR, issue, stems(issue), stems(whole) - stems(issue))


def opposed(one: View, other: View, weights: Weights) -> float:
    """How sure it is, 0 to 1, that two opposite stances are on one issue; 0 where they are not."""
    shared = one.stems & other.stems
    alike = weights.sum(shared) / (weights.sum(one.stems | other.stems) or 1.0)
    first, second = names(one.issue), names(other.issue)
    if alike < LEAST_ALIKE or not (first <= second or second <= first):
        return 0.0
    if weights.overlap(one.saying.stems, other.saying.stems) < LEAST_OVERLAP:
        return 0.0
    holders = frozenset(
        stem
        for view in (one, other)
        for holder in view.saying.holders
        for word in holder
        for stem in stems(word)
    )
    context = weights.sum((one.context & other.context) - holders)
    if shared <= GENERIC and context < LEAST_CONTEXT:
        return 0.0
    return min(1.0, 0.4 + 0.3 * alike + 0.2 * min(1.0, weights.sum(shared)) + 0.1 * (context > 0))


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


def surest(found: Iterable[Found], readings: Sequence[Reading]) -> Iterator[Found]:
    """The surest of `found` for each matter and two sides; best are sides that speak themselves."""

    def worth(one: Found) -> float:
        places = one.pair.one, one.pair.other
        held = [readings[place.document].statements[place.statement].basis for place in places]
        return one.pair.score + OWN_WORDS * held.count("asserted")

    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (-worth(one), one.pair.one, one.pair.other)):
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
