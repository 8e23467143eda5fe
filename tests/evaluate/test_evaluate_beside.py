"""Systems side by side, precision along a ranking, and how far the first is ahead."""

from __future__ import annotations

import numpy as np
import pytest

from briefing.evaluate.beside import AHEAD, Statistic, mean_of, rows
from briefing.evaluate.curves import Ranked, ranked

EVERY = np.arange(8)


def order(scores: list[float], labels: list[int], units: str = "abcdefgh") -> Ranked:
    return ranked(np.array(labels), np.array(scores), units[: len(scores)])


def test_the_first_is_held_against_the_best_of_the_others() -> None:
    """In each column another may be the best; a column that none of them has is left out."""
    made = rows(
        {
            "ours": {"a": mean_of(np.array([5.0, 7.0])), "b": mean_of(np.array([1.0])), "c": mean_of(np.array([1.0]))},
            "one": {"a": mean_of(np.array([4.0, 4.0])), "b": mean_of(np.array([3.0]))},
            "other": {"a": mean_of(np.array([0.0, 7.0]))},
        }
    )  # fmt: skip
    assert [row.name for row in made] == ["ours", "one", "other", f"ours {AHEAD}"]
    assert {column: each.value for column, each in made[-1].figures.items()} == {
        "a": 2.0,
        "b": -2.0,
    }


def test_a_difference_is_taken_draw_by_draw() -> None:
    """Where one is ahead by the same in every record, the interval has no width."""
    values = np.array([1.0, 50.0, 3.0, 90.0])
    ahead = mean_of(values + 2).less(mean_of(values))
    assert (ahead.value, ahead.low, ahead.high) == (2.0, 2.0, 2.0)
    assert Statistic(0, lambda _: 1 / 0).figure().value == 0.0


def test_precision_where_half_is_found() -> None:
    """The fewest that hold half of what is wanted, in any order of the records."""
    found = order([0.1, 0.9, 0.8, 0.7, 0.2, 0.3], [1, 1, 0, 1, 0, 1])
    assert found.precision_at_recall(EVERY[:6]) == pytest.approx(200 / 3)
    assert found.recall_at_precision(EVERY[:6]) == 25.0


def test_recall_where_nine_of_ten_are_right() -> None:
    """The most that can be had with few wrong among it; nothing where the first is wrong."""
    assert order([9.0, 8, 7, 6], [1, 1, 0, 1]).recall_at_precision(EVERY[:4]) == pytest.approx(200 / 3)  # fmt: skip
    assert order([9.0, 8, 7, 6], [0, 1, 0, 1]).recall_at_precision(EVERY[:4]) == 0.0
    assert order([9.0, 8, 7, 6], [1, 1, 0, 0]).recall_at_precision(EVERY[:4]) == 100.0


def test_equal_scores_are_taken_together() -> None:
    """What does not tell records apart gains nothing by their order."""
    for labels in ([1, 1, 0, 0], [0, 0, 1, 1]):
        found = order([1.0] * 4, labels)
        assert found.precision_at_recall(EVERY[:4]) == 50.0
        assert found.recall_at_precision(EVERY[:4]) == 0.0


def test_what_scores_a_half_is_picked() -> None:
    """Precision and recall at one half; nothing picked is nothing right."""
    found = order([0.9, 0.5, 0.4, 0.1], [1, 0, 1, 0])
    assert (found.precision(EVERY[:4]), found.recall(EVERY[:4])) == (50.0, 50.0)
    found = order([0.1, 0.2], [1, 0])
    assert (found.precision(EVERY[:2]), found.recall(EVERY[:2])) == (0.0, 0.0)


def test_what_shares_a_text_is_drawn_together() -> None:
    """A unit drawn twice counts twice, one not drawn counts nothing."""
    found = order([0.9, 0.8, 0.7, 0.6], [1, 0, 1, 1], "aabb")
    assert found.count == 2
    assert found.precision(np.array([0, 0])) == 50.0
    assert found.precision(np.array([1, 1])) == 100.0
    assert found.precision(np.array([0, 1])) == 75.0
    assert found.recall_at_precision(np.array([1, 1])) == 100.0


def test_a_draw_without_anything_wanted_is_worth_nothing() -> None:
    """It has no recall, and no precision either."""
    found = order([0.9, 0.8], [0, 1])
    assert found.precision_at_recall(np.array([0, 0])) == 0.0
    assert found.recall_at_precision(np.array([0, 0])) == 0.0
