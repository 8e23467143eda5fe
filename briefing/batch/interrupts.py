"""Interrupts and the system's wish that a process ends, held back while something is committed."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupts:
    """Raises `KeyboardInterrupt` for the first of `SIGNALS`, and lets the rest pass unheard.

    One that comes while a block is `whole` is raised at its end. Only the main thread hears
    signals; in others this does nothing.
    """

    def __init__(self) -> None:
        self._before: dict[signal.Signals, Any] = {}
        self._whole = False
        self._heard = False
        self._raised = False

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = {each: signal.signal(each, self._hear) for each in SIGNALS}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for each, before in self._before.items():
            signal.signal(each, before)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """A block that is not interrupted; keep it short."""
        self._whole = True
        try:
            yield
        finally:
            self._whole = False
        self._raise()

    def _hear(self, _signal: int, _frame: object) -> None:
        self._heard = True
        if not self._whole:
            self._raise()

    def _raise(self) -> None:
        # Once: what then ends workers and removes files must not be cut short itself.
        if self._heard and not self._raised:
            self._raised = True
            raise KeyboardInterrupt
