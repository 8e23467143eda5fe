"""What of a plan is to be made, and why: what has not changed since it was made is left alone.

In: jobs and issues, and their last entries in the manifest. Out: a `Decision` each. A brief that
the plan gives no date keeps the one that it was made on as long as nothing else has changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Generic, TypeVar

from briefing.batch.changes import last_issue
from briefing.batch.keys import Key, key_of, key_of_issue, sources_of_issue
from briefing.batch.plan import Issue, Job, Plan
from briefing.errors import BriefingError, PlanError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from briefing.batch.manifest import Entries, Entry, Kind

WorkT = TypeVar("WorkT", Job, Issue)

FOLDERS: Mapping[Kind, str] = {"brief": "briefs", "newsletter": "newsletters"}
"""Where what is made lies below the output's folder, by its kind."""
ISSUED = ".issued"
"""Where the records of issues lie, to compare the next one with."""
RECORD = "brief.json"
"""The file of a brief that newsletters are made of."""
NO_KEY = Key("", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Decision(Generic[WorkT]):
    """Whether a job or an issue is to be made.

    Attributes:
        work: With the date that it is made on.
        key: What it is made of.
        why: Why it is to be made; empty where there is nothing to do.
        texts: For an issue, the record of each of its briefs by its id.
        silent: For an issue, the ids of its briefs whose sources have nothing on their focus.
        previous: For an issue, the record of the one before.
        error: Why it cannot be made; None if it can.
    """

    work: WorkT
    key: Key
    why: str
    texts: dict[str, bytes] = field(default_factory=dict)
    silent: tuple[str, ...] = ()
    previous: bytes = b""
    error: BriefingError | None = None


def chosen(plan: Plan, only: Sequence[str]) -> Plan:
    """What of `plan` goes by one of the names or patterns `only`, and what that is made of.

    The id of an entry of the plan is the name of all that is made of it.

    Raises:
        PlanError: If nothing goes by one of them.
    """
    if not only:
        return plan
    everything: tuple[Job | Issue, ...] = (*plan.jobs, *plan.issues)
    for pattern in only:
        if not any(_goes_by(one, [pattern]) for one in everything):
            names = dict.fromkeys(one.id for one in everything)
            raise PlanError(
                f"{plan.path}: nothing is called `{pattern}`",
                hint=f"Known: {', '.join(names)}.",
            )
    issues = tuple(issue for issue in plan.issues if _goes_by(issue, only))
    needed = {name for issue in issues for name in issue.briefs}
    jobs = tuple(job for job in plan.jobs if job.id in needed or _goes_by(job, only))
    return Plan(plan.path, jobs, issues)


def _goes_by(work: Job | Issue, patterns: Sequence[str]) -> bool:
    return any(
        fnmatchcase(name, pattern) for name in (work.id, work.entry) for pattern in patterns
    )


def folder_of(out: Path, kind: Kind, name: str) -> Path:
    """Where a brief or an issue lies."""
    return out / FOLDERS[kind] / name


def decide_job(job: Job, out: Path, last: Entries, day: str) -> Decision[Job]:
    """Whether a brief is to be made; `day` is the date of one that the plan gives none."""
    past = last.get(("brief", job.id))
    as_made = _on(job, past.day if past else day)
    anew = _on(job, day)
    try:
        key = key_of(as_made)
        why = _why(past, key, folder_of(out, "brief", job.id))
        if past and key == past.key:  # as it was, should it have to be made again
            return Decision(as_made, key, why)
        return Decision(anew, key_of(anew), why)
    except BriefingError as error:
        return Decision(anew, NO_KEY, "cannot be made", error=error)


def decide_issue(issue: Issue, out: Path, last: Entries, day: str) -> Decision[Issue]:
    """Whether an issue is to be made, once all its briefs are.

    One that is made again of the same sources, in another look, keeps its date, and is compared
    with the same issue as before.
    """
    past = last.get(("newsletter", issue.id))
    anew = _on(issue, day)
    try:
        texts = records(issue, out, last)
        sources = [last["brief", name].key.sources for name in issue.briefs]
        same = past is not None and past.key.sources == sources_of_issue(issue, sources)
        made = _on(issue, past.day) if past and same else anew
        previous = last_issue(out / ISSUED / issue.id, made.settings.day)
        key = key_of_issue(made, sources, (*texts.values(), previous))
        why = _why(past, key, folder_of(out, "newsletter", issue.id))
    except BriefingError as error:
        return Decision(anew, NO_KEY, "cannot be made", error=error)
    return Decision(made, key, why, texts, tuple(_silent(issue, last)), previous)


def records(issue: Issue, out: Path, last: Entries) -> dict[str, bytes]:
    """The record of each brief of an issue, without those whose sources have nothing on its focus.

    Raises:
        PlanError: If one was not made for any other reason, or none was.
    """
    silent = _silent(issue, last)
    if len(silent) == len(issue.briefs):
        raise PlanError(
            "none of its briefs says anything about its focus",
            hint="Name the subject in the sources' own words, or leave out the focus.",
        )
    missing = [name for name in issue.briefs if name not in silent and not _is_made(last, name)]
    if missing:
        raise PlanError(
            f"it takes {', '.join(missing)}, which failed",
            hint="Correct that and run again; or take it out of the newsletter.",
        )
    try:
        return {
            name: (folder_of(out, "brief", name) / RECORD).read_bytes()
            for name in issue.briefs
            if name not in silent
        }
    except OSError as error:
        raise PlanError(
            f"{error.filename} cannot be read: {error.strerror}",
            hint="Run again, which makes what is missing.",
        ) from error


def _is_made(last: Entries, name: str) -> bool:
    entry = last.get(("brief", name))
    return entry is not None and entry.state == "ok"


def _silent(issue: Issue, last: Entries) -> dict[str, Entry]:
    """The briefs of an issue that were not made, as their sources have nothing on their focus."""
    found = {name: last.get(("brief", name)) for name in issue.briefs}
    return {name: entry for name, entry in found.items() if entry and entry.is_silent}


def _on(work: WorkT, day: str) -> WorkT:
    """`work`, made on `day` if the plan gives it no date."""
    return replace(work, settings=replace(work.settings, date=work.settings.date or day or None))


def _why(past: Entry | None, key: Key, folder: Path) -> str:
    """Why something is to be made that was made as `past` says; empty if it need not be."""
    if past is None:
        return "new"
    if past.state != "ok":
        return "failed last time"
    if changed := key.changed(past.key):
        return f"{' and '.join(changed)} changed"
    if missing := past.missing(folder):
        return f"missing or changed: {', '.join(missing)}"
    return ""
