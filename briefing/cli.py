"""The commands: parse, make one call, print.

In: arguments, the environment and `briefing.toml`. Out: paths and results on standard output,
everything else on standard error, and an exit code: 0 done, 1 failed, 2 usage, 3 some of it
failed, 130 interrupted. Everything heavy is imported in the bodies of the commands.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

import click
from click.core import ParameterSource

from briefing import __version__
from briefing.errors import BriefingError
from briefing.settings import FILE_NAME, PAGE_SIZES, Settings, parse_date, parse_formats, read_file

if TYPE_CHECKING:
    from briefing.bulk import Result
    from briefing.document import Document, Span
    from briefing.findings import Findings
    from briefing.pipeline import Desk

Wrapped = TypeVar("Wrapped", bound=Callable[..., Any])

DASH = Path("-")
OUTPUTS = Path("outputs")
FINDINGS = "brief.json"
SENTENCES = 5
SOME_FAILED = 3
INTERRUPTED = 130

# Keys of the notes that a command shares with the group that runs it.
JSON, QUIET, VERBOSE, FILE = (f"briefing.{name}" for name in ("json", "quiet", "verbose", "file"))


class Command(click.Command):
    """A command whose options can stand in the environment: `BRIEFING_TEMPLATE`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context_settings = {"auto_envvar_prefix": "BRIEFING", **self.context_settings}


class Main(click.Group):
    """The whole command line: the one place that turns errors into messages."""

    command_class = Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note first whether errors of parsing, too, are to be told as JSON."""
        ctx.meta[JSON] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; leave with the exit code of what went wrong."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("Interrupted: nothing is left half-written.", err=True)
            ctx.exit(INTERRUPTED)
        except BriefingError as error:
            _tell(error, error.hint)
            ctx.exit(error.exit_code)
        except click.UsageError as error:
            _tell(error, _origin(error))
            raise


def _origin(error: click.UsageError) -> str:
    """Where a wrong value stands, if it is not on the command line."""
    if not isinstance(error, click.BadParameter) or error.ctx is None or error.param is None:
        return ""
    name = error.param.name or ""
    match error.ctx.get_parameter_source(name):
        case ParameterSource.DEFAULT_MAP:
            return f"Correct `{name}` in {error.ctx.meta[FILE]}."
        case ParameterSource.ENVIRONMENT:
            return f"Correct BRIEFING_{name.upper()} in the environment."
    return ""


def _tell(error: BriefingError | click.UsageError, hint: str) -> None:
    """Print an error and what to do; click itself prints the errors of usage."""
    if isinstance(error, BriefingError):
        click.echo(f"Error: {error.message}", err=True)
    if hint:
        click.echo(f"Hint: {hint}", err=True)
    if _noted(JSON):
        line = {"error": type(error).__name__, "message": error.message, "hint": hint}
        click.echo(_json(line | {"exit_code": error.exit_code}), err=True)


def _json(value: object) -> str:
    from briefing.show import as_json

    return as_json(value)


def _noted(key: str) -> bool:
    return bool(click.get_current_context().meta.get(key))


def _note(ctx: click.Context, option: click.Parameter, value: object) -> None:
    ctx.meta[f"briefing.{option.name}"] = value


def _configure(ctx: click.Context, _: click.Parameter, named: Path | None) -> None:
    path = named or Path(FILE_NAME)
    if named or path.exists():
        ctx.meta[FILE] = path
        ctx.default_map = dict(read_file(path))


_BASE = Settings()
_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, allow_dash=True)
_INPUT = click.Path(path_type=Path, allow_dash=True, exists=True, dir_okay=False)
_COUNT = click.IntRange(min=1)


def _option(*names: str, **kwargs: Any) -> Callable[[Any], Any]:
    kwargs.setdefault("show_default", bool(kwargs.get("default")))
    return click.option(*names, **kwargs)


# fmt: off
_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "template": _option("-t", "--template", default=_BASE.template, help="Its name, or a folder."),
    "output": _option("-o", "--output", metavar="DIR", type=_FOLDER,
                      help="Where to write.  [default: outputs/TITLE; render: beside the file]"),
    "formats": _option("--format", "formats", metavar="LIST", type=parse_formats,
                       default=",".join(_BASE.formats), help="What to write."),
    "model": _option("--model", default=_BASE.model, help="The writer; `stub` replaces all models."),
    "focus": _option("--focus", default="", help="What it is to be about."),
    "title": _option("--title", help="Headline.  [default: made from the sources]"),
    "date": _option("--date", metavar="DATE", type=parse_date, help="[default: today]"),
    "page": _option("--page", metavar="|".join(PAGE_SIZES), default=_BASE.page,
                    type=click.Choice(PAGE_SIZES, case_sensitive=False), help="Its size."),
    "pages": _option("--pages", type=_COUNT, help="Most pages.  [default: as the template says]"),
    "language": _option("--language", default=_BASE.language, help="Of the labels."),
    "handling": _option("--handling", default="", help="Mark such as `For internal use`."),
    "force": _option("--force", is_flag=True, help="Overwrite files that a person changed."),
}
_CONFIG = _option("--config", metavar="FILE", type=click.Path(path_type=Path), is_eager=True,
                  expose_value=False, callback=_configure,
                  help=f"Settings.  [default: {FILE_NAME}, if it is there]")
_SHARED: tuple[Callable[[Any], Any], ...] = (
    _option("--json", is_flag=True, expose_value=False, callback=_note, allow_from_autoenv=False,
            help="Print results, and errors too, as JSON."),
    _option("--quiet", is_flag=True, expose_value=False, callback=_note,
            help="Print no notices, warnings or progress."),
    _option("-v", "--verbose", is_flag=True, expose_value=False, callback=_note,
            help="Print what is done, to find a fault."),
)
_BULK = (
    click.argument("sources", metavar="[SOURCE...]", nargs=-1),
    _option("--jsonl", "lines", metavar="IN", type=click.File("rb"), allow_from_autoenv=False,
            help="Answer JSON lines instead of sources, `-` for standard input."),
    _option("-o", "--output", "target", metavar="FILE", type=_FILE, allow_from_autoenv=False,
            help="File to write, `-` for standard output."),
)
# fmt: on


def _takes(*settings: str, before: Sequence[Any] = ()) -> Callable[[Wrapped], Wrapped]:
    """The options of those settings, and the ones that every command has."""
    options = [*before, *(_OPTIONS[name] for name in settings)] + [_CONFIG] * bool(settings)

    def decorate(command: Wrapped) -> Wrapped:
        for option in reversed([*options, *_SHARED]):
            command = option(command)
        return command

    return decorate


@click.group(cls=Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Turn documents into a brief that says who says what, and shows where.

    A SOURCE is a file, a folder, a pattern, or `-` for standard input. Every option can also
    stand in briefing.toml (`template = "one-page"`) or the environment (BRIEFING_TEMPLATE).
    """


