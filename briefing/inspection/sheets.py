"""A template's style sheets, read so that every declaration knows its file and line.

In: style sheets and the HTML that they style. Out: what they declare, which declaration gives an
element its colour or size, and problems that can be seen without a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import cssselect2  # noqa: TID253 - only `templates check` comes here
import tinycss2  # noqa: TID253 - only `templates check` comes here

from briefing.inspection.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

Medium = Literal["print", "screen"]
Scheme = Literal["light", "dark"]

VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
CUTTING = {
    "line-clamp": "none",
    "-webkit-line-clamp": "none",
    "max-lines": "none",
    "block-ellipsis": "none",
    "text-overflow": "clip",
}
"""Properties that drop text in silence, and the one value of each that does not."""

INHERITED_BY = {
    "color": ("color",),
    "font-size": ("font-size", "font"),
    "background-color": ("background-color", "background"),
    "display": ("display",),
    "visibility": ("visibility",),
    "position": ("position",),
}
"""For each property the declarations that may set it."""

ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
INSIDE = re.compile(r"(?:data:|#)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declaration of a style sheet.

    Attributes:
        name: The property, in small letters.
        value: As written, without `!important`.
        important: Whether that stands behind it.
        file: The style sheet.
        line: In it.
        selector: Of the rule that it stands in.
    """

    name: str
    value: str
    important: bool
    file: Path
    line: int
    selector: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its selector, and under which condition it holds."""

    selector: str
    prelude: tuple[Any, ...]
    declarations: tuple[Declaration, ...]
    media: str


def rules(file: Path) -> tuple[Rule, ...]:
    """The rules of a style sheet, those within `@media` with its condition."""
    return _rules(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _rules(file: Path, _changed: int) -> tuple[Rule, ...]:
    return rule_list(file.read_text(encoding="utf-8"), file)


def rule_list(text: str, file: Path, *, after: int = 0) -> tuple[Rule, ...]:
    """The rules of CSS that begins after a line of a file."""
    parsed = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    return tuple(_within(parsed, file, "", after))


def _within(nodes: Sequence[Any], file: Path, media: str, after: int) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            selector = " ".join(tinycss2.serialize(node.prelude).split())
            contents = tinycss2.parse_blocks_contents(node.content)
            found = tuple(declared(contents, file, selector, line=after))
            yield Rule(selector, tuple(node.prelude), found, media)
        elif node.type == "at-rule" and node.content is not None:
            condition = " ".join(tinycss2.serialize(node.prelude).split()).lower()
            name = node.lower_at_keyword
            if name in ("media", "supports", "layer"):
                inner = tinycss2.parse_rule_list(
                    node.content, skip_comments=True, skip_whitespace=True
                )
                yield from _within(inner, file, condition if name == "media" else media, after)
            elif name in ("font-face", "page"):
                contents = tinycss2.parse_blocks_contents(node.content)
                found = tuple(declared(contents, file, f"@{name}", line=after))
                yield Rule(f"@{name}", (), found, media)


def declared(
    contents: Sequence[Any], file: Path, selector: str, *, line: int
) -> Iterator[Declaration]:
    """The declarations of a block, or of a style attribute.

    Args:
        contents: As parsed.
        file: Where they stand.
        selector: Of the rule; `style` for an attribute.
        line: Line of the attribute, or the number of lines before the sheet.
    """
    for node in contents:
        if node.type == "declaration":
            value = tinycss2.serialize(node.value).strip()
            name = node.name if node.name.startswith("--") else node.lower_name
            at = line if selector == "style" else line + node.source_line
            yield Declaration(name, value, node.important, file, at, selector)


def holds(media: str, medium: Medium, scheme: Scheme) -> bool:
    """Whether rules under a condition are looked at: that of the medium, or of a dark screen."""
    if not media:
        return True
    if "prefers-color-scheme" in media:
        return medium == "screen" and scheme == ("dark" if "dark" in media else "light")
    return "width" not in media and any(
        part.strip().removeprefix("only ").split(" ")[0] in (medium, "all")
        for part in media.split(",")
    )


def unwrapped(files: Sequence[Path], medium: Medium, scheme: Scheme) -> str:
    """The rules of style sheets that hold for a medium and scheme, as one sheet without media."""
    return "\n".join(
        f"{rule.selector} {{ {_written(rule)} }}"
        for file in files
        for rule in rules(file)
        if rule.selector != "@font-face" and holds(rule.media, medium, scheme)
    )


def _written(rule: Rule) -> str:
    return "; ".join(
        f"{one.name}: {one.value}{' !important' if one.important else ''}"
        for one in rule.declarations
    )


class Cascade:
    """Which declaration wins for an element.

    Args:
        files: Style sheets, those that count more last.
        medium: For which they are read.
        scheme: Likewise.
        root: Of the page.
    """

    def __init__(
        self, files: Sequence[Path], medium: Medium, scheme: Scheme, root: Element
    ) -> None:
        self._matcher = cssselect2.Matcher()
        for file in files:
            for rule in rules(file):
                if not rule.prelude or not holds(rule.media, medium, scheme):
                    continue
                try:
                    selectors = cssselect2.compile_selector_list(list(rule.prelude))
                except cssselect2.SelectorError:
                    continue
                for selector in selectors:
                    self._matcher.add_selector(selector, rule.declarations)
        wrapper = cssselect2.ElementWrapper.from_html_root(root)
        self._wrappers = {each.etree_element: each for each in wrapper.iter_subtree()}

    def own(self, element: Element, name: str, pseudo: str | None = None) -> Declaration | None:
        """The declaration of a style sheet that gives an element a property, if one does."""
        wrapper = self._wrappers.get(element)
        if wrapper is None:
            return None
        wanted = INHERITED_BY.get(name, (name,))
        best: tuple[tuple[Any, ...], Declaration] | None = None
        for specificity, order, kind, declarations in self._matcher.match(wrapper):
            if kind != pseudo:
                continue
            for number, one in enumerate(declarations):
                if one.name in wanted:
                    rank = (one.important, specificity, order, number)
                    if best is None or rank >= best[0]:
                        best = (rank, one)
        return best[1] if best else None

    def inherited(
        self, around: Sequence[Element], name: str, pseudo: str | None = None
    ) -> tuple[Declaration, Element] | None:
        """The declaration that an element has a property from, and the element that it is for.

        Args:
            around: The element, then what is around it.
            name: The property.
            pseudo: `before` or `after`, for what stands there.
        """
        if pseudo and (one := self.own(around[0], name, pseudo)):
            return one, around[0]
        for each in around:
            one = self.own(each, name)
            if one is not None and one.value not in ("inherit", "currentcolor"):
                return one, each
        return None

    def literal(self, one: Declaration, around: Sequence[Element]) -> Declaration:
        """Where the value of a declaration is written out: itself, or that of its variable."""
        for _ in range(8):
            found = VARIABLE.search(one.value)
            if found is None:
                return one
            given = next(filter(None, (self.own(each, found[1]) for each in around)), None)
            if given is None:
                return one
            one = given
        return one


def sheets(files: Sequence[Path]) -> Iterator[Problem]:
    """Problems of style sheets that can be seen without a page."""
    for file in files:
        text = file.read_text(encoding="utf-8")
        yield from at_rules(file, text)
        for rule in rules(file):
            for one in rule.declarations:
                yield from read(one)


def at_rules(file: Path, text: str, *, after: int = 0) -> Iterator[Problem]:
    """What a sheet may not begin with, and what is no CSS."""
    for node in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if node.type == "error":
            yield Problem(
                "styles",
                "error",
                f"not understood: {node.message}",
                file,
                after + node.source_line,
            )
        elif node.type == "at-rule" and node.lower_at_keyword == "import":
            yield Problem(
                "remote", "error", "@import is not used", file, after + node.source_line,
                hint="Put the rules into the file.",
            )  # fmt: skip


def read(one: Declaration) -> Iterator[Problem]:
    """What a declaration may not do, wherever it stands."""
    for address in urls(one.value):
        if ADDRESS.match(address) and not INSIDE.match(address):
            yield Problem(
                "remote", "error", f"{one.selector} would fetch {address}", one.file, one.line,
                hint="Put the file into the template's folder and name it there.",
            )  # fmt: skip
    value = one.value.lower()
    if one.name in CUTTING and value not in (CUTTING[one.name], "inherit", "initial"):
        yield Problem(
            "clipped", "error", f"{one.name} drops text in silence", one.file, one.line,
            hint="Let the limits of template.toml leave out whole items.",
        )  # fmt: skip
    if one.name in ("hyphens", "-webkit-hyphens") and value == "auto":
        yield Problem(
            "hyphens", "error", "hyphens change how a quotation reads", one.file, one.line,
            hint="Write `hyphens: none`.",
        )  # fmt: skip


def urls(value: str) -> Iterator[str]:
    """Every address that a value of CSS names."""
    todo = list(tinycss2.parse_component_value_list(value))
    while todo:
        node = todo.pop(0)
        if node.type == "url":
            yield node.value.strip()
        elif node.type == "function":
            if node.lower_name in ("url", "src", "image", "image-set"):
                yield from (each.value for each in node.arguments if each.type == "string")
            todo += node.arguments
