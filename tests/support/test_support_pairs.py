"""How a pair is laid out: marks, features, and windows that lose nothing."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from sample_reader import TOKENIZER
from strategies import texts

from briefing.reader.bert import SHEET_ROWS
from briefing.reader.features import frame, open_tokenizer
from briefing.support.pairs import (
    CLASSES,
    FEATURES,
    KINDS,
    SECOND_PIECES,
    Pair,
    lay,
    score,
    vector,
)

pytestmark = pytest.mark.reader

READ = open_tokenizer(TOKENIZER)
MARKS = frame(READ)
LONG = "The quay was dredged in 1987, and the crews were paid for it. " * 30


def laid(first: str, second: str) -> tuple[Pair, ...]:
    return lay(READ, MARKS, first, second)


def numbers(text: str) -> list[int]:
    """The pieces of a text without marks."""
    clean = text.encode("utf-8", "replace").decode()
    found: list[int] = READ.encode(clean, add_special_tokens=False).ids
    return found


def parts(pair: Pair) -> tuple[list[int], list[int]]:
    """The numbers of both texts' pieces."""
    ids = [number for number, _ in pair.pieces]
    return ids[1 : 1 + pair.first], ids[pair.second.start : pair.second.stop]


def test_both_texts_stand_between_marks() -> None:
    """The start mark, the first text, an end mark, the second one, an end mark."""
    (pair,) = laid("The quay is closed.", "It is old.")
    start, end = MARKS
    ids = [number for number, _ in pair.pieces]
    assert ids == [start, *numbers("The quay is closed."), end, *numbers("It is old."), end]


def test_features_tell_what_the_other_text_has_too() -> None:
    """Pieces of the first have 1 or 3, of the second 2 or 4: the greater where both have them."""
    (pair,) = laid("The quay closed.", "The toll closed.")
    features = [feature for _, feature in pair.pieces]
    assert features == [0, 3, 1, 3, 3, 0, 4, 2, 4, 4, FEATURES - 1]


def test_texts_without_pieces_have_a_place() -> None:
    """An empty text leaves the marks alone."""
    (pair,) = laid("", "")
    assert (len(pair.pieces), pair.first, len(pair.second)) == (3, 0, 0)


@given(texts(), texts())
def test_nothing_is_lost_of_texts_of_any_kind(first: str, second: str) -> None:
    """Every piece of both stands in the pair, whatever the texts are."""
    (pair,) = laid(first, second)
    assert parts(pair) == (numbers(first), numbers(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [(LONG, "The quay is old."), ("The quay is old.", LONG), (LONG, LONG), (LONG, "")],
)
def test_long_texts_are_read_in_windows(first: str, second: str) -> None:
    """Every window of the one stands with every one of the other, and together they tile both."""
    pairs = laid(first, second)
    assert len(pairs) > 1
    assert max(len(pair.pieces) for pair in pairs) <= SHEET_ROWS
    assert max(len(pair.second) for pair in pairs) <= SECOND_PIECES
    found: dict[tuple[int, ...], list[int]] = {}
    for pair in pairs:
        one, other = parts(pair)
        found.setdefault(tuple(other), []).extend(one)
    # A window of the second text may come again word for word, and then so do those of the first.
    count = round(len(numbers(second)) / max(1, len(next(iter(found)))))
    assert sum(map(len, found.values())) == max(1, count) * len(numbers(first))
    assert all(each[: len(numbers(first))] == numbers(first) for each in found.values())


def test_windows_are_of_near_equal_length() -> None:
    """None holds a few pieces alone."""
    lengths = [pair.first for pair in laid(LONG, "The quay is old.")]
    assert max(lengths) - min(lengths) <= 1


def test_a_lone_surrogate_is_no_trouble() -> None:
    """What JSON can carry is read as a question mark."""
    assert laid("a quay \ud800", "?") == laid("a quay ?", "?")


def test_a_vector_holds_the_means_of_both_texts() -> None:
    """The start mark's row, the means, how they differ, and their product; filling counts nowhere."""
    rows = torch.tensor([[[1.0, 2.0], [3.0, 4.0], [5.0, 8.0], [7.0, 7.0], [9.0, 9.0]]])
    first, second = torch.tensor([[0.0, 1, 1, 0, 0]]), torch.tensor([[0.0, 0, 0, 1, 0]])
    assert vector(rows, first, second).tolist() == [[1, 2, 4, 6, 7, 7, 3, 1, 28, 42]]
    nothing = torch.zeros(1, 5)
    assert vector(rows, nothing, second)[0, 2:4].tolist() == [0, 0]


def test_scores_are_of_three_classes() -> None:
    """One row a pair."""
    generator = torch.Generator().manual_seed(1)
    heads = {
        name: torch.randn(shape, generator=generator)
        for name, shape in (
            ("inner.weight", (4, KINDS * 2)),
            ("inner.bias", (4,)),
            ("outer.weight", (CLASSES, 4)),
            ("outer.bias", (CLASSES,)),
        )
    }
    assert score(heads, torch.randn(7, KINDS * 2, generator=generator)).shape == (7, CLASSES)
