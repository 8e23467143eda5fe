"""The weights of all networks as they ship, in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.reader.bert import FEATURE_TABLE
from briefing.reader.ship import whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    import torch

WEIGHTS = "support.safetensors"
KINDS = "embeddings.token_type_embeddings.weight"


def assemble(parts: Mapping[str, Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Put the weights of the networks under the names that `opened` takes them by.

    A table of features with one row adds the same to all pieces, as the row for their kind does.
    """
    state: dict[str, torch.Tensor] = {}
    for part, weights in parts.items():
        named = whole(weights)
        if len(named[FEATURE_TABLE]) == 1:
            kinds = named[KINDS].clone()
            kinds[0] += named.pop(FEATURE_TABLE)[0]
            named[KINDS] = kinds
        state |= {f"{part}.{name}": each for name, each in named.items()}
    return state
