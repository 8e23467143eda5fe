"""Candidates in, those that are printed out: what matters, is borne out and was not yet heard.

What is sought is the greatest sum of scores, less a cost for every two items of one source, and
less one for the items of each holder that grows with every further one. Whatever was taken, no
candidate is then worth more than before, so taking the best next one comes near that sum.

Source: Nemhauser, Wolsey and Fisher, "Approximations for maximizing submodular set functions",
1978; looking again at the best candidate only is Minoux's "Accelerated greedy algorithms", 1978.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from heapq import heapify, heappop, heapreplace
from typing import TYPE_CHECKING

from briefing.document import Span, cover, enumerate_names
from briefing.findings import AUTHOR, Draft
from briefing.quantities.stems import stems
from briefing.write.candidates import Candidate
from briefing.write.pieces import text_of
from briefing.writers.verbatim import REPETITION, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.document import Document
    from briefing.write.contests import Same

SOURCE_COST = 0.2
"""What two items of one source cost, in units of the score."""
HOLDER_COST = 0.1
"""What the second item of a holder costs; the fourth costs twice that, the eighth three times.

It grows slower than that of sources: whoever has much to say is named oftener. All authors
without a name are one holder.
"""
ROW_COST = 1.5
"""The same for rows of positions; in a table of those, actors matter more than rank."""
SUPPORT_WORTH = 0.15
"""What a candidate gains each time that the sources which say it, each for itself, double."""
MOST_SUPPORT = 4
"""So many sources bear a statement out; more add nothing."""
REPRINT_COST = 0.2
"""What a reprint costs, so that the same words are quoted from where they stood first."""

Repeats = Callable[[Candidate, Candidate], bool]
"""Tells whether the first of two candidates, if printed too, would repeat the second."""
Support = Callable[[Draft], int]
"""Tells how many independent sources make the statement that a draft prints, at least 1."""
OriginOf = Callable[[int], int]
"""Gives one document for all that are one writing: of a reprint, where it stood first."""


def alone(_draft: Draft) -> int:
    """Nobody else says the same: for where nothing is known of it."""
    return 1


def itself(document: int) -> int:
    """A document is a writing of its own: for where nothing is known of it."""
    return document


def weigh(
    candidates: Iterable[Candidate], support: Support, origin_of: OriginOf
) -> list[Candidate]:
    """Score `candidates` higher that several independent sources bear out, and reprints lower."""
    weighed = []
    for candidate in candidates:
        draft = candidate.draft
        worth = SUPPORT_WORTH * math.log2(min(max(1, support(draft)), MOST_SUPPORT))
        worth -= REPRINT_COST * (origin_of(draft.document) != draft.document)
        weighed.append(replace(candidate, draft=replace(draft, score=draft.score + worth)))
    return weighed


def first_prints(
    candidates: Iterable[Candidate], documents: Sequence[Document], origin_of: OriginOf
) -> list[Candidate]:
    """`candidates` without those of reprints whose words are also offered of the original.

    That one takes over the better score: what a text is about does not hang on the print.
    """
    kept: list[Candidate] = []
    best: dict[tuple[object, ...], float] = {}
    original: set[tuple[object, ...]] = set()
    keys: list[tuple[object, ...]] = []
    for candidate in candidates:
        draft = candidate.draft
        words = " ".join(text_of(documents[draft.document], draft.pieces).casefold().split())
        key = (origin_of(draft.document), words, draft.actor, draft.stance)
        best[key] = max(draft.score, best.get(key, draft.score))
        if origin_of(draft.document) == draft.document:
            original.add(key)
        kept.append(candidate)
        keys.append(key)
    return [
        replace(one, draft=replace(one.draft, score=best[key])) if key in original else one
        for one, key in zip(kept, keys, strict=True)
        if key not in original or origin_of(one.draft.document) == one.draft.document
    ]


def spread(
    candidates: Sequence[Candidate],
    limit: int,
    *,
    origin_of: OriginOf = itself,
    holder_cost: float = HOLDER_COST,
    again: Repeats | None = None,
    used: Sequence[Candidate] = (),
) -> list[Candidate]:
    """Up to `limit` candidates, best first, so that no source and no holder crowds out the rest.

    Args:
        candidates: To choose from.
        limit: How many at most.
        origin_of: Documents of one origin share their turns.
        holder_cost: What the second candidate of a holder costs, in units of the score.
        again: Tells which candidate repeats a better one and is passed over; None for none.
        used: What is printed elsewhere: it had its turns, and is not repeated either.

    Returns:
        The chosen ones; their scores are what each was worth in its turn.
    """
    turns = Turns(candidates, origin_of, holder_cost)
    for candidate in used:
        turns.take(candidate)
    pool = sorted(candidates, key=place)
    heap = [(-turns.worth(candidate), at) for at, candidate in enumerate(pool)]
    heapify(heap)
    chosen: list[Candidate] = []
    while heap and len(chosen) < limit:
        worth, at = -heap[0][0], heap[0][1]
        best = pool[at]
        now = turns.worth(best)
        if now < worth:
            # What a candidate is worth only falls, so one that still leads has the lead.
            heapreplace(heap, (-now, at))
            continue
        heappop(heap)
        ahead = turns.ahead(best)
        if again is None or not any(again(best, other) for other in (*used, *chosen)):
            score = now + SOURCE_COST * ahead
            chosen.append(replace(best, draft=replace(best.draft, score=score)))
            turns.take(best)
    return chosen


class Turns:
    """How often each source and each holder was heard.

    Args:
        candidates: All that there are.
        origin_of: Documents of one origin share their turns.
        holder_cost: What the second candidate of a holder costs.
    """

    def __init__(
        self, candidates: Iterable[Candidate], origin_of: OriginOf, holder_cost: float
    ) -> None:
        self.origin_of = origin_of
        self.holder_cost = holder_cost
        self.left = Counter(self.origin(candidate) for candidate in candidates)
        self.origins: Counter[int] = Counter()
        self.holders: Counter[str] = Counter()

    def origin(self, candidate: Candidate) -> int:
        """Whose turn it is if `candidate` is taken."""
        return self.origin_of(candidate.draft.document)

    def worth(self, candidate: Candidate) -> float:
        """The score, less what the candidate costs beside those taken so far."""
        heard = max((self.holders[name] for name in candidate.draft.holders), default=0)
        source = SOURCE_COST * self.origins[self.origin(candidate)]
        return candidate.draft.score - source - self.holder_cost * math.log2(1 + heard)

    def ahead(self, candidate: Candidate) -> int:
        """Strike `candidate` off; and the rounds of turns over when every source had one more."""
        rounds = min(self.origins[origin] for origin, left in self.left.items() if left)
        self.left[self.origin(candidate)] -= 1
        return rounds

    def take(self, candidate: Candidate) -> None:
        """Count a candidate that was chosen."""
        self.origins[self.origin(candidate)] += 1
        self.holders.update(candidate.draft.holders)


def place(candidate: Candidate) -> tuple[int, int]:
    """Where a candidate stands: earlier ones win ties."""
    return candidate.draft.document, candidate.draft.pieces[0].span.start


def without(
    candidates: Sequence[Candidate], used: Sequence[Candidate], again: Repeats
) -> list[Candidate]:
    """`candidates` that share no sentence with one of `used` and do not repeat what it says."""
    return [
        candidate for candidate in candidates if not any(again(candidate, other) for other in used)
    ]


FAVOURING = frozenset(("supports", "accepts"))
REFUSING = frozenset(("opposes", "rejects", "denies"))


def repeats(
    candidate: Candidate, other: Candidate, *, documents: Sequence[Document], same: Same
) -> bool:
    """Whether two candidates print the same sentence, nearly the same words or the same claim."""
    first, second = candidate.draft, other.draft
    if first.document == second.document:
        if candidate.sentence == other.sentence:
            return True
        if any(one.span.overlaps(two.span) for one in first.pieces for two in second.pieces):
            return True
    if same(first, second):
        return True
    same_voice = first.holders == second.holders or first.document != second.document
    # `backs the levy` and `opposes the levy` have most words in common.
    if {first.stance, second.stance} & FAVOURING and {first.stance, second.stance} & REFUSING:
        return False
    texts = (text_of(documents[draft.document], draft.pieces) for draft in (first, second))
    return same_voice and likeness(*texts) >= REPETITION


def one_row_each(
    candidates: Iterable[Candidate],
    origin_of: OriginOf = itself,
    is_told: Callable[[Candidate], bool] = lambda _one: False,
) -> list[Candidate]:
    """One candidate an actor and issue, and one an actor and evidence: the best of each.

    Of one issue that whose words are not told elsewhere, if it shows as much as the others.
    """
    rows: list[Candidate] = []
    issues: set[tuple[str, int | None, frozenset[str] | str]] = set()
    reaches: defaultdict[tuple[str, int], list[Span]] = defaultdict(list)
    order = sorted(
        candidates,
        key=lambda one: (one.draft.stance == "states", is_told(one), -one.draft.score),
    )
    for candidate in order:
        draft = candidate.draft
        # Somebody with a name is the same in every text, an unnamed author another in each.
        writing = origin_of(draft.document) if draft.actor == AUTHOR else None
        # `to intervene` and `he will not intervene` are one, whatever the small words.
        issue = (draft.actor, writing, stems(draft.issue) or draft.issue.casefold())
        reach = cover([piece.span for piece in draft.pieces])
        near = reaches[draft.actor, draft.document]
        if issue in issues or any(one.contains(reach) or reach.contains(one) for one in near):
            continue
        rows.append(candidate)
        near.append(reach)
        if draft.issue:
            issues.add(issue)
    return rows


def together(rows: Sequence[Candidate]) -> list[Candidate]:
    """One row for actors who hold one position by the same words: `Voss and Renn`."""
    merged: dict[tuple[object, ...], Candidate] = {}
    for row in rows:
        draft = row.draft
        key = (
            draft.document, draft.pieces, draft.stance, draft.basis, draft.quoted, draft.via,
            draft.conditional, draft.past,
        )  # fmt: skip
        if key in merged and AUTHOR not in (draft.actor, merged[key].draft.actor):
            first = merged[key].draft
            holders = tuple(dict.fromkeys((*first.holders, *draft.holders)))
            both = replace(first, holders=holders, actor=enumerate_names(holders))
            merged[key] = replace(merged[key], draft=both)
        else:
            merged.setdefault(key, row)
    return list(merged.values())
