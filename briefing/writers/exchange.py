"""What is sent to OpenAI-compatible servers and what they send, to and from records.

In: a `Prompt`, or the body of an answer. Out: the body of a question, or a `Completion`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from briefing.errors import ModelError
from briefing.writers.chat import Completion, ContextError

if TYPE_CHECKING:
    from briefing.writers.chat import Prompt

SHOWN = 200
"""How many characters of an answer an error shows."""

TOO_LONG = re.compile(
    r"exceed_context_size|context_length_exceeded"  # llama.cpp's and OpenAI's kinds of error
    r"|context (?:size|length|window)|maximum model length",  # their words and those of vLLM
    re.IGNORECASE,
)
HELD = re.compile(
    r'"n_ctx": ?(\d+)|(?:context|model) length(?: of| is)? (\d+)|context size \((\d+)'
)
"""Where such an error says how many tokens are held."""


@dataclass(frozen=True, slots=True)
class Message:
    """`content` is missing where a model only thought, or called a tool."""

    content: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer and why it ended."""

    message: Message
    finish_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A chat completion as it is sent; what is not named here is left out."""

    choices: tuple[Choice, ...]


def question(prompt: Prompt, model: str, most_tokens: int, *, schema: bool) -> dict[str, object]:
    """The body that asks `model` to answer `prompt`, always with its likeliest words.

    Args:
        prompt: What to ask; an empty `system` is left out, as some templates have none.
        model: As the server calls it.
        most_tokens: What the completion may take.
        schema: Whether to hold the model to the prompt's schema, if it has one.
    """
    roles = (("system", prompt.system), ("user", prompt.user))
    body: dict[str, object] = {
        "model": model,
        "messages": [{"role": role, "content": text} for role, text in roles if text],
        "max_tokens": most_tokens,
        "temperature": 0,
        "seed": 0,
    }
    if schema and prompt.schema is not None:
        held = {"name": "reply", "schema": prompt.schema, "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": held}
    return body


def completion(body: bytes, sender: str) -> Completion:
    """Read the body of a chat completion.

    Args:
        body: As it was sent.
        sender: Who sent it, for errors.

    Raises:
        ModelError: If it is no chat completion; shows what was sent.
    """
    try:
        answer = msgspec.json.decode(body, type=Answer)
    except msgspec.MsgspecError as error:
        message = f"{sender} sent no chat completion: {error}; it sent {shown(body)}"
        raise ModelError(message) from error
    if not answer.choices:
        raise ModelError(f"{sender} sent no answer: it sent {shown(body)}")
    choice = answer.choices[0]
    finished = choice.finish_reason != "length"
    # A model that thinks may come to its limit before its first word.
    if choice.message.content is None and finished:
        raise ModelError(f"{sender} sent an answer without text: it sent {shown(body)}")
    return Completion(choice.message.content or "", finished)


def shown(body: bytes) -> str:
    """The beginning of `body` on one line, for an error."""
    text = " ".join(body[: 4 * SHOWN].decode("utf-8", "replace").split())
    text = "".join(sign if sign.isprintable() else "�" for sign in text)  # no terminal codes
    if not text:
        return "nothing"
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def too_long(body: bytes) -> bool:
    """Whether an error says that prompt and completion do not fit."""
    return bool(TOO_LONG.search(body.decode("utf-8", "replace")))


def refusal(status: int, body: bytes, sender: str) -> ModelError:
    """The error that a refused question stands for."""
    kind = ContextError if too_long(body) else ModelError
    hint = "Set BRIEFING_API_KEY to a key it takes." if status in (401, 403) else ""
    return kind(f"{sender} answers {status}: {shown(body)}", hint=hint)


def held_tokens(body: bytes) -> int | None:
    """How many tokens a model holds, where an error about its context says so."""
    found = HELD.search(body.decode("utf-8", "replace"))
    return next(int(group) for group in found.groups() if group) if found else None
