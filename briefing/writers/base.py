"""The seam between `write` and whatever words a section: records and one protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source that may be printed.

    Attributes:
        text: The words, without quotation marks around them; left-out words show as `[…]`.
        lead: Whose words or views they are.
        score: How much they matter, higher is more; about 0 to 1.
    """

    text: str
    lead: str
    score: float


@dataclass(frozen=True, slots=True)
class Request:
    """One section to word from `passages`, best first, in at most `sentences` sentences."""

    task: Literal["bottom_line", "summary"]
    passages: tuple[Passage, ...]
    sentences: int


@dataclass(frozen=True, slots=True)
class ReplySentence:
    """One sentence; `cites` indexes the request's passages.

    `text` is None where the cited passages are to be printed as they stand.
    """

    text: str | None
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """Sentences for one request, best first."""

    sentences: tuple[ReplySentence, ...]


class Writer(Protocol):
    """What words a section. One is loaded a process and used for all documents.

    Attributes:
        name: For the colophon.
        max_tokens: What one request may hold, in the units of `count_tokens`; None for no limit.
    """

    name: str
    max_tokens: int | None

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` takes."""
        ...

    def generate(self, requests: Sequence[Request]) -> list[Reply]:
        """Answer every request; one reply each, in their order."""
        ...
