from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document import Document, Span
from briefing.findings import AUTHOR, Actor, Claim, Position, Reading, Statement
from briefing.relate.people import unify

if TYPE_CHECKING:
    from collections.abc import Sequence

Source = tuple[Document, Reading]


def source(
    *names: str | tuple[str, ...],
    kind: str = "person",
    text: str = "",
    authors: tuple[str, ...] = (),
    publisher: str | None = None,
    holders: tuple[str, ...] = (),
) -> Source:
    """A document that names actors, a pair of a name and how the text has it where they differ.

    Each of its statements, claims and positions is held by all of them and by `holders`.
    """
    pairs = [name if isinstance(name, tuple) else (name, name) for name in names]
    words = text or "\n\n".join(f"It was {surface} who spoke." for _, surface in pairs)
    places: defaultdict[str, list[Span]] = defaultdict(list)
    start = 0
    for name, surface in pairs:
        start = words.index(surface, start)
        places[name].append(Span(start, start + len(surface)))
        start += len(surface)
    actors = tuple(Actor(name, kind, tuple(spans)) for name, spans in places.items())  # type: ignore[arg-type]
    held = (*places, *holders)
    whole = Span(0, len(words))
    statement = Statement(0, (), (), (whole,), held, held[:1], "reported", quoted=False, hedges=())
    positions = tuple(
        Position(name, whole, "supports", "it", (whole,), "reported", hedged=False, via=held[-1:])
        for name in held
    )
    reading = Reading((), (), (statement,), (Claim(whole, 0.5, held),), positions, actors)
    return Document("a.txt", words, authors=authors, publisher=publisher), reading


def shown(*pile: Source) -> list[tuple[str, ...]]:
    """The names of the actors of each document."""
    documents, readings = zip(*pile, strict=True)
    unified = unify(documents, readings)
    return [tuple(actor.name for actor in reading.actors) for reading in unified]


def names(*pile: str, kind: str = "person") -> list[str]:
    """What becomes of names that stand in a document each."""
    return [found for (found,) in shown(*(source(name, kind=kind) for name in pile))]


def test_one_document_stays_as_it_is():
    """Nothing is merged within a document alone."""
    document, reading = source("Ines Orme", "Orme")
    assert unify((document,), (reading,)) == (reading,)
    assert unify((), ()) == ()


def test_every_field():
    """The one name stands wherever a name does, and spans stay."""
    pile = (source("Ines Orme"), source("Orme", holders=("Ms. Orme", "two skippers", AUTHOR)))
    documents, readings = zip(*pile, strict=True)
    first, second = unify(documents, readings)
    assert first == readings[0]
    assert second.actors == (Actor("Ines Orme", "person", readings[1].actors[0].mentions),)
    held = ("Ines Orme", "two skippers", AUTHOR)
    assert second.statements[0].holders == held
    assert second.claims[0].holders == held
    assert [each.actor for each in second.positions] == ["Ines Orme", *held]
    assert second.statements[0].content == readings[1].statements[0].content


def test_no_way_through_the_holder():
    """Who proves to be the holder is none of the chain to the holder."""
    first, second = source("Ines Orme"), source("Orme", holders=("Tarn Weekly",))
    documents, readings = zip(first, second, strict=True)
    found = unify(documents, readings)[1]
    assert found.statements[0].via == ()
    assert found.positions[0].via == ("Tarn Weekly",)


def test_actors_of_one_document_are_joined():
    """Two names of one document that prove to be the same have all mentions, ascending."""
    both = source("Ines Maud Orme", "Ines Orme", ("Ines Maud Orme", "Orme"))
    documents, readings = zip(both, source("Ines Orme"), strict=True)
    found = unify(documents, readings)[0]
    spans = sorted(span for actor in readings[0].actors for span in actor.mentions)
    assert found.actors == (Actor("Ines Maud Orme", "person", tuple(spans)),)


