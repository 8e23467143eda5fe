"""Findings printed with a template: formats, budgets, whom it is for, and templates of others."""

from __future__ import annotations

import shutil
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from briefing.codec import load_findings
from briefing.confined import Bounds, Confined
from briefing.errors import RenderError, TemplateError, VerificationError
from briefing.mail import Mail
from briefing.paths import shipped
from briefing.pipeline import Desk
from briefing.publishing import Edition, Printer
from briefing.render.email import LIMIT_BYTES, html_size
from briefing.render.text import html_text
from briefing.reverify import reverify
from briefing.settings import Settings
from briefing.verify.rendered import check_words

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.findings import Findings

EXAMPLE = shipped("templates") / "one-page" / "example.json"
LEAVE = "https://desk.example/leave"


@pytest.fixture(scope="module")
def findings() -> Findings:
    """Findings of three sources."""
    return load_findings(EXAMPLE.read_bytes(), where="example.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A template of somebody else, like the shipped one."""
    return shutil.copytree(EXAMPLE.parent, tmp_path / "theirs")


def test_the_pdf_carries_a_record_that_holds(findings: Findings) -> None:
    """What is written into the PDF is what its page shows and its sources say."""
    publication = Printer(Edition("one-page")).publish(findings, ("pdf",))
    found = reverify(publication.files["brief.pdf"], findings.documents, where="brief.pdf")
    assert found.holds
    assert publication.pages == 1
    assert 0.5 < publication.fill <= 1


def test_markdown_and_html_say_the_same(findings: Findings) -> None:
    """Every statement of the page stands in the Markdown too, with its holder."""
    edition = Edition("press-digest", mail=Mail(unsubscribe=LEAVE))
    publication = Printer(edition).publish(findings, ("html", "md"))
    markdown = publication.files["brief.md"].decode()
    for item in publication.brief.items:
        for line in item.lines:
            assert line.holder in markdown
            assert str(line.quotation).strip("“”")[:20] in markdown


def test_an_email_has_its_parts(findings: Findings) -> None:
    """A message has a text and an HTML part, the PDF that was asked for, and how to leave it."""
    mail = Mail("Desk <desk@ports.example>", "Board <board@ports.example>", LEAVE)
    printer = Printer(Edition("newsletter", mail=mail, recipient="Board <board@ports.example>"))
    publication = printer.publish(findings, ("pdf", "eml"))
    message = message_from_bytes(publication.files["brief.eml"], policy=default)
    assert message["From"] == "Desk <desk@ports.example>"
    assert message["List-Unsubscribe"] == f"<{LEAVE}>"
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "application/pdf"]
    html = message.get_body(("html",)).get_content()
    assert LEAVE in html
    assert publication.brief.recipient == "Board"
    assert publication.warnings == ()
    assert printer.publish(findings, ("pdf", "eml")).files == publication.files


def test_an_email_nobody_can_leave_is_warned_of(findings: Findings) -> None:
    """Without an address to unsubscribe the message is written, and the user told."""
    publication = Printer(Edition("newsletter")).publish(findings, ("eml",))
    assert any("--unsubscribe" in warning for warning in publication.warnings)


def test_a_long_email_is_shortened(findings: Findings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What mail programs would clip is left out item by item, and listed."""
    edition = Edition("newsletter", mail=Mail(unsubscribe=LEAVE))

    def html_of(publication_limit: int) -> str:
        monkeypatch.setattr("briefing.render.email.LIMIT_BYTES", publication_limit)
        message = message_from_bytes(
            Printer(edition).publish(findings, ("eml",)).files["brief.eml"], policy=default
        )
        return str(message.get_body(("html",)).get_content())

    whole = html_of(LIMIT_BYTES)
    short = html_of(html_size(whole) * 2 // 3)
    assert html_size(short) <= html_size(whole) * 2 // 3
    assert len(html_text(short)) < len(html_text(whole))
    assert "brief.json" in html_text(short)


def test_more_pages_take_more(findings: Findings) -> None:
    """Where a user allows more pages, sections take more items, and each item as much as before."""
    printer = Printer(Edition("one-page", pages=3))
    once = Printer(Edition("one-page")).limits
    assert printer.limits.claims == 3 * once.claims
    assert printer.limits.lines == once.lines
    assert printer.publish(findings, ("pdf",)).pages <= 3


def test_another_language_and_the_other_direction(findings: Findings) -> None:
    """The page's own words follow the language, the sources' words stay as they are."""
    arabic = replace(findings, language="ar")
    publication = Printer(Edition("one-page")).publish(arabic, ("pdf", "html"))
    html = publication.files["brief.html"].decode()
    assert '<html lang="ar" dir="rtl"' in html
    assert "Key claims" not in html
    assert str(publication.brief.claims[0].quotation) in html_text(html)


def test_words_that_styles_add_are_found() -> None:
    """On a page read from right to left, a word that is not of the page is refused."""
    check_words("قال Mara Quist: “Dues rise”.", "قال Mara Quist: “Dues rise”.", where="brief.pdf")
    check_words("Dues ri se", "Dues rise", where="brief.pdf")
    with pytest.raises(VerificationError, match="shows words that are not on the page: fall"):
        check_words(
            "قال Mara Quist: “Dues fall”.", "قال Mara Quist: “Dues rise”.", where="brief.pdf"
        )


def test_templates_of_others_print_in_a_child(findings: Findings, folder: Path) -> None:
    """A template that does not ship gives the same bytes, by way of another process."""
    desk = Desk(Settings(template=str(folder)))
    desk.ready(("pdf",))
    publication = desk.publish(findings, ("pdf",))
    assert desk.confined.process_id is not None
    own = Printer(Edition("one-page")).publish(findings, ("pdf",))
    assert publication.files == own.files
    desk.confined.close()


def test_templates_of_others_cannot_hang(findings: Findings, folder: Path) -> None:
    """One that never ends is stopped, and says which template it was."""
    (folder / "brief.html.j2").write_text(
        "{% for a in range(9999) %}{% for b in range(9999) %}{% if a == 10000 %}x{% endif %}"
        "{% endfor %}{% endfor %}"
    )
    desk = Desk(Settings(template=str(folder)))
    with Confined(Bounds(cpu_s=0.7), what="template theirs") as child:
        desk.confined = child
        with pytest.raises(RenderError, match="theirs was stopped"):
            desk.publish(findings, ("html",))


def test_errors_of_a_child_are_the_users(folder: Path) -> None:
    """What is wrong with a template comes back as it would from this process."""
    (folder / "brief.html.j2").write_text("{% if %}")
    desk = Desk(Settings(template=str(folder)))
    with pytest.raises(TemplateError, match=r"brief\.html\.j2:1: "):
        desk.ready(("html",))
    desk.confined.close()
