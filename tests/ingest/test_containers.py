"""DOCX, EPUB, e-mail and feeds."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime

import docx
import pytest
from docx.oxml import parse_xml
from sample_sources import COUNCIL, SURVEY, Write, failure, headings, only

from briefing.ingest import IntakeLimits, read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_bytes(package: object) -> bytes:
    buffer = io.BytesIO()
    package.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def test_docx_structure_and_properties(write: Write) -> None:
    """Headings, lists and tables come by style, properties from the core part."""
    package = docx.Document()
    package.add_heading("Harbour dues", 0)
    package.add_paragraph(COUNCIL)
    package.add_heading("Points", 1)
    package.add_paragraph("First point.", style="List Bullet")
    package.add_paragraph("Second point.", style="List Bullet")
    package.add_paragraph("Then this.", style="List Number")
    package.add_paragraph("Then that.", style="List Number")
    table = package.add_table(2, 2)
    for cell, text in zip(table._cells, ("Year", "Ships", "2025", "290"), strict=True):
        cell.text = text
    package.core_properties.title = "Dues 2026"
    package.core_properties.author = "Tessa Quill; Orin Vale"
    package.core_properties.created = datetime(2026, 3, 12)
    package.core_properties.language = "en-GB"
    document = only(write("a.docx", docx_bytes(package)))
    assert document.text == (
        f"Harbour dues\n\n{COUNCIL}\n\nPoints\n\n- First point.\n- Second point.\n"
        "1. Then this.\n2. Then that.\n\nYear | Ships\n2025 | 290"
    )
    assert headings(document) == ["Harbour dues", "Points"]
    assert (document.title, document.authors) == ("Dues 2026", ("Tessa Quill", "Orin Vale"))
    assert (document.date, document.language) == ("2026-03-12", "en")


def test_docx_keeps_insertions_and_controls_and_drops_deletions(write: Write) -> None:
    """Tracked insertions and content controls are read, deletions and moved-from text are not."""
    package = docx.Document()
    body = package.element.body
    body.insert(0, parse_xml(
        f"<w:p {W}><w:r><w:t xml:space='preserve'>The dues </w:t></w:r>"
        "<w:ins><w:r><w:t xml:space='preserve'>will </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>may </w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>never </w:t></w:r></w:moveFrom>"
        "<w:r><w:t>rise.</w:t></w:r></w:p>"
    ))  # fmt: skip
    body.insert(1, parse_xml(
        f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>A control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    ))  # fmt: skip
    assert only(write("a.docx", docx_bytes(package))).text == "The dues will rise.\n\nA control."


def test_docx_of_the_library_has_neither_author_nor_date(write: Write) -> None:
    """The template's own properties are not those of the document."""
    package = docx.Document()
    package.add_paragraph(COUNCIL)
    document = only(write("a.docx", docx_bytes(package)))
    assert (document.title, document.authors, document.date) == (None, (), None)


def test_docx_by_a_program_has_its_author_and_no_date(write: Write) -> None:
    """The day on which the library's template was made is no date of any document."""
    package = docx.Document()
    package.add_paragraph(COUNCIL)
    package.core_properties.author = "Tessa Quill"
    document = only(write("a.docx", docx_bytes(package)))
    assert (document.authors, document.date) == (("Tessa Quill",), None)
    package.core_properties.created = datetime(2026, 3, 12)
    assert only(write("b.docx", docx_bytes(package))).date == "2026-03-12"


def test_an_empty_docx_fails(write: Write) -> None:
    """A DOCX without a word is a failure."""
    assert "holds no text" in failure(write("a.docx", docx_bytes(docx.Document()))).message


CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OPS/book.opf"/></rootfiles></container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata><dc:title>The Book of Dues</dc:title><dc:creator>Tessa Quill</dc:creator>
<dc:creator>Orin Vale</dc:creator><dc:date>2026-03-12</dc:date><dc:language>en-GB</dc:language>
<dc:publisher>Bay Press</dc:publisher></metadata><manifest>
<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="b" href="two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""


