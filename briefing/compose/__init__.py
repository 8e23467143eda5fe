"""Findings and limits in, the `Brief` that a template prints out.

Pure and quick: page fitting calls it again and again with smaller limits.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from briefing.brief import Brief, Cut, Dated, Dispute, Limits, Line, SourceEntry
from briefing.compose.coverage import coverage
from briefing.compose.lines import to_line
from briefing.compose.matrix import matrix_rows
from briefing.compose.unknowns import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Document, Span
    from briefing.findings import Contest, Event, Finding, Findings, Section

STATUS = "Draft, machine-generated"
PASSED_OVER = "passed over"
"""In a notice of a file that is no document: for the terminal, not for the page."""
NAMES = {"summary": "summary", "claims": "claim", "positions": "position"}
"""What the ids of a section's lines begin with."""
KINDS = {
    "figures": "Figures differ",
    "stances": "Stances differ",
    "denial": "Affirmed and denied",
}
"""How the two sides of a contest stand to each other; which of them is right is not ours to say."""


def compose(findings: Findings, limits: Limits) -> Brief:
    """Choose, number and word what one page prints.

    Args:
        findings: One whole reading.
        limits: How many items each section takes at most.

    Returns:
        The brief; `cut` holds what did not fit. What a higher section prints is not repeated
        in a lower one and is not counted as cut. Positions may repeat the words of others. Both
        sides of a contest stand together or not at all: what is one is left to it.
    """
    documents = findings.documents
    # What is contested never stands without its other side, even where the contest did not fit.
    sides = tuple(side for contest in findings.contested for side in contest.sides)
    bottom = (fresh(findings.bottom_line, sides) or findings.bottom_line)[:1]
    contested = findings.contested[: limits.contested]
    summary, summary_cut = take(findings.summary, (*bottom, *sides), limits.summary)
    claims, claims_cut = take(findings.claims, (*bottom, *summary, *sides), limits.claims)
    held = tuple(one for one in findings.positions if not is_denied(one, findings.contested))
    positions = held[: limits.positions]
    events = foremost(findings.timeline, limits.timeline)
    # One date alone is no line of time.
    events = events if len(events) > 1 else ()
    shown = tuple(side for contest in contested for side in contest.sides)
    printed = (*bottom, *summary, *claims, *shown)
    later = (*printed, *summary_cut, *claims_cut)
    unknowns = tuple(wording(unknown, documents) for unknown in findings.unknowns)
    dated = tuple(event.finding for event in events)
    sources = source_entries(documents, (*printed, *positions, *dated), limits.sources)
    left_out: dict[Section, tuple[str, ...]] = {
        "bottom_line": reading_as(fresh(findings.bottom_line, later), documents),
        "summary": reading_as(fresh(summary_cut, printed), documents),
        "claims": reading_as(fresh(claims_cut, (*printed, *summary_cut)), documents),
        "contested": contests_as(findings.contested[limits.contested :], documents),
        "positions": reading_as(held[limits.positions :], documents),
        "timeline": events_as([one for one in findings.timeline if one not in events], documents),
        "unknowns": unknowns[limits.unknowns :],
        "sources": unlisted(documents, sources),
    }
    return Brief(
        title=findings.title,
        kicker=f"Policy brief · {counted(len(documents), 'source')}",
        date=findings.date,
        cutoff=max((one.date for one in documents if one.date), default=""),
        language=findings.language,
        status=STATUS,
        handling="",
        focus=findings.focus,
        bottom_line=to_line(bottom[0], "bottom-line", documents) if bottom else None,
        summary=to_lines(sorted(summary, key=place), "summary", documents),
        claims=to_lines(claims, "claims", documents),
        contested=to_disputes(contested, documents),
        positions=to_lines(by_actor(positions), "positions", documents),
        unknowns=unknowns[: limits.unknowns],
        sources=sources,
        cut=(*to_cuts(left_out), *off_focus(findings)),
        refusals=findings.refusals,
        notices=printed_notices(findings),
        method=findings.method,
        issues=findings.matrix.issues,
        matrix=matrix_rows(findings, documents),
        timeline=to_dated(events, documents),
        coverage=coverage(findings, (*printed, *positions, *dated)),
    )


