"""Attributions from the learned reader: its spans, read with the lexicon and the parse.

In: the spans that the tagger found, each source and content with its cue, and parsed sentences.
Out: `Attribution`s, as the rules give them, and both put together. The tagger knows which words
attribute what to whom; the lexicon and the parse tell the stance, the mode and the negation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from briefing.analyse.actors import FIRST_PERSON
from briefing.analyse.cues import (
    Attribution,
    cue_of,
    governs,
    is_guessed,
    is_mandative,
    is_negated,
    is_obligation,
    is_unable,
    may_hold,
)
from briefing.analyse.lexicon import ADJECTIVES, DIRECTED, NOUNS, Cue
from briefing.analyse.syntax import Token, children, conjuncts, place
from briefing.analyse.verbal import NO_OBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.analyse.quotations import Quoted
    from briefing.document import Span
    from briefing.reader.tagger import Tagged

FLOOR = 0.6
"""Least probability of a span: below it less than half of the tagger's spans are right on dev."""
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

    Args:
        docs: The sentences as parsed by `syntax.parse`.
        found: Spans with their links, as `Tagger.tag` gives them.
        quoted: The document's quotations.
    """
    sources: dict[int, list[Span]] = defaultdict(list)
    contents: dict[int, list[Span]] = defaultdict(list)
    for item in found:
        if item.link is not None and item.probability >= FLOOR:
            (sources if item.role == "source" else contents)[item.link].append(item.span)
    return tuple(
        attribution
        for cue in sorted(contents)
        if found[cue].probability >= FLOOR
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
    """One attribution; None where its cue stands in no sentence."""
    tokens = tokens_of(docs, cue)
    words = [token for content in contents for token in tokens_of(docs, content)]
    if not tokens or len(words) < LEAST_WORDS:
        return None
    head = head_of(tokens)
    shows = shown_by(tokens, head)
    if is_obligation(head) or (shows.stance == "offers" and is_unable(head)):
        return None
    if shows.stance == "states" and any(
        is_mandative(set(tokens_of(docs, content))) for content in contents
    ):
        shows = Cue("demands", shows.mode)
    holders = [
        token
        for source in sources
        if (named := tokens_of(docs, source))
        for token in conjuncts(head_of(named))
        if place(token).end <= source.end
    ]
    if not holders and (shows is SAYS or shows.mode != "say"):
        # nobody is named, and nothing is said: `would allow ports to charge more`
        return None
    said = all(quoted.within(span) == span for span in contents)
    if shows is SAYS and head.pos_ == "VERB" and not said and words[0].lower_ not in JOINING:
        # an unknown verb with an object, such as `would review the rate`, says nothing
        return None
    verbal = head.pos_ in ("VERB", "AUX")
    return Attribution(
        sentence=head.doc.user_data["index"],
        head=head,
        holders=tuple(dict.fromkeys(holders)),
        source=tuple(sources),
        cue=(cue,),
        content=tuple(contents),
        shows=shows,
        negated=is_negated(head),
        guessed=is_guessed(head),
        quoted=said,
        root=governs(head) if verbal else head.pos_ != "NOUN",
    )


def tokens_of(docs: tuple[Any, ...], span: Span) -> list[Token]:
    """The tokens of the sentence in which `span` begins that lie within it."""
    at = bisect_right(docs, span.start, key=lambda doc: doc.user_data["start"]) - 1
    if at < 0:
        return []
    return [token for token in docs[at] if span.overlaps(place(token))]


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
    if head.lemma_.lower() in NO_OBJECT and not children(head, "xcomp"):
        known = SAYS
    if known.mode == "say" and known.stance == "states":
        for token in tokens:
            if token.dep_ == "prep" and token.lower_ in DIRECTED:
                return Cue(DIRECTED[token.lower_], "say")  # type: ignore[arg-type]
    return known


def together(
    learned: Iterable[Attribution], ruled: Iterable[Attribution]
) -> tuple[Attribution, ...]:
    """The attributions of the rules, and those of the tagger on which the rules are silent.

    Of the tagger's, only what somebody says who can say something: it was trained on news, and
    takes what confirms or suggests a thing in an essay for a speaker.
    """
    result = list(ruled)
    busy = [span for item in result for span in (*item.cue, *item.content)]
    for item in learned:
        # in the first person it is the author's own, as the sentence around it
        own = any(one.lower_ in FIRST_PERSON for one in item.holders)
        speaks = item.shows.mode == "say" and item.holders and not own
        fit = speaks and all(may_hold(one, item.shows, said=item.quoted) for one in item.holders)
        if fit and not overlap((*item.cue, *item.content), busy):
            result.append(item)
    return tuple(sorted(result, key=lambda item: (item.sentence, item.content)))


def overlap(some: Iterable[Span], others: Sequence[Span]) -> bool:
    """Whether a span of the one shares a code point with a span of the other."""
    return any(one.overlaps(other) for one in some for other in others)
