"""Figures and their intervals: the same draws always, none for a single record."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.evaluate.bootstrap import Figure, f1, figure, mean, mean_of_means


def test_a_mean_lies_in_its_interval() -> None:
    """The interval of a mean holds it, and is the same on every call."""
    values = np.array([1.0, 2.0, 3.0, 4.0])
    found = mean(values)
    assert found == mean(values)
    assert found.value == 2.5
    assert found.low is not None
    assert found.high is not None
    assert 1.0 <= found.low < found.value < found.high <= 4.0


@settings(max_examples=20)
@given(st.floats(-100, 100), st.integers(2, 9))
def test_equal_records_leave_no_doubt(value: float, count: int) -> None:
    """Where all records are alike the interval has no width."""
    found = mean(np.full(count, value))
    assert found.low == found.high == pytest.approx(found.value)


def test_a_single_record_has_no_interval() -> None:
    """One record, or none, cannot be drawn anew."""
    assert mean(np.array([7.0])) == Figure(7.0)
    assert figure(0, lambda _: 1 / 0) == Figure(0.0)


def test_groups_count_the_same_whatever_their_size() -> None:
    """The mean of means, with an interval only where each group can be drawn anew."""
    small, large = np.array([0.0, 2.0]), np.full(90, 9.0)
    found = mean_of_means([small, large])
    assert found.value == 5.0
    assert (found.low, found.high) == (4.5, 5.5)
    assert mean_of_means([small, large[:1]]) == Figure(5.0)


def test_f1_is_of_all_records_together() -> None:
    """Counts are added up before they are divided."""
    assert f1(np.array([[1, 1, 1], [0, 3, 1]])).value == pytest.approx(33.33)
    assert f1(np.zeros((3, 3), dtype=np.int64)).value == 0.0


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Figure(61.66), "61.7"),
        (Figure(61.66, 59.8, 63.54), "61.7 [59.8, 63.5]"),
        (Figure(-0.01, -1.0, 0.04), "0.0 [-1.0, 0.0]"),
        (Figure(6351.2), "6,351"),
    ],
)
def test_a_figure_for_print(found: Figure, text: str) -> None:
    """One decimal, none from a thousand on, no minus before nothing."""
    assert str(found) == text
