"""The proof sheet in a browser: walked by keyboard, filtered, printed, and looked at by axe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sample_printed import FOUND, PRINTED

from briefing.render.proof import render_proof

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Axe = Callable[[Page], list[str]]

SIZES = {"desk": (1400, 900), "tablet": (820, 1100), "phone": (400, 800)}
WITHIN = """name => {
  const box = document.getElementById(name).getBoundingClientRect();
  return box.width > 0 && box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.fixture
def sheet(page: Page, tmp_path: Path) -> Page:
    """The sample's sheet, opened from a file."""
    path = tmp_path / "proof.html"
    path.write_text(render_proof(FOUND, PRINTED), encoding="utf-8")
    page.goto(path.as_uri())
    return page


def focused(page: Page) -> str:
    """The id of what has the focus."""
    found: str = page.evaluate("document.activeElement.id")
    return found


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def told(page: Page) -> str:
    return page.text_content("#position") or ""


@pytest.mark.parametrize("size", SIZES)
def test_statements_are_walked_by_keyboard(sheet: Page, size: str) -> None:
    """The keys j and k, or the arrows, move the focus; it is seen, marked as current, and told."""
    width, height = SIZES[size]
    sheet.set_viewport_size({"width": width, "height": height})
    press(sheet, "j")
    assert focused(sheet) == "s-b"
    press(sheet, "j ArrowDown")
    assert focused(sheet) == "s-c2"
    assert sheet.get_attribute("[aria-current]", "id") == "s-c2"
    assert told(sheet) == "Claim 2, 3 of 12"
    outline = sheet.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    assert sheet.evaluate(WITHIN, "s-c2")
    press(sheet, "k ArrowUp")
    assert focused(sheet) == "s-b"
    press(sheet, "k")
    assert focused(sheet) == "s-b"


@pytest.mark.parametrize("size", SIZES)
def test_evidence_is_reached_and_left(sheet: Page, size: str) -> None:
    """Enter goes to the words in their source, n and p to the others, Escape back."""
    width, height = SIZES[size]
    sheet.set_viewport_size({"width": width, "height": height})
    press(sheet, "j Enter")
    first, second = (
        f"e{one.document + 1}-{one.span.start}-{one.span.end}"
        for one in FOUND.bottom_line[0].evidence
    )
    assert focused(sheet) == first
    assert sheet.evaluate(WITHIN, first)
    assert told(sheet) == "Bottom line, 1 of 12 · evidence 1 of 2, source 1"
    press(sheet, "n")
    assert focused(sheet) == second
    assert sheet.evaluate(WITHIN, second)
    assert sheet.locator("#" + second).evaluate("mark => mark.classList.contains('at')")
    assert told(sheet).endswith("evidence 2 of 2, source 2")
    press(sheet, "n")
    assert focused(sheet) == first
    press(sheet, "p")
    assert focused(sheet) == second
    press(sheet, "Escape")
    assert focused(sheet) == "s-b"
    assert sheet.evaluate(WITHIN, "s-b")
    press(sheet, "ArrowRight ArrowLeft j")
    assert focused(sheet) == "s-c1"


def test_the_evidence_follows_beside(sheet: Page) -> None:
    """With room for two pages, the source goes to the words of each statement that is come to."""
    press(sheet, "j j j j j")
    assert focused(sheet) == "s-d1b"
    (one,) = FOUND.contested[0].sides[1].evidence
    assert sheet.evaluate(WITHIN, f"e2-{one.span.start}-{one.span.end}")


def test_marks_lead_back(sheet: Page) -> None:
    """A mark in a source leads to the statement; a click on words shows whose they are."""
    sheet.click("#source-2 .text .chip[href='#s-p1']")
    assert focused(sheet) == "s-p1"
    assert told(sheet).startswith("Position 1")
    sheet.click("#s-d1a .evidence a")
    assert told(sheet).endswith("evidence 1 of 1, source 1")


def test_closed_sources_are_opened(sheet: Page) -> None:
    """A link to a source that is closed opens it."""
    assert not sheet.locator("#source-3 .text").is_visible()
    sheet.click(".digests a[href='#source-3']")
    assert sheet.locator("#source-3 .text").is_visible()


def test_filters_keep_what_is_asked_for(sheet: Page) -> None:
    """Only entries of the state are shown and walked; a link back to a hidden one shows all."""
    sheet.click("[data-show=contested]")
    assert told(sheet) == "2 of 12 shown"
    assert sheet.locator(".entry:visible").count() == 2
    press(sheet, "j j j")
    assert focused(sheet) == "s-d1b"
    sheet.click("#source-2 .text .chip[href='#s-p1']")
    assert focused(sheet) == "s-p1"
    assert sheet.locator(".entry:visible").count() == 12


def test_keys_are_shown_and_can_be_switched_off(sheet: Page) -> None:
    """? shows the keys; without them letters do nothing."""
    press(sheet, "?")
    assert sheet.locator("#keys").is_visible()
    sheet.uncheck("#use-keys")
    press(sheet, "Escape")
    assert not sheet.locator("#keys").is_visible()
    press(sheet, "j")
    assert not focused(sheet).startswith("s-")


def test_links_keep_their_own_enter(sheet: Page) -> None:
    """Enter on a link follows it, wherever the reader stands."""
    press(sheet, "j")
    sheet.focus("#s-c1 .evidence li:last-child a")
    press(sheet, "Enter")
    assert told(sheet).startswith("Claim 1, 2 of 12 · evidence 2 of 2")


def test_it_works_without_a_script(chromium: Browser, tmp_path: Path) -> None:
    """Links and closed sources work by themselves; tools that would do nothing are not shown."""
    path = tmp_path / "proof.html"
    path.write_text(render_proof(FOUND, PRINTED), encoding="utf-8")
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 1400, "height": 900}
    )
    page = context.new_page()
    page.goto(path.as_uri())
    assert not page.locator(".toolbar").is_visible()
    page.click("#s-p1 .evidence a")
    page.wait_for_url(re.compile("#e2-"))
    target = page.locator("mark:target").bounding_box()
    assert target
    assert 0 < target["y"] < 900
    page.click("mark:target ~ .chip[href='#s-p1']")
    page.wait_for_url(re.compile("#s-p1$"))
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(sheet: Page, axe: Axe, size: str, scheme: str) -> None:
    """Accessible at every width, in both schemes, at rest, on evidence and with the keys shown."""
    width, height = SIZES[size]
    sheet.set_viewport_size({"width": width, "height": height})
    sheet.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for summary in ("#source-3 summary", ".legend summary"):
        sheet.click(summary)
    assert axe(sheet) == []
    press(sheet, "j Enter")
    assert axe(sheet) == []
    press(sheet, "?")
    assert axe(sheet) == []


@pytest.mark.parametrize("width", [320, 400, 1000, 1400])
def test_nothing_runs_over_the_side(sheet: Page, width: int) -> None:
    """There is no sideways scrolling, down to 320 px."""
    sheet.set_viewport_size({"width": width, "height": 800})
    assert sheet.evaluate("document.scrollingElement.scrollWidth") <= width


def test_all_of_it_is_printed(sheet: Page) -> None:
    """On paper both halves stand one after the other, in full, without tools."""
    sheet.emulate_media(media="print")
    assert not sheet.locator(".toolbar").is_visible()
    assert sheet.evaluate("getComputedStyle(document.body).overflow") == "visible"
    brief, sources = (sheet.locator(name).bounding_box() for name in ("#brief", "#sources"))
    assert brief
    assert sources
    assert sources["y"] >= brief["y"] + brief["height"] - 1
