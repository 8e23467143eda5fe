"""Spans to pieces: the words that are printed, whole or with visible cuts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Document, Span, cover
from briefing.findings import CUT, Piece
from briefing.write.marks import balanced, unwrapped, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 60
"""Words of a passage at most; a longer one is cut."""
SHORTEST_HEAD = 10
"""Words that must be left before a clause may be dropped from the end."""

WORD = re.compile(r"\w+(?:[-’'.]\w+)*")
ASIDE = re.compile(r"\s*(?:—[^—;.]{20,}?—|\([^()]{10,}\))\s*")
CLAUSE_END = re.compile(
    r"(?P<sentence>(?<=[.!?])[”\"’]?\s+(?=[“\"‘A-Z]))"
    r"|\s*;\s+|:\s+|\s*—\s*|\s–\s"
    r"|,\s+(?=(?:which|who|whose|where|as|because|since|while|with|\w{3,}ing)\b)"
)
TURNING = re.compile(
    r"\s*(?:and\s+)?(?:but|unless|if|except|although|though|only|provided|until|however|not|or|nor"
    r"|without|albeit|yet|rather|even if|assuming|subject to|in theory)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:but|unless|if|except|although|though|provided|until|whereas)\b", re.IGNORECASE
)
CLAUSES = re.compile(r"[,;:(]|[—–]|\s-+\s")
MARKER = re.compile(r"(?:[-–—•*·▪]|\d{1,3}[.)]|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\)|[a-z]\))\s+(?=\S)")
"""What a list puts before an item, which is none of its words."""
MARKS = " “”\"‘’'`„«»"
ARTICLES = frozenset({"the", "a", "an", "as", "to", "has", "have", "had"})
"""Words that may stand between what is said and its speaker or verb."""
SUBORDINATE = re.compile(
    r"(?:although|though|while|whereas|if|when|as|because|since|after|before|unless|once|given"
    r"|despite|for all|even|until)\b",
    re.IGNORECASE,
)


def count_words(text: str) -> int:
    """How many words `text` has."""
    return len(WORD.findall(text))


def length_words(document: Document, pieces: Sequence[Piece]) -> int:
    """How many words of the source `pieces` print."""
    return sum(count_words(document[piece.span]) for piece in pieces)


def text_of(document: Document, pieces: Sequence[Piece]) -> str:
    """The words of `pieces` in one line, what was put in between in square brackets."""
    texts = []
    for piece in pieces:
        if piece.before:
            texts.append(f"[{piece.before}]")
        texts.append(" ".join(document[piece.span].split()))
    return " ".join(texts)


def joined(document: Document, spans: Sequence[Span]) -> tuple[Span, ...]:
    """`spans` in order; those with only white space between them, or that overlap, become one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and not document.text[result[-1].end : span.start].strip():
            result[-1] = cover([result[-1], span])
        else:
            result.append(span)
    return tuple(result)


def unmarked(document: Document, span: Span) -> Span:
    """`span` without the marker of a list item, if it begins with a line."""
    line = document.text.rfind("\n", 0, span.start) + 1
    marker = MARKER.match(document.text, span.start, span.end)
    begins = not document.text[line : span.start].strip()
    return Span(marker.end(), span.end) if marker and begins else span


def goes_on(document: Document, end: int, limit: int, ascribing: Sequence[Span]) -> str:
    """What a sentence says from `end` to `limit`, without the words that attribute what it printed.

    Args:
        document: The source.
        end: Where the printed words end.
        limit: Where the sentence ends.
        ascribing: Where the holder of the printed words is named, and the cue.

    Returns:
        The words that belong to what is printed and are left out; empty where there are none.
    """
    after = [span.start for span in ascribing if end <= span.start and span.end <= limit]
    left = document.text[end : min(after, default=max(end, limit))]
    return left if any(word.lower() not in ARTICLES for word in WORD.findall(left)) else ""


def is_turned(document: Document, end: int, limit: int) -> bool:
    """Whether the sentence turns the sense of what it says before `end`: `but`, `unless`."""
    first, *others = CLAUSES.split(document.text[end : max(end, limit)])
    turned = TURNING.match(first) or CONDITION.search(first)
    return bool(turned) or any(TURNING.match(other.lstrip(MARKS)) for other in others)


def to_pieces(document: Document, spans: Sequence[Span], within: Span) -> tuple[Piece, ...]:
    """Pieces that print `spans` with a cut between them.

    Where quotation marks stand around the whole of every span they are left out; otherwise all
    marks are kept, those just outside a span too.

    Args:
        document: The source.
        spans: What to print.
        within: How far an edge may move to keep both marks of a quotation.

    Returns:
        The pieces; none if one of them would hold half of a quotation.
    """
    spans = [wrapped(document, unmarked(document, span)) for span in joined(document, spans)]
    bare = [unwrapped(document, span) for span in spans]
    if all(one != two for one, two in zip(spans, bare, strict=True)):
        spans = bare
    pieces: list[Piece] = []
    for number, span in enumerate(spans):
        moved = balanced(document, span, within if len(spans) == 1 else span)
        if moved is None:
            return ()
        pieces.append(Piece(moved, CUT if number else ""))
    return tuple(pieces)


def shorten(
    document: Document, span: Span, hedges: Sequence[Span], *, limit_words: int = LONGEST
) -> tuple[Span, ...]:
    """Bring `span` down to `limit_words` by leaving out clauses that change nothing before them.

    An aside between dashes or brackets goes first, then clauses from the end. What turns the
    sense round (`unless`, `but`) stays, and so does a hedge, unless it opens what goes: then it
    weakens no more than that.

    Returns:
        One or two spans; none if it cannot be cut without harm.
    """
    if count_words(document[span]) <= limit_words:
        return (span,)
    words = document[span]
    for aside in sorted(ASIDE.finditer(words), key=lambda match: -len(match.group())):
        gap = Span(span.start + aside.start(), span.start + aside.end())
        rest = (Span(span.start, gap.start), Span(gap.end, span.end))
        left = sum(count_words(document[part]) for part in rest)
        harmless = droppable(document, gap, hedges) and document[rest[1]].strip(" .")
        if harmless and left <= limit_words:
            return rest
    if SUBORDINATE.match(words):
        return ()
    for clause in reversed(list(CLAUSE_END.finditer(words))):
        head = Span(span.start, span.start + clause.start())
        tail = Span(span.start + clause.end(), span.end)
        if clause["sentence"] is not None:
            head = Span(span.start, span.start + clause.end())
        left = count_words(document[head])
        if SHORTEST_HEAD <= left <= limit_words and droppable(document, tail, hedges):
            return (head,)
    return ()


def droppable(document: Document, span: Span, hedges: Sequence[Span]) -> bool:
    """Whether `span` can go without changing what the rest says."""
    words = document[span].lstrip(" —–(,;:")
    start = span.end - len(words)
    inner = [hedge for hedge in hedges if span.overlaps(hedge) and hedge.start != start]
    return not TURNING.match(words) and not inner
