"""The reader: one encoder with several heads, loaded once a process.

In: texts. Out: what each head finds. The encoder's lower layers, the trunk, are run once for all
heads; its upper layers exist once for each kind of task (see `bert`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing.document import Span
from briefing.errors import ModelError
from briefing.paths import shipped
from briefing.reader.bert import BRANCH_LAYERS, WORD_TABLE, Bert, Shape
from briefing.reader.card import check_files, read_card
from briefing.reader.choice import choose, salience
from briefing.reader.dense import Precision, native_precision
from briefing.reader.features import frame, framed, open_tokenizer, read_pieces, windows
from briefing.reader.outline import Cut, outline
from briefing.reader.pronouns import PronounReader
from briefing.reader.salient import read
from briefing.reader.tagger import TagHead
from briefing.reader.weights import load, part_of
from briefing.reader.worth import worth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import torch

    from briefing.document import Sentence
    from briefing.reader.outline import Outline
    from briefing.reader.salient import Budget
    from briefing.reader.standing import Trees
    from briefing.reader.tagger import Tagged, Window
    from briefing.reader.weights import Table

ATTRIBUTION, SALIENCE, CLAIMS, REFERENCE = "attribution", "salience", "claims", "reference"
BRANCHES = (ATTRIBUTION, SALIENCE, CLAIMS)


class Reader:
    """The reader, loaded; one a process. As with the encoder, torch is set to one thread.

    Args:
        folder: With a card, the encoder's files and the heads'; the shipped one if None.
        precision: Of the layers; see `Encoder`.

    Attributes:
        name: The model's name, from its card.
        sha256: Digest of the digests of the two files of weights, in hex.
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
        if card.heads is None:
            raise ModelError(
                f"{card.name}: the card in {folder} names no heads",
                hint="Train them with python -m briefing.reader.train; see models/README.md.",
            )
        self.name = card.name
        both = card.files[card.weights], card.files[card.heads.weights]
        self.sha256 = sha256("".join(both).encode()).hexdigest()

        import torch

        torch.set_num_threads(1)
        self.precision = precision or native_precision()
        try:
            self._shape = msgspec.json.decode((folder / "config.json").read_bytes(), type=Shape)
            self._tokenizer = open_tokenizer(folder / "tokenizer.json")
            self._frame = frame(self._tokenizer)
            self._weights = _load(folder / card.heads.weights, folder / card.weights)
            self._bert = Bert(
                self._shape,
                self._weights,
                self.precision,
                branches=BRANCHES,
                branch_layers=BRANCH_LAYERS,
            )
            tags, self._salience, self._claims = (
                part_of(self._weights, f"{branch}.heads.") for branch in BRANCHES
            )
            self._tags = TagHead.take(tags)
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelError(
                f"{card.name}: {folder} cannot be loaded: {error}",
                hint="A reader is made by python -m briefing.reader.train; see models/README.md.",
            ) from error

    def resolve(
        self,
        text: str,
        pronouns: Sequence[Span],
        candidates: Sequence[Sequence[tuple[Span, str]]],
        trees: Trees | None = None,
    ) -> tuple[str | None, ...]:
        """Name for each of `pronouns` whom it means; see `pronouns.Resolver`."""
        return self._resolver.resolve(text, pronouns, candidates, trees)

    def guess(
        self,
        text: str,
        pronouns: Sequence[Span],
        candidates: Sequence[Sequence[tuple[Span, str]]],
        trees: Trees | None = None,
    ) -> tuple[tuple[str | None, float], ...]:
        """Name for each of `pronouns` the likeliest, and how likely; see `pronouns.Resolver`."""
        return self._resolver.guess(text, pronouns, candidates, trees)

    @cached_property
    def _resolver(self) -> PronounReader:
        """Tells whom pronouns mean; loaded at its first use, as not all texts need it."""
        prefix = f"{REFERENCE}."
        weights = {
            name.removeprefix(prefix): each
            for name, each in self._weights.items()
            if name.startswith(prefix)
        }
        weights[WORD_TABLE] = self._weights[WORD_TABLE]
        return PronounReader(self._shape, weights, self._tokenizer, self.precision)

    def tag(self, text: str) -> tuple[Tagged, ...]:
        """Find sources, cues and contents in `text`, and nothing else."""
        return next(self._pages([text], (ATTRIBUTION,))).tagged

    def read(self, text: str) -> Page:
        """Run all heads that read running text.

        The same text gives the same result in every call on one machine.
        """
        return next(self._pages([text], BRANCHES))

    def skim(self, text: str) -> Page:
        """As `read`, for salience alone."""
        return next(self._pages([text], (SALIENCE,)))

    def worth(self, sentences: Sequence[str]) -> tuple[float, ...]:
        """How likely each of `sentences`, read by itself, is one that asks to be checked."""
        pages = self._pages(sentences, (CLAIMS,))
        return tuple(page.worth([Span(0, len(page.text))])[0] for page in pages)

    def salience(
        self, pages: Sequence[Page], sentences: Sequence[Sequence[Sentence]]
    ) -> tuple[tuple[float, ...], ...]:
        """How much each sentence matters to its text, 0 to 1; 0 for those that cannot."""
        both = zip(pages, sentences, strict=True)
        outlined = (self._outlined([page], [cut]) for page, cut in both)
        return tuple(
            salience(given, read(self._salience, given, rows, None)) for given, rows in outlined
        )

    def choose(
        self,
        pages: Sequence[Page],
        sentences: Sequence[Sequence[Sentence]],
        budget: Budget,
    ) -> tuple[tuple[int, int], ...]:
        """Choose sentences for a summary of texts together.

        Returns:
            Number of the text and of the sentence in it for each, in the order of reading.
        """
        places = [(number, at) for number, cut in enumerate(sentences) for at in range(len(cut))]
        given, rows = self._outlined(pages, sentences)
        chosen = choose(given, read(self._salience, given, rows, budget), budget)
        return tuple(places[number] for number in chosen)

    def rank(
        self, page: Page, sentences: Sequence[Sentence], budget: Budget
    ) -> tuple[tuple[float, ...], tuple[int, ...]]:
        """What `salience` and `choose` tell of one text, which is outlined once for both."""
        given, rows = self._outlined([page], [sentences])
        return (
            salience(given, read(self._salience, given, rows, None)),
            choose(given, read(self._salience, given, rows, budget), budget),
        )

    def _outlined(
        self, pages: Sequence[Page], sentences: Sequence[Sequence[Sentence]]
    ) -> tuple[Outline, torch.Tensor]:
        """The outline of texts that are summarised together, and the vectors of their pieces."""
        import torch

        given = outline(
            [Cut(page.text, cut, page.offsets) for page, cut in zip(pages, sentences, strict=True)]
        )
        return given, torch.cat([page.salience for page in pages]).float()

    def _pages(self, texts: Iterable[str], branches: Sequence[str]) -> Iterator[Page]:
        """What the heads on `branches` make of each of `texts`; short ones are run side by side."""
        import torch

        read = [(text, read_pieces(self._tokenizer, text)) for text in texts]
        cut = [list(windows(text, pieces.offsets)) for text, pieces in read]
        framed_all = (
            framed(pieces, window, self._frame)
            for (_, pieces), parts in zip(read, cut, strict=True)
            for window in parts
        )
        outputs = self._bert.run(framed_all, branches)
        for (text, pieces), parts in zip(read, cut, strict=True):
            looked: list[Window] = []
            none = torch.zeros(0, self._shape.hidden_size)
            rows = {SALIENCE: [none], CLAIMS: [none]}
            with torch.inference_mode():
                for window in parts:
                    ends = dict(zip(branches, next(outputs), strict=True))
                    if ATTRIBUTION in ends:
                        offsets = pieces.offsets[window.start : window.stop]
                        looked.append(self._tags.look(offsets, ends[ATTRIBUTION].float()))
                    for branch in rows.keys() & ends.keys():
                        rows[branch].append(ends[branch][1:-1])
                tagged = self._tags.spans(text, looked)
            yield Page(
                text,
                pieces.offsets,
                tagged,
                torch.cat(rows[SALIENCE]),
                torch.cat(rows[CLAIMS]),
                self._claims,
            )


