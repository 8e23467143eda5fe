"""The shipped networks that judge pairs, opened: weights of `models/support`, words of the reader."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing.errors import ModelError
from briefing.paths import shipped
from briefing.reader.bert import WORD_TABLE, Bert, Shape
from briefing.reader.card import check_files, read_card
from briefing.reader.dense import native_precision
from briefing.reader.features import frame, open_tokenizer
from briefing.reader.weights import load, part_of

if TYPE_CHECKING:
    from pathlib import Path

    import torch
    from tokenizers import Tokenizer

    from briefing.reader.dense import Precision

VERDICT, POINT, SUPPORT = "verdict", "point", "support"
PARTS = (VERDICT, POINT, SUPPORT)
"""The networks in the one file of weights, by the beginning of their names."""
HEADS = "heads."


class Opened(NamedTuple):
    """One of `PARTS`, loaded.

    Attributes:
        name: The model's name, from its card.
        sha256: Digest of the digests of its weights and the encoder's, in hex.
        tokenizer: Of the encoder.
        marks: Numbers of the start and the end mark.
        bert: The network.
        size: Of its vectors.
        heads: What stands on it, by name; 32-bit floats.
    """

    name: str
    sha256: str
    tokenizer: Tokenizer
    marks: tuple[int, int]
    bert: Bert
    size: int
    heads: dict[str, torch.Tensor]


def opened(
    part: str,
    folder: Path | None = None,
    encoder: Path | None = None,
    precision: Precision | None = None,
) -> Opened:
    """Load `part`. As with the encoder, torch is set to one thread.

    Args:
        part: One of `PARTS`.
        folder: With a card and the weights; the shipped one if None.
        encoder: Folder of the encoder whose words and tokenizer it shares; likewise.
        precision: Of the layers; see `reader.encoder.Encoder`.

    Raises:
        ModelError: If files are missing, differ from their digests or are of another kind.
    """
    folder = folder or shipped("models") / "support"
    encoder = encoder or shipped("models") / "reader"
    card, base = read_card(folder), read_card(encoder)
    check_files(folder, card)
    check_files(encoder, base)

    import torch

    torch.set_num_threads(1)
    try:
        shape = msgspec.json.decode((encoder / "config.json").read_bytes(), type=Shape)
        tokenizer = open_tokenizer(encoder / "tokenizer.json")
        found = load(folder / card.weights)
        weights = {
            name.removeprefix(f"{part}."): table
            for name, table in found.items()
            if name.startswith(f"{part}.")
        }
        weights[WORD_TABLE] = load(encoder / base.weights)[WORD_TABLE]
        bert = Bert(shape, weights, precision or native_precision())
        return Opened(
            name=card.name,
            sha256=sha256(
                (card.files[card.weights] + base.files[base.weights]).encode()
            ).hexdigest(),
            tokenizer=tokenizer,
            marks=frame(tokenizer),
            bert=bert,
            size=shape.hidden_size,
            heads=part_of(weights, HEADS),
        )
    except Exception as error:  # tokenizers raises nothing narrower
        raise ModelError(
            f"{card.name}: {folder} cannot be loaded: {error}",
            hint="It is made by python -m briefing.support.train; see models/README.md.",
        ) from error
