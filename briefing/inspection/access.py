"""Whether a page can be read by everyone: language, title, headings, tables, lists, pictures, ids.

In: a page. Out: problems. What is missing as a whole is told where the page begins.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from briefing.inspection.pages import elements, own_text, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from briefing.inspection.pages import Page
    from briefing.inspection.problems import Problem

END = "brief-end"
HEADING = re.compile(r"h[1-6]")
FITTED = ("summary", "claims", "contested", "positions", "timeline", "unknowns")
"""Sections from which items are left out until a page fits."""

LISTS = frozenset(("ul", "ol", "menu"))
REFERRING = ("aria-labelledby", "aria-describedby", "for", "headers")


def access(page: Page, *, paged: bool = True) -> Iterator[Problem]:
    """Everything about a page that keeps some people from reading it.

    Args:
        page: The page.
        paged: Whether it is laid out on paper, so that its items are measured.
    """
    return chain(
        _head(page),
        _headings(page),
        _tables(page),
        _lists(page),
        _pictures(page),
        _links(page),
        _ids(page),
        _ends(page) if paged else (),
    )


def _head(page: Page) -> Iterator[Problem]:
    root = page.root
    if not (root.get("lang") or "").strip():
        yield page.problem(
            "language", root, "the page has no language",
            hint='Write <html lang="{{ brief.language }}">.',
        )  # fmt: skip
    title = root.find("head/title")
    if title is None or not text_of(title):
        yield page.problem(
            "title", root, "the page has no title",
            hint="Write <title>{{ brief.title|unquoted }}</title> in its head.",
        )  # fmt: skip


def _headings(page: Page) -> Iterator[Problem]:
    headings = [one for one in elements(page.body) if HEADING.fullmatch(one.tag)]
    first = [one for one in headings if one.tag == "h1"]
    if not first:
        yield page.problem("headings", page.body, "the page has no h1")
    for one in first[1:]:
        yield page.problem("headings", one, "a second h1", hint="A page has one, its title.")
    levels = [(0, page.body), *((int(one.tag[1]), one) for one in headings)]
    for (before, _), (level, one) in pairwise(levels):
        if level > before + 1 and before:
            yield page.problem("headings", one, f"h{level} follows h{before}: a level is missing")
    if headings and headings[0].tag != "h1" and first:
        yield page.problem("headings", headings[0], f"{headings[0].tag} stands before the h1")
    for one in headings:
        if not text_of(one):
            yield page.problem("headings", one, f"an empty {one.tag}")


def _tables(page: Page) -> Iterator[Problem]:
    for one in elements(page.body):
        if one.tag == "table" and one.get("role") not in ("presentation", "none"):
            if one.find(".//th") is None:
                yield page.problem("table", one, "a table without headers", hint="Use <th>.")
        elif one.tag == "th" and one.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            yield page.problem(
                "table", one, "a table header without scope", hint='Write scope="col" or "row".'
            )


def _lists(page: Page) -> Iterator[Problem]:
    for one in elements(page.body):
        around = page.parents.get(one)
        inside = around.tag if around is not None else ""
        if one.tag == "li" and inside not in LISTS:
            yield page.problem("list", one, "a list item outside of a list")
        elif inside in LISTS and one.tag not in ("li", "script", "template"):
            yield page.problem("list", one, f"{one.tag} stands in a list beside its items")
        elif one.tag in LISTS and own_text(one):
            yield page.problem("list", one, "text stands in a list beside its items")


def _pictures(page: Page) -> Iterator[Problem]:
    for one in elements(page.body):
        if one.tag == "img" and one.get("alt") is None:
            yield page.problem(
                "picture", one, "a picture without a text in its place",
                hint='Say in alt="…" what it shows; alt="" if it only adorns.',
            )  # fmt: skip
        elif one.tag == "svg" and not (
            one.get("aria-hidden") == "true" or _named(one) or one.find("title") is not None
        ):
            yield page.problem(
                "picture", one, "a drawing without a title",
                hint='Give it a <title>, or aria-hidden="true" if it only adorns.',
            )  # fmt: skip


def _links(page: Page) -> Iterator[Problem]:
    for one in elements(page.body):
        if one.tag == "a" and one.get("href") is not None:
            pictures = (each.get("alt") for each in one.iter("img"))
            if not (text_of(one) or _named(one) or any(pictures)):
                yield page.problem("link", one, "a link without words")


def _ids(page: Page) -> Iterator[Problem]:
    seen: set[str] = set()
    for one in elements(page.body):
        name = one.get("id")
        if name is not None and name in seen:
            yield page.problem("id", one, f"the id {name} stands twice on the page")
        elif name is not None:
            seen.add(name)
    for one in elements(page.body):
        named = (name for key in REFERRING for name in (one.get(key) or "").split())
        link = (one.get("href") or "") if one.tag == "a" else ""
        wanted = (*named, *([link[1:]] if link.startswith("#") and len(link) > 1 else []))
        for name in wanted:
            if name not in seen:
                yield page.problem("id", one, f"nothing on the page has the id {name}")


def _ends(page: Page) -> Iterator[Problem]:
    """The empty elements by which items are measured."""
    ids = {one.get("id"): one for one in elements(page.body) if one.get("id")}
    if END not in ids:
        yield page.problem(
            "end", page.body, f"the page has no element with the id {END}",
            hint=f'End the body with <div id="{END}"></div>.',
        )  # fmt: skip
    elif _last_text(page) is not None:
        yield page.problem(
            "end", ids[END], f"text stands after the element with the id {END}",
            hint="Put it last in the body: it says where the content ends.",
        )  # fmt: skip
    for section in FITTED:
        around = ids.get(f"section-{section}")
        if around is not None and f"section-{section}-end" not in ids:
            yield page.problem(
                "end", around, f"no element has the id section-{section}-end",
                hint=f'End the section with <div id="section-{section}-end"></div>.',
            )  # fmt: skip


def _last_text(page: Page) -> Element | None:
    """The first element with text after the end of the brief."""
    after = False
    for one in elements(page.body):
        if after and own_text(one):
            return one
        after = after or one.get("id") == END
    return None


def _named(one: Element) -> str:
    return (one.get("aria-label") or one.get("aria-labelledby") or "").strip()
