"""Who a sentence says holds what, against who holds it in its grounds.

Each statement of the sentence is set beside the statement of the grounds that shares most of its
telling words. The sentence must name one of that one's holders, by any of their names or, for
an organisation, by who speaks for it; what the source only reports must not stand without one,
and what somebody was said to have said not without who said so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from briefing.document import Span, cover, owning
from briefing.findings import AUTHOR, Statement
from briefing.quantities.stems import PRONOUNS
from briefing.verify.grounds import Case, Fault, Stretch, fold, folded, share, telling
from briefing.verify.identity import (
    forms,
    is_same,
    is_telling,
    is_unsigned,
    significant,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SAME = 0.5
"""Share of a statement's telling words that one of the source must have to be the same."""
LEAST = 2
CLOSE = 0.15
"""By how much less another statement of the grounds may share and still be as likely meant."""
ATTRIBUTING = re.compile(
    r"\b(?:according to|says?|said|told|adds?|added|reported(?:ly)?|claim(?:s|ed)|allege\w*|argue[sd]?"
    r"|warn(?:s|ed)|insist(?:s|ed)|stat(?:es|ed)|announc\w+|believ\w+|expect\w*|accus\w+|promis\w+"
    r"|critic\w+|call(?:s|ed)|describ\w+|estimat\w+|suggest\w*|predict\w*|in the (?:view|words) of|for"
    r" its part|spokes\w+|statement|denie[sd]|demand(?:s|ed)|want(?:s|ed)|urge[sd]?|view|puts?)\b",
    re.IGNORECASE,
)
VIEW = re.compile(
    r"\b(?:reported(?:ly)?|alleged(?:ly)?|it is said|is said to|are said to|supposed(?:ly)?|purported(?:ly)?)\b",
    re.I,
)
AGAINST = frozenset(("rejects", "denies", "opposes"))


@dataclass(frozen=True, slots=True)
class Match:
    """A statement of the grounds that is likely what one of the sentence tells."""

    stretch: Stretch
    statement: Statement
    share: float


def holder_faults(case: Case) -> Iterator[Fault]:
    """Statements of the sentence in nobody's, another's or the wrong chain's mouth."""
    for statement in case.assertion.reading.statements:
        others = case.assertion.reading.statements
        pieces = without_others(statement, statement.content, others)
        content = " ".join(case[piece] for piece in pieces)
        words = telling(content) - names_of(statement)
        matches = matching(case, words)
        if not matches:
            continue
        own = statement.basis == "asserted"
        fault = unheld(case, statement, matches) if own else other_mouth(case, statement, matches)
        fault = fault or shortened(case, statement, matches)
        if fault:
            yield fault


def names_of(statement: Statement) -> frozenset[str]:
    """The telling words of who holds a statement."""
    return frozenset().union(*(telling(name) for name in (*statement.holders, *statement.via)))


def matching(
    case: Case, words: frozenset[str], stretches: Iterable[Stretch] | None = None
) -> list[Match]:
    """The statements of sources that share most of `words`, the best first; none of few."""
    found: list[Match] = []
    for stretch in case.grounds if stretches is None else stretches:
        document = case.pile.documents[stretch.document]
        for statement in case.pile.readings[stretch.document].statements:
            pieces = [piece for piece in statement.content if piece.overlaps(stretch.span)]
            own = without_others(
                statement, pieces, case.pile.readings[stretch.document].statements
            )
            given = telling(" ".join(document[piece] for piece in own))
            common = len(words & given)
            if common >= min(LEAST, len(words)) and common and share(words, given) >= SAME:
                found.append(
                    Match(stretch, statement, share(words, given) + 0.05 * share(given, words))
                )
    best = max((match.share for match in found), default=0.0)
    return sorted(
        (match for match in found if match.share >= best - CLOSE), key=lambda match: -match.share
    )


def without_others(
    statement: Statement, pieces: Iterable[Span], others: Iterable[Statement]
) -> list[Span]:
    """What is left of `pieces` of a statement in the author's voice without what it reports."""
    left = list(pieces)
    if statement.basis != "asserted":
        return left
    inner = [
        piece
        for other in others
        if other.basis != "asserted" and other.holders
        for piece in (*other.content, *other.cue)
        if any(own.contains(piece) and own != piece for own in left)
    ]
    for cut in inner:
        left = [part for one in left for part in parts_beside(one, cut)]
    return left


def parts_beside(one: Span, cut: Span) -> list[Span]:
    """What is left of a span without another."""
    if not one.overlaps(cut):
        return [one]
    parts = Span(one.start, cut.start), Span(cut.end, one.end)
    return [part for part in parts if part.start < part.end]