@main.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@_takes(*_OPTIONS)
def make(sources: tuple[str, ...], **chosen: Any) -> None:
    """Read sources and write a brief.

    Prints the paths of the files written, that of the PDF last.
    """
    settings = Settings(**chosen)
    with _desk(settings) as desk:
        findings = _read(desk, sources)
        publication = desk.publish(findings, settings.formats)
    _write(None, publication.files, settings, desk, findings, publication.warnings)


@main.command()
@_takes("model", "focus", "title", "date", "language", "force", before=_BULK)
def extract(
    sources: tuple[str, ...], lines: BinaryIO | None, target: Path | None, **chosen: Any
) -> None:
    """Read sources and write all that was found.

    The file can be edited by hand, and rendered as often as you like.
    """
    from briefing import bulk, codec

    _one_of(sources, lines)
    settings = Settings(**chosen)
    with _desk(settings) as desk:
        if lines:
            return _answer(bulk.extract(lines, desk.readings), target)
        findings = _read(desk, sources)
    data = codec.dump_findings(findings)
    if target == DASH:
        sys.stdout.buffer.write(data)
        return _finish(desk, findings.notices)
    if target and not target.is_dir():
        return _write(target.parent, {target.name: data}, settings, desk, findings)
    return _write(target, {FINDINGS: data}, settings, desk, findings)


@main.command()
@click.argument("path", metavar="BRIEF.JSON", type=_INPUT)
@_takes("template", "output", "formats", "page", "pages", "handling", "force")
def render(path: Path, **chosen: Any) -> None:
    """Make a brief of what stands in BRIEF.JSON."""
    from briefing.codec import load_findings

    settings = Settings(**chosen)
    data = sys.stdin.buffer.read() if path == DASH else path.read_bytes()
    findings = load_findings(data, where=str(path))
    folder = settings.output or (None if path == DASH else path.parent)
    formats = settings.formats
    if folder and path.resolve() == (folder / FINDINGS).resolve():
        formats = tuple(name for name in formats if name != "json")
    with _desk(settings) as desk:
        publication = desk.publish(findings, formats)
    _write(folder, publication.files, settings, desk, findings, publication.warnings)


@main.command()
@_option("--words", type=_COUNT, help="As near to so many words as whole sentences allow.")
@_option("--sentences", type=_COUNT, help=f"So many sentences.  [default: {SENTENCES}]")
@_takes("model", "focus", before=_BULK)
def summarise(
    sources: tuple[str, ...],
    words: int | None,
    sentences: int | None,
    lines: BinaryIO | None,
    target: Path | None,
    **chosen: Any,
) -> None:
    """Print the sentences that matter most, as they stand."""
    from briefing import bulk

    _one_of(sources, lines)
    if (words and sentences) or (target and not lines):
        raise click.UsageError("--words excludes --sentences, and -o goes with --jsonl.")
    if not words:
        sentences = sentences or SENTENCES

    def select(documents: Sequence[Document]) -> Sequence[tuple[int, Span]]:
        return desk.summarise(documents, words=words, sentences=sentences)

    with _desk(Settings(**chosen)) as desk:
        if lines:
            return _answer(bulk.summarise(lines, select), target)
        documents, notices = desk.gather(sources, stdin=_stdin(sources))
        selected = select(documents)
    result = bulk.summary(documents, selected)
    _print(result, " ".join(result["summary"].split()))
    return _finish(desk, notices)


