"""Every element knows the line of the template that wrote it."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from briefing.brief import Limits
from briefing.compose import compose
from briefing.errors import TemplateError
from briefing.inspection import fixtures
from briefing.paths import shipped
from briefing.templating import environment, load, names
from briefing.templating.traced import render_traced, traced

if TYPE_CHECKING:
    from pathlib import Path


def marked(source: str) -> str:
    """`source` with marks of a file `f`."""
    spec = load("one-page")
    return traced(source, environment(spec.folders, "en"), file="f")


@pytest.mark.parametrize("name", names())
def test_marks_move_no_line_and_change_nothing_else(name: str) -> None:
    """Without the marks the source is as it was, and each mark names its own line."""
    spec = load(name)
    for path in sorted(spec.folder.rglob("*.j2")):
        source = path.read_text(encoding="utf-8")
        made = traced(source, environment(spec.folders, "en"), file="f")
        assert re.sub(r' data-at="f:\d+"', "", made) == source
        for number, line in enumerate(made.split("\n"), start=1):
            assert set(re.findall(r'data-at="f:(\d+)"', line)) <= {str(number)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>a</p>\n<b>c</b>", '<p data-at="f:1">a</p>\n<b data-at="f:2">c</b>'),
        (
            "<p{% if x %} class='a'{% endif %}>",
            "<p data-at=\"f:1\"{% if x %} class='a'{% endif %}>",
        ),
        ("<a title='<b>'>{{ '<i>' }}", "<a data-at=\"f:1\" title='<b>'>{{ '<i>' }}"),
        ("<!-- <b> -->{# <b> #}<i>", '<!-- <b> -->{# <b> #}<i data-at="f:1">'),
        ("<style>a<b</style><i>", '<style data-at="f:1">a<b</style><i data-at="f:1">'),
        ("{% raw %}<b>{{{% endraw %}", '{% raw %}<b data-at="f:1">{{{% endraw %}'),
        ("{% trans %}<b>x</b>{% endtrans %}", "{% trans %}<b>x</b>{% endtrans %}"),
        ("x  \n{%- if y -%}  \n<b>", 'x  \n{%- if y -%}  \n<b data-at="f:3">'),
        (
            "<p class='{% if x %}a'>{% else %}b'>{% endif %}<b>",
            '<p data-at="f:1" class=\'{% if x %}a\'>{% else %}b\'>{% endif %}<b data-at="f:1">',
        ),
        ("a < b <= 3", "a < b <= 3"),
    ],
)
def test_only_start_tags_are_marked(source: str, expected: str) -> None:
    """Attributes, comments, raw elements, expressions and messages stay as they are."""
    assert marked(source) == expected


def test_imported_macros_keep_their_own_file() -> None:
    """What a shared file prints is marked with that file."""
    spec = load("one-page")
    brief = compose(fixtures()[0].findings, Limits())
    html = render_traced(spec, brief, page="A4")
    assert "brief.html.j2:" in html
    assert "shared/statements.html.j2:" in html


def test_errors_keep_their_line(tmp_path: Path) -> None:
    """An error of Jinja is told at the line that the author sees."""
    folder = shutil.copytree(shipped("templates") / "one-page", tmp_path / "mine")
    path = folder / "brief.html.j2"
    path.write_text("<p>\n<b><i>\n{{ brief.nothing }}</p>")
    brief = compose(fixtures()[0].findings, Limits())
    with pytest.raises(TemplateError, match=r"brief\.html\.j2:3:"):
        render_traced(load(str(folder)), brief, page="A4")
