"""The HTML of every shipped template, looked at by an accessibility checker in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.codec import load_findings
from briefing.inspection.fixtures import ORDINARY, fixtures
from briefing.paths import shipped
from briefing.publishing import Edition, Printer
from briefing.templating import CONTRACT
from briefing.templating.scaffold import STARTER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from briefing.findings import Findings

    Axe = Callable[[Page], list[str]]

FOLDERS = (
    *sorted(contract.parent for contract in shipped("templates").glob(f"*/{CONTRACT}")),
    STARTER,
)


def html(folder: Path, findings: Findings) -> str:
    """The HTML file of a template."""
    publication = Printer(Edition(template=str(folder))).publish(findings, ("html",))
    return publication.files["brief.html"].decode()


def example(folder: Path) -> Findings:
    path = folder / "example.json"
    return load_findings(path.read_bytes(), where=str(path))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_example_is_accessible(page: Page, axe: Axe, tmp_path: Path, folder: Path) -> None:
    """axe-core objects to nothing in a wide, light window."""
    show(page, tmp_path, html(folder, example(folder)))
    assert axe(page) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_section_is_accessible(page: Page, axe: Axe, tmp_path: Path, folder: Path) -> None:
    """axe-core objects to nothing on a phone, in the dark, where every section has something."""
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 740})
    rich = next(each.findings for each in fixtures() if each.name == ORDINARY)
    show(page, tmp_path, html(folder, rich))
    assert axe(page) == []


def show(page: Page, folder: Path, text: str) -> None:
    file = folder / "brief.html"
    file.write_text(text, encoding="utf-8")
    page.goto(file.as_uri())
