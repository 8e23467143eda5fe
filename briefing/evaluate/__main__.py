"""`python -m briefing.evaluate`: measure, print, and with `--write` put the figures on record."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from briefing.errors import BriefingError, SettingsError
from briefing.evaluate import (
    attribution,
    claims,
    contrasts,
    data,
    focus,
    hedges,
    points,
    pronouns,
    redundancy,
    salience,
    scores,
    speed,
    supported,
    verdicts,
)
from briefing.evaluate.report import changes, markdown
from briefing.evaluate.seams import Reader, Support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.evaluate.report import Part

Measured = TypeVar("Measured", contravariant=True)


class Head(Protocol[Measured]):
    """What measures one part of a model; a module of this package."""

    @property
    def SETS(self) -> tuple[str, ...]:  # noqa: N802 - a constant of the module
        """The sets that it reads."""
        ...

    def measure(self, measured: Measured, folder: Path, limit: int | None = None, /) -> Part:
        """Measure with at most `limit` records of each set in `folder`."""
        ...


@dataclass(frozen=True, slots=True)
class Model:
    """What is measured of one model.

    Attributes:
        parts: What measures each part, in the order in which they are measured and shown.
        opened: Makes what all of them measure.
    """

    parts: Mapping[str, Head[Any]]
    opened: Callable[[], Any]


PARTS: dict[str, Head[Reader]] = {
    "attribution": attribution,
    "salience": salience,
    "redundancy": redundancy,
    "claims": claims,
    "pronouns": pronouns,
    "hedges": hedges,
    "speed": speed,
}
"""Of the reader."""
SUPPORT: dict[str, Head[Support]] = {
    "points": points,
    "verdicts": verdicts,
    "supported": supported,
    "contrasts": contrasts,
    "focus": focus,
}
"""Of the judge of pairs; what a user asks for is found by rules, and measured on its page."""
READER = "reader"
MODELS = {READER: Model(PARTS, Reader), "support": Model(SUPPORT, Support)}
"""By the names of their folders."""

log = logging.getLogger("briefing.evaluate")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure as the command line says.

    Returns:
        The exit code.
    """
    usage = parser()
    given = usage.parse_args(arguments)
    try:
        only = parts_named(given.only, MODELS[given.model].parts)
    except ValueError as error:
        usage.error(str(error))
    logging.basicConfig(format="%(asctime)s %(message)s")
    log.setLevel(logging.INFO)
    try:
        evaluate(given.data, only, given.limit, write=given.write, name=given.model)
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
        "--model", choices=MODELS, default=READER, help="what to measure; if not given the reader"
    )
    known = "; of ".join(f"{name}: {', '.join(model.parts)}" for name, model in MODELS.items())
    made.add_argument("--only", metavar="PART,...", help=f"parts, of {known}")
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
    "Measure every part of a model on texts that people have read, with peers beside it and 95 %"
    " intervals, and say what has changed since the scores on record."
)


def parts_named(names: str | None, known: Mapping[str, object]) -> tuple[str, ...]:
    """The parts in a list with commas, in their usual order; all of them if None.

    Raises:
        ValueError: If one is not among those `known`.
    """
    wanted = [*known] if names is None else [name.strip() for name in names.split(",")]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise ValueError(f"no part {', '.join(unknown)}: of {', '.join(known)}")
    return tuple(name for name in known if name in wanted)


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
    name: str = READER,
    model: Model | None = None,
    place: Path | None = None,
) -> None:
    """Measure parts, print them and what has changed, and write them if asked to.

    Args:
        given: Folder with the data; None to look for it.
        only: Parts to measure, of the model's.
        limit: Most records of each set; None for all.
        write: Whether to put the figures on record.
        name: Of the model, in `MODELS`.
        model: What is measured of it; as there if None.
        place: Its folder; the shipped one if None.

    Raises:
        BriefingError: If something is missing; before anything is measured where that can be.
    """
    if write and limit is not None:
        raise SettingsError(
            "figures of some records are not put on record", hint="Leave out --limit or --write."
        )
    folder = data.folder(given)
    model, place = model or MODELS[name], place or scores.model_folder(name)
    every = tuple(model.parts)
    sets = [each for part in only for each in model.parts[part].SETS]
    data.require(folder, sets)
    if {"salience", "redundancy"} & {*only}:
        salience.ready()
    before, files = scores.load(place), scores.files_of(place)
    if write:
        scores.allow(before, files, place, only, every)
    parts = measure(folder, model, only, limit)
    if before is not None and limit is None:
        moved = changes(before.parts, parts) or ["nothing"]
        sys.stdout.write("\n".join(["Changed since the scores on record:", *moved, ""]))
    if write:
        now = scores.gather(parts, files, folder, sets)
        for path in scores.write(place, scores.merge(before, now, every)):
            log.info("wrote %s", path)


def measure(folder: Path, model: Model, only: Sequence[str], limit: int | None) -> list[Part]:
    """Measure one part after the other, loading once, and print each when it is done."""
    measured, parts = model.opened(), []
    for name in only:
        log.info("measuring %s", name)
        parts.append(model.parts[name].measure(measured, folder, limit))
        sys.stdout.write(f"{markdown(parts[-1:])}\n\n")
        sys.stdout.flush()
    return parts


if __name__ == "__main__":
    sys.exit(main())
