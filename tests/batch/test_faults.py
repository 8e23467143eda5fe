"""What ends a run, or a part of it, and that the next one makes the rest: real processes, killed."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from sample_faults import SLOWNESS, begun, going_wrong, work
from sample_plans import made_files, plan_of, pooled, sample_plan, serial

import briefing
from briefing.batch.manifest import NAME, Manifest
from briefing.batch.plan import read_plan
from briefing.batch.run import run
from briefing.errors import OutputError
from briefing.executors.base import Bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
SEED = 20261122


@pytest.fixture(autouse=True)
def one_stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


def states(out: Path) -> dict[str, str]:
    """What the manifest says of each brief that is not made."""
    last = Manifest.read(out).last
    return {name: entry.state for (_, name), entry in last.items() if entry.state != "ok"}


def driver(plan: Path, out: Path, *, slowness: float = 0.05) -> subprocess.Popen[bytes]:
    """A run as a process of its own, at the head of its group."""
    paths = [str(Path(briefing.__file__).parent.parent), str(HERE)]
    return subprocess.Popen(
        [sys.executable, "-m", "sample_faults", str(plan), str(out), "2"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), SLOWNESS: str(slowness)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def entries(out: Path) -> int:
    """How many lines of briefs the manifest has so far."""
    path = out / NAME
    return path.read_bytes().count(b'{"kind":') if path.exists() else 0


def wait_for(out: Path, count: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until so many briefs are made."""
    end = time.monotonic() + 60
    while entries(out) < count:
        assert process.poll() is None, process.stderr and process.stderr.read().decode()
        assert time.monotonic() < end
        time.sleep(0.01)


def unfinished(out: Path) -> list[Path]:
    """What a run leaves only while it goes on."""
    return [path for path in out.rglob("*") if path.name.endswith(".tmp") or path.name == ".spool"]


def test_faults_cost_only_their_own_brief(tmp_path: Path) -> None:
    """One that raises, kills or outgrows its worker, or hangs, fails; all others are made."""
    plan = going_wrong(
        sample_plan(tmp_path, 12),
        brief_002="raise",
        brief_003="kill",
        brief_004="hang",
        brief_005="grow",
        brief_006="kill-once",
    )
    bounds = Bounds(workers=2, timeout_s=6, memory_mb=300)
    summary = run(plan, pooled(tmp_path / "out", bounds=bounds), do=work)
    assert states(tmp_path / "out") == {
        "brief-002": "error",
        "brief-003": "crash",
        "brief-004": "timeout",
        "brief-005": "memory",
    }
    assert len(summary.made) == 8
    assert Counter(begun(tmp_path))["brief-003"] == 2
    told = {entry.id: entry.error for entry in summary.failed}
    assert "ZeroDivisionError: of all things" in told["brief-002"]
    assert "SIGKILL" in told["brief-003"]
    assert "longer than 6 s" in told["brief-004"]
    assert "more than 300 MB" in told["brief-005"]
    assert not unfinished(tmp_path / "out")
    assert not [child for child in psutil.Process().children() if "spawn_main" in child.cmdline()]


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    """The next run makes what failed, and nothing else."""
    plan = sample_plan(tmp_path, 4)
    options = serial(tmp_path / "out")
    run(going_wrong(plan, brief_001="raise"), options, do=work)
    before = Counter(begun(tmp_path))
    summary = run(plan, options, do=work)
    assert [entry.id for entry in summary.made] == ["brief-001"]
    assert Counter(begun(tmp_path)) - before == Counter({"brief-001": 1})