def epub_bytes(**more: str) -> bytes:
    page = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><head><title>x</title></head><body>{}</body></html>"
    files = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": PACKAGE,
        "OPS/nav.xhtml": page.format("<ol><li>Contents</li></ol>"),
        "OPS/one.xhtml": page.format(
            f"<h1>One</h1><p>{COUNCIL}<a epub:type='noteref' href='#n'>1</a></p>"
        ),
        "OPS/two b.xhtml": page.format("<h1>Two</h1><p>It is short.</p>"),
        **more,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_epub_is_read_along_its_spine(write: Write) -> None:
    """Chapters come in the order of the spine, contents left out, metadata from the package."""
    document = only(write("a.epub", epub_bytes()))
    assert document.text == f"One\n\n{COUNCIL}\n\nTwo\n\nIt is short."
    assert headings(document) == ["One", "Two"]
    assert document.title == "The Book of Dues"
    assert document.authors == ("Tessa Quill", "Orin Vale")
    assert (document.date, document.language, document.publisher) == (
        "2026-03-12", "en", "Bay Press",
    )  # fmt: skip


def test_a_zip_bomb_is_refused(write: Write) -> None:
    """An archive that unpacks to more than the limit is not unpacked."""
    path = write("a.epub", epub_bytes(**{"OPS/big.bin": "0" * 100_000}))
    (error,) = read([str(path)], limits=IntakeLimits(unpacked_bytes=50_000)).failures
    assert "the limit is 50,000" in error.message


def test_an_epub_with_drm_is_refused(write: Write) -> None:
    """A book whose chapters are encrypted says so."""
    locked = "<encryption xmlns:e='http://www.w3.org/2001/04/xmlenc#'><e:CipherReference URI='OPS/one.xhtml'/></encryption>"
    path = write("a.epub", epub_bytes(**{"META-INF/encryption.xml": locked}))
    assert "locked by its publisher" in failure(path).message


def test_an_epub_resolves_no_entities(write: Write) -> None:
    """An entity that names a file is never opened."""
    package = "<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>" + PACKAGE.replace(
        "The Book of Dues", "&x;"
    )
    assert only(write("a.epub", epub_bytes(**{"OPS/book.opf": package}))).title is None


MAIL = f"""\
From: Tessa Quill <tessa@x.example>
To: desk@x.example
Subject: =?utf-8?q?Harbour_dues_=E2=80=93_a_note?=
Date: Thu, 12 Mar 2026 08:30:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

{COUNCIL}

On Wed, 11 Mar 2026, Orin Vale wrote:
> Will the dues rise?
> I wonder.

{SURVEY}

--\x20
Tessa Quill
Harbour desk
"""


def test_mail_gives_what_its_sender_wrote(write: Write) -> None:
    """Headers become metadata; the quoted reply and the signature are dropped."""
    document = only(write("a.eml", MAIL))
    assert document.text == f"{COUNCIL}\n\n{SURVEY}"
    assert document.title == "Harbour dues – a note"
    assert document.authors == ("Tessa Quill",)
    assert document.date == "2026-03-12"
    assert document.media_type == "message/rfc822"


def test_mail_prefers_plain_text_and_names_attachments(write: Write) -> None:
    """Of alternatives the plain one is read; attachments are named in a notice."""
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"] = "tessa@x.example", "Dues"
    message.set_content(COUNCIL)
    message.add_alternative(f"<p>{SURVEY}</p>", subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="dues.pdf")
    path = write("a.eml", message.as_bytes())
    intake = read([str(path)])
    assert intake.documents[0].text == COUNCIL
    assert intake.documents[0].authors == ()
    assert intake.notices == (f"{path} has attachments that were not read: dues.pdf",)


def test_mail_of_html_alone_is_read(write: Write) -> None:
    """HTML is read where there is no plain text."""
    head = "From: Tessa Quill <t@x.example>\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
    document = only(write("a.eml", f"{head}<h1>Dues</h1><p>{COUNCIL}</p>"))
    assert document.text == f"Dues\n\n{COUNCIL}"
    assert headings(document) == ["Dues"]


