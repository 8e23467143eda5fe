"""What the HTML file holds, and what it must not."""

from __future__ import annotations

import itertools
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from sample_briefs import bare_brief, full_brief, hostile_brief, sides, with_events

from briefing.brief import Cut
from briefing.errors import TemplateError
from briefing.render.html import embedded, render_html
from briefing.render.markdown import markdown_text, render_markdown
from briefing.render.plain import render_text
from briefing.render.text import html_text
from briefing.templating import load

DATA = {"type": "application/ld+json"}
"""The attributes of the one script element, which is not run."""


class Tags(HTMLParser):
    """Start tags with their attributes, in order."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def named(self, *names: str):
        return [attributes for tag, attributes in self.found if tag in names]


@pytest.fixture(scope="module")
def spec():
    return load("one-page")


def test_html_needs_nothing_else(spec):
    """Nothing that runs, no remote reference, under 200 KB with its fonts inside."""
    html = render_html(full_brief(), spec)
    tags = Tags(html)
    assert not tags.named("link", "img", "iframe", "object", "base")
    assert tags.named("script") == [DATA]
    addresses = re.findall(r"url\([\"']?([^\"')]*)", html)
    assert len(addresses) == 6
    assert all(address.startswith("data:font/woff2;base64,") for address in addresses)
    assert "@import" not in html
    assert len(html.encode()) < 200_000


def test_html_is_built_for_access(spec):
    """Language, one h1, headings without gaps, scoped headers, links that lead somewhere."""
    tags = Tags(render_html(full_brief(), spec))
    assert tags.named("html")[0]["lang"] == "en"
    levels = [int(tag[1]) for tag, _ in tags.found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert [header["scope"] for header in tags.named("th")] == ["col"] * 4 + ["row"] * 6
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {link["href"][1:] for link in tags.named("a") if link["href"].startswith("#")}
    assert targets == {"source-1", "source-2", "source-3", "source-4"}
    assert targets <= set(ids)


def test_quotation_in_another_language_says_so(spec):
    """Words of a German source are marked as German inside an English brief."""
    tags = Tags(render_html(full_brief(), spec))
    quotes = [tag for tag in tags.named("span") if tag.get("class") == "quote"]
    assert [quote.get("lang") for quote in quotes].count("de") == 2


def test_every_statement_is_printed_with_its_lead(spec):
    """Lead and quotation of each statement stand in the text, with basis and hedges."""
    brief = full_brief()
    text = html_text(render_html(brief, spec))
    for line in (brief.bottom_line, *brief.summary, *brief.claims, *sides(brief)):
        assert f"{line.lead}: {line.quotation}" in text
    for line in (brief.bottom_line, *brief.summary, *brief.claims, *brief.positions):
        assert line.lead in text
        assert str(line.quotation) in text
        assert line.basis_label in text
        assert all(hedge in text for hedge in line.hedges)


def test_both_sides_of_a_dispute_stand_under_its_heading(spec):
    """What differs, about what, and then both sides as a list, with nothing said of who is right."""
    brief = full_brief()
    html = render_html(brief, spec)
    text = html_text(html)
    (dispute,) = brief.contested
    start = text.index("\nFigures differ: what dredging ‘costs’ ferry users\n")
    places = [text.index(str(line.quotation), start) for line in (dispute.one, dispute.other)]
    assert places == sorted(places)
    named = [tag.get("aria-labelledby") for tag in Tags(html).named("ul")]
    assert f"heading-{dispute.id}" in named
    other = replace(dispute, kind="stances", label="Stances differ")
    text = html_text(render_html(replace(brief, contested=(other,)), spec))
    assert "\nStances differ\n" in text


def test_events_stand_with_their_dates(spec):
    """A day, a month or a year, for readers and for machines, before what is said of it."""
    brief = with_events(full_brief())
    html = render_html(brief, spec)
    found = html_text(html).partition("\nTimeline\n")[2].partition("\nNot known\n")[0]
    text = " ".join(found.split())
    days = ("1 April 2026", "February 2027", "2028")
    for day, event in zip(days, brief.timeline, strict=True):
        assert f"{day} {event.line.lead}: {event.line.quotation}" in text
    dates = [tag["datetime"] for tag in Tags(html).named("time")]
    assert {"2026-04-01", "2027-02"} <= {*dates}
    ids = [tag["id"] for _, tag in Tags(html).found if "id" in tag]
    assert [each for each in ids if each.startswith("event-")] == [
        name for event in brief.timeline for name in (event.id, event.line.id)
    ]
    assert "Timeline" not in html_text(render_html(full_brief(), spec))


def test_independent_sources_are_counted(spec):
    """Two voices for one statement are said beside their marks; one voice goes without saying."""
    text = html_text(render_html(full_brief(), spec))
    assert text.count("2 independent sources") == 2
    assert "1 independent" not in text
    row = text[text.index("eighteen months.”") :]
    assert re.match(r"eighteen months.”\s+own words\s+\[1\]\s*\[3\]\s+2 independent sources", row)


def test_status_dates_and_what_was_left_out_are_said(spec):
    """The draft status, the cut-off, undated sources, cuts and the machine's part are printed."""
    text = html_text(render_html(full_brief(), spec))
    for words in (
        "Draft, machine-generated",
        "For internal use",
        "22 November 2026 · Information up to 20 November 2026",
        "[3] Ministry of Inland Waters, Note on harbour dues, undated.",
        "Left out: 3 claims, 1 position (listed in brief.json).",
        (
            "A machine took part in making this brief: briefing 0.1.0, reader reader-small "
            "(9d3e01f7c6aa), writer verbatim."
        ),
        "Made offline.",
        "One drafted statement could not be verified",
        "was read once.",
        "Digests of the sources: [1] 3f9a1c07be52, [2] a81e44d0337c",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("cuts", "told"),
    [
        ((Cut("claims", 1, ("a",)),), "Left out: 1 claim (listed in brief.json)."),
        (
            (Cut("claims", 1, ("a",)), Cut("positions", 44, ("b", "c"))),
            "Left out: 1 claim, 44 positions (3 listed in brief.json).",
        ),
        ((Cut("focus", 7, ()),), "Left out: 7 statements off the focus."),
    ],
)
def test_what_was_left_out_is_said_to_be_listed_only_where_it_is(spec, cuts, told):
    """The page, Markdown and plain text send nobody to look for what was only counted."""
    brief = replace(full_brief(), cut=cuts)
    assert told in html_text(render_html(brief, spec))
    digest = load("press-digest")
    assert told in markdown_text(render_markdown(brief, digest))
    assert told in " ".join(render_text(brief, digest).split())


