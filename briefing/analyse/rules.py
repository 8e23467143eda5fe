"""The analyser that ships: a tagger and dependency rules for who says what, an encoder for salience.

In: documents and their sentences. Out: one `Reading` each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from briefing.analyse.actors import Cast, Holder, cast
from briefing.analyse.attribution import attributions
from briefing.analyse.clipping import is_heading
from briefing.analyse.cues import is_imperative, reads_mind
from briefing.analyse.hedges import among, hedges
from briefing.analyse.issues import issue
from briefing.analyse.lexicon import INDIRECT, KNOWING, OPPOSITE
from briefing.analyse.positions import stands
from briefing.analyse.quotations import Quoted
from briefing.analyse.syntax import Token, children, parse, place
from briefing.analyse.tagged import added, tagged, together, tokens_of
from briefing.document import Document, Sentence, Span, enumerate_names, owning
from briefing.findings import AUTHOR, Basis, Claim, Reading, Stance, Statement
from briefing.reader.reader import Reader
from briefing.reader.salient import Budget
from briefing.turns import Turn, Turns, turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.analyse.cues import Attribution
    from briefing.reader.pronouns import Resolver
    from briefing.reader.reader import Page

LEADS = Budget(sentences=3)
"""What a short summary of a document takes."""


class RuleAnalyser:
    """The shipped reader, and rules over spaCy's parse."""

    @cached_property
    def reader(self) -> Reader:
        """The reader, loaded at its first use."""
        return Reader()

    @property
    def name(self) -> str:
        """Name of the model, for the colophon."""
        return self.reader.name

    @property
    def sha256(self) -> str:
        """Digest of its weights."""
        return self.reader.sha256

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
        """How much each sentence matters to its document, 0 to 1."""
        return self.reader.salience(self.skim(documents), sentences)

    def choose(
        self,
        documents: Sequence[Document],
        sentences: Sequence[tuple[Sentence, ...]],
        budget: Budget,
    ) -> tuple[tuple[int, int], ...]:
        """Choose sentences for a summary of `documents` together."""
        return self.reader.choose(self.skim(documents), sentences, budget)

    def worth(self, sentences: Sequence[str]) -> tuple[float, ...]:
        """How likely each sentence, taken alone, is one that asks to be checked."""
        return self.reader.worth(sentences)

    @property
    def resolver(self) -> Resolver:
        """What tells whom pronouns mean."""
        return self.reader

    def skim(self, documents: Sequence[Document]) -> list[Page]:
        """Documents as the reader sees them, without who says what."""
        return [self.reader.skim(document.text) for document in documents]

    def read(self, document: Document, sentences: tuple[Sentence, ...]) -> Reading:
        """Read one document."""
        docs = parse(document, sentences)
        quoted = Quoted(document.text)
        people = cast(docs, sentences, document.text, quoted, self.reader)
        page = self.reader.read(document.text)
        learned = tagged(docs, page.tagged, quoted)
        spoken = turns(document.text)
        learned = tuple(item for item in learned if not spoken.labelled(item.cue[0]))
        ruled = [
            item for item in attributions(docs, quoted) if not is_heading(docs[item.sentence])
        ]
        people.ask(token for item in (*learned, *ruled) for token in item.holders)
        weak_looking = nouns(docs)
        hedged = tuple(span for span in hedges(document.text) if span not in weak_looking)
        asserting = tuple(not is_imperative(doc) for doc in docs)

        def heard(
            found: tuple[Attribution, ...], *, through: bool = True
        ) -> tuple[list[Statement], tuple[Statement, ...]]:
            """The statements that a brief may rest on, in their order, and those in doubt."""
            # Where what is said has all gone to a statement within it, nothing is attributed.
            whole = tuple(item for item in found if item.content)
            named, doubtful, governed = statements(
                document, whole, people, quoted, hedged, spoken, through=through
            )
            own = own_voice(document, sentences, asserting, governed, quoted, hedged, spoken)
            return sorted((*named, *own), key=by_place), doubtful

        credible, doubtful = heard(together(learned, ruled))
        # Where somebody stands is read from a cue's grammar, which the rules know better; who may
        # have passed it on does not change that.
        stood = added(learned, ruled)
        salience, leads = self.reader.rank(page, sentences, LEADS)
        return Reading(
            sentences=sentences,
            salience=salience,
            statements=tuple(sorted((*credible, *doubtful), key=by_place)),
            claims=claims(document, credible, page),
            positions=stands(document, people, stood, undoubted(*heard(stood, through=False))),
            actors=people.actors(),
            leads=leads,
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
    *,
    through: bool,
) -> tuple[tuple[Statement, ...], tuple[Statement, ...], dict[int, Stance | None]]:
    """Name the holders of attributions, and who passes them on.

    Args:
        document: Of which everything here is.
        found: Its attributions.
        people: Who is named in it.
        quoted: Its quotations.
        hedged: Its hedges.
        spoken: Its turns.
        through: Whether a statement within one that is in doubt comes through its holder as well.

    Returns:
        The statements that a brief may rest on; those whose holder is in doubt; and the sentences
        whose main clause is one of the former, each with what its author does in it beyond that,
        or None where it says no more.
    """
    built: list[tuple[Attribution, Statement]] = []
    for item in found:
        holders = [people.holder(token) for token in item.holders]
        turn = spoken.at(item.cue[0].start)
        own = (turn.name,) if turn is not None and turn.name else author_of(document)
        statement = attributed(document, item, holders, people, hedged, own)
        if statement is not None and turn is not None:
            statement = in_turn(statement, turn, first=any(one.first for one in holders))
        if statement is not None:
            built.append((item, statement))
    sure = [statement for item, statement in built if item.sure]
    named: list[Statement] = []
    doubtful: list[Statement] = []
    governed: dict[int, Stance | None] = {}
    for item, statement in built:
        nested = with_chain(statement, sure, quoted)
        if through and nested is not None and not nested.via and nested.basis != "asserted":
            nested = through_doubt(nested, [other for _, other in built])
        if nested is not None and item.sure:
            named.append(nested)
            if item.root and item.holders:
                stance = "states" if item.negated else nested.stance
                governed[item.sentence] = None if says_all(nested, people) else stance
        elif nested is not None:
            doubtful.append(replace(nested, resolved=False))
    return tuple(named), tuple(doubtful), governed


