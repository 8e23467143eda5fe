"""Drafts against their documents, before any page is made.

In: drafts and documents. Out: findings, and refusals with their reasons.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.document import Document, Span, cover
from briefing.findings import CUT, Draft, Finding, Piece, Quotation, Refusal
from briefing.marks import stands_quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

# A name replaces a pronoun or a short description; behind more words it would hide a cut.
REPLACED_WORDS = 6
NEGATIONS = frozenset(("no", "not", "never", "nor", "none", "without"))
LETTER_OR_DIGIT = re.compile(r"[^\W_]")
POSSESSIVE = re.compile(r"['’]s?$")
BRACKETED = re.compile(r"\[[^\[\]]*\]")


def verify(
    drafts: Sequence[Draft], documents: tuple[Document, ...]
) -> tuple[tuple[Finding, ...], tuple[Refusal, ...]]:
    """Let drafts pass that their document carries, and refuse the others.

    Refused is a draft that names no holder; whose pieces lie outside the text, are empty, part a
    word, overlap, stand out of order or leave words out unseen; which is called the holder's own
    words where the source has no quotation marks around them; which leaves a hedge out; or which
    inserts anything but a name of its document.

    Returns:
        Findings and refusals, each in the drafts' order; every draft is in one of the two.
    """
    findings: list[Finding] = []
    refusals: list[Refusal] = []
    for draft in drafts:
        reason = _fault(draft, documents)
        if reason:
            printed = _printed(draft, documents)
            refusals.append(Refusal(reason, printed, draft.section, draft.document))
        else:
            quotation = Quotation(documents, draft.document, draft.pieces)
            findings.append(Finding(draft, (*quotation.evidence, *draft.rests_on)))
    return tuple(findings), tuple(refusals)


def verify_pairs(
    pairs: Sequence[tuple[Draft, Draft]], documents: tuple[Document, ...]
) -> tuple[tuple[tuple[Finding, Finding] | None, ...], tuple[Refusal, ...]]:
    """Let pairs of drafts pass of which both sides would; neither is shown without the other.

    Returns:
        The two findings of each pair, or None where a side was refused; and the refusals.
    """
    found: list[tuple[Finding, Finding] | None] = []
    refusals: list[Refusal] = []
    for pair in pairs:
        passed, refused = verify(pair, documents)
        found.append((passed[0], passed[1]) if not refused else None)
        refusals += refused
    return tuple(found), tuple(refusals)


def _printed(draft: Draft, documents: tuple[Document, ...]) -> str:
    """What a refused draft would have shown; without quotation marks, for it may be wrong."""
    if not 0 <= draft.document < len(documents):
        return ""
    text = documents[draft.document].text
    texts: list[str] = []
    for piece in draft.pieces:
        texts += [f"[{piece.before}]"] if piece.before else []
        texts += text[max(piece.span.start, 0) : max(piece.span.end, 0)].split()
    return " ".join(texts)


def _fault(draft: Draft, documents: tuple[Document, ...]) -> str:
    """Why `draft` cannot be printed; empty where it can."""
    if not 0 <= draft.document < len(documents):
        return f"rests on document {draft.document}, which does not exist"
    document = documents[draft.document]
    if not any(holder.strip() for holder in draft.holders):
        return "names no holder"
    return (
        _piece_fault(draft.pieces, document.text)
        or _gap_fault(draft.pieces, document.text)
        or _insertion_fault(draft.pieces, document)
        or _hedge_fault(draft, document)
        or _quotation_fault(draft, document.text)
    )


def _piece_fault(pieces: tuple[Piece, ...], text: str) -> str:
    if not pieces:
        return "prints no words of its source"
    for start, end in (piece.span for piece in pieces):
        if not 0 <= start < end <= len(text):
            return f"span {start}–{end} is empty or outside the text"
        if not LETTER_OR_DIGIT.search(BRACKETED.sub("", text[start:end])):
            return f"span {start}–{end} holds no word"
        if _parts_word(text, start) or _parts_word(text, end):
            return f"span {start}–{end} parts a word"
    return ""


def _parts_word(text: str, offset: int) -> bool:
    """Whether a cut at `offset` falls within a word or between a letter and its accent."""
    if not 0 < offset < len(text):
        return False
    return joined(text[offset - 1], text[offset]) or unicodedata.combining(text[offset]) > 0


def joined(one: str, two: str) -> bool:
    """Whether two neighbouring characters belong to one word.

    Scripts without capitals are left out: some write without spaces.
    """
    return all(c.isdigit() or c.islower() or c.isupper() for c in (one, two))


def _gap_fault(pieces: tuple[Piece, ...], text: str) -> str:
    for one, two in pairwise(pieces):
        if two.span.start < one.span.end:
            return "pieces overlap or are out of order"
        gap = text[one.span.end : two.span.start].split()
        if gap and not two.before:
            return "leaves words out without a mark"
        if two.before not in ("", CUT) and len(gap) > REPLACED_WORDS:
            return f"puts “{two.before}” for more than {REPLACED_WORDS} words"
    return ""


def _insertion_fault(pieces: tuple[Piece, ...], document: Document) -> str:
    insertions = {piece.before for piece in pieces} - {"", CUT}
    if not insertions:
        return ""
    place = " ".join("\n".join((document.text, *document.authors)).split())
    for insertion in sorted(insertions):
        words = insertion.split()
        named = any(word[:1].isupper() or word.lower() == word.upper() for word in words)
        negated = any(word.lower() in NEGATIONS for word in words)
        if not named or negated or BRACKETED.search(insertion) or not _stands(insertion, place):
            return f"inserts “{insertion}”, which is no name in its document"
    return ""


def _stands(name: str, place: str) -> bool:
    """Whether `name` stands in `place` as whole words; its possessive ending is ours to add."""
    forms = {" ".join(name.split()), POSSESSIVE.sub("", " ".join(name.split()))}
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", place) for form in forms if form)


def _hedge_fault(draft: Draft, document: Document) -> str:
    spans = [piece.span for piece in draft.pieces]
    for hedge in draft.hedges:
        if hedge.overlaps(cover(spans)) and not any(span.contains(hedge) for span in spans):
            return f"hedge dropped: “{document[hedge]}”"
    return ""


def _quotation_fault(draft: Draft, text: str) -> str:
    if not draft.quoted:
        return ""
    for piece in draft.pieces:
        if not _is_quoted(text, piece.span):
            return f"not inside quotation marks in the source: “{text[slice(*piece.span)]}”"
    return ""


def _is_quoted(text: str, span: Span) -> bool:
    """Whether the source has quotation marks around the words of `span`, in one paragraph."""
    first = LETTER_OR_DIGIT.search(text, *span)
    if first is None:
        return False
    last = span.end - 1
    while not LETTER_OR_DIGIT.match(text, last):
        last -= 1
    return stands_quoted(text, first.start(), last + 1)
