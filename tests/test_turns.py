"""Transcripts: which texts are some, where a turn begins and whose it is."""

from __future__ import annotations

import pytest

from briefing.document import Span
from briefing.turns import turns

SAID = (
    "The weir must stay. It keeps the mill.",
    "I would rather see it go.",
    "Then who pays?",
    "The river board: it has the money.",
)


def transcript(*labels: str) -> str:
    """A text of one paragraph a label, with something said behind it."""
    return "\n\n".join(f"{label}: {said}" for label, said in zip(labels, SAID, strict=False))


def names(text: str) -> list[str]:
    """Whose the turns of a text are."""
    return [turn.name for turn in turns(text).turns]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("MS. CALDER", "MR. PELL", ("Ms. Calder", "Mr. Pell")),
        ("Emrys Calder", "Nia Pell", ("Emrys Calder", "Nia Pell")),
        ("Emrys Calder", "Nia Pell (Country Party)", ("Emrys Calder", "Nia Pell")),
        ("Emrys van der Calder", "Dr. Nia Pell MS", ("Emrys van der Calder", "Dr. Nia Pell MS")),
        ("EMRYS CALDER", "Nia O’Pell-Dunn", ("Emrys Calder", "Nia O’Pell-Dunn")),
    ],
)
def test_names_at_line_starts_make_turns(one: str, other: str, expected: tuple[str, str]) -> None:
    """In capitals or in full, with a party behind or without; each turn ends at the next label."""
    text = transcript(one, other, one, other)
    found = turns(text)
    assert [turn.name for turn in found.turns] == [*expected, *expected]
    assert [text[slice(*turn.label)] for turn in found.turns] == [
        f"{label}: " for label in (one, other, one, other)
    ]
    for said, name in zip(SAID, (*expected, *expected), strict=True):
        turn = found.at(text.index(said) + len(said) - 1)
        assert turn is not None
        assert turn.name == name


def test_surnames_are_those_of_the_speakers_named_in_full() -> None:
    """A record calls a member by the whole name once; who has a namesake keeps the label."""
    labels = ("Ms Nia Pell (Minister for Rivers)", "Mr Emrys Calder", "Ms Pell", "Mr Calder")
    assert names(transcript(*labels)) == ["Nia Pell", "Emrys Calder"] * 2
    labels = ("Ms Nia Pell", "Ms Ada Pell", "Ms Pell", "Ms Pell")
    assert names(transcript(*labels)) == []
    text = transcript(*labels) + "\n\nMs Nia Pell: No.\n\nMs Ada Pell: Yes."
    assert names(text)[2:] == ["Ms Pell", "Ms Pell", "Ms Nia Pell", "Ms Ada Pell"]


def test_questions_with_numbers_make_turns() -> None:
    """The number is no part of a name, and one word by itself is a label if it asks elsewhere."""
    text = transcript("Q1 Chair", "Emrys Calder", "Q12 Nia Pell", "Emrys Calder")
    assert names(text + "\n\nChair: Thank you.\n\nNote: This is all.") == [
        "Chair", "Emrys Calder", "Nia Pell", "Emrys Calder", "Chair",
    ]  # fmt: skip


def test_a_surname_in_capitals_behind_a_title_is_a_name() -> None:
    """As records of parliaments have it; the title keeps its letters."""
    text = transcript("Ms CALDER (Country Party)", "Mr O’PELL", "Ms CALDER", "Mr O’PELL")
    assert names(text) == ["Ms Calder", "Mr O’Pell"] * 2


@pytest.mark.parametrize(
    "text",
    [
        transcript("Fact Sheet"),
        transcript("Fact Sheet", "Fact Sheet", "Fact Sheet", "Fact Sheet"),
        transcript("Fact Sheet", "Background Note", "Further Reading", "Opening Hours"),
        transcript("Emrys Calder", "Nia Pell", "Emrys Calder"),
        transcript(
            "We heard Emrys Calder", "and Nia Pell", "We heard Emrys Calder", "and Nia Pell"
        ),
        transcript("Note", "Source", "Note", "Source"),
        "At the weir Emrys Calder: yes; Nia Pell: no; Emrys Calder: yes; Nia Pell: no.",
        "",
    ],
)
def test_other_labels_make_no_transcript(text: str) -> None:
    """Labels that do not recur, those of one kind, single words and names within a line."""
    assert names(text) == []


def test_nobody_speaks_before_the_first_label() -> None:
    """What stands there is nobody's turn, and a label is no part of what is said."""
    text = "The council met on Monday.\n\n" + transcript(*["Emrys Calder", "Nia Pell"] * 2)
    found = turns(text)
    start = text.index("Emrys")
    assert found.at(start - 1) is None
    assert found.labelled(Span(start, start + len("Emrys Calder")))
    assert not found.labelled(Span(text.index(SAID[0]), text.index(SAID[1])))


QUESTIONS = (
    "Q: Will the weir go?\n\nA: It will. We have the money.\n\n"
    "Q: When?\n\nA: In May.\n\nQ: And the mill?\n\nA: It stays."
)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("“It will go”: an interview with Emrys Calder\n\nThe Weir, 4 May 2025", "Emrys Calder"),
        ("Five questions to river keeper Emrys Calder", "Emrys Calder"),
        (
            "Emrys Calder is the keeper of the river. She spoke to Nia Pell of The Weir.",
            "Emrys Calder",
        ),
        ("Our talk with Emrys Calder\n\nNia Pell was in the mill.", "Emrys Calder"),
        ("The weir\n\nOf what is to come.", ""),
        ("Emrys Calder is the keeper of the river.\n\nNia Pell is its owner.", ""),
    ],
)
def test_answers_are_those_of_who_is_asked(head: str, expected: str) -> None:
    """By what the head of an interview says; nobody's where it names no one person as asked."""
    assert names(f"{head}\n\n{QUESTIONS}") == ["", expected] * 3


@pytest.mark.parametrize(
    "text",
    [
        transcript("A", "B", "A", "B"),
        "A: the weir.\n\nA: the mill.\n\nA: the lock.\n\nA: the gate.",
    ],
)
def test_an_answer_has_a_question(text: str) -> None:
    """`A:` alone may letter the items of a list."""
    assert names(text) == []
