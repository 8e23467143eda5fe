"""What a page says of itself to machines."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_briefs import bare_brief, full_brief, hostile_brief, with_events

from briefing.render.html import render_html
from briefing.render.jsonld import json_ld, with_json_ld
from briefing.render.text import html_text
from briefing.templating import load

if TYPE_CHECKING:
    from briefing.brief import Brief

FIELDS = ("bottom_line", "summary", "claims", "contested", "positions", "timeline")
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data(brief: Brief, fields: tuple[str, ...] = FIELDS) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(json_ld(brief, fields))
    return report


def test_a_report_says_what_it_is() -> None:
    """Name, date, language, status and what made it."""
    report = data(full_brief())
    assert report["@context"] == "https://schema.org"
    assert report["@type"] == "Report"
    assert report["name"] == full_brief().title
    assert report["datePublished"] == "2026-11-22"
    assert report["inLanguage"] == "en"
    assert report["creativeWorkStatus"] == "Draft, machine-generated"
    assert report["creator"] == {
        "@type": "SoftwareApplication", "name": "briefing", "softwareVersion": "0.1.0",
    }  # fmt: skip


def test_sources_are_told_with_what_is_known() -> None:
    """Author, publisher, date and address stand where the source has them."""
    first, _, third, fourth = data(full_brief())["isBasedOn"]
    assert first == {
        "@type": "CreativeWork",
        "@id": "#source-1",
        "position": 1,
        "name": "Higher dues from spring",
        "author": {"name": "Mira Hollin"},
        "publisher": {"@type": "Organization", "name": "Ellmouth Courier"},
        "datePublished": "2026-11-14",
        "inLanguage": "en",
        "url": "https://courier.example/ports/higher-dues-from-spring",
        "identifier": f"sha256:{full_brief().sources[0].sha256}",
    }
    assert not {"author", "datePublished", "url"} & third.keys()
    assert fourth["inLanguage"] == "de"
    assert "url" not in data(hostile_brief())["isBasedOn"][0]


def test_citations_are_the_sources_of_what_is_printed() -> None:
    """A source that no printed statement rests on is listed, not cited."""
    brief = with_events(full_brief())
    cited = {entry["@id"] for entry in data(brief)["citation"]}
    assert cited == {"#source-1", "#source-2", "#source-3", "#source-4"}
    assert [entry["@id"] for entry in data(brief, ("timeline",))["citation"]] == ["#source-1"]
    assert data(bare_brief())["citation"] == []


@given(st.text() | st.sampled_from(["</script>", "<!--<script>", "]]>", "\u2028", "&lt;/script>"]))
def test_no_title_ends_the_element(title: str) -> None:
    """Whatever a title is, it reads back, and nothing in it is markup."""
    brief = replace(full_brief(), title=title)
    text = json_ld(brief, FIELDS)
    assert not {"<", ">", "&", "\u2028", "\u2029", "\n"} & {*text}
    assert json.loads(text)["name"] == title
    page = with_json_ld("<html><head><title>x</title></head><body>y</body></html>", brief, FIELDS)
    assert Counted(page).tags == ["html", "head", "title", "script", "body"]
    assert html_text(page) == "x\ny"


@pytest.mark.parametrize("brief", [full_brief, bare_brief, hostile_brief])
def test_the_page_carries_it_in_its_head(brief: Any) -> None:
    """The HTML file has the description once, before its body, and shows nothing of it."""
    html = render_html(brief(), load("one-page"))
    (found,) = SCRIPT.findall(html)
    assert json.loads(found)["name"] == brief().title
    assert html.index(found) < html.index("<body")
    assert "schema.org" not in html_text(html)


def test_a_page_without_a_head_stays_as_it_is() -> None:
    """Where there is no place for it, nothing is added."""
    assert with_json_ld("<p>x", full_brief(), FIELDS) == "<p>x"


class Counted(HTMLParser):
    """The start tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser gives it
        self.tags.append(tag)
