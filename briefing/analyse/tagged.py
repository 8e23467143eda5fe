"""Attributions from the learned reader: its spans, read with the lexicon and the parse.

In: the spans that the tagger found, each source and content with its cue, and parsed sentences.
Out: `Attribution`s, as the rules give them, and both put together. The tagger knows which words
attribute what to whom; the lexicon and the parse tell the stance, the mode and the negation.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing.analyse.actors import FIRST_PERSON
from briefing.analyse.clipping import content_within, is_title, sentence_at, source_within
from briefing.analyse.cues import (
    Attribution,
    chain,
    cue_of,
    governs,
    has_no_object,
    is_done_to,
    is_guessed,
    is_imperative,
    is_mandative,
    is_obligation,
    is_rebuttal,
    is_turned,
    is_unable,
    may_hold,
)
from briefing.analyse.lexicon import ADJECTIVES, DIRECTED, NOUNS, OBJECT_PREPOSITIONS, Cue
from briefing.analyse.syntax import SUBJECTS, Token, children, conjuncts, place, tokens_in
from briefing.analyse.verbal import NO_OBJECT, PLANNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.analyse.quotations import Quoted
    from briefing.document import Span
    from briefing.reader.tagger import Tagged

FLOOR = 0.5
"""Least probability of a span: below it less than half of the tagger's spans are right on dev."""
NAMING = frozenset("brand call dub label term".split())
"""Verbs whose object is what something else is said to be: `called the plan reckless`."""
JOINING = frozenset("that whether how why what".split())
"""Words with which a reported clause begins."""
LEAST_WORDS = 2
"""Words of a content: one alone is somebody addressed (`called Voss`), or cannot be read."""
SAYS = Cue("states", "say")
"""What a cue shows that the lexicon does not know: `he tweeted`, a colon."""


def tagged(
    docs: tuple[Any, ...], found: Sequence[Tagged], quoted: Quoted
) -> tuple[Attribution, ...]:
    """Turn tagged spans into attributions; a cue without a content attributes nothing.

    Nor does one in a heading, whose content would be taken from the text below it.

    Args:
        docs: The sentences as parsed by `syntax.parse`.
        found: Spans with their links, as `Reader.tag` gives them.
        quoted: The document's quotations.
    """
    sources: dict[int, list[Span]] = defaultdict(list)
    contents: dict[int, list[Span]] = defaultdict(list)
    for item in found:
        if item.role != "cue" and item.link is not None and item.probability >= FLOOR:
            (sources if item.role == "source" else contents)[item.link].append(item.span)
    for cue in contents:
        shared = found[cue].link
        if not sources[cue] and shared is not None and found[shared].probability >= FLOOR:
            sources[cue].append(found[shared].span)
    return tuple(
        attribution
        for cue in sorted(contents)
        if found[cue].probability >= FLOOR
        and not is_title(docs, found[cue].span.start)
        and (
            attribution := to_attribution(
                docs, found[cue].span, sources[cue], contents[cue], quoted
            )
        )
    )


