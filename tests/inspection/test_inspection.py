"""Templates put to the test: the shipped ones pass, and each mistake is told with file and line."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from briefing.inspection import Problem, check, fixtures, inspect
from briefing.paths import shipped
from briefing.templating import load, names

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FIXTURES = {each.name: each for each in fixtures()}
HTML = "undated"
"""A fixture that is printed and neither styled nor laid out."""

ITEM = '<p class="statement">{{ statement(brief.bottom_line) }}</p>'
STATUS = '<p class="status">{{ brief.status|unquoted }}</p>'
HEADING = '<h2 id="heading-summary">'
END = '<div id="brief-end"></div>'
DATELINE = ".dateline { color: var(--soft)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped template that a test may spoil."""
    return shutil.copytree(shipped("templates") / "one-page", tmp_path / "mine")


def spoil(folder: Path, name: str, old: str, new: str) -> int:
    """Put `new` in the place of the first `old`; the line of `»`, which is taken out, or of `new`."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    at = text.index("»") if "»" in new else text.index(new)
    path.write_text(text.replace("»", "", 1) if "»" in new else text, encoding="utf-8")
    return text.count("\n", 0, at) + 1


def found(folder: Path, *named: str) -> tuple[Problem, ...]:
    """What is wrong with a template in some fixtures."""
    return inspect(load(str(folder)), fixtures=[FIXTURES[name] for name in named])


def places(problems: tuple[Problem, ...], kind: str) -> list[tuple[str, int]]:
    """File names and lines of the problems of one kind."""
    return [(each.file.name, each.line) for each in problems if each.kind == kind]


@pytest.mark.parametrize("name", names())
def test_shipped_templates_have_no_errors(name: str) -> None:
    """What ships passes every check in every fixture and language; no style of it is ignored."""
    problems = check(name)
    assert [each for each in problems if each.severity == "error" or each.kind == "ignored"] == []


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        pytest.param(
            "{{ quote(line) }}</td>", "»<em>{{ line.quotation }}</em></td>", "", id="a change"
        ),
        pytest.param(
            ITEM, '»<p class="statement">{{ quote(brief.bottom_line) }}</p>', "holder", id="holder"
        ),
        pytest.param(
            '<td role="cell" class="grounds">{{ basis(line) }}', '<td role="cell">', "basis",
            id="basis",
        ),
        pytest.param(
            '<td role="cell" class="source">{{ marks(line) }}', '<td role="cell">', "sources",
            id="sources",
        ),
        pytest.param('<tr role="row" id="{{ line.id }}">', '<tr role="row">', "id", id="no id"),
        pytest.param(
            "{{ quote(line) }}</td>", "»{{ line.quotation|string|unquoted }}</td>", "raw", id="raw"
        ),
        pytest.param(STATUS, '»<img src="https://a.example/b.png" alt="">', "remote", id="remote"),
        pytest.param(
            STATUS, "»<p style=\"background: url('//a.example/b')\">x</p>", "remote", id="inline"
        ),
        pytest.param(STATUS, "»<script>1</script>", "script", id="script"),
        pytest.param(STATUS, '»<p onclick="x()">x</p>', "script", id="handler"),
        pytest.param(STATUS, '»<p style="line-clamp: 2">x</p>', "clipped", id="clamp"),
        pytest.param(STATUS, "»<p>{{ brief.staus }}</p>", "field", id="misspelt field"),
        pytest.param(STATUS, "»<p>{{ brie.status }}</p>", "name", id="misspelt name"),
        pytest.param(
            "{{ dispute.about|unquoted }}", "»{{ dispute.abuot|unquoted }}", "field", id="in a loop"
        ),
        pytest.param(STATUS, "»<p>{{ options.colour }}</p>", "options", id="no such option"),
        pytest.param(STATUS, "»<p>{{ brief.coverage|length }}</p>", "fields", id="undeclared"),
        pytest.param(STATUS, "»<h4>x</h4>", "headings", id="level"),
        pytest.param(END, "»<h1>x</h1>" + END, "headings", id="second h1"),
        pytest.param(STATUS, "»<table><tr><td>x</td></tr></table>", "table", id="no header"),
        pytest.param(STATUS, "»<table><tr><th>x</th></tr></table>", "table", id="no scope"),
        pytest.param(STATUS, "»<ul><p>x</p></ul>", "list", id="list"),
        pytest.param(STATUS, '»<img src="{{ asset(\'preview.png\') }}">', "picture", id="no alt"),
        pytest.param(STATUS, '»<a href="#title"></a>', "link", id="empty link"),
        pytest.param(END, '»<p id="title">x</p>' + END, "id", id="id twice"),
        pytest.param(STATUS, '»<a href="#nowhere">x</a>', "id", id="dead link"),
        pytest.param(END, END + "»<p>More.</p>", "end", id="text after the end"),
    ],
)  # fmt: skip
def test_mistakes_in_a_page_are_told_with_their_line(
    folder: Path, old: str, new: str, kind: str
) -> None:
    """Each mistake is found where the template makes it."""
    line = spoil(folder, "brief.html.j2", old, new)
    problems = found(folder, HTML)
    wrong = [each for each in problems if each.severity == "error"]
    if not kind:
        assert wrong == []
        return
    file, at = places(problems, kind)[0]
    assert file == "brief.html.j2"
    if "»" in new and kind != "end":
        assert at == line
    assert {each.kind for each in wrong} <= {kind, "failure", "headings"} | (
        {"holder"} if kind == "raw" else set()
    )


def test_a_removed_holder_in_a_shared_macro_is_told_where_it_is_printed(folder: Path) -> None:
    """A row without its holder is blamed, not the macro that other rows share."""
    path = folder / "brief.html.j2"
    row = re.compile(r'<tr role="row" id="{{ line.id }}">.*?</tr>', re.DOTALL)
    bare = (
        '<tr id="{{ line.id }}"><th scope="row">x</th>\n<td>{{ quote(line) }}</td>'
        "<td>{{ basis(line) }}{{ hedges(line) }}{{ marks(line) }}</td></tr>"
    )
    text = row.sub(lambda _: bare, path.read_text(), count=1)
    path.write_text(text)
    line = text.count("\n", 0, text.index("<td>{{ quote(line) }}</td><td>")) + 1
    assert places(found(folder, HTML), "holder") == [("brief.html.j2", line)]


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        ("»<p>{{ brief.status|safe }}</p>", "failure"),
        ('»<p style="width: {{ brief.title }}">x</p>', "failure"),
        ("»<p class={{ brief.title }}>x</p>", "failure"),
        ("»{% autoescape false %}x{% endautoescape %}", "failure"),
        ("»{% if %}", "failure"),
    ],
)
def test_what_cannot_be_loaded_is_a_problem_with_its_line(
    folder: Path, new: str, kind: str
) -> None:
    """Escaping that is off or does not hold stops a template, and the check says where."""
    line = spoil(folder, "brief.html.j2", STATUS, new)
    (problem,) = check(str(folder))
    assert (problem.kind, problem.file.name, problem.line) == (kind, "brief.html.j2", line)


def test_a_filter_that_switches_escaping_off_is_found_after_loading(folder: Path) -> None:
    """A template that changes once it is loaded is looked at again."""
    spec = load(str(folder))
    line = spoil(folder, "brief.html.j2", STATUS, "»<p>{{ brief.status|safe }}</p>")
    assert places(inspect(spec, fixtures=()), "escape") == [("brief.html.j2", line)]


@pytest.mark.parametrize(
    ("file", "old", "new", "kind"),
    [
        ("print.css", DATELINE, "».dateline { color: #aaa", "contrast"),
        ("screen.css", DATELINE, "».dateline { color: #aaa", "contrast"),
        ("print.css", "  --soft: #4b5259;", "»  --soft: #9b9b9b;", "contrast"),
        ("screen.css", "    --soft: #b3bcc3;", "»    --soft: #5b5b5b;", "contrast"),
        ("print.css", ".bottom-line { background: var(--tint)",
         "».bottom-line { background: #234", "contrast"),
        ("print.css", DATELINE, "».mark { font-size: 7pt } .dateline { color: #000", "type"),
        ("print.css", DATELINE, "».basis.reported { display: none } .dateline { color: #000",
         "hidden"),
        ("screen.css", DATELINE, "».lead { visibility: hidden } .dateline { color: #000",
         "hidden"),
    ],
)  # fmt: skip
def test_mistakes_in_styles_are_told_with_their_line(
    folder: Path, file: str, old: str, new: str, kind: str
) -> None:
    """A colour, size or rule that hides is told at its declaration."""
    line = spoil(folder, file, old, new)
    assert (file, line) in places(found(folder, "ordinary"), kind)


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        ("».x { text-overflow: ellipsis }", "clipped"),
        ("».x { -webkit-line-clamp: 2 }", "clipped"),
        ("».x { hyphens: auto }", "hyphens"),
        ("».x { background: url(https://a.example/b.png) }", "remote"),
        ("»@import 'other.css';", "remote"),
        ("»@font-face { font-family: x; src: url(//a.example/x.woff2) }", "remote"),
        ("»@media print { .x { max-lines: 3 } }", "clipped"),
    ],
)
@pytest.mark.parametrize("file", ["print.css", "screen.css"])
def test_rules_that_no_style_sheet_has(folder: Path, file: str, new: str, kind: str) -> None:
    """What drops text, breaks words or fetches is told without a page."""
    path = folder / file
    path.write_text(path.read_text() + "\n" + new.replace("»", "") + "\n")
    line = path.read_text().count("\n")
    assert places(found(folder), kind) == [(file, line)]


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("p { colour: red }", "`colour: red`, unknown property"),
        ("p { margin: 0; color: reed }", "`color: reed`, invalid value"),
        ("@page { sise: A5 }", "`sise: A5`, unknown property"),
        ("@media print { p { margin: 2 qq } }", "`margin: 2 qq`, invalid value"),
        ("p { & b { colour: red } }", "`colour: red`, unknown property"),
        ("p { color red; margin: 0 }", "Error: "),
        ("q::elsewhere { color: red }", "q::elsewhere"),
        ("@nowhere x { p { color: red } }", "Unknown rule"),
    ],
)
def test_styles_that_the_pdf_is_made_without_are_warnings(
    folder: Path, new: str, told: str
) -> None:
    """A browser's sheet is for browsers; that for paper has WeasyPrint alone to read it."""
    path = folder / "print.css"
    path.write_text(f"{path.read_text()}\n{new}\n")
    (folder / "screen.css").write_text(f"{(folder / 'screen.css').read_text()}\n{new}\n")
    (problem,) = found(folder)
    assert (problem.kind, problem.severity, problem.file.name) == (
        "ignored",
        "warning",
        "print.css",
    )
    assert problem.line == path.read_text().count("\n")
    assert told in problem.message
    assert re.search(r" at \d", problem.message) is None


