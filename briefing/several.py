"""What several sources together, or a focus, make of what is printed.

In: documents, readings, and what shows over all of them. Out: readings narrowed to the focus;
contests and dated events, worded and verified.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from briefing.errors import FocusError
from briefing.findings import Contest, Event, Reading, Refusal
from briefing.relate import narrowed, relevance, timeline
from briefing.verify import verify, verify_pairs
from briefing.write import Opposed, word_contests
from briefing.write.events import Dating, printable, word_events
from briefing.writers.verbatim import REPETITION, likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Document
    from briefing.findings import Evidence
    from briefing.reader.salient import Budget
    from briefing.relate import Agreement, Pair, Related
    from briefing.relate.places import Place

RANKED = 400
"""Sentences on a focus that are looked at, the best ones."""


def focused(
    documents: Sequence[Document], readings: tuple[Reading, ...], focus: str
) -> tuple[Reading, ...]:
    """`readings` narrowed to what is about `focus`; as they are where there is none.

    Raises:
        FocusError: If no sentence has a word of it.
    """
    if not focus:
        return readings
    scores = on_focus(documents, readings, focus)
    return tuple(map(narrowed, readings, scores))


def on_focus(
    documents: Sequence[Document], readings: Sequence[Reading], focus: str
) -> tuple[tuple[float, ...], ...]:
    """How much each sentence is about `focus`, 0 to 1.

    Raises:
        FocusError: If no sentence has a word of it.
    """
    scores = relevance(documents, readings, focus)
    if not any(map(any, scores)):
        raise FocusError(
            f"no source says anything about `{focus}`",
            hint="Name the subject in the sources' own words, or leave out the focus.",
        )
    return scores


def near_focus(related: Related, readings: Sequence[Reading]) -> Related:
    """`related` without contests, open points and actors' stands that are off the focus.

    Args:
        related: What shows over all documents.
        readings: Narrowed to the focus: a sentence without salience is off it.
    """

    def near(place: Place) -> bool:
        reading = readings[place.document]
        return reading.salience[reading.statements[place.statement].sentence] > 0

    def is_told(evidence: Evidence) -> bool:
        reading = readings[evidence.document]
        return any(
            salience > 0 and sentence.span.overlaps(evidence.span)
            for sentence, salience in zip(reading.sentences, reading.salience, strict=True)
        )

    return replace(
        related,
        contested=tuple(pair for pair in related.contested if near(pair.one) or near(pair.other)),
        unknowns=tuple(
            one
            for one in related.unknowns
            if one.counts is None and (not one.evidence or any(map(is_told, one.evidence)))
        ),
    )


def off_focus(readings: Sequence[Reading]) -> int:
    """How many statements stand in sentences that are off the focus to which these were narrowed."""
    return sum(
        not reading.salience[statement.sentence]
        for reading in readings
        for statement in reading.statements
    )


def distinct(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    ranked: Sequence[tuple[int, int]],
) -> list[tuple[int, int]]:
    """`ranked`, sentences by document and number, without those that repeat an earlier one."""
    kept: list[tuple[int, int]] = []
    texts: list[str] = []
    for number, at in ranked[:RANKED]:
        text = documents[number][readings[number].sentences[at].span]
        if not any(likeness(text, other) >= REPETITION for other in texts):
            kept.append((number, at))
            texts.append(text)
    return kept


def fitting(lengths: Sequence[int], budget: Budget) -> int:
    """How many of sentences of `lengths`, in their order, come nearest to `budget`.

    At least one, where there is one.
    """
    if budget.sentences:
        return budget.sentences
    totals = list(accumulate(lengths))
    wanted = budget.words or 0
    nearest = min(range(len(totals)), key=lambda at: (abs(totals[at] - wanted), at), default=-1)
    return nearest + 1


def contests(
    pairs: Sequence[Pair], agreement: Agreement
) -> tuple[tuple[Contest, ...], tuple[Refusal, ...]]:
    """Word and verify both sides of each pair; what cannot be printed is left out.

    Args:
        pairs: Statements that cannot both hold, the most telling first.
        agreement: Of the documents in which they stand.

    Returns:
        The contests, in the order of `pairs`, and the refusals.
    """
    documents, readings = agreement.documents, agreement.readings
    opposed = [Opposed(pair.one, pair.other, pair.kind != "stances") for pair in pairs]
    worded = word_contests(documents, readings, opposed, same=agreement.same)
    told = [(pair, both) for pair, both in zip(pairs, worded, strict=True) if both is not None]
    sides, refusals = verify_pairs([both for _, both in told], documents)
    found = [(pair, both) for (pair, _), both in zip(told, sides, strict=True) if both is not None]
    joined = iter(agreement.join([side for _, both in found for side in both]))
    return tuple(
        Contest(pair.kind, pair.about, (next(joined), next(joined))) for pair, _ in found
    ), refusals


def dated(related: Related, agreement: Agreement) -> tuple[tuple[Event, ...], tuple[Refusal, ...]]:
    """Word and verify the dated events; none where they come from too few sources.

    Args:
        related: What shows over all documents.
        agreement: Of the documents.

    Returns:
        The events in the order of their dates, and the refusals.
    """
    documents, readings = agreement.documents, agreement.readings
    can_print = printable(documents, readings)
    found = timeline(documents, readings, related.origins, related.groups, can_print)
    places = [Dating(one.document, one.sentence, one.span) for one in found]
    events: list[Event] = []
    refusals: list[Refusal] = []
    for one, draft in zip(found, word_events(documents, readings, places), strict=True):
        if not readings[one.document].salience[one.sentence]:
            continue
        scored = (replace(draft, score=one.score),) if draft else ()
        passed, refused = verify(scored, documents)
        refusals += refused
        events += (
            Event(
                one.date,
                replace(finding, evidence=(*finding.evidence, *one.evidence), origins=one.origins),
            )
            for finding in passed
        )
    return (() if refusals else tuple(events)), tuple(refusals)
