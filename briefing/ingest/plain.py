"""Plain text: the text as it is, and what the lines above its body say.

In: bytes or text. Out: one document. Header lines are only taken where their pattern is plain;
they stay in the text, and `body_start` stands after them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from briefing.document import Document
from briefing.ingest.dates import iso_date
from briefing.ingest.encoding import decode
from briefing.ingest.letterhead import Letterhead, find_letterhead, is_same
from briefing.ingest.lines import (
    BY,
    BYLINE,
    BYLINE_AND_AGENCY,
    DATELINE,
    HANDLE,
    NAME,
    NAME_AND_DESK,
    NAME_AND_HANDLE,
    SEPARATORS,
    TITLE_LABEL,
    line_date,
    only_date,
)
from briefing.ingest.source import IntakeLimits, Parsed, Source

LINE = re.compile(r"[^\r\n]*")
TITLE_CHARACTERS = 160
HEADER_LINES = 8


@dataclass(frozen=True, slots=True)
class Header:
    """What header lines say, and where the body begins after them."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    handle: str | None = None
    publisher: str | None = None
    date: str | None = None
    body_start: int = 0


@dataclass(frozen=True, slots=True)
class _Line:
    """One line that is not blank, stripped; `spaced` where a blank line follows it."""

    text: str
    end: int
    spaced: bool


def read(source: Source, limits: IntakeLimits) -> Parsed:  # noqa: ARG001 - as every reader
    """Read plain text of any encoding.

    Raises:
        SourceError: If the bytes are no text.
    """
    text, encoding = decode(source.data, source.name)
    notice = f"{source.name} is not UTF-8; it was read as {encoding}"
    known = encoding.startswith(("utf-", "utf_", "ascii"))
    return Parsed((read_text(source.name, text),), () if known else (notice,))


def read_text(name: str, text: str) -> Document:
    """Make a document of text, kept to the code point, and find its header lines.

    Args:
        name: How the user knows it.
        text: Any text.

    Returns:
        A document whose `text` is `text`; neither its language nor its digest is filled in.
    """
    header = find_header(text)
    return replace(
        Document(name=name, text=text),
        title=header.title,
        authors=header.authors,
        handle=header.handle,
        publisher=header.publisher,
        date=header.date,
        body_start=header.body_start,
    )


def find_header(text: str) -> Header:
    """Find title, byline, handle and date in the lines above the body; guess nothing.

    A title is only taken above a byline or a date, a name only with `By` before it or a handle
    after it, and a date only where no other line of the text is a date. What they leave open a
    letterhead, a sender or a sign-off may say; see `letterhead`. Date and agency of a dateline
    that opens the first sentence count; the dateline stays in the body.
    """
    header = _header_lines(text) or _headline_above_dateline(text) or Header()
    letterhead = find_letterhead(text)
    header = _with_letterhead(header, letterhead)
    first = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    starts = (header.body_start or first, letterhead.end)
    match = next(filter(None, (DATELINE.match(text, start) for start in starts)), None)
    if match and only_date(text):
        header = replace(
            header,
            date=header.date or iso_date(match["date"]),
            publisher=header.publisher or match["agency"],
        )
    return header


def _with_letterhead(header: Header, letterhead: Letterhead) -> Header:
    """What the header lines say, and behind them the letterhead; its name is no title."""
    issued = letterhead.publisher is not None
    alone = header.title and issued and is_same(header.title, letterhead.publisher or "")
    return replace(
        header,
        title=letterhead.title if alone else header.title or letterhead.title,
        authors=header.authors or letterhead.authors,
        publisher=header.publisher or letterhead.publisher,
        date=letterhead.date if letterhead.event else header.date or letterhead.date,
        body_start=max(header.body_start, letterhead.body_start),
    )


def _headline_above_dateline(text: str) -> Header | None:
    """A headline, where the text right below it opens with a dateline."""
    lines = _first_lines(text)
    count = _headline(lines, text)
    if not count or not DATELINE.match(lines[count].text):
        return None
    end = lines[count - 1].end
    start = end + len(text[end:]) - len(text[end:].lstrip())
    return Header(title=" ".join(line.text for line in lines[:count]), body_start=start)