def test_flowed_mail_is_joined(write: Write) -> None:
    """Lines that flow on are one line."""
    head = "From: Tessa Quill <t@x.example>\nContent-Type: text/plain; format=flowed\n\n"
    assert only(write("a.eml", f"{head}The council \nmet.\n\nIt sat.\n")).text == (
        "The council met.\n\nIt sat."
    )


UNDERLINED = f"""\
Dues rise
=========
{COUNCIL}

 What comes next
-----------------

{SURVEY}

~~~~~~~~~

Year  Ships
2025  290
-----------
All   290

--\x20
Tessa Quill
-----------
"""


def test_underlined_headings_of_mail_are_headings(write: Write) -> None:
    """Lines that underline or part go; what is underlined is a heading, if it is one line."""
    document = only(write("a.eml", f"From: Tessa Quill <t@x.example>\n\n{UNDERLINED}"))
    assert document.text == (
        f"Dues rise\n\n{COUNCIL}\n\n What comes next\n\n{SURVEY}\n\n"
        "Year  Ships\n2025  290\n-----------\nAll   290"
    )
    assert headings(document) == ["Dues rise", "What comes next"]


def test_mail_without_words_of_its_own_fails(write: Write) -> None:
    """A message that only quotes another is a failure."""
    path = write("a.eml", "From: a@x.example\nSubject: Re\n\n> The council met.\n")
    assert "no text of its own" in failure(path).message


RSS = f"""<?xml version="1.0"?><rss version="2.0"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Bay Courier</title><language>en-gb</language>
<item><title>Dues to &lt;i&gt;rise&lt;/i&gt;</title><link>https://courier.example/1</link>
<dc:creator>Tessa Quill</dc:creator><pubDate>Thu, 12 Mar 2026 08:30:00 GMT</pubDate>
<description>&lt;p&gt;{COUNCIL}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description></item>
<item><description>{SURVEY}</description></item>
<item><title>Only a title</title></item></channel></rss>"""

ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Bay Courier</title>
<author><name>The desk</name></author>
<entry><title>Dues</title><updated>2026-03-12T08:00:00Z</updated><link href="https://c.example/1"/>
<summary>Short.</summary><content type="html">&lt;h2&gt;Vote&lt;/h2&gt;&lt;p&gt;{COUNCIL}&lt;/p&gt;</content></entry></feed>"""


def test_rss_gives_a_document_an_entry(write: Write) -> None:
    """Entries are named by their title or number and carry their own metadata."""
    path = write("a.xml", RSS)
    intake = read([str(path)])
    first, second = intake.documents
    assert (first.name, second.name) == (f"{path}#dues-to-rise", f"{path}#2")
    assert (first.text, second.text) == (COUNCIL, SURVEY)
    assert (first.title, first.authors, first.publisher, first.date, first.url) == (
        "Dues to rise", ("Tessa Quill",), "Bay Courier", "2026-03-12", "https://courier.example/1",
    )  # fmt: skip
    assert (first.language, first.media_type) == ("en", "application/rss+xml")
    assert first.sha256 != second.sha256
    assert intake.notices == (f"{path} has 1 entries without text; they were left out",)


def test_atom_prefers_content_to_a_summary(write: Write) -> None:
    """The longest text of an entry is read; authors come from the feed where it has none."""
    document = only(write("a.atom", ATOM))
    assert document.text == f"Vote\n\n{COUNCIL}"
    assert headings(document) == ["Vote"]
    assert (document.authors, document.date) == (("The desk",), "2026-03-12")


def test_json_feed_is_read(write: Write) -> None:
    """JSON Feed entries come from HTML or plain text."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Bay Courier",
        "authors": [{"name": "The desk"}],
        "items": [
            {"id": "1", "title": "Dues", "content_html": f"<p>{COUNCIL}</p>", "url": "https://c.example/1", "date_published": "2026-03-12T08:00:00Z", "authors": [{"name": "Tessa Quill"}]},
            {"id": "2", "title": "Dues", "content_text": f"{SURVEY}\n\n1 < 2."},
        ],
    }  # fmt: skip
    path = write("a.json", json.dumps(feed))
    first, second = read([str(path)]).documents
    assert (first.name, second.name) == (f"{path}#dues", f"{path}#dues-2")
    assert (first.text, second.text) == (COUNCIL, f"{SURVEY}\n\n1 < 2.")
    assert (first.authors, second.authors) == (("Tessa Quill",), ("The desk",))
    assert (first.date, first.publisher) == ("2026-03-12", "Bay Courier")


