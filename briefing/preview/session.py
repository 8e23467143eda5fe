"""What a running preview knows: which edit is the newest, its output, and what checks found.

In: changes of files, and the views that browsers ask for. Out: what the page shows, as plain
values for JSON, and news for those who listen. Only what is looked at is rendered. Checks run
after it, and a newer edit ends them.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from itertools import count
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
import anyio.to_thread

from briefing.preview.checks import Record
from briefing.preview.rendering import Preview, Rendered, Trouble, View, chosen, fitting
from briefing.preview.shown import (
    Output,
    shown_checks,
    shown_output,
    shown_samples,
    shown_template,
    shown_trouble,
    shown_view,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
    from pathlib import Path

    from briefing.preview.samples import Sample
    from briefing.templating import TemplateSpec

    Check = Callable[[Path], Awaitable[tuple[Record, ...] | Trouble]]

Key = TypeVar("Key")
Value = TypeVar("Value")

KEPT = 16
"""Views and outputs that browsers may still ask for."""
PAUSE_S = 0.4
"""How long nothing must change before checks begin."""


@dataclass(frozen=True, slots=True)
class Checks:
    """Where the checks stand; `edit` is the one that they are about."""

    state: str = "waiting"
    edit: int = 0
    found: tuple[Record, ...] = ()
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What came of a view: of which edit, and the last output that was one."""

    edit: int
    answer: Output | Trouble
    good: Output | None


class Session:
    """One preview, for all browsers that look at it; use it on one event loop.

    Args:
        preview: What renders.
        check: Checks the template of a folder; it is cancelled when the files change.
    """

    def __init__(self, preview: Preview, check: Check | None) -> None:
        self.preview = preview
        self.edit = 1
        self._check = check
        self._checks = Checks("waiting" if check else "none")
        self._checking: anyio.CancelScope | None = None
        self._wanted = anyio.Event()
        self._news = anyio.Event()
        self._turn = anyio.Lock()
        self._numbers = count(1)
        self._outputs: OrderedDict[int, Output] = OrderedDict()
        self._looks: OrderedDict[View, Look] = OrderedDict()
        self._spec: TemplateSpec | None = None
        self._samples: Sequence[Sample] = ()

    async def changed(self, paths: Collection[Path]) -> None:
        """Take note that files have changed."""
        self.edit += 1
        if self._check and self._checking:
            self._checking.cancel()
            self._checks = Checks("waiting", 0, self._checks.found)
        await anyio.to_thread.run_sync(self.preview.forget, paths)
        self._tell()

    async def state(self, asked: View) -> dict[str, Any]:
        """All that the page shows of the view `asked`, rendered if need be."""
        async with self._turn:
            view, look = await self._look(asked)
        if not isinstance(look.answer, Trouble):
            self._want_checks()
        return {
            "edit": self.edit,
            "template": shown_template(self._spec, self.preview.folder),
            "samples": shown_samples(self._samples),
            "view": shown_view(view),
            "output": shown_output(look.good),
            "trouble": shown_trouble(look.answer if isinstance(look.answer, Trouble) else None),
            "checks": self.checks(),
        }

    def checks(self) -> dict[str, Any]:
        """What the checks found, for JSON."""
        return shown_checks(self._checks.state, self._checks.found, self._checks.trouble)

    def output(self, number: int) -> Output | None:
        """One of the latest outputs."""
        return self._outputs.get(number)

    async def news(self) -> AsyncIterator[dict[str, Any]]:
        """What has changed, at once and then whenever something does."""
        told: dict[str, Any] = {}
        while True:
            waiting = self._news
            now = {"edit": self.edit, "checks": [self._checks.state, self._checks.edit]}
            if now != told:
                told = now
                yield now
            await waiting.wait()

    async def check_on(self) -> None:
        """Check every edit that was looked at; runs until it is cancelled."""
        while self._check:
            await self._wanted.wait()
            self._wanted = anyio.Event()
            if self._checks.edit == self.edit:
                continue
            with anyio.CancelScope() as self._checking:
                await anyio.sleep(PAUSE_S)
                edit = self.edit
                self._now(Checks("running", edit, self._checks.found))
                try:
                    found = await self._check(self.preview.folder)
                except Exception as error:  # noqa: BLE001 - nothing may end the preview
                    found = Trouble(f"{type(error).__name__}: {error}")
                if isinstance(found, Trouble):
                    self._now(Checks("failed", edit, (), found))
                else:
                    self._now(Checks("done", edit, found))

    async def _look(self, asked: View) -> tuple[View, Look]:
        """The view as the template can show it, and what came of it in the newest edit."""
        edit = self.edit
        spec = await anyio.to_thread.run_sync(self.preview.template)
        if not isinstance(spec, Trouble):
            self._spec = spec
            self._samples = await anyio.to_thread.run_sync(self.preview.samples)
        view = self._named(asked)
        known = self._looks.get(view, Look(0, Trouble(""), None))
        if isinstance(spec, Trouble):
            return view, Look(edit, spec, known.good)
        if known.edit != edit:
            began = perf_counter()
            rendered = await anyio.to_thread.run_sync(
                self.preview.render, view, abandon_on_cancel=True
            )
            known = self._looked(edit, rendered, perf_counter() - began, known.good)
            remember(self._looks, view, known)
        return view, known

    def _named(self, asked: View) -> View:
        """`asked` by the names that the template has: two ways to ask are one view."""
        if self._spec is None or not self._samples:
            return asked
        return replace(
            fitting(asked, self._spec), fixture=chosen(tuple(self._samples), asked.fixture).name
        )

    def _looked(
        self, edit: int, rendered: Rendered | Trouble, seconds: float, good: Output | None
    ) -> Look:
        if isinstance(rendered, Trouble):
            return Look(edit, rendered, good)
        output = Output(next(self._numbers), rendered, seconds)
        remember(self._outputs, output.number, output)
        return Look(edit, output, output)

    def _want_checks(self) -> None:
        if self._check and self._checks.edit != self.edit:
            self._wanted.set()

    def _now(self, checks: Checks) -> None:
        self._checks = checks
        self._tell()

    def _tell(self) -> None:
        news, self._news = self._news, anyio.Event()
        news.set()


def remember(kept: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    """Put `value` into `kept` as its newest, and let the oldest go where they are too many."""
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > KEPT:
        kept.popitem(last=False)
