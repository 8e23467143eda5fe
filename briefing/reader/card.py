"""The card of a model: what it is, and whether its files are the ones it names.

In: a folder with `model.toml`. Out: a `Card`, and the bytes' digests compared with it.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from briefing.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

CARD = "model.toml"


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
    if card.weights not in card.files:
        raise ModelError(
            f"{path}: no digest for {card.weights}",
            hint="Add the file and its SHA-256 to [files].",
        )
    return card


def check_files(folder: Path, card: Card) -> None:
    """Compare every file that `card` names with its digest.

    All of it is read: about 30 ms for 45 MB, once a process.

    Raises:
        ModelError: If a file is missing or differs.
    """
    for name, expected in card.files.items():
        path = folder / name
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
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
