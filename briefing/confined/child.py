"""The child: limits itself, then answers calls one after the other until its parent is gone.

Two walls. The kernel's: memory, files, processor time of a call, and a signal when the parent
ends. Python's: an audit hook that refuses sockets, other programs and writing outside the child's
own folder; it stops what goes astray, but would not hold against machine code.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import resource
import select
import shutil
import signal
import sys
import traceback
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.confined.replies import Done, Failed, Refused, Reply, pack
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing.confined.bounds import Bounds

MIB = 1 << 20
FILE_MB = 64
"""Length of a file that the child may write: a page's fonts."""

OPEN_FILES = 256
PROGRAMS = ("fc-list", "fc-match")
"""What the child may start: they tell which fonts there are."""

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = frozenset(
    f"os.{name}"
    for name in "chmod chown link mkdir remove rename rmdir symlink truncate utime".split()
)
"""Audit events that change files; their first argument is the path."""

REFUSED = frozenset(
    "os.exec os.fork os.forkpty os.kill os.killpg os.posix_spawn os.spawn os.system "
    "pty.spawn resource.prlimit resource.setrlimit signal.pthread_kill".split()
)


def main() -> None:
    """Serve the calls that come over the socket whose number is the last argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C ends
    connection = Connection(int(sys.argv[-1]))
    bounds: Bounds = connection.recv()
    limit(bounds)
    sys.addaudithook(guard(os.environ["TMPDIR"]))
    while True:
        try:
            request = connection.recv_bytes()
        except (EOFError, ConnectionError):
            return
        with bounded(connection.fileno(), bounds.cpu_s):
            reply = answer(request)
        try:
            connection.send_bytes(reply)
        except ConnectionError:
            return


def limit(bounds: Bounds) -> None:
    """Set the limits that hold for the whole life of the child."""
    for which, most in (
        (resource.RLIMIT_AS, bounds.memory_mb * MIB),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, FILE_MB * MIB),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        _, hard = resource.getrlimit(which)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (least, least))


def guard(folder: str) -> Callable[[str, tuple[object, ...]], None]:
    """An audit hook that lets Python write to `folder` only, and reach nothing outside.

    It raises PermissionError, which libraries take as they would on a machine that forbids it.
    """
    own = Path(folder).resolve()
    programs = frozenset(filter(None, map(shutil.which, PROGRAMS)))

    def inside(path: object) -> bool:
        if isinstance(path, int):  # a file that is open already
            return True
        real = Path(os.fsdecode(path)).resolve()  # type: ignore[arg-type]  # str, bytes or Path
        return real.is_relative_to(own) or real == Path(os.devnull)

    def check(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            allowed = not (isinstance(flags, int) and flags & WRITING) or inside(path)
        elif event in CHANGES:
            allowed = inside(arguments[0])
        elif event == "subprocess.Popen":
            allowed = arguments[0] in programs
        else:
            allowed = event not in REFUSED and not event.startswith("socket.")
        if not allowed:
            raise PermissionError(f"not allowed in a confined process: {event}")

    return check


@contextmanager
def bounded(parent: int, cpu_s: float) -> Iterator[None]:
    """Let the kernel end this process when the time is used up or the parent is gone.

    Both are signals that Python does not handle, so they end the process whatever it is at, in
    Python or not. A timer is finer than RLIMIT_CPU, which counts whole seconds of a whole life.

    Args:
        parent: The socket to the parent; nothing may come over it meanwhile.
        cpu_s: Processor time, user and system.
    """
    signal.setitimer(signal.ITIMER_PROF, cpu_s)
    fcntl.fcntl(parent, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(parent, fcntl.F_GETFL)
    fcntl.fcntl(parent, fcntl.F_SETFL, flags | os.O_ASYNC)  # SIGIO when the other end closes
    if select.select([parent], [], [], 0)[0]:  # it closed before that
        os._exit(1)
    try:
        yield
    finally:
        fcntl.fcntl(parent, fcntl.F_SETFL, flags)
        signal.setitimer(signal.ITIMER_PROF, 0)


def answer(request: bytes) -> bytes:
    """Call what `request` names, and pack what comes of it."""
    try:
        function, arguments = pickle.loads(request)  # noqa: S301 - from the parent
        return pack(Done(function(*arguments)))
    except BriefingError as error:
        reply: Reply = Refused(error)
    except MemoryError:
        reply = Failed("MemoryError", "")  # a traceback would need some
    except Exception as error:  # noqa: BLE001 - the parent raises it
        reply = Failed(type(error).__name__, traceback.format_exc(limit=-20))
    return pack(reply)
