"""Readings in, opposite stances on one issue out.

A stance counts that holds now and without a condition. Two are on one issue where the sources'
own words for it are alike, and what the statements say too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple

from briefing.quantities.stems import stems
from briefing.relate.matters import Saying, apart, names, nested

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefing.document import Document
    from briefing.findings import Position, Reading, Statement
    from briefing.relate.held import PositionAt
    from briefing.relate.places import Place
    from briefing.relate.rarity import Weights

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
GENERIC = stems(
    """plan proposal measure deal bill idea move decision policy law change reform
    project scheme agreement suggestion claim request offer step approach matter issue action
    decision result role talks report statement effort case call demand allegation charge"""
)
"""What may be of anything: two that oppose `the plan` need not mean the same one."""
LEAST_ALIKE = 0.6
LEAST_OVERLAP = 0.5
LEAST_MATTER = 0.5
"""Weight of the words of an issue that need no words around them to tell which one it is."""
LEAST_CONTEXT = 0.5
"""Weight of words that the sentences around a generic issue must share."""
COMMONEST = 60
"""Stances that share a word from which on it brings none together."""


@dataclass(frozen=True, slots=True)
class View:
    """For or against an issue: who, by which statement."""

    saying: Saying
    favours: bool
    issue: str
    stems: frozenset[str]
    context: frozenset[str]


class Opposite(NamedTuple):
    """Two statements on opposite sides of an issue.

    Attributes:
        issue: In the words of one of them.
        one: Of the two against it.
        other: For it.
        score: How sure, 0 to 1.
        shared: Word stems of the issue that both have.
    """

    issue: str
    one: Saying
    other: Saying
    score: float
    shared: frozenset[str]


def opposite_stances(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    said: Sequence[Sequence[Saying]],
    weights: Weights,
    comparable: Callable[[Place, Place], bool],
) -> Iterator[Opposite]:
    """Find statements for and against one issue.

    Args:
        documents: The sources.
        readings: One a document.
        said: What the statements of each document are about.
        weights: How telling words are.
        comparable: Whether what stands in two places may be about one matter.
    """
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
                yield Opposite(one.issue, one.saying, other.saying, score, shared)


def views(document: Document, reading: Reading, said: Sequence[Saying]) -> Iterator[View]:
    """The stances for and against in one document that hold now and without a condition."""
    for one in said:
        statement = one.statement
        shown = [each for each in reading.positions if shows(statement, each)]
        stance, issue = next(
            ((p.stance, p.issue) for p in shown if p.stance in FOR | AGAINST),
            (statement.stance, statement.issue),
        )
        unsure = any(position.conditional or position.past for position in shown)
        if unsure or not one.known or stance not in FOR | AGAINST or not stems(issue):
            continue
        whole = document[reading.sentences[statement.sentence].span]
        if TURNING.search(one.text) or CONDITION.search(whole) or whole.endswith("?"):
            continue
        yield View(one, stance in FOR, issue, stems(issue), stems(whole) - stems(issue))


def opposed(one: View, other: View, weights: Weights) -> float:
    """How sure it is, 0 to 1, that two opposite stances are on one issue; 0 where they are not."""
    shared = one.stems & other.stems
    alike = weights.sum(shared) / (weights.sum(one.stems | other.stems) or 1.0)
    if alike < LEAST_ALIKE or not nested(names(one.issue), names(other.issue)):
        return 0.0
    if weights.overlap(one.saying.stems, other.saying.stems) < LEAST_OVERLAP:
        return 0.0
    holders = stems(" ".join(chain(*one.saying.holders, *other.saying.holders)))
    context = weights.sum((one.context & other.context) - holders)
    # What everything here is about may be another of its kind: `a train`, `three trains`.
    common = shared <= GENERIC or weights.sum(shared) < LEAST_MATTER
    if common and context < LEAST_CONTEXT:
        return 0.0
    return min(1.0, 0.4 + 0.3 * alike + 0.2 * min(1.0, weights.sum(shared)) + 0.1 * (context > 0))


def showing(
    readings: Sequence[Reading], said: Sequence[Sequence[Saying]], at: PositionAt
) -> Saying | None:
    """The shortest statement of a position's actor that has words of its evidence."""
    position = readings[at.document].positions[at.position]
    found = [one for one in said[at.document] if shows(one.statement, position)]
    return min(found, key=lambda one: (len(one.text), one.place), default=None)


def shows(statement: Statement, position: Position) -> bool:
    """Whether a statement is of a position's actor and has words of its evidence."""
    return position.actor in statement.holders and any(
        span.overlaps(piece) for span in position.evidence for piece in statement.content
    )
