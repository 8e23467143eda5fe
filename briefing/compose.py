"""Findings and limits in, the `Brief` that a template prints out.

Pure and quick: page fitting calls it again and again with smaller limits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.brief import Brief, Cut, Limits, Line, SourceEntry
from briefing.document import Document, Span, enumerate_names, owning
from briefing.findings import (
    AUTHOR,
    Draft,
    Finding,
    Findings,
    Piece,
    Quotation,
    Section,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

STATUS = "Draft, machine-generated"
PASSED_OVER = "passed over"
"""In a notice of a file that is no document: for the terminal, not for the page."""
NAMES = {"summary": "summary", "claims": "claim", "positions": "position"}
"""What the ids of a section's lines begin with."""


def compose(findings: Findings, limits: Limits) -> Brief:
    """Choose, number and word what one page prints.

    Args:
        findings: One whole reading.
        limits: How many items each section takes at most.

    Returns:
        The brief; `cut` holds what did not fit. What a higher section prints is not repeated
        in a lower one and is not counted as cut; positions may repeat the words of others.
    """
    documents = findings.documents
    bottom = findings.bottom_line[:1]
    summary, summary_cut = take(findings.summary, bottom, limits.summary)
    claims, claims_cut = take(findings.claims, (*bottom, *summary), limits.claims)
    positions = findings.positions[: limits.positions]
    printed = (*bottom, *summary, *claims)
    later = (*printed, *summary_cut, *claims_cut)
    unknowns = tuple(wording(unknown, documents) for unknown in findings.unknowns)
    sources = source_entries(documents, (*printed, *positions), limits.sources)
    left_out: dict[Section, tuple[str, ...]] = {
        "bottom_line": reading_as(fresh(findings.bottom_line, later), documents),
        "summary": reading_as(fresh(summary_cut, printed), documents),
        "claims": reading_as(fresh(claims_cut, (*printed, *summary_cut)), documents),
        "positions": reading_as(findings.positions[limits.positions :], documents),
        "unknowns": unknowns[limits.unknowns :],
        "sources": unlisted(documents, sources),
    }
    return Brief(
        title=findings.title,
        kicker=f"Policy brief · {counted(len(documents), 'source')}",
        date=findings.date,
        cutoff=max((one.date for one in documents if one.date), default=findings.date),
        language=findings.language,
        status=STATUS,
        handling="",
        focus=findings.focus,
        bottom_line=to_line(bottom[0], "bottom-line", documents) if bottom else None,
        summary=to_lines(sorted(summary, key=place), "summary", documents),
        claims=to_lines(claims, "claims", documents),
        positions=to_lines(by_actor(positions), "positions", documents),
        unknowns=unknowns[: limits.unknowns],
        sources=sources,
        cut=to_cuts(left_out),
        refusals=findings.refusals,
        notices=printed_notices(findings),
        method=findings.method,
    )


