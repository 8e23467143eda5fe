"""Attribution as a task: annotated articles, cut and labelled as the reader reads them; its loss.

In: `polnear.jsonl.gz`, one JSON object a line: `id`, `split` (`train` or another), `text`, and
`attributions`, each with `source`, `cue` and `content`, lists of `[start, end]` in code points of
`text`. Out: examples, batches of them as tensors, and how far rows are from them.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing.errors import SourceError
from briefing.reader.decode import ROLES, TAGS, Role, follows
from briefing.reader.features import WINDOW_PIECES, frame, framed, read_pieces, windows
from briefing.reader.links import BUCKETS, LINK_SIZE, link_scores
from briefing.reader.tasks.corpus import records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch
    from tokenizers import Tokenizer
    from torch import nn

CORPUS = "polnear.jsonl.gz"
IGNORED = -100
"""Tag of what is not learnt from: start and end marks, and filling."""
NO_LINK = -1
LINK_SHARE = 0.3
"""Weight of the loss of either kind of link beside that of the tags."""
NEVER = -1e4
"""Score of what cannot be."""


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
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One window with what is to be found in it.

    Attributes:
        pieces: Number and feature of each, the start and end mark included.
        tags: Of each the place of its tag in `TAGS`, or `IGNORED`.
        links: Of each the place of its cue's first piece if it is the first of a source or content
            and the cue stands in the window; else `NO_LINK`.
        holders: For first pieces of cues the first pieces of their sources, which several cues may
            share; place 0, that of the start mark, where a cue has none.
    """

    pieces: tuple[tuple[int, int], ...]
    tags: tuple[int, ...]
    links: tuple[int, ...]
    holders: tuple[tuple[int, tuple[int, ...]], ...]


class Batch(NamedTuple):
    """Examples as tensors; the first five of (examples, longest of them).

    Attributes:
        pieces: Numbers in the vocabulary.
        features: Below `FEATURES`.
        mask: 1 where there is a piece.
        tags: As those of `Example`.
        links: Likewise.
        cues: Example and place of each first piece of a cue whose source is known, of (cues, 2).
        holders: Whether a place is the first piece of its source, of (cues, longest).
    """

    pieces: torch.Tensor
    features: torch.Tensor
    mask: torch.Tensor
    tags: torch.Tensor
    links: torch.Tensor
    cues: torch.Tensor
    holders: torch.Tensor


def load_articles(folder: Path, split: str = "train") -> tuple[Article, ...]:
    """Read the articles of one part of the corpus in `folder`, in the order of the file.

    Raises:
        SourceError: If the corpus cannot be read, or has no such part.
    """
    path = folder / CORPUS
    read = records(path, Article)
    articles = tuple(article for article in read if article.split == split)
    if not articles:
        raise SourceError(f"{path} holds no articles of the part {split}")
    return articles


class Labelled:
    """An article as word pieces with their labels, to be cut into windows anew in every round.

    Args:
        tokenizer: As given by `features.open_tokenizer`.
        article: To be read.
    """

    def __init__(self, tokenizer: Tokenizer, article: Article) -> None:
        self._text = article.text
        self._pieces = read_pieces(tokenizer, article.text)
        self._marks = frame(tokenizer)
        self._labels = label(self._pieces.offsets, article.attributions)

    def examples(self, first: int = WINDOW_PIECES) -> Iterator[Example]:
        """Cut the article into windows, the first of at most `first` pieces."""
        tags, links, holders = self._labels
        for window in windows(self._text, self._pieces.offsets, first):
            inside = slice(window.start, window.stop)
            # The start mark moves every place by one.
            shift = 1 - window.start
            yield Example(
                pieces=tuple(framed(self._pieces, window, self._marks)),
                tags=(IGNORED, *begun(tags[inside]), IGNORED),
                links=(
                    NO_LINK,
                    *(
                        cue + shift if cue in window and TAGS[tags[cue]] == "B-cue" else NO_LINK
                        for cue in links[inside]
                    ),
                    NO_LINK,
                ),
                holders=tuple(
                    (cue + shift, tuple(place + shift for place in near) if sources else (0,))
                    for cue, sources in holders.items()
                    if cue in window
                    and TAGS[tags[cue]] == "B-cue"
                    and ((near := [place for place in sources if place in window]) or not sources)
                ),
            )


