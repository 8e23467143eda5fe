"""Requests in, replies out: who words the bottom line and the summary.

`load` picks a writer by name and imports only that one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from briefing.errors import ModelError
from briefing.writers.base import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMS", "WRITERS", "Writer", "load"]

FORMS = ("hf:NAME", "gguf:FILE", "http://HOST:PORT/v1#NAME")
"""How a language model is named."""

WRITERS = {
    "verbatim": "briefing.writers.verbatim:VerbatimWriter",
    "stub": "briefing.writers.stub:StubWriter",
}

LANGUAGE_MODELS = {
    "hf:": "briefing.writers.hf:load",
    "gguf:": "briefing.writers.gguf:load",
    "http://": "briefing.writers.server:load",
    "https://": "briefing.writers.server:load",
}
"""How the names of language models begin, and what loads them."""


def load(name: str, *, allow_remote: bool = False) -> Writer:
    """Load the writer `name`.

    Args:
        name: One of `WRITERS`, or a language model by its beginning.
        allow_remote: Whether a server may lie outside this network.

    Raises:
        ModelError: If there is none of that name, or it cannot be loaded.
    """
    beginning = beginning_of(name)
    if not beginning:
        return cast("Writer", imported(WRITERS[name])())
    found = imported(LANGUAGE_MODELS[beginning])
    if beginning.startswith("http"):
        return cast("Writer", found(name, allow_remote=allow_remote))
    return cast("Writer", found(name.removeprefix(beginning)))


def beginning_of(name: str) -> str:
    """How the name of a language model begins; empty for one of `WRITERS`.

    Raises:
        ModelError: If it can be the name of none; whether it is there, `load` tells.
    """
    beginning = next((each for each in LANGUAGE_MODELS if name.startswith(each)), "")
    if not beginning and name not in WRITERS:
        known = f"Known: {', '.join(WRITERS)}, {', '.join(FORMS)}."
        raise ModelError(f"there is no writer named {name}", hint=known, usage=True)
    return beginning


def imported(place: str) -> Callable[..., object]:
    """What stands at `module:name`."""
    module, _, attribute = place.partition(":")
    return cast("Callable[..., object]", getattr(import_module(module), attribute))
