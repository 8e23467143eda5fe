"""What a training leaves behind: the tagger's weights as they ship, and its entries on the card.

In: a trained network's state. Out: `tagger.safetensors`, and a changed `model.toml`.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from briefing.errors import ModelError
from briefing.reader.bert import WORD_TABLE
from briefing.reader.card import CARD, read_card

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import torch

TAGGER = "tagger.safetensors"
SHARED = f"encoder.{WORD_TABLE}"
"""Not trained, and so not stored a second time."""


def convert(state: Mapping[str, torch.Tensor], out: Path) -> Path:
    """Write the weights of `state` in half precision, without those shared with the encoder.

    Args:
        state: By the names of the network that `network.build` makes.
        out: Folder of the model.

    Returns:
        The file.
    """
    import torch
    from safetensors.torch import save

    path = out / TAGGER
    part = path.with_suffix(".part")
    kept = {
        name: weights.detach().to("cpu", torch.float16).contiguous()
        for name, weights in state.items()
        if name != SHARED
    }
    # Its own way to write a file leaves it unreadable to all but its owner.
    part.write_bytes(save(kept, metadata={"format": "pt"}))
    part.replace(path)
    return path


def record(folder: Path, *, recipe: str, articles: int) -> None:
    """Put the digest of the tagger in `folder` on its card, and how it was trained.

    The scores on the card are those of other weights and are taken out.

    Raises:
        ModelError: If the card lacks the lines that are to be changed, or is none.
    """
    path = folder / CARD
    text = path.read_text(encoding="utf-8")
    digest = hashlib.sha256((folder / TAGGER).read_bytes()).hexdigest()
    for line, value in (
        (r"^recipe = ", f'"{recipe}"'),
        (r"^articles = ", str(articles)),
        (rf'^"{re.escape(TAGGER)}" = ', f'"{digest}"'),
    ):
        text, count = re.subn(rf"({line}).*$", rf"\g<1>{value}", text, flags=re.MULTILINE)
        if count != 1:
            raise ModelError(
                f"{path}: {count} lines match {line} where one should",
                hint="The shipped card shows what a card says of a tagger.",
            )
    text = re.sub(r"^\[scores\]\n(?:[^\[\n].*\n|\n)*", "", text, flags=re.MULTILINE)
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    read_card(folder)
