"""How a worker watches itself: its threads, its memory, its parent, and what interrupts it.

Memory is watched rather than limited by the system, as torch maps far more than it uses; a worker
that has taken too much leaves with a code of its own, and only its own task is lost. A worker whose
parent was killed leaves as well, however long its task would still take.
"""

from __future__ import annotations

import gc
import os
import threading

TOO_LARGE = 77
"""The exit code of a worker that took too much memory."""
ALONE = 78
"""The exit code of a worker whose parent is gone."""
EVERY_S = 0.2
MIB = 1 << 20
THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def one_thread_each() -> None:
    """Have libraries that are loaded later use one thread, here and in processes begun here.

    Two threads on a busy processor take three times the time of one.
    """
    for name in THREADS:
        os.environ.setdefault(name, "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def prepare(parent: int, memory_mb: int | None) -> None:
    """Make this process a worker of the process `parent`, with at most so much memory."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt ends
    # Ends this process even amid a long call into a library; what it writes has no name yet.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    one_thread_each()
    seldom()
    limit = None if memory_mb is None else memory_mb * MIB
    threading.Thread(target=_watch, args=(parent, limit), daemon=True).start()


def seldom() -> None:
    """Look for cycles seldom while a task goes on: pages are made of them, and few are let go."""
    gc.set_threshold(200_000, 50, 1_000)


def tidy() -> None:
    """Let go of the cycles that a task left; what stays, as models do, is never searched again."""
    gc.collect()
    gc.freeze()


def _watch(parent: int, limit_bytes: int | None) -> None:
    from psutil import Process

    process = Process()
    tick = threading.Event()
    while os.getppid() == parent:
        if limit_bytes is not None and process.memory_info().rss > limit_bytes:
            os._exit(TOO_LARGE)
        tick.wait(EVERY_S)
    os._exit(ALONE)
