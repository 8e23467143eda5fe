"""The analyser that ships: a tagger and dependency rules for who says what, an encoder for salience.

In: documents and their sentences. Out: one `Reading` each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from briefing.analyse.actors import Cast, Holder, cast
from briefing.analyse.attribution import attributions
from briefing.analyse.cues import is_imperative
from briefing.analyse.hedges import among, hedges
from briefing.analyse.lexicon import OPPOSITE
from briefing.analyse.positions import issue, positions
from briefing.analyse.quotations import Quoted
from briefing.analyse.salience import eligible, salience
from briefing.analyse.syntax import parse, place
from briefing.analyse.tagged import tagged, together
from briefing.document import Document, Sentence, Span, enumerate_names, owning
from briefing.findings import AUTHOR, Basis, Claim, Reading, Stance, Statement
from briefing.reader.encoder import Encoder
from briefing.reader.tagger import Tagger
from briefing.turns import Turn, Turns, turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.analyse.cues import Attribution

NUMBER = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|half|third|million)\b")
COMPARISON = re.compile(r"\b(?:more|less|fewer|higher|lower|most|least|first|only|since|than)\b")
JUDGEMENT = re.compile(r"\b(?:should|must|ought|good|bad|right|wrong|shameful|obviously)\b", re.I)


class RuleAnalyser:
    """The shipped tagger and rules over spaCy's parse, and the shipped encoder for salience."""

    @cached_property
    def encoder(self) -> Encoder:
        """The sentence encoder, loaded at its first use."""
        return Encoder()

    @cached_property
    def tagger(self) -> Tagger:
        """The tagger of sources, cues and contents, loaded at its first use."""
        return Tagger()

    @property
    def name(self) -> str:
        """Name of the models, for the colophon."""
        return f"{self.encoder.name} with tagger"

    @property
    def sha256(self) -> str:
        """One digest for both models' weights: that of their two hex digests in a row."""
        return sha256(f"{self.encoder.sha256}{self.tagger.sha256}".encode()).hexdigest()

    def analyse(
        self, documents: Sequence[Document], sentences: Sequence[tuple[Sentence, ...]]
    ) -> tuple[Reading, ...]:
        """Read `documents`, already cut into `sentences`; one reading each, in their order."""
        return tuple(
            self.read(document, cut) for document, cut in zip(documents, sentences, strict=True)
        )

    def salience(
        self, documents: Sequence[Document], sentences: Sequence[tuple[Sentence, ...]]
    ) -> tuple[tuple[float, ...], ...]:
        """How much each sentence matters to its document, 0 to 1; needs the encoder only."""
        return tuple(
            self.scores(document, cut) for document, cut in zip(documents, sentences, strict=True)
        )

    def worth(self, sentences: Sequence[str]) -> tuple[float, ...]:
        """How well each sentence, taken alone, lends itself to being checked, 0 to 1."""
        return tuple(
            max(0.0, lends_itself(sentence, hedged=bool(hedges(sentence))))
            for sentence in sentences
        )

    def scores(self, document: Document, sentences: tuple[Sentence, ...]) -> tuple[float, ...]:
        """The salience of one document's sentences."""
        places = eligible(document, sentences)
        vectors = self.encoder.embed([document[sentences[place].span] for place in places])
        return salience(len(sentences), places, vectors)

    def read(self, document: Document, sentences: tuple[Sentence, ...]) -> Reading:
        """Read one document."""
        docs = parse(document, sentences)
        quoted = Quoted(document.text)
        people = cast(docs, sentences, document.text, quoted)
        learned = tagged(docs, self.tagger.tag(document.text), quoted)
        spoken = turns(document.text)
        learned = tuple(item for item in learned if not spoken.labelled(item.cue[0]))
        found = together(learned, attributions(docs, quoted))
        weak_looking = nouns(docs)
        hedged = tuple(span for span in hedges(document.text) if span not in weak_looking)
        named = statements(document, found, people, quoted, hedged, spoken)
        asserting = tuple(not is_imperative(doc) for doc in docs)
        own = own_voice(document, sentences, asserting, found, quoted, hedged, spoken)
        everything = tuple(sorted((*named, *own), key=lambda s: (s.sentence, s.content)))
        return Reading(
            sentences=sentences,
            salience=self.scores(document, sentences),
            statements=everything,
            claims=claims(document, everything, people),
            positions=positions(everything),
            actors=people.actors(),
        )


