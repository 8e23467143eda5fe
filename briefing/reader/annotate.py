"""Networks as annotators: what several of them find together in texts that nobody has annotated.

In: texts, and trained networks of the task `attribution`. Out: the texts as articles, annotated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from briefing.reader.encoder import native_precision
from briefing.reader.features import read_pieces, windows
from briefing.reader.stages import whole_rows
from briefing.reader.tagger import TagHead, Window
from briefing.reader.tasks import attribution
from briefing.reader.tasks.attribution import Article, Attribution, Labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer
    from torch import nn

    from briefing.reader.tagger import Tagged


def annotate(
    articles: Sequence[Article], tokenizer: Tokenizer, networks: Sequence[nn.ModuleDict]
) -> tuple[Article, ...]:
    """Annotate `articles` by the mean of the scores that `networks` give; links by the first."""
    import torch

    heads = [
        TagHead.take({name: each.detach() for name, each in network["heads"].state_dict().items()})
        for network in networks
    ]
    together = heads[0]._replace(follow=torch.stack([each.follow for each in heads]).mean(dim=0))
    with torch.inference_mode():
        return tuple(
            msgspec.structs.replace(
                article,
                attributions=attributions(
                    together.spans(article.text, _seen(article, tokenizer, networks, heads))
                ),
            )
            for article in articles
        )


def _seen(
    article: Article,
    tokenizer: Tokenizer,
    networks: Sequence[nn.ModuleDict],
    heads: Sequence[TagHead],
) -> list[Window]:
    """The windows of `article` as the first network sees them, with the mean scores of tags."""
    import numpy as np
    import torch

    examples = list(Labelled(tokenizer, article).examples())
    if not examples:
        return []
    offsets = read_pieces(tokenizer, article.text).offsets
    dtype = torch.bfloat16 if native_precision() == "bf16" else torch.float32
    batch = attribution.collate(examples)
    outputs = [whole_rows(network, batch, None, dtype).float() for network in networks]
    seen = []
    for row, cut in enumerate(windows(article.text, offsets)):
        looks = [
            head.look(offsets[cut.start : cut.stop], rows[row, : len(cut) + 2])
            for head, rows in zip(heads, outputs, strict=True)
        ]
        mean = np.mean([look.tags for look in looks], axis=0)
        seen.append(looks[0]._replace(tags=mean))
    return seen


@dataclass(slots=True)
class _Gathered:
    """What belongs to one cue."""

    source: list[tuple[int, int]]
    content: list[tuple[int, int]]


def attributions(found: Sequence[Tagged]) -> tuple[Attribution, ...]:
    """Cues with their sources and contents; what belongs to no cue is left out."""
    gathered = {
        number: _Gathered([], []) for number, each in enumerate(found) if each.role == "cue"
    }
    for each in found:
        if each.role != "cue" and each.link is not None:
            spans = gathered[each.link]
            (spans.source if each.role == "source" else spans.content).append(ends(each))
    for number, spans in gathered.items():
        shared = found[number].link
        if not spans.source and shared is not None:
            spans.source.append(ends(found[shared]))
    return tuple(
        Attribution(tuple(spans.source), (ends(found[number]),), tuple(spans.content))
        for number, spans in gathered.items()
    )


def ends(found: Tagged) -> tuple[int, int]:
    """Where a span starts and ends, as the corpus has it."""
    return found.span.start, found.span.end
