"""A BERT encoder's forward pass: piece numbers in, one vector a piece out.

The last layers may exist more than once: branches, each trained for tasks of its own, on a trunk
that is run once for all of them. The weights carry the names that `transformers.BertModel` gives them and a test holds the two
equal. It is written out here because importing BertModel takes twice as long as importing torch,
at every start of the program; and because texts can then be laid side by side on one sheet, which
makes a text's vector independent of the texts read with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple

from briefing.reader.dense import dense, floats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import torch

    from briefing.reader.dense import Dense, Precision
    from briefing.reader.weights import Table

SHEET_ROWS = 256
"""Pieces run at once, unless a long window is run alone; also the longest window.

A row's result must be the same wherever it stands on the sheet and whatever stands beside it.
Attention, the one step that mixes rows, is run for each window alone. In floats, matrix libraries
pick their kernel, and so the order of their sums, by the number of rows, which must then hang on
the window alone; sums of whole numbers have no such order.
"""
SHARED_ROWS = 128
"""The longest window that shares a sheet; longer ones leave little room for others."""
ROWS_STEP = 32
"""What the rows of a window alone are a multiple of, in floats."""

LOUD = 8
"""How many of a row's numbers are left as they are where the others are rounded; see `dense`.

Without any, vectors of sentences lie 0.9989 from those of 32-bit floats in the mean, with 8 0.9998,
and with 16 and 32 no closer.
"""

LEAST_GELU = -0.17
"""What GELU is nowhere below, and reaches in most rows."""

BRANCH_LAYERS = 2
"""Layers that each branch of the reader has for itself."""
WORD_TABLE = "embeddings.word_embeddings.weight"
FEATURE_TABLE = "embeddings.feature_embeddings.weight"
"""Vectors that are added to those of the pieces, for what the pieces themselves do not tell."""

Window = Sequence[int] | Sequence[tuple[int, int]]
"""The numbers of its pieces, each with the number of its feature where there is a table of them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the forward pass must know of `config.json`."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    layer_norm_eps: float
    max_position_embeddings: int
    model_type: str
    hidden_act: str


