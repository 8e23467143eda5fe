"""Which words of its texts a summary would hold, and how often.

In: an outline of texts, and the vectors that the encoder gives their pieces. Out: probabilities.
Which sentences are taken for them is for `choice` to say. Training and reading share `judge`: a change to it asks for
new training.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import torch

    from briefing.reader.outline import Numbers, Outline

    Drop = Callable[[torch.Tensor], torch.Tensor]

WIDTH = 128
"""Length of a sentence's vector within the head."""
WORD_WIDTH = 64
PARTS = 4
"""Into so many parts a sentence's vector falls where sentences look at each other."""
LAYERS = 2
TIMES = 4
"""The first so many times that a summary may hold a word are judged one by one."""
TOGETHER = 512
"""Most sentences that look at each other; longer texts are read in stretches."""
BUDGET_FACTS = 5
FARTHEST = 5.0
"""Counted facts beyond this are taken for this."""
LEAST = 1e-5
"""Smallest chance that is told from none."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a summary is to be: exactly one of the two is given."""

    words: int | None = None
    sentences: int | None = None


def _whole(values: torch.Tensor) -> torch.Tensor:
    return values


class Scores(NamedTuple):
    """What the head says, before it is made probabilities.

    Attributes:
        sentences: How fit each sentence is to be taken, against the others: (sentences,). Training
            asks for it; in reading it only serves to judge the words.
        words: Whether a summary holds a word at least once, twice, ...: (words, `TIMES`).
    """

    sentences: torch.Tensor
    words: torch.Tensor


def read(
    heads: Mapping[str, torch.Tensor], given: Outline, rows: torch.Tensor, budget: Budget | None
) -> Numbers:
    """Judge the words of texts that are summarised together.

    Args:
        heads: The weights by name, 32-bit floats.
        given: Of the texts.
        rows: The encoder's vectors of all pieces, text after text: (pieces, size), 32-bit floats.
        budget: How long the summary is to be, if that is known.

    Returns:
        Probabilities that a summary holds a word at least once, twice, ...: (words, `TIMES`).
    """
    import torch

    with torch.inference_mode():
        scores = judge(heads, given, rows, budget_facts(given, budget))
        chances: Numbers = scores.words.sigmoid().double().numpy()
    return chances


def budget_facts(given: Outline, budget: Budget | None, *, scale: float = 1.0) -> list[float]:
    """Say a budget in `BUDGET_FACTS` numbers; zeros where there is none.

    Args:
        given: The texts' outline.
        budget: What is asked for.
        scale: Makes the budget look longer or shorter, so that training meets all lengths.
    """
    if budget is None or not len(given.eligible):
        return [0.0] * BUDGET_FACTS
    average = float(given.lengths[given.eligible].mean())
    by_sentences = budget.words is None
    words = scale * ((budget.sentences or 1) * average if by_sentences else budget.words or 1)
    return [
        1.0,
        log(words) - 4,
        2 * min(2.0, words / max(1, int(given.lengths.sum()))),
        float(by_sentences),
        words / average / len(given.eligible),
    ]


def judge(
    heads: Mapping[str, torch.Tensor],
    given: Outline,
    rows: torch.Tensor,
    wanted: list[float],
    drop: Drop = _whole,
) -> Scores:
    """Score sentences and words, in training as in reading.

    Args:
        heads: The weights by name.
        given: The outline.
        rows: Vectors of all pieces: (pieces, size).
        wanted: From `budget_facts`.
        drop: Applied where training drops some of the numbers.
    """
    import torch

    budget = torch.tensor(wanted)
    known = _sentences(heads, given, rows, budget, drop)
    scores = _two(heads, "sentence", known, drop).squeeze(-1)
    words = torch.cat(
        [
            drop(_linear(heads, "word_rows", _means_of_words(given, rows))),
            drop(_mean_by_word(given, _linear(heads, "word_sentences", known))),
        ],
        dim=-1,
    )
    facts = torch.from_numpy(given.word_facts).float().clamp(-FARTHEST, FARTHEST)
    extra = budget.expand(len(facts), -1)
    words = torch.cat([_gelu(words), facts, _chances(given, scores), extra], dim=-1)
    return Scores(scores, _two(heads, "word", words, drop))


