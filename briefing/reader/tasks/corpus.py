"""Reading a corpus: gzipped JSON, one record a line."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, TypeVar

import msgspec

from briefing.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")


def records(path: Path, kind: type[T]) -> list[T]:
    """All records of the file `path`, in its order.

    Raises:
        SourceError: If it cannot be read, or a line is no record of this kind.
    """
    try:
        with gzip.open(path, "rb") as file:
            return [msgspec.json.decode(line, type=kind) for line in file]
    except (OSError, EOFError, zlib.error, msgspec.DecodeError) as error:
        raise SourceError(
            f"{path} cannot be read: {error}", hint="See models/README.md on the corpora."
        ) from error
