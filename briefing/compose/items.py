"""What is told of each source in, items of lines out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.brief import Item
from briefing.compose.lines import to_line
from briefing.compose.repeats import fresh, same_words
from briefing.compose.voices import called

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.brief import Limits
    from briefing.document import Document
    from briefing.findings import Digest, Finding, Findings
    from briefing.wording import Wording


def foremost_items(
    findings: Findings, limits: Limits, printed: Sequence[Finding]
) -> tuple[Digest, ...]:
    """The items that are printed.

    Args:
        findings: One whole reading.
        limits: How many items there are at most, and how many statements in each.
        printed: What stands above the items.

    Returns:
        The sources that have most to say, in the order of their numbers, each with what does not
        stand above if it says anything else. Of a newsletter the first briefs, each with what no
        item before it says, nor what stands above.
    """
    if any(digest.brief for digest in findings.items):
        return apart(findings.items, limits, printed)
    digests = tuple(
        replace(digest, findings=fresh(digest.findings, printed) or digest.findings)
        for digest in findings.items
    )
    ranked = sorted(digests, key=lambda digest: -digest.findings[0].draft.score)[: limits.items]
    return tuple(digest for digest in digests if digest in ranked)


def apart(
    digests: Sequence[Digest], limits: Limits, printed: Sequence[Finding]
) -> tuple[Digest, ...]:
    """Items of which none says what another prints; one that has nothing left is passed over."""
    kept: list[Digest] = []
    told = list(printed)
    for digest in digests:
        if len(kept) == limits.items:
            break
        new = [
            one
            for one in fresh(digest.findings, told)
            if not any(same_words(one, other) for other in told)
        ][: limits.lines]
        if new:
            kept.append(replace(digest, findings=tuple(new)))
            told += new
    return tuple(kept)


def lines_of(digest: Digest, lines: int) -> tuple[Finding, ...]:
    """The statements of one item that are printed: in reading order, or a brief's best first."""
    if digest.brief:
        return digest.findings[:lines]
    return tuple(
        sorted(digest.findings[:lines], key=lambda finding: finding.draft.pieces[0].span.start)
    )


def to_items(
    digests: Sequence[Digest], lines: int, documents: tuple[Document, ...], wording: Wording
) -> tuple[Item, ...]:
    """Items with ids numbered from 1; their lines are `item-1-line-1` and on.

    Args:
        digests: One an item.
        lines: How many statements each prints, at most.
        documents: The sources.
        wording: Of the brief's language.
    """
    return tuple(
        Item(
            id=f"item-{number}",
            title=title_of(digest, documents, wording),
            voice=voice_of(digest, documents, wording),
            date=date_of(digest, documents),
            sources=tuple(document + 1 for document in digest.documents),
            brief=digest.brief,
            lines=tuple(
                to_line(finding, f"item-{number}-line-{at}", documents, wording)
                for at, finding in enumerate(lines_of(digest, lines), start=1)
            ),
        )
        for number, digest in enumerate(digests, start=1)
    )


def title_of(digest: Digest, documents: Sequence[Document], wording: Wording) -> str:
    """The headline of an item: that of the brief, else of the source."""
    first = documents[digest.documents[0]]
    return digest.title or first.title or called(first, wording)


def voice_of(digest: Digest, documents: Sequence[Document], wording: Wording) -> str:
    """Whom an item is from: who speaks in its source, or how many sources a brief has."""
    count = len(digest.documents)
    if not digest.brief or count == 1:
        return called(documents[digest.documents[0]], wording)
    return wording.fill(wording.ngettext("%(num)s source", "%(num)s sources", count), num=count)


def date_of(digest: Digest, documents: Sequence[Document]) -> str | None:
    """The date of an item: of its source, or of the latest source of a brief."""
    if not digest.brief:
        return documents[digest.documents[0]].date
    return max(filter(None, (documents[one].date for one in digest.documents)), default=None)
