"""Attribution without a verb of saying: `X is opposed to …`, `the union’s demand`, `according to`.

In: a token of a parsed sentence. Out: what it attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.analyse.cues import (
    Attribution,
    content_pieces,
    cue_tokens,
    governs,
    is_guessed,
    is_negated,
    may_hold,
    source_tokens,
)
from briefing.analyse.lexicon import (
    ADJECTIVES,
    NOUNS,
    Cue,
)
from briefing.analyse.syntax import (
    Token,
    children,
    conjuncts,
    hull,
    pieces,
    subject,
    subtree,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.analyse.quotations import Quoted


def by_adjective(index: int, word: Token, quoted: Quoted) -> Iterator[Attribution]:
    """`X is opposed to …`, `X remains willing to …`."""
    shows = ADJECTIVES[word.lower_]
    verb = word.head if word.dep_ in ("acomp", "oprd", "attr") else word
    holder, _ = subject(verb)
    if holder is None or not may_hold(holder, shows, said=False):
        return
    content: set[Token] = set()
    cue = {verb, word}
    for child in [*word.children, *children(verb, "xcomp")]:
        if child.dep_ in ("ccomp", "xcomp"):
            content = subtree(child)
        elif child.dep_ == "prep" and child.lower_ in ("to", "of", "about", "with", "for", "on"):
            content = subtree(child) - {child}
            cue.add(child)
        if content:
            break
    if not content:
        return
    source = source_tokens(holder, verb)
    yield Attribution(
        sentence=index,
        head=verb,
        holders=tuple(conjuncts(holder)),
        source=pieces(source),
        cue=pieces(cue_tokens(verb, [t for t in cue if t is not verb])),
        content=content_pieces(content - source - cue, quoted, verb),
        shows=shows,
        negated=is_negated(verb),
        guessed=is_guessed(verb),
        quoted=False,
        root=governs(verb),
    )


def by_noun(index: int, noun: Token, quoted: Quoted) -> Iterator[Attribution]:
    """`the union's demand for …`, `opposition to … from the union`."""
    shows = NOUNS.get(noun.lemma_.lower())
    owners = children(noun, "poss") or [
        g
        for c in children(noun, "prep")
        if c.lower_ in ("by", "from")
        for g in children(c, "pobj")
    ]
    if shows is None or not owners or owners[0].lower_ in ("whose", "its", "their"):
        return
    holder = owners[0]
    if not may_hold(holder, shows, said=False):
        return
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp") and any(children(child, "mark", "aux")):
            content, cue = subtree(child), {noun}
        elif child.dep_ == "prep" and child.lower_ in (
            "for",
            "to",
            "against",
            "of",
            "about",
            "on",
        ):
            content, cue = subtree(child) - {child}, {noun, child}
        else:
            continue
        source = {t for t in subtree(holder) if t.dep_ != "case"}
        spans = content_pieces(content - source, quoted, noun)
        if spans:
            yield Attribution(
                sentence=index,
                head=noun,
                holders=tuple(conjuncts(holder)),
                source=pieces(source),
                cue=pieces(cue),
                content=spans,
                shows=shows,
                negated=False,
                guessed=False,
                quoted=False,
                root=False,
            )
        return


def by_according(index: int, token: Token, quoted: Quoted) -> Iterator[Attribution]:
    """`according to the ministry, …`: the rest of the sentence."""
    doc = token.doc
    to = next((t for t in doc[token.i + 1 : token.i + 2] if t.lower_ == "to"), None)
    holder = next(iter(children(to, "pobj")), None) if to is not None else None
    if holder is None:
        return
    source = subtree(holder)
    content = {t for t in doc if t not in source and t not in (token, to)}
    spans = content_pieces(content, quoted, token)
    if spans:
        yield Attribution(
            sentence=index,
            head=token,
            holders=tuple(conjuncts(holder)),
            source=pieces(source),
            cue=(hull([token, to]),),
            content=spans,
            shows=Cue("states", "say"),
            negated=False,
            guessed=False,
            quoted=False,
            root=True,
        )
