"""The command that makes many briefs and newsletters from one plan."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.frame import (
    COUNT,
    FOLDER,
    INTERRUPTED,
    QUIET,
    SOME_FAILED,
    VERBOSE,
    Command,
    noted,
    option,
    show_result,
    takes,
)

if TYPE_CHECKING:
    from briefing.batch.options import Options

EXECUTORS = ("processes", "serial", "ray")
PLAN = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(cls=Command)
@click.argument("path", metavar="PLAN.TOML", type=PLAN)
@option(
    "-o",
    "--output",
    "out",
    metavar="DIR",
    type=FOLDER,
    envvar=["BRIEFING_OUTPUT"],
    default=Path("outputs/batch"),
    help="Where to write.",
)
@option("--workers", type=COUNT, help="So many at a time.  [default: one a processor]")
@option(
    "--executor", type=click.Choice(EXECUTORS), default=EXECUTORS[0], help="Who does the work."
)
@option(
    "--address", default="", help="Of a Ray cluster, HOST:PORT.  [default: one on this machine]"
)
@option("--gpus", type=click.FloatRange(min=0), default=0.0, help="That a brief needs, with Ray.")
@option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=1),
    help="Longest time for one brief.  [default: none]",
)
@option("--memory", metavar="MB", type=COUNT, help="Most memory of a worker.  [default: no limit]")
@option(
    "--store",
    metavar="DIR",
    type=FOLDER,
    help="Where is kept what was read.  [default: .store in the output]",
)
@option(
    "--only",
    metavar="NAME",
    multiple=True,
    help="A brief or newsletter, as the plan or its folder is called, or a pattern of names.",
)
@option("--dry-run", is_flag=True, help="Tell what would be made, and why.")
@option("--fresh", is_flag=True, help="Make all anew.")
@takes("force")
def batch(path: Path, dry_run: bool, **chosen: Any) -> None:  # noqa: FBT001 - click names it
    """Make all briefs and newsletters of a plan that are not made yet.

    What was made before and has not changed is left alone, so the same command goes on after an
    interruption. The exit code is 3 if something could not be made, or stands without a source
    that could not be read.
    """
    from datetime import UTC, datetime

    from briefing.batch.overview import write_overview
    from briefing.batch.plan import read_plan
    from briefing.batch.run import intend, run
    from briefing.batch.summary import intents, lines
    from briefing.show import progress

    plan = read_plan(path)
    options = _options(**chosen)
    if dry_run:
        found = intend(plan, options)
        show_result(found, "\n".join(intents(found)))
        if any(one.fails or one.unread for one in found):
            click.get_current_context().exit(SOME_FAILED)
        return
    begun = datetime.now(UTC).isoformat(timespec="seconds")
    with progress(quiet=noted(QUIET), verbose=noted(VERBOSE)) as on_progress:
        summary = run(plan, options, on_progress=on_progress)
    write_overview(plan, options, summary, begun)
    show_result(summary, "\n".join(lines(summary, options.out)))
    if summary.interrupted:
        click.get_current_context().exit(INTERRUPTED)
    if summary.failed or summary.incomplete:
        click.get_current_context().exit(SOME_FAILED)


def _options(
    *,
    workers: int | None,
    timeout: float | None,
    memory: int | None,
    address: str,
    gpus: float,
    **rest: Any,
) -> Options:
    """What the flags say, with a worker for each processor that this process may use."""
    from briefing.batch.options import Options
    from briefing.executors.base import Bounds

    able = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    bounds = Bounds(
        workers=workers or able or 1,
        timeout_s=timeout,
        memory_mb=memory,
        address=address,
        gpus=gpus,
    )
    return Options(bounds=bounds, **rest)