def test_text_reads_in_order(spec):
    """Title, status, bottom line, claims, what is contested, positions, unknowns, sources, method."""
    text = html_text(render_html(full_brief(), spec))
    headings = ["Bottom line", "Summary", "Key claims", "Contested", "Positions", "Not known"]
    places = [text.index(f"\n{heading}\n") for heading in (*headings, "Sources", "Method")]
    assert places == sorted(places)
    assert text.startswith(full_brief().title)


def test_empty_sections_vanish_or_say_so(spec):
    """Without findings the page says what is missing and prints no empty table or list."""
    text = html_text(render_html(bare_brief(), spec))
    assert "No statement of the sources could be quoted as a bottom line." in text
    for heading in ("Summary", "Key claims", "Contested", "Positions", "Not known"):
        assert f"\n{heading}\n" not in text
    assert "Left out" not in text


def test_source_text_stays_text(spec):
    """Markup in any field is printed as it stands; only web addresses become links."""
    html = render_html(hostile_brief(), spec)
    tags = Tags(html)
    assert tags.named("script") == [DATA]
    assert not tags.named("img")
    assert all(link["href"].startswith(("#", "https://")) for link in tags.named("a"))
    text = html_text(html)
    assert text.count("<script>alert(1)</script>") == 7
    assert "{{ 7 * 7 }}" in text


def test_only_quotations_stand_between_double_marks(spec):
    """A title or name with double quotation marks is printed with single ones."""
    brief = replace(full_brief(), title='A “fair” share, or "fair"')
    text = html_text(render_html(brief, spec))
    assert "A ‘fair’ share, or ‘fair’" in text
    printed = [brief.bottom_line, *brief.summary, *brief.claims, *sides(brief), *brief.positions]
    assert text.count("“") == text.count("”") == len(printed)
    assert '"' not in text


def reworded(text):
    """The full brief with a bottom line, a summary and a claim that are reworded as `text`."""
    brief = full_brief()
    bottom = replace(brief.bottom_line, text=text)
    first, *others = brief.summary
    claim, *rest = brief.claims
    summary = (replace(first, text=text), *others)
    return replace(
        brief, bottom_line=bottom, summary=summary, claims=(replace(claim, text=text), *rest)
    )


def test_reworded_statements_say_of_whose_words(spec):
    """The sentence stands without lead or quotation marks; beside it whose words it rewords."""
    brief = reworded("Ellmouth asks more of ships.")
    text = " ".join(html_text(render_html(brief, spec)).split())
    start = -1
    for line in (brief.bottom_line, brief.summary[0], brief.claims[0]):
        start = text.index("Ellmouth asks more of ships.", start + 1)
        beside = text[start : start + 200]
        assert re.match(rf"Ellmouth[^.]*\. \(?reworded from {line.lead}\)?", beside, re.IGNORECASE)
        assert line.basis_label in beside
        assert str(line.quotation) not in text.partition(" Positions ")[0]
    assert "“Ellmouth" not in text
    assert text.lower().count("reworded from") == 3
    assert "reworded from" not in html_text(render_html(full_brief(), spec)).lower()


