"""The checks of a template in a process of their own, so that a newer edit can end them.

In: a template's folder. Out: the problems that `inspection` finds, as records for JSON. The child
is this module.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from briefing.preview.rendering import Trouble

if TYPE_CHECKING:
    from pathlib import Path

Record = dict[str, Any]

NOT_RUN = "The checks could not be run"
LAST_LINES = 3
NICENESS = 10
"""What is looked at comes first."""


async def check(folder: Path) -> tuple[Record, ...] | Trouble:
    """Check the template in `folder`; ends the child, and all that it started, when cancelled."""
    import anyio

    # -P: a file in the working directory is no module of ours.
    command = [sys.executable, "-P", "-m", __name__, str(folder)]
    child = await anyio.open_process(
        command, stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT, start_new_session=True
    )
    said = bytearray()
    try:
        if child.stdout:
            async for part in child.stdout:
                said += part
        await child.wait()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        with anyio.CancelScope(shield=True):
            await child.aclose()
    try:
        return msgspec.json.decode(said, type=tuple[Record, ...])
    except msgspec.DecodeError:
        last = said.decode(errors="replace").strip().splitlines()[-LAST_LINES:]
        return Trouble(NOT_RUN, "\n".join(last))


def main(folder: str) -> None:
    """Write what the checks find as JSON to standard output."""
    from briefing import inspection

    os.nice(NICENESS)
    sys.stdout.buffer.write(msgspec.json.encode(inspection.as_records(inspection.check(folder))))


if __name__ == "__main__":
    main(sys.argv[1])
