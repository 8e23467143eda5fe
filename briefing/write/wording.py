"""Statements to pieces: which words of the source are printed, and whether they can be read alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Document, Span, cover
from briefing.findings import Draft, Piece, Statement
from briefing.marks import DOUBLE_MARK
from briefing.write.holding import (
    ascribing,
    is_own_words,
    is_whole,
    keeps_attribution,
    tells_saying,
)
from briefing.write.marks import unwrapped, wrapped
from briefing.write.pieces import (
    LONGEST,
    count_words,
    goes_on,
    is_turned,
    length_words,
    shorten,
    text_of,
    to_pieces,
)
from briefing.write.pronouns import resolved
from briefing.write.source import (
    SHORTEST,
    Source,
    is_authors_voice,
    is_turn,
    own_hedges,
    sentence_at,
)
from briefing.write.standing import (
    ends_open,
    is_addressed,
    is_clause,
    is_subordinate,
    is_whole_phrase,
    main_words,
    stands_alone,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

INFERRED_COST = 0.05
SHORTEST_ANSWER = 4
"""Words of an answer that stands beside what it answers."""
LONGER_QUOTATION = 4
"""Words from which on a quotation is more than a term."""
CLAUSE_STARTS = re.compile(r"(?:^|[;:.!?—–]|,? (?:and|but|so|yet))\s*[”’\"]?\s*$")
"""What stands before a clause that can do without the words in front of it."""
BREAK = re.compile(r"\n\s*\n")
SUBJOINED = re.compile(
    r"\b(?:if|unless|not|never|whether|although|though|provided|n[’']t)\b", re.IGNORECASE
)


def word(
    source: Source,
    index: int,
    statement: Statement | None,
    *,
    only: Span | None = None,
    score: float | None = None,
    answers: bool = False,
) -> Draft | None:
    """Word what a statement holds, or the sentence in its author's voice where there is none.

    What is reported prints its content, or the first sentence of a long quotation. What is
    inferred prints the whole sentence, since the words that carry the inference stand around
    the content, and only where it is about the holder as a whole.

    Args:
        source: Where it stands.
        index: Of the sentence.
        statement: What is reported or inferred; None for the author's voice.
        only: Print no more than this, where that can be done.
        score: In place of the sentence's.
        answers: It is printed beside what it answers, to which `such` may point.

    Returns:
        None where the words would not say what their holder says.
    """
    for spans in attempts(source, index, statement, only):
        own = statement is None or not (statement.quoted or is_own_words(source, statement, spans))
        hedges = statement.hedges if statement is not None else own_hedges(source, index)
        pieces = printable(
            source,
            index,
            spans,
            hedges,
            own=own,
            statement=statement,
            least_words=SHORTEST_ANSWER if answers else SHORTEST,
            answers=answers,
        )
        reported = statement is not None and statement.basis == "reported"
        turn = statement is not None and is_turn(statement, source.reading.sentences[index].span)
        if reported and own and not turn and not reads_as_clause(source, statement, pieces):
            continue
        if not own and is_scrap(source.document, pieces):
            continue
        if pieces:
            quoted = (
                statement is not None
                and reported
                and is_own_words(source, statement, [piece.span for piece in pieces])
            )
            value = source.scores[index] if score is None else score
            return to_draft(source, pieces, statement, quoted=quoted, score=value)
    return None


def attempts(
    source: Source, index: int, statement: Statement | None, only: Span | None
) -> list[list[Span]]:
    """What could be printed of `statement` or of the author's sentence, the best first."""
    whole = source.reading.sentences[index].span
    if statement is not None and statement.basis == "reported":
        content = sorted(statement.content)
        found = [content]
        if only is not None and can_begin(source.document, content[0], only):
            found.insert(0, clipped(content, only))
        if statement.quoted or unwrapped(source.document, content[0]) != content[0]:
            at = sentence_at(source.reading, content[0].start)
            end = source.reading.sentences[index if at is None else at].span.end
            if end < content[-1].end:
                found.append(clipped(content, Span(content[0].start, end)))
        return found
    if not is_authors_voice(source, index):
        return []
    if statement is not None:
        return [[whole]] if is_whole(source, index, statement, None) else []
    if only is not None and can_begin(source.document, whole, only):
        return [[only], [whole]]
    return [[whole]]


