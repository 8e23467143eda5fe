"""Made-up sources, and findings about them: what templates are tried on.

In: sentences, and which of them say what. Out: `Findings` like those that `extract` writes: every
quotation stands where its span says. All names, places and figures are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.document import Document, Sentence, Span
from briefing.findings import (
    AUTHOR,
    Actor,
    Basis,
    Cell,
    Contest,
    Draft,
    Event,
    Evidence,
    Finding,
    Matrix,
    Piece,
    Position,
    Reading,
    Stance,
    Statement,
    Telling,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.findings import Section

SALIENCE = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a made-up source, to be placed in a section.

    Attributes:
        document: Index of its source.
        words: What is printed: words of the source, unbroken.
        holder: Whose statement it is; the author by default.
        via: The chain from the author to the holder.
        basis: As for a statement of `findings`.
        quoted: The words are the holder's own.
        stance: What the holder does with it.
        hedges: Hedges among `words`.
        text: What a language model made of them, if it is to be printed instead.
        issue: What it is about.
        conditional: The position holds only if something else does.
        past: The position is told as past.
        also: Words of other sources that say the same: index and words.
    """

    document: int
    words: str
    holder: str = AUTHOR
    via: tuple[str, ...] = ()
    basis: Basis = "asserted"
    quoted: bool = False
    stance: Stance = "states"
    hedges: tuple[str, ...] = ()
    text: str = ""
    issue: str = ""
    conditional: bool = False
    past: bool = False
    also: tuple[tuple[int, str], ...] = ()


def place(document: Document, words: str, within: Span | None = None) -> Span:
    """Where `words` stand in `document`, or in a span of it.

    Raises:
        ValueError: If they do not.
    """
    start, end = within or (0, len(document.text))
    start = document.text.index(words, start, end)
    return Span(start, start + len(words))


def evidence(documents: Sequence[Document], number: int, words: str) -> Evidence:
    """Words of `documents[number]` as evidence."""
    return Evidence(number, place(documents[number], words), words)


def finding(documents: Sequence[Document], said: Said, section: Section, rank: int = 0) -> Finding:
    """What was said as a verified finding; the lower its rank, the more it matters."""
    document = documents[said.document]
    span = place(document, said.words)
    also = tuple(evidence(documents, number, words) for number, words in said.also)
    draft = Draft(
        section=section,
        document=said.document,
        pieces=(Piece(span),),
        holders=document.authors or (AUTHOR,) if said.holder == AUTHOR else (said.holder,),
        via=said.via,
        basis=said.basis,
        quoted=said.quoted,
        stance=said.stance,
        hedges=tuple(place(document, hedge, span) for hedge in said.hedges),
        score=1 / (rank + 1),
        actor=said.holder if section == "positions" else "",
        issue=said.issue,
        conditional=said.conditional,
        past=said.past,
        text=said.text,
        rests_on=also if said.text else (),
    )
    carried = (Evidence(said.document, span, document[span]), *also)
    return Finding(draft, carried, len({item.document for item in carried}))


def findings_of(
    documents: Sequence[Document], told: Iterable[Said], section: Section
) -> tuple[Finding, ...]:
    """Findings of one section, the most important first."""
    return tuple(finding(documents, said, section, rank) for rank, said in enumerate(told))


def contest(
    documents: Sequence[Document], kind: str, about: str, one: Said, other: Said
) -> Contest:
    """Two statements that cannot both hold."""
    sides = (finding(documents, one, "contested"), finding(documents, other, "contested"))
    return Contest(kind, about, sides)  # type: ignore[arg-type]  # one of three names


def event(documents: Sequence[Document], date: str, said: Said, rank: int) -> Event:
    """What happened or is planned on a date."""
    return Event(date, finding(documents, said, "timeline", rank))


def cell(documents: Sequence[Document], actor: str, issue: str, *told: Said) -> Cell:
    """Where an actor stands on an issue, the latest telling first; several of them differ."""
    tellings = tuple(
        Telling(
            stance=said.stance,
            basis=said.basis,
            hedged=bool(said.hedges),
            conditional=said.conditional,
            past=said.past,
            via=said.via,
            date=documents[said.document].date,
            evidence=(evidence(documents, said.document, said.words),),
        )
        for said in told
    )
    return Cell(actor, issue, tellings, changed=len({each.stance for each in tellings}) > 1)


def matrix(cells: Sequence[Cell]) -> Matrix:
    """The matrix that holds `cells`, its rows and columns in their order."""
    actors = tuple(dict.fromkeys(each.actor for each in cells))
    issues = tuple(dict.fromkeys(each.issue for each in cells))
    ordered = sorted(cells, key=lambda each: (actors.index(each.actor), issues.index(each.issue)))
    return Matrix(actors, issues, tuple(ordered))


def readings(
    documents: Sequence[Document], sentences: Sequence[Sequence[str]], told: Sequence[Said]
) -> tuple[Reading, ...]:
    """What an analysis would have found: every sentence, and every statement in its place.

    Args:
        documents: The sources.
        sentences: Of each of them.
        told: All statements; where a sentence has none, it is its author's.
    """
    return tuple(
        _reading(document, parts, [said for said in told if said.document == number])
        for number, (document, parts) in enumerate(zip(documents, sentences, strict=True))
    )


def _reading(document: Document, parts: Sequence[str], told: Sequence[Said]) -> Reading:
    spans = [place(document, part) for part in parts]
    known = {place(document, said.words): said for said in told}
    statements = []
    positions = []
    for number, span in enumerate(spans):
        within = [item for item in known.items() if span.contains(item[0])]
        for content, said in within or [(span, Said(0, ""))]:
            holders = document.authors or (AUTHOR,) if said.holder == AUTHOR else (said.holder,)
            hedges = tuple(place(document, hedge, content) for hedge in said.hedges)
            statements.append(
                Statement(
                    sentence=number,
                    source=(),
                    cue=(),
                    content=(content,),
                    holders=holders,
                    via=said.via,
                    basis=said.basis,
                    quoted=said.quoted,
                    hedges=hedges,
                    stance=said.stance,
                    issue=said.issue,
                )
            )
            if said.issue:
                positions.append(
                    Position(
                        actor=holders[0],
                        mention=content,
                        stance=said.stance,
                        issue=said.issue,
                        evidence=(content,),
                        basis=said.basis,
                        hedged=bool(hedges),
                        quoted=said.quoted,
                    )
                )
    names = dict.fromkeys(said.holder for said in told if said.holder != AUTHOR)
    return Reading(
        sentences=tuple(map(Sentence, spans)),
        salience=(SALIENCE,) * len(spans),
        statements=tuple(statements),
        claims=(),
        positions=tuple(positions),
        actors=tuple(Actor(name, "group", ()) for name in names),
        leads=tuple(range(min(3, len(spans)))),
    )
