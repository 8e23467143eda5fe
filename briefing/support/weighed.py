"""What is known of a claim once it was held against a text, and what holds claims against texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.support.grounds import Grounds

THRESHOLD = 0.5
"""The score from which a claim counts as supported."""


class Weighed(NamedTuple):
    """What a text makes of a claim.

    Attributes:
        score: How likely the text carries it, 0 to 1.
        denied: How likely the text speaks against it, 0 to 1; the rest is left open.
        evidence: Numbers of the text's sentences that it was held against, in their order.
    """

    score: float
    denied: float
    evidence: tuple[int, ...]

    @property
    def supported(self) -> bool:
        """Whether the score is high enough."""
        return self.score >= THRESHOLD


class Told(Protocol):
    """A text, ready to be asked any number of claims.

    Attributes:
        sentences: Of the text, in order.
        grounds: Finds those that a claim may rest on.
    """

    sentences: tuple[str, ...]
    grounds: Grounds


class Weighs(Protocol):
    """What holds claims against texts: the scorer, or a stand-in.

    Attributes:
        name: Of the model.
        sha256: Digest of its weights, in hex; empty for a stand-in.
    """

    name: str
    sha256: str

    def text(self, sentences: Sequence[str]) -> Any:
        """Make the sentences of a text ready; gives what `weigh` takes."""
        ...

    def weigh(self, asked: Sequence[tuple[Any, str]]) -> tuple[Weighed, ...]:
        """What each text makes of the claim of one sentence beside it, whatever others are asked."""
        ...

    def weigh_all(self, asked: Sequence[tuple[Any, Sequence[str]]]) -> tuple[Weighed, ...]:
        """As `weigh`, of claims of one or more sentences each."""
        ...

    def weigh_on(self, asked: Sequence[tuple[Any, str, Sequence[int]]]) -> tuple[Weighed, ...]:
        """As `weigh`, with the numbers of the sentences that each claim is held against."""
        ...
