"""Focus: which turns are taken, and how many of those that answer are among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sample_reader import write_corpus

from briefing.evaluate.focus import (
    FIRST,
    OURS,
    PLAIN,
    RECALL,
    WORDS,
    Meeting,
    by_focus,
    by_words,
    found,
    measure,
    meeting,
    taken,
)
from briefing.evaluate.seams import Support

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.evaluate.seams import Vectors

SMALL_TALK = "It rained all day in Lund and nobody went to the hall."
ASKED = "What did Edda Moor say about shore power?"
TURNS = [
    *[{"speaker": "Ilo Brand", "text": SMALL_TALK}] * 12,
    {"speaker": "Edda Moor", "text": "Shore power lets the ships stop their engines at berth."},
    *[{"speaker": "Tam Oyle", "text": SMALL_TALK}] * 12,
]
RECORD = {
    "id": "lund",
    "split": "dev",
    "turns": TURNS,
    "queries": [
        {"query": ASKED, "turn_spans": [[12, 12]]},
        {"query": "What was said at the beginning, at first?", "turn_spans": [[0, 1]]},
        {"query": "Summarise the meeting.", "turn_spans": []},
    ],
}


class Blind:
    """Vectors that are all the same."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)


def test_what_is_measured(tmp_path: Path) -> None:
    """The rules find what was asked for, the first turns what came first."""
    write_corpus(tmp_path, "meetings_qmsum", [RECORD, {**RECORD, "id": "t", "split": "train"}])
    (table,) = measure(Support(encoder=Blind()), tmp_path).tables
    rows = {row.name: row.figures[RECALL].value for row in table.rows}
    assert [*rows] == [OURS, PLAIN, WORDS, FIRST, f"{OURS} less the best of the others"]
    assert rows[FIRST] == rows[PLAIN] == 50.0
    assert rows[OURS] >= 50.0
    assert table.counts == {"meetings": 1, "turns": 25, "questions": 2}


def test_questions_that_no_turns_answer_are_left_out() -> None:
    """Turns have their speakers; spans hold their last turn."""
    one = meeting(RECORD)
    assert one.questions[0] == ASKED
    assert one.answers == (frozenset({12}), frozenset({0, 1}))
    assert one.turns[12].startswith("Edda Moor: Shore power")
    assert one.words[12] == 10


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([0.0] * 20, {0, 1, 2}),
        ([0.0] * 17 + [1.0] * 3, {17, 18, 19}),
        ([1.0, 2.0, 3.0, *[0.0] * 17], {0, 1, 2}),
    ],
)
def test_turns_are_taken_while_there_is_room(given: list[float], expected: set[int]) -> None:
    """Up to fifteen hundredths of the words; of equals the first ones."""
    assert taken(given, [7] * 20) == expected


def test_what_there_is_no_room_for_ends_the_choice() -> None:
    """No shorter turn is taken in its place."""
    assert taken([3.0, 2.0, 1.0, 0.0], [10, 10, 5, 75]) == {0}
    assert taken([1.0, 0.0], [90, 10]) == frozenset()


def test_a_share_of_the_turns_that_answer() -> None:
    """For each question, how many of its turns are taken."""
    one = Meeting(("",) * 20, (7,) * 20, ("a", "b"), (frozenset({0, 19}), frozenset({5})))
    assert found(one, lambda _: [[0.0] * 20] * 2) == [0.5, 0.0]


def test_words_and_names_of_speakers_are_found() -> None:
    """Both the rules and BM25 rank the turn with the asked words first."""
    one = meeting(RECORD)
    for scores in (by_focus(one)[0], by_words(one)[0]):
        assert max(range(len(scores)), key=lambda at: scores[at]) == 12
    assert by_words(one)[1][12] == 0.0 or by_words(one)[1][12] < by_words(one)[0][12]
