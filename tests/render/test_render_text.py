"""Visible text of HTML and PDF."""

from __future__ import annotations

import pytest
from sample_briefs import full_brief

from briefing.render.pdf import Press
from briefing.render.text import html_text, pdf_text
from briefing.templating import load


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("<p>a <b>bold</b>\n  word</p>", "a bold word"),
        ("one<br>two", "one\ntwo"),
        ("<title>T</title><style>p{}</style><script>1</script><p>x", "T\nx"),
        ("<table><tr><th>a<td>b<tr><td>c</table>", "a\nb\nc"),
        ("<p>&lt;b&gt; &amp; &#8220;q&#8221;", "<b> & “q”"),
        ("<li>a<ul><li>b</ul>c", "a\nb\nc"),
        ("<template>no</template><p>yes</p></script>", "yes"),
        ("<!-- never --><p>x", "x"),
        ("", ""),
    ],
)
def test_html_text(html, text):
    """Blocks are parted by line breaks, inline elements are not; unseen elements are skipped."""
    assert html_text(html) == text


def test_pdf_text_keeps_hyphens_at_line_ends():
    """A hyphen before a line break is copied as one."""
    press = Press(load("one-page"))
    body = f'<p style="width: 95px">{"so-called well-known " * 4}</p><div id="brief-end"></div>'
    layout = press.layout(f'<html lang="en"><title>T</title><body>{body}')
    words = pdf_text(press.write(layout)).split()
    assert words == ["so-called", "well-known"] * 4


def test_pdf_text_parts_pages():
    """Pages are parted by a form feed."""
    press = Press(load("one-page"))
    body = '<p>one</p><p style="break-before: page">two</p><div id="brief-end"></div>'
    layout = press.layout(f'<html lang="en"><title>{full_brief().title}</title><body>{body}')
    pages = pdf_text(press.write(layout)).split("\f")
    assert [page.strip() for page in pages[:1]] == ["one"]
    assert pages[1].startswith("two")
