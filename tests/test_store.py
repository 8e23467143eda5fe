"""What is kept for the next time: found again, worked out again where it is torn, never too much."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from briefing import store
from briefing.store import Store

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """What is kept."""

    words: tuple[str, ...]


class Maker:
    """Makes what is kept, and counts how often."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.times = 0

    def __call__(self) -> Found:
        self.times += 1
        return Found(self.words)


def entries(folder: Path) -> list[Path]:
    """The files of all entries."""
    return [path for path in folder.rglob("*") if path.is_file()]


def test_made_once_for_a_key(tmp_path: Path) -> None:
    """The same key gives what was made before, in this process or another; another key does not."""
    make = Maker("quay")
    kept = Store(tmp_path)
    assert not kept.has("words", "a")
    assert kept.of("words", "a", Found, make) == Found(("quay",))
    assert Store(tmp_path).of("words", "a", Found, make) == Found(("quay",))
    assert kept.has("words", "a")
    assert make.times == 1
    kept.of("words", "b", Found, make)
    kept.of("names", "a", Found, make)
    assert make.times == 3
    assert (kept.misses, kept.hits) == ({"words": 2, "names": 1}, {})


def test_other_code_makes_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of the package made is not taken."""
    make = Maker("quay")
    Store(tmp_path).of("words", "a", Found, make)
    monkeypatch.setattr(store, "code_digest", lambda: "another")
    Store(tmp_path).of("words", "a", Found, make)
    assert make.times == 2


@pytest.mark.parametrize("spoil", [b"", b"x" * 10, b"x" * 200], ids=["empty", "short", "other"])
def test_torn_entry_is_made_again(tmp_path: Path, spoil: bytes) -> None:
    """An entry whose bytes are not those that were written is replaced."""
    make = Maker("quay")
    Store(tmp_path).of("words", "a", Found, make)
    (path,) = entries(tmp_path)
    path.write_bytes(spoil)
    assert Store(tmp_path).of("words", "a", Found, make) == Found(("quay",))
    assert make.times == 2
    Store(tmp_path).of("words", "a", Found, make)
    assert make.times == 2


def test_entry_of_another_shape_is_made_again(tmp_path: Path) -> None:
    """Whole bytes that are not the record asked for count as none."""
    Store(tmp_path).of("words", "a", int, lambda: 3)
    assert Store(tmp_path).of("words", "a", Found, Maker("quay")) == Found(("quay",))


def test_longest_unused_go_first(tmp_path: Path) -> None:
    """Past its limit the store drops what was not used for longest, and keeps to the limit."""
    kept = Store(tmp_path, limit_bytes=500)
    for number in range(10):
        kept.of("words", number, Found, Maker("quay" * 20))
    for age, path in enumerate(sorted(entries(tmp_path))):
        os.utime(path, (1000 + age, 1000 + age))
    last = sorted(entries(tmp_path))[-1]
    kept.trim()
    left = entries(tmp_path)
    assert last in left
    assert 0 < sum(path.stat().st_size for path in left) <= 500


def test_place_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    """Without room to keep it, it is made each time."""
    (tmp_path / "words").write_text("a file where a folder should be")
    make = Maker("quay")
    for _ in range(2):
        assert Store(tmp_path).of("words", "a", Found, make) == Found(("quay",))
    assert make.times == 2


def test_half_written_entries_are_swept(tmp_path: Path) -> None:
    """What a killed process left goes, entries stay."""
    kept = Store(tmp_path)
    kept.of("words", "a", Found, Maker("quay"))
    (path,) = entries(tmp_path)
    (path.parent / f".{path.name}.0123.tmp").write_bytes(b"half")
    kept.sweep()
    assert entries(tmp_path) == [path]
