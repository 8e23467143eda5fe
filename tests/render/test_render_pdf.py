"""What the PDF is: one page, tagged, the same each time, and nothing fetched."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from archived import archive_faults
from sample_briefs import (
    bare_brief,
    full_brief,
    hostile_brief,
    sides,
    sparse_brief,
    with_events,
)

from briefing.errors import RenderError, TemplateError
from briefing.render.pdf import Press
from briefing.render.text import pdf_text
from briefing.templating import load, render_template

LEAST_PT = 8.5
PAGE = (
    '<html lang="en"><head><title>T</title></head><body>{}<div id="brief-end"></div></body></html>'
)


@pytest.fixture(scope="module")
def spec():
    return load("one-page")


@pytest.fixture(scope="module")
def press(spec):
    return Press(spec)


@pytest.fixture(scope="module")
def html(spec):
    return render_template(spec, full_brief(), page="A4")


@pytest.fixture(scope="module")
def pdf(press, html):
    return press.write(press.layout(html))


@pytest.mark.parametrize("brief", [full_brief, sparse_brief, bare_brief])
def test_one_page_is_one_page(spec, press, brief):
    """A brief within the limits stands on one page and inside its margins."""
    layout = press.layout(render_template(spec, brief(), page="A4"))
    assert layout.pages == 1
    assert layout.fits(1)
    assert 0 < layout.content_height <= layout.available_height
    assert layout.warnings == ()


def test_too_much_is_told(spec, press):
    """A brief that overflows says how much it would need."""
    layout = press.layout(render_template(spec, hostile_brief(), page="A4"))
    assert layout.pages == 2
    assert not layout.fits(1)
    assert layout.fits(2)
    assert layout.content_height > layout.available_height


@pytest.mark.parametrize(("page", "size"), [("A4", (595.28, 841.89)), ("Letter", (612, 792))])
def test_page_sizes(spec, page, size):
    """The paper is what was asked for."""
    press = Press(spec, page)
    written = press.write(press.layout(render_template(spec, sparse_brief(), page=page)))
    with pikepdf.open(io.BytesIO(written)) as opened:
        assert [float(edge) for edge in opened.pages[0].mediabox[2:]] == pytest.approx(
            size, abs=0.1
        )


def test_unknown_page_size_is_refused(spec):
    """A page size that the template was not made for is an error."""
    with pytest.raises(TemplateError, match="no page size A3"):
        Press(spec, "A3")


def test_every_item_and_section_end_has_an_anchor(press, html):
    """Ids of statements, sources and section ends say where they stand, top to bottom."""
    brief = full_brief()
    anchors = press.layout(html).anchors
    lines = (
        brief.bottom_line, *brief.summary, *brief.claims, *sides(brief), *brief.positions,
    )  # fmt: skip
    places = [anchors[line.id][2] for line in lines]
    assert places == sorted(places)
    names = ("bottom-line", "summary", "claims", "contested", "positions", "unknowns", "sources")
    for name in names:
        assert anchors[f"section-{name}"][2] < anchors[f"section-{name}-end"][2]
    assert {"contested-1", "source-4", "unknown-3", "left-out", "brief-end"} <= anchors.keys()
    assert {page for page, _, _ in anchors.values()} == {0}


def test_tall_page_shows_what_each_item_takes(spec, press):
    """On the tall page nothing breaks, and heights add up to where the next item stands."""
    layout = press.layout_tall(render_template(spec, hostile_brief(), page="A4"))
    assert layout.pages == 1
    assert layout.fits(1)
    tall = layout.heights["claim-1"]
    assert tall > 3 * layout.heights["summary-1"]
    step = layout.anchors["claim-2"][2] - layout.anchors["claim-1"][2]
    assert tall <= step < tall + 10


def test_tall_page_has_the_same_width(press, html):
    """A brief that fits one page has the same height on the tall page."""
    assert press.layout_tall(html).content_height == pytest.approx(
        press.layout(html).content_height
    )


def test_same_brief_same_bytes(spec, press, html, pdf):
    """A second press, and a second process, write the same bytes."""
    again = Press(spec)
    assert again.write(again.layout(html)) == pdf
    script = (
        "import sys, hashlib\n"
        "from briefing.render.pdf import Press\n"
        "from briefing.templating import load\n"
        "press = Press(load('one-page'))\n"
        "pdf = press.write(press.layout(sys.stdin.read()))\n"
        "sys.stdout.buffer.write(pdf)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=html.encode(), capture_output=True, check=True
    )
    assert done.stdout == pdf


def test_dates_are_the_briefs(pdf):
    """No date but that of the brief stands in the file."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20261122")
        assert str(opened.docinfo["/ModDate"]).startswith("D:20261122")


