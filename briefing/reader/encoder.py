"""The encoder: texts in, unit vectors out, each the same whatever else is read with it."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import msgspec

from briefing.errors import ModelError
from briefing.paths import shipped
from briefing.reader.bert import SHEET_ROWS, Bert, Shape
from briefing.reader.card import check_files, read_card
from briefing.reader.dense import native_precision
from briefing.reader.features import open_tokenizer
from briefing.reader.weights import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    import torch
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from briefing.reader.dense import Precision

WINDOW_PIECES = SHEET_ROWS - 2
"""Word pieces read at once; the start and end marks take the two others."""


class Encoder:
    """A sentence encoder, loaded; one a process.

    Loading sets torch to one thread in this process: documents are read by many processes side by
    side, and a second thread costs more than it gives.

    Args:
        folder: With a card, `config.json`, `tokenizer.json` and weights; the shipped one if None.
        precision: Of the layers; if None what the processor is fast at, see `dense`.

    Attributes:
        name: The model's name, from its card.
        sha256: Hex digest of the weights, computed from the file and equal to the card's.
        precision: In which the layers run.
        size: Length of a vector.

    Raises:
        ModelError: If files are missing, differ from their digests or are of another kind.
    """

    name: str
    sha256: str
    precision: Precision
    size: int

    def __init__(self, folder: Path | None = None, *, precision: Precision | None = None) -> None:
        folder = folder or shipped("models") / "reader"
        card = read_card(folder)
        check_files(folder, card)
        self.name = card.name
        self.sha256 = card.files[card.weights]

        import torch

        torch.set_num_threads(1)
        self.precision = precision or native_precision()
        try:
            shape = msgspec.json.decode((folder / "config.json").read_bytes(), type=Shape)
            self._tokenizer = open_tokenizer(folder / "tokenizer.json")
            self._bert = Bert(shape, load(folder / card.weights), self.precision)
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelError(
                f"{card.name}: {folder} cannot be loaded: {error}",
                hint="An encoder is a BERT as models/README.md describes it.",
            ) from error
        self.size = shape.hidden_size

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed `texts`.

        A text's vector is the mean over its word pieces, at unit length. A text of more than
        `WINDOW_PIECES` pieces is read in windows of near equal length, none of them cut off, and
        the mean is taken over the pieces of all. The same text gives the same bits in every call
        on one machine, alone or with others.

        Returns:
            An array of (number of texts, `size`); 32-bit floats.
        """
        return mean_vectors(self._bert, self._tokenizer, self.size, texts)


def mean_vectors(
    bert: Bert, tokenizer: Tokenizer, size: int, texts: Sequence[str]
) -> NDArray[np.float32]:
    """The means over the word pieces of each of `texts` as `bert` reads them, at unit length.

    Returns:
        An array of (number of texts, `size`); 32-bit floats.
    """
    import numpy as np
    import torch

    vectors = np.empty((len(texts), size), dtype=np.float32)
    cut = [list(windows(tokenizer, text)) for text in texts]
    with torch.inference_mode():
        outputs = bert.run(window for group in cut for window in group)
        for vector, group in zip(vectors, cut, strict=True):
            sums = [next(outputs)[0].sum(dim=0, dtype=torch.float32) for _ in group]
            vector[:] = _unit(torch.stack(sums).sum(dim=0)).numpy()
    return vectors


def windows(tokenizer: Tokenizer, text: str) -> Iterator[list[int]]:
    """Cut the pieces of `text` into windows, each between its start and end mark."""
    # A lone surrogate, which JSON can carry, is no text to the tokenizer.
    clean = text.encode("utf-8", "replace").decode()
    start, *pieces, end = tokenizer.encode(clean).ids
    count = max(1, ceil(len(pieces) / WINDOW_PIECES))
    for number in range(count):
        first, last = (len(pieces) * edge // count for edge in (number, number + 1))
        yield [start, *pieces[first:last], end]


def _unit(vector: torch.Tensor) -> torch.Tensor:
    from torch.nn import functional

    return functional.normalize(vector, dim=0)
