"""What a template may not do: run scripts, fetch, print unescaped, or put values into styles.

In: a template's files, and pages printed with it. Out: problems.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tinycss2  # noqa: TID253 - only `templates check` comes here
from jinja2 import nodes  # noqa: TID253 - only `templates check` comes here

from briefing.inspection.pages import elements
from briefing.inspection.problems import Problem
from briefing.inspection.sheets import ADDRESS, INSIDE, at_rules, declared, read, rule_list
from briefing.templating.sources import unsafe_places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from briefing.inspection.pages import Page
    from briefing.inspection.usage import Source

FETCHING = frozenset(
    "audio embed feimage iframe image img input link object script source track use video".split()
)
ADDRESSES = (
    "data",
    "href",
    "poster",
    "src",
    "srcset",
    "xlink:href",
    "{http://www.w3.org/1999/xlink}href",
)
ACTIVE = frozenset("script iframe object embed form base".split())
CANDIDATE = re.compile(r"(?:^|,\s)\s*(\S+)")
"""One address of a `srcset`; the comma of a `data:` address has no space after it."""


def unsafe(source: Source) -> Iterator[Problem]:
    """Values of a file that are printed where escaping is off or does not hold."""
    text = source.path.read_text(encoding="utf-8")
    for line, message, hint in unsafe_places(text, source.jinja):
        yield Problem("escape", "error", message, source.path, line, hint=hint)
    for each in source.tree.find_all(nodes.Filter):
        if each.name not in source.jinja.filters:
            hint = "Text of sources is always escaped: remove the filter."
            yield Problem(
                "escape", "error", f"there is no filter {each.name}", source.path, each.lineno,
                hint=hint if each.name == "safe" else "",
            )  # fmt: skip
    for block in source.tree.find_all(
        (nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)
    ):
        yield Problem(
            "escape", "error", "escaping cannot be changed", source.path, block.lineno,
            hint="Remove the autoescape block.",
        )  # fmt: skip


def active(page: Page) -> Iterator[Problem]:
    """Elements and attributes of a page that run or fetch something."""
    for one in elements(page.root):
        if one.tag in ACTIVE:
            yield page.problem(
                "script", one, f"a brief has no <{one.tag}>", hint="It runs nothing: remove it."
            )
        for name, value in one.items():
            if name.lower().startswith("on"):
                yield page.problem(
                    "script", one, f"{name} would run a script", hint="Remove the attribute."
                )
            elif one.tag.lower() in FETCHING and name in ADDRESSES:
                yield from _remote(page, one, CANDIDATE.findall(value))
            elif name == "style":
                yield from _inline(page, one, value)
        if one.tag == "style":
            yield from _style(page, one)
        elif one.tag == "meta" and (one.get("http-equiv") or "").lower() == "refresh":
            yield page.problem("script", one, "a brief does not load itself again")


def _remote(page: Page, one: Element, addresses: list[str]) -> Iterator[Problem]:
    for address in addresses:
        if ADDRESS.match(address) and not INSIDE.match(address):
            yield page.problem(
                "remote", one, f"<{one.tag}> would fetch {address}",
                hint="Put the file into the template's folder and print {{ asset('NAME') }}.",
            )  # fmt: skip


def _inline(page: Page, one: Element, value: str) -> Iterator[Problem]:
    """Problems of a style attribute, at the line of its element."""
    file, line = page.at(one)
    for each in declared(tinycss2.parse_blocks_contents(value), file, "style", line=line):
        yield from read(each)


def _style(page: Page, one: Element) -> Iterator[Problem]:
    """Problems of a style element that a template writes itself."""
    file, line = page.at(one)
    text = one.text or ""
    yield from at_rules(file, text, after=line - 1)
    for rule in rule_list(text, file, after=line - 1):
        for each in rule.declarations:
            yield from read(each)
