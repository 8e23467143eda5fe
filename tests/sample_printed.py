"""A brief with all that a page can hold, its findings, and a page of it; all texts are invented."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from sample_findings import BRIEF, FINDINGS

from briefing.brief import Brief, Cut, Dated, Dispute, Line, MatrixRow, Stand
from briefing.document import Document, Span
from briefing.findings import (
    CUT,
    Cell,
    Contest,
    Draft,
    Event,
    Evidence,
    Finding,
    Findings,
    Matrix,
    Piece,
    Quotation,
    Reading,
    Refusal,
    Telling,
    Unknown,
)
from briefing.tracing import printed_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.findings import Basis, Section, Stance


def source(name: str, text: str, author: str, date: str | None = None) -> Document:
    """A text with its digest."""
    digest = sha256(text.encode()).hexdigest()
    return Document(name, text, sha256=digest, authors=(author,), date=date, language="en")


DOCUMENTS = (
    source(
        "piles/lantern.txt",
        "Lamps on the quay\n\nThe harbour board may replace the gas lamps on the north quay before the "
        "winter. “We have waited long enough,” said Tove Ambler, who chairs it.\n\nThe work will cost "
        "4 million crowns. The board expects a grant, and it has asked the county for half.\n\n"
        "- The lamps are 90 years old.\n- Two of them fell in March.",
        "Jon Wick",
        "2026-11-14",
    ),
    source(
        "piles/county.txt",
        "The county will pay nothing for lamps. According to Ruta Fenn, the clerk’s office says that "
        "the county supports the plan only if the board pays. The work will cost 6 million crowns.",
        "Edda Marsh",
        "2026-11-16",
    ),
    source("piles/other.txt", "No ship called at the north quay in October.", "Nils Orr"),
)


def span(document: int, words: str) -> Span:
    """Where words stand in a source."""
    start = DOCUMENTS[document].text.index(words)
    return Span(start, start + len(words))


def evidence(document: int, words: str) -> Evidence:
    """Words of a source."""
    return Evidence(document, span(document, words), words)


def finding(
    section: Section,
    document: int,
    *words: str,
    holder: str,
    via: tuple[str, ...] = (),
    basis: Basis = "asserted",
    stance: Stance = "states",
    hedge: str = "",
    text: str = "",
    more: tuple[Evidence, ...] = (),
) -> Finding:
    """A finding that prints stretches of a source, with a cut between two of them."""
    pieces = tuple(Piece(span(document, one), CUT if at else "") for at, one in enumerate(words))
    hedges = (span(document, hedge),) if hedge else ()
    draft = Draft(
        section,
        document,
        pieces,
        (holder,),
        via,
        basis,
        quoted=False,
        stance=stance,
        hedges=hedges,
        actor=holder if section == "positions" else "",
        text=text,
        rests_on=more,
    )
    return Finding(draft, (*(evidence(document, one) for one in words), *more), 1 + bool(more))


def line(name: str, found: Finding, lead: str, label: str = "own words") -> Line:
    """The line that is printed of a finding."""
    draft = found.draft
    hedges = tuple(DOCUMENTS[draft.document][one] for one in draft.hedges)
    return Line(
        id=name,
        lead=lead,
        quotation=Quotation(DOCUMENTS, draft.document, draft.pieces),
        holder=draft.holders[0],
        actor=draft.actor,
        stance=draft.stance,
        stance_label="says" if draft.stance == "states" else draft.stance,
        basis=draft.basis,
        basis_label=label,
        hedges=hedges,
        sources=tuple(sorted({one.document + 1 for one in found.evidence})),
        origins=found.origins,
        text=draft.text,
    )


BOTTOM = finding(
    "bottom_line",
    0,
    "The harbour board may replace the gas lamps on the north quay before the winter.",
    holder="Jon Wick",
    hedge="may",
    more=(evidence(1, "the county supports the plan only if the board pays"),),
)
CLAIM = finding(
    "claims", 0, "The board expects a grant", "it has asked the county for half", holder="Jon Wick"
)
REWORDED = finding(
    "claims",
    0,
    "The lamps are 90 years old.",
    holder="Jon Wick",
    text="The gas lamps are ninety years old, and two have fallen.",
    more=(evidence(0, "Two of them fell in March."),),
)
FOUR = finding("contested", 0, "The work will cost 4 million crowns.", holder="Jon Wick")
SIX = finding("contested", 1, "The work will cost 6 million crowns.", holder="Edda Marsh")
POSITION = finding(
    "positions",
    1,
    "the county supports the plan only if the board pays",
    holder="The clerk’s office",
    via=("Ruta Fenn",),
    basis="reported",
    stance="supports",
)
OPEN = evidence(0, "it has asked the county for half")

FOUND: Findings = replace(
    FINDINGS,
    title="Lamps on the quay",
    documents=DOCUMENTS,
    readings=(Reading((), (), (), (), (), ()),) * 3,
    bottom_line=(BOTTOM,),
    claims=(CLAIM, REWORDED),
    positions=(POSITION,),
    contested=(Contest("figures", "the cost", (FOUR, SIX)),),
    unknowns=(Unknown("open_question", (0,), evidence=(OPEN,)),),
    refusals=(
        Refusal("no source has the number 7", "It costs 7 million.", "claims", 0, FOUR.evidence),
        Refusal("names no holder", "It is dark.", "summary", 2),
    ),
    matrix=Matrix(
        ("The county",),
        ("lamps",),
        (
            Cell(
                "The county",
                "lamps",
                (
                    Telling(
                        "rejects",
                        "inferred",
                        hedged=False,
                        conditional=False,
                        past=False,
                        via=("Ruta Fenn",),
                        date=None,
                        evidence=(evidence(1, "The county will pay nothing for lamps."),),
                    ),
                ),
            ),
        ),
    ),
    timeline=(
        Event(
            "2026-03",
            finding("timeline", 0, "Two of them fell in March.", holder="Jon Wick"),
        ),
    ),
)
STAND = replace(
    line(
        "cell-1-1",
        finding("positions", 1, "The county will pay nothing for lamps.", holder="The county"),
        "Edda Marsh on the county",
        "inferred",
    ),
    stance="rejects",
    stance_label="rejects",
    basis="inferred",
)
PRINTED: Brief = replace(
    BRIEF,
    title=FOUND.title,
    cutoff="2026-11-16",
    bottom_line=line("bottom-line", BOTTOM, "Jon Wick writes"),
    claims=(
        line("claim-1", CLAIM, "Jon Wick writes"),
        line("claim-2", REWORDED, "Jon Wick", "asserted"),
    ),
    contested=(
        Dispute(
            "contested-1",
            "figures",
            "Figures differ",
            "the cost",
            line("contested-1a", FOUR, "Jon Wick writes"),
            line("contested-1b", SIX, "Edda Marsh writes"),
        ),
    ),
    positions=(
        line(
            "position-1",
            POSITION,
            "The clerk’s office, according to Ruta Fenn, in Edda Marsh’s words",
            "reported, second-hand",
        ),
    ),
    unknowns=("Source 1 asks: “it has asked the county for half”", "There is no second source."),
    sources=(),
    cut=(Cut("claims", 1, ("Nils Orr writes: “No ship called”",)),),
    refusals=FOUND.refusals,
    notices=("piles/other.txt was read once.",),
    issues=("lamps",),
    matrix=(MatrixRow("The county", (Stand(STAND, (), ()),)),),
    timeline=(
        Dated(
            "event-1",
            "2026-03",
            line("event-1-line", FOUND.timeline[0].finding, "Jon Wick writes"),
        ),
    ),
)


def page(brief: Brief, *, changes: Mapping[str, str] | None = None, skip: str = "matrix") -> str:
    """A plain page that prints every statement with its lead, but those of one section."""
    paragraphs = []
    for section, _, told in printed_lines(brief):
        words = f"{told.text} (reworded from {told.lead})" if told.text else ""
        quotation = f"{told.lead}: {told.quotation}"
        paragraphs += [escape(words or quotation)] * (section != skip)
    paragraphs += [escape(text) for text in brief.unknowns]
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    for old, new in (changes or {}).items():
        assert escape(old) in body, old
        body = body.replace(escape(old), escape(new))
    return f"<html lang=en><title>{escape(brief.title)}</title><body>{body}</body></html>"
