"""What commands that make something share: the desk, standard input, writing, telling.

In: settings, and what a command made. Out: files, paths on standard output, notices on standard
error, and the exit code: 1 where a verdict is not good, else 3 where a part of it failed.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import click

from briefing.cli.frame import (
    DASH,
    NOT_HELD,
    OUTPUTS,
    QUIET,
    SOME_FAILED,
    VERBOSE,
    noted,
    show_result,
    tell,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from briefing.bulk import Result
    from briefing.findings import Findings
    from briefing.pipeline import Desk
    from briefing.settings import Settings


@contextmanager
def desk_of(settings: Settings) -> Iterator[Desk]:
    """The desk, which tells of its work; a test gives `main` another one as `obj`."""
    from briefing.show import progress

    ctx = click.get_current_context()
    if ctx.obj is None:
        from briefing.pipeline import Desk

        ctx.obj = Desk
    with progress(quiet=noted(QUIET), verbose=noted(VERBOSE)) as on_progress:
        yield ctx.obj(settings, on_progress)


def read(desk: Desk, sources: Sequence[str]) -> Findings:
    """All that was found in `sources`."""
    return desk.read(sources, stdin=stdin_of(sources))


def stdin_of(sources: Sequence[str]) -> BinaryIO | None:
    """Standard input where one of `sources` is it."""
    return standard_input() if str(DASH) in sources else None


def standard_input() -> BinaryIO:
    """Standard input as bytes; empty where it is closed."""
    return sys.stdin.buffer if sys.stdin else BytesIO()


def one_of(sources: Sequence[str], lines: BinaryIO | None) -> None:
    """Refuse a call that names both sources and JSON lines, or neither."""
    if bool(sources) == bool(lines):
        raise click.UsageError("Name sources, or JSON lines with --jsonl.")


def only_lines(target: Path | None, lines: BinaryIO | None) -> None:
    """Refuse a file for what goes to standard output."""
    if target and not lines:
        raise click.UsageError(
            "-o takes the answers to --jsonl; what is found in sources goes to standard output:"
            f" write `> {target}` instead."
        )


def write(
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
    finish(desk, findings.notices, warnings)


def answer(
    results: Iterable[Result], lines: BinaryIO, target: Path | None, settings: Settings
) -> None:
    """Write the answers to JSON `lines`; leave with 3 if one is an error.

    Raises:
        OutputError: If they would replace the lines themselves, or what was not written here.
    """
    from briefing import bulk
    from briefing.errors import OutputError
    from briefing.output import is_open_as

    path = None if target == DASH else target
    if path and is_open_as(lines, path):
        raise OutputError(f"{path} is what is read", hint="Choose another file with -o.")
    tally = bulk.write(results, path, sys.stdout.buffer, force=settings.force)
    if tally.failed:
        click.echo(f"Error: {tally.failed} of {tally.done} lines failed", err=True)
        click.get_current_context().exit(SOME_FAILED)


def finish(
    desk: Desk, notices: Sequence[str], warnings: Sequence[str] = (), *, holds: bool = True
) -> None:
    """Tell what the user should know, and leave with the exit code.

    Args:
        desk: What was at work; a source that it could not read makes the code 3.
        notices: What happened to sources on the way.
        warnings: What is to be known of the pages.
        holds: The verdict, of a command that gives one; if not, the code is 1 whatever was read.
    """
    unread = {failure.notice for failure in desk.failures}
    if not noted(QUIET):
        for notice in notices:
            if notice not in unread:  # which is told as an error
                click.echo(f"Notice: {notice}", err=True)
        for warning in warnings:
            click.echo(f"Warning: {warning}", err=True)
    for failure in desk.failures:
        tell(failure, failure.hint)
    if not holds:
        click.get_current_context().exit(NOT_HELD)
    if desk.failures:
        click.get_current_context().exit(SOME_FAILED)
