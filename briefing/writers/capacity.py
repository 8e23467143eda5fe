"""What a server tells of its models, and how much they hold.

In: a `Wire`. Out: names, numbers of tokens. Servers differ; what one does not tell is None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import msgspec

from briefing.errors import ModelError
from briefing.writers.exchange import refusal, shown
from briefing.writers.wire import Question, Sent

if TYPE_CHECKING:
    from briefing.writers.wire import Wire

CAUTIOUS = 4096
"""Tokens of context where a server does not tell; what Ollama gives every model by itself."""

PIECE = re.compile(r"[A-Z]?[a-z]+|\s+|.", re.DOTALL)
CHARS_A_TOKEN = 3
"""Letters of English that surely take no more than one token; the usual mean is over four."""

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Meta:
    """What llama.cpp says of a model."""

    n_ctx: int | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """A model in a server's list; `max_model_len` is vLLM's."""

    id: str
    max_model_len: int | None = None
    meta: Meta | None = None


@dataclass(frozen=True, slots=True)
class Models:
    """The list."""

    data: tuple[Model, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One of llama.cpp's places for a conversation, with its share of the context."""

    n_ctx: int


@dataclass(frozen=True, slots=True)
class Props:
    """llama.cpp's properties."""

    default_generation_settings: Slot


@dataclass(frozen=True, slots=True)
class Shown:
    """Ollama's view of a model; `parameters` are lines as in a Modelfile."""

    parameters: str = ""
    model_info: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text in tokens: llama.cpp and vLLM send the tokens, and vLLM how many there are."""

    tokens: tuple[object, ...]


def models(wire: Wire) -> tuple[Model, ...] | None:
    """The models of a server, or None where it has no list.

    Raises:
        ModelError: If the server does not answer, or not as such a server does.
    """
    address = wire.address
    (sent,) = wire.ask([Question(f"{address.path}/models")])
    if isinstance(sent, ModelError):
        raise sent
    if sent.status in (404, 405, 501):
        return None
    if sent.status != 200:
        raise refusal(sent.status, sent.body, str(address))
    try:
        return msgspec.json.decode(sent.body, type=Models).data
    except msgspec.MsgspecError as error:
        message = f"{address} sent no list of models: it sent {shown(sent.body)}"
        raise ModelError(message, hint="Is it an OpenAI-compatible server?") from error


def chosen(found: tuple[Model, ...] | None, wire: Wire) -> Model:
    """The model that the address names, or the only one if it names none.

    Raises:
        ModelError: If there is none of that name, or none is named; lists those there are.
    """
    address = wire.address
    if found is None and address.model:
        return Model(address.model)
    listed = found or ()
    if not address.model and len(listed) == 1:
        return listed[0]
    # Ollama lists a model with its tag and takes it without.
    named = [model for model in listed if model.id in (address.model, f"{address.model}:latest")]
    if named:
        return named[0]
    hint = f"It has {', '.join(model.id for model in listed)}." if listed else ""
    if address.model:
        raise ModelError(f"{address} has no model named {address.model}", hint=hint, usage=True)
    raise ModelError(
        f"{address}: no model is named", hint=hint or "Add #NAME to the address.", usage=True
    )


def context_tokens(wire: Wire, model: Model) -> int | None:
    """What one prompt and its completion may take together, where the server tells.

    Ollama tells what a model could hold, and cuts prompts down to what it gives the model; so
    only a size that was set counts, and the smaller of `CAUTIOUS` and what the model could hold.
    """
    if model.max_model_len:
        return model.max_model_len
    root = wire.address.root
    if props := told(wire, Question(f"{root}/props", lasting=False), Props):
        return props.default_generation_settings.n_ctx
    if model.meta and model.meta.n_ctx:
        return model.meta.n_ctx
    if view := told(wire, Question(f"{root}/api/show", {"model": model.id}, lasting=False), Shown):
        if line := re.search(r"^num_ctx\s+(\d+)", view.parameters, re.MULTILINE):
            return int(line[1])
        sizes = [size for key, size in view.model_info.items() if key.endswith(".context_length")]
        return min([CAUTIOUS, *(size for size in sizes if isinstance(size, int))])
    return None


def counted(wire: Wire, model: str, text: str) -> int | None:
    """How many tokens `text` takes, where the server counts."""
    # llama.cpp reads `content` and vLLM the other two.
    body = {"content": text, "model": model, "prompt": text, "add_special_tokens": False}
    found = told(wire, Question(f"{wire.address.root}/tokenize", body, lasting=False), Tokens)
    return len(found.tokens) if found else None


def told(wire: Wire, question: Question, kind: type[Record]) -> Record | None:
    """What a server answers to `question`, or None where it knows no such question."""
    (sent,) = wire.ask([question])
    if not isinstance(sent, Sent) or sent.status != 200:
        return None
    try:
        return msgspec.json.decode(sent.body, type=kind)
    except msgspec.MsgspecError:
        return None


def estimate(text: str) -> int:
    """How many tokens `text` takes at most, about, without knowing the model.

    A third of each English word, rounded up, and one for each digit, mark, letter of a word in
    capitals and letter of another alphabet: tokenizers put more into one token, save for rare
    scripts and signs. Spaces count with the word after them; of longer gaps, as tables have
    them, each line counts and each four spaces.
    """
    total = 0
    for piece in PIECE.findall(text):
        if piece.isspace():
            total += len(piece) // 4 + piece.count("\n")
        else:
            total += -(-len(piece) // CHARS_A_TOKEN)
    return total
