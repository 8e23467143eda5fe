"""What was made, line by line: `manifest.jsonl`, written by the one who drives a run.

In: results. Out: a line each, flushed to the disk once its files are in place; and, for the next
run, the last line of each job. A line that was torn by a crash is passed over, since its job is
then run again. Each run has a line where it begins and one where it ends.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from briefing.batch.keys import Key, file_digest
from briefing.errors import FocusError
from briefing.executors.base import State
from briefing.output import remember, writing

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

NAME = "manifest.jsonl"
Kind = Literal["brief", "newsletter"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what became of one job.

    Attributes:
        kind: A brief, or an issue of a newsletter.
        id: Of the job.
        state: As of its result.
        key: What it was made of.
        files: The digest of each file that was written, by name.
        day: ISO date of what was made.
        title: Of what was made.
        recipient: Whom it is for, or empty.
        template: What it was printed with.
        seconds: How long it took.
        pages: Of the PDF.
        fill: How much of the pages is used, from 0.
        cut: How many items were left out for space.
        refusals: How many drafts could not be verified.
        notices: What the user should know.
        unread: Sources that could not be read.
        error: What failed; empty where it is done.
        hint: What to do about it.
        fault: What kind of error it was, by the name of its class; empty for none.
    """

    kind: Kind
    id: str
    state: State
    key: Key
    files: Mapping[str, str]
    day: str = ""
    title: str = ""
    recipient: str = ""
    template: str = ""
    seconds: float = 0.0
    pages: int = 0
    fill: float = 0.0
    cut: int = 0
    refusals: int = 0
    notices: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    error: str = ""
    hint: str = ""
    fault: str = ""

    @property
    def is_silent(self) -> bool:
        """Whether it was not made because its sources say nothing about its focus."""
        return self.fault == FocusError.__name__

    def missing(self, folder: Path) -> tuple[str, ...]:
        """Its files that are not in `folder`, or have other bytes."""
        return tuple(
            name for name, digest in self.files.items() if file_digest(folder / name) != digest
        )


Entries = dict[tuple[Kind, str], Entry]
"""The last entry of each job, by kind and id."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line between entries: where a run begins or ends.

    Attributes:
        run: Which of both.
        day: ISO date of what the run makes.
        at: When, in UTC, as ISO has it.
        version: Of the package.
        anew: Kinds and ids of jobs that are made anew whatever was made before.
    """

    run: Literal["begun", "ended"]
    day: str
    at: str
    version: str
    anew: tuple[tuple[Kind, str], ...] = ()


@dataclass(slots=True)
class Manifest:
    """The manifest of one folder; a context manager while it is written.

    Attributes:
        path: Of the file.
        last: The last entry of each job.
        mark: Where the last run ended; where it began if it was killed or interrupted.
        torn: How many lines could not be read.
    """

    path: Path
    last: Entries = field(default_factory=dict)
    mark: Mark | None = None
    torn: int = 0
    _descriptor: int = -1

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """What the manifest in `folder` says; it need not be there."""
        manifest = cls(folder / NAME)
        with writing(manifest.path):
            lines = manifest.path.read_bytes().splitlines() if manifest.path.exists() else []
        for line in filter(None, lines):
            try:
                manifest._take(msgspec.json.decode(line, type=_kind_of(line)))
            except msgspec.DecodeError:
                manifest.torn += 1
        return manifest

    def __enter__(self) -> Self:
        with writing(self.path):
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
            size = os.fstat(self._descriptor).st_size
            if size and os.pread(self._descriptor, 1, size - 1) != b"\n":
                os.write(self._descriptor, b"\n")  # what a crash tore stays a line of its own
        remember(self.path)  # that it is no source where the folder lies among some
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)

    def add(self, line: Entry | Mark) -> None:
        """Append one line, on the disk when this returns; none at all where that fails.

        Raises:
            OutputError: If it cannot be written whole.
        """
        data = msgspec.json.encode(line) + b"\n"
        with writing(self.path):
            size = os.fstat(self._descriptor).st_size
            try:
                while data:
                    data = data[os.write(self._descriptor, data) :]
                os.fsync(self._descriptor)
            except OSError:
                os.ftruncate(self._descriptor, size)
                raise
        self._take(line)

    def _take(self, line: Entry | Mark) -> None:
        """Note what a line says."""
        if isinstance(line, Entry):
            self.last[line.kind, line.id] = line
        else:
            self.mark = line
            for name in line.anew:
                self.last.pop(name, None)


def _kind_of(line: bytes) -> type[Entry | Mark]:
    return Mark if line.startswith(b'{"run":') else Entry
