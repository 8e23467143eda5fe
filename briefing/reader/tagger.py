"""The tagger: a text in; out come the spans that name a source, attribute, or are attributed.

It is the encoder's network, trained further to tell for every word piece whether it belongs to a
source, a cue or a content, and for each source and content to which cue it belongs.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from math import exp
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing.document import Span
from briefing.errors import ModelError
from briefing.paths import shipped
from briefing.reader.bert import FEATURE_TABLE, WORD_TABLE, Bert, Shape
from briefing.reader.card import check_files, read_card
from briefing.reader.decode import Role, Run, best_path, runs, snap
from briefing.reader.encoder import Precision, native_precision
from briefing.reader.features import frame, framed, open_tokenizer, read_pieces, windows
from briefing.reader.links import link_scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import torch

REACH = 200
"""Most characters between a span and its cue where no cue stands in the same window."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One span that the tagger found.

    Attributes:
        role: Who says it, the words that attribute it, or what is said.
        span: In the text, from word edge to word edge.
        probability: How sure the tagger is of its pieces' tags: their geometric mean, 0 to 1.
        link: Place, among all that was found, of the cue that a source or content belongs to;
            None for a cue, and where no cue is near.
    """

    role: Role
    span: Span
    probability: float
    link: int | None


class Tagger:
    """The tagger, loaded; one a process. As with the encoder, torch is set to one thread.

    Args:
        folder: With a card, the encoder's files and the tagger's; the shipped one if None.
        precision: Of the layers; see `Encoder`.

    Attributes:
        name: The model's name, from its card.
        sha256: Hex digest of the tagger's weights.
        precision: In which the layers run.

    Raises:
        ModelError: If files are missing, differ from their digests or are of another kind.
    """

    name: str
    sha256: str
    precision: Precision

    def __init__(self, folder: Path | None = None, *, precision: Precision | None = None) -> None:
        folder = folder or shipped("models") / "reader"
        card = read_card(folder)
        check_files(folder, card)
        if card.tagger is None:
            raise ModelError(
                f"{card.name}: the card in {folder} names no tagger",
                hint="Train one with python -m briefing.reader.train; see models/README.md.",
            )
        self.name = card.name
        self.sha256 = card.files[card.tagger.weights]

        import torch

        torch.set_num_threads(1)
        self.precision = precision or native_precision()
        dtype = torch.bfloat16 if self.precision == "bf16" else torch.float32
        try:
            shape = msgspec.json.decode((folder / "config.json").read_bytes(), type=Shape)
            self._tokenizer = open_tokenizer(folder / "tokenizer.json")
            self._frame = frame(self._tokenizer)
            weights = _load(folder / card.tagger.weights, folder / card.weights)
            self._bert = Bert(shape, weights, dtype)
            self._heads = _Heads.take(weights)
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelError(
                f"{card.name}: {folder} cannot be loaded: {error}",
                hint="A tagger is made by python -m briefing.reader.train; see models/README.md.",
            ) from error

    def tag(self, text: str) -> tuple[Tagged, ...]:
        """Find sources, cues and contents in `text`.

        The same text gives the same result in every call on one machine.

        Returns:
            Spans in the order of the text; no two overlap.
        """
        import torch

        pieces = read_pieces(self._tokenizer, text)
        cuts = list(windows(text, pieces.offsets))
        found: list[Tagged] = []
        with torch.inference_mode():
            outputs = self._bert.run(framed(pieces, cut, self._frame) for cut in cuts)
            for cut, rows in zip(cuts, outputs, strict=True):
                offsets = pieces.offsets[cut.start : cut.stop]
                floor = found[-1].span.end if found else 0
                found += self._read(text, offsets, rows[1:-1].float(), floor, len(found))
        return _link_near(found)

    def _read(
        self,
        text: str,
        offsets: Sequence[tuple[int, int]],
        rows: torch.Tensor,
        floor: int,
        before: int,
    ) -> Iterator[Tagged]:
        """The spans of one window; links count from `before`, how many were found before it."""
        from torch.nn import functional

        heads = self._heads
        scores = functional.linear(rows, *heads.tags).log_softmax(dim=-1)
        path = best_path(scores.numpy())
        chosen = scores[range(len(path)), path].numpy()
        kept: list[tuple[Run, Span]] = []
        for run in runs(path):
            raw = Span(offsets[run.start][0], offsets[run.end - 1][1])
            if span := snap(text, raw, floor):
                kept.append((run, span))
                floor = span.end
        links = self._links([run for run, _ in kept], rows)
        for number, (run, span) in enumerate(kept):
            probability = exp(float(chosen[run.start : run.end].mean()))
            link = links.get(number)
            yield Tagged(run.role, span, probability, None if link is None else before + link)

    def _links(self, found: Sequence[Run], rows: torch.Tensor) -> dict[int, int]:
        """For each source and content of a window its best cue, both by their place in `found`."""
        import torch
        from torch.nn import functional

        cues = [number for number, run in enumerate(found) if run.role == "cue"]
        others = [number for number, run in enumerate(found) if run.role != "cue"]
        if not (cues and others):
            return {}
        heads = self._heads
        at, to = (
            torch.tensor([found[number].start for number in group]) for group in (others, cues)
        )
        scores = link_scores(
            functional.linear(rows[at], *heads.asks),
            functional.linear(rows[to], *heads.answers),
            to[None] - at[:, None],
            heads.distance,
        )
        best: list[int] = scores.argmax(dim=-1).tolist()
        return {other: cues[place] for other, place in zip(others, best, strict=True)}


class _Heads(NamedTuple):
    """What stands on the encoder: pairs of matrix and bias, and the bias of distances."""

    tags: tuple[torch.Tensor, torch.Tensor]
    asks: tuple[torch.Tensor, torch.Tensor]
    answers: tuple[torch.Tensor, torch.Tensor]
    distance: torch.Tensor

    @classmethod
    def take(cls, weights: Mapping[str, torch.Tensor]) -> _Heads:
        def pair(name: str) -> tuple[torch.Tensor, torch.Tensor]:
            return weights[f"{name}.weight"].float(), weights[f"{name}.bias"].float()

        distance = weights["distance.weight"].float().squeeze(-1)
        return cls(pair("tags"), pair("asks"), pair("answers"), distance)


def _load(path: Path, encoder: Path) -> dict[str, torch.Tensor]:
    """The tagger's weights, and with them the table of words that it shares with the encoder."""
    from safetensors import safe_open
    from safetensors.torch import load_file

    weights = {name.removeprefix("encoder."): each for name, each in load_file(path).items()}
    weights[FEATURE_TABLE] = weights["features.weight"]
    with safe_open(encoder, framework="pt") as file:
        weights[WORD_TABLE] = file.get_tensor(WORD_TABLE)
    return weights


def _link_near(found: Sequence[Tagged]) -> tuple[Tagged, ...]:
    """Link what has no cue in its window to the nearest one within `REACH`."""
    cues = [number for number, each in enumerate(found) if each.role == "cue"]

    def gap(number: int, cue: int) -> int:
        first, last = sorted((found[number].span, found[cue].span))
        return last.start - first.end

    def nearest(number: int) -> int | None:
        place = bisect_left(cues, number)
        near = [cue for cue in cues[max(0, place - 1) : place + 1] if gap(number, cue) <= REACH]
        return min(near, key=lambda cue: gap(number, cue), default=None)

    return tuple(
        replace(each, link=nearest(number)) if each.link is None and each.role != "cue" else each
        for number, each in enumerate(found)
    )
