"""Encoder–decoder models that summarise: BART, PEGASUS, T5, LED and their kin.

In: texts that fit the model. Out: a summary of each, by the model's own settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.errors import ModelError
from briefing.writers.chat import Completion
from briefing.writers.hf_model import HfModel, readable, sane

if TYPE_CHECKING:
    from collections.abc import Sequence

INPUT_TOKENS = 512
"""Where a model names no limit: what T5 was trained on."""
OUTPUT_TOKENS = 256
"""Where a model names no limit; the library's own, 20, cuts nearly everything off."""
TASK = "summarization"
BREAK = "<n>"
"""How PEGASUS writes a line break."""


class HfSummariser:
    """Runs an encoder–decoder model; see `briefing.writers.summarising.Summariser`.

    Args:
        model: Loaded.
        name: For the colophon.

    Attributes:
        name: For the colophon.
        input_tokens: Most tokens of one text with its prefix and marks.
        output_tokens: Most tokens of a summary.
    """

    def __init__(self, model: HfModel, name: str) -> None:
        self.name = name
        self._model = model
        config = model.config
        self.input_tokens = _input_tokens(config, model.tokenizer)
        advised = dict((getattr(config, "task_specific_params", None) or {}).get(TASK) or {})
        self._prefix = str(advised.pop("prefix", None) or getattr(config, "prefix", None) or "")
        self._settings = model.defaults()
        self._settings.update(**advised)
        limit = self._settings.max_new_tokens or (self._settings.max_length or 0) - 1
        self._most = sane(
            getattr(config, "max_decoder_position_embeddings", None),
            getattr(config, "max_position_embeddings", None),
        )
        self.output_tokens = (
            limit if limit > 0 else min(OUTPUT_TOKENS, self._most or OUTPUT_TOKENS)
        )
        self._settings.max_length = None

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text takes, with the prefix and marks."""
        return [len(row) for row in self._rows(texts)]

    def summarise(self, texts: Sequence[str]) -> list[Completion]:
        """A summary of each text, in their order.

        One that the model's own limit cut off is written once more with twice the limit.

        Raises:
            ModelError: If a text is too long, or the memory too small.
        """
        rows = self._rows(texts)
        if rows and max(map(len, rows)) > self.input_tokens:
            raise ModelError(f"{self.name}: a text of more than {self.input_tokens} tokens")
        completions = self._complete(rows, self.output_tokens)
        twice = min(2 * self.output_tokens, (self._most or 2 * self.output_tokens + 1) - 1)
        cut_off = [index for index, each in enumerate(completions) if not each.finished]
        if cut_off and twice > self.output_tokens:
            again = self._complete([rows[index] for index in cut_off], twice)
            for index, completion in zip(cut_off, again, strict=True):
                completions[index] = completion
        return completions

    def _rows(self, texts: Sequence[str]) -> list[list[int]]:
        if not texts:
            return []
        # A source that spells out one of the model's marks does not get to set it.
        given = [self._prefix + readable(text) for text in texts]
        rows: list[list[int]] = self._model.tokenizer(
            given, truncation=False, padding=False, split_special_tokens=True
        )["input_ids"]
        return rows

    def _complete(self, rows: Sequence[Sequence[int]], most_tokens: int) -> list[Completion]:
        self._settings.max_new_tokens = most_tokens
        completions = []
        for written in self._model.write(rows, self._settings):
            if isinstance(written, ModelError):
                raise written
            text = self._model.tokenizer.decode(written.tokens, skip_special_tokens=True)
            completions.append(Completion(text.replace(BREAK, "\n").strip(), written.finished))
        return completions


def _input_tokens(config: Any, tokenizer: Any) -> int:
    named = ("max_position_embeddings", "max_encoder_position_embeddings", "n_positions")
    limits = (getattr(config, name, None) for name in named)
    return sane(*limits, getattr(tokenizer, "model_max_length", None)) or INPUT_TOKENS
