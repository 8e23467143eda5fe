"""In which order a batch is made, and what waits for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_plans import sample_plan

from briefing.batch.keys import ahead_key
from briefing.batch.results import Ahead, Task
from briefing.batch.schedule import Node, Schedule, node_of, shared, size
from briefing.store import Store

if TYPE_CHECKING:
    from pathlib import Path

SOURCE: Node = ("source", "reader quays.txt")
NEEDS: dict[Node, list[Node]] = {
    ("brief", "small"): [],
    ("brief", "large"): [],
    ("brief", "waiting"): [SOURCE],
    SOURCE: [],
    ("newsletter", "weekly"): [("brief", "small"), ("brief", "waiting")],
}
SIZES: dict[Node, int] = {("brief", "large"): 9, ("brief", "small"): 1, ("brief", "waiting"): 5}
AHEAD = Ahead("quays.txt", "reader")


def tasks_of(*nothing_to_do: str) -> Schedule:
    """The schedule of `NEEDS`; a task's id is the name of its node."""

    def task_of(node: Node) -> Task | None:
        return None if node[1] in nothing_to_do else Task(node[1], AHEAD)

    return Schedule(NEEDS, SIZES, task_of)


def names(schedule: Schedule, done: dict[str, Node]) -> list[str]:
    """The order in which tasks come where each is done before the next is asked for."""
    order = []
    for task in schedule:
        assert task is not None
        order.append(task.id)
        schedule.done(done[task.id])
    return order


BY_NAME = {node[1]: node for node in NEEDS}


def test_sources_then_the_largest_then_issues() -> None:
    """What others wait for comes first, and what takes longest before what is short."""
    order = [SOURCE[1], "large", "waiting", "small", "weekly"]
    assert names(tasks_of(), BY_NAME) == order


def test_waits_where_nothing_is_ready() -> None:
    """As long as tasks are out that others need, there is none and yet no end."""
    schedule = tasks_of()
    first = [next(schedule) for _ in range(4)]
    assert [task and task.id for task in first] == [SOURCE[1], "large", "small", None]
    schedule.done(SOURCE)
    assert (task := next(schedule)) is not None
    assert task.id == "waiting"


def test_what_need_not_be_done_lets_others_go_on() -> None:
    """A brief that is made already holds up no issue."""
    assert names(tasks_of("waiting", SOURCE[1]), BY_NAME) == ["large", "small", "weekly"]
    assert names(tasks_of(*BY_NAME), BY_NAME) == []


def test_sources_of_several_briefs_are_read_ahead(tmp_path: Path) -> None:
    """A source of one brief, or one that was read ahead before, is not."""
    jobs = sample_plan(tmp_path, 3).jobs
    store = Store(tmp_path / "store")
    found = shared(jobs, store)
    paths = [str(tmp_path / "sources" / f"text-00{number}.txt") for number in range(4)]
    wanted = [[ahead.source for ahead in found[job.id]] for job in jobs]
    assert wanted == [paths[1:2], paths[1:3], paths[2:3]]
    assert {ahead.reader for aheads in found.values() for ahead in aheads} == {"stub"}
    store.of("ahead", ahead_key(Ahead(paths[1], "stub")), bool, lambda: True)
    assert [len(shared(jobs, store)[job.id]) for job in jobs] == [0, 1, 1]


def test_nodes_and_sizes(tmp_path: Path) -> None:
    """A brief and a newsletter may have one name; what is not there has no size."""
    (tmp_path / "a").write_bytes(b"four")
    assert size((str(tmp_path), str(tmp_path / "gone"))) == 4
    job = sample_plan(tmp_path / "plan", 1).jobs[0]
    assert node_of(job) == ("brief", "brief-000")
    assert node_of(AHEAD) == SOURCE
