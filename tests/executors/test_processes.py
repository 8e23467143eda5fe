"""A pool of processes: one outcome a task, whatever becomes of the worker that does it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from sample_tasks import Chore, Done, do

import briefing
from briefing.executors.base import Bounds, Outcome
from briefing.executors.processes import Processes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Outcomes = dict[str, Outcome[Chore, Done]]


def outcomes(chores: Sequence[Chore], bounds: Bounds) -> Outcomes:
    """What became of each chore, by its id; each stands once."""
    with Processes(bounds) as executor:
        found = list(executor.run(do, iter(chores)))
    assert sorted(one.task.id for one in found) == sorted(chore.id for chore in chores)
    return {one.task.id: one for one in found}


def test_faults_cost_only_their_own_task(tmp_path: Path) -> None:
    """Each task has one outcome, and says in words what ended its worker."""
    wrong = ["raise", "refuse", "wait too long", "exit", "die", "die once", "hang", "grow"]
    chores = [Chore(f"good {number}") for number in range(8)]
    chores += [Chore(what, what, tmp_path) for what in wrong]
    bounds = Bounds(workers=2, timeout_s=6, memory_mb=200, folder=tmp_path / "spool")
    found = outcomes(chores, bounds)
    assert {name: one.state for name, one in found.items() if one.state != "ok"} == {
        "raise": "error",
        "refuse": "error",
        "wait too long": "error",
        "exit": "crash",
        "die": "crash",
        "hang": "timeout",
        "grow": "memory",
    }
    assert found["die once"].result is not None
    assert found["raise"].error == "raise: LookupError: nothing there"
    assert (found["refuse"].error, found["refuse"].hint) == ("text.txt is empty", "Leave it out.")
    assert "exit code 9" in found["exit"].error
    assert "SIGKILL" in found["die"].error
    assert "longer than 6 s" in found["hang"].error
    assert "more than 200 MB" in found["grow"].error
    assert not list((tmp_path / "spool").iterdir())


def test_large_results_come_whole(tmp_path: Path) -> None:
    """A result may be larger than what goes through a pipe at once."""
    found = outcomes([Chore(str(number), "large") for number in range(3)], Bounds())
    assert all(one.result and len(one.result.data) == 5_000_000 for one in found.values())
    assert len({one.result.pid for one in found.values() if one.result}) == 1


def test_tasks_are_taken_as_workers_are_free() -> None:
    """No more tasks are taken than workers and one, and a task may wait for another's outcome."""
    taken: list[str] = []
    seen: list[str] = []

    def tasks() -> Iterator[Chore | None]:
        for number in range(6):
            while number == 4 and len(seen) < 4:
                yield None
            taken.append(str(number))
            yield Chore(str(number))

    with Processes(Bounds(workers=1)) as executor:
        for outcome in executor.run(do, tasks()):
            seen.append(outcome.task.id)
            assert len(taken) - len(seen) <= 2
    assert sorted(seen) == [str(number) for number in range(6)]


def test_idle_workers_that_are_killed_are_replaced() -> None:
    """Losing all workers between two tasks costs no task."""

    def tasks() -> Iterator[Chore]:
        for number in range(3):
            yield Chore(str(number))
            if number == 1:
                for worker in workers():
                    worker.send_signal(signal.SIGKILL)
                time.sleep(0.5)

    with Processes(Bounds(workers=1)) as executor:
        found = [one.state for one in executor.run(do, tasks())]
    assert found == ["ok"] * 3


def workers() -> list[psutil.Process]:
    """The worker processes that this process has."""
    children = psutil.Process().children()
    return [child for child in children if "--multiprocessing-fork" in child.cmdline()]


def test_leaving_in_an_error_ends_workers_at_once() -> None:
    """No worker goes on with a task whose run is over."""
    chores = [Chore("good"), Chore("long", "hang"), Chore("longer", "hang")]
    since = time.monotonic()
    with suppress(KeyboardInterrupt), Processes(Bounds(workers=2)) as executor:
        for _ in executor.run(do, iter(chores)):
            since = time.monotonic()
            raise KeyboardInterrupt
    assert time.monotonic() - since < 2
    assert not workers()


def test_worker_does_not_outlive_its_parent(tmp_path: Path) -> None:
    """A worker whose parent was killed ends, however long its task would take."""
    paths = [str(Path(briefing.__file__).parent.parent), str(Path(__file__).parent)]
    parent = subprocess.Popen(
        [sys.executable, "-m", "sample_tasks", str(tmp_path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )
    try:
        end = time.monotonic() + 30
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            assert time.monotonic() < end
            time.sleep(0.05)
    finally:
        parent.kill()
        parent.wait()
    worker = psutil.Process(int((tmp_path / "pid").read_text()))
    assert not psutil.wait_procs([worker], timeout=5)[1]
