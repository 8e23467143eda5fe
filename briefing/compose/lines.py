"""One finding in, the line that is printed of it out: who says it, in whose words, on what basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.brief import Line
from briefing.document import Document, enumerate_names, owning
from briefing.findings import AUTHOR, Draft, Finding, Quotation

if TYPE_CHECKING:
    from collections.abc import Sequence


def to_line(finding: Finding, name: str, documents: tuple[Document, ...]) -> Line:
    """Word one finding as a line with the id `name`."""
    draft = finding.draft
    document = documents[draft.document]
    cited = {draft.document, *(evidence.document for evidence in finding.evidence)}
    voice = voice_of(documents, draft.document)
    return Line(
        id=name,
        lead=lead(draft, document, voice),
        quotation=Quotation(documents, draft.document, draft.pieces),
        holder=capitalised(holder(draft, voice)),
        actor=capitalised(voice if draft.actor == AUTHOR else draft.actor),
        stance=draft.stance,
        stance_label=stance_label(draft),
        basis=draft.basis,
        basis_label=basis_label(draft, document),
        hedges=tuple(dict.fromkeys(" ".join(document[span].split()) for span in draft.hedges)),
        sources=tuple(sorted(number + 1 for number in cited)),
        origins=finding.origins,
        text=draft.text,
    )


def stance_label(draft: Draft) -> str:
    """The stance for print, with what weakens it: `supports (conditionally)`."""
    marks = ["formerly"] * draft.past + ["conditionally"] * draft.conditional
    label = "says" if draft.stance == "states" else draft.stance
    return f"{label} ({', '.join(marks)})" if marks else label


def voice_of(documents: Sequence[Document], number: int) -> str:
    """Whose the sentences of one of `documents` are, within a sentence.

    The author or publisher; a text without one is called by its number in the list of sources,
    since a title or a file's name says nothing.
    """
    document = documents[number]
    if is_signed(document):
        return document.voice
    return "the text" if len(documents) == 1 else f"source {number + 1}"


def is_signed(document: Document) -> bool:
    """Whether the source says whose it is."""
    return bool(document.authors or document.publisher)


def is_own(draft: Draft, document: Document) -> bool:
    """Whether the statement is that of the document's own voice."""
    own = {AUTHOR, document.voice, *document.authors}
    if document.publisher:
        own.add(document.publisher)
    return not draft.via and set(draft.holders) <= own


def holder(draft: Draft, voice: str) -> str:
    """Whose statement it is, within a sentence; `voice` is that of its document."""
    names = tuple(voice if name == AUTHOR else name for name in draft.holders)
    return enumerate_names(names) or voice


def lead(draft: Draft, document: Document, voice: str) -> str:
    """Who says it and in whose words, to stand before a colon; without a verb if reworded."""
    return capitalised(attribution(draft, document, voice))


def capitalised(name: str) -> str:
    """`name` as a sentence or a table's cell begins: `The dockers`, `Source 2`."""
    return name[:1].upper() + name[1:] if name.startswith(("the ", "source ")) else name


def attribution(draft: Draft, document: Document, voice: str) -> str:
    """The words of `lead`, beginning as the name does."""
    name = holder(draft, voice)
    if is_own(draft, document):
        if draft.text:
            return name
        plural = len(draft.holders) > 1 or (
            draft.holders == (AUTHOR,) and len(document.authors) > 1
        )
        verb = "write" if is_signed(document) and draft.basis == "asserted" else "say"
        if passes_on(draft):
            verb = "report"
        return f"{name} {verb}{'' if plural else 's'}"
    words = in_words_of(document, voice)
    if draft.basis == "inferred":
        return f"{draft.via[-1]} on {name}, {words}" if draft.via else f"{voice} on {name}"
    if draft.quoted:
        if draft.via:
            return f"{name}, as quoted by {chain(draft.via)} {in_text_of(document, voice)}"
        return f"{name}, as quoted {'by' if is_signed(document) else 'in'} {voice}"
    if draft.via:
        return f"{name}, according to {chain(draft.via)}, {words}"
    return f"{name}, {words}"


def passes_on(draft: Draft) -> bool:
    """Whether the author only tells what others say or do, though in the author's own sentence."""
    return draft.basis == "reported" and not draft.quoted


def chain(via: Sequence[str]) -> str:
    """Those through whom a statement came, the one next to its holder first."""
    return ", cited by ".join(reversed(via))


def in_words_of(document: Document, voice: str) -> str:
    """`in Orla Finch’s words`, or `in the words of the text` where nobody is named."""
    return f"in {owning(voice)} words" if is_signed(document) else f"in the words of {voice}"


def in_text_of(document: Document, voice: str) -> str:
    """`in Orla Finch’s text`, or `in source 2`."""
    return f"in {owning(voice)} text" if is_signed(document) else f"in {voice}"


def basis_label(draft: Draft, document: Document) -> str:
    """On what the statement rests, in one word or two; the lead says through whom."""
    # What was reworded is nobody's own words any more.
    if is_own(draft, document):
        return "reported" if passes_on(draft) else "asserted" if draft.text else "own words"
    quoted = draft.quoted and not draft.text
    said = "inferred" if draft.basis == "inferred" else "quoted" if quoted else "reported"
    return f"{said}, second-hand" if draft.via else said
