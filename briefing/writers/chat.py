"""The seam between the grounded writer and whatever runs a chat model: records and one protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from briefing.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence


class ContextError(ModelError):
    """A prompt and its completion take more than the model can hold; a shorter prompt may do.

    By then `context_tokens` is no more than what is known to be held; if it is what it was, the
    tokens were counted too low.
    """


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a chat model is asked.

    Attributes:
        system: How to work: our own words alone, never those of a source.
        user: The task, with the sources' words fenced as data.
        schema: JSON schema that the reply must fit, for engines that can hold to one.
    """

    system: str
    user: str
    schema: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """What a chat model answers; `finished` is False where the limit of tokens cut it off."""

    text: str
    finished: bool


class ChatModel(Protocol):
    """A model that follows instructions. Same prompts, same answers, as far as it can be had.

    Attributes:
        name: For the colophon, as `llama3 at http://127.0.0.1:8080/v1`.
        context_tokens: What a prompt and its completion may take together.
        offline: False where a server was named and is asked.
    """

    name: str
    context_tokens: int
    offline: bool

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` takes."""
        ...

    def complete(
        self, prompts: Sequence[Prompt], most_tokens: int
    ) -> list[Completion | ModelError]:
        """Answer every prompt with at most `most_tokens` tokens; one each, in their order.

        An error of one prompt stands in its place and never stops the rest.
        """
        ...