@main.group()
def templates() -> None:
    """See which templates there are, and what each takes."""


@templates.command("list")
@_takes()
def list_templates() -> None:
    """List the templates that can be named."""
    from briefing import show, templating

    specs = [templating.load(name) for name in templating.names()]
    _print(specs, show.table((spec.name, spec.description) for spec in specs))


@templates.command("show")
@click.argument("name", default=_BASE.template)
@click.option("--schema", is_flag=True, help="The JSON Schema of the brief that all are given.")
@_takes()
def show_template(name: str, **wanted: bool) -> None:
    """Show what the template NAME takes and prints."""
    from briefing import codec, show, templating

    if wanted["schema"]:
        return click.echo(codec.brief_schema(), nl=False)
    spec = templating.load(name)
    return _print(spec, show.fields(spec, without=("labels",)))


@main.group()
def models() -> None:
    """See which models there are, and whether their files are whole."""


@models.command("list")
@_takes()
def list_models() -> None:
    """List the models that can be named."""
    from briefing import doctor, show

    found = doctor.models()
    _print(found, show.table(model.row() for model in found))


@models.command("show")
@click.argument("name")
@_takes()
def show_model(name: str) -> None:
    """Show what is known of the model NAME."""
    from briefing import doctor, show

    model = doctor.describe(name)
    _print(model, show.fields(model))


@models.command("check")
@click.argument("names", metavar="[NAME...]", nargs=-1)
@_takes()
def check_models(names: tuple[str, ...]) -> None:
    """Compare the files of all models, or of those named, with their digests."""
    from briefing import doctor, show

    found = {name: doctor.check_model(name) for name in names or doctor.model_names()}
    _print(found, show.table(found.items()))


@main.command("doctor")
@_takes("output")
@click.pass_context
def examine(ctx: click.Context, output: Path | None) -> None:
    """Say what is installed, and what to do."""
    from briefing import doctor, show

    checks = doctor.examine(output=output or OUTPUTS)
    _print(checks, show.table(check.row() for check in checks))
    ctx.exit(int(any(check.state == "missing" for check in checks)))


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script that completes commands in SHELL."""
    from click.shell_completion import get_completion_class

    script = cast("type", get_completion_class(shell))
    click.echo(script(main, {}, "briefing", "_BRIEFING_COMPLETE").source())


@contextmanager
def _desk(settings: Settings) -> Iterator[Desk]:
    """The desk, which tells of its work; a test gives `main` another one as `obj`."""
    from briefing.show import progress

    ctx = click.get_current_context()
    if ctx.obj is None:
        from briefing.pipeline import Desk

        ctx.obj = Desk
    with progress(quiet=_noted(QUIET), verbose=_noted(VERBOSE)) as on_progress:
        yield ctx.obj(settings, on_progress)


def _read(desk: Desk, sources: Sequence[str]) -> Findings:
    return desk.read(sources, stdin=_stdin(sources))


def _stdin(sources: Sequence[str]) -> BinaryIO | None:
    return sys.stdin.buffer if str(DASH) in sources else None


def _one_of(sources: Sequence[str], lines: BinaryIO | None) -> None:
    if bool(sources) == bool(lines):
        raise click.UsageError("Name sources, or JSON lines with --jsonl.")


def _write(
    folder: Path | None,
    files: Mapping[str, bytes],
    settings: Settings,
    desk: Desk,
    findings: Findings,
    warnings: Sequence[str] = (),
) -> None:
    """Write `files` where the user said, or in a folder named after the title."""
    from briefing.output import slug, write_all

    folder = folder or settings.output or OUTPUTS / slug(findings.title)
    written = write_all(folder, files, force=settings.force)
    paths = sorted(written, key=lambda path: path.suffix == ".pdf")
    unread = [{"message": failure.message, "hint": failure.hint} for failure in desk.failures]
    told = {"notices": findings.notices, "warnings": warnings, "unread": unread}
    result = {"files": paths, "title": findings.title} | told
    _print(result, "\n".join(map(str, paths)))
    _finish(desk, findings.notices, warnings)


def _answer(results: Iterable[Result], target: Path | None) -> None:
    from briefing import bulk

    path = None if target == DASH else target
    tally = bulk.write(results, path, sys.stdout.buffer)
    if tally.failed:
        click.echo(f"Error: {tally.failed} of {tally.done} lines failed", err=True)
        click.get_current_context().exit(SOME_FAILED)


def _finish(desk: Desk, notices: Sequence[str], warnings: Sequence[str] = ()) -> None:
    """Tell what the user should know; leave with 3 if a source could not be read."""
    if not _noted(QUIET):
        for notice in notices:
            click.echo(f"Notice: {notice}", err=True)
        for warning in warnings:
            click.echo(f"Warning: {warning}", err=True)
    for failure in desk.failures:
        _tell(failure, failure.hint)
    if desk.failures:
        click.get_current_context().exit(SOME_FAILED)


def _print(value: object, text: str) -> None:
    click.echo(_json(value) if _noted(JSON) else text)
