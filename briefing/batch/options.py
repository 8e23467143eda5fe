"""How a plan is run, as the command line says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from briefing.batch.place import STORE
from briefing.executors.base import Bounds


@dataclass(frozen=True, slots=True)
class Options:
    """What the user chose.

    Attributes:
        out: Folder to write to.
        executor: Who does the tasks, of `executors.EXECUTORS`.
        bounds: What workers may take.
        store: Where is kept what was read; None for a folder in `out`.
        only: Names or patterns of what to make; empty for all.
        fresh: Whether to make all anew, whatever was made or read before.
        force: Whether files that a person changed may be overwritten.
    """

    out: Path
    executor: str = "processes"
    bounds: Bounds = field(default_factory=Bounds)
    store: Path | None = None
    only: tuple[str, ...] = ()
    fresh: bool = False
    force: bool = False

    @property
    def store_folder(self) -> Path:
        """Where is kept what was read; never one shared with others for a fresh run."""
        own = self.out / STORE
        return own if self.fresh else self.store or own