def nouns(docs: tuple[Any, ...]) -> frozenset[Span]:
    """Where words that look like hedging verbs are none: `military might`."""
    return frozenset(
        place(token)
        for doc in docs
        for token in doc
        if token.lower_ in ("may", "might", "could") and token.tag_ != "MD"
    )


def author_of(document: Document) -> tuple[str, ...]:
    """Who holds what a document says in its own voice."""
    if document.authors:
        return document.authors
    return (document.publisher,) if document.publisher else (AUTHOR,)


def statements(
    document: Document,
    found: tuple[Attribution, ...],
    people: Cast,
    quoted: Quoted,
    hedged: tuple[Span, ...],
    spoken: Turns,
) -> tuple[Statement, ...]:
    """Name the holders of attributions, and who passes them on."""
    built: list[tuple[Attribution, Statement]] = []
    for item in found:
        holders = [people.holder(token) for token in item.holders]
        turn = spoken.at(item.cue[0].start)
        statement = attributed(document, item, holders, people, hedged)
        if statement is not None and turn is not None:
            statement = in_turn(statement, turn, first=any(one.first for one in holders))
        if statement is not None:
            built.append((item, statement))
    return tuple(
        nested
        for _, statement in built
        if (nested := with_chain(statement, [other for _, other in built], quoted)) is not None
    )


def attributed(
    document: Document,
    item: Attribution,
    holders: list[Holder],
    people: Cast,
    hedged: tuple[Span, ...],
) -> Statement | None:
    """One attribution as a statement; None where a denied cue leaves nothing said."""
    stance: Stance = item.shows.stance
    if item.negated:
        if stance in ("states", "warns") and not item.quoted:
            return None
        stance = OPPOSITE[stance]
    own = author_of(document)
    first = any(holder.first for holder in holders)
    names = own if first else tuple(dict.fromkeys(named(holder.name, own) for holder in holders))
    is_own = first or names == own
    basis: Basis = "reported"
    if is_own:
        basis = "asserted"
    elif not item.quoted and (item.guessed or item.shows.mode == "mind"):
        basis = "inferred"
    weak = among(hedged, (*item.content, *item.cue, hull_of(item)))
    return Statement(
        sentence=item.sentence,
        source=item.source,
        cue=item.cue,
        content=item.content,
        holders=names,
        via=(),
        basis=basis,
        quoted=item.quoted and not is_own,
        hedges=weak,
        stance=stance,
        issue=issue(document, item.content, people.docs),
        resolved=bool(holders) and all(holder.resolved for holder in holders),
    )


def in_turn(statement: Statement, turn: Turn, *, first: bool) -> Statement | None:
    """A statement within a turn of a transcript: the speaker's own, or one they pass on.

    None for one in a question from the floor, as nobody knows who asks.
    """
    if not turn.name:
        return None
    if first or statement.basis == "asserted":
        return replace(statement, holders=(turn.name,), basis="reported")
    return replace(statement, via=(turn.name,))


def named(name: str, own: tuple[str, ...]) -> str:
    """A holder's name with `our` and `my` spelled out where the author is known."""
    first, _, rest = name.partition(" ")
    if first.lower() in ("our", "my") and rest and own != (AUTHOR,):
        return f"{owning(enumerate_names(own))} {rest}"
    return name


def hull_of(item: Attribution) -> Span:
    """From the first to the last word of an attribution's cue and naming."""
    spans = (*item.source, *item.cue)
    return Span(min(spans).start, max(span.end for span in spans))


