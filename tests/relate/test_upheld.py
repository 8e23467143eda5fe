"""Positions that somebody's own paper denies."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.document import Document, Sentence, Span
from briefing.findings import AUTHOR, Position, Reading
from briefing.relate import upheld

DENIAL = "Your letter says that the Guild backs the levy. It does not."
REPORT = "The Vale Pilots Guild backs the levy, we hear. It rained."


def paper(text: str, mention: str, actor: str, **given: Any) -> tuple[Document, Reading]:
    """A paper with one position, that its first sentence shows."""
    first = text.index(". ") + 1
    spans = Span(0, first), Span(first + 1, len(text))
    at = text.index(mention)
    named = Span(at, at + len(mention))
    basis = given.pop("basis", "reported")
    row = Position(actor, named, "supports", "levy", (spans[0],), basis, hedged=False)
    sentences = tuple(map(Sentence, spans))
    return Document("a.txt", text, **given), Reading(sentences, (0.5, 0.5), (), (), (row,), ())


def left(*papers: tuple[Document, Reading]) -> list[int]:
    """How many positions are left in each paper."""
    found = upheld([one for one, _ in papers], [one for _, one in papers])
    return [len(reading.positions) for reading in found]


OTHER = paper(REPORT, "Vale Pilots Guild", "Vale Pilots Guild")


@pytest.mark.parametrize(
    "given", [{"publisher": "Vale Pilots Guild"}, {"authors": ("The Guild",)}]
)
def test_own_denial_takes_back_what_others_report(given: dict[str, Any]) -> None:
    """What an organisation denies in its own paper is no position of its in another's words."""
    assert left(paper(DENIAL, "Guild", "Guild", **given), OTHER) == [0, 0]


@pytest.mark.parametrize(
    ("denial", "mention", "actor", "given"),
    [
        (DENIAL, "Guild", "Guild", {}),
        (DENIAL, "Guild", "Guild", {"publisher": "Vale Growers"}),
        ("We back the levy. They do not.", "We", AUTHOR, {"publisher": "Vale Pilots Guild"}),
    ],
)
def test_a_denial_by_others_leaves_it(
    denial: str, mention: str, actor: str, given: dict[str, Any]
) -> None:
    """Somebody else's denial, and a comparison with others, take nothing back elsewhere."""
    assert left(paper(denial, mention, actor, **given), OTHER) == [0, 1]


def test_own_words_elsewhere_stay() -> None:
    """What an organisation says of itself in another paper is not taken back by a denial."""
    own = paper(REPORT, "Vale Pilots Guild", "Vale Pilots Guild", basis="asserted")
    assert left(paper(DENIAL, "Guild", "Guild", publisher="Vale Pilots Guild"), own) == [0, 1]
