"""What a statement's own words show of its holder's side, where the verb of saying shows none.

In: attributions and parsed sentences. Out: `Shown`: `“We reject this toll,” she said` rejects, and
`he said that dues should fall` demands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.analyse.cues import chain, cue_of, has_no_object, is_denied, is_negated, is_rebuttal
from briefing.analyse.lexicon import (
    HUMAN_NOUNS,
    NOUNS,
    OPPOSITE,
    SILENT,
    SPOKEN,
    STOPPING,
    UNTURNED,
    Cue,
)
from briefing.analyse.mood import has_had, is_called_for, verb_of
from briefing.analyse.syntax import SUBJECTS, Token, children, in_order, subtree, tokens_in
from briefing.bodies import ORGANISATION_WORDS
from briefing.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.analyse.actors import Cast
    from briefing.analyse.cues import Attribution
    from briefing.findings import Stance

FIRST = frozenset(("i", "we"))
THIRD = frozenset(("he", "she", "they", "it"))
PERSONS = frozenset(("i", "we", "he", "she", "they"))
COMMITTAL = frozenset("will would can cannot ca wo shall ’ll 'll".split())
"""Modals with which somebody says what is to come or may be done, rather than what is."""
VOLITION = frozenset("will would wo ’ll 'll".split())
SIGNING = frozenset(("sign", "ratify"))
UNWILLED = frozenset(
    "remember recall know mind believe think happen surprise get see have".split()
)
"""Verbs that nobody refuses: `I would not know`."""
RIGHT = frozenset("worth worthwhile welcome overdue sensible vital indispensable".split())
WRONG = frozenset(
    """mistake unacceptable intolerable disaster shameful unfair madness folly unworkable outrage
    disgrace reckless theft nonsense""".split()
)
"""What something is called by who is for it, and by who is against it."""
FALSE = frozenset("false untrue wrong nonsense untenable".split())


class Shown(NamedTuple):
    """A stance, the words that show it, and the head of its cue or clause."""

    stance: Stance
    span: Span
    head: Token
    about: tuple[Span, ...]


def expressed(
    item: Attribution,
    content: Sequence[Span],
    found: Sequence[Attribution],
    people: Cast,
) -> tuple[Shown, ...]:
    """The sides that the words of `content` take in their holder's own name.

    Those that are only guessed at (`we may support a levy`) count where there is no other.

    Args:
        item: The attribution whose content it is.
        content: The words that the holder said or wrote.
        found: All attributions of the document.
        people: Who is named in it.
    """
    names = {people.holder(token).name for token in item.holders}
    sure: list[Shown] = []
    guessed: list[Shown] = []
    for span, clause in clauses(content, people.docs):
        own = own_side(clause, item, found, people, names)
        if own is not None:
            kind = guessed if own.guessed and own.shows.mode != "mind" else sure
            kind.append(Shown(own.shows.stance, span, own.head, own.content))
        elif is_called_for(clause):
            sure.append(Shown("demands", span, clause, (span,)))
        elif is_own(clause, item) and (refused := refusal(clause)) is not None:
            sure.append(Shown(refused, span, clause, (span,)))
        elif (judged := judgement(clause)) is not None:
            sure.append(Shown(judged, span, clause, (span,)))
    return tuple(sure or guessed)


def own_side(
    clause: Token,
    item: Attribution,
    found: Sequence[Attribution],
    people: Cast,
    names: set[str],
) -> Attribution | None:
    """What the holder says of themselves with `clause`, its stance turned where it is denied."""
    for inner in found:
        if inner is item or inner.head.doc is not clause.doc:
            continue
        if inner.shows.stance in ("states", "believes", "expects"):
            # `I think that …` claims no more than the words after it
            continue
        if chain(verb_of(inner.head))[-1] != clause:
            continue
        if all(
            is_self(holder, item) or people.holder(holder).name in names
            for holder in inner.holders
        ):
            stance = inner.shows.stance
            if shows_nothing(inner) or (inner.head.lemma_ == "ask" and has_past(clause)):
                # `we have asked the port to live with that` tells of a request, and makes none
                continue
            if is_willing(inner) and all(one.lower_ in FIRST for one in inner.holders):
                stance = "offers"
            if inner.negated:
                past = stance == "offers" and has_past(clause)
                stance = "denies" if past else turned(inner)
            return replace(inner, shows=Cue(stance, inner.shows.mode))
    return None


def shows_nothing(item: Attribution) -> bool:
    """Whether a cue shows no side: who did not praise a thing need not oppose it.

    Nor does who can do something, who seeks to, who declines to speak.
    """
    head = item.head
    lemma = head.lemma_.lower()
    if item.negated and head.pos_ == "VERB" and lemma in UNTURNED:
        return not any(link.lemma_.lower() in STOPPING for link in chain(head))
    if lemma == "seek" and children(head, "xcomp"):
        return True
    if lemma == "ask" and has_had(head) and children(head, "xcomp"):
        # `had asked an institute to look into it` tells of a request, and makes none
        return True
    if lemma == "offer" and any(
        c.lemma_.lower() in SPOKEN or c.lemma_.lower() in NOUNS for c in children(head, "dobj")
    ):
        return True
    if any(
        c.lemma_ == "be" for a in children(head, "acomp", "oprd") for c in children(a, "xcomp")
    ):
        # fit rather than willing: `ready to be president`
        return True
    able = any(c.lower_ == "can" for c in children(head, "aux")) and not item.negated
    if able or is_defining(item):
        return True
    declines = item.shows.stance == "rejects" and head.pos_ == "VERB"
    return declines and any(c.lemma_.lower() in SILENT for c in children(head, "xcomp"))


def is_defining(item: Attribution) -> bool:
    """Whether the cue only tells which of many are meant: `voters who support the ban`."""
    head = item.head
    if head.dep_ != "relcl" or head.head.pos_ != "NOUN" or head.head not in item.holders:
        return False
    first = head.left_edge.i
    return bool(first > 0 and head.doc[first - 1].text != ",")


def turned(item: Attribution) -> Stance:
    """What a denied cue shows: who will not support a thing rejects it."""
    if item.shows.stance == "supports" and any(
        child.lower_ in VOLITION for link in chain(item.head) for child in children(link, "aux")
    ):
        return "rejects"
    return OPPOSITE[item.shows.stance]


def is_willing(item: Attribution) -> bool:
    """Whether the cue is `ready to …` or the like, which is an offer in one's own mouth."""
    return item.shows == Cue("accepts", "mind") and not item.negated


