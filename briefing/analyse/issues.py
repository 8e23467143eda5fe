"""What a statement is about: the words that name it, and whether two issues are the same.

In: a content in a parsed document. Out: an issue in the source's words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from briefing.analyse.syntax import Token, hull, place, subtree

if TYPE_CHECKING:
    from briefing.document import Document, Span

ISSUE_WORDS = 10
"""Words at the most that name an issue."""
ALIKE = 0.5
"""Share of two issues' words from which on they are the same, where no head tells it."""
SMALL = frozenset(
    "a an the of to for in on at by from with and or that its his her their our".split()
)
BREAK = re.compile(r"\b(?:of|for|in|on|at|by|from|with|to|that|until|before|after)\b")


def same_issue(one: str, other: str) -> bool:
    """Whether two issues are about the same thing: by their heads, else by most of their words."""
    first, second = issue_words(one), issue_words(other)
    if not first or not second:
        return False
    if first <= second or second <= first:
        return issue_head(one) == issue_head(other)
    return len(first & second) / len(first | second) >= ALIKE


def issue_words(words: str) -> frozenset[str]:
    """The telling words of an issue, without plural endings."""
    found = re.findall(r"[\w’'-]+", words.casefold())
    return frozenset(word.removesuffix("s") for word in found if word not in SMALL)


def issue_head(words: str) -> str:
    """The last word of an issue before its first preposition, without a plural ending."""
    first = BREAK.split(words.casefold(), maxsplit=1)[0].split() or words.casefold().split()
    return first[-1].removesuffix("s") if first else ""


def issue(document: Document, content: tuple[Span, ...], docs: tuple[Any, ...]) -> str:
    """Name what a content is about in its own words: its object, else its first words."""
    first = content[0]
    at = max(0, bisect_right(docs, first.start, key=lambda doc: doc.user_data["start"]) - 1)
    tokens = [token for token in docs[at] if first.contains(place(token))]
    heads = [token for token in tokens if token.head not in tokens or token.head == token]
    for head in heads:
        if head.pos_ in ("NOUN", "PROPN"):
            return phrase(document, head)
        if head.pos_ in ("VERB", "AUX"):
            for relation in ("dobj", "attr", "nsubjpass"):
                thing = next((c for c in head.children if c.dep_ == relation), None)
                if thing is not None and thing.pos_ in ("NOUN", "PROPN"):
                    return phrase(document, thing)
    words = document[first].strip('“”"‘’').split()
    return without_halves(" ".join(words[words[:1] == ["that"] :][:ISSUE_WORDS]))


def phrase(document: Document, head: Token) -> str:
    """A noun phrase without its clauses, at most `ISSUE_WORDS` words."""
    barred = [c for c in head.children if c.dep_ in ("relcl", "acl", "appos", "punct", "neg")]
    barred += [c for c in head.children if c.dep_ == "mark"]
    span = hull(t for t in subtree(head, barred) if t.i >= head.left_edge.i)
    words = document[span].split()
    if words and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    return without_halves(" ".join(words[:ISSUE_WORDS]))


def without_halves(words: str) -> str:
    """`words` without quotation marks whose other half was left behind."""
    if words.count("“") != words.count("”"):
        words = words.replace("“", "").replace("”", "")
    return words.replace('"', "") if words.count('"') % 2 else words
