"""Weights on disk: rows come back within half a step, and files are whole and readable by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from briefing.reader.weights import MOST, PACKED_ROW, SCALE, load, pack, part_of, save

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.reader.weights import Table

STATE = {
    "table.weight": torch.linspace(-3, 3, 5 * PACKED_ROW).view(5, PACKED_ROW),
    "head.narrow.weight": torch.linspace(-1, 1, 6).view(3, 2),
    "head.norm.bias": torch.tensor([0.1, -2.5, 0.0]),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that holds `STATE`."""
    path = tmp_path / "weights.safetensors"
    save(STATE, path)
    return path


@pytest.fixture
def table(path: Path) -> Table:
    """The packed matrix of `STATE`, read back."""
    return load(path)["table.weight"]


@given(
    arrays(np.float32, (3, PACKED_ROW), elements=st.floats(-1, 1, width=32)),
    st.integers(-9, 4),
)
def test_rows_are_off_by_half_a_step_at_most(numbers: np.ndarray, exponent: int) -> None:
    """Large or small, a number differs from its own by no more than half of what one step is worth."""
    given = torch.from_numpy(numbers) * 10.0**exponent
    packed = pack({"table": given})
    scale = packed[f"table{SCALE}"].float()
    assert packed["table"].dtype == torch.int8
    assert packed["table"].abs().max() <= MOST
    back = packed["table"].float() * scale
    assert ((back - given).abs() <= scale / 2 * 1.001).all()


def test_a_step_is_as_small_as_a_row_allows() -> None:
    """The largest number of a row is `MOST` steps, whatever the other rows hold."""
    given = torch.ones(2, PACKED_ROW) * torch.tensor([[1.0], [1000.0]])
    packed = pack({"table": given})
    assert (packed["table"] == MOST).all()
    assert packed[f"table{SCALE}"].squeeze(1).tolist() == pytest.approx(
        [1 / MOST, 1000 / MOST], rel=1e-3
    )


def test_a_row_of_zeros_stays_one() -> None:
    """What nothing was learnt about comes back as nothing."""
    packed = pack({"table": torch.zeros(2, PACKED_ROW)})
    assert (packed["table"].float() * packed[f"table{SCALE}"].float() == 0).all()


def test_names_come_back(path: Path) -> None:
    """What was saved is loaded under its own names; scales are no weights of their own."""
    assert set(load(path)) == set(STATE)


def test_vectors_stay_half_precision(path: Path) -> None:
    """Vectors and narrow matrices are rounded to half precision and no further."""
    tables = load(path)
    for name in ("head.norm.bias", "head.narrow.weight"):
        assert tables[name].rows.dtype == torch.float16
        assert tables[name].scale is None
        assert torch.equal(tables[name].whole(), STATE[name].half().float())


def test_rows_are_taken_as_they_are(table: Table) -> None:
    """A row taken is that row of the whole; one may be taken twice."""
    numbers = torch.tensor([4, 0, 4])
    assert torch.equal(table.take(numbers), table.whole()[numbers])


def test_what_is_packed_stays_so_until_it_is_taken(table: Table) -> None:
    """A table in memory is as small as on disk."""
    assert table.rows.dtype == torch.int8
    assert table.whole().dtype == torch.float32


def test_saving_what_was_loaded_changes_nothing(path: Path, tmp_path: Path) -> None:
    """Weights that are whole steps already are packed into the same bytes again."""
    again = tmp_path / "again.safetensors"
    save({name: table.whole() for name, table in load(path).items()}, again)
    assert again.read_bytes() == path.read_bytes()


def test_a_part_goes_by_its_own_names(path: Path) -> None:
    """The weights below a prefix are given without it."""
    part = part_of(load(path), "head.")
    assert set(part) == {"narrow.weight", "norm.bias"}
    assert {each.dtype for each in part.values()} == {torch.float32}


def test_a_file_is_readable_by_others(path: Path, tmp_path: Path) -> None:
    """A model's file has the rights of any other file."""
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    assert path.stat().st_mode == plain.stat().st_mode


def test_nothing_else_is_left_behind(path: Path) -> None:
    """The file is written under another name first, and that one is gone."""
    save(STATE, path)
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    """What is no file of weights is not read as one."""
    path = tmp_path / "weights.safetensors"
    path.write_bytes(b"{}")
    with pytest.raises(Exception, match="header"):
        load(path)
