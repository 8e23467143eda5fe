"""Where actors stand: statements of named holders as positions on an issue.

In: statements of one document. Out: one `Position` a holder and statement; `issue` finds the
words that name what it is about.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from briefing.analyse.syntax import Token, hull, place, subtree
from briefing.document import Document, Span
from briefing.findings import Position, Statement

ISSUE_WORDS = 10
"""Words at the most that name an issue."""


def positions(found: tuple[Statement, ...]) -> tuple[Position, ...]:
    """The positions in `found`: those with a named, resolved holder other than the plain author.

    The author's own position counts where a cue shows it: `we demand`, `I oppose`.
    """
    return tuple(
        Position(
            actor=actor,
            mention=(statement.source or statement.cue)[0],
            stance=statement.stance,
            issue=statement.issue,
            evidence=evidence(statement),
            basis=statement.basis,
            hedged=bool(statement.hedges),
            quoted=statement.quoted,
            via=statement.via,
        )
        for statement in found
        if statement.cue and statement.resolved
        for actor in statement.holders
    )


def evidence(statement: Statement) -> tuple[Span, ...]:
    """The words that show a position: what was said, or the whole clause that ascribes it."""
    if statement.quoted or statement.stance == "states":
        return statement.content
    spans = (*statement.source, *statement.cue, *statement.content)
    whole = Span(min(spans).start, max(span.end for span in spans))
    return (whole,) if len(statement.content) == 1 else statement.content


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
    return " ".join(words[words[:1] == ["that"] :][:ISSUE_WORDS])


def phrase(document: Document, head: Token) -> str:
    """A noun phrase without its clauses, at most `ISSUE_WORDS` words."""
    barred = [c for c in head.children if c.dep_ in ("relcl", "acl", "appos", "punct")]
    span = hull(t for t in subtree(head, barred) if t.i >= head.left_edge.i)
    words = document[span].split()
    if words and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    return " ".join(words[:ISSUE_WORDS])
