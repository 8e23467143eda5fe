"""Whether all text of a page stands on the paper, within its margins, and over no other text.

In: a layout. Out: problems, each where the template writes the element that is misplaced. Only
text is looked at: what adorns a page may well reach beyond its margins.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from briefing.inspection.pages import own_text, written
from briefing.inspection.problems import Problem
from briefing.templating.traced import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from briefing.render.pdf import Layout

SLACK_PX = 1.0
CORE = 0.25
"""Share of a line's height, above and below, that holds no letters to speak of."""

EDGE_PX = 5 * 96 / 25.4
"""Printers leave about five millimetres of the paper blank."""

GENERATED = ("::before", "::after", "::marker", "::footnote-call", "::footnote-marker")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle, in CSS px from the page's corner."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Area) -> bool:
        """Whether another lies within it, but for rounding."""
        return (
            other.left >= self.left - SLACK_PX
            and other.right <= self.right + SLACK_PX
            and other.top >= self.top - SLACK_PX
            and other.bottom <= self.bottom + SLACK_PX
        )

    def meets(self, other: Area) -> bool:
        """Whether the two share more than an edge."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > SLACK_PX
            and min(self.bottom, other.bottom) - max(self.top, other.top) > SLACK_PX
        )


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the boxes around a box.

    Attributes:
        mark: Where the template writes the nearest element.
        placed: The same of the nearest element that is taken out of the flow; or empty.
        bleeds: Whether a block in the flow is drawn into the margins on purpose, by a negative
            margin.
        container: The nearest block's border box; None where nothing limits the text.
        clips: The padding boxes of all that hide what reaches beyond them, and where written.
    """

    mark: str = ""
    placed: str = ""
    bleeds: bool = False
    container: Area | None = None
    clips: tuple[tuple[Area, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text on one line: the box, what letters take of it, and what is around it."""

    box: Any
    area: Area
    around: Around

    @property
    def blamed(self) -> str:
        """Where the template writes what put the text there."""
        return self.around.placed or self.around.mark


def misplaced(layout: Layout, *, fixture: str) -> Iterator[Problem]:
    """Every text of a layout that a reader cannot read where it stands."""
    runs = []
    for page in layout.document.pages:
        box = page._page_box
        found = [run for child in box.children for run in _runs(child, Around())]
        runs += found
        faults = (*_outside(found, box), *_over(found))
        for kind, message, mark, hint in faults:
            file, line = written(mark)
            yield Problem(kind, "error", message, file, line, (fixture,), hint)
    for element in _cut(runs):
        file, line = written(element)
        yield Problem("clipped", "error", "text is cut off", file, line, (fixture,))


def _runs(box: Any, around: Around) -> Iterator[Run]:
    """Every text in a box."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder

    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.MarginBox):
        return  # texts of the page's styles, not of the brief
    around = _within(box, around)
    if isinstance(box, boxes.TextBox):
        if box.text.strip():
            yield Run(box, _letters(box), around)
        return
    for child in getattr(box, "children", ()):
        yield from _runs(child, around)


def _within(box: Any, around: Around) -> Around:
    """What is around the children of a box."""
    from weasyprint.formatting_structure import boxes

    element = box.element
    if element is not None and (mark := element.get(MARK)):
        around = replace(around, mark=mark)
    if isinstance(box, boxes.TextBox):
        return around
    if box.is_absolutely_positioned() or box.style["position"] == "relative":
        around = replace(around, placed=around.mark)
    elif isinstance(box, boxes.BlockLevelBox):
        sides = (box.margin_left, box.margin_right, box.margin_top)
        around = replace(around, bleeds=around.bleeds or min(sides) < 0)
    if isinstance(box, boxes.BlockContainerBox):
        limit = None if box.is_outside_marker else _border(box)
        if type(box.style).__name__ != "AnonymousStyle" or limit is None:
            around = replace(around, container=limit)
    if isinstance(box, boxes.ParentBox) and box.style["overflow"] != "visible":
        around = replace(around, clips=(*around.clips, (_padding(box), around.mark)))
    return around


def _letters(box: Any) -> Area:
    edge = CORE * box.height
    return Area(
        box.position_x,
        box.position_y + edge,
        box.position_x + box.width,
        box.position_y + box.height - edge,
    )


def _border(box: Any) -> Area:
    left, top = box.border_box_x(), box.border_box_y()
    return Area(left, top, left + box.border_width(), top + box.border_height())


def _padding(box: Any) -> Area:
    left, top = box.padding_box_x(), box.padding_box_y()
    return Area(left, top, left + box.padding_width(), top + box.padding_height())


Fault = tuple[str, str, str, str]


def _outside(runs: Sequence[Run], page: Any) -> Iterator[Fault]:
    """Texts beyond the paper, its margins, what clips them, or their own column."""
    left, top = page.content_box_x(), page.content_box_y()
    paper = Area(0, 0, page.margin_width(), page.margin_height())
    inner = Area(left, top, left + page.width, top + page.height)
    sheet = Area(EDGE_PX, EDGE_PX, paper.right - EDGE_PX, inner.bottom)
    for run in runs:
        clip = next((mark for area, mark in run.around.clips if not area.holds(run.area)), None)
        container = run.around.container
        if clip is not None:
            yield "clipped", "text is cut off by `overflow`", clip, "Let it grow with its text."
        elif not paper.holds(run.area):
            yield "overflow", "text stands beyond the page", run.blamed, "Place it on the page."
        elif not (sheet if run.around.bleeds and not run.around.placed else inner).holds(run.area):
            yield (
                "overflow", "text stands beyond the page's margins", run.blamed,
                "Place it between the margins of template.toml.",
            )  # fmt: skip
        elif container is not None and (
            run.area.right > container.right + SLACK_PX
            or run.area.left < container.left - SLACK_PX
        ):
            yield (
                "overflow", "text is wider than what holds it", run.around.mark,
                "Let it break: `overflow-wrap: anywhere`.",
            )  # fmt: skip


def _over(runs: Sequence[Run]) -> Iterator[Fault]:
    """Texts that are printed over others."""
    order = {id(run.box): number for number, run in enumerate(runs)}
    by_top = sorted(runs, key=lambda run: run.area.top)
    open_runs: list[Run] = []
    for run in by_top:
        open_runs = [each for each in open_runs if each.area.bottom > run.area.top + SLACK_PX]
        for each in open_runs:
            if each.area.meets(run.area):
                pair = sorted((each, run), key=lambda one: order[id(one.box)])
                placed = next((one for one in pair if one.around.placed), pair[1])
                yield (
                    "overlap", "text is printed over other text", placed.blamed,
                    "Leave it in the flow, or leave room for it.",
                )  # fmt: skip
        open_runs.append(run)


def _cut(runs: Sequence[Run]) -> Iterator[str]:
    """Where elements are written of which only a part of the text is printed."""
    shown: dict[Element, int] = defaultdict(int)
    marks: dict[Element, str] = {}
    for run in runs:
        if not run.box.element_tag.endswith(GENERATED):
            shown[run.box.element] += _count(run.box.text)
            marks.setdefault(run.box.element, run.around.mark)
    for element, count in shown.items():
        if count < _count(own_text(element)):
            yield marks[element]


def _count(text: str) -> int:
    return sum(map(str.isalnum, text))
