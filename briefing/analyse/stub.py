"""A stand-in for the reader: no model, no heavy import, the same findings every time.

In: documents and their sentences. Out: one `Reading` each, with something for every part of a
template: the author's own words, quotations, positions, inferences, claims, hedges. It is for
work on templates and for tests; who says what is guessed from the plainest wordings alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from briefing.analyse.ranking import choose_best
from briefing.document import Span
from briefing.findings import AUTHOR, Actor, Claim, Position, Reading, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.document import Document, Sentence
    from briefing.findings import Basis, Stance
    from briefing.reader.salient import Budget

VERBS: dict[Stance, str] = {
    "supports": "supports|supported|backs|backed|welcomes|welcomed",
    "opposes": "opposes|opposed|criticises|criticised",
    "demands": "demands|demanded|urges|urged",
    "offers": "offers|offered|promises|promised",
    "accepts": "accepts|accepted",
    "rejects": "rejects|rejected|refuses|refused",
    "warns": "warns|warned",
    "expects": "expects|expected|fears|feared",
    "believes": "believes|believed|hopes|hoped",
    "denies": "denies|denied",
    "states": "says|said|writes|wrote|adds|added",
}
STANCES: dict[str, Stance] = {
    verb: stance for stance, verbs in VERBS.items() for verb in verbs.split("|")
}
INFERRED: tuple[Stance, ...] = ("expects", "believes")
"""What nobody can see from outside: the author infers it of an actor."""

PRONOUNS = ("He", "She", "They", "It", "We", "I", "You", "This", "That", "Who")

# At most eight capitalised words: an unbounded run would be tried from each of its words.
NAME = r"(?:[Tt]he\s)?\b(?P<name>[A-Z][\w’'-]*(?:\s(?:(?:of|for|the)\s){0,2}[A-Z][\w’'-]*){0,7})"
SAYING = rf"(?P<verb>{VERBS['states']})"
QUOTED = r"[“\"](?P<words>[^“”\"\s](?:[^“”\"]*[^“”\",\s])?),?[”\"]"

QUOTATIONS = (
    re.compile(rf"{QUOTED},?\s{NAME}\s{SAYING}\b"),
    re.compile(rf"{QUOTED},?\s{SAYING}\s(?:[a-z\s]{{1,30}},\s)?{NAME}"),
    re.compile(rf"{NAME}\s{SAYING}[^“”\"]{{0,40}}?\s{QUOTED}"),
)
STANDING = "|".join(verbs for stance, verbs in VERBS.items() if stance != "states")
POSITION = re.compile(
    rf"{NAME}\s(?P<verb>(?:{STANDING})(?:\sthat)?|(?:{VERBS['states']})\sthat)"
    r"\s(?P<words>\w(?:.*\w)?)\W*\Z",
    re.DOTALL,
)
MARK = re.compile(r"[“”\"]")
HEDGE = re.compile(
    r"\b(?:about|appears?|could|likely|may|might|perhaps|possibly|probably|seems?)\b"
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
ORGANISATION = re.compile(
    r"\b(?:Agency|Association|Authority|Board|Commission|Committee|Council|Institute|Ministry"
    r"|Office|Party|Union)\b"
)

ISSUE_WORDS = 8
LEAST_WORDS = 4


class StubAnalyser:
    """Reads with a dozen regular expressions."""

    name = "stub"
    sha256 = ""

    def analyse(
        self, documents: Sequence[Document], sentences: Sequence[tuple[Sentence, ...]]
    ) -> tuple[Reading, ...]:
        """Read `documents`, already cut into `sentences`; one reading each, in their order."""
        return tuple(
            _read(document, cut) for document, cut in zip(documents, sentences, strict=True)
        )

    def salience(
        self, documents: Sequence[Document], sentences: Sequence[tuple[Sentence, ...]]
    ) -> tuple[tuple[float, ...], ...]:
        """How much each sentence matters to its document: the less, the further down."""
        return tuple(
            _salience(document, cut) for document, cut in zip(documents, sentences, strict=True)
        )

    def choose(
        self,
        documents: Sequence[Document],
        sentences: Sequence[tuple[Sentence, ...]],
        budget: Budget,
    ) -> tuple[tuple[int, int], ...]:
        """Choose the sentences that matter most, as far as the stub can tell."""
        return choose_best(documents, sentences, self.salience(documents, sentences), budget)

    def worth(self, sentences: Sequence[str]) -> tuple[float, ...]:
        """How well each sentence lends itself to being checked: by its numbers and hedges."""
        return tuple(
            _worth(len(NUMBER.findall(sentence)), hedged=bool(HEDGE.search(sentence)))
            for sentence in sentences
        )


def _read(document: Document, sentences: tuple[Sentence, ...]) -> Reading:
    statements = tuple(
        statement
        for index, sentence in enumerate(sentences)
        if _matters(document, sentence)
        and (statement := _state(document, index, sentence)) is not None
    )
    return Reading(
        sentences=sentences,
        salience=_salience(document, sentences),
        statements=statements,
        claims=tuple(_claims(document, statements)),
        positions=tuple(_positions(statements)),
        actors=_actors(statements),
    )


def _matters(document: Document, sentence: Sentence) -> bool:
    words = document[sentence.span].split()
    return sentence.kind != "heading" and len(words) >= LEAST_WORDS


def _salience(document: Document, sentences: tuple[Sentence, ...]) -> tuple[float, ...]:
    """The earlier the more, from 1 down; 0 for headings and fragments."""
    return tuple(
        round(1 / (1 + index / 4), 4) if _matters(document, sentence) else 0.0
        for index, sentence in enumerate(sentences)
    )


def _state(document: Document, index: int, sentence: Sentence) -> Statement | None:
    """A quotation, else a position, else the author's own words."""
    for pattern in QUOTATIONS:
        if match := pattern.search(document.text, *sentence.span):
            return _attribute(document, index, match, quoted=True)
    marked = MARK.search(document.text, *sentence.span)
    if not marked and (match := POSITION.search(document.text, *sentence.span)):
        return _attribute(document, index, match, quoted=False)
    if marked and marked.start() == sentence.span.start:
        return None  # somebody's words, with nobody named beside them
    return Statement(
        sentence=index,
        source=(),
        cue=(),
        content=(sentence.span,),
        holders=document.authors or (AUTHOR,),
        via=(),
        basis="asserted",
        quoted=False,
        hedges=_hedges(document, sentence.span),
        issue=_issue(document, sentence.span),
    )


