"""Whether words of a source can become markup: the hostile page against one of harmless letters.

In: both pages, made of findings of the same shape. Out: every element, attribute or address of
the hostile one that the words must have brought in.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from briefing.inspection.pages import elements
from briefing.templating.traced import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from briefing.inspection.pages import Page
    from briefing.inspection.problems import Problem

ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "xlink:href", "srcset")
RUNS = re.compile(r"[\s\x00-\x1f]*(?:javascript|vbscript|data)[\s\x00-\x1f]*:", re.IGNORECASE)
OWN = re.compile(r"data:(?:image|font)/", re.IGNORECASE)
"""Addresses of a template's own files, from `asset`."""

Shape = tuple[str, str, tuple[str, ...]]


def hostile(spoiled: Page, harmless: Page) -> Iterator[Problem]:
    """What sets the structure of the first page apart from that of the second."""
    expected = Counter(_shape(one, harmless) for one in elements(harmless.root))
    for one in elements(spoiled.root):
        shape = _shape(one, spoiled)
        if expected[shape]:
            expected[shape] -= 1
        else:
            yield spoiled.problem(
                "hostile",
                one,
                f"words of a source became markup: <{' '.join((one.tag, *shape[2]))}>",
                hint="Print values as text or in quoted attributes, and nowhere else.",
            )


def addresses(page: Page) -> Iterator[Problem]:
    """Links of a page that would run something when they are followed."""
    for one in elements(page.root):
        for name in ADDRESSES:
            value = one.get(name) or ""
            if RUNS.match(value) and not OWN.match(value):
                yield page.problem(
                    "address",
                    one,
                    f"{name} takes an address of a source that is no web address",
                    hint="Link only {% if entry.url is web_address %}.",
                )


def _shape(one: Element, page: Page) -> Shape:
    """What the template writes of an element: where, which, with which attributes."""
    mark = next(filter(None, (each.get(MARK) for each in page.upward(one))), "")
    names = sorted(name for name in one.keys() if name != MARK)  # noqa: SIM118 - no mapping
    return mark, one.tag, tuple(names)
