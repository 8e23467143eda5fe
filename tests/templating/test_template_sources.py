"""What a template's own text may not do, told with its line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from briefing.errors import TemplateError
from briefing.keys import lines_of, nearest
from briefing.paths import shipped
from briefing.templating import load

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (
            "<style>\np { color: {{ brief.title }} }</style>",
            "2: a value stands in a style element",
        ),
        ('<p\nstyle="color: {{ brief.title }}">', "2: a value stands in a style attribute"),
        ("<script>\nlet a = {{ brief.title }}</script>", "2: a value stands in a script"),
        ("\n<p class={{ brief.title }}>", "2: the value of class has no quotation marks"),
        ("\n<p {{ brief.title }}>", "2: a value stands in a tag"),
        ("\n<p onclick='x({{ brief.title }})'>", "2: a value stands in onclick"),
        ("{% for a in brief.claims %}\n<p style='{{ a }}'>{% endfor %}", "2: a value stands"),
        ("<STYLE>\n{{ brief.title }}</STYLE>", "2: a value stands in a style element"),
    ],
)
def test_values_stand_only_where_escaping_holds(tmp_path: Path, source: str, problem: str) -> None:
    """In styles, scripts, tags and bare attributes a value is refused when the template loads."""
    folder = shutil.copytree(shipped("templates") / "one-page", tmp_path / "mine")
    (folder / "brief.html.j2").write_text(source)
    with pytest.raises(TemplateError, match=rf"brief\.html\.j2:{problem}"):
        load(str(folder))


@pytest.mark.parametrize(
    "source",
    [
        "<style>{{ styles }}</style>{{ brief.title }}",
        "<p class=\"a {{ 'b' }}\" id='c-{{ page }}'>{{ brief.title }}</p>",
        "<!-- <style> -->{{ brief.title }}",
        "<p data-a='>'>{{ brief.title }}</p>",
        "1 < 2 {{ brief.title }}",
        "<style>p { }</style><p>{{ brief.title }}",
        '<a {% if brief.title %}class="{{ page }}"{% endif %}>{{ brief.title }}</a>',
    ],
)
def test_values_in_text_and_attributes_are_fine(tmp_path: Path, source: str) -> None:
    """Where escaping holds, nothing is refused."""
    folder = shutil.copytree(shipped("templates") / "one-page", tmp_path / "mine")
    (folder / "brief.html.j2").write_text(source)
    assert load(str(folder)).name == "mine"


def test_lines_of_keys() -> None:
    """Tables, dotted and quoted keys are found; text in strings of several lines is not."""
    text = 'a = 1\n[b]\nc = """\nd = 2\n"""\n"e" = 3\nf.g = 4\n[[h]]\ni = [\n 1,\n]\n[[h]]\n[h.j]\nk = 1\n'
    lines = lines_of(text)
    assert dict(lines) == {
        "a": 1, "b": 2, "b.c": 3, "b.e": 6, "b.f.g": 7, "h[0]": 8,
        "h[0].i": 9, "h[1]": 12, "h[1].j": 13, "h[1].j.k": 14,
    }  # fmt: skip
    assert nearest(lines, "b.c.x.y") == 3
    assert nearest(lines, "nothing.here") == 1
