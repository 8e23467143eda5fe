"""Sentences in, readings out: who holds what, on what basis, and how much each sentence matters.

`load` picks an analyser by name and imports only that one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from briefing.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Document, Sentence
    from briefing.findings import Reading
    from briefing.reader.salient import Budget

ANALYSERS = {
    "reader": "briefing.analyse.rules:RuleAnalyser",
    "stub": "briefing.analyse.stub:StubAnalyser",
}


class Analyser(Protocol):
    """What reads documents. One is loaded a process and used for all of them.

    Attributes:
        name: Of the model, for the colophon.
        sha256: Digest of its weights; empty where it has none.
    """

    name: str
    sha256: str

    def analyse(
        self, documents: Sequence[Document], sentences: Sequence[tuple[Sentence, ...]]
    ) -> tuple[Reading, ...]:
        """Read `documents`, already cut into `sentences`; one reading each, in their order.

        What is read in a document does not depend on the others.
        """
        ...

    def salience(
        self, documents: Sequence[Document], sentences: Sequence[tuple[Sentence, ...]]
    ) -> tuple[tuple[float, ...], ...]:
        """How much each sentence matters to its document, 0 to 1, as in its reading; no more."""
        ...

    def choose(
        self,
        documents: Sequence[Document],
        sentences: Sequence[tuple[Sentence, ...]],
        budget: Budget,
    ) -> tuple[tuple[int, int], ...]:
        """Choose sentences for a summary of all `documents` within `budget`.

        Returns:
            Number of the document and of the sentence in it for each, in the order of reading.
        """
        ...

    def worth(self, sentences: Sequence[str]) -> tuple[float, ...]:
        """How well each of `sentences`, taken alone, lends itself to being checked, 0 to 1."""
        ...


def load(name: str) -> Analyser:
    """Load the analyser `name`.

    Raises:
        ModelError: If there is none of that name, or its files are missing.
    """
    try:
        place = ANALYSERS[name]
    except KeyError:
        known = ", ".join(ANALYSERS)
        raise ModelError(f"there is no reader named {name}", hint=f"Known: {known}.") from None
    module, _, attribute = place.partition(":")
    return cast("Analyser", getattr(import_module(module), attribute)())
