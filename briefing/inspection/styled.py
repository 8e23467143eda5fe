"""The styles that a page's elements come out with, on paper and on a light or dark screen.

In: a page and style sheets. Out: for each element its computed colours, size and visibility; they
are WeasyPrint's, without a layout.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from briefing.inspection.pages import own_text
from briefing.inspection.sheets import (
    Cascade,
    Declaration,
    Medium,
    Scheme,
    holds,
    rules,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from briefing.inspection.pages import Page

Colour = tuple[float, float, float, float]
"""Red, green, blue and opacity, each 0 to 1."""

WHITE: Colour = (1, 1, 1, 1)
DARK: Colour = (0.07, 0.07, 0.07, 1)
"""What browsers paint a page with that says it can be dark and gives no colour."""

PSEUDO = (None, "before", "after")


@dataclass(frozen=True, slots=True)
class Text:
    """Text of an element, or of what stands before or after it.

    Attributes:
        element: The element.
        pseudo: `before` or `after`, or None for its own text.
        around: The element, then what is around it.
        style: WeasyPrint's computed style.
    """

    element: Element
    pseudo: str | None
    around: tuple[Element, ...]
    style: Any


class Styled:
    """A page with computed styles.

    Args:
        page: The page.
        files: Style sheets, those that count more last.
        medium: For which they are read.
        scheme: Likewise.
    """

    def __init__(
        self, page: Page, files: Sequence[Path], medium: Medium, scheme: Scheme = "light"
    ) -> None:
        from cssselect2 import ElementWrapper
        from weasyprint import CSS, HTML
        from weasyprint.css import get_all_computed_styles

        self.page = page
        self.medium = medium
        self.scheme = scheme
        self.cascade = Cascade(files, medium, scheme, page.root)
        html = HTML(string="", url_fetcher=_nothing(), media_type=medium)
        # WeasyPrint takes a string; the styles are to be those of the elements parsed before.
        html.wrapper_element = ElementWrapper.from_html_root(page.root)
        html.etree_element = page.root
        text = unwrapped(files, medium, scheme)
        sheet = CSS(string=text, media_type=medium, font_config=_fonts(), url_fetcher=_nothing())
        # An author's sheet in the page counts more than one that is handed over.
        self._style = get_all_computed_styles(html, [sheet], font_config=_fonts())
        self._painted: dict[Element, tuple[Colour, Element | None] | None] = {}
        self._dark = scheme == "dark" and _can_be_dark(files)

    @property
    def canvas(self) -> Colour:
        """What the page is painted on."""
        return DARK if self._dark else WHITE

    def texts(self, *, hidden: bool = False) -> Iterator[Text]:
        """Every text of the page that is shown; or with `hidden`, every one that is not."""
        yield from self._texts(self.page.body, (self.page.root,), gone=False, hidden=hidden)

    def _texts(
        self,
        element: Element,
        above: tuple[Element, ...],
        *,
        gone: bool,
        hidden: bool,
    ) -> Iterator[Text]:
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "template"):
            return
        around = (element, *above)
        style = self._style(element)
        gone = gone or style["display"] == ("none",) or style["opacity"] == 0
        unseen = gone or style["visibility"] != "visible" or not style["font_size"]
        if own_text(element) and unseen == hidden:
            yield Text(element, None, around, style)
        for pseudo in PSEUDO[1:]:
            beside = self._style(element, pseudo)
            if not (unseen or hidden) and beside and _has_text(beside["content"]):
                yield Text(element, pseudo, around, beside)
        for child in element:
            yield from self._texts(child, around, gone=gone, hidden=hidden)

    def hidden_by(self, text: Text) -> Declaration | None:
        """The declaration that hides a text."""
        for each in text.around:
            style = self._style(each)
            for name, shown in (("display", style["display"] != ("none",)),
                                ("visibility", style["visibility"] == "visible"),
                                ("opacity", style["opacity"] > 0)):  # fmt: skip
                if not shown and (one := self.cascade.own(each, name)):
                    return one
        return None

    def colour(self, text: Text) -> Colour:
        """The colour of a text, with the opacity of what is around it."""
        red, green, blue, alpha = _rgba(text.style["color"])
        for each in text.around:
            alpha *= self._style(each)["opacity"]
        return red, green, blue, alpha

    def background(self, around: Sequence[Element]) -> tuple[Colour, Element | None] | None:
        """What an element is painted on, and the element that gives it; None over a picture.

        Args:
            around: The element, then what is around it.
        """
        if not around:
            return self.canvas, None
        element, *above = around
        if element not in self._painted:
            style = self._style(element)
            below = self.background(above)
            colour = _rgba(style["background_color"], style["color"])
            if any(kind != "none" for kind, _ in style["background_image"]):
                below = None
            elif colour[3] == 1:
                below = colour, element
            elif colour[3] > 0 and below is not None:
                below = over(colour, below[0]), element
            self._painted[element] = below
        return self._painted[element]


def over(above: Colour, below: Colour) -> Colour:
    """What an opaque colour looks like under another."""
    share = above[3]
    red, green, blue = (
        one * share + other * (1 - share) for one, other in zip(above[:3], below[:3], strict=True)
    )
    return red, green, blue, 1


def _rgba(colour: Any, current: Any = None) -> Colour:
    if colour == "currentcolor":
        colour = current
    red, green, blue = colour.to("srgb").coordinates
    return red, green, blue, float(colour.alpha)


def _has_text(content: Any) -> bool:
    """Whether generated content shows anything."""
    if not isinstance(content, tuple):
        return False
    return any(kind != "string" or value.strip() for kind, value in content)


def _can_be_dark(files: Sequence[Path]) -> bool:
    """Whether style sheets tell a browser that its own dark colours may be used."""
    return any(
        one.name == "color-scheme" and "dark" in one.value
        for file in files
        for rule in rules(file)
        if holds(rule.media, "screen", "dark")
        for one in rule.declarations
    )


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _nothing() -> Any:
    """Fetches nothing: what a page would fetch is told elsewhere."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
