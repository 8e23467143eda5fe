"""PDF: reading order, words parted at line ends, running lines, properties, refusals."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from sample_sources import COUNCIL, SURVEY, Write, failure, headings, only, pdf

from briefing.ingest import IntakeLimits, read

NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
PARAGRAPHS = [f"Paragraph {number} opens. {COUNCIL} {SURVEY}" for number in NUMBERS]
TITLE = "Harbour dues at Lantern Bay: a title that spans both of the columns"
RUNNING = (
    '@page { @top-center { content: "Bay Review 2026" } '
    '@bottom-center { content: "Page " counter(page) " of " counter(pages) } } '
    "body { font: 9pt/1.35 DejaVu Serif } h1 { font-size: 16pt } h2 { font-size: 12pt }"
)

JUSTIFIED = ".text { text-align: justify } .text"
INDENTED = "p { margin: 0; text-indent: 1.2em }"


def pages(paragraphs: list[str]) -> str:
    half = len(paragraphs) // 2
    first, second = ("".join(f"<p>{one}</p>" for one in part) for part in
                     (paragraphs[:half], paragraphs[half:]))  # fmt: skip
    return (
        f"<h1>{TITLE}</h1><div class=text><h2>What was decided</h2>{first}"
        f"<h2>Who objects</h2>{second}<ul><li>A first item that is long enough to be wrapped over "
        "more than one line of its column.</li><li>A second item.</li></ul></div>"
    )


EXPECTED = "\n\n".join(
    [TITLE, "What was decided", *PARAGRAPHS[:6], "Who objects", *PARAGRAPHS[6:]]
) + (
    "\n\n- A first item that is long enough to be wrapped over more than one line of its column."
    "\n- A second item."
)


@pytest.mark.parametrize(
    "css",
    [
        f"{JUSTIFIED} {{ columns: 2; column-gap: 8mm; hyphens: auto }} {INDENTED}",
        ".text { columns: 2; column-gap: 6mm; hyphens: auto } p { margin: 0 0 6pt }",
        f"{JUSTIFIED} {{ columns: 1 }} {INDENTED}",
    ],
    ids=["two columns, indented", "two columns, spaced", "one column, indented"],
)
def test_text_comes_back_whole_and_in_order(write: Write, css: str) -> None:
    """Columns, pages, line ends and running lines leave no trace in the text."""
    document = only(write("a.pdf", pdf(pages(PARAGRAPHS), css=RUNNING + css)))
    assert document.text == EXPECTED
    assert headings(document) == [TITLE, "What was decided", "Who objects"]
    assert document.media_type == "application/pdf"


def test_no_word_is_lost_where_a_paragraph_may_go_on(write: Write) -> None:
    """A full line that ends a sentence and a page may end a paragraph or not; words stay whole."""
    css = ".text { hyphens: auto } p { margin: 0 0 6pt }"
    document = only(write("a.pdf", pdf(pages(PARAGRAPHS), css=RUNNING + css)))
    assert document.text.split() == EXPECTED.split()


def test_a_sentence_that_tops_two_pages_is_kept(write: Write) -> None:
    """What repeats at the edge of pages is only dropped where white space parts it from the text."""
    body = f"<p>{COUNCIL}</p><p style='break-before: page'>{COUNCIL}</p>"
    document = only(write("a.pdf", pdf(body, css="p { margin: 0 }")))
    assert document.text == f"{COUNCIL}\n\n{COUNCIL}"


def test_a_table_keeps_its_rows(write: Write) -> None:
    """Rows with cells have a line each."""
    rows = "".join(f"<tr><td>{year}</td><td>{ships}</td></tr>" for year, ships in
                   (("Year", "Ships"), ("2025", "290"), ("2026", "305")))  # fmt: skip
    css = "td { padding: 0 12mm }"
    document = only(write("a.pdf", pdf(f"<p>{COUNCIL}</p><table>{rows}</table>", css=css)))
    assert document.text == f"{COUNCIL}\n\nYear | Ships\n2025 | 290\n2026 | 305"


def test_properties_are_read(write: Write) -> None:
    """Title, authors, date and language come from the file's properties."""
    head = (
        "<title>Harbour dues</title><meta name=author content='Tessa Quill; Orin Vale'>"
        "<meta name=dcterms.created content=2026-03-12>"
    )
    document = only(write("a.pdf", pdf(f"<p>{COUNCIL}</p>", head=head)))
    assert document.title == "Harbour dues"
    assert document.authors == ("Tessa Quill", "Orin Vale")
    assert document.date == "2026-03-12"
    assert (document.language, document.language_detected) == ("en", False)


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("Microsoft Word - dues-final.docx", "Microsoft Office User"),
        ("untitled", "admin"),
        ("dues_v3.indd", "toland"),
        ("Document1", "t.oland@x.example"),
    ],
)
def test_properties_that_programs_wrote_are_not_taken(
    write: Write, title: str, author: str
) -> None:
    """File names and accounts are neither titles nor authors."""
    head = f"<title>{title}</title><meta name=author content='{author}'>"
    document = only(write("a.pdf", pdf(f"<p>{COUNCIL}</p>", head=head)))
    assert (document.title, document.authors) == (None, ())