def says_all(statement: Statement, people: Cast) -> bool:
    """Whether the sentence of a statement says no more than that, in whose voice ever.

    `Our minutes say otherwise, and we are ready to publish them` says more than `to publish them`.
    """
    words = len(people.docs[statement.sentence])
    held = sum(len(tokens_of(people.docs, span)) for span in statement.content)
    return statement.basis != "asserted" or held >= MOST_OF_SENTENCE * words


MOST_OF_SENTENCE = 0.6
"""Share of the words of an author's own sentence that leaves little beside it."""


def by_place(statement: Statement) -> tuple[int, tuple[Span, ...]]:
    """Where a statement stands, to sort by."""
    return statement.sentence, statement.content


def attributed(
    document: Document,
    item: Attribution,
    holders: list[Holder],
    people: Cast,
    hedged: tuple[Span, ...],
    own: tuple[str, ...],
) -> Statement | None:
    """One attribution as a statement, where `own` speak; None if a denied cue leaves nothing said."""
    stance: Stance = item.shows.stance
    if item.negated:
        if stance in ("states", "warns") and not item.quoted:
            return None
        if item.head.lemma_.lower() in KNOWING or is_weighed(item.head):
            return None
        stance = OPPOSITE[stance]
    if item.head.lemma_ == "ask" and any(INDIRECT.match(document[one]) for one in item.content):
        stance = "states"
    first = any(holder.first for holder in holders)
    names = own if first else tuple(dict.fromkeys(named(holder.name, own) for holder in holders))
    is_own = first or names == own
    basis: Basis = "reported"
    if is_own:
        basis = "asserted"
    elif reads_mind(item):
        basis = "inferred"
    weak = among(hedged, (*item.content, *item.cue, *between(item)))
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


def is_weighed(verb: Token) -> bool:
    """Whether a verb says what somebody looks into, and not what they take it for.

    `Failed to consider the effect`, but not `does not consider it small`.
    """
    return verb.lemma_.lower() == "consider" and not children(verb, "oprd", "ccomp", "xcomp")


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


def between(item: Attribution) -> tuple[Span, ...]:
    """The words between a cue and the naming of its holder, where they are few: `apparently`.

    More are a clause about the holder, or something else that the holder said.
    """
    spans = sorted((*item.source, *item.cue))
    return tuple(
        Span(one.end, other.start)
        for one, other in pairwise(spans)
        if 0 < other.start - one.end <= CLOSE
    )


CLOSE = 30
"""Characters between a holder and a cue that stand side by side."""


def with_chain(statement: Statement, others: list[Statement], quoted: Quoted) -> Statement | None:
    """Say through whom a nested statement comes.

    None for one that a speaker makes of themselves inside their own words: the outer statement
    already carries it.
    """
    if not statement.cue:
        return statement
    outer = innermost(statement, others)
    if outer is None:
        inside = quoted.within(statement.cue[0]) is not None
        return None if inside and statement.basis == "asserted" else statement
    if outer.holders == statement.holders or statement.basis == "asserted":
        return None
    chain = statement.via if outer.basis == "asserted" else outer.holders
    return replace(statement, via=chain, resolved=statement.resolved and outer.resolved)


