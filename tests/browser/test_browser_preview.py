"""The preview as somebody sees it who works on a template; all texts are invented."""

from __future__ import annotations

import re
import shutil
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from briefing.preview.rendering import Preview
from briefing.preview.serving import served
from briefing.templating.scaffold import STARTER, new

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    Axe = Callable[[Page], list[str]]

SEEN_WITHIN_S = 2.0
TRIES = 5


FOUND: dict[str, Any] = {
    "file": "mine/print.css",
    "line": 7,
    "severity": "warning",
    "kind": "size",
    "message": "type is smaller than 8.5 pt",
    "hint": "Set it larger.",
    "fixtures": ["empty"],
}


async def finds_one(_: Path) -> tuple[dict[str, Any], ...]:
    """Stands in for the checks, which take seconds."""
    return (FOUND,)


@pytest.fixture(scope="module")
def served_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template for all tests here."""
    return new("harbour-note", tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="module")
def address(served_folder: Path) -> Iterator[str]:
    """A running preview of it."""
    preview = Preview(str(served_folder))
    server, listener, address = served(preview, check=finds_one)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield address
    server.should_exit = True
    thread.join(10)
    listener.close()
    preview.close()
    assert not thread.is_alive()


@pytest.fixture
def folder(served_folder: Path) -> Iterator[Path]:
    """The template, to change; it is afterwards as it was."""
    yield served_folder
    for path in STARTER.iterdir():
        if path.name != "template.toml":
            shutil.copyfile(path, served_folder / path.name)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def reheaded(folder: Path, word: str) -> None:
    """Give the claims another heading."""
    page = folder / "brief.html.j2"
    source = page.read_text(encoding="utf-8")
    heading = r'(<h2 id="heading-claims">).*?(</h2>)'
    page.write_text(re.sub(heading, rf"\g<1>{word}\2", source), encoding="utf-8")


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("body[data-state=good][data-shown]")


def number(page: Page) -> int:
    """Of the output on the page."""
    return int(page.locator("body").get_attribute("data-shown") or 0)


def brief(page: Page) -> str:
    """The text of the HTML pane."""
    return page.frame_locator("#html-desk iframe").locator("body").inner_text()


def test_an_edit_is_seen_within_two_seconds(page: Page, address: str, folder: Path) -> None:
    """A file that is saved changes HTML and PDF in the browser; nobody reloads anything.

    The best of a few tries counts: on a busy machine everything waits.
    """
    opened(page, address)
    taken: list[float] = []
    while len(taken) < TRIES and not any(each < SEEN_WITHIN_S for each in taken):
        before, word = number(page), f"Heading {len(taken)}"
        picture = page.locator("#pdf-desk img").get_attribute("src")
        began = time.perf_counter()
        reheaded(folder, word)
        page.wait_for_function(
            "before => Number(document.body.dataset.shown) > before", arg=before
        )
        taken.append(time.perf_counter() - began)
        assert word in brief(page)
        assert page.locator("#pdf-desk img").get_attribute("src") != picture
    assert min(taken) < SEEN_WITHIN_S, taken


def test_an_error_is_told_and_passes(page: Page, address: str, folder: Path) -> None:
    """A broken template shows file and line beside the last good output, until it is mended."""
    opened(page, address)
    before = number(page)
    edit(folder / "brief.html.j2", "{{ brief.title|unquoted }}</h1>", "{{ brief.titel }}</h1>")
    page.wait_for_selector("#trouble:not([hidden])")
    line = 1 + next(
        at
        for at, text in enumerate((folder / "brief.html.j2").read_text().splitlines())
        if "brief.titel" in text
    )
    assert f"harbour-note/brief.html.j2:{line}" in page.locator("#trouble").inner_text()
    assert "titel" in page.locator("#trouble .message").inner_text()
    assert number(page) == before
    assert "Lindmere" in brief(page)
    edit(folder / "brief.html.j2", "{{ brief.titel }}</h1>", "{{ brief.title|unquoted }}!</h1>")
    page.wait_for_selector("#trouble[hidden]", state="attached")
    page.wait_for_function("before => Number(document.body.dataset.shown) > before", arg=before)
    assert "Lindmere tries Sundays!" in brief(page)


def test_a_broken_contract_is_told_and_passes(page: Page, address: str, folder: Path) -> None:
    """An error in template.toml, too, leaves the preview running."""
    opened(page, address)
    before = number(page)
    edit(folder / "template.toml", "pages = 1 ", "pages = none ")
    page.wait_for_selector("#trouble:not([hidden])")
    assert "harbour-note/template.toml:" in page.locator("#trouble").inner_text()
    edit(folder / "template.toml", "pages = none ", "pages = 1 ")
    page.wait_for_selector("body[data-state=good]")
    assert number(page) > before


def test_what_is_looked_at_can_be_chosen(page: Page, address: str) -> None:
    """Content, size of the page and options change the output; the address keeps the choice."""
    opened(page, address)
    before = number(page)
    page.check("[name=fixture][value=empty]")
    page.wait_for_function("before => Number(document.body.dataset.shown) > before", arg=before)
    assert "note.txt" in brief(page)
    before = number(page)
    page.select_option("[name=accent]", "red")
    page.wait_for_function("before => Number(document.body.dataset.shown) > before", arg=before)
    frame = page.frame_locator("#html-desk iframe")
    assert frame.locator("html").get_attribute("class") == "accent-red"
    page.reload()
    page.wait_for_selector("body[data-shown]")
    assert page.locator("[name=fixture]:checked").get_attribute("value") == "empty"
    assert page.locator("[name=accent]").input_value() == "red"
    assert page.locator("#gauge").get_attribute("aria-valuetext") not in (None, "0 %")


def test_what_checks_find_is_listed(page: Page, address: str) -> None:
    """A problem shows its place, which can be copied, and the content in which it shows."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, address)
    page.wait_for_selector("#found[data-state=done]")
    assert page.locator("#found-count").inner_text() == "1 warning"
    item = page.locator(".problem")
    assert FOUND["message"] in item.inner_text()
    item.get_by_role("button", name="mine/print.css:7").click()
    item.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "mine/print.css:7"
    before = number(page)
    item.get_by_role("button", name="Show").click()
    page.wait_for_function("before => Number(document.body.dataset.shown) > before", arg=before)
    assert "note.txt" in brief(page)