@pytest.mark.parametrize(
    ("pile", "expected"),
    [
        (("Ines Orme", "Orme"), "Ines Orme"),
        (("Hanne Müller", "Hanne Mueller", "Hanne Muller"), "Hanne Müller"),
        (("Hanne Müller", "Mueller"), "Hanne Müller"),
        (("Hanne Müller", "Muller"), "Hanne Müller"),
        (("Zoë Orme", "Zoe Orme"), "Zoë Orme"),
        (("Sami al-Kasar", "Sami al Kasar", "Sami Al-Kasar"), "Sami al-Kasar"),
        (("Sami al-Kasar", "al-Kasar"), "Sami al-Kasar"),
        (("Sami al-Kasar", "Kasar"), "Sami al-Kasar"),
        (("Ines Orme-Tarn", "Ines Orme Tarn"), "Ines Orme-Tarn"),
        (("Cato van der Meer", "van der Meer"), "Cato van der Meer"),
        (("INES ORME", "Ines Orme"), "Ines Orme"),
        (("Ines M. Orme", "Ines Orme"), "Ines M. Orme"),
        (("Ines Maud Orme", "Ines M. Orme", "I. M. Orme", "I.M. Orme"), "Ines Maud Orme"),
        (("IM Orme", "Ines Maud Orme"), "Ines Maud Orme"),
        (("I. Orme", "Ines Orme"), "Ines Orme"),
        (("Ines M. Quay Orme", "Ines Quay Orme"), "Ines M. Quay Orme"),
        (("J. Edgar Hale", "Edgar Hale"), "J. Edgar Hale"),
        (("Minister Ines Orme", "Dr Orme"), "Ines Orme"),
        (("Ines Orme, the minister", "Ines Orme"), "Ines Orme"),
        (("Ines Orme’s", "Ines Orme"), "Ines Orme"),
        (("Ines “Nan” Orme", "Ines Orme"), "Ines “Nan” Orme"),
        (("I. M. Orme", "Ines Orme"), "Ines Orme"),
        (("Ivo Orme, Jr.", "Ivo Orme Jr", "Orme"), "Ivo Orme, Jr."),
        (("D’Arcy", "Ivo D'Arcy"), "Ivo D'Arcy"),
        (("Müller", "Muller"), "Müller"),
    ],
)
def test_one_person(pile: tuple[str, ...], expected: str):
    """Spellings, initials, titles and a surname alone are one person's, in any order."""
    found = set(names(*pile))
    assert found == {expected}
    assert len(set(names(*reversed(pile)))) == 1


@pytest.mark.parametrize(
    "pile",
    [
        ("Ines Orme", "Ivo Orme", "Orme"),
        ("Ines Orme", "Ivo Orme", "I. Orme"),
        ("Ines M. Orme", "Ines P. Orme", "Ines Orme"),
        ("Ivo W. Hale", "Ivo H. W. Hale"),
        ("Ivo Orme Jr.", "Ivo Orme"),
        ("Ivo Orme Jr.", "Ivo Orme Sr."),
        ("Ivo Orme", "Orme Jr."),
        ("Hanne Muller", "Mueller"),
        ("Ines Orme-Tarn", "Ines Tarn"),
        ("Ines Orme-Tarn", "Tarn"),
        ("Ines Orme", "Ines"),
        ("Ines Orme", "Orme Vale", "Orme"),
        ("Ines Orme", "Orme Council"),
        ("Ines Orme", "Ines Orme/Tarn Pictures", "Ines Orme of Tarn"),
        ("Ines Orme", "Minister"),
    ],
)
def test_not_one_person(pile: tuple[str, ...]):
    """Whoever may be another keeps the name that the document gives."""
    assert names(*pile) == list(pile)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It was Mr Orme who spoke.", "Mrs Ines Orme"),
        ("Fog lay on Tarn when Gerda Orme met Orme.", "Ines Orme"),
        ("Later Orme spoke.", "Chilly Orme"),
    ],
)
def test_what_stands_around_a_surname(text: str, named: str):
    """Mr is not Mrs, another first name is another person, and a word is no first name."""
    full = source(
        (named.removeprefix("Mrs "), named.removeprefix("Mrs ")),
        text=f"A chilly day. It was {named} who spoke.",
    )
    short = source("Orme", text=text)
    assert shown(short, full)[0] == ("Orme",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Later Dr Orme spoke.", "Ines Orme"),
        ("They met on Friday. Orme spoke.", "Ines Orme"),
        ("News from Tarn\n\nOrme spoke.", "Ines Orme"),
        ("Here I. Orme spoke.", "Ines Orme"),
        ("Here B. Orme spoke.", "Orme"),
        ("Here Geo. Orme spoke.", "Orme"),
        ("Here Gerda\nOrme spoke.", "Orme"),
    ],
)
def test_what_stands_before_a_surname(text: str, expected: str):
    """A title is no first name, nor is the end of another sentence or paragraph."""
    assert shown(source("Orme", text=text), source("Ines Orme"))[0] == (expected,)


