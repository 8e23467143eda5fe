"""Positions to rows of a table: the words of the source that show where an actor stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Document, Span, cover
from briefing.findings import AUTHOR, Draft, Piece, Position, Statement
from briefing.write.holding import (
    ascribing,
    is_own_words,
    is_proper,
    is_whole,
    others_beside,
    printed_part,
)
from briefing.write.pieces import count_words, length_words, text_of
from briefing.write.source import SHORTEST, Source, is_authors_voice
from briefing.write.standing import is_clause, is_placeholder, is_subordinate
from briefing.write.wording import is_scrap, printable, printed_hedges

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST_POSITION = 4
LONGEST_POSITION = 28
"""Words of a table's cell, where its sentence can be cut to so many."""
INFERRED_ROW_COST = 0.3
"""What a row costs that the author only infers: what is reported of an actor weighs more."""
SIDE_WORTH = 0.5
"""What a row gains that shows which way its actor leans, rather than what was said."""
WEIGHTS = {
    "states": 0.0,
    "believes": 0.0,
    "expects": 0.4,
    "warns": 0.4,
    "denies": 0.6,
    "supports": 0.8,
}
"""Shares of `SIDE_WORTH` for stances that show less than all of a side.

Support is said of much; what somebody demands, offers, accepts or rejects is what can be dealt with.
"""
OWN_WORTH = 0.2
SHORT_END = 5
"""Words that end a sentence and are printed rather than cut."""
ARTICLE = re.compile(r"the\b", re.IGNORECASE)
VAGUE = frozenset("people others some many those ones critics observers experts officials".split())
"""Words for groups of whom nobody can say who belongs to them."""
LEAST_ROLE = 5
"""Letters of a plural that names a group."""
BREAKS = ",;:—–("
SCRAP_COST = 0.3
"""What a row costs of fewer than `SHORTEST` words, or one that only points at its matter."""
POINTING = re.compile(r"(?<!^)\b(?:it|them)\b", re.IGNORECASE)
LONG_ENOUGH = 12
"""Words from which on what a pronoun means shows mostly in the row itself."""
SAYING = frozenset({"states", "believes", "expects", "warns", "denies"})
"""Stances towards a whole statement; the others can have a thing as their object."""


def word_position(
    source: Source, index: int, position: Position, spans: list[Span], *, answers: bool = False
) -> Draft | None:
    """A row for `position`: its evidence, or the sentence where that cannot stand alone.

    Evidence that names the actor and is turned by the end of its sentence is printed with it.
    Where it `answers` what is printed beside it, `such` may point there.
    """
    statement = statement_behind(source, index, position, spans)
    hedges = [
        hedge
        for other in source.statements_by[index]
        if other.sentence == index and position.actor in other.holders
        for hedge in other.hedges
        if any(span.overlaps(hedge) for span in spans) or position.hedged
    ]
    for candidate in attempts(source, index, position, spans, statement):
        whole = candidate == [source.reading.sentences[index].span]
        own_words = position.quoted or is_own_words(source, statement, candidate)
        quoted = own_words and not whole
        pieces = printable(
            source,
            index,
            candidate,
            hedges,
            own=not quoted,
            statement=statement,
            least_words=SHORTEST_POSITION,
            limit_words=LONGEST_POSITION,
            answers=answers,
        )
        text = text_of(source.document, pieces)
        says = position.stance in SAYING
        if quoted and is_scrap(source.document, pieces):
            continue
        if not (quoted or whole) and (is_subordinate(text) or (says and not is_clause(text))):
            continue
        printed = [piece.span for piece in pieces]
        if pieces and printed_part(source.document, statement.content, printed):
            return to_row(source, index, position, statement, pieces)
    return None


