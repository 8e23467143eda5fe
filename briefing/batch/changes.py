"""A printed issue of a newsletter in, the record that the next issue is compared with out.

The record holds digests and first words, no source text: it may be kept for years.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from briefing.compose import past
from briefing.compose.changes import finding_of
from briefing.compose.repeats import same_evidence
from briefing.errors import FindingsError
from briefing.findings import Past, PastItem
from briefing.output import writing
from briefing.wording import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.brief import Brief
    from briefing.findings import Digest, Finding, Findings
    from briefing.wording import Wording


def record(findings: Findings, brief: Brief) -> bytes:
    """What to keep of an issue.

    Args:
        findings: All that was found for it.
        brief: What was printed of them.

    Returns:
        JSON of a `Past`, the same for the same input.
    """
    wording = load(findings.language)
    kept = Past(
        date=findings.date,
        items=tuple(_item(one, findings, brief, wording) for one in findings.items),
        known=past.known(findings),
        stands=tuple(one for one, _ in past.stands(findings)),
        contested=past.contests(findings, len(brief.contested), wording),
    )
    return msgspec.json.encode(kept) + b"\n"


def read_record(data: bytes, *, where: str) -> Past:
    """Read what `record` wrote.

    Args:
        data: JSON.
        where: How the user knows the file, for messages.

    Raises:
        FindingsError: If it is none.
    """
    try:
        kept = msgspec.json.decode(data, type=Past)
        date.fromisoformat(kept.date)
    except ValueError as error:  # msgspec's errors are such as well
        raise FindingsError(
            f"{where} is no record of an issue: {error}",
            hint="Remove that file: the issue is then made as if there had been none before.",
        ) from error
    return kept


def last_issue(folder: Path, day: str) -> bytes:
    """The record of the last issue before `day`; empty where there is none.

    Args:
        folder: Where the records lie, each as `2026-11-22.json`; it need not exist.
        day: ISO date of the issue that is made.

    Raises:
        OutputError: If the record cannot be read.
    """
    with writing(folder):
        names = sorted(path.stem for path in folder.glob("*.json") if _is_day(path.stem))
        before = [name for name in names if name < day]
        return (folder / f"{before[-1]}.json").read_bytes() if before else b""


def _is_day(name: str) -> bool:
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False


def _item(digest: Digest, findings: Findings, brief: Brief, wording: Wording) -> PastItem:
    """An item with what was printed of it; the bottom line counts for the item that holds it."""
    printed = list(_printed(digest, findings, brief))
    said = tuple(past.said(findings, one, wording) for one in printed)
    return PastItem(digest.brief, " ".join(digest.title.split()), said)


def _printed(digest: Digest, findings: Findings, brief: Brief) -> Iterator[Finding]:
    bottom = finding_of(brief.bottom_line, findings) if brief.bottom_line else None
    if bottom and any(same_evidence(bottom, one) for one in digest.findings):
        yield bottom
    for item in brief.items:
        if item.brief == digest.brief:
            yield from filter(None, (finding_of(line, findings) for line in item.lines))
