"""HTML pages: main text and what the page says about itself, by trafilatura.

In: the bytes of a page. Out: one document. Menus, info boxes, edit links, footnote marks and lists
of references are left out. A date is taken from metadata alone, never searched for in the text.
"""

from __future__ import annotations

import json
import logging
import re
import warnings
from typing import TYPE_CHECKING, Any

from briefing.document import Document
from briefing.errors import SourceError
from briefing.ingest.blocks import Block, compose, fold
from briefing.ingest.dates import iso_date
from briefing.ingest.encoding import decode
from briefing.ingest.issuers import masthead, organisation
from briefing.ingest.language import language_code
from briefing.ingest.markup import html_blocks, parse_html
from briefing.ingest.source import IntakeLimits, Parsed, Source
from briefing.offline import imported

if TYPE_CHECKING:
    from collections.abc import Iterator

# trafilatura reports on stderr where nobody configured logging; only the command line prints
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""", re.I)
APPARATUS = [
    ".//table[contains(concat(' ', @class, ' '), ' infobox ')]",
    ".//*[contains(@class, 'mw-editsection') or contains(@class, 'navbox')]",
    ".//*[contains(@class, 'metadata') or contains(@class, 'hatnote')]",
    ".//*[@id='siteSub' or @id='contentSub' or @id='toc' or @id='catlinks']",
    ".//*[contains(concat(' ', @class, ' '), ' toc ')]",
    ".//*[contains(concat(' ', @class, ' '), ' references ')]",
    ".//*[contains(@class, 'reflist') or contains(@class, 'footnotes')]",
    ".//sup[contains(concat(' ', @class, ' '), ' reference ')]",
    ".//sup[a[starts-with(@href, '#')]]",
    ".//*[@role='doc-endnotes' or @role='doc-noteref']",
]
FURNITURE = ("nav", "header", "footer", "aside", "form", "iframe", "button", "script")
FURNITURE_NAMES = re.compile(
    r"\b(?:nav|menu|sidebar|footer|header|cookie|consent|comments?|share|related|infobox|toc|mw)",
    re.IGNORECASE,
)
LINKED_SHARE = 0.1
DATE_NAMES = (
    "article:published_time", "datepublished", "citation_publication_date", "citation_date",
    "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "pubdate",
    "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "date",
)  # fmt: skip


PUBLISHER_NAMES = ("citation_publisher", "publisher", "apple-mobile-web-app-title")
"""Where a page names its publisher that trafilatura does not look."""

TITLE_PARTS = re.compile(r" ?[|·»] ?| [-–—] ")
DOMAIN = re.compile(r"(?:[\w-]+\.)+[A-Za-z]{2,}")


def read(source: Source, limits: IntakeLimits) -> Parsed:  # noqa: ARG001 - as every reader
    """Read an HTML page.

    Raises:
        SourceError: If no text is found in it.
    """
    declared = CHARSET.search(source.data[:4096])
    charset = declared[1].decode("ascii") if declared else None
    text, _ = decode(source.data, source.name, declared=charset)
    tree = parse_html(text)
    metadata = _metadata(tree)
    date, language = _date(tree), _language(tree)
    body, headings = compose(main_blocks(tree))
    if not body:
        raise SourceError(
            f"{source.name} holds no text that could be found",
            hint="If its text is made by a script, save the page from a browser, or print it to PDF.",
        )
    document = Document(
        name=source.name,
        text=body,
        media_type="text/html",
        title=fold(metadata.title or "") or None,
        authors=_authors(metadata),
        publisher=_publisher(tree, metadata),
        date=date,
        url=metadata.url or None,
        language=language,
        headings=headings,
    )
    return Parsed((document,))


def main_blocks(tree: Any) -> list[Block]:
    """The blocks of a page's main text.

    A page with nothing around its text, such as one saved from a text processor, is read whole:
    trafilatura drops short lists and headings there. So is one in which trafilatura finds nothing.
    """
    if _is_bare(tree):
        return html_blocks(tree)
    from copy import deepcopy

    from lxml import etree  # type: ignore[import-untyped]

    extract = imported("trafilatura").extract

    try:
        extracted = extract(
            deepcopy(tree),
            output_format="html",
            include_comments=False,
            include_tables=True,
            prune_xpath=APPARATUS,
        )
    except (ValueError, etree.LxmlError):
        extracted = None
    blocks = html_blocks(parse_html(extracted)) if extracted else []
    return _without_bare_headings(blocks or html_blocks(tree))


def _is_bare(tree: Any) -> bool:
    """Whether a page has neither furniture nor more than the odd link."""
    if next(tree.iter(*FURNITURE), None) is not None:
        return False
    marked = (f"{one.get('class') or ''} {one.get('id') or ''}" for one in tree.iter("*"))
    if any(FURNITURE_NAMES.search(names) for names in marked):
        return False
    linked = sum(len("".join(link.itertext())) for link in tree.iter("a"))
    return linked <= LINKED_SHARE * len("".join(tree.itertext()))


def _without_bare_headings(blocks: list[Block]) -> list[Block]:
    """Drop headings at the end, such as that of a list of references that was left out."""
    while len(blocks) > 1 and blocks[-1].kind == "heading":
        blocks = blocks[:-1]
    return blocks


def _metadata(tree: Any) -> Any:
    from copy import deepcopy

    extract_metadata = imported("trafilatura").extract_metadata
    with warnings.catch_warnings():
        # from its search for a date, which is not used
        warnings.simplefilter("ignore")
        return extract_metadata(deepcopy(tree), date_config={"extensive_search": False})


def _language(tree: Any) -> str | None:
    for tag in tree.iter("html", "body"):
        given = tag.get("lang") or tag.get("{http://www.w3.org/XML/1998/namespace}lang")
        if code := language_code(given or tag.get("xml:lang")):
            return code
    return None


def _authors(metadata: Any) -> tuple[str, ...]:
    """The names of the authors; the site's own address, often put in their place, is none."""
    host = _letters(metadata.hostname or "")
    given = map(fold, (metadata.author or "").split(";"))
    return tuple(
        name for name in given if name and not DOMAIN.fullmatch(name) and _letters(name) != host
    )


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold())).removeprefix("www")


