"""HTML pages: main text, headings and what the page says of itself."""

from __future__ import annotations

import pytest
from sample_sources import COUNCIL, SURVEY, Write, failure, headings, only

ENCYCLOPEDIA = f"""<!doctype html><html lang="en-GB"><head>
<title>Lantern Bay harbour - Fablepedia</title><meta property="og:site_name" content="Fablepedia">
<script>var tracked = true</script></head><body>
<nav><ul><li><a href="/">Main page</a></li><li><a href="/r">Random article</a></li></ul></nav>
<div id="content" class="mw-body"><h1 id="firstHeading">Lantern Bay harbour</h1>
<div id="siteSub">From Fablepedia, the invented encyclopedia</div>
<div class="mw-parser-output">
<table class="infobox"><tr><th>Country</th><td>Fable</td></tr><tr><th>Berths</th><td>12</td></tr></table>
<p><b>Lantern Bay harbour</b> is a port on the coast of <a href="/Fable">Fable</a>. It was opened
in 1911.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup> {COUNCIL}</p>
<div id="toc" class="toc"><ul><li><a href="#History">1 History</a></li></ul></div>
<h2><span id="History">History</span><span class="mw-editsection">[<a href="/e">edit</a>]</span></h2>
<p>The first pier was built of oak. {SURVEY}</p>
<ul><li>In 1950 the grain silo was added.</li><li>In 1971 the ferry line was closed.</li></ul>
<blockquote><p>No one could have foreseen the end of it.</p></blockquote>
<table class="wikitable"><tr><th>Year</th><th>Ships</th></tr><tr><td>1950</td><td>300</td></tr></table>
<h2>References</h2><ol class="references"><li id="cite_note-1">Council minutes, 1911.</li></ol>
</div></div><div id="footer"><p>This page was last edited on 3 May 2026.</p></div></body></html>"""

NEWS = f"""<!doctype html><html lang="en"><head><title>Dues to rise | Bay Courier</title>
<meta name="author" content="Tessa Quill"><meta property="og:site_name" content="Bay Courier">
<meta property="article:published_time" content="2026-03-12T08:00:00Z">
<link rel="canonical" href="https://courier.example/dues"></head><body>
<header><a href="/">Bay Courier</a><ul class="menu"><li><a href="/n">News</a></li></ul></header>
<div class="cookie-banner">We use cookies. Accept all of them?</div>
<main><article><h1>Dues to rise</h1><p>{COUNCIL}</p><p hidden>Not shown.</p><p>{SURVEY}</p>
<h2>What comes next</h2><ol><li>A vote in April.</li><li>A hearing in May.</li></ol>
</article><aside><h3>Related</h3><a href="/x">Ferry line closes</a></aside></main>
<footer>All rights reserved by the Bay Courier.</footer></body></html>"""


def test_an_encyclopedia_page_gives_its_article(write: Write) -> None:
    """Menus, info box, contents, edit links, footnote marks and references are left out."""
    document = only(write("a.html", ENCYCLOPEDIA))
    assert document.text == (
        "Lantern Bay harbour\n\n"
        f"Lantern Bay harbour is a port on the coast of Fable. It was opened in 1911. {COUNCIL}\n\n"
        f"History\n\nThe first pier was built of oak. {SURVEY}\n\n"
        "- In 1950 the grain silo was added.\n- In 1971 the ferry line was closed.\n\n"
        "No one could have foreseen the end of it.\n\nYear | Ships\n1950 | 300"
    )
    assert headings(document) == ["Lantern Bay harbour", "History"]
    assert (document.title, document.publisher) == ("Lantern Bay harbour", "Fablepedia")
    assert (document.language, document.language_detected) == ("en", False)


def test_a_date_is_not_searched_for_in_the_text(write: Write) -> None:
    """The day of an edit in the footer is not the date of the page."""
    assert only(write("a.html", ENCYCLOPEDIA)).date is None


def test_a_news_page_gives_its_metadata(write: Write) -> None:
    """Author, publisher, date and address come from the page's metadata."""
    document = only(write("a.html", NEWS))
    assert document.text.startswith(f"Dues to rise\n\n{COUNCIL}\n\n{SURVEY}\n\nWhat comes next")
    for furniture in ("cookies", "Related", "rights reserved", "Not shown", "Courier"):
        assert furniture not in document.text
    assert document.title == "Dues to rise"
    assert document.authors == ("Tessa Quill",)
    assert document.publisher == "Bay Courier"
    assert document.date == "2026-03-12"
    assert document.url == "https://courier.example/dues"


