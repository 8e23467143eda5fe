"""What the user named, as single files.

In: files, folders, patterns and `-`. Out: candidates in order, and what went wrong on the way.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.output import MEMORY, written_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")
LISTED = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """One file to read.

    Attributes:
        name: Its path as the user gave it, below the folder that was given.
        named: False where it was found in a folder or by a pattern: then what is no document is
            passed over with a notice, as is what this program wrote.
    """

    name: str
    named: bool


def expand(arguments: Iterable[str]) -> Iterator[Candidate | SourceError | str]:
    """Expand folders (sorted, all levels) and patterns; anything else stands for itself.

    Yields:
        A candidate, an error for an argument that stands for nothing, or a notice.
    """
    for argument in arguments:
        if argument == "-":
            yield Candidate(argument, named=True)
        elif ADDRESS.match(argument):
            hint = "Nothing is fetched: save the page to a file, and name that."
            yield SourceError(f"{argument} is an address, not a file", hint=hint)
        elif not argument:
            yield SourceError("a source has no name", hint="Check for an empty argument.")
        elif _is_folder(argument):
            yield from _folder(argument)
        elif glob.has_magic(argument) and not _exists(argument):
            yield from _pattern(argument)
        else:
            if _is_own(argument):
                yield f"{argument} was written by briefing; it is read as it was named"
            yield Candidate(argument, named=True)


def _is_own(path: str) -> bool:
    """Whether this program wrote a file: a brief is no evidence of what it says."""
    folder, name = os.path.split(path)
    return name in written_in(Path(folder))


def _passed_over(own: list[str]) -> Iterator[str]:
    if own:
        yield f"files that briefing wrote were passed over: {_listed(own)}"


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(Path(path).stat().st_mode)
    except (OSError, ValueError):
        return False


def _exists(path: str) -> bool:
    return os.path.exists(path)  # noqa: PTH110 - Path raises where the path is impossible


def _pattern(pattern: str) -> Iterator[Candidate | SourceError | str]:
    try:
        matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - may be absolute
    except (OSError, ValueError, re.error):
        matches = []
    if not matches:
        hint = "Check the path; ** stands for folders at any depth."
        yield SourceError(f"no file matches {pattern}", hint=hint, source=pattern)
    folders = [match for match in matches if _is_folder(match)]
    own: list[str] = []
    for match in matches:
        if any(
            match.rstrip(os.sep).startswith(folder.rstrip(os.sep) + os.sep) for folder in folders
        ):
            continue  # comes with its folder
        if match in folders:
            yield from _folder(match)
        elif _is_own(match):
            own.append(match)
        else:
            yield Candidate(match, named=False)
    yield from _passed_over(own)


def _folder(folder: str) -> Iterator[Candidate | SourceError | str]:
    hidden: list[str] = []
    own: list[str] = []
    errors: list[OSError] = []
    found = False
    for place, folders, files in os.walk(folder, onerror=errors.append):
        written = written_in(Path(place)) if MEMORY in files else frozenset()
        hidden += [
            _join(place, name) for name in folders + files if name[0] == "." and name != MEMORY
        ]
        folders[:] = sorted(name for name in folders if name[0] != ".")
        for name in sorted(name for name in files if name[0] != "."):
            found = True
            if name in written:
                own.append(_join(place, name))
            else:
                yield Candidate(_join(place, name), named=False)
    for error in errors:
        hint = "Check its permissions."
        message = f"{error.filename} cannot be opened: {error.strerror}"
        yield SourceError(message, hint=hint, source=error.filename)
    yield from _passed_over(own)
    if hidden:
        yield f"hidden files were passed over: {_listed(sorted(hidden))}"
    if not found and not errors:
        hint = "Name a folder that holds documents."
        yield SourceError(f"{folder} holds no files to read", hint=hint, source=folder)


def lost(arguments: Iterable[str]) -> Iterator[SourceError]:
    """The errors of what leads to no file, without reading any."""
    for item in expand(arguments):
        if isinstance(item, SourceError):
            yield item
        elif isinstance(item, Candidate) and item.name != "-" and not _exists(item.name):
            yield not_there(item.name)


def not_there(name: str) -> SourceError:
    """The error for a file that does not exist."""
    return SourceError(f"{name} does not exist", hint="Check the path.", source=name)


def _join(folder: str, name: str) -> str:
    return os.path.join(folder, name)  # noqa: PTH118 - Path would drop a `./` that was given


def _listed(names: list[str]) -> str:
    more = len(names) - LISTED
    return ", ".join(names[:LISTED]) + (f" and {more} more" if more > 0 else "")
