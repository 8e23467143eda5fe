"""Paragraphs to text: how every extracted format writes its `Document.text`.

In: blocks in reading order. Out: the text, and the spans of its headings. Paragraphs are parted
by a blank line; items of a list and rows of a table have a line each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, table row or verbatim stretch such as code.

    Of `lines`, such as those of an address, each is one in the text too.
    """

    text: str
    kind: Literal["paragraph", "heading", "item", "row", "lines", "verbatim"] = "paragraph"


def fold(text: str) -> str:
    """Fold white space to single spaces; drop soft hyphens and other invisible characters."""
    return " ".join(CONTROL.sub(" ", INVISIBLE.sub("", text)).split())


def compose(blocks: Iterable[Block]) -> tuple[str, tuple[Span, ...]]:
    """Join blocks to a text without trailing spaces.

    Returns:
        The text, and where in it the headings stand.
    """
    text = ""
    headings: list[Span] = []
    before: Block | None = None
    for block in blocks:
        words = _words(block)
        if not words:
            continue
        if before is not None:
            together = before.kind == block.kind and block.kind in ("item", "row")
            text += "\n" if together else "\n\n"
        if block.kind == "heading":
            headings.append(Span(len(text), len(text) + len(words)))
        text += words
        before = block
    return text, tuple(headings)


def _words(block: Block) -> str:
    if block.kind == "verbatim":
        return _verbatim(block.text)
    if block.kind == "lines":
        return "\n".join(filter(None, map(fold, block.text.splitlines())))
    return fold(block.text)


def _verbatim(text: str) -> str:
    """Keep lines and their indentation; drop trailing spaces and blank lines at either end."""
    lines = [line.rstrip() for line in CONTROL.sub(" ", text.expandtabs(4)).splitlines()]
    return "\n".join(lines).strip("\n")
