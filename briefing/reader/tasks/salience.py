"""What the choice of sentences for a summary is trained on: texts that people summarised.

In: `sum_*.jsonl.gz`, one JSON object a line: `document` or `documents`, `summary` or `summaries`,
`split`, and what tells apart kinds of texts. Out: examples, one for each text or group of texts, and
batches of them as tensors.

No summary's sentences are marked in its text. Taken as right are those that together share most
words with it, within a budget that is usual for its kind; and beside them, a little, all that share
words with it. Which words a summary holds is known as it stands.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing.document import Document
from briefing.errors import SourceError
from briefing.reader.choice import MOST_TIMES, choose
from briefing.reader.features import frame, framed, read_pieces, windows
from briefing.reader.outline import FACTS, WORD_FACTS, Cut, outline, tokens
from briefing.reader.salient import (
    BUDGET_FACTS,
    LAYERS,
    TIMES,
    WIDTH,
    WORD_WIDTH,
    Budget,
    budget_facts,
    judge,
)
from briefing.reader.tasks.corpus import records

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import torch
    from tokenizers import Tokenizer
    from torch import nn

    from briefing.document import Sentence
    from briefing.reader.outline import Numbers, Outline

    Segmenter = Callable[[Document], Sequence[Sentence]]

CORPORA = {
    "sum_cnndm": Budget(sentences=3),
    "sum_xsum": Budget(sentences=1),
    "sum_bbc": Budget(words=170),
    "sum_multinews": Budget(words=220),
    "sum_policy": Budget(words=180),
    "sum_writers": Budget(sentences=3),
}
LOANED = "billsum_us_train"
"""The part of `sum_policy` whose texts may be used for any purpose."""
OWN_SHARE = 0.2
"""Weight of each sentence's likeness to the summary beside the best choice."""
OWN_SHARPNESS = 20.0
WORDS_SHARE = 1.0
"""Weight of the words' loss beside that of the sentences."""
FEWEST_WORDS = 40.0
"""A summary with fewer words counts as one with so many."""
UNASKED = 0.15
"""Share of examples that are met without a budget."""
STRETCH = 0.25
"""Budgets are met up to e to the power of this longer or shorter."""
DROPOUT = 0.2


class Record(msgspec.Struct, frozen=True):
    """One line of a corpus."""

    split: str
    document: str = ""
    documents: tuple[str, ...] = ()
    summary: str = ""
    summaries: tuple[str, ...] = ()
    outlet: str | None = None
    source_set: str = ""


class Example(NamedTuple):
    """Texts that are summarised together.

    Attributes:
        windows: Pieces with their features, in the windows in which they are read, framed.
        outline: Of the texts.
        budget: What is asked for.
        sentences: How right it is to take each sentence; adds up to 1.
        words: How many of the summaries hold a word once, twice, ...; shares, (words, `TIMES`).
        length: Words of the summary, forms counted apart.
    """

    windows: tuple[tuple[tuple[int, int], ...], ...]
    outline: Outline
    budget: Budget
    sentences: Numbers
    words: Numbers
    length: float


class Batch(NamedTuple):
    """Examples as tensors; the first three of (windows of all, longest of them).

    Attributes:
        pieces: Numbers in the vocabulary.
        features: Below `FEATURES`.
        mask: 1 where there is a piece.
        places: Of each example's pieces, text after text, where they stand in the flattened windows.
        examples: As given.
    """

    pieces: torch.Tensor
    features: torch.Tensor
    mask: torch.Tensor
    places: tuple[torch.Tensor, ...]
    examples: tuple[Example, ...]


def load(
    data: Path, tokenizer: Tokenizer, segment: Segmenter, split: str = "train"
) -> tuple[Example, ...]:
    """Read the examples of one part of the corpora in `data`.

    Of `train`, those of kinds of which there are few are given several times.

    Args:
        data: Folder of the corpora.
        tokenizer: Of the encoder.
        segment: Cuts a document into sentences.
        split: Which part.

    Raises:
        SourceError: If a corpus cannot be read.
    """
    kinds: dict[str, list[Example]] = {}
    for name, budget in CORPORA.items():
        for record in records(data / f"{name}.jsonl.gz", Record):
            if record.split == split and (name != "sum_policy" or record.source_set == LOANED):
                example = _example(record, tokenizer, segment, budget)
                kinds.setdefault(f"{name} {record.outlet}", []).append(example)
    if not kinds:
        raise SourceError(
            f"the corpora in {data} hold no texts of the part {split}",
            hint="See models/README.md on the corpora.",
        )
    most = max(map(len, kinds.values()), default=0)
    return tuple(
        example
        for examples in kinds.values()
        for example in examples
        for _ in range(round(math.sqrt(most / len(examples))) if split == "train" else 1)
    )


