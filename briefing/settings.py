"""How a brief is made: one frozen `Settings`, checked when it is built.

In: keywords, and the keys of a `briefing.toml`. Out: `Settings`. The command line puts them
together in the order defaults, file, environment, flags.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from briefing.errors import SettingsError
from briefing.mail import NOBODY, Mail

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

PageSize = Literal["A4", "Letter"]

PAGE_SIZES: tuple[PageSize, ...] = get_args(PageSize)
FORMATS = ("pdf", "html", "json")
"""What is written where nothing else was asked for."""

KNOWN_FORMATS = (*FORMATS, "md", "eml")
FILE_NAME = "briefing.toml"
FOCUS_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose.

    Attributes:
        template: Name of a shipped template, or a folder.
        formats: What to write, of `KNOWN_FORMATS`.
        model: The writer, or `stub` for a stand-in of reader and writer.
        options: What the user chose of the template's options: names and values.
        sender: Who an e-mail is from: `Harbour Desk <desk@ports.example>`; empty for nobody.
        recipient: Whom the brief is for: a name, an e-mail address, or both; or empty.
        unsubscribe: Where a reader of an e-mail leaves: an `https:` or `mailto:` address, or both.
        allow_remote: Whether a model may be served by another machine than this network's.
        title: Headline; None, or white space alone, to take or make one from the sources.
        date: ISO date of the brief; None for today, see `day`.
        focus: What the brief is about, or empty for all that matters; at most 200 characters.
        page: Size of the page.
        pages: Most pages the brief may take; None for the template's own budget.
        language: ISO 639-1 code of the labels.
        output: Folder to write to; None for one named after the title.
        force: Whether files that a person changed may be overwritten.
        handling: Handling mark such as `For internal use`, or empty.

    Raises:
        SettingsError: If a value is outside what is said here.
    """

    template: str = "one-page"
    formats: tuple[str, ...] = FORMATS
    model: str = "verbatim"
    title: str | None = None
    date: str | None = None
    focus: str = ""
    page: PageSize = "A4"
    pages: int | None = None
    language: str = "en"
    output: Path | None = None
    force: bool = False
    handling: str = ""
    allow_remote: bool = False
    options: tuple[tuple[str, str], ...] = ()
    sender: str = ""
    recipient: str = ""
    unsubscribe: str = ""

    def __post_init__(self) -> None:
        parse_formats(self.formats)
        _ = self.mail
        if self.title is not None and not self.title.strip():
            object.__setattr__(self, "title", None)
        object.__setattr__(self, "focus", self.focus.strip())
        if len(self.focus) > FOCUS_CHARACTERS:
            raise SettingsError(
                f"the focus has {len(self.focus)} characters; at most {FOCUS_CHARACTERS} are read",
                hint="Name the subject in a few words.",
            )
        if self.date is not None and parse_date(self.date) != self.date:
            raise SettingsError(f"`{self.date}` is not a date", hint="Write it as 2026-11-22.")
        if self.page not in PAGE_SIZES:
            raise SettingsError(
                f"there is no page size `{self.page}`", hint=f"Known: {', '.join(PAGE_SIZES)}."
            )
        if self.pages is not None and self.pages < 1:
            raise SettingsError(
                f"a brief cannot have {self.pages} pages", hint="Ask for 1 or more."
            )

    @property
    def mail(self) -> Mail:
        """The people around an e-mail of the brief."""
        to = self.recipient if "@" in self.recipient else ""
        return Mail(self.sender or NOBODY, to, self.unsubscribe)

    @property
    def day(self) -> str:
        """The brief's ISO date: as set, or today's in UTC."""
        from datetime import UTC, datetime

        return self.date or datetime.now(UTC).date().isoformat()


_KINDS: dict[str, tuple[type, str, str]] = {
    "pages": (int, "a whole number", "2"),
    "force": (bool, "true or false", "true"),
    "allow_remote": (bool, "true or false", "true"),
}
"""Type, its name and an example, of the keys of a file that are not text."""

NAMES = {"set": "options", "format": "formats", "lang": "language"}
"""Settings that a file may call as the option is called, which is not by their own name."""

