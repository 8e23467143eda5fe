"""What the summarising writer adds to the model's own work, as a ratio of CPU time."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest
import sample_models
import torch
from samples import document
from transformers import BartConfig, BartForConditionalGeneration

from briefing.writers.base import Request
from briefing.writers.hf_model import HfModel
from briefing.writers.hf_summariser import HfSummariser
from briefing.writers.summarising import SummarisingWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.bench

DOCUMENTS = 16
LIMIT = 1.15
ROUNDS = 3


def bart(folder: Path) -> Path:
    """A random BART of a size that is used: six layers, and a table of as many words as BART's."""
    torch.manual_seed(1)
    shape = sample_models.SHAPE | {
        "d_model": 256, "encoder_layers": 6, "decoder_layers": 6, "encoder_attention_heads": 8,
        "decoder_attention_heads": 8, "encoder_ffn_dim": 1024, "decoder_ffn_dim": 1024,
    }  # fmt: skip
    config = BartConfig(
        vocab_size=50_265,
        max_position_embeddings=1024,
        decoder_start_token_id=sample_models.END,
        **shape,
        **sample_models.MARKS,
    )
    return sample_models.save(
        BartForConditionalGeneration(config),
        folder,
        sample_models.tokenizer(),
        max_length=62,
        num_beams=4,
        # Weights of chance hardly ever come to an end; these do after some forty tokens.
        exponential_decay_length_penalty=(36, 1.5),
    )


def cpu_s(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def test_a_batch_of_documents(tmp_path: Path) -> None:
    """Sixteen documents take little more than the one call that writes their summaries."""
    model = HfModel(bart(tmp_path), "summariser")
    writer = SummarisingWriter(HfSummariser(model, "small"))
    texts = [document(number, words=70 + 3 * number) for number in range(DOCUMENTS)]
    requests = [Request("summary", (), 1, (text,)) for text in texts]
    given = model.tokenizer(texts, padding=True, return_tensors="pt")
    assert given["input_ids"].shape[1] <= 1024
    settings = model.defaults()

    def bare() -> None:
        model.network.generation_config = settings
        with torch.inference_mode():
            written = model.network.generate(**given)
        assert written.shape[1] < settings.max_length

    bare()
    writer.generate(requests)
    rounds = [(cpu_s(lambda: writer.generate(requests)), cpu_s(bare)) for _ in range(ROUNDS)]
    ours, theirs = (min(column) for column in zip(*rounds, strict=True))
    sys.stdout.write(
        f"\n{DOCUMENTS} documents / bare generate: {ours:.2f} s / {theirs:.2f} s ="
        f" {ours / theirs:.3f}, at most {LIMIT}\n"
    )
    assert ours <= LIMIT * theirs
