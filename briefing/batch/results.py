"""What a worker is given and hands back: plain values that go between processes and machines."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from briefing.batch.plan import Issue, Job
from briefing.executors.base import State


@dataclass(frozen=True, slots=True)
class Task:
    """One piece of work.

    Attributes:
        id: Of the job or issue; for reading ahead, the name of the source.
        work: A brief or an issue to make; or a source to read ahead of the briefs that use it.
        store: The folder in which workers keep what they read; None for nowhere.
        texts: For an issue the `brief.json` of each of its briefs that there is, in their order, by
            its id.
        silent: For an issue, its briefs whose sources have nothing on their focus.
        previous: For an issue, the record of the one before; empty where there is none.
    """

    id: str
    work: Job | Issue | Ahead
    store: Path | None = None
    texts: dict[str, bytes] = field(default_factory=dict)
    silent: tuple[Job, ...] = ()
    previous: bytes = b""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A source that several briefs use, to be read once and before them.

    Attributes:
        source: Its path.
        reader: What reads it, as `shelf.Shelf` calls it.
    """

    source: str
    reader: str


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one task; workers write no files, they hand back their bytes.

    Attributes:
        id: Of the task.
        state: Whether it is done; else whether it failed with a message, took its worker down, or
            took too long or too much memory.
        files: Bytes by file name; empty unless it is done.
        title: Of what was made.
        error: What failed, and where; empty where it is done.
        hint: What to do about it.
        seconds: How long it took.
        pages: Of the PDF.
        fill: How much of the pages is used, from 0.
        cut: How many items were left out for space.
        refusals: How many drafts could not be verified.
        notices: What happened to sources on the way, and what the user should know of the pages.
        unread: Sources that could not be read.
        read: How many texts were analysed.
        kept: How many were not, since the store had what was found in them.
        record: Of an issue, to compare the next one with.
        fault: What kind of error it was, by the name of its class; empty for none.
    """

    id: str
    state: State
    files: dict[str, bytes] = field(default_factory=dict)
    title: str = ""
    error: str = ""
    hint: str = ""
    seconds: float = 0.0
    pages: int = 0
    fill: float = 0.0
    cut: int = 0
    refusals: int = 0
    notices: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    read: int = 0
    kept: int = 0
    record: bytes = b""
    fault: str = ""
