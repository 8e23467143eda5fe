"""Statements to pieces: which words of the source are printed, and whether they can be read alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Document, Span
from briefing.findings import AUTHOR, Draft, Piece, Position, Statement
from briefing.write.marks import is_quoted, unwrapped
from briefing.write.pieces import (
    LONGEST,
    cover,
    cut_short,
    length_words,
    shorten,
    text_of,
    to_pieces,
)
from briefing.write.pronouns import resolved
from briefing.write.source import SHORTEST, Source, is_authors_voice, own_hedges
from briefing.write.standing import (
    is_addressed,
    is_clause,
    is_placeholder,
    is_subordinate,
    main_words,
    stands_alone,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST_POSITION = 4
LONGEST_POSITION = 28
"""Words of a table's cell, where its sentence can be cut to so many."""
INFERRED_COST = 0.05
NAMELESS_COST = 0.4
"""What a row costs whose actor is only a common noun."""
SIDE_WORTH = 0.5
"""What a row gains that shows which way its actor leans, rather than what was said."""
WEIGHTS = {"states": 0.0, "believes": 0.0, "expects": 0.4, "warns": 0.4, "denies": 0.6}
"""Shares of `SIDE_WORTH` for stances that show less than all of a side."""
OWN_WORTH = 0.2
SCRAP_COST = 0.3
"""What a row costs of fewer than `SHORTEST` words."""
SAYING = frozenset({"states", "believes", "expects", "warns", "denies"})
"""Stances towards a whole statement; the others can have a thing as their object."""


def word(
    source: Source,
    index: int,
    statement: Statement | None,
    *,
    only: Span | None = None,
    score: float | None = None,
) -> Draft | None:
    """Word a statement, or the sentence in its author's voice where there is none.

    What is reported prints its content. It prints the whole sentence where the content is no
    clause, cannot stand alone or has a hedge outside it; so does what is inferred, since the
    words that carry the inference stand around the content.

    Args:
        source: Where it stands.
        index: Of the sentence.
        statement: What is reported or inferred; None for the author's voice.
        only: Print no more than this, where that can be done.
        score: In place of the sentence's.
    """
    whole = [source.reading.sentences[index].span]
    attempts: list[tuple[list[Span], bool]] = []
    if statement is not None and statement.basis == "reported":
        content = list(statement.content)
        attempts = [(clipped(content, only), True), (content, True)]
    elif statement is None and only is not None:
        attempts = [([only], False)]
    for spans, is_content in (*attempts, (whole, False)):
        own = statement is None or not statement.quoted
        if not is_content and not is_authors_voice(source, index):
            continue
        hedges = statement.hedges if statement is not None else own_hedges(source, index)
        pieces = printable(source, index, spans, hedges, own=own)
        if is_content and own and not is_clause(text_of(source.document, pieces)):
            continue
        if pieces:
            quoted = (
                is_content and statement is not None and is_own_words(source, statement, pieces)
            )
            value = source.scores[index] if score is None else score
            return to_draft(source, pieces, statement, quoted=quoted, score=value)
    return None


def clipped(spans: Sequence[Span], only: Span | None) -> list[Span]:
    """The parts of `spans` that lie within `only`."""
    if only is None:
        return list(spans)
    return [
        Span(max(span.start, only.start), min(span.end, only.end))
        for span in spans
        if span.overlaps(only)
    ]


def printable(
    source: Source,
    index: int,
    spans: Sequence[Span],
    hedges: Sequence[Span],
    *,
    own: bool,
    least_words: int = SHORTEST,
    limit_words: int = LONGEST,
) -> tuple[Piece, ...]:
    """Pieces that print `spans` and can be read alone; none if there is no way.

    One span of more than `limit_words` words is shortened where that does no harm.
    """
    document, reading = source.document, source.reading
    if not spans:
        return ()
    first, *rest = sorted(spans)
    first = main_words(document, without_that(document, first), hedges)
    insertion = resolved(document, reading, index, first)
    if insertion is not None:
        first = insertion.span
    kept = (first, *rest)
    if not rest:
        kept = shorten(document, first, hedges, limit_words=limit_words) or shorten(
            document, first, hedges
        )
    if not kept:
        return ()
    hedges = [hedge for hedge in hedges if hedge.start < kept[-1].end or rest]
    within = cover([*kept, reading.sentences[index].span]) if insertion is None else first
    pieces = to_pieces(document, kept, within)
    if not pieces:
        return ()
    if insertion is not None:
        pieces = (Piece(pieces[0].span, insertion.before), *pieces[1:])
    if not rest:
        pieces = cut_short(document, pieces, first)
    return pieces if is_fit(source, pieces, hedges, own=own, least_words=least_words) else ()


