"""What the tagger is trained on: annotated articles, cut and labelled as the tagger reads them.

In: `polnear.jsonl.gz`, one JSON object a line: `id`, `split` (`train` or another), `text`, and
`attributions`, each with `source`, `cue` and `content`, lists of `[start, end]` in code points of
`text`. Out: examples, and batches of them as tensors.
"""

from __future__ import annotations

import gzip
import random
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing.errors import SourceError
from briefing.reader.decode import ROLES, TAGS, Role
from briefing.reader.features import frame, framed, read_pieces, windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch
    from tokenizers import Tokenizer

CORPUS = "polnear.jsonl.gz"
IGNORED = -100
"""Tag of what is not learnt from: start and end marks, and filling."""
NO_LINK = -1


class Attribution(msgspec.Struct, frozen=True):
    """One attribution; any of the three may be empty, and each may be in several stretches."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


class Article(msgspec.Struct, frozen=True):
    """One annotated text."""

    id: str
    split: str
    text: str
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One window with what is to be found in it; all three of one length.

    Attributes:
        pieces: Number and feature of each, the start and end mark included.
        tags: Place of each piece's tag in `TAGS`, or `IGNORED`.
        links: For the first piece of a source or content the place of its cue's first piece,
            if it stands in the window; else `NO_LINK`.
    """

    pieces: tuple[tuple[int, int], ...]
    tags: tuple[int, ...]
    links: tuple[int, ...]


class Batch(NamedTuple):
    """Examples as tensors of (examples, longest of them)."""

    pieces: torch.Tensor
    features: torch.Tensor
    mask: torch.Tensor
    tags: torch.Tensor
    links: torch.Tensor

    def to(self, device: str) -> Batch:
        """The same on `device`."""
        return Batch(*(tensor.to(device) for tensor in self))


def load_articles(folder: Path, split: str = "train") -> tuple[Article, ...]:
    """Read the articles of one part of the corpus in `folder`, in the order of the file.

    Raises:
        SourceError: If the corpus cannot be read, or has no such part.
    """
    path = folder / CORPUS
    try:
        with gzip.open(path, "rb") as file:
            read = [msgspec.json.decode(line, type=Article) for line in file]
    except (OSError, EOFError, zlib.error, msgspec.DecodeError) as error:
        raise SourceError(
            f"{path} cannot be read: {error}", hint="See models/README.md on the corpus."
        ) from error
    articles = tuple(article for article in read if article.split == split)
    if not articles:
        raise SourceError(f"{path} holds no articles of the part {split}")
    return articles


def examples(tokenizer: Tokenizer, article: Article) -> Iterator[Example]:
    """Cut `article` into windows and label their pieces."""
    pieces = read_pieces(tokenizer, article.text)
    tags, links = label(pieces.offsets, article.attributions)
    for window in windows(article.text, pieces.offsets):
        inside = slice(window.start, window.stop)
        yield Example(
            pieces=tuple(framed(pieces, window, frame(tokenizer))),
            tags=(IGNORED, *tags[inside], IGNORED),
            links=(
                NO_LINK,
                *(
                    # The start mark moves every place by one.
                    cue - window.start + 1
                    if cue in window and TAGS[tags[cue]] == "B-cue"
                    else NO_LINK
                    for cue in links[inside]
                ),
                NO_LINK,
            ),
        )


def label(
    offsets: Sequence[tuple[int, int]], attributions: Sequence[Attribution]
) -> tuple[list[int], list[int]]:
    """Tag and link the pieces at `offsets`.

    Returns:
        For each piece the place of its tag in `TAGS`, and the number of the first piece of its
        cue where it is the first of a source or content, else `NO_LINK`.
    """
    tags, links = [0] * len(offsets), [NO_LINK] * len(offsets)
    starts = [start for start, _ in offsets]
    # Where stretches overlap the cue is what must not be lost.
    order: tuple[Role, ...] = ("content", "source", "cue")
    for attribution in attributions:
        cue = bisect_left(starts, attribution.cue[0][0]) if attribution.cue else NO_LINK
        for role in order:
            for start, end in getattr(attribution, role):
                first, last = bisect_left(starts, start), bisect_left(starts, end)
                begin = 1 + 2 * ROLES.index(role)
                tags[first:last] = [begin, *[begin + 1] * (last - first - 1)][: last - first]
                if first < last and role != "cue":
                    links[first] = cue
    return tags, links


def order(count: int, step: int, size: int, seed: int) -> list[int]:
    """Which of `count` examples the batch of `step` holds.

    The batches of successive steps go through all examples in one shuffled order after another.
    It follows from the arguments alone, so a training that is taken up again keeps to it.
    """
    places = range(step * size, (step + 1) * size)
    shuffled = {
        number: random.Random(f"{seed}/{number}").sample(range(count), count)  # noqa: S311 - no secret
        for number in {place // count for place in places}
    }
    return [shuffled[place // count][place % count] for place in places]


def collate(chosen: Sequence[Example]) -> Batch:
    """Lay examples side by side, filled up to the longest."""
    import torch

    shape = len(chosen), max(len(example.pieces) for example in chosen)
    pieces, features, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    tags, links = torch.full(shape, IGNORED), torch.full(shape, NO_LINK)
    for row, example in enumerate(chosen):
        length = len(example.pieces)
        numbers = torch.tensor(example.pieces)
        pieces[row, :length], features[row, :length] = numbers.T
        mask[row, :length] = 1
        tags[row, :length] = torch.tensor(example.tags)
        links[row, :length] = torch.tensor(example.links)
    return Batch(pieces, features, mask, tags, links)
