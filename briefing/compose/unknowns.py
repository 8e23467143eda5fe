"""What the sources leave open in, one neutral sentence for each out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.compose.voices import called
from briefing.findings import Evidence, Piece, Quotation, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Document
    from briefing.wording import Wording


def worded(unknown: Unknown, documents: tuple[Document, ...], wording: Wording) -> str:
    """One sentence that says what is not known."""
    gettext = wording.gettext
    if unknown.kind == "single_source":
        return gettext("All statements rest on one source; nothing here is corroborated.")
    if unknown.counts is not None:
        alone, claims = unknown.counts
        phrase = gettext(
            "No second independent source was found for %(alone)s of the %(num)s claims most worth"
            " checking."
        )
        return wording.fill(phrase, alone=alone, num=claims)
    if unknown.kind == "undated":
        return undated(unknown.documents, documents, wording)
    if unknown.kind == "never_quoted":
        phrase = gettext("No source quotes a statement of %(names)s in their own words.")
        return wording.fill(phrase, names=wording.any_of(unknown.names))
    ask = said_open if unknown.kind == "said_open" else asked
    return wording.fill(
        ask(unknown, wording),
        names=wording.names(unknown.names),
        numbers=numbers_of(unknown.documents, wording),
        words=quoted(unknown.evidence[0], documents),
    )


def said_open(unknown: Unknown, wording: Wording) -> str:
    """The phrase for what is called open."""
    sources = len(unknown.documents)
    if unknown.names:
        return wording.ngettext(
            "Open according to %(names)s (source %(numbers)s): %(words)s",
            "Open according to %(names)s (sources %(numbers)s): %(words)s",
            sources,
        )
    return wording.ngettext(
        "Open according to source %(numbers)s: %(words)s",
        "Open according to sources %(numbers)s: %(words)s",
        sources,
    )


def asked(unknown: Unknown, wording: Wording) -> str:
    """The phrase for a question."""
    sources = len(unknown.documents)
    if unknown.names:
        return wording.ngettext(
            "Asked by %(names)s (source %(numbers)s): %(words)s",
            "Asked by %(names)s (sources %(numbers)s): %(words)s",
            sources,
        )
    return wording.ngettext(
        "Source %(numbers)s asks: %(words)s", "Sources %(numbers)s ask: %(words)s", sources
    )


def undated(numbers: Sequence[int], documents: tuple[Document, ...], wording: Wording) -> str:
    """Which sources have no date."""
    if len(numbers) == 1:
        document = documents[numbers[0]]
        return wording.fill(
            wording.gettext("Source %(number)s (%(name)s) is undated."),
            number=numbers[0] + 1,
            name=document.title or called(document, wording),
        )
    if len(numbers) == len(documents):
        phrase = wording.gettext("None of the %(num)s sources is dated.")
        return wording.fill(phrase, num=len(documents))
    phrase = wording.ngettext(
        "Source %(numbers)s is undated.", "Sources %(numbers)s are undated.", len(numbers)
    )
    return wording.fill(phrase, numbers=numbers_of(numbers, wording))


def numbers_of(documents: Sequence[int], wording: Wording) -> str:
    """The numbers of sources within a sentence: `1, 2 and 4`."""
    return wording.names([str(number + 1) for number in documents])


def quoted(evidence: Evidence, documents: tuple[Document, ...]) -> str:
    """The words of one piece of evidence between quotation marks."""
    return str(Quotation(documents, evidence.document, (Piece(evidence.span),)))
