"""Documents with readings put together from words, and what is written of them; all invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.document import Document, Sentence, Span
from briefing.findings import (
    Actor,
    Basis,
    Claim,
    Draft,
    Position,
    Reading,
    Stance,
    Statement,
)
from briefing.write import write
from briefing.write.contests import Same, different
from briefing.writers import load

if TYPE_CHECKING:
    from collections.abc import Sequence

AUTHORS = ("Mara Quist",)
PLAIN = (
    "The harbour of Lund took three thousand ships last year.",
    "Fishing boats pay nothing at the eastern quay today.",
    "A ferry to Orm leaves twice a day in summer.",
    "Cranes on the north pier were built before the flood.",
    "Grain prices fell by a tenth after the harvest.",
    "Night trains carry most of the timber inland.",
    "Engineers replaced the old locks within four months.",
    "Storms closed the outer channel for nine days.",
)


class Page:
    """A document and its reading, put together from words."""

    def __init__(self, *paragraphs: str, authors: tuple[str, ...] = AUTHORS, **given: object):
        sentences: list[Sentence] = []
        text = ""
        for number, paragraph in enumerate(paragraphs):
            text += "\n\n" if text else ""
            for position, words in enumerate(paragraph.split(" | ")):
                text += " " if position else ""
                sentences.append(
                    Sentence(Span(len(text), len(text) + len(words)), "sentence", number)
                )
                text += words
        self.document = Document("page.txt", text, authors=authors, **given)  # type: ignore[arg-type]
        self.sentences = sentences
        self.salience = [1.0 - place / 100 for place in range(len(sentences))]
        self.statements: list[Statement] = []
        self.claims: list[Claim] = []
        self.positions: list[Position] = []
        self.actors: list[Actor] = []

    def span(self, words: str) -> Span:
        start = self.document.text.index(words)
        return Span(start, start + len(words))

    def number(self, span: Span) -> int:
        return next(
            n for n, s in enumerate(self.sentences) if s.span.contains(Span(span[0], span[0]))
        )

    def actor(self, name: str, kind: str = "person", *forms: str) -> Page:
        mentions = tuple(self.span(form) for form in forms or (name,))
        self.actors.append(Actor(name, kind, mentions))  # type: ignore[arg-type]
        return self

    def states(
        self,
        holder: str,
        *content: str,
        basis: Basis = "reported",
        source: str = "",
        cue: str = "",
        quoted: bool = False,
        hedges: Sequence[str] = (),
        via: tuple[str, ...] = (),
        resolved: bool = True,
        stance: Stance = "states",
    ) -> Page:
        spans = tuple(self.span(words) for words in content)
        source = source or (holder if holder in self.document.text else "")
        start = min(span.start for span in spans)
        self.statements.append(
            Statement(
                sentence=self.number(Span(start, start)),
                source=(self.span(source),) if source else (),
                cue=(self.span(cue),) if cue else (),
                content=spans,
                holders=(holder,),
                via=via,
                basis=basis,
                quoted=quoted,
                hedges=tuple(self.span(words) for words in hedges),
                stance=stance,
                resolved=resolved,
            )
        )
        return self

    def claim(self, words: str, score: float = 0.8, holder: str = AUTHORS[0]) -> Page:
        self.claims.append(Claim(self.span(words), score, (holder,)))
        return self

    def position(
        self,
        actor: str,
        words: str,
        *,
        mention: str = "",
        stance: Stance = "opposes",
        issue: str = "",
        basis: Basis = "reported",
        hedged: bool = False,
        quoted: bool = False,
        via: tuple[str, ...] = (),
    ) -> Page:
        named = self.span(mention or actor)
        self.positions.append(
            Position(actor, named, stance, issue, (self.span(words),), basis, hedged, quoted, via)
        )
        return self

    @property
    def reading(self) -> Reading:
        return Reading(
            tuple(self.sentences),
            tuple(self.salience),
            tuple(self.statements),
            tuple(self.claims),
            tuple(self.positions),
            tuple(self.actors),
        )


def drafts(
    *pages: Page,
    section: str = "",
    writer: str = "verbatim",
    same: Same = different,
) -> list[Draft]:
    """What is written of `pages`; of one section where it is named, else of all but the items."""
    documents, readings = [page.document for page in pages], [page.reading for page in pages]
    written = write(documents, readings, load(writer), same=same).drafts
    return [
        draft
        for draft in written
        if draft.section == section or (not section and draft.section != "items")
    ]


def printed(page: Page, draft: Draft) -> str:
    """The words of `draft`, with what is put in or left out, as far as pieces show it."""
    return " ".join(
        (f"[{piece.before}] " if piece.before else "") + page.document[piece.span]
        for piece in draft.pieces
    )


def best(page: Page) -> str:
    """The one passage that a page of one quotable sentence gives."""
    found = drafts(page, section="bottom_line")
    return printed(page, found[0]) if found else ""


def row(page: Page) -> str:
    """The best row of positions, or nothing."""
    found = drafts(page, section="positions")
    return printed(page, found[0]) if found else ""
