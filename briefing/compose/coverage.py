"""Findings and what of them is printed in, the share of each source and main actor in it out.

A reader sees so whether a brief of many sources tells of all of them, or of a loud few.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from briefing.brief import Share
from briefing.compose.voices import called
from briefing.document import Span
from briefing.findings import AUTHOR
from briefing.wording import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.document import Document
    from briefing.findings import Finding, Findings, Statement

ACTORS = 12
HALF = 0.5
"""From this share of its words on, a statement counts as printed."""
WORD = re.compile(r"\w+(?:[-’'.]\w+)*")


def coverage(findings: Findings, printed: Sequence[Finding]) -> tuple[Share, ...]:
    """Count how many statements of each source and of the main actors are printed.

    Quick enough to be called for every attempt to fit a page: only statements that share words
    with what is printed are looked at.

    Args:
        findings: One whole reading.
        printed: All whose words stand in the brief, wherever they stand there.

    Returns:
        All sources in the order of their numbers, then those who state most, most first. Whoever
        the sources do not name, as an author or otherwise, is no actor here.
    """
    shown = shown_spans(printed)
    said: Counter[str] = Counter()
    told: Counter[str] = Counter()
    sources = []
    wording = load(findings.language)
    pairs = zip(findings.documents, findings.readings, strict=False)
    for number, (document, reading) in enumerate(pairs):
        statements = reading.statements
        for statement in statements:
            said.update(speakers(statement))
        reached = list(printed_of(document, statements, shown[number]))
        for statement in reached:
            told.update(speakers(statement))
        name = document.title or called(document, wording)
        sources.append(Share("source", name, number + 1, len(statements), len(reached)))
    # A sort keeps the order of the sources among those who state as much.
    most = sorted(said, key=lambda name: -said[name])[:ACTORS]
    return (*sources, *(Share("actor", name, 0, said[name], told[name]) for name in most))


def shown_spans(printed: Iterable[Finding]) -> defaultdict[int, list[Span]]:
    """For each document its words that are printed or cited as evidence, in order, unbroken."""
    spans: defaultdict[int, set[Span]] = defaultdict(set)
    for finding in printed:
        spans[finding.draft.document].update(piece.span for piece in finding.draft.pieces)
        for item in finding.evidence:
            spans[item.document].add(item.span)
    shown: defaultdict[int, list[Span]] = defaultdict(list)
    for number, found in spans.items():
        for span in sorted(found):
            last = shown[number][-1] if shown[number] else None
            if last is not None and span.start <= last.end:
                shown[number][-1] = Span(last.start, max(last.end, span.end))
            else:
                shown[number].append(span)
    return shown


def printed_of(
    document: Document, statements: Sequence[Statement], shown: Sequence[Span]
) -> Iterator[Statement]:
    """The statements of which at least half of the words are in `shown`."""
    for statement in statements:
        if any(span.overlaps(other) for span in statement.content for other in shown):
            places = [
                match.span()
                for span in statement.content
                for match in WORD.finditer(document.text, *span)
            ]
            found = sum(
                any(start < other.end and other.start < end for other in shown)
                for start, end in places
            )
            if found and found >= HALF * len(places):
                yield statement


def speakers(statement: Statement) -> Iterator[str]:
    """Those by name whose statement it is: no `author`, no pronoun, no `officials`."""
    if statement.resolved:
        for name in statement.holders:
            if name != AUTHOR and any(letter.isupper() for letter in name):
                yield name
