"""Plain text: everything is there, in lines that a terminal shows."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from sample_briefs import DOCUMENTS, bare_brief, full_brief, hostile_brief, sides, with_events

from briefing.render.markdown import render_markdown
from briefing.render.plain import COLUMNS, clean, render_text, wrapped
from briefing.templating import TemplateSpec, load
from briefing.verify.rendered import QuotationCheck


@pytest.fixture(scope="module")
def spec() -> TemplateSpec:
    return load("one-page")


def test_everything_is_printed(spec: TemplateSpec) -> None:
    """Statements with leads and bases, dates, sources with addresses and the colophon are there."""
    brief = with_events(full_brief())
    text = " ".join(render_text(brief, spec).split())
    events = [event.line for event in brief.timeline]
    lines = (brief.bottom_line, *brief.summary, *brief.claims, *sides(brief), *brief.positions)
    for line in (*lines, *events):
        assert line is not None
        assert f"{line.lead}: {line.quotation}" in text
        assert all(f"Hedged: {hedge}" in text for hedge in line.hedges)
    for words in (
        brief.title, brief.kicker, brief.handling, brief.status, "22 November 2026", *brief.notices,
        "Information up to 20 November 2026", f"Focus: {brief.focus}", *brief.unknowns,
        "Left out: 3 claims, 1 position (listed in brief.json).", "(own words · 2 independent sources)",
        "[1] Mira Hollin, Higher dues from spring, Ellmouth Courier, 14 November 2026. https://courier",
        "https://courier.example/ports/higher-dues-from-spring", "reader-small (9d3e01f7c6aa)",
    ):  # fmt: skip
        assert words in text
    for position in brief.positions:
        assert position.stance_label in text


@pytest.mark.parametrize(
    ("unsubscribe", "told"),
    [
        ("https://ports.example/leave", "Unsubscribe: https://ports.example/leave"),
        ("Write to the desk.", "Write to the desk."),
        ("", "To unsubscribe, answer this e-mail and say so."),
    ],
)
@pytest.mark.parametrize("template", ["newsletter", "press-digest"])
def test_how_to_leave(template: str, unsubscribe: str, told: str) -> None:
    """As the HTML of an e-mail says it; a template that is no e-mail has nothing to leave."""
    options = {"unsubscribe": unsubscribe}
    assert render_text(full_brief(), load(template), options=options).endswith(f"\n\n{told}\n")
    assert "nsubscribe" not in render_text(full_brief(), load("one-page"))


def test_colons_are_those_of_the_language(spec: TemplateSpec) -> None:
    """French sets a space before them."""
    brief = replace(full_brief(), language="fr")
    for text in (render_text(brief, spec), render_markdown(brief, spec)):
        assert "\N{NO-BREAK SPACE}: “" in text
        assert ": “" not in text.replace("\N{NO-BREAK SPACE}: “", "")


def test_quotations_can_be_checked(spec: TemplateSpec) -> None:
    """Every string between double marks stands in a source, over line breaks as well."""
    brief = replace(full_brief(), contested=())
    QuotationCheck(DOCUMENTS).check(render_text(brief, spec), where="brief.txt")


@pytest.mark.parametrize("brief", [full_brief, bare_brief, hostile_brief])
def test_lines_are_72_columns(spec: TemplateSpec, brief: object) -> None:
    """Only a single word or address is longer."""
    text = render_text(brief(), spec)  # type: ignore[operator]  # a function of the parameters
    for line in text.splitlines():
        assert cell_len(line) <= COLUMNS or " " not in line.strip()
    assert text.endswith("\n")
    assert "\n\n\n" not in text


def test_headings_are_underlined(spec: TemplateSpec) -> None:
    """A line of marks as long as the heading stands under it."""
    lines = render_text(full_brief(), spec).splitlines()
    assert lines[lines.index("Key claims") + 1] == "-" * 10
    assert lines[lines.index("Sources") + 1] == "-" * 7


def test_other_lines_of_an_item_stand_under_its_text(spec: TemplateSpec) -> None:
    """What follows a number or a dash is indented by it."""
    lines = render_text(full_brief(), spec).splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("1. Odo Brandt"))
    assert lines[first + 1].startswith("   ")
    assert not lines[first + 1].startswith("    ")


def test_nothing_steers_the_terminal(spec: TemplateSpec) -> None:
    """Control characters of any kind are dropped."""
    brief = replace(full_brief(), title="a\x1b[31mb\x9b2Jc\x07\x00\u202ed\r\ne")
    text = render_text(brief, spec)
    assert text.startswith("a[31mb2Jcd e\n")
    assert not any(unicodedata.category(letter) == "Cc" for letter in text if letter != "\n")


@given(st.text() | st.text("ab 中文、。「」é\u0301😀اب“”…", max_size=200), st.integers(8, 80))
def test_wrapping_keeps_every_letter(text: str, columns: int) -> None:
    """Apart from white space nothing changes, and no line that could be broken is too long."""
    text = clean(text)
    lines = wrapped(text, "- ", "  ", columns=columns)
    rejoined = "".join(line[2:] for line in lines)
    assert "".join(rejoined.split()) == "".join(text.split())
    for line in lines:
        assert cell_len(line) <= columns or len(wrapped(line[2:], columns=columns)) == 1


def test_wide_letters_are_counted_and_broken() -> None:
    """A script without spaces is broken by columns; a stop never begins a line."""
    lines = wrapped("港の使用料は来年の春から上がります、と委員会は述べた。" * 3, columns=20)
    assert len(lines) > 5
    assert all(cell_len(line) <= 22 for line in lines)
    assert not any(line.startswith(("、", "。")) for line in lines)


def test_addresses_are_never_broken() -> None:
    """A long address has a line of its own."""
    address = "https://a.example/" + "x" * 90
    assert wrapped(f"Read it at {address} today") == ["Read it at", address, "today"]
