"""Markdown, by markdown-it-py: plain text without the marks.

In: the bytes of a Markdown file, with or without front matter. Out: one document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from briefing.document import Document
from briefing.ingest.blocks import Block, compose, fold
from briefing.ingest.dates import iso_date
from briefing.ingest.encoding import decode
from briefing.ingest.language import language_code
from briefing.ingest.markup import html_blocks, parse_html
from briefing.ingest.source import IntakeLimits, Parsed, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
FIELD = re.compile(r"^(?P<key>[A-Za-z][\w\-]*):[ \t]*(?P<value>[^\n]*)"
                   r"(?P<items>(?:\n[ \t]*-[ \t]+[^\n]*)*)", re.M)  # fmt: skip
PUBLISHER_KEYS = ("publisher", "publication", "site")
ADDRESS = re.compile(r"\w+://|www\.|/|[\w.-]+\.\w+/")
BREAKS = {"softbreak": "\n", "hardbreak": "\n"}
NOTE_MARK = re.compile(r"^\[\^[^\]\s]+\]:[ \t]*|\[\^[^\]\s]+\]")
"""The mark of a footnote, in the text and before the note: no word of either."""
SHORT_LINE = 50
"""Characters that no line of a wrapped paragraph has so few of; an address or a head may."""


def read(source: Source, limits: IntakeLimits) -> Parsed:  # noqa: ARG001 - as every reader
    """Read Markdown; its first heading of the first level is the title, unless one is given.

    Raises:
        SourceError: If the bytes are no text.
    """
    from markdown_it import MarkdownIt

    text, _ = decode(source.data, source.name)
    fields, text = front_matter(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    blocks = list(_Reader().read(tokens))
    body, headings = compose(blocks)
    title = _first(fields, "title") or _first_title(tokens)
    document = Document(
        name=source.name,
        text=body,
        media_type="text/markdown",
        title=title,
        authors=tuple(fields.get("author") or fields.get("authors") or ()),
        publisher=_publisher(fields),
        date=iso_date(_first(fields, "date") or ""),
        url=_first(fields, "url"),
        language=language_code(_first(fields, "lang") or _first(fields, "language")),
        headings=headings,
    )
    return Parsed((document,))


def front_matter(text: str) -> tuple[dict[str, list[str]], str]:
    """Take the fields between two lines `---` at the start of a text.

    Returns:
        Values by key in lower case, a list written `[a, b]` or with dashes in its parts, and the
        text after them; no fields and the whole text where there are none.
    """
    match = FRONT_MATTER.match(text)
    if not match:
        return {}, text
    fields: dict[str, list[str]] = {}
    for field in FIELD.finditer(match["fields"]):
        value = field["value"].strip()
        listed = value.startswith("[") and value.endswith("]")
        values = value[1:-1].split(",") if listed else [value]
        values += re.findall(r"\n[ \t]*-[ \t]+([^\n]*)", field["items"])
        cleaned = [fold(_unquoted(part.strip())) for part in values]
        fields[field["key"].lower()] = [part for part in cleaned if part]
    return (fields, text[match.end() :]) if fields else ({}, text)


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _first(fields: dict[str, list[str]], key: str) -> str | None:
    return next(iter(fields.get(key, ())), None)


def _publisher(fields: dict[str, list[str]]) -> str | None:
    """The first name of a publisher; `publication` may be a day, and `site` an address."""
    given = (_first(fields, key) for key in PUBLISHER_KEYS)
    return next((name for name in given if name and is_name(name)), None)


def is_name(value: str) -> bool:
    """Whether a value is neither an address nor a day."""
    return any(map(str.isalpha, value)) and not ADDRESS.match(value) and not iso_date(value)


def _first_title(tokens: Sequence[Token]) -> str | None:
    for position, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return fold(inline_text(tokens[position + 1])) or None
    return None


def inline_text(token: Token) -> str:
    """The lines of an inline token: marks, addresses, pictures and HTML tags left out."""
    return "".join(
        BREAKS.get(child.type)
        or (NOTE_MARK.sub("", child.content) if child.type == "text" else "")
        or (child.content if child.type == "code_inline" else "")
        for child in token.children or ()
    )


class _Reader:
    """Tokens to blocks; keeps the marks of the lists that are open, and the row of a table."""

    def __init__(self) -> None:
        self._numbers: list[int | None] = []
        self._mark = ""
        self._row: list[str] | None = None
        self._heading = False

    def read(self, tokens: Sequence[Token]) -> list[Block]:
        blocks: list[Block] = []
        for token in tokens:
            if token.type in ("fence", "code_block"):
                blocks.append(Block(token.content, "verbatim"))
            elif token.type == "html_block":
                blocks.extend(html_blocks(parse_html(token.content)))
            elif token.type == "inline":
                self._inline(token, blocks)
            elif token.type == "tr_close" and self._row is not None:
                blocks.append(Block(" | ".join(filter(None, self._row)), "row"))
                self._row = None
            else:
                self._open_or_close(token)
        return blocks

    def _inline(self, token: Token, blocks: list[Block]) -> None:
        text = inline_text(token)
        if self._row is not None:
            self._row.append(fold(text))
        elif self._mark:
            blocks.append(Block(self._mark + text, "item"))
            self._mark = ""
        else:
            lines = text.splitlines()
            unfilled = all(len(line) < SHORT_LINE and not line[:1].islower() for line in lines)
            kind: Any = "heading" if self._heading else "lines" if unfilled else "paragraph"
            blocks.append(Block(text, kind))

    def _open_or_close(self, token: Token) -> None:
        if token.type == "bullet_list_open":
            self._numbers.append(None)
        elif token.type == "ordered_list_open":
            self._numbers.append(int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._numbers.pop()
        elif token.type == "list_item_open":
            number = self._numbers[-1]
            self._mark = "- " if number is None else f"{number}. "
            self._numbers[-1] = None if number is None else number + 1
        elif token.type == "list_item_close":
            self._mark = ""
        elif token.type in ("heading_open", "heading_close"):
            self._heading = token.type == "heading_open"
        elif token.type == "tr_open":
            self._row = []
