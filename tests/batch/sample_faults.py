"""Work that goes wrong as it is told: quick stand-ins for making briefs, in processes of their own.

What is to go wrong stands as the recipient of a brief: `raise`, `kill`, `kill-once`, `hang`, `grow`,
`no server`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.batch.results import Ahead, Result, Task

if TYPE_CHECKING:
    from briefing.batch.plan import Plan

LOG = "started"
SLOWNESS = "BATCH_SLOWNESS"
"""The environment variable that says how many seconds each brief takes."""


def work(task: Task) -> Result:
    """Make files of a task without reading anything."""
    if isinstance(task.work, Ahead):
        return Result(task.id, "ok")
    note(task)
    fault = task.work.recipient
    once = log_of(task).with_name(f"{task.id}.once")
    if fault == "kill" or (fault == "kill-once" and not once.exists()):
        once.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if fault == "no server":
        return Result(task.id, "error", error="no connection", fault="ModelError")
    if fault == "raise":
        raise ZeroDivisionError("of all things")
    if fault == "hang":
        time.sleep(600)
    if fault == "grow":
        grown = bytearray(400_000_000)
        time.sleep(5)
        del grown
    time.sleep(float(os.environ.get(SLOWNESS, "0.01")))
    page = f"{task.id} {task.work.settings.date} {len(task.texts)}\n".encode()
    files = {"brief.html": page * 1000, "brief.json": page}
    return Result(task.id, "ok", files=files, title=task.id, pages=1)


def log_of(task: Task) -> Path:
    """The file that lists what was begun, by all workers of a run and of those before."""
    assert task.store is not None
    return task.store.parent.parent / LOG


def note(task: Task) -> None:
    """Say that a task was begun, and where."""
    line = json.dumps([task.id, os.getpid()]) + "\n"
    with log_of(task).open("a") as log:
        log.write(line)


def begun(folder: Path) -> list[str]:
    """The ids of all that was begun, each as often as it was."""
    path = folder / LOG
    return [json.loads(line)[0] for line in path.read_text().splitlines()] if path.exists() else []


def going_wrong(plan: Plan, **faults: str) -> Plan:
    """`plan` with a fault for each brief named, as `brief_003="kill"`."""
    wanted = {name.replace("_", "-"): fault for name, fault in faults.items()}
    jobs = tuple(replace(job, recipient=wanted.get(job.id, "")) for job in plan.jobs)
    return replace(plan, jobs=jobs)


def main() -> None:
    """Drive a run as a command: PLAN OUT WORKERS; leaves with 130 where it was interrupted."""
    from sample_plans import pooled

    from briefing.batch.plan import read_plan
    from briefing.batch.run import run

    plan, out, workers = sys.argv[1:]
    summary = run(read_plan(Path(plan)), pooled(Path(out), int(workers)), do=work)
    sys.exit(130 if summary.interrupted else 0)


if __name__ == "__main__":
    main()
