"""A stand-in for the scorer of support, for tests and for work without models: it counts words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.support.grounds import Grounds
from briefing.support.weighed import Weighed

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGER = re.compile(r"[^\W_]{4,}|\d+")


class StubText:
    """The sentences of a text."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        self.grounds = Grounds(self.sentences)


class StubScorer:
    """Scores the share of a claim's longer words that its evidence has."""

    name = "stub"
    sha256 = ""

    def text(self, sentences: Sequence[str]) -> StubText:
        """Make the sentences of a text ready to be asked."""
        return StubText(sentences)

    def weigh(self, asked: Sequence[tuple[StubText, str]]) -> tuple[Weighed, ...]:
        """What each text makes of the claim beside it."""
        return self.weigh_on([(text, claim, text.grounds.choose(claim)) for text, claim in asked])

    def weigh_all(self, asked: Sequence[tuple[StubText, Sequence[str]]]) -> tuple[Weighed, ...]:
        """As `weigh`, of claims of one or more sentences each: that of the weakest."""
        return tuple(
            Weighed(
                min(each.score for each in parts),
                0.0,
                tuple(sorted({at for each in parts for at in each.evidence})),
            )
            for parts in (self.weigh([(text, part) for part in claim]) for text, claim in asked)
        )

    def weigh_on(
        self, asked: Sequence[tuple[StubText, str, Sequence[int]]]
    ) -> tuple[Weighed, ...]:
        """As `weigh`, with the numbers of the sentences that each claim is held against."""
        return tuple(
            Weighed(share(claim, " ".join(text.sentences[at] for at in on)), 0.0, tuple(on))
            for text, claim, on in asked
        )


def share(claim: str, evidence: str) -> float:
    """The share of the longer words of `claim`, 0 to 1, that stand in `evidence`."""
    words, others = ({*map(str.casefold, LONGER.findall(each))} for each in (claim, evidence))
    return len(words & others) / len(words) if words else 0.0