def test_a_document_that_tells_them_apart():
    """A surname beside the full name in one document was left apart for a reason."""
    assert shown(source("Orme", "Ines Orme"), source("Ines Orme"))[0] == ("Orme", "Ines Orme")


def test_kinds():
    """A person is no organisation, but a full name is what all documents together call it."""
    person, mill = source("Ines Orme"), source("Orme", kind="organisation")
    assert shown(person, mill) == [("Ines Orme",), ("Orme",)]
    unsure = source("Ines Orme", kind="organisation")
    assert shown(unsure, source("Ines Orme"), source("Orme")) == [("Ines Orme",)] * 3
    assert shown(unsure, source("Orme")) == [("Ines Orme",), ("Orme",)]
    assert names("The Tarners", "Tarners", kind="group") == ["The Tarners", "Tarners"]


@pytest.mark.parametrize("kind", ["organisation", "place"])
@pytest.mark.parametrize(
    ("pile", "expected"),
    [
        (("Dock Pilots' Union", "Dock Pilots’ Union"), "Dock Pilots' Union"),
        (("TARN BRIDGE TRUST", "The Tarn Bridge Trust"), "The Tarn Bridge Trust"),
        (("Ministry of Tides", "the Tides Ministry", "Ministry of Tides"), "Ministry of Tides"),
        (("Quay & Sons Ltd", "Quay and Sons", "Quay and Sons"), "Quay and Sons"),
        (("Tarn Salt plc", "Tarn Salt GmbH", "Tarn Salt"), "Tarn Salt plc"),
        (("Tarn Bridge Trust", "TBT", "TBT"), "Tarn Bridge Trust"),
        (("Ministry of Tides and Wrecks", "T.W.M."), "Ministry of Tides and Wrecks"),
        (("Ministry of Tides", "MOT"), "Ministry of Tides"),
        (("TARNO", "Tarno", "Tarno"), "Tarno"),
        (("T.B.T.", "TBT", "TBT"), "TBT"),
        (("Orme & Łuk AG", "Orme and Luk"), "Orme & Łuk AG"),
    ],
)
def test_one_body(pile: tuple[str, ...], expected: str, kind: str):
    """Articles, legal forms, word order and acronyms do not make another body."""
    assert set(names(*pile, kind=kind)) == {expected}


@pytest.mark.parametrize(
    "pile",
    [
        ("Tarn Bridge Trust", "Tarn Boat Trust", "TBT"),
        ("Tarn Trust", "TT"),
        ("Ministry of Tides", "Ministry"),
        ("Ministry of Tides", "Ministry of Wrecks"),
        ("Tarn University", "University of Tarn"),
        ("WHO", "Who"),
        ("Tarn/Quay Trust", "Tarn Quay Trust"),
        ("Quay", "Quays"),
    ],
)
def test_not_one_body(pile: tuple[str, ...]):
    """Initials of two, bare roles and other names stay as they are."""
    assert names(*pile, kind="organisation") == list(pile)


def test_an_introduced_acronym():
    """Two letters are an acronym where a text says so, for documents that do not."""
    long = source("Tarn Trust", ("Tarn Trust", "TT"), kind="organisation")
    assert shown(long, source("TT", kind="organisation"))[1] == ("Tarn Trust",)
    assert shown(long, source("TT", kind="place"))[1] == ("TT",)
    other = source("Tide Tables", ("Tide Tables", "TT"), kind="organisation")
    assert shown(long, other, source("TT", kind="organisation"))[2] == ("TT",)


