"""How much a confined call may take, and what is said where it takes more."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from briefing.errors import RenderError

SIMPLER = (
    "Make the page simpler: fewer rows and columns, less nesting, smaller pictures, shorter loops."
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one call may take.

    Attributes:
        cpu_s: Seconds of processor time, user and system together.
        wall_s: Seconds from the call to its end; the start of a child is part of the first.
        memory_mb: Address space of the whole child, in MiB; its resident memory stays below.
        output_mb: Length of the result, in MiB.
    """

    cpu_s: float = 8
    wall_s: float = 9.5
    memory_mb: int = 1024
    output_mb: int = 64


def too_slow(what: str, bounds: Bounds) -> RenderError:
    """The error of a call that did not end in time."""
    return RenderError(f"{what} was stopped: not done within {bounds.wall_s:g} s", hint=SIMPLER)


def too_long(what: str, bounds: Bounds) -> RenderError:
    """The error of a result that is too long to take."""
    return RenderError(
        f"{what} was stopped: its result is longer than {bounds.output_mb} MiB", hint=SIMPLER
    )


def failed(what: str, bounds: Bounds, kind: str, text: str) -> RenderError:
    """The error of a call that raised what nobody caught.

    Args:
        what: Who was at work.
        bounds: What it could take.
        kind: The exception's name.
        text: Its traceback, kept as a note.
    """
    if kind == "MemoryError":
        return RenderError(
            f"{what} was stopped: it needs more than {bounds.memory_mb} MiB of memory",
            hint=SIMPLER,
        )
    if kind == "RecursionError":
        return RenderError(f"{what} was stopped: it is nested too deep", hint=SIMPLER)
    last = text.strip().rpartition("\n")[2] or kind
    error = RenderError(f"{what} fails: {last}", hint=SIMPLER)
    error.add_note(text)
    return error


def ended(what: str, bounds: Bounds, status: int, said: str) -> RenderError:
    """The error of a child that ended within a call.

    Args:
        what: Who was at work.
        bounds: What it could take.
        status: As `subprocess` gives it: less than 0 where a signal ended the child.
        said: What the child wrote to its standard error.
    """
    if status == -signal.SIGPROF:
        return RenderError(
            f"{what} was stopped: more than {bounds.cpu_s:g} s of processor time", hint=SIMPLER
        )
    name = signal.Signals(-status).name if status < 0 else f"status {status}"
    error = RenderError(
        f"{what} crashed: its process ended with {name}, "
        f"most often for want of memory ({bounds.memory_mb} MiB) or by nesting",
        hint=SIMPLER,
    )
    if said:
        error.add_note(said)
    return error