class Page(NamedTuple):
    """A text as the heads read it.

    Attributes:
        text: That was read.
        offsets: Of its pieces.
        tagged: Sources, cues and contents in the order of the text; no two overlap.
        salience: Vectors of its pieces in the branch that tells what a summary is made of; none
            where that was not asked for.
        claims: Those in the branch that tells what asks to be checked; likewise.
        judge: Weights of the head that tells what asks to be checked.
    """

    text: str
    offsets: Sequence[tuple[int, int]]
    tagged: tuple[Tagged, ...]
    salience: torch.Tensor
    claims: torch.Tensor
    judge: Mapping[str, torch.Tensor]

    def worth(self, spans: Sequence[Span]) -> tuple[float, ...]:
        """How likely the words of each of `spans` are a claim that asks to be checked, 0 to 1."""
        rows = [self.claims[slice(*self.covering(span))] for span in spans]
        return worth(self.judge, rows, [self.text[slice(*span)] for span in spans])

    def covering(self, span: Span) -> tuple[int, int]:
        """Numbers of the first piece that `span` touches, and of the first one after it."""
        first = bisect_right(self.offsets, span.start, key=lambda offset: offset[1])
        last = bisect_left(self.offsets, span.end, key=lambda offset: offset[0])
        return first, max(first, last)


def _load(path: Path, encoder: Path) -> dict[str, Table]:
    """The reader's weights, and with them the table of words that it shares with the encoder."""
    return {**load(path), WORD_TABLE: load(encoder)[WORD_TABLE]}
