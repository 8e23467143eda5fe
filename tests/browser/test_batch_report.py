"""The report of a batch in a browser: sorted, read without a script, printed, looked at by axe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_ran import RAN

from briefing.batch.report import render_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Axe = Callable[[Page], list[str]]

PLAN = ["ferry-fares", "lamps", "gulls", "tides", "piers", "cranes", "weekly-board"]
NAMES = (
    "[...document.querySelectorAll('#plan tbody th')].map(e => e.firstChild.textContent.trim())"
)


@pytest.fixture
def report(page: Page, tmp_path: Path) -> Page:
    """The sample's report, opened from a file."""
    path = tmp_path / "report.html"
    path.write_text(render_report(RAN), encoding="utf-8")
    page.goto(path.as_uri())
    return page


def names(page: Page) -> list[str]:
    """The rows of the plan, as they stand."""
    found: list[str] = page.evaluate(NAMES)
    return found


def test_columns_are_sorted(report: Page) -> None:
    """Numbers from the largest, names from the first; the third click brings back the plan."""
    assert names(report) == PLAN
    report.get_by_role("button", name="Cut").click()
    assert names(report)[:2] == ["weekly-board", "ferry-fares"]
    assert report.get_attribute("#plan th[aria-sort]", "aria-sort") == "descending"
    assert report.text_content("#sorted") == "Sorted by cut, descending."
    report.get_by_role("button", name="Name").click()
    assert names(report) == sorted(PLAN)
    assert report.locator("th[aria-sort]").count() == 1
    report.get_by_role("button", name="Name").click()
    assert names(report) == sorted(PLAN, reverse=True)
    report.get_by_role("button", name="Name").click()
    assert names(report) == PLAN


def test_columns_are_sorted_by_keyboard(report: Page) -> None:
    """The heads are buttons."""
    report.get_by_role("button", name="Time").focus()
    report.keyboard.press("Enter")
    assert names(report)[0] == "tides"


def test_it_works_without_a_script(chromium: Browser, tmp_path: Path) -> None:
    """All is there in the order of the plan, and links lead to rows."""
    path = tmp_path / "report.html"
    path.write_text(render_report(RAN), encoding="utf-8")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("#plan tbody tr").count() == len(PLAN)
    assert page.locator("#plan button").count() == 0
    page.click(".failure a >> nth=0")
    assert page.url.endswith("#brief-gulls")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 800, 1400])
def test_axe_finds_nothing(report: Page, axe: Axe, width: int, scheme: str) -> None:
    """Accessible at every width, in both schemes, as it is and sorted."""
    report.set_viewport_size({"width": width, "height": 900})
    report.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert axe(report) == []
    report.get_by_role("button", name="Refused").click()
    assert axe(report) == []


@pytest.mark.parametrize("width", [320, 800, 1400])
def test_only_the_table_is_scrolled(report: Page, width: int) -> None:
    """The page does not run over the side."""
    report.set_viewport_size({"width": width, "height": 800})
    assert report.evaluate("document.scrollingElement.scrollWidth") <= width


def test_it_is_printed_in_full(report: Page) -> None:
    """On paper the table is not cut off."""
    report.emulate_media(media="print")
    assert (
        report.evaluate("getComputedStyle(document.querySelector('.scroll')).overflow")
        == "visible"
    )
