"""The dossier: what stands in it, in which order, on which pages, and that it is fit to be read."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from archived import archive_faults
from sample_briefs import bare_brief, full_brief, hostile_brief, line, sparse_brief, with_events

from briefing.brief import Brief, Item, Line, MatrixRow, Share, Stand
from briefing.codec import load_findings
from briefing.paths import shipped
from briefing.publishing import Edition, Printer
from briefing.render.html import render_html
from briefing.render.pdf import PX_PER_MM, Layout, Press
from briefing.render.text import html_text, pdf_text
from briefing.templating import TemplateSpec, load, render_template
from briefing.wording import LANGUAGES

LEAST_PT = 8.5
LEAST_CONTRAST = 4.5
ISSUES = ("dues", "ferry fares", "dredging", "berths", "winter storms", "hearings")
AUTHOR = {"lead": "Mira Hollin writes"}


class Tags(HTMLParser):
    """Start tags with their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def ids(self) -> list[str]:
        return [each["id"] or "" for _, each in self.found if "id" in each]


@cache
def spec() -> TemplateSpec:
    return load("dossier")


def stand(name: str, *, earlier: bool = False) -> Stand:
    """Where somebody stands, with what was told before if asked for."""
    supports = line(
        name,
        0,
        "supports the increase as long as every vacant post at the locks is filled by June.",
        lead="The quay workers’ union, as reported by Mira Hollin",
        actor="The quay workers’ union",
        stance="supports",
        basis="reported",
        label="reported",
    )
    before = replace(supports, id=f"{name}-b", stance="opposes", stance_label="opposes")
    return Stand(supports, (before,) if earlier else (), ())


def rich_brief() -> Brief:
    """A brief with a matrix of six issues, themes, coverage and what each source says."""
    brief = with_events(full_brief())
    first, second, third, fourth = brief.claims
    union = (stand("cell-1-1", earlier=True), None, None, None, None, stand("cell-1-6"))
    board = (None, stand("cell-2-2"), None, None, None, None)
    said = line("item-1-line-1", 0, "the first increase in nine years.", **AUTHOR)  # type: ignore[arg-type]  # sample words
    shares = tuple(Share("source", f"Note {number}", number, 9, number) for number in range(1, 5))
    return replace(
        brief,
        claims=(
            replace(first, theme="dredging"),
            replace(second, theme="dues"),
            third,
            replace(fourth, theme="dredging"),
        ),
        issues=ISSUES,
        matrix=(MatrixRow("The quay workers’ union", union), MatrixRow("The board", board)),
        coverage=(*shares, Share("actor", "Odo Brandt", 0, 3, 1)),
        items=(Item("item-1", "Higher dues", "Mira Hollin", "2026-11-14", (1,), (said,)),),
    )


def crowded_brief() -> Brief:
    """Forty actors, some with endless names or from right to left, on six issues."""
    long = "Association of the Friends of the " + "Northern and Southern " * 12 + "Locks"
    names = (long, "اتحاد عمال الموانئ", "W" * 120, "A union")
    rows = [
        MatrixRow(
            f"{names[number % 4]} {number}",
            tuple(
                stand(f"cell-{number}-{column}", earlier=number % 3 == 0)
                if (number + column) % 8 == 0
                else None
                for column in range(1, 7)
            ),
        )
        for number in range(1, 41)
    ]
    return replace(rich_brief(), matrix=tuple(rows))


def page_of(brief: Brief, **options: object) -> str:
    """The HTML of the pages, without styles."""
    return render_template(spec(), brief, page="A4", options=options)


@cache
def printed() -> tuple[Layout, bytes]:
    """The rich brief on pages."""
    press = Press(spec())
    layout = press.layout(page_of(rich_brief()))
    return layout, press.write(layout)


@cache
def pages() -> tuple[str, ...]:
    """The text of each page of the rich brief, white space folded."""
    return tuple(" ".join(text.split()) for text in pdf_text(printed()[1]).split("\f"))