def _sentences(
    heads: Mapping[str, torch.Tensor],
    given: Outline,
    rows: torch.Tensor,
    budget: torch.Tensor,
    drop: Drop,
) -> torch.Tensor:
    """One vector a sentence, made in sight of the others: (sentences, `WIDTH`)."""
    import torch
    from torch.nn import functional

    size = rows.shape[1]
    unit = functional.normalize(_means_of_sentences(given, rows), dim=-1)
    like = unit * functional.normalize(unit.mean(dim=0), dim=-1)
    facts = torch.from_numpy(given.facts).float().clamp(-FARTHEST, FARTHEST)
    # As long as vectors whose numbers are about 1.
    near = [drop(unit * size**0.5), drop(like * size), facts, budget.expand(len(unit), -1)]
    whole = _linear(heads, "given", torch.cat(near, dim=-1))
    stretches = (_look(heads, part, drop) for part in torch.split(whole, TOGETHER))
    return _norm(heads, "out", torch.cat([whole[:0], *stretches]))


def _look(heads: Mapping[str, torch.Tensor], known: torch.Tensor, drop: Drop) -> torch.Tensor:

    count = len(known)
    for layer in range(LAYERS):
        asks = _linear(heads, f"look_{layer}", _norm(heads, f"before_{layer}", known))
        query, key, value = asks.view(count, 3, PARTS, WIDTH // PARTS).permute(1, 2, 0, 3)
        weights = (query @ key.transpose(1, 2) * query.shape[-1] ** -0.5).softmax(dim=-1)
        seen = (weights @ value).transpose(0, 1).reshape(count, WIDTH)
        known = known + drop(_linear(heads, f"seen_{layer}", seen))
        inner = _two(heads, f"think_{layer}", _norm(heads, f"between_{layer}", known), drop)
        known = known + drop(inner)
    return known


def _means_of_sentences(given: Outline, rows: torch.Tensor) -> torch.Tensor:
    import torch

    first, last = torch.from_numpy(given.pieces).unbind(dim=1)
    counts = last - first
    owners = torch.repeat_interleave(torch.arange(len(counts)), counts)
    # Where a sentence begins less where it would begin if pieces stood in no gaps.
    moved = first - (counts.cumsum(0) - counts)
    at = torch.arange(len(owners)) + moved[owners]
    sums = rows.new_zeros(len(counts), rows.shape[1]).index_add(0, owners, rows[at])
    return sums / counts.clamp(min=1)[:, None]


def _means_of_words(given: Outline, rows: torch.Tensor) -> torch.Tensor:
    import torch

    occurring = torch.from_numpy(given.occurring)
    count = len(given.words)
    sums = rows.new_zeros(count, rows.shape[1])
    sums = sums.index_add(0, occurring, rows[torch.from_numpy(given.word_pieces)])
    return sums / torch.bincount(occurring, minlength=count)[:, None]


def _mean_by_word(given: Outline, values: torch.Tensor) -> torch.Tensor:
    """The mean of vectors of sentences over those in which a word stands."""
    import torch

    words = torch.from_numpy(given.word_of)
    count = len(given.words)
    sums = values.new_zeros(count, values.shape[1])
    sums = sums.index_add(0, words, values[torch.from_numpy(given.sentence_of)])
    return sums / torch.bincount(words, minlength=count)[:, None]


def _chances(given: Outline, scores: torch.Tensor) -> torch.Tensor:
    """Of each word how likely the sentences that hold it are taken: together, and the likeliest."""
    import torch

    logs = scores.log_softmax(dim=0)[torch.from_numpy(given.sentence_of)]
    words = torch.from_numpy(given.word_of)
    count = len(given.words)
    together = logs.new_zeros(count).index_add(0, words, logs.exp())
    best = logs.new_full((count,), -1e4).scatter_reduce(0, words, logs, "amax")
    return torch.stack([(together + LEAST).log(), best.clamp(min=log(LEAST))], dim=1) / 2 + 1


def _linear(heads: Mapping[str, torch.Tensor], name: str, values: torch.Tensor) -> torch.Tensor:
    from torch.nn import functional

    return functional.linear(values, heads[f"{name}.weight"], heads[f"{name}.bias"])


def _two(
    heads: Mapping[str, torch.Tensor], name: str, values: torch.Tensor, drop: Drop
) -> torch.Tensor:
    """Two linear layers with a bend between them."""
    return _linear(heads, f"{name}_out", drop(_gelu(_linear(heads, f"{name}_in", values))))


def _gelu(values: torch.Tensor) -> torch.Tensor:
    from torch.nn import functional

    return functional.gelu(values)


def _norm(heads: Mapping[str, torch.Tensor], name: str, values: torch.Tensor) -> torch.Tensor:
    from torch.nn import functional

    weight, bias = heads[f"{name}.weight"], heads[f"{name}.bias"]
    return functional.layer_norm(values, weight.shape, weight, bias)