def take(
    candidates: Sequence[Finding], printed: Sequence[Finding], limit: int
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The first candidates that say what is not yet printed, up to `limit`, and the rest."""
    new = fresh(candidates, printed)
    return new[:limit], new[limit:]


def is_denied(position: Finding, contests: Sequence[Contest]) -> bool:
    """Whether `position` rests on words that are a side of a statement and its denial."""
    return any(
        same_evidence(position, side)
        for contest in contests
        if contest.kind == "denial"
        for side in contest.sides
    )


def fresh(candidates: Sequence[Finding], printed: Sequence[Finding]) -> tuple[Finding, ...]:
    """`candidates` without those whose evidence is that of one in `printed`, or lies within it."""
    return tuple(
        candidate
        for candidate in candidates
        if not any(same_evidence(candidate, other) for other in printed)
    )


def same_evidence(first: Finding, second: Finding) -> bool:
    """Whether one of two findings prints only words that the other rests on too."""
    return rests_on(first, second) or rests_on(second, first)


def rests_on(printed: Finding, other: Finding) -> bool:
    """Whether all words of `printed` stand in evidence of `other`."""
    number = printed.draft.document
    evidence = [item.span for item in other.evidence if item.document == number]
    return covered([piece.span for piece in printed.draft.pieces], evidence)


def covered(spans: Sequence[Span], by: Sequence[Span]) -> bool:
    """Whether each of `spans` lies within one of `by`."""
    return all(any(other.contains(span) for other in by) for span in spans)


def place(finding: Finding) -> tuple[int, int]:
    """Where in the sources a finding stands, to print a summary in reading order."""
    return finding.draft.document, finding.draft.pieces[0].span.start


def by_actor(positions: Sequence[Finding]) -> list[Finding]:
    """`positions` with the rows of an actor together, at the place of the actor's first one."""
    order: dict[str, int] = {}
    for number, finding in enumerate(positions):
        order.setdefault(finding.draft.actor, number)
    return sorted(positions, key=lambda finding: order[finding.draft.actor])


def to_lines(
    found: Sequence[Finding], section: Section, documents: tuple[Document, ...]
) -> tuple[Line, ...]:
    """Lines with ids numbered from 1."""
    return tuple(
        to_line(finding, f"{NAMES[section]}-{number}", documents)
        for number, finding in enumerate(found, start=1)
    )


def to_disputes(
    contests: Sequence[Contest], documents: tuple[Document, ...]
) -> tuple[Dispute, ...]:
    """Contests with ids numbered from 1; their lines are `contested-1a` and `contested-1b`."""
    return tuple(
        Dispute(
            id=f"contested-{number}",
            kind=contest.kind,
            label=KINDS[contest.kind],
            about=" ".join(contest.about.split()),
            one=to_line(contest.sides[0], f"contested-{number}a", documents),
            other=to_line(contest.sides[1], f"contested-{number}b", documents),
        )
        for number, contest in enumerate(contests, start=1)
    )


def foremost(events: Sequence[Event], limit: int) -> tuple[Event, ...]:
    """The `limit` events that matter most, in their order."""
    best = sorted(events, key=lambda event: -event.finding.draft.score)[:limit]
    return tuple(event for event in events if event in best)


def to_dated(events: Sequence[Event], documents: tuple[Document, ...]) -> tuple[Dated, ...]:
    """Events with ids numbered from 1."""
    names = (f"event-{number}" for number in count(1))
    return tuple(
        Dated(name, event.date, to_line(event.finding, f"{name}-line", documents))
        for name, event in zip(names, events, strict=False)
    )


def source_entries(
    documents: tuple[Document, ...], printed: Sequence[Finding], limit: int
) -> tuple[SourceEntry, ...]:
    """The sources that are listed: all that a printed line rests on, then others up to `limit`."""
    listed = {
        number
        for finding in printed
        for number in (finding.draft.document, *(one.document for one in finding.evidence))
    }
    for number in range(len(documents)):
        if len(listed) < limit:
            listed.add(number)
    return tuple(
        SourceEntry(
            number=number + 1,
            voice=document.voice,
            title=document.title,
            name=document.name.rpartition("/")[2],
            publisher=document.publisher,
            date=document.date,
            url=document.url,
            language=document.language,
            language_detected=document.language_detected,
            sha256=document.sha256,
        )
        for number, document in enumerate(documents)
        if number in listed
    )


def unlisted(documents: tuple[Document, ...], sources: Sequence[SourceEntry]) -> tuple[str, ...]:
    """Names of the documents that are not among the listed `sources`."""
    listed = {entry.number for entry in sources}
    return tuple(
        f"{number}. {document.title or document.name}"
        for number, document in enumerate(documents, start=1)
        if number not in listed
    )


def reading_as(found: Sequence[Finding], documents: tuple[Document, ...]) -> tuple[str, ...]:
    """What was left out, each as it would read."""
    lines = (to_line(finding, "", documents) for finding in found)
    return tuple(
        f"{line.text} ({line.lead})" if line.text else f"{line.lead}: {line.quotation}"
        for line in lines
    )


def events_as(events: Sequence[Event], documents: tuple[Document, ...]) -> tuple[str, ...]:
    """Events that were left out, each as it would read."""
    texts = reading_as([event.finding for event in events], documents)
    return tuple(f"{event.date}: {text}" for event, text in zip(events, texts, strict=True))


def contests_as(contests: Sequence[Contest], documents: tuple[Document, ...]) -> tuple[str, ...]:
    """Contests that were left out, each with both sides as they would read."""
    return tuple(
        "{}: {} / {}".format(
            ", ".join(filter(None, (KINDS[contest.kind], " ".join(contest.about.split())))),
            *reading_as(contest.sides, documents),
        )
        for contest in contests
    )


def to_cuts(left_out: dict[Section, tuple[str, ...]]) -> tuple[Cut, ...]:
    """One entry a section that had to leave something out."""
    return tuple(
        Cut(section, len(items), items)
        for section, items in left_out.items()
        # other candidates for the one bottom line were never meant to be printed beside it
        if items and section != "bottom_line"
    )


def off_focus(findings: Findings) -> tuple[Cut, ...]:
    """What was left out as it is not about the focus: counted, for nothing of it was worded."""
    return (Cut("focus", findings.off_focus, ()),) if findings.off_focus else ()


def printed_notices(findings: Findings) -> tuple[str, ...]:
    """The notices that concern what is printed, as sentences, without the folders of files."""
    printed = []
    for notice in findings.notices:
        if PASSED_OVER in notice:
            continue
        for document in findings.documents:
            notice = notice.replace(document.name, document.name.rpartition("/")[2])
        printed.append(notice if notice.endswith(".") else notice + ".")
    return tuple(printed)


def counted(count: int, noun: str) -> str:
    """`1 source`, `6 sources`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
