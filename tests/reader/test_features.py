"""What the tagger reads: pieces, capitals, quotation marks, and windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import texts

from briefing.paths import shipped
from briefing.reader.features import (
    FEATURES,
    WINDOW_PIECES,
    features,
    frame,
    framed,
    open_tokenizer,
    quotation_mask,
    read_pieces,
    windows,
)

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return open_tokenizer(shipped("models") / "reader" / "tokenizer.json")


def masked(text: str) -> str:
    """The characters that stand in quotation marks; the others as dots."""
    return "".join(c if m else "." for c, m in zip(text, quotation_mask(text), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('say "no" now', ".....no....."),
        ("say “no” now", ".....no....."),
        ("say ``no'' now", "......no......"),
        ("“one “two” three", "......two......."),
        ("“no end\nnext", ".no end....."),
        ("“no end", ".no end"),
        ("end” of it", ".........."),
        ("‘single’ don't", ".............."),
    ],
)
def test_what_stands_in_quotation_marks(text: str, expected: str) -> None:
    """Double marks of all kinds count; one that is left open ends with its line."""
    assert masked(text) == expected


def test_features_tell_capitals_and_quotation() -> None:
    """Small, capital and all capitals are 0, 1 and 2, and three more in quotation marks."""
    text = 'dues Dues DUES "dues Dues DUES" A'
    offsets = [(0, 4), (5, 9), (10, 14), (16, 20), (21, 25), (26, 30), (32, 33)]
    assert features(text, offsets) == [0, 1, 2, 3, 4, 5, 1]


@given(texts())
def test_pieces_have_places_and_features(tokenizer: Tokenizer, text: str) -> None:
    """Every piece has an offset within the text, in order, and a feature that there is."""
    pieces = read_pieces(tokenizer, text)
    assert len(pieces.numbers) == len(pieces.offsets) == len(pieces.features)
    assert all(0 <= start <= end <= len(text) for start, end in pieces.offsets)
    assert list(pieces.offsets) == sorted(pieces.offsets)
    assert set(pieces.features) <= set(range(FEATURES))


def test_a_lone_surrogate_takes_one_place(tokenizer: Tokenizer) -> None:
    """A code point that is no character moves no offset."""
    assert read_pieces(tokenizer, "\ud800 Dues rise.") == read_pieces(tokenizer, "? Dues rise.")


@given(st.lists(st.sampled_from(["dues", ".", "”", "\n"]), max_size=1500))
def test_windows_tile_the_pieces(words: list[str]) -> None:
    """Each piece is in one window, none of which is too long or empty."""
    text = " ".join(words)
    offsets, start = [], 0
    for word in words:
        if word != "\n":
            offsets.append((start, start + len(word)))
        start += len(word) + 1
    cuts = list(windows(text, offsets))
    assert [piece for cut in cuts for piece in cut] == list(range(len(offsets)))
    assert all(0 < len(cut) <= WINDOW_PIECES for cut in cuts)


@pytest.mark.parametrize(
    ("ends", "stop"),
    [
        ({100: "\n", 150: "\n", 200: "."}, 150),
        ({60: "\n", 150: ".", 180: "!"}, 180),
        ({60: "\n", 90: "."}, WINDOW_PIECES),
    ],
    ids=["line", "sentence", "neither"],
)
def test_windows_end_with_a_line_else_a_sentence(ends: dict[int, str], stop: int) -> None:
    """The last line that fits ends the window; without one, the last sentence; else it is full."""
    words = ["dues" if ends.get(n) in (None, "\n") else ends[n] for n in range(1, 400)]
    text, offsets = "", []
    for number, word in enumerate(words, 1):
        offsets.append((len(text), len(text) + len(word)))
        text += word + ("\n" if ends.get(number) == "\n" else " ")
    assert next(windows(text, offsets)) == range(stop)


def test_a_window_is_framed_by_its_marks(tokenizer: Tokenizer) -> None:
    """The start and end mark, which have no feature, stand around the window's pieces."""
    pieces = read_pieces(tokenizer, "Dues rise, Orme said.")
    first, *inside, last = framed(pieces, range(1, 4), frame(tokenizer))
    assert (first, last) == ((101, 0), (102, 0))
    assert inside == list(zip(pieces.numbers[1:4], pieces.features[1:4], strict=True))
