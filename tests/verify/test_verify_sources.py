"""Sources: numbers of sentences over many documents, and evidence of them."""

from __future__ import annotations

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st
from sample_case import document, read

from briefing.document import Span
from briefing.findings import Evidence
from briefing.support.stub import StubScorer
from briefing.support.weighed import Weighed
from briefing.verify.grounds import Ground
from briefing.verify.sources import Sources

TEXTS = (
    "The weir leaks. The mill stands still.",
    "",
    "Nobody mends the weir. Gulls nest on the roof. The miller paid 40 crowns.",
)
DOCUMENTS = tuple(map(document, TEXTS))
SOURCES = Sources(DOCUMENTS, tuple(map(read, DOCUMENTS)), StubScorer())


def evidence(number: int, words: str) -> Evidence:
    """Words of one of the sources."""
    start = TEXTS[number].index(words)
    return Evidence(number, Span(start, start + len(words)), words)


def test_evidence_stands_in_whole_sentences() -> None:
    """A few words stand for their sentence, and words over an end for both."""
    assert SOURCES.grounds([evidence(0, "mill")]) == (Ground(0, (1,)),)
    assert SOURCES.grounds([evidence(0, "leaks. The mill")]) == (Ground(0, (0, 1)),)


def test_grounds_are_in_the_order_of_the_sources() -> None:
    """However evidence is given, each document is named once, its sentences in order, each once."""
    given = [evidence(2, "40"), evidence(0, "weir"), evidence(2, "Nobody"), evidence(2, "miller")]
    assert SOURCES.grounds(given) == (Ground(0, (0,)), Ground(2, (0, 2)))


def test_evidence_has_the_words_of_its_span() -> None:
    """One for each sentence, the nearest first, past a document without sentences."""
    found = SOURCES.evidence("They paid 40 crowns.", (Ground(0, (1,)), Ground(2, (1, 2))))
    assert [each.quote for each in found] == [
        "The miller paid 40 crowns.",
        "The mill stands still.",
        "Gulls nest on the roof.",
    ]
    assert all(TEXTS[each.document][slice(*each.span)] == each.quote for each in found)


def test_sentences_are_weighed_by_all_sources() -> None:
    """What is nearest is found in whichever document it stands, and counted in its own numbers."""
    paid, _ = SOURCES.weigh(["The miller paid 40 crowns.", "Quite other things happened."])
    weighed, grounds = paid
    assert weighed.score == 1.0
    assert Ground(2, (2,)) in [Ground(on.document, on.sentences[-1:]) for on in grounds]
    assert SOURCES.weigh([]) == []


def test_sentences_are_weighed_by_what_they_cite() -> None:
    """What another passage says does not count; a sentence that cites nothing has no support."""
    asked = [
        ("The miller paid 40 crowns.", (Ground(2, (2,)),)),
        ("The miller paid 40 crowns.", (Ground(0, (0, 1)), Ground(2, (1,)))),
        ("The miller paid 40 crowns.", ()),
    ]
    assert SOURCES.weigh_on(asked) == (
        Weighed(1.0, 0.0, (4,)),
        Weighed(0.0, 0.0, (0, 1, 3)),
        Weighed(0.0, 0.0, ()),
    )


PLACES = [(0, 0), (0, 1), (2, 0), (2, 1), (2, 2)]


@given(st.sets(st.sampled_from(PLACES)))
def test_grounds_and_evidence_are_two_views_of_one_thing(places: set[tuple[int, int]]) -> None:
    """Evidence of passages leads back to the same passages, and nothing to nothing."""
    by_document = {number: sorted(at for one, at in places if one == number) for number in (0, 2)}
    grounds = tuple(Ground(number, tuple(ats)) for number, ats in by_document.items() if ats)
    found = SOURCES.evidence("The miller paid 40 crowns.", grounds)
    assert len(found) == len(list(chain(*by_document.values())))
    assert SOURCES.grounds(found) == grounds
