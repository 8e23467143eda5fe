"""What the sources leave open in, one neutral sentence for each out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document import Document, enumerate_names
from briefing.findings import Evidence, Piece, Quotation, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence


def wording(unknown: Unknown, documents: tuple[Document, ...]) -> str:
    """One sentence that says what is not known."""
    if unknown.kind == "single_source":
        return "All statements rest on one source; nothing here is corroborated."
    if unknown.counts is not None:
        alone, claims = unknown.counts
        return f"No second independent source was found for {alone} of {claims} key claims."
    if unknown.kind == "undated":
        return undated(unknown.documents, documents)
    if unknown.kind == "never_quoted":
        *others, last = unknown.names
        names = f"{', '.join(others)} or {last}" if others else last
        return f"No source quotes a statement of {names} in their own words."
    words = quoted(unknown.evidence[0], documents)
    sources = listed(unknown.documents)
    if unknown.kind == "said_open":
        if unknown.names:
            return f"Open according to {enumerate_names(unknown.names)} ({sources}): {words}"
        return f"Open according to {sources}: {words}"
    if unknown.names:
        return f"Asked by {enumerate_names(unknown.names)} ({sources}): {words}"
    verb = "asks" if len(unknown.documents) == 1 else "ask"
    return f"{sources.capitalize()} {verb}: {words}"


def undated(numbers: Sequence[int], documents: tuple[Document, ...]) -> str:
    """Which sources have no date."""
    if len(numbers) == 1:
        document = documents[numbers[0]]
        return f"Source {numbers[0] + 1} ({document.title or document.voice}) is undated."
    if len(numbers) == len(documents):
        return f"None of the {len(documents)} sources is dated."
    return f"{listed(numbers).capitalize()} are undated."


def listed(numbers: Sequence[int]) -> str:
    """`source 3`, `sources 1, 2 and 4`, within a sentence."""
    names = enumerate_names(tuple(str(number + 1) for number in numbers))
    return f"source{'' if len(numbers) == 1 else 's'} {names}"


def quoted(evidence: Evidence, documents: tuple[Document, ...]) -> str:
    """The words of one piece of evidence between quotation marks."""
    return str(Quotation(documents, evidence.document, (Piece(evidence.span),)))
