"""The command line as a user calls it: in this process, or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from click.testing import CliRunner

from briefing.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

CALL = "from briefing.cli import main; main()"
COMMAND = (sys.executable, "-c", CALL)
"""To be followed by the command's own arguments."""


def call(*arguments: str) -> Result:
    """Run the command in this process, with the real desk."""
    return CliRunner().invoke(main, arguments)


def start(
    *arguments: str,
    cwd: Path,
    env: dict[str, str] | None = None,
    before: tuple[str, ...] = (),
    code: str = CALL,
) -> subprocess.Popen[str]:
    """Start the command in a process of its own, with its output piped.

    Args:
        arguments: The command's.
        cwd: Where to run it.
        env: What differs in its environment.
        before: A command that starts it with other rights.
        code: What calls `main`, where something is to be prepared.
    """
    return subprocess.Popen(
        (*before, sys.executable, "-c", code, *arguments),
        cwd=cwd,
        env=os.environ | (env or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: subprocess.Popen[str], *, timeout_s: float = 120) -> tuple[int, str, str]:
    """Wait for a process; its exit code, standard output and standard error."""
    with process:
        try:
            out, err = process.communicate(timeout=timeout_s)
        finally:
            process.kill()
    return process.returncode, out, err


def left(folder: Path) -> list[str]:
    """Everything that stands below `folder`, hidden and temporary files too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
