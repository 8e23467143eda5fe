"""Messages: what is in them, that they are the same each time, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_briefs import DOCUMENTS, bare_brief, full_brief, hostile_brief

from briefing.errors import RenderError, TemplateError
from briefing.mail import Mail
from briefing.render.email import (
    LIMIT_BYTES,
    html_size,
    inlined,
    problems,
    render_email,
    render_mail_page,
)
from briefing.render.plain import render_text
from briefing.render.text import html_text
from briefing.render.written import one_line
from briefing.templating import TemplateSpec, load, names
from briefing.verify.rendered import QuotationCheck

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

    from briefing.brief import Brief

MAIL = Mail(
    sender="Häfen und Schleusen <desk@ports.example>",
    recipient="Board <board@ports.example>",
    unsubscribe="https://ports.example/leave?reader=7 mailto:leave@ports.example",
)
PAGE = """<!doctype html>
<html lang="{{ brief.language }}">
<head><meta charset="utf-8"><title>{{ brief.title|unquoted }}</title><style>{{ styles }}</style></head>
<body>
<table role="presentation" class="sheet"><tr><td>
<h1>{{ brief.title|unquoted }}</h1>
{% for line in brief.claims %}<p class="claim">{{ line.lead|unquoted }}: {{ line.quotation }}</p>{% endfor %}
</td></tr></table>
<div id="brief-end"></div>
</body>
</html>
"""
STYLES = """
.sheet { width: 100%; background-color: #ffffff }
.claim { font-size: 16px; color: #222222 }
@media (prefers-color-scheme: dark) { .claim { color: #eeeeee !important } }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "email.html.j2").write_text(PAGE)
    (tmp_path / "email.css").write_text(STYLES)
    return tmp_path


@pytest.fixture
def spec(folder: Path) -> TemplateSpec:
    return replace(load("one-page"), folder=folder, folders=(folder,), formats=("eml",))


def made(
    brief: Brief, spec: TemplateSpec, *, mail: Mail = MAIL, pdf: bytes | None = None
) -> bytes:
    html = render_mail_page(brief, spec)
    text = render_text(brief, spec)
    return render_email(html, text, subject=brief.title, date=brief.date, mail=mail, pdf=pdf)


def read(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=SMTP)


def content(part: MIMEPart) -> str:
    text: str = part.get_content()
    return text.replace("\r\n", "\n")


def test_a_message_has_text_and_html(spec: TemplateSpec) -> None:
    """The same brief twice: for programs without HTML first, as the standard asks."""
    message = read(made(full_brief(), spec))
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert content(text) == render_text(full_brief(), spec)
    assert content(html).rstrip("\n") == render_mail_page(full_brief(), spec).rstrip("\n")
    assert not message.defects


def test_headers(spec: TemplateSpec) -> None:
    """Who, to whom, what, when; how to leave at one click."""
    message = read(made(full_brief(), spec))
    assert message["From"] == "Häfen und Schleusen <desk@ports.example>"
    assert message["To"] == "Board <board@ports.example>"
    assert message["Subject"] == full_brief().title
    assert message["Date"] == "Sun, 22 Nov 2026 00:00:00 +0000"
    assert message["Message-ID"].endswith("@ports.example>")
    assert message["MIME-Version"] == "1.0"
    assert message["List-Unsubscribe"] == (
        "<https://ports.example/leave?reader=7>, <mailto:leave@ports.example>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("unsubscribe", "headers"),
    [
        ("", []),
        ("mailto:leave@ports.example", ["List-Unsubscribe"]),
        ("https://ports.example/" + "x" * 500, ["List-Unsubscribe", "List-Unsubscribe-Post"]),
    ],
)
def test_one_click_needs_a_web_address(
    spec: TemplateSpec, unsubscribe: str, headers: list[str]
) -> None:
    """A `mailto:` alone is no one-click way to leave; a long address stays in one piece."""
    data = made(full_brief(), spec, mail=Mail(unsubscribe=unsubscribe))
    message = read(data)
    assert [name for name in message if name.startswith("List-")] == headers
    assert f"<{unsubscribe}>".encode() in data or not headers
    assert message["From"] == "briefing <briefing@sender.invalid>"
    assert message["To"] == "undisclosed-recipients:;"


def test_message_is_the_same_each_time(spec: TemplateSpec, folder: Path) -> None:
    """A second process with another hash seed writes the same bytes; another brief others."""
    pdf = b"%PDF-1.7 stand-in"
    data = made(full_brief(), spec, pdf=pdf)
    assert made(full_brief(), spec, pdf=pdf) == data
    script = (
        "import sys\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from dataclasses import replace\n"
        "from test_render_email import MAIL, made\n"
        "from sample_briefs import full_brief\n"
        "from briefing.templating import load\n"
        "folder = Path(sys.argv[2])\n"
        "spec = replace(load('one-page'), folder=folder, folders=(folder,), formats=('eml',))\n"
        "sys.stdout.buffer.write(made(full_brief(), spec, pdf=b'%PDF-1.7 stand-in'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, Path(__file__).parent, folder],
        capture_output=True, check=True,
    )  # fmt: skip
    assert done.stdout == data
    other = read(made(replace(full_brief(), title="Other"), spec, pdf=pdf))
    assert other["Message-ID"] != read(data)["Message-ID"]


def test_pdf_is_attached(spec: TemplateSpec) -> None:
    """With a PDF the message is mixed: the alternatives, then the file, byte for byte."""
    pdf = bytes(range(256)) * 20
    message = read(made(full_brief(), spec, pdf=pdf))
    assert message.get_content_type() == "multipart/mixed"
    inner, attached = message.iter_parts()
    assert inner.get_content_type() == "multipart/alternative"
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "brief.pdf"
    assert attached.get_content() == pdf


@pytest.mark.parametrize("brief", [full_brief, bare_brief, hostile_brief])
def test_bytes_are_fit_for_the_wire(spec: TemplateSpec, brief: object) -> None:
    """ASCII alone, CRLF alone, no line over 998."""
    data = made(brief(), spec, pdf=b"\x00\xff")  # type: ignore[operator]
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 998


@settings(max_examples=60)
@given(
    title=st.text(max_size=300)
    | st.sampled_from(
        ["x\r\nBcc: a@b.example", "x\n\n<html>", "é" * 200, "=?utf-8?q?a=0ABcc:_x?=", "x " * 150]
    )
)
def test_no_title_adds_a_header(title: str) -> None:
    """A title is one line of the subject, whatever is in it, and reads back."""
    data = render_email("<p>x</p>", "x\n", subject=title, date="2026-11-22", mail=MAIL)
    message = read(data)
    assert message.keys() == [
        "From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post",
        "MIME-Version", "Content-Type",
    ]  # fmt: skip
    wanted = one_line(title)
    assert "".join(message["Subject"].split()) == "".join(wanted.split())
    assert [content(part) for part in message.iter_parts()] == ["x\n", "<p>x</p>\n"]


def test_styles_stand_in_the_elements(spec: TemplateSpec) -> None:
    """Rules are inlined; those for phones and the dark stay in a style element."""
    html = render_mail_page(full_brief(), spec)
    assert html.count("font-size:16px") == len(full_brief().claims)
    assert html.count("<style") == 1
    assert "prefers-color-scheme" in html
    assert "<script" not in html


def test_a_preheader_is_there(spec: TemplateSpec, folder: Path) -> None:
    """The bottom line stands first and hidden; the template's own goes before ours."""
    line = full_brief().bottom_line
    assert line is not None
    html = render_mail_page(full_brief(), spec)
    text = html_text(html)
    assert text.split("\n")[1] == f"{line.lead}: {line.quotation}"
    assert html.index("display:none") < html.index("<h1")
    QuotationCheck(DOCUMENTS).check(html_text(html), where="brief.eml")
    own = PAGE.replace("<table", '<div class="preheader">{{ brief.status }}</div><table')
    (folder / "email.html.j2").write_text(own)
    assert render_mail_page(full_brief(), spec).count("preheader") == 1
    assert "preheader" not in render_mail_page(
        replace(full_brief(), bottom_line=None), spec
    ).replace('class="preheader"', "", 1)


def test_hostile_text_stays_text(spec: TemplateSpec) -> None:
    """Inlining changes no text: markup of a source is shown as it stands."""
    html = render_mail_page(hostile_brief(), spec)
    assert "<script" not in html
    assert "<img" not in html
    assert "<script>alert(1)</script><img src=x onerror=y>" in html_text(html)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (".claim { color: var(--ink) }", "color: *var"),
        (".claim { --ink: #000000 }", "--ink"),
        (".claim { display: grid }", "display: *grid"),
        (".claim { display: inline-flex }", "display: *inline-flex"),
        ("@media (max-width: 9px) { .claim { display: flex } }", "display: *flex.*<style>"),
        (".claim { position: absolute }", "position: *absolute"),
        (".claim { background: url(https://a.example/x.png) }", "background.*url"),
        ("@import url(https://a.example/x.css);", "@import|url"),
        ("@font-face { font-family: X; src: url(x.woff2) }", "url"),
    ],
)
def test_styles_that_mail_programs_drop_are_errors(
    spec: TemplateSpec, folder: Path, rule: str, words: str
) -> None:
    """The error names the property and the element."""
    (folder / "email.css").write_text(rule)
    with pytest.raises(TemplateError, match=words) as caught:
        render_mail_page(full_brief(), spec)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("element", "words"),
    [
        ('<img src="https://a.example/x.png" alt="x">', "<img> would fetch https://a.example"),
        ('<img src="x.png" alt="x">', "would fetch x.png"),
        ('<table background="https://a.example/x.png"></table>', "<table> would fetch"),
        ('<video poster="x.png"></video>', "<video> would fetch"),
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "no alt text"),
    ],
)
def test_what_would_be_fetched_is_an_error(
    spec: TemplateSpec, folder: Path, element: str, words: str
) -> None:
    """So is a picture without alternative text."""
    (folder / "email.html.j2").write_text(PAGE.replace("<table", f"{element}<table"))
    with pytest.raises(TemplateError, match=words):
        render_mail_page(full_brief(), spec)