def is_self(holder: Token, item: Attribution) -> bool:
    """Whether a pronoun within what is said can only mean who says it."""
    return holder.lower_ in FIRST or (not item.quoted and holder.lower_ in THIRD)


def is_first(clause: Token) -> bool:
    """Whether `I` or `we` are the subject of `clause`."""
    return any(token.lower_ in FIRST for token in children(clause, *SUBJECTS))


def is_own(clause: Token, item: Attribution) -> bool:
    """Whether the speaker is the subject of `clause`."""
    return any(is_self(token, item) for token in children(clause, *SUBJECTS))


def has_past(verb: Token) -> bool:
    """Whether `verb` stands in a tense of the past."""
    return verb.tag_ == "VBD" or any(
        child.tag_ == "VBD" or child.lower_ in ("has", "have") for child in children(verb, "aux")
    )


def refusal(clause: Token) -> Stance | None:
    """What a speaker's own `will not …` or `will sign` comes to; None for other promises."""
    modals = {child.lower_ for child in children(clause, "aux")}
    if clause.pos_ != "VERB" or not modals & VOLITION:
        return None
    if clause.lemma_.lower() in SILENT | UNWILLED:
        return None
    if is_negated(clause):
        return "rejects"
    return "accepts" if clause.lemma_.lower() in SIGNING else None


def is_committal(content: Sequence[Span], people: Cast) -> bool:
    """Whether a main clause of `content` tells what somebody will or can do."""
    return any(
        child.lower_ in COMMITTAL
        for _, clause in clauses(content, people.docs)
        if any(is_somebody(token, people) for token in children(clause, "nsubj"))
        for child in children(clause, "aux")
    )


def is_somebody(token: Token, people: Cast) -> bool:
    """Whether a subject is somebody who acts, and not a thing."""
    lemma = token.lemma_.lower()
    known = (token.doc.user_data["index"], token.i) in people.at
    return known or token.lower_ in PERSONS or lemma in HUMAN_NOUNS or lemma in ORGANISATION_WORDS


def judgement(clause: Token) -> Stance | None:
    """What calling something right or wrong comes to: `the scheme is worth having`."""
    if clause.lemma_.lower() != "be" or is_first(clause):
        return None
    said = {child.lower_ for child in children(clause, "acomp", "attr")}
    side: Stance | None = "supports" if said & RIGHT else "opposes" if said & WRONG else None
    return OPPOSITE[side] if side is not None and is_denied(clause) else side


def is_denial(clause: Token) -> bool:
    """Whether a clause calls something false: `he made no such promise`, `this is untrue`.

    Or says that there was no promise: `she has guaranteed us nothing`.
    """
    if any(
        is_rebuttal(in_order(subtree(thing))) for thing in children(clause, "dobj", "attr")
    ) or is_no_offer(clause):
        return True
    subjects = {child.lower_ for child in children(clause, *SUBJECTS)}
    said = {child.lower_ for child in children(clause, "acomp", "attr")}
    if not subjects & {"this", "that", "it"} or clause.lemma_.lower() != "be":
        return False
    return bool(said & (frozenset(("true",)) if is_denied(clause) else FALSE))


def is_no_offer(clause: Token) -> bool:
    """Whether `clause` says that somebody has offered nothing."""
    shows = cue_of(clause) if clause.pos_ == "VERB" else None
    offers = shows is not None and shows.stance == "offers"
    return offers and has_past(clause) and has_no_object(clause)


def clauses(content: Sequence[Span], docs: tuple[Any, ...]) -> Iterator[tuple[Span, Token]]:
    """The main clauses of `content`, each with the words of its sentence that lie in it."""
    for doc in docs:
        start = doc.user_data["start"]
        whole = Span(start, start + len(doc.user_data["text"]))
        for span in content:
            if not span.overlaps(whole):
                continue
            inside = tokens_in(doc, span)
            within = set(inside)
            part = Span(max(span.start, whole.start), min(span.end, whole.end))
            for token in inside:
                if token.pos_ in ("VERB", "AUX") and is_top(token, within):
                    yield part, token


def is_top(token: Token, within: set[Token]) -> bool:
    """Whether nothing within governs `token`, apart from verbs that it is coordinated with."""
    while token.dep_ == "conj" and token.head in within and token.head != token:
        token = token.head
    return token.head not in within or token.head == token
