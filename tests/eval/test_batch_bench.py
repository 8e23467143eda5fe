"""Batches at their real size: hundreds of briefs of speeches and statements that were published.

The texts are not part of the repository; they are looked for as those of the other measurements.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import pytest
from psutil import NoSuchProcess, Process

from briefing.batch.manifest import NAME, Manifest

pytestmark = pytest.mark.bench

ROOT = Path(__file__).parents[2]
DAY = "2026-11-22"
SEED = 1122
BRIEFS = 200
CALLED = 10
"""How many of a hundred briefs are also made one process each; the rest is extrapolated."""
MAKE = "from briefing.cli import main; main()"
DRIVE = """
import dataclasses, sys
from pathlib import Path
import msgspec
from briefing.batch.options import Options
from briefing.batch.plan import read_plan
from briefing.batch.run import run
from briefing.executors.base import Bounds

if __name__ == "__main__":
    plan, out, executor, workers = sys.argv[1:]
    bounds = Bounds(workers=int(workers))
    made = run(read_plan(Path(plan)), Options(Path(out), executor=executor, bounds=bounds))
    table = dataclasses.asdict(made) | {"made": len(made.made)}
    sys.stdout.buffer.write(msgspec.json.encode(table))
"""
GROWTH = """
import json, sys
from pathlib import Path
from psutil import Process
from briefing.batch.plan import read_plan
from briefing.batch.results import Task
from briefing.batch.work import work
from briefing.executors.watch import seldom, tidy

sizes = []
seldom()
for job in read_plan(Path(sys.argv[1])).jobs:
    result = work(Task(job.id, job, store=Path(sys.argv[2])))
    assert result.state == "ok", result.error
    del result
    tidy()
    sizes.append(Process().memory_info().rss / 1e6)
print(json.dumps(sizes))
"""


def read_texts(name: str) -> list[str]:
    """The texts of one set, but for the shortest, which hold no statement to print, and long ones."""
    folder = Path(os.environ.get("BRIEFING_DATA") or ROOT.parent / "shared" / "data")
    path = folder / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"{path} is not there; set BRIEFING_DATA to the folder that holds it")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found = [json.loads(line)["document"] for line in lines]
    return [text for text in found if 2_000 <= len(text) <= 12_000]


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """Speeches and statements."""
    return read_texts("docs_whitehouse")


@pytest.fixture(scope="session")
def thousand(texts: list[str]) -> list[str]:
    """A thousand texts: those, and reports of news."""
    found = [*texts, *read_texts("sum_bbc")][:1_000]
    assert len(found) == 1_000
    return random.Random(SEED).sample(found, len(found))  # noqa: S311 - any order will do


def write_plan(
    folder: Path, texts: list[str], briefs: int, *, each: int = 1, audiences: int = 1
) -> Path:
    """A plan of so many briefs an audience, each of `each` texts that follow one another."""
    sources = folder / "sources"
    sources.mkdir(parents=True)
    for number, text in enumerate(texts[: briefs + each - 1]):
        (sources / f"{number:03}.txt").write_text(text, "utf-8")
    lines = ["[defaults]", f'date = "{DAY}"', 'formats = ["pdf", "json"]']
    readers = [f"office-{number}" for number in range(audiences) if audiences > 1]
    for number in range(briefs):
        names = [f"sources/{at:03}.txt" for at in range(number, number + each)]
        lines += ["[[brief]]", f'id = "b{number:03}"', f"sources = {json.dumps(names)}"]
        lines += [f"audiences = {json.dumps(readers)}"]
    for reader in readers:
        lines += ["[[audience]]", f'id = "{reader}"', f'name = "The {reader.title()}"']
    path = folder / "plan.toml"
    path.write_text("\n".join(lines) + "\n")
    return path


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run took, and what it said."""

    wall_s: float
    cpu_s: float
    told: dict[str, Any]


