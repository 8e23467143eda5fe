"""What a template's own text may not do, seen before anything is printed with it.

In: a file of a template. Out: nothing, or an error with file and line. Values stand in the text
of a page and between the quotation marks of attributes: there escaping holds. In styles, scripts
and tags they would not be safe, however well escaped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.errors import TemplateError
from briefing.templating.bounds import is_link_outward
from briefing.templating.contract import SEE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.templating.contract import TemplateSpec

OPENING = re.compile(r"<!--|<(?P<tag>[a-zA-Z][\w:-]*)|</[a-zA-Z]")
IN_TAG = re.compile(r"""(?P<name>[^\s"'<>/=]+)\s*=\s*(?P<quote>["']?)|>""")
RAW = ("style", "script")
STYLES = "styles"
"""The one name that a style element may print."""


class Markup:
    """Where in the HTML of a template its text has got to.

    Attributes:
        place: `text`, `comment`, `tag`, `attribute`, or the name of a raw element.
        attribute: The name of the attribute in whose value it is; else empty.
        quote: The quotation mark around that value; empty where there is none.
        ends_open: Whether the text so far ends in what would make a tag of the next letter.
    """

    def __init__(self) -> None:
        self.place = "text"
        self.attribute = ""
        self.quote = ""
        self.ends_open = False
        self._raw = ""

    def feed(self, text: str) -> None:
        """Go on over `text`, which stands in the template as it will be printed."""
        at = 0
        while at < len(text):
            at = self._step(text, at)
        self.ends_open = self.place == "text" and text.endswith(("<", "</"))

    def _step(self, text: str, at: int) -> int:
        """Go on from `at` to where something changes."""
        if self.place == "text":
            found = OPENING.search(text, at)
            if found is None:
                return len(text)
            tag = (found["tag"] or "").lower()
            self.place = "comment" if found[0] == "<!--" else "tag"
            self._raw = tag if tag in RAW else ""
            return found.end()
        if self.place == "tag":
            found = IN_TAG.search(text, at)
            if found is None:
                return len(text)
            if found[0] == ">":
                self.place = self._raw or "text"
            else:
                self.place = "attribute"
                self.attribute, self.quote = found["name"].lower(), found["quote"]
            return found.end()
        if self.place == "attribute":
            end = re.compile(self.quote or r"(?=[\s>])").search(text, at)
            if end is None:
                return len(text)
            self.place, self.attribute = "tag", ""
            return end.end()
        closing = "-->" if self.place == "comment" else f"</{self.place}"
        end_at = text.lower().find(closing, at)
        if end_at < 0:
            return len(text)
        self.place = "text" if self.place == "comment" else "tag"
        self._raw = ""
        return end_at + len(closing)


def check_source(spec: TemplateSpec, path: Path) -> None:
    """Parse one file, and refuse it if it would print something unescaped or unsafely.

    Raises:
        TemplateError: With file and line.
    """
    from jinja2 import TemplateSyntaxError, nodes

    from briefing.templating.sandbox import environment

    check_own(spec.folders, path)

    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TemplateError(f"{path}: {error}", hint="Save it as UTF-8.") from error
    jinja = environment(spec.folders, spec.languages[0])
    try:
        tree = jinja.parse(source, filename=str(path))
        jinja.compile(source, filename=str(path))
    except TemplateSyntaxError as error:
        raise TemplateError(
            f"{path}:{error.lineno}: {error.message}", hint=advise(error)
        ) from error
    except (RecursionError, SyntaxError, ValueError, MemoryError) as error:
        # What nests too deep for Python, or holds a number of thousands of digits.
        raise TemplateError(
            f"{path}: cannot be compiled: {error}", hint="Make it simpler."
        ) from error
    for node in tree.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)):
        raise TemplateError(
            f"{path}:{node.lineno}: escaping cannot be changed",
            hint="Remove the autoescape block.",
        )
    if path.suffixes[-2:] == [".html", ".j2"]:
        for line, problem, hint in unsafe_places(source, jinja):
            raise TemplateError(f"{path}:{line}: {problem}", hint=hint)


def check_own(folders: tuple[Path, ...], path: Path) -> None:
    """Refuse a file that only seems to lie in a template's folder.

    Raises:
        TemplateError: If it is a link that leads out.
    """
    if is_link_outward(path, within=folders):
        raise TemplateError(
            f"{path} is a link that leads out of the template", hint="Copy the file."
        )


def unsafe_places(source: str, jinja: object) -> Iterator[tuple[int, str, str]]:
    """Every value that is printed where escaping does not hold: line, problem, what to do."""
    markup = Markup()
    tokens = iter(jinja.lex(source))  # type: ignore[attr-defined]  # jinja2 is imported late
    for line, kind, text in tokens:
        if kind == "data":
            markup.feed(text)
        elif kind == "variable_begin":
            inside = [
                word for _, sort, word in _until(tokens, "variable_end") if sort != "whitespace"
            ]
            if problem := _problem(markup, inside):
                yield line, *problem


def _until(tokens: Iterator[tuple[int, str, str]], end: str) -> Iterator[tuple[int, str, str]]:
    for token in tokens:
        if token[1] == end:
            return
        yield token


def _problem(markup: Markup, inside: list[str]) -> tuple[str, str] | None:
    """What is wrong with printing a value here, and what to do instead."""
    if markup.place == "style" and inside != [STYLES]:
        return "a value stands in a style element", "Style by class names that you print instead."
    if markup.place == "script":
        return "a value stands in a script", "A brief runs no scripts: remove it."
    if markup.place == "tag":
        return (
            "a value stands in a tag, outside of an attribute",
            'Print it as the value of an attribute, between quotation marks: class="{{ … }}".',
        )
    if markup.ends_open:
        return "a value stands right behind a <", "Write &lt; where that is meant."
    if markup.place == "attribute" and not markup.quote:
        return (
            f"the value of {markup.attribute} has no quotation marks",
            f'Write {markup.attribute}="{{{{ … }}}}".',
        )
    if markup.attribute == "style":
        return "a value stands in a style attribute", "Style by class names that you print."
    if markup.attribute.startswith("on"):
        return f"a value stands in {markup.attribute}", "A brief runs no scripts: remove it."
    return None


def advise(error: Exception) -> str:
    """What the template's author can do about `error`, where it can be told."""
    from jinja2 import TemplateNotFound, UndefinedError

    if isinstance(error, UndefinedError):
        return SEE_SCHEMA
    if isinstance(error, TemplateNotFound):
        return "A template can include files of its own folder only."
    if "filter named 'safe'" in str(error):
        return "Text of sources is always escaped: remove the filter."
    return ""
