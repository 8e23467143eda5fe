"""Pairs of statements that contradict each other in, the words in which both are printed out.

A side is printed whole, with its holder and the words that say what the holder does: what a
dispute turns on must not be cut away. A pair is left out where one side cannot be printed so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from briefing.document import cover
from briefing.findings import Draft
from briefing.write.holding import ascribing, is_act, is_nameable
from briefing.write.pieces import text_of
from briefing.write.rows import word_position
from briefing.write.source import Source, is_apart, is_running, read_all
from briefing.write.wording import word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.document import Document, Span
    from briefing.findings import Reading, Statement

CONTESTS = 8
WORDS = re.compile(r"\w+")

Same = Callable[[Draft, Draft], bool]
"""Tells whether two drafts make the same claim."""


class Opposed(NamedTuple):
    """Two statements, each given by its document and its number in the reading.

    Attributes:
        one: One side.
        other: The other.
        answers: One denies the other, so that its `no such promise` points there, or gives another
            figure for what is counted there.
    """

    one: tuple[int, int]
    other: tuple[int, int]
    answers: bool = False


def different(_one: Draft, _other: Draft) -> bool:
    """No two drafts make the same claim: for where nothing is known of it."""
    return False


def word_contests(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    pairs: Sequence[Opposed],
    *,
    same: Same = different,
) -> tuple[tuple[Draft, Draft] | None, ...]:
    """Word both statements of each pair as drafts of the section `contested`.

    Args:
        documents: The sources.
        readings: One a document.
        pairs: Best first.
        same: Tells whether two drafts make the same claim.

    Returns:
        For each pair its drafts, in the order of their documents; None where one of the two
        cannot be printed, repeats a side of a better pair, or makes the same claim as the other.
    """
    sources = read_all(documents, readings)
    chosen: list[Draft] = []
    worded: list[tuple[Draft, Draft] | None] = []
    for pair in pairs:
        one, other = (
            word_statement(sources[document], number, answers=pair.answers)
            for document, number in sorted((pair.one, pair.other))
        )
        worded.append(None)
        if one is None or other is None or clash(one, other, documents, same):
            continue
        repeated = any(clash(new, old, documents, same) for new in (one, other) for old in chosen)
        if not repeated and len(chosen) < 2 * CONTESTS:
            worded[-1] = (one, other)
            chosen += (one, other)
    return tuple(worded)


def clash(one: Draft, other: Draft, documents: Sequence[Document], same: Same) -> bool:
    """Whether two sides share words of a source, have the same words or make the same claim."""
    if one.document == other.document and any(
        first.span.overlaps(second.span) for first in one.pieces for second in other.pieces
    ):
        return True
    texts = [
        WORDS.findall(text_of(documents[draft.document], draft.pieces).casefold())
        for draft in (one, other)
    ]
    return texts[0] == texts[1] or same(one, other)


def word_statement(source: Source, number: int, *, answers: bool = False) -> Draft | None:
    """Word statement `number` of a source as one side of a contest; see `Opposed`.

    Returns:
        None where it cannot be printed whole, alone, and in its holder's name.
    """
    statement = source.reading.statements[number]
    index = statement.sentence
    if not statement.content or not is_running(source, index) or is_apart(source, index):
        return None
    for draft in wordings(source, statement, answers=answers):
        if prints_all(source, draft, statement):
            return replace(draft, section="contested", actor="")
    return None


def wordings(source: Source, statement: Statement, *, answers: bool) -> Iterator[Draft]:
    """What could be printed of `statement`, the best first."""
    index = statement.sentence
    found: list[Draft | None] = []
    rows: list[Draft | None] = [word(source, index, None, answers=answers)]
    if statement.basis != "asserted" and is_nameable(source, statement):
        if not is_act(statement):
            found.append(word(source, index, statement, answers=answers))
        reach = cover((*ascribing(statement), *statement.content))
        rows[:0] = [
            word_position(source, index, position, [*position.evidence], answers=answers)
            for position in source.reading.positions
            if position.actor in statement.holders
            and position.stance == statement.stance
            and held(position.evidence, [reach])
        ]
    # A row of positions and the author's own sentence say what another does only if they print it.
    cue = statement.cue or statement.source
    found += [draft for draft in rows if draft is not None and held(cue, spans_of(draft))]
    yield from (draft for draft in found if draft is not None)


def prints_all(source: Source, draft: Draft, statement: Statement) -> bool:
    """Whether `draft` prints all words of `statement`, but for what leads in to the first."""
    printed = spans_of(draft)
    for span in statement.content:
        for match in WORDS.finditer(source.document.text, *span):
            before = match.end() <= printed[0].start and span == min(statement.content)
            if not before and not any(
                one.start <= match.start() and match.end() <= one.end for one in printed
            ):
                return False
    return True


def spans_of(draft: Draft) -> list[Span]:
    """The words that `draft` prints."""
    return [piece.span for piece in draft.pieces]


def held(spans: Sequence[Span], within: Sequence[Span]) -> bool:
    """Whether each of `spans` lies within one of `within`."""
    return all(any(other.contains(span) for other in within) for span in spans)