def plain_lines(brief: Brief) -> list[Line]:
    """All that is printed of a rich brief, apart from positions that the matrix has."""
    stands = [one for row in brief.matrix for one in row.stands if one]
    found = [each.line for each in stands] + [one for each in stands for one in each.earlier]
    found += [*brief.summary, *brief.claims, *(event.line for event in brief.timeline)]
    found += [side for each in brief.contested for side in (each.one, each.other)]
    found += [one for item in brief.items for one in item.lines]
    return found


@pytest.mark.parametrize(
    "brief", [rich_brief, crowded_brief, bare_brief, sparse_brief, hostile_brief]
)
def test_ids_are_unique_and_links_lead_somewhere(brief: object) -> None:
    """One h1, headings without gaps, no id twice, no link to nowhere, the end marked last."""
    assert callable(brief)
    tags = Tags(page_of(brief()))
    assert [name for name, times in Counter(tags.ids()).items() if times > 1] == []
    links = [each["href"] or "" for tag, each in tags.found if tag == "a"]
    assert {link[1:] for link in links if link.startswith("#")} <= set(tags.ids())
    levels = [int(tag[1]) for tag, _ in tags.found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert tags.ids()[-1] == "brief-end"


def test_every_statement_stands_with_its_lead() -> None:
    """Lead and words are printed together, once where their id is, with source and basis."""
    brief = rich_brief()
    page = page_of(brief)
    text = html_text(page)
    for each in plain_lines(brief):
        assert f"{each.lead}: {each.quotation}" in text
        assert page.count(f'id="{each.id}"') == 1


def test_sections_have_their_anchors() -> None:
    """Each chapter has an element after it from which its height is known."""
    layout, _ = printed()
    names = ("bottom-line", "summary", "positions", "claims", "contested", "timeline", "unknowns")
    for name in (*names, "sources"):
        start, end = layout.anchors[f"section-{name}"], layout.anchors[f"section-{name}-end"]
        assert start[::2] < end[::2]


def test_claims_stand_under_their_themes() -> None:
    """Themes in the order of the issues, what has none last, numbers in one row."""
    text = html_text(page_of(rich_brief()))
    chapter = text[text.rindex("Claims by theme") : text.rindex("\nContested")]
    parts = re.findall(r"^(Dues|Dredging|Other matters|\d)$", chapter, re.MULTILINE)
    assert parts == ["Dues", "1", "Dredging", "2", "3", "Other matters", "4"]


def test_claims_without_themes_need_no_theme() -> None:
    """Where no claim has one, the chapter is one list."""
    text = html_text(page_of(full_brief()))
    assert "Key claims" in text
    assert "Other matters" not in text
    assert "Claims by theme" not in text


def test_the_matrix_is_split_and_says_what_is_not_known() -> None:
    """Tables of at most five issues, each with its own header cells; a change names both."""
    page = page_of(rich_brief())
    tables = re.findall(r'<table role="table" class="matrix".*?</table>', page, re.DOTALL)
    columns = [re.findall(r'scope="col"[^>]*>(?:<bdi[^>]*>)?([^<]+)', each) for each in tables]
    assert columns == [
        ["Actor", "Dues", "Ferry fares", "Dredging"],
        ["Actor", "Berths", "Winter storms", "Hearings"],
    ]
    rows = [re.findall(r'scope="row"[^>]*><bdi[^>]*>([^<]+)', each) for each in tables]
    assert rows == [["The quay workers’ union", "The board"], ["The quay workers’ union"]]
    assert "earlier: opposes" in html_text(tables[0])
    assert html_text(tables[0]).count("not known") == 4
    assert 'href="#cell-1-1"' in tables[0]


def test_positions_outside_the_matrix_are_not_lost() -> None:
    """What the matrix does not tell stands below it, and what it tells is not told twice."""
    brief = rich_brief()
    page = page_of(brief)
    text = html_text(page)
    assert "Further positions" in text
    assert 'id="position-1"' in page
    assert 'id="position-3"' not in page  # the union's words stand in the matrix
    bare = html_text(page_of(replace(brief, matrix=(), issues=())))
    assert "What the actors want" in bare


def test_chapters_that_are_empty_are_not_there() -> None:
    """A brief with nothing but sources has a cover, its sources and the method."""
    text = html_text(page_of(bare_brief()))
    assert "No statement of the sources could be quoted as a bottom line." in text
    for absent in ("Summary", "Positions", "Claims", "Contested", "Timeline", "Not known"):
        assert absent not in text


def test_contents_give_the_pages() -> None:
    """The number beside each entry is that of the page on which the chapter begins."""
    layout, _ = printed()
    entries = re.findall(r'<a href="#(heading-[\w-]+)">([^<]+)</a>', page_of(rich_brief()))
    assert len(entries) == 8
    for name, title in entries:
        assert f"{title} {layout.anchors[name][0] + 1} " in f"{pages()[0]} "


def test_running_lines_stand_on_all_pages_but_the_first() -> None:
    """Short title, handling, status and page of pages; the cover has its own."""
    count = printed()[0].pages
    assert count > 2
    assert f"of {count}" not in pages()[0]
    for number, text in enumerate(pages()[1:], start=2):
        for words in (f"Page {number} of {count}", "For internal use", "Draft, machine-generated"):
            assert words in text
    assert all(words in pages()[0] for words in ("For internal use", "Draft, machine-generated"))


def test_cover_fills_the_first_page_alone() -> None:
    """What follows the contents begins on the second page, in either size."""
    for size in spec().page_sizes:
        layout = Press(spec(), size).layout(render_template(spec(), rich_brief(), page=size))
        assert layout.anchors["heading-contents"][0] == 0
        assert layout.anchors["section-summary"][0] == 1


def test_long_title_does_not_leave_an_empty_page() -> None:
    """Where the cover runs over, the text goes on below it."""
    brief = replace(hostile_brief(), title="On dues and fares " * 60)
    layout = Press(spec()).layout(page_of(brief))
    assert layout.anchors["section-summary"][0] == layout.anchors["heading-contents"][0] == 1


def test_pdf_is_fit_for_archives_and_has_bookmarks() -> None:
    """Tagged, every figure with its text, chapters and themes as bookmarks."""
    _, data = printed()
    assert archive_faults(data) == []
    with pikepdf.open(io.BytesIO(data)) as opened, opened.open_outline() as outline:
        chapters = outline.root[0].children
        titles = [each.title for each in chapters]
        assert titles[:3] == ["Summary", "Positions", "Claims by theme"]
        assert [each.title for each in chapters[2].children] == [
            "Dues", "Dredging", "Other matters",
        ]  # fmt: skip


@pytest.mark.parametrize("brief", [rich_brief, crowded_brief])
def test_type_is_legible_and_nothing_leaves_the_page(brief: object) -> None:
    """No letter is below 8.5 pt, none stands outside the margins."""
    from pypdfium2 import raw

    assert callable(brief)
    press = Press(spec())
    document = pypdfium2.PdfDocument(press.write(press.layout(page_of(brief()))))
    right = spec().margins_mm[1] * 72 / 25.4
    for page in document:
        texts = page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=9)
        for text in texts:
            assert text.get_font_size() * abs(text.get_matrix().d) >= LEAST_PT
            left_pt, _, right_pt, _ = text.get_bounds()
            assert left_pt >= right - 2
            assert right_pt <= page.get_width() - right + 2
    document.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_set_its_own_way(language: str) -> None:
    """Direction and language of the page; the rail changes sides where reading begins right."""
    brief = replace(rich_brief(), language=language)
    html = render_html(brief, spec())
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}"' in html
    if language not in ("en", "ar"):
        return
    layout = Press(spec()).layout(page_of(brief))
    rail, told = layout.anchors["section-claims"][1], layout.anchors["claim-1"][1]
    assert (told > rail) == (direction == "ltr")


