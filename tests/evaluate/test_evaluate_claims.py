"""Sentences worth checking: average precision, thresholds, and the claims of whole debates."""

from __future__ import annotations

import numpy as np
import pytest

from briefing.evaluate.claims import (
    Rated,
    average_precision,
    best_threshold,
    f1_from,
    figures,
    highest,
    transcript,
)


@pytest.mark.parametrize(
    ("labels", "scores", "expected"),
    [
        ([1, 0], [0.9, 0.1], 1.0),
        ([0, 1], [0.9, 0.1], 0.5),
        ([1, 0, 1], [0.9, 0.8, 0.7], (1 + 2 / 3) / 2),
        ([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5], 0.5),
        ([0, 0], [0.9, 0.1], 0.0),
        ([], [], 0.0),
    ],
)
def test_average_precision(labels: list[int], scores: list[float], expected: float) -> None:
    """Precision at each sentence that counts; sentences of one score are taken together."""
    found = average_precision(np.array(labels, dtype=float), np.array(scores))
    assert found == pytest.approx(expected)


def test_the_best_threshold_is_that_of_the_highest_f1() -> None:
    """All that score as much or more count as worth checking."""
    rated = Rated(np.array([1, 1, 0, 0]), np.array([0.9, 0.4, 0.3, 0.1]), np.zeros(4))
    assert best_threshold(rated) == 0.4
    assert f1_from(rated.labels, rated.scores, 0.4) == 1.0
    assert f1_from(rated.labels, rated.scores, 0.5) == pytest.approx(2 / 3)
    assert f1_from(np.zeros(2), np.zeros(2), 0.5) == 0.0


def test_figures_are_of_blocks() -> None:
    """A block of neighbours is one record: two blocks that are alike leave no doubt."""
    rated = Rated(np.array([1, 0] * 2), np.array([0.9, 0.1] * 2), np.array([4, 4, 9, 9]))
    found = figures(rated, 0.5, fixed=True)
    assert {str(figure) for figure in found.values()} == {"100.0 [100.0, 100.0]"}
    assert len(figures(rated, 0.5, fixed=False)) == 2


def test_a_debate_as_a_transcript() -> None:
    """A paragraph a turn, with the speaker before it, and each line known by its place."""
    lines = [("FOLL", "Dues rose."), ("FOLL", "They doubled."), ("ROKE", "No.")]
    text, places = transcript(lines)
    assert text == "FOLL: Dues rose. They doubled.\n\nROKE: No."
    assert [text[start:end] for start, end in places] == [line for _, line in lines]


def test_a_line_has_the_highest_score_of_its_claims() -> None:
    """Claims count for each line that they share a character with."""
    claims = [{"span": [0, 5], "score": 0.2}, {"span": [4, 9], "score": 0.7}]
    assert highest({"claims": claims}, [(0, 4), (4, 6), (9, 12)]) == [0.2, 0.7, 0.0]
