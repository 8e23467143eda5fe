"""Names that stand apart from what a sentence says beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_case import document, read

from briefing.verify.apart import Whereabouts, without_names
from briefing.verify.grounds import Assertion, Pile, case_of

WEIR = (
    "The old weir on the upper river was rebuilt last spring. Iven Sorrow drew the plans for the"
    " new sluice gates there. The work took eleven weeks and four crews."
)
MILL = (
    "A paper mill closed its gates in the lower valley. Its owner, Oda Brandt, blamed the price of"
    " timber. Forty workers lost their places. The town council met twice about it. Nobody came."
    " It rained. The road was shut. Trains ran late. The market was full. Prices rose. It snowed."
)
PEOPLE = ("Iven Sorrow", "Oda Brandt")
SOURCES = tuple(replace(document(text), title=None) for text in (WEIR, MILL))
PILE = Pile(SOURCES, tuple(read(each, people=PEOPLE) for each in SOURCES))


def stands_apart(sentence: str) -> list[str]:
    """The names in `sentence` that stand apart."""
    own = replace(document(sentence), authors=())
    case = case_of(Assertion(sentence, read(own, people=PEOPLE)), (), PILE)
    return [sentence[slice(*fault.span)] for fault in Whereabouts(PILE).faults(case)]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("For the new sluice gates it was Iven Sorrow who drew the plans.", []),
        ("For the new sluice gates it was Oda Brandt who drew the plans.", ["Oda Brandt"]),
        ("Last spring, in the time of Sorrow, the old weir on the upper river was rebuilt.", []),
        ("The price of timber is blamed by Oda Brandt.", []),
        ("The price of timber is blamed by Iven Sorrow.", ["Iven Sorrow"]),
        ("Ada Penhallow writes that a paper mill closed its gates in the lower valley.", []),
        ("Nothing of the kind is known of Iven Sorrow.", []),
    ],
)
def test_names_beside_words_of_another_passage(sentence: str, names: list[str]) -> None:
    """A name is at fault where the words around it stand together without it, and only there."""
    assert stands_apart(sentence) == names


def test_what_stands_instead_is_shown() -> None:
    """The fault says that the name is of another passage, and has the passage of the words."""
    sentence = "The price of timber is blamed by Iven Sorrow."
    own = replace(document(sentence), authors=())
    case = case_of(Assertion(sentence, read(own, people=PEOPLE)), (), PILE)
    (fault,) = Whereabouts(PILE).faults(case)
    assert (fault.kind, fault.misattributed) == ("name", True)
    assert fault.evidence is not None
    assert fault.evidence.quote == "Its owner, Oda Brandt, blamed the price of timber."


def test_a_sentence_without_its_names() -> None:
    """Names are blanked, all else stays in its place."""
    sentence = "Later Oda Brandt met Iven Sorrow there."
    own = replace(document(sentence), authors=())
    case = case_of(Assertion(sentence, read(own, people=PEOPLE)), (), PILE)
    assert without_names(case) == "Later            met             there."