def _header_lines(text: str) -> Header | None:
    """What the lines above the body say; None where there are none, or no body."""
    lines = _first_lines(text)
    header = Header()
    position = _label_title(lines)
    if position:
        match = TITLE_LABEL.fullmatch(lines[0].text)
        header = replace(header, title=match and match["title"], body_start=lines[0].end)
    elif headline := _headline(lines, text):
        found, taken = _facts(lines, headline, text)
        if taken:
            header = replace(found, title=" ".join(line.text for line in lines[:headline]))
            position = headline + taken
    while position < len(lines):
        found, taken = _facts(lines, position, text)
        if not taken or _clash(header, found):
            break
        header = _merge(header, found)
        position += taken
    start = header.body_start
    start += len(text[start:]) - len(text[start:].lstrip())
    return replace(header, body_start=start) if 0 < start < len(text) else None


def _headline(lines: list[_Line], text: str) -> int:
    """How many of the first lines are a headline: one, or more that go on in small letters."""
    count = 1
    while count < len(lines) and not lines[count - 1].spaced and lines[count].text[:1].islower():
        count += 1
    title = " ".join(line.text for line in lines[:count])
    is_headline = count < len(lines) and _is_title(title) and not _facts(lines, 0, text)[1]
    return count if is_headline else 0


def _facts(lines: list[_Line], position: int, text: str) -> tuple[Header, int]:
    """What the line at `position` says, and how many lines that takes; 0 where it is body."""
    line = lines[position]
    with_agency = BYLINE_AND_AGENCY.fullmatch(line.text)
    signed = BYLINE.fullmatch(line.text) or NAME_AND_DESK.fullmatch(line.text)
    if match := with_agency or signed:
        names = tuple(_tidy(part) for part in SEPARATORS.split(match["names"]))
        if all(NAME.fullmatch(name) for name in names):
            agency = with_agency and with_agency["agency"]
            return Header(authors=names, publisher=agency, body_start=line.end), 1
    if (match := NAME_AND_HANDLE.fullmatch(line.text)) and not BY.match(line.text):
        return Header(
            authors=(_tidy(match["name"]),), handle=match["handle"], body_start=line.end
        ), 1
    after = lines[position + 1] if position + 1 < len(lines) else None
    if after and not line.spaced and NAME.fullmatch(line.text) and HANDLE.fullmatch(after.text):
        return Header(authors=(_tidy(line.text),), handle=after.text, body_start=after.end), 2
    if HANDLE.fullmatch(line.text):
        return Header(handle=line.text, body_start=line.end), 1
    date = line_date(line.text)
    if date and (line.spaced or (after and _header_like(after.text))) and only_date(text):
        return Header(date=date, body_start=line.end), 1
    return Header(), 0


def _first_lines(text: str) -> list[_Line]:
    """The first lines that are not blank, at most `HEADER_LINES` of them."""
    lines: list[_Line] = []
    position = 0
    while position < len(text) and len(lines) < HEADER_LINES:
        end = LINE.match(text, position).end()  # type: ignore[union-attr]  # it always matches
        words = text[position:end].strip().removeprefix("\ufeff")
        if words:
            rest = text[end : end + 200].replace("\r\n", "\n").replace("\r", "\n")
            blank = re.match(r"\n[ \t]*(?:\n|$)", rest) is not None
            lines.append(_Line(words, end, blank))
        position = end + (2 if text.startswith("\r\n", end) else 1)
    return lines


def _label_title(lines: list[_Line]) -> int:
    return 1 if lines and TITLE_LABEL.fullmatch(lines[0].text) else 0


def _is_title(line: str) -> bool:
    return len(line) <= TITLE_CHARACTERS and line[-1] not in ".;,:" and line[0] not in "-*•#>|@"


def _header_like(line: str) -> bool:
    return any(one.fullmatch(line) for one in (BYLINE, BYLINE_AND_AGENCY, NAME_AND_DESK, HANDLE))


def _clash(header: Header, found: Header) -> bool:
    return any(
        getattr(header, field) and getattr(found, field) for field in ("authors", "handle", "date")
    )


def _merge(header: Header, found: Header) -> Header:
    return Header(
        title=header.title,
        authors=header.authors or found.authors,
        handle=header.handle or found.handle,
        publisher=header.publisher or found.publisher,
        date=header.date or found.date,
        body_start=found.body_start,
    )


def _tidy(name: str) -> str:
    """A name on one line; one set all in capitals, as bylines are, keeps its capitals."""
    return " ".join(name.split())
