"""What a printed line rests on: a brief's lines in, each with its evidence in all sources out.

In: `Findings` and the `Brief` composed of them. Out: one `Trace` a line, in the order of the page. A
line knows the words that it prints; the finding behind it knows what else carries them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from briefing.brief import Brief, Line
from briefing.document import Document, Span
from briefing.findings import AUTHOR, Draft, Evidence, Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Key = tuple[int, tuple[Span, ...], str]


@dataclass(frozen=True, slots=True)
class Trace:
    """One printed line and what it rests on.

    Attributes:
        section: The field of the brief in which it stands.
        heading: What it stands under: of a dispute, an event, an actor and issue, an item; or empty.
        line: What is printed.
        evidence: First the printed words, then others that carry them; any documents.
        via: The chain from the author to the holder, without either.
        own: Whether it is the statement of the source's own voice.
        hedges: Where the hedges stand in the document of the first evidence; empty where the line's
            are known as words alone.
    """

    section: str
    heading: str
    line: Line
    evidence: tuple[Evidence, ...]
    via: tuple[str, ...]
    own: bool
    hedges: tuple[Span, ...]


def traces(findings: Findings, brief: Brief) -> tuple[Trace, ...]:
    """Every line of `brief` with its evidence, in the order of the page.

    A line of which `findings` have no finding, as after an edit, rests on its own words alone.
    """
    known = _by_words(findings)
    return tuple(
        _trace(section, heading, line, known, findings)
        for section, heading, line in printed_lines(brief)
    )


def printed_lines(brief: Brief) -> Iterator[tuple[str, str, Line]]:
    """The field, the heading and the line of everything that a brief states."""
    if brief.bottom_line:
        yield "bottom_line", "", brief.bottom_line
    yield from (("summary", "", line) for line in brief.summary)
    yield from (("claims", "", line) for line in brief.claims)
    for change in brief.changes:
        compared = (change.line, change.earlier)
        yield from (("changes", change.text, line) for line in compared if line is not None)
    for item in brief.items:
        yield from (("items", item.title or item.voice, line) for line in item.lines)
    for dispute in brief.contested:
        heading = f"{dispute.label}: {dispute.about}" if dispute.about else dispute.label
        yield from (("contested", heading, line) for line in (dispute.one, dispute.other))
    yield from (("positions", "", line) for line in brief.positions)
    yield from (("timeline", event.date, event.line) for event in brief.timeline)
    for row in brief.matrix:
        for issue, stand in zip(brief.issues, row.stands, strict=False):
            told = (stand.line, *stand.earlier, *stand.others) if stand else ()
            yield from (("matrix", f"{row.actor}: {issue}", line) for line in told)


def _trace(
    section: str, heading: str, line: Line, known: Mapping[Key, list[Finding]], findings: Findings
) -> Trace:
    own_words = line.quotation.evidence
    key = (own_words[0].document if own_words else -1, _spans(own_words), line.text)
    found = known.get(key, [])
    more = chain.from_iterable(finding.evidence for finding in found)
    evidence = tuple(dict.fromkeys((*own_words, *more)))
    if section != "matrix" and found:
        draft = next((one.draft for one in found if one.draft.section == section), found[0].draft)
        own = is_own(draft, findings.documents[draft.document])
        return Trace(section, heading, line, evidence, draft.via, own, draft.hedges)
    via, own = _told(line, findings)
    return Trace(section, heading, line, evidence, via, own, ())


def _told(line: Line, findings: Findings) -> tuple[tuple[str, ...], bool]:
    """The chain to the holder of a stand, and whether it is the source's own voice."""
    for cell in findings.matrix.cells:
        for telling in cell.tellings:
            if telling.stance == line.stance and _overlap(line, telling.evidence):
                return telling.via, line.basis == "asserted" and not telling.via
    return (), line.basis == "asserted"


def _overlap(line: Line, evidence: tuple[Evidence, ...]) -> bool:
    return any(
        one.document == two.document and one.span.overlaps(two.span)
        for one in line.quotation.evidence
        for two in evidence
    )


def _by_words(findings: Findings) -> dict[Key, list[Finding]]:
    """Findings by the words that they print."""
    known: dict[Key, list[Finding]] = {}
    for finding in (
        *findings.bottom_line,
        *findings.summary,
        *findings.claims,
        *findings.positions,
        *(side for contest in findings.contested for side in contest.sides),
        *(event.finding for event in findings.timeline),
    ):
        draft = finding.draft
        spans = tuple(piece.span for piece in draft.pieces)
        known.setdefault((draft.document, spans, draft.text), []).append(finding)
    return known


def _spans(evidence: tuple[Evidence, ...]) -> tuple[Span, ...]:
    return tuple(one.span for one in evidence)


def is_own(draft: Draft, document: Document) -> bool:
    """Whether the statement is that of the document's own voice."""
    own = {AUTHOR, document.voice, *document.authors, document.publisher}
    return not draft.via and set(draft.holders) <= own
