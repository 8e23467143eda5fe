"""Whose words a stretch of text is: who can be named as a holder, and what must stay together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Document, Span, cover
from briefing.findings import AUTHOR, Piece, Statement
from briefing.marks import DOUBLE_MARK
from briefing.quantities.units import is_plural
from briefing.write.antecedents import FINITE
from briefing.write.marks import around, has_words, unwrapped
from briefing.write.pieces import count_words
from briefing.write.standing import is_placeholder, main_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.write.source import Source

NAME_WORD = re.compile(r"[^\W\d_][\w.-]+")
OWNER = re.compile(r"\w[’'](?:s\s|\s)")
MID_SENTENCE = r"(?<=[\w,;:—–-] )"
SPEECH = frozenset({"states", "believes", "expects", "warns"})
"""Stances whose content alone says what the holder says; without its cue `denies` would lie."""
FRONT = re.compile(
    r"(?:(?!\w+(?:ed|ing)\b)[^\W\d]\w*(?: [^\s,;:—]+){0,5}, )?(?:(?i:the|an?|this) )?"
    r"(?:[A-Z][\w.]+ ){0,3}"
)
"""What may stand before the holder in the main clause: one short phrase, articles and titles."""
JOINED = re.compile(
    r"\b(?:and|but|or|nor|yet|while|though|although|whereas|which|who|because|if|unless)\b",
    re.IGNORECASE,
)
OWN_CLAUSE = re.compile(r"[,;:]\s*(?:(?:and|but|so|yet)\s+)?(?:I|we)\b")
"""What an author adds to a report: `the minutes say otherwise, and we …`."""
COORDINATED = re.compile(r"\b(?:and|but|or|nor|yet)\b", re.IGNORECASE)
LONGEST_END = 8
"""Words after a statement that may belong to its main clause: when and where it was made."""


def is_proper(source: Source, name: str) -> bool:
    """Whether `name` identifies somebody: it is no pronoun and no bare common noun.

    A capital shows a name, but not that of a first word which opens its sentence: that counts
    if the text has it elsewhere too, or the reading takes it for a name. An owner identifies
    (`union’s secretary`).
    """
    document = source.document
    if name == AUTHOR or name in document.authors or name == document.publisher:
        return True
    words = NAME_WORD.findall(name)
    if not words or is_placeholder(name):
        return False
    if OWNER.search(name):
        return not is_placeholder(name.split()[0])
    capitals = [word for word in words if word[0].isupper()]
    if not capitals or capitals != words[:1]:
        return bool(capitals)
    word = re.escape(words[0])
    if re.search(rf"{MID_SENTENCE}{word}\b", document.text):
        return True
    if re.search(rf"\b{re.escape(words[0].lower())}\b", document.text):
        return False
    kinds = {a.kind for a in source.reading.actors if words[0] in NAME_WORD.findall(a.name)}
    # Plurals are easily taken for organisations where they open a sentence.
    return bool(kinds - {"organisation"} if words[0].endswith("s") else kinds)


def is_nameable(source: Source, statement: Statement) -> bool:
    """Whether the holder of `statement`, and all through whom it came, can stand in a lead."""
    names = (*statement.holders, *statement.via)
    return statement.resolved and all(is_proper(source, name) for name in names)


def is_act(statement: Statement) -> bool:
    """Whether what is reported is something done, or is understood only with its verb."""
    spoken = statement.stance in SPEECH or statement.quoted
    return statement.basis == "reported" and not spoken


def ascribing(statement: Statement | None) -> tuple[Span, ...]:
    """Where a statement's holder is named, and the words that attribute; none for the author's."""
    return (*statement.source, *statement.cue) if statement is not None else ()


def is_own_words(source: Source, statement: Statement, spans: Sequence[Span]) -> bool:
    """Whether all of `spans` stand between quotation marks that are the holder's own.

    Marks that hold the naming of the holder too are somebody else's.
    """
    wrapped = all(unwrapped(source.document, span) != span for span in statement.content)
    named = ascribing(statement)
    if not (statement.quoted or wrapped or named):
        return False
    pairs = [around(source.document, unwrapped(source.document, span)) for span in spans]
    return all(
        pair is not None
        and not any(pair.start < span.start and span.end < pair.end for span in named)
        for pair in pairs
    )


def keeps_attribution(
    source: Source, pieces: Sequence[Piece], statement: Statement | None
) -> bool:
    """Whether `pieces`, as words of `statement`, print what others say only with their naming.

    Also whether they print no words that attribute without any of what is attributed.
    """
    spans = [piece.span for piece in pieces]
    for other in source.statements(cover(spans)):
        if other.basis == "asserted":
            continue
        content = printed_part(source.document, other.content, spans)
        if not content and any(held(span, spans) for span in other.cue):
            return False
        if other == statement or (statement is not None and not is_within(other, statement)):
            continue
        near = [
            span
            for span in ascribing(other)
            if source.reading.sentences[other.sentence].span.contains(span)
        ]
        if content and not all(held(span, spans) for span in near):
            return False
    return True


def is_within(inner: Statement, outer: Statement) -> bool:
    """Whether `inner` is made within what `outer` holds."""
    named = ascribing(inner)
    content = cover(outer.content)
    return bool(named) and all(content.contains(span) for span in named)


def printed_part(document: Document, content: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Whether a word of `content` lies in one of `spans`."""
    return any(
        has_words(document, Span(max(one.start, two.start), min(one.end, two.end)))
        for one in content
        for two in spans
        if one.overlaps(two)
    )


