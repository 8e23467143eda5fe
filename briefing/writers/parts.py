"""Items in, as many parts of them as fit into a model's context one by one, out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.errors import ModelError
from briefing.writers.base import Fault
from briefing.writers.prompts import Item, line, prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.writers.chat import ChatModel, Prompt

FORM_TOKENS = 60
SENTENCE_TOKENS = 120
"""What a reply may take: so much, and so much for each sentence, the longest that is allowed."""
REPLY_SHARE = 3
"""A reply never takes more than one part in so many of the context."""
TEMPLATE_TOKENS = 48
"""What a chat template adds around a prompt, and what a count by lines can be wrong by."""
LEAST_TOKENS = 64
"""Room for passages below which nothing can be asked."""


@dataclass(frozen=True, slots=True)
class Room:
    """How the context of a model is shared out, in its tokens.

    Attributes:
        reply: What an answer may take.
        items: What the lines of all items of one prompt may take.
    """

    reply: int
    items: int


def prompt_tokens(model: ChatModel, asked: Prompt) -> int:
    """What `asked` takes, with all that the model puts around it."""
    counted = model.count_tokens(asked.system) + model.count_tokens(asked.user)
    return counted + TEMPLATE_TOKENS


def room_of(model: ChatModel, sentences: int) -> Room:
    """Share out the context of `model` for prompts that ask for at most `sentences` sentences.

    Raises:
        ModelError: If nothing is left for the passages.
    """
    context = model.context_tokens
    reply = min(FORM_TOKENS + SENTENCE_TOKENS * sentences, context // REPLY_SHARE)
    # The longest prompt that can be asked, but for its items: stern, with a mark to explain.
    bare = prompt([Item("", (0,), "", "inferred")], max(2, sentences), stern=True)
    items = context - reply - prompt_tokens(model, bare)
    if items < LEAST_TOKENS:
        message = (
            f"{model.name} takes {context} tokens at once, too few for a prompt and its reply"
        )
        hint = f"Give it a context of at least {context + LEAST_TOKENS - items} tokens, or more."
        raise ModelError(message, hint=hint)
    return Room(reply, items)


def in_parts(
    model: ChatModel, items: Sequence[Item], room: Room
) -> tuple[list[tuple[Item, ...]], list[Fault]]:
    """Split `items` into parts, in their order, each as long as `room` lets it be.

    Returns:
        The parts, and a fault for each item that alone is too long; it is in no part.
    """
    parts: list[tuple[Item, ...]] = []
    part: list[Item] = []
    faults = []
    taken = 0
    for item in items:
        # Numbers count from 1 in each part; the highest possible one is never shorter.
        tokens = model.count_tokens(line(len(items), item) + "\n")
        if tokens > room.items:
            reason = f"the passage takes {tokens} tokens, and {room.items} fit in a prompt"
            faults.append(Fault(reason, item.text))
            continue
        if part and taken + tokens > room.items:
            parts.append(tuple(part))
            part, taken = [], 0
        part.append(item)
        taken += tokens
    return ([*parts, tuple(part)] if part else parts), faults
