"""Key points: how alike arguments and points are, by vectors and by words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sample_support import CLAIMS, KEY_POINTS, MOTION, write_key_points

from briefing.evaluate.points import (
    COLUMNS,
    OURS,
    PER_POINT,
    PLAIN,
    POOLED,
    WORDS,
    Pair,
    by_vectors,
    by_words,
    measure,
    pairs,
    statistics,
)
from briefing.evaluate.seams import Support

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.evaluate.seams import Vectors

SIDE = (MOTION, 1)


class Knowing:
    """Vectors that tell which point each text makes."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        makes = dict(CLAIMS) | dict(zip(KEY_POINTS, ((1, 0), (0, 1)), strict=True))
        return np.array([makes[text] for text in texts], dtype=np.float32)


class Blind:
    """Vectors that are all the same."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)


def test_what_is_measured(tmp_path: Path) -> None:
    """Who knows all has all; who tells nothing apart has the share of what is made."""
    write_key_points(tmp_path)
    part = measure(Support(points=Knowing(), encoder=Blind()), tmp_path)
    (table,) = part.tables
    found = {row.name: row.figures for row in table.rows}
    assert [*found] == [OURS, PLAIN, WORDS, f"{OURS} less the best of the others"]
    assert {found[OURS][column].value for column in COLUMNS} == {100.0}
    assert found[PLAIN][POOLED].value == 50.0
    assert table.counts == {"arguments": 3, "pairs": 6, "made": 3, "key points": 2, "sides": 1}


def test_a_limit_is_of_arguments(tmp_path: Path) -> None:
    """So few are read, to try."""
    write_key_points(tmp_path)
    part = measure(Support(points=Knowing(), encoder=Blind()), tmp_path, 1)
    assert part.tables[0].counts["arguments"] == 1


def test_every_judged_pair_counts() -> None:
    """One for each key point that an argument was judged with."""
    record = {
        "topic": MOTION,
        "stance": -1,
        "argument": "It costs.",
        "key_points": [{"key_point": "Too dear", "label": 1}],
    }
    assert pairs([record]) == [Pair((MOTION, -1), "It costs.", "Too dear", 1)]


def test_points_that_nobody_makes_are_left_out() -> None:
    """The mean is over key points with something to find."""
    found = [
        Pair(SIDE, "a", "made", 1),
        Pair(SIDE, "b", "made", 0),
        Pair(SIDE, "a", "unmade", 0),
        Pair(SIDE, "b", "unmade", 0),
    ]
    measured = statistics(found, np.array([0.2, 0.9, 1.0, 0.1]))
    assert measured[PER_POINT].records == 1
    assert measured[PER_POINT].figure().value == 50.0
    assert measured[POOLED].figure().value == pytest.approx(33.33)


def test_rare_words_make_texts_alike() -> None:
    """A word in all texts tells nothing, one in two texts much; without words nothing is alike."""
    told = (
        ("the wet quay", "the old quay"),
        ("the new toll", "the old quay"),
        ("the", "the wet quay"),
    )
    some, none, nothing = by_words([Pair(SIDE, *each, 1) for each in told])
    assert some > none == nothing == 0
    same, other = by_words([Pair(SIDE, "quay", "quay", 1), Pair(SIDE, "toll", "dues", 0)])
    assert (same, other) == (pytest.approx(1), 0)


def test_each_text_is_read_once() -> None:
    """Products are of the vectors of both texts of a pair."""

    def vectors(texts: Sequence[str]) -> Vectors:
        assert len({*texts}) == len(texts)
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    found = [Pair(SIDE, "a", "bb", 1), Pair(SIDE, "a", "ccc", 0)]
    assert by_vectors(found, vectors).tolist() == [3, 4]
