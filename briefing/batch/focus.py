"""Briefs and what an audience asks for in, the briefs without what is about something else out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.findings import Matrix
from briefing.relate.focus import ON_FOCUS, relevance
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
        The briefs, and how many statements of their sources none of them may tell.

    Raises:
        SourceError: If no source says anything about `focus`.
    """
    on: set[tuple[int, int]] = set()
    own = focus and any(part.focus != focus for _, part in parts)
    scores = on_focus(documents, readings, focus) if own else ()
    asked = _Near(readings, scores)
    kept: list[Part] = []
    for name, part in parts:
        some = told(part, documents, readings)
        if own and part.focus != focus:
            part, some = asked.part(part), some & asked.told
        kept.append((name, part))
        on |= some
    return kept, sum(len(reading.statements) for reading in readings) - len(on)


def told(
    part: Findings, documents: Sequence[Document], readings: Sequence[Reading]
) -> set[tuple[int, int]]:
    """The statements, by document and number, that a brief may tell as it is made."""
    numbers = part.items[0].documents
    some = [readings[number] for number in numbers]
    if not part.focus:
        return {
            (number, at)
            for number, reading in zip(numbers, some, strict=True)
            for at in range(len(reading.statements))
        }
    scores = relevance([documents[number] for number in numbers], some, part.focus)
    return {
        place
        for number, reading, found in zip(numbers, some, scores, strict=True)
        for place in near(number, reading, found)
    }


def near(number: int, reading: Reading, scores: Sequence[float]) -> set[tuple[int, int]]:
    """The statements of one document in sentences that are on the focus."""
    return {
        (number, at)
        for at, statement in enumerate(reading.statements)
        if scores[statement.sentence] >= ON_FOCUS
    }


class _Near:
    """Tells what is about the focus.

    Args:
        readings: One a document.
        scores: How much each of their sentences is about it.
    """

    def __init__(self, readings: Sequence[Reading], scores: Sequence[Sequence[float]]) -> None:
        self.readings = readings
        self.scores = scores
        self.told = {
            place
            for number, (reading, found) in enumerate(zip(readings, scores, strict=False))
            for place in near(number, reading, found)
        }

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
