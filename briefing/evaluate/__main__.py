"""`python -m briefing.evaluate`: measure, print, and with `--write` put the figures on record."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from briefing.errors import BriefingError, SettingsError
from briefing.evaluate import (
    attribution,
    claims,
    data,
    hedges,
    pronouns,
    salience,
    scores,
    speed,
)
from briefing.evaluate.report import changes, markdown
from briefing.evaluate.seams import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.evaluate.report import Part


class Head(Protocol):
    """What measures one head of the reader; a module of this package."""

    @property
    def SETS(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """The sets that it reads."""
        ...

    def measure(self, reader: Reader, folder: Path, limit: int | None = None) -> Part:
        """Measure with at most `limit` records of each set in `folder`."""
        ...


PARTS: dict[str, Head] = {
    "attribution": attribution,
    "salience": salience,
    "claims": claims,
    "pronouns": pronouns,
    "hedges": hedges,
    "speed": speed,
}
"""In the order in which they are measured and shown."""

log = logging.getLogger("briefing.evaluate")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure as the command line says.

    Returns:
        The exit code.
    """
    given = parser().parse_args(arguments)
    logging.basicConfig(format="%(asctime)s %(message)s")
    log.setLevel(logging.INFO)
    try:
        evaluate(given.data, tuple(given.only), given.limit, write=given.write)
    except BriefingError as error:
        log.error("%s%s", error.message, f"\nHint: {error.hint}" if error.hint else "")
        return error.exit_code
    return 0


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(prog="python -m briefing.evaluate", description=DESCRIPTION)
    made.add_argument(
        "--data",
        type=Path,
        help=f"folder with the sets; if not given {data.VARIABLE}, else shared/data beside the"
        " checkout",
    )
    made.add_argument(
        "--only",
        type=parts_named,
        default=tuple(PARTS),
        metavar="PART,...",
        help=f"of {', '.join(PARTS)}",
    )
    made.add_argument(
        "--limit", type=count, metavar="N", help="read N records of each set, to try"
    )
    made.add_argument(
        "--write",
        action="store_true",
        help=f"write {scores.FILE} beside the weights, and the tables into {scores.PAGE} there",
    )
    return made


DESCRIPTION = (
    "Measure every head of the reader on texts that people have read, with peers beside it and 95 %"
    " intervals, and say what has changed since the scores on record."
)


def parts_named(names: str) -> tuple[str, ...]:
    """The parts in a list with commas, in their usual order."""
    wanted = [name.strip() for name in names.split(",")]
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no part {', '.join(unknown)}: of {', '.join(PARTS)}")
    return tuple(name for name in PARTS if name in wanted)


def count(number: str) -> int:
    """A number of records; at least one."""
    if not number.isdecimal() or not int(number):
        raise argparse.ArgumentTypeError(f"{number} is not a number from 1 on")
    return int(number)


def evaluate(
    given: Path | None,
    only: Sequence[str],
    limit: int | None,
    *,
    write: bool,
    heads: Mapping[str, Head] = PARTS,
    model: Path | None = None,
) -> None:
    """Measure parts, print them and what has changed, and write them if asked to.

    Args:
        given: Folder with the data; None to look for it.
        only: Parts to measure, of `heads`.
        limit: Most records of each set; None for all.
        write: Whether to put the figures on record.
        heads: What measures each part.
        model: Folder of the model; the shipped one if None.

    Raises:
        BriefingError: If something is missing; before anything is measured where that can be.
    """
    if write and limit is not None:
        raise SettingsError(
            "figures of some records are not put on record", hint="Leave out --limit or --write."
        )
    folder, model = data.folder(given), model or scores.model_folder()
    sets = [name for part in only for name in heads[part].SETS]
    data.require(folder, sets)
    if "salience" in only:
        salience.ready()
    before, files = scores.load(model), scores.files_of(model)
    if write:
        scores.allow(before, files, model, only, tuple(heads))
    parts = measure(folder, {name: heads[name] for name in only}, limit)
    if before is not None and limit is None:
        moved = changes(before.parts, parts) or ["nothing"]
        sys.stdout.write("\n".join(["Changed since the scores on record:", *moved, ""]))
    if write:
        now = scores.gather(parts, files, folder, sets)
        for path in scores.write(model, scores.merge(before, now, tuple(heads))):
            log.info("wrote %s", path)


def measure(folder: Path, heads: Mapping[str, Head], limit: int | None) -> list[Part]:
    """Measure one head after the other, with one reader, and print each when it is done."""
    reader, parts = Reader(), []
    for name, head in heads.items():
        log.info("measuring %s", name)
        parts.append(head.measure(reader, folder, limit))
        sys.stdout.write(f"{markdown(parts[-1:])}\n\n")
        sys.stdout.flush()
    return parts


if __name__ == "__main__":
    sys.exit(main())
