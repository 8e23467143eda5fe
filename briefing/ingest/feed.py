"""RSS and Atom by feedparser, JSON Feed by the standard library: a document an entry.

In: the bytes of a feed. Out: documents named `path#title-slug`, or `path#n` where the entry has no
title. Nothing is fetched: an entry is what the feed holds of it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from briefing.document import Document
from briefing.errors import SourceError
from briefing.ingest.blocks import compose, fold
from briefing.ingest.dates import iso_date, tuple_date
from briefing.ingest.language import language_code
from briefing.ingest.markup import html_blocks, parse_html
from briefing.ingest.names import sane_authors
from briefing.ingest.source import IntakeLimits, Parsed, Source

SLUG_CHARACTERS = 60
ADDRESS = r"[^\s()<>]+@[^\s()<>]+"
MAILBOX = re.compile(rf"(?:{ADDRESS}|[a-z.\-]*)\s*\((?P<name>.+?)\)?")
"""`desk@post.example (Desk)`, the form of RSS; feedparser may have cut the address at its front."""

ADDRESSES = re.compile(rf"\(\s*{ADDRESS}\s*\)?|<[^>]*>?|{ADDRESS}")


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed of any format: its entries are documents without name, text still HTML."""

    count: int
    entries: Iterator[Document]


def read(source: Source, limits: IntakeLimits) -> Parsed:
    """Read a feed, newest entries first as the feed has them, up to the limit.

    Raises:
        SourceError: If it is damaged, or no entry holds text.
    """
    is_json = source.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    feed = _json_feed(source) if is_json else _xml_feed(source)
    documents: list[Document] = []
    names: set[str] = set()
    empty = 0
    for number, entry in enumerate(feed.entries, start=1):
        if number > limits.entries:
            break
        text, headings = compose(html_blocks(parse_html(entry.text)))
        if not text:
            empty += 1
            continue
        name = _name(source.name, entry.title, number, names)
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        documents.append(replace(entry, name=name, text=text, headings=headings, sha256=digest))
    if not documents:
        raise SourceError(
            f"{source.name} is a feed without any text",
            hint="Save the pages that its entries link to, and name those.",
        )
    return Parsed(tuple(documents), _notices(source.name, feed.count, limits.entries, empty))


def _notices(name: str, count: int, limit: int, empty: int) -> tuple[str, ...]:
    notices = []
    if count > limit:
        notices.append(f"{name} has {count} entries; the first {limit} were read")
    if empty:
        notices.append(f"{name} has {empty} entries without text; they were left out")
    return tuple(notices)


def _xml_feed(source: Source) -> _Feed:
    import feedparser

    # a stream, since feedparser takes bytes for a file name or an address first
    parsed = feedparser.parse(io.BytesIO(source.data), sanitize_html=True)
    if not parsed.entries:
        why = f": {parsed.bozo_exception}" if parsed.bozo else ""
        raise SourceError(
            f"{source.name} is a feed without entries{why}", hint="Fetch the feed again."
        )
    return _Feed(len(parsed.entries), (_xml_entry(entry, parsed) for entry in parsed.entries))


def _xml_entry(entry: Any, parsed: Any) -> Document:
    contents = [part.get("value") or "" for part in entry.get("content", ())]
    # the plain get: that of the entry's own class warns where only `published` is given
    moment = entry.get("published_parsed") or dict.get(entry, "updated_parsed")
    kind = "atom" if parsed.version.startswith("atom") else "rss"
    return Document(
        name="",
        text=max([*contents, entry.get("summary") or ""], key=len),
        media_type=f"application/{kind}+xml",
        title=_plain(entry.get("title")),
        authors=_xml_authors(entry, kind) or _xml_authors(parsed.feed, kind),
        publisher=_plain(parsed.feed.get("title")),
        date=tuple_date(moment),
        url=entry.get("link") or None,
        language=language_code(entry.get("language") or parsed.feed.get("language")),
    )


def _xml_authors(record: Any, kind: str) -> tuple[str, ...]:
    """The names that an entry or a feed gives; those of RSS stand beside e-mail addresses."""
    people = [fold(person.get("name") or "") for person in record.get("authors", ())]
    if kind == "atom":
        return tuple(filter(sane_authors, people))
    # feedparser takes an address for shorter than it is: where it can be, the text is read as given
    written = [record.get("author") or ""] if len(people) < 2 else people
    names = [name for text in written for name in sane_authors(_person(text))]
    return tuple(dict.fromkeys(names))


def _person(written: str) -> str:
    """The name in `desk@post.example (Desk)`, `Ann Lee <ann@post.example>` or `Ann Lee`."""
    text = fold(written)
    match = MAILBOX.fullmatch(text)
    return ADDRESSES.sub("", match["name"] if match else text).strip(' "')


def _json_feed(source: Source) -> _Feed:
    try:
        feed = json.loads(source.data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        hint = "Fetch the feed again."
        raise SourceError(f"{source.name} is a damaged JSON feed: {error}", hint=hint) from error
    items = feed.get("items")
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return _Feed(len(entries), (_json_entry(entry, feed) for entry in entries))


def _json_entry(entry: dict[str, Any], feed: dict[str, Any]) -> Document:
    plain = _string(entry, "content_text") or _string(entry, "summary")
    people = entry.get("authors") or [entry.get("author")]
    given = [fold(_string(one, "name")) for one in _list(people) or _list(feed.get("authors"))]
    when = _string(entry, "date_published") or _string(entry, "date_modified")
    return Document(
        name="",
        text=_string(entry, "content_html") or _as_html(plain),
        media_type="application/feed+json",
        title=_plain(_string(entry, "title")),
        authors=tuple(filter(sane_authors, given)),
        publisher=_plain(_string(feed, "title")),
        date=iso_date(when),
        url=_string(entry, "url") or _string(entry, "external_url") or None,
        language=language_code(_string(entry, "language") or _string(feed, "language")),
    )


def _list(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _string(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _as_html(text: str) -> str:
    from html import escape

    return "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", text))


def _plain(title: str | None) -> str | None:
    """A title without the HTML that feeds put into it."""
    blocks = html_blocks(parse_html(title)) if title else []
    return fold(" ".join(block.text for block in blocks)) or None


def _name(path: str, title: str | None, number: int, taken: set[str]) -> str:
    """A name that stays the same when the feed grows, as long as titles differ."""
    ascii_title = unicodedata.normalize("NFKD", title or "").encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_title.lower()).strip("-")[:SLUG_CHARACTERS].strip("-")
    name = f"{path}#{slug or number}"
    if name in taken:
        name = f"{path}#{slug or 'entry'}-{number}"
    taken.add(name)
    return name