def unheld(case: Case, statement: Statement, matches: list[Match]) -> Fault | None:
    """The fault of a sentence that says itself what its grounds only report of somebody."""
    if any(match.statement.basis == "asserted" for match in matches):
        return None
    best = matches[0]
    holders = (*best.statement.holders, *best.statement.via)
    framed = (is_same(case, *pair, best.stretch) for pair in product(case.framed, holders))
    if not holders or any(framed):
        return None
    if ATTRIBUTING.search(case.text) or VIEW.search(case.text):
        return None
    if any(is_named(case, holder) for holder in holders):
        return None
    span = cover(statement.content)
    if case.framed:
        return other_fault(case, span, case.framed[0], holders, best)
    return Fault(
        "holder",
        span,
        f"no holder is named; in the passage it is {owning(holders[0])}",
        evidence=best.stretch.evidence,
    )


def other_mouth(case: Case, statement: Statement, matches: list[Match]) -> Fault | None:
    """The fault of a statement whose holders are none of those that the source has for it."""
    holders = [
        holder for holder in statement.holders if holder != AUTHOR and fold(holder) not in PRONOUNS
    ]
    if not holders or not statement.resolved:
        return None
    given: list[str] = []
    for match in matches:
        given += [*match.statement.holders, *match.statement.via]
        if match.statement.basis == "asserted":
            document = case.pile.documents[match.stretch.document]
            given += [document.voice, *document.signatures]
    for match in matches:
        passed_on = any(
            is_same(case, one, other, match.stretch) for one in statement.via for other in given
        )
        words = set(folded(match.stretch.text))
        for holder in holders:
            if any(is_same(case, holder, other, match.stretch) for other in given):
                return None
            if passed_on and words.issuperset(significant(holder)):
                # `two officials said the minister would offer`: whoever says so is right
                return None
            if match.statement.basis == "asserted" and (
                is_acting(holder, match.stretch) or is_unsigned(case, holder, match.stretch)
            ):
                return None
    best = matches[0]
    if not any(map(is_telling, given)) or is_answer(statement, matches):
        return None
    if any(covers_rest(case, statement, holder, best) for holder in holders):
        return None
    return other_fault(case, cue_of(statement), holders[0], tuple(given), best)


def is_answer(statement: Statement, matches: list[Match]) -> bool:
    """Whether a statement turns down what somebody else says, as the sentence has it."""
    return statement.stance in AGAINST and all(
        match.statement.stance not in AGAINST for match in matches
    )


def covers_rest(case: Case, statement: Statement, holder: str, best: Match) -> bool:
    """Whether what the best match does not have of a statement is the holder's in the grounds.

    A sentence that draws two of a source together is often read as one statement.
    """
    words = telling(" ".join(case[piece] for piece in statement.content))
    rest = words - telling(best.stretch.text)
    if not rest:
        return False
    return any(
        share(rest, telling(stretch.text)) >= SAME
        and any(is_same(case, holder, other, stretch) for other in held.holders)
        for stretch, held in case.held()
        if stretch != best.stretch
    )


def other_fault(case: Case, span: Span, holder: str, given: tuple[str, ...], best: Match) -> Fault:
    """The fault of a wrong holder."""
    known = any(
        set(significant(holder)) <= set(folded(document.text)) for document in case.pile.documents
    )
    named = next((name for name in given if name != AUTHOR), "the author")
    return Fault(
        "holder",
        span,
        f"said of {holder}; in the passage it is {owning(named)}"
        + ("" if known else f", and no source has {holder}"),
        misattributed=known,
        evidence=best.stretch.evidence,
    )


def shortened(case: Case, statement: Statement, matches: list[Match]) -> Fault | None:
    """The fault of words that reach the source through another, printed as if at first hand."""
    best = matches[0]
    via = [name for name in best.statement.via if fold(name) not in PRONOUNS]
    if not via or best.statement.basis == "inferred" or statement.basis == "asserted":
        return None
    if any(not match.statement.via and match.share >= best.share for match in matches[1:]):
        return None
    pairs = product(statement.holders, best.statement.holders)
    if not any(is_same(case, *pair, best.stretch) for pair in pairs):
        return None
    printed = (*statement.via, *case.framed)
    if any(is_same(case, name, other, best.stretch) for name in printed for other in via):
        return None
    if any(is_named(case, name) for name in via) or VIEW.search(case.text):
        return None
    return Fault(
        "holder",
        cue_of(statement),
        f"the passage has it only through {via[0]}",
        evidence=best.stretch.evidence,
    )


def cue_of(statement: Statement) -> Span:
    """Where a statement names its holder, or else its words."""
    return statement.source[0] if statement.source else cover(statement.content)


def is_acting(holder: str, stretch: Stretch) -> bool:
    """Whether the source's own sentence tells of the holder, whose act it may be to say it."""
    return not set(significant(holder)).isdisjoint(folded(stretch.text))


def is_named(case: Case, holder: str) -> bool:
    """Whether the sentence names a holder in any way."""
    words = set(folded(case.text))
    named = any(form <= words for form in forms(case, holder))
    return named or not words.isdisjoint(significant(holder)[-1:])
