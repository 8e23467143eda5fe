"""A batch, from its plan to files in place: the one process that writes.

In: a plan. Out: `OUT/briefs/ID/`, `OUT/newsletters/ID/`, a line of `OUT/manifest.jsonl` each, and a
`Summary`. Whatever ends a run, the next one makes what has no line, and nothing twice.
"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from briefing import __version__
from briefing.batch.decide import chosen, decide_issue, decide_job
from briefing.batch.driver import Driver
from briefing.batch.interrupts import Interrupts
from briefing.batch.manifest import Manifest, Mark
from briefing.batch.place import held
from briefing.batch.summary import Intent, Summary
from briefing.ingest.arguments import lost
from briefing.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal

    from briefing.batch.decide import Decision
    from briefing.batch.manifest import Entries, Kind
    from briefing.batch.options import Options
    from briefing.batch.plan import Issue, Job, Plan
    from briefing.batch.results import Result, Task

    Progress = Callable[[str, int, int], None]


def intend(plan: Plan, options: Options) -> tuple[Intent, ...]:
    """What `run` would make, and why; nothing is written.

    Raises:
        PlanError: If the options name something that is not in the plan.
        OutputError: If the manifest cannot be read.
    """
    return tuple(_intents(chosen(plan, options.only), options))


def _intents(plan: Plan, options: Options) -> Iterator[Intent]:
    manifest = Manifest.read(options.out)
    day = day_of(manifest, fresh=options.fresh)
    last: Entries = {} if options.fresh else manifest.last
    runs = set()
    for job in plan.jobs:
        made = decide_job(job, options.out, last, day)
        if made.why:
            runs.add(job.id)
            unread = tuple(error.message for error in lost(job.sources))
        else:
            unread = last["brief", job.id].unread
        yield _intent("brief", made, unread)
    for issue in plan.issues:
        if runs.isdisjoint(issue.briefs):
            sent = decide_issue(issue, options.out, last, day)
            yield _intent("newsletter", sent)
        else:
            yield Intent("newsletter", issue.id, runs=True, why="its briefs are made")


def _intent(
    kind: Kind, decision: Decision[Job] | Decision[Issue], unread: tuple[str, ...] = ()
) -> Intent:
    why, error = decision.why, decision.error
    return Intent(
        kind,
        decision.work.id,
        runs=bool(why),
        why=f"{why}: {error}" if error else why,
        fails=error is not None,
        unread=unread,
    )


def run(
    plan: Plan,
    options: Options,
    *,
    on_progress: Progress | None = None,
    do: Callable[[Task], Result] | None = None,
) -> Summary:
    """Make what of `plan` is not made yet.

    Args:
        plan: From `read_plan`.
        options: How.
        on_progress: Told the stage, how many are done, and how many there are to do.
        do: What workers do with a task, a function that they import by its name; None to make
            briefs and newsletters.

    Returns:
        What was made; also of a run that was interrupted.

    Raises:
        PlanError: If the options name something that is not in the plan.
        OutputError: If another run writes to the folder, or the manifest cannot be written.
        BriefingError: If the executor cannot begin, or cannot go on.
    """
    begun = perf_counter()
    wanted = chosen(plan, options.only)
    with Interrupts() as interrupts, held(options.out):
        if options.fresh:
            shutil.rmtree(options.store_folder, ignore_errors=True)
        manifest = Manifest.read(options.out)
        day = day_of(manifest, fresh=options.fresh)
        with manifest:
            manifest.add(mark("begun", day, tuple(_names(wanted)) if options.fresh else ()))
            driver = Driver(wanted, options, manifest, day, interrupts, on_progress)
            driver.go(do or _work())
            if not driver.interrupted:
                manifest.add(mark("ended", day))
    return driver.summary(perf_counter() - begun)


def _work() -> Callable[[Task], Result]:
    from briefing.batch.work import work  # brings all that makes briefs with it

    return work


def day_of(manifest: Manifest, *, fresh: bool) -> str:
    """The date of what the plan gives none, the same for a whole run.

    Today in UTC. A run that takes up one that was killed or interrupted today or yesterday has the
    date of that one, so that what is made before and after midnight has one date.
    """
    today = Settings().day
    begun = manifest.mark
    if begun is None or begun.run == "ended" or fresh:
        return today
    yesterday = (date.fromisoformat(today) - timedelta(days=1)).isoformat()
    return begun.day if begun.day in (today, yesterday) else today


def mark(
    run_: Literal["begun", "ended"], day: str, anew: tuple[tuple[Kind, str], ...] = ()
) -> Mark:
    """The line of the manifest that says that a run begins or ends now."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Mark(run_, day, at, __version__, anew)


def _names(plan: Plan) -> Iterator[tuple[Kind, str]]:
    for job in plan.jobs:
        yield ("brief", job.id)
    for issue in plan.issues:
        yield ("newsletter", issue.id)
