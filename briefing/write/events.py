"""Sentences that tell of dated events in, the words in which each is printed out.

An event is printed with the words that name its date, in the name of whoever tells of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from briefing.write.candidates import ascribed
from briefing.write.source import Source, is_apart, is_running, read_all
from briefing.write.wording import word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.document import Document, Span
    from briefing.findings import Draft, Reading


class Dating(NamedTuple):
    """A document, the index of a sentence in its reading, and the words there that name a date."""

    document: int
    sentence: int
    span: Span


def word_events(
    documents: Sequence[Document], readings: Sequence[Reading], events: Sequence[Dating]
) -> tuple[Draft | None, ...]:
    """Word each event as a draft of the section `timeline`.

    Args:
        documents: The sources.
        readings: One a document.
        events: In any order.

    Returns:
        As many, in their order; None where a sentence cannot be printed alone, in its holder's
        name and with its date.
    """
    sources = read_all(documents, readings)
    return tuple(word_event(sources[event.document], event) for event in events)


def printable(
    documents: Sequence[Document], readings: Sequence[Reading]
) -> Callable[[int, int, Span], bool]:
    """What tells whether an event can be worded, by its document, sentence and date's words."""
    sources = read_all(documents, readings)

    def can_be_worded(document: int, sentence: int, span: Span) -> bool:
        return word_event(sources[document], Dating(document, sentence, span)) is not None

    return can_be_worded


def word_event(source: Source, event: Dating) -> Draft | None:
    """Word the sentence of an event; see `word_events`."""
    index = event.sentence
    if not is_running(source, index) or is_apart(source, index):
        return None
    for statement in (*ascribed(source, index), None):
        draft = word(source, index, statement)
        if draft is not None and any(piece.span.contains(event.span) for piece in draft.pieces):
            return replace(draft, section="timeline")
    return None