def test_a_long_feed_is_cut_with_a_notice(write: Write) -> None:
    """Entries beyond the limit are left out, and the notice counts them."""
    path = write("a.rss", RSS)
    intake = read([str(path)], limits=IntakeLimits(entries=1))
    assert len(intake.documents) == 1
    assert intake.notices == (f"{path} has 3 entries; the first 1 were read",)


def test_a_feed_names_no_file_of_this_machine(write: Write, tmp_path: object) -> None:
    """The bytes of a feed are never taken for a file name or an address."""
    secret = write("secret.txt", COUNCIL)
    bomb = f"<!DOCTYPE r [<!ENTITY x SYSTEM 'file://{secret}'>]>"
    feed = RSS.replace("<rss", bomb + "<rss").replace(SURVEY, f"Seen: &x; {SURVEY}")
    intake = read([str(write("a.xml", feed))])
    assert sum(COUNCIL in document.text for document in intake.documents) <= 1


@pytest.mark.parametrize(
    "content",
    ["<rss version='2.0'><channel><title>x</title></channel></rss>",
     '{"version": "https://jsonfeed.org/version/1", "items": 3}',
     "<rss><channel><item><title>x</title></item></channel></rss>"],
)  # fmt: skip
def test_a_feed_without_text_fails(write: Write, content: str) -> None:
    """A feed with no entries, or none with text, is a failure."""
    assert (
        "is a feed without"
        in failure(write("a.xml" if content[0] == "<" else "a.json", content)).message
    )


