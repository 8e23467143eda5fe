"""The proof sheet: what a brief prints beside the sources that it rests on, as one HTML file.

In: `Findings` and the `Brief` composed of them. Out: HTML with its styles, fonts and script inside.
It fetches nothing, needs no script, and escapes every word of a source.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.document import Document, Span
from briefing.paths import shipped
from briefing.render.html import embedded
from briefing.render.proof.entries import SECTIONS, STATES, Entry, anchor, entries
from briefing.render.proof.passages import Block, blocks
from briefing.templating import is_web_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from briefing.brief import Brief
    from briefing.findings import Findings

FOLDER = Path(__file__).resolve().parent
PAGE = "proof.html.j2"
MONTHS = (
    "January February March April May June July August September October November December"
).split()
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""What may stand in `lang`; a source may say anything."""
UNSEEN = dict.fromkeys(
    (
        *range(0x09),
        0x0B,
        0x0C,
        *range(0x0E, 0x20),
        0x7F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
)
"""Control characters: they would change what the eye reads, and a source may hold any."""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that stand under one heading of the brief."""

    key: str
    heading: str
    entries: tuple[tuple[str, tuple[Entry, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One source, and which entries lead to which of its marks.

    Attributes:
        number: From 1.
        document: The source.
        blocks: Its text with marks.
        marks: For each mark its id and the entries that rest on it.
        cited: The entries that rest on this source, each once.
    """

    number: int
    document: Document
    blocks: tuple[Block, ...]
    marks: tuple[tuple[str, tuple[Entry, ...]], ...]
    cited: tuple[Entry, ...]


def render_proof(findings: Findings, brief: Brief) -> str:
    """Print everything that `brief` says beside the words of the sources that carry it.

    Args:
        findings: One whole reading.
        brief: What was composed of it; its lines are found again among the findings.

    Returns:
        One HTML page, the same for the same input.
    """
    from markupsafe import Markup

    told = entries(findings, brief)
    script = (FOLDER / "proof.js").read_text(encoding="utf-8")
    page: str = (
        _environment()
        .get_template(PAGE)
        .render(
            brief=brief,
            groups=_groups(told),
            sheets=_sheets(findings.documents, told),
            tallies=[(state, sum(state in one.states for one in told)) for state in STATES],
            count=len(told),
            sections={key: heading for key, (heading, _, _) in SECTIONS.items()},
            styles=Markup(_styles()),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            digest=b64encode(sha256(script.encode()).digest()).decode("ascii"),
        )
    )
    return page.translate(UNSEEN)


def _groups(told: Sequence[Entry]) -> list[Group]:
    """Entries by section, and within it by what they stand under, in the order of the page."""
    return [
        Group(
            key,
            SECTIONS[key][0],
            tuple((heading, tuple(some)) for heading, some in groupby(found, lambda e: e.heading)),
        )
        for key, found in groupby(told, lambda entry: entry.section)
    ]


def _sheets(documents: Sequence[Document], told: Sequence[Entry]) -> list[Sheet]:
    """All sources with the marks that the entries lead to."""
    resting: list[dict[Span, list[Entry]]] = [{} for _ in documents]
    for entry in told:
        for place in entry.places:
            if place.anchor:
                one = place.evidence
                resting[one.document].setdefault(one.span, []).append(entry)
    sheets = []
    for number, (document, marks) in enumerate(zip(documents, resting, strict=True), start=1):
        spans = sorted(marks, key=lambda span: (span.start, -span.end))
        citing = {entry.id for some in marks.values() for entry in some}
        sheets.append(
            Sheet(
                number=number,
                document=document,
                blocks=blocks(document, spans),
                marks=tuple((anchor(number, span), tuple(marks[span])) for span in spans),
                cited=tuple(entry for entry in told if entry.id in citing),
            )
        )
    return sheets


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["web_address"] = is_web_address
    environment.tests["language"] = lambda code: bool(LANGUAGE.fullmatch(code or ""))
    environment.filters["day"] = day
    return environment


@cache
def _styles() -> str:
    """Our own styles and fonts; nothing of a source."""
    fonts = shipped("templates") / "fonts"
    return "\n".join(
        (
            embedded(fonts / "screen.css", (fonts,)),
            (FOLDER / "proof.css").read_text(encoding="utf-8"),
        )
    )


def day(iso: str) -> str:
    """An ISO date for people: `22 November 2026`, `November 2026`, `2026`."""
    year, *rest = iso.split("-")
    if not rest or not all(part.isdigit() for part in rest):
        return iso
    month = MONTHS[(int(rest[0]) - 1) % 12]
    return " ".join([str(int(one)) for one in rest[1:]] + [month, year])
