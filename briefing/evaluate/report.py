"""What was measured, as records and as tables in Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefing.evaluate.bootstrap import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """One system, and its figures by column; a column may be missing."""

    name: str
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Table:
    """Systems side by side; the one that ships stands first.

    Attributes:
        title: What is measured, and in what.
        columns: In order.
        rows: The systems.
        counts: Of records and of what is in them, by name.
        note: How it is counted; what to beware of.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    counts: dict[str, int] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One head of the reader.

    Attributes:
        name: As given to `--only`.
        tables: What was measured.
        skipped: What could not be, and why.
    """

    name: str
    tables: tuple[Table, ...]
    skipped: tuple[str, ...] = ()


def markdown(parts: Sequence[Part]) -> str:
    """All tables, each with its counts and notes."""
    return "\n\n".join(block for part in parts for block in _blocks(part))


def flat(parts: Sequence[Part]) -> dict[tuple[str, str, str, str], Figure]:
    """Every figure by its part, table, row and column."""
    return {
        (part.name, table.title, row.name, column): number
        for part in parts
        for table in part.tables
        for row in table.rows
        for column, number in row.figures.items()
    }


def changes(before: Sequence[Part], now: Sequence[Part], *, least: float = 0.1) -> list[str]:
    """The figures that moved by `least` or more, one a line: how they were, and how they are."""
    old, new = flat(before), flat(now)
    return [
        f"{', '.join(place)}: {old[place].value:.1f} → {new[place]}"
        for place in new
        if place in old and abs(new[place].value - old[place].value) >= least
    ]


def _blocks(part: Part) -> Iterator[str]:
    yield f"### {part.name.capitalize()}"
    for table in part.tables:
        counts = ", ".join(f"{count:,} {name}" for name, count in table.counts.items())
        yield f"**{table.title}**" + (f" ({counts})" if counts else "")
        yield _grid(table)
        if table.note:
            yield table.note
    for reason in part.skipped:
        yield f"Not measured: {reason}"


def _grid(table: Table) -> str:
    lines = [["", *table.columns]]
    for row in table.rows:
        cells = (row.figures.get(column) for column in table.columns)
        lines.append([row.name, *("" if cell is None else str(cell) for cell in cells)])
    widths = [max(3, *map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )
