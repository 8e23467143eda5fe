"""Results for people and for programs: tables, JSON, and progress on a terminal.

In: records and rows of text. Out: text to print; nothing is printed here but the progress.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Progress = Callable[[str, int, int], None]


def table(rows: Iterable[Sequence[str]]) -> str:
    """Columns as wide as they need to be, the last one open."""
    cells = list(rows)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def fields(record: object, *, without: Sequence[str] = ()) -> str:
    """The fields of a record, one a line; sentences and tables have a line for each item."""
    import msgspec

    named = msgspec.to_builtins(record, enc_hook=str)
    return table(
        (name if number == 0 else "", line)
        for name, value in named.items()
        if name not in without
        for number, line in enumerate(_lines(value))
    )


def as_json(value: object) -> str:
    """Records, paths and plain values as one line of JSON."""
    import msgspec

    return msgspec.json.encode(value, enc_hook=str).decode()


@contextmanager
def progress(*, quiet: bool, verbose: bool) -> Iterator[Progress | None]:
    """Show progress as long as the block runs; None where standard error is no terminal.

    Args:
        quiet: Show none.
        verbose: Show none, and print the package's log instead.

    Yields:
        What is to be called with the stage, how many are done, and how many there are (0 if
        that is not known).
    """
    if verbose:
        with _logging():
            yield None
        return
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield show


@contextmanager
def _logging() -> Iterator[None]:
    """Print what the package logs as long as the block runs."""
    import logging

    log, handler = logging.getLogger("briefing"), logging.StreamHandler()
    level = log.level
    log.setLevel(logging.DEBUG)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)


def _lines(value: object) -> Sequence[str]:
    if isinstance(value, dict):
        return [
            f"{name} {line}" if number == 0 else f"  {line}"
            for name, each in value.items()
            for number, line in enumerate(_lines(each))
        ]
    if isinstance(value, list | tuple):
        if any(isinstance(item, dict | list) for item in value):
            return [line for item in value for line in _lines(item)]
        items = [str(item) for item in value]
        return items if any(" " in item for item in items) else [", ".join(items)]
    return ["" if value is None else str(value)]
