"""Matrix products of spaCy's layers, by torch.

thinc takes them from blis, which has kernels for the processors that it knows by name alone; on
others its plain ones need three times as long.
"""

from __future__ import annotations

from typing import Any

import torch  # noqa: TID253 - loaded with spaCy
from thinc.api import NumpyOps, registry


@registry.ops("TorchProducts")
class TorchProducts(NumpyOps):  # type: ignore[misc]  # thinc compiles it; mypy sees no class
    """thinc's operations, but for the product of two matrices."""

    name = "torch-products"

    def gemm(
        self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False
    ) -> Any:
        """Multiply the arrays `x` and `y`, either transposed if asked for, into `out` if given."""
        left, right = torch.from_numpy(x), torch.from_numpy(y)
        into = None if out is None else torch.from_numpy(out)
        return torch.mm(left.T if trans1 else left, right.T if trans2 else right, out=into).numpy()