def attempts(
    source: Source, index: int, position: Position, spans: list[Span], statement: Statement
) -> list[list[Span]]:
    """What could be printed in the row, the best first."""
    whole = source.reading.sentences[index].span
    document = source.document
    found = [spans]
    evidence = cover(spans)
    to_end = Span(evidence.start, whole.end)
    alone = not others_beside(source, index, statement)
    left = document.text[evidence.end : to_end.end]
    if len(spans) == 1 and evidence.contains(position.mention) and count_words(left) and alone:
        short = count_words(left) <= SHORT_END and not set(left) & set(BREAKS)
        found.insert(0 if short else 1, [to_end])
    named = [after_mention(one, position, document) for one in found]
    found += [one for one in named if one not in found]
    if is_authors_voice(source, index) and is_whole(source, index, statement, position.mention):
        found.append([whole])
    return found


def statement_behind(
    source: Source, index: int, position: Position, spans: Sequence[Span]
) -> Statement:
    """The statement that `position` was made of; as much of one as it shows, if there is none."""
    evidence = cover(spans)
    for statement in source.statements_by[index]:
        named = ascribing(statement)[:1] == (position.mention,)
        same = position.actor in statement.holders and statement.basis == position.basis
        if named and same and any(span.overlaps(evidence) for span in statement.content):
            return statement
    return Statement(
        index,
        (position.mention,),
        (),
        tuple(spans),
        (position.actor,),
        position.via,
        position.basis,
        position.quoted,
        (),
        position.stance,
        position.issue,
    )


def to_row(
    source: Source,
    index: int,
    position: Position,
    statement: Statement,
    pieces: tuple[Piece, ...],
) -> Draft:
    """A draft that shows `position` by `pieces`; authors of one text hold theirs together."""
    actor = printed_name(source, position)
    shared = len(source.authors) > 1 and position.basis == "asserted"
    if shared and actor in source.authors:
        actor = AUTHOR
    reported = position.basis == "reported"
    quoted = reported and is_own_words(source, statement, [piece.span for piece in pieces])
    score = source.scores[index]
    score += SIDE_WORTH * WEIGHTS.get(position.stance, 1.0)
    score += OWN_WORTH * (quoted or position.basis == "asserted")
    words = length_words(source.document, pieces)
    score -= SCRAP_COST * (words < SHORTEST)
    points = POINTING.search(text_of(source.document, pieces)) is not None
    score -= SCRAP_COST * (points and words < LONG_ENOUGH)
    return Draft(
        "positions",
        source.number,
        pieces,
        source.authors if actor == AUTHOR else (actor,),
        position.via,
        position.basis,
        quoted,
        position.stance,
        printed_hedges(source, pieces),
        score=score - INFERRED_ROW_COST * (position.basis == "inferred"),
        actor=actor,
        issue=position.issue,
        conditional=position.conditional,
        past=position.past,
    )


def printed_name(source: Source, position: Position) -> str:
    """The actor's name; one without a name as the source calls it: `the ministry`, `Shippers`."""
    actor = position.actor
    if is_proper(source, actor):
        return actor
    if ARTICLE.match(source.document[position.mention]):
        return f"the {actor}"
    return actor[:1].upper() + actor[1:]


def is_role(source: Source, position: Position) -> bool:
    """Whether the actor is named by a role that says who it is: `the ministry`, `shippers`.

    An article points at one, and a plural is a group; `some`, `critics` and the like are nobody.
    """
    actor, mention = position.actor, source.document[position.mention]
    last = actor.split()[-1].casefold() if actor.split() else ""
    if not actor or is_placeholder(actor) or last in VAGUE or not actor.isprintable():
        return False
    if ARTICLE.match(mention):
        return True
    plain = mention.casefold().startswith(actor.casefold())
    return plain and last.endswith("s") and len(last) >= LEAST_ROLE


def after_mention(spans: Sequence[Span], position: Position, document: Document) -> list[Span]:
    """`spans` without a pronoun at their start that stands for the row's actor.

    Only one person’s: after `they` or `we` the verb alone could be read as a command.
    """
    first, *rest = sorted(spans)
    mention = position.mention
    if mention.start == first.start < mention.end < first.end:
        one = document[mention].casefold() in ("he", "she", "it")
        if one and document.text[mention.end].isspace():
            return [Span(mention.end, first.end), *rest]
    return [first, *rest]
