"""How real a position is in its sentence: supposed, conditional, past, or what somebody should do.

In: the token of a cue. Out: yes or no, by its auxiliaries, adverbs and the clauses around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.analyse.cues import chain, cue_of, is_denied
from briefing.analyse.lexicon import CONDITIONS, ENDING, FAILING, FORMERLY, LIKELY, STOPPING
from briefing.analyse.syntax import SUBJECTS, Token, children

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN = frozenset(("if", "whether", "unless", "lest", "until"))
BARGAINS = frozenset((("on", "condition"), ("in", "return"), ("in", "exchange"), ("on", "terms")))
"""Prepositions and nouns that make a clause depend on something: `on condition that …`."""
ASIDES = frozenset(
    """note say remember recall stress mention add emphasise emphasize admit confess acknowledge
    come be""".split()
)
"""Verbs after which `must` asks for nothing: `it must be said`, `should come as no surprise`."""
ORDERING = frozenset(
    """ask authorise authorize command direct instruct invite oblige order request require tell urge
    """.split()
)
"""Verbs whose object is told to do something, and has not done it."""
CLIMB = 8


def verb_of(head: Token) -> Token:
    """The verb that a cue stands on: itself, or the one that governs a noun."""
    return head.head if head.pos_ == "NOUN" and head.dep_ in ("dobj", "nsubj") else head


def is_wished(verb: Token) -> bool:
    """Whether what `verb` brings in is asked for, hoped for or denied, and not told as real."""
    shows = cue_of(verb) if verb.pos_ == "VERB" else None
    return shows is not None and shows.stance not in ("states", "believes", "warns")


def is_supposed(head: Token) -> bool:
    """Whether the cue stands in a question, or in a clause with `if` or `whether`.

    Or in one that its governor denies or orders: `does not mean that she backs it`, `directs the
    Secretary to offer`.
    """
    current = verb_of(head)
    for _ in range(CLIMB):
        if any(c.lower_ in OPEN for c in children(current, "mark", "advmod")):
            return True
        if current.dep_ in ("relcl", "acl", "ROOT") or current.head == current:
            break
        if current.dep_ == "ccomp" and (is_wished(current.head) or is_denied(current.head)):
            return True
        if current.dep_ in ("ccomp", "xcomp") and is_ordered(current):
            return True
        current = current.head
    return False


def is_ordered(verb: Token) -> bool:
    """Whether `verb` is what somebody is told to do: `directs them to publish`."""
    infinitive = any(child.lower_ == "to" for child in children(verb, "aux"))
    return infinitive and verb.head.lemma_.lower() in ORDERING


def is_conditional(head: Token) -> bool:
    """Whether what the cue shows holds only if something else does: `would back it if …`."""
    verb = verb_of(head)
    if verb is not head and verb.lemma_.lower() in ENDING:
        # `if rents fall she will drop her demand`: it stands as long as they do not
        return False
    return any(conditions(link) for link in cluster(verb))


def cluster(verb: Token) -> Iterator[Token]:
    """`verb`, the light verbs above it and the bare verbs below it, which share its clauses."""
    yield from chain(verb)
    waiting = children(verb, "xcomp", "acomp", "dobj")
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(children(current, "xcomp", "ccomp" if current.pos_ == "ADJ" else "xcomp"))


def conditions(verb: Token) -> bool:
    """Whether a clause or phrase that sets a condition hangs on `verb`."""
    for child in verb.children:
        words = {child.lower_, *(c.lower_ for c in children(child, "mark", "advmod"))}
        if child.dep_ in ("advcl", "prep", "mark", "ccomp") and words & CONDITIONS:
            return "even" not in words and "as" not in words
        if child.lower_ == "long" and any(c.lower_ in ("as", "so") for c in child.children):
            return True
        if child.dep_ == "prep":
            nouns = {noun.lower_ for noun in children(child, "pobj")}
            if any((child.lower_, noun) in BARGAINS for noun in nouns):
                return True
        if child.dep_ == "advcl" and words & {"only", "once"} and words & {"when", "once"}:
            return True
    return False


def is_former(head: Token) -> bool:
    """Whether the source tells of it as past: `had opposed`, `no longer backs`, `dropped its …`."""
    verb = verb_of(head)
    if verb is not head or head.pos_ == "NOUN":
        return is_ended(verb, head)
    links = chain(verb)
    if any(link.lemma_.lower() == "use" and link.tag_ == "VBD" for link in links):
        return True
    denied = any(is_denied(link) or link.lemma_.lower() in FAILING for link in links)
    if any(link.lemma_.lower() in STOPPING for link in links):
        return not denied
    adverbs = [c for link in links for c in children(link, "advmod")]
    if any(c.lower_ == "longer" and c.doc[c.i - 1].lower_ == "no" for c in adverbs):
        return True
    past = any(link.tag_ in ("VBD", "VBN") for link in links)
    if past and any(is_formerly(c) for c in adverbs):
        return True
    if past and not denied and any(ends_then(link) for link in links):
        return True
    return has_had(links[-1]) and not is_backshifted(links[-1])


def is_formerly(adverb: Token) -> bool:
    """Whether `adverb` puts its verb in a past that is over; `once again` does not."""
    after = adverb.doc[adverb.i + 1].lower_ if adverb.i + 1 < len(adverb.doc) else ""
    return adverb.lower_ in FORMERLY and after not in ("again", "more", "and")


def ends_then(verb: Token) -> bool:
    """Whether a phrase with `until` says how long it lasted."""
    return any(
        child.lower_ in ("until", "till") or any(c.lower_ == "until" for c in child.children)
        for child in children(verb, "prep", "advcl", "mark")
    )


def has_had(verb: Token) -> bool:
    """Whether `verb` is in the past perfect."""
    return any(c.lower_ in ("had", "’d", "'d") and c.tag_ == "VBD" for c in children(verb, "aux"))


def is_backshifted(verb: Token) -> bool:
    """Whether `verb` is put back in time only since it is reported: `said that it had agreed`."""
    while verb.dep_ == "conj" and verb.head != verb:
        verb = verb.head
    return verb.dep_ == "ccomp" and cue_of(verb.head) is not None


def is_ended(verb: Token, noun: Token) -> bool:
    """Whether what `noun` names is over: `dropped its opposition`, `her former support`."""
    if any(child.lower_ in ("former", "previous", "erstwhile") for child in noun.children):
        return True
    lemma = verb.lemma_.lower()
    if noun.dep_ != "dobj" or lemma not in ENDING:
        return False
    if lemma == "give" and not any(c.lower_ == "up" for c in children(verb, "prt")):
        return False
    future = any(child.tag_ in ("MD", "TO") for child in children(verb, "aux"))
    return not (future or is_denied(verb))


def is_called_for(verb: Token) -> bool:
    """Whether `verb` says what somebody is to do: `must publish`, `should fall`, `it is time to`."""
    if verb.lemma_.lower() == "be" and any(c.lower_ == "time" for c in children(verb, "attr")):
        return any(c.lower_ == "it" for c in children(verb, *SUBJECTS))
    if verb.lower_ == "ought" and children(verb, "xcomp"):
        return True
    if (
        verb.lower_ in ("need", "needs")
        and not children(verb, "aux")
        and any(any(c.lower_ == "to" for c in children(x, "aux")) for x in children(verb, "xcomp"))
    ):
        return True
    modals = [c for c in children(verb, "aux") if c.lower_ in ("must", "should", "ought")]
    if modals and modals[0].lower_ == "should" and verb.lemma_.lower() in LIKELY:
        return False
    names = children(verb, *SUBJECTS, "expl")
    if not modals or not names or min(n.i for n in names) > modals[0].i:
        return False
    if any(c.lemma_.lower() == "have" for c in children(verb, "aux")):
        return False
    aside = verb.lemma_.lower() in ASIDES and any(
        n.lower_ in ("it", "i", "that", "this") for n in names
    )
    return not aside