def test_pdf_is_tagged(pdf):
    """Language, title, bookmarks and tags are there, and the file says it is PDF/UA-1."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "en"
        assert bool(opened.Root.MarkInfo.Marked)
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
        assert str(opened.docinfo["/Title"]) == full_brief().title
        with opened.open_outline() as outline:
            assert outline.root[0].title == full_brief().title
            assert "Key claims" in [item.title for item in outline.root[0].children]
        assert b"pdfuaid:part" in opened.Root.Metadata.read_bytes()
        kinds = {str(item.S) for item in structure(opened)}
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD", "/Link"} <= kinds


def test_header_cells_have_a_scope(pdf):
    """Column and row headers say which they are."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        scopes = [str(item.A.Scope) for item in structure(opened) if item.S == "/TH"]
    assert scopes == ["/Column"] * 4 + ["/Row"] * 6


def test_list_items_stand_in_lists(pdf):
    """Every list item is a child of a list."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        parents = [item.P.S for item in structure(opened) if item.S == "/LI"]
    assert len(parents) == 4 + 2 + 3 + 4
    assert {str(parent) for parent in parents} == {"/L"}


def test_links_are_printed(pdf):
    """Each link annotation has the Print flag alone."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        flags = [int(link.F) for page in opened.pages for link in page.Annots]
    assert len(flags) > 10
    assert set(flags) == {4}


@pytest.mark.parametrize("brief", [full_brief, sparse_brief, hostile_brief])
def test_type_is_never_smaller_than_legible(spec, press, brief):
    """No text object of any page is set below 8.5 pt."""
    layout = press.layout(render_template(spec, brief(), page="A4"))
    document = pypdfium2.PdfDocument(press.write(layout))
    sizes = {round(size, 2) for page in document for size in type_sizes(page)}
    document.close()
    assert min(sizes) >= LEAST_PT
    assert max(sizes) < 30


def test_styles_set_no_type_smaller_than_legible(spec):
    """A size in the print styles is at least one rem, and a rem is at least 8.5 pt."""
    css = re.sub(r"/\*.*?\*/", "", (spec.folder / "print.css").read_text(), flags=re.DOTALL)
    rems = re.findall(r"(?:font-size|font): (?:600 )?([\d.]+)rem", css)
    points = re.findall(r"(?:font-size|font): (?:600 )?([\d.]+)pt", css)
    assert len(rems) > 10
    assert min(map(float, rems)) >= 1
    assert min(map(float, points)) >= LEAST_PT


