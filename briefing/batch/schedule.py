"""In which order a batch is made: sources that several briefs use, then briefs, then newsletters.

In: what is to be made, and what waits for what. Out: tasks, one by one. A brief waits only for its
own sources, and an issue only for its own briefs, so that no worker stands idle between the three.
"""

from __future__ import annotations

from collections import Counter
from graphlib import TopologicalSorter
from heapq import heappop, heappush
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefing.batch.keys import ahead_key, files
from briefing.batch.plan import Issue, Job
from briefing.batch.results import Ahead, Task
from briefing.shelf import READER, STUB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Self

    from briefing.store import Store

Stage = Literal["source", "brief", "newsletter"]
STAGES: tuple[Stage, ...] = ("source", "brief", "newsletter")
Node = tuple[Stage, str]
"""Something to be done; its name is unique in its stage."""


def node_of(work: Job | Issue | Ahead) -> Node:
    """What stands for `work` in the schedule."""
    match work:
        case Ahead():
            return ("source", f"{work.reader} {work.source}")
        case Job():
            return ("brief", work.id)
        case Issue():
            return ("newsletter", work.id)


class Schedule:
    """Tasks in their order, as executors take them.

    Args:
        needs: For each node those that it waits for.
        sizes: Of nodes, in bytes; of one stage the largest comes first, as it takes longest.
        task_of: Makes a task of a node whose turn has come; None where nothing is to be done.
    """

    def __init__(
        self,
        needs: Mapping[Node, Iterable[Node]],
        sizes: Mapping[Node, int],
        task_of: Callable[[Node], Task | None],
    ) -> None:
        self._sorter = TopologicalSorter(needs)
        self._sorter.prepare()
        self._order = {
            node: (STAGES.index(node[0]), -sizes.get(node, 0), place)
            for place, node in enumerate(needs)
        }
        self._ready: list[tuple[tuple[int, int, int], Node]] = []
        self._task_of = task_of

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Task | None:
        """The next task; None where all that are left wait for others."""
        while self._sorter.is_active():
            for node in self._sorter.get_ready():
                heappush(self._ready, (self._order[node], node))
            if not self._ready:
                return None
            _, node = heappop(self._ready)
            if task := self._task_of(node):
                return task
            self.done(node)
        raise StopIteration

    def done(self, node: Node) -> None:
        """Let those go on that waited for `node`."""
        self._sorter.done(node)


def shared(jobs: Sequence[Job], store: Store) -> dict[str, list[Ahead]]:
    """For each job, by its id, the sources that are read ahead of it.

    Args:
        jobs: All that are to be made.
        store: A source that was read ahead before is not read ahead again.
    """
    used = {job.id: [_ahead(name, job) for name in files(job.sources)] for job in jobs}
    times = Counter(ahead for aheads in used.values() for ahead in aheads)
    wanted = {
        ahead
        for ahead, count in times.items()
        if count > 1 and not store.has("ahead", ahead_key(ahead))
    }
    return {name: [one for one in aheads if one in wanted] for name, aheads in used.items()}


def _ahead(source: str, job: Job) -> Ahead:
    # Whoever words the brief, its sources are read by the reader, or by the stub.
    return Ahead(source, STUB if job.settings.model == STUB else READER)


def size(sources: Sequence[str]) -> int:
    """How many bytes `sources` have; what cannot be read has none."""
    return sum(_sizes(files(sources)))


def _sizes(names: Iterable[str]) -> Iterator[int]:
    for name in names:
        try:
            yield Path(name).stat().st_size
        except OSError:
            yield 0
