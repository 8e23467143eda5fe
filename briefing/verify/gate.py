"""The gate: what a language model wrote is printed only if its sources carry it.

In: drafts, some of them reworded, and the sources. Out: drafts of which those that did not pass
stand in the sources' own words, and a refusal for each.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.document import Document
from briefing.findings import Draft, Evidence, Refusal
from briefing.verify.faults import faults
from briefing.verify.grounds import Assertion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.findings import Reading
    from briefing.verify.grounds import Fault
    from briefing.verify.sources import Sources

    Read = Callable[[Sequence[Document]], Sequence[Reading]]

MOST_CITED = 6
"""Sentences that one sentence may rest on: who cites everything cites nothing."""


def gate(
    drafts: Sequence[Draft], sources: Sources, read: Read
) -> tuple[tuple[Draft, ...], tuple[Refusal, ...]]:
    """Let reworded drafts pass that what they cite carries; others fall back on its own words.

    Args:
        drafts: Those without a `text` pass as they are.
        sources: All that may be cited.
        read: Reads documents, one reading each in their order.

    Returns:
        Drafts in their order, none twice in a section, and the refusals.
    """
    written = [draft for draft in drafts if draft.text]
    readings = read([Document(f"draft {at}", each.text) for at, each in enumerate(written, 1)])
    cited = [sources.grounds(rests_on(draft, sources)) for draft in written]
    weighed = sources.weigh_on(
        [(draft.text, grounds) for draft, grounds in zip(written, cited, strict=True)]
    )
    refusals: dict[int, Refusal] = {}
    for draft, reading, grounds, weight in zip(written, readings, cited, weighed, strict=True):
        wrong = faults(
            Assertion(draft.text, reading),
            grounds,
            sources.pile,
            framed=(*draft.holders, *draft.via),
        )
        evidence = sources.evidence(draft.text, grounds)
        reason = objection(len(evidence), wrong, weight.score if not weight.supported else None)
        if reason:
            nearest = tuple(fault.evidence for fault in wrong if fault.evidence) or evidence
            refusals[id(draft)] = Refusal(
                reason, draft.text, draft.section, draft.document, nearest
            )
    passed = [
        replace(draft, text="", rests_on=()) if id(draft) in refusals else draft
        for draft in drafts
    ]
    said = {(one.section, one.document, one.pieces) for one in passed if one.text}
    kept = {
        (one.section, one.document, one.pieces, one.actor, one.text): one
        for one in passed
        if one.text or (one.section, one.document, one.pieces) not in said
    }
    return tuple(kept.values()), tuple(refusals.values())


def rests_on(draft: Draft, sources: Sources) -> tuple[Evidence, ...]:
    """All that a draft cites."""
    document = sources.pile.documents[draft.document]
    own = (Evidence(draft.document, each.span, document[each.span]) for each in draft.pieces)
    return (*own, *draft.rests_on)


def objection(cited: int, wrong: Sequence[Fault], score: float | None) -> str:
    """Why a sentence is not printed; empty where it is.

    Args:
        cited: How many sentences it rests on.
        wrong: What the rules found.
        score: That of the scorer, where it is too low.
    """
    if cited > MOST_CITED:
        return f"rests on {cited} sentences at once, which shows nothing"
    if wrong:
        return "; ".join(dict.fromkeys(fault.reason for fault in wrong))
    if score is not None:
        return f"what it cites does not carry it (support {score:.2f})"
    return ""