def drive(plan: Path, out: Path, *, workers: int = 2, executor: str = "processes") -> Ran:
    """Run a plan as a process of its own, to its end."""
    script = plan.with_name("drive.py")
    script.write_text(DRIVE)
    told = out.with_suffix(".told")
    since = time.monotonic()
    with told.open("wb") as stream:
        process = subprocess.Popen(command(plan, out, workers, executor), stdout=stream, env=env())
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    spent = usage.ru_utime + usage.ru_stime
    return Ran(time.monotonic() - since, spent, json.loads(told.read_bytes()))


def command(plan: Path, out: Path, workers: int, executor: str) -> list[str]:
    """The command of a run."""
    script = plan.with_name("drive.py")
    script.write_text(DRIVE)
    return [sys.executable, str(script), str(plan), str(out), executor, str(workers)]


def env() -> dict[str, str]:
    """The environment of a run."""
    return os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


def made(out: Path) -> dict[str, bytes]:
    """Every file that was made, by its path."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.glob("briefs/*/brief.*"))
    }


def committed(out: Path) -> Counter[str]:
    """How often each brief was committed."""
    lines = (out / NAME).read_bytes().splitlines()
    return Counter(json.loads(line)["id"] for line in lines if line.startswith(b'{"kind"'))


def say(*lines: str) -> None:
    """Print what was measured."""
    sys.stdout.write("\n" + "\n".join(lines) + "\n")


def test_two_hundred_briefs_and_three_kills(tmp_path: Path, texts: list[str]) -> None:
    """Killed three times, a run of 200 makes each once, the bytes as of a run that was not."""
    plan = write_plan(tmp_path, texts, BRIEFS)
    out = tmp_path / "killed"
    chance = random.Random(SEED)  # noqa: S311 - any moment will do
    kills = sorted(chance.sample(range(10, BRIEFS - 10), 3))
    for count in kills:
        process = subprocess.Popen(command(plan, out, 2, "processes"), env=env())
        while not (out / NAME).exists() or sum(committed(out).values()) < count:
            assert process.poll() is None
            time.sleep(chance.random() / 2)
        process.kill()
        process.wait()
    drive(plan, out)
    whole = drive(plan, tmp_path / "whole")
    say(f"200 briefs by two workers: {whole.wall_s:.0f} s, {whole.cpu_s:.0f} s of CPU")
    assert committed(out) == Counter(f"b{number:03}" for number in range(BRIEFS))
    last = Manifest.read(out).last
    assert all(entry.state == "ok" and entry.pages == 1 for entry in last.values())
    assert made(out) == made(tmp_path / "whole")


@pytest.mark.parametrize(
    ("audiences", "least_cpu"), [(1, 4), (10, 6)], ids=["a hundred subjects", "ten audiences"]
)
def test_a_batch_against_single_commands(
    tmp_path: Path, texts: list[str], audiences: int, least_cpu: float
) -> None:
    """A hundred briefs take a fraction of a hundred commands, wherever they share sources.

    Each is of four sources: a hundred subjects have 103 of which each is used four times, ten
    subjects for ten audiences 13. Reading is all that is left where there are many.
    """
    plan = write_plan(tmp_path, texts, 100 // audiences, each=4, audiences=audiences)
    called, since = 0.0, time.monotonic()
    for number in range(CALLED):
        names = [f"{tmp_path}/sources/{at:03}.txt" for at in range(number, number + 4)]
        one = ("-o", str(tmp_path / f"one-{number}"), "--date", DAY, "--format", "pdf,json")
        process = subprocess.Popen(
            [sys.executable, "-c", MAKE, "make", *names, *one],
            env=env(),
            stdout=DEVNULL,
            stderr=DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        called += usage.ru_utime + usage.ru_stime
    wall_s = (time.monotonic() - since) * 100 / CALLED
    cpu_s = called * 100 / CALLED
    batch = drive(plan, tmp_path / "out")
    assert batch.told["made"] == 100
    plan.write_text(plan.read_text().replace("[defaults]", '[defaults]\nhandling = "Internal"'))
    second = drive(plan, tmp_path / "out")
    say(
        f"100 commands: {wall_s:.0f} s, {cpu_s:.0f} s of CPU",
        f"100 briefs by two workers: {batch.wall_s:.0f} s, {batch.cpu_s:.0f} s of CPU:"
        f" {wall_s / batch.wall_s:.1f} times, {cpu_s / batch.cpu_s:.1f} times less",
        f"again with another handling mark: {second.wall_s:.0f} s, {second.cpu_s:.0f} s of CPU",
    )
    assert second.told["made"] == 100
    assert second.told["read"] == 0
    assert wall_s / batch.wall_s >= 8
    assert cpu_s / batch.cpu_s >= least_cpu


def test_memory_of_a_worker_stays(tmp_path: Path, texts: list[str]) -> None:
    """Two hundred renders leave a worker as large as twenty did.

    While it reads as well, it grows to what the longest text takes; that is said, not asserted.
    """
    plan = write_plan(tmp_path, texts, 220)
    sizes = {}
    for what in ("reading and printing", "printing alone"):
        done = subprocess.run(
            [sys.executable, "-c", GROWTH, str(plan), str(tmp_path / "store")],
            env=env(),
            check=True,
            stdout=subprocess.PIPE,
        )
        sizes[what] = json.loads(done.stdout)
        plan.write_text(
            plan.read_text().replace("[defaults]", '[defaults]\nhandling = "Internal"')
        )
    say(
        *(
            f"MB resident after 20, 70, 120, 170, 220, {what}: "
            + ", ".join(f"{size:.0f}" for size in found[19::50])
            for what, found in sizes.items()
        )
    )
    assert sizes["printing alone"][-1] - sizes["printing alone"][19] < 10


def test_a_thousand_documents_hold_memory(tmp_path: Path, thousand: list[str]) -> None:
    """Of a thousand briefs the last leave driver and workers no larger than the first hundreds."""
    plan = write_plan(tmp_path, thousand, len(thousand))
    out = tmp_path / "out"
    since = time.monotonic()
    process = subprocess.Popen(command(plan, out, 2, "processes"), env=env(), stdout=DEVNULL)
    seen: list[tuple[int, float, float]] = []
    while process.poll() is None:
        time.sleep(1)
        with suppress(NoSuchProcess):
            driver = Process(process.pid)
            workers = [each.memory_info().rss for each in driver.children(recursive=True)]
            done = sum(committed(out).values()) if (out / NAME).exists() else 0
            seen.append((done, driver.memory_info().rss / 1e6, max(workers, default=0) / 1e6))
    seconds = time.monotonic() - since
    last = Manifest.read(out).last
    assert len(last) == len(thousand)
    assert {entry.state for entry in last.values()} == {"ok"}
    peaks = []
    for first in range(0, len(thousand), 250):
        within = [sizes for done, *sizes in seen if first <= done < first + 250]
        peaks.append(tuple(map(max, zip(*within, strict=True))))
    say(
        f"{len(thousand):,} documents by two workers: {seconds:.0f} s",
        "MB at most, driver and larger worker, in each quarter: "
        + ", ".join(f"{driver:.0f} and {worker:.0f}" for driver, worker in peaks),
    )
    for late, early in zip(peaks[-1], peaks[0], strict=True):
        assert late < early * 1.1


def test_cost_grows_with_the_number_of_documents(tmp_path: Path, texts: list[str]) -> None:
    """Of 50, 100, 200 and 400 documents the cost lies on a straight line."""
    sizes = (50, 100, 200, 400)
    spent = []
    for count in sizes:
        plan = write_plan(tmp_path / str(count), (texts * 2)[:count], count)
        spent.append(drive(plan, tmp_path / f"out-{count}").cpu_s)
    say(
        *(
            f"{count} documents: {cost:.0f} s of CPU"
            for count, cost in zip(sizes, spent, strict=True)
        )
    )
    slope, start = fitted(sizes, spent)
    for count, cost in zip(sizes, spent, strict=True):
        assert abs(cost / (start + slope * count) - 1) < 0.15


def fitted(xs: tuple[int, ...], ys: list[float]) -> tuple[float, float]:
    """Slope and start of the straight line nearest to the points."""
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    slope /= sum((x - mean_x) ** 2 for x in xs)
    return slope, mean_y - slope * mean_x
