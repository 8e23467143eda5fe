"""What a worker does: one task in, one result out.

Models, fonts and styles are loaded once a process and kept for all its tasks. What was read before,
by whichever worker, comes from the store.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from time import perf_counter
from typing import TYPE_CHECKING

from briefing.batch.changes import record
from briefing.batch.keys import ahead_key, findings_key
from briefing.batch.newsletter import gather, nothing_about
from briefing.batch.plan import Issue, Job
from briefing.batch.results import Ahead, Result, Task
from briefing.codec import load_findings
from briefing.errors import BriefingError
from briefing.findings import Findings
from briefing.pipeline import Desk, edition_of
from briefing.publishing import printer
from briefing.settings import Settings
from briefing.shelf import Shelf
from briefing.store import Store
from briefing.wording import load

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.publishing import Publication

RECORD = "json"
"""The format that every job is also made in: newsletters are put together from it."""
TRIMMED_EVERY = 64
"""After how many tasks a worker looks whether the store has grown too large."""

_done = count(1)


@cache
def shelf() -> Shelf:
    """The models of this process."""
    return Shelf()


@cache
def store(folder: Path) -> Store:
    """The store in `folder`."""
    return Store(folder)


def work(task: Task) -> Result:
    """Do one task; an error that a user can meet is a result, any other one is our bug."""
    begun = perf_counter()
    kept = store(task.store) if task.store else None
    try:
        match task.work:
            case Job():
                result = make(task.work, kept)
            case Issue():
                result = print_issue(task.work, task)
            case Ahead():
                result = read_ahead(task.work, kept)
    except BriefingError as error:
        fault = type(error).__name__
        result = Result(task.id, "error", error=error.message, hint=error.hint, fault=fault)
    if kept and next(_done) % TRIMMED_EVERY == 0:
        kept.trim()
    return replace(result, seconds=perf_counter() - begun)


@dataclass(frozen=True, slots=True)
class Read:
    """Findings, and the sources that could not be read."""

    findings: Findings
    unread: tuple[str, ...] = ()


def make(job: Job, kept: Store | None) -> Result:
    """Make one brief."""
    formats = formats_of(job.settings)
    press = printer(edition_of(job.settings))
    press.ready(formats, job.settings.language)
    before = analysed(kept)
    read = found(job, kept)
    publication = press.publish(read.findings, formats)
    texts = len(read.findings.documents)
    fresh = analysed(kept) - before if kept else texts
    return replace(
        told(job.id, read.findings, publication),
        unread=read.unread,
        read=fresh,
        kept=texts - fresh,
    )


def found(job: Job, kept: Store | None) -> Read:
    """All that a brief can say of its sources; from the store where only its print has changed."""

    def read() -> Read:
        desk = Desk(job.settings, shelf=shelf(), store=kept)
        findings = desk.read(job.sources)
        return Read(findings, tuple(failure.message for failure in desk.failures))

    return kept.of("findings", findings_key(job), Read, read) if kept else read()


def print_issue(issue: Issue, task: Task) -> Result:
    """Put one newsletter together of briefs that are made."""
    formats = formats_of(issue.settings)
    press = printer(edition_of(issue.settings))
    press.ready(formats, issue.settings.language)
    briefs = [(name, load_findings(text, where=name)) for name, text in task.texts.items()]
    findings = gather(briefs, issue.settings, task.previous)
    wording = load(issue.settings.language)
    silent = (
        nothing_about(job.settings.title or job.entry, job.settings.focus, wording)
        for job in task.silent
    )
    findings = replace(findings, notices=(*silent, *findings.notices))
    publication = press.publish(findings, formats)
    kept = record(findings, publication.brief)
    return replace(told(issue.id, findings, publication), record=kept)


def read_ahead(ahead: Ahead, kept: Store | None) -> Result:
    """Read a source that several briefs use, so that it is analysed once."""
    desk = Desk(Settings(model=ahead.reader), shelf=shelf(), store=kept)
    before = analysed(kept)

    def read() -> bool:
        documents, _ = desk.gather((ahead.source,))
        desk.readable(documents)
        return True

    if kept:
        kept.of("ahead", ahead_key(ahead), bool, read)
    return Result(ahead.source, "ok", read=analysed(kept) - before)


def analysed(kept: Store | None) -> int:
    """How many texts this process has analysed for the store so far."""
    return kept.misses.get("readings", 0) if kept else 0


def formats_of(settings: Settings) -> tuple[str, ...]:
    """The formats that were asked for, and the one that newsletters are made of."""
    return tuple(dict.fromkeys((*settings.formats, RECORD)))


def told(name: str, findings: Findings, publication: Publication) -> Result:
    """The result of what was published."""
    brief = publication.brief
    return Result(
        name,
        "ok",
        files=publication.files,
        title=brief.title,
        pages=publication.pages,
        fill=publication.fill,
        cut=sum(cut.count for cut in brief.cut),
        refusals=len(brief.refusals),
        notices=(*findings.notices, *publication.warnings),
    )
