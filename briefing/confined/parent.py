"""The parent's side: one child, started when first used, kept, and replaced when it was ended.

Pebble's pool is not used here: it reads results with plain pickle and no bound on their length,
waits three seconds before it ends a process that does not listen, and imports the caller's main
module in the child.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import weakref
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from briefing.confined.bounds import Bounds, ended, failed, too_long, too_slow
from briefing.confined.replies import Failed, Refused, unpack
from briefing.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

T = TypeVar("T")

MIB = 1 << 20
SERVE = "from briefing.confined.child import main; main()"
KEPT = ("HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "PYTHONHASHSEED", "TZ")
KEPT_KINDS = ("DYLD_", "FC_", "FONTCONFIG_", "LC_", "XDG_")
"""Environment variables that a child sees, and how others that it sees begin: no keys."""

LEAVING_S = 1
"""How long a child may take from closing its connection to its end."""

SAID = 2000
"""How many characters of what a crashed child wrote are kept."""


@dataclass(frozen=True, slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    connection: Connection
    folder: TemporaryDirectory[str]

    def said(self) -> str:
        """The end of what the child wrote to its standard error."""
        path = Path(self.folder.name) / "stderr"
        return path.read_text(encoding="utf-8", errors="replace")[-SAID:].strip()

    def status(self) -> int:
        """How it ended, as `subprocess` tells it, once it has left the connection."""
        try:
            return self.process.wait(LEAVING_S)
        except subprocess.TimeoutExpired:
            return -signal.SIGKILL  # what it gets next

    def kill(self) -> None:
        """End it and whatever it started, at once."""
        if self.process.returncode is None:  # not waited for, so the number is still its own
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def end(self) -> None:
        """The same, and clear up after it."""
        self.kill()
        self.process.wait()
        self.connection.close()
        self.folder.cleanup()


class Confined:
    """Calls functions in a child process within bounds; a context manager.

    Where one call meets a bound, the child is ended and the next call has a fresh one. Several
    threads may share one: their calls follow one another. The child ends with its parent, however
    that ends.

    Args:
        bounds: What each call may take.
        what: Who is at work, for messages, such as `template weekly`.

    Raises:
        RenderError: If this system has no limits on processes.
    """

    def __init__(self, bounds: Bounds = Bounds(), *, what: str) -> None:  # noqa: B008 - frozen
        if find_spec("resource") is None:
            raise RenderError(
                f"{what} cannot be confined: this system has no limits on processes",
                hint="Use a template that ships with briefing, or a system such as Linux.",
            )
        self.bounds = bounds
        self.what = what
        self._lock = Lock()
        self._child: _Child | None = None
        self._forget: Callable[[], object] = lambda: None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def process_id(self) -> int | None:
        """The child's, where there is one."""
        return self._child.process.pid if self._child else None

    def close(self) -> None:
        """End the child, also one that is at work; the next call starts another."""
        if (child := self._child) is not None:
            child.kill()
        with self._lock:
            self._clear()

    def call(self, function: Callable[..., T], *arguments: object) -> T:
        """Call `function` in the child.

        Args:
            function: One that a fresh process can import by its name.
            arguments: What it is given, by position; they must pickle.

        Returns:
            Its result: plain values, and records of this package.

        Raises:
            BriefingError: What the function itself raised.
            RenderError: If a bound was met, the child crashed, or the function raised anything
                else; the traceback of that is a note on the error.
        """
        request = pickle.dumps((function, arguments), protocol=pickle.HIGHEST_PROTOCOL)
        with self._lock:
            deadline = monotonic() + self.bounds.wall_s
            try:
                reply = unpack(self._ask(request, deadline))
            except BaseException as error:  # Ctrl-C as well
                self._clear()
                if isinstance(error, pickle.UnpicklingError):
                    raise RenderError(f"{self.what}: {error}") from error
                raise
            if isinstance(reply, Failed):
                self._clear()  # who knows what is left in it
                raise failed(self.what, self.bounds, reply.kind, reply.text)
        if isinstance(reply, Refused):
            raise reply.error
        return reply.value  # type: ignore[return-value]  # what the function returned

    def _clear(self) -> None:
        """End the child and forget it."""
        self._forget()
        self._child = None

    def _ask(self, request: bytes, deadline: float) -> bytes:
        """Send a request and wait for the reply."""
        child = self._sent(request)
        if not child.connection.poll(max(0.0, deadline - monotonic())):
            raise too_slow(self.what, self.bounds)
        try:
            return child.connection.recv_bytes(self.bounds.output_mb * MIB)
        except (EOFError, ConnectionError) as error:
            raise ended(self.what, self.bounds, child.status(), child.said()) from error
        except OSError as error:  # longer than that
            raise too_long(self.what, self.bounds) from error

    def _sent(self, request: bytes) -> _Child:
        """The child, to which `request` was sent; another one where it had ended meanwhile."""
        if self._child is not None:
            try:
                self._child.connection.send_bytes(request)
            except ConnectionError:
                self._clear()
            else:
                return self._child
        child = self._child = _start(self.bounds)
        self._forget = weakref.finalize(self, child.end)
        with suppress(ConnectionError):  # it ended at once: reading will tell
            child.connection.send_bytes(request)
        return child


def _start(bounds: Bounds) -> _Child:
    """Start a child that waits for calls."""
    folder = TemporaryDirectory(prefix="briefing-", ignore_cleanup_errors=True)
    ours, theirs = Pipe()
    with (Path(folder.name) / "stderr").open("wb") as stderr, theirs:
        process = subprocess.Popen(  # noqa: S603 - Python itself, and our own words
            [sys.executable, "-P", "-B", "-c", SERVE, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            env=_environment(folder.name),
            pass_fds=(theirs.fileno(),),
            start_new_session=True,  # Ctrl-C goes to the parent only
        )
    with suppress(ConnectionError):
        ours.send(bounds)
    return _Child(process, ours, folder)


def _environment(folder: str) -> dict[str, str]:
    """What a child sees of the environment: where modules and fonts are, no keys."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or name.startswith(KEPT_KINDS)
    }
    return kept | {
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "TMPDIR": folder,
    }
