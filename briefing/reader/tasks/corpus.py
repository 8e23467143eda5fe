"""Reading a corpus: JSON, one record a line; gzipped, or as it lies in the repository."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, TypeVar

import msgspec

from briefing.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
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


def written(folder: Path, kind: type[T]) -> Iterator[tuple[str, T]]:
    """All records in the files `*.jsonl` of `folder`, by name, each with its file and line.

    Raises:
        SourceError: If there are none, or a line is no record of this kind.
    """
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise SourceError(
            f"{folder} holds no files *.jsonl",
            hint="They lie in the repository; see models/README.md.",
        )
    for path in paths:
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            try:
                yield f"{path}:{number}", msgspec.json.decode(line, type=kind)
            except msgspec.DecodeError as error:
                raise SourceError(
                    f"{path}:{number}: {error}", hint="See models/README.md."
                ) from error
