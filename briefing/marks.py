"""Quotation marks: which characters are marks, which open or close, and which belong together.

In: any text. Out: offsets. The one definition for all that looks at quotations, so that what one
stage takes for quoted another does not turn down. Nothing here knows documents.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MARK = re.compile(r"''|``|[\"“”„‟«»‘’‚']")
"""Every mark; two straight single marks, or two backticks, are one double mark."""
DOUBLE_MARK = re.compile(r"''|``|[\"“”„‟]")
"""Marks of the outer level, without angles."""
PARAGRAPH = re.compile(r"(?:(?!\n[^\S\n]*\n).)+", re.DOTALL)
ELISION = re.compile(r"['‘](?:\d\ds?|tis|twas|em|cause|til|n)(?!\w)", re.IGNORECASE)
"""Words that begin with an apostrophe."""


class Role(NamedTuple):
    """What a mark can be: its style, `double`, `angle` or `single`, and which end it may stand at."""

    style: str
    opens: bool
    closes: bool


class Pair(NamedTuple):
    """Two marks that belong together: `start` to `end` with them, `inner_start` to `inner_end` without."""

    start: int
    end: int
    inner_start: int
    inner_end: int


class Loose(NamedTuple):
    """A mark that is no apostrophe and has no partner."""

    start: int
    end: int
    opens: bool


def role(text: str, match: re.Match[str]) -> Role:
    """Tell what the mark that `match` of `MARK` found in `text` can be."""
    mark = match.group()
    before = text[match.start() - 1 : match.start()] if match.start() else ""
    after = text[match.end() : match.end() + 1]
    leads = not before.isalnum() and bool(after.strip()) and after not in ",;:!?)]"
    trails = not after.isalnum() and bool(before.strip())
    if mark in "«»":
        return Role("angle", mark == "«" or leads, mark == "»" or trails)
    if mark in ("“", "„", "‟", "”"):
        # „German“ closes with the mark that opens in “English”; ”Swedish” has the same twice.
        opens = mark != "”" or (leads and not trails)
        return Role("double", opens, mark == "”" or (mark == "“" and not leads))
    if mark == "``":
        return Role("double", opens=True, closes=False)
    if mark in ('"', "''"):
        return Role("double", leads, trails or not leads)
    opens = mark != "’" and leads and (mark != "'" or after.isalnum())
    return Role("single", opens and not ELISION.match(text, match.start()), trails and mark != "‘")


@lru_cache(maxsize=64)
def paired(text: str) -> tuple[tuple[Pair, ...], tuple[Loose, ...]]:
    """Find the pairs of marks in `text`, nested ones too, and the marks that are left over.

    Pairs never cross a blank line. A single mark without a partner is taken for an apostrophe.

    Returns:
        Pairs and loose marks, each in the order of the text.
    """
    pairs: list[Pair] = []
    loose: list[Loose] = []
    for paragraph in PARAGRAPH.finditer(text):
        opened: list[tuple[str, re.Match[str]]] = []
        for match in MARK.finditer(text, *paragraph.span()):
            style, opens, closes = role(text, match)
            at = partner(opened, style, match.group()) if closes else None
            if at is not None:
                first = opened[at][1]
                pairs.append(Pair(first.start(), match.end(), first.end(), match.start()))
                loose += left_open(opened[at + 1 :])
                del opened[at:]
            elif opens and not (style == "single" and style in (other for other, _ in opened)):
                opened.append((style, match))
            elif style != "single":
                loose.append(Loose(*match.span(), opens=False))
        loose += left_open(opened)
    return tuple(sorted(pairs)), tuple(sorted(loose))


def partner(opened: list[tuple[str, re.Match[str]]], style: str, mark: str) -> int | None:
    """Which of the `opened` marks `mark` closes; None if none. Only a low mark is closed by `“`."""
    for at in reversed(range(len(opened))):
        other, first = opened[at]
        if other == style and (mark != "“" or first.group() == "„"):
            return at
    return None


def left_open(opened: list[tuple[str, re.Match[str]]]) -> list[Loose]:
    """The marks of `opened` that cannot be apostrophes."""
    return [Loose(*match.span(), opens=True) for style, match in opened if style != "single"]


def stands_quoted(text: str, start: int, end: int) -> bool:
    """Whether `text` has quotation marks around the words from `start` to `end`.

    Where the next paragraph begins with a mark, a quotation that is left open runs on and ends
    with its paragraph.
    """
    pairs, loose = paired(text)
    if any(pair.inner_start <= start and end <= pair.inner_end for pair in pairs):
        return True
    return any(
        mark.opens and mark.end <= start and end <= runs_to(text, mark.end) for mark in loose
    )


def runs_to(text: str, start: int) -> int:
    """Where a quotation that is left open at `start` ends; -1 where the text does not go on with it."""
    paragraph = PARAGRAPH.match(text, start)
    end = paragraph.end() if paragraph else start
    following = text[end : end + 20].lstrip()
    return end if DOUBLE_MARK.match(following) else -1


def single_marks(words: str) -> str:
    """Turn double quotation marks into single ones, for words that stand within a quotation."""

    def single(match: re.Match[str]) -> str:
        _, opens, closes = role(words, match)
        return "‘" if opens and not closes else "’"

    return DOUBLE_MARK.sub(single, words)