def is_fit(
    source: Source,
    pieces: Sequence[Piece],
    hedges: Sequence[Span],
    *,
    own: bool,
    least_words: int,
) -> bool:
    """Whether `pieces` have a fit length, keep every hedge and need nothing from around them."""
    document = source.document
    if not least_words <= length_words(document, pieces) <= LONGEST:
        return False
    if not all(any(piece.span.contains(hedge) for piece in pieces) for hedge in hedges):
        return False
    if own and any(is_addressed(document, piece.span, named=source.named) for piece in pieces):
        return False
    if text_of(document, pieces).rstrip("”\"’') ").endswith("?"):
        return False
    return stands_alone(document, pieces[0], source.actors(pieces[0].span))


def without_that(document: Document, span: Span) -> Span:
    """`span` without the `that` that joins it to its verb, unless it is one of a row of them."""
    words = document[span]
    if re.match(r"that\s", words) and not re.search(r"(?:,|and|or|but) that\b", words):
        return Span(span.start + 5, span.end)
    return span


def is_own_words(source: Source, statement: Statement, pieces: Sequence[Piece]) -> bool:
    """Whether `pieces` are the holder's own words, between quotation marks."""
    wrapped = all(unwrapped(source.document, span) != span for span in statement.content)
    return (statement.quoted or wrapped) and all(
        is_quoted(source.document, piece.span) for piece in pieces
    )


def printed_hedges(source: Source, pieces: Sequence[Piece]) -> tuple[Span, ...]:
    """Hedges among the printed words, in order, each once."""
    hedges = {
        hedge
        for piece in pieces
        for statement in source.statements(piece.span)
        for hedge in statement.hedges
        if piece.span.contains(hedge)
    }
    return tuple(sorted(hedges))


def to_draft(
    source: Source,
    pieces: tuple[Piece, ...],
    statement: Statement | None,
    *,
    quoted: bool,
    score: float,
) -> Draft:
    """A draft for the summary, with the attribution of `statement` or in the author's voice."""
    hedges = printed_hedges(source, pieces)
    if statement is None:
        return Draft(
            "summary",
            source.number,
            pieces,
            source.authors,
            via=(),
            basis="asserted",
            quoted=False,
            stance="states",
            hedges=hedges,
            score=score,
        )
    return Draft(
        "summary",
        source.number,
        pieces,
        statement.holders,
        statement.via,
        statement.basis,
        quoted,
        statement.stance,
        hedges,
        score=score - (INFERRED_COST if statement.basis == "inferred" else 0.0),
        issue=statement.issue,
    )


def word_position(
    source: Source, index: int, position: Position, spans: list[Span]
) -> Draft | None:
    """A row for `position`: its evidence, or the sentence where that cannot stand alone."""
    whole = source.reading.sentences[index].span
    hedges = [
        hedge
        for statement in source.statements_by[index]
        if statement.sentence == index and position.actor in statement.holders
        for hedge in statement.hedges
        if any(span.overlaps(hedge) for span in spans) or position.hedged
    ]
    attempts = [(spans, True), (after_mention(spans, position, source.document), True)]
    for candidate, is_content in (*attempts, ([whole], False)):
        if not is_content and not is_authors_voice(source, index):
            continue
        own = not (position.quoted and is_content)
        pieces = printable(
            source,
            index,
            candidate,
            hedges,
            own=own,
            least_words=SHORTEST_POSITION,
            limit_words=LONGEST_POSITION,
        )
        text = text_of(source.document, pieces)
        says = position.stance in SAYING
        if own and is_content and (is_subordinate(text) or (says and not is_clause(text))):
            continue
        if pieces:
            return to_row(source, index, position, pieces, quoted=not own)
    return None


def to_row(
    source: Source, index: int, position: Position, pieces: tuple[Piece, ...], *, quoted: bool
) -> Draft:
    """A draft that shows `position` by `pieces`; authors of one text hold theirs together."""
    actor = position.actor
    shared = len(source.authors) > 1 and position.basis == "asserted"
    if shared and actor in source.authors:
        actor = AUTHOR
    score = source.scores[index] - NAMELESS_COST * position.actor.islower()
    score += SIDE_WORTH * WEIGHTS.get(position.stance, 1.0)
    score += OWN_WORTH * (quoted or position.basis == "asserted")
    score -= SCRAP_COST * (length_words(source.document, pieces) < SHORTEST)
    return Draft(
        "positions",
        source.number,
        pieces,
        source.authors if actor == AUTHOR else (actor,),
        position.via,
        position.basis,
        quoted and all(is_quoted(source.document, piece.span) for piece in pieces),
        position.stance,
        printed_hedges(source, pieces),
        score=score - INFERRED_COST * (position.basis == "inferred"),
        actor=actor,
        issue=position.issue,
    )


def after_mention(spans: Sequence[Span], position: Position, document: Document) -> list[Span]:
    """`spans` without a pronoun at their start that stands for the row's actor."""
    first, *rest = sorted(spans)
    mention = position.mention
    if mention.start == first.start < mention.end < first.end and is_placeholder(
        document[mention]
    ):
        return [Span(mention.end, first.end), *rest]
    return [first, *rest]