def can_begin(document: Document, whole: Span, part: Span) -> bool:
    """Whether `part` of `whole` can be printed without what stands before it there.

    A clause that another one embeds (`they must show that it works`) cannot.
    """
    before = document.text[whole.start : part.start] if part.start > whole.start else ""
    return CLAUSE_STARTS.search(before) is not None and not SUBJOINED.search(before)


def reads_as_clause(source: Source, statement: Statement | None, pieces: Sequence[Piece]) -> bool:
    """Whether what is reported is a sentence of its own, by its verb or by where it stands."""
    text = text_of(source.document, pieces)
    if is_clause(text) or statement is None or not pieces:
        return bool(pieces)
    first = min(statement.content)
    leads = all(span.start > first.start for span in ascribing(statement))
    starts = first.start == source.reading.sentences[statement.sentence].span.start
    joined = re.match(r"that\s", source.document[first]) is not None
    return not is_subordinate(text) and (joined or (leads and starts))


def clipped(spans: Sequence[Span], only: Span | None) -> list[Span]:
    """The parts of `spans` that lie within `only`."""
    if only is None:
        return list(spans)
    return [
        Span(max(span.start, only.start), min(span.end, only.end))
        for span in spans
        if span.overlaps(only)
    ]


def is_scrap(document: Document, pieces: Sequence[Piece]) -> bool:
    """Whether quoted words begin within a sentence and are none themselves, as verbs show it."""
    text = text_of(document, pieces)
    return text[:1].islower() and not is_clause(text)


def printable(
    source: Source,
    index: int,
    spans: Sequence[Span],
    hedges: Sequence[Span],
    *,
    own: bool,
    statement: Statement | None = None,
    least_words: int = SHORTEST,
    limit_words: int = LONGEST,
    answers: bool = False,
) -> tuple[Piece, ...]:
    """Pieces that print `spans` as words of `statement` and can be read alone; none if there is no way.

    They are worked out once for a source, as several sections ask for the same words.
    """
    words = (tuple(spans), tuple(hedges))
    key = (index, *words, own, statement, least_words, limit_words, answers)
    if key not in source.printed:
        source.printed[key] = to_print(
            source,
            index,
            spans,
            hedges,
            own=own,
            statement=statement,
            least_words=least_words,
            limit_words=limit_words,
            answers=answers,
        )
    return source.printed[key]


def to_print(
    source: Source,
    index: int,
    spans: Sequence[Span],
    hedges: Sequence[Span],
    *,
    own: bool,
    statement: Statement | None,
    least_words: int,
    limit_words: int,
    answers: bool,
) -> tuple[Piece, ...]:
    """See `printable`.

    One span of more than `limit_words` words is shortened where that does no harm. Where the
    sentence goes on, the last piece says so; where it goes on to turn the sense, nothing is
    printed.
    """
    document, reading = source.document, source.reading
    if not spans:
        return ()
    first, *rest = sorted(spans)
    if not rest:
        first = unwrapped(document, wrapped(document, first))
    first = main_words(document, without_that(document, first), hedges)
    insertion = resolved(document, reading, index, first)
    if insertion is not None:
        first = insertion.span
    kept = (first, *rest)
    if not rest:
        kept = shorten(document, first, hedges, limit_words=limit_words) or shorten(
            document, first, hedges
        )
    if not kept:
        return ()
    hedges = [hedge for hedge in hedges if hedge.start < kept[-1].end or rest]
    within = cover([*kept, reading.sentences[index].span]) if insertion is None else first
    pieces = to_pieces(document, kept, within)
    if not pieces:
        return ()
    if insertion is not None:
        pieces = (Piece(pieces[0].span, insertion.before), *pieces[1:])
    pieces = with_cut(source, pieces, statement)
    fit = pieces and is_fit(
        source, pieces, hedges, own=own, least_words=least_words, answers=answers
    )
    return pieces if fit and keeps_attribution(source, pieces, statement) else ()