@pytest.mark.parametrize(
    ("spoilt", "told", "at"),
    [
        (lambda data: data + b"x", "is not a brief.json: JSON is malformed", -1),
        (lambda data: data.replace(b'"title":', b'"title"', 1), "JSON is malformed", 0),
        (lambda data: data.replace(b'"title":', b'"titel":', 1), "$.titel is no part", 1),
        (lambda _: b"", "is not a brief.json", 1),
        (lambda _: b"\xff", "is not a brief.json", 1),
        (lambda data: data.replace(b'"asserted"', b'"guessed"', 1), "guessed", 1),
    ],
)
def test_a_broken_example_is_an_error(
    folder: Path, spoilt: Callable[[bytes], bytes], told: str, at: int
) -> None:
    """It is decoded as a preview does, and told with its line where that is known."""
    path = folder / "example.json"
    whole = path.read_bytes()
    path.write_bytes(spoilt(whole))
    (problem,) = found(folder)
    assert (problem.kind, problem.severity) == ("example", "error")
    assert problem.file.name == "example.json"
    assert told in problem.message
    title = whole[: whole.index(b'"title":')].count(b"\n") + 1
    assert problem.line == {-1: whole.count(b"\n") + 1, 0: title}.get(at, at)


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        ('»<p style="position: absolute; top: -40mm">lost</p>', "overflow"),
        ('»<p style="position: absolute; right: -30mm">lost</p>', "overflow"),
        ('»<p style="position: absolute; top: 40mm; left: 10mm">Over other words</p>', "overlap"),
        ('»<div style="height: 3mm; overflow: hidden">one<br>two<br>three</div>', "clipped"),
        ('»<div style="width: 5mm; overflow-wrap: normal">disproportionately</div>', "overflow"),
        ('»<p style="max-lines: 1; width: 20mm">one two three four five six</p>', "clipped"),
    ],
)
def test_misplaced_text_is_told_with_its_line(folder: Path, new: str, kind: str) -> None:
    """Text beyond the page, over other text or cut off is told where it is written."""
    line = spoil(
        folder, "brief.html.j2", '<header class="masthead">', '<header class="masthead">\n' + new
    )
    assert ("brief.html.j2", line) in places(found(folder, "ordinary"), kind)


