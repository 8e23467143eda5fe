"""What was worked out once, kept on disk for the next time: one file an entry.

In: keys that say all that a result depends on, and bytes. Out: the bytes, or nothing. An entry is
named by the digest of its key and holds that of its bytes, so one that was torn or changed is
worked out again; two processes that keep the same entry do no harm. There is no database to break.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import msgspec

from briefing.errors import OutputError
from briefing.output import replacing
from briefing.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Kept = TypeVar("Kept")

LIMIT_BYTES = 2_000_000_000
DIGEST_BYTES = 32
ROOM = 0.8
"""How much of the limit is left in use when old entries are dropped."""


class Store:
    """Entries in a folder, of which the longest unused go when it grows too large.

    Args:
        folder: Made when the first entry is kept.
        limit_bytes: How much all entries may take together.

    Attributes:
        hits: How many were found, by kind.
        misses: How many were not, by kind.
    """

    def __init__(self, folder: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        self.folder = folder
        self.limit_bytes = limit_bytes
        self.hits: dict[str, int] = {}
        self.misses: dict[str, int] = {}

    def of(self, kind: str, key: object, type_: type[Kept], make: Callable[[], Kept]) -> Kept:
        """What `make` gives for `key`, taken from the folder where it was made before.

        Args:
            kind: What it is; a folder for entries of its kind.
            key: All that it depends on besides the package's own code; msgspec can write it.
            type_: The record that it is, as msgspec reads it back.
            make: Works it out.
        """
        path = self._path(kind, key)
        found = self._read(path, type_)
        if found is not None:
            self.hits[kind] = self.hits.get(kind, 0) + 1
            return found
        self.misses[kind] = self.misses.get(kind, 0) + 1
        made = make()
        self._keep(path, msgspec.msgpack.encode(made))
        return made

    def has(self, kind: str, key: object) -> bool:
        """Whether there is an entry for `key`; it may yet turn out to be torn."""
        return self._path(kind, key).exists()

    def sweep(self) -> None:
        """Drop what was half-written by processes that are gone: call it when no other writes."""
        for path in self.folder.glob("*/*/.*.tmp"):
            path.unlink(missing_ok=True)

    def trim(self) -> None:
        """Drop the entries that were longest not used, until there is room again."""
        entries = sorted(self._entries())
        total = sum(size for _, size, _ in entries)
        if total <= self.limit_bytes:
            return
        for _, size, path in entries:
            if total <= ROOM * self.limit_bytes:
                return
            with suppress(OSError):
                path.unlink()
            total -= size

    def _entries(self) -> Iterator[tuple[int, int, Path]]:
        """When each entry was last used, its size and its file."""
        for path in self.folder.glob("*/*/*"):
            with suppress(OSError):  # another process may have dropped it
                told = path.stat()
                yield told.st_mtime_ns, told.st_size, path

    def _path(self, kind: str, key: object) -> Path:
        name = hashlib.sha256(msgspec.msgpack.encode((code_digest(), key))).hexdigest()
        return self.folder / kind / name[:2] / name

    def _read(self, path: Path, type_: type[Kept]) -> Kept | None:
        """What an entry holds; None where there is none or it is not whole."""
        try:
            data = path.read_bytes()
            digest, body = data[:DIGEST_BYTES], data[DIGEST_BYTES:]
            if hashlib.sha256(body).digest() != digest:
                return None
            found = msgspec.msgpack.decode(body, type=type_)
            os.utime(path)
        except (OSError, msgspec.DecodeError):
            return None
        return found

    def _keep(self, path: Path, body: bytes) -> None:
        """Write an entry; a full disk or a folder that may not be written costs only time."""
        with suppress(OutputError, OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path) as stream:
                stream.write(hashlib.sha256(body).digest() + body)


@cache
def code_digest() -> str:
    """A digest of the package's own code: what one version worked out, another may not."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
