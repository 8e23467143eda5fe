"""Writing: whole files or none, and never over a person's changes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import OutputError
from briefing.output import MEMORY, digest_of, own_folder, replacing, rewriting, slug, write_all

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"brief.html": b"<p>one</p>", "brief.pdf": b"%PDF one"}


def contents(folder: Path) -> dict[str, bytes]:
    """What lies in `folder`, without the memory of what was written."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MEMORY}


def test_files_are_written_in_a_new_folder(tmp_path: Path) -> None:
    """The folder is made, the files stand in it, and their paths come back in order."""
    folder = tmp_path / "deep" / "er"
    assert write_all(folder, FILES, force=False) == tuple(folder / name for name in FILES)
    assert contents(folder) == FILES


def test_own_files_are_replaced(tmp_path: Path) -> None:
    """What is as it was written may be written again."""
    write_all(tmp_path, FILES, force=False)
    write_all(tmp_path, {"brief.pdf": b"%PDF two"}, force=False)
    write_all(tmp_path, {"brief.html": b"<p>two</p>"}, force=False)
    assert contents(tmp_path) == {"brief.html": b"<p>two</p>", "brief.pdf": b"%PDF two"}


@pytest.mark.parametrize("remembered", [True, False])
def test_a_changed_file_stays(tmp_path: Path, remembered: bool) -> None:
    """A file that a person changed or put there stops the writing of all."""
    if remembered:
        write_all(tmp_path, FILES, force=False)
    (tmp_path / "brief.html").write_bytes(b"<p>edited</p>")
    before = contents(tmp_path)
    with pytest.raises(OutputError, match=r"brief\.html") as caught:
        write_all(tmp_path, {"brief.pdf": b"new", "brief.html": b"new"}, force=False)
    assert "--force" in caught.value.hint
    assert "-o" in caught.value.hint
    assert contents(tmp_path) == before


def test_force_overwrites_and_remembers(tmp_path: Path) -> None:
    """What was written with force is the tool's own again."""
    (tmp_path / "brief.html").write_bytes(b"<p>edited</p>")
    write_all(tmp_path, FILES, force=True)
    write_all(tmp_path, {"brief.html": b"<p>two</p>"}, force=False)
    assert contents(tmp_path)["brief.html"] == b"<p>two</p>"


def test_identical_files_are_left_alone(tmp_path: Path) -> None:
    """A file that has the bytes already is not touched, whoever wrote it."""
    path = tmp_path / "brief.html"
    path.write_bytes(FILES["brief.html"])
    os.utime(path, (1_000_000_000, 1_000_000_000))
    write_all(tmp_path, FILES, force=False)
    assert path.stat().st_mtime == 1_000_000_000
    write_all(tmp_path, {"brief.html": b"<p>two</p>"}, force=False)
    assert path.read_bytes() == b"<p>two</p>"


def test_a_damaged_memory_forgets(tmp_path: Path) -> None:
    """Where the memory cannot be read, every other file counts as a person's."""
    write_all(tmp_path, FILES, force=False)
    for damage in (b"", b"[]", b'{"written": 3}', b"\xff"):
        (tmp_path / MEMORY).write_bytes(damage)
        with pytest.raises(OutputError):
            write_all(tmp_path, {"brief.pdf": b"two"}, force=False)


@pytest.mark.parametrize("moves", [0, 1, 2, 3])
def test_killed_between_two_files(tmp_path: Path, moves: int) -> None:
    """Killed again and again amid its files, it takes none of them for a person's."""
    write_all(tmp_path, FILES, force=False)
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from briefing.output import write_all\n"
        "folder, text, moves = sys.argv[1:]\n"
        "move, done = Path.replace, []\n"
        "def replace(path, target):\n"
        "    if len(done) == int(moves): os.kill(os.getpid(), signal.SIGKILL)\n"
        "    done.append(target)\n"
        "    return move(path, target)\n"
        "Path.replace = replace\n"
        "files = {name: text.encode() for name in ('brief.html', 'brief.pdf')}\n"
        "write_all(Path(folder), files, force=False)\n"
    )
    for text in ("two", "three", "four"):
        done = subprocess.run(
            [sys.executable, "-c", code, tmp_path, text, str(moves)], check=False
        )
        assert done.returncode == (-signal.SIGKILL if moves < 3 else 0)
    write_all(tmp_path, dict.fromkeys(FILES, b"five"), force=False)
    assert {path.read_bytes() for path in map(tmp_path.joinpath, FILES)} == {b"five"}