class Bert:
    """The encoder without a head.

    Args:
        shape: From `config.json`.
        weights: By the names of `transformers.BertModel`; `FEATURE_TABLE` may stand beside them.
            A branch's layers go by its name instead of `encoder`.
        precision: In which the dense layers run.
        branches: Names of the branches; none for an encoder that does not fork.
        branch_layers: How many of the last layers each branch has for itself.

    Raises:
        KeyError: If a weight is missing.
        ValueError: If `shape` is not one that this module runs.
    """

    def __init__(
        self,
        shape: Shape,
        weights: Mapping[str, Table],
        precision: Precision,
        *,
        branches: Sequence[str] = (),
        branch_layers: int = 0,
    ) -> None:
        if (shape.model_type, shape.hidden_act) != ("bert", "gelu"):
            raise ValueError(f"{shape.model_type} with {shape.hidden_act} is not BERT with GELU")
        if shape.max_position_embeddings < SHEET_ROWS:
            raise ValueError(f"fewer than {SHEET_ROWS} positions")
        self._shape = shape
        self._precision = precision
        # Left as they are, mapped from the file and shared by all processes that read it.
        self._tables = [weights[WORD_TABLE]]
        if FEATURE_TABLE in weights:
            self._tables.append(weights[FEATURE_TABLE])
        self._places = [
            weights[f"embeddings.{kind}_embeddings.weight"].whole().to(floats(precision))
            for kind in ("position", "token_type")
        ]
        self._norm = _norm(weights, "embeddings.LayerNorm", precision)
        fork = shape.num_hidden_layers - branch_layers
        loud = _loud(weights)

        def stack(name: str, numbers: Iterable[int]) -> list[_Layer]:
            prefixes = (f"{name}.layer.{number}" for number in numbers)
            return [_Layer.take(weights, prefix, precision, loud) for prefix in prefixes]

        self._trunk = stack("encoder", range(fork))
        self._branches = {
            name: stack(name, range(fork, shape.num_hidden_layers)) for name in branches
        }

    def pick(
        self, windows: Iterable[Window], wanted: Iterable[Sequence[int]]
    ) -> Iterator[torch.Tensor]:
        """As `run` without branches, for the pieces `wanted` of each window alone.

        In whole numbers the last layer goes on with these only, once they have looked at all.

        Args:
            windows: As `run` takes them.
            wanted: Numbers of at least two pieces of each window, ascending.

        Yields:
            For each window, in order, a tensor of (wanted pieces, hidden size).
        """
        import torch

        picked = iter(wanted)
        for sheet in _sheets(windows):
            lengths = [len(window) for window in sheet]
            each = [torch.tensor(numbers) for numbers in islice(picked, len(sheet))]
            starts = accumulate(lengths[:-1], initial=0)
            numbers = torch.cat([some + start for some, start in zip(each, starts, strict=True)])
            rows = self._through(self._trunk[:-1], self._embed(sheet), lengths)
            rows = self._through(self._trunk[-1:], rows, lengths, numbers)
            yield from torch.split(rows, [len(some) for some in each])

    def run(
        self, windows: Iterable[Window], branches: Sequence[str] = ()
    ) -> Iterator[tuple[torch.Tensor, ...]]:
        """Encode `windows` of 1 to `SHEET_ROWS` pieces each.

        Yields:
            For each window, in order, a tensor of (pieces, hidden size) for each of `branches`;
            if none is named, the one that the trunk ends with.
        """
        import torch

        for sheet in _sheets(windows):
            lengths = [len(window) for window in sheet]
            trunk = self._through(self._trunk, self._embed(sheet), lengths)
            ends = [self._through(self._branches[name], trunk, lengths) for name in branches]
            used = sum(lengths)
            parts = [torch.split(rows[:used], lengths) for rows in ends or [trunk]]
            yield from zip(*parts, strict=True)

    def _through(
        self,
        layers: Iterable[_Layer],
        rows: torch.Tensor,
        lengths: Sequence[int],
        wanted: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """What becomes of `rows`; where there is one layer only, for the numbers `wanted` alone."""
        from torch.nn import functional

        early = wanted is not None and self._precision == "int8"
        for layer in layers:
            mixed = self._attend(layer.projection(rows), lengths)
            if early:
                mixed, rows = mixed[wanted], rows[wanted]
            rows = self._normalise(layer.mixing(mixed, is_spent=True).add_(rows), layer.norm)
            wide = layer.widening(rows)
            functional.gelu(wide, out=wide)  # type: ignore[call-arg]  # torch's stubs lack it
            rows = self._normalise(
                layer.narrowing(wide, is_spent=True).add_(rows), layer.last_norm
            )
        # In floats a row's last digits hang on how many there are.
        return rows if wanted is None or early else rows[wanted]

    def _embed(self, sheet: Sequence[Window]) -> torch.Tensor:
        import torch

        positions, kinds = self._places
        height = _height(sheet, is_exact=self._precision == "int8")
        pieces = torch.zeros(height, len(self._tables), dtype=torch.long)
        places = torch.zeros(height, dtype=torch.long)
        start = 0
        for window in sheet:
            end = start + len(window)
            pieces[start:end] = torch.tensor(window).view(len(window), -1)
            places[start:end] = torch.arange(len(window))
            start = end
        given = [
            table.take(numbers).to(floats(self._precision))
            for table, numbers in zip(self._tables, pieces.T, strict=True)
        ]
        total = reduce(torch.add, given) + positions[places] + kinds[0]
        return self._normalise(total, self._norm)

    def _attend(self, projected: torch.Tensor, lengths: Sequence[int]) -> torch.Tensor:
        """Mix the rows of each window by attention; rows beyond the last window become zero."""
        import torch
        from torch.nn import functional

        size, heads = self._shape.hidden_size, self._shape.num_attention_heads
        mixed = []
        by_head = projected.view(len(projected), 3, heads, size // heads).permute(1, 2, 0, 3)
        start = 0
        for length in lengths:
            end = start + length
            query, key, value = by_head[:, None, :, start:end]
            heard = functional.scaled_dot_product_attention(query, key, value)
            mixed.append(heard[0].transpose(0, 1).reshape(length, size))
            start = end
        whole = mixed[0] if len(mixed) == 1 else torch.cat(mixed)
        beyond = len(projected) - start
        return functional.pad(whole, (0, 0, 0, beyond)) if beyond else whole

    def _normalise(
        self, rows: torch.Tensor, norm: tuple[torch.Tensor, torch.Tensor]
    ) -> torch.Tensor:
        from torch.nn import functional

        return functional.layer_norm(
            rows, (self._shape.hidden_size,), *norm, self._shape.layer_norm_eps
        )


class _Layer(NamedTuple):
    """One layer's weights."""

    projection: Dense
    mixing: Dense
    norm: tuple[torch.Tensor, torch.Tensor]
    widening: Dense
    narrowing: Dense
    last_norm: tuple[torch.Tensor, torch.Tensor]

    @classmethod
    def take(
        cls,
        weights: Mapping[str, Table],
        prefix: str,
        precision: Precision,
        loud: Sequence[int],
    ) -> _Layer:
        def layer(*names: str, loud: Sequence[int] = (), least: float | None = None) -> Dense:
            pairs = [_pair(weights, f"{prefix}.{name}") for name in names]
            return dense(pairs, precision, loud, least)

        parts = (f"attention.self.{part}" for part in ("query", "key", "value"))
        return cls(
            projection=layer(*parts, loud=loud),
            mixing=layer("attention.output.dense"),
            norm=_norm(weights, f"{prefix}.attention.output.LayerNorm", precision),
            widening=layer("intermediate.dense", loud=loud),
            narrowing=layer("output.dense", least=LEAST_GELU),
            last_norm=_norm(weights, f"{prefix}.output.LayerNorm", precision),
        )


def _loud(weights: Mapping[str, Table]) -> list[int]:
    """The columns that the norms between the layers make, or find, the largest."""
    import torch

    norms = (each for name, each in weights.items() if ".layer." in name and "LayerNorm" in name)
    total = torch.stack([each.whole().abs() for each in norms]).sum(0)
    return sorted(total.topk(min(LOUD, len(total))).indices.tolist())


def _pair(weights: Mapping[str, Table], name: str) -> tuple[Table, Table]:
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def _norm(
    weights: Mapping[str, Table], name: str, precision: Precision
) -> tuple[torch.Tensor, torch.Tensor]:
    weight, bias = (each.whole().to(floats(precision)) for each in _pair(weights, name))
    return weight, bias


def _sheets(windows: Iterable[Window]) -> Iterator[list[Window]]:
    """Fill sheets with whole windows, in order; a long one has its own."""
    sheet: list[Window] = []
    rows = 0
    for window in windows:
        alone = len(window) > SHARED_ROWS
        if sheet and (alone or rows + len(window) > SHEET_ROWS):
            yield sheet
            sheet, rows = [], 0
        if alone:
            yield [window]
        else:
            sheet.append(window)
            rows += len(window)
    if sheet:
        yield sheet


def _height(sheet: Sequence[Window], *, is_exact: bool) -> int:
    """How many rows a sheet has: in floats the same for a window whatever is run beside it."""
    used = sum(map(len, sheet))
    if is_exact:
        return used
    return SHEET_ROWS if len(sheet[0]) <= SHARED_ROWS else -(-used // ROWS_STEP) * ROWS_STEP
