"""What the reader of pronouns is trained on: pronouns in their texts, and whom they mean.

In: `coref_gap`, `coref_gum` and `coref_litbank`, gzipped JSON lines with `text`, `pronoun` and
`candidates`, each with a `span` and whether it is meant (`coref`); spans are `[start, end]` in code
points. Out: examples as the reader will meet them, and batches of them as tensors.

The first marks two names a text; the other names in it are found by spaCy, so that training
meets as many names as reading does. The others mark all mentions. Of those, half of the examples
keep the names alone: a pronoun that means `the keeper` then means none of the candidates.
Names that are repeated in news and in GAP's texts give pronouns that nobody has marked: see `cases`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from briefing.errors import SourceError
from briefing.reader.features import frame, read_pieces
from briefing.reader.pronouns import (
    LEARNT_FROM,
    SCORE_SIZE,
    TABLES,
    Choice,
    Question,
    ask,
    scores,
)
from briefing.reader.standing import Trees
from briefing.reader.tasks.cases import (
    NAME_WORD,
    Case,
    Mention,
    Renamer,
    from_text,
    made_up,
    names_in,
    words_of,
)
from briefing.reader.tasks.corpus import records

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch
    from tokenizers import Tokenizer
    from torch import nn

    from briefing.reader.stages import Round
    from briefing.reader.tasks.cases import Parse

DROPOUT = 0.1
HALF = 0.5
CORPORA = ("coref_gap", "coref_gum", "coref_litbank")
GENRES = frozenset(("academic", "bio", "interview", "news", "textbook", "voyage"))
"""Those of coref_gum whose texts may be used for any purpose."""
NAME = re.compile(r"[A-Z][\w*.'’-]*(?: (?:[A-Z][\w*.'’-]*|de|of|van|von|la)){0,3}\Z")
OTHER = "other "
"""Begins the names of those of whom the corpus does not say whether they are meant."""
NEVER = -1e4
"""Score of filling."""


class Candidate(msgspec.Struct, frozen=True):
    """A mention, and whether the pronoun means it."""

    span: tuple[int, int]
    coref: bool


class Record(msgspec.Struct, frozen=True):
    """One line of a corpus."""

    split: str
    text: str
    pronoun: tuple[int, int]
    candidates: tuple[Candidate, ...]
    genre: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A pronoun in its window, and what it may mean.

    Attributes:
        question: As the reader asks it.
        right: For none, and then for each choice, whether it is a right answer; at least one is.
    """

    question: Question
    right: tuple[bool, ...]


class Batch(NamedTuple):
    """Examples as tensors; the first three of (examples, longest of them).

    Attributes:
        pieces: Numbers in the vocabulary.
        features: Marked features, below `MARKED_FEATURES`.
        mask: 1 where there is a piece.
        pronouns: Of (examples,).
        choices: Of (examples, most choices, 7).
        given: Of (examples, 1 + most choices): False for filling.
        right: Of the same shape.
    """

    pieces: torch.Tensor
    features: torch.Tensor
    mask: torch.Tensor
    pronouns: torch.Tensor
    choices: torch.Tensor
    given: torch.Tensor
    right: torch.Tensor

    def to(self, device: str) -> Batch:
        """The same on `device`."""
        return Batch(*(tensor.to(device) for tensor in self))


