"""What a running preview renders, keeps and checks; rendering is stood in for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import anyio

from briefing.preview.rendering import Rendered, Trouble, View
from briefing.preview.samples import Sample
from briefing.preview.session import KEPT, Session
from briefing.templating import load
from briefing.templating.scaffold import STARTER

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection

    from briefing.findings import Findings
    from briefing.preview.rendering import Preview
    from briefing.preview.session import Check
    from briefing.templating import TemplateSpec

OUTPUT = Rendered("<p>", b"%PDF", (b"png",), 0.5, 1, 1, (), ())
BROKEN = Trouble("no such field", "Look it up.", "/mine/brief.html.j2", 7)


def unread() -> Findings:
    raise AssertionError


class Fake:
    """Renders nothing, and remembers what it was asked."""

    folder = STARTER

    def __init__(self) -> None:
        self.asked: list[View] = []
        self.forgot: list[tuple[Path, ...]] = []
        self.broken: TemplateSpec | Trouble = load(str(STARTER))
        self.answer: Rendered | Trouble = OUTPUT

    def template(self) -> TemplateSpec | Trouble:
        return self.broken

    def samples(self) -> tuple[Sample, ...]:
        return tuple(Sample(name, name.title(), unread) for name in ("example", "empty"))

    def render(self, view: View) -> Rendered | Trouble:
        self.asked.append(view)
        return self.answer

    def forget(self, changed: Collection[Path]) -> None:
        self.forgot.append(tuple(changed))


def runs(story: Callable[[Session, Fake], Awaitable[None]], check: Check | None = None) -> None:
    """Let a story happen to a session."""

    async def run() -> None:
        fake = Fake()
        await story(Session(cast("Preview", fake), check), fake)

    anyio.run(run)


def test_a_view_is_rendered_once_an_edit() -> None:
    """What is looked at again is not made again, however it is asked for."""

    async def story(session: Session, fake: Fake) -> None:
        first = await session.state(View())
        again = await session.state(View("example", "A4", "en"))
        unknown = await session.state(View("gone", "A7", "tlh", (("gone", "1"),)))
        assert first["output"] == again["output"] == unknown["output"]
        assert first["view"]["fixture"] == "example"
        assert len(fake.asked) == 1
        await session.changed((Path("print.css"),))
        newer = await session.state(View())
        assert newer["edit"] == first["edit"] + 1
        assert newer["output"]["number"] != first["output"]["number"]
        assert fake.forgot == [(Path("print.css"),)]

    runs(story)


def test_the_page_is_told_all_that_it_shows() -> None:
    """Choices, measures and addresses of files."""

    async def story(session: Session, _: Fake) -> None:
        state = await session.state(View(options=(("accent", "red"),)))
        assert state["template"]["pages"] == ["A4", "Letter"]
        assert [each["name"] for each in state["template"]["options"]] == ["accent", "digests"]
        assert [each["name"] for each in state["samples"]] == ["example", "empty"]
        assert state["view"]["options"] == {"accent": "red"}
        output = state["output"]
        assert output["html"] == f"out/{output['number']}/brief.html"
        assert output["pictures"] == [f"out/{output['number']}/1.png"]
        assert output["fill"] == 0.5
        assert state["trouble"] is None

    runs(story)


def test_trouble_keeps_the_last_good_output() -> None:
    """An error is shown with its place, and what stood there before stays."""

    async def story(session: Session, fake: Fake) -> None:
        good = await session.state(View())
        fake.answer = BROKEN
        await session.changed(())
        bad = await session.state(View())
        assert bad["trouble"]["place"] == "/mine/brief.html.j2:7"
        assert bad["output"] == good["output"]
        fake.broken = Trouble("not TOML")
        await session.changed(())
        worse = await session.state(View())
        assert worse["trouble"]["message"] == "not TOML"
        assert worse["output"] == good["output"]
        assert worse["template"] == good["template"]

    runs(story)


def test_a_template_that_was_never_whole_is_shown_by_its_folder() -> None:
    """The preview can be begun with a broken template."""

    async def story(session: Session, fake: Fake) -> None:
        fake.broken = Trouble("not TOML")
        state = await session.state(View())
        assert state["template"]["title"] == STARTER.name
        assert state["output"] is None
        assert fake.asked == []

    runs(story)


def test_old_outputs_go() -> None:
    """Only so many are kept."""

    async def story(session: Session, _: Fake) -> None:
        for at in range(KEPT + 1):
            state = await session.state(View(scale=1 + at / 100))
        number = state["output"]["number"]
        assert session.output(number)
        assert session.output(number - KEPT + 1)
        assert session.output(number - KEPT) is None

    runs(story)


def test_a_newer_edit_ends_checks() -> None:
    """Checks begin after something was looked at, and again after a change."""
    began: list[int] = []
    ended: list[str] = []

    async def check(_: Path) -> tuple[dict[str, Any], ...]:
        began.append(len(began))
        try:
            if len(began) == 1:
                await anyio.sleep_forever()
        except BaseException:
            ended.append("cancelled")
            raise
        return ({"message": "too small"},)

    async def story(session: Session, _: Fake) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(session.check_on)
            assert session.checks()["state"] == "waiting"
            await session.state(View())
            while not began:
                await anyio.sleep(0.02)
            assert session.checks()["state"] == "running"
            await session.changed(())
            await session.state(View())
            while session.checks()["state"] != "done":
                await anyio.sleep(0.02)
            assert session.checks()["problems"] == [{"message": "too small"}]
            tasks.cancel_scope.cancel()
        assert ended == ["cancelled"]

    runs(story, check)


def test_checks_that_fail_are_told() -> None:
    """Not even an error that nobody foresaw ends the preview."""

    async def check(_: Path) -> tuple[dict[str, Any], ...]:
        raise ZeroDivisionError("by zero")

    async def story(session: Session, _: Fake) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(session.check_on)
            await session.state(View())
            while session.checks()["state"] != "failed":
                await anyio.sleep(0.02)
            assert session.checks()["trouble"]["message"] == "ZeroDivisionError: by zero"
            tasks.cancel_scope.cancel()

    runs(story, check)


def test_listeners_hear_of_changes() -> None:
    """First how things stand, then each change."""

    async def story(session: Session, _: Fake) -> None:
        news = session.news()
        assert (await anext(news))["edit"] == 1
        await session.changed(())
        assert (await anext(news))["edit"] == 2

    runs(story)
