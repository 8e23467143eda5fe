"""Readings in, drafts out: what is selected for each section, and in which words.

A `Writer` chooses for the bottom line and the summary. What can be chosen is decided here:
words of one source that stand alone, with their holder, so that no source crowds out the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from briefing.document import Document, enumerate_names
from briefing.errors import ModelError
from briefing.findings import AUTHOR, Draft, Reading, Section
from briefing.write.candidates import (
    Candidate,
    from_claims,
    from_positions,
    from_sentences,
)
from briefing.write.contests import Opposed as Opposed
from briefing.write.contests import Same, different
from briefing.write.contests import word_contests as word_contests
from briefing.write.pieces import cover, length_words, text_of
from briefing.write.source import Source, read_all
from briefing.writers.base import Passage, Reply, Request, Writer
from briefing.writers.verbatim import REPETITION, likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BOTTOM_LINES = 4
SUMMARY = 6
SUMMARY_SHARE = 0.3
"""How much of what can be quoted the summary takes, so that a short text has claims left."""
CLAIMS = 10
POSITIONS = 16
PASSAGES = 24
"""How many passages a writer chooses from."""
DOCUMENT_COST = 0.3
HOLDER_COST = 0.1
ROW_COST = 1.5
"""What a holder's further rows cost; in a table of positions actors matter more than rank."""
TURNS = 3
"""After so many items a holder's further ones cost no more."""

Repeats = Callable[[Candidate, Candidate], bool]
"""Tells whether the first of two candidates, if printed too, would repeat the second."""


def write(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    writer: Writer,
    *,
    focus: str = "",
    same: Same = different,
) -> tuple[Draft, ...]:
    """Select and word drafts for the bottom line, summary, claims and positions, in that order.

    Args:
        documents: The sources.
        readings: One a document.
        writer: Chooses among the passages for the bottom line and the summary.
        focus: What the brief is about; sentences with its words count more.
        same: Tells whether two drafts make the same claim; of those only one is selected.

    Returns:
        Drafts, best first within each section. The first of the bottom line is in no other
        section, its alternatives may be; claims repeat no sentence of the summary.

    Raises:
        ModelError: If the writer's reply does not fit its request.
    """
    sources = read_all(documents, readings, focus=focus)
    again = partial(repeats, documents=documents, same=same)
    passages = [candidate for source in sources for candidate in from_sentences(source)]
    bottom = choose(documents, bottom_lines(sources, passages), writer, "bottom_line", again)
    rest = without(passages, bottom[:1], again)
    summary = choose(documents, rest, writer, "summary", again)
    claims = [candidate for source in sources for candidate in from_claims(source)]
    claims = without(claims, [*bottom[:1], *summary], again)
    rows = one_row_each(candidate for source in sources for candidate in from_positions(source))
    rows = together(rows)
    return (
        *to_section(bottom, "bottom_line"),
        *to_section(summary, "summary"),
        *to_section(spread(claims, CLAIMS, again=again), "claims"),
        *to_section(spread(rows, POSITIONS, holder_cost=ROW_COST), "positions"),
    )


def to_section(candidates: Iterable[Candidate], section: Section) -> list[Draft]:
    """The drafts of `candidates`, meant for `section`."""
    return [replace(candidate.draft, section=section) for candidate in candidates]


def bottom_lines(sources: Sequence[Source], passages: Sequence[Candidate]) -> list[Candidate]:
    """`passages` scored as bottom lines: a fit length, with someone named, in one piece."""
    scored = []
    for candidate in passages:
        draft = candidate.draft
        source = sources[draft.document]
        words = length_words(source.document, draft.pieces)
        named = any(
            piece.span.contains(mention)
            for piece in draft.pieces
            for actor in source.actors(piece.span)
            for mention in actor.mentions
        )
        score = draft.score + 0.15 * named - 0.2 * (not 10 <= words <= 42)
        score -= 0.1 * (draft.basis == "inferred") + 0.1 * bool(draft.pieces[0].before)
        score -= 0.1 * (len(draft.pieces) > 1) + 0.1 * bool(draft.hedges)
        scored.append(replace(candidate, draft=replace(draft, score=score)))
    return scored


