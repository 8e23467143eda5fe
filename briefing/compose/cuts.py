"""What a page has no room for in, how each of it would read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.brief import Cut
from briefing.compose.lines import kinds, to_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.brief import SourceEntry
    from briefing.document import Document
    from briefing.findings import Beyond, Contest, Digest, Event, Finding, Findings, Section
    from briefing.wording import Wording


def unlisted(documents: tuple[Document, ...], sources: Sequence[SourceEntry]) -> tuple[str, ...]:
    """Names of the documents that are not among the listed `sources`."""
    listed = {entry.number for entry in sources}
    return tuple(
        f"{number}. {document.title or document.name}"
        for number, document in enumerate(documents, start=1)
        if number not in listed
    )


def unprinted(
    digests: Sequence[Digest], printed: Sequence[Digest], documents: tuple[Document, ...]
) -> tuple[str, ...]:
    """Names of the sources, or of a newsletter's briefs, of which nothing is told.

    They would have something to say.
    """
    told = {(digest.brief, digest.documents) for digest in printed}
    left = [one for one in digests if (one.brief, one.documents) not in told]
    return tuple(
        digest.title
        or f"{digest.documents[0] + 1}. "
        f"{documents[digest.documents[0]].title or documents[digest.documents[0]].name}"
        for digest in left
    )


def reading_as(
    found: Sequence[Finding], documents: tuple[Document, ...], wording: Wording
) -> tuple[str, ...]:
    """What was left out, each as it would read."""
    lines = (to_line(finding, "", documents, wording) for finding in found)
    reworded, verbatim = (
        wording.gettext("%(text)s (%(lead)s)"),
        wording.gettext("%(lead)s: %(words)s"),
    )
    return tuple(
        wording.fill(reworded, text=line.text, lead=line.lead)
        if line.text
        else wording.fill(verbatim, lead=line.lead, words=str(line.quotation))
        for line in lines
    )


def events_as(
    events: Sequence[Event], documents: tuple[Document, ...], wording: Wording
) -> tuple[str, ...]:
    """Events that were left out, each as it would read."""
    texts = reading_as([event.finding for event in events], documents, wording)
    phrase = wording.gettext("%(date)s: %(text)s")
    return tuple(
        wording.fill(phrase, date=event.date, text=text)
        for event, text in zip(events, texts, strict=True)
    )


def contests_as(
    contests: Sequence[Contest], documents: tuple[Document, ...], wording: Wording
) -> tuple[str, ...]:
    """Contests that were left out, each with both sides as they would read."""
    phrase = wording.gettext("%(kind)s: %(one)s / %(other)s")
    phrase_about = wording.gettext("%(kind)s, %(about)s: %(one)s / %(other)s")
    listed = []
    for contest in contests:
        one, other = reading_as(contest.sides, documents, wording)
        about = " ".join(contest.about.split())
        kind = kinds(wording)[contest.kind]
        values = {"kind": kind, "about": about, "one": one, "other": other}
        listed.append(wording.fill(phrase_about if about else phrase, **values))
    return tuple(listed)


def to_cuts(left_out: dict[Section, tuple[str, ...]], beyond: Sequence[Beyond]) -> tuple[Cut, ...]:
    """One entry a section that had to leave something out, be it words or a bare number."""
    more = {one.section: one.count for one in beyond}
    return tuple(
        Cut(section, len(items) + more.get(section, 0), items)
        for section, items in left_out.items()
        # other candidates for the one bottom line were never meant to be printed beside it
        if (items or section in more) and section != "bottom_line"
    )


def off_focus(findings: Findings) -> tuple[Cut, ...]:
    """What was left out as it is not about the focus: counted, for nothing of it was worded."""
    return (Cut("focus", findings.off_focus, ()),) if findings.off_focus else ()