def take(
    candidates: Sequence[Finding], printed: Sequence[Finding], limit: int
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The first candidates that say what is not yet printed, up to `limit`, and the rest."""
    new = fresh(candidates, printed)
    return new[:limit], new[limit:]


def fresh(candidates: Sequence[Finding], printed: Sequence[Finding]) -> tuple[Finding, ...]:
    """`candidates` without those whose evidence is that of one in `printed`, or lies within it."""
    return tuple(
        candidate
        for candidate in candidates
        if not any(same_evidence(candidate, other) for other in printed)
    )


def same_evidence(first: Finding, second: Finding) -> bool:
    """Whether one of two findings prints only words that the other prints too."""
    if first.draft.document != second.draft.document:
        return False
    one = [piece.span for piece in first.draft.pieces]
    two = [piece.span for piece in second.draft.pieces]
    return covered(one, two) or covered(two, one)


def covered(spans: Sequence[Span], by: Sequence[Span]) -> bool:
    """Whether each of `spans` lies within one of `by`."""
    return all(any(other.contains(span) for other in by) for span in spans)


def place(finding: Finding) -> tuple[int, int]:
    """Where in the sources a finding stands, to print a summary in reading order."""
    return finding.draft.document, finding.draft.pieces[0].span.start


def by_actor(positions: Sequence[Finding]) -> list[Finding]:
    """`positions` with the rows of an actor together, at the place of the actor's first one."""
    order: dict[str, int] = {}
    for number, finding in enumerate(positions):
        order.setdefault(finding.draft.actor, number)
    return sorted(positions, key=lambda finding: order[finding.draft.actor])


def to_lines(
    found: Sequence[Finding], section: Section, documents: tuple[Document, ...]
) -> tuple[Line, ...]:
    """Lines with ids numbered from 1."""
    return tuple(
        to_line(finding, f"{NAMES[section]}-{number}", documents)
        for number, finding in enumerate(found, start=1)
    )


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
    """Who says it and in whose words, to stand before a colon."""
    return capitalised(attribution(draft, document, voice))


def capitalised(name: str) -> str:
    """`name` as a sentence or a table's cell begins: `The dockers`, `Source 2`."""
    return name[:1].upper() + name[1:] if name.startswith(("the ", "source ")) else name


def attribution(draft: Draft, document: Document, voice: str) -> str:
    """The words of `lead`, beginning as the name does."""
    name = holder(draft, voice)
    if is_own(draft, document):
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
    if is_own(draft, document):
        return "reported" if passes_on(draft) else "own words"
    said = "inferred" if draft.basis == "inferred" else "quoted" if draft.quoted else "reported"
    return f"{said}, second-hand" if draft.via else said


def wording(unknown: Unknown, documents: tuple[Document, ...]) -> str:
    """One sentence that says what is not known."""
    if unknown.kind == "single_source":
        return "All statements rest on one source; nothing here is corroborated."
    if unknown.kind == "undated":
        return undated(unknown.documents, documents)
    if unknown.kind == "never_quoted":
        *others, last = unknown.names
        names = f"{', '.join(others)} or {last}" if others else last
        return f"No source quotes a statement of {names} in their own words."
    questions = " ".join(
        str(Quotation(documents, evidence.document, (Piece(evidence.span),)))
        for evidence in unknown.evidence
    )
    return f"Source {unknown.documents[0] + 1} asks: {questions}"


def undated(numbers: Sequence[int], documents: tuple[Document, ...]) -> str:
    """Which sources have no date."""
    if len(numbers) == 1:
        document = documents[numbers[0]]
        return f"Source {numbers[0] + 1} ({document.title or document.voice}) is undated."
    if len(numbers) == len(documents):
        return f"None of the {len(documents)} sources is dated."
    return f"Sources {enumerate_names(tuple(str(n + 1) for n in numbers))} are undated."


def source_entries(
    documents: tuple[Document, ...], printed: Sequence[Finding], limit: int
) -> tuple[SourceEntry, ...]:
    """The sources that are listed: all that a printed line rests on, then others up to `limit`."""
    listed = {
        number
        for finding in printed
        for number in (finding.draft.document, *(one.document for one in finding.evidence))
    }
    for number in range(len(documents)):
        if len(listed) < limit:
            listed.add(number)
    return tuple(
        SourceEntry(
            number=number + 1,
            voice=document.voice,
            title=document.title,
            name=document.name.rpartition("/")[2],
            publisher=document.publisher,
            date=document.date,
            url=document.url,
            language=document.language,
            language_detected=document.language_detected,
            sha256=document.sha256,
        )
        for number, document in enumerate(documents)
        if number in listed
    )


def unlisted(documents: tuple[Document, ...], sources: Sequence[SourceEntry]) -> tuple[str, ...]:
    """Names of the documents that are not among the listed `sources`."""
    listed = {entry.number for entry in sources}
    return tuple(
        f"{number}. {document.title or document.name}"
        for number, document in enumerate(documents, start=1)
        if number not in listed
    )


def reading_as(found: Sequence[Finding], documents: tuple[Document, ...]) -> tuple[str, ...]:
    """What was left out, each as it would read."""
    lines = (to_line(finding, "", documents) for finding in found)
    return tuple(f"{line.lead}: {line.quotation}" for line in lines)


def to_cuts(left_out: dict[Section, tuple[str, ...]]) -> tuple[Cut, ...]:
    """One entry a section that had to leave something out."""
    return tuple(
        Cut(section, len(items), items)
        for section, items in left_out.items()
        # other candidates for the one bottom line were never meant to be printed beside it
        if items and section != "bottom_line"
    )


def printed_notices(findings: Findings) -> tuple[str, ...]:
    """The notices that concern what is printed, as sentences, without the folders of files."""
    printed = []
    for notice in findings.notices:
        if PASSED_OVER in notice:
            continue
        for document in findings.documents:
            notice = notice.replace(document.name, document.name.rpartition("/")[2])
        printed.append(notice if notice.endswith(".") else notice + ".")
    return tuple(printed)


def counted(count: int, noun: str) -> str:
    """`1 source`, `6 sources`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
