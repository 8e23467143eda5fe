"""The JSON Feed of a batch."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from sample_findings import BRIEF, FINDINGS
from sample_newsletter import BRIEFS
from sample_ran import FAILED, KEPT, LETTER, MADE

from briefing.batch.feed import Posted, feed, posted
from briefing.batch.newsletter import gather
from briefing.brief import Limits
from briefing.codec import dump_brief, dump_findings
from briefing.compose import compose
from briefing.errors import FindingsError, OutputError
from briefing.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RECORD = dump_brief(FINDINGS, BRIEF)
SIZES = {"brief.pdf": 5000, "brief.html": 700, "brief.json": 90}
ONE = Posted(MADE, RECORD, SIZES)

FEED_KEYS = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "items": list,
}  # fmt: skip
ITEM_KEYS = {
    "id": str, "url": str, "title": str, "content_text": str, "summary": str,
    "date_published": str, "authors": list, "language": str, "tags": list, "attachments": list,
    "_briefing": dict,
}  # fmt: skip
ATTACHMENT_KEYS = {"url": str, "mime_type": str, "title": str, "size_in_bytes": int}


def read(data: bytes) -> dict[str, Any]:
    """A feed whose keys are those that the format knows, with values of their types."""
    table: dict[str, Any] = json.loads(data)
    conforms(table, FEED_KEYS)
    for item in table["items"]:
        conforms(item, ITEM_KEYS)
        assert item["id"]
        assert item["content_text"]
        for attachment in item["attachments"]:
            conforms(attachment, ATTACHMENT_KEYS)
        assert all(set(author) == {"name"} for author in item["authors"])
    ids = [item["id"] for item in table["items"]]
    assert len(ids) == len(set(ids))
    return table


def conforms(table: dict[str, Any], keys: Mapping[str, type]) -> None:
    assert set(table) <= set(keys)
    assert all(type(value) is keys[key] for key, value in table.items())


@pytest.mark.parametrize(
    ("focus", "title"),
    [
        ("night boats", "Ferry fares to Ostwick – night boats"),
        ("ferry fares", "Ferry fares to Ostwick"),
        ("", "Ferry fares to Ostwick"),
    ],
)
def test_briefs_of_one_title_are_told_apart_by_their_focus(focus: str, title: str) -> None:
    """Where the title does not name it itself."""
    record = dump_brief(FINDINGS, replace(BRIEF, focus=focus))
    assert read(feed([Posted(MADE, record, SIZES)], title="Ports"))["items"][0]["title"] == title


def test_an_item_a_brief() -> None:
    """With its bottom line, who says it, and its files."""
    table = read(feed([ONE], title="Ports"))
    assert table["version"] == "https://jsonfeed.org/version/1.1"
    assert (table["title"], table["home_page_url"]) == ("Ports", "report.html")
    (item,) = table["items"]
    assert item["id"] == "briefs/ferry-fares/2026-11-22"
    assert item["url"] == "briefs/ferry-fares/brief.html"
    assert item["title"] == "Ferry fares to Ostwick"
    assert item["summary"] == "Per Aske writes: “The ferry to Ostwick may stop in March.”"
    assert item["content_text"].startswith(item["summary"])
    assert item["date_published"] == "2026-11-22T00:00:00Z"
    assert item["tags"] == ["brief"]
    assert item["_briefing"]["recipient"] == "The Board"
    assert [(one["mime_type"], one["size_in_bytes"]) for one in item["attachments"]] == [
        ("text/html", 700), ("application/pdf", 5000),
    ]  # fmt: skip


def test_a_newsletter_tells_of_its_items() -> None:
    """The title of each, and what it says first."""
    made = gather(BRIEFS, Settings(date="2026-11-22", language="fr"), b"")
    record = dump_brief(made, compose(made, Limits(items=9)))
    sizes = {"brief.eml": 9, "brief.md": 8}
    (item,) = read(feed([Posted(LETTER, record, sizes)], title="Ports"))["items"]
    assert item["id"] == "newsletters/weekly-board/2026-11-22"
    assert item["url"].endswith("brief.eml")
    assert item["language"] == "fr"
    paragraphs = item["content_text"].split("\n\n")
    assert [one.partition("\n")[0] for one in paragraphs[1:]] == ["Ferry fares", "The bridge"]
    assert "“The night bus stops at ten.”" in paragraphs[1]
    assert [one["mime_type"] for one in item["attachments"]] == [
        "message/rfc822", "text/markdown",
    ]  # fmt: skip


def test_the_latest_day_comes_first() -> None:
    """Within a day the plan's order stays; the same input gives the same bytes."""
    old = Posted(KEPT, RECORD, {})
    other = Posted(replace(MADE, id="lamps"), RECORD, {})
    data = feed([old, ONE, other], title="Ports")
    ids = [item["id"] for item in read(data)["items"]]
    assert ids == [
        "briefs/ferry-fares/2026-11-22", "briefs/lamps/2026-11-22", "briefs/piers/2026-11-15",
    ]  # fmt: skip
    assert feed([old, ONE, other], title="Ports") == data


def test_an_address_makes_all_links_absolute() -> None:
    """Of the feed and of every file; ids stay the same."""
    at = "https://example.org/ports/feed.json"
    table = read(feed([ONE], title="Ports", feed_url=at))
    assert table["feed_url"] == at
    assert table["home_page_url"] == "https://example.org/ports/report.html"
    (item,) = table["items"]
    assert item["url"] == urljoin(at, "briefs/ferry-fares/brief.html")
    assert item["attachments"][1]["url"].startswith("https://example.org/ports/briefs/")
    assert item["id"] == "briefs/ferry-fares/2026-11-22"


def test_a_reworded_line_is_not_quoted() -> None:
    """It says whose words it was made of."""
    assert BRIEF.bottom_line
    line = replace(BRIEF.bottom_line, text="The ferry may be given up.", lead="Per Aske")
    record = dump_brief(FINDINGS, replace(BRIEF, bottom_line=line))
    (item,) = read(feed([Posted(MADE, record, SIZES)], title="Ports"))["items"]
    assert item["summary"] == "The ferry may be given up. (Per Aske)"


def test_a_brief_without_a_bottom_line_has_its_title() -> None:
    """An item must say something."""
    record = dump_brief(FINDINGS, replace(BRIEF, bottom_line=None))
    (item,) = read(feed([Posted(MADE, record, SIZES)], title="Ports"))["items"]
    assert item["content_text"] == MADE.title
    assert "summary" not in item


def test_files_are_taken_from_where_they_lie(tmp_path: Path) -> None:
    """With their sizes; one that is missing is told."""
    folder = tmp_path / "briefs" / MADE.id
    folder.mkdir(parents=True)
    for name in MADE.files:
        (folder / name).write_bytes(RECORD if name.endswith("json") else b"12345")
    found = posted(tmp_path, MADE)
    assert found.record == RECORD
    assert found.sizes["brief.pdf"] == 5
    (folder / "brief.pdf").unlink()
    with pytest.raises(OutputError):
        posted(tmp_path, MADE)


def test_findings_alone_are_no_printed_brief() -> None:
    """It is said whose file that is."""
    with pytest.raises(FindingsError, match="gulls"):
        feed([Posted(FAILED, dump_findings(FINDINGS), {})], title="Ports")
