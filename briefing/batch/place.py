"""The folder that a batch writes to: who may, and what a run that was killed left in it.

In: the folder. Out: a lock on it, held as long as a run goes on.
"""

from __future__ import annotations

import os
import platform
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from briefing.errors import OutputError
from briefing.output import make_folder, writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = ".lock"
HOLDER = ".running.json"
SPOOL = ".spool"
STORE = ".store"
UNFINISHED = (".*.tmp", ".issued/*/.*.tmp", "briefs/*/.*.tmp", "newsletters/*/.*.tmp")
"""What files are called until they are whole."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Which process makes a batch, on which machine."""

    pid: int
    host: str


@contextmanager
def held(out: Path) -> Iterator[None]:
    """Have `out` to oneself, cleared of what was not finished.

    Raises:
        OutputError: If another run has it, or it cannot be written.
    """
    from filelock import FileLock, Timeout

    make_folder(out)
    lock = FileLock(out / LOCK, blocking=False)
    with writing(out / LOCK):
        try:
            lock.acquire()
        except Timeout as error:
            raise OutputError(
                f"{out} is being written by another run{_by(out)}",
                hint="Wait for it, or choose another folder with -o.",
            ) from error
    try:
        clear(out)
        with writing(out / HOLDER):
            holder = Holder(os.getpid(), platform.node())
            (out / HOLDER).write_bytes(msgspec.json.encode(holder))
        yield
    finally:
        (out / HOLDER).unlink(missing_ok=True)
        lock.release()


def clear(out: Path) -> None:
    """Remove what a run that was killed left half-written."""
    shutil.rmtree(out / SPOOL, ignore_errors=True)
    for pattern in UNFINISHED:
        for path in out.glob(pattern):
            path.unlink(missing_ok=True)


def _by(out: Path) -> str:
    try:
        holder = msgspec.json.decode((out / HOLDER).read_bytes(), type=Holder)
    except (OSError, msgspec.DecodeError):
        return ""
    return f", process {holder.pid} on {holder.host}"
