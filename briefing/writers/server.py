"""A chat model on an OpenAI-compatible server: llama.cpp, Ollama, vLLM.

In: `http://host:port/v1#NAME`. Out: a writer. The server is asked what its models are called and
what they hold; documents go to the machine that was named and to no other.
"""

from __future__ import annotations

import os
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from briefing.errors import ModelError
from briefing.writers import capacity, exchange
from briefing.writers.address import check, look_up, parse, reachable
from briefing.writers.chat import Completion, ContextError
from briefing.writers.wire import Patience, Question, Sent, Wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.writers.base import Writer
    from briefing.writers.chat import Prompt

KEY = "BRIEFING_API_KEY"
"""The environment variable that holds the server's key."""

REMEMBERED = 4096
"""Texts whose tokens are not counted twice; each count is a question to the server."""
LEAST_CONTEXT = 256
"""Tokens below which the context is not halved further."""


class ServerChat:
    """A chat model behind a `Wire`; asks many prompts at a time.

    Likeliest words and a seed are asked for, but a server that works on several prompts at once
    may round differently from run to run.

    Args:
        wire: Where to ask.
        model: One of the server's.
    """

    offline = False

    def __init__(self, wire: Wire, model: capacity.Model) -> None:
        self._wire = wire
        self._model = model.id
        self._counts = True
        self._counted = lru_cache(REMEMBERED)(partial(capacity.counted, wire, model.id))
        self._takes_schema = True
        told = capacity.context_tokens(wire, model)
        self.context_tokens = told or capacity.CAUTIOUS
        assumed = "" if told else f" (context of {capacity.CAUTIOUS} tokens assumed)"
        self.name = f"{model.id} at {wire.address}{assumed}"

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` takes: as the server counts, or else at most about."""
        count = self._counted(text) if self._counts else None
        self._counts = count is not None
        return capacity.estimate(text) if count is None else count

    def complete(
        self, prompts: Sequence[Prompt], most_tokens: int
    ) -> list[Completion | ModelError]:
        """Answer every prompt; an error stands in its place.

        Where the server refuses schemas, the prompts are asked again without and all later ones
        as well. Where it holds less than it told, `context_tokens` shrinks.
        """
        with_schema = self._takes_schema
        results = self._ask(prompts, most_tokens, schema=with_schema)
        again = [
            index
            for index, (prompt, result) in enumerate(zip(prompts, results, strict=True))
            if with_schema
            and prompt.schema is not None
            and isinstance(result, Sent)
            and result.status in (400, 422, 501)
            and not exchange.too_long(result.body)
        ]
        if again:
            asked = self._ask([prompts[index] for index in again], most_tokens, schema=False)
            for index, result in zip(again, asked, strict=True):
                results[index] = result
                # What is refused without a schema as well was not refused for it.
                if isinstance(result, Sent) and result.status == 200:
                    self._takes_schema = False
        held = self.context_tokens
        return [self._read(result, held) for result in results]

    def _ask(
        self, prompts: Sequence[Prompt], most_tokens: int, *, schema: bool
    ) -> list[Sent | ModelError]:
        path = f"{self._wire.address.path}/chat/completions"
        return self._wire.ask(
            [
                Question(path, exchange.question(prompt, self._model, most_tokens, schema=schema))
                for prompt in prompts
            ]
        )

    def _read(self, result: Sent | ModelError, held: int) -> Completion | ModelError:
        """What came back for one prompt, asked while `context_tokens` was `held`."""
        if isinstance(result, ModelError):
            return result
        sender = str(self._wire.address)
        if result.status != 200:
            error = exchange.refusal(result.status, result.body, sender)
            if isinstance(error, ContextError):
                # Of prompts asked together each says the same: halve once, not once each.
                told = exchange.held_tokens(result.body) or max(LEAST_CONTEXT, held // 2)
                self.context_tokens = min(self.context_tokens, told)
            return error
        try:
            return exchange.completion(result.body, sender)
        except ModelError as error:
            return error


def connect(
    text: str, *, allow_remote: bool = False, patience: Patience | None = None
) -> ServerChat:
    """The model at the address `text`.

    Args:
        text: As `http://host:port/v1#NAME`; without a name it is the server's only model.
        allow_remote: Let servers outside this machine and its private networks through.
        patience: How long to wait and how often to try.

    Raises:
        ModelError: If the address may not be used, nothing answers there, or not this model.
    """
    patience = patience or Patience()
    address = parse(text)
    ips = look_up(address)
    if not allow_remote:
        check(address, ips)
    ip = reachable(address, ips, patience.connect_s)
    wire = Wire(address, ip, key=os.environ.get(KEY, ""), patience=patience)
    return ServerChat(wire, capacity.chosen(capacity.models(wire), wire))


def load(address: str, *, allow_remote: bool) -> Writer:
    """The writer whose model stands at `address`; see `connect`."""
    from briefing.writers.grounded import GroundedWriter

    return GroundedWriter(connect(address, allow_remote=allow_remote))
