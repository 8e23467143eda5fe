"""A browser for the tests that need one, and what an accessibility checker finds in its pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """rules => axe.run({runOnly: {type: "tag", values: rules}, iframes: false})"""

Axe = Callable[["Page"], list[str]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests here may ask servers on this machine."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1"]))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a module; skips where there is none, unless CI should have installed it.

    Playwright keeps an event loop in this thread, which tests that run their own cannot bear: it
    must be gone before theirs begin.
    """
    path = shutil.which("chromium")
    if path is None:
        message = "no Chromium: run .ci/system-packages browser python3"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty tab of a profile of its own; an error on its console fails the test."""
    context = chromium.new_context(viewport={"width": 1500, "height": 950})
    context.set_default_timeout(20_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def axe() -> Axe:
    """What axe-core objects to in a page: rule, element, and why."""

    def violations(page: Page) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = page.evaluate(RUN, RULES)
        return [
            f"{rule['id']}: {node['html'][:200]}: {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    return violations
