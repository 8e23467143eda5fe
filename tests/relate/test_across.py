from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from test_people import source

from briefing.relate.across import across
from briefing.relate.people import unify
from briefing.relate.renaming import renamed

if TYPE_CHECKING:
    from test_people import Source


def changes(*piles: tuple[Source, ...]) -> list[dict[str, str]]:
    """What changes in some piles, each of which has one name for an actor."""
    unified = []
    for pile in piles:
        documents, readings = zip(*pile, strict=True)
        unified.append((documents, unify(documents, readings)))
    return across(unified)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It was Minister Ines Orme who spoke.", "Later Minister Orme spoke."),
        ("It was Ines Orme, the transport minister, who spoke.", "Later Minister Orme spoke."),
        ("It was former Tarn mayor Ines Orme who spoke.", "Later Mayor Orme spoke."),
    ],
)
def test_a_surname_beside_the_same_role(one: str, other: str) -> None:
    """It is somebody in another pile whom that one calls alike."""
    assert changes((source("Ines Orme", text=one),), (source("Orme", text=other),)) == [
        {},
        {"Orme": "Ines Orme"},
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It was Ines Orme who spoke.", "It was Orme who spoke."),
        ("It was Ines Orme who spoke.", "Later Minister Orme spoke."),
        ("It was Mayor Ines Orme who spoke.", "Later Minister Orme spoke."),
        ("It was Ms Ines Orme who spoke.", "Later Ms Orme spoke."),
        ("It was Dr Ines Orme who spoke.", "Later Dr Orme spoke."),
        ("It was Ines Orme. The minister left.", "Later Minister Orme spoke."),
    ],
)
def test_a_surname_alone(one: str, other: str) -> None:
    """Another pile may be about quite other people."""
    assert changes((source("Ines Orme", text=one),), (source("Orme", text=other),)) == [{}, {}]


@pytest.mark.parametrize(
    ("one", "other", "kind", "joined"),
    [
        ("Ines Orme", "Inés Orme", "person", True),
        ("Ministry of Tides", "Tides Ministry", "organisation", True),
        ("Ministry of Tides", "Tarn Rowing Club", "organisation", False),
        ("World Tide Office", "WTO", "organisation", False),
        ("Ines Orme", "I. Orme", "person", False),
    ],
)
def test_whole_names(one: str, other: str, kind: str, joined: bool) -> None:
    """Spellings of a whole name are one's; what abbreviates it may be another's."""
    found = changes((source(one, kind=kind),), (source(other, kind=kind),))
    assert found in ([{one: other}, {}], [{}, {other: one}]) if joined else found == [{}, {}]


def test_one_source_in_two_piles() -> None:
    """Who is meant in one pile is meant in the other, unless piles differ on it."""
    shared = source("Orme")
    ines, gerda = source("Ines Orme"), source("Gerda Orme")
    assert changes((shared,), (shared, ines)) == [{"Orme": "Ines Orme"}, {}]
    assert changes((shared,), (shared, ines), (shared, gerda)) == [{}, {}, {}]


def test_a_name_changes_in_a_whole_pile_or_not_at_all() -> None:
    """Else one name would be two actors' on one page."""
    minister = source("Orme", text="Later Minister Orme spoke.")
    full = source("Ines Orme", text="It was Minister Ines Orme who spoke.")
    assert changes((minister, source("Orme")), (full,)) == [{}, {}]


def test_piles_without_anything() -> None:
    """Nothing in, nothing out."""
    assert across([]) == []
    assert across([((), ()), ((), ())]) == [{}, {}]


def test_the_changes_are_final() -> None:
    """Piles that have been renamed have nothing to change."""
    piles = (
        (source("Ines Orme", text="It was Minister Ines Orme who spoke."),),
        (source("Orme", text="Later Minister Orme spoke."), source("Tides Ministry")),
    )
    after = [
        tuple((document, renamed(reading, names)) for document, reading in pile)
        for pile, names in zip(piles, changes(*piles), strict=True)
    ]
    assert changes(*after) == [{}, {}]
