"""What a training leaves behind: the reader's weights as they ship, and its entries on the card.

In: the weights of the stages. Out: `reader.safetensors`, and a changed `model.toml`.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from briefing.errors import ModelError
from briefing.reader.bert import FEATURE_TABLE
from briefing.reader.card import CARD, read_card
from briefing.reader.weights import save

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import torch

READER = "reader.safetensors"
ATTRIBUTION = "attribution"
HEADS = "heads."
_LAYER = re.compile(r"encoder\.layer\.(\d+)\.")


def assemble(
    trunk: Mapping[str, torch.Tensor],
    branches: Mapping[str, Mapping[str, torch.Tensor]],
    wholes: Mapping[str, Mapping[str, torch.Tensor]],
    fork: int,
) -> dict[str, torch.Tensor]:
    """Put the weights of the stages under the names that the reader takes them by.

    Args:
        trunk: Of the `Whole` stage whose first layers all branches share; the rest of them is the
            branch `ATTRIBUTION`.
        branches: Of `Branch` stages, by the name of the branch.
        wholes: Of other `Whole` stages, by name.
        fork: Number of the first layer that is a branch's.
    """
    state = {}
    for name, each in whole(trunk).items():
        layer = _LAYER.match(name)
        if name.startswith(HEADS):
            state[f"{ATTRIBUTION}.{name}"] = each
        elif layer and int(layer[1]) >= fork:
            state[name.replace("encoder", ATTRIBUTION, 1)] = each
        else:
            state[name] = each
    for branch, weights in branches.items():
        for name, each in weights.items():
            part, _, rest = name.partition(".")
            number, _, inner = rest.partition(".")
            new = f"layer.{fork + int(number)}.{inner}" if part == "body" else name
            state[f"{branch}.{new}"] = each
    for own, weights in wholes.items():
        state |= {f"{own}.{name}": each for name, each in whole(weights).items()}
    return state


def whole(weights: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The weights of a `Whole` stage by the names of `transformers.BertModel`, heads aside."""
    renamed = {}
    for name, each in weights.items():
        part, _, rest = name.partition(".")
        renamed[{"features": FEATURE_TABLE, "body": rest}.get(part, name)] = each
    return renamed


def ship(
    state: Mapping[str, torch.Tensor], folder: Path, *, recipe: str, name: str = READER
) -> None:
    """Write the weights `state` into the file `name` in the model's `folder`.

    Their digest goes on the card; the scores there are those of other weights and are taken out.

    Raises:
        ModelError: If the card lacks the lines that are to be changed, or is none.
    """
    save(state, folder / name)
    path = folder / CARD
    text = path.read_text(encoding="utf-8")
    digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    count_all = sum(each.numel() for each in state.values())
    for line, value in (
        (r"^\[heads\]\n(?:[^\[\n].*\n)*?parameters = ", f"{count_all:_}"),
        (r"^recipe = ", f'"{recipe}"'),
        (rf'^"{re.escape(name)}" = ', f'"{digest}"'),
    ):
        text, count = re.subn(rf"({line}).*$", rf"\g<1>{value}", text, flags=re.MULTILINE)
        if count != 1:
            raise ModelError(
                f"{path}: {count} lines match {line} where one should",
                hint="The shipped card shows what a card says of a reader.",
            )
    text = re.sub(r"^\[scores\]\n(?:[^\[\n].*\n|\n)*", "", text, flags=re.MULTILINE)
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    read_card(folder)
