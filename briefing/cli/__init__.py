"""The commands: parse, make one call, print.

In: arguments, the environment and `briefing.toml`. Out: paths and results on standard output,
everything else on standard error, and an exit code: 0 done, 1 failed, 2 usage, 3 some of it
failed, 130 interrupted. Everything heavy is imported in the bodies of the commands.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from briefing import __version__
from briefing.cli.frame import (
    BASE,
    BULK,
    COUNT,
    DASH,
    FINDINGS,
    INPUT,
    NOT_CHECKED,
    OPTIONS,
    OUTPUTS,
    QUIET,
    SENTENCES,
    SOME_FAILED,
    VERBOSE,
    Main,
    folder_set,
    noted,
    option,
    show_result,
    takes,
    tell,
)
from briefing.errors import BriefingError, SourceError
from briefing.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from briefing.bulk import Result
    from briefing.document import Document, Span
    from briefing.findings import Findings
    from briefing.pipeline import Desk


@click.group(cls=Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Turn documents into a brief that says who says what, and shows where.

    A SOURCE is a file, a folder, a pattern, or `-` for standard input. Every option can also
    stand in briefing.toml (`template = "one-page"`) or the environment (BRIEFING_TEMPLATE).
    """


@main.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@takes(*OPTIONS)
def make(sources: tuple[str, ...], **chosen: Any) -> None:
    """Read sources and write a brief.

    Prints the paths of the files written, that of the PDF last.
    """
    settings = Settings(**chosen)
    with _desk(settings) as desk:
        desk.ready(settings.formats)
        findings = _read(desk, sources)
        publication = desk.publish(findings, settings.formats)
    _write(None, publication.files, settings, desk, findings, publication.warnings)


@main.command()
@takes("model", "allow_remote", "focus", "title", "date", "language", "force", before=BULK)
def extract(
    sources: tuple[str, ...], lines: BinaryIO | None, target: Path | None, **chosen: Any
) -> None:
    """Read sources and write all that was found.

    The file can be edited by hand, and rendered as often as you like.
    """
    from briefing import bulk, codec

    _one_of(sources, lines)
    settings = Settings(output=folder_set(), **chosen)
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
@click.argument("path", metavar="BRIEF.JSON", type=INPUT)
@takes("template", "output", "formats", "page", "pages", "handling", "force")
def render(path: Path, **chosen: Any) -> None:
    """Make a brief of what stands in BRIEF.JSON."""
    from briefing.codec import load_findings

    settings = Settings(**chosen)
    data = _standard_input().read() if path == DASH else path.read_bytes()
    findings = load_findings(data, where=str(path))
    folder = settings.output or (None if path == DASH else path.parent)
    formats = settings.formats
    if folder and path.resolve() == (folder / FINDINGS).resolve():
        formats = tuple(name for name in formats if name != "json")
    with _desk(settings) as desk:
        publication = desk.publish(findings, formats)
    _write(folder, publication.files, settings, desk, findings, publication.warnings)


@main.command()
@option("--words", type=COUNT, help="As near to so many words as whole sentences allow.")
@option("--sentences", type=COUNT, help=f"So many sentences.  [default: {SENTENCES}]")
@takes("model", "focus", before=BULK)
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

    def select(
        documents: Sequence[Document], focus: str | None = None
    ) -> Sequence[tuple[int, Span]]:
        return desk.summarise(documents, words=words, sentences=sentences, focus=focus)

    with _desk(Settings(**chosen)) as desk:
        if lines:
            return _answer(bulk.summarise(lines, select), target)
        documents, notices = desk.gather(sources, stdin=_stdin(sources))
        selected = select(documents)
    result = bulk.summary(documents, selected)
    show_result(result, " ".join(result["summary"].split()))
    return _finish(desk, notices)


@main.command()
@option("--most", type=COUNT, help="So many, the most worthy first.  [default: all]")
@takes("model", before=BULK)
def claims(
    sources: tuple[str, ...],
    most: int | None,
    lines: BinaryIO | None,
    target: Path | None,
    **chosen: Any,
) -> None:
    """Print what is said, the most worth checking first, and who says it.

    The score is how likely somebody who checks facts would choose it, 0 to 1; not whether it is
    true.
    """
    from briefing import bulk, show

    _one_of(sources, lines)
    if (most and lines) or (target and not lines):
        raise click.UsageError("--most goes with sources, and -o with --jsonl.")
    with _desk(Settings(**chosen)) as desk:
        if lines:
            return _answer(bulk.claims(lines, desk.worth), target)
        documents, notices = desk.gather(sources, stdin=_stdin(sources))
        result = bulk.ranked(documents, desk.readings(documents))[:most]
    rows = (
        (f"{each['score']:.2f}", ", ".join(each["holders"]), " ".join(each["claim"].split()))
        for each in result
    )
    show_result(result, show.table(rows))
    return _finish(desk, notices)


