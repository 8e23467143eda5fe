"""What a brief prints, one entry each, with the places in the sources that it rests on.

In: `Findings` and a `Brief`. Out: `Entry` records for statements, open points and refusals, and
`Place` records for the stretches of the sources, which entries and sources share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from briefing.brief import Line
from briefing.findings import Evidence
from briefing.marks import single_marks
from briefing.tracing import Trace, traces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.brief import Brief
    from briefing.document import Document, Span
    from briefing.findings import Findings, Part, Refusal

State = Literal["edited", "reworded", "hedged", "contested", "refused"]
STATES: tuple[State, ...] = (
    "edited",
    "reworded",
    "hedged",
    "contested",
    "refused",
)

SECTIONS = {
    "bottom_line": ("Bottom line", "Bottom line", "B"),
    "summary": ("Summary", "Summary", "S"),
    "claims": ("Key claims", "Claim", "C"),
    "changes": ("Since the last issue", "Change", "N"),
    "items": ("Items", "Item line", "I"),
    "contested": ("Contested", "Contested", "D"),
    "positions": ("Positions", "Position", "P"),
    "timeline": ("Timeline", "Event", "T"),
    "matrix": ("Who stands where", "Stand", "M"),
    "unknowns": ("Not known", "Open point", "U"),
    "refusals": ("Refused", "Refusal", "R"),
}
"""Of each section: its heading, what one of its entries is called, and the letter of its mark."""
EXCERPT = 150
"""Characters of evidence that are shown beside a statement; all of them stand in the source."""


class Run(NamedTuple):
    """Some printed words: `words`, `hedge`, `cut` or `insertion`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Evidence of an entry, as a link.

    Attributes:
        anchor: Id of its mark; empty where it does not stand in the source as recorded.
        evidence: The words.
        name: Whose the source is.
        excerpt: The words, shortened; empty where the entry prints these very words.
    """

    anchor: str
    evidence: Evidence
    name: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that the brief says, or would have said.

    Attributes:
        id: Usable in HTML.
        mark: Short name on the links back: `C2`.
        label: The same for people: `Claim 2`.
        section: Key of `SECTIONS`.
        heading: What it stands under, within its section; may be empty.
        states: What an editor may look for.
        lead: Who says it and in whose words.
        runs: The source's words as printed, between quotation marks; empty where there are none.
        text: Words that are not a quotation: reworded, an open point, a refusal.
        reason: Of a refusal.
        line: The printed line; None for open points and refusals.
        chain: Through whom it came, the author first: name and role.
        places: What it rests on.
    """

    id: str
    mark: str
    label: str
    section: str
    heading: str = ""
    states: tuple[State, ...] = ()
    lead: str = ""
    runs: tuple[Run, ...] = ()
    text: str = ""
    reason: str = ""
    line: Line | None = None
    chain: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()


def entries(findings: Findings, brief: Brief) -> tuple[Entry, ...]:
    """All entries, in the order of the page; refusals last."""
    documents = findings.documents
    counts: dict[str, int] = {}
    found = []
    for trace in traces(findings, brief):
        counts[trace.section] = number = counts.get(trace.section, 0) + 1
        found.append(_stated(trace, _named(trace.section, number), documents))
    for number, text in enumerate(brief.unknowns, start=1):
        evidence = _evidence_of(text, findings)
        found.append(
            Entry(
                *_named("unknowns", number),
                section="unknowns",
                text=text,
                places=places(evidence, documents),
            )
        )
    found += (
        _refused(refusal, _named("refusals", number), documents)
        for number, refusal in enumerate(brief.refusals, start=1)
    )
    return tuple(found)


def anchor(number: int, span: Span) -> str:
    """The id of the mark around some words of the source of this number."""
    return f"e{number}-{span.start}-{span.end}"


def places(
    evidence: Sequence[Evidence],
    documents: Sequence[Document],
    *,
    printed: Sequence[Evidence] = (),
) -> tuple[Place, ...]:
    """Evidence as links, each once; what does not stand as recorded is shown without one."""
    return tuple(
        Place(
            anchor=anchor(one.document + 1, one.span) if stands(one, documents) else "",
            evidence=one,
            name=documents[one.document].voice if 0 <= one.document < len(documents) else "",
            excerpt="" if one in printed else _shortened(one.quote),
        )
        for one in dict.fromkeys(evidence)
    )


def stands(evidence: Evidence, documents: Sequence[Document]) -> bool:
    """Whether evidence is words that stand where it says."""
    if not 0 <= evidence.document < len(documents) or not evidence.quote.strip():
        return False
    start, end = evidence.span
    return 0 <= start < end and documents[evidence.document][evidence.span] == evidence.quote


