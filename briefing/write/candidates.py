"""A reading to candidates: what could be printed of one source, and in whose name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.document import cover
from briefing.findings import Draft
from briefing.write.holding import is_act, is_nameable, is_proper
from briefing.write.marks import is_quoted
from briefing.write.pieces import count_words
from briefing.write.rows import is_role, word_position
from briefing.write.source import Source, is_apart, is_running, sentence_at
from briefing.write.wording import word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefing.document import Span
    from briefing.findings import Claim, Position, Statement

REPORTED_SHARE = 0.4
"""From this share of a sentence's words on, what is reported is printed rather than the whole."""
INFERRED_SHARE = 0.5
"""From this share on, the whole sentence is about the actor to whom the author ascribes it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft, and the sentence of its document that it begins in."""

    draft: Draft
    sentence: int


def from_sentences(source: Source) -> Iterator[Candidate]:
    """At most one candidate a sentence: what it reports, infers or says, whichever it mostly is.

    A sentence without any salience, as one off the focus, gives none.
    """
    reading = source.reading
    for index, salience in enumerate(reading.salience):
        if not salience or not is_running(source, index) or is_apart(source, index):
            continue
        for statement in (*ascribed(source, index), None):
            draft = word(source, index, statement)
            if draft is not None:
                yield Candidate(draft, index)
                break


def from_claims(source: Source) -> Iterator[Candidate]:
    """The best claim of each sentence, with the holder and basis of the statement it lies in."""
    best: dict[int, Candidate] = {}
    for claim in source.reading.claims:
        index = sentence_at(source.reading, claim.span.start)
        if index is None or not is_running(source, index) or is_apart(source, index):
            continue
        statement = statement_of(source, claim, index)
        score = 0.6 * claim.score + 0.4 * source.scores[index]
        if statement is None:
            only = None if is_anothers(source, claim) else claim.span
        else:
            only = claim.span if is_its_own(source, claim, statement) else None
        draft = word(source, index, statement, only=only, score=score)
        if draft is None and statement is not None:
            draft = word(source, index, None, score=score)
        if draft is not None and (index not in best or draft.score > best[index].draft.score):
            best[index] = Candidate(draft, index)
    yield from best.values()


def from_positions(source: Source, is_told: Callable[[Candidate], bool]) -> Iterator[Candidate]:
    """One candidate a position that can be printed: by words that are not told yet, if it can."""
    for position in source.reading.positions:
        spans = [span for span in position.evidence if span.end > span.start]
        if not all(is_proper(source, name) for name in position.via):
            continue
        if not (is_proper(source, position.actor) or is_role(source, position)):
            continue
        worded = [
            Candidate(draft, place)
            for place, told in tellings(source, position, spans)
            if (draft := word_position(source, place, position, told)) is not None
        ]
        if worded:
            yield next((one for one in worded if not is_told(one)), worded[0])


def tellings(
    source: Source, position: Position, spans: list[Span]
) -> Iterator[tuple[int, list[Span]]]:
    """The evidence of `position`, one telling at a time: a statement, else a sentence.

    With each comes the sentence in which it begins.
    """
    left = sorted(spans)
    while left:
        index = sentence_at(source.reading, left[0].start)
        first = left[0]
        held = next(
            (
                statement.content
                for statement in source.statements_by[index or 0]
                if position.actor in statement.holders
                and any(span.contains(first) for span in statement.content)
            ),
            (),
        )
        whole = source.reading.sentences[index or 0].span
        told = [
            one
            for one in left
            if one == first or whole.contains(one) or any(span.contains(one) for span in held)
        ]
        if index is not None and is_running(source, index):
            yield index, told
        left = [one for one in left if one not in told]


def is_anothers(source: Source, claim: Claim) -> bool:
    """Whether `claim` alone, without the words around it, would be put in the wrong mouth."""
    ascribed_to_others = any(
        statement.basis != "asserted" and content.overlaps(claim.span)
        for statement in source.statements(claim.span)
        for content in statement.content
    )
    return ascribed_to_others or is_quoted(source.document, claim.span)


def ascribed(source: Source, index: int) -> Iterator[Statement]:
    """Statements of others that make up most of the sentence, the best to print first."""
    total = count_words(source.document[source.reading.sentences[index].span])
    shares = []
    for statement in source.statements_by[index]:
        if statement.sentence != index or not statement.content:
            continue
        if is_act(statement) or not is_nameable(source, statement):
            continue
        if statement.basis == "reported":
            spans: Sequence[Span] = statement.content
        elif statement.basis == "inferred":
            spans = [cover([*statement.source, *statement.cue, *statement.content])]
        else:
            continue
        share = sum(count_words(source.document[span]) for span in spans) / max(total, 1)
        if share >= (REPORTED_SHARE if statement.basis == "reported" else INFERRED_SHARE):
            shares.append((statement.basis == "inferred", -share, statement.content, statement))
    yield from (entry[-1] for entry in sorted(shares, key=lambda entry: entry[:3]))


def statement_of(source: Source, claim: Claim, index: int) -> Statement | None:
    """The statement of another that `claim` lies in, the closest one; None for the author's."""
    near = [
        statement
        for statement in holding(source, claim)
        if is_nameable(source, statement)
        and (statement.holders == claim.holders or cover(statement.content).contains(claim.span))
    ]
    near.sort(
        key=lambda statement: (
            statement.holders != claim.holders,
            sum(span.end - span.start for span in statement.content),
            statement.sentence != index,
        )
    )
    return near[0] if near and not is_act(near[0]) else None


def holding(source: Source, claim: Claim) -> list[Statement]:
    """The statements of others whose content `claim` has words of."""
    return [
        statement
        for statement in source.statements(claim.span)
        if statement.basis != "asserted"
        and any(span.overlaps(claim.span) for span in statement.content)
    ]


def is_its_own(source: Source, claim: Claim, statement: Statement) -> bool:
    """Whether `claim` is what the holder of `statement` says, and nobody is named in between."""
    if statement.holders != claim.holders:
        return False
    content = cover(statement.content)
    return content.contains(claim.span) and not any(
        other.holders != statement.holders and content.contains(cover(other.content))
        for other in holding(source, claim)
    )
