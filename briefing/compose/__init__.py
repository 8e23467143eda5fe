"""Findings and limits in, the `Brief` that a template prints out.

Pure and quick: page fitting calls it again and again with smaller limits.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from briefing.brief import Brief, Dated, Dispute, Limits, Line, SourceEntry
from briefing.compose.changes import with_changes
from briefing.compose.coverage import coverage
from briefing.compose.cuts import (
    contests_as,
    events_as,
    off_focus,
    reading_as,
    to_cuts,
    unlisted,
    unprinted,
)
from briefing.compose.items import foremost_items, lines_of, to_items
from briefing.compose.lines import kinds, to_line
from briefing.compose.matrix import beyond, foremost_of, matrix_rows
from briefing.compose.past import brief_of
from briefing.compose.repeats import fresh, new_first, new_rows, same_evidence
from briefing.compose.themes import Themes
from briefing.compose.unknowns import worded
from briefing.compose.voices import called
from briefing.wording import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Document
    from briefing.findings import Contest, Event, Finding, Findings, Section
    from briefing.wording import Wording

PASSED_OVER = "passed over"
"""In a notice of a file that is no document: for the terminal, not for the page."""
NAMES = {"summary": "summary", "claims": "claim", "positions": "position"}
"""What the ids of a section's lines begin with."""


def compose(findings: Findings, limits: Limits) -> Brief:
    """Choose, number and word what one page prints.

    Args:
        findings: One whole reading.
        limits: How many items each section takes at most.

    Returns:
        The brief; `cut` holds what did not fit. What a higher section prints is not repeated
        in a lower one and is not counted as cut. A position whose words and actor stand above
        is the last, if it is printed at all, and claims come first that are no position. Both
        sides of a contest stand together or not at all: what is one is left to it.

    Raises:
        SettingsError: If there is no wording in the language of the findings.
    """
    documents = findings.documents
    wording = load(findings.language)
    # What is contested never stands without its other side, even where the contest did not fit.
    sides = tuple(side for contest in findings.contested for side in contest.sides)
    bottom = (fresh(findings.bottom_line, sides) or findings.bottom_line)[:1]
    summary, summary_cut = take(findings.summary, (*bottom, *sides), limits.summary)
    contested = findings.contested[: limits.contested]
    shown = tuple(side for contest in contested for side in contest.sides)
    held = tuple(one for one in findings.positions if not is_denied(one, findings.contested))
    held = new_rows(held, (*bottom, *summary, *shown))
    offered = new_first(findings.claims, held[: limits.positions])
    claims, claims_cut = take(offered, (*bottom, *summary, *sides), limits.claims)
    held = new_rows(held, claims)
    positions = held[: limits.positions]
    events = foremost(findings.timeline, limits.timeline)
    # One date alone is no line of time.
    events = events if len(events) > 1 else ()
    printed = (*bottom, *summary, *claims, *shown)
    later = (*printed, *summary_cut, *claims_cut)
    digests = foremost_items(findings, limits, (*bottom, *sides))
    told = tuple(one for digest in digests for one in lines_of(digest, limits.lines))
    # What an item tells is not left out.
    stated = (*printed, *told)
    themes = Themes(findings.matrix)
    matrix = foremost_of(findings.matrix, limits.actors, limits.issues)
    unknowns = tuple(worded(unknown, documents, wording) for unknown in findings.unknowns)
    dated = tuple(event.finding for event in events)
    everywhere = (*printed, *positions, *dated, *told)
    sources = source_entries(documents, everywhere, limits.sources, wording)
    left_out: dict[Section, tuple[str, ...]] = {
        "bottom_line": reading_as(fresh(findings.bottom_line, later), documents, wording),
        "summary": reading_as(fresh(summary_cut, stated), documents, wording),
        "claims": reading_as(
            fresh(claims_cut, (*stated, *summary_cut, *positions)), documents, wording
        ),
        "contested": contests_as(findings.contested[limits.contested :], documents, wording),
        "positions": reading_as(held[limits.positions :], documents, wording),
        "timeline": events_as(
            [one for one in findings.timeline if one not in events], documents, wording
        ),
        "unknowns": unknowns[limits.unknowns :],
        "items": unprinted(findings.items, digests, documents) if limits.items else (),
        "matrix": beyond(findings.matrix, matrix),
        "sources": unlisted(documents, sources),
    }
    brief = Brief(
        title=findings.title,
        kicker=kicker(findings, wording),
        date=findings.date,
        cutoff=max((one.date for one in documents if one.date), default=""),
        language=findings.language,
        status=wording.gettext("Draft, machine-generated"),
        handling="",
        focus=findings.focus,
        bottom_line=to_line(bottom[0], "bottom-line", documents, wording) if bottom else None,
        summary=to_lines(sorted(summary, key=place), "summary", documents, themes, wording),
        claims=to_lines(claims, "claims", documents, themes, wording),
        contested=to_disputes(contested, findings, wording),
        positions=to_lines(by_actor(positions), "positions", documents, themes, wording),
        unknowns=unknowns[: limits.unknowns],
        sources=sources,
        cut=(*to_cuts(left_out, findings.beyond), *off_focus(findings)),
        refusals=findings.refusals,
        notices=printed_notices(findings),
        method=findings.method,
        issues=matrix.issues,
        matrix=matrix_rows(replace(findings, matrix=matrix), documents),
        timeline=to_dated(events, documents, wording),
        coverage=coverage(findings, everywhere),
        items=to_items(digests, limits.lines, documents, wording),
    )
    return with_changes(brief, findings, limits.changes, wording)


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
    found: Sequence[Finding],
    section: Section,
    documents: tuple[Document, ...],
    themes: Themes,
    wording: Wording,
) -> tuple[Line, ...]:
    """Lines with ids numbered from 1, and what each is about."""
    return tuple(
        replace(
            to_line(finding, f"{NAMES[section]}-{number}", documents, wording),
            theme=themes.of(finding),
        )
        for number, finding in enumerate(found, start=1)
    )


