"""Readings in, drafts out: what is selected for each section, and in which words.

A `Writer` chooses for the bottom line and the summary. What can be chosen is decided here:
words of one source that stand alone, with their holder, so that no source crowds out the rest.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from briefing.document import enumerate_names
from briefing.errors import ModelError
from briefing.findings import AUTHOR, Beyond, Draft, Evidence, Refusal, Section
from briefing.support.grounds import Grounds
from briefing.write.candidates import (
    Candidate,
    from_claims,
    from_positions,
    from_sentences,
)
from briefing.write.contests import Opposed as Opposed
from briefing.write.contests import Same, different
from briefing.write.contests import word_contests as word_contests
from briefing.write.items import each_source
from briefing.write.pieces import length_words, text_of
from briefing.write.selection import (
    ROW_COST,
    OriginOf,
    Support,
    alone,
    first_prints,
    itself,
    one_row_each,
    place,
    repeats,
    spread,
    together,
    weigh,
    without,
)
from briefing.write.source import Source, read_all
from briefing.write.wording import stands_firm
from briefing.writers.base import Passage, Reply, Request, Writer
from briefing.writers.verbatim import pick as verbatim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from briefing.document import Document
    from briefing.findings import Reading

BOTTOM_LINES = 4
SUMMARY = 6
SUMMARY_SHARE = 0.3
"""How much of what can be quoted the summary takes, so that a short text has claims left."""
CLAIMS = 10
POSITIONS = 16
TITLE_WORTH = 0.8
"""What a bottom line gains that has all longer words of a title: that is what it is about."""
FULL_WORDS = 20
"""Words from which on a bottom line says enough: salience is counted a word."""
MOST_WORDS = 42
LONGER = re.compile(r"[^\W_]{4,}|\d+")
BEGINNING = 6
LEAST_TITLE = 4
"""Longer words of a title that tells what a text is about."""
PASSAGES = 24
"""How many passages a writer chooses from."""
ENDS = (".", "!", "?", "…", "”", '"', ")")
REWORDED_WORDS = 60
"""Of all passages but the first that a sentence may rest on which cites none."""


class Written(NamedTuple):
    """What is proposed for print, what a writer wrote that cannot even be proposed, and the rest.

    `beyond` counts what is not even proposed since there is more than a brief can print.
    """

    drafts: tuple[Draft, ...]
    refusals: tuple[Refusal, ...]
    beyond: tuple[Beyond, ...] = ()


def write(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    writer: Writer,
    *,
    same: Same = different,
    support: Support = alone,
    origin_of: OriginOf = itself,
) -> Written:
    """Select and word drafts for the bottom line, summary, claims, positions and items.

    Args:
        documents: The sources.
        readings: One a document.
        writer: Chooses among the passages for the bottom line and the summary.
        same: Tells whether two drafts make the same claim; of those only one is selected.
        support: How many independent sources say what a draft does; it counts more with them.
        origin_of: One document for all that are one writing; these have their turns in common.

    Returns:
        Drafts, best first within each section. The first of the bottom line is in no other
        section, its alternatives may be; claims repeat no sentence of the summary, and positions
        rest on others where they can. Items are what each source says by itself, and may repeat
        all others. What the writer wrote that cannot even be a draft. And how many claims and
        positions there are besides; claims that repeat what is selected are not counted, but they
        may repeat each other.

    Raises:
        ModelError: If the writer's reply does not fit its request.
    """
    sources = read_all(documents, readings)
    again = partial(repeats, documents=documents, same=same)
    pick = partial(spread, origin_of=origin_of)

    def found(of: Callable[[Source], Iterable[Candidate]]) -> list[Candidate]:
        candidates = (candidate for source in sources for candidate in of(source))
        return first_prints(weigh(candidates, support, origin_of), documents, origin_of)

    passages = found(from_sentences)
    leads = pick(bottom_lines(sources, passages), PASSAGES, again=again)
    bottom, failed = choose(documents, leads, leads, writer, "bottom_line", BOTTOM_LINES)
    rest = without(passages, bottom[:1], again)
    wanted = min(SUMMARY, max(2, round(SUMMARY_SHARE * len(rest))))
    offered = pick(rest, PASSAGES, again=again)
    summary, failed_too = choose(documents, offered, rest, writer, "summary", wanted)
    printed = [*bottom[:1], *summary]
    worth_checking = found(from_claims)
    claims = pick(worth_checking, CLAIMS, again=again, used=printed)
    more_claims = 0
    if len(claims) == CLAIMS:  # else those that are left repeat what is printed
        firsts = [one for one in worth_checking if origin_of(place(one)[0]) == place(one)[0]]
        more_claims = len(without(firsts, [*printed, *claims], again))

    def is_told(candidate: Candidate) -> bool:
        return any(again(candidate, other) for other in printed)

    held = found(partial(from_positions, is_told=is_told))
    rows = together(one_row_each(held, origin_of, is_told))
    positions = pick(rows, POSITIONS, holder_cost=ROW_COST)
    return Written(
        (
            *to_section(bottom, "bottom_line"),
            *to_section(summary, "summary"),
            *to_section(claims, "claims"),
            *to_section(positions, "positions"),
            *to_section(each_source(passages, again, origin_of), "items"),
        ),
        (*failed, *failed_too),
        beyond({"claims": more_claims, "positions": len(rows) - len(positions)}),
    )


def beyond(counts: Mapping[Section, int]) -> tuple[Beyond, ...]:
    """One entry for each section that has more."""
    return tuple(Beyond(section, count) for section, count in counts.items() if count)


def to_section(candidates: Iterable[Candidate], section: Section) -> list[Draft]:
    """The drafts of `candidates`, meant for `section`."""
    return [replace(candidate.draft, section=section) for candidate in candidates]


def beginnings(text: str) -> frozenset[str]:
    """The first letters of the longer words of `text`: enough to know a word by."""
    words = (word.casefold() for word in LONGER.findall(text))
    return frozenset(word[:BEGINNING] for word in words)


def bottom_lines(sources: Sequence[Source], passages: Sequence[Candidate]) -> list[Candidate]:
    """`passages` scored as bottom lines: what titles announce, of fit length, who, when, how much.

    Those that lean on nothing at all, unless all do.
    """
    titles = [beginnings(source.document.title or "") for source in sources]
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
        text = text_of(source.document, draft.pieces)
        told = beginnings(text)
        # Squared, as one word or two of a title stand in many sentences.
        shares = (
            (len(title & told) / len(title)) ** 2 for title in titles if len(title) >= LEAST_TITLE
        )
        full = min(1.0, words / FULL_WORDS) if draft.score > 0 else 1.0
        score = (
            draft.score * full
            + TITLE_WORTH * max(shares, default=0.0)
            + 0.15 * named
            + 0.1 * any(map(str.isdigit, text))
            - 0.2 * (words > MOST_WORDS)
        )
        score -= 0.1 * (draft.basis == "inferred") + 0.1 * bool(draft.pieces[0].before)
        score -= 0.1 * (len(draft.pieces) > 1) + 0.1 * bool(draft.hedges)
        scored.append(replace(candidate, draft=replace(draft, score=score)))
    firm = [one for one in scored if stands_firm(sources[one.draft.document], one.draft.pieces)]
    return firm or scored


def choose(
    documents: Sequence[Document],
    offered: Sequence[Candidate],
    pool: Sequence[Candidate],
    writer: Writer,
    task: Literal["bottom_line", "summary"],
    wanted: int,
) -> tuple[list[Candidate], tuple[Refusal, ...]]:
    """Have `writer` choose up to `wanted` of what is offered, or reword it; best first.

    Args:
        documents: The sources.
        offered: What the writer is shown.
        pool: What a sentence may rest on for which the writer names nothing.
        writer: Chooses or writes.
        task: What for.
        wanted: How many sentences.

    Returns:
        What was chosen, the sources' own words where the writer wrote nothing that can be used;
        and what it wrote that cannot.

    Raises:
        ModelError: If its reply does not fit the request.
    """
    passages = within_tokens([to_passage(documents, candidate) for candidate in offered], writer)
    if not passages:
        return [], ()
    texts = tuple(document.text[document.body_start :] for document in documents)
    replies = writer.generate([Request(task, tuple(passages), wanted, texts)])
    if len(replies) != 1:
        raise ModelError(f"the writer {writer.name} gave {len(replies)} replies to one request")
    (reply,) = replies
    check_cites(reply, len(passages), writer.name)
    failed = [Refusal(each.reason, each.text, task, 0) for each in reply.faults]
    chosen: list[Candidate] = []
    search: Grounds | None = None
    for sentence in reply.sentences:
        cited = [offered[index] for index in dict.fromkeys(sentence.cites)]
        if sentence.text is None:
            chosen += cited
            continue
        if not cited:
            # The nearest one first: the place and the holder of the sentence are its own.
            search = search or Grounds([passage_text(documents, each) for each in pool])
            found = (search.choose(sentence.text, words) for words in (1, REWORDED_WORDS))
            cited = [pool[index] for index in dict.fromkeys(chain.from_iterable(found))]
        chosen.append(reworded(documents, sentence.text, cited))
    if not chosen:
        chosen = [offered[index] for index in verbatim(Request(task, tuple(passages), wanted))]
    return list(dict.fromkeys(chosen))[:wanted], tuple(failed)


def reworded(documents: Sequence[Document], text: str, cited: Sequence[Candidate]) -> Candidate:
    """What was written of `cited`; where it stands is that of the first one."""
    first, *others = cited
    rests_on = tuple(
        Evidence(each.draft.document, piece.span, documents[each.draft.document][piece.span])
        for each in others
        for piece in each.draft.pieces
    )
    text = " ".join(text.split())
    text += "" if text.endswith(ENDS) else "."
    return replace(first, draft=replace(first.draft, text=text, rests_on=rests_on))


def passage_text(documents: Sequence[Document], candidate: Candidate) -> str:
    """The words of a candidate."""
    return text_of(documents[candidate.draft.document], candidate.draft.pieces)


def to_passage(documents: Sequence[Document], candidate: Candidate) -> Passage:
    """What a writer sees of a candidate."""
    draft = candidate.draft
    document = documents[draft.document]
    holders = draft.holders if draft.holders != (AUTHOR,) else (document.voice,)
    return Passage(
        passage_text(documents, candidate),
        enumerate_names(holders),
        draft.score,
        draft.basis,
        tuple(" ".join(document[span].split()) for span in draft.hedges),
        draft.document,
    )


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


def check_cites(reply: Reply, count: int, name: str) -> None:
    """Refuse a reply that cites what was not in the request.

    Raises:
        ModelError: If it does.
    """
    for index in (index for sentence in reply.sentences for index in sentence.cites):
        if not 0 <= index < count:
            raise ModelError(f"the writer {name} cites passage {index + 1} of {count}")
