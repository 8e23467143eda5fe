"""Promises that one source tells of and another denies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_pages import Page

from briefing.relate.matters import sayings
from briefing.relate.promises import broken_promises, promises

if TYPE_CHECKING:
    from briefing.findings import Stance

TOLD = "Ada Lind had assured her in May that the ferry to Orm would stay."
NONE = "Ada Lind promised nothing of the kind."


def page(words: str, holder: str = "Mara Quist", stance: Stance = "states") -> Page:
    """One statement, with everybody who is named in it."""
    made = Page(words).states(holder, words, stance=stance)
    for name in ("Ada Lind", "Tam Oyle"):
        if name in words:
            made.actor(name)
    return made


def pairs(*pages: Page) -> list[tuple[str, str]]:
    """What is told and what is denied."""
    documents, readings = [one.document for one in pages], [one.reading for one in pages]
    said = [sayings(at, *both) for at, both in enumerate(zip(documents, readings, strict=True))]
    found = broken_promises(documents, readings, said, lambda one, other: one != other)
    return [(one.affirmed.text, one.denial.text) for one in found]


@pytest.mark.parametrize(
    "words",
    [
        NONE,
        "Ada Lind gave no undertaking of any kind.",
        "Ada Lind did not guarantee that the ferry would stay.",
        "Ada Lind never assured anybody that the ferry was safe.",
    ],
)
def test_a_promise_is_told_and_denied(words: str) -> None:
    """By one person's name, and by what it is of or because there was none at all."""
    assert pairs(page(TOLD), page(words, "Tam Oyle")) == [(TOLD, words)]


@pytest.mark.parametrize(
    ("words", "holder", "stance"),
    [
        ("Tam Oyle promised nothing of the kind.", "Tam Oyle", "states"),
        (NONE, "Mara Quist", "states"),
        ("Ada Lind did not promise that fares would fall.", "Tam Oyle", "states"),
        ("Ada Lind promised that the ferry would stay.", "Tam Oyle", "states"),
        ("Ada Lind promised nothing of the kind.", "Tam Oyle", "denies"),
        ("It has been reported that Ada Lind promised to keep the ferry.", "Tam Oyle", "denies"),
    ],
)
def test_what_is_no_contest(words: str, holder: str, stance: Stance) -> None:
    """Another's promise, the same voice, another matter, no denial, a denial of a denial."""
    found = pairs(page(TOLD), page(words, holder, stance))
    assert found == ([(TOLD, words)] if "reported" in words else [])


def test_in_the_first_person_the_speaker_gives() -> None:
    """`I` and `we` are the holder; a pronoun is nobody."""
    own = page("I did not promise her a ferry.", "Ada Lind")
    (found,) = promises(own.document, own.reading, sayings(0, own.document, own.reading))
    assert (found.giver, found.denied) == ({"ada", "lind"}, True)
    hers = page("She promised a ferry.")
    assert not list(promises(hers.document, hers.reading, sayings(0, hers.document, hers.reading)))


def test_hearsay_tells_of_no_promise() -> None:
    """What is only said to have been promised is nobody's word."""
    hearsay = page("It has been reported that Ada Lind promised to keep the ferry.")
    assert pairs(hearsay, page(NONE, "Tam Oyle")) == []
