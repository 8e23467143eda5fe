"""What a template may ask of Jinja: no operation makes text or numbers without measure.

In: what a page does with an operator, a filter or a method of a text. Out: the result, or Jinja's
SecurityError, which `render_template` tells with its file and line. This keeps checking a template
harmless and makes messages plain; loops that never end, and memory taken in many small steps, are
for `briefing.confined`.
"""

from __future__ import annotations

from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.templating.growth import (
    BINARY,
    ESTIMATES,
    bounded,
    check_braces,
    check_method,
    check_percent,
    ranged,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2 import Environment, FileSystemLoader, Template
    from jinja2.runtime import Context
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

PAGE_LENGTH = 8_000_000
"""Characters of a whole page: five hundred times those of a full one, fonts not counted."""

SOURCE_LENGTH = 300_000
"""Bytes of one file of a template: ten times those of the longest that ships."""

WITHOUT = ("safe", "tojson")
"""Filters that would print text of a source unescaped, or with double quotation marks."""


@cache
def bounded_environment() -> type[ImmutableSandboxedEnvironment]:
    """Jinja's strictest environment with bounds on what its pages make."""
    from jinja2 import pass_context
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    @pass_context
    def unfolded(_context: Context, value: object) -> object:
        return value

    class BoundedEnvironment(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset({"*", "**", "%", "+"})

        def __init__(self, **options: Any) -> None:
            # Checking a template compiles it: constants must not be worked out there. Jinja leaves
            # them alone where it is told not to optimise and `finalize` wants the context.
            super().__init__(**options, optimized=False, finalize=unfolded)
            self.globals["range"] = ranged
            del self.globals["lipsum"]
            for name in WITHOUT:
                del self.filters[name]
            for name, estimate in ESTIMATES.items():
                self.filters[name] = bounded(self.filters[name], estimate)

        def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
            BINARY[operator](left, right)
            return super().call_binop(context, operator, left, right)

        def call(self, context: Context, called: Any, *arguments: Any, **named: Any) -> Any:
            check_method(called, arguments, named)
            return super().call(context, called, *arguments, **named)

        def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
            wrapped = super().wrap_str_format(value)
            if wrapped is not None:
                check_braces(value.__self__)
            return wrapped

    return BoundedEnvironment


@cache
def own_files() -> type[FileSystemLoader]:
    """Jinja's loader of folders, without links that lead out of them and files without end."""
    from jinja2 import FileSystemLoader

    class OwnFiles(FileSystemLoader):
        def get_source(
            self, environment: Environment, template: str
        ) -> tuple[str, str, Callable[[], bool]]:
            folders = tuple(map(Path, self.searchpath))
            for folder in folders:
                # No TemplateNotFound: another loader would be asked, and the reason be lost.
                if is_link_outward(folder / template, within=folders):
                    refuse(f"{template} lies outside the template")
                if _is_too_long(folder / template):
                    refuse(f"{template} is longer than {SOURCE_LENGTH:,} bytes")
            return super().get_source(environment, template)

    return OwnFiles


def as_text(translate: Callable[..., str]) -> Callable[..., Markup]:
    """`translate` for Jinja's `install_gettext_callables`, with what it returns taken as text.

    Jinja takes a message for markup, whoever wrote it: `{{ _(brief.title) }}` would print a
    source's text unescaped.
    """
    from markupsafe import escape

    @wraps(translate)
    def translated(*arguments: Any) -> Markup:
        message = translate(*arguments)
        check_percent(message, None)
        return escape(message)

    return translated


def is_link_outward(path: Path, *, within: Iterable[Path]) -> bool:
    """Whether `path`, if it exists, really lies outside all the folders `within`."""
    real = path.resolve()
    return real.exists() and not any(real.is_relative_to(each.resolve()) for each in within)


def _is_too_long(path: Path) -> bool:
    """Whether `path` is a file that is too long for a page."""
    return path.is_file() and path.stat().st_size > SOURCE_LENGTH


def fill(template: Template, values: Mapping[str, object]) -> str:
    """What `template` prints, unless it is longer than any page.

    Raises:
        SecurityError: If it is.
    """
    parts: list[str] = []
    length = 0
    for part in template.generate(values):
        length += len(part)
        if length > PAGE_LENGTH:
            refuse(f"the page is longer than {PAGE_LENGTH:,} characters")
        parts.append(part)
    return "".join(parts)
