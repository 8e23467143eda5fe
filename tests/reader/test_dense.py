"""Dense layers in whole numbers: as those in floats, but for what rounding takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from briefing.reader.dense import dense, native_precision
from briefing.reader.weights import Table, pack

if TYPE_CHECKING:
    from briefing.reader.dense import Precision

pytestmark = pytest.mark.reader

WIDE, OUT = 96, 40
LOUD = (3, 70)


@pytest.fixture
def rows() -> torch.Tensor:
    """Rows of which two columns are many times as large as the others."""
    found = torch.randn(32, WIDE, generator=torch.Generator().manual_seed(1))
    found[:, LOUD] *= 60
    return found


def _part(seed: int, *, is_packed: bool = True) -> tuple[Table, Table]:
    chance = torch.Generator().manual_seed(seed)
    matrix, bias = torch.randn(OUT, WIDE, generator=chance), torch.randn(OUT, generator=chance)
    packed = pack({"matrix": matrix})
    table = Table(packed["matrix"], packed["matrix.scale"]) if is_packed else Table(matrix, None)
    return table, Table(bias, None)


def _error(rows: torch.Tensor, loud: tuple[int, ...] = (), *, is_packed: bool = True) -> float:
    """How far whole numbers are from floats, as a share of what comes of the quiet columns."""
    part = _part(7, is_packed=is_packed)
    floats, whole = (dense([part], each, loud)(rows) for each in ("fp32", "int8"))
    quiet = rows.index_fill(1, torch.tensor(LOUD), 0) @ part[0].whole().T
    return float((whole - floats).norm() / quiet.norm())


def test_whole_numbers_give_what_floats_give(rows: torch.Tensor) -> None:
    """Rounding takes less than a hundredth where loud columns stay as they are."""
    assert _error(rows, LOUD) < 0.01
    assert _error(rows) > 4 * _error(rows, LOUD)


def test_what_is_not_packed_on_disk_is_packed(rows: torch.Tensor) -> None:
    """A matrix of floats is rounded as well."""
    assert 0 < _error(rows, LOUD, is_packed=False) < 0.015


def test_rows_need_not_lie_about_zero(rows: torch.Tensor) -> None:
    """What all numbers of a row have in common is not rounded."""
    assert _error(rows.abs() + 5, LOUD) < 0.01


@pytest.mark.parametrize("precision", ["int8", "fp32"])
def test_layers_side_by_side(rows: torch.Tensor, precision: Precision) -> None:
    """Two layers in one give what each gives."""
    parts = [_part(1), _part(2)]
    both = dense(parts, precision, LOUD)(rows)
    each = [dense([part], precision, LOUD)(rows) for part in parts]
    assert torch.allclose(both, torch.cat(each, dim=1), atol=1e-3)


@pytest.mark.parametrize("loud", [(), LOUD])
def test_rows_are_left_as_they_are_unless_spent(rows: torch.Tensor, loud: tuple[int, ...]) -> None:
    """The memory of spent rows is used, and the result is the same."""
    layer, before = dense([_part(5)], "int8", loud), rows.clone()
    found = layer(rows)
    assert torch.equal(rows, before)
    assert torch.equal(layer(rows, is_spent=True), found)


@pytest.mark.parametrize("number", [0.0, -2.5])
def test_a_row_of_one_number_is_survived(number: float) -> None:
    """A row without any spread gives numbers, and the right ones."""
    part, same = _part(3), torch.full((4, WIDE), number)
    floats, whole = (dense([part], each)(same) for each in ("fp32", "int8"))
    assert torch.allclose(whole, floats, atol=1e-3)


def test_the_shared_file_is_left_as_it_is(rows: torch.Tensor) -> None:
    """Opening a layer with loud columns changes no table."""
    table, bias = _part(5)
    before = table.rows.clone()
    dense([(table, bias)], "int8", LOUD)(rows)
    assert torch.equal(table.rows, before)


@pytest.mark.parametrize(
    ("has", "wanted"),
    [
        ("amx_bf16 avx512_vnni", "bf16"),
        ("avx512_vnni", "int8"),
        ("avx_vnni", "int8"),
        ("avx512_bf16", "fp32"),
        ("", "fp32"),
    ],
)
def test_precision_is_what_the_processor_is_fast_at(
    monkeypatch: pytest.MonkeyPatch, has: str, wanted: Precision
) -> None:
    """Half precision with AMX, whole numbers where sums of their products cannot overflow."""
    known = dict.fromkeys(has.split(), True)
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: known, raising=False)
    assert native_precision() == wanted
