"""The seam between a batch and who does its tasks.

An executor knows nothing of briefs: it takes tasks that have an id, and hands back what a function
made of each, or what kept it from doing so.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import Self

State = Literal["ok", "error", "crash", "timeout", "memory"]
"""Whether a task is done; else whether it failed with a message, took its worker down, or took too
long or too much memory."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What workers may take.

    Attributes:
        workers: How many work at a time.
        timeout_s: Longest time for one task, the loading of models for its worker's first one
            included; None for no limit.
        memory_mb: Most memory of one worker; None for no limit.
        retries: How often a task is given to another worker when it took one down.
        address: Of a Ray cluster; empty for one on this machine.
        gpus: How many a task needs, of those of a Ray cluster.
        folder: Where tasks and results lie on their way between processes; None for the system's
            folder for temporary files.
    """

    workers: int = 1
    timeout_s: float | None = None
    memory_mb: int | None = None
    retries: int = 1
    address: str = ""
    gpus: float = 0.0
    folder: Path | None = None


class Named(Protocol):
    """What has an id, by which messages call it."""

    @property
    def id(self) -> str:
        """Unique among the tasks of a run."""
        ...


TaskT = TypeVar("TaskT", bound=Named)
ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[TaskT, ResultT]):
    """What became of one task.

    Attributes:
        task: As it was given.
        result: What was made of it; None unless it is done.
        state: Whether it is done, and if not, why.
        error: What failed; empty where it is done.
        hint: What to do about it.
        seconds: How long it took, where the executor alone knows.
    """

    task: TaskT
    result: ResultT | None = None
    state: State = "ok"
    error: str = ""
    hint: str = ""
    seconds: float = 0.0


class Executor(Protocol):
    """Does tasks; a context manager, whose workers end with it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def run(
        self, work: Callable[[TaskT], ResultT], tasks: Iterator[TaskT | None]
    ) -> Iterator[Outcome[TaskT, ResultT]]:
        """Do `tasks`, in any order.

        Args:
            work: A function that workers can import by its name.
            tasks: Taken one by one as workers are free; None where the next one has to wait for
                the outcome of another.

        Yields:
            Exactly one outcome a task, as soon as it is there.
        """
        ...


def attempt(work: Callable[[TaskT], ResultT], task: TaskT) -> Outcome[TaskT, ResultT]:
    """Do one task in this process."""
    try:
        return Outcome(task, work(task))
    except Exception as error:  # noqa: BLE001 - a fault in one task must not stop the rest
        return faulty(task, error)


def faulty(task: TaskT, error: Exception) -> Outcome[TaskT, ResultT]:
    """The outcome of a task that raised `error`."""
    if isinstance(error, BriefingError):
        return Outcome(task, state="error", error=error.message, hint=error.hint)
    return Outcome(
        task,
        state="error",
        error=f"{task.id}: {type(error).__name__}: {error}",
        hint="This is a fault of briefing: please report it with what `briefing make -v` says.",
    )
