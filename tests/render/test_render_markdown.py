"""Markdown: everything of the brief is there, and nothing of a source is markup."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from sample_briefs import DOCUMENTS, bare_brief, full_brief, hostile_brief, sides, with_events

from briefing.brief import Brief, Item, MatrixRow, Stand
from briefing.errors import TemplateError
from briefing.render.markdown import destination, em, escape, markdown_text, render_markdown
from briefing.render.written import one_line
from briefing.templating import TemplateSpec, is_web_address, load
from briefing.verify.rendered import QuotationCheck

if TYPE_CHECKING:
    from pathlib import Path

    from markdown_it.token import Token

PARSERS = (
    MarkdownIt("commonmark").enable("table"),
    MarkdownIt("commonmark", {"html": False}).enable("table"),
    MarkdownIt("gfm-like", {"html": True, "linkify": False}),
    MarkdownIt("js-default", {"typographer": True}).disable(["replacements", "smartquotes"]),
)
PLACES = (
    "{}", "x {}", "- {}", "1. {}", "# {}", "### {}\n\nx", "> {}", "x\n{}", "x\n\n{}\n\nx", "[1] {}",
    "[1]{}\n\n[1]: <https://a.example>", "**x** {}, *y*", "{} (x) [1]", "{}[1]", "a | b\n--- | ---\n{} | x",
    "| a | b |\n| --- | --- |\n| {} | x |", "| a | b |\n| --- | --- |\n| x | y {} |",
    "- x\n- {}\n- y", "x: {}", "* * *\n{}", "({})",
)  # fmt: skip
"""What can stand around a value in a template."""

ANY = "\ue000"
"""Stands for a string that is nothing but text."""

HOSTILE = (
    "# x", "- x", "+ x", "* x", "1. x", "12) x", "===", "---", "***", "___", "```", "~~~ a", "    x",
    "> x", "| a | b |", "|", "\\|", "\\", "x\\", "\\\\|", "`x`", "<b>", "<!-- x -->", "<https://a.example>",
    "[x](https://a.example)", "![x](https://a.example/x.png)", "(https://a.example)", ": https://a.example",
    "[1]: https://a.example", "[1]", "[^1]", "[^1]: x", "&lt;b&gt;", "&#60;b>", "*x*", "_x_", "__x__",
    "~~x~~", "https://a.example/x", "HTTP://a.example", "www.a.example", "ftp://a.example", "x!",
    "!", "$x$", "{{ x }}", "{% x %}", "a\n\n# b", "a\r\n- b", "\t- x", "x  ", ":--", "--|--", "\u2028# x",
    "<script>alert(1)</script>", "a\u0085b", "x\x1b[31m", "=", ".", ")", "1", "<", "&", "&amp", "</td>",
)  # fmt: skip
texts = (
    st.sampled_from(HOSTILE)
    | st.lists(st.sampled_from((*HOSTILE, " ", "\n", "x", "é", "中", "ا")), max_size=6).map(
        "".join
    )
    | st.text("#*_-+=`~<>|\\![](){}&;:/.12 \n\tax“”", max_size=30)
    | st.text(max_size=30)
).filter(lambda text: "@" not in text)
"""An e-mail address is the one thing that some readers make a link of whatever is done."""


@pytest.fixture(scope="module")
def spec() -> TemplateSpec:
    return load("one-page")


def shape(tokens: list[Token]) -> list[str]:
    """The kinds of all nodes but text, in order."""
    found = []
    for token in tokens:
        if token.type == "inline":
            found += shape(token.children or [])
        elif token.type not in ("text", "text_special", "softbreak"):
            found.append(f"{token.type} {token.attrGet('href') or ''}")
    return found


def shown(tokens: list[Token]) -> str:
    """All text, white space folded."""
    pieces = []
    for token in tokens:
        if token.type == "inline":
            pieces.append(f"{shown(token.children or [])} ")
        elif token.type == "softbreak":
            pieces.append(" ")
        else:
            pieces.append(token.content)
    return " ".join("".join(pieces).split())


@settings(max_examples=200)
@given(text=texts, place=st.sampled_from(PLACES))
@example(text="(https://a.example)", place="[1]{}\n\n[1]: <https://a.example>")
@example(text="!", place="{}[1]")
def test_escaped_text_is_text_wherever_it_stands(text: str, place: str) -> None:
    """Any string in any place of a line shows itself, and adds no node to the document."""
    for parser in PARSERS:
        tokens = parser.parse(place.format(escape(text)))
        empty = parser.parse(place.format(ANY))
        if one_line(text).strip():
            assert shape(tokens) == shape(empty)
            assert shown(tokens) == " ".join(shown(empty).replace(ANY, one_line(text)).split())
        else:
            assert "html" not in " ".join(shape(tokens))


@pytest.mark.parametrize("place", PLACES)
def test_known_tricks_are_text(place: str) -> None:
    """What is markup in Markdown is none when escaped."""
    for parser in PARSERS:
        empty = parser.parse(place.format(ANY))
        for text in HOSTILE:
            tokens = parser.parse(place.format(escape(text)))
            wanted = " ".join(shown(empty).replace(ANY, one_line(text)).split())
            assert (text, shown(tokens)) == (text, wanted)
            assert (text, shape(tokens)) == (text, shape(empty))


@settings(max_examples=100)
@given(text=texts)
def test_emphasis_shows_the_text_alone(text: str) -> None:
    """Italics around a string show it without their marks, and nothing for nothing."""
    for parser in PARSERS:
        tokens = parser.parse(f"x, {em(text)}, y")
        assert shown(tokens) == " ".join(f"x, {one_line(text).strip()}, y".split())
        assert ("em_open " in shape(tokens)) == bool(one_line(text).strip())


def hostile_everywhere(text: str) -> Brief:
    """A brief in which every string that can come from a source or a user is `text`."""
    brief = with_events(full_brief())
    line = replace(
        brief.claims[0], lead=text, basis_label=text, hedges=(text,), actor=text, holder=text
    )
    dispute = replace(brief.contested[0], about=text, one=line, other=line)
    source = replace(
        brief.sources[0],
        voice=text,
        title=text + "t",
        publisher=text + "p",
        url=None,
        name=text + "n",
    )
    return replace(
        brief,
        title=text,
        focus=text,
        handling=text,
        claims=(line, replace(line, text=text)),
        contested=(dispute,),
        positions=(line,),
        timeline=(replace(brief.timeline[0], line=line),) * 2,
        unknowns=(text,),
        sources=(source, replace(source, number=2, url=None if is_web_address(text) else text), *brief.sources[2:]),
        notices=(text,),
    )  # fmt: skip


@settings(max_examples=40)
@given(text=texts.filter(lambda text: one_line(text).strip(" ")))
def test_no_text_changes_the_shape_of_a_brief(text: str) -> None:
    """The document has the same nodes, links and headings whatever the strings are."""
    spec = load("one-page")
    written = render_markdown(hostile_everywhere(text), spec)
    harmless = render_markdown(hostile_everywhere("harmless"), spec)
    for parser in PARSERS:
        assert shape(parser.parse(written)) == shape(parser.parse(harmless))


def test_everything_is_printed(spec: TemplateSpec) -> None:
    """Title, dates, statements with leads, both sides, sources and colophon stand in the text."""
    brief = with_events(full_brief())
    text = markdown_text(render_markdown(brief, spec))
    events = [event.line for event in brief.timeline]
    lines = (brief.bottom_line, *brief.summary, *brief.claims, *sides(brief), *brief.positions)
    for line in (*lines, *events):
        assert line is not None
        assert f"{line.lead}: {line.quotation}" in text
        assert line.basis_label in text
        assert all(f"Hedged: {hedge}" in text for hedge in line.hedges)
    for words in (
        brief.title, brief.kicker, brief.handling, brief.status, "22 November 2026",
        "Information up to 20 November 2026", f"Focus: {brief.focus}", *brief.unknowns,
        *brief.notices, "1 April 2026", "February 2027", "2 independent sources", "undated",
        "Left out: 3 claims, 1 position (listed in brief.json).", "reader-small (9d3e01f7c6aa)",
        "One drafted statement could not be verified", "[1] 3f9a1c07be52", "Figures differ",
    ):  # fmt: skip
        assert words in text


def test_quotations_can_be_checked_in_what_is_shown(spec: TemplateSpec) -> None:
    """Every string between double marks in the visible text stands in a source."""
    brief = replace(full_brief(), contested=())
    QuotationCheck(DOCUMENTS).check(markdown_text(render_markdown(brief, spec)), where="brief.md")


def test_marks_lead_to_the_sources(spec: TemplateSpec) -> None:
    """A mark is a link where its source has a web address, and plain text where it has none."""
    written = render_markdown(full_brief(), spec)
    links = [kind.split()[1] for kind in shape(PARSERS[0].parse(written)) if "link_open h" in kind]
    assert {*links} == {source.url for source in full_brief().sources if source.url}
    assert "[3] Ministry of Inland Waters" in markdown_text(written)
    assert not re.search(r"^\[3\]:", written, re.MULTILINE)
    assert "javascript:" not in " ".join(
        shape(PARSERS[0].parse(render_markdown(hostile_brief(), spec)))
    )


def test_bare_brief_has_no_empty_section(spec: TemplateSpec) -> None:
    """Nothing but the bottom line, the sources and the method has a heading."""
    written = render_markdown(bare_brief(), spec)
    assert re.findall(r"^## (.*)", written, re.MULTILINE) == ["Bottom line", "Sources", "Method"]
    assert "No statement of the sources could be quoted" in written
    assert "\n\n\n" not in written
    assert not re.search(r"[ \t]$", written, re.MULTILINE)


def test_fields_say_what_is_printed(spec: TemplateSpec) -> None:
    """The matrix and the items stand in the text of templates that print them."""
    brief = full_brief()
    stand = Stand(brief.positions[0], (), ())
    brief = replace(
        brief,
        issues=("dues | fares", "dredging"),
        matrix=(MatrixRow("Tarn Valley Ferry Users", (stand, None)),),
        items=(Item("item-1", "Higher dues", "Mira Hollin", None, (1,), brief.claims[:1]),),
    )
    assert "Who stands where" not in render_markdown(brief, spec)
    wide = replace(spec, fields=(*spec.fields, "matrix", "issues", "items"))
    written = render_markdown(brief, wide)
    tokens = PARSERS[0].parse(written)
    assert sum(token.type == "table_open" for token in tokens) == 2
    assert sum(token.type == "th_open" for token in tokens) == 5 + 3
    assert "dues | fares" in markdown_text(written)
    assert "### Higher dues" in written
    narrow = replace(spec, fields=("title", "sources"))
    assert "## Key claims" not in render_markdown(full_brief(), narrow)


def test_a_template_brings_its_own(spec: TemplateSpec, tmp_path: Path) -> None:
    """A `brief.md.j2` of the folder goes before the shared one and may use its parts."""
    (tmp_path / "brief.md.j2").write_text(
        '{% import "shared/prose.j2" as prose with context %}'
        "{% macro twice(x) %}**{{ x }}** {{ x }}{% endmacro %}"
        "{{ twice(brief.title) }} {{ prose.statement(brief.claims[0]) }} {{ options|length }}"
        '{{ twice(brief.title) ~ "" }} {% trans n=brief.title %}of {{ n }}{% endtrans %}'
    )
    brief = replace(full_brief(), title="a*b")
    own = replace(spec, folder=tmp_path, folders=(tmp_path,))
    written = render_markdown(brief, own)
    assert written.startswith("**a\\*b** a\\*b Odo Brandt, as quoted by Mira Hollin: “Without")
    # What is put together from safe text is made safe again: ugly, never dangerous.
    assert "\\*\\*a&#92;\\*b\\*\\*" in written
    assert written.endswith("of a\\*b\n")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("{{ brief.nothing }}", "brief.md.j2:1.*nothing"),
        ("\n{{ nothing }}", "brief.md.j2:2.*nothing"),
        ("{% if %}", "brief.md.j2:1"),
        ("{{ brief.__class__.__mro__ }}", "unsafe"),
        ('{% include "../../pyproject.toml" %}', "pyproject"),
    ],
)
def test_a_failing_template_says_where(
    spec: TemplateSpec, tmp_path: Path, source: str, message: str
) -> None:
    """The error names file and line."""
    (tmp_path / "brief.md.j2").write_text(source)
    with pytest.raises(TemplateError, match=message):
        render_markdown(full_brief(), replace(spec, folder=tmp_path, folders=(tmp_path,)))


def test_destinations_are_web_addresses() -> None:
    """What is not percent-encoded in an address is, and anything else is no link."""
    assert (
        destination('https://a.example/a b?<x>|\\`"')
        == "https://a.example/a%20b?%3Cx%3E%7C%5C%60%22"
    )
    assert destination("https://a.example/é/%20") == "https://a.example/%C3%A9/%20"
    for odd in ("javascript:alert(1)", "data:text/html,x", "seeds/x.txt", "", "https:///x"):
        assert destination(odd) == ""


def test_labels_follow_the_language(spec: TemplateSpec) -> None:
    """Headings and dates are those of the brief's language."""
    written = render_markdown(replace(full_brief(), language="de"), spec)
    assert "22. November 2026" in markdown_text(written)
    assert "## Key claims" not in written
