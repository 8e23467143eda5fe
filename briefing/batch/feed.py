"""What a batch has made in, a JSON Feed of it out: `feed.json`.

One item for each brief and each issue of a newsletter, with its bottom line and its files. The same
for the same input.

Source: JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin

import msgspec

from briefing.batch.manifest import Entry
from briefing.errors import FindingsError
from briefing.output import writing
from briefing.wording import LANGUAGES, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from briefing.batch.manifest import Kind
    from briefing.wording import Wording

VERSION = "https://jsonfeed.org/version/1.1"
NAME = "feed.json"
REPORT = "report.html"
FOLDERS: Mapping[Kind, str] = {"brief": "briefs", "newsletter": "newsletters"}
RECORD = "brief.json"
MEDIA_TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "eml": "message/rfc822",
    "md": "text/markdown",
}
"""What is attached, the one that an item leads to first."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One brief or issue that was made.

    Attributes:
        entry: Its line of the manifest.
        record: Its `brief.json`.
        sizes: Of its files, in bytes by name.
    """

    entry: Entry
    record: bytes
    sizes: Mapping[str, int]


class _Part(msgspec.Struct, array_like=True):
    kind: str
    text: str


class _Quotation(msgspec.Struct):
    parts: tuple[_Part, ...]

    def __str__(self) -> str:
        texts = [one.text if one.kind == "words" else f"[{one.text}]" for one in self.parts]
        return "“" + " ".join(texts) + "”"


class _Line(msgspec.Struct):
    lead: str
    quotation: _Quotation
    text: str = ""


class _Item(msgspec.Struct):
    title: str
    lines: tuple[_Line, ...] = ()


class _Source(msgspec.Struct):
    number: int


class _Brief(msgspec.Struct):
    status: str
    language: str
    focus: str = ""
    bottom_line: _Line | None = None
    summary: tuple[_Line, ...] = ()
    items: tuple[_Item, ...] = ()
    sources: tuple[_Source, ...] = ()


class _Method(msgspec.Struct):
    version: str


class _Record(msgspec.Struct):
    method: _Method
    brief: _Brief


def posted(out: Path, entry: Entry) -> Posted:
    """What lies below `out` of an entry that is done.

    Raises:
        OutputError: If a file cannot be read.
    """
    folder = out / FOLDERS[entry.kind] / entry.id
    with writing(folder):
        sizes = {name: (folder / name).stat().st_size for name in entry.files}
        return Posted(entry, (folder / RECORD).read_bytes(), sizes)


def feed(made: Sequence[Posted], *, title: str, feed_url: str = "") -> bytes:
    """The feed of a batch.

    Args:
        made: Briefs and issues, in the order of the plan.
        title: Of the feed.
        feed_url: Address under which the feed will stand, with its files beside it; empty to
            lead to them from wherever the feed lies.

    Returns:
        UTF-8 JSON; the latest day first.

    Raises:
        FindingsError: If a record is none of a printed brief.
    """
    latest = sorted(made, key=lambda one: one.entry.day, reverse=True)
    table: dict[str, Any] = {"version": VERSION, "title": title}
    table["home_page_url"] = urljoin(feed_url, REPORT)
    if feed_url:
        table["feed_url"] = feed_url
    table["items"] = [_item(one, feed_url) for one in latest]
    return msgspec.json.format(msgspec.json.encode(table), indent=2) + b"\n"


def _item(one: Posted, feed_url: str) -> dict[str, Any]:
    """One brief or issue; made anew on another day it is another item."""
    entry = one.entry
    try:
        record = msgspec.json.decode(one.record, type=_Record)
    except msgspec.DecodeError as error:
        raise FindingsError(
            f"{entry.id}/{RECORD} is no record of a printed brief: {error}",
            hint="Run the batch again, which makes it anew.",
        ) from error
    brief = record.brief
    wording = load(brief.language if brief.language in LANGUAGES else "en")
    at = f"{FOLDERS[entry.kind]}/{entry.id}/"
    attached = list(_attachments(one, urljoin(feed_url, quote(at))))
    table: dict[str, Any] = {"id": f"{at}{entry.day}"}
    if attached:
        table["url"] = attached[0]["url"]
    # Those of one entry of the plan have one title, whatever their topic.
    told = brief.focus.casefold() in entry.title.casefold()
    table["title"] = entry.title if told else f"{entry.title} – {brief.focus}"
    table["content_text"] = "\n\n".join(_paragraphs(brief, wording)) or entry.title
    if brief.bottom_line:
        table["summary"] = _worded(brief.bottom_line, wording)
    if entry.day:
        table["date_published"] = f"{entry.day}T00:00:00Z"
    table["authors"] = [{"name": f"briefing {record.method.version}"}]
    table["language"] = brief.language
    table["tags"] = [entry.kind]
    table["attachments"] = attached
    table["_briefing"] = {
        "status": brief.status,
        "recipient": entry.recipient,
        "template": entry.template,
        "sources": len(brief.sources),
    }
    return table


def _attachments(one: Posted, base: str) -> Iterator[dict[str, Any]]:
    """The files that people read."""
    for ending, media_type in MEDIA_TYPES.items():
        for name, size in sorted(one.sizes.items()):
            if name.rpartition(".")[2] == ending:
                yield {
                    "url": base + quote(name),
                    "mime_type": media_type,
                    "title": ending.upper(),
                    "size_in_bytes": size,
                }


def _paragraphs(brief: _Brief, wording: Wording) -> Iterator[str]:
    """The bottom line and the summary, or what each item says first; all with who says it."""
    if brief.bottom_line:
        yield _worded(brief.bottom_line, wording)
    yield from (_worded(line, wording) for line in brief.summary)
    for item in brief.items:
        yield "\n".join((item.title, *(_worded(line, wording) for line in item.lines[:1])))


def _worded(line: _Line, wording: Wording) -> str:
    """A statement with its holder, as `compose` words what it has no room for."""
    if line.text:
        phrase = wording.gettext("%(text)s (%(lead)s)")
        return wording.fill(phrase, text=line.text, lead=line.lead)
    phrase = wording.gettext("%(lead)s: %(words)s")
    return wording.fill(phrase, lead=line.lead, words=str(line.quotation))
