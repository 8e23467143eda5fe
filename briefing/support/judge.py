"""The judge of pairs: does the second text follow from the first, or is it denied by it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from briefing.support.opened import VERDICT, opened
from briefing.support.pairs import lay, score, vector

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import torch

    from briefing.reader.dense import Precision
    from briefing.support.pairs import Pair


class Verdict(NamedTuple):
    """What the first text of a pair makes of the second; the three add up to 1.

    Attributes:
        entailed: How likely the second follows from the first.
        open: How likely the first leaves it open.
        denied: How likely the second cannot be true if the first is.
    """

    entailed: float
    open: float
    denied: float


class Judge:
    """The judge, loaded; one a process.

    Args:
        folder: See `opened`.
        encoder: Likewise.
        precision: Likewise.

    Attributes:
        name: The model's name, from its card.
        sha256: Digest of its weights, in hex.

    Raises:
        ModelError: If files are missing, differ from their digests or are of another kind.
    """

    name: str
    sha256: str

    def __init__(
        self,
        folder: Path | None = None,
        encoder: Path | None = None,
        *,
        precision: Precision | None = None,
    ) -> None:
        found = opened(VERDICT, folder, encoder, precision)
        self.name, self.sha256 = found.name, found.sha256
        self._tokenizer, self._marks = found.tokenizer, found.marks
        self._bert, self._heads = found.bert, found.heads

    def verdicts(self, pairs: Sequence[tuple[str, str]]) -> tuple[Verdict, ...]:
        """What the first text of each pair makes of the second.

        A pair's verdict is the same whatever other pairs are judged with it. Texts too long for
        one window are read in several, and the one that decides most speaks.
        """
        import torch

        laid = [lay(self._tokenizer, self._marks, *pair) for pair in pairs]
        with torch.inference_mode():
            rows = self._bert.run(pair.pieces for windows in laid for pair in windows)
            return tuple(
                min((self._verdict(next(rows)[0], pair) for pair in windows), key=_openness)
                for windows in laid
            )

    def _verdict(self, rows: torch.Tensor, pair: Pair) -> Verdict:
        import torch

        first, second = (torch.zeros(1, len(rows)) for _ in "12")
        first[0, 1 : 1 + pair.first] = 1
        second[0, pair.second.start : pair.second.stop] = 1
        scores = score(self._heads, vector(rows.float()[None], first, second))
        return Verdict(*scores[0].softmax(-1).tolist())


def _openness(verdict: Verdict) -> float:
    return verdict.open
