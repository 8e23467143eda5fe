"""Issues and the positions on them in, who stands where by which source out.

In: documents and `Issues`. Out: a `Matrix` for print, and pairs of positions that stand
against each other. Whether somebody has changed sides, or stands against another, is told only
where both sides are plain: on the thing itself, without a condition, a hedge or a limit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from briefing.findings import Cell, Evidence, Matrix, Telling
from briefing.quantities.stems import telling
from briefing.relate.issues import AGAINST, FOR, SHARES, Issues
from briefing.relate.matters import holder_words, nested
from briefing.relate.nouns import PREPOSITION
from briefing.relate.origins import WORD
from briefing.relate.phrases import LIGHT, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.document import Document
    from briefing.relate.held import Held, PositionAt

MOST_ISSUES = 8
MOST_ACTORS = 12
LEAST_CELLS = 3
"""Cells below which there is no table to be read."""
LEAST_WORDS = 3
"""Words without which nobody sees from a telling where its actor stands."""
EXPLICIT_FOR = frozenset(("supports", "accepts"))
EXPLICIT_AGAINST = frozenset(("opposes", "rejects"))
"""Stances that two actors can have against each other; what one denies or warns of, another need
not support."""
ENDING = re.compile(
    r"\b(?:withdr\w+|scrap\w*|drop\w*|end|ends|ended|ending|abolish\w*|abolition|cancel\w*|stop\w*"
    r"|halt\w*|repeal\w*|ban|bans|banned|banning|delay\w*|postpone\w*|suspen\w+|revers\w+|lift\w*"
    r"|remov\w+|reduc\w+|eas(?:e|es|ed|ing)|soften\w*|limit\w*|weaken\w*|avoid\w*|prevent\w*)\b",
    re.IGNORECASE,
)
"""What, before a thing, turns a stance on it round."""
LIMIT = re.compile(
    r"\b(?:of|by|to|for|at|without|with|unless|until|if|provided|providing|only|except|as|than"
    r"|that|which|who|whose|but|though|although|when|where|while|before|after|instead|rather)\b|\d",
    re.IGNORECASE,
)
"""What, behind a thing, shows that only some of it is meant."""
PRESENT = re.compile(
    r"\b(?:as it (?:now )?stands|in its (?:present|current) form)\b", re.IGNORECASE
)
"""What is said of the whole of a thing as it is."""


def matrix(documents: Sequence[Document], issues: Issues) -> Matrix:
    """Tell who stands where on the first of `issues`.

    Args:
        documents: The sources.
        issues: As `cluster_issues` finds them.

    Returns:
        At most `MOST_ISSUES` issues and `MOST_ACTORS` actors; each issue has a cell, each actor too.
    """
    cells: dict[tuple[str, str], list[Held]] = {}
    for label, direct in zip(issues.labels, issues.direct, strict=True):
        if len({issue for _, issue in cells} | {label}) > MOST_ISSUES:
            break
        for one in direct:
            sided = one.position.stance not in SHARES
            if sided and words_in(documents[one.at.document], one) >= LEAST_WORDS:
                cells.setdefault((one.actor, label), []).append(one)
    actors = most_outspoken(cells)
    if len(cells) < LEAST_CELLS:
        return Matrix()
    labels = [label for label in issues.labels if any((actor, label) in cells for actor in actors)]
    return Matrix(
        actors=tuple(actors),
        issues=tuple(labels),
        cells=tuple(
            to_cell(documents, actor, label, cells[actor, label])
            for actor, label in product(actors, labels)
            if (actor, label) in cells
        ),
    )


def opposed(
    documents: Sequence[Document], issues: Issues
) -> tuple[tuple[PositionAt, PositionAt], ...]:
    """Find positions of different actors that stand plainly on opposite sides of one issue.

    Args:
        documents: The sources.
        issues: As `cluster_issues` finds them.

    Returns:
        Pairs in the order of the issues, one for two actors and an issue, the earlier place first.
        Who is told to stand on both sides of an issue, in whatever way, is in none on it.
    """
    pairs: list[tuple[PositionAt, PositionAt]] = []
    for direct in issues.direct:
        sides: dict[bool, dict[str, PositionAt]] = {True: {}, False: {}}
        leaning: dict[bool, set[str]] = {True: set(), False: set()}
        for one in direct:
            position = one.position
            explicit = position.stance in EXPLICIT_FOR | EXPLICIT_AGAINST
            if explicit and not position.conditional:
                leaning[position.stance in EXPLICIT_FOR].add(one.actor)
            if (
                explicit
                and position.basis != "inferred"
                and not position.past
                and is_plain(documents[one.at.document], one)
            ):
                sides[position.stance in EXPLICIT_FOR].setdefault(one.actor, one.at)
        both = leaning[True] & leaning[False]
        for (one_actor, first), (other, second) in product(
            sides[True].items(), sides[False].items()
        ):
            if not both & {one_actor, other} and are_two(one_actor, other):
                pairs.append((min(first, second), max(first, second)))
    return tuple(pairs)


def most_outspoken(cells: Mapping[tuple[str, str], Sequence[Held]]) -> list[str]:
    """The actors with most cells, of these those with most tellings, of these the first.

    A cell that shows less than a side counts less.
    """
    worth: defaultdict[str, float] = defaultdict(float)
    told: defaultdict[str, int] = defaultdict(int)
    for (actor, _), some in cells.items():
        worth[actor] += max(SHARES.get(one.position.stance, 1.0) for one in some)
        told[actor] += len(some)
    return sorted(worth, key=lambda actor: (-worth[actor], -told[actor]))[:MOST_ACTORS]


def to_cell(
    documents: Sequence[Document],
    actor: str,
    label: str,
    some: Sequence[Held],
) -> Cell:
    """One cell with its tellings, the latest first; what is told as past after the rest of a day."""
    dated = [(documents[one.at.document].date or "", one) for one in some]
    # Sorting twice keeps the order of the text among those of one date.
    dated.sort(key=lambda entry: (entry[1].position.past, entry[1].at))
    dated.sort(key=lambda entry: entry[0], reverse=True)
    return Cell(
        actor=actor,
        issue=label,
        tellings=tuple(to_telling(documents, one) for _, one in dated),
        changed=has_changed(
            [each for each in dated if is_plain(documents[each[1].at.document], each[1])]
        ),
    )


def to_telling(documents: Sequence[Document], one: Held) -> Telling:
    """A position with the words and the date of its source."""
    number, position = one.at.document, one.position
    document = documents[number]
    return Telling(
        stance=position.stance,
        basis=position.basis,
        hedged=position.hedged,
        conditional=position.conditional,
        past=position.past,
        via=position.via,
        date=document.date,
        evidence=tuple(Evidence(number, span, document[span]) for span in position.evidence),
    )


def has_changed(plain: Iterable[tuple[str, Held]]) -> bool:
    """Whether plain tellings of one actor, each with its date, stand on both sides.

    Of two dates, or one of them as past.
    """
    told = [
        (date, one.position.past, one.position.stance in FOR)
        for date, one in plain
        if one.position.stance in FOR | AGAINST and one.position.basis != "inferred"
    ]
    return any(
        side != other_side and (past != other_past or bool(date and other and date != other))
        for date, past, side in told
        for other, other_past, other_side in told
    )


def is_plain(document: Document, one: Held) -> bool:
    """Whether a position is for or against the thing that its issue names, and all of it.

    Not only a larger or a first one, not under a condition or with a hedge, not to end it, not
    with a limit behind it: `a levy without a ceiling` is not every levy.
    """
    position = one.position
    if position.hedged or position.conditional or position.stance not in FOR | AGAINST:
        return False
    named = PREPOSITION.split(PRESENT.sub("", position.issue), maxsplit=1)[0]
    words = [word for word in WORD.findall(named) if telling(word) or word.lower() in LIGHT]
    if not words or any(word.lower() in LIGHT | NUMBERS for word in WORD.findall(named)):
        return False
    shown = " ".join(" ".join(document[span].split()) for span in position.evidence)
    # Where a pronoun stands for the thing, nothing in all the words may limit it.
    before, _, behind = PRESENT.sub("", shown).rpartition(words[-1])
    return not ENDING.search(before) and not LIMIT.search(behind)


def are_two(one: str, other: str) -> bool:
    """Whether two names are of two actors for sure; one within another may be short for it."""
    return not nested(holder_words(one, 0), holder_words(other, 0))


def words_in(document: Document, one: Held) -> int:
    """How many words show a position."""
    return sum(len(WORD.findall(document[span])) for span in one.position.evidence)