def test_harmless_styles_are_no_problem() -> None:
    """Words that only look like those are let through."""
    html = (
        '<p style="background:#fff;display:block;position:relative">display: grid; var(x) '
        '<img src="cid:logo" alt="Logo"><a href="https://a.example/?x=--y:1">x</a></p>'
        "<style>/* var(--x) display: flex */ @media (x) { .flex-grid { color: red } }</style>"
    )
    assert list(problems(html)) == []


def test_scripts_are_dropped() -> None:
    """What is for browsers and search engines does not stand in a message."""
    assert "ld+json" not in inlined(
        '<head><script type="application/ld+json">{}</script></head><p>x'
    )


def test_a_long_message_is_refused_with_its_size() -> None:
    """Gmail would cut it: the error says how long it is."""
    html = "<p>" + "é" * (LIMIT_BYTES // 2) + "</p>"
    assert html_size(html) == LIMIT_BYTES + 7
    with pytest.raises(RenderError, match="102 KB"):
        render_email(html, "x", subject="x", date="2026-11-22", mail=MAIL)


def test_template_without_a_page_for_mail() -> None:
    """Asking such a template for a message is an error."""
    with pytest.raises(TemplateError, match=r"has no email\.html\.j2"):
        render_mail_page(full_brief(), replace(load("one-page"), folders=()))


@pytest.mark.parametrize("name", [name for name in names() if "eml" in load(name).formats])
def test_shipped_pages_for_mail(name: str) -> None:
    """Every shipped template with the format has a page that mail programs show."""
    spec = load(name)
    html = render_mail_page(full_brief(), spec)
    assert html_size(html) < LIMIT_BYTES / 2
    assert "preheader" in html
    assert full_brief().title in html_text(html)
