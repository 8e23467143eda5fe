"""What a cue word does in its sentence: its auxiliaries, negation, mood, rank and holder.

In: the cue's token. Out: the tokens that belong to it, and the record of an attribution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.analyse.lexicon import (
    ADJECTIVES,
    DOCUMENT_NOUNS,
    FAILING,
    HUMAN_NOUNS,
    INFERENCE,
    LIGHT,
    OBJECT_PREPOSITIONS,
    PARTICLES,
    STOPPING,
    VERBS,
    Cue,
)
from briefing.analyse.syntax import (
    EDGE,
    SUBJECTS,
    Token,
    children,
    conjuncts,
    pieces,
    place,
    subtree,
)
from briefing.bodies import ORGANISATION_WORDS
from briefing.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.analyse.quotations import Quoted
from dataclasses import dataclass

LEAST_PIECE = 12
"""Characters: a shorter stretch that the parser left behind is not a piece of a content."""
SPEAKING_PRONOUNS = frozenset("i we he she they".split())
OBLIGED = frozenset(("must", "should", "ought", "shall"))
NEGATIVES = frozenset(("not", "n't", "n’t", "never", "no", "neither", "cannot"))
NOTHING = frozenset(("nothing", "none", "nobody", "neither"))
CHAIN_LIMIT = 4
HOLDING = frozenset(("PERSON", "ORG", "GPE", "NORP", "CARDINAL", "PERCENT"))
"""What a common noun that is part of a name, or counts people (`63 percent said`), stands for."""
DECLARED = frozenset("expect anticipate want plan intend aim".split())
"""What people and bodies make known of themselves: a report of it reads no mind."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with what it attributes.

    Attributes:
        sentence: Index of the sentence of the cue.
        head: Token of the cue.
        holders: Head tokens of those who hold it; empty where nobody is named.
        source: Spans of the naming of the holders.
        cue: Spans of the attributing words.
        content: Spans of what is held.
        shows: Stance and mode of the cue.
        negated: Whether the cue is denied: `did not accept`.
        guessed: Whether the author reads a mind: `appears willing`, `would accept`.
        quoted: Whether the content is a quotation.
        root: Whether the cue governs its sentence, so that the sentence is no claim of its own.
        sure: Whether somebody may be made to say it in a brief.
    """

    sentence: int
    head: Token
    holders: tuple[Token, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    shows: Cue
    negated: bool
    guessed: bool
    quoted: bool
    root: bool
    sure: bool = True


def cue_of(verb: Token) -> Cue | None:
    """What `verb` shows, with its particle; None where it attributes nothing.

    A mind in the passive is nobody's: `is expected to win`, `are thought to be lost`.
    """
    lemma = verb.lemma_.lower()
    for particle in children(verb, "prt"):
        if (lemma, particle.lower_) in PARTICLES:
            return PARTICLES[lemma, particle.lower_]
    shows = VERBS.get(lemma)
    passive = children(verb, "auxpass") and not children(verb, "agent")
    return None if passive and shows is not None and shows.mode == "mind" else shows


def cue_tokens(verb: Token, extra: Iterable[Token]) -> set[Token]:
    """The cue with its auxiliaries, negation and particle, when they stand beside it."""
    tokens = {verb, *extra, *children(verb, "prt")}
    at = verb.i - 1
    while at >= 0 and verb.doc[at] in verb.children and verb.doc[at].dep_ in (
        "aux", "auxpass", "neg", "advmod",
    ):  # fmt: skip
        tokens.add(verb.doc[at])
        at -= 1
    return tokens


def chain(verb: Token) -> list[Token]:
    """`verb` and the light verbs above it: `continues to refuse`, `appears willing`."""
    links = [verb]
    while (
        links[-1].dep_ in ("xcomp", "oprd", "acomp")
        and links[-1].head.lemma_.lower() in LIGHT
        and len(links) < CHAIN_LIMIT
    ):
        links.append(links[-1].head)
    return links


def is_negated(verb: Token) -> bool:
    """Whether an odd number of negations stands on the cue or on the light verbs above it."""
    links = chain(verb)
    count = sum(is_denied(link) for link in links)
    count += sum(link.lemma_.lower() in FAILING for link in links)
    if count and any(link.lemma_.lower() in STOPPING for link in links):
        count += 1
    return bool(count % 2)


def is_widened(word: Token) -> bool:
    """Whether a negation adds something rather than denies it: `not only`, `not just`."""
    after = word.doc[word.i + 1].lower_ if word.i + 1 < len(word.doc) else ""
    return after in ("only", "just", "merely", "simply", "because")


def is_denied(verb: Token) -> bool:
    """Whether `verb` itself is denied; by `neither` also through the verb before it."""
    if any(
        (child.dep_ == "neg" and child.lower_ != "neither")
        or (child.lower_ in NEGATIVES and child.dep_ in ("advmod", "det"))
        or (child.lower_ == "neither" and child.dep_ in ("preconj", "cc", "neg"))
        for child in verb.children
        if not is_widened(child)
    ):
        return True
    joined = verb.dep_ == "conj" and any(c.lower_ == "nor" for c in children(verb.head, "cc"))
    return joined or any(
        near.lower_ == "neither"
        for name in children(verb, "nsubj")
        for near in children(name, "preconj", "det", "cc")
    )


def has_no_object(verb: Token) -> bool:
    """Whether what `verb` takes is none: `asks for no subsidy`, `accepts neither`."""
    lemma = verb.lemma_.lower()
    taken = children(verb, "dobj", "dative", "attr")
    for preposition in children(verb, "prep"):
        if lemma in OBJECT_PREPOSITIONS.get(preposition.lower_, ()):
            taken += children(preposition, "pobj")
    return any(is_none(thing) for thing in taken)


def is_turned(verb: Token, shows: Cue) -> bool:
    """Whether a cue is denied, by itself or by taking nothing: `accepts neither toll nor tax`."""
    return is_negated(verb) != (shows.mode == "act" and has_no_object(verb))


def is_none(thing: Token) -> bool:
    """Whether a noun phrase names nothing: `nothing`, `no toll`, `neither a toll nor a tax`."""
    # the parser takes `nothing` in `promised the mayor of Arle nothing` for a part of the mayor
    heads = [thing, *(t for near in children(thing, "prep") for t in children(near, "pobj"))]
    return any(one.lower_ in NOTHING for one in heads) or any(
        child.lower_ in ("no", "neither") for child in children(thing, "det", "preconj", "cc")
    )


def is_rebuttal(words: Sequence[Token]) -> bool:
    """Whether `words` are no more than a denial of what was said before: `nothing of the kind`."""
    telling = [t.lower_ for t in words if not t.is_punct]
    alike = telling[:1] and telling[0] in NOTHING and telling[1:2] == ["of"]
    return telling[:2] == ["no", "such"] or bool(alike and telling[-1] in ("kind", "sort"))


def is_guessed(verb: Token) -> bool:
    """Whether the author weakens the cue itself with a modal or an adverb of likelihood."""
    words = {
        child.lower_
        for link in chain(verb)
        for child in [link, *link.children]
        if child is link or child.dep_ in ("aux", "advmod")
    }
    words |= {link.lemma_.lower() for link in chain(verb)}
    can = any(c.lemma_.lower() == "can" for link in chain(verb) for c in children(link, "aux"))
    return bool(words & INFERENCE) or (can and is_negated(verb))


def reads_mind(item: Attribution) -> bool:
    """Whether an attribution is the author's reading of somebody, not a report of what they did.

    What is quoted was said. An expectation or a wish that the author states plainly was made
    known; a belief, or what someone `apparently wants`, is the author's to infer.
    """
    if item.quoted:
        return False
    declared = item.head.lemma_.lower() in DECLARED
    return item.guessed or (item.shows.mode == "mind" and not declared)


def governs(verb: Token) -> bool:
    """Whether `verb` heads its sentence, alone or through light verbs and coordination."""
    links = chain(verb)
    top = links[-1]
    while top.dep_ == "conj" or (top.dep_ == "advcl" and top.tag_ == "VBG" and cue_of(top.head)):
        top = top.head
    return bool(top.dep_ == "ROOT")


def modal(verb: Token) -> bool:
    """Whether `verb` stands with a modal auxiliary."""
    return any(child.tag_ == "MD" for child in children(verb, "aux"))


def is_mandative(content: set[Token]) -> bool:
    """Whether a clause asks for something by its mood: `that a balance be restored`."""
    return any(
        token.lower_ == "be"
        and token.dep_ in ("auxpass", "ccomp", "conj", "advcl")
        and is_bare(token.head if token.dep_ == "auxpass" else token)
        for token in content
    )


def is_bare(verb: Token) -> bool:
    """Whether `verb` has a subject and no auxiliary of tense or mood."""
    return bool(children(verb, *SUBJECTS)) and not children(verb, "aux")


def content_pieces(tokens: set[Token], quoted: Quoted, head: Token) -> tuple[Span, ...]:
    """The spans of a content: whole quotations where it has their ends, no closing full stop.

    A quotation that holds the cue itself is somebody else's and is not grown to.
    """
    around = quoted.within(place(head))
    spans = pieces(tokens, least=LEAST_PIECE, edge=EDGE + ".")
    return tuple(
        span if around is not None and around.contains(span) else quoted.grown(span)
        for span in spans
    )


def may_hold(holder: Token, shows: Cue, *, said: bool) -> bool:
    """Whether `holder` can hold something: a name, a person, a body; a paper only by saying."""
    if holder.lower_ == "it" and holder.dep_ in SUBJECTS:
        return is_reported(holder.head)
    if holder.dep_ == "expl" or holder.lower_ in ("it", "this", "that", "which", "what", "there"):
        return False
    if any(child.lower_ == "no" for child in children(holder, "det")):
        return False
    if holder.lower_.startswith("@") and len(holder) > 1:
        return True
    if holder.pos_ == "PRON":
        return holder.lower_ in SPEAKING_PRONOUNS
    if is_date(holder):
        return False
    if holder.pos_ == "PROPN":
        return True
    lemma = holder.lemma_.lower()
    named = holder.ent_type_ in HOLDING
    if lemma in HUMAN_NOUNS or lemma in ORGANISATION_WORDS or named:
        return True
    if any(child.pos_ == "PROPN" for child in children(holder, "appos")):
        return True
    if shows.mode == "say" and (said or lemma in DOCUMENT_NOUNS):
        return True
    capital = holder.text[:1].isupper() and (holder.i > 0 or is_bare_name(holder, shows))
    people = holder.tag_ == "NNS" and lemma.endswith(("er", "or", "ist", "ian", "man"))
    return bool(capital or people)


def is_date(holder: Token) -> bool:
    """Whether a name is a day with its number, and not somebody called June."""
    numbered = any(one.like_num for one in (holder, *holder.children))
    return bool(holder.ent_type_ in ("DATE", "TIME") and numbered)


def is_done_to(holder: Token, verb: Token, shows: Cue) -> bool:
    """Whether `holder` is the one whom something is done to: `they were offered a hearing`."""
    return bool(
        shows.stance != "states"
        and verb.lower_ not in ADJECTIVES
        and children(verb, "auxpass")
        and holder.doc is verb.doc
        and holder.i < verb.i
    )


def is_bare_name(holder: Token, shows: Cue) -> bool:
    """Whether a first word without an article is a name that the tagger does not know."""
    return shows.stance != "states" and holder.tag_ == "NN" and not list(holder.children)


def naming(holder: Token) -> Iterator[Token]:
    """The heads of all who are named by `holder`: coordinated, or in a list with commas."""
    for token in conjuncts(holder):
        yield token
        for other in children(token, "appos"):
            if other.pos_ == "PROPN" and children(other, "conj"):
                yield from conjuncts(other)


def is_reported(verb: Token) -> bool:
    """Whether `verb` heads a clause that somebody says: `said that it supports the plan`."""
    while verb.dep_ == "conj" and verb.head != verb:
        verb = verb.head
    shows = cue_of(verb.head) if verb.dep_ == "ccomp" and verb.head.pos_ == "VERB" else None
    return shows is not None and shows.mode == "say"


def source_tokens(holder: Token, verb: Token) -> set[Token]:
    """The naming of the holder, with its coordination but without clauses that describe it."""
    tokens: set[Token] = set()
    for one in conjuncts(holder):
        described = [c for c in one.children if c.dep_ in ("relcl", "acl", "punct")]
        tokens |= subtree(one, [verb, *described])
    return tokens


def is_obligation(verb: Token) -> bool:
    """Whether `verb` says what somebody should do, which says nothing of what they do."""
    return any(child.lower_ in OBLIGED for child in children(verb, "aux"))


def is_unable(verb: Token) -> bool:
    """Whether `verb` says what somebody cannot do."""
    return is_negated(verb) and any(c.lemma_.lower() == "can" for c in children(verb, "aux"))


def is_imperative(doc: Any) -> bool:
    """Whether a parsed sentence tells somebody to do something."""
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    return bool(
        root is not None and root.tag_ == "VB" and not children(root, *SUBJECTS, "aux", "csubj")
    )