@pytest.mark.parametrize("name", ["../brief.pdf", "a/b", "/etc/brief", "", MEMORY])
def test_only_plain_names_are_written(tmp_path: Path, name: str) -> None:
    """A name cannot lead out of the folder, nor to the memory."""
    with pytest.raises(ValueError, match="plain file name"):
        write_all(tmp_path, {name: b""}, force=True)


def test_files_can_be_read_by_others(tmp_path: Path) -> None:
    """A file has the rights that any new file has."""
    write_all(tmp_path, FILES, force=False)
    (tmp_path / "plain").write_bytes(b"")
    expected = (tmp_path / "plain").stat().st_mode
    assert (tmp_path / "brief.pdf").stat().st_mode == expected


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    """A folder cannot be made where a file stands, nor below one; nor a file where a folder is."""
    (tmp_path / "taken").write_bytes(b"")
    (tmp_path / "brief.html").mkdir()
    for folder in (tmp_path / "taken", tmp_path / "taken" / "below", tmp_path):
        with pytest.raises(OutputError, match="cannot be written") as caught:
            write_all(folder, FILES, force=False)
        assert "-o" in caught.value.hint


def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    """A folder that may not be written is an error with a hint."""
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from briefing.errors import OutputError\n"
        "from briefing.output import write_all\n"
        "folder = Path(sys.argv[1])\n"
        "folder.chmod(0o555)\n"
        "if os.geteuid() == 0: os.seteuid(65534)\n"  # root may write anywhere
        "try: write_all(folder, {'brief.pdf': b''}, force=False)\n"
        "except OutputError as error: print(error.message, error.hint)\n"
    )
    folder = tmp_path / "shut"
    folder.mkdir()
    told = subprocess.run(
        [sys.executable, "-c", code, folder], capture_output=True, text=True, check=True
    )
    assert "Permission denied" in told.stdout
    assert "-o" in told.stdout
    assert list(folder.iterdir()) == []


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path) -> None:
    """Where a file does not fit, none is replaced and no temporary file stays."""
    write_all(tmp_path, FILES, force=False)
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from briefing.errors import OutputError\n"
        "from briefing.output import write_all\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "files = {'brief.html': b'new', 'brief.pdf': b'x' * 5000}\n"
        "try: write_all(Path(sys.argv[1]), files, force=False)\n"
        "except OutputError as error: print(error.message, error.hint)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True
    )
    assert "Free some space" in told.stdout
    assert contents(tmp_path) == FILES


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError, OSError])
def test_an_interrupted_stream_leaves_the_old_file(
    tmp_path: Path, error: type[BaseException]
) -> None:
    """Until a stream ends well, what stood there before stays, alone."""
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b"old")

    def fail() -> None:
        with replacing(path) as stream:
            stream.write(b"half")
            raise error

    with pytest.raises(error):
        fail()
    assert contents(tmp_path) == {"lines.jsonl": b"old"}


def test_a_stream_that_ends_well_takes_its_name(tmp_path: Path) -> None:
    """A stream replaces what stood there before."""
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b"old")
    with replacing(path) as stream:
        stream.write(b"new")
        assert path.read_bytes() == b"old"
    assert contents(tmp_path) == {"lines.jsonl": b"new"}


@pytest.mark.parametrize("force", [False, True])
def test_a_stream_is_remembered(tmp_path: Path, force: bool) -> None:
    """What came bit by bit is known as what was written at once; and what lay beside it too."""
    path = tmp_path / "new" / "lines.jsonl"
    write_all(path.parent, FILES, force=False, sources="one")
    for data in (b"one", b"two"):
        with rewriting(path, force=force) as stream:
            stream.write(data)
    assert contents(path.parent) == {**FILES, "lines.jsonl": b"two"}
    assert own_folder(tmp_path, "new", "one") == path.parent
    write_all(path.parent, dict.fromkeys((*FILES, "lines.jsonl"), b"three"), force=False)


