"""Requests in, replies out: who words the bottom line and the summary.

`load` picks a writer by name and imports only that one.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from briefing.errors import ModelError
from briefing.writers.base import Writer

__all__ = ["WRITERS", "Writer", "load"]

WRITERS = {
    "verbatim": "briefing.writers.verbatim:VerbatimWriter",
    "stub": "briefing.writers.stub:StubWriter",
}

LANGUAGE_MODELS = ("hf:", "gguf:", "http://", "https://")
"""How the names of language models begin."""


def load(name: str) -> Writer:
    """Load the writer `name`.

    Raises:
        ModelError: If there is none of that name, or it names a language model.
    """
    known = f"Known: {', '.join(WRITERS)}."
    if name.startswith(LANGUAGE_MODELS):
        message = f"{name}: language models are not supported by this version"
        raise ModelError(message, hint=known)
    try:
        place = WRITERS[name]
    except KeyError:
        raise ModelError(f"there is no writer named {name}", hint=known) from None
    module, _, attribute = place.partition(":")
    return cast("Writer", getattr(import_module(module), attribute)())
