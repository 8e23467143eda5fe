"""The press digest: one paragraph a source, by date, with its holders and its share."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sample_briefs import bare_brief, full_brief, hostile_brief

from briefing.brief import Brief, Item, Share
from briefing.publishing import Edition, Printer
from briefing.render.email import LIMIT_BYTES, html_size, render_mail_page
from briefing.render.html import render_html
from briefing.render.pdf import Press
from briefing.render.text import html_text, pdf_text
from briefing.templating import TemplateSpec, load, render_template

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def spec() -> TemplateSpec:
    return load("press-digest")


@pytest.fixture(scope="module")
def press(spec: TemplateSpec) -> Press:
    return Press(spec)


def digest(brief: Brief) -> Brief:
    """`brief` with an item and a share for each source that it has a claim or a position of."""
    told: list[Item] = []
    for entry in brief.sources:
        found = [
            line for line in brief.claims + brief.positions if line.sources[0] == entry.number
        ]
        name = f"item-{len(told) + 1}"
        lines = tuple(
            replace(line, id=f"{name}-line-{at}") for at, line in enumerate(found[:3], start=1)
        )
        if lines:
            title = entry.title or entry.voice
            told.append(Item(name, title, entry.voice, entry.date, (entry.number,), lines))
    shares = tuple(Share("source", item.title, item.sources[0], 12, 3) for item in told)
    return replace(brief, items=tuple(told), coverage=shares)


def paragraph(page: str, item: Item) -> str:
    """The text of one item."""
    return html_text(page.partition(f'id="{item.id}"')[2].partition("</article>")[0])


def test_every_statement_keeps_its_lead(spec: TemplateSpec, press: Press) -> None:
    """Also the second and third statement of one speaker, in print, on the screen and in a mail."""
    brief = digest(full_brief())
    texts = (
        pdf_text(press.write(press.layout(render_template(spec, brief, page="A4")))),
        html_text(render_html(brief, spec)),
        html_text(render_mail_page(brief, spec)),
    )
    for text in (" ".join(each.split()) for each in texts):
        for item in brief.items:
            for line in item.lines:
                assert f"{line.lead}: {line.quotation} [{line.sources[0]}]" in text
    leads = [line.lead for line in brief.items[1].lines]
    assert len(leads) > len(set(leads))


def test_one_paragraph_a_source(spec: TemplateSpec) -> None:
    """All statements of an item run on in one paragraph, each with its basis."""
    brief = digest(full_brief())
    page = render_template(spec, brief, page="A4")
    for item in brief.items:
        running = paragraph(page, item).splitlines()[-1]
        for line in item.lines:
            assert f"{line.quotation}" in running
            assert line.basis_label in running


def test_latest_first_undated_last(spec: TemplateSpec) -> None:
    """Items stand under their dates; undated ones under a heading that says so."""
    brief = digest(full_brief())
    assert {item.date for item in brief.items} == {"2026-11-14", "2026-11-17", None, "2026-11-19"}
    page = render_template(spec, brief, page="A4")
    days = re.findall(r"<h2>(?:<time[^>]*>)?([^<]*)", page)
    assert days == ["19 November 2026", "17 November 2026", "14 November 2026", "Undated"]


def test_a_source_is_listed_once(spec: TemplateSpec) -> None:
    """A source that is told of has its number and address there; only others are listed below."""
    brief = digest(full_brief())
    brief = replace(brief, items=brief.items[:2])
    page = render_template(spec, brief, page="A4")
    for entry in brief.sources:
        assert page.count(f'id="source-{entry.number}"') == 1
    listed = page.partition('id="section-sources"')[2]
    assert "Further sources" in listed
    assert re.findall(r'<li id="source-(\d)"', listed) == ["3", "4"]
    assert f'href="{brief.sources[0].url}"' in page


def test_an_item_of_several_sources_lists_them_below(spec: TemplateSpec) -> None:
    """Where an item tells of two sources, the list says which these are."""
    brief = digest(full_brief())
    both = replace(brief.items[0], sources=(1, 2))
    page = render_template(spec, replace(brief, items=(both, *brief.items[2:])), page="A4")
    assert "[1][2] Mira Hollin" in paragraph(page, both)
    assert "6 of 24 statements" in paragraph(page, both)
    listed = page.partition('id="section-sources"')[2]
    assert re.findall(r'<li id="source-(\d)"', listed) == ["1", "2"]


@pytest.mark.parametrize(("option", "shown"), [("true", True), ("false", False)])
def test_coverage_is_shown_where_wanted(spec: TemplateSpec, option: str, shown: bool) -> None:
    """Beside a source stands how many of its statements are told."""
    brief = digest(full_brief())
    page = render_template(spec, brief, page="A4", options={"coverage": option})
    assert ("3 of 12 statements" in paragraph(page, brief.items[0])) is shown
    assert ("how many of its statements" in page) is shown


@pytest.mark.parametrize("page", ["A4", "Letter"])
@pytest.mark.parametrize("make", [full_brief, bare_brief, hostile_brief])
def test_a_short_digest_is_one_page(
    spec: TemplateSpec, make: Callable[[], Brief], page: str
) -> None:
    """A few sources stand on one page, and WeasyPrint has nothing to say."""
    brief = digest(make())
    layout = Press(spec, page).layout(render_template(spec, brief, page=page))
    assert layout.pages == 1
    assert layout.fits(1)
    assert layout.warnings == ()


def test_no_word_is_broken(spec: TemplateSpec, press: Press) -> None:
    """Where a line ends within an element, the next word goes down as a whole."""
    brief = digest(full_brief())
    for length in range(0, 24, 3):
        pushed = replace(brief, items=tuple(longer(item, length) for item in brief.items))
        text = pdf_text(press.write(press.layout(render_template(spec, pushed, page="A4"))))
        words = set(re.findall(r"\w+", " ".join(text.split())))
        for item in pushed.items:
            for line in item.lines:
                assert set(re.findall(r"\w+", f"{line.lead} {line.basis_label}")) <= words


def longer(item: Item, by: int) -> Item:
    """`item` with longer leads, so that its lines end elsewhere."""
    return replace(
        item, lines=tuple(replace(line, lead="N" * by + " " + line.lead) for line in item.lines)
    )


def test_the_mail_is_made_for_mail_programs(spec: TemplateSpec) -> None:
    """It starts with the bottom line, links to addresses of sources only, and is small."""
    brief = digest(full_brief())
    mail = render_mail_page(brief, spec, options={"unsubscribe": "https://a.example/leave"})
    assert html_size(mail) < LIMIT_BYTES / 2
    assert brief.bottom_line is not None
    first = html_text(mail.partition("<body")[2]).splitlines()[1]
    assert first == f"{brief.bottom_line.lead}: {brief.bottom_line.quotation}"
    links = re.findall(r'href="([^"]*)"', mail)
    assert "https://a.example/leave" in links
    assert all(link.startswith("https://") for link in links)
    assert mail.count("<table ") == mail.count('role="presentation"')


def test_arabic_reads_from_the_right(spec: TemplateSpec, press: Press) -> None:
    """In Arabic the first column stands at the right."""
    brief = replace(digest(full_brief()), language="ar")
    page = render_template(spec, brief, page="A4")
    assert '<html lang="ar" dir="rtl"' in page
    anchors = press.layout(page).anchors
    columns = {round(anchors[item.id][1]) for item in brief.items}
    assert len(columns) == 2
    assert round(anchors["item-4"][1]) == max(columns)


@pytest.mark.parametrize("name", ["crimson", "forest", "navy", "ink"])
def test_a_palette_is_a_class(spec: TemplateSpec, name: str) -> None:
    """Every palette is known to all three style sheets; the first is their own."""
    page = render_template(spec, digest(full_brief()), page="A4", options={"accent": name})
    assert f"accent-{name}" in page
    if name != "crimson":
        for sheet in ("print.css", "screen.css", "email.css"):
            assert f".accent-{name}" in (spec.folder / sheet).read_text("utf-8")


def test_the_example_is_published(spec: TemplateSpec) -> None:
    """The example fits its pages with everything checked."""
    from briefing.codec import load_findings

    path = spec.folder / "example.json"
    findings = load_findings(path.read_bytes(), where=str(path))
    publication = Printer(Edition(template="press-digest")).publish(findings, ("pdf", "html"))
    assert 1 <= publication.pages <= spec.pages
    assert publication.brief.items
