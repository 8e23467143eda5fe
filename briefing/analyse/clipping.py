"""Where a span that the tagger found has to stop.

In: a span, the cue that it belongs to, parsed sentences and the document's quotations. Out: what of
the span is left. The tagger reads a text as one run of words, so that its spans may go on from one
paragraph, heading or list item to the next, and from what is said to what the author says of it.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.analyse.attribution import BULLET
from briefing.analyse.syntax import EDGE
from briefing.document import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.analyse.quotations import Quoted


CLOSING = frozenset("”\"»’'")


class Part(NamedTuple):
    """What of a span lies in one sentence, and that sentence as parsed."""

    span: Span
    doc: Any


def sentence_at(docs: tuple[Any, ...], at: int) -> Any | None:
    """The sentence around or before the offset `at`."""
    number = bisect_right(docs, at, key=lambda doc: doc.user_data["start"]) - 1
    return docs[number] if number >= 0 else None


def is_heading(doc: Any) -> bool:
    """Whether a parsed sentence is a heading."""
    return bool(doc.user_data["kind"] == "heading")


def is_title(docs: tuple[Any, ...], at: int) -> bool:
    """Whether the offset `at` lies in a heading; a line that stands above a list may begin it."""
    doc = sentence_at(docs, at)
    return doc is not None and is_heading(doc) and not has_items(docs, doc)


def has_items(docs: tuple[Any, ...], doc: Any) -> bool:
    """Whether the items of a list come after a sentence."""
    after = docs[doc.user_data["index"] + 1 :][:1]
    return bool(after and after[0].user_data["kind"] == "item")


def source_within(docs: tuple[Any, ...], source: Span, cue: Span, quoted: Quoted) -> Span:
    """The naming of a holder in the block of its cue, else in the first that is no heading."""
    found = parts(docs, source)
    found = blocks([one for one in found if not is_heading(one.doc)] or found, quoted)
    here = sentence_at(docs, cue.start)
    beside = [one for one in found if is_beside(one.doc, here)]
    return (beside or found or [Part(source, None)])[0].span


def content_within(
    docs: tuple[Any, ...], content: Span, cue: Span, quoted: Quoted
) -> tuple[Span, ...]:
    """What is held, a span a block, without headings; a quotation of several paragraphs is one.

    What begins or ends in the cue's own sentence goes on beyond it only as a quotation or as the
    list that the sentence begins; what stands elsewhere goes on from block to block.
    """
    found = [one for one in parts(docs, content) if not is_heading(one.doc)]
    here = sentence_at(docs, cue.start)
    own = [one for one in found if one.doc is here]
    if own or (found and is_quoted(found[0].span, quoted)):
        begun = here is not None and begins_list(docs, here)
        found = [
            one
            for one in found
            if one in own
            or is_quoted(one.span, quoted)
            or (begun and one.doc.user_data["kind"] == "item")
        ]
    return tuple(
        one.span if one.span.end == content.end or is_quoted(one.span, quoted) else unstopped(one)
        for one in blocks(found, quoted)
    )


def begins_list(docs: tuple[Any, ...], doc: Any) -> bool:
    """Whether a sentence goes on in the items after it: `We ask that the port` and a list."""
    told = doc.user_data["kind"] != "item" and doc.user_data["text"].rstrip()[-1:] not in ".!?"
    return told and has_items(docs, doc)


def unstopped(part: Part) -> Span:
    """The span of a part that was cut off, without the mark at its end."""
    start = part.doc.user_data["start"]
    words = part.doc.user_data["text"][: part.span.end - start]
    return Span(part.span.start, start + len(words.rstrip(EDGE + ".")))


def parts(docs: tuple[Any, ...], span: Span) -> list[Part]:
    """What of `span` lies in each sentence, without list markers and space at the ends."""
    found = []
    first = bisect_right(docs, span.start, key=lambda doc: doc.user_data["start"]) - 1
    for doc in docs[max(0, first) :]:
        start, text = doc.user_data["start"], doc.user_data["text"]
        if start >= span.end:
            break
        marker = BULLET.match(text) if doc.user_data["kind"] == "item" else None
        begin = max(span.start, start + (marker.end() if marker else 0))
        words = text[begin - start : max(0, span.end - start)]
        left = len(words) - len(words.lstrip())
        if any(letter.isalnum() for letter in words):
            found.append(Part(Span(begin + left, begin + len(words.rstrip())), doc))
    return found


def blocks(found: Sequence[Part], quoted: Quoted) -> list[Part]:
    """`found` with the parts of neighbouring sentences put together, where nothing parts them."""
    result: list[Part] = []
    for one in found:
        last = result[-1] if result else None
        if last is not None and follows(one, last, quoted):
            result[-1] = Part(Span(last.span.start, one.span.end), one.doc)
        else:
            result.append(one)
    return result


def follows(one: Part, last: Part, quoted: Quoted) -> bool:
    """Whether a part goes on with what stands just before it, in one block or one quotation."""
    if one.doc.user_data["index"] != last.doc.user_data["index"] + 1:
        return False
    if is_beside(one.doc, last.doc):
        return True
    # a quotation that goes on in the next paragraph is closed at the end of its last one alone
    text = last.doc.user_data["text"][: last.span.end - last.doc.user_data["start"]]
    is_open = is_quoted(Span(last.span.end - 1, last.span.end), quoted) and text[-1] not in CLOSING
    return is_open and is_quoted(one.span, quoted)


def is_beside(doc: Any, other: Any | None) -> bool:
    """Whether two sentences stand in one block."""
    return other is not None and bool(doc.user_data["block"] == other.user_data["block"])


def is_quoted(span: Span, quoted: Quoted) -> bool:
    """Whether `span` begins within quotation marks."""
    return quoted.within(Span(span.start, span.start + 1)) is not None
