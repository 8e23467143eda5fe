"""Who says, wants or thinks what: attributions by rules over dependency trees.

In: parsed sentences and the document's quotations. Out: `Attribution`s, still in tokens on the
holder's side, so that `actors` can name them. Method: cue words with the complements that they
take (clauses, infinitives, objects, quotations beside them), then the subject as the holder.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing.analyse.cues import (
    Attribution,
    cue_of,
    cue_tokens,
    is_guessed,
    is_negated,
    may_hold,
    naming,
    source_tokens,
)
from briefing.analyse.lexicon import ADJECTIVES
from briefing.analyse.nominal import by_according, by_adjective, by_noun, by_side
from briefing.analyse.syntax import pieces, place, subject
from briefing.analyse.verbal import by_verb
from briefing.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.analyse.quotations import Quoted

BULLET = re.compile(r"(?:[-–—•*·]|\(?(?:\d{1,2}|[a-z])[.)])\s+")


def attributions(docs: tuple[Any, ...], quoted: Quoted) -> tuple[Attribution, ...]:
    """Find the attributions of a document.

    Args:
        docs: Its sentences as parsed by `syntax.parse`.
        quoted: Its quotations, marks included.
    """
    found: list[Attribution] = []
    for index, doc in enumerate(docs):
        found.extend(in_sentence(index, doc, quoted))
    for index, doc in enumerate(docs):
        found.extend(listed(index, doc, docs, quoted))
    return continued(without_doubles(found), docs, quoted)


def in_sentence(index: int, doc: Any, quoted: Quoted) -> Iterator[Attribution]:
    """The attributions of one parsed sentence."""
    for token in doc:
        if token.lower_ == "according":
            yield from by_according(index, token, quoted)
        elif token.pos_ in ("VERB", "AUX"):
            yield from by_verb(index, token, quoted)
            yield from by_side(index, token, quoted)
        elif token.pos_ == "NOUN":
            yield from by_noun(index, token, quoted)
        if token.lower_ in ADJECTIVES and token.dep_ in ("acomp", "oprd", "attr", "ROOT", "conj"):
            yield from by_adjective(index, token, quoted)


def listed(index: int, doc: Any, docs: tuple[Any, ...], quoted: Quoted) -> Iterator[Attribution]:
    """What is held in the items of a list: `The union demands:` and what follows, item by item."""
    words = doc.user_data["text"].rstrip()
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    shows = cue_of(root) if root is not None and words.endswith(":") else None
    if root is None or shows is None:
        return
    holder, passive = subject(root)
    if holder is None or passive or not may_hold(holder, shows, said=False):
        return
    source = source_tokens(holder, root)
    for at in range(index + 1, len(docs)):
        bullet = BULLET.match(docs[at].user_data["text"])
        if bullet is None:
            return
        start = docs[at].user_data["start"]
        item = docs[at].user_data["text"].rstrip(" \n.;,")
        content = Span(start + bullet.end(), start + len(item))
        if content.start < content.end:
            yield Attribution(
                sentence=at,
                head=root,
                holders=tuple(naming(holder)),
                source=pieces(source),
                cue=pieces(cue_tokens(root, ())),
                content=(content,),
                shows=shows,
                negated=is_negated(root),
                guessed=is_guessed(root),
                quoted=quoted.within(content) == content,
                root=True,
            )


def without_doubles(found: list[Attribution]) -> list[Attribution]:
    """Drop an attribution whose cue and content another one has as well."""
    kept: list[Attribution] = []
    for candidate in found:
        if not any(
            other.sentence == candidate.sentence
            and other.content == candidate.content
            and {h.i for h in other.holders} == {h.i for h in candidate.holders}
            for other in kept
        ):
            kept.append(candidate)
    return kept


def continued(
    found: list[Attribution], docs: tuple[Any, ...], quoted: Quoted
) -> tuple[Attribution, ...]:
    """Give a quotation without a cue to the speaker of the one before it in the paragraph.

    `“We will not pay,” said Berg. “It is theft.”`: the second sentence is hers as well.
    """
    ends = {}
    for at, item in enumerate(found):
        doc = docs[item.sentence]
        if item.quoted:
            ends[doc.user_data["start"] + len(doc.user_data["text"])] = at
    claimed = {
        span
        for item in found
        for piece in item.content
        for span in quoted.overlapping(piece)
        if not span.contains(place(item.head))
    }
    result = list(found)
    for span in quoted.spans:
        speaker = next((ends[at] for at in (span.start, span.start - 1) if at in ends), None)
        if speaker is not None and span not in claimed:
            result[speaker] = replace(result[speaker], content=(*result[speaker].content, span))
            ends[span.end] = speaker
    return tuple(result)
