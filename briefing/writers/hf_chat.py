"""Chat models of the transformers library, below the grounded writer.

In: prompts. Out: completions, greedily written, so that the same prompts give the same answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.errors import ModelError
from briefing.writers.chat import Completion
from briefing.writers.hf_model import HfModel, Written, end_marks, readable, sane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.writers.chat import Prompt

CONTEXT_TOKENS = 2048
"""Where a model names no limit."""
UNSET = tuple(
    "temperature top_k top_p min_p typical_p epsilon_cutoff eta_cutoff "
    "repetition_penalty no_repeat_ngram_size".split()
)
"""Settings of chance, which greedy writing has none of, and penalties for repeated words."""


class HfChat:
    """Runs a chat model; see `briefing.writers.chat.ChatModel`.

    A prompt's schema is not enforced: the library has nothing to hold a model to one.

    Args:
        model: Loaded; its tokenizer has a chat template.
        name: For the colophon.

    Attributes:
        name: For the colophon.
        context_tokens: What a prompt and its completion may take together.
        offline: Always.

    Raises:
        ModelError: If its chat template fails.
    """

    offline = True

    def __init__(self, model: HfModel, name: str) -> None:
        self.name = name
        self._model = model
        text_config = model.config.get_text_config()
        self.context_tokens = (
            sane(
                getattr(text_config, "max_position_embeddings", None),
                getattr(text_config, "n_positions", None),
                getattr(model.tokenizer, "model_max_length", None),
            )
            or CONTEXT_TOKENS
        )
        self._settings = _greedy(model)
        self._takes_system = self._tried()

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` takes, without marks."""
        found = self._model.tokenizer(
            readable(text), add_special_tokens=False, truncation=False, split_special_tokens=True
        )
        return len(found["input_ids"])

    def complete(
        self, prompts: Sequence[Prompt], most_tokens: int
    ) -> list[Completion | ModelError]:
        """Answer every prompt with at most `most_tokens` tokens; one each, in their order.

        A prompt that leaves no room for its answer is an error in its place.
        """
        rows = [self._row(prompt.system, prompt.user) for prompt in prompts]
        fitting = [
            index
            for index, row in enumerate(rows)
            if len(row) + most_tokens <= self.context_tokens
        ]
        self._settings.max_new_tokens = most_tokens
        written = self._model.write([rows[index] for index in fitting], self._settings)
        found = dict(zip(fitting, map(self._completion, written), strict=True))
        return [
            found.get(index) or self._too_long(len(row), most_tokens)
            for index, row in enumerate(rows)
        ]

    def _completion(self, written: Written | ModelError) -> Completion | ModelError:
        if isinstance(written, ModelError):
            return written
        text = self._model.tokenizer.decode(written.tokens, skip_special_tokens=True)
        return Completion(text.strip(), written.finished)

    def _too_long(self, tokens: int, most_tokens: int) -> ModelError:
        return ModelError(
            f"{self.name}: a prompt of {tokens} tokens and a reply of {most_tokens} do not fit"
            f" the {self.context_tokens} that the model takes",
            hint="Give fewer sources at once, or name a model that takes more.",
        )

    def _row(self, system: str, user: str) -> list[int]:
        system, user = readable(system), readable(user)
        if self._takes_system:
            messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        else:
            messages = [{"role": "user", "content": f"{system}\n\n{user}"}]
        row: list[int] = self._model.tokenizer.apply_chat_template(
            messages,
            add_generation_prompt=True,
            tokenize=True,
            return_dict=False,
            # A source that spells out one of the model's marks does not get to end its turn.
            sanitize_control_tokens=True,
            # Models that think aloud first would spend the limit on it; others ignore this.
            enable_thinking=False,
        )
        return row

    def _tried(self) -> bool:
        """Whether the template takes instructions of their own; some know but user and model."""
        from jinja2 import TemplateError

        self._takes_system = True
        try:
            self._row("a", "b")
        except TemplateError:
            self._takes_system = False
        try:
            self._row("a", "b")
        except Exception as error:  # a template can fail in any way
            raise ModelError(
                f"{self.name}: its chat template fails: {error}", hint="Name another model."
            ) from error
        return self._takes_system


def _greedy(model: HfModel) -> Any:
    """The model's settings without chance and without penalties for words that were there before.

    The writer is to repeat names and figures of its prompt, which is what such penalties prevent.
    """
    settings = model.defaults()
    settings.do_sample = False
    settings.num_beams = 1
    settings.max_length = None
    for name in UNSET:
        setattr(settings, name, None)
    # Not every configuration names the mark that ends a turn of the chat.
    marks = (settings.eos_token_id, model.tokenizer.eos_token_id)
    settings.eos_token_id = list(dict.fromkeys(mark for each in marks for mark in end_marks(each)))
    return settings
