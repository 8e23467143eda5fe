"""Writing without losing anything: whole files or none, and never over a person's changes.

In: a folder and files as bytes, or one file as a stream. Out: the paths written. What was
written is remembered by digest in a hidden file of the folder, so that a changed file is known,
and so are the sources that it was made of.
"""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from briefing.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MEMORY = ".briefing.json"
SLUG_LENGTH = 60

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def slug(title: str) -> str:
    """A folder name for `title`: ASCII lower case, digits and hyphens, at most 60 characters.

    A title that leaves nothing in ASCII is named after its digest.
    """
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['`]", "", ascii_title.lower()))
    name = ""
    for word in words:
        longer = f"{name}-{word}" if name else word[:SLUG_LENGTH]
        if len(longer) > SLUG_LENGTH:
            break
        name = longer
    return name or f"brief-{_digest(title.encode('utf-8', 'replace'))[:8]}"


def digest_of(sha256s: Iterable[str]) -> str:
    """One digest for a set of sources, whatever their order."""
    return _digest("\n".join(sorted(sha256s)).encode())


def own_folder(parent: Path, name: str, sources: str) -> Path:
    """The folder in `parent` for what is made of `sources`: `name`, `name-2`, `name-3` and so on.

    The one that already holds what was made of them, else the first that holds nothing made of
    others: two briefs of one title do not replace each other.

    Args:
        parent: Need not exist.
        name: A plain name, see `slug`.
        sources: From `digest_of`.
    """
    first = parent / name
    numbered = (path for path in parent.glob(f"{name}-*") if path.name[len(name) + 1 :].isdigit())
    for folder in (first, *sorted(numbered, key=lambda path: (len(path.name), path.name))):
        if _recall(folder).sources == sources:
            return folder
    others = (parent / f"{name}-{number}" for number in count(2))
    return first if _is_free(first) else next(filter(_is_free, others))


def written_in(folder: Path) -> frozenset[str]:
    """The names of the files that were written into `folder`, whether changed since or not."""
    return frozenset(_recall(folder).written)


def write_all(
    folder: Path, files: Mapping[str, bytes], *, force: bool, sources: str = ""
) -> tuple[Path, ...]:
    """Write `files` into `folder`, all of them or none.

    A file that already has these bytes is left alone. One that has others is replaced only if
    it is as this function last wrote it, or with `force`. Everything is checked, and written
    under temporary names, before the first file is replaced. Where the process is killed between
    two files, the next call knows old ones and new ones alike.

    Args:
        folder: Made if it is not there.
        files: Plain file names and their bytes.
        force: Whether a changed file may be replaced.
        sources: From `digest_of`, to be remembered; empty to keep what is remembered.

    Returns:
        The paths of all `files`, in their order.

    Raises:
        OutputError: If a changed file is in the way, or the folder cannot be written.
        ValueError: If a name is not a plain file name.
    """
    for name in files:
        if Path(name).name != name or name in ("", "..", MEMORY):
            raise ValueError(f"{name!r} is not a plain file name")
    make_folder(folder)
    memory = _recall(folder)
    digests = {name: _digest(data) for name, data in files.items()}
    standing = {name: _standing(folder / name) for name in files}
    if not force:
        _refuse_changed(folder, standing, digests, memory)
    with ExitStack() as stack:
        # Left in reverse order of entry: the memory is entered last and thus moved first.
        for name in reversed(tuple(files)):
            if standing[name] != digests[name]:
                _put(stack, folder / name, files[name])
        _put(stack, folder / MEMORY, _dump(memory.renewed(digests, standing, sources)))
    return tuple(folder / name for name in files)


@contextmanager
def rewriting(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """As `write_all`, for one file that comes bit by bit: open it for writing, and remember it.

    It gets its name only when the block ends well. What stands there is looked at before.

    Args:
        path: Its folder is made if it is not there.
        force: Whether a file that was changed, or not written here, may be replaced.

    Raises:
        OutputError: If such a file is in the way, or the place cannot be written.
    """
    folder = path.parent
    make_folder(folder)
    standing = {path.name: _standing(path)}
    if not force:
        _refuse_changed(folder, standing, {}, _recall(folder))
    with replacing(path) as stream:
        yield stream
        with writing(path):
            _flush(stream)
        digests = {path.name: _standing(Path(stream.name))}
        # Recalled anew: others may have written here in the meantime.
        with replacing(folder / MEMORY) as memory:
            memory.write(_dump(_recall(folder).renewed(digests, standing, "")))


def remember(path: Path) -> None:
    """Note that the file at `path`, which grows line by line, is written by this program.

    Raises:
        OutputError: If that cannot be noted.
    """
    memory = _recall(path.parent)
    if path.name not in memory.written:
        with replacing(path.parent / MEMORY) as stream:
            stream.write(_dump(memory.renewed({path.name: ""}, {}, "")))


def is_open_as(stream: BinaryIO, path: Path) -> bool:
    """Whether `stream` reads the very file that `path` names."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except (OSError, ValueError):
        return False  # one of them is no file, or not there


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open `path` for writing; it gets its name only when the block ends well.

    On any error, an interrupt included, what stood there before stays as it was.

    Raises:
        OutputError: If the place cannot be written.
    """
    # A random name, as two processes may write beside each other.
    temporary = path.with_name(f".{path.name}.{os.urandom(4).hex()}.tmp")
    with writing(path):
        stream = temporary.open("xb")
    try:
        yield stream
        with writing(path):
            _flush(stream)
            stream.close()
            temporary.replace(path)
    finally:
        with suppress(OSError):  # closing writes what is left; a full disk was told of already
            stream.close()
        temporary.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the operating system says against writing `path` into an `OutputError`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{path} cannot be written: {reason}", hint=_advise(error)) from error


def make_folder(folder: Path) -> None:
    """Make `folder` and those above it, where they are missing.

    Raises:
        OutputError: If that cannot be done.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)


def _put(stack: ExitStack, path: Path, data: bytes) -> None:
    stream = stack.enter_context(replacing(path))
    with writing(path):
        stream.write(data)
        _flush(stream)  # so that a full disk shows before any file has its name


def _flush(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def _standing(path: Path) -> str:
    """The digest of the file that stands at `path`; empty where none does."""
    import hashlib

    with writing(path):
        if not path.exists():
            return ""
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def _refuse_changed(
    folder: Path, standing: Mapping[str, str], digests: Mapping[str, str], memory: _Memory
) -> None:
    """Raise where a person's changes would be lost."""
    for name, digest in standing.items():
        if digest and digest != digests.get(name) and not memory.knows(name, digest):
            raise OutputError(
                f"{folder / name} was changed since it was written, or was not written here",
                hint="Keep it and choose another place with -o, or overwrite it with --force.",
            )


@dataclass(frozen=True, slots=True)
class _Memory:
    """What was last written into a folder, and what it was made of.

    Attributes:
        written: The digest of each file by its name.
        replaced: The digest of what stood there before, if that was written here too: it stands
            there still where the process was killed before it was replaced.
        sources: From `digest_of`.
    """

    written: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    sources: str = ""

    def knows(self, name: str, digest: str) -> bool:
        """Whether a file is as it was written here."""
        return digest in (self.written.get(name), self.replaced.get(name))

    def renewed(
        self, digests: Mapping[str, str], standing: Mapping[str, str], sources: str
    ) -> _Memory:
        """As it is to be when `digests` are written over what is `standing`."""
        own = {name: digest for name, digest in standing.items() if self.knows(name, digest)}
        return _Memory(
            {**self.written, **digests}, {**self.replaced, **own}, sources or self.sources
        )


def _is_free(folder: Path) -> bool:
    return not _recall(folder).sources


def _recall(folder: Path) -> _Memory:
    """What is remembered; what cannot be read counts as not written here."""
    import json

    try:
        stored = json.loads((folder / MEMORY).read_bytes())
        written, replaced = (
            {str(name): str(digest) for name, digest in stored.get(key, {}).items()}
            for key in ("written", "replaced")
        )
        return _Memory(written, replaced, str(stored.get("sources", "")))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return _Memory()


def _dump(memory: _Memory) -> bytes:
    import json

    note = "Digests of the files that briefing wrote here, to know those that a person changed."
    text = json.dumps({"note": note} | asdict(memory), indent=2, sort_keys=True)
    return text.encode() + b"\n"


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _advise(error: OSError) -> str:
    if error.errno in _FULL:
        return "Free some space, or choose another folder with -o."
    if error.errno in (errno.EEXIST, errno.ENOTDIR, errno.EISDIR):
        return "A file stands where a folder is needed, or the other way round; choose another -o."
    return "Choose a folder that you may write to with -o."
