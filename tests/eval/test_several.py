"""What several sources together say, against readings by people: the seed sets.

Floors stand slightly under what was reached; see README.md beside this file.
"""

from __future__ import annotations

import json
import re
import sys
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefing.document import Span
from briefing.ingest import read
from briefing.pipeline import Desk
from briefing.relate import relate, unify, upheld
from briefing.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.relate.places import Place

pytestmark = pytest.mark.bench

SEEDS = Path(__file__).parents[2] / "seeds"
FLOORS = {
    "harbour-dues": {
        "same, precision": 86,
        "same, recall": 84,
        "contested, precision": 86,
        "contested, recall": 75,
    },
    "rail-fares": {
        "same, precision": 60,
        "same, recall": 3,
        "contested, precision": 32,
        "contested, recall": 3,
    },
    "river-permits": {
        "same, precision": 80,
        "same, recall": 20,
        "contested, precision": 43,
        "contested, recall": 8,
    },
}
"""Per cent, of pairs of statements and of contested matters."""
LEAST_SHARE = 0.5
"""Of the shorter of a statement and a gold quotation that both must have in common."""


class Pile:
    """A seed set with its gold reading and what was found in it."""

    def __init__(self, folder: Path) -> None:
        self.gold: dict[str, Any] = json.loads((folder / "gold.json").read_bytes())
        names = [str(folder / each["name"]) for each in self.gold["documents"]]
        self.documents = read(names).documents
        desk = Desk(Settings(date="2026-11-22"))
        self.readings = upheld(
            self.documents, unify(self.documents, desk.readings(self.documents))
        )
        self.related = relate(self.documents, self.readings, desk.vectors)

    def span(self, number: int, quote: str) -> Span:
        """Where a gold quotation stands."""
        pattern = r"\s+".join(map(re.escape, quote.split()))
        found = re.search(pattern, self.documents[number].text)
        assert found, f"{quote!r} stands not in {self.documents[number].name}"
        return Span(*found.span())

    def quotations(self, sides: Sequence[dict[str, Any]]) -> list[list[tuple[int, Span]]]:
        """The places of each side's quotation, piece by piece."""
        names = [Path(document.name).name for document in self.documents]
        return [
            [
                (number, self.span(number, quote))
                for quote in ([side["quote"]] if isinstance(side["quote"], str) else side["quote"])
            ]
            for side in sides
            for number in [names.index(side["document"])]
        ]

    def is_of(self, place: Place, quotation: Sequence[tuple[int, Span]]) -> bool:
        """Whether a statement is that of a gold quotation."""
        content = self.readings[place.document].statements[place.statement].content
        return any(
            number == place.document
            and min(one.end, other.end) - max(one.start, other.start)
            >= LEAST_SHARE * min(one.end - one.start, other.end - other.start)
            for number, one in quotation
            for other in content
        )

    def writing(self, document: int) -> int:
        """One number for all documents that are one writing, by the gold reading."""
        name = Path(self.documents[document].name).name
        names = [Path(each.name).name for each in self.documents]
        group = next((each for each in self.gold["origins"] if name in each), [name])
        return min(names.index(each) for each in group)


@pytest.fixture(params=sorted(FLOORS))
def pile(request: pytest.FixtureRequest) -> Pile:
    """Each of the seed sets, read with the shipped reader."""
    return Pile(SEEDS / request.param)


def share(right: int, of: int) -> float:
    return 100 * right / of if of else 100.0


def same_pairs(pile: Pile) -> Iterator[tuple[Place, Place]]:
    """Pairs of statements that were found to say the same, reprints aside."""
    for group in pile.related.groups:
        for one, other in combinations(group.places, 2):
            if pile.writing(one.document) != pile.writing(other.document):
                yield one, other


def test_against_the_gold_reading(pile: Pile, request: pytest.FixtureRequest) -> None:
    """Statements that say the same, and what is contested; the copies are known for copies."""
    groups = [pile.quotations(group) for group in pile.gold["same_claim"]]
    wanted = [
        pair
        for group in groups
        for pair in combinations(group, 2)
        if pile.writing(pair[0][0][0]) != pile.writing(pair[1][0][0])
    ]
    found = list(same_pairs(pile))

    def same(pair: tuple[Place, Place], quotations: Sequence[Any]) -> bool:
        one, other = quotations
        return any(
            pile.is_of(first, one) and pile.is_of(second, other)
            for first, second in (pair, pair[::-1])
        )

    right = [
        pair
        for pair in found
        if any(same(pair, both) for group in groups for both in combinations(group, 2))
    ]
    matters = [pile.quotations(matter["sides"]) for matter in pile.gold["contested"]]
    contests = [(each.one, each.other) for each in pile.related.contested]
    met = [
        [pair for pair in contests if any(same(pair, both) for both in combinations(sides, 2))]
        for sides in matters
    ]
    reached = {
        "same, precision": share(len(right), len(found)),
        "same, recall": share(
            sum(any(same(pair, both) for pair in found) for both in wanted), len(wanted)
        ),
        "contested, precision": share(len({pair for some in met for pair in some}), len(contests)),
        "contested, recall": share(sum(map(bool, met)), len(matters)),
    }
    missed = [
        f"  not contested: {matter['about']}"
        for matter, pairs in zip(pile.gold["contested"], met, strict=True)
        if not pairs
    ]
    extra = [
        f"  contested beside the gold: {each.kind}, {each.about}"
        for each in pile.related.contested
        if not any((each.one, each.other) in some for some in met)
    ]
    name = request.node.callspec.params["pile"]
    rows = [f"{key:<22} {value:5.1f}" for key, value in reached.items()]
    sys.stdout.write("\n".join(["", "", name, *rows, *missed, *extra, ""]))
    copies = {frozenset(group) for group in pile.related.origins.groups if len(group) > 1}
    names = [Path(document.name).name for document in pile.documents]
    assert copies == {frozenset(map(names.index, group)) for group in pile.gold["origins"]}
    floors = FLOORS[name]
    under = {key: value for key, value in reached.items() if value < floors[key]}
    assert not under, f"under their floors: {under}"
