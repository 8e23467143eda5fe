"""Characters of a page that no font at hand shows: warnings that name what to install."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.inspection.pages import elements, own_text
from briefing.render.glyphs import uncovered
from briefing.render.text import html_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from briefing.inspection.pages import Page
    from briefing.inspection.problems import Problem


def glyphs(page: Page) -> Iterator[Problem]:
    """One warning a script that cannot be shown, where its first character is printed."""
    for missing in uncovered(html_text(page.html)):
        yield page.problem(
            "glyphs", _first(page, missing.characters), str(missing), severity="warning"
        )


def _first(page: Page, characters: tuple[str, ...]) -> Element:
    """The first element that prints one of `characters`."""
    wanted = set(characters)
    found = (one for one in elements(page.body) if wanted.intersection(own_text(one)))
    return next(found, page.body)
