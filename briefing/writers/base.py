"""The seam between `write` and whatever words a section: records and one protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from briefing.findings import Basis

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a source that may be printed.

    Attributes:
        text: The words, without quotation marks around them; left-out words show as `[…]`.
        lead: Whose words or views they are.
        score: How much they matter, higher is more; about 0 to 1.
        basis: Whether the author says so, reports it of somebody or infers it.
        hedges: The words of the source that weaken it, as they stand.
        source: The number of its document, from 0.
    """

    text: str
    lead: str
    score: float
    basis: Basis = "asserted"
    hedges: tuple[str, ...] = ()
    source: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """One section to word from `passages`, best first, in at most `sentences` sentences.

    `texts` are the sources' whole texts, for writers that take no instructions.
    """

    task: Literal["bottom_line", "summary"]
    passages: tuple[Passage, ...]
    sentences: int
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplySentence:
    """One sentence; `cites` indexes the request's passages.

    `text` is None where the cited passages are to be printed as they stand. A sentence that was
    written from the request's `texts` cites nothing: the gate finds its evidence.
    """

    text: str | None
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What a model wrote and nobody can use, or why it wrote nothing.

    Attributes:
        reason: What is wrong with it, as a clause: `its limit of tokens cut it off`.
        text: What was written; empty where nothing was.
    """

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Sentences for one request, best first, and what could not be used."""

    sentences: tuple[ReplySentence, ...]
    faults: tuple[Fault, ...] = ()


class Writer(Protocol):
    """What words a section. One is loaded a process and used for all documents.

    Attributes:
        name: For the colophon.
        max_tokens: What one request may hold, in the units of `count_tokens`; None for no limit.
        offline: False where a server was named and is asked.
    """

    name: str
    max_tokens: int | None
    offline: bool

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` takes."""
        ...

    def generate(self, requests: Sequence[Request]) -> list[Reply]:
        """Answer every request; one reply each, in their order."""
        ...
