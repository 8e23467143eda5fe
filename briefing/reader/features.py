"""What the tagger reads: a text's word pieces, their features, and the windows they are read in.

In: a text. Out: numbers for the network. Training and tagging share this module, so that the
weights meet what they were trained on; a change here asks for new training.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

WINDOW_PIECES = 224
"""Most pieces that are read together, without the start and end mark."""
FEATURES = 6
"""Three kinds of capitals, each within and without quotation marks."""
START, END = "[CLS]", "[SEP]"

# Plainer than briefing.marks: single marks are left out and nothing nests. The weights learnt to
# live with what this gets wrong, as long as it goes wrong in the same way.
_MARK = re.compile(r"[“”\"]|''|``|\n|\Z")
_STOPS = (".", "”", "!", "?")


class Pieces(NamedTuple):
    """The word pieces of a text; all three of one length.

    Attributes:
        numbers: In the vocabulary.
        offsets: Start and end of each in the text.
        features: Of each, below `FEATURES`.
    """

    numbers: Sequence[int]
    offsets: Sequence[tuple[int, int]]
    features: Sequence[int]


def open_tokenizer(path: Path) -> Tokenizer:
    """The tokenizer in the file `path`, set neither to cut texts off nor to fill them up.

    Raises:
        Exception: If the file is none; the library raises nothing narrower.
    """
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@lru_cache(maxsize=1)
def read_pieces(tokenizer: Tokenizer, text: str) -> Pieces:
    """Cut `text` into word pieces with their features; kept until the next text, for all heads."""
    # A lone surrogate, which JSON can carry, is no text to the tokenizer; "?" is as long.
    clean = text.encode("utf-8", "replace").decode()
    encoding = tokenizer.encode(clean, add_special_tokens=False)
    return Pieces(encoding.ids, encoding.offsets, features(clean, encoding.offsets))


def features(text: str, offsets: Sequence[tuple[int, int]]) -> list[int]:
    """The feature of each piece at `offsets`: its capitals, and whether it stands in quotation marks.

    The encoder knows neither: its vocabulary has small letters only, and few marks are kept apart.
    """
    quoted = quotation_mask(text)
    return [_capitals(text[start:end]) + 3 * quoted[start] for start, end in offsets]


def quotation_mask(text: str) -> bytearray:
    """1 for every character of `text` that stands in double quotation marks, else 0.

    A quotation that is left open ends with its line.
    """
    mask = bytearray(len(text))
    opened: int | None = None
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark in ("“", "``"):
            opened = match.end()
        elif opened is not None:
            mask[opened : match.start()] = b"\1" * (match.start() - opened)
            opened = None
        elif mark in ('"', "''"):
            opened = match.end()
    return mask


def windows(
    text: str, offsets: Sequence[tuple[int, int]], first: int = WINDOW_PIECES
) -> Iterator[range]:
    """Cut the pieces at `offsets` into windows of at most `WINDOW_PIECES`, the first of `first`.

    Cuts lie at the end of a line, where there is none in the last two thirds at the end of a
    sentence, and where there is none in the last half after the last piece that fits.

    Yields:
        Numbers of pieces, in order; the windows tile them.
    """
    start, count, most = 0, len(offsets), first
    while start < count:
        end = min(count, start + most)
        if end < count:
            end = _cut(text, offsets, start, end)
        yield range(start, end)
        start, most = end, WINDOW_PIECES


def framed(pieces: Pieces, window: range, marks: tuple[int, int]) -> list[tuple[int, int]]:
    """The pieces of `window`, each its number and its feature, between the start and end mark."""
    inside = slice(window.start, window.stop)
    start, end = marks
    return [
        (start, 0),
        *zip(pieces.numbers[inside], pieces.features[inside], strict=True),
        (end, 0),
    ]


def frame(tokenizer: Tokenizer) -> tuple[int, int]:
    """Numbers of the start and the end mark.

    Raises:
        ValueError: If the vocabulary has none.
    """
    start, end = tokenizer.token_to_id(START), tokenizer.token_to_id(END)
    if start is None or end is None:
        raise ValueError(f"the vocabulary lacks {START} or {END}")
    return start, end


def _capitals(piece: str) -> int:
    """0 for a piece without a capital at its start, 1 with one, 2 for several and nothing else."""
    if piece.isupper() and len(piece) > 1:
        return 2
    return int(piece[:1].isupper())


def _cut(text: str, offsets: Sequence[tuple[int, int]], start: int, end: int) -> int:
    most = end - start
    for at in range(end, start + most // 3, -1):
        if "\n" in text[offsets[at - 1][1] : offsets[at][0]]:
            return at
    for at in range(end, start + most // 2, -1):
        first, last = offsets[at - 1]
        if text[first:last] in _STOPS:
            return at
    return end
