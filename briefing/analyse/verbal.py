"""Attribution by verbs: `she said that …`, `“…,” she said`, `they refuse to …`.

In: a verb of a parsed sentence. Out: what it attributes, by the complement that it takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.analyse.cues import (
    Attribution,
    content_pieces,
    cue_of,
    cue_tokens,
    governs,
    is_guessed,
    is_mandative,
    is_none,
    is_obligation,
    is_rebuttal,
    is_turned,
    is_unable,
    may_hold,
    modal,
    naming,
    source_tokens,
)
from briefing.analyse.lexicon import (
    DIRECTED,
    LIGHT,
    NOUNS,
    OBJECT_PREPOSITIONS,
    TAKING_SIDES,
    Cue,
)
from briefing.analyse.syntax import (
    SUBJECTS,
    Token,
    children,
    hull,
    in_order,
    pieces,
    place,
    subject,
    subtree,
)
from briefing.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.analyse.quotations import Quoted

PERCEPTION = frozenset("see feel imagine".split())
"""Verbs that say what was seen, not held, where a bare verb follows: `saw them go`."""
FIGURES = frozenset(("MONEY", "PERCENT", "CARDINAL", "QUANTITY"))
NO_OBJECT = frozenset("call ask press lobby appeal plead".split())
"""Verbs whose object is somebody addressed, not something wanted."""
PLANNING = frozenset("plan intend aim".split())
"""Verbs that show a side only with what their subject means to do, not with a thing."""
VALUING = frozenset("put peg estimate".split())
"""Verbs that say what a figure is by `at`: `she put the loss at £90,000`."""
COUNTING = frozenset(("count", "tally"))
"""Verbs that say it by their object: `the union counted 1,200`."""
NURSING = frozenset("harbour harbor nurse entertain".split())
NURSED = frozenset(NOUNS) | {"illusion", "ambition", "doubt"}
"""What these verbs must have as their object, to be about a mind and not about a harbour."""
LEAST_QUOTED_WORDS = 4
"""A quotation of fewer words beside a cue is a fragment, not what was said."""


def by_verb(index: int, verb: Token, quoted: Quoted) -> Iterator[Attribution]:
    """`She said that …`, `“…,” she said`, `they refuse to …`, `the union opposes …`."""
    shows = valuation(verb) or cue_of(verb) or side_taken(verb)
    if shows is None or verb.dep_ in ("aux", "auxpass", "amod"):
        return
    if verb.lemma_.lower() in LIGHT and children(verb, "xcomp"):
        return
    if is_obligation(verb) or (shows.stance == "offers" and is_unable(verb)):
        return
    holder, passive = subject(verb)
    if holder is None and verb.dep_ == "acl" and verb.tag_ == "VBN" and shows.mode != "mind":
        # `the merger, backed by Voss`
        holder, passive = verb.head, shows.stance != "states"
    if passive:
        agents = [g for agent in children(verb, "agent") for g in children(agent, "pobj")]
        if not agents:
            return
        about, holder = holder, agents[0]
        content = subtree(about) if about is not None else set()
        extra: list[Token] = []
        quotes: tuple[Span, ...] = ()
    else:
        shows, content, extra, quotes = complement(verb, shows, holder, quoted)
        if quotes and (holder is None or quoted.within(place(holder)) in quotes):
            # the parser took a word of the quotation for the speaker
            holder = speaker_beside(verb, quoted)
    if holder is None or not (content or quotes) or is_rebuttal(in_order(content)):
        return
    named = tuple(naming(holder))
    if not all(may_hold(name, shows, said=bool(quotes)) for name in named):
        return
    source = source_tokens(holder, verb)
    cue = cue_tokens(verb, extra)
    spans = quotes or content_pieces(content - source - cue, quoted, verb)
    if not spans:
        return
    yield Attribution(
        sentence=index,
        head=verb,
        holders=named,
        source=pieces(source),
        cue=pieces(cue),
        content=spans,
        shows=shows,
        negated=is_turned(verb, shows),
        guessed=is_guessed(verb),
        quoted=all(quoted.within(span) == span for span in spans),
        root=governs(verb),
    )


def complement(
    verb: Token, shows: Cue, holder: Token | None, quoted: Quoted
) -> tuple[Cue, set[Token], list[Token], tuple[Span, ...]]:
    """What `verb` brings in: its stance, content tokens, further cue tokens, quotations."""
    lemma = verb.lemma_.lower()
    none: tuple[Span, ...] = ()
    if verb.dep_ == "advcl" and any(c.lower_ == "as" for c in children(verb, "mark", "advmod")):
        content = as_content(verb)
        if shows.stance == "states" and is_mandative(content):
            shows = Cue("demands", shows.mode)
        return shows, content, [], none
    if shows.mode == "say":
        beside = quotations_beside(verb, quoted)
        if beside:
            return shows, set(), [], beside
    for clause in children(verb, "ccomp"):
        if lemma in PERCEPTION and clause.tag_ in ("VB", "VBG") and not children(clause, "mark"):
            break
        if clause.i < verb.i and any(t.text in ";:" for t in verb.doc[clause.i : verb.i]):
            # a sentence of its own; what the verb says follows it
            continue
        content = with_tail(clause, verb)
        if shows.stance == "states" and is_mandative(content):
            shows = Cue("demands", shows.mode)
        return shows, content, [], none
    if verb.dep_ == "parataxis" and shows.mode == "say":
        return shows, subtree(verb.head, [verb]), [], none
    for clause in children(verb, "xcomp"):
        content = subtree(clause)
        if lemma in PLANNING and clause.lemma_ == "be" and children(clause, "attr", "acomp"):
            # `intend to be a good neighbour`: what somebody means to be is no side either
            shows = Cue("states", shows.mode)
        for thing in children(verb, "dobj", "dative"):
            content |= subtree(thing)
        return shows, content, [], none
    for preposition in children(verb, "prep"):
        word = preposition.lower_
        if lemma in OBJECT_PREPOSITIONS.get(word, ()) or (lemma, word) in TAKING_SIDES:
            content = subtree(preposition) - {preposition}
            if shows.mode == "say" and any(is_none(t) for t in children(preposition, "pobj")):
                break
            if content:
                if shows.mode == "say" and word in DIRECTED and shows.stance != "warns":
                    shows = Cue(DIRECTED[word], "say")  # type: ignore[arg-type]
                if word == "with" and lemma == "agree":
                    shows = Cue("supports", shows.mode)
                return shows, content, [preposition], none
    for thing in children(verb, "dobj"):
        if thing.lower_ == "what":
            # `what we want is a lower fare`; a heading such as `what we want` says nothing
            told = cleft(verb)
            return shows, told, [thing, verb.head] if told else [], none
        if lemma in NO_OBJECT or (lemma in NURSING and thing.lemma_.lower() not in NURSED):
            break
        figure = any(token.ent_type_ in FIGURES for token in verb.subtree)
        if shows.mode == "say" and shows.stance in ("states", "expects") and not figure:
            break
        if thing.lower_ in ("it", "this", "that", "itself", "himself", "herself", "themselves"):
            views = [c for c in children(verb, "prep") if c.lower_ == "as"]
            sided = thing.lower_ == "it" and shows.mode == "act" and shows.stance != "accepts"
            if not views and not sided:
                break
        if lemma in PLANNING:
            # `plans a march`: what somebody does is no side that they take
            break
        if shows.mode == "say" and is_none(thing):
            # `recommends no course`: what is not offered or asked for is no position
            break
        content = subtree(thing)
        for more in children(verb, "prep", "oprd"):
            if more.i > thing.i and more.left_edge.ent_type_ not in ("DATE", "TIME"):
                content |= subtree(more)
        return shows, content, [], none
    stranded = [c for c in children(verb, "prep") if not list(c.children)]
    if stranded and holder is not None and shows.mode == "act":
        # `something that the minister cannot concede to`: the cue itself is all there is
        return shows, set(), stranded, (hull(cue_tokens(verb, stranded)),)
    return shows, set(), [], none


def cleft(verb: Token) -> set[Token]:
    """What follows the `is` after `what we want`."""
    if verb.dep_ not in ("csubj", "nsubj") or verb.head.lemma_.lower() != "be":
        return set()
    told = children(verb.head, "attr", "ccomp", "acomp", "xcomp", "advcl")
    return subtree(told[0]) if told else set()


def side_taken(verb: Token) -> Cue | None:
    """What a verb shows by its preposition alone: `voted against the bill`."""
    lemma = verb.lemma_.lower()
    for preposition in children(verb, "prep"):
        stance = TAKING_SIDES.get((lemma, preposition.lower_))
        if stance is not None:
            return Cue(stance, "act")
    if lemma == "vote" and verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].lower_ == "to":
        return Cue("supports", "act")
    return None


def valuation(verb: Token) -> Cue | None:
    """What a verb shows by a figure: `put the loss at £90,000`, `counted 12`."""
    lemma, things = verb.lemma_.lower(), children(verb, "dobj")
    if lemma in COUNTING:
        told = any(one.like_num for thing in things for one in (thing, *thing.children))
        return Cue("states", "say") if told else None
    if lemma not in VALUING or not things:
        return None
    # the parser may take `at` for a part of the thing
    places = (at for one in (verb, *things) for at in children(one, "prep"))
    figures = (each for at in places if at.lower_ == "at" for each in at.subtree)
    return Cue("states", "say") if any(one.ent_type_ in FIGURES for one in figures) else None


def quotations_beside(verb: Token, quoted: Quoted) -> tuple[Span, ...]:
    """The quotations of the verb's sentence that it brings in: long enough, and beside it."""
    start = verb.doc.user_data["start"]
    text = verb.doc.user_data["text"]
    beside: list[Span] = []
    if quoted.within(place(verb)) is not None:
        return ()
    for span in quoted.overlapping(Span(start, start + len(text))):
        if span.contains(place(verb)):
            continue
        words = text[max(0, span.start - start) : span.end - start].split()
        if len(words) >= LEAST_QUOTED_WORDS and introduces(verb, span, start):
            beside.append(span)
    return tuple(beside)


