"""A fixture printed with a template: the HTML, its elements, and where each of them was written.

In: a template and a fixture. Out: a `Page`, or the problem that kept it from being printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.brief import Brief
from briefing.compose import compose
from briefing.errors import BriefingError
from briefing.inspection.problems import Problem
from briefing.templating import PAGE
from briefing.templating.traced import MARK, render_traced

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from briefing.inspection.fixtures import Fixture
    from briefing.templating import TemplateSpec

PLACED = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<message>.*)", re.DOTALL)
SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Page:
    """One fixture as a template prints it; parsed once its elements are asked for.

    Attributes:
        fixture: Its name.
        brief: What was printed.
        html: As printed, with the place of every start tag.
    """

    fixture: str
    brief: Brief
    html: str

    @cached_property
    def root(self) -> Element:
        """The element `html`."""
        # In a tenth of the time of a parser that follows every rule of HTML 5.
        from lxml.html import document_fromstring  # type: ignore[import-untyped]

        root: Element = document_fromstring(self.html)
        return root

    @cached_property
    def parents(self) -> Mapping[Element, Element]:
        """Of each element the one around it."""
        return {child: parent for parent in self.root.iter() for child in parent}

    @property
    def body(self) -> Element:
        """The element `body`; a parser makes one where there is none."""
        found = self.root.find("body")
        return self.root if found is None else found

    def upward(self, element: Element) -> Iterator[Element]:
        """An element, then what is around it, to the root."""
        at: Element | None = element
        while at is not None:
            yield at
            at = self.parents.get(at)

    def at(self, element: Element) -> tuple[Path, int]:
        """File and line that wrote an element, or the nearest one around it."""
        marks = (each.get(MARK) for each in self.upward(element))
        return written(next(filter(None, marks), ""))

    def problem(self, kind: str, element: Element, message: str, **more: Any) -> Problem:
        """An error in what wrote `element`, as this page shows it."""
        file, line = self.at(element)
        told = {"severity": "error", "fixtures": (self.fixture,)} | more
        return Problem(kind=kind, message=message, file=file, line=line, **told)


def written(mark: str) -> tuple[Path, int]:
    """File and line of a mark."""
    file, _, line = mark.rpartition(":")
    return Path(file), int(line or 1)


def elements(root: Element) -> Iterator[Element]:
    """Every element in `root`, itself first, without comments."""
    return (one for one in root.iter() if isinstance(one.tag, str))


def text_of(element: Element, *, without: frozenset[Element] = frozenset()) -> str:
    """The text of an element, white space folded, a space around each of its parts."""
    return folded("".join(_texts(element, without)))


def own_text(element: Element) -> str:
    """The text that stands in an element itself and not in one within it."""
    return folded((element.text or "") + " ".join(each.tail or "" for each in element))


def folded(text: str) -> str:
    """`text` with every run of white space as one space, none at its ends."""
    return SPACE.sub(" ", text).strip()


def _texts(element: Element, without: frozenset[Element]) -> Iterator[str]:
    if element in without or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        inline = child.tag in INLINE
        yield from () if inline else " "
        yield from _texts(child, without)
        yield from () if inline else " "
        yield child.tail or ""


INLINE = frozenset("a abbr b bdi bdo cite em i mark q s small span strong sub sup time u".split())
"""Elements around which no space is read."""


def printed(
    spec: TemplateSpec,
    fixture: Fixture,
    *,
    options: Mapping[str, object] | None = None,
    file: str = PAGE,
) -> Page | Problem:
    """Print a fixture, as much of it as the template's limits allow.

    Args:
        spec: The template.
        fixture: What to print.
        options: What is chosen of the template's options; the defaults where nothing is.
        file: Which of the template's pages.
    """
    try:
        brief = compose(fixture.findings, spec.limits)
        html = render_traced(spec, brief, page=spec.page_sizes[0], options=options, file=file)
    except BriefingError as error:
        return failure(error, spec.file(file) or spec.folder, fixtures=(fixture.name,))
    return Page(fixture.name, brief, html)


def failure(error: BriefingError, otherwise: Path, *, fixtures: tuple[str, ...] = ()) -> Problem:
    """An error of loading, filling or laying out a template as a problem.

    Args:
        error: What was raised.
        otherwise: The file to name where the error names none.
        fixtures: With which it was raised.
    """
    placed = PLACED.match(error.message)
    return Problem(
        kind="failure",
        severity="error",
        message=placed["message"] if placed else error.message,
        file=Path(placed["file"]) if placed else otherwise,
        line=int(placed["line"]) if placed else 1,
        fixtures=fixtures,
        hint=error.hint,
    )
