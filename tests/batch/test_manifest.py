"""The manifest: what was written is read again, and what was torn is passed over."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.batch.keys import Key
from briefing.batch.manifest import NAME, Entry, Manifest, Mark
from briefing.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

KEY = Key("s", "t", "u", "v", "w")
ENTRY = Entry("brief", "quays", "ok", KEY, {"brief.html": "0"}, title="Quays", notices=("one",))
BEGUN = Mark("begun", "2026-11-22", "2026-11-22T23:59:00+00:00", "1.0")


def test_last_entry_counts(tmp_path: Path) -> None:
    """Of two entries of one job the later one counts; kinds are told apart."""
    later = replace(ENTRY, state="error", error="no source")
    letter = replace(ENTRY, kind="newsletter")
    with Manifest.read(tmp_path) as manifest:
        for line in (BEGUN, ENTRY, letter, later):
            manifest.add(line)
    read = Manifest.read(tmp_path)
    assert read.last == {("brief", "quays"): later, ("newsletter", "quays"): letter}
    assert read.last == manifest.last
    assert (read.mark, read.torn) == (BEGUN, 0)


def test_fresh_run_forgets_what_it_makes_anew(tmp_path: Path) -> None:
    """What stands before a line that says so does not count, save for other jobs."""
    other = replace(ENTRY, id="ferries")
    with Manifest.read(tmp_path) as manifest:
        for line in (ENTRY, other, replace(BEGUN, anew=(("brief", "quays"),))):
            manifest.add(line)
    assert Manifest.read(tmp_path).last == {("brief", "ferries"): other}


@given(cut=st.integers(1, 60))
def test_torn_line_is_passed_over(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    """Wherever a line is torn, those before and after it are read."""
    folder = tmp_path_factory.mktemp("torn")
    with Manifest.read(folder) as manifest:
        manifest.add(ENTRY)
        manifest.add(replace(ENTRY, id="torn"))
    data = (folder / NAME).read_bytes()
    (folder / NAME).write_bytes(data[:-cut])
    with Manifest.read(folder) as manifest:
        manifest.add(replace(ENTRY, id="later"))
    read = Manifest.read(folder)
    whole = [("brief", "torn")] * (cut == 1)  # only its end was missing
    assert list(read.last) == [("brief", "quays"), *whole, ("brief", "later")]
    assert read.torn == (cut > 1)


def test_files_are_compared(tmp_path: Path) -> None:
    """A file that is gone or has other bytes is missing."""
    (tmp_path / "same").write_bytes(b"same")
    (tmp_path / "other").write_bytes(b"other")
    digests = {name: hashlib.sha256(b"same").hexdigest() for name in ("same", "other", "gone")}
    assert replace(ENTRY, files=digests).missing(tmp_path) == ("other", "gone")


def test_place_that_cannot_be_written(tmp_path: Path) -> None:
    """Says which file, and what to do."""
    with pytest.raises(OutputError, match=NAME), Manifest.read(tmp_path / "nowhere"):
        pass
