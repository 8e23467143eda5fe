"""Where a name stands to a pronoun in the trees."""

from __future__ import annotations

import pytest

from briefing.reader.standing import CLAUSES, PARTS, PARTS_COUNT, ROLES, Standing, Trees
from briefing.reader.train import parsed

pytestmark = pytest.mark.reader

TEXT = (
    "Tilda Orme leads the union. Later Mara Quist told Vell that she would help him. "
    "Quist’s company was founded by John Tarn."
)


def standing(pronoun: str, name: str, text: str = TEXT) -> Standing:
    """Of the first place of each."""
    one, other = (text.index(words) for words in (pronoun, name))
    return Trees(parsed(text)).standing((one, one + len(pronoun)), (other, other + len(name)))


def roles(name: str, pronoun: str) -> int:
    return 1 + PARTS[name] * PARTS_COUNT + PARTS[pronoun]


def test_what_both_are_in_their_clauses() -> None:
    """Subjects, objects, owners and doers behind by are told apart."""
    assert standing("she", "Mara Quist").roles == roles("nsubj", "nsubj")
    assert standing("him", "Mara Quist").roles == roles("nsubj", "dobj")
    assert standing("she", "Vell").roles == roles("dobj", "nsubj")
    assert standing("she", "Quist’s company"[:5], TEXT[TEXT.index("Later") :]).roles
    assert standing("him", "John Tarn").roles == roles("agent", "dobj")


def test_how_the_clauses_lie() -> None:
    """The clause around, the same clause, another sentence before or behind: all differ."""
    found = [
        standing("she", "Mara Quist").clause,
        standing("him", "she").clause,
        standing("she", "Tilda Orme").clause,
        standing("she", "John Tarn").clause,
        standing("Tilda Orme", "Mara Quist").clause,
    ]
    assert found[3] == found[4]
    assert len(set(found)) == 4
    assert 0 not in found


def test_what_stands_nowhere_is_unknown() -> None:
    """Before the first sentence, or where no word is."""
    trees = Trees(parsed("  Mara Quist left."))
    assert trees.standing((2, 6), (0, 0)) == Standing()
    assert trees.standing((2, 6), (500, 504)) == Standing()


def test_numbers_are_below_their_bounds() -> None:
    """Whatever two words are compared."""
    trees = Trees(parsed(TEXT))
    spans = [(start, start + 3) for start in range(0, len(TEXT), 3)]
    found = [trees.standing(one, other) for one in spans for other in spans]
    assert all(0 <= each.roles < ROLES and 0 <= each.clause < CLAUSES for each in found)