def test_options_are_heeded() -> None:
    """Without charts no picture is drawn, without the annex sources are listed; colours are set."""
    brief = rich_brief()
    assert "<svg" in page_of(brief)
    assert "<svg" not in page_of(brief, charts=False)
    assert "What it says" in page_of(brief)
    bare = page_of(brief, annex=False)
    assert "What it says" not in bare
    assert "Digests of the sources" in bare
    for accent in option("accent"):
        assert f'accent-{accent}"' in page_of(brief, accent=accent)


def option(name: str) -> tuple[str, ...]:
    """The choices of an option."""
    return next(each.choices for each in spec().options if each.name == name)


def colours(sheet: str, accent: str) -> list[dict[str, str]]:
    """The colours of a style sheet by name: in the light and, on a screen, in the dark."""
    css = re.sub(r"/\*.*?\*/", "", (spec().folder / sheet).read_text(), flags=re.DOTALL)
    light, _, rest = css.partition("@media screen and (prefers-color-scheme: dark)")
    found: list[dict[str, str]] = []
    for part in (light, rest.partition("html {")[0]):
        known = dict(found[-1]) if found else {}
        for selector in (":root", f".accent-{accent}"):
            for rule in re.findall(rf"{re.escape(selector)} {{(.*?)}}", part, re.DOTALL):
                known |= dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", rule))
        found.append(known)
    return found


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * each for each in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("accent", option("accent"))
def test_every_accent_has_contrast(accent: str) -> None:
    """Text on paper, on the tint behind a target and on the band, in both schemes and in print."""
    (printed_colours, _) = colours("print.css", accent)
    light, dark = colours("screen.css", accent)
    for each in (printed_colours | {"paper": "#fff"}, light, dark):
        for text in ("ink", "soft", "deep", "mark"):
            assert contrast(each[text], each["paper"]) >= LEAST_CONTRAST
            assert contrast(each[text], each["tint"]) >= LEAST_CONTRAST
        assert contrast(each["ink"], each["fill"]) >= LEAST_CONTRAST
        assert contrast("#fff", each.get("band", printed_colours["deep"])) >= LEAST_CONTRAST


