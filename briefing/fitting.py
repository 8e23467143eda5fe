"""Making a brief fit its pages: whole items are left out, the least important first.

In: findings and a template's press. Out: the brief that fits, and its layout. Where the template
says how many letters a page takes, the first layout mostly does; else it measures every item, what
is over is dropped, and the next one confirms it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.brief import Change, Dated, Dispute, Item, Line
from briefing.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from briefing.brief import Brief, Limits
    from briefing.render.pdf import Layout, Press

WEIGHTS = {
    "summary": 1.4,
    "claims": 1.8,
    "contested": 1.2,
    "positions": 1.5,
    "timeline": 0.4,
    "unknowns": 0.7,
    "items": 2.0,
    "changes": 0.9,
}
"""What the first item of a section is worth; the n-th is worth an n-th of it."""
ATTEMPTS = 12
FULL = 0.9
"""The share of the room below which a guess at what fits was too low."""
GUESSED = 0.97
"""The share that the next guess is to fill; greater, so that guesses grow."""


class Fitted(NamedTuple):
    """A brief within its budget.

    `page` is its HTML without styles; `layout` is None where it was not laid out on pages.
    """

    brief: Brief
    page: str
    limits: Limits
    layout: Layout | None = None


def fit(
    make: Callable[[Limits], tuple[Brief, str]], limits: Limits, press: Press, pages: int
) -> Fitted:
    """Compose and lay out the fullest brief that fits.

    Args:
        make: Composes a brief within limits, and fills the template with it.
        limits: Where to begin: what the template takes at most.
        press: Of the template and page size.
        pages: How many pages there are.

    Returns:
        The brief, its HTML, the limits that it keeps to, and its layout.

    Raises:
        TemplateError: If not even the title, the bottom line and the sources fit.
    """
    room = pages * press.page_height
    begun = whole = Fitted(*make(limits), limits)
    letters = float(pages * press.letters)
    if letters:
        begun = shortened(make, whole, count_letters, int(letters))
    layout = press.layout(begun.page)
    while begun.limits != limits and layout.content_height < FULL * room:
        letters *= GUESSED * room / layout.content_height
        fuller = shortened(make, whole, count_letters, int(letters))
        if fuller.limits != begun.limits:
            begun, layout = fuller, press.layout(fuller.page)
    brief, html, limits, _ = begun
    # Of several pages each ends in a gap that is no item's: they are measured on an endless one.
    measured = layout if pages == 1 or layout.fits(pages) else press.layout_tall(html)
    over = measured.content_height - room
    for _ in range(ATTEMPTS):
        if layout.fits(pages):
            return Fitted(brief, html, limits, layout)
        if not any(count_of(brief, section) for section in WEIGHTS):
            break
        limits = without(limits, brief, heights(measured, sides(brief)), max(1.0, over))
        brief, html = make(limits)
        layout = press.layout(html)
        # A shorter list may bring a heading back.
        over = layout.content_height - room
    raise TemplateError(
        f"template {press.spec.name}: title, bottom line and sources alone fill more than"
        f" {pages} page{'s' if pages > 1 else ''}",
        hint="Allow more with --pages, give a shorter --title, or use another template.",
    )


def fit_within(
    make: Callable[[Limits], tuple[Brief, str]],
    limits: Limits,
    measure: Callable[[str], int],
    most: int,
    unit: str,
) -> Fitted:
    """Leave out items until a page is no longer than allowed.

    Args:
        make: Composes a brief within limits, and fills a page with it.
        limits: Where to begin.
        measure: How long a page is.
        most: How long it may be.
        unit: What `measure` counts, for messages.

    Raises:
        TemplateError: If the title, the bottom line and the sources alone are longer.
    """
    fitted = shortened(make, Fitted(*make(limits), limits), measure, most)
    if measure(fitted.page) > most:
        raise TemplateError(
            f"title, bottom line and sources alone have more than {most:,} {unit}",
            hint="Allow more in template.toml, or use another template.",
        )
    return fitted


def shortened(
    make: Callable[[Limits], tuple[Brief, str]],
    fitted: Fitted,
    measure: Callable[[str], int],
    most: int,
) -> Fitted:
    """Leave out items until a page is no longer than `most`, or nothing can be left out."""
    while (length := measure(fitted.page)) > most:
        # As much of the text goes as of the page is too long, and one item at least.
        over = max(1.0, count_letters(fitted.page) * (1 - most / length))
        lower = without(fitted.limits, fitted.brief, lengths_letters(fitted.brief), over)
        if lower == fitted.limits:
            break
        fitted = Fitted(*make(lower), lower)
    return fitted


def count_page_words(page: str) -> int:
    """How many words a page shows."""
    from briefing.render.text import html_text

    return len(html_text(page).split())


def count_letters(page: str) -> int:
    """How many letters a page shows, with what stands between them."""
    from briefing.render.text import html_text

    return len(html_text(page))


def lengths_letters(brief: Brief) -> dict[str, float]:
    """How many letters each item prints, by its id; the few of its marks aside."""
    found: dict[str, float] = {}
    for section in WEIGHTS:
        for index, item in enumerate(getattr(brief, section)):
            found[item_id(brief, section, index)] = 1.0 + sum(map(length_of, lines_of(item)))
    return found


def lines_of(item: Any) -> tuple[Line | str, ...]:
    """The lines of an item of any section."""
    if isinstance(item, Dispute):
        return item.one, item.other
    if isinstance(item, Dated):
        return (item.line,)
    if isinstance(item, Change):
        return (item.text, *filter(None, (item.line, item.earlier)))
    return item.lines if isinstance(item, Item) else (item,)


def length_of(line: Line | str) -> int:
    """The letters of a line as printed, or of a sentence."""
    if isinstance(line, str):
        return len(line)
    return len(f"{line.lead} {line.text or line.quotation} {line.basis_label}")


def without(limits: Limits, brief: Brief, sizes: dict[str, float], over: float) -> Limits:
    """Lower `limits` until items of `over` in all are gone, px or letters: the cheapest first."""
    printed = {section: count_of(brief, section) for section in WEIGHTS}
    counts = dict(printed)
    while over > 0 and any(counts.values()):
        section = min(
            (name for name, count in counts.items() if count),
            key=lambda name: (WEIGHTS[name] / counts[name], name),
        )
        over -= sizes.get(item_id(brief, section, counts[section] - 1), 0.0)
        counts[section] -= 1
    # What was dropped before the last item may still fit where that one stood.
    for section in sorted(WEIGHTS, key=lambda name: (-WEIGHTS[name] / (counts[name] + 1), name)):
        while counts[section] < printed[section]:
            size = sizes.get(item_id(brief, section, counts[section]), 0.0)
            if over + size > 0:
                break
            over += size
            counts[section] += 1
    return replace(limits, **counts)


def count_of(brief: Brief, section: str) -> int:
    """How many items of a section are printed."""
    return len(getattr(brief, section))


def item_id(brief: Brief, section: str, index: int) -> str:
    """The HTML id of an item."""
    return f"unknown-{index + 1}" if section == "unknowns" else getattr(brief, section)[index].id


def sides(brief: Brief) -> set[str]:
    """The ids of lines that are parts of an item."""
    items = (*brief.contested, *brief.timeline, *brief.items, *brief.changes)
    return {line.id for item in items for line in lines_of(item) if isinstance(line, Line)}


def heights(layout: Layout, parts: Collection[str]) -> dict[str, float]:
    """The height of every element with an id: to the next one below it, in CSS px.

    Args:
        layout: On as many pages as it takes, one below the other.
        parts: Ids that are passed over, since an item of its own holds them.
    """
    tops = sorted(
        (page * layout.available_height + y, name)
        for name, (page, _, y) in layout.anchors.items()
        if name not in parts
    )
    edges = [y for y, _ in tops]
    found: dict[str, float] = {}
    for y, name in tops:
        # What begins within an element, as a table in an item, is not below it.
        bottom = y + max(layout.heights.get(name, 0.0), 1.0) - 1.0
        at = bisect_right(edges, max(y, bottom))
        found[name] = (edges[at] if at < len(edges) else max(y, bottom)) - y
    return found
