"""Making a brief fit its pages: whole items are left out, the least important first.

In: findings and a template's press. Out: the brief that fits, and its layout. One layout on an
endless page measures every item; what is over is dropped; a layout on real pages confirms it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

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
}
"""What the first item of a section is worth; the n-th is worth an n-th of it."""
ATTEMPTS = 12


def fit(
    make: Callable[[Limits], tuple[Brief, str]], limits: Limits, press: Press, pages: int
) -> tuple[Brief, str, Layout]:
    """Compose and lay out the fullest brief that fits.

    Args:
        make: Composes a brief within limits, and fills the template with it.
        limits: Where to begin: what the template takes at most.
        press: Of the template and page size.
        pages: How many pages there are.

    Returns:
        The brief, its HTML and its layout.

    Raises:
        TemplateError: If not even the title, the bottom line and the sources fit.
    """
    brief, html = make(limits)
    tall = press.layout_tall(html)
    room = pages * press.page_height
    over = tall.content_height - room
    for _ in range(ATTEMPTS):
        if over > 0:
            limits = without(limits, brief, heights(tall, sides(brief)), over)
            brief, html = make(limits)
        layout = press.layout(html)
        if layout.fits(pages):
            return brief, html, layout
        if not any(count_of(brief, section) for section in WEIGHTS):
            break
        # Breaks between pages cost room, and a shorter list may bring a heading back.
        over = max(1.0, layout.content_height - room)
    raise TemplateError(
        f"template {press.spec.name}: title, bottom line and sources alone fill more than"
        f" {pages} page{'s' if pages > 1 else ''}",
        hint="Allow more with --pages, give a shorter --title, or use another template.",
    )


def without(limits: Limits, brief: Brief, sizes: dict[str, float], over: float) -> Limits:
    """Lower `limits` until items of `over` px in all are gone: the cheapest for its rank first."""
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
    disputed = {line.id for dispute in brief.contested for line in (dispute.one, dispute.other)}
    return disputed | {event.line.id for event in brief.timeline}


def heights(tall: Layout, parts: Collection[str]) -> dict[str, float]:
    """The height of every element with an id: to the next one further down, in CSS px.

    Args:
        tall: A layout on one endless page.
        parts: Ids that are passed over, since an item of its own holds them.
    """
    tops = sorted((y, name) for name, (_, _, y) in tall.anchors.items() if name not in parts)
    found: dict[str, float] = {}
    below = tops[-1][0] if tops else 0.0
    for at in range(len(tops) - 1, -1, -1):
        y, name = tops[at]
        if at + 1 < len(tops) and tops[at + 1][0] > y:
            below = tops[at + 1][0]
        found[name] = below - y
    return found
