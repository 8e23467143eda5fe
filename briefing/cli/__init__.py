"""The commands: parse, make one call, print.

In: arguments, the environment and `briefing.toml`. Out: paths and results on standard output,
everything else on standard error, and an exit code: 0 done, 1 failed or not as it should be,
2 usage, 3 some of it failed, 4 not checked, 130 interrupted. Everything heavy is imported in the
bodies of the commands.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from briefing import __version__
from briefing.cli.batch import batch
from briefing.cli.evidence import check, proof, verify
from briefing.cli.frame import (
    ANSWERS,
    BULK,
    COUNT,
    DASH,
    FINDINGS,
    INPUT,
    OPTIONS,
    OUTPUTS,
    PRINTING,
    SENTENCES,
    Main,
    flagged,
    folder_set,
    given,
    option,
    show_result,
    takes,
)
from briefing.cli.models import models
from briefing.cli.running import (
    answer,
    desk_of,
    finish,
    one_of,
    only_lines,
    read,
    standard_input,
    stdin_of,
    write,
)
from briefing.cli.templates import templates
from briefing.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.document import Document, Span


@click.group(cls=Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Turn documents into a brief that says who says what, and shows where.

    A SOURCE is a file, a folder, a pattern, or `-` for standard input. The options of a command
    that takes --config can also stand in that file, briefing.toml (`template = "one-page"`), or in
    the environment (BRIEFING_TEMPLATE).
    """


@main.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@takes(*OPTIONS)
def make(sources: tuple[str, ...], **chosen: Any) -> None:
    """Read sources and write a brief.

    Prints the paths of the files written, that of the PDF last.
    """
    settings = Settings(**chosen)
    with desk_of(settings) as desk:
        desk.ready(settings.formats)
        findings = read(desk, sources)
        publication = desk.publish(findings, settings.formats)
    write(None, publication.files, settings, desk, findings, publication.warnings)


@main.command()
@takes("model", "allow_remote", "focus", "title", "date", "language", "force", before=BULK)
def extract(
    sources: tuple[str, ...], lines: BinaryIO | None, target: Path | None, **chosen: Any
) -> None:
    """Read sources and write all that was found.

    The file can be edited by hand, and rendered as often as you like.
    """
    from briefing import bulk, codec

    one_of(sources, lines)
    settings = Settings(output=folder_set(), **chosen)
    with desk_of(settings) as desk:
        if lines:
            return answer(bulk.extract(lines, desk.readings), lines, target, settings)
        findings = read(desk, sources)
    data = codec.dump_findings(findings)
    if target == DASH:
        sys.stdout.buffer.write(data)
        return finish(desk, findings.notices)
    if target and not target.is_dir():
        return write(target.parent, {target.name: data}, settings, desk, findings)
    return write(target, {FINDINGS: data}, settings, desk, findings)


@main.command()
@click.argument("path", metavar="BRIEF.JSON", type=INPUT)
@takes(*PRINTING)
def render(path: Path, **chosen: Any) -> None:
    """Make a brief of what stands in BRIEF.JSON."""
    from dataclasses import replace

    from briefing.codec import load_findings

    settings = Settings(**chosen)
    data = standard_input().read() if path == DASH else path.read_bytes()
    findings = load_findings(data, where=str(path))
    if given("language"):
        findings = replace(findings, language=settings.language)
    settings = replace(settings, language=findings.language)
    folder = settings.output or (None if path == DASH else path.parent)
    formats = settings.formats
    if folder and path.resolve() == (folder / FINDINGS).resolve():
        formats = tuple(name for name in formats if name != "json")
    with desk_of(settings) as desk:
        publication = desk.publish(findings, formats)
    write(folder, publication.files, settings, desk, findings, publication.warnings)


@main.command()
@option("--words", type=COUNT, help="As near to so many words as whole sentences allow.")
@option("--sentences", type=COUNT, help=f"So many sentences.  [default: {SENTENCES}]")
@takes("model", "focus", "force", before=ANSWERS)
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

    one_of(sources, lines)
    only_lines(target, lines)
    if words and sentences and flagged("words") == flagged("sentences"):
        raise click.UsageError("--words excludes --sentences.")
    if flagged("sentences"):
        words = None
    sentences = None if words else sentences or SENTENCES

    def select(
        documents: Sequence[Document], focus: str | None = None
    ) -> Sequence[tuple[int, Span]]:
        return desk.summarise(documents, words=words, sentences=sentences, focus=focus)

    settings = Settings(**chosen)
    with desk_of(settings) as desk:
        if lines:
            return answer(bulk.summarise(lines, select), lines, target, settings)
        documents, notices = desk.gather(sources, stdin=stdin_of(sources))
        selected = select(documents)
    result = bulk.summary(documents, selected)
    show_result(result, " ".join(result["summary"].split()))
    return finish(desk, notices)


@main.command()
@option("--most", type=COUNT, help="So many, the most worthy first.  [default: all]")
@takes("model", "force", before=ANSWERS)
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

    one_of(sources, lines)
    only_lines(target, lines)
    if lines and flagged("most"):
        raise click.UsageError("--most goes with sources, not with --jsonl.")
    settings = Settings(**chosen)
    with desk_of(settings) as desk:
        if lines:
            return answer(bulk.claims(lines, desk.worth), lines, target, settings)
        documents, notices = desk.gather(sources, stdin=stdin_of(sources))
        result = bulk.ranked(*desk.readable(documents))[:most]
    rows = (
        (f"{each['score']:.2f}", ", ".join(each["holders"]), " ".join(each["claim"].split()))
        for each in result
    )
    show_result(result, show.table(rows))
    return finish(desk, notices)


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


for each in (check, proof, verify, batch, templates, models):
    main.add_command(each)