def test_killed_driver_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """Killed at random moments, a run makes each brief once, as one that was not killed does."""
    plan = plan_of(tmp_path, 40)
    out = tmp_path / "out"
    made_at_kill = []
    chance = random.Random(SEED)  # noqa: S311 - any moment will do
    for _ in range(3):
        process = driver(plan, out)
        wait_for(out, entries(out) + 3 + chance.randrange(6), process)
        time.sleep(chance.random() / 10)
        workers = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.communicate(timeout=20)
        made_at_kill.append(entries(out))
        _, alive = psutil.wait_procs(workers, timeout=5)
        assert not alive, "workers outlive their driver"
    last = driver(plan, out, slowness=0.01)
    last.communicate(timeout=60)
    assert last.returncode == 0
    lines = (out / NAME).read_text().splitlines()
    committed = [json.loads(line)["id"] for line in lines if line.startswith('{"kind"')]
    assert sorted(committed) == [f"brief-{number:03}" for number in range(40)]
    assert 0 < made_at_kill[0] < made_at_kill[2] < 40
    assert not unfinished(out)
    whole = tmp_path / "again"
    run(read_plan(plan), serial(whole), do=work)
    assert made_files(out) == made_files(whole)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_stops_in_a_second(tmp_path: Path, sign: signal.Signals) -> None:
    """An interrupt of the whole group ends workers quietly; what is made stays, no more is left."""
    plan = plan_of(tmp_path, 40)
    out = tmp_path / "out"
    process = driver(plan, out, slowness=0.2)
    wait_for(out, 3, process)
    workers = psutil.Process(process.pid).children(recursive=True)
    since = time.monotonic()
    if sign == signal.SIGINT:
        os.killpg(process.pid, sign)
    else:
        process.send_signal(sign)
    _, told = process.communicate(timeout=20)
    assert time.monotonic() - since < 2  # a second where nothing else keeps the processors busy
    assert process.returncode == 130
    assert told == b""
    assert not psutil.wait_procs(workers, timeout=5)[1]
    assert not unfinished(out)
    made = entries(out)
    assert len(made_files(out)) == 2 * made
    assert len(run(read_plan(plan), serial(out), do=work).made) == 40 - made


def test_torn_line_is_made_again(tmp_path: Path) -> None:
    """A line that a crash tore counts as none, and does not spoil the next."""
    plan = sample_plan(tmp_path, 3)
    options = serial(tmp_path / "out")
    run(plan, options, do=work)
    manifest = tmp_path / "out" / NAME
    *lines, torn, _ended = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join(lines) + torn[:40])
    summary = run(plan, options, do=work)
    assert [entry.id for entry in summary.made] == [json.loads(torn)["id"]]
    assert not run(plan, options, do=work).made
    assert Manifest.read(tmp_path / "out").torn == 1


def test_second_driver_is_refused(tmp_path: Path) -> None:
    """Two runs cannot write one folder; the second is told who has it."""
    plan = plan_of(tmp_path, 30)
    out = tmp_path / "out"
    process = driver(plan, out)
    try:
        wait_for(out, 1, process)
        with pytest.raises(OutputError, match=rf"another run, process {process.pid} on"):
            run(read_plan(plan), serial(out), do=work)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of one megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("a small file system needs the right to mount one")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_full_disk_leaves_no_half_files(tmp_path: Path, small_disk: Path) -> None:
    """Where the disk is full a run stops or tells it a brief; with room again it makes the rest."""
    plan = sample_plan(tmp_path, 60)
    out = small_disk / "out"
    with suppress(OutputError):  # where not even a line fits any more
        for entry in run(plan, serial(out), do=work).failed:
            assert "No space left" in entry.error
            assert entry.hint == "Free some space, or choose another folder with -o."
    made = [key for key, entry in Manifest.read(out).last.items() if entry.state == "ok"]
    assert 0 < len(made) < 60
    assert Manifest.read(out).torn == 0
    for _, name in made:
        assert not Manifest.read(out).last["brief", name].missing(out / "briefs" / name)
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert len(run(plan, serial(out), do=work).made) == 60 - len(made)


def test_manifest_that_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    """Without a line nothing counts as made, so nothing more is made."""
    out = tmp_path / "out"
    (out / NAME).mkdir(parents=True)
    with pytest.raises(OutputError, match=NAME):
        run(sample_plan(tmp_path), serial(out), do=work)


def test_changed_source_is_made_again(tmp_path: Path) -> None:
    """What is made of a source that changed between two runs is made again, and no other."""
    plan = sample_plan(tmp_path, 6)
    options = serial(tmp_path / "out")
    run(plan, options, do=work)
    (tmp_path / "sources" / "text-003.txt").write_text("The board gave up its plan.")
    summary = run(plan, options, do=work)
    assert sorted(entry.id for entry in summary.made) == ["brief-002", "brief-003"]


def test_file_that_a_person_changed_is_kept(tmp_path: Path) -> None:
    """Its brief fails with what to do about it, and the others go on; --force overwrites it."""
    plan = sample_plan(tmp_path, 3)
    options = serial(tmp_path / "out")
    run(plan, options, do=work)
    page = tmp_path / "out" / "briefs" / "brief-001" / "brief.html"
    page.write_text("by hand")
    summary = run(plan, options, do=work)
    (failed,) = summary.failed
    assert failed.id == "brief-001"
    assert "--force" in failed.hint
    assert page.read_text() == "by hand"
    assert len(run(plan, serial(tmp_path / "out", force=True), do=work).made) == 1
    assert page.read_text() != "by hand"
