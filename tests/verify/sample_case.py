"""Made-up sources and sentences for the rules of the gate, read without any model."""

from __future__ import annotations

from dataclasses import replace

from briefing.document import Document, Span
from briefing.findings import Actor, Basis, Reading, Statement
from briefing.segment import segment
from briefing.verify.faults import faults
from briefing.verify.grounds import Assertion, Fault, Ground, Pile

HOLDER = "Iven Sorrow"


def statement(
    text: str,
    sentence: int,
    span: Span,
    holders: tuple[str, ...],
    basis: Basis,
    via: tuple[str, ...] = (),
) -> Statement:
    """A statement that takes up `span`, without what is not asked for."""
    return Statement(sentence, (), (), (span,), holders, via, basis, quoted="“" in text, hedges=())


def document(text: str, date: str | None = "2031-05-06") -> Document:
    """A source by Ada Penhallow."""
    return Document("note.txt", text, authors=("Ada Penhallow",), date=date, title="Weirs")


def read(
    source: Document,
    *,
    people: tuple[str, ...] = (),
    said: dict[int, tuple[str, ...]] | None = None,
    via: dict[int, tuple[str, ...]] | None = None,
) -> Reading:
    """A reading in which the author asserts each sentence but those that were `said` by others."""
    sentences = segment(source)
    held = said or {}
    through = via or {}
    statements = tuple(
        statement(
            source[one.span],
            at,
            one.span,
            held.get(at, source.authors or ("author",)),
            "reported" if at in held else "asserted",
            through.get(at, ()),
        )
        for at, one in enumerate(sentences)
    )
    actors = tuple(
        Actor(name, "person", tuple(places(source.text, name)))
        for name in people
        if name.split()[-1] in source.text
    )
    return Reading(sentences, (0.5,) * len(sentences), statements, (), (), actors)


def places(text: str, name: str) -> list[Span]:
    """Where a name or its last word stands."""
    found = []
    for form in dict.fromkeys((name, name.split()[-1])):
        at = text.find(form)
        if at >= 0:
            found.append(Span(at, at + len(form)))
    return found


def check(
    sentence: str,
    *sources: str,
    rests_on: tuple[int, ...] = (0,),
    people: tuple[str, ...] = (),
    said: dict[int, tuple[str, ...]] | None = None,
    via: dict[int, tuple[str, ...]] | None = None,
    says: tuple[str, ...] | None = None,
    framed: tuple[str, ...] = (),
    date: str | None = "2031-05-06",
) -> tuple[Fault, ...]:
    """The faults of `sentence` against sentences of the first of `sources`.

    Args:
        sentence: What is checked.
        sources: Texts; `said` and `via` are of the first.
        rests_on: Numbers of its sentences.
        people: Full names of persons in sources and sentence.
        said: Holders of sentences of the first source that are not its author's.
        via: Through whom those reach it.
        says: Holders that the sentence itself names.
        framed: Names printed in front of it.
        date: Of all sources.
    """
    documents = tuple(document(text, date) for text in sources)
    readings = tuple(
        read(one, people=people, said=said if not at else None, via=via if not at else None)
        for at, one in enumerate(documents)
    )
    own = replace(document(sentence), authors=())
    reading = read(own, people=people, said={0: says} if says else None)
    return faults(
        Assertion(sentence, reading),
        [Ground(0, rests_on)],
        Pile(documents, readings),
        framed=framed,
    )
