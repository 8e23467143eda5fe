"""What is wrong with a template, where, and how it is told."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHOWN = 4
"""How many fixtures a report names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a template.

    Attributes:
        kind: Which check found it, in one word.
        severity: An error spoils a brief; a warning may be meant.
        message: What is wrong.
        file: A file of the template.
        line: In it, counted from 1.
        fixtures: Names of those in which it shows; none where it stands in the file itself.
        hint: What to do about it.
    """

    kind: str
    severity: Literal["error", "warning"]
    message: str
    file: Path
    line: int
    fixtures: tuple[str, ...] = ()
    hint: str = ""


def merged(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Equal problems as one that names all their fixtures; in the order of files and lines."""
    found: dict[tuple[object, ...], tuple[Problem, list[str]]] = {}
    for one in problems:
        key = (one.file, one.line, one.severity, one.kind, one.message)
        found.setdefault(key, (one, []))[1].extend(one.fixtures)
    return tuple(
        Problem(
            kind=one.kind,
            severity=one.severity,
            message=one.message,
            file=one.file,
            line=one.line,
            fixtures=tuple(dict.fromkeys(names)),
            hint=one.hint,
        )
        for _, (one, names) in sorted(found.items(), key=lambda item: item[0])
    )


def as_text(problems: Sequence[Problem]) -> str:
    """The problems as a compiler prints them: `file:line: error: message (fixtures)`."""
    lines = []
    for one in problems:
        shown = ", ".join(one.fixtures[:SHOWN])
        more = f" and {len(one.fixtures) - SHOWN} more" if len(one.fixtures) > SHOWN else ""
        where = f" ({shown}{more})" if shown else ""
        lines.append(f"{_near(one.file)}:{one.line}: {one.severity}: {one.message}{where}")
        if one.hint:
            lines.append(f"    {one.hint}")
    return "\n".join(lines)


def as_records(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """The problems for JSON, their files as in `as_text`."""
    return [
        {
            "file": _near(one.file),
            "line": one.line,
            "severity": one.severity,
            "kind": one.kind,
            "message": one.message,
            "hint": one.hint,
            "fixtures": list(one.fixtures),
        }
        for one in problems
    ]


def _near(file: Path) -> str:
    """A file as seen from the working folder, where that is no longer."""
    try:
        relative = os.path.relpath(file)
    except ValueError:  # another drive
        return str(file)
    return min(relative, str(file), key=len)
