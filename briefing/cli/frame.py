"""What all commands share: the group that tells errors, options, and output as text or JSON.

In: errors and results of commands. Out: messages on standard error, results on standard output,
and exit codes.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from briefing.errors import BriefingError, SettingsError
from briefing.settings import (
    FILE_NAME,
    PAGE_SIZES,
    Settings,
    parse_date,
    parse_formats,
    parse_option,
    read_file,
)

Wrapped = TypeVar("Wrapped", bound=Callable[..., Any])

DASH = Path("-")
OUTPUTS = Path("outputs")
FINDINGS = "brief.json"
SENTENCES = 5
NOT_HELD = 1
SOME_FAILED = 3
NOT_CHECKED = 4
INTERRUPTED = 130

# Keys of the notes that a command shares with the group that runs it.
JSON, QUIET, VERBOSE, FILE, KEYS = (
    f"briefing.{name}" for name in ("json", "quiet", "verbose", "file", "keys")
)


class Command(click.Command):
    """A command whose options can stand in the environment: `BRIEFING_TEMPLATE`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context_settings = {"auto_envvar_prefix": "BRIEFING", **self.context_settings}


class Group(click.Group):
    """Commands about one thing."""

    command_class = Command


class Main(Group):
    """The whole command line: the one place that turns errors into messages."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note first whether errors of parsing, too, are to be told as JSON."""
        ctx.meta[JSON] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; leave with the exit code of what went wrong."""
        # Records by the thousand are no cycles: looking for some as often as usual takes 6 % longer.
        gc.set_threshold(200_000, 50, 50)
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Interrupted: nothing is left half-written.", err=True)
            ctx.exit(INTERRUPTED)
        except BriefingError as error:
            tell(error, error.hint)
            ctx.exit(error.exit_code)
        except click.UsageError as error:
            tell(error, origin(error))
            raise


def origin(error: click.UsageError) -> str:
    """Where a wrong value stands, if it is not on the command line."""
    if not isinstance(error, click.BadParameter) or error.ctx is None or error.param is None:
        return ""
    name = error.param.name or ""
    match error.ctx.get_parameter_source(name):
        case ParameterSource.DEFAULT_MAP:
            key = error.ctx.meta.get(KEYS, {}).get(name, name)
            return f"Correct `{key}` in {error.ctx.meta[FILE]}."
        case ParameterSource.ENVIRONMENT:
            known = error.param.envvar or ()
            given = [variable for variable in known if os.environ.get(variable)]
            return f"Correct {(*given, f'BRIEFING_{name.upper()}')[0]} in the environment."
    return ""


def tell(error: BriefingError | click.UsageError, hint: str) -> None:
    """Print an error and what to do; click itself prints the errors of usage."""
    if isinstance(error, BriefingError):
        click.echo(f"Error: {error.message}", err=True)
    if hint:
        click.echo(f"Hint: {hint}", err=True)
    if noted(JSON):
        # click words some of its errors, such as a missing argument, only when it prints them
        message = error.message if isinstance(error, BriefingError) else error.format_message()
        line = {"error": type(error).__name__, "message": message, "hint": hint}
        click.echo(as_json(line | {"exit_code": error.exit_code}), err=True)


def as_json(value: object) -> str:
    """`value` as one line of JSON."""
    from briefing.show import as_json

    return as_json(value)


def noted(key: str) -> bool:
    """Whether a flag that all commands share was given."""
    return bool(click.get_current_context().meta.get(key))


def given(name: str) -> bool:
    """Whether an option was given, by a flag, the environment or the file."""
    source = click.get_current_context().get_parameter_source(name)
    return source not in (ParameterSource.DEFAULT, None)


def flagged(name: str) -> bool:
    """Whether an option was given by a flag, which goes before all that a file says."""
    source = click.get_current_context().get_parameter_source(name)
    return source is ParameterSource.COMMANDLINE


def note(ctx: click.Context, option: click.Parameter, value: object) -> None:
    """Keep a shared flag where the group finds it."""
    ctx.meta[f"briefing.{option.name}"] = value


def configure(ctx: click.Context, _: click.Parameter, named: Path | None) -> None:
    """Take defaults from the file named, or from the one in the working directory."""
    path = named or Path(FILE_NAME)
    if not named and not path.exists():
        return
    keys = {key for command in _commands(ctx.find_root().command) for key in _keys(command)}
    table = dict(read_file(path, sorted(keys)))
    ctx.meta[FILE] = path
    ctx.default_map = table
    for key, option in _keys(ctx.command).items():
        if key in table:
            ctx.default_map[option.name or key] = _fitting(table[key], key, option, path)
            ctx.meta.setdefault(KEYS, {})[option.name] = key


def _commands(command: click.Command) -> Iterator[click.Command]:
    """All commands that take a file of settings."""
    for each in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _commands(each)
    if any(each.callback is configure for each in command.params):
        yield command


def _keys(command: click.Command) -> dict[str, click.Option]:
    """Options that can stand in a file, by the names that they have in it: their own."""
    return {
        name.removeprefix("--").replace("-", "_"): each
        for each in command.params
        if isinstance(each, click.Option) and each.allow_from_autoenv
        if each.callback is not configure
        for name in each.opts
        if name.startswith("--")
    }


def _fitting(value: object, key: str, option: click.Option, path: Path) -> object:
    """A value of a file as click takes it: it would read a number as true, and text as letters."""
    if option.is_flag != isinstance(value, bool):
        wanted = "true or false" if option.is_flag else "what this option takes"
        raise SettingsError(
            f"{path}: {key}: `{value}` is not {wanted}",
            hint=f"See --{key.replace('_', '-')} in the help of the command.",
        )
    return (value,) if option.multiple and isinstance(value, str) else value


def folder_set() -> Path | None:
    """The folder of the environment or the file, for a command whose own `-o` names a file."""
    ctx = click.get_current_context()
    named = os.environ.get("BRIEFING_OUTPUT") or ctx.lookup_default("output")
    return Path(FOLDER.convert(named, None, ctx)) if named else None


BASE = Settings()
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE_OR_DASH = click.Path(path_type=Path, allow_dash=True)
INPUT = click.Path(path_type=Path, allow_dash=True, exists=True, dir_okay=False)
COUNT = click.IntRange(min=1)


def option(*names: str, **kwargs: Any) -> Callable[[Any], Any]:
    """An option that shows its default in the help, where it has one."""
    kwargs.setdefault("show_default", bool(kwargs.get("default")))
    return click.option(*names, **kwargs)


# fmt: off
OPTIONS: dict[str, Callable[[Any], Any]] = {
    "template": option("-t", "--template", default=BASE.template, help="Its name, or a folder."),
    "output": option("-o", "--output", metavar="DIR", type=FOLDER,
                      help="Where to write.  [default: outputs/TITLE; render: beside the file]"),
    "formats": option("--format", "formats", metavar="LIST", type=parse_formats,
                       envvar=["BRIEFING_FORMATS", "BRIEFING_FORMAT"],
                       default=",".join(BASE.formats), help="What to write."),
    "model": option("--model", default=BASE.model,
                     help="The writer: verbatim, hf:NAME, gguf:FILE, http://HOST:PORT/v1#NAME;"
                          " `stub` replaces all models."),
    "allow_remote": option("--allow-remote", is_flag=True,
                           help="Take a model on a server outside this network."),
    "focus": option("--focus", default="", help="What it is to be about."),
    "title": option("--title", help="Headline.  [default: made from the sources]"),
    "date": option("--date", metavar="DATE", type=parse_date, help="[default: today]"),
    "page": option("--page", metavar="|".join(PAGE_SIZES), default=BASE.page,
                    type=click.Choice(PAGE_SIZES, case_sensitive=False), help="Its size."),
    "pages": option("--pages", type=COUNT, help="Most pages.  [default: as the template says]"),
    "language": option("--lang", "--language", "language", default=BASE.language,
                        envvar=["BRIEFING_LANGUAGE", "BRIEFING_LANG"],
                        help="Of all that the brief words itself."),
    "options": option("--set", "options", metavar="NAME=VALUE", multiple=True, type=parse_option,
                       envvar="BRIEFING_SET", help="An option of the template; see `templates show`."),
    "handling": option("--handling", default="", help="Mark such as `For internal use`."),
    "sender": option("--sender", metavar="ADDRESS", default="", help="Who an e-mail is from."),
    "recipient": option("--recipient", metavar="NAME", default="",
                         help="Whom it is for: a name, or NAME <ADDRESS>."),
    "unsubscribe": option("--unsubscribe", metavar="ADDRESS", default="",
                           help="Where readers of an e-mail leave: https:… or mailto:…"),
    "force": option("--force", is_flag=True, help="Overwrite files that a person changed."),
}
PRINTING = (
    "template", "output", "formats", "options", "page", "pages", "language", "handling",
    "sender", "recipient", "unsubscribe", "force",
)
"""What `render` takes: all that `make` does and that no reading depends on."""

CONFIG = option("--config", metavar="FILE", type=click.Path(path_type=Path), is_eager=True,
                  expose_value=False, callback=configure,
                  help=f"Settings.  [default: {FILE_NAME}, if it is there]")
SHARED: tuple[Callable[[Any], Any], ...] = (
    option("--json", is_flag=True, expose_value=False, callback=note, allow_from_autoenv=False,
            help="Print results, and errors too, as JSON."),
    option("--quiet", is_flag=True, expose_value=False, callback=note,
            help="Print no notices, warnings or progress."),
    option("-v", "--verbose", is_flag=True, expose_value=False, callback=note,
            help="Print what is done, to find a fault."),
)
BULK = (
    click.argument("sources", metavar="[SOURCE...]", nargs=-1),
    option("--jsonl", "lines", metavar="IN", type=click.File("rb"), allow_from_autoenv=False,
            help="Answer JSON lines instead of sources, `-` for standard input."),
    option("-o", "--output", "target", metavar="FILE", type=FILE_OR_DASH, allow_from_autoenv=False,
            help="File to write, `-` for standard output."),
)
ANSWERS = (
    *BULK[:2],
    option("-o", "--output", "target", metavar="FILE", type=FILE_OR_DASH, allow_from_autoenv=False,
            help="With --jsonl: file to write the answers to.  [default: standard output]"),
)
"""As `BULK`, of commands that print what they find in sources."""
# fmt: on


def takes(*settings: str, before: Sequence[Any] = ()) -> Callable[[Wrapped], Wrapped]:
    """The options of those settings, and the ones that every command has."""
    options = [*before, *(OPTIONS[name] for name in settings)] + [CONFIG] * bool(settings)

    def decorate(command: Wrapped) -> Wrapped:
        for option in reversed([*options, *SHARED]):
            command = option(command)
        return command

    return decorate


def show_result(value: object, text: str) -> None:
    """Print a result as text, or as JSON where `--json` was given."""
    click.echo(as_json(value) if noted(JSON) else text)
