"""The forward pass that is trained: the layers of `bert`, with gradients and dropout.

In: transformers' BertModel as the container of weights, and batches. Out: rows. It is written out
because training is faster so on a processor: all layers run in bfloat16 where that has AMX, three
times as fast, attention is not dropped out, and dropout masks are cut from a pool instead of drawn
number by number.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from briefing.errors import ModelError
from briefing.reader.weights import load, part_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import torch

POOL = 1 << 23
"""Numbers in the pool of dropout; more than most masks need."""
MASKED = -3e4
"""Score of what is not attended to, small enough for bfloat16."""


def open_encoder(folder: Path) -> Any:
    """The shipped encoder as transformers' BertModel, without its pooling layer.

    Its table of words stays as it is: all models here share it.

    Raises:
        ModelError: If the encoder's files are missing or do not fit each other.
    """
    from transformers import BertConfig, BertModel

    try:
        encoder = BertModel(
            BertConfig.from_json_file(folder / "config.json"), add_pooling_layer=False
        )
        encoder.load_state_dict(part_of(load(folder / "model.safetensors")))
    except Exception as error:
        raise ModelError(
            f"{folder} cannot be loaded: {error}",
            hint="Training begins with the encoder that ships in models/reader.",
        ) from error
    encoder.embeddings.word_embeddings.weight.requires_grad = False
    return encoder


class Dropout:
    """Masks of dropout: zeros with probability `share`, the rest scaled up.

    Drawing every number anew takes a quarter of a step's time. Masks are stretches of one pool
    instead, drawn once; where each begins follows from torch's seed.
    """

    def __init__(self, share: float, *, dtype: torch.dtype) -> None:
        import torch

        kept = torch.rand(POOL) >= share
        self._pool = kept.to(dtype) / (1 - share)

    def __call__(self, rows: torch.Tensor) -> torch.Tensor:
        """`rows` with some of their numbers zero."""
        import torch

        count = rows.numel()
        self._pool = self._pool.to(rows.device)
        # A batch of long texts can want more numbers than there are.
        pool = self._pool if count < POOL else self._pool.repeat(1 + count // POOL)
        start = int(torch.randint(0, len(pool) - count, (1,)))
        return rows * pool[start : start + count].view(rows.shape)


def embed(
    encoder: Any, pieces: torch.Tensor, features: torch.Tensor, dtype: torch.dtype
) -> torch.Tensor:
    """The rows that enter the first layer.

    Args:
        encoder: A BertModel.
        pieces: Numbers of word pieces, of (examples, longest).
        features: What is added to their vectors, of (examples, longest, size).
        dtype: In which the layers shall run.
    """
    from torch.nn import functional

    parts = encoder.embeddings
    places = parts.position_embeddings.weight[: pieces.shape[1]]
    rows = (
        parts.word_embeddings(pieces) + features + places + parts.token_type_embeddings.weight[0]
    )
    norm = parts.LayerNorm
    return functional.layer_norm(rows, rows.shape[-1:], norm.weight, norm.bias, norm.eps).to(dtype)


def through(
    layers: Iterable[Any],
    rows: torch.Tensor,
    mask: torch.Tensor,
    heads: int,
    dropout: Dropout | None = None,
) -> torch.Tensor:
    """Run `rows` of (examples, longest, size) through `layers`.

    Args:
        layers: transformers' BertLayers.
        rows: In the number type that the layers shall run in.
        mask: 1 for pieces, 0 for filling; of (examples, longest).
        heads: Of attention.
        dropout: What follows each dense layer; None to leave nothing out.
    """
    import torch
    from torch.nn import functional

    count, longest, size = rows.shape
    leave_out = dropout or (lambda each: each)
    unseen = None
    if not mask.all():
        unseen = torch.zeros_like(mask, dtype=rows.dtype).masked_fill(mask == 0, MASKED)
        unseen = unseen[:, None, None].expand(count, heads, 1, longest).reshape(-1, 1, longest)
    for layer in layers:
        asked = layer.attention.self
        # The scale of attention is taken into the query: one product less over all scores.
        scale = 1 / sqrt(size // heads)
        parts = [(asked.query, scale), (asked.key, 1), (asked.value, 1)]
        weight = torch.cat([part.weight * factor for part, factor in parts]).to(rows.dtype)
        bias = torch.cat([part.bias * factor for part, factor in parts]).to(rows.dtype)
        query, key, value = (
            functional.linear(rows, weight, bias)
            .view(count, longest, 3, heads, size // heads)
            .permute(2, 0, 3, 1, 4)
            .reshape(3, count * heads, longest, size // heads)
        )
        scores = torch.bmm(query, key.transpose(1, 2))
        heard = torch.bmm((scores if unseen is None else scores + unseen).softmax(dim=-1), value)
        mixed = heard.view(count, heads, longest, -1).transpose(1, 2).reshape(rows.shape)
        rows = _add(rows, leave_out(_dense(layer.attention.output, mixed)), layer.attention.output)
        wide = functional.gelu(_dense(layer.intermediate, rows))
        rows = _add(rows, leave_out(_dense(layer.output, wide)), layer.output)
    return rows


def _dense(part: Any, rows: torch.Tensor) -> torch.Tensor:
    from torch.nn import functional

    return functional.linear(
        rows, part.dense.weight.to(rows.dtype), part.dense.bias.to(rows.dtype)
    )


def _add(rows: torch.Tensor, more: torch.Tensor, part: Any) -> torch.Tensor:
    from torch.nn import functional

    norm = part.LayerNorm
    weight, bias = norm.weight.to(rows.dtype), norm.bias.to(rows.dtype)
    return functional.layer_norm(rows + more, rows.shape[-1:], weight, bias, norm.eps)