def heads(size: int) -> nn.ModuleDict:
    """Make what stands on an encoder of hidden size `size`: the weights that `judge` takes."""
    from torch import nn

    made: dict[str, nn.Module] = {
        "given": nn.Linear(2 * size + FACTS + BUDGET_FACTS, WIDTH),
        "out": nn.LayerNorm(WIDTH),
        "sentence_in": nn.Linear(WIDTH, WIDTH),
        "sentence_out": nn.Linear(WIDTH, 1),
        "word_rows": nn.Linear(size, WORD_WIDTH),
        "word_sentences": nn.Linear(WIDTH, WORD_WIDTH),
        "word_in": nn.Linear(2 * WORD_WIDTH + WORD_FACTS + 2 + BUDGET_FACTS, WIDTH),
        "word_out": nn.Linear(WIDTH, TIMES),
    }
    for layer in range(LAYERS):
        made |= {
            f"before_{layer}": nn.LayerNorm(WIDTH),
            f"look_{layer}": nn.Linear(WIDTH, 3 * WIDTH),
            f"seen_{layer}": nn.Linear(WIDTH, WIDTH),
            f"between_{layer}": nn.LayerNorm(WIDTH),
            f"think_{layer}_in": nn.Linear(WIDTH, 2 * WIDTH),
            f"think_{layer}_out": nn.Linear(2 * WIDTH, WIDTH),
        }
    return nn.ModuleDict(made)


def collate(chosen: Sequence[Example]) -> Batch:
    """Lay the windows of examples side by side, filled up to the longest."""
    import torch

    laid = [window for example in chosen for window in example.windows]
    longest = max(map(len, laid))
    pieces, features, mask = (torch.zeros(len(laid), longest, dtype=torch.long) for _ in "123")
    for row, window in enumerate(laid):
        both = torch.tensor(window)
        pieces[row, : len(window)], features[row, : len(window)] = both.T
        mask[row, : len(window)] = 1
    places = []
    row = 0
    for example in chosen:
        # The start and the end mark of a window are no pieces of the text.
        ranges = [
            torch.arange(1, len(window) - 1) + (row + number) * longest
            for number, window in enumerate(example.windows)
        ]
        places.append(torch.cat([torch.zeros(0, dtype=torch.long), *ranges]))
        row += len(example.windows)
    return Batch(pieces, features, mask, tuple(places), tuple(chosen))


def loss(heads: nn.ModuleDict, rows: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How far sentences and words are from those of the summaries; the mean over examples.

    While `heads` are in training, budgets are stretched, and some are not told, by chance.

    Args:
        heads: From `heads`.
        rows: The encoder's, of (windows, longest, size).
        batch: From `collate`.
    """
    import torch
    from torch.nn import functional

    weights = dict(heads.named_parameters())
    flat = rows.flatten(0, 1).float()

    def drop(values: torch.Tensor) -> torch.Tensor:
        return functional.dropout(values, DROPOUT, heads.training)

    total = flat.new_zeros(())
    for example, places in zip(batch.examples, batch.places, strict=True):
        given = example.outline
        chance, stretch = torch.rand(2).tolist() if heads.training else (1.0, 0.5)
        scale = math.exp(STRETCH * (2 * stretch - 1))
        budget = example.budget if chance > UNASKED else None
        wanted = budget_facts(given, budget, scale=scale)
        scores = judge(weights, given, flat[places], wanted, drop)
        eligible = torch.from_numpy(given.eligible)
        right = torch.from_numpy(example.sentences).float()[eligible]
        held = torch.from_numpy(example.words).float()
        sentences = -(right * scores.sentences[eligible].log_softmax(dim=0)).sum()
        words = functional.binary_cross_entropy_with_logits(scores.words, held, reduction="sum")
        total = total + sentences + WORDS_SHARE * words / max(FEWEST_WORDS, example.length)
    return total / len(batch.examples)


def _example(record: Record, tokenizer: Tokenizer, segment: Segmenter, budget: Budget) -> Example:
    texts = record.documents or (record.document,)
    marks = frame(tokenizer)
    cuts: list[Cut] = []
    laid: list[tuple[tuple[int, int], ...]] = []
    for text in texts:
        pieces = read_pieces(tokenizer, text)
        cuts.append(Cut(text, segment(Document("", text)), pieces.offsets))
        laid += (tuple(framed(pieces, window, marks)) for window in windows(text, pieces.offsets))
    given = outline(cuts)
    summaries = [Counter(tokens(each)) for each in record.summaries or (record.summary,)]
    return Example(
        windows=tuple(laid),
        outline=given,
        budget=budget,
        sentences=_right(given, summaries, budget),
        words=_held(given, summaries)[:, :TIMES],
        length=sum(map(Counter.total, summaries)) / len(summaries),
    )


def _held(given: Outline, summaries: Sequence[Counter[str]]) -> Numbers:
    """Share of the summaries that hold a word at least once, twice, ...: (words, `MOST_TIMES`)."""
    import numpy as np

    counts = np.array([[each[word] for word in given.words] for each in summaries])
    held: Numbers = np.mean(counts[:, :, None] > np.arange(MOST_TIMES), axis=0)
    return held


def _right(given: Outline, summaries: Sequence[Counter[str]], budget: Budget) -> Numbers:
    """How right it is to take each sentence."""
    import numpy as np

    right = np.zeros(len(given.lengths))
    for summary in summaries:
        held = _held(given, [summary])
        best = choose(given, held, budget)
        right[list(best)] += (1 - OWN_SHARE) / len(best) / len(summaries)
        times = held.sum(axis=1)[given.word_of]
        shared = np.bincount(
            given.sentence_of, np.minimum(given.count_of, times), len(given.lengths)
        )
        likeness = 2 * shared / (given.tokens + summary.total())
        own = np.exp(OWN_SHARPNESS * likeness[given.eligible])
        right[given.eligible] += OWN_SHARE * own / own.sum() / len(summaries)
    return right
