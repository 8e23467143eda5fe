"""How like a claim's words are, in their context, to those of the sentences that it may rest on.

In: a claim of one sentence, and sentences of a text. Out: numbers. Each piece of the claim is held
against the piece that is most like it, so that other words for the same thing count as told.

Source: greedy matching of pieces is that of BERTScore (Zhang et al., 2020), precision alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.reader.encoder import windows
from briefing.support.opened import POINT, opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import torch

    from briefing.reader.dense import Precision

KEPT = 1_000
"""How many texts have their rows kept: about 40 MB."""
LEAST = 3
"""Pieces whose mean says how unlike the most unlike ones are: one alone may be a chance."""
MEASURES = 5
"""Numbers that `measures` gives of one sentence."""


class Likeness:
    """Compares words by the network that makes vectors of points, loaded; one a process.

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
        self._tokenizer, self._bert = found.tokenizer, found.bert
        self._kept: dict[str, torch.Tensor] = {}

    def measures(self, asked: Sequence[tuple[str, Sequence[str]]]) -> list[list[float]]:
        """Numbers of each claim beside its sentences, whatever others are asked with it.

        The mean of how like its pieces are to those of all sentences, the least and the mean of
        the `LEAST` lowest; that mean and the mean of the lowest with the best sentence alone.
        """
        import torch

        self._read(text for claim, sentences in asked for text in (claim, *sentences))
        with torch.inference_mode():
            found = [
                measures(self._unit(claim), [self._unit(each) for each in sentences])
                for claim, sentences in asked
            ]
        for text in list(self._kept)[:-KEPT]:
            del self._kept[text]
        return found

    def _read(self, texts: Iterable[str]) -> None:
        """Keep the rows of all pieces of `texts`, without those of the marks."""
        import torch

        lacking = sorted(
            (text for text in dict.fromkeys(texts) if text not in self._kept), key=len
        )
        cut = [list(windows(self._tokenizer, text)) for text in lacking]
        with torch.inference_mode():
            rows = self._bert.run(window for group in cut for window in group)
            for text, group in zip(lacking, cut, strict=True):
                # Copied, as parts alone would keep the whole sheets.
                self._kept[text] = torch.cat([next(rows)[0][1:-1] for _ in group])

    def _unit(self, text: str) -> torch.Tensor:
        from torch.nn import functional

        return functional.normalize(self._kept[text].float(), dim=1)


def measures(claim: torch.Tensor, sentences: Sequence[torch.Tensor]) -> list[float]:
    """The numbers of `Likeness.measures`; none where there is nothing to compare.

    Args:
        claim: Of (pieces, size), of unit length.
        sentences: One such each.
    """
    import torch

    told = [each for each in sentences if len(each)]
    if not len(claim) or not told:
        return [0.0] * MEASURES
    best = torch.stack([(claim @ each.T).amax(1) for each in told], 1)
    anywhere, one = best.amax(1), best[:, best.mean(0).argmax()]
    return [
        anywhere.mean().item(),
        anywhere.min().item(),
        lowest(anywhere),
        one.mean().item(),
        lowest(one),
    ]


def lowest(found: torch.Tensor) -> float:
    """The mean of the `LEAST` lowest, or of all where there are fewer."""
    return found.sort().values[:LEAST].mean().item()
