"""Findings of several briefs, built of single sentences; all texts are invented."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from sample_findings import FINDINGS

from briefing.document import Document, Sentence, Span
from briefing.findings import (
    Cell,
    Contest,
    Draft,
    Event,
    Evidence,
    Finding,
    Findings,
    Matrix,
    Piece,
    Reading,
    Statement,
    Telling,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.findings import Section, Stance


def source(name: str, author: str, *sentences: str, date: str | None = "2026-11-20") -> Document:
    """A text of some sentences, signed."""
    text = " ".join(sentences)
    return Document(
        name,
        text,
        sha256=sha256(text.encode()).hexdigest(),
        title=name.partition(".")[0].capitalize(),
        authors=(author,) if author else (),
        date=date,
        language="en",
    )


def spans(document: Document) -> list[Span]:
    """Where its sentences stand; none of them has a full stop inside."""
    found, start = [], 0
    for sentence in document.text.split(". "):
        end = min(start + len(sentence) + 1, len(document.text))
        found.append(Span(start, end))
        start = end + 1
    return found


def reading(document: Document) -> Reading:
    """Each sentence a paragraph, and a statement of the text's own voice."""
    places = spans(document)
    return Reading(
        sentences=tuple(Sentence(span, paragraph=at) for at, span in enumerate(places)),
        salience=(0.5,) * len(places),
        statements=tuple(
            Statement(at, (), (), (span,), ("author",), (), "asserted", quoted=False, hedges=())
            for at, span in enumerate(places)
        ),
        claims=(),
        positions=(),
        actors=(),
    )


def evidence(documents: Sequence[Document], number: int, words: str) -> Evidence:
    """Where words stand."""
    start = documents[number].text.index(words)
    return Evidence(number, Span(start, start + len(words)), words)


def finding(
    documents: Sequence[Document],
    number: int,
    words: str,
    *,
    section: Section = "claims",
    score: float = 1.0,
    actor: str = "",
    issue: str = "",
    stance: Stance = "states",
    also: Sequence[int] = (),
) -> Finding:
    """A finding that prints words of a source; the same words stand in the sources `also`."""
    place = evidence(documents, number, words)
    draft = Draft(
        section, number, (Piece(place.span),), (actor or "author",), (),
        "reported" if actor else "asserted", quoted=False, stance=stance, hedges=(), score=score,
        actor=actor, issue=issue,
    )  # fmt: skip
    more = tuple(evidence(documents, other, words) for other in also)
    return Finding(draft, (place, *more), 1 + len(more))


def telling(documents: Sequence[Document], number: int, words: str, stance: Stance) -> Telling:
    """Where an actor stands, by the date of the source."""
    return Telling(
        stance, "reported", hedged=False, conditional=False, past=False, via=(),
        date=documents[number].date, evidence=(evidence(documents, number, words),),
    )  # fmt: skip


def findings(title: str, *documents: Document, **sections: object) -> Findings:
    """Findings of some documents, with nothing in them but these sections."""
    bare = replace(
        FINDINGS, title=title, documents=documents, readings=tuple(map(reading, documents)),
        bottom_line=(), summary=(), claims=(), positions=(), contested=(), unknowns=(),
        refusals=(), notices=(), timeline=(), items=(), matrix=Matrix(),
    )  # fmt: skip
    return replace(bare, **sections)  # type: ignore[arg-type]


RISE = "Fares to Ostwick rise by 4 per cent in May."
BUS = "The night bus stops at ten."
GUILD = "The guild opposes the bridge toll."
COST = "The bridge will cost 8 million crowns."
MORE = "The bridge will cost 11 million crowns."
GULLS = "Gulls do not pay."
OPEN = "Nobody knows when the pier opens."

FERRY = source("ferry.txt", "Ada Foll", RISE, BUS, GULLS)
BRIDGE = source("bridge.txt", "Ilo Roke", GUILD, COST, RISE, date="2026-11-18")
TOWN = source("town.txt", "Per Aske", MORE, OPEN, date=None)

ONE = findings(
    "Ferry fares: 2 sources",
    FERRY,
    BRIDGE,
    bottom_line=(
        finding((FERRY, BRIDGE), 0, RISE, section="bottom_line", score=2.0, also=(1,)),
    ),
    claims=(
        finding((FERRY, BRIDGE), 0, BUS),
        finding((FERRY, BRIDGE), 1, GUILD, actor="the guild", stance="opposes"),
        finding((FERRY, BRIDGE), 0, GULLS),
    ),
    positions=(
        finding((FERRY, BRIDGE), 1, GUILD, section="positions", actor="the guild",
                issue="the bridge toll", stance="opposes"),
    ),
    matrix=Matrix(
        ("the guild",),
        ("the bridge toll",),
        (
            Cell("the guild", "the bridge toll",
                 (telling((FERRY, BRIDGE), 1, GUILD, "opposes"),)),
        ),
    ),
    timeline=(Event("2026-05", finding((FERRY, BRIDGE), 0, RISE, section="timeline")),),
    unknowns=(Unknown("single_origin", (0,), counts=(1, 3)),),
)  # fmt: skip
TWO = findings(
    "The bridge",
    BRIDGE,
    TOWN,
    bottom_line=(finding((BRIDGE, TOWN), 1, MORE, section="bottom_line", score=3.0),),
    summary=(finding((BRIDGE, TOWN), 0, RISE, section="summary"),),
    claims=(
        finding((BRIDGE, TOWN), 0, GUILD, actor="the guild", stance="opposes"),
        finding((BRIDGE, TOWN), 0, COST),
        finding((BRIDGE, TOWN), 1, OPEN),
    ),
    positions=(
        finding((BRIDGE, TOWN), 0, GUILD, section="positions", actor="the guild",
                issue="the bridge toll", stance="opposes"),
    ),
    contested=(
        Contest(
            "figures",
            "cost of the bridge",
            (finding((BRIDGE, TOWN), 0, COST), finding((BRIDGE, TOWN), 1, MORE)),
        ),
    ),
    matrix=Matrix(
        ("the guild",),
        ("the bridge toll",),
        (
            Cell("the guild", "the bridge toll",
                 (telling((BRIDGE, TOWN), 0, GUILD, "opposes"),)),
        ),
    ),
    unknowns=(
        Unknown("single_origin", (0, 1), counts=(2, 4)),
        Unknown("undated", (1,)),
        Unknown("said_open", (1,), evidence=(evidence((BRIDGE, TOWN), 1, OPEN),)),
    ),
)  # fmt: skip
ALONE = findings(
    "The town",
    TOWN,
    bottom_line=(finding((TOWN,), 0, MORE, section="bottom_line"),),
    unknowns=(Unknown("single_source", (0,)), Unknown("undated", (0,))),
)
BRIEFS = (("ferry", ONE), ("bridge", TWO))
