"""What was found against what there is: each paired once, the most alike first."""

from __future__ import annotations

import pytest

from briefing.evaluate.matching import Score, jaccard, pairs, places, words

CLOSENESS = {("a", "x"): 0.9, ("a", "y"): 0.8, ("b", "x"): 0.85, ("b", "y"): 0.2}


def test_the_most_alike_are_paired_first() -> None:
    """A pair takes both from the others, even where another pairing would give more pairs."""
    assert pairs("ab", "xy", lambda *both: (CLOSENESS[both],)) == [(0, 0)]
    assert pairs("ab", "xy", lambda *both: (CLOSENESS[both],), floor=0.1) == [(0, 0), (1, 1)]


def test_later_numbers_break_ties() -> None:
    """Of two that are as alike the second number decides, then the later place."""
    assert pairs(["a"], ["x", "y"], lambda _, other: (0.5, other == "x")) == [(0, 0)]
    assert pairs(["a"], ["x", "y"], lambda *_: (0.5,)) == [(0, 1)]


def test_words_and_where_they_begin() -> None:
    """Words are compared in lower case, places by where each word begins."""
    assert words("The Quay, the quay!") == {"the", "quay"}
    assert places("The old quay", [(0, 3), (8, 12)]) == {0, 8}
    assert jaccard(frozenset("ab"), frozenset("bc")) == pytest.approx(1 / 3)
    assert jaccard(frozenset(), frozenset()) == 0.0


def test_a_score_adds_up() -> None:
    """F1 of all documents together."""
    assert Score(1, 2, 2).add(1, 2, 2).f1 == 50.0
    assert str(Score()) == "P   0.0  R   0.0  F1   0.0"
