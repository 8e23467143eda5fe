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
    is_obligation,
    may_hold,
    naming,
    source_tokens,
)
from briefing.analyse.lexicon import (
    ADJECTIVES,
    BARE_SIDES,
    ENDING,
    MEETING,
    NOUNS,
    SIDES,
    SIDING,
    UTTERING,
    Cue,
)
from briefing.analyse.syntax import (
    SUBJECTS,
    Token,
    children,
    hull,
    pieces,
    subject,
    subtree,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.analyse.quotations import Quoted


OWNERS = frozenset(("our", "my"))
"""Pronouns that own a demand or an offer, besides the names that do: the author's."""
OWNING = frozenset("his her its their our my".split())
ABOUT = frozenset("for to against of about on".split())


def by_adjective(index: int, word: Token, quoted: Quoted) -> Iterator[Attribution]:
    """`X is opposed to …`, `X remains willing to …`."""
    shows = ADJECTIVES[word.lower_]
    verb = word.head if word.dep_ in ("acomp", "oprd", "attr") else word
    holder, _ = subject(verb)
    if holder is None or is_obligation(verb) or not may_hold(holder, shows, said=False):
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
    if not content and shows.stance in ("accepts", "opposes", "supports"):
        content = after_aside(word)
    if not content:
        return
    source = source_tokens(holder, verb)
    yield Attribution(
        sentence=index,
        head=verb,
        holders=tuple(naming(holder)),
        source=pieces(source),
        cue=pieces(cue_tokens(verb, [t for t in cue if t is not verb])),
        content=content_pieces(content - source - cue, quoted, verb),
        shows=shows,
        negated=is_negated(verb),
        guessed=is_guessed(verb),
        quoted=False,
        root=governs(verb),
    )


def after_aside(word: Token) -> set[Token]:
    """What follows an aside between commas: `willing, until the vote, to let the ferries off`."""
    doc = word.doc
    if word.i + 1 >= len(doc) or doc[word.i + 1].text not in (",", "—", "–"):
        return set()
    for at in range(word.i + 2, len(doc) - 1):
        if doc[at].text in (",", "—", "–") and doc[at + 1].lower_ == "to":
            return {t for t in subtree(doc[at + 1].head) if t.i > at}
        if doc[at].text in ";:.?!":
            break
    return set()


def by_side(index: int, verb: Token, quoted: Quoted) -> Iterator[Attribution]:
    """`X is in favour of …`, `X came out against …`, `X is all for …`."""
    lemma = verb.lemma_.lower()
    if lemma not in SIDING:
        return
    for preposition in children(verb, "prep"):
        words = [preposition, *wording_of(preposition)]
        side = " ".join(word.lower_ for word in words)
        content = subtree(words[-1]) - set(words)
        if side not in SIDES or not content or not takes_side(verb, side):
            continue
        holder, _ = subject(verb)
        shows = Cue(SIDES[side], "act")
        if holder is None or not may_hold(holder, shows, said=False):
            return
        source = source_tokens(holder, verb)
        cue = {*words, *children(verb, "prt"), *(t for t in verb.children if t.lower_ == "all")}
        yield Attribution(
            sentence=index,
            head=verb,
            holders=tuple(naming(holder)),
            source=pieces(source),
            cue=pieces(cue_tokens(verb, cue)),
            content=content_pieces(content - source, quoted, verb),
            shows=shows,
            negated=is_negated(verb),
            guessed=is_guessed(verb),
            quoted=False,
            root=governs(verb),
        )
        return


def wording_of(preposition: Token) -> list[Token]:
    """`favour of` after `in`; nothing where the preposition stands alone."""
    for noun in children(preposition, "pobj"):
        for more in children(noun, "prep"):
            side = f"{preposition.lower_} {noun.lower_} {more.lower_}"
            if side in SIDES:
                return [noun, more]
    return []


def takes_side(verb: Token, side: str) -> bool:
    """Whether `side` after `verb` tells a view: `is against`, but not `came for` or `is for sale`."""
    if side not in BARE_SIDES:
        return True
    lemma = verb.lemma_.lower()
    out = bool(children(verb, "prt"))
    if side == "against":
        return lemma in ("be", "remain") or out
    if side == "for":
        return any(child.lower_ == "all" for child in verb.children) or (lemma == "come" and out)
    return lemma == "stand" or any(child.lower_ in ("firmly", "fully") for child in verb.children)


def by_noun(index: int, noun: Token, quoted: Quoted) -> Iterator[Attribution]:
    """`the union's demand for …`, `opposition to … from the union`, `voiced its opposition to …`."""
    shows = NOUNS.get(noun.lemma_.lower())
    holder = owner_of(noun) if shows is not None else None
    if shows is None or holder is None:
        return
    if holder.lower_ not in OWNERS and not may_hold(holder, shows, said=False):
        return
    if any(child.lower_ == "no" for child in children(noun, "det")):
        return
    content, cue = object_of(noun)
    if not content:
        return
    verb = noun.head
    uttered = holder.dep_ in SUBJECTS and verb.lemma_.lower() in UTTERING | ENDING
    if uttered and is_obligation(verb):
        return
    source = {t for t in subtree(holder) if t.dep_ != "case"}
    if uttered:
        source = source_tokens(holder, verb)
        cue |= {*cue_tokens(verb, ()), *children(noun, "poss", "det")}
    spans = content_pieces(content - source - cue, quoted, noun)
    if spans:
        yield Attribution(
            sentence=index,
            head=noun,
            holders=tuple(naming(holder)),
            source=pieces(source),
            cue=pieces(cue),
            content=spans,
            shows=shows,
            negated=uttered and verb.lemma_.lower() in UTTERING and is_negated(verb),
            guessed=False,
            quoted=False,
            root=uttered and governs(verb),
        )


def owner_of(noun: Token) -> Token | None:
    """Whose a demand, an offer or a refusal is: its owner, its giver or the verb's subject."""
    verb = noun.head
    lemma = verb.lemma_.lower()
    owners = children(noun, "poss")
    if noun.dep_ == "dobj" and lemma in UTTERING | ENDING and verb.pos_ == "VERB":
        alone = not owners or owners[0].lower_ in OWNING
        holder, passive = subject(verb)
        if alone and holder is not None and not passive:
            return holder
    owners = owners or [
        giver
        for child in children(noun, "prep")
        if child.lower_ in ("by", "from")
        for giver in children(child, "pobj")
    ]
    unnamed = OWNING - OWNERS | {"whose"}
    return owners[0] if owners and owners[0].lower_ not in unnamed else None


def object_of(noun: Token) -> tuple[set[Token], set[Token]]:
    """What a demand, an offer or a refusal is about, and the words that name it as one."""
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp", "relcl") and any(children(child, "mark", "aux")):
            if child.dep_ == "relcl" and children(child, *SUBJECTS):
                continue
            return subtree(child), {noun}
        against = child.lower_ == "against" and NOUNS[noun.lemma_.lower()].stance == "supports"
        if child.dep_ == "prep" and child.lower_ in ABOUT and not against:
            return subtree(child) - {child}, {noun, child}
    colon = next((t for t in noun.doc[noun.i :] if t.text == ":"), None)
    if noun.dep_ in ("nsubj", "attr", "ROOT") and colon is not None and not colon.is_sent_end:
        told = {t for t in noun.doc[colon.i + 1 :] if not t.is_punct or t.i + 1 < len(noun.doc)}
        return told, {noun}
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ in ("dobj", "pobj") and governor.lemma_.lower() in MEETING:
        about, passive = subject(governor)
        if about is not None and not passive:
            return subtree(about), {governor, noun}
    return set(), set()


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
            holders=tuple(naming(holder)),
            source=pieces(source),
            cue=(hull([token, to]),),
            content=spans,
            shows=Cue("states", "say"),
            negated=False,
            guessed=False,
            quoted=False,
            root=True,
        )
