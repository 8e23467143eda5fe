"""Tiny random models of the transformers library, made in the test: no weights are fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    LEDConfig,
    LEDForConditionalGeneration,
    LlamaConfig,
    LlamaForCausalLM,
    PegasusConfig,
    PegasusForConditionalGeneration,
    PreTrainedTokenizerFast,
    T5Config,
    T5ForConditionalGeneration,
)
from transformers.utils.logging import disable_progress_bar

if TYPE_CHECKING:
    from pathlib import Path

PAD, START, END, TURN = 0, 1, 2, 3
SPECIAL = ("<pad>", "<s>", "</s>", "<|turn|>")
MARKS = {"pad_token_id": PAD, "bos_token_id": START, "eos_token_id": END}
TEMPLATE = (
    "{% for message in messages %}<|turn|>{{ message['role'] }}: {{ message['content'] }}</s>"
    "{% endfor %}{% if add_generation_prompt %}<|turn|>assistant:{% endif %}"
)
SHAPE = {
    "d_model": 16,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_attention_heads": 2,
    "decoder_attention_heads": 2,
    "encoder_ffn_dim": 32,
    "decoder_ffn_dim": 32,
    # Far from zero, or what is written would hardly depend on what is read.
    "init_std": 0.5,
}


def tokenizer(*, template: str | None = None, start: bool = True) -> Any:
    """One token a byte, so that any text can be read; `start` puts a mark before it."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: number for number, token in enumerate((*SPECIAL, *alphabet))}
    made = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>" if start else "$A </s>",
        special_tokens=[("<s>", START), ("</s>", END)],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        **dict(zip(("pad_token", "bos_token", "eos_token"), SPECIAL, strict=False)),
        additional_special_tokens=[SPECIAL[TURN]],
        chat_template=template,
        clean_up_tokenization_spaces=False,
    )


WORDS = len(SPECIAL) + 256


def bart(folder: Path, *, positions: int = 64, **settings: Any) -> Path:
    """A BART with beams, as the family's summarisers have them."""
    torch.manual_seed(1)
    shape = SHAPE | {"decoder_start_token_id": END, "forced_eos_token_id": END}
    config = BartConfig(vocab_size=WORDS, max_position_embeddings=positions, **shape, **MARKS)
    settings = {"max_length": 16, "min_length": 4, "num_beams": 2} | settings
    return save(BartForConditionalGeneration(config), folder, tokenizer(), **settings)


def pegasus(folder: Path) -> Path:
    """A PEGASUS."""
    torch.manual_seed(1)
    shape = SHAPE | {"decoder_start_token_id": PAD, "forced_eos_token_id": END}
    config = PegasusConfig(vocab_size=WORDS, max_position_embeddings=64, **shape, **MARKS)
    return save(PegasusForConditionalGeneration(config), folder, tokenizer(), max_length=16)


def t5(folder: Path, *, prefix: str = "summarize: ") -> Path:
    """A T5, which names its prefix and its lengths by task."""
    torch.manual_seed(1)
    config = T5Config(
        vocab_size=WORDS,
        d_model=16,
        d_kv=8,
        d_ff=32,
        num_layers=1,
        num_heads=2,
        initializer_factor=3.0,
        n_positions=80,
        decoder_start_token_id=PAD,
        task_specific_params={"summarization": {"prefix": prefix, "max_length": 12}},
        pad_token_id=PAD,
        eos_token_id=END,
    )
    return save(T5ForConditionalGeneration(config), folder, tokenizer(start=False))


def led(folder: Path) -> Path:
    """An LED: attention in windows, and positions of their own for what is written."""
    torch.manual_seed(1)
    config = LEDConfig(
        vocab_size=WORDS,
        max_encoder_position_embeddings=128,
        max_decoder_position_embeddings=32,
        attention_window=8,
        decoder_start_token_id=END,
        **SHAPE,
        **MARKS,
    )
    return save(LEDForConditionalGeneration(config), folder, tokenizer(), max_length=12)


def llama(folder: Path, *, template: str | None = TEMPLATE, **settings: Any) -> Path:
    """A Llama; a chat model if it has a `template`."""
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=WORDS,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=1,
        max_position_embeddings=512,
        initializer_range=0.5,
        bos_token_id=START,
        eos_token_id=END,
    )
    return save(LlamaForCausalLM(config), folder, tokenizer(template=template), **settings)


def save(model: Any, folder: Path, reads: Any, **settings: Any) -> Path:
    """Write a model with its tokenizer to `folder`, as it would lie on a disk."""
    for name, value in settings.items():
        setattr(model.generation_config, name, value)
    disable_progress_bar()
    model.eval().save_pretrained(folder)
    reads.save_pretrained(folder)
    return folder
