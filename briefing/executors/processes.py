"""Tasks done by a pool of processes on this machine.

A task that takes its worker down loses nobody else's work: Pebble gives each worker one task at a
time, and replaces a worker that is gone. Processes are started afresh, as a fork is not safe once
torch has run.

Tasks and results go by files, and only their names through the pipe that all workers share: a
worker that was killed while it handed back a large result would leave that pipe torn for all.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from briefing.errors import BriefingError
from briefing.executors.base import Outcome, attempt, faulty
from briefing.executors.watch import TOO_LARGE, one_thread_each, prepare, tidy
from briefing.output import make_folder, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from briefing.executors.base import Bounds, ResultT, TaskT

AHEAD = 1
"""How many tasks wait for a free worker; more would only be held in memory."""
POOLS = 3
"""How many pools in a row may break before one does a task."""
TASKS = 500
"""After so many a worker is replaced: some templates leave memory behind at each line of a page."""


class Processes:
    """Does tasks in processes of its own."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self._pool: Any = None
        self._folder: Any = None
        self._names = count()
        self._running: dict[Any, tuple[Any, Path]] = {}
        self._tries: Counter[Path] = Counter()
        self._broken = 0

    def __enter__(self) -> Self:
        one_thread_each()
        parent = self.bounds.folder
        if parent:
            make_folder(parent)
        self._folder = TemporaryDirectory(dir=parent, ignore_cleanup_errors=True)
        self._pool = self._begun()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()
        self._folder.cleanup()

    def _begun(self) -> Any:
        """A pool with its workers on their way."""
        from multiprocessing import get_context, resource_tracker

        from pebble import ProcessPool

        pool = ProcessPool(
            max_workers=self.bounds.workers,
            max_tasks=TASKS,
            context=get_context("spawn"),
            initializer=prepare,
            initargs=(os.getpid(), self.bounds.memory_mb),
        )
        resource_tracker.ensure_running()  # begun later it would let interrupts through again
        with _uninterrupted():
            _ = pool.active
        return pool

    def run(
        self, work: Callable[[TaskT], ResultT], tasks: Iterator[TaskT | None]
    ) -> Iterator[Outcome[TaskT, ResultT]]:
        """Do `tasks`, several at a time; an outcome comes as soon as it is there.

        Raises:
            BriefingError: If workers end as soon as they begin.
            OutputError: If a task cannot be written to where workers read it.
        """
        while True:
            while len(self._running) < self.bounds.workers + AHEAD:
                task = next(tasks, None)
                if task is None:
                    break
                self._give(work, task, self._spooled(task))
            if not self._running:
                return
            done = wait(self._running, return_when=FIRST_COMPLETED).done
            if any(_pool_broke(future) for future in done):
                self._begin_again(work)
            else:
                yield from self._outcomes(work, done)

    def _outcomes(
        self, work: Callable[[TaskT], ResultT], done: Iterable[Any]
    ) -> Iterator[Outcome[TaskT, ResultT]]:
        """The outcomes of what is done, save for tasks that are given to another worker."""
        for future in done:
            self._broken = 0
            task, path = self._running.pop(future)
            outcome: Outcome[TaskT, ResultT] = self._outcome(task, future)
            self._tries[path] += 1
            # One that took too much memory may have come after others that took most of it.
            again = outcome.state in ("crash", "memory")
            if again and self._tries[path] <= self.bounds.retries:
                self._give(work, task, path)
            else:
                del self._tries[path]
                path.unlink(missing_ok=True)
                yield outcome

    def _give(self, work: Callable[[TaskT], ResultT], task: TaskT, path: Path) -> None:
        limit_s = self.bounds.timeout_s
        try:
            future = self._pool.schedule(_do, args=[work, path], timeout=limit_s)
        except RuntimeError:  # a pool that broke takes no more
            self._begin_again(work)
            self._give(work, task, path)
        else:
            self._running[future] = (task, path)

    def _spooled(self, task: object) -> Path:
        """A task as a file, from which its worker reads it."""
        path = Path(self._folder.name) / str(next(self._names))
        with writing(path):
            path.write_bytes(pickle.dumps(task, pickle.HIGHEST_PROTOCOL))
        return path

    def _begin_again(self, work: Callable[[TaskT], ResultT]) -> None:
        """Take another pool: this one has lost all workers at a time when none had a task."""
        self._broken += 1
        if self._broken > POOLS:
            raise BriefingError(
                "workers end as soon as they begin",
                hint="Look for what ends them; memory may be short. --executor serial has none.",
            )
        self._pool.stop()
        self._pool.join()
        self._pool = self._begun()
        given, self._running = self._running, {}
        for future, (task, path) in given.items():
            if future.done() and not future.cancelled() and not future.exception():
                self._running[future] = (task, path)
            else:
                self._give(work, task, path)

    def _outcome(self, task: TaskT, future: Any) -> Outcome[TaskT, ResultT]:
        """What became of a task: what its worker says, or what ended that."""
        from pebble import ProcessExpired

        limit_s, limit_mb = self.bounds.timeout_s, self.bounds.memory_mb
        failed: Outcome[TaskT, ResultT] = Outcome(task, state="crash")
        try:
            answer: Path = future.result()
        except TimeoutError:
            return replace(
                failed,
                state="timeout",
                error=f"{task.id} took longer than {limit_s:g} s",
                hint="Allow more with --timeout, or give it fewer sources.",
                seconds=limit_s or 0,
            )
        except ProcessExpired as error:
            if error.exitcode == TOO_LARGE:
                return replace(
                    failed,
                    state="memory",
                    error=f"{task.id} took more than {limit_mb} MB",
                    hint="Allow more with --memory, or give it fewer sources.",
                )
            return replace(
                failed,
                error=f"{task.id} took its worker down ({_ending(error.exitcode)})",
                hint="Make it by itself with `briefing make` to see what happens.",
            )
        except BriefingError as error:  # what the worker made could not be written
            return faulty(task, error)
        with answer.open("rb") as stream:
            outcome: Outcome[TaskT, ResultT] = pickle.load(stream)  # noqa: S301 - our worker's
        answer.unlink()
        return outcome


def _do(work: Callable[[TaskT], ResultT], path: Path) -> Path:
    """Do the task in the file `path`, in a worker; returns the file of its outcome."""
    outcome = attempt(work, pickle.loads(path.read_bytes()))  # noqa: S301 - our parent's
    answer = path.with_suffix(f".{os.getpid()}")
    with writing(answer):
        answer.write_bytes(pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL))
    del outcome
    tidy()
    return answer


def _pool_broke(future: Any) -> bool:
    return future.cancelled() or isinstance(future.exception(), BrokenProcessPool)


def _ending(code: int) -> str:
    """How a process ended, in words."""
    if code >= 0:
        return f"exit code {code}"
    name = signal.Signals(-code).name
    return f"{name}, as when memory runs out" if name == "SIGKILL" else name


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Keep interrupts from threads and processes that are begun in the block.

    What interrupts a terminal's command goes to all its processes. Workers would tell of it, each
    in its own words, where it comes while they begin.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
