"""Dense layers: rows in, rows out, in floats or in whole numbers of eight bits.

Weights lie on disk as whole numbers with a scale for each row. Where the processor is fastest with
such numbers, the rows that enter a layer are rounded likewise, each between its own least and
greatest number; products and sums are then exact. A few columns are many times as large as all
others in every row, as in most networks of this kind; they stay floats, else the rest would be
rounded coarsely (Dettmers et al., LLM.int8(), 2022). With VNNI and without AMX a text is read 1.7
times as fast so as in 32-bit floats, and 2.9 times as fast as in bfloat16; vectors of sentences lie
0.9998 from those of floats in the mean, by cosine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from briefing.reader.weights import MOST

if TYPE_CHECKING:
    from collections.abc import Sequence

    import torch

    from briefing.reader.weights import Table

Precision = Literal["bf16", "int8", "fp32"]
LEAST_SPREAD = 1e-12
"""Between a row's least and greatest number: rows of nothing but zeros have none."""


def processor_has(*names: str) -> bool:
    """Whether the processor has one of the sets of instructions `names`, as torch calls them."""
    import torch

    # Newer than the oldest torch that is allowed.
    capabilities: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return any(capabilities.get(name) for name in names)


def native_precision() -> Precision:
    """What the processor is fastest at.

    `bf16` with AMX; `int8` with VNNI, without which sums of whole numbers may overflow; else
    `fp32`, which is faster than `bf16` where that has instructions but not those of AMX.
    """
    if processor_has("amx_bf16"):
        return "bf16"
    return "int8" if processor_has("avx512_vnni", "avx_vnni") else "fp32"


def floats(precision: Precision) -> torch.dtype:
    """What all that is not a whole number is kept in."""
    import torch

    return torch.bfloat16 if precision == "bf16" else torch.float32


class FloatDense(NamedTuple):
    """A layer in floats.

    Attributes:
        matrix: Of (out, in).
        bias: Of (out,).
    """

    matrix: torch.Tensor
    bias: torch.Tensor

    def __call__(
        self,
        rows: torch.Tensor,
        *,
        is_spent: bool = False,  # noqa: ARG002 - as of the other
    ) -> torch.Tensor:
        """What becomes of `rows`, of (rows, in): (rows, out)."""
        from torch.nn import functional

        return functional.linear(rows, self.matrix, self.bias)


class WholeDense(NamedTuple):
    """A layer in whole numbers of eight bits, but for some of its columns.

    Attributes:
        quiet: 1 for the columns of rows that are rounded, of (in,); None if all are.
        loud: Numbers of those that are not.
        matrix: Of (in, out); zero for the loud columns.
        scale: What one of its numbers is worth, for each output.
        floats: For the loud columns, after them the sums over the columns of the matrix, and the
            bias, of (loud + 2, out).
        least: What no number of rows is below; None if each row is to be searched for it.
    """

    quiet: torch.Tensor | None
    loud: torch.Tensor
    matrix: torch.Tensor
    scale: torch.Tensor
    floats: torch.Tensor
    least: float | None

    def __call__(self, rows: torch.Tensor, *, is_spent: bool = False) -> torch.Tensor:
        """What becomes of `rows`, 32-bit floats of (rows, in): (rows, out).

        Their memory is used for what comes between where nobody needs them any more, `is_spent`.
        """
        import torch

        quiet = rows if self.quiet is None else rows * self.quiet
        greatest = quiet.amax(1, keepdim=True)
        least = quiet.amin(1, keepdim=True) if self.least is None else self.least
        middle = (greatest + least).mul_(0.5)
        step = (greatest - least).clamp_(min=LEAST_SPREAD).div_(2 * MOST)
        # A column of ones for the bias, as adding it would be a run over all sums of its own.
        ones = torch.ones_like(middle)
        rest = torch.cat([rows.index_select(1, self.loud), middle, ones], dim=1)
        centred = torch.sub(quiet, middle, out=quiet if is_spent or quiet is not rows else None)
        whole = centred.mul_(step.reciprocal()).round_().to(torch.int8)
        # torch has no public name for it.
        sums = torch._int_mm(whole, self.matrix)
        # Written over the whole numbers, which are as long: new memory costs more than the sum.
        found = sums.view(torch.float32).copy_(sums).mul_(step).mul_(self.scale)
        return found.addmm_(rest, self.floats)


Dense = FloatDense | WholeDense


def dense(
    parts: Sequence[tuple[Table, Table]],
    precision: Precision,
    loud: Sequence[int] = (),
    least: float | None = None,
) -> Dense:
    """One layer of those whose matrices and biases are `parts`, their outputs side by side.

    Args:
        parts: Layers that take the same rows.
        precision: In which the layer runs.
        loud: Numbers of the columns of rows that are far larger than the others.
        least: What no number of rows is below, if that is known.
    """
    import torch

    bias = torch.cat([each.whole() for _, each in parts])
    matrix = torch.cat([matrix.whole() for matrix, _ in parts])
    if precision != "int8":
        return FloatDense(matrix.to(floats(precision)), bias.to(floats(precision)))
    packed = [matrix.packed() for matrix, _ in parts]
    whole = torch.cat([each.rows for each in packed])
    scale = torch.cat([each.scale.float().flatten() for each in packed])
    numbers = torch.tensor(loud, dtype=torch.long)
    quiet = torch.ones(whole.shape[1]).index_fill_(0, numbers, 0)
    # A new matrix: that of the file is shared by all that read it.
    whole = whole.index_fill(1, numbers, 0)
    return WholeDense(
        quiet=quiet if loud else None,
        loud=numbers,
        matrix=whole.T,
        scale=scale,
        floats=torch.cat([matrix[:, numbers].T, (whole.sum(1) * scale)[None], bias[None]]),
        least=least,
    )
