"""From scores to spans: allowed sequences only, the best of them, and whole words."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from strategies import texts

from briefing.document import Span
from briefing.reader.decode import TAGS, Run, best_paths, runs, snap

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBER = {tag: number for number, tag in enumerate(TAGS)}
VALUES = st.integers(-4, 4).map(float) | st.floats(-50, 0, width=32)
FOLLOW = arrays(np.float64, (len(TAGS), len(TAGS)), elements=st.integers(-3, 3).map(float))
"""What is added for the tag before."""


def windows(most: int, count: int = 1) -> st.SearchStrategy[list[np.ndarray]]:
    """`count` matrices of up to `most` pieces, with many equal scores."""
    matrix = st.integers(0, most).flatmap(
        lambda pieces: arrays(np.float64, (pieces, len(TAGS)), elements=VALUES)
    )
    return st.lists(matrix, min_size=count, max_size=count)


def allowed(path: Sequence[int]) -> bool:
    """Whether I stands only after B or I of its role."""
    names = [TAGS[number] for number in path]
    return all(
        tag[0] != "I" or (before[0] in "BI" and before[1:] == tag[1:])
        for before, tag in pairwise(["O", *names])
    )


ALLOWED = [
    np.array([path for path in product(range(len(TAGS)), repeat=pieces) if allowed(path)])
    for pieces in range(5)
]
"""All sequences of up to four tags, by length."""


def totals(matrix: np.ndarray, follow: np.ndarray, paths: np.ndarray) -> np.ndarray:
    """The sum of scores of each of `paths`, as the definition has it; they begin after O."""
    total = np.zeros(len(paths))
    for place in range(len(matrix)):
        before = paths[:, place - 1] if place else 0
        total += matrix[place, paths[:, place]] + follow[before, paths[:, place]]
    return total


@given(windows(30), FOLLOW)
def test_only_allowed_sequences(given: list[np.ndarray], follow: np.ndarray) -> None:
    """Whatever the scores, there is one tag a piece and no span begins with I."""
    (path,) = best_paths(given, follow)
    assert len(path.tags) == len(path.probabilities) == len(given[0])
    assert allowed(path.tags)


@given(windows(4), FOLLOW)
def test_no_allowed_sequence_is_better(given: list[np.ndarray], follow: np.ndarray) -> None:
    """The sum of scores is the highest of all allowed sequences, tried one by one."""
    (matrix,) = given
    (path,) = best_paths(given, follow)
    found = totals(matrix, follow, np.array(path.tags, dtype=int).reshape(1, -1))
    best = totals(matrix, follow, ALLOWED[len(matrix)]).max()
    assert found[0] == pytest.approx(best, abs=1e-6)


@given(windows(4), FOLLOW)
def test_probabilities_are_over_all_sequences(given: list[np.ndarray], follow: np.ndarray) -> None:
    """A tag is as probable as all allowed sequences that have it there, of all that there are."""
    (matrix,) = given
    (path,) = best_paths(given, follow)
    paths = ALLOWED[len(matrix)]
    sums = totals(matrix, follow, paths)
    shares = np.exp(sums - sums.max())
    for place, (tag, probability) in enumerate(zip(path.tags, path.probabilities, strict=True)):
        expected = shares[paths[:, place] == tag].sum() / shares.sum()
        assert probability == pytest.approx(expected, abs=1e-6)


@given(windows(12, count=4), FOLLOW)
def test_a_window_does_not_depend_on_its_neighbours(
    given: list[np.ndarray], follow: np.ndarray
) -> None:
    """A window has the same tags and probabilities, to the last bit, alone and among others."""
    together = best_paths(given, follow)
    assert together == [path for each in given for path in best_paths([each], follow)]


def test_no_windows_no_paths() -> None:
    """Nothing to read gives nothing; a window without pieces gives an empty path."""
    follow, empty = np.zeros((len(TAGS), len(TAGS))), np.zeros((0, len(TAGS)))
    assert best_paths([], follow) == []
    assert best_paths([empty, empty], follow) == [([], []), ([], [])]


def test_what_was_learnt_of_neighbours_counts() -> None:
    """A tag that the scores alone would choose gives way where the one before speaks against it."""
    matrix, follow = np.zeros((2, len(TAGS))), np.zeros((len(TAGS), len(TAGS)))
    matrix[0, NUMBER["B-cue"]] = matrix[1, NUMBER["B-cue"]] = 1
    assert best_paths([matrix], follow)[0].tags == [NUMBER["B-cue"]] * 2
    follow[NUMBER["B-cue"], NUMBER["B-cue"]] = -3
    follow[NUMBER["B-cue"], NUMBER["I-cue"]] = 1
    assert best_paths([matrix], follow)[0].tags == [NUMBER["B-cue"], NUMBER["I-cue"]]


def test_runs_are_the_spans() -> None:
    """B begins a span even right after another one of its role; I goes on with it."""
    tags = ["O", "B-source", "I-source", "B-source", "B-cue", "O", "B-content", "I-content"]
    assert list(runs([NUMBER[tag] for tag in tags])) == [
        Run("source", 1, 3),
        Run("source", 3, 4),
        Run("cue", 4, 5),
        Run("content", 6, 8),
    ]
    assert list(runs([])) == []


TEXT = "Harbourmaster Orme's well-kept cafe\u0301 said no"


@pytest.mark.parametrize(
    ("part", "floor", "expected"),
    [
        ("Harbour", 0, "Harbourmaster"),
        ("master Or", 0, "Harbourmaster Orme"),
        ("Orme", 0, "Orme"),
        ("kept cafe", 0, "kept cafe\u0301"),
        (" said ", 0, "said "),
        ("master Orme", 13, "Orme"),
        ("master", 13, None),
    ],
    ids=["end", "both", "neither", "accent", "space before", "taken start", "all taken"],
)
def test_edges_move_to_those_of_words(part: str, floor: int, expected: str | None) -> None:
    """A word that is cut becomes whole, unless the span before has it."""
    start = TEXT.index(part)
    span = snap(TEXT, Span(start, start + len(part)), floor)
    assert (span and TEXT[slice(*span)]) == expected


@given(texts(), st.data())
def test_snapped_spans_lie_in_order(text: str, data: st.DataObject) -> None:
    """Spans that do not overlap still do not when their edges were moved."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    floor = 0
    for start, end in pairwise(cuts):
        if start < end and (span := snap(text, Span(start, end), floor)):
            assert floor <= span.start < span.end <= len(text)
            assert not text[span.start].isspace()
            floor = span.end
