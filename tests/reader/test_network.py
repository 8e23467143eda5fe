"""The forward pass that is trained: equal to the library's, with dropout of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import torch
from sample_reader import CONFIG, tiny_model

from briefing.errors import ModelError
from briefing.reader.network import Dropout, embed, open_encoder, through

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.reader

PIECES = torch.tensor([[101, 2023, 2003, 1037, 102], [101, 7099, 102, 0, 0]])
MASK = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_model(tmp_path / "model")


@pytest.mark.parametrize("mask", [MASK, torch.ones_like(MASK)], ids=["filled", "full"])
def test_same_rows_as_transformers(folder: Path, mask: torch.Tensor) -> None:
    """Without dropout the rows are those of transformers' BertModel, filling aside."""
    encoder = open_encoder(folder).eval()
    nothing = torch.zeros(*PIECES.shape, CONFIG["hidden_size"])
    with torch.inference_mode():
        rows = embed(encoder, PIECES, nothing, torch.float32)
        ours = through(encoder.encoder.layer, rows, mask, encoder.config.num_attention_heads)
        theirs = encoder(PIECES, attention_mask=mask).last_hidden_state
    assert torch.allclose(ours[mask == 1], theirs[mask == 1], atol=1e-4)


def test_features_are_added_to_pieces(folder: Path) -> None:
    """What is said of a piece beside its number enters with its vector."""
    encoder = open_encoder(folder).eval()
    more = torch.randn(*PIECES.shape, CONFIG["hidden_size"])
    with torch.inference_mode():
        words = encoder.embeddings.word_embeddings(PIECES)
        theirs = encoder.embeddings(inputs_embeds=words + more)
        assert torch.allclose(embed(encoder, PIECES, more, torch.float32), theirs, atol=1e-5)


def test_the_table_of_words_stays(folder: Path) -> None:
    """Everything learns but the table that all models here share."""
    still = {
        name for name, each in open_encoder(folder).named_parameters() if not each.requires_grad
    }
    assert still == {"embeddings.word_embeddings.weight"}


def test_dropout_takes_its_share() -> None:
    """About the asked share becomes zero, the rest is scaled up; the seed decides which."""
    torch.manual_seed(1)
    dropout = Dropout(0.1, dtype=torch.float32)
    rows = torch.ones(100, 100)
    torch.manual_seed(2)
    first = dropout(rows)
    torch.manual_seed(2)
    assert torch.equal(dropout(rows), first)
    assert not torch.equal(dropout(rows), first)
    assert (first == 0).float().mean().item() == pytest.approx(0.1, abs=0.02)
    assert first.unique().tolist() == pytest.approx([0, 1 / 0.9])


def test_an_unsuitable_encoder_is_a_model_error(folder: Path) -> None:
    """Weights that do not fit the configuration are named."""
    (folder / "config.json").write_text(json.dumps({**CONFIG, "num_hidden_layers": 4}), "utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        open_encoder(folder)
