"""Findings in, which of them say again what others say out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Span
    from briefing.findings import Finding

WORD = re.compile(r"\w+")


def fresh(candidates: Sequence[Finding], printed: Sequence[Finding]) -> tuple[Finding, ...]:
    """`candidates` without those whose evidence is that of one in `printed`, or lies within it."""
    return tuple(
        candidate
        for candidate in candidates
        if not any(same_evidence(candidate, other) for other in printed)
    )


def same_evidence(first: Finding, second: Finding) -> bool:
    """Whether one of two findings prints only words that the other rests on too."""
    return rests_on(first, second) or rests_on(second, first)


def rests_on(printed: Finding, other: Finding) -> bool:
    """Whether all words of `printed` stand in evidence of `other`."""
    number = printed.draft.document
    evidence = [item.span for item in other.evidence if item.document == number]
    return covered([piece.span for piece in printed.draft.pieces], evidence)


def covered(spans: Sequence[Span], by: Sequence[Span]) -> bool:
    """Whether each of `spans` lies within one of `by`."""
    return all(any(other.contains(span) for other in by) for span in spans)


def same_words(first: Finding, second: Finding) -> bool:
    """Whether two findings print the same words, figures among them, wherever these stand."""
    words = words_of(first)
    return bool(words) and words == words_of(second)


def words_of(finding: Finding) -> tuple[str, ...]:
    """The words that a finding prints of its source, in small letters."""
    draft = finding.draft
    spans = {piece.span for piece in draft.pieces}
    quotes = (
        one.quote
        for one in finding.evidence
        if one.document == draft.document and one.span in spans
    )
    return tuple(WORD.findall(" ".join(quotes).casefold()))
