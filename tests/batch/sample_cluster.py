"""A batch on a Ray cluster of two nodes, of which a worker and then a node are killed on the way.

Run as `python -m sample_cluster PLAN OUT WORK`, where the work is to make `briefs`, or stand-ins of
no cost (`files`); prints a line of JSON. Needs the extra `ray`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import psutil
import sample_faults

from briefing.batch.options import Options
from briefing.batch.plan import read_plan
from briefing.batch.run import run
from briefing.batch.work import work
from briefing.executors.base import Bounds

KILL_WORKER_AT = 0.2
KILL_NODE_AT = 0.5
"""The share of the briefs after which each is killed."""
WORK = {"briefs": work, "files": sample_faults.work}


def busy_workers() -> list[psutil.Process]:
    """Ray's workers on this machine that are at a task."""
    return [
        process
        for process in psutil.Process().children(recursive=True)
        if (process.cmdline() or [""])[0].startswith("ray::")
        and "IDLE" not in process.cmdline()[0]
    ]


def main() -> None:
    """Begin a cluster, drive a plan, kill on the way, say what happened."""
    plan = read_plan(Path(sys.argv[1]))
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    node = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    killed = []

    def on_progress(stage: str, done: int, total: int) -> None:
        if stage != "briefs":
            return
        if done == int(total * KILL_WORKER_AT):
            victim = busy_workers()[0]
            victim.kill()
            killed.append(f"worker {victim.pid}")
        if done == int(total * KILL_NODE_AT):
            cluster.remove_node(node, allow_graceful=False)
            killed.append("node")

    since = time.monotonic()
    options = Options(Path(sys.argv[2]), "ray", Bounds(address=cluster.address))
    summary = run(plan, options, on_progress=on_progress, do=WORK[sys.argv[3]])
    told = {
        "seconds": time.monotonic() - since,
        "made": len(summary.made),
        "failed": [entry.error for entry in summary.failed],
        "killed": killed,
    }
    sys.stdout.write(json.dumps(told) + "\n")
    cluster.shutdown()


if __name__ == "__main__":
    main()
