"""A writer for tests and for work on templates: prints the first passages as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.writers.base import Reply, ReplySentence, Request

if TYPE_CHECKING:
    from collections.abc import Sequence


class StubWriter:
    """Cites the first passages of every request, in their order."""

    name = "stub"
    max_tokens: int | None = None
    offline = True

    def count_tokens(self, text: str) -> int:
        """The words of `text`."""
        return len(text.split())

    def generate(self, requests: Sequence[Request]) -> list[Reply]:
        """One sentence a passage, up to the number asked for."""
        return [
            Reply(
                tuple(
                    ReplySentence(None, (index,))
                    for index in range(min(request.sentences, len(request.passages)))
                )
            )
            for request in requests
        ]