def test_only_bundled_fonts_are_used(pdf):
    """Latin text is set in the fonts that ship, each embedded."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        names = {str(font.BaseFont) for font in opened.pages[0].Resources.Font.values()}
    assert all("+Brief-" in name for name in names)
    assert len(names) == 6


def test_pdf_text_holds_every_quotation(pdf):
    """The text of the PDF has each lead and quotation, apart from line breaks."""
    brief = full_brief()
    text = " ".join(pdf_text(pdf).split())
    for line in (brief.bottom_line, *brief.summary, *brief.claims, *sides(brief)):
        assert f"{line.lead}: {line.quotation}" in text
    for line in brief.positions:
        assert str(line.quotation) in text
        assert line.lead in text


def test_hostile_text_is_printed_as_it_stands(spec, press):
    """Markup stands on the page as text, and a `javascript:` address is no link."""
    written = press.write(press.layout(render_template(spec, hostile_brief(), page="A4")))
    assert "<script>alert(1)</script>" in pdf_text(written)
    with pikepdf.open(io.BytesIO(written)) as opened:
        links = [link for page in opened.pages for link in page.get("/Annots", [])]
        addresses = [str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A]
        assert "/JavaScript" not in opened.Root.get("/Names", {})
    assert addresses
    assert all(address.startswith("https://") for address in addresses)


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://a.example/x.png" alt="x">',
        '<img src="http://127.0.0.1:9/x.png" alt="x">',
        '<img src="file:///etc/hostname" alt="x">',
        '<img src="../../pyproject.toml" alt="x">',
        '<p style="background: url(ftp://a.example/x)">x',
        '<link rel="stylesheet" href="https://a.example/x.css">',
    ],
)
def test_nothing_is_fetched(press, body):
    """An address outside the template's own folders stops the rendering."""
    with pytest.raises(RenderError, match="blocked"):
        press.layout(PAGE.format(body))


def test_attached_file_from_elsewhere_is_refused(press):
    """A page cannot attach a file of the machine that renders it."""
    layout = press.layout(PAGE.format('<a rel="attachment" href="file:///etc/hostname">x</a>'))
    with pytest.raises(RenderError, match="blocked"):
        press.write(layout)


def test_own_files_and_data_are_read(press):
    """A picture given inside the page is printed."""
    dot = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    assert press.layout(PAGE.format(f'<img src="{dot}" alt="a dot">')).pages == 1


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<html lang="en"><title></title><div id="brief-end"></div>', "no title"),
        ('<html><title>T</title><div id="brief-end"></div>', "no language"),
        ('<html lang="en"><title>T</title><p>x', "brief-end"),
        (PAGE.format('<i id="a"></i><i id="a"></i>'), "defined twice"),
        (PAGE.format('<a href="#nowhere">x</a>'), "nowhere"),
    ],
)
def test_what_would_break_access_is_an_error(press, html, message):
    """A page without title, language or end, or with broken anchors, is not written."""
    with pytest.raises(RenderError, match=message):
        press.write(press.layout(html))


def test_picture_without_alternative_text_is_an_error(press):
    """WeasyPrint only logs a missing `alt`; here it stops."""
    dot = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    layout = press.layout(PAGE.format(f'<img src="{dot}">'))
    with pytest.raises(RenderError, match="alt"):
        press.write(layout)


def test_lesser_messages_are_kept(press):
    """An unknown property is a warning, not an error."""
    layout = press.layout(PAGE.format('<p style="no-such-thing: 1">x'))
    assert any("no-such-thing" in warning for warning in layout.warnings)


DATA = '{"format": "briefing/1", "title": "Häfen, 港"}\n'.encode() + bytes(range(256))


def test_attachments_are_carried_byte_for_byte(press, html):
    """Attached bytes read back equal with two libraries, with name, type and what they are."""
    written = press.write(press.layout(html), attachments={"brief.json": DATA})
    with pikepdf.open(io.BytesIO(written)) as opened:
        entry = opened.attachments["brief.json"]
        assert entry.get_file().read_bytes() == DATA
        assert entry.get_file().mime_type == "application/json"
        assert entry.description == "The data that this brief was made from"
        assert [str(file.AFRelationship) for file in opened.Root.AF] == ["/Source"]
    document = pypdfium2.PdfDocument(written)
    assert document.count_attachments() == 1
    assert document.get_attachment(0).get_name() == "brief.json"
    assert bytes(document.get_attachment(0).get_data()) == DATA
    document.close()


