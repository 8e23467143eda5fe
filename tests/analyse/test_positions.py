"""Where actors stand, on invented passages with the positions that a careful reader finds in them.

`positions.toml` has them by kind, in two halves drawn at random: the rules were written with one
half in view and are measured on the other. Floors stand under what was reached on both.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from briefing.analyse.rules import RuleAnalyser
from briefing.document import Document
from briefing.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.findings import Position, Reading

pytestmark = pytest.mark.reader

PASSAGES = tomllib.loads(Path(__file__).with_name("positions.toml").read_text("utf-8"))["passage"]
FLOORS = {
    "negation": 90.0,
    "double negation": 90.0,
    "nominal": 90.0,
    "adjectival": 90.0,
    "votes": 80.0,
    "conditional": 90.0,
    "past": 95.0,
    "coordination": 88.0,
    "nested": 95.0,
    "quotes": 95.0,
    "governments": 90.0,
    "acronyms": 90.0,
    "roles": 90.0,
    "passives": 95.0,
    "author": 95.0,
    "names": 90.0,
    "none": 0.0,
}
"""F1 in per cent, by kind of passage; nothing is to be found in those of the kind `none`."""
HALVES = {"develop": 95.0, "report": 89.0}
"""F1 in per cent, by half of the passages."""


class Read(NamedTuple):
    """A passage, the text as read, and the positions found in it."""

    passage: dict[str, Any]
    document: Document
    positions: tuple[Position, ...]


@pytest.fixture(scope="module")
def analyser() -> RuleAnalyser:
    return RuleAnalyser()


@pytest.fixture(scope="module")
def readings(analyser: RuleAnalyser) -> list[Read]:
    """All passages as read."""
    documents = [
        Document(str(n), each["text"], authors=(each["author"],) if "author" in each else ())
        for n, each in enumerate(PASSAGES)
    ]
    found = analyser.analyse(documents, [segment(document) for document in documents])
    return [
        Read(passage, document, reading.positions)
        for passage, document, reading in zip(PASSAGES, documents, found, strict=True)
    ]


@pytest.fixture
def read(analyser: RuleAnalyser) -> Callable[..., tuple[Document, Reading]]:
    def read(text: str, **metadata: object) -> tuple[Document, Reading]:
        document = Document("note.txt", text, **metadata)  # type: ignore[arg-type]
        return document, analyser.analyse([document], [segment(document)])[0]

    return read


def words(text: str) -> set[str]:
    """The words of `text`, in lower case."""
    return set(re.findall(r"[\w’'-]+", text.casefold()))


def bare(name: str) -> str:
    """A name in lower case, without an article."""
    return name.casefold().removeprefix("the ")


def fits(expected: dict[str, Any], found: Position, document: Document) -> bool:
    """Whether `found` is the position that was `expected`."""
    shown = " ".join([found.issue, *(document[span] for span in found.evidence)])
    return (
        bare(found.actor) == bare(expected["actor"])
        and found.stance == expected["stance"]
        and words(expected["about"]) <= words(shown)
        and found.conditional == expected.get("conditional", False)
        and found.past == expected.get("past", False)
        and list(found.via) == expected.get("via", [])
    )


def f1(readings: Sequence[Read]) -> float:
    """F1 in per cent of the positions found in `readings`."""
    right = found = gold = 0
    for passage, document, positions in readings:
        left = list(positions)
        for expected in passage["positions"]:
            match = next((one for one in left if fits(expected, one, document)), None)
            if match is not None:
                left.remove(match)
                right += 1
        found += len(positions)
        gold += len(passage["positions"])
    return 200 * right / (found + gold) if found + gold else 100.0


@pytest.mark.parametrize("kind", FLOORS)
def test_kind_of_passage(readings: list[Read], kind: str) -> None:
    """Each way to say where somebody stands is read at least as well as it was."""
    assert f1([one for one in readings if one.passage["kind"] == kind]) >= FLOORS[kind]


@pytest.mark.parametrize("half", HALVES)
def test_half_of_passages(readings: list[Read], half: str) -> None:
    """The half that the rules were not written with is read about as well as the other."""
    assert f1([one for one in readings if one.passage["half"] == half]) >= HALVES[half]


def test_every_kind_has_a_floor() -> None:
    """No passage goes unmeasured."""
    assert {each["kind"] for each in PASSAGES} == FLOORS.keys()


def test_evidence_lies_in_the_text(readings: list[Read]) -> None:
    """Mentions and evidence are stretches of the text."""
    for _, document, positions in readings:
        for position in positions:
            for span in (position.mention, *position.evidence):
                assert 0 <= span.start < span.end <= len(document.text)


def test_one_row_an_actor_and_issue(read) -> None:
    """What an actor does about one thing in two places is one position with both as evidence."""
    document, reading = read(
        "The Velm Council opposes the toll. Rain fell on the town. "
        "On Friday the Velm Council rejected the toll again."
    )
    (position,) = reading.positions
    assert (position.actor, position.stance, position.issue) == ("Velm Council", "opposes", "toll")
    assert [document[span] for span in position.evidence] == [
        "The Velm Council opposes the toll",
        "the Velm Council rejected the toll",
    ]


def test_other_issues_stay_apart(read) -> None:
    """Two things that an actor opposes are two positions."""
    _, reading = read("Ada Foll opposes the toll. Ada Foll opposes the night ferry.")
    assert [position.issue for position in reading.positions] == ["toll", "night ferry"]


def test_condition_is_shown(read) -> None:
    """The words of a conditional position have its condition."""
    document, reading = read("If the rents fall, Ada Foll will back the budget.")
    (position,) = reading.positions
    assert position.conditional
    assert document[position.evidence[0]] == "If the rents fall, Ada Foll will back the budget"


def test_items_of_a_list_are_demanded(read) -> None:
    """What follows `The union demands:` is a position each."""
    document, reading = read("The union demands:\n\n- a longer break;\n- a lower rent.\n")
    assert [
        (position.actor, position.stance, document[position.evidence[0]])
        for position in reading.positions
    ] == [("union", "demands", "a longer break"), ("union", "demands", "a lower rent")]


def test_hedges_beside_the_evidence_do_not_count(read) -> None:
    """A position is hedged by the words that show it, not by an aside about the actor."""
    _, reading = read("The Velm Council, which may meet in May, rejected the plan for the pumps.")
    (position,) = reading.positions
    assert (position.stance, position.hedged) == ("rejects", False)