def undoubted(sure: Sequence[Statement], doubtful: Sequence[Statement]) -> list[Statement]:
    """`sure` without what stands within a report of nobody, or of one who is in doubt.

    `It has been reported that she backs it` does not show where she stands.
    """
    every = [*sure, *doubtful]
    outer = (
        (statement, innermost(statement, every) if statement.cue else None) for statement in sure
    )
    return [
        statement
        for statement, around in outer
        if around is None or (around.holders and around not in doubtful)
    ]


def through_doubt(statement: Statement, others: list[Statement]) -> Statement:
    """Say through whom a statement comes whose outer one is in doubt; then so is this."""
    outer = innermost(statement, others)
    return replace(statement, via=outer.holders, resolved=False) if outer else statement


def innermost(statement: Statement, others: list[Statement]) -> Statement | None:
    """The one of `others` with the shortest content around the cue of `statement`."""
    around = [
        other
        for other in others
        if other is not statement
        and other.cue
        and abs(other.sentence - statement.sentence) <= NESTING_REACH
        and any(span.contains(statement.cue[0]) for span in other.content)
    ]
    return min(
        around, key=lambda other: sum(end - start for start, end in other.content), default=None
    )


NESTING_REACH = 12
"""Sentences that one quotation spans at the most; more are not looked through."""


def own_voice(
    document: Document,
    sentences: tuple[Sentence, ...],
    asserting: tuple[bool, ...],
    governed: dict[int, Stance | None],
    quoted: Quoted,
    hedged: tuple[Span, ...],
    spoken: Turns,
) -> tuple[Statement, ...]:
    """The sentences that the author says in person; in a transcript, whoever has the turn.

    What is said in a question from the floor has no holder: nobody knows who asks.

    Left out: headings, questions, requests (where `asserting` is False), sentences that lie within
    a quotation, and those that are `governed` and say no more.
    """
    own = author_of(document)
    result = []
    for index, sentence in enumerate(sentences):
        span = sentence.span
        noted = ASIDE.fullmatch(document[span]) or is_noted(document, sentences, index, spoken)
        turn = None if noted else spoken.at(span.start)
        asked = turn is not None and not turn.name
        if sentence.kind == "heading" or (
            not asked
            and (
                governed.get(index, "states") is None
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
                stance=governed.get(index) or "states",
                resolved=not asked,
            )
        )
    return tuple(result)


def is_noted(document: Document, sentences: Sequence[Sentence], index: int, spoken: Turns) -> bool:
    """Whether a sentence is one by itself between two turns, or at the end, and tells what was done.

    `The bill was read a second time by 41 votes to 22.` is of who took the debate down.
    """
    around = [*sentences[max(0, index - 1) : index], *sentences[index + 1 : index + 2]]
    if any(other.paragraph == sentences[index].paragraph for other in around):
        return False
    below = sentences[index + 1 : index + 2]
    ends = not below or spoken.at(below[0].span.start) != spoken.at(sentences[index].span.start)
    return ends and PROCEEDING.match(document[sentences[index].span]) is not None


PROCEEDING = re.compile(
    r"(?:(?!that\b|which\b|who\b)\w+ ){1,6}(?:(?:was|were) (?:\w+ly )?(?:adjourned|adopted|agreed|carried|defeated"
    r"|lost|negatived|passed|put|read|rejected|resumed|suspended)|adjourned|divided|resumed|rose)\b",
    re.IGNORECASE,
)
"""How records tell what an assembly did."""
ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
"""A sentence that is all in brackets: `(Laughter)` is of who took a debate down."""
MOSTLY = 0.8
"""Share of a sentence within quotation marks from which on it is a quotation."""


def mostly_within(span: Span, other: Span) -> bool:
    """Whether nearly all of `span` lies within `other`."""
    shared = min(span.end, other.end) - max(span.start, other.start)
    return shared >= MOSTLY * (span.end - span.start)


def claims(document: Document, found: Sequence[Statement], page: Page) -> tuple[Claim, ...]:
    """The statements that could be checked, each by its longest piece, with how likely it asks to be."""
    held = [
        (span, statement.holders)
        for statement in found
        for span in (max(statement.content, key=lambda piece: piece.end - piece.start),)
        if statement.holders and len(document[span].split()) >= LEAST_CLAIM_WORDS
    ]
    scores = page.worth([span for span, _ in held])
    return tuple(
        Claim(span, round(score, DECIMALS), holders)
        for (span, holders), score in zip(held, scores, strict=True)
    )


DECIMALS = 4
LEAST_CLAIM_WORDS = 5
