"""Findings in, the same findings with their documents under other numbers out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.findings import (
        Cell,
        Contest,
        Digest,
        Evidence,
        Finding,
        Findings,
        Matrix,
        Refusal,
        Unknown,
    )


def renumbered(findings: Findings, numbers: Mapping[int, int]) -> Findings:
    """`findings` with document `number` as `numbers[number]` wherever one is named.

    Its documents and readings stay as they are: the caller puts them in their new order.
    """
    return replace(
        findings,
        bottom_line=_findings(findings.bottom_line, numbers),
        summary=_findings(findings.summary, numbers),
        claims=_findings(findings.claims, numbers),
        positions=_findings(findings.positions, numbers),
        contested=tuple(_contest(one, numbers) for one in findings.contested),
        unknowns=tuple(_unknown(one, numbers) for one in findings.unknowns),
        refusals=tuple(_refusal(one, numbers) for one in findings.refusals),
        matrix=_matrix(findings.matrix, numbers),
        timeline=tuple(
            replace(event, finding=_finding(event.finding, numbers)) for event in findings.timeline
        ),
        items=tuple(_digest(one, numbers) for one in findings.items),
    )


def _evidence(evidence: Sequence[Evidence], numbers: Mapping[int, int]) -> tuple[Evidence, ...]:
    return tuple(replace(one, document=numbers[one.document]) for one in evidence)


def _finding(finding: Finding, numbers: Mapping[int, int]) -> Finding:
    draft = finding.draft
    return replace(
        finding,
        draft=replace(
            draft,
            document=numbers[draft.document],
            rests_on=_evidence(draft.rests_on, numbers),
        ),
        evidence=_evidence(finding.evidence, numbers),
    )


def _findings(found: Sequence[Finding], numbers: Mapping[int, int]) -> tuple[Finding, ...]:
    return tuple(_finding(one, numbers) for one in found)


def _contest(contest: Contest, numbers: Mapping[int, int]) -> Contest:
    one, other = contest.sides
    return replace(contest, sides=(_finding(one, numbers), _finding(other, numbers)))


def _unknown(unknown: Unknown, numbers: Mapping[int, int]) -> Unknown:
    return replace(
        unknown,
        documents=tuple(numbers[one] for one in unknown.documents),
        evidence=_evidence(unknown.evidence, numbers),
    )


def _refusal(refusal: Refusal, numbers: Mapping[int, int]) -> Refusal:
    return replace(
        refusal,
        document=numbers[refusal.document],
        evidence=_evidence(refusal.evidence, numbers),
    )


def _cell(cell: Cell, numbers: Mapping[int, int]) -> Cell:
    return replace(
        cell,
        tellings=tuple(
            replace(one, evidence=_evidence(one.evidence, numbers)) for one in cell.tellings
        ),
    )


def _matrix(matrix: Matrix, numbers: Mapping[int, int]) -> Matrix:
    return replace(matrix, cells=tuple(_cell(one, numbers) for one in matrix.cells))


def _digest(digest: Digest, numbers: Mapping[int, int]) -> Digest:
    return replace(
        digest,
        documents=tuple(numbers[one] for one in digest.documents),
        findings=_findings(digest.findings, numbers),
    )
