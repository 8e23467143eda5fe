"""The file of scores beside the weights, and the tables in the README there.

In: what was measured. Out: `scores.json`, which says of which weights, versions and data the
figures are, and `README.md` with the same as tables between two marks.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import msgspec

from briefing import __version__
from briefing.errors import SettingsError
from briefing.evaluate import data
from briefing.evaluate.report import Part, markdown
from briefing.output import make_folder, replacing, writing
from briefing.paths import shipped
from briefing.reader.card import read_card

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FILE, PAGE = "scores.json", "README.md"
BEGIN, END = "<!-- scores: begin -->", "<!-- scores: end -->"
FORMAT = "briefing-scores/1"
PACKAGES = ("torch", "spacy", "tokenizers", "numpy", "rouge-score", "sumy")
RUN = "Run: python -m briefing.evaluate --write, with --model for another model than the reader."


@dataclass(frozen=True, slots=True)
class Scores:
    """What stands in `scores.json`.

    Attributes:
        format: `FORMAT`.
        files: Hex SHA-256 of the model's files that were measured, by name.
        versions: Of the package, of what it runs on, and the precision of the layers.
        data: Hex SHA-256 of the sets that were read, by name.
        parts: The figures.
    """

    format: str
    files: dict[str, str]
    versions: dict[str, str]
    data: dict[str, str]
    parts: tuple[Part, ...]

    def measured_on(self, files: dict[str, str]) -> bool:
        """Whether these are scores of the model's `files`."""
        return self.files == files

    def part(self, name: str) -> Part:
        """The part `name`.

        Raises:
            KeyError: If it was not measured.
        """
        return {part.name: part for part in self.parts}[name]


def model_folder(name: str = "reader") -> Path:
    """Where the shipped model `name` lies."""
    return shipped("models") / name


def files_of(folder: Path) -> dict[str, str]:
    """The digests on the card of the model in `folder`."""
    return dict(read_card(folder).files)


def gather(
    parts: Sequence[Part], files: dict[str, str], used: Path, sets: Iterable[str]
) -> Scores:
    """Scores of the model of `files` on `sets` in the folder `used`."""
    return Scores(
        FORMAT,
        files,
        versions(),
        {name: data.digest(used, name) for name in sorted(set(sets))},
        tuple(parts),
    )


def versions() -> dict[str, str]:
    """Of what runs here."""
    from briefing.reader.dense import native_precision

    found = {"briefing": __version__, "python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found | {"precision": native_precision()}


def load(folder: Path) -> Scores | None:
    """The scores beside the model in `folder`; None where there are none.

    Raises:
        SettingsError: If the file is not such a one.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Scores)
    except (OSError, msgspec.DecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}", hint=RUN) from error


def allow(
    before: Scores | None,
    files: dict[str, str],
    folder: Path,
    names: Sequence[str],
    every: Sequence[str],
) -> None:
    """See, before anything is measured, that the parts `names` can be put on record.

    Args:
        before: The scores on record, if there are any.
        files: The model's, with their digests.
        folder: The model's.
        names: Parts to be measured.
        every: All parts that there are.

    Raises:
        SettingsError: If parts are lacking, as those on record are of other weights or missing;
            or if the page lacks the marks for the tables.
    """
    kept = kept_parts(before, files)
    missing = [name for name in every if name not in names and name not in kept]
    if missing:
        raise SettingsError(
            f"there are no scores of these weights for {', '.join(missing)}",
            hint="Measure every part: leave out --only.",
        )
    page(folder, "")


def kept_parts(before: Scores | None, files: dict[str, str]) -> dict[str, Part]:
    """The parts on record by name, if they are of the model's `files`."""
    if before is None or not before.measured_on(files):
        return {}
    return {part.name: part for part in before.parts}


def merge(before: Scores | None, now: Scores, every: Sequence[str]) -> Scores:
    """The scores of `now`, and of `before` the parts of the same weights not measured again."""
    kept = kept_parts(before, now.files)
    parts = kept | {part.name: part for part in now.parts}
    data = (before.data if before and kept else {}) | now.data
    return replace(now, data=data, parts=tuple(parts[name] for name in every if name in parts))


def write(folder: Path, scores: Scores) -> tuple[Path, Path]:
    """Write `scores.json` and the tables in `README.md`.

    Raises:
        SettingsError: If the page lacks the two marks.
        OutputError: If the folder cannot be written.
    """
    pages = {
        folder / FILE: msgspec.json.format(msgspec.json.encode(scores), indent=1) + b"\n",
        folder / PAGE: page(folder, tables(scores)).encode(),
    }
    make_folder(folder)
    for path, content in pages.items():
        with replacing(path) as stream, writing(path):
            stream.write(content)
    return folder / FILE, folder / PAGE


def page(folder: Path, content: str) -> str:
    """The page of the model in `folder` with `content` between the marks.

    Raises:
        SettingsError: If it lacks the two marks.
    """
    path = folder / PAGE
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SettingsError(
            f"{path} has no lines {BEGIN} and {END}", hint="The tables go between the two."
        )
    return f"{before}{BEGIN}\n\n{content}\n\n{END}{after}"


def tables(scores: Scores) -> str:
    """All figures, with what they were measured on."""
    weights = ", ".join(
        f"`{name}` {digest[:12]}"
        for name, digest in scores.files.items()
        if name.endswith(".safetensors")
    )
    named = ", ".join(f"{name} {number}" for name, number in scores.versions.items())
    return f"Weights: {weights}. Versions: {named}.\n\n{markdown(scores.parts)}"
