"""Tasks for executors that go wrong as they are told, in whichever process does them."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import SourceError


@dataclass(frozen=True, slots=True)
class Chore:
    """A task: `what` says how it goes, and `folder` where it may leave a trace of it."""

    id: str
    what: str = ""
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A result: who did it, and so many bytes."""

    pid: int
    data: bytes = b""


def do(chore: Chore) -> Done:
    """Do a chore as it says."""
    match chore.what:
        case "raise":
            raise LookupError("nothing there")
        case "refuse":
            raise SourceError("text.txt is empty", hint="Leave it out.")
        case "wait too long":
            raise TimeoutError("no answer")
        case "exit":
            os._exit(9)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "die once":
            once(chore)
        case "hang":
            time.sleep(600)
        case "grow":
            grown = b"x" * 400_000_000
            time.sleep(5)
            return Done(os.getpid(), grown[:1])
        case "large":
            return Done(os.getpid(), bytes(5_000_000))
        case "tell":
            assert chore.folder is not None
            (chore.folder / "pid").write_text(str(os.getpid()))
            time.sleep(600)
    return Done(os.getpid())


def once(chore: Chore) -> None:
    """Kill this process, the first time that the chore is done."""
    assert chore.folder is not None
    trace = chore.folder / chore.id
    if not trace.exists():
        trace.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Begin a worker, to be left alone with a chore that takes long."""
    import sys

    from briefing.executors.base import Bounds
    from briefing.executors.processes import Processes

    with Processes(Bounds()) as executor:
        list(executor.run(do, iter([Chore("long", "tell", Path(sys.argv[1]))])))


if __name__ == "__main__":
    main()