def held(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of `spans` holds `span`."""
    return any(other.contains(span) for other in spans)


def is_whole(source: Source, index: int, statement: Statement, mention: Span | None) -> bool:
    """Whether the sentence `index` as a whole shows what the holder of `statement` does.

    So it is where the holder is the subject of its main clause: no more than a short phrase
    stands before, no other is reported beside, and no other clause is joined to it.

    Args:
        source: Where it stands.
        index: Of the sentence.
        statement: With its holder, cue and content.
        mention: Where the holder is named, if not where the statement has it.
    """
    document = source.document
    sentence = main_words(document, source.reading.sentences[index].span, ())
    named = [mention] if mention is not None else list(statement.source[:1])
    if not named or not sentence.contains(named[0]):
        return False
    front = document.text[sentence.start : named[0].start]
    if not FRONT.fullmatch(front) or FINITE.search(front):
        return False
    cue = min((span.start for span in statement.cue), default=named[0].end)
    if others_beside(source, index, statement):
        return False
    if COORDINATED.search(document.text, named[0].end, max(cue, named[0].end)):
        return False
    clause = cover([*named, *ascribing(statement), *statement.content])
    end = document.text[clause.end : sentence.end]
    joined = JOINED.search(end) or FINITE.search(end)
    return joined is None and count_words(end) <= LONGEST_END


def tells_saying(source: Source, statement: Statement) -> bool:
    """Whether the main clause of a sentence does nothing but report what another says.

    What is said is a clause or between marks: `the diary shows two meetings` reports nobody.
    """
    document, index = source.document, statement.sentence
    sentence = source.reading.sentences[index].span
    mention = document[statement.source[0]] if statement.source else ""
    if statement.basis != "reported" or is_act(statement) or not mention:
        return False
    if {*source.authors, document.publisher} & set(statement.holders) or is_placeholder(mention):
        return False
    # A bare singular that is no name is no speaker: `experience shows`.
    bare = len(mention.split()) == 1 and not is_plural(mention)
    if bare and not all(is_proper(source, name) for name in statement.holders):
        return False
    said = cover(statement.content)
    if not sentence.contains(said) or not is_whole(source, index, statement, None):
        return False
    words = document[said]
    if OWN_CLAUSE.search(words) and not statement.quoted:
        return False
    clause = words.startswith("that ") or FINITE.search(words)
    return bool(statement.quoted or clause or DOUBLE_MARK.search(words))


def others_beside(source: Source, index: int, statement: Statement) -> bool:
    """Whether the sentence reports another, outside what `statement` holds."""
    sentence = source.reading.sentences[index].span
    return any(
        other.basis != "asserted"
        and other.holders != statement.holders
        and any(sentence.contains(span) for span in ascribing(other))
        and not is_within(other, statement)
        for other in source.statements_by[index]
    )