def test_a_stream_spares_a_persons_changes(tmp_path: Path) -> None:
    """A changed file stops it before a byte is asked for, but not with force."""
    path = tmp_path / "lines.jsonl"
    with rewriting(path, force=False) as stream:
        stream.write(b"one")
    path.write_bytes(b"edited")
    with (
        pytest.raises(OutputError, match=r"lines\.jsonl was changed"),
        rewriting(path, force=False),
    ):
        pytest.fail("it was opened")
    assert contents(tmp_path) == {"lines.jsonl": b"edited"}
    with rewriting(path, force=True) as stream:
        stream.write(b"two")
    assert contents(tmp_path) == {"lines.jsonl": b"two"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, ZeroDivisionError])
def test_an_interrupted_stream_is_not_remembered(
    tmp_path: Path, error: type[BaseException]
) -> None:
    """The older file stays, and is still known."""
    path = tmp_path / "lines.jsonl"
    with rewriting(path, force=False) as stream:
        stream.write(b"old")

    def fail() -> None:
        with rewriting(path, force=False) as stream:
            stream.write(b"half")
            raise error

    with pytest.raises(error):
        fail()
    assert contents(tmp_path) == {"lines.jsonl": b"old"}
    with rewriting(path, force=False) as stream:
        stream.write(b"new")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Harbour dues", "harbour-dues"),
        ("  Älter & dümmer: 3.5 %?! ", "alter-dummer-3-5"),
        ("The board’s plan", "the-boards-plan"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 99, "x" * 60),
        ("word " * 30, "-".join(["word"] * 12)),
    ],
)
def test_a_slug_is_a_plain_name(title: str, name: str) -> None:
    """A slug is lower-case ASCII, cut at the end of a word."""
    assert slug(title) == name


def test_titles_without_ascii_have_slugs_of_their_own() -> None:
    """A title in another script has a name that is its own, and the same each time."""
    assert slug("港口费") != slug("港口")
    assert slug("港口费") == slug("港口费")


@given(st.text())
def test_every_title_has_a_slug(title: str) -> None:
    """Whatever the title, its slug is safe as the name of a folder."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(title))
    assert len(slug(title)) <= 60


def test_sources_are_known_in_any_order() -> None:
    """The digest of a set of sources does not depend on their order, but on each of them."""
    assert digest_of(["a", "b"]) == digest_of(iter("ba"))
    assert len({digest_of(names) for names in (["a"], ["a", "b"], ["ab"], [])}) == 4


def test_other_sources_have_another_folder(tmp_path: Path) -> None:
    """A folder made of other sources is left alone; the same sources come back to their own."""
    made = []
    for sources in ("one", "two", "three", "two", "one"):
        folder = own_folder(tmp_path, "dues", sources)
        write_all(folder, {"brief.pdf": sources.encode()}, force=False, sources=sources)
        made.append(folder.name)
    assert made == ["dues", "dues-2", "dues-3", "dues-2", "dues"]
    (tmp_path / "dues" / MEMORY).unlink()
    (tmp_path / "dues-draft").mkdir()
    assert own_folder(tmp_path, "dues", "two").name == "dues-2"
    assert own_folder(tmp_path, "dues", "four").name == "dues"
    assert own_folder(tmp_path / "none", "dues", "four").name == "dues"


def test_sources_are_remembered_until_others_are_named(tmp_path: Path) -> None:
    """Writing without naming sources forgets none."""
    folder = tmp_path / "dues"
    write_all(folder, FILES, force=False, sources="one")
    write_all(folder, {"brief.html": b"<p>two</p>"}, force=False)
    assert own_folder(tmp_path, "dues", "two").name == "dues-2"
    write_all(folder, FILES, force=False, sources="two")
    assert own_folder(tmp_path, "dues", "two").name == "dues"
