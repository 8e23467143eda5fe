"""Tasks done one after another in this process: for a debugger, and where nothing may be started."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.executors.base import attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import Self

    from briefing.executors.base import Bounds, Outcome, ResultT, TaskT


class Serial:
    """Does tasks in this process; bounds of time and memory do not hold here."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def run(
        self, work: Callable[[TaskT], ResultT], tasks: Iterator[TaskT | None]
    ) -> Iterator[Outcome[TaskT, ResultT]]:
        """Do `tasks` in their order."""
        for task in tasks:
            if task is not None:  # all before it have their outcomes, so none has to wait
                yield attempt(work, task)