def test_a_budget_that_cannot_be_kept_is_told_at_the_contract(folder: Path) -> None:
    """What is never left out has to fit."""
    line = spoil(folder, "template.toml", "pages = 1", "»pages = 1")
    spoil(folder, "print.css", "padding-top: 1.6mm", "padding-top: 270mm")
    assert ("template.toml", line) in places(found(folder, "crowded"), "budget")


def test_words_of_sources_never_become_markup(folder: Path) -> None:
    """An address that runs something is told where it is linked."""
    line = spoil(
        folder, "brief.html.j2", END, "»<a href=\"{{ brief.sources[0].url or '' }}\">x</a>" + END
    )
    problems = found(folder, "hostile", "harmless")
    assert places(problems, "address") == [("brief.html.j2", line)]


def test_unused_declarations_are_warnings(folder: Path) -> None:
    """A field or option that is declared and never used is no error."""
    line = spoil(folder, "template.toml", "fields = [", '»fields = [ "coverage",')
    path = folder / "template.toml"
    path.write_text(
        path.read_text() + '\n[options.tone]\ntype = "boolean"\ndefault = true\nhelp = "x"\n'
    )
    problems = found(folder)
    assert {each.severity for each in problems} == {"warning"}
    assert places(problems, "fields") == [("template.toml", line)]
    assert places(problems, "options")[0][0] == "template.toml"


def test_scripts_without_a_font_are_warnings_that_name_the_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Content in a script that is not installed is no fault of the template."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    problems = inspect(load("one-page"), fixtures=[FIXTURES["other-scripts"]])
    assert {each.severity for each in problems} == {"warning"}
    assert any("fonts-noto-cjk" in each.message for each in problems)


def test_problems_are_the_same_each_time(folder: Path) -> None:
    """Order and wording do not depend on the run."""
    spoil(folder, "brief.html.j2", STATUS, '<h4>x</h4><p id="title">y</p>')
    assert found(folder, HTML, "reworded") == found(folder, HTML, "reworded")