def to_disputes(
    contests: Sequence[Contest], findings: Findings, wording: Wording
) -> tuple[Dispute, ...]:
    """Contests with ids numbered from 1; their lines are `contested-1a` and `contested-1b`."""
    documents = findings.documents
    labels = kinds(wording)
    titles = {digest.brief: digest.title for digest in findings.items if digest.brief}
    return tuple(
        Dispute(
            id=f"contested-{number}",
            kind=contest.kind,
            label=labels[contest.kind],
            about=" ".join(contest.about.split()),
            one=to_line(contest.sides[0], f"contested-{number}a", documents, wording),
            other=to_line(contest.sides[1], f"contested-{number}b", documents, wording),
            item=titles.get(
                brief_of(findings, *(one.draft.document for one in contest.sides)), ""
            ),
        )
        for number, contest in enumerate(contests, start=1)
    )


def foremost(events: Sequence[Event], limit: int) -> tuple[Event, ...]:
    """The `limit` events that matter most, in their order."""
    best = sorted(events, key=lambda event: -event.finding.draft.score)[:limit]
    return tuple(event for event in events if event in best)


def to_dated(
    events: Sequence[Event], documents: tuple[Document, ...], wording: Wording
) -> tuple[Dated, ...]:
    """Events with ids numbered from 1."""
    names = (f"event-{number}" for number in count(1))
    return tuple(
        Dated(name, event.date, to_line(event.finding, f"{name}-line", documents, wording))
        for name, event in zip(names, events, strict=False)
    )


def source_entries(
    documents: tuple[Document, ...], printed: Sequence[Finding], limit: int, wording: Wording
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
            voice=called(document, wording),
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


def kicker(findings: Findings, wording: Wording) -> str:
    """What kind of page this is: `Policy brief · 6 sources`."""
    sources = len(findings.documents)
    if any(digest.brief for digest in findings.items):
        phrase = wording.ngettext(
            "Newsletter · %(num)s source", "Newsletter · %(num)s sources", sources
        )
        return wording.fill(phrase, num=sources)
    phrase = wording.ngettext(
        "Policy brief · %(num)s source", "Policy brief · %(num)s sources", sources
    )
    return wording.fill(phrase, num=sources)
