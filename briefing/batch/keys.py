"""What a job depends on, as digests: if none of them has changed, it need not run again.

In: a job or an issue. Out: `Key`, a digest of each thing it is made of, so that a user can be told
which of them has changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from briefing.ingest.arguments import Candidate, expand, lost
from briefing.paths import shipped
from briefing.store import code_digest
from briefing.templating import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.batch.plan import Issue, Job
    from briefing.batch.results import Ahead
    from briefing.settings import Settings

LETTERS = 16
"""How much of a digest is written down."""


@dataclass(frozen=True, slots=True)
class Key:
    """Digests of all that a job is made of.

    Attributes:
        sources: Of the names and bytes of its sources; for an issue, of those of all its briefs.
        settings: Of how it is made.
        template: Of all files that its template may use.
        models: Of what reads and words it.
        code: Of the package's own code.
        briefs: For an issue, of its briefs as they are made, and of the issue before.
    """

    sources: str
    settings: str
    template: str
    models: str
    code: str
    briefs: str = ""

    def changed(self, other: Key) -> tuple[str, ...]:
        """What is not the same in `other`."""
        names = (each.name for each in fields(self))
        return tuple(name for name in names if getattr(self, name) != getattr(other, name))


def key_of(job: Job) -> Key:
    """The key of a brief."""
    return _key(job.settings, job.recipient, _sources(job))


def key_of_issue(issue: Issue, sources: Sequence[str], texts: Sequence[bytes]) -> Key:
    """The key of a newsletter's issue.

    Args:
        issue: The issue.
        sources: The digest of the sources of each of its briefs, from their keys.
        texts: What it is put together from: the record of each brief, and of the issue before.
    """
    key = _key(issue.settings, issue.recipient, ())
    briefs = digest([hashlib.sha256(text).hexdigest() for text in texts])
    return replace(key, sources=sources_of_issue(issue, sources), briefs=briefs)


def sources_of_issue(issue: Issue, sources: Sequence[str]) -> str:
    """One digest for the sources of all briefs of an issue."""
    return digest((issue.briefs, sources))


def findings_key(job: Job) -> tuple[str, ...]:
    """All that what is found for a brief depends on, besides the package's own code."""
    settings = job.settings
    told = (settings.title, settings.day, settings.focus, settings.language)
    return (digest(_sources(job)), digest(told), models_digest(settings.model))


def ahead_key(ahead: Ahead) -> tuple[str, ...]:
    """All that reading a source ahead depends on, besides the package's own code."""
    return (ahead.source, file_digest(Path(ahead.source)), models_digest(ahead.reader))


def files(sources: Sequence[str]) -> tuple[str, ...]:
    """The names of all files that `sources` name or lead to, in order."""
    found = (item.name for item in expand(sources) if isinstance(item, Candidate))
    return tuple(dict.fromkeys(found))


def _sources(job: Job) -> tuple[tuple[str, str], ...]:
    """Name and digest of each file that a brief is made of, and what it lacks."""
    found = tuple((name, file_digest(Path(name))) for name in files(job.sources))
    return (*found, *(("", error.message) for error in lost(job.sources)))


def _key(settings: Settings, recipient: str, sources: object) -> Key:
    made = replace(settings, output=None, force=False, date=settings.day)
    return Key(
        sources=digest(sources),
        settings=digest((msgspec.to_builtins(made, enc_hook=str), recipient)),
        template=template_digest(settings.template),
        models=models_digest(settings.model),
        code=code_digest()[:LETTERS],
    )


def digest(value: object) -> str:
    """A short digest of plain values."""
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:LETTERS]


@lru_cache(maxsize=100_000)
def _digest_of(path: Path, _changed_ns: int, _size: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def file_digest(path: Path) -> str:
    """The digest of a file's bytes; empty where it cannot be read."""
    try:
        told = path.stat()
        return _digest_of(path, told.st_mtime_ns, told.st_size)
    except OSError:
        return ""


@lru_cache(maxsize=64)
def template_digest(name: str) -> str:
    """A digest of every file of a template, of what it extends, and of what all templates share."""
    places = [*load(name).folders, shipped("templates") / "shared", shipped("templates") / "fonts"]
    return digest(
        [
            (str(path.relative_to(place)), file_digest(path))
            for place in places
            for path in sorted(place.rglob("*"))
            if path.is_file() and path.suffix != ".png"
        ]
    )


@lru_cache(maxsize=64)
def models_digest(model: str) -> str:
    """A digest of the weights that ship, and of the file of a model that a user named."""
    weights = sorted(shipped("models").glob("*/*.safetensors"))
    kind, _, rest = model.partition(":")
    own = [Path(rest)] if kind == "gguf" else []
    return digest((model, [file_digest(path) for path in (*weights, *own)]))
