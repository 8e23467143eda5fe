"""The texts with readings by people: which folder holds them, and their records.

In: the folder. Out: the records of one part of a set, as plain dictionaries; each set is
`NAME.jsonl.gz`, one JSON object a line with at least `id` and `split`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import SettingsError
from briefing.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VARIABLE = "BRIEFING_DATA"
USUAL = PACKAGE.parent.parent / "shared" / "data"
"""Beside the checkout."""

Record = dict[str, Any]


def folder(given: Path | None = None, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder with the data: as given, else as the environment says, else beside the checkout.

    Raises:
        SettingsError: If there is none.
    """
    found = given or Path(environment.get(VARIABLE) or USUAL)
    if not found.is_dir():
        raise SettingsError(
            f"there is no folder with the data at {found}",
            hint=f"Name it with --data, or in the environment as {VARIABLE}.",
        )
    return found


def require(data: Path, names: Iterable[str]) -> None:
    """See that the sets `names` are there, before anything is measured.

    Raises:
        SettingsError: If one is missing.
    """
    missing = [name for name in dict.fromkeys(names) if not path_of(data, name).is_file()]
    if missing:
        raise SettingsError(
            f"{data} has no {', '.join(f'{name}.jsonl.gz' for name in missing)}",
            hint="Name another folder with --data, or leave parts out with --only.",
        )


def load(
    data: Path, name: str, *, split: str | None = "dev", limit: int | None = None
) -> list[Record]:
    """The records of one part of a set, in an order that has nothing to do with them.

    Args:
        data: Folder with the sets.
        name: Of the set.
        split: Which part; all if None.
        limit: The first so many only.

    Raises:
        SettingsError: If the set cannot be read.
    """
    path = path_of(data, name)
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    chosen = sorted((each for each in records if split in (None, each["split"])), key=shuffled)
    return chosen[:limit]


def path_of(data: Path, name: str) -> Path:
    """Where the set `name` lies."""
    return data / f"{name}.jsonl.gz"


def digest(data: Path, name: str) -> str:
    """Hex SHA-256 of a set's file."""
    with path_of(data, name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def shuffled(record: Record) -> str:
    """A key that sorts records in an order that has nothing to do with them."""
    return hashlib.sha1(record["id"].encode(), usedforsecurity=False).hexdigest()