def to_attribution(
    docs: tuple[Any, ...],
    cue: Span,
    sources: list[Span],
    contents: list[Span],
    quoted: Quoted,
) -> Attribution | None:
    """One attribution; None where its cue stands in no sentence, or says what somebody should do."""
    tokens = tokens_of(docs, cue)
    # `The council voted. Berg said …`: whoever another sentence names does not say it too.
    near = [one for one in sources if sentence_at(docs, one.start) is sentence_at(docs, cue.start)]
    sources = near or sources
    sources = [source_within(docs, source, cue, quoted) for source in sources]
    contents = [
        part for content in contents for part in content_within(docs, content, cue, quoted)
    ]
    contents = without_prelude(docs, contents, cue, quoted)
    words = [token for content in contents for token in tokens_of(docs, content)]
    if not (tokens and words) or any(is_rebuttal(tokens_of(docs, one)) for one in contents):
        # what is rebutted with `nothing of the kind` is not what the holder says
        return None
    head = head_of(tokens)
    shows = shown_by(tokens, head)
    if is_obligation(head) or is_ordered(head) or (shows.stance == "offers" and is_unable(head)):
        return None
    if shows.stance == "states" and any(
        is_mandative(set(tokens_of(docs, content))) for content in contents
    ):
        shows = Cue("demands", shows.mode)
    if shows.mode == "say" and shows.stance != "states" and has_no_object(head):
        # `asks for no subsidy`: what is not offered or asked for is no position
        shows = SAYS
    holders = [
        token
        for source in sources
        if (named := tokens_of(docs, source))
        for token in conjuncts(head_of(named))
        if place(token).end <= source.end
    ]
    verbal = head.pos_ in ("VERB", "AUX")
    item = Attribution(
        sentence=head.doc.user_data["index"],
        head=head,
        holders=tuple(dict.fromkeys(holders)),
        source=tuple(sources),
        cue=(cue,),
        content=tuple(contents),
        shows=shows,
        negated=is_turned(head, shows),
        guessed=is_guessed(head),
        quoted=all(quoted.within(span) == span for span in contents),
        root=governs(head) if verbal else head.pos_ != "NOUN",
    )
    return replace(item, sure=is_sure(item, words) and leads(head, tokens))


def without_prelude(
    docs: tuple[Any, ...], contents: Sequence[Span], cue: Span, quoted: Quoted
) -> list[Span]:
    """`contents` without what the author says before the sentence in which somebody is quoted.

    `The bill is a mistake. “It will fall,” said Berg.`: the first may be Berg's view, or not.
    """
    here = sentence_at(docs, cue.start)
    start = here.user_data["start"] if here is not None else 0
    beside = [one for one in contents if one.end > start]
    if not beside or any(quoted.within(one) is None for one in beside):
        return list(contents)
    return [one for one in contents if one.end > start or quoted.within(one) is not None]


def is_ordered(verb: Token) -> bool:
    """Whether `verb` tells the reader to do something, alone or with others: `stop and say`."""
    first = verb
    while first.dep_ == "conj":
        first = first.head
    own = children(verb, *SUBJECTS)
    return first.dep_ == "ROOT" and not own and is_imperative(verb.doc)


def leads(head: Token, cue: Sequence[Token]) -> bool:
    """Whether what a cue shows is what its head does: not in `would be capable of demanding`."""
    others = [token for token in cue if token.pos_ == "VERB" and token != head and cue_of(token)]
    return not others or any(head in chain(token) for token in others) or bool(cue_of(head))


def is_sure(item: Attribution, words: Sequence[Token]) -> bool:
    """Whether a brief may rest on `item`, whose content is `words`.

    The tagger was trained on news: in an essay it takes what confirms or suggests a thing for a
    speaker, and an act with an object for a saying. Such an attribution is extracted, for whoever
    wants all of them, but nobody is made to say anything by it.
    """
    if len(words) < LEAST_WORDS or not item.holders or is_part_of_subject(item):
        return False
    if (
        item.shows is SAYS
        and item.head.pos_ == "VERB"
        and not item.quoted
        and words[0].lower_ not in JOINING
        and not (item.head.lemma_.lower() in NAMING and children(item.head, "oprd", "ccomp"))
    ):
        # an unknown verb with an object, such as `would review the rate`, says nothing
        return False
    # in the first person it is the author's own, as the sentence around it
    return not is_own(item) and all(
        may_hold(one, item.shows, said=item.quoted) and not is_done_to(one, item.head, item.shows)
        for one in item.holders
    )


def is_part_of_subject(item: Attribution) -> bool:
    """Whether what does it is no holder but something around one: `strikes on Iran confirm`."""
    subjects = children(item.head, "nsubj") if item.head.pos_ in ("VERB", "AUX") else []
    return any(
        one not in item.holders
        and not any(span.overlaps(place(one)) for span in item.source)
        and all(one.is_ancestor(holder) for holder in item.holders)
        for one in subjects
    )