def _attribute(document: Document, index: int, match: re.Match[str], *, quoted: bool) -> Statement:
    content = Span(*match.span("words"))
    stance = STANCES[match["verb"].split()[0]]
    basis: Basis = "inferred" if stance in INFERRED and not quoted else "reported"
    return Statement(
        sentence=index,
        source=(Span(*match.span("name")),),
        cue=(Span(*match.span("verb")),),
        content=(content,),
        holders=(" ".join(match["name"].split()),),
        via=(),
        basis=basis,
        quoted=quoted,
        hedges=_hedges(document, content),
        stance=stance,
        issue=_issue(document, content),
        resolved=match["name"] not in PRONOUNS,
    )


def _hedges(document: Document, span: Span) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in HEDGE.finditer(document.text, *span))


def _issue(document: Document, span: Span) -> str:
    return " ".join(document[span].split()[:ISSUE_WORDS])


def _claims(document: Document, statements: Sequence[Statement]) -> Iterator[Claim]:
    """Contents with a number; the more numbers the higher, hedged ones lower."""
    for statement in statements:
        (span,) = statement.content
        numbers = len(NUMBER.findall(document.text, *span))
        if numbers:
            score = _worth(numbers, hedged=bool(statement.hedges))
            yield Claim(span, score, statement.holders)


def _worth(numbers: int, *, hedged: bool) -> float:
    score = min(1.0, 0.5 + 0.1 * numbers) if numbers else 0.25
    return round(score - 0.2 * hedged, 4)


def _positions(statements: Sequence[Statement]) -> Iterator[Position]:
    """Attributed statements of named actors; the evidence runs from the name to the end."""
    for statement in statements:
        if not statement.source or not statement.resolved:
            continue
        (mention,), (content,) = statement.source, statement.content
        yield Position(
            actor=statement.holders[0],
            mention=mention,
            stance=statement.stance,
            issue=statement.issue,
            evidence=(content if statement.quoted else Span(mention.start, content.end),),
            basis=statement.basis,
            hedged=bool(statement.hedges),
            quoted=statement.quoted,
        )


def _actors(statements: Sequence[Statement]) -> tuple[Actor, ...]:
    mentions: dict[str, list[Span]] = {}
    for statement in statements:
        if statement.source and statement.resolved:
            mentions.setdefault(statement.holders[0], []).extend(statement.source)
    return tuple(Actor(name, _kind(name), tuple(spans)) for name, spans in mentions.items())


def _kind(name: str) -> Literal["person", "organisation"]:
    return "organisation" if ORGANISATION.search(name) else "person"
