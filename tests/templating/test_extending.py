"""A template that extends another, its options, and its budget of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.codec import load_findings
from briefing.errors import SettingsError, TemplateError
from briefing.paths import shipped
from briefing.publishing import Edition, Printer
from briefing.render.text import html_text
from briefing.templating import load

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.findings import Findings

CONTRACT = """title = "House style"
description = "One page in our colours."
extends = "one-page"

[limits]
claims = 2

[options.motto]
type = "string"
default = "Fair winds"
help = "Stands below the title."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A template that takes all but a few things from the shipped one."""
    mine = tmp_path / "house"
    mine.mkdir()
    (mine / "template.toml").write_text(CONTRACT)
    return mine


@pytest.fixture(scope="module")
def findings() -> Findings:
    """Findings of three sources."""
    path = shipped("templates") / "one-page" / "example.json"
    return load_findings(path.read_bytes(), where="example.json")


def test_what_is_not_said_is_taken_over(folder: Path) -> None:
    """Keys, tables and files come from the extended template where the own one has none."""
    spec, base = load(str(folder)), load("one-page")
    assert (spec.title, spec.limits.claims) == ("House style", 2)
    assert spec.limits.positions == base.limits.positions
    assert spec.fields == base.fields
    assert spec.folders == (folder, base.folder)
    assert spec.file("brief.html.j2") == base.folder / "brief.html.j2"


def test_own_styles_come_last(folder: Path, findings: Findings) -> None:
    """A style sheet adds to that of the extended template, for print and for the screen."""
    for sheet in ("print.css", "screen.css"):
        (folder / sheet).write_text("h1 { color: #123456 }")
    spec = load(str(folder))
    assert [path.parent.name for path in spec.styles("print.css")] == ["one-page", "house"]
    publication = Printer(Edition(str(folder))).publish(findings, ("pdf", "html"))
    html = publication.files["brief.html"].decode()
    assert html.index("h1 { color: #123456 }") > html.index(".masthead")


def test_a_page_extends_a_page(folder: Path, findings: Findings) -> None:
    """Blocks of the extended page can be filled anew; options are given by the user."""
    (folder / "brief.html.j2").write_text(
        '{% extends "one-page/brief.html.j2" %}'
        "{% block after_title %}<p>{{ options.motto }}</p>{% endblock %}"
    )
    for chosen, motto in (((), "Fair winds"), ((("motto", "Slow tide"),), "Slow tide")):
        printer = Printer(Edition(str(folder), options=chosen))
        assert motto in html_text(
            printer.publish(findings, ("html",)).files["brief.html"].decode()
        )


def test_unknown_option_and_wrong_default(folder: Path) -> None:
    """An option that the template lacks is refused; so is a default that does not fit."""
    with pytest.raises(SettingsError, match="has no option `moto`"):
        Printer(Edition(str(folder), options=(("moto", "x"),)))
    path = folder / "template.toml"
    path.write_text(CONTRACT.replace('"Fair winds"', "7"))
    with pytest.raises(TemplateError, match=r"template\.toml:10: options\.motto\.default: .*text"):
        load(str(folder))
    path.write_text(CONTRACT.replace('"string"', '"choice"'))
    with pytest.raises(TemplateError, match=r"template\.toml:8: options\.motto\.choices: "):
        load(str(folder))


def test_a_circle_is_refused(folder: Path) -> None:
    """Two templates that extend each other are told of instead of followed for ever."""
    (folder / "template.toml").write_text('extends = "./../other"')
    other = folder.parent / "other"
    other.mkdir()
    (other / "template.toml").write_text('extends = "./../house"')
    with pytest.raises(TemplateError, match="in a circle"):
        load(str(folder))


@pytest.mark.parametrize("name", ["quite-unknown", "./nowhere"])
def test_what_it_extends_must_be_there(folder: Path, name: str) -> None:
    """It is told with file and line as the template's own fault, not that of who named it."""
    path = folder / "template.toml"
    path.write_text(CONTRACT.replace('"one-page"', f'"{name}"'))
    with pytest.raises(
        TemplateError, match=rf"template\.toml:\d+: extends: .*{name[2:]}"
    ) as caught:
        load(str(folder))
    assert caught.value.exit_code == 1


def test_a_budget_of_words_is_kept(folder: Path, findings: Findings) -> None:
    """Without pages, too, items are left out until a page has few enough words."""
    full = Printer(Edition("one-page")).publish(findings, ("html",))
    (folder / "template.toml").write_text(CONTRACT + "\n[page]\nwords = 330\n")
    short = Printer(Edition(str(folder))).publish(findings, ("html",))
    words = [len(html_text(each.files["brief.html"].decode()).split()) for each in (full, short)]
    assert words[1] <= 330 < words[0]
    assert short.brief.bottom_line
    assert any(cut.section == "claims" for cut in short.brief.cut)


def test_a_budget_that_is_too_small_says_so(folder: Path, findings: Findings) -> None:
    """Title, bottom line and sources are never left out."""
    (folder / "template.toml").write_text(CONTRACT + "\n[page]\nwords = 20\n")
    with pytest.raises(TemplateError, match="more than 20 words"):
        Printer(Edition(str(folder))).publish(findings, ("html",))