def _publisher(tree: Any, metadata: Any) -> str | None:
    """The name of the site; its domain only where the page gives no name."""
    given = fold(metadata.sitename or "")
    if given and not DOMAIN.fullmatch(given) and "://" not in given:
        return given
    metas = _metas(tree)
    linked = (node.get("publisher") for node in _linked_nodes(tree))
    names = [one.get("name") if isinstance(one, dict) else one for one in linked]
    for candidate in [metas.get(name) for name in PUBLISHER_NAMES] + names:
        if isinstance(candidate, str) and fold(candidate) and "://" not in candidate:
            return fold(candidate)
    return _titled_after(tree) or (given if DOMAIN.fullmatch(given) else None)


def _titled_after(tree: Any) -> str | None:
    """The organisation or newspaper at the end of the page's title, which its heading lacks.

    Of `Rates to rise - Bank of Orm` the whole may be the headline; then the heading has it too.
    """
    title = fold("".join(next(tree.iter("title"), tree.makeelement("title")).itertext()))
    for heading in tree.iter("h1"):
        head = fold("".join(heading.itertext()))
        parts = TITLE_PARTS.split(title.removeprefix(head))
        if head and title.startswith(head) and len(parts) > 1 and not parts[0]:
            text = "".join(tree.itertext())
            return organisation(parts[-1], text) or masthead(parts[-1], text)
    return None


def _metas(tree: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        metas.setdefault(key, (meta.get("content") or "").strip())
    return metas


def _date(tree: Any) -> str | None:
    """The date of publication from `meta`, JSON-LD or a marked `time`, in this order."""
    metas = _metas(tree)
    times = (
        time.get("datetime") or ""
        for time in tree.iter("time")
        if time.get("pubdate") is not None or time.get("itemprop") == "datePublished"
    )
    candidates = [metas.get(name, "") for name in DATE_NAMES]
    linked = (node.get("datePublished") for node in _linked_nodes(tree))
    candidates += [date for date in linked if isinstance(date, str)]
    for candidate in [*candidates, *times]:
        # citation metadata writes 2026/03/12: year first is not ambiguous
        if date := iso_date(re.sub(r"^(\d{4})/(\d{2})/(\d{2})$", r"\1-\2-\3", candidate)):
            return date
    return None


def _linked_nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """The nodes of a page's JSON-LD."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            content = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        content = content.get("@graph", content) if isinstance(content, dict) else content
        nodes = content if isinstance(content, list) else [content]
        yield from (node for node in nodes if isinstance(node, dict))