def spread(
    candidates: Sequence[Candidate],
    limit: int,
    *,
    holder_cost: float = HOLDER_COST,
    again: Repeats | None = None,
) -> list[Candidate]:
    """Up to `limit` candidates, best first, taking turns among documents and holders.

    Args:
        candidates: To choose from.
        limit: How many at most.
        holder_cost: What a holder's further candidates cost, in units of the score.
        again: Tells which candidate repeats a better one and is passed over; None for none.

    Returns:
        The chosen ones; their scores are what each was worth in its turn.
    """
    pool = sorted(candidates, key=place)
    documents: Counter[int] = Counter()
    holders: Counter[tuple[str, ...]] = Counter()
    chosen: list[Candidate] = []
    while pool and len(chosen) < limit:
        least = min(documents[candidate.draft.document] for candidate in pool)
        value = worth(documents, holders, least, holder_cost)
        best = max(pool, key=value)
        pool.remove(best)
        if again is not None and any(again(best, other) for other in chosen):
            continue
        chosen.append(replace(best, draft=replace(best.draft, score=value(best))))
        documents[best.draft.document] += 1
        holders[best.draft.holders] += 1
    return chosen


def worth(
    documents: Counter[int], holders: Counter[tuple[str, ...]], least: int, holder_cost: float
) -> Callable[[Candidate], float]:
    """A candidate's score, less for documents and holders whose turn it is not."""

    def value(candidate: Candidate) -> float:
        draft = candidate.draft
        ahead = documents[draft.document] - least
        heard = min(holders[draft.holders], TURNS)
        return draft.score - DOCUMENT_COST * ahead - holder_cost * heard

    return value


def place(candidate: Candidate) -> tuple[int, int]:
    """Where a candidate stands: earlier ones win ties."""
    return candidate.draft.document, candidate.draft.pieces[0].span.start


def choose(
    documents: Sequence[Document],
    candidates: Sequence[Candidate],
    writer: Writer,
    task: Literal["bottom_line", "summary"],
    again: Repeats,
) -> list[Candidate]:
    """Have `writer` choose; best first.

    Raises:
        ModelError: If its reply does not fit the request.
    """
    wanted = BOTTOM_LINES
    if task == "summary":
        wanted = min(SUMMARY, max(2, round(SUMMARY_SHARE * len(candidates))))
    offered = spread(candidates, PASSAGES, again=again)
    passages = within_tokens([to_passage(documents, candidate) for candidate in offered], writer)
    if not passages:
        return []
    replies = writer.generate([Request(task, tuple(passages), wanted)])
    if len(replies) != 1:
        raise ModelError(f"the writer {writer.name} gave {len(replies)} replies to one request")
    cited = cited_passages(replies[0], len(passages), writer.name)
    return [offered[index] for index in cited[:wanted]]


def to_passage(documents: Sequence[Document], candidate: Candidate) -> Passage:
    """What a writer sees of a candidate."""
    draft = candidate.draft
    document = documents[draft.document]
    holders = draft.holders if draft.holders != (AUTHOR,) else (document.voice,)
    return Passage(text_of(document, draft.pieces), enumerate_names(holders), draft.score)


def within_tokens(passages: Sequence[Passage], writer: Writer) -> list[Passage]:
    """The first of `passages`, as many as the writer takes at once; each is whole or left out."""
    limit = writer.max_tokens
    if limit is None:
        return list(passages)
    totals = accumulate(
        writer.count_tokens(passage.lead) + writer.count_tokens(passage.text)
        for passage in passages
    )
    return [passage for passage, total in zip(passages, totals, strict=True) if total <= limit]


def cited_passages(reply: Reply, count: int, name: str) -> list[int]:
    """Passages that `reply` cites, each once, in its order.

    Raises:
        ModelError: If it cites one that was not in the request.
    """
    cited = [index for sentence in reply.sentences for index in sentence.cites]
    for index in cited:
        if not 0 <= index < count:
            raise ModelError(f"the writer {name} cites passage {index + 1} of {count}")
    return list(dict.fromkeys(cited))


def without(
    candidates: Sequence[Candidate], used: Sequence[Candidate], again: Repeats
) -> list[Candidate]:
    """`candidates` that share no sentence with one of `used` and do not repeat what it says."""
    return [
        candidate for candidate in candidates if not any(again(candidate, other) for other in used)
    ]


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
    texts = [text_of(documents[draft.document], draft.pieces) for draft in (first, second)]
    same_voice = first.holders == second.holders or first.document != second.document
    return same_voice and likeness(*texts) >= REPETITION


def one_row_each(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate an actor and issue, and one an actor and evidence: the best of each."""
    rows: list[Candidate] = []
    order = sorted(candidates, key=lambda one: (one.draft.stance == "states", -one.draft.score))
    for candidate in order:
        if not any(same_row(candidate.draft, other.draft) for other in rows):
            rows.append(candidate)
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


def same_row(first: Draft, second: Draft) -> bool:
    """Whether two drafts show one actor's position on one issue, or by the same words."""
    if first.actor != second.actor:
        return False
    if first.issue and first.issue.casefold() == second.issue.casefold():
        return True
    one, two = (cover([piece.span for piece in draft.pieces]) for draft in (first, second))
    return first.document == second.document and (one.contains(two) or two.contains(one))
