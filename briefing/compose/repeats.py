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


def new_rows(rows: Sequence[Finding], printed: Sequence[Finding]) -> tuple[Finding, ...]:
    """`rows` of positions, without those that tell nothing beside what is `printed`.

    A row whose words stand there in the name of its actor still tells the stance. It comes last,
    and only where it has one and is the only row of its actor. One that names an actor who is
    not named there stays where it is.
    """
    told = [row for row in rows if any(tells(line, row) for line in printed)]
    new = [row for row in rows if row not in told]
    actors = {row.draft.actor for row in new}
    for row in told:
        if row.draft.stance != "states" and row.draft.actor not in actors:
            new.append(row)
            actors.add(row.draft.actor)
    return tuple(new)


def new_first(claims: Sequence[Finding], rows: Sequence[Finding]) -> tuple[Finding, ...]:
    """`claims`, those last whose words are printed as `rows` too, as these also tell a stance.

    Among these, those come first that make their row needless, as they name its actor.
    """
    again = {one: [row for row in rows if same_evidence(one, row)] for one in claims}
    return tuple(
        sorted(
            claims,
            key=lambda one: (bool(again[one]), not all(tells(one, row) for row in again[one])),
        )
    )


def tells(line: Finding, row: Finding) -> bool:
    """Whether `line` prints the words of `row` in the name of its actor."""
    return same_evidence(row, line) and set(row.draft.holders) <= set(line.draft.holders)


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