KEYS = (*(field.name for field in fields(Settings) if field.name != "options"), *NAMES)


def parse_formats(value: object) -> tuple[str, ...]:
    """Read `pdf,html`, or a list of names, as formats; each is kept once.

    Raises:
        SettingsError: If there is none, or one is unknown.
    """
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)):
        raise SettingsError(
            f"`{value}` is not a list of formats", hint=f"Known: {_known(KNOWN_FORMATS)}."
        )
    formats = tuple(dict.fromkeys(str(name).strip().lower() for name in names))
    unknown = [name for name in formats if name not in KNOWN_FORMATS]
    if unknown or not formats:
        what = f"there is no format `{unknown[0]}`" if unknown else "no format is named"
        raise SettingsError(what, hint=f"Known: {_known(KNOWN_FORMATS)}.")
    return formats


def parse_option(value: object) -> tuple[str, str]:
    """Read `name=value` as the name of a template's option and its value.

    Raises:
        SettingsError: If there is no name or no sign between them.
    """
    if isinstance(value, tuple):  # one that was read before
        return value
    name, sign, text = str(value).partition("=")
    if not sign or not name.strip():
        raise SettingsError(
            f"`{value}` sets no option of a template", hint="Write it as name=value."
        )
    return name.strip(), text.strip()


def parse_date(value: object) -> str:
    """Read an ISO date, or TOML's own, as `2026-11-22`.

    Raises:
        SettingsError: If it is none.
    """
    from datetime import date

    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise SettingsError(f"`{value}` is not a date", hint="Write it as 2026-11-22.") from None


def read_file(path: Path, others: Collection[str] = ()) -> Mapping[str, object]:
    """Read a `briefing.toml`: the names of `Settings` and their values, not yet checked.

    Args:
        path: The file.
        others: Keys that may stand in it besides; their values come back as they are.

    Raises:
        SettingsError: If it cannot be read, is not TOML, or has an unknown key, or two that say
            the same.
    """
    import tomllib

    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read: {error.strerror}", hint="Check the path given to --config."
        ) from error
    except ValueError as error:  # what TOML and UTF-8 have in common
        raise SettingsError(
            f"{path} is not a TOML file: {error}", hint='Write one `key = "value"` a line.'
        ) from error
    known = tuple(dict.fromkeys((*KEYS, *others)))
    found: dict[str, object] = {}
    for written, value in table.items():
        key = written.replace("-", "_")
        if key not in known:
            raise SettingsError(f"{path}: unknown key `{written}`", hint=_suggest(key, known))
        name = NAMES.get(key, key)
        if name in found:
            raise SettingsError(
                f"{path}: {written}: this is set by another name too",
                hint="Leave out one of the two.",
            )
        try:
            found[name] = _checked(key, value) if key in KEYS else value
        except SettingsError as error:
            raise SettingsError(f"{path}: {key}: {error.message}", hint=error.hint) from error
    return found


def _checked(key: str, value: object) -> object:
    """A value of the type that `key` has; whether it is known, the options say."""
    if key == "set":
        return as_options(value)
    if parse := {"formats": parse_formats, "date": parse_date}.get(NAMES.get(key, key)):
        parse(value)
        return value
    kind, wanted, example = _KINDS.get(key, (str, "text", '"text"'))
    if type(value) is not kind:
        raise SettingsError(f"`{value}` is not {wanted}", hint=f"Write {key} = {example}.")
    return value


def as_options(value: object) -> tuple[tuple[str, str], ...]:
    """Read a table of a file as options of a template.

    Raises:
        SettingsError: If it is no table, or a value is no text, number or truth.
    """
    import json

    if not isinstance(value, dict) or not all(
        isinstance(each, (str, bool, int, float)) for each in value.values()
    ):
        raise SettingsError(
            f"`{value}` is not a table of options", hint='Write set = { name = "value" }.'
        )
    return tuple(
        (name, each if isinstance(each, str) else json.dumps(each)) for name, each in value.items()
    )


def _suggest(key: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key, known, n=1)
    return (f"Did you mean `{close[0]}`? " if close else "") + f"Known: {_known(known)}."


def _known(names: tuple[str, ...]) -> str:
    return ", ".join(names)