class Labels(NamedTuple):
    """The labels of a text's pieces.

    Attributes:
        tags: Of each the place of its tag in `TAGS`.
        links: Of each the number of its cue's first piece where it is the first of a source or
            content, else `NO_LINK`.
        holders: For first pieces of cues the first pieces of their sources.
    """

    tags: list[int]
    links: list[int]
    holders: dict[int, list[int]]


def label(
    offsets: Sequence[tuple[int, int]],
    attributions: Sequence[Attribution],
) -> Labels:
    """Label the pieces at `offsets`; see `Labelled`."""
    tags, links = [0] * len(offsets), [NO_LINK] * len(offsets)
    holders: dict[int, list[int]] = {}
    starts = [start for start, _ in offsets]
    # Where stretches overlap the cue is what must not be lost.
    order: tuple[Role, ...] = ("content", "source", "cue")
    for attribution in attributions:
        cue = bisect_left(starts, attribution.cue[0][0]) if attribution.cue else NO_LINK
        if attribution.cue:
            holders[cue] = [bisect_left(starts, start) for start, _ in attribution.source]
        for role in order:
            for start, end in getattr(attribution, role):
                first, last = bisect_left(starts, start), bisect_left(starts, end)
                begin = 1 + 2 * ROLES.index(role)
                tags[first:last] = [begin, *[begin + 1] * (last - first - 1)][: last - first]
                if first < last and role != "cue":
                    links[first] = cue
    return Labels(begun(tags), links, holders)


def begun(tags: Sequence[int]) -> list[int]:
    """The same tags where what goes on without a beginning, as something lies over it, begins."""
    names = ("O", *(TAGS[tag] for tag in tags))
    return [
        tag if follows(name, before) else tag - 1
        for tag, before, name in zip(tags, names, names[1:], strict=False)
    ]


def collate(chosen: Sequence[Example]) -> Batch:
    """Lay examples side by side, filled up to the longest."""
    import torch

    shape = len(chosen), max(len(example.pieces) for example in chosen)
    pieces, features, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    tags, links = torch.full(shape, IGNORED), torch.full(shape, NO_LINK)
    cues = [(row, cue) for row, example in enumerate(chosen) for cue, _ in example.holders]
    holders = torch.zeros(len(cues), shape[1], dtype=torch.bool)
    known = [places for example in chosen for _, places in example.holders]
    for number, places in enumerate(known):
        holders[number, list(places)] = True
    for row, example in enumerate(chosen):
        length = len(example.pieces)
        numbers = torch.tensor(example.pieces)
        pieces[row, :length], features[row, :length] = numbers.T
        mask[row, :length] = 1
        tags[row, :length] = torch.tensor(example.tags)
        links[row, :length] = torch.tensor(example.links)
    return Batch(
        pieces, features, mask, tags, links, torch.tensor(cues).view(-1, 2).long(), holders
    )


def heads(size: int) -> nn.ModuleDict:
    """What stands on rows of `size`; tables begin with no leaning to any tag or distance."""
    from torch import nn

    built = nn.ModuleDict(
        {
            "tags": nn.Linear(size, len(TAGS)),
            "follow": nn.Embedding(len(TAGS), len(TAGS)),
            "asks": nn.Linear(size, LINK_SIZE),
            "answers": nn.Linear(size, LINK_SIZE),
            "distance": nn.Embedding(BUCKETS, 1),
            "seeks": nn.Linear(size, LINK_SIZE),
            "offers": nn.Linear(size, LINK_SIZE),
            "reach": nn.Embedding(BUCKETS, 1),
        }
    )
    for name in ("follow", "distance", "reach"):
        nn.init.zeros_(built.get_parameter(f"{name}.weight"))
    return built


