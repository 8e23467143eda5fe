"""Documents and names in, out of them how those who speak are called in print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.document import Document, enumerate_names
from briefing.findings import AUTHOR, Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.wording import Wording


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose the sentences of one document are.

    Attributes:
        kind: An author or publisher; else the only text, or one of several sources, since a
            title or a file's name says nothing.
        name: How the voice is called within a sentence.
        number: Of the document in the list of sources.
        people: How many authors that are; 1 for all others.
    """

    kind: Literal["signed", "text", "source"]
    name: str
    number: int
    people: int = 1


def voice_of(documents: Sequence[Document], number: int, wording: Wording) -> Voice:
    """Whose the sentences of `documents[number]` are."""
    document = documents[number]
    if document.authors or document.publisher:
        people = max(1, len(document.authors))
        return Voice("signed", called(document, wording), number + 1, people)
    if len(documents) == 1:
        return Voice("text", wording.pgettext("holder", "the text"), 1)
    name = wording.fill(wording.pgettext("holder", "source %(number)s"), number=number + 1)
    return Voice("source", name, number + 1)


def called(document: Document, wording: Wording) -> str:
    """`document.voice` in the language of the brief."""
    return wording.names(document.authors) if document.authors else document.voice


def holder(draft: Draft, voice: Voice, wording: Wording) -> str:
    """Whose statement it is, within a sentence; `voice` is that of its document."""
    names = tuple(voice.name if name == AUTHOR else name for name in draft.holders)
    return wording.names(names) or voice.name


def actor(draft: Draft, voice: Voice, wording: Wording) -> str:
    """The actor alone; several who hold a position together have one name between them."""
    if draft.actor == AUTHOR:
        return voice.name
    together = len(draft.holders) > 1 and draft.actor == enumerate_names(draft.holders)
    return wording.names(draft.holders) if together else draft.actor


def is_own(draft: Draft, document: Document) -> bool:
    """Whether the statement is that of the document's own voice."""
    own = {AUTHOR, document.voice, *document.authors}
    if document.publisher:
        own.add(document.publisher)
    return not draft.via and set(draft.holders) <= own


def capitalised(name: str, wording: Wording) -> str:
    """`name` as a sentence or a table's cell begins: `The dockers`, `Source 2`."""
    ours = (
        wording.pgettext("holder", "the text"),
        wording.pgettext("holder", "source %(number)s").partition("%")[0],
    )
    # Names begin as they are written; `the` and what we call a text ourselves do not.
    if name.startswith(("the ", *filter(None, ours))):
        return name[:1].upper() + name[1:]
    return name