def with_cut(
    source: Source, pieces: tuple[Piece, ...], statement: Statement | None
) -> tuple[Piece, ...]:
    """`pieces` with a visible cut at the end where the sentence goes on; none if it then turns."""
    *others, last = pieces
    document = source.document
    at = sentence_at(source.reading, last.span.end - 1)
    if at is None:
        return pieces
    end = source.reading.sentences[at].span.end
    named = [span for span in ascribing(statement) if span.start >= last.span.end]
    left = goes_on(document, last.span.end, end, named)
    told = max((span.end for span in named if span.end <= end), default=end)
    if is_turned(document, last.span.end, end if left else last.span.end):
        return ()
    if told < end and is_turned(document, told, end):
        return ()
    # What stands between marks after the speaker is named: the quotation goes on there.
    resumed = DOUBLE_MARK.split(document.text[min(told, end) : end], maxsplit=2)[1:2]
    cut = bool(left) or any(count_words(words) >= LONGER_QUOTATION for words in resumed)
    return (*others, Piece(last.span, last.before, cut_after=cut))


def is_fit(
    source: Source,
    pieces: Sequence[Piece],
    hedges: Sequence[Span],
    *,
    own: bool,
    least_words: int,
    answers: bool,
) -> bool:
    """Whether `pieces` have a fit length, keep every hedge and need nothing from around them."""
    document = source.document
    if not least_words <= length_words(document, pieces) <= LONGEST:
        return False
    if not all(any(piece.span.contains(hedge) for piece in pieces) for hedge in hedges):
        return False
    if own and any(
        is_addressed(document, piece.span, named=source.is_signed(piece.span)) for piece in pieces
    ):
        return False
    if text_of(document, pieces).rstrip("”\"’') ").endswith("?"):
        return False
    if not all(is_whole_phrase(document, piece) for piece in pieces):
        return False
    if ends_open(document, pieces[-1]):
        return False
    span = pieces[0].span
    return stands_alone(
        document, pieces[0], source.actors(span), source.statements(span), answers=answers
    )


def stands_firm(source: Source, pieces: Sequence[Piece]) -> bool:
    """Whether what `pieces` print is one paragraph's and stands for itself, as a bottom line does."""
    span = pieces[0].span
    if BREAK.search(source.document[span]):
        return False
    actors, statements = source.actors(span), source.statements(span)
    return stands_alone(source.document, pieces[0], actors, statements, strictly=True)


def without_that(document: Document, span: Span) -> Span:
    """`span` without the `that` that joins it to its verb, unless it is one of a row of them."""
    words = document[span]
    if re.match(r"that\s", words) and not re.search(r"(?:,|and|or|but) that\b", words):
        return Span(span.start + 5, span.end)
    return span


def printed_hedges(source: Source, pieces: Sequence[Piece]) -> tuple[Span, ...]:
    """Hedges among the printed words, in order, each once."""
    hedges = {
        hedge
        for piece in pieces
        for statement in source.statements(piece.span)
        for hedge in statement.hedges
        if piece.span.contains(hedge)
    }
    return tuple(sorted(hedges))


def passes_on(source: Source, pieces: Sequence[Piece]) -> bool:
    """Whether the author's sentence says no more than what somebody else says or does."""
    span = pieces[0].span
    inside = [one for one in source.statements(span) if one.cue and one.cue[0].overlaps(span)]
    if any(tells_saying(source, one) for one in inside):
        return True
    own = any(
        one.basis == "asserted" and one.content[0].overlaps(span)
        for one in source.statements(span)
    )
    return not own and any(one.basis == "reported" for one in inside)


def to_draft(
    source: Source,
    pieces: tuple[Piece, ...],
    statement: Statement | None,
    *,
    quoted: bool,
    score: float,
) -> Draft:
    """A draft for the summary, with the attribution of `statement` or in the author's voice."""
    hedges = printed_hedges(source, pieces)
    if statement is None:
        return Draft(
            "summary",
            source.number,
            pieces,
            source.authors,
            via=(),
            basis="reported" if passes_on(source, pieces) else "asserted",
            quoted=False,
            stance="states",
            hedges=hedges,
            score=score,
        )
    return Draft(
        "summary",
        source.number,
        pieces,
        statement.holders,
        statement.via,
        statement.basis,
        quoted,
        statement.stance,
        hedges,
        score=score - (INFERRED_COST if statement.basis == "inferred" else 0.0),
        issue=statement.issue,
    )
