"""The card of a model: what it is, and whether its files are the ones it names.

In: a folder with `model.toml`. Out: a `Card`, and the bytes' digests compared with it.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from briefing.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

CARD = "model.toml"


@dataclass(frozen=True, slots=True)
class Data:
    """A set of texts that weights were trained on.

    Attributes:
        name: Of the set, and whose it is.
        used: Which part of it, and for which head.
        licence: Under what terms it may be had, as its source states them.
    """

    name: str
    used: str
    licence: str


@dataclass(frozen=True, slots=True)
class Heads:
    """What `model.toml` says of the weights that were trained for this project.

    Attributes:
        weights: Name of the file that holds them.
        used_for: What they do here.
        parameters: How many, without the table of words, which is the encoder's.
        recipe: The command that trains them.
        limits: What they cannot do.
        data: What they were trained on.
    """

    weights: str
    used_for: str
    parameters: int
    recipe: str
    limits: tuple[str, ...]
    data: tuple[Data, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What `model.toml` says.

    Attributes:
        name: For people, and for the colophon.
        version: Of the files as they lie here.
        kind: What sort of model: `encoder`.
        origin: Where it comes from.
        licence: SPDX identifier.
        parameters: How many.
        languages: ISO 639-1 codes of those it reads.
        weights: Name of the file that holds the weights.
        used_for: What it does here.
        limits: What it cannot do.
        files: Hex SHA-256 of every file that is loaded, by name.
        heads: The weights that were trained on top of it, if there are any.
        scores: What was measured of them, by name; empty if nothing was.
    """

    name: str
    version: str
    kind: str
    origin: str
    licence: str
    parameters: int
    languages: tuple[str, ...]
    weights: str
    used_for: str
    limits: tuple[str, ...]
    files: dict[str, str]
    heads: Heads | None = None
    scores: dict[str, float] = field(default_factory=dict)


def read_card(folder: Path) -> Card:
    """Read the card of the model in `folder`.

    Raises:
        ModelError: If there is no card, or it is not a complete one.
    """
    path = folder / CARD
    try:
        card = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Card, strict=True)
    except OSError as error:
        raise ModelError(
            f"no model in {folder}: {error.strerror or error}",
            hint=f"A model's folder holds a card named {CARD}; the shipped one comes with the package: install it again.",
        ) from error
    except (ValueError, msgspec.ValidationError) as error:
        raise ModelError(f"{path}: {error}", hint="See models/README.md on cards.") from error
    for weights in (card.weights, card.heads and card.heads.weights):
        if weights and weights not in card.files:
            raise ModelError(
                f"{path}: no digest for {weights}",
                hint="Add the file and its SHA-256 to [files].",
            )
    return card


def check_files(folder: Path, card: Card) -> None:
    """Compare every file that `card` names with its digest.

    All of it is read: about 40 ms for 50 MB, once a process.

    Raises:
        ModelError: If a file is missing or differs.
    """
    for name, expected in card.files.items():
        path = folder / name
        try:
            about = path.stat()
            found = _digest(path, about.st_size, about.st_mtime_ns)
        except OSError as error:
            raise ModelError(
                f"{card.name}: {path} cannot be read: {error.strerror or error}",
                hint="Install the package again; its models come with it.",
            ) from error
        if found != expected:
            raise ModelError(
                f"{card.name}: {path} is not the file that {CARD} names",
                hint="Install the package again, or correct the digest if you changed the model.",
            )


@lru_cache(maxsize=32)
def _digest(path: Path, size_bytes: int, changed_ns: int) -> str:  # noqa: ARG001 - parts of the key
    """The file's SHA-256, read again only when it has changed: two readers share the files."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
