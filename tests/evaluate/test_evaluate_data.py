"""The folder with the data: named, found or told missing; records of one part, in fixed order."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from briefing.errors import SettingsError
from briefing.evaluate import data

if TYPE_CHECKING:
    from pathlib import Path

RECORDS = [{"id": f"r{n}", "split": "train" if n % 3 else "dev", "n": n} for n in range(12)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one set."""
    with gzip.open(tmp_path / "quays.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in RECORDS)
    return tmp_path


def test_the_folder_is_the_one_given_before_that_of_the_environment(tmp_path: Path) -> None:
    """An argument goes before the environment."""
    other = tmp_path / "other"
    other.mkdir()
    assert data.folder(tmp_path, {data.VARIABLE: str(other)}) == tmp_path
    assert data.folder(None, {data.VARIABLE: str(other)}) == other


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    """No folder is an error of usage, which says how to name one."""
    with pytest.raises(SettingsError, match="no folder with the data") as caught:
        data.folder(tmp_path / "none")
    assert caught.value.exit_code == 2
    assert data.VARIABLE in caught.value.hint


def test_all_missing_sets_are_told_at_once(folder: Path) -> None:
    """Every set that is not there is named."""
    data.require(folder, ["quays"])
    with pytest.raises(SettingsError, match=r"ferries.*, locks"):
        data.require(folder, ["quays", "ferries", "locks"])


def test_records_of_one_part_in_an_order_of_their_own(folder: Path) -> None:
    """The order follows from the ids alone, and a limit takes the first of it."""
    records = data.load(folder, "quays")
    assert {record["n"] for record in records} == {0, 3, 6, 9}
    assert records == sorted(records, key=data.shuffled)
    assert data.load(folder, "quays", limit=2) == records[:2]
    assert len(data.load(folder, "quays", split="train")) == 8


@pytest.mark.parametrize("content", [b"no gzip", gzip.compress(b"{no json")])
def test_a_broken_set_is_told(tmp_path: Path, content: bytes) -> None:
    """A set that cannot be read is an error that names it."""
    (tmp_path / "quays.jsonl.gz").write_bytes(content)
    with pytest.raises(SettingsError, match=r"quays\.jsonl\.gz cannot be read"):
        data.load(tmp_path, "quays")