def load(data: Path, tokenizer: Tokenizer, parse: Parse, split: str = "train") -> Round:
    """Read one part of the corpora in `data`.

    Args:
        data: Their folder.
        tokenizer: As given by `features.open_tokenizer`.
        parse: Cuts a text into sentences and parses them.
        split: The part.

    Returns:
        Rounds of examples: GAP's, half of them under other names, half of LitBank's, GUM's and,
        for training, those that are made up, of GAP's own texts as well.

    Raises:
        SourceError: If a corpus cannot be read.
        ModelError: If spaCy's model is not installed.
    """
    gap, gum, litbank = (
        [each for each in records(data / f"{name}.jsonl.gz", Record) if each.split == split]
        for name in CORPORA
    )
    free = [each for each in gum if each.genre in GENRES]
    if not (gap or free or litbank):
        raise SourceError(
            f"the corpora in {data} hold no pronouns of the part {split}",
            hint="See models/README.md on the corpora.",
        )

    @cache
    def cases() -> tuple[list[Case], list[Case], list[Case], list[Case], Renamer]:
        # Parsing takes minutes, and a training that is done asks for no round.
        trees = [parse(each.text) for each in gap]
        two = list(map(_two_named, gap, trees))
        news, novels = (
            [_marked(each, parse(each.text)) for each in group] for group in (free, litbank)
        )
        renamed = Renamer(two)
        made: list[Case] = []
        if split == "train":
            made += made_up(data, parse, renamed.gender_of)
            for each, docs in zip(gap, trees, strict=True):
                made += from_text(each.text, docs, renamed.gender_of)
        return two, news, novels, made, renamed

    def once(chance: random.Random) -> list[Example]:
        two, news, novels, made, renamed = cases()
        chosen = [renamed(each, chance) if chance.random() < HALF else each for each in two]
        marked = [*news, *chance.sample(novels, len(novels) // 2)]
        chosen += [_names_alone(each) if chance.random() < HALF else each for each in marked]
        chosen += made
        examples = (_example(tokenizer, each) for each in chosen)
        return [each for each in examples if each is not None]

    return once


def heads(size: int) -> nn.ModuleDict:
    """Make what stands on an encoder of hidden size `size`: the weights that `scores` takes."""
    from torch import nn

    made = nn.ModuleDict(
        {
            "place": nn.Linear(3 * size, SCORE_SIZE),
            "pronoun": nn.Linear(size, SCORE_SIZE),
            "query": nn.Linear(size, SCORE_SIZE, bias=False),
            "mixed": nn.Linear(SCORE_SIZE, SCORE_SIZE, bias=False),
            **{name: nn.Embedding(size, SCORE_SIZE) for name, size in TABLES.items()},
            "score": nn.Linear(SCORE_SIZE, 1),
            "none": nn.Linear(2 * size, SCORE_SIZE),
            "none_score": nn.Linear(SCORE_SIZE, 1),
        }
    )
    for name in TABLES:
        nn.init.normal_(made.get_parameter(f"{name}.weight"), std=0.02)
    return made


def collate(chosen: Sequence[Example]) -> Batch:
    """Lay examples side by side, filled up to the longest and to the most choices."""
    import torch

    questions = [example.question for example in chosen]
    longest = max(len(each.pieces) for each in questions)
    most = max(len(each.choices) for each in questions)
    pieces, features, mask = (
        torch.zeros(len(chosen), longest, dtype=torch.long) for _ in range(3)
    )
    choices = torch.zeros(len(chosen), most, len(Choice._fields), dtype=torch.long)
    given, right = (torch.zeros(len(chosen), 1 + most, dtype=torch.bool) for _ in range(2))
    for row, (question, example) in enumerate(zip(questions, chosen, strict=True)):
        length, count = len(question.pieces), len(question.choices)
        pieces[row, :length], features[row, :length] = torch.tensor(question.pieces).T
        mask[row, :length] = 1
        choices[row, :count] = torch.tensor(question.choices)
        given[row, : 1 + count] = True
        right[row, : 1 + count] = torch.tensor(example.right)
    pronouns = torch.tensor([each.pronoun for each in questions])
    return Batch(pieces, features, mask, pronouns, choices, given, right)


def length(example: Example) -> int:
    """Pieces of its window."""
    return len(example.question.pieces)


def loss(heads: nn.ModuleDict, rows: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How improbable the right answers of `batch` are: the mean of minus their logarithms.

    Args:
        heads: From `heads`.
        rows: The encoder's, of (examples, longest, size).
        batch: From `collate`, on the same device.
    """
    from torch.nn import functional

    rows = functional.dropout(rows.float(), DROPOUT, training=heads.training)
    found = scores(dict(heads.named_parameters()), rows, batch.pronouns, batch.choices)
    logs = found.masked_fill(~batch.given, NEVER).log_softmax(-1)
    return -logs.masked_fill(~batch.right, NEVER).logsumexp(-1).mean()


def _marked(record: Record, docs: Sequence[Any]) -> Case:
    """What the corpus marks, each under a name of its own."""
    trees = Trees(docs)
    return Case(
        record.text,
        record.pronoun,
        tuple(
            Mention(each.span, str(number), each.coref, trees.standing(record.pronoun, each.span))
            for number, each in enumerate(record.candidates)
        ),
    )


def _names_alone(case: Case) -> Case:
    """The same without descriptions: a pronoun that means `the keeper` then means none."""
    kept = [each for each in case.mentions if NAME.match(case.text[slice(*each.span)])]
    return case._replace(mentions=tuple(kept))


def _example(tokenizer: Tokenizer, case: Case) -> Example | None:
    """The example of a case; None without a candidate in the pronoun's window."""
    question = ask(
        read_pieces(tokenizer, case.text),
        frame(tokenizer),
        case.pronoun,
        [(each.span, each.name, each.standing) for each in case.mentions],
        LEARNT_FROM,
    )
    if question is None or not question.choices:
        return None
    meant = {each.name for each in case.mentions if each.right}
    known = meant & set(question.names)
    # Where neither of two is meant another one may be, or none.
    right = [name in known or (not known and name.startswith(OTHER)) for name in question.names]
    return Example(question, (not known, *right))


def _two_named(record: Record, docs: Sequence[Any]) -> Case:
    """A record's two names and every other name, of whatever kind, one name a holder.

    Reading hands over all names as well: spaCy takes many a surname for a place.
    """
    trees = Trees(docs)
    found = set(names_in(docs)) | set(_again(record))
    return Case(
        record.text,
        record.pronoun,
        tuple(
            Mention(span, name, right, trees.standing(record.pronoun, span))
            for span, name, right in _grouped(record, found)
        ),
    )


def _again(record: Record) -> Iterator[tuple[int, int]]:
    """Where the last words of the two names stand once more; spaCy knows few of them for people."""
    for candidate in record.candidates:
        last = NAME_WORD.findall(record.text[slice(*candidate.span)])[-1:]
        for word in last:
            for match in re.finditer(rf"\b{re.escape(word)}\b", record.text):
                yield match.span()


def _grouped(
    record: Record, found: set[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], str, bool]]:
    """Put the namings `found` to those that they share all words with; else to others."""
    taken = [each.span for each in record.candidates]
    groups = [
        (str(number), words_of(record.text[slice(*span)])) for number, span in enumerate(taken)
    ]
    for number, each in enumerate(record.candidates):
        yield each.span, str(number), each.coref
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span)):
        if any(start < last and first < end for first, last in taken):
            continue
        taken.append((start, end))
        words = words_of(record.text[start:end])
        if not words:
            continue
        alike = [(name, its) for name, its in groups if words <= its or its <= words]
        exact = [(name, its) for name, its in alike if its == words]
        if not alike:
            groups.append((f"{OTHER}{len(groups)}", words))
            alike = groups[-1:]
        for name, _ in (alike if len(alike) == 1 else exact)[:1]:
            yield (start, end), name, name.isdigit() and record.candidates[int(name)].coref
