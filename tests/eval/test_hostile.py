"""Every hostile page ends within its bounds while other work goes on; a table of how."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import hostile_pages
import pytest

from briefing.confined import Bounds, Confined
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.bench

WALL_S = 10
MEMORY_MB = 1024
WATCHED_S = 0.01
CALLS = 8
ADDED = 0.15
"""How much a confined brief may take over one in this process: a share of the latter."""


class Watch:
    """Looks at the memory of a child as long as the block runs.

    Attributes:
        peak_mb: The most that was resident.
    """

    def __init__(self, confined: Confined) -> None:
        self.confined = confined
        self.peak_mb = 0.0
        self._done = Event()
        self._thread = Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(WATCHED_S):
            try:
                status = Path(f"/proc/{self.confined.process_id}/status").read_text()
            except OSError:
                continue
            for line in status.splitlines():
                if line.startswith("VmHWM:"):
                    self.peak_mb = max(self.peak_mb, int(line.split()[1]) / 1024)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(hostile_pages.template("", tmp_path_factory.mktemp("good")))


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined]:
    with Confined(what="template mine") as one:
        yield one


@pytest.fixture(scope="module")
def other() -> Iterator[Confined]:
    with Confined(what="template good") as one:
        yield one


@pytest.fixture(scope="module")
def table() -> Iterator[list[str]]:
    rows: list[str] = []
    yield rows
    print("", *rows, sep="\n")  # noqa: T201 - the report


@pytest.mark.parametrize("name", hostile_pages.NAMES)
def test_hostile_page_ends_while_others_go_on(
    name: str, tmp_path: Path, good: str, confined: Confined, other: Confined, table: list[str]
) -> None:
    """Refused, stopped or done within 10 s and 1 GB; beside it and after it good pages print."""
    folder = str(hostile_pages.template(name, tmp_path))
    expected = confined.call(hostile_pages.printed, good)
    with ThreadPoolExecutor(1) as pool, Watch(confined) as watch:
        beside = pool.submit(other.call, hostile_pages.printed, good)
        start = time.monotonic()
        try:
            files = confined.call(hostile_pages.printed, folder)
            end = f"printed, {sum(map(len, files.values())) / 1000:,.0f} kB"
            assert name not in hostile_pages.PROGRAMS
        except BriefingError as error:
            end = str(error)
        wall_s = time.monotonic() - start
        assert beside.result() == expected
    assert confined.call(hostile_pages.printed, good) == expected
    short = end.replace(str(tmp_path), "…").partition("\n")[0]
    table.append(f"| {name} | {short[:110]} | {wall_s:.1f} | {watch.peak_mb:.0f} |")
    assert wall_s < WALL_S
    assert watch.peak_mb < MEMORY_MB
    assert hostile_pages.BESIDE not in end


def test_a_confined_brief_costs_little_more() -> None:
    """Warm, a brief in the child takes what it takes here, and a little for the way."""
    template = "one-page"
    with Confined(Bounds(cpu_s=60, wall_s=60), what="template one-page") as one:
        one.call(hostile_pages.findings)
        start_s = used_s(one)
        one.call(hostile_pages.printed, template)
        first_s = used_s(one) - start_s
        hostile_pages.printed(template)
        there, here = [], []
        for _ in range(CALLS):
            before_s, before_here_s = used_s(one), time.process_time()
            one.call(hostile_pages.printed, template)
            there.append(used_s(one) - before_s + time.process_time() - before_here_s)
            start = time.process_time()
            hostile_pages.printed(template)
            here.append(time.process_time() - start)
    share = sum(there) / sum(here)
    print(  # noqa: T201 - the report
        f"\nprocessor time of a brief in the child: start {start_s:.2f} s, first {first_s:.2f} s, "
        f"then {sum(there) / CALLS * 1000:.0f} ms, here {sum(here) / CALLS * 1000:.0f} ms: "
        f"{share:.2f} times"
    )
    assert share < 1 + ADDED


def used_s(confined: Confined) -> float:
    """Processor time of the child so far."""
    fields = Path(f"/proc/{confined.process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
