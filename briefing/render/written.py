"""Briefs as running text, Markdown or plain: the sandboxed environment of their templates.

In: a template, and how a value is made safe for the format. Out: an environment in which every
value that a template prints is made safe once. Nothing a template can write switches that off:
what macros return is known to be safe, and all that is put together from it otherwise is not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from briefing.errors import TemplateError
from briefing.paths import shipped
from briefing.templating.options import choose
from briefing.templating.rendering import FAILURES, UNSEEN, place_of
from briefing.templating.sandbox import SHARED, is_web_address, unquoted
from briefing.templating.sources import advise
from briefing.wording import load
from briefing.wording.direction import isolated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from jinja2.sandbox import SandboxedEnvironment

    from briefing.brief import Brief
    from briefing.templating import TemplateSpec
    from briefing.wording import Wording

UNSEEN_HERE = UNSEEN | dict.fromkeys(range(0x80, 0xA0))
"""Control characters, those too that steer a terminal."""
BREAKS = re.compile("[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
BLANK_LINES = re.compile(r"\n{3,}")
LINE_END = re.compile(r"[ \t]+$", re.MULTILINE)


class Safe(str):
    """Text of the format itself; whatever is made of it with a string's methods is text again."""

    __slots__ = ()


def one_line(value: object) -> str:
    """A value as one line without control characters, its white space folded but not trimmed."""
    return BREAKS.sub(" ", str(value)).translate(UNSEEN_HERE)


def render_written(
    brief: Brief,
    spec: TemplateSpec,
    name: str,
    *,
    safe: Callable[[object], Safe],
    options: Mapping[str, object] | None,
    **functions: Callable[..., Safe],
) -> str:
    """Fill a template of running text: the template's own of that name, else the shared one.

    It sees `brief`, `fields` (those that the template prints), `options`, `direction`, the wording
    by `_`, `ngettext` and `pgettext`, the filters `unquoted` and `day`, the test `web_address`.

    Args:
        brief: What to print.
        spec: The template.
        name: The file, such as `brief.md.j2`.
        safe: Makes a value safe for the format.
        options: What the user chose of the template's options.
        functions: Further functions of the format, by name.

    Raises:
        TemplateError: If the template fails, with its file and line.
    """
    from jinja2 import TemplateError as JinjaError

    wording = load(brief.language, beside=spec.folder)
    environment = text_environment(spec.folders, wording, safe)
    try:
        template = environment.select_template([name, f"{SHARED}/{name}"])
        written = template.render(
            brief=brief,
            fields=spec.fields,
            options=choose(spec.options, options or {}, template=spec.name),
            direction=wording.direction,
            **functions,
        )
    except (JinjaError, *FAILURES) as error:
        raise TemplateError(f"{place_of(error, spec)}: {error}", hint=advise(error)) from error
    return BLANK_LINES.sub("\n\n", LINE_END.sub("", written)).strip() + "\n"


@lru_cache(maxsize=64)
def text_environment(
    folders: tuple[Path, ...], wording: Wording, safe: Callable[[object], Safe]
) -> SandboxedEnvironment:
    """The environment of a template's running text in one language.

    Args:
        folders: Its own, then those of the templates that it extends; those are seen under their
            names as well, and the shipped parts under `shared`.
        wording: Of the language.
        safe: Makes a value safe for the format; it is not called for what is `Safe`.
    """
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader, StrictUndefined, Undefined
    from jinja2.runtime import Macro
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Environment(ImmutableSandboxedEnvironment):
        def call(self, context: Any, called: Any, /, *args: Any, **kwargs: Any) -> Any:
            result = super().call(context, called, *args, **kwargs)
            return Safe(result) if isinstance(called, Macro) else result

    def finalize(value: object) -> object:
        return value if isinstance(value, (Safe, Undefined)) else safe(value)

    named = {folder.name: FileSystemLoader(folder) for folder in folders[1:]}
    named[SHARED] = FileSystemLoader(shipped("templates") / SHARED)
    jinja = Environment(
        loader=ChoiceLoader([*map(FileSystemLoader, folders), PrefixLoader(named)]),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        autoescape=False,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Only so that {% trans %} calls the functions below with its values.
    jinja.install_gettext_callables(  # type: ignore[attr-defined]  # the extension brings it
        wording.gettext, wording.ngettext, newstyle=True, pgettext=wording.pgettext
    )
    jinja.globals.update(_worded(wording, safe))
    jinja.filters["unquoted"] = unquoted
    jinja.filters["day"] = wording.date
    jinja.tests["web_address"] = is_web_address
    return jinja


def _worded(wording: Wording, safe: Callable[[object], Safe]) -> dict[str, Callable[..., Safe]]:
    """The functions of gettext: a text looked up, values in place, each made safe by itself."""

    def fill(message: str, values: Mapping[str, object]) -> Safe:
        filled = ""
        for at, piece in enumerate(PLACEHOLDER.split(message)):
            value = values[piece] if at % 2 else piece
            if not isinstance(value, Safe):
                text = isolated(str(value), wording.direction) if at % 2 else piece
                # A letter in front: within a line less is markup than where it begins.
                value = safe(f"x{text}")[1:] if filled.strip() else safe(text)
            filled += value
        return Safe(filled)

    def gettext(message: str, **values: object) -> Safe:
        return fill(wording.gettext(message), values)

    def ngettext(singular: str, plural: str, num: int, **values: object) -> Safe:
        return fill(wording.ngettext(singular, plural, num), {"num": num, **values})

    def pgettext(context: str, message: str, **values: object) -> Safe:
        return fill(wording.pgettext(context, message), values)

    return {"_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext}
