"""What a cue shows, and whether the author reads a mind, on sentences written for this purpose."""

from __future__ import annotations

import pytest

from briefing.analyse.attribution import attributions
from briefing.analyse.cues import reads_mind
from briefing.analyse.quotations import Quoted
from briefing.analyse.syntax import parse
from briefing.document import Document
from briefing.segment import segment

pytestmark = pytest.mark.reader


def read(text: str) -> list[bool]:
    """For each attribution of `text`, whether the author reads a mind."""
    document = Document("note.txt", text)
    found = attributions(parse(document, segment(document)), Quoted(text))
    return [reads_mind(item) for item in found]


@pytest.mark.parametrize(
    "text",
    [
        "Mirela Voss is moving to Arle but is expected to keep her seat.",
        "The pilots are thought to be at sea.",
    ],
)
def test_a_mind_in_the_passive_is_nobodys(text: str) -> None:
    """What is expected or thought of somebody is not their own view."""
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Council expects the toll to rise.",
        "Mirela Voss wants to close the quay.",
        "Mirela Voss said that the quay was full.",
        "The union opposes the toll.",
        "“The quay is ours for good,” said Mirela Voss.",
    ],
)
def test_what_is_made_known_is_reported(text: str) -> None:
    """A plain wish or expectation was made known, as what is said or done in public."""
    assert read(text) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Mirela Voss believes that the port is full.",
        "Mirela Voss apparently wants to close the quay.",
        "The Harbour Council would probably accept a lower toll.",
        "Mirela Voss appears willing to accept a lower toll.",
    ],
)
def test_beliefs_and_guesses_are_inferred(text: str) -> None:
    """A belief, or anything that the author weakens, is read into its holder."""
    assert read(text) == [True]


def holders(text: str) -> list[tuple[str, ...]]:
    """For each attribution of `text`, its holders."""
    document = Document("note.txt", text)
    found = attributions(parse(document, segment(document)), Quoted(text))
    return [tuple(token.text for token in item.holders) for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Monday 1 June offered the port a way out.", []),
        ("The pilots have bought no boat and have been offered a mooring.", []),
        ("The port was offered a lower toll.", []),
        ("June Tarn offered the port a lower toll.", [("Tarn",)]),
        ("Two of them oppose the toll.", [("Two",)]),
        ("63 percent of the pilots oppose the toll.", [("percent",)]),
        ("A pilot in London, who opposes the toll, has sailed.", [("pilot",)]),
        ("The friends of Anna Berg, who opposes the toll, sailed.", [("Berg",)]),
    ],
)
def test_holders_are_those_who_can_hold(text: str, expected: list[tuple[str, ...]]) -> None:
    """No day offers anything, nor who is offered it; `who` is no place."""
    assert holders(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union would ask for no toll.", []),
        ("The council promised the pilots nothing.", []),
        ("Mirela Voss promised nothing of the sort.", []),
        ("Mirela Voss accepted nothing of the kind.", []),
        ("The union would accept neither a toll nor a tax.", [("accepts", True)]),
        ("The council supports no toll.", [("supports", True)]),
        ("Mirela Voss wants no toll.", [("demands", False)]),
        ("Mirela Voss is planning a regatta in May.", []),
        ("The council plans to raise the toll.", [("supports", False)]),
        ("The council recommended that the quay be closed.", [("demands", False)]),
        ("The council did not recommend a toll.", []),
    ],
)
def test_what_is_none_and_what_is_planned(text: str, expected: list[tuple[str, bool]]) -> None:
    """Who accepts nothing rejects; who asks for or offers nothing, or plans a thing, takes no side."""
    document = Document("note.txt", text)
    found = attributions(parse(document, segment(document)), Quoted(text))
    assert [(item.shows.stance, item.negated) for item in found] == expected
