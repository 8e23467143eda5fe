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
    for beginning, place in LANGUAGE_MODELS.items():
        if name.startswith(beginning):
            found = imported(place)
            if beginning.startswith("http"):
                return cast("Writer", found(name, allow_remote=allow_remote))
            return cast("Writer", found(name.removeprefix(beginning)))
    try:
        place = WRITERS[name]
    except KeyError:
        known = f"Known: {', '.join(WRITERS)}, {', '.join(FORMS)}."
        raise ModelError(f"there is no writer named {name}", hint=known) from None
    return cast("Writer", imported(place)())


def imported(place: str) -> Callable[..., object]:
    """What stands at `module:name`."""
    module, _, attribute = place.partition(":")
    return cast("Callable[..., object]", getattr(import_module(module), attribute))