def picture() -> str:
    import base64

    buffer = io.BytesIO()
    Image.new("L", (40, 40), 128).save(buffer, "PNG")
    return (
        f"<img alt=x src='data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}'>"
    )


def test_a_scan_fails_with_the_command_for_ocr(write: Write) -> None:
    """A PDF without a text layer names the tool that makes one."""
    path = write("a.pdf", pdf(picture()))
    error = failure(path)
    assert error.message == f"{path} has no text layer"
    assert f"ocrmypdf '{path}'" in error.hint


def test_a_scanned_page_among_others_is_named(write: Write) -> None:
    """Pages that hold a picture alone are named in a notice."""
    body = f"<p>{COUNCIL}</p><p style='break-before: page'>{picture()}</p>"
    path = write("a.pdf", pdf(body))
    assert read([str(path)]).notices == (
        f"{path} has pages without a text layer that were not read: 2",
    )


def test_a_locked_pdf_says_so(write: Write, tmp_path: object) -> None:
    """A PDF that needs a password is told from a damaged one."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(f"<p>{COUNCIL}</p>"))) as opened:
        opened.save(buffer, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert "locked by a password" in failure(write("a.pdf", buffer.getvalue())).message


def test_a_damaged_pdf_says_so(write: Write) -> None:
    """A PDF that does not open is damaged."""
    assert "damaged PDF" in failure(write("a.pdf", b"%PDF-1.7\nnothing here")).message


def test_a_pdf_over_the_limit_of_pages_fails(write: Write) -> None:
    """A long PDF is refused, not cut."""
    path = write("a.pdf", pdf("<p>One.</p><p style='break-before: page'>Two.</p>"))
    (error,) = read([str(path)], limits=IntakeLimits(pages=1)).failures
    assert "2 pages; the limit is 1" in error.message


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("content", [False, True], ids=["page turned", "text turned"])
def test_turned_text_is_read_as_it_runs(write: Write, turn: int, content: bool) -> None:
    """Text that stands on its side or its head is read along its own lines."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(f"<p>{COUNCIL}</p><p>{SURVEY}</p>"))) as opened:
        page = opened.pages[0]
        if content:
            width, height = (float(edge) for edge in page.mediabox[2:])
            matrix = {
                90: f"0 1 -1 0 {height} 0", 180: f"-1 0 0 -1 {width} {height}",
                270: f"0 -1 1 0 0 {width}",
            }[turn]  # fmt: skip
            page.contents_add(f"q {matrix} cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = [0, 0, width, height] if turn == 180 else [0, 0, height, width]
        else:
            page.Rotate = turn
        opened.save(buffer)
    assert only(write("a.pdf", buffer.getvalue())).text == f"{COUNCIL}\n\n{SURVEY}"


def test_a_watermark_is_no_part_of_the_text(write: Write) -> None:
    """What runs aslant over the page is left out."""
    mark = "<div style='position: fixed; top: 40mm; transform: rotate(-45deg)'>DRAFT COPY</div>"
    assert only(write("a.pdf", pdf(f"{mark}<p>{COUNCIL}</p>"))).text == COUNCIL


def test_footnotes_do_not_part_a_paragraph(write: Write) -> None:
    """A paragraph goes on over a page; the footnotes between follow it."""
    notes = "<span style='float: footnote'>Minutes of the council.</span>"
    body = f"<p>{COUNCIL}{notes} {SURVEY}</p>"
    css = (
        "@page { size: 105mm 60mm; margin: 8mm } p { margin: 0; font-size: 11pt; line-height: 1.4 }"
        "::footnote-call { content: '' } ::footnote-marker { content: '1 ' } span { font-size: 8pt }"
    )
    document = only(write("a.pdf", pdf(body, css=css)))
    assert document.text == f"{COUNCIL} {SURVEY}\n\n1 Minutes of the council."


BOLD = "h2 { font: bold 9pt/1.35 DejaVu Serif; margin: 0 } "
ITALIC = "h2 { font: italic 9pt/1.35 DejaVu Serif; margin: 8pt 0 0 } "
PLAIN = "body { font: 9pt/1.35 DejaVu Serif } p { margin: 0; text-indent: 1em } h2 + p { text-indent: 0 }"
QUESTION = "Who objects to the dues and to the way in which they were settled?"


@pytest.mark.parametrize(
    "css",
    [
        BOLD + "div { columns: 2; column-gap: 6mm; text-align: justify; hyphens: auto }",
        BOLD,
        ITALIC,
        "h2 { font: 9pt/1.35 DejaVu Sans; margin: 8pt 0 0 }",
    ],
    ids=["bold in two columns", "bold", "italic", "another family"],
)
def test_a_heading_as_large_as_the_text_is_told_by_its_face(write: Write, css: str) -> None:
    """A short line in a face of its own is a heading, even right above its paragraph."""
    titles = ["1. What was decided", QUESTION, "Next steps"]
    body = "".join(f"<h2>{title}</h2><p>{COUNCIL}</p><p>{SURVEY}</p>" for title in titles)
    document = only(write("a.pdf", pdf(f"<div>{body}</div>", css=PLAIN + css)))
    assert headings(document) == titles
    assert document.text == "\n\n".join(f"{title}\n\n{COUNCIL}\n\n{SURVEY}" for title in titles)


@pytest.mark.parametrize(
    "paragraph",
    [
        "<b>The fees.</b> {}",
        "<b>The dues, their purpose and everything that follows from them,</b> are old. {}",
        "<b>" + SURVEY[:150] + "</b> {}",
        "{} <i>Nobody knew why the Lantern of the Bay had sailed, or who had paid.</i> {}",
        "{} <i>The end</i>",
        "<b>This was the decision of the council.</b>",
        "<b>Table 1. Dues by the year</b>",
        "<code>if dues: pay() and leave</code>",
        "<i>dues = rate × size</i>",
    ],
)
def test_words_that_stand_out_are_no_heading(write: Write, paragraph: str) -> None:
    """Run-in words, emphasis, whole sentences, captions, code and formulas stay paragraphs."""
    marked = paragraph.replace("{}", COUNCIL)
    css = PLAIN + "p { margin: 0 0 6pt }"
    document = only(write("a.pdf", pdf(f"<p>{SURVEY}</p><p>{marked}</p><p>{SURVEY}</p>", css=css)))
    words = marked
    for mark in ("<b>", "</b>", "<i>", "</i>", "<code>", "</code>"):
        words = words.replace(mark, "")
    assert document.headings == ()
    assert document.text == f"{SURVEY}\n\n{words}\n\n{SURVEY}"


def test_a_line_below_the_title_is_no_heading(write: Write) -> None:
    """Who wrote a text stands below its title, often in italics."""
    body = f"<h1>Dues</h1><p><i>A report by Mira Oland</i></p><p>{COUNCIL} {SURVEY}</p>"
    document = only(write("a.pdf", pdf(body, css="p { margin: 0 0 12pt }")))
    assert headings(document) == ["Dues"]
    assert document.text == f"Dues\n\nA report by Mira Oland\n\n{COUNCIL} {SURVEY}"


@pytest.mark.parametrize("words", ["Quill-Vale", "COVID-19", "2026-2030", "1911–1914", "A380-800"])
@pytest.mark.parametrize("hyphen", ["-", "\u2010"])
def test_a_hyphen_before_a_capital_or_a_digit_is_kept(
    write: Write, words: str, hyphen: str
) -> None:
    """Typesetters break lines after a hyphen; they put none before a capital or a digit."""
    broken = words.replace("-", hyphen + "<br>").replace("–", "–<br>")
    body = f"<p>{COUNCIL} The rule of {broken} is old. {COUNCIL}</p>"
    document = only(write("a.pdf", pdf(body, css="p { font: 9pt DejaVu Serif }")))
    assert f" {words} is old." in document.text


HEAD = "@page { @top-left { content: 'Oland and Vale'; font-size: 7pt } } @page :first { @top-left { content: none } }"


def test_a_running_head_that_occurs_once_is_dropped(write: Write) -> None:
    """Small type above the block of text is no part of it, even on one page alone."""
    body = f"<p>{COUNCIL}</p><p style='break-before: page'>{SURVEY}</p>"
    assert only(write("a.pdf", pdf(body, css=HEAD))).text == f"{COUNCIL}\n\n{SURVEY}"


def test_small_type_within_the_block_of_text_is_kept(write: Write) -> None:
    """A caption that tops a page and a footnote that ends it are kept."""
    caption = "<p style='break-before: page; font-size: 7pt; margin: 0 0 20pt'>Map of the bay</p>"
    note = "<span style='float: footnote; font-size: 7pt'>See the minutes</span>"
    css = "p { margin: 0 } ::footnote-call { content: '' } ::footnote-marker { content: '' }"
    body = f"<p>{COUNCIL}</p>{caption}<p>{SURVEY}{note}</p>"
    expected = f"{COUNCIL}\n\nMap of the bay\n\n{SURVEY}\n\nSee the minutes"
    assert only(write("a.pdf", pdf(body, css=HEAD + css))).text == expected


def test_a_line_above_the_title_comes_before_it(write: Write) -> None:
    """Small type at the top of the first page does not part a title of two lines."""
    mast = (
        "<p style='font-size: 7pt; display: flex; justify-content: space-between'>"
        "<span>BAY INSTITUTE</span><span>Paper 7 of the year</span></p>"
    )
    body = f"{mast}<h1>{TITLE}</h1><div style='columns: 2'><p>{COUNCIL} {SURVEY}</p></div>"
    document = only(write("a.pdf", pdf(body, css=PLAIN + "h1 { font-size: 15pt }")))
    assert (
        document.text == f"BAY INSTITUTE\n\nPaper 7 of the year\n\n{TITLE}\n\n{COUNCIL} {SURVEY}"
    )
    assert headings(document) == [TITLE]


@pytest.mark.parametrize("width", [72, 76, 98])
def test_a_stretched_line_is_no_row_of_a_table(write: Write, width: int) -> None:
    """Lines of few words that are set to the full width of a narrow column stay text."""
    css = f"@page {{ size: {width}mm 150mm; margin: 10mm }} p {{ text-align: justify; font: 9pt DejaVu Serif }}"
    text = SURVEY if width < 80 else f"{COUNCIL} {SURVEY}"
    assert only(write("a.pdf", pdf(f"<p>{text}</p>", css=css))).text == text


def test_the_seed_note_is_read_in_order() -> None:
    """Its title is whole, its sections have headings, and nothing of its page edges is left."""
    path = Path(__file__).parents[2] / "seeds" / "harbour-dues" / "research-note.pdf"
    document = only(path)
    assert headings(document) == [
        "Who pays for shore power? Harbour dues and traffic at Sandermouth",
        "1. The plan",
        "2. The cost",
        "3. The traffic",
        "4. The air",
        "5. What we recommend",
        "6. What we do not know",
    ]
    assert "Research Note 14/2026" not in document.text
    assert "the government\n\n1. publish" in document.text


def test_marks_of_notes_are_no_words(write: Write) -> None:
    """A raised number behind a word or a stop is a mark, one behind a unit an exponent."""
    css = "sup { font-size: 6pt; vertical-align: super; line-height: 0 }"
    body = "They saw all 90.<sup>1</sup> The council<sup>12</sup> met<sup>3</sup>. It owns 7 km<sup>2</sup>."
    document = only(write("a.pdf", pdf(f"<p>{body}</p><p>{SURVEY}</p>", css=css)))
    assert document.text.startswith("They saw all 90. The council met. It owns 7 km².")


@pytest.mark.parametrize(
    ("foot", "kept"),
    [("1/1", False), ("Page 1 of 1", False), ("— 1 —", False), ("1 of 7", True), ("2/3", True)],
)
def test_the_number_of_a_page_is_dropped(write: Write, foot: str, *, kept: bool) -> None:
    """Also on a page by itself, with how many there are beside it."""
    css = f"@page {{ @bottom-center {{ content: '{foot}' }} }}"
    text = only(write("a.pdf", pdf(f"<p>{COUNCIL}</p><p>{SURVEY}</p>", css=css))).text
    assert (foot in text) is kept
