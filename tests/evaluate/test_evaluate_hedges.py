"""Hedges against those that people marked: sentences, overlapping hedges and exact ones."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from briefing.document import Span
from briefing.evaluate.hedges import count, score, sentences, weak

if TYPE_CHECKING:
    from pathlib import Path

MAY, LIKELY = Span(4, 7), Span(20, 26)


def test_counts_of_a_sentence() -> None:
    """One hedge that is met by its edge counts as found, but not as exact."""
    assert count([MAY, LIKELY], [Span(18, 26)]) == [(1, 1, 1), (1, 1, 2), (0, 1, 2)]
    assert count([], [MAY]) == [(0, 1, 0), (0, 1, 0), (0, 1, 0)]
    assert count([], []) == [(0, 0, 0)] * 3


def test_each_hedge_is_met_once() -> None:
    """Two that were found on one hedge are one right and one wrong."""
    assert count([Span(0, 9)], [Span(0, 4), Span(5, 9)])[1] == (1, 2, 1)


def test_all_right_is_a_hundred() -> None:
    """What people marked gets every point."""
    found = score([[MAY], [LIKELY], []], [[MAY], [LIKELY], []])
    assert [figure.value for figure in found.values()] == [100.0] * 3


def test_the_hedges_of_all_statements_count_once() -> None:
    """A hedge of two statements is one."""
    answer = {"statements": [{"hedges": [[20, 26], [4, 7]]}, {"hedges": [[4, 7]]}]}
    assert weak(answer) == [MAY, LIKELY]


def test_marks_are_laid_on_their_sentences(tmp_path: Path) -> None:
    """A mark tells a place in a document; the sentence has it where it stands in its own text."""
    text = "It is open. Perhaps about ten came."
    with gzip.open(tmp_path / "quays.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"id": "q1", "split": "train", "document": text}))
    place = {"set": "quays", "id": "q1", "sentence": [12, 35]}
    marked = place | {"hedges": [[12, 19]], "approximators": [[20, 25]]}
    assert sentences(tmp_path, [marked, marked | {"id": "q2"}]) == [
        {"text": "Perhaps about ten came.", "hedges": [[0, 7], [8, 13]]}
    ]