def test_the_output_runs_no_script(page: Page, address: str) -> None:
    """The frame is sandboxed, and the server's policy says so as well."""
    opened(page, address)
    frame = page.locator("#html-desk iframe")
    assert frame.get_attribute("sandbox") == "allow-same-origin"
    answer = page.request.get(address + str(frame.get_attribute("src")))
    policy = answer.headers["content-security-policy"]
    assert "sandbox allow-same-origin;" in policy
    assert "default-src 'none'" in policy
    assert "script" not in policy


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_preview_is_accessible(
    page: Page, address: str, axe: Axe, folder: Path, scheme: str
) -> None:
    """axe-core objects to nothing, with output and with an error, light and dark."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(page, address)
    assert axe(page) == []
    (folder / "print.css").unlink()
    page.wait_for_selector("#trouble:not([hidden])")
    assert axe(page) == []


def test_the_keyboard_reaches_everything(page: Page, address: str) -> None:
    """Tab goes through all groups of controls, and arrows choose within them."""
    opened(page, address)
    page.keyboard.press("Tab")
    reached: list[str] = []
    while "open-pdf" not in reached and len(reached) < 100:  # the brief has links of its own
        reached.append(page.evaluate("document.activeElement.name || document.activeElement.id"))
        page.keyboard.press("Tab")
    for name in ("fixture", "page", "language", "accent", "digests", "width", "zoom", "open-pdf"):
        assert name in reached, reached
    page.focus("[name=fixture]:checked")
    before = number(page)
    page.keyboard.press("ArrowDown")
    page.wait_for_function("before => Number(document.body.dataset.shown) > before", arg=before)
    assert page.locator("[name=fixture]:checked").get_attribute("value") != "example"
