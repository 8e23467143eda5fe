"""Passages written for this project, in which all people and all that he and she mean are marked.

In: `*.jsonl`, a passage a line. `[A|Ines Duarte]` names a person, whom `[A|Duarte]` names again;
`{her>A}` is a pronoun that means that person, `{she>-}` one whose person has no name. Out: the
passages without marks, and where they stood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing.document import Span
from briefing.errors import SourceError
from briefing.reader.tasks.corpus import written

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "passages"
"""Where they lie within the model's folder."""
MARK = re.compile(r"\[([A-Z])\|([^\[\]{}|>]+)\]|\{([A-Za-z]+)>([A-Z]|-)\}")
UNREAD = re.compile(r"[\[\]{}|>]")


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A passage as it lies in the file."""

    text: str


class Passage(NamedTuple):
    """A passage without its marks.

    Attributes:
        text: The passage.
        people: Where people are named, and who it is.
        pronouns: Where pronouns stand, and whom they mean; `-` for somebody without a name.
    """

    text: str
    people: tuple[tuple[Span, str], ...]
    pronouns: tuple[tuple[Span, str], ...]


def load(folder: Path) -> tuple[Passage, ...]:
    """All passages in the files of `folder`, by name.

    Raises:
        SourceError: If there are none, or a line is no passage.
    """
    found: list[Passage] = []
    for place, line in written(folder, Line):
        try:
            found.append(read(line.text))
        except ValueError as error:
            raise SourceError(f"{place}: {error}", hint="See models/README.md.") from error
    return tuple(found)


def read(marked: str) -> Passage:
    """Take the marks out of a passage.

    Raises:
        ValueError: If a mark cannot be read, or means somebody who is not named.
    """
    parts: list[str] = []
    people: list[tuple[Span, str]] = []
    pronouns: list[tuple[Span, str]] = []
    at = done = 0
    for match in MARK.finditer(marked):
        person, name, pronoun, meant = match.groups()
        parts += [marked[done : match.start()], name or pronoun]
        start = at + len(parts[-2])
        at, done = start + len(parts[-1]), match.end()
        if person:
            people.append((Span(start, at), person))
        else:
            pronouns.append((Span(start, at), meant))
    text = "".join([*parts, marked[done:]])
    if stray := UNREAD.search(text):
        raise ValueError(f"a mark that cannot be read, near {text[stray.start() :][:20]!r}")
    if unknown := {meant for _, meant in pronouns} - {"-", *(person for _, person in people)}:
        raise ValueError(f"nobody is named {', '.join(sorted(unknown))}")
    return Passage(text, tuple(people), tuple(pronouns))
