"""What a template folder promises, as `template.toml` says it.

In: the text of a contract, those it extends already read. Out: `TemplateSpec`, every key checked; errors name file,
line and key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from briefing.brief import Brief, Limits
from briefing.errors import SettingsError, TemplateError
from briefing.keys import explained, line_of_error, lines_of, nearest
from briefing.paths import shipped
from briefing.templating.options import Kind, Option, Value, parse
from briefing.templating.places import CONTRACT as CONTRACT

PAGE = "brief.html.j2"
MAIL = "email.html.j2"
PageSize = Literal["A4", "Letter"]
Format = Literal["pdf", "html", "json", "md", "eml"]
PARTS: Mapping[Format, tuple[str, ...]] = {
    "pdf": (PAGE, "print.css"),
    "html": (PAGE, "screen.css"),
    "eml": (MAIL, "email.css"),
}
"""The files that a format is made of."""

SEE_SCHEMA = "See `briefing templates show --schema` for what a template is given."


@dataclass(frozen=True, slots=True)
class TemplateSpec:
    """What a template folder promises.

    Attributes:
        name: The folder's name.
        folder: Where it lies, absolute.
        title: Name for people.
        description: One sentence for `briefing templates list`.
        page_sizes: Sizes that its print styles were made for; the first is the default.
        pages: The page budget: more pages than these are an error.
        words: The budget in words, besides that of pages; None for no such limit.
        letters: About how many letters fill a page of the first size; 0 where that is not said.
        margins_mm: Of the page: top, right, bottom, left.
        limits: How many items of each section a page takes, at most.
        formats: What it can be rendered to.
        languages: ISO 639-1 codes of the languages that it can be set in.
        fields: Fields of `Brief` that it prints.
        options: What its user may choose.
        extends: Name of the template whose files and keys it takes where it has none; or empty.
        folders: Its own folder, then those of the templates that it extends.
        lines: The line of each dotted key in its own `template.toml`, for messages.
    """

    name: str
    folder: Path
    title: str
    description: str
    page_sizes: tuple[PageSize, ...]
    pages: int
    words: int | None
    letters: int
    margins_mm: tuple[float, float, float, float]
    limits: Limits
    formats: tuple[Format, ...]
    languages: tuple[str, ...]
    fields: tuple[str, ...]
    options: tuple[Option, ...]
    extends: str
    folders: tuple[Path, ...]
    lines: Mapping[str, int] = field(compare=False, repr=False)

    def file(self, name: str) -> Path | None:
        """The template's file of that name: its own, else of what it extends; None for none."""
        return next((path for path in self._all(name)), None)

    def styles(self, name: str) -> tuple[Path, ...]:
        """The style sheets of that name: of what it extends first, its own last."""
        return tuple(reversed(self._all(name)))

    def _all(self, name: str) -> list[Path]:
        return [folder / name for folder in self.folders if (folder / name).is_file()]


DEFAULTS = Limits()
Count = Annotated[int, msgspec.Meta(ge=0)]
Least = Annotated[int, msgspec.Meta(ge=1)]
Length = Annotated[float, msgspec.Meta(ge=5, le=60)]
Name = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z0-9_]*$")]
Some = msgspec.Meta(min_length=1)


class _Page(msgspec.Struct, forbid_unknown_fields=True):
    sizes: Annotated[tuple[PageSize, ...], Some]
    pages: Least
    margins_mm: tuple[Length, Length, Length, Length]
    words: Least | None = None
    letters: Count = 0


class _Limits(msgspec.Struct, forbid_unknown_fields=True):
    summary: Count
    claims: Count
    contested: Count
    positions: Count
    unknowns: Count
    sources: Count
    timeline: Count = 0
    items: Count = 0
    lines: Least = DEFAULTS.lines
    changes: Count = DEFAULTS.changes
    actors: Count = DEFAULTS.actors
    issues: Count = DEFAULTS.issues