@main.command()
@click.argument("text", metavar="[TEXT]", required=False)
@option("--against", multiple=True, metavar="SOURCE...", help="What the text should rest on.")
@click.argument("more", metavar="", nargs=-1)
@takes("model", before=BULK[1:])
def check(
    text: str | None,
    against: tuple[str, ...],
    more: tuple[str, ...],
    lines: BinaryIO | None,
    target: Path | None,
    **chosen: Any,
) -> None:
    """Say of every sentence of TEXT whether the sources carry it, and where.

    TEXT is a file of any kind that sources may be, or `-`; it stands first. The exit code is 0 if all
    is supported, 1 if something is not, 4 if it could not be checked.
    """
    from briefing import bulk
    from briefing.cli import verdicts

    if bool(text) == bool(lines) or bool(text) != bool(against) or (target and not lines):
        raise click.UsageError("Name TEXT --against SOURCE..., or JSON lines with --jsonl.")
    try:
        with _desk(Settings(**chosen)) as desk:
            if lines:
                return _answer(bulk.check(lines, desk.answers), target)
            texts, _ = desk.gather([str(text)], stdin=_stdin([str(text)]))
            if len(texts) != 1:
                raise SourceError(f"{text} holds {len(texts)} texts", hint="Name one of them.")
            (document,) = texts
            sources = (*against, *more)
            documents, notices = desk.gather(sources, stdin=_stdin(sources))
            found = desk.check(document, documents)
    except BriefingError as error:
        tell(error, error.hint)
        click.get_current_context().exit(NOT_CHECKED)
    show_result(verdicts.as_record(found, documents), verdicts.as_text(found, documents))
    _finish(desk, notices)
    if not verdicts.all_supported(found):
        click.get_current_context().exit(1)
    return None


@main.group()
def templates() -> None:
    """See which templates there are, and what each takes."""


@templates.command("list")
@takes()
def list_templates() -> None:
    """List the templates that can be named."""
    from briefing import show, templating

    specs = [templating.load(name) for name in templating.names()]
    show_result(specs, show.table((spec.name, spec.description) for spec in specs))


@templates.command("show")
@click.argument("name", default=BASE.template)
@click.option("--schema", is_flag=True, help="The JSON Schema of the brief that all are given.")
@takes()
def show_template(name: str, **wanted: bool) -> None:
    """Show what the template NAME takes and prints."""
    from briefing import codec, show, templating

    if wanted["schema"]:
        return click.echo(codec.brief_schema(), nl=False)
    spec = templating.load(name)
    return show_result(spec, show.fields(spec, without=("labels",)))


@main.group()
def models() -> None:
    """See which models there are, and whether their files are whole."""


@models.command("list")
@takes()
def list_models() -> None:
    """List the models that can be named."""
    from briefing import doctor, show

    found = doctor.models()
    show_result(found, show.table(model.row() for model in found))


@models.command("show")
@click.argument("name")
@takes()
def show_model(name: str) -> None:
    """Show what is known of the model NAME."""
    from briefing import doctor, show

    model = doctor.describe(name)
    show_result(model, show.fields(model))


@models.command("check")
@click.argument("names", metavar="[NAME...]", nargs=-1)
@takes()
def check_models(names: tuple[str, ...]) -> None:
    """Compare the files of all models, or of those named, with their digests."""
    from briefing import doctor, show

    found = {name: doctor.check_model(name) for name in names or doctor.model_names()}
    show_result(found, show.table(found.items()))


@models.command("pull")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Fetch without asking.")
@takes()
def pull_model(name: str, **agreed: bool) -> None:
    """Fetch the model NAME from the Hugging Face hub; no other command uses a network unasked."""
    from briefing import hub
    from briefing.show import progress

    plan = hub.plan(name)
    click.echo(plan.told(), err=True)
    if not agreed["yes"]:
        if not sys.stdin or not sys.stdin.isatty():
            raise click.UsageError("This is no terminal to ask in: agree with --yes.")
        if not click.confirm("Fetch it?", err=True):
            return click.echo("Nothing was fetched.", err=True)
    with progress(quiet=noted(QUIET), verbose=noted(VERBOSE)) as on_progress:
        pulled = hub.pull(plan, on_progress)
    return show_result(pulled, f"hf:{pulled.name}")


@main.command("doctor")
@takes("output")
@click.pass_context
def examine(ctx: click.Context, output: Path | None) -> None:
    """Say what is installed, and what to do."""
    from briefing import doctor, show

    checks = doctor.examine(output=output or OUTPUTS)
    show_result(checks, show.table(check.row() for check in checks))
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
    with progress(quiet=noted(QUIET), verbose=noted(VERBOSE)) as on_progress:
        yield ctx.obj(settings, on_progress)


def _read(desk: Desk, sources: Sequence[str]) -> Findings:
    return desk.read(sources, stdin=_stdin(sources))


def _stdin(sources: Sequence[str]) -> BinaryIO | None:
    return _standard_input() if str(DASH) in sources else None


def _standard_input() -> BinaryIO:
    """Standard input as bytes; empty where it is closed."""
    return sys.stdin.buffer if sys.stdin else BytesIO()


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
    from briefing.output import digest_of, own_folder, slug, write_all

    sources = digest_of(document.sha256 for document in findings.documents)
    chosen = folder or settings.output
    folder = chosen or own_folder(OUTPUTS, slug(findings.title), sources)
    written = write_all(folder, files, force=settings.force, sources=sources)
    paths = sorted(written, key=lambda path: path.suffix == ".pdf")
    unread = [{"message": failure.message, "hint": failure.hint} for failure in desk.failures]
    told = {"notices": findings.notices, "warnings": warnings, "unread": unread}
    result = {"files": paths, "title": findings.title} | told
    show_result(result, "\n".join(map(str, paths)))
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
    if not noted(QUIET):
        for notice in notices:
            click.echo(f"Notice: {notice}", err=True)
        for warning in warnings:
            click.echo(f"Warning: {warning}", err=True)
    for failure in desk.failures:
        tell(failure, failure.hint)
    if desk.failures:
        click.get_current_context().exit(SOME_FAILED)
