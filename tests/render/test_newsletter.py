"""The newsletter: contents, items and statements in print, on the screen and in the mail."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sample_briefs import bare_brief, full_brief, hostile_brief, sides

from briefing.brief import Brief, Item
from briefing.publishing import Edition, Printer
from briefing.render.email import LIMIT_BYTES, html_size, render_mail_page
from briefing.render.html import render_html
from briefing.render.pdf import Layout, Press
from briefing.render.text import html_text, pdf_text
from briefing.templating import TemplateSpec, load, render_template

if TYPE_CHECKING:
    from collections.abc import Callable

PALETTES = ("harbour", "claret", "pine", "plum")


@pytest.fixture(scope="module")
def spec() -> TemplateSpec:
    return load("newsletter")


@pytest.fixture(scope="module")
def press(spec: TemplateSpec) -> Press:
    return Press(spec)


def with_items(brief: Brief) -> Brief:
    """`brief` with an item for each source that a claim or a position is from."""
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
    return replace(brief, items=tuple(told))


def lay_out(spec: TemplateSpec, press: Press, brief: Brief, page: str = "A4") -> Layout:
    return press.layout(render_template(spec, brief, page=page))


def test_every_statement_has_its_lead(spec: TemplateSpec, press: Press) -> None:
    """Lead and quotation stand together in the PDF, the HTML and the mail."""
    brief = with_items(full_brief())
    assert brief.bottom_line is not None
    lines = [line for item in brief.items for line in item.lines]
    texts = (
        pdf_text(press.write(lay_out(spec, press, brief))),
        html_text(render_html(brief, spec)),
        html_text(render_mail_page(brief, spec)),
    )
    for text in (" ".join(each.split()) for each in texts):
        for line in (brief.bottom_line, *lines, *sides(brief), *brief.positions):
            assert f"{line.lead}: {line.quotation}" in text
            assert line.basis_label in text


def test_what_is_new_is_marked(spec: TemplateSpec) -> None:
    """The bottom line as well as the statements of items, right before each."""
    brief = with_items(full_brief())
    assert brief.bottom_line is not None
    first, *rest = brief.items
    line = replace(first.lines[0], is_new=True)
    marked = replace(
        brief,
        bottom_line=replace(brief.bottom_line, is_new=True),
        items=(replace(first, lines=(line, *first.lines[1:])), *rest),
    )
    for text in (html_text(render_html(marked, spec)), html_text(render_mail_page(marked, spec))):
        told = " ".join(text.split())
        for one in (marked.bottom_line, line):
            assert one is not None
            assert f"new {one.lead}: {one.quotation}" in told


def test_contents_lead_to_the_items(spec: TemplateSpec) -> None:
    """Each item is listed once, in order, and the link leads to it."""
    brief = with_items(full_brief())
    for page in (render_template(spec, brief, page="A4"), render_mail_page(brief, spec)):
        contents = page.partition('id="section-contents"')[2].partition('id="section-items"')[0]
        assert re.findall(r'href="#(item-\d+)"', contents) == [item.id for item in brief.items]
        for item in brief.items:
            assert page.count(f'id="{item.id}"') == 1


def test_contents_give_the_page(spec: TemplateSpec, press: Press) -> None:
    """In print the contents say on which page an item stands."""
    brief = with_items(full_brief())
    layout = lay_out(spec, press, brief)
    text = " ".join(pdf_text(press.write(layout)).split())
    for item in brief.items:
        number = layout.anchors[item.id][0] + 1
        by = "" if item.voice == item.title else f" {item.voice}"
        assert re.search(rf"{re.escape(item.title + by)} {number}\b", text)


def test_an_undated_item_says_so(spec: TemplateSpec) -> None:
    """A source without a date is called undated beside its statements."""
    brief = with_items(full_brief())
    (undated,) = (item for item in brief.items if item.date is None)
    page = render_template(spec, brief, page="A4")
    item = page.partition(f'id="{undated.id}"')[2].partition("</article>")[0]
    assert "undated" in html_text(item)


@pytest.mark.parametrize("page", ["A4", "Letter"])
@pytest.mark.parametrize("make", [full_brief, bare_brief, hostile_brief])
def test_it_keeps_to_its_pages(spec: TemplateSpec, make: Callable[[], Brief], page: str) -> None:
    """Whatever the brief, it stands within the margins, and WeasyPrint has nothing to say."""
    brief = with_items(make())
    layout = lay_out(spec, Press(spec, page), brief, page)
    assert layout.fits(spec.pages)
    assert layout.warnings == ()


def test_an_item_is_measured_by_its_anchor(spec: TemplateSpec, press: Press) -> None:
    """Nothing within an item has an id further down that would cut its height short."""
    brief = with_items(full_brief())
    layout = press.layout_tall(render_template(spec, brief, page="A4"))
    inner = {line.id for item in brief.items for line in item.lines}
    for name in (*(item.id for item in brief.items), *(each.id for each in brief.contested)):
        top = layout.anchors[name][2]
        bottom = top + layout.heights[name]
        within = {other for other, (_, _, y) in layout.anchors.items() if top < y < bottom - 1}
        assert within <= inner | {line.id for line in sides(brief)}


def test_a_palette_is_a_class(spec: TemplateSpec) -> None:
    """Every palette is known to all three style sheets."""
    brief = with_items(full_brief())
    for name in PALETTES:
        assert f"accent-{name}" in render_template(
            spec, brief, page="A4", options={"accent": name}
        )
        if name != PALETTES[0]:
            for sheet in ("print.css", "screen.css", "email.css"):
                assert f".accent-{name}" in (spec.folder / sheet).read_text("utf-8")


def test_options_are_kept(spec: TemplateSpec) -> None:
    """The name stands at the head; positions can be left out."""
    brief = with_items(full_brief())
    options = {"name": "Lock “and” Quay", "positions": "false"}
    for page in (
        render_template(spec, brief, page="A4", options=options),
        render_mail_page(brief, spec, options=options),
    ):
        assert "Lock ‘and’ Quay" in html_text(page)
        assert "Who stands where" not in page


@pytest.mark.parametrize(
    ("given", "link"),
    [("", False), ("Write to the desk", False), ("https://a.example/leave", True)],
)
def test_the_mail_says_how_to_leave(spec: TemplateSpec, given: str, link: bool) -> None:
    """An `https` address becomes a link, other words stay words; only the mail has them."""
    brief = with_items(full_brief())
    options = {"unsubscribe": given}
    mail = render_mail_page(brief, spec, options=options)
    assert ('href="https://a.example/leave"' in mail) is link
    assert "nsubscribe" in mail or given in mail
    assert "leave" not in html_text(render_html(brief, spec, options=options)).lower()


def test_the_mail_is_made_for_mail_programs(spec: TemplateSpec) -> None:
    """It starts with the bottom line, links to sources and items only, and is small."""
    brief = with_items(full_brief())
    mail = render_mail_page(brief, spec)
    assert html_size(mail) < LIMIT_BYTES / 2
    assert brief.bottom_line is not None
    first = html_text(mail.partition("<body")[2]).splitlines()[1]
    assert first == f"{brief.bottom_line.lead}: {brief.bottom_line.quotation}"
    links = re.findall(r'href="([^"]*)"', mail)
    assert links
    assert all(link.startswith(("https://", "#item-")) for link in links)
    for role in ("banner", "main", "contentinfo"):
        assert mail.count(f'role="{role}"') == 1
    assert mail.count("<table ") == mail.count('role="presentation"')


def test_arabic_reads_from_the_right(spec: TemplateSpec, press: Press) -> None:
    """In Arabic the page and the tables of the mail run from right to left, on as many pages."""
    brief = replace(with_items(full_brief()), language="ar")
    page = render_template(spec, brief, page="A4")
    assert '<html lang="ar" dir="rtl"' in page
    mail = render_mail_page(brief, spec)
    assert mail.count("<table ") == len(re.findall(r'<table [^>]*dir="rtl"', mail))
    layout = press.layout(page)
    assert layout.fits(spec.pages)
    # The rail stands at the right: the lines of an item begin left of where its heading ends.
    assert layout.anchors["item-1-line-1"][1] < layout.anchors["section-items"][1] + 100


def test_the_example_is_published(spec: TemplateSpec) -> None:
    """The example fits its pages with everything checked, in every format that is asked for."""
    from briefing.codec import load_findings

    path = spec.folder / "example.json"
    findings = load_findings(path.read_bytes(), where=str(path))
    publication = Printer(Edition(template="newsletter")).publish(findings, ("pdf", "html"))
    assert 1 <= publication.pages <= spec.pages
    assert set(publication.files) == {"brief.pdf", "brief.html"}
