"""The lines before the running text, and those under a letter's close.

In: a text. Out: its head and its sign-off, line by line; none where running text does not follow,
as in a table or a list of contacts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = re.compile(r"[^\r\n]*\S[^\r\n]*(?:(?:\r\n|\r|\n)[^\r\n]*\S[^\r\n]*)*")
HEAD_LINES = 12
TAIL_LINES = 14
SIGN_OFF_LINES = 6
LOOSE_LINES = 3
"""A name, an office and for whom it is held."""
LINE_CHARACTERS = 110
SENTENCE_WORDS = 6
SALUTATION = re.compile(
    r"(?:dear\b.{0,80}|to whom it may concern|(?:dear )?(?:colleagues|members|friends|sirs?|madam"
    r"|ladies and gentlemen)\b.{0,40})[,:]?",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"(?:yours|sincerely|faithfully|respectfully|cordially)(?: (?:yours|sincerely|faithfully|truly"
    r"|respectfully|cordially|submitted|very truly))?"
    r"|(?:with )?(?:(?:our|my|very|kind|best|warm|kindest|warmest) )*(?:regards|wishes|greetings)",
    re.IGNORECASE,
)
OF_BODY = re.compile(r"\b(?:for|of)\b", re.IGNORECASE)
TABLE = re.compile(r"\t|\S {3,}\S|^\s*(?:[-*•>#]|\(?\d{1,3}[.)])\s")
SENTENCE_END = re.compile(r"[.!?…;][\"”’')\]]*$")
MAIL_LINE = re.compile(r"(?:from|to|cc|date|sent|subject)[ \t]*:", re.IGNORECASE)
WRAPPED = re.compile(r"[a-z,]\n[a-z]")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a text.

    Attributes:
        blocks: Its paragraphs, each in lines.
        end: Offset where what follows begins.
        letter: Whether a salutation follows.
    """

    blocks: tuple[tuple[str, ...], ...]
    end: int
    letter: bool


def read_head(text: str) -> Head:
    """The short lines above the running text."""
    blocks: list[tuple[str, ...]] = []
    count = 0
    for start, lines in _blocks(text):
        for at, line in enumerate(lines):
            if at + count < HEAD_LINES and SALUTATION.fullmatch(line):
                above = (lines[:at],) if at else ()
                return Head((*blocks, *above), start, letter=True)
        if _is_running(lines):
            return Head(tuple(blocks), start, letter=False)
        blocks.append(lines)
        count += len(lines)
        if count > HEAD_LINES:
            break
    return Head((), 0, letter=False)


def read_sign_off(text: str) -> tuple[str, ...]:
    """The lines under the last close such as `Yours sincerely`; else none.

    They are of one block, or, as word processors have it, a paragraph each.
    """
    last = list(_blocks(text[-2000:]))
    lines = [(number, line) for number, (_, block) in enumerate(last) for line in block]
    closes = [
        at
        for at, (_, line) in enumerate(lines)
        if len(lines) - at <= TAIL_LINES and CLOSING.fullmatch(line.rstrip(",. "))
    ]
    if not closes:
        return ()
    below = lines[closes[-1] + 1 :]
    block = below[0][0] if below else 0
    signed = tuple(line for number, line in below if number == block)
    if len(signed) == 1 < len({number for number, _ in below}) == len(below) <= LOOSE_LINES:
        # a second person would stand on the second line, above a second office
        loose = tuple(line for _, line in below)
        return loose if OF_BODY.search(" ".join(loose[1:])) else ()
    # more signatures, or a postscript with other names, may follow
    return signed if len(below) == len(signed) <= SIGN_OFF_LINES else ()


def _blocks(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for match in BLOCK.finditer(text):
        lines = (line.strip("\ufeff \t") for line in match[0].splitlines())
        yield match.start(), tuple(line for line in lines if line)


def _is_running(lines: tuple[str, ...]) -> bool:
    """Whether a paragraph is of sentences, or a table or list, rather than of lines of a head."""
    if len(lines) > 1 and all(map(MAIL_LINE.match, lines)):
        return False
    words = " ".join(lines).split()
    ended = SENTENCE_END.search(lines[-1]) is not None
    asks = len(lines) == 1 and lines[0][-1] in "?!"
    return (
        any(len(line) > LINE_CHARACTERS or TABLE.search(line) for line in lines)
        or sum("|" in line for line in lines) > 1
        or (ended and not asks and len(words) >= SENTENCE_WORDS)
        or (len(lines) > 2 and WRAPPED.search("\n".join(lines)) is not None)
    )
