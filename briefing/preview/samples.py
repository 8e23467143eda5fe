"""What a template can be tried on: its own example, and what is known to break pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from briefing.codec import load_findings
from briefing.errors import FindingsError
from briefing.findings import Findings
from briefing.inspection.fixtures import fixtures

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.templating import TemplateSpec

EXAMPLE = "example"
EXAMPLE_FILE = "example.json"


@dataclass(frozen=True, slots=True)
class Sample:
    """Findings to try a template on, read when they are needed."""

    name: str
    title: str
    findings: Callable[[], Findings]


def samples(spec: TemplateSpec | None) -> tuple[Sample, ...]:
    """The example of a template, where it has one, and all that templates are tested with."""
    example = spec.file(EXAMPLE_FILE) if spec else None
    own = (Sample(EXAMPLE, "The template’s example", partial(_read, example)),) if example else ()
    others = (Sample(each.name, each.title, partial(_same, each.findings)) for each in fixtures())
    return (*own, *others)


def _read(path: Path) -> Findings:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FindingsError(f"{path}: {error.strerror}", hint="Put the file back.") from error
    return load_findings(data, where=str(path))


def _same(findings: Findings) -> Findings:
    return findings
