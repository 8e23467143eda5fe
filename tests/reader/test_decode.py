"""From scores to spans: allowed sequences only, the best of them, and whole words."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from strategies import texts

from briefing.document import Span
from briefing.reader.decode import TAGS, Run, best_path, runs, snap

NUMBER = {tag: number for number, tag in enumerate(TAGS)}


def scores(most: int) -> st.SearchStrategy[np.ndarray]:
    """Matrices of up to `most` pieces, with many equal scores."""
    values = st.integers(-4, 4).map(float) | st.floats(-50, 0, width=32)
    return st.integers(0, most).flatmap(
        lambda pieces: arrays(np.float64, (pieces, len(TAGS)), elements=values)
    )


def allowed(path: tuple[int, ...] | list[int]) -> bool:
    """Whether I stands only after B or I of its role."""
    names = [TAGS[number] for number in path]
    return all(
        tag[0] != "I" or (before[0] in "BI" and before[1:] == tag[1:])
        for before, tag in pairwise(["O", *names])
    )


@given(scores(30))
def test_only_allowed_sequences(matrix: np.ndarray) -> None:
    """Whatever the scores, there is one tag a piece and no span begins with I."""
    path = best_path(matrix)
    assert len(path) == len(matrix)
    assert allowed(path)


@given(scores(4))
def test_no_allowed_sequence_is_better(matrix: np.ndarray) -> None:
    """The sum of scores is the highest of all allowed sequences, tried one by one."""
    places = range(len(matrix))
    best = max(
        matrix[places, path].sum()
        for path in product(range(len(TAGS)), repeat=len(matrix))
        if allowed(path)
    )
    assert matrix[places, best_path(matrix)].sum() == pytest.approx(best, abs=1e-6)


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