def with_chain(statement: Statement, others: list[Statement], quoted: Quoted) -> Statement | None:
    """Say through whom a nested statement comes.

    None for one that a speaker makes of themselves inside their own words: the outer statement
    already carries it.
    """
    if not statement.cue:
        return statement
    around = [
        other
        for other in others
        if other is not statement
        and other.cue
        and abs(other.sentence - statement.sentence) <= NESTING_REACH
        and any(span.contains(statement.cue[0]) for span in other.content)
    ]
    if not around:
        inside = quoted.within(statement.cue[0]) is not None
        return None if inside and statement.basis == "asserted" else statement
    outer = min(around, key=lambda other: sum(end - start for start, end in other.content))
    if outer.holders == statement.holders or statement.basis == "asserted":
        return None
    chain = statement.via if outer.basis == "asserted" else outer.holders
    return replace(statement, via=chain, resolved=statement.resolved and outer.resolved)


NESTING_REACH = 12
"""Sentences that one quotation spans at the most; more are not looked through."""


def own_voice(
    document: Document,
    sentences: tuple[Sentence, ...],
    asserting: tuple[bool, ...],
    found: tuple[Attribution, ...],
    quoted: Quoted,
    hedged: tuple[Span, ...],
    spoken: Turns,
) -> tuple[Statement, ...]:
    """The sentences that the author says in person; in a transcript, whoever has the turn.

    What is said in a question from the floor has no holder: nobody knows who asks.

    Left out: headings, questions, requests (where `asserting` is False), sentences that lie within a quotation, and those whose main
    clause does no more than attribute.
    """
    governed = {item.sentence for item in found if item.root and item.holders}
    own = author_of(document)
    result = []
    for index, sentence in enumerate(sentences):
        span, turn = sentence.span, spoken.at(sentence.span.start)
        asked = turn is not None and not turn.name
        if sentence.kind == "heading" or (
            not asked
            and (
                index in governed
                or not asserting[index]
                or document[span].rstrip('”"’)').endswith("?")
                or any(mostly_within(span, other) for other in quoted.overlapping(span))
            )
        ):
            continue
        result.append(
            Statement(
                sentence=index,
                source=(),
                cue=(),
                content=(span,),
                holders=own if turn is None else (turn.name,) if turn.name else (),
                via=(),
                basis="asserted" if turn is None else "reported",
                quoted=False,
                hedges=among(hedged, (span,)),
                resolved=not asked,
            )
        )
    return tuple(result)


MOSTLY = 0.8
"""Share of a sentence within quotation marks from which on it is a quotation."""


def mostly_within(span: Span, other: Span) -> bool:
    """Whether nearly all of `span` lies within `other`."""
    shared = min(span.end, other.end) - max(span.start, other.start)
    return shared >= MOSTLY * (span.end - span.start)


def claims(document: Document, found: tuple[Statement, ...], people: Cast) -> tuple[Claim, ...]:
    """Score how well each statement lends itself to being checked, 0 to 1."""
    named = sorted(span.start for actor in people.actors() for span in actor.mentions)
    result = []
    for statement in found:
        span = max(statement.content, key=lambda piece: piece.end - piece.start)
        words = document[span]
        score = lends_itself(words, hedged=bool(statement.hedges))
        score += 0.15 * any(span.start <= start < span.end for start in named)
        score -= 0.15 * (statement.basis == "inferred")
        if len(words.split()) >= LEAST_CLAIM_WORDS and statement.holders:
            result.append(Claim(span, round(min(1.0, max(0.0, score)), 4), statement.holders))
    return tuple(result)


def lends_itself(words: str, *, hedged: bool) -> float:
    """How well `words` lend themselves to being checked, by themselves; about 0 to 1."""
    score = 0.25
    score += 0.3 * bool(NUMBER.search(words))
    score += 0.15 * bool(COMPARISON.search(words))
    score -= 0.2 * bool(JUDGEMENT.search(words))
    score -= 0.15 * hedged
    return score + 0.15 * (10 <= len(words.split()) <= 40)


LEAST_CLAIM_WORDS = 5
