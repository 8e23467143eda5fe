"""Briefs in, the same with one name for each actor in all of them out.

Within a brief it has one already. What was worded by a model stays as it was worded.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.findings import Matrix
from briefing.relate.across import across
from briefing.relate.renaming import all_of, renamed, way

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.findings import Cell, Contest, Finding, Findings

Part = tuple[str, "Findings"]


def called_alike(briefs: Sequence[Part]) -> list[Part]:
    """`briefs` with one name for each actor, where it is sure to be the same."""
    changes = across([(part.documents, part.readings) for _, part in briefs])
    return [
        (name, called(part, names) if names else part)
        for (name, part), names in zip(briefs, changes, strict=True)
    ]


def called(part: Findings, names: Mapping[str, str]) -> Findings:
    """`part` with other names for those in `names`, wherever one is printed."""
    return replace(
        part,
        readings=tuple(renamed(reading, names) for reading in part.readings),
        bottom_line=_findings(part.bottom_line, names),
        summary=_findings(part.summary, names),
        claims=_findings(part.claims, names),
        positions=_findings(part.positions, names),
        contested=tuple(_contest(one, names) for one in part.contested),
        unknowns=tuple(replace(one, names=all_of(one.names, names)) for one in part.unknowns),
        matrix=_matrix(part.matrix, names),
        timeline=tuple(
            replace(event, finding=_finding(event.finding, names)) for event in part.timeline
        ),
        items=tuple(replace(one, findings=_findings(one.findings, names)) for one in part.items),
    )


def _finding(finding: Finding, names: Mapping[str, str]) -> Finding:
    draft = finding.draft
    holders = all_of(draft.holders, names)
    return replace(
        finding,
        draft=replace(
            draft,
            holders=holders,
            via=way(draft.via, holders, names),
            actor=names.get(draft.actor, draft.actor),
            pieces=tuple(
                replace(piece, before=names.get(piece.before, piece.before))
                for piece in draft.pieces
            ),
        ),
    )


def _findings(found: Sequence[Finding], names: Mapping[str, str]) -> tuple[Finding, ...]:
    return tuple(_finding(one, names) for one in found)


def _contest(contest: Contest, names: Mapping[str, str]) -> Contest:
    one, other = contest.sides
    return replace(contest, sides=(_finding(one, names), _finding(other, names)))


def _cell(cell: Cell, names: Mapping[str, str]) -> Cell:
    actor = names.get(cell.actor, cell.actor)
    return replace(
        cell,
        actor=actor,
        tellings=tuple(replace(one, via=way(one.via, (actor,), names)) for one in cell.tellings),
    )


def _matrix(matrix: Matrix, names: Mapping[str, str]) -> Matrix:
    return Matrix(
        all_of(matrix.actors, names),
        matrix.issues,
        tuple(_cell(one, names) for one in matrix.cells),
    )
