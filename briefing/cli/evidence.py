"""The commands that show whether words rest on their sources: of a text, a brief, a finished PDF."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import click

from briefing.cli.frame import (
    ANSWERS,
    DASH,
    FILE_OR_DASH,
    INPUT,
    NOT_CHECKED,
    Command,
    option,
    show_result,
    takes,
    tell,
)
from briefing.cli.running import answer, desk_of, finish, only_lines, standard_input, stdin_of
from briefing.errors import WRONG_USAGE, BriefingError, SourceError
from briefing.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

SHEET = "proof.html"
COLOURS = {"ok": "green", "edited": "yellow", "extra": "yellow"}


@click.command(cls=Command)
@click.argument("text", metavar="[TEXT]", required=False)
@option("--against", multiple=True, metavar="SOURCE...", help="What the text should rest on.")
@click.argument("more", metavar="", nargs=-1)
@takes("model", "force", before=ANSWERS[1:])
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
    is supported; 1 if something is not, whatever else went wrong; 2 for wrong usage; 3 if all is
    supported, but a source could not be read; 4 if nothing could be checked. With --jsonl, verdicts
    do not count: it is 3 if a line failed.
    """
    from briefing import bulk
    from briefing.cli import verdicts

    if bool(text) == bool(lines) or bool(text) != bool(against):
        raise click.UsageError("Name TEXT --against SOURCE..., or JSON lines with --jsonl.")
    only_lines(target, lines)
    settings = Settings(**chosen)
    try:
        with desk_of(settings) as desk:
            if lines:
                return answer(bulk.check(lines, desk.answers), lines, target, settings)
            texts, _ = desk.gather([str(text)], stdin=stdin_of([str(text)]))
            if len(texts) != 1:
                raise SourceError(f"{text} holds {len(texts)} texts", hint="Name one of them.")
            (document,) = texts
            sources = (*against, *more)
            documents, notices = desk.gather(sources, stdin=stdin_of(sources))
            documents, found = desk.check(document, documents)
    except BriefingError as error:
        not_checked(error)
    show_result(verdicts.as_record(found, documents), verdicts.as_text(found, documents))
    return finish(desk, notices, holds=verdicts.all_supported(found))


@click.command(cls=Command)
@click.argument("path", metavar="BRIEF.JSON", type=INPUT)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    type=FILE_OR_DASH,
    allow_from_autoenv=False,
    help=f"File to write, `-` for standard output.  [default: {SHEET}, beside BRIEF.JSON]",
)
@takes("template", "options", "page", "pages", "handling", "force")
def proof(path: Path, target: Path | None, **chosen: Any) -> None:
    """Set every printed sentence of a brief beside its source, with the evidence marked.

    What is printed depends on the template: name the one that the brief is for.
    """
    from briefing.codec import load_findings
    from briefing.output import write_all
    from briefing.render.proof import render_proof

    settings = Settings(output=None, **chosen)
    data = standard_input().read() if path == DASH else path.read_bytes()
    findings = load_findings(data, where=str(path))
    with desk_of(settings) as desk:
        brief = desk.composed(findings)
    sheet = render_proof(findings, brief).encode()
    if target is None:
        target = Path(SHEET) if path == DASH else path.parent / SHEET
    if target == DASH:
        sys.stdout.buffer.write(sheet)
        return
    (written,) = write_all(target.parent, {target.name: sheet}, force=settings.force)
    show_result({"files": [written], "title": findings.title}, str(written))


@click.command(cls=Command)
@click.argument("path", metavar="BRIEF.PDF", type=INPUT)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@takes()
def verify(path: Path, sources: Sequence[str]) -> None:
    """Check a finished PDF once more: its record, its sources' digests, its quotations.

    The exit code is 0 if all of it holds; 1 if something does not, whatever else went wrong; 2 for
    wrong usage; 3 if all holds, but a source could not be read; 4 if nothing could be checked.
    """
    import msgspec

    from briefing.reverify import as_text, reverify

    data = standard_input().read() if path == DASH else path.read_bytes()
    try:
        with desk_of(Settings()) as desk:
            documents, notices = desk.gather(sources, stdin=stdin_of(sources))
        found = reverify(data, documents, where=str(path))
    except BriefingError as error:
        not_checked(error)
    show_result({"holds": found.holds, **msgspec.to_builtins(found)}, as_text(found, style=styled))
    finish(desk, notices, holds=found.holds)


def not_checked(error: BriefingError) -> NoReturn:
    """Leave without a verdict; what the user named wrong is told as everywhere."""
    if error.exit_code == WRONG_USAGE:
        raise error
    tell(error, error.hint)
    click.get_current_context().exit(NOT_CHECKED)


def styled(text: str, state: str) -> str:
    """The colour of a state, on a terminal."""
    return click.style(text, fg=COLOURS.get(state, "red"))