def loss(heads: nn.ModuleDict, rows: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How far `rows` are from the tags and links of `batch`.

    Args:
        heads: From `heads`.
        rows: Of (examples, longest, size).
        batch: As given by `collate`.
    """
    total = tag_loss(
        project(heads, "tags", rows), heads.get_parameter("follow.weight"), batch.tags
    )
    return total + LINK_SHARE * (link_loss(heads, rows, batch) + holder_loss(heads, rows, batch))


def project(heads: nn.ModuleDict, name: str, rows: torch.Tensor) -> torch.Tensor:
    """Rows through the linear head `name`, in 32-bit floats."""
    from torch.nn import functional

    weight, bias = (heads.get_parameter(f"{name}.{kind}") for kind in ("weight", "bias"))
    return functional.linear(rows, weight.to(rows.dtype), bias.to(rows.dtype)).float()


def tag_loss(scores: torch.Tensor, follow: torch.Tensor, tags: torch.Tensor) -> torch.Tensor:
    """How improbable the sequences `tags` are: a linear-chain conditional random field.

    Args:
        scores: Of (examples, longest, tags).
        follow: What is added to a tag for the tag before it, of (tags, tags).
        tags: Of (examples, longest); `IGNORED` at both ends only.

    Returns:
        The mean over pieces of minus the logarithm of the probability.
    """
    import torch

    barred = [[0.0 if follows(tag, old) else NEVER for tag in TAGS] for old in TAGS]
    steps = follow + torch.tensor(barred, device=follow.device)
    known = tags != IGNORED
    gold = tags.clamp(min=0)
    each = scores.gather(2, gold[..., None])[..., 0] * known
    moves = steps[gold[:, :-1], gold[:, 1:]] * (known[:, :-1] & known[:, 1:])
    # What may begin a window is what may follow O.
    right = each.sum() + moves.sum() + steps[0][gold[:, 1]].sum()
    reached = scores[:, 1] + steps[0]
    for place in range(2, scores.shape[1] - 1):
        further = (reached[:, :, None] + steps).logsumexp(dim=1) + scores[:, place]
        reached = torch.where(known[:, place, None], further, reached)
    return (reached.logsumexp(dim=1).sum() - right) / known.sum()


def link_loss(heads: nn.ModuleDict, rows: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How far sources and contents are from choosing their cue."""
    import torch
    from torch.nn import functional

    which, at = (batch.links != NO_LINK).nonzero(as_tuple=True)
    if not len(which):
        return rows.new_zeros(())
    asks, answers = project(heads, "asks", rows), project(heads, "answers", rows)
    distances = torch.arange(rows.shape[1], device=rows.device)[None] - at[:, None]
    bias = heads.get_parameter("distance.weight").squeeze(-1)
    scores = link_scores(asks[which, at], answers[which], distances, bias)
    no_cue = batch.tags[which] != TAGS.index("B-cue")
    return functional.cross_entropy(scores.masked_fill(no_cue, NEVER), batch.links[which, at])


def holder_loss(heads: nn.ModuleDict, rows: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How far cues are from choosing one of their sources, or the start mark where they have none."""
    import torch

    if not len(batch.cues):
        return rows.new_zeros(())
    which, at = batch.cues.T
    seeks, offers = project(heads, "seeks", rows), project(heads, "offers", rows)
    distances = torch.arange(rows.shape[1], device=rows.device)[None] - at[:, None]
    bias = heads.get_parameter("reach.weight").squeeze(-1)
    scores = link_scores(seeks[which, at], offers[which], distances, bias)
    able = batch.tags[which] == TAGS.index("B-source")
    able[:, 0] = True
    meant = batch.holders & able
    counted = meant.any(dim=1)
    logs = scores.masked_fill(~able, NEVER).log_softmax(dim=-1)[counted]
    if not len(logs):
        return rows.new_zeros(())
    return -logs.masked_fill(~meant[counted], NEVER).logsumexp(dim=-1).mean()
