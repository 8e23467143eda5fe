"""A batch on a Ray cluster, of which parts are killed: needs the extra `ray`, and a minute."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sample_faults import SLOWNESS, begun, work
from sample_plans import made_files, plan_of, serial

import briefing
from briefing.batch.manifest import NAME
from briefing.batch.plan import read_plan
from briefing.batch.run import run

pytestmark = pytest.mark.ray
pytest.importorskip("ray")

BRIEFS = 100
STARTED = 10
"""How many are made before a run is interrupted."""
INTERRUPTED = 130
ALONE = """
import sys
from pathlib import Path
from briefing.batch.options import Options
from briefing.batch.plan import read_plan
from briefing.batch.run import run
from briefing.executors.base import Bounds
from sample_faults import work

plan, out = map(Path, sys.argv[1:])
summary = run(read_plan(plan), Options(out, "ray", Bounds(workers=2)), do=work)
sys.exit(130 if summary.interrupted else 0)
"""


def killed_on_the_way(folder: Path, work: str, limit_s: int) -> Counter[str]:
    """Run the plan in `folder` on two nodes, of which one is left; how often each was committed."""
    paths = [Path(briefing.__file__).parents[1], Path(__file__).parent]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "sample_cluster",
            str(folder / "plan.toml"),
            str(folder / "out"),
            work,
        ],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, paths)), SLOWNESS: "0.2"},
        check=True,
        capture_output=True,
        timeout=limit_s,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    sys.stdout.write(f"\n{told}\n")
    assert (told["made"], told["failed"]) == (BRIEFS, [])
    assert [name.split()[0] for name in told["killed"]] == ["worker", "node"]
    lines = (folder / "out" / NAME).read_bytes().splitlines()
    return Counter(json.loads(line)["id"] for line in lines if line.startswith(b'{"kind"'))


def test_killed_worker_and_killed_node_lose_nothing(tmp_path: Path) -> None:
    """A worker and then a node are killed: each brief is made once, as a run without them does."""
    plan = plan_of(tmp_path, BRIEFS)
    committed = killed_on_the_way(tmp_path, "files", 300)
    assert committed == Counter(f"brief-{number:03}" for number in range(BRIEFS))
    started = sum(Counter(begun(tmp_path)).values())
    sys.stdout.write(f"{started} starts for {BRIEFS} briefs\n")
    run(read_plan(plan), serial(tmp_path / "local"), do=work)
    assert made_files(tmp_path / "out") == made_files(tmp_path / "local")


def test_real_briefs_are_those_of_a_local_run(tmp_path: Path) -> None:
    """Read, written and printed on nodes that go, briefs have the bytes of those made here."""
    plan = plan_of(tmp_path, BRIEFS, model="verbatim", formats=["pdf", "html", "json"])
    committed = killed_on_the_way(tmp_path, "briefs", 900)
    assert committed == Counter(f"brief-{number:03}" for number in range(BRIEFS))
    run(read_plan(plan), serial(tmp_path / "local"))
    assert made_files(tmp_path / "out") == made_files(tmp_path / "local")


def test_an_interrupt_leaves_a_run_to_resume(tmp_path: Path) -> None:
    """Ctrl-C ends a run on Ray soon, and what was committed is not made again."""
    plan = plan_of(tmp_path, BRIEFS)
    paths = [Path(briefing.__file__).parents[1], Path(__file__).parent]
    process = subprocess.Popen(
        [sys.executable, "-c", ALONE, str(plan), str(tmp_path / "out")],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, paths)), SLOWNESS: "0.2"},
    )
    manifest = tmp_path / "out" / NAME
    while not manifest.exists() or manifest.read_bytes().count(b'{"kind"') < STARTED:
        assert process.poll() is None
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    since = time.monotonic()
    assert process.wait(60) == INTERRUPTED
    sys.stdout.write(f"\n{time.monotonic() - since:.1f} s to stop\n")
    first = {json.loads(line)["id"] for line in manifest.read_bytes().splitlines()[1:]}
    made = run(read_plan(plan), serial(tmp_path / "out"), do=work)
    assert len(made.made) + len(first) == BRIEFS
    assert len(made.skipped) == len(first)
