"""Sections of several briefs in, the same without what two of them both have out.

In: lists, one a brief, their documents under shared numbers. Out: lists, one a brief: what a later
one repeats stands in the earlier one, with the evidence of both. One list alone stays as it is.
"""

from __future__ import annotations

from dataclasses import replace
from heapq import merge
from typing import TYPE_CHECKING

from briefing.compose.matrix import is_other_side
from briefing.compose.repeats import same_evidence, same_words
from briefing.findings import Matrix, Unknown
from briefing.relate.unquoted import unheard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Document
    from briefing.findings import Cell, Contest, Event, Finding, Reading


def findings(lists: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
    """Each list without the findings that an earlier one has, which are given their evidence."""
    kept: list[list[Finding]] = []
    for some in lists:
        new = []
        for one in some:
            place = next(
                (
                    (at, number)
                    for at, others in enumerate(kept)
                    for number, other in enumerate(others)
                    if same_evidence(one, other) or same_words(one, other)
                ),
                None,
            )
            if place is None:
                new.append(one)
            else:
                at, number = place
                kept[at][number] = joined(kept[at][number], one)
        kept.append(new)
    return kept


def joined(one: Finding, other: Finding) -> Finding:
    """One finding with the evidence of another that says the same.

    How many independent voices there are is known within each brief alone: the larger number is
    kept, never the sum.
    """
    evidence = tuple(dict.fromkeys((*one.evidence, *other.evidence)))
    return replace(one, evidence=evidence, origins=max(one.origins, other.origins))


def rows(lists: Sequence[Sequence[Finding]]) -> list[list[Finding]]:
    """Each list of positions without those of an actor whom an earlier one shows to stand so."""
    kept: list[list[Finding]] = []
    for some in lists:
        told = [one for others in kept for one in others]
        kept.append([one for one in some if not any(is_same_stand(one, other) for other in told)])
    return kept


def is_same_stand(one: Finding, other: Finding) -> bool:
    """Whether two positions are one row: the same words, or one actor, issue and stance."""
    first, second = one.draft, other.draft
    return first.actor == second.actor and (
        same_evidence(one, other)
        or (first.issue.casefold(), first.stance, first.past, first.conditional)
        == (second.issue.casefold(), second.stance, second.past, second.conditional)
    )


def contests(lists: Sequence[Sequence[Contest]]) -> list[list[Contest]]:
    """Each list without what an earlier one shows to be contested by the same words."""
    kept: list[list[Contest]] = []
    for some in lists:
        told = [one for others in kept for one in others]
        kept.append(
            [one for one in some if not any(is_same_contest(one, other) for other in told)]
        )
    return kept


def is_same_contest(one: Contest, other: Contest) -> bool:
    """Whether the sides of two contests are the same, in either order."""
    first, second = other.sides
    return one.kind == other.kind and any(
        all(map(same_evidence, one.sides, sides)) for sides in ((first, second), (second, first))
    )


def timelines(lists: Sequence[Sequence[Event]]) -> tuple[Event, ...]:
    """The events of all lists by date; of two that are told in the same words, the first."""
    kept: list[list[Event]] = []
    for some in lists:
        told = [one for others in kept for one in others]
        kept.append(
            [
                one
                for one in some
                if not any(
                    one.date == other.date and same_evidence(one.finding, other.finding)
                    for other in told
                )
            ]
        )
    return tuple(merge(*kept, key=lambda event: event.date))


def matrices(several: Sequence[Matrix]) -> Matrix:
    """One table of all rows and columns, those of the first brief first."""
    cells: dict[tuple[str, str], Cell] = {}
    for matrix in several:
        for cell in matrix.cells:
            place = cell.actor, cell.issue
            cells[place] = both(cells[place], cell) if place in cells else cell
    actors = dict.fromkeys(actor for matrix in several for actor in matrix.actors)
    issues = dict.fromkeys(issue for matrix in several for issue in matrix.issues)
    ordered = (cells.get((actor, issue)) for actor in actors for issue in issues)
    return Matrix(tuple(actors), tuple(issues), tuple(cell for cell in ordered if cell))


def both(one: Cell, other: Cell) -> Cell:
    """The tellings of two cells for one actor and issue, the latest first."""
    tellings = dict.fromkeys((*one.tellings, *other.tellings))
    latest = sorted(tellings, key=lambda telling: telling.date or "", reverse=True)
    turned = any(
        is_other_side(latest[0], telling) and telling.date not in (None, latest[0].date)
        for telling in latest
        if not telling.hedged and not telling.conditional
    )
    return replace(one, tellings=tuple(latest), changed=one.changed or other.changed or turned)


def unknowns(
    lists: Sequence[Sequence[Unknown]],
    documents: Sequence[Document],
    readings: Sequence[Reading],
) -> tuple[Unknown, ...]:
    """What all briefs leave open, in turns; counts and lists of sources are put together.

    That one source stands alone is not said where there are several. Nobody is said to be never
    quoted whom a source of another brief quotes, or may quote.
    """
    if len(lists) == 1:
        return tuple(lists[0])
    told: dict[str, Unknown] = {}
    places: list[Unknown | str] = []
    longest = max(map(len, lists), default=0)
    for one in (some[at] for at in range(longest) for some in lists if at < len(some)):
        if one.kind in ("said_open", "open_question"):
            if one not in places:
                places.append(one)
        elif one.kind in told:
            told[one.kind] = put_together(told[one.kind], one)
        else:
            told[one.kind] = one
            places.append(one.kind)
    found = (told[one] if isinstance(one, str) else one for one in places)
    left = (as_it_is(one, documents, readings) for one in found)
    return tuple(one for one in left if one)


def put_together(one: Unknown, other: Unknown) -> Unknown:
    """Two unknowns of one kind as one."""
    counts = None
    if one.counts and other.counts:
        counts = (one.counts[0] + other.counts[0], one.counts[1] + other.counts[1])
    return Unknown(
        one.kind,
        documents=tuple(sorted({*one.documents, *other.documents})),
        names=tuple(dict.fromkeys((*one.names, *other.names))),
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
        counts=counts,
    )


def as_it_is(
    unknown: Unknown, documents: Sequence[Document], readings: Sequence[Reading]
) -> Unknown | None:
    """What is left of `unknown` beside the sources of all briefs; None for nothing."""
    if unknown.kind == "single_source":
        return unknown if len(documents) == 1 else None
    if unknown.kind != "never_quoted":
        return unknown
    names = tuple(unheard(unknown.names, documents, readings))
    return replace(unknown, names=names) if names else None