def test_attachment_is_made_of_the_text_of_the_pages(press, html):
    """What is given instead of bytes sees the text that is copied from the file; others stay."""
    seen = []

    def made(text):
        seen.append(text)
        return DATA

    written = press.write(press.layout(html), attachments={"a.json": b"[]", "brief.json": made})
    assert seen == [pdf_text(written)]
    given = press.write(press.layout(html), attachments={"a.json": b"[]", "brief.json": DATA})
    assert given == written


def test_attachments_keep_the_file_the_same(html, press):
    """A second process writes the same bytes, the attachment with them."""
    script = (
        "import sys\n"
        "from briefing.render.pdf import Press\n"
        "from briefing.templating import load\n"
        "press = Press(load('one-page'))\n"
        "layout = press.layout(sys.stdin.read())\n"
        "pdf = press.write(layout, attachments={'brief.json': b'{}', 'more.json': b'[]'})\n"
        "sys.stdout.buffer.write(pdf)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], input=html.encode(), capture_output=True, check=True
    )
    files = {"brief.json": b"{}", "more.json": b"[]"}
    assert press.write(press.layout(html), attachments=files) == done.stdout


@pytest.mark.parametrize("brief", [full_brief, sparse_brief, bare_brief, hostile_brief])
def test_pdf_is_fit_for_archives(spec, press, brief):
    """What PDF/A-3a asks for holds, as far as it can be checked, with and without attachments."""
    layout = press.layout(render_template(spec, with_events(brief()), page="A4"))
    assert archive_faults(press.write(layout)) == []
    assert archive_faults(press.write(layout, attachments={"brief.json": DATA})) == []
    many = {"brief.json": DATA, "more.json": DATA, "a.txt": b""}
    assert archive_faults(press.write(layout, attachments=many)) == []


def test_a_character_without_a_glyph_takes_the_claims_back(spec, press):
    """A page with a box in place of a character is written, but not said to conform."""
    brief = replace(full_brief(), title="Dues and \U00010d00 fares \u0378")
    written = press.write(press.layout(render_template(spec, brief, page="A4")))
    with pikepdf.open(io.BytesIO(written)) as opened:
        metadata = opened.Root.Metadata.read_bytes()
    assert b"pdfaid:part" not in metadata
    assert b"pdfuaid" not in metadata
    assert b"<dc:title>" in metadata


@pytest.mark.parametrize(
    ("package", "words"),
    [
        ("raise OSError(\"cannot load library 'libgobject-2.0-0'\")", "Pango is not installed"),
        ("", "HarfBuzz's subset library is not installed"),
    ],
)
def test_missing_system_library_says_what_to_install(tmp_path, package, words):
    """Without Pango or HarfBuzz's subsetter the error carries the line that installs them."""
    text = tmp_path / "weasyprint" / "text"
    text.mkdir(parents=True)
    (tmp_path / "weasyprint" / "__init__.py").write_text(package)
    (text / "__init__.py").touch()
    (text / "ffi.py").write_text("harfbuzz_subset = None")
    script = (
        "import sys\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from briefing.errors import RenderError\n"
        "from briefing.render.pdf import Press\n"
        "from briefing.templating import load\n"
        "try:\n"
        "    Press(load('one-page'))\n"
        "except RenderError as error:\n"
        "    print(error.message, '|', error.hint)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=True
    )
    assert words in done.stdout
    assert "apt-get install --no-install-recommends libpangoft2-1.0-0" in done.stdout


def structure(opened: pikepdf.Pdf) -> list[pikepdf.Object]:
    """All structure elements of a PDF, in reading order."""
    found, waiting = [], [opened.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting.extend(reversed(list(item)))
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            found.append(item)
            if "/K" in item:
                waiting.append(item.K)
    return found


def type_sizes(page: pypdfium2.PdfPage) -> list[float]:
    """Sizes in points of all text objects of a page, as set on paper."""
    from pypdfium2 import raw

    texts = page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=9)
    return [text.get_font_size() * abs(text.get_matrix().d) for text in texts]
