"""What a child answers, and its reading, which trusts the child with nothing.

In: a result or an error. Out: bytes, and from bytes the same again. Reading makes records and
errors of this package and plain values; a pickle that names anything else is refused, so that a
template that broke out into the child would gain nothing in the parent.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, is_dataclass
from importlib import import_module

from briefing.errors import BriefingError

PACKAGE = "briefing"
PLAIN = frozenset(
    {
        ("builtins", "bytearray"),
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("pathlib", "PosixPath"),
        ("pathlib", "PurePosixPath"),
    }
)
"""Classes of the standard library whose making does nothing."""


@dataclass(frozen=True, slots=True)
class Done:
    """The function's result."""

    value: object


@dataclass(frozen=True, slots=True)
class Refused:
    """An error of this package's, for the parent to raise."""

    error: BriefingError


@dataclass(frozen=True, slots=True)
class Failed:
    """Any other exception: its name and its traceback."""

    kind: str
    text: str


Reply = Done | Refused | Failed


def pack(reply: Reply) -> bytes:
    """A reply as bytes."""
    return pickle.dumps(reply, protocol=pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Reply:
    """The reply that `pack` made bytes of.

    Raises:
        pickle.UnpicklingError: If it holds anything but plain values, records and errors.
    """
    try:
        reply = _Reader(io.BytesIO(data)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:  # a damaged pickle can raise nearly anything
        raise pickle.UnpicklingError(f"not a reply: {error}") from error
    if not isinstance(reply, Done | Refused | Failed):
        raise pickle.UnpicklingError(f"not a reply: {type(reply).__name__}")
    return reply


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        if (module, name) in PLAIN:
            return super().find_class(module, name)
        if module.partition(".")[0] == PACKAGE and name.isidentifier():
            found = getattr(import_module(module), name, None)
            if _is_record(found, module):
                return found
        raise pickle.UnpicklingError(f"a reply holds {module}.{name}")


def _is_record(found: object, module: str) -> bool:
    """Whether `found` is a record or an error that `module` itself defines."""
    return (
        isinstance(found, type)
        and found.__module__ == module
        and (is_dataclass(found) or issubclass(found, BriefingError | tuple))
    )