def speaker_beside(verb: Token, quoted: Quoted) -> Token | None:
    """The name or noun just after or before `verb`, outside any quotation."""
    doc = verb.doc
    right = doc[verb.i + 1 : verb.i + 1 + SPEAKER_REACH]
    left = list(reversed(doc[max(0, verb.i - SPEAKER_REACH) : verb.i]))
    for side in (right, left):
        for token in side:
            if token.dep_ in ("dobj", "dative", "compound", "pobj"):
                continue
            if token.pos_ in ("NOUN", "PROPN", "PRON"):
                return None if quoted.within(place(token)) else token
            if token.is_punct:
                break
    return None


SPEAKER_REACH = 6


def introduces(verb: Token, span: Span, start: int) -> bool:
    """Whether only the speaker and an aside stand between `verb` and the quotation."""
    at = place(verb)
    text = verb.doc.user_data["text"]
    if span.end <= at.start:
        between = text[max(0, span.end - start) : at.start - start]
    else:
        between = text[at.end - start : max(0, span.start - start)]
        if not between.rstrip().endswith((":", ",", "that")) and len(between.split()) > 0:
            return False
    return len(between.split()) <= 14 and not any(mark in between for mark in ";.?!")


def with_tail(clause: Token, verb: Token) -> set[Token]:
    """The tokens of a reported clause, and a coordinated clause after it that goes on with it.

    The parser often hangs `but Europe can go on` on the reporting verb; it belongs to what was
    said when it follows the clause at once and has a modal verb of its own, as the clause has.
    """
    content = subtree(clause, [verb])
    last = max(token.i for token in content)
    doc = verb.doc
    if last + 1 < len(doc) and doc[last + 1].pos_ in ("AUX", "VERB") and doc[last + 1] != verb:
        # the parser closed the clause before its own verb
        while last + 1 < len(doc) and not doc[last + 1].is_punct:
            last += 1
            content.add(doc[last])
        return content
    if not children(clause, "aux"):
        return content
    for up in (verb, verb.head):
        for other in children(up, "conj"):
            near = 0 <= other.left_edge.i - last <= 3
            if near and other is not verb and children(other, *SUBJECTS) and modal(other):
                content |= subtree(other)
                content |= {verb.doc[i] for i in range(last + 1, other.left_edge.i)}
    return content


def as_content(verb: Token) -> set[Token]:
    """`…, as the minister said`: what stands before it, and after a colon."""
    clause = subtree(verb)
    first = min(token.i for token in clause)
    doc = verb.doc
    if children(verb, "dobj", "oprd", "attr", "ccomp") or doc[max(0, first - 1)].text == "(":
        # `as he called them`: it is about these words, not about the sentence around it
        return set()
    colon = next((t.i for t in doc if t.i > verb.i and t.text == ":"), None)
    if colon is not None and colon >= verb.i:
        closing = next((t.i for t in reversed(doc[:first]) if t.text in '”"»'), None)
        opening = next((t.i for t in reversed(doc[: closing or 0]) if t.text in '“"«'), None)
        content = {t for t in doc if t.i > colon and t.text not in ".!?"}
        if closing is not None and opening is not None and first - closing <= 2:
            content |= {doc[i] for i in range(opening, closing + 1)}
        return content
    # `kept the rate, as expected, but said …`: what is said after it is another's
    after = [other for other in children(verb.head, "conj") if other.i > verb.i]
    beyond = {t for other in after for t in other.subtree}
    return {t for t in doc if t not in clause and t not in beyond}
