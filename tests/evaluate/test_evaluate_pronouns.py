"""Whom a pronoun means: what an answer is worth, precision and coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from briefing.document import Span
from briefing.evaluate.passages import read
from briefing.evaluate.pronouns import candidates, judge, nearest, resolve, score, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.reader.standing import Trees

ADA, ODA, ELSEWHERE = Span(0, 8), Span(13, 22), Span(30, 34)


def record(*, ada: bool, oda: bool, pronoun: int = 40) -> dict[str, Any]:
    """A passage with two names, of which each is meant or not."""
    return {
        "text": "Ada Foll and Oda Brisk met at the quay, where she paid.",
        "pronoun": [pronoun, pronoun + 3],
        "candidates": [{"span": [*ADA], "coref": ada}, {"span": [*ODA], "coref": oda}],
    }


@pytest.mark.parametrize(
    ("ada", "answer", "verdict"),
    [
        (True, [ADA], "right"),
        (True, [Span(4, 8), ELSEWHERE], "right"),
        (True, [ODA], "wrong"),
        (True, [ADA, ODA], "wrong"),
        (True, [ELSEWHERE], "wrong"),
        (True, [], "silent"),
        (False, [ADA], "wrong"),
        (False, [ELSEWHERE], "unknown"),
    ],
)
def test_what_an_answer_is_worth(ada: bool, answer: list[Span], verdict: str) -> None:
    """Right is who shares a place with the one that is meant, and with no other."""
    assert judge(record(ada=ada, oda=False), answer) == verdict


def test_precision_is_of_the_answers_and_coverage_of_all() -> None:
    """What was left open costs no precision."""
    records = [record(ada=True, oda=False)] * 4
    found = score(records, [[ADA], [ODA], [], []])
    assert [figure.value for figure in found.values()] == [50.0, 50.0, 25.0]
    assert score(records, [[]] * 4)["precision"].value == 0.0


def test_the_nearest_name_before() -> None:
    """The last name before the pronoun; the first where both stand behind it."""
    assert nearest(record(ada=True, oda=False)) == [ODA]
    assert nearest(record(ada=True, oda=False, pronoun=9)) == [ADA]


class First:
    """Takes every pronoun for the first name."""

    def resolve(
        self,
        text: str,  # noqa: ARG002 - of the protocol
        pronouns: Sequence[Span],  # noqa: ARG002 - of the protocol
        candidates: Sequence[Sequence[tuple[Span, str]]],
        trees: Trees | None = None,  # noqa: ARG002 - of the protocol
    ) -> tuple[str | None, ...]:
        return tuple(names[0][1] if names else None for names in candidates)


def test_an_answer_is_every_place_of_the_name() -> None:
    """A name that stands in several places is answered with all of them."""
    known = [(ADA, "Ada Foll"), (ODA, "Oda Brisk"), (ELSEWHERE, "Ada Foll")]
    asked = ("", Span(40, 43))
    assert resolve(First(), asked, known) == [ADA, ELSEWHERE]
    assert resolve(First(), asked, candidates(record(ada=True, oda=False))) == [ADA]
    assert resolve(First(), asked, []) == []


class Asked:
    """A resolver that takes every pronoun but the last for the first name."""

    def resolve(
        self,
        text: str,
        pronouns: Sequence[Span],
        candidates: Sequence[Sequence[tuple[Span, str]]],
        trees: Trees | None = None,
    ) -> tuple[str | None, ...]:
        assert trees is not None
        assert {text[slice(*span)] for span in pronouns} <= {"she", "her"}
        return (*(names[0][1] for names in candidates[:-1]), None)

    def guess(self, *_: object) -> tuple[tuple[str | None, float], ...]:
        raise NotImplementedError


def test_written_passages_are_measured_beside_the_nearest_name() -> None:
    """Of three pronouns two have an answer, one of them right; the nearest name is right once."""
    marked = "[A|Ada Foll] met [B|Oda Brisk] when {she>A} paid {her>B}; {she>A} left."
    table = written(Asked(), [read(marked)])
    assert [(row.name, [each.value for each in row.figures.values()]) for row in table.rows] == [
        ("the reader, told the people", [50.0, 66.67, 33.33]),
        ("the nearest name before", [33.33, 100.0, 33.33]),
    ]
