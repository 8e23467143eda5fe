"""A batch on a Ray cluster, of which parts are killed: needs the extra `ray`, and a minute."""

from __future__ import annotations

import json
import os
import subprocess
import sys
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


def test_killed_worker_and_killed_node_lose_nothing(tmp_path: Path) -> None:
    """A worker and then a node are killed: each brief is made once, as a run without them does."""
    plan = plan_of(tmp_path, BRIEFS)
    paths = [Path(briefing.__file__).parents[1], Path(__file__).parent]
    done = subprocess.run(
        [sys.executable, "-m", "sample_cluster", "plan.toml", "out"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, paths)), SLOWNESS: "0.2"},
        check=True,
        capture_output=True,
        timeout=300,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["made"], told["failed"]) == (BRIEFS, [])
    assert told["killed"][-1] == "node"
    lines = (tmp_path / "out" / NAME).read_bytes().splitlines()
    committed = Counter(json.loads(line)["id"] for line in lines if line.startswith(b'{"kind"'))
    assert committed == Counter(f"brief-{number:03}" for number in range(BRIEFS))
    started = sum(Counter(begun(tmp_path)).values())
    sys.stdout.write(f"\n{told}; {started} starts for {BRIEFS} briefs\n")
    run(read_plan(plan), serial(tmp_path / "local"), do=work)
    assert made_files(tmp_path / "out") == made_files(tmp_path / "local")