def _named(section: str, number: int) -> tuple[str, str, str]:
    """Id, mark and label of an entry; the two sides of a dispute are `1a` and `1b`."""
    _, noun, letter = SECTIONS[section]
    if section == "bottom_line":
        return "s-b", letter, noun
    told = (
        f"{(number + 1) // 2}{'ab'[(number + 1) % 2]}" if section == "contested" else f"{number}"
    )
    return f"s-{letter.lower()}{told}", f"{letter}{told}", f"{noun} {told}"


def _stated(trace: Trace, named: tuple[str, str, str], documents: Sequence[Document]) -> Entry:
    line = trace.line
    flags = {
        "edited": line.edited,
        "reworded": bool(line.text) and not line.edited,
        "hedged": bool(line.hedges),
        "contested": trace.section == "contested",
    }
    return Entry(
        *named,
        section=trace.section,
        heading=trace.heading,
        states=tuple(state for state in STATES if flags.get(state)),
        lead=line.lead,
        runs=tuple(runs(line, trace.hedges)),
        text=line.text,
        line=line,
        chain=_chain(trace, documents),
        places=places(trace.evidence, documents, printed=line.quotation.evidence),
    )


def _refused(
    refusal: Refusal, named: tuple[str, str, str], documents: Sequence[Document]
) -> Entry:
    number = refusal.document
    name = documents[number].voice if 0 <= number < len(documents) else ""
    section = SECTIONS.get(refusal.section, ("", "", ""))[0]
    return Entry(
        *named,
        section="refusals",
        states=("refused",),
        lead=section,
        text=refusal.text,
        reason=refusal.reason,
        chain=((name, f"source {number + 1}"),) if name else (),
        places=places(refusal.evidence, documents),
    )


def _chain(trace: Trace, documents: Sequence[Document]) -> tuple[tuple[str, str], ...]:
    """Through whom a statement came."""
    if not trace.evidence:
        return ()
    number = trace.evidence[0].document
    document = documents[number]
    signed = bool(document.authors or document.publisher)
    author = document.voice if signed else f"Source {number + 1}, unsigned"
    if trace.own:
        passes_on = trace.line.basis == "reported"
        return ((author, "author, reports" if passes_on else "author and holder"),)
    via = ((name, "via") for name in trace.via)
    return ((author, "author"), *via, (trace.line.holder, "holder"))


def _evidence_of(text: str, findings: Findings) -> tuple[Evidence, ...]:
    """What an open point rests on: that of the unknown whose words it prints."""
    for unknown in findings.unknowns:
        words = [single_marks(" ".join(one.quote.split())) for one in unknown.evidence]
        if words and words[0] in text:
            return unknown.evidence
    return ()


def runs(line: Line, hedges: Sequence[Span]) -> Iterator[Run]:
    """The words of a quotation as printed, cut where its hedges begin and end.

    Hedges are found by their places in the source; where only their words are known, at every
    place that has these.
    """
    evidence = iter(line.quotation.evidence)
    for number, part in enumerate(line.quotation.parts):
        if number:
            yield Run("words", " ")
        if part.kind == "words":
            yield from _hedged(part, next(evidence, None), hedges, line.hedges)
        else:
            yield Run(part.kind, f"[{part.text}]")


def _hedged(
    part: Part, evidence: Evidence | None, hedges: Sequence[Span], words: Sequence[str]
) -> Iterator[Run]:
    text = part.text
    marked = _by_place(text, evidence, hedges) if evidence else []
    if not marked and words:
        either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        marked = [match.span() for match in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text)]
    at = 0
    for start, end in marked:
        if start < at:
            continue
        if text[at:start]:
            yield Run("words", text[at:start])
        yield Run("hedge", text[start:end])
        at = end
    if text[at:]:
        yield Run("words", text[at:])


def _by_place(text: str, evidence: Evidence, hedges: Sequence[Span]) -> list[tuple[int, int]]:
    """Where hedges stand in printed words, whose white space was folded; none where more changed."""
    offset = evidence.span.start
    # Code points of the source before which each printed one stands; a fold keeps one space.
    kept = [match.start() for match in re.finditer(r"\S|(?<=\S)\s(?=\s*\S)", evidence.quote)]
    if len(kept) != len(text):
        return []
    inside = [hedge for hedge in sorted(hedges) if evidence.span.contains(hedge)]
    return [
        (
            sum(at < hedge.start - offset for at in kept),
            sum(at < hedge.end - offset for at in kept),
        )
        for hedge in inside
    ]


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]} …"