def test_a_bare_page_is_read_whole(write: Write) -> None:
    """A page with nothing around its text keeps its short parts, in order."""
    body = "<h1>Note</h1><p>It is short.</p><ol><li>One.</li><li>Two.</li></ol><p>The end.<br>Truly.</p>"
    document = only(write("a.html", f"<html><body>{body}</body></html>"))
    assert document.text == "Note\n\nIt is short.\n\n1. One.\n2. Two.\n\nThe end. Truly."


@pytest.mark.parametrize(
    "mark",
    [
        '<meta name="citation_publication_date" content="2026/03/12">',
        '<meta name="DC.date.issued" content="12 March 2026">',
        '<script type="application/ld+json">{"@graph": [{"datePublished": "2026-03-12"}]}</script>',
        '<time itemprop="datePublished" datetime="2026-03-12T08:00">12/03</time>',
    ],
)
def test_dates_of_publication_are_read_from_metadata(write: Write, mark: str) -> None:
    """Meta tags, JSON-LD and a marked time give the date."""
    page = f"<html><head><title>Dues</title>{mark}</head><body><p>{COUNCIL}</p></body></html>"
    assert only(write("a.html", page)).date == "2026-03-12"


def test_broken_metadata_is_passed_over(write: Write) -> None:
    """Ambiguous dates and JSON-LD that does not parse give no date."""
    head = '<meta name="date" content="03/04/2026"><script type="application/ld+json">{oh</script>'
    page = f"<html><head>{head}</head><body><p>{COUNCIL}</p></body></html>"
    assert only(write("a.html", page)).date is None


def test_a_declared_encoding_is_kept(write: Write) -> None:
    """A page that names its encoding is read in it."""
    page = f'<html><head><meta charset="iso-8859-2"></head><body><p>Rada města. {COUNCIL}</p></body></html>'
    assert "Rada města." in only(write("a.html", page.encode("iso-8859-2"))).text


def test_a_page_without_text_fails(write: Write) -> None:
    """A page whose text is made by a script says so."""
    page = "<!doctype html><html><body><div id=app></div><script>go()</script></body></html>"
    assert "script" in failure(write("a.html", page)).hint


ADDRESS = '<link rel="canonical" href="https://www.bay-courier.example/dues">'
PROFILE = '<meta property="article:publisher" content="https://social.example/courier">'


@pytest.mark.parametrize(
    ("mark", "publisher"),
    [
        ("", "bay-courier.example"),
        ('<meta property="og:site_name" content="Bay Courier">', "Bay Courier"),
        ('<meta itemprop="publisher" content="Bay Courier">', "Bay Courier"),
        ('<meta name="citation_publisher" content="Bay Courier">', "Bay Courier"),
        (
            '<script type="application/ld+json">{"publisher": {"name": "Bay Courier"}}</script>',
            "Bay Courier",
        ),
        (
            f'{PROFILE}<script type="application/ld+json">[{{"publisher": "Bay Courier"}}]</script>',
            "Bay Courier",
        ),
        (PROFILE, None),
    ],
)
def test_a_name_for_the_publisher_goes_before_the_domain(
    write: Write, mark: str, publisher: str | None
) -> None:
    """The domain stands in only where the page names no publisher; a link to a profile is no name."""
    head = f"<title>Dues</title>{ADDRESS}{mark}"
    page = f"<html><head>{head}</head><body><p>{COUNCIL}</p></body></html>"
    assert only(write("a.html", page)).publisher == publisher


def test_a_domain_is_no_author(write: Write) -> None:
    """A page that signs with its own address has no author."""
    body = f"<p>By <span class='author'>bay-courier.example</span></p><p>{COUNCIL}</p>"
    page = f"<html><head><title>Dues</title>{ADDRESS}</head><body>{body}</body></html>"
    document = only(write("a.html", page))
    assert (document.authors, document.publisher) == ((), "bay-courier.example")


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("Dues to rise - Ministry of Coasts", "Ministry of Coasts"),
        ("Dues to rise | News | Ministry of Coasts", "Ministry of Coasts"),
        ("Dues to rise – Anmouth Gazette", "Anmouth Gazette"),
        ("Dues to rise - All you need to know", None),
        ("Dues to rise: Ministry of Coasts", None),
        ("Higher dues - Ministry of Coasts", None),
        ("Dues to rise", None),
    ],
)
def test_the_end_of_a_title_names_the_site(
    write: Write, title: str, publisher: str | None
) -> None:
    """Where the heading has the title without it, and it is the name of a body or newspaper."""
    page = (
        f"<title>{title}</title></head><body><h1>Dues to rise</h1><p>{COUNCIL}</p><p>{SURVEY}</p>"
    )
    document = only(write("a.html", f"<html><head>{page}</body></html>"))
    assert document.publisher == publisher
