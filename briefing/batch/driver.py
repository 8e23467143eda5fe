"""What one run does: gives out tasks, takes their results, and writes what came of them.

In: a plan whose folder is held and whose manifest is open. Out: files in place, a line of the
manifest each. Files come first and their line last, so that what has a line is there whole.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, cast

from briefing.batch.breaker import Breaker
from briefing.batch.decide import ISSUED, Decision, decide_issue, decide_job, folder_of
from briefing.batch.manifest import Entry, Kind
from briefing.batch.place import SPOOL, clear
from briefing.batch.results import Ahead, Result, Task
from briefing.batch.schedule import Node, Schedule, node_of, shared, size
from briefing.batch.summary import Incomplete, Summary
from briefing.errors import BriefingError, OutputError
from briefing.executors import load
from briefing.output import make_folder, replacing, write_all
from briefing.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from briefing.batch.interrupts import Interrupts
    from briefing.batch.manifest import Manifest
    from briefing.batch.options import Options
    from briefing.batch.plan import Issue, Job, Plan
    from briefing.batch.schedule import Stage
    from briefing.executors.base import Outcome

    Progress = Callable[[str, int, int], None]
    Made = Decision[Job] | Decision[Issue]

TITLES: Mapping[Stage, str] = {
    "source": "sources",
    "brief": "briefs",
    "newsletter": "newsletters",
}
"""What progress calls the stages."""


class Driver:
    """Makes a plan, once.

    Args:
        plan: What is wanted.
        options: How.
        manifest: Open for writing.
        day: ISO date of what the plan gives none.
        interrupts: Held back while something is written.
        on_progress: Told the stage, how many are done, and how many there are to do.
        breaker: Stops asking servers that are gone.

    Attributes:
        interrupted: Whether something is left to do.
    """

    def __init__(
        self,
        plan: Plan,
        options: Options,
        manifest: Manifest,
        day: str,
        interrupts: Interrupts,
        on_progress: Progress | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self.interrupted = False
        self._out = options.out
        self._options = options
        self._manifest = manifest
        self._day = day
        self._interrupts = interrupts
        self._report = on_progress or (lambda _stage, _done, _total: None)
        self._breaker = breaker or Breaker()
        self._store = Store(options.store_folder)
        self._issues = {issue.id: issue for issue in plan.issues}
        self._decided: dict[Node, Made] = {
            ("brief", job.id): decide_job(job, self._out, manifest.last, day) for job in plan.jobs
        }
        self._ahead: dict[Node, Ahead] = {}
        self._done: dict[Stage, int] = dict.fromkeys(TITLES, 0)
        self._total: dict[Stage, int] = dict.fromkeys(TITLES, 0)
        self._made: list[Entry] = []
        self._failed: list[Entry] = []
        self._skipped: list[tuple[Kind, str]] = []
        self._incomplete: list[Incomplete] = []
        self._read = self._kept = 0
        self._schedule = self._scheduled(plan)

    def go(self, do: Callable[[Task], Result]) -> None:
        """Do all that is to be done, until it is done or interrupted.

        Args:
            do: What workers do with a task.

        Raises:
            OutputError: If the manifest cannot be written.
            BriefingError: If the executor cannot begin, or cannot go on.
        """
        bounds = replace(self._options.bounds, folder=self._out / SPOOL)
        try:
            first = next(self._schedule, None)
            if first is None:
                return  # and no worker is begun in vain
            with load(self._options.executor, bounds) as executor:
                for outcome in executor.run(do, chain((first,), self._schedule)):
                    with self._interrupts.whole():
                        self._take(outcome)
        except KeyboardInterrupt:
            self.interrupted = True
        finally:
            clear(self._out)
            if self._options.store is None:
                self._store.sweep()

    def summary(self, seconds: float) -> Summary:
        """What came of it, in so many seconds."""
        return Summary(
            day=self._day,
            made=tuple(self._made),
            skipped=tuple(self._skipped),
            failed=tuple(self._failed),
            seconds=seconds,
            read=self._read,
            kept=self._kept,
            interrupted=self.interrupted,
            incomplete=tuple(self._incomplete),
        )

    def _scheduled(self, plan: Plan) -> Schedule:
        """All that may have to be done; issues are decided on when their briefs are made."""
        jobs = [
            decision.work
            for job in plan.jobs
            if (decision := cast("Decision[Job]", self._decided["brief", job.id])).why
            and not decision.error
        ]
        aheads = shared(jobs, self._store)
        needs: dict[Node, list[Node]] = {}
        sizes: dict[Node, int] = {}
        for ahead in dict.fromkeys(chain.from_iterable(aheads.values())):
            node = node_of(ahead)
            self._ahead[node] = ahead
            needs[node] = []
            sizes[node] = size((ahead.source,))
        for job in plan.jobs:
            needs["brief", job.id] = [node_of(ahead) for ahead in aheads.get(job.id, ())]
            sizes["brief", job.id] = size(job.sources)
        for issue in plan.issues:
            needs["newsletter", issue.id] = [("brief", name) for name in issue.briefs]
        self._total |= {"source": len(self._ahead), "brief": len(jobs)}
        self._total["newsletter"] = len(plan.issues)
        return Schedule(needs, sizes, self._task)

    def _task(self, node: Node) -> Task | None:
        """The task of a node whose turn has come; None where nothing is to be done for it."""
        if ahead := self._ahead.get(node):
            return Task(ahead.source, ahead, store=self._store.folder)
        if node[0] == "newsletter":
            issue = self._issues[node[1]]
            self._decided[node] = decide_issue(issue, self._out, self._manifest.last, self._day)
        decision = self._decided[node]
        if not decision.why:
            self._skip(node)
            return None
        model = decision.work.settings.model
        error = decision.error or (node[0] == "brief" and self._breaker.refusal(model)) or None
        if error:
            with self._interrupts.whole():
                self._commit(node, failed(node[1], error))
            return None
        # What it is put together from is held by the task alone.
        self._decided[node] = replace(decision, texts={})
        return Task(
            node[1],
            decision.work,
            store=self._store.folder,
            texts=decision.texts,
            silent=tuple(self._job(name) for name in decision.silent),
            previous=decision.previous,
        )

    def _job(self, name: str) -> Job:
        """The brief of that id, as it is made in this run."""
        return cast("Job", self._decided["brief", name].work)

    def _take(self, outcome: Outcome[Task, Result]) -> None:
        """Write what came of a task, and let go on what waited for it."""
        node = node_of(outcome.task.work)
        result = outcome.result or Result(
            outcome.task.id,
            outcome.state,
            error=outcome.error,
            hint=outcome.hint,
            seconds=outcome.seconds,
        )
        self._read += result.read
        self._kept += result.kept
        if node in self._ahead:
            self._tell(node[0])  # its briefs say what is wrong with it, if anything is
        else:
            self._commit(node, result)
            if node[0] == "brief":
                self._breaker.heard(self._decided[node].work.settings.model, result.fault)
        self._schedule.done(node)

    def _commit(self, node: Node, result: Result) -> None:
        """Write the files of a result, and then its line."""
        kind, name = cast("tuple[Kind, str]", node)
        decision = self._decided[node]
        if result.state == "ok":
            try:
                write(self._out, kind, decision, result, force=self._options.force)
            except OutputError as error:
                result = replace(failed(name, error), seconds=result.seconds)
        entry = entry_of(kind, decision, result)
        self._manifest.add(entry)
        (self._made if entry.state == "ok" else self._failed).append(entry)
        self._note(entry)
        self._tell(kind)

    def _skip(self, node: Node) -> None:
        kind, name = cast("tuple[Kind, str]", node)
        self._skipped.append((kind, name))
        self._note(self._manifest.last[kind, name])
        if kind == "newsletter":  # counted as one to be done as long as nobody knew
            self._tell(kind)

    def _note(self, entry: Entry) -> None:
        """Keep what a brief that stands lacks."""
        if entry.unread:
            self._incomplete.append(Incomplete(entry.id, entry.unread))

    def _tell(self, stage: Stage) -> None:
        self._done[stage] += 1
        self._report(TITLES[stage], self._done[stage], self._total[stage])


def write(out: Path, kind: Kind, decision: Made, result: Result, *, force: bool) -> None:
    """Put the files of a result in their place, and keep the record of an issue.

    Raises:
        OutputError: If one cannot be written, or was changed by a person.
    """
    write_all(folder_of(out, kind, result.id), result.files, force=force)
    if result.record:
        path = out / ISSUED / result.id / f"{decision.work.settings.day}.json"
        make_folder(path.parent)
        with replacing(path) as stream:
            stream.write(result.record)


def failed(name: str, error: BriefingError) -> Result:
    """The result of a task that could not be done."""
    fault = type(error).__name__
    return Result(name, "error", error=error.message, hint=error.hint, fault=fault)


def entry_of(kind: Kind, decision: Made, result: Result) -> Entry:
    """The line of the manifest for a result."""
    settings = decision.work.settings
    return Entry(
        kind=kind,
        id=result.id,
        state=result.state,
        key=decision.key,
        files={
            name: hashlib.sha256(data).hexdigest()
            for name, data in (result.files.items() if result.state == "ok" else ())
        },
        day=settings.day,
        title=result.title,
        recipient=decision.work.recipient,
        template=settings.template,
        seconds=round(result.seconds, 2),
        pages=result.pages,
        fill=round(result.fill, 3),
        cut=result.cut,
        refusals=result.refusals,
        notices=result.notices,
        unread=result.unread,
        error=result.error,
        hint=result.hint,
        fault=result.fault,
    )
