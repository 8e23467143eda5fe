"""A brief for machines that read web pages: schema.org's `Report` as JSON-LD.

In: a `Brief`. Out: JSON that can stand in a script element, which browsers do not run: what the
page is, how far it is checked, what made it and which sources it rests on.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from briefing.templating import is_web_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from briefing.brief import Brief, Line, SourceEntry

UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
"""What could end a script element or a line of it; in JSON they stand within strings alone."""


def json_ld(brief: Brief, fields: Collection[str]) -> str:
    """Describe `brief`, of which a template prints `fields`, and its sources.

    A source has the address of its entry on the page; `citation` lists those that a printed
    statement rests on, `isBasedOn` all that are listed. Whether a voice is a person's or an
    organisation's is not known, so it has a name and no type.
    """
    cited = {number for line in printed(brief, fields) for number in line.sources}
    report = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": brief.title,
        "datePublished": brief.date,
        "inLanguage": brief.language,
        "creativeWorkStatus": brief.status,
        "creator": {
            "@type": "SoftwareApplication",
            "name": "briefing",
            "softwareVersion": brief.method.version,
        },
        "citation": [{"@id": place(one)} for one in brief.sources if one.number in cited],
        "isBasedOn": [described(one) for one in brief.sources],
    }
    return json.dumps(report, ensure_ascii=False).translate(UNSAFE)


def with_json_ld(html: str, brief: Brief, fields: Collection[str]) -> str:
    """A page with its description at the end of the head."""
    head, end, rest = html.partition("</head>")
    script = f'<script type="application/ld+json">{json_ld(brief, fields)}</script>\n'
    return head + script + end + rest if end else html


def described(source: SourceEntry) -> dict[str, Any]:
    """One source; what is not known of it is left out."""
    known: dict[str, Any] = {
        "@type": "CreativeWork",
        "@id": place(source),
        "position": source.number,
        "name": source.title or source.name,
    }
    if source.voice not in (source.title, source.name, source.publisher):
        known["author"] = {"name": source.voice}
    if source.publisher:
        known["publisher"] = {"@type": "Organization", "name": source.publisher}
    if source.date:
        known["datePublished"] = source.date
    if source.language:
        known["inLanguage"] = source.language
    if is_web_address(source.url):
        known["url"] = source.url
    if source.sha256:
        known["identifier"] = f"sha256:{source.sha256}"
    return known


def place(source: SourceEntry) -> str:
    """Where every template has the entry of a source."""
    return f"#source-{source.number}"


def printed(brief: Brief, fields: Collection[str]) -> Iterator[Line]:
    """All statements in `fields` of a brief."""
    if brief.bottom_line and "bottom_line" in fields:
        yield brief.bottom_line
    for name in ("summary", "claims", "positions"):
        if name in fields:
            yield from getattr(brief, name)
    for dispute in brief.contested if "contested" in fields else ():
        yield from (dispute.one, dispute.other)
    for event in brief.timeline if "timeline" in fields else ():
        yield event.line
    for item in brief.items if "items" in fields else ():
        yield from item.lines
    for row in brief.matrix if "matrix" in fields else ():
        for stand in filter(None, row.stands):
            yield from (stand.line, *stand.earlier, *stand.others)
