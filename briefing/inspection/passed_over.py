"""What a program that reads a template's files would pass over without a word.

In: a template. Out: a warning for each rule, property or value of its print styles that the PDF is
made without, and an error where its example cannot be read.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from briefing.codec import load_findings
from briefing.errors import FindingsError, RenderError
from briefing.inspection.problems import Problem
from briefing.inspection.sheets import rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.templating import TemplateSpec

EXAMPLE = "example.json"
PLACE = re.compile(r" at (\d+):\d+(?=[,:.]|$)")
"""How WeasyPrint tells line and column."""


def ignored(spec: TemplateSpec) -> Iterator[Problem]:
    """What of the print styles WeasyPrint does not know or understand.

    Raises:
        RenderError: If what the PDF needs is not installed.
    """
    if "pdf" not in spec.formats:
        return
    from briefing.render.pdf import SYSTEM_LIBRARIES, remarks

    for file in spec.styles("print.css"):
        try:
            told = remarks(spec, file)
        except RenderError as error:
            if error.hint == SYSTEM_LIBRARIES:
                raise
            continue  # the layout fails of it, and is told
        for remark in told:
            yield Problem(
                "ignored", "warning", f"the PDF is made without this: {_message(remark)}",
                file, _line(remark, file),
                hint="Correct what is misspelt, or leave it out.",
            )  # fmt: skip


def _message(remark: str) -> str:
    """A remark without its place, on one line."""
    plain = " ".join(PLACE.sub("", remark).split()).replace(" `,", "`,")
    return plain.removeprefix("Ignored ").rstrip(".")


def _line(remark: str, file: Path) -> int:
    """The line that a remark tells, or that of the selector which it names."""
    if found := PLACE.findall(remark):
        return int(found[-1])
    folded = " ".join(remark.split())
    named = (each for each in rules(file) if each.prelude and each.selector in folded)
    longest = max(named, key=lambda each: len(each.selector), default=None)
    return longest.prelude[0].source_line if longest else 1


def example(spec: TemplateSpec) -> Iterator[Problem]:
    """Why the example of a template cannot be printed, where it has one."""
    file = spec.file(EXAMPLE)
    if file is None:
        return
    data = file.read_bytes()
    try:
        load_findings(data, where=EXAMPLE)
    except FindingsError as error:
        yield Problem("example", "error", error.message, file, _fault(data), hint=error.hint)


def _fault(data: bytes) -> int:
    """The line on which JSON ends to be such; the first where it is JSON of the wrong content."""
    try:
        json.loads(data)
    except json.JSONDecodeError as error:
        return error.lineno
    except (ValueError, RecursionError):  # no UTF-8, or nested without end
        return 1
    return 1
