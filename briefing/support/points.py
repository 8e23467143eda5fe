"""Vectors of what statements say: of two that make the same point they lie close together.

The encoder's own vectors tell what texts are about; these were trained further to tell whether
they say the same of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.reader.encoder import mean_vectors
from briefing.support.opened import POINT, opened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    import torch
    from numpy.typing import NDArray

    from briefing.reader.dense import Precision


KEPT = 2_000
"""How many texts have their vectors kept: 3 MB."""


class Points:
    """Makes vectors of what texts say, loaded; one a process.

    Args:
        folder: See `opened`.
        encoder: Likewise.
        precision: Likewise.

    Raises:
        ModelError: If files are missing, differ from their digests or are of another kind.
    """

    def __init__(
        self,
        folder: Path | None = None,
        encoder: Path | None = None,
        *,
        precision: Precision | None = None,
    ) -> None:
        found = opened(POINT, folder, encoder, precision)
        self._tokenizer, self._bert, self._heads = found.tokenizer, found.bert, found.heads
        self._size = found.size
        self._kept: dict[str, NDArray[np.float32]] = {}

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length for each of `texts`, whatever others are read with it.

        Of the last `KEPT` texts they are kept, as briefs of one batch share sources.
        """
        import numpy as np

        lacking = [text for text in dict.fromkeys(texts) if text not in self._kept]
        for text, row in zip(
            lacking,
            mean_vectors(self._bert, self._tokenizer, self._size, lacking),
            strict=True,
        ):
            self._kept[text] = row.copy()  # a row alone would keep the others
        rows = [self._kept[text] for text in texts]
        for text in list(self._kept)[:-KEPT]:
            del self._kept[text]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self._size)

    def chances(self, products: Sequence[float]) -> tuple[float, ...]:
        """How likely two texts say the same whose vectors have each of `products`, 0 to 1."""
        import torch

        return tuple(decide(self._heads, torch.tensor([*products])).sigmoid().tolist())


def decide(heads: Mapping[str, torch.Tensor], products: torch.Tensor) -> torch.Tensor:
    """Scores of products of vectors; the greater, the more likely both say the same.

    Args:
        heads: Holds `same.weight` of (1, 1) and `same.bias` of (1,).
        products: Of any shape.
    """
    return products * heads["same.weight"][0] + heads["same.bias"]
