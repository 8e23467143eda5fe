"""What a run came to, for people: lines of text, and what `--json` prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.batch.manifest import Entry, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SHOWN = 20
"""How many failures are told; the report has them all."""
HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Intent:
    """What a run would do with a brief or an issue: whether it would make it, and why.

    Attributes:
        kind: Which of both.
        id: Of the job.
        runs: Whether it would be made.
        why: Why; empty if not.
        fails: Whether it cannot be made.
        unread: What is wrong with sources that it would be made without.
    """

    kind: Kind
    id: str
    runs: bool
    why: str
    fails: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A brief that stands, now or since an earlier run, without some of its sources.

    Attributes:
        id: Of the brief.
        unread: What is wrong with each of those.
    """

    id: str
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What one run came to.

    Attributes:
        day: ISO date of what the plan gives none.
        made: Entries of what was made.
        skipped: Kind and id of what had not changed since it was made.
        failed: Entries of what was not.
        seconds: How long all took.
        read: How many texts were analysed.
        kept: How often a brief took one from the store that was analysed before.
        interrupted: Whether something is left to do.
        incomplete: Briefs of what was made or had not changed that lack sources.
    """

    day: str
    made: tuple[Entry, ...]
    skipped: tuple[tuple[Kind, str], ...]
    failed: tuple[Entry, ...]
    seconds: float
    read: int
    kept: int
    interrupted: bool = False
    incomplete: tuple[Incomplete, ...] = ()

    @property
    def an_hour(self) -> float:
        """How many were made an hour, at the rate of this run."""
        return len(self.made) * HOUR_S / self.seconds if self.seconds else 0.0


def lines(summary: Summary, out: Path) -> Iterator[str]:
    """What to tell a person of a run."""
    parts = [
        f"{len(summary.made)} made",
        f"{len(summary.skipped)} unchanged",
        f"{len(summary.failed)} failed",
    ]
    if summary.incomplete:
        parts.append(f"{len(summary.incomplete)} incomplete")
    yield f"{', '.join(parts)} in {_time(summary.seconds)}; see {out / 'report.html'}"
    if summary.made:
        texts = "text" if summary.read == 1 else "texts"
        yield (
            f"{summary.an_hour:,.0f} an hour; {summary.read:,} {texts} analysed,"
            f" {summary.kept:,} taken from the store"
        )
    for entry in summary.failed[:SHOWN]:
        yield f"failed: {entry.kind} {entry.id}: {entry.error}"
        if entry.hint:
            yield f"  {entry.hint}"
    if len(summary.failed) > SHOWN:
        yield f"and {len(summary.failed) - SHOWN} more, which the report lists"
    yield from _unread(summary.incomplete)
    if summary.interrupted:
        yield "Interrupted: what is made is kept; the same command makes the rest."


def intents(found: Sequence[Intent]) -> Iterator[str]:
    """What to tell a person of a dry run."""
    from briefing.show import table

    yield table(
        ("make" if one.runs else "leave", one.kind, one.id, one.why or "nothing has changed")
        for one in found
    )
    yield from _unread([Incomplete(one.id, one.unread) for one in found if one.unread])
    runs = sum(one.runs for one in found)
    yield f"{runs} to make, {len(found) - runs} unchanged"


def _unread(incomplete: Sequence[Incomplete]) -> Iterator[str]:
    """A line for each source that a brief lacks."""
    told = [(one.id, message) for one in incomplete for message in one.unread]
    for name, message in told[:SHOWN]:
        yield f"incomplete: brief {name}: {message}"
    if len(told) > SHOWN:
        yield f"and {len(told) - SHOWN} more sources that were not read"


def _time(seconds: float) -> str:
    """`75 s`, `12 min`, `3 h 05 min`."""
    minutes = round(seconds / 60)
    if seconds < 2 * 60:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60:02} min"