class _Option(msgspec.Struct, forbid_unknown_fields=True):
    type: Kind
    default: Value
    help: Annotated[str, Some]
    choices: tuple[str, ...] = ()


class _Contract(msgspec.Struct, forbid_unknown_fields=True):
    title: Annotated[str, Some]
    description: Annotated[str, Some]
    formats: Annotated[tuple[Format, ...], Some]
    fields: tuple[str, ...]
    page: _Page
    limits: _Limits
    languages: Annotated[tuple[str, ...], Some] = ("en",)
    options: dict[Name, _Option] = {}
    extends: str = ""


def read_table(path: Path) -> tuple[dict[str, Any], Mapping[str, int]]:
    """The keys of a contract, not yet checked, and their lines.

    Raises:
        TemplateError: If it is not TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), lines_of(text)
    except tomllib.TOMLDecodeError as error:
        message, line = line_of_error(str(error))
        raise TemplateError(f"{path}:{line}: {message}", hint="Correct that line.") from error
    except (ValueError, RecursionError) as error:  # no UTF-8, a number without end, deep nesting
        raise TemplateError(
            f"{path}: cannot be read: {error}", hint="Save it as UTF-8, and make it simpler."
        ) from error


def check(
    table: Mapping[str, Any],
    lines: Mapping[str, int],
    *,
    folders: tuple[Path, ...],
) -> TemplateSpec:
    """Check every key of a contract.

    Args:
        table: Its keys, over those of what it extends.
        lines: Of its own keys.
        folders: Its own folder, then those of the templates that it extends.

    Raises:
        TemplateError: If a key is missing, unknown or wrong; the message names file, line and key.
    """
    path = folders[0] / CONTRACT
    try:
        contract = msgspec.convert(table, _Contract)
    except msgspec.ValidationError as error:
        key, problem = explained(str(error))
        raise TemplateError(
            f"{path}:{nearest(lines, key)}: {key + ': ' if key else ''}{problem}",
            hint=f"Compare it with {shipped('templates') / 'one-page' / CONTRACT}.",
        ) from error

    def refuse(key: str, problem: str, hint: str) -> TemplateError:
        return TemplateError(f"{path}:{nearest(lines, key)}: {key}: {problem}", hint=hint)

    unknown = sorted(set(contract.fields) - {each.name for each in fields(Brief)})
    if unknown:
        raise refuse("fields", f"a brief has no {', '.join(unknown)}", SEE_SCHEMA)
    for language in contract.languages:
        _check_language(language, refuse)
    return TemplateSpec(
        name=folders[0].name,
        folder=folders[0],
        title=contract.title,
        description=contract.description,
        page_sizes=contract.page.sizes,
        pages=contract.page.pages,
        words=contract.page.words,
        letters=contract.page.letters,
        margins_mm=contract.page.margins_mm,
        limits=Limits(**msgspec.structs.asdict(contract.limits)),
        formats=contract.formats,
        languages=contract.languages,
        fields=contract.fields,
        options=tuple(_option(name, each, refuse) for name, each in contract.options.items()),
        extends=contract.extends,
        folders=folders,
        lines=lines,
    )


def _check_language(language: str, refuse: Any) -> None:
    from briefing.wording import LANGUAGES

    if language not in LANGUAGES:
        raise refuse(
            "languages", f"there is no wording in {language}", f"Known: {', '.join(LANGUAGES)}."
        )


def _option(name: str, given: _Option, refuse: Any) -> Option:
    """One option, its default checked as if a user had given it."""
    key = f"options.{name}"
    if (given.type == "choice") != bool(given.choices):
        raise refuse(f"{key}.choices", 'stands with `type = "choice"`, and only there', given.help)
    option = Option(name, given.type, given.default, given.help, given.choices)
    try:
        default = parse(option, given.default)
    except SettingsError as error:
        raise refuse(f"{key}.default", error.message, error.hint) from error
    return Option(name, given.type, default, given.help, given.choices)