def test_reworded_statements_stay_text(spec):
    """Markup and template syntax that a model wrote are printed as they stand."""
    words = "<script>alert(2)</script> {{ 6 * 7 }} </span><img src=x> & so on"
    html = render_html(reworded(words), spec)
    tags = Tags(html)
    assert tags.named("script") == [DATA]
    assert not tags.named("img")
    assert html_text(html).count(words) == 3


def test_mark_of_a_source_that_is_not_listed_is_no_link(spec):
    """A source left off the page keeps its number without a dead link."""
    brief = full_brief()
    html = render_html(replace(brief, sources=brief.sources[:3]), spec)
    assert 'href="#source-4"' not in html
    assert '<span class="mark">[4]</span>' in html


def test_styles_may_name_own_files_only(tmp_path):
    """A stylesheet that names an address elsewhere is refused, with the file and the address."""
    sheet = tmp_path / "screen.css"
    for rule in (
        'p { background: url("https://a.example/x.png") }',
        "p { background: url(//a/x) }",
    ):
        sheet.write_text(rule)
        with pytest.raises(TemplateError, match=r"screen\.css names"):
            embedded(sheet, (tmp_path,))
    sheet.write_text("@font-face { src: url(../../etc/hostname.ttf) }")
    with pytest.raises(TemplateError, match="outside the template"):
        embedded(sheet, (tmp_path,))
    sheet.write_text('@import "other.css";')
    with pytest.raises(TemplateError, match="@import"):
        embedded(sheet, (tmp_path,))


def test_colours_keep_their_contrast(spec):
    """Each text colour has a contrast of at least 4.5 to 1 on each ground, light and dark."""
    css = (spec.folder / "screen.css").read_text()
    schemes = [dict(re.findall(r"--(\w+): (#\w+)", block)) for block in css.split("@media")[:2]]
    schemes.append(dict(re.findall(r"--(\w+): (#\w+)", (spec.folder / "print.css").read_text())))
    schemes[2]["paper"] = "#fff"
    for colours in schemes:
        for ground in {"paper", "tint", "fill"} & colours.keys():
            for text in ("ink", "soft", "accent"):
                if (ground, text) != ("fill", "soft"):
                    assert contrast(colours[ground], colours[text]) >= 4.5


def contrast(first: str, second: str) -> float:
    """Contrast of two colours, 1 to 21, by WCAG 2."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of `#rgb` or `#rrggbb`, 0 to 1, by WCAG 2."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("element", "address"),
    [
        ('<img src="https://a.example/x.png" alt="">', "https://a.example/x.png"),
        ('<img src="logo.png" alt="">', "logo.png"),
        ('<img srcset="data:image/png;base64,AA 1x, //a.example/y 2x" alt="">', "//a.example/y"),
        ("<SCRIPT SRC='http://a.example/s.js'></SCRIPT>", "http://a.example/s.js"),
        ('<link rel="stylesheet" href="/own.css">', "/own.css"),
        ('<iframe src="//a.example"></iframe>', "//a.example"),
        ('<object data="file:///etc/hostname"></object>', "file:///etc/hostname"),
        ('<svg><use xlink:href="icons.svg#a"/></svg>', "icons.svg#a"),
        ('<video poster="still.png"></video>', "still.png"),
        ('<p style="background: url(https://a.example/z)">x</p>', "https://a.example/z"),
        ("<style>p { background: url('far.png') }</style>", "far.png"),
    ],
)
def test_a_page_that_would_fetch_something_is_refused(tmp_path, element, address):
    """Whatever a template writes, the page needs nothing else; the address is named."""
    folder = shutil.copytree(load("one-page").folder, tmp_path / "mine")
    (folder / "brief.html.j2").write_text(f"<p>{{{{ brief.title }}}}</p>{element}")
    with pytest.raises(TemplateError, match=re.escape(f"would fetch {address}")) as caught:
        render_html(bare_brief(), load(str(folder)))
    assert "asset" in caught.value.hint


def test_what_is_inside_the_page_may_stand(tmp_path):
    """Embedded files, places of the page, links that a reader follows, and text about elements."""
    folder = shutil.copytree(load("one-page").folder, tmp_path / "mine")
    page = (
        '<img src="data:image/gif;base64,AA" srcset="data:image/gif;base64,AA 2x" alt="">'
        '<svg><use href="#dot"/></svg><a href="https://a.example">a</a>'
        "<p>&lt;img src=x&gt; and url(x)</p>"
    )
    (folder / "brief.html.j2").write_text(page)
    assert render_html(bare_brief(), load(str(folder))) == page