def test_signatures():
    """Who signs a document goes by that name everywhere, and each document keeps its own."""
    signed = source("Tarn", authors=("Ines Orme",), holders=("Ines Orme",))
    told = source("Ines Maud Orme", "Vale")
    assert shown(signed, told, source("Orme")) == [
        ("Tarn",),
        ("Ines Orme", "Vale"),
        ("Ines Orme",),
    ]
    again = source("Ines M. Orme", authors=("Ines M. Orme",))
    documents, readings = zip(signed, again, source("Orme"), strict=True)
    first, second, third = unify(documents, readings)
    assert "Ines Orme" in first.statements[0].holders
    assert second.actors[0].name == "Ines M. Orme"
    assert third.actors[0].name == "Ines M. Orme"
    page = source(publisher="The Tide Ministry")
    assert shown(page, source("Ministry of Tide", kind="organisation"))[1] == (
        "The Tide Ministry",
    )


def test_unsigned_documents():
    """The author of an unsigned document stays the author."""
    pile = (source("Ines Orme", holders=(AUTHOR,)), source("Orme", holders=(AUTHOR,)))
    documents, readings = zip(*pile, strict=True)
    assert all(AUTHOR in one.statements[0].holders for one in unify(documents, readings))


GIVEN = (
    "Ines",
    "I.",
    "Ivo",
    "Ines Maud",
    "Ines M.",
    "I. M.",
    "IM",
    "Orme",
    "Dr Ivo",
    "Jean-Ivo",
    "",
)
LAST = ("Orme", "ORME", "Müller", "Mueller", "Muller", "al-Orme", "Orme-Vale", "Vale", "Orme Jr.")
BODIES = ("Tarn Bridge Trust", "TBT", "The Tarn Bridge Trust Ltd", "Tarn Boat Trust", "Ministry",
          "Ministry of Tides", "Tides Ministry", "TM", "MOT", "Tarno", "TARNO", "Orme")  # fmt: skip
PERSONS = st.builds(
    lambda given, last: f"{given} {last}".strip(), st.sampled_from(GIVEN), st.sampled_from(LAST)
)
NAMES = st.lists(PERSONS | st.sampled_from(BODIES), unique=True, max_size=4)


@st.composite
def piles(draw: st.DrawFn) -> list[Source]:
    """Documents whose names are much alike, some of them signed."""
    pile = []
    for listed in draw(st.lists(NAMES, min_size=1, max_size=5)):
        signed = draw(st.just(()) | st.lists(PERSONS, min_size=1, max_size=1).map(tuple))
        document, reading = source(*listed, authors=signed, holders=signed or (AUTHOR,))
        actors = tuple(
            replace(actor, kind=draw(st.sampled_from(("person", "organisation"))))
            for actor in reading.actors
        )
        pile.append((document, replace(reading, actors=actors)))
    return pile


def partition(pile: Sequence[Source], order: Sequence[int]) -> set[frozenset[tuple[int, Span]]]:
    """Which mentions belong together, by document and place, if read in some order."""
    chosen = [pile[number] for number in order]
    unified = unify([one for one, _ in chosen], [one for _, one in chosen])
    together: defaultdict[str, set[tuple[int, Span]]] = defaultdict(set)
    for number, reading in zip(order, unified, strict=True):
        for actor in reading.actors:
            together[actor.name] |= {(number, span) for span in actor.mentions}
    return set(map(frozenset, together.values()))


@given(piles(), st.data())
def test_whatever_the_names(pile: list[Source], data: st.DataObject):
    """Every mention is kept, a second time changes nothing, and the order of documents neither."""
    documents, readings = zip(*pile, strict=True)
    unified = unify(documents, readings)
    assert unify(documents, unified) == unified
    for before, after in zip(readings, unified, strict=True):
        kept = sorted(span for actor in before.actors for span in actor.mentions)
        assert sorted(span for actor in after.actors for span in actor.mentions) == kept
        assert len({actor.name for actor in after.actors}) == len(after.actors)
        assert [one.span for one in after.claims] == [one.span for one in before.claims]
    known = {actor.name for one in readings for actor in one.actors}
    known |= {name for one in documents for name in one.authors}
    for reading in unified:
        for actor in reading.actors:
            assert any(re.search(rf"(^|\s){re.escape(actor.name)}", name) for name in known)
    order = data.draw(st.permutations(range(len(pile))))
    assert partition(pile, order) == partition(pile, range(len(pile)))
