"""Whom a pronoun means: one of the names around it, or nobody for sure.

In: a text, pronouns, and for each the places of names that it might mean. Out: a name or None.
The encoder, trained for this alone, reads a window about each pronoun in which the pronoun and the
names carry marks; every place of a name gets a score, and so does none of them. The marks and the
scores are what training uses as well: a change here asks for new training.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING, NamedTuple, Protocol

from briefing.reader.bert import Bert, Shape
from briefing.reader.features import FEATURES, frame, framed, read_pieces
from briefing.reader.standing import CLAUSES, ROLES, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import torch
    from tokenizers import Tokenizer

    from briefing.document import Span
    from briefing.reader.dense import Precision
    from briefing.reader.features import Pieces
    from briefing.reader.standing import Trees
    from briefing.reader.weights import Table


class Reach(NamedTuple):
    """The most pieces of a window before and after the first of the pronoun."""

    before: int
    after: int


LEARNT_FROM, READ = Reach(168, 54), Reach(120, 30)
"""In training, and in reading: of the names further off few are meant, and a third is saved."""
MARKS = 3
"""A piece is marked as none, as one of a name, or as one of the pronoun."""
MARKED_FEATURES = FEATURES * MARKS
"""Rows of the table of features: each of `features` once a mark."""
DISTANCES, ORDERS, COUNTS = 16, 12, 3
"""Sizes of the tables for how far a name stands, how many stand between, how often it comes."""
TABLES = {
    "distance": DISTANCES,
    "order": ORDERS,
    "count": COUNTS,
    "roles": ROLES,
    "clause": CLAUSES,
}
"""Sizes of the tables of what is known of a place beside its words."""
SCORE_SIZE = 256
"""Length of the vectors that scores are made from."""
SURE = 0.9
"""Least probability of a name that is given."""


class Choice(NamedTuple):
    """A place of a name that a pronoun might mean.

    Attributes:
        first: Its first piece, counted in the window from the start mark on.
        last: Its last piece.
        distance: From the pronoun, below `DISTANCES`.
        order: How many names stand between, below `ORDERS`.
        often: How often the name comes, below `COUNTS`.
        roles: What it and the pronoun are in their clauses; see `standing`.
        clause: How these lie to each other; likewise.
    """

    first: int
    last: int
    distance: int
    order: int
    often: int
    roles: int
    clause: int


@dataclass(frozen=True, slots=True)
class Question:
    """A pronoun in its window.

    Attributes:
        pieces: Number and marked feature of each, the start and end mark included.
        pronoun: Its first piece, counted like those of `choices`.
        choices: Places of names in the window, in the order of the text.
        names: The name of each.
    """

    pieces: tuple[tuple[int, int], ...]
    pronoun: int
    choices: tuple[Choice, ...]
    names: tuple[str, ...]

    def looked_at(self) -> list[int]:
        """The pieces that `scores` looks at, ascending."""
        places = (range(each.first, each.last + 1) for each in self.choices)
        return sorted({0, self.pronoun}.union(*places))

    def among(self, numbers: Sequence[int]) -> Question:
        """The same, counted among the pieces `numbers`, which are those `looked_at`."""
        at = {number: place for place, number in enumerate(numbers)}
        return Question(
            pieces=tuple(self.pieces[number] for number in numbers),
            pronoun=at[self.pronoun],
            choices=tuple(
                each._replace(first=at[each.first], last=at[each.last]) for each in self.choices
            ),
            names=self.names,
        )


class Resolver(Protocol):
    """Tells whom pronouns mean."""

    def resolve(
        self,
        text: str,
        pronouns: Sequence[Span],
        candidates: Sequence[Sequence[tuple[Span, str]]],
        trees: Trees | None = None,
    ) -> tuple[str | None, ...]:
        """Name for each of `pronouns` whom it means, or None where that is not sure.

        Args:
            text: What the spans index.
            pronouns: Third-person pronouns, one word each.
            candidates: For each pronoun the places of names that it might mean, each with the
                name that stands for all places of the same holder.
            trees: The parsed sentences of the text; without them it is less sure.
        """
        ...

    def guess(
        self,
        text: str,
        pronouns: Sequence[Span],
        candidates: Sequence[Sequence[tuple[Span, str]]],
        trees: Trees | None = None,
    ) -> tuple[tuple[str | None, float], ...]:
        """The likeliest name for each of `pronouns`, and its probability; arguments as above."""
        ...


class PronounReader:
    """The resolver that was trained.

    Args:
        shape: Of the encoder.
        weights: Of the encoder by the names of `transformers.BertModel`, the table of words
            among them; under `FEATURE_TABLE` the table of marked features; and those of `heads`.
        tokenizer: Of the encoder.
        precision: In which the encoder's layers run.
        sure: Least probability of a name that is given.

    Raises:
        KeyError: If a weight is missing.
        ValueError: If the encoder or the vocabulary is none that this package runs.
    """

    def __init__(
        self,
        shape: Shape,
        weights: Mapping[str, Table],
        tokenizer: Tokenizer,
        precision: Precision,
        *,
        sure: float = SURE,
    ) -> None:
        self._bert = Bert(shape, weights, precision)
        self._heads = {name: weights[f"heads.{name}"].whole() for name in HEADS}
        self._tokenizer = tokenizer
        self._marks = frame(tokenizer)
        self._sure = sure

    def resolve(
        self,
        text: str,
        pronouns: Sequence[Span],
        candidates: Sequence[Sequence[tuple[Span, str]]],
        trees: Trees | None = None,
    ) -> tuple[str | None, ...]:
        """Name for each of `pronouns` whom it means, or None; see `Resolver`."""
        return tuple(
            name if probability >= self._sure else None
            for name, probability in self.guess(text, pronouns, candidates, trees)
        )

    def guess(
        self,
        text: str,
        pronouns: Sequence[Span],
        candidates: Sequence[Sequence[tuple[Span, str]]],
        trees: Trees | None = None,
    ) -> tuple[tuple[str | None, float], ...]:
        """The likeliest name for each of `pronouns`, and its probability.

        The same text, pronoun and candidates give the same result in every call on one machine.
        None, with a probability of 0, where no candidate stands in the pronoun's window.
        """
        import torch

        pieces = read_pieces(self._tokenizer, text)
        questions = [
            ask(
                pieces,
                self._marks,
                pronoun,
                [
                    (span, name, trees.standing(pronoun, span) if trees else Standing())
                    for span, name in names
                ],
            )
            for pronoun, names in zip(pronouns, candidates, strict=True)
        ]
        open_ones = [each for each in questions if each is not None and each.choices]
        guesses: Iterator[tuple[str | None, float]]
        with torch.inference_mode():
            wanted = [each.looked_at() for each in open_ones]
            ends = self._bert.pick((each.pieces for each in open_ones), wanted)
            guesses = iter(
                [
                    self._choose(each.among(numbers), rows)
                    for each, numbers, rows in zip(open_ones, wanted, ends, strict=True)
                ]
            )
        return tuple(
            next(guesses) if each is not None and each.choices else (None, 0.0)
            for each in questions
        )

    def _choose(self, question: Question, rows: torch.Tensor) -> tuple[str | None, float]:
        import torch

        found = scores(
            self._heads,
            rows.float()[None],
            torch.tensor([question.pronoun]),
            torch.tensor([question.choices]),
        )
        shares: Counter[str] = Counter()
        for name, share in zip(question.names, found[0].softmax(-1)[1:].tolist(), strict=True):
            shares[name] += share
        return max(shares.items(), key=lambda item: (item[1], item[0]))


def ask(
    pieces: Pieces,
    marks: tuple[int, int],
    pronoun: Span | tuple[int, int],
    candidates: Sequence[tuple[Span | tuple[int, int], str, Standing]],
    reach: Reach = READ,
) -> Question | None:
    """Lay a window about `pronoun` and find the candidates in it.

    Args:
        pieces: Of the text.
        marks: Numbers of the start and end mark.
        pronoun: In the text.
        candidates: Places of names with their names and how they stand to the pronoun; those that
            overlap it are left out.
        reach: Of the window.

    Returns:
        None where the pronoun holds no piece.
    """
    at = _covering(pieces, pronoun)
    if not at:
        return None
    first, end = at.start - reach.before, at.start + 1 + reach.after
    window = range(max(0, first), min(len(pieces.offsets), end))
    places = sorted(
        (place.start, place.stop, name, standing)
        for place, name, standing in (
            (_covering(pieces, span), name, standing) for span, name, standing in candidates
        )
        if place and window.start <= place.start and place.stop <= window.stop
        if place.stop <= at.start or at.stop <= place.start
    )
    marked = [0] * len(pieces.offsets)
    for start, stop, *_ in places:
        marked[start:stop] = [1] * (stop - start)
    marked[at.start : at.stop] = [2] * len(at)
    read = [
        (number, feature + FEATURES * mark)
        for (number, feature), mark in zip(
            framed(pieces, window, marks), [0, *marked[window.start : window.stop], 0], strict=True
        )
    ]
    shift = 1 - window.start  # the start mark comes first
    return Question(
        pieces=tuple(read),
        pronoun=at.start + shift,
        choices=_choices(places, at.start, shift),
        names=tuple(name for _, _, name, _ in places),
    )


def _choices(
    places: Sequence[tuple[int, int, str, Standing]], at: int, shift: int
) -> tuple[Choice, ...]:
    starts = [start for start, *_ in places]
    before = bisect_right(starts, at)
    times = Counter(name for _, _, name, _ in places)
    half = ORDERS // 2
    return tuple(
        Choice(
            first=start + shift,
            last=stop - 1 + shift,
            distance=_bucket(start - at),
            order=max(0, min(ORDERS - 1, bisect_left(starts, start) - before + half)),
            often=min(COUNTS, times[name]) - 1,
            roles=standing.roles,
            clause=standing.clause,
        )
        for start, stop, name, standing in places
    )


def _bucket(distance: int) -> int:
    """0 to 7 by powers of two for a name before the pronoun, 8 to 15 for one behind it."""
    size = min(DISTANCES // 2 - 1, int(log2(abs(distance) + 1)))
    return size + DISTANCES // 2 * (distance > 0)


def _covering(pieces: Pieces, span: Span | tuple[int, int]) -> range:
    """The pieces that `span` touches."""
    first = bisect_right(pieces.offsets, span[0], key=lambda offset: offset[1])
    last = bisect_left(pieces.offsets, span[1], key=lambda offset: offset[0])
    return range(first, max(first, last))


HEADS = (
    "place.weight",
    "place.bias",
    "pronoun.weight",
    "pronoun.bias",
    "query.weight",
    "mixed.weight",
    "distance.weight",
    "order.weight",
    "count.weight",
    "roles.weight",
    "clause.weight",
    "score.weight",
    "score.bias",
    "none.weight",
    "none.bias",
    "none_score.weight",
    "none_score.bias",
)
"""Names of the weights that `scores` takes."""


def scores(
    heads: Mapping[str, torch.Tensor],
    rows: torch.Tensor,
    pronouns: torch.Tensor,
    choices: torch.Tensor,
) -> torch.Tensor:
    """Score none, and each place of a name.

    Args:
        heads: By the names in `HEADS`.
        rows: Vectors of the windows' pieces, of (windows, pieces, size).
        pronouns: The first piece of each window's pronoun, of (windows,).
        choices: Of (windows, most choices, 7); filling may hold anything in range.

    Returns:
        Of (windows, 1 + most choices); the first is none's.
    """
    import torch
    from torch.nn import functional

    def linear(name: str, given: torch.Tensor) -> torch.Tensor:
        return functional.linear(given, heads[f"{name}.weight"], heads.get(f"{name}.bias"))

    window = torch.arange(len(rows), device=rows.device)
    first, last, *tables = choices.unbind(-1)
    sums = functional.pad(rows.cumsum(1), (0, 0, 1, 0))
    total = sums[window[:, None], last + 1] - sums[window[:, None], first]
    edges = rows[window[:, None], first], rows[window[:, None], last]
    place = linear("place", torch.cat([*edges, total / (last - first + 1)[..., None]], -1))
    pronoun = rows[window, pronouns]
    wide = place + linear("pronoun", pronoun)[:, None]
    wide = wide + linear("mixed", place * linear("query", pronoun)[:, None])
    for name, numbers in zip(TABLES, tables, strict=True):
        wide = wide + heads[f"{name}.weight"][numbers]
    each = linear("score", functional.gelu(wide))[..., 0]
    nobody = functional.gelu(linear("none", torch.cat([pronoun, rows[:, 0]], -1)))
    return torch.cat([linear("none_score", nobody), each], -1)