@pytest.mark.parametrize("accent", option("accent"))
def test_charts_in_the_pdf_have_the_colour_of_the_styles(accent: str) -> None:
    """Styles do not reach into pictures there, so that the template repeats their colour."""
    page = page_of(rich_brief(), accent=accent)
    (printed_colours, _) = colours("print.css", accent)
    assert set(re.findall(r'<svg[^>]* color="([^"]+)"', page)) == {printed_colours["deep"]}


@pytest.mark.parametrize("sheet", ["print.css", "screen.css"])
def test_styles_know_no_left_and_right(sheet: str) -> None:
    """All that depends on the direction of reading is said by start and end."""
    css = (spec().folder / sheet).read_text()
    assert re.findall(r"(?:margin|padding|border)-(?:left|right)|align: (?:left|right)", css) == []


def test_the_example_is_printed_within_its_pages() -> None:
    """The whole way from findings: fitted to fewer pages, with what was left out said."""
    path = shipped("templates") / "dossier" / "example.json"
    findings = load_findings(path.read_bytes(), where="example.json")
    publication = Printer(Edition(template="dossier", pages=10)).publish(findings, ("pdf", "html"))
    assert publication.pages <= 10
    assert "Left out:" in html_text(publication.files["brief.html"].decode())


def test_margins_leave_room_for_the_running_lines() -> None:
    """The cover's band reaches the edges of the paper by the margins of the contract."""
    top, side, _, _ = spec().margins_mm
    css = (spec().folder / "print.css").read_text()
    assert f".band {{ margin: -{top:g}mm -{side:g}mm 0" in css
    layout, _ = printed()
    assert layout.anchors["section-summary"][2] >= top * PX_PER_MM - 1
