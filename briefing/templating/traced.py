"""Which line of a template printed an element: for checks, never for what is published.

In: a template. Out: an environment whose pages carry ` data-at="FILE:LINE"` in every start tag
that a template's own text writes. What values bring along, such as a quotation's markup, has
none. No line is moved, so the lines in Jinja's own errors stay right.
"""

from __future__ import annotations

import re
from copy import copy
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from briefing.templating.contract import PAGE
from briefing.templating.rendering import render_page
from briefing.templating.sandbox import compiled, environment
from briefing.templating.sources import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from jinja2 import Environment
    from jinja2.ext import Extension

    from briefing.brief import Brief
    from briefing.templating.contract import TemplateSpec

MARK = "data-at"
"""The attribute that says where a start tag stands."""

START_TAG = re.compile(r"<[a-zA-Z][\w:-]*$")
OPENS = frozenset(("if", "for", "macro", "call"))
TURNS = frozenset(("elif", "else"))
MESSAGE = ("trans", "endtrans")
"""Between these stands a message that is looked up as it is: it must not change."""


def render_traced(
    spec: TemplateSpec,
    brief: Brief,
    *,
    page: str,
    styles: str = "",
    options: Mapping[str, object] | None = None,
    file: str = PAGE,
) -> str:
    """What `render_template` gives, with the place of every start tag.

    Raises:
        TemplateError: If the template fails, with its file and line.
    """
    jinja = traced_environment(spec.folders, brief.language)
    return render_page(
        jinja, spec, brief, page=page, styles=styles, options=options or {}, file=file
    )


@lru_cache(maxsize=64)
def traced_environment(folders: tuple[Path, ...], language: str) -> Environment:
    """The environment of a template in one language, which marks every start tag."""
    plain = environment(folders, language)
    return plain.overlay(extensions=[_extension()], bytecode_cache=compiled("traced"))


@lru_cache(maxsize=1)
def _extension() -> type[Extension]:
    """The extension of Jinja that does it; a class made late, as Jinja is imported late."""
    from jinja2.ext import Extension

    class Tracing(Extension):
        def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
            return traced(source, self.environment, file=filename or name or "")

    return Tracing


def traced(source: str, jinja: Environment, *, file: str) -> str:
    """`source` with its file and line in every start tag.

    Args:
        source: The text of a template's file.
        jinja: Tells what in it is text and what is an expression.
        file: What the marks call it.

    Raises:
        jinja2.TemplateSyntaxError: If it is no template.
    """
    pieces, done = [], 0
    for end in _start_tags(source, jinja):
        line = source.count("\n", 0, end) + 1
        pieces += [source[done:end], f' {MARK}="{escape(file)}:{line}"']
        done = end
    return "".join((*pieces, source[done:]))


def _start_tags(source: str, jinja: Environment) -> Iterator[int]:
    """Where the name of each start tag ends, as an offset into `source`."""
    markup, at, in_message = _Marker(), 0, False
    entered: list[_Marker] = []
    block = ""
    for _, kind, text in jinja.lex(source):
        # The lexer leaves out white space that `-` strips, and nothing else.
        at = source.index(text, at)
        if kind == "data":
            for end in markup.start_tags(text):
                if not in_message:
                    yield at + end
        elif kind == "block_begin":
            block = "?"
        elif kind == "name" and block == "?":
            block = text
            in_message = text == MESSAGE[0] or (in_message and text != MESSAGE[1])
            # Each branch begins in the markup where the first one began.
            if text in OPENS:
                entered.append(copy(markup))
            elif text in TURNS and entered:
                markup = copy(entered[-1])
        elif kind == "block_end":
            if block.startswith("end") and block.removeprefix("end") in OPENS and entered:
                entered.pop()
            block = ""
        at += len(text)


class _Marker(Markup):
    """Notes where the names of start tags end."""

    def __init__(self) -> None:
        super().__init__()
        self._ends: list[int] = []

    def start_tags(self, text: str) -> list[int]:
        """Go on over `text`; the offsets in it at which the name of a start tag ends."""
        self._ends = []
        self.feed(text)
        return self._ends

    def _step(self, text: str, at: int) -> int:
        before = self.place
        end = super()._step(text, at)
        if before == "text" and self.place == "tag" and START_TAG.search(text[at:end]):
            self._ends.append(end)
        return end
