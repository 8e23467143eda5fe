"""The tagger's network as it is trained: transformers' BertModel and what stands on it.

In: the shipped encoder, and batches. Out: losses, and a state that `ship.convert` writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.errors import ModelError
from briefing.reader.decode import TAGS
from briefing.reader.examples import IGNORED, NO_LINK, Batch
from briefing.reader.features import FEATURES
from briefing.reader.links import BUCKETS, LINK_SIZE, link_scores
from briefing.reader.ship import SHARED

if TYPE_CHECKING:
    from pathlib import Path

    import torch
    from torch import nn

DROPOUT = 0.1
LINK_SHARE = 0.3
"""Weight of the links' loss beside that of the tags."""
NO_CUE = -1e4
"""Score of pieces that begin no cue."""


def build(folder: Path) -> nn.ModuleDict:
    """Make the network from the encoder in `folder`; what stands on it begins at random or zero.

    The table of words stays as it is: the tagger shares it with the encoder.

    Raises:
        ModelError: If the encoder's files are missing or do not fit each other.
    """
    from safetensors.torch import load_file
    from torch import nn
    from transformers import BertConfig, BertModel

    try:
        encoder = BertModel(
            BertConfig.from_json_file(folder / "config.json"), add_pooling_layer=False
        )
        weights = load_file(folder / "model.safetensors")
        encoder.load_state_dict({name: each.float() for name, each in weights.items()})
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"{folder} cannot be loaded: {error}",
            hint="Training begins with the encoder that ships in models/reader.",
        ) from error
    size = encoder.config.hidden_size
    network = nn.ModuleDict(
        {
            "encoder": encoder,
            "features": nn.Embedding(FEATURES, size),
            "tags": nn.Linear(size, len(TAGS)),
            "asks": nn.Linear(size, LINK_SIZE),
            "answers": nn.Linear(size, LINK_SIZE),
            "distance": nn.Embedding(BUCKETS, 1),
        }
    )
    for name in ("features", "distance"):
        nn.init.zeros_(network.get_parameter(f"{name}.weight"))
    network.get_parameter(SHARED).requires_grad = False
    return network


def state(network: nn.ModuleDict) -> dict[str, torch.Tensor]:
    """All weights but the shared ones, by name; they change with the network."""
    return {name: each for name, each in network.state_dict().items() if name != SHARED}


def loss(network: nn.ModuleDict, batch: Batch, *, half: bool) -> torch.Tensor:
    """How far the network is from the tags and links of `batch`, on whose device it lies.

    Args:
        network: From `build`.
        batch: As given by `examples.collate`.
        half: Whether the layers run in bfloat16.
    """
    import torch
    from torch.nn import functional

    device = batch.pieces.device.type
    with torch.autocast(device, dtype=torch.bfloat16, enabled=half):
        rows = _encode(network, batch)
        tags, asks, answers = (network[name](rows).float() for name in ("tags", "asks", "answers"))
    total = functional.cross_entropy(
        tags.flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED
    )
    which, at = (batch.links != NO_LINK).nonzero(as_tuple=True)
    if not len(which):
        return total
    distances = torch.arange(rows.shape[1], device=device)[None] - at[:, None]
    bias = network.get_parameter("distance.weight").squeeze(-1)
    scores = link_scores(asks[which, at], answers[which], distances, bias)
    no_cue = batch.tags[which] != TAGS.index("B-cue")
    links = functional.cross_entropy(scores.masked_fill(no_cue, NO_CUE), batch.links[which, at])
    return total + LINK_SHARE * links


def _encode(network: nn.ModuleDict, batch: Batch) -> Any:
    from torch.nn import functional

    encoder: Any = network["encoder"]
    given = encoder.embeddings.word_embeddings(batch.pieces) + network["features"](batch.features)
    rows = encoder(inputs_embeds=given, attention_mask=batch.mask).last_hidden_state
    return functional.dropout(rows, DROPOUT, training=network.training)