def is_own(item: Attribution) -> bool:
    """Whether somebody says `item` in the first person."""
    return any(one.lower_ in FIRST_PERSON for one in item.holders)


def tokens_of(docs: tuple[Any, ...], span: Span) -> list[Token]:
    """The tokens of the sentence in which `span` begins that lie within it."""
    doc = sentence_at(docs, span.start)
    return tokens_in(doc, span) if doc is not None else []


def head_of(tokens: list[Token]) -> Token:
    """The token that governs the others; of several, the first that is a verb, noun or adjective."""
    inside = set(tokens)
    tops = [token for token in tokens if token.head not in inside or token.head == token]
    return next((t for t in tops if t.pos_ in ("VERB", "NOUN", "PROPN", "ADJ", "AUX")), tops[0])


def shown_by(tokens: list[Token], head: Token) -> Cue:
    """What a cue shows: by the word in it that the lexicon knows best, else that it says."""
    for token in tokens:
        if token.lower_ in ADJECTIVES:
            return ADJECTIVES[token.lower_]
    known = cue_of(head) if head.pos_ in ("VERB", "AUX") else NOUNS.get(head.lemma_.lower())
    if known is None:
        others = (cue_of(token) for token in tokens if token.pos_ == "VERB")
        known = next((cue for cue in others if cue), SAYS)
    if head.lemma_.lower() in NO_OBJECT | PLANNING and not children(head, "xcomp"):
        known = SAYS
    if known.mode == "say" and known.stance == "states":
        for token in tokens:
            takes = OBJECT_PREPOSITIONS.get(token.lower_, ())
            if token.dep_ == "prep" and token.lower_ in DIRECTED and head.lemma_.lower() in takes:
                return Cue(DIRECTED[token.lower_], "say")  # type: ignore[arg-type]
    return known


def together(
    learned: Iterable[Attribution], ruled: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    """The attributions of the tagger, and those of the rules on which it is silent.

    Where both read one cue the rules say how it is held; the spans and the holder are the tagger's,
    if it sees one, but for what authors say of themselves: news has little of that.
    """
    result, left = [], list(ruled)
    for item in learned:
        twin = next((other for other in left if overlap(item.cue, other.cue)), None)
        if twin is None:
            result.append(item)
            continue
        left.remove(twin)
        if item.source and not is_own(item) and (item.sure or item.head == twin.head):
            known = not item.sure and overlap(item.source, twin.source)
            twin = replace(
                twin,
                source=item.source,
                holders=twin.holders if known else item.holders,
                cue=item.cue,
                content=item.content,
                quoted=item.quoted,
                sure=known or item.sure,
            )
        result.append(twin)
    read = tuple(result)
    result += (item for item in left if not any(is_beside(item, other) for other in read))
    return tuple(sorted(result, key=lambda item: (item.sentence, item.content)))


def is_beside(one: Attribution, other: Attribution) -> bool:
    """Whether two attributions share words without the one being said within the other."""

    def within(inner: Attribution, outer: Attribution) -> bool:
        words = (*inner.cue, *inner.content)
        return any(all(span.contains(word) for word in words) for span in outer.content)

    shared = overlap((*one.cue, *one.content), (*other.cue, *other.content))
    return shared and not (within(one, other) or within(other, one))


def added(learned: Iterable[Attribution], ruled: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions of the rules, and what the tagger is sure of where they are silent.

    For what is built on the rules' reading of a cue: where its holder stands.
    """
    result = list(ruled)
    busy = [span for item in result for span in (*item.cue, *item.content)]
    result += (
        item
        for item in learned
        if item.sure and item.shows.mode == "say" and not overlap((*item.cue, *item.content), busy)
    )
    return tuple(sorted(result, key=lambda item: (item.sentence, item.content)))


def overlap(some: Iterable[Span], others: Sequence[Span]) -> bool:
    """Whether a span of the one shares a code point with a span of the other."""
    return any(one.overlaps(other) for one in some for other in others)