def test_docx_lists_by_numbering_and_text_boxes(write: Write) -> None:
    """Direct numbering marks items, contents are left out, a text box follows its paragraph."""
    package = docx.Document()
    numbered = package.part.numbering_part.element
    numbered.append(parse_xml(
        f"<w:abstractNum {W} w:abstractNumId='90'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/>"
        "</w:lvl><w:lvl w:ilvl='1'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum>"
    ))  # fmt: skip
    numbered.append(parse_xml(f"<w:num {W} w:numId='91'><w:abstractNumId w:val='90'/></w:num>"))
    body = package.element.body
    for position, (text, level, number) in enumerate(
        [("First.", 0, 91), ("Below.", 1, 91), ("Second.", 0, 91), ("No item.", 0, 0)]
    ):
        body.insert(position, parse_xml(
            f"<w:p {W}><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/>"
            f"</w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        ))  # fmt: skip
    body.insert(4, parse_xml(
        f"<w:p {W}><w:r><w:t>Non</w:t><w:noBreakHyphen/><w:t>stop</w:t><w:tab/><w:t>text.</w:t>"
        "<w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:pict>"
        "</w:r></w:p>"
    ))  # fmt: skip
    assert only(write("a.docx", docx_bytes(package))).text == (
        "1. First.\n- Below.\n2. Second.\n\nNo item.\n\nNon-stop text.\n\nIn a box."
    )


def zipped(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("a.docx", {"word/document.xml": "<x/>"}),
        ("a.docx", {"word/document.xml": "<x/>", "[Content_Types].xml": "<Types"}),
        ("a.epub", {"META-INF/container.xml": "<container"}),
        ("a.epub", {"META-INF/container.xml": CONTAINER}),
        ("a.epub", {"mimetype": "application/epub+zip"}),
    ],
)
def test_archives_that_lack_their_parts_are_damaged(
    write: Write, name: str, files: dict[str, str]
) -> None:
    """A zip that opens but lacks what its format needs is a damaged source."""
    assert "damaged" in failure(write(name, zipped(files))).message


def test_an_epub_names_missing_chapters(write: Write) -> None:
    """A chapter that the spine lists and the archive lacks is a notice."""
    files = {"META-INF/container.xml": CONTAINER, "OPS/book.opf": PACKAGE}
    files["OPS/one.xhtml"] = f"<html><body><p>{COUNCIL}</p></body></html>"
    path = write("a.epub", zipped(files))
    intake = read([str(path)])
    assert intake.documents[0].text == COUNCIL
    assert intake.notices == (f"{path} lacks chapters that it lists: OPS/two b.xhtml",)


def test_an_epub_without_words_fails(write: Write) -> None:
    """A book of pictures is a failure."""
    files = {"META-INF/container.xml": CONTAINER, "OPS/book.opf": PACKAGE}
    assert "holds no text" in failure(write("a.epub", zipped(files))).message


@pytest.mark.parametrize(
    "header",
    ["From: \"=?x?q?\nDate: never", "From: undisclosed:;\nDate: 99", "From:\nDate:", "Subject:"],
)  # fmt: skip
def test_malformed_mail_headers_give_no_metadata(write: Write, header: str) -> None:
    """Headers that do not parse are as good as absent."""
    document = only(write("a.eml", f"{header}\n\n{COUNCIL}\n"))
    assert (document.authors, document.date) == ((), None)
    assert document.text == COUNCIL


def test_mail_in_an_unknown_encoding_fails(write: Write) -> None:
    """A body whose encoding nobody knows is a failure."""
    head = "From: Tessa Quill <t@x.example>\nContent-Type: text/plain; charset=klingon\n\n"
    assert "cannot be decoded" in failure(write("a.eml", f"{head}{COUNCIL}\n")).message


def test_a_feed_date_that_does_not_parse_is_none(write: Write) -> None:
    """An entry with a broken date is undated."""
    feed = RSS.replace("Thu, 12 Mar 2026 08:30:00 GMT", "soon")
    documents = read([str(write("a.xml", feed))]).documents
    assert [document.date for document in documents] == [None, None]


@pytest.mark.parametrize(
    ("given", "authors"),
    [
        ("<author>desk@post.example (Desk)</author>", ("Desk",)),
        ("<author>tq@post.example (Tessa Quill)</author>", ("Tessa Quill",)),
        ("<author>Tessa Quill &lt;tq@post.example&gt;</author>", ("Tessa Quill",)),
        ("<author>tq@post.example</author>", ()),
        ("<author>admin</author>", ()),
        ("<dc:creator>Tessa Quill and Orin Vale</dc:creator>", ("Tessa Quill", "Orin Vale")),
        (
            "<author>tq@post.example (Tessa Quill)</author><dc:creator>Orin Vale</dc:creator>",
            ("Tessa Quill", "Orin Vale"),
        ),
    ],
)
def test_an_author_of_rss_is_a_name_without_its_address(
    write: Write, given: str, authors: tuple[str, ...]
) -> None:
    """RSS gives an e-mail address with the name in brackets; only the name is the author's."""
    feed = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Post</title>'
        f"<item><title>Dues</title>{given}<description>{COUNCIL}</description></item></channel></rss>"
    )
    assert only(write("a.xml", feed)).authors == authors


def test_one_name_of_atom_stays_one(write: Write) -> None:
    """Where a format has an element a name, a name with `and` in it is not cut."""
    document = only(write("a.atom", ATOM.replace("The desk", "Board of Trade and Shipping")))
    assert document.authors == ("Board of Trade and Shipping",)


def test_a_feed_tells_once_that_its_texts_are_in_another_language(write: Write) -> None:
    """Many entries of one feed are one notice."""
    items = "".join(
        f"<item><title>{n}</title><description>{'港口费上涨。' * n}</description></item>"
        for n in (3, 4)
    )
    feed = f'<rss version="2.0"><channel><language>en-gb</language>{items}</channel></rss>'
    path = write("a.xml", feed)
    intake = read([str(path)])
    assert [document.language for document in intake.documents] == ["zh", "zh"]
    assert intake.notices == (
        f"{path} says that it is in English (en) but 2 of its texts read as Chinese (zh)",
    )
