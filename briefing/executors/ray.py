"""Tasks done on a Ray cluster; needs the extra `ray`.

Core tasks, not actors: Ray gives a task whose worker or node is gone to another one. A node that
was only cut off may still finish its copy, which does no harm, as workers hand back bytes and only
the driver writes files.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import BriefingError, SettingsError
from briefing.executors.base import Outcome, attempt, faulty
from briefing.executors.watch import THREADS, seldom, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import Self

    from briefing.executors.base import Bounds, ResultT, TaskT

RETRIES = 3
"""How often Ray gives a task to another worker when one is gone: a node may go as well."""
AHEAD = 2
"""How many tasks are given for each processor: one runs, one waits beside it."""
CONNECT_S = 5.0
POLL_S = 0.5
"""How often the size of the cluster is looked at, and interrupts are heard."""


class Ray:
    """Does tasks on the cluster at `bounds.address`, or on one begun on this machine."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds

    def __enter__(self) -> Self:
        # Else `ray start` and `ray.init` send usage statistics where nobody is asked.
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        # `uv run` hooks and the like must not build another environment for workers.
        os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")
        try:
            import ray
        except ImportError as error:
            raise SettingsError(
                "Ray is not installed", hint='pip install "briefing-desk[ray]"'
            ) from error
        _reach(self.bounds.address)
        local = {} if self.bounds.address else {"num_cpus": self.bounds.workers}
        try:
            ray.init(
                address=self.bounds.address or "local",
                log_to_driver=False,
                logging_level="ERROR",
                runtime_env={"env_vars": dict.fromkeys(THREADS, "1")},
                **local,
            )
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise _no_cluster(self.bounds.address, error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        import ray

        ray.shutdown()

    def run(
        self, work: Callable[[TaskT], ResultT], tasks: Iterator[TaskT | None]
    ) -> Iterator[Outcome[TaskT, ResultT]]:
        """Do `tasks` wherever there is room."""
        import ray

        # A worker that is kept has its models loaded; by default one that uses a GPU is not kept.
        remote = ray.remote(
            num_cpus=1, num_gpus=self.bounds.gpus, max_calls=0, max_retries=RETRIES
        )(_there)
        here = Path.cwd()
        running: dict[Any, TaskT] = {}
        try:
            while True:
                while len(running) < AHEAD * _processors():
                    task = next(tasks, None)
                    if task is None:
                        break
                    running[remote.remote(work, here, task)] = task
                if not running:
                    return
                done, _ = ray.wait(list(running), num_returns=1, timeout=POLL_S)
                for reference in done:
                    yield self._outcome(running.pop(reference), reference)
        finally:
            for reference in running:
                ray.cancel(reference, force=True)

    def _outcome(self, task: TaskT, reference: Any) -> Outcome[TaskT, ResultT]:
        import ray

        try:
            outcome: Outcome[TaskT, ResultT] = ray.get(reference)
        except ray.exceptions.RayTaskError as error:
            cause = error.cause
            return faulty(task, cause if isinstance(cause, Exception) else error)
        except ray.exceptions.RayError as error:
            first = str(error).splitlines()[0]
            return Outcome(
                task,
                state="crash",
                error=f"{task.id} took {RETRIES + 1} workers down: {first}",
                hint="Make it by itself with `briefing make` to see what happens.",
            )
        return outcome


def _there(work: Callable[[TaskT], ResultT], folder: Path, task: TaskT) -> Outcome[TaskT, ResultT]:
    """Do a task on a node, from the folder of the driver: sources are named from there."""
    try:
        os.chdir(folder)
    except OSError as error:
        raise BriefingError(
            f"{folder} is not on the node {os.uname().nodename}: {error.strerror}",
            hint="Let all nodes see the sources under the same path.",
        ) from error
    seldom()
    try:
        return attempt(work, task)
    finally:
        tidy()


def _reach(address: str) -> None:
    """See that something listens at `HOST:PORT`, as Ray itself would try for minutes.

    Raises:
        SettingsError: If nothing does.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or "/" in address:
        return  # none, `auto`, or `ray://…`, which Ray knows more about
    try:
        socket.create_connection((host.strip("[]"), int(port)), CONNECT_S).close()
    except (OSError, OverflowError) as error:
        raise _no_cluster(address, error) from error


def _no_cluster(address: str, error: Exception) -> SettingsError:
    return SettingsError(
        f"no Ray cluster at {address}: {error}",
        hint="Start one with `ray start --head`, and name it as --address HOST:6379.",
    )


def _processors() -> int:
    import ray

    return max(1, int(ray.cluster_resources().get("CPU", 1)))
