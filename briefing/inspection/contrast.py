"""Whether type can be read: its contrast and size, and that no statement is hidden by styles.

In: pages with computed styles. Out: problems, each at the declaration that gives the colour or
size; at the template's line where no style sheet does.

Source: contrast as in WCAG 2.2, 1.4.3: https://www.w3.org/TR/WCAG22/#contrast-minimum
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.inspection.attribution import printed_statements
from briefing.inspection.pages import own_text
from briefing.inspection.problems import Problem
from briefing.inspection.styled import over

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from briefing.inspection.pages import Page
    from briefing.inspection.sheets import Declaration
    from briefing.inspection.styled import Colour, Styled, Text

NEEDED, NEEDED_LARGE = 4.5, 3.0
LARGE_PX, LARGE_BOLD_PX, BOLD = 24.0, 56 / 3, 700
"""18 pt, or 14 pt in bold."""

SMALLEST_PT = 8.5
PX_PER_PT = 96 / 72
ROUNDING = 0.02
SHOWN = 4
"""How many selectors a message lists."""


@dataclass(frozen=True, slots=True)
class _Fault:
    """A pair of colours that is too faint, and where it is given."""

    file: Path
    line: int
    colour: str
    background: str
    ratio: str
    needed: float
    where: str


def contrast(styled: Sequence[Styled]) -> Iterator[Problem]:
    """Every pair of colours in which text is hard to read."""
    found: dict[_Fault, dict[str, None]] = defaultdict(dict)
    fixtures: dict[_Fault, dict[str, None]] = defaultdict(dict)
    for each in styled:
        for text in each.texts():
            if fault := _fault(each, text):
                found[fault][_name(each, text)] = None
                fixtures[fault][each.page.fixture] = None
    for fault, names in found.items():
        listed = ", ".join(list(names)[:SHOWN])
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        yield Problem(
            "contrast",
            "error",
            f"{fault.colour} on {fault.background} has a contrast of {fault.ratio}:1{fault.where}:"
            f" {listed}{more}",
            fault.file,
            fault.line,
            tuple(fixtures[fault]),
            f"Text of this size needs {fault.needed:g}:1.",
        )


def _fault(styled: Styled, text: Text) -> _Fault | None:
    painted = styled.background(text.around)
    if painted is None:
        return None
    background, giver = painted
    colour = over(styled.colour(text), background)
    needed = NEEDED_LARGE if _is_large(text) else NEEDED
    ratio = contrast_ratio(colour, background)
    if ratio >= needed - ROUNDING:
        return None
    file, line = _blamed(styled, text, giver, needed)
    scheme = ", dark" if styled.scheme == "dark" else ""
    where = f" ({styled.medium}{scheme})" if styled.medium == "screen" else ""
    return _Fault(file, line, _hex(colour), _hex(background), f"{ratio:.1f}", needed, where)


def _blamed(styled: Styled, text: Text, giver: Element | None, needed: float) -> tuple[Path, int]:
    """Where the colour is given; where a background within it spoils it, where that is."""
    given = styled.cascade.inherited(text.around, "color", text.pseudo)
    if given is not None and giver is not None and given[1] is not giver:
        outer = text.around[text.around.index(given[1]) :]
        beyond = styled.background(outer)
        inner = giver not in outer
        if inner and beyond is not None:
            legible = contrast_ratio(over(styled.colour(text), beyond[0]), beyond[0]) >= needed
            own = styled.cascade.own(giver, "background-color")
            if legible and own is not None:
                return _place(styled.cascade.literal(own, text.around))
    if given is not None:
        return _place(styled.cascade.literal(given[0], text.around))
    return styled.page.at(text.element)


def _place(one: Declaration) -> tuple[Path, int]:
    return one.file, one.line


def _is_large(text: Text) -> bool:
    size: float = text.style["font_size"]
    return size >= LARGE_PX or (size >= LARGE_BOLD_PX and text.style["font_weight"] >= BOLD)


def _name(styled: Styled, text: Text) -> str:
    """A text as its style sheet calls it, with the line of the rule."""
    given = styled.cascade.inherited(text.around, "color", text.pseudo)
    if given is not None and (given[1] is text.element or text.pseudo):
        return f"{given[0].selector} (line {given[0].line})"
    classes = "".join(f".{name}" for name in (text.element.get("class") or "").split()[:1])
    return f"{text.element.tag}{classes}"


def contrast_ratio(one: Colour, other: Colour) -> float:
    """The contrast of two opaque colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(255 * min(1, max(0, part))):02x}" for part in colour[:3])


def sizes(styled: Styled) -> Iterator[Problem]:
    """Type on paper that is too small to read."""
    for text in styled.texts():
        points = text.style["font_size"] / PX_PER_PT
        if points >= SMALLEST_PT - ROUNDING:
            continue
        given = styled.cascade.inherited(text.around, "font-size", text.pseudo)
        file, line = _place(given[0]) if given else styled.page.at(text.element)
        name = f"{given[0].selector}: " if given else ""
        yield Problem(
            "type", "error", f"{name}type of {points:.1f} pt is too small", file, line,
            (styled.page.fixture,), f"No type is smaller than {SMALLEST_PT} pt.",
        )  # fmt: skip


def hidden(styled: Styled) -> Iterator[Problem]:
    """Statements, and what belongs to them, that styles keep from being seen."""
    page = styled.page
    kept = {id(one) for each in printed_statements(page) for one in each.item.iter()}
    told = _told(page)
    for text in styled.texts(hidden=True):
        words = own_text(text.element)
        if id(text.element) not in kept and not any(one in words for one in told):
            continue
        one = styled.hidden_by(text)
        file, line = _place(one) if one else page.at(text.element)
        what = f"{one.selector} hides" if one else "styles hide"
        yield Problem(
            "hidden", "error", f"{what} what a reader has to see ({styled.medium})", file, line,
            (page.fixture,), "Take it out of the template, or show it.",
        )  # fmt: skip


def _told(page: Page) -> tuple[str, ...]:
    """What must be seen besides statements."""
    brief = page.brief
    voices = (entry.voice for entry in brief.sources)
    return tuple(filter(None, (brief.status, brief.handling, *voices, *brief.unknowns)))
