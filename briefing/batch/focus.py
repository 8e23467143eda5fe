"""Briefs and what an audience asks for in, the briefs without what is about something else out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.findings import Matrix
from briefing.relate.focus import ON_FOCUS
from briefing.several import on_focus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Document
    from briefing.findings import Evidence, Finding, Findings, Reading

Part = tuple[str, "Findings"]


def narrowed(
    parts: Sequence[Part],
    documents: Sequence[Document],
    readings: Sequence[Reading],
    focus: str,
) -> tuple[list[Part], int]:
    """Leave out of each brief what is not about `focus`.

    A brief that was made with this focus stays as it is.

    Args:
        parts: Ids and findings, under the numbers of `documents`.
        documents: All sources.
        readings: One a document.
        focus: What the newsletter is about; empty for all.

    Returns:
        The briefs, and how many statements of their sources were left out in all.

    Raises:
        SourceError: If no source says anything about `focus`.
    """
    before = sum(part.off_focus for _, part in parts)
    if not focus or all(part.focus == focus for _, part in parts):
        return list(parts), before
    near = _Near(readings, on_focus(documents, readings, focus))
    whole = [part for _, part in parts if part.focus != focus]
    numbers = sorted({number for part in whole for number in part.items[0].documents})
    kept = [(name, part if part.focus == focus else near.part(part)) for name, part in parts]
    return kept, before + sum(map(near.left_out, numbers))


class _Near:
    """Tells what is about the focus.

    Args:
        readings: One a document.
        scores: How much each of their sentences is about it.
    """

    def __init__(self, readings: Sequence[Reading], scores: Sequence[Sequence[float]]) -> None:
        self.readings = readings
        self.scores = scores

    def part(self, part: Findings) -> Findings:
        """What of a brief is about it."""
        bottom, summary, claims = (
            tuple(filter(self.finding, found))
            for found in (part.bottom_line, part.summary, part.claims)
        )
        # The best that is left stands in for a bottom line about something else.
        lines = bottom or tuple(
            replace(one, draft=replace(one.draft, section="bottom_line"))
            for one in (*summary, *claims)[:1]
        )
        cells = tuple(
            cell
            for cell in part.matrix.cells
            if any(self.any_of(telling.evidence) for telling in cell.tellings)
        )
        actors, issues = {cell.actor for cell in cells}, {cell.issue for cell in cells}
        return replace(
            part,
            bottom_line=lines,
            summary=summary,
            claims=claims,
            positions=tuple(filter(self.finding, part.positions)),
            contested=tuple(one for one in part.contested if any(map(self.finding, one.sides))),
            unknowns=tuple(
                one
                for one in part.unknowns
                if one.counts is None and (not one.evidence or self.any_of(one.evidence))
            ),
            matrix=Matrix(
                tuple(one for one in part.matrix.actors if one in actors),
                tuple(one for one in part.matrix.issues if one in issues),
                cells,
            ),
            timeline=tuple(event for event in part.timeline if self.finding(event.finding)),
            # Of what was only counted nobody knows what it is about.
            beyond=(),
        )

    def finding(self, finding: Finding) -> bool:
        """Whether words that a finding prints are about it."""
        number = finding.draft.document
        return self.any_of([one for one in finding.evidence if one.document == number])

    def any_of(self, evidence: Sequence[Evidence]) -> bool:
        """Whether a sentence of some evidence is about it."""
        return any(
            score >= ON_FOCUS and sentence.span.overlaps(one.span)
            for one in evidence
            for sentence, score in zip(
                self.readings[one.document].sentences, self.scores[one.document], strict=True
            )
        )

    def left_out(self, number: int) -> int:
        """How many statements of a document are about something else."""
        return sum(
            self.scores[number][statement.sentence] < ON_FOCUS
            for statement in self.readings[number].statements
        )
