from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.document import Document, Sentence, Span
from briefing.findings import Reading, Statement
from briefing.relate.origins import find_origins
from briefing.relate.places import Place
from briefing.relate.same import Group
from briefing.relate.timeline import Dated, timeline

FIRST = "The quay of Lund was closed for repairs on 3 May 2025."
SECOND = "Engineers will replace the old locks on 12 March 2027."
THIRD = "Night trains carried most of the timber inland in April 2024."
ALIKE = "On 3 May 2025 the whole quay of Lund was closed to ships for repairs."


def page(
    *words: str, salience: tuple[float, ...] = (), **given: object
) -> tuple[Document, Reading]:
    """A document of one paragraph, and a reading in which its own voice states each sentence."""
    text = " ".join(words)
    spans = [Span(text.index(one), text.index(one) + len(one)) for one in words]
    own = tuple(
        Statement(at, (), (), (span,), ("author",), (), "asserted", quoted=False, hedges=())
        for at, span in enumerate(spans)
    )
    made = Document("page.txt", text, **{"date": "2026-03-01", **given})  # type: ignore[arg-type]
    return made, Reading(
        tuple(map(Sentence, spans)), salience or (0.5,) * len(words), own, (), (), ()
    )


def events(
    *pairs: tuple[Document, Reading], groups: tuple[Group, ...] = ()
) -> list[tuple[str, int]]:
    return [(event.date, event.document) for event in found(*pairs, groups=groups)]


def found(*pairs: tuple[Document, Reading], groups: tuple[Group, ...] = ()) -> tuple[Dated, ...]:
    documents, readings = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return timeline(documents, readings, find_origins(documents), groups)


def only(*words: str, date: str | None = "2026-03-01") -> list[str]:
    """The dates told by one page beside two others with one date each."""
    told = events(page(*words, date=date), page(SECOND), page(THIRD))
    return [when for when, document in told if document == 0]


def test_three_sources():
    """Events come in the order of their dates, if three independent sources date some."""
    assert events(page(FIRST), page(SECOND), page(THIRD)) == [
        ("2024-04", 2),
        ("2025-05-03", 0),
        ("2027-03-12", 1),
    ]
    assert events(page(FIRST), page(SECOND)) == []
    assert events(page(FIRST, SECOND, THIRD)) == []
    assert events(page(FIRST), page(SECOND), page(SECOND)) == [], "a reprint is no third source"


def test_one_event_of_two_sources():
    """Sources that tell the same of one date stand together, the most salient one first.

    Two that are not known to make one claim are not counted as two voices.
    """
    plain = "Grain prices fell after the harvest."
    pages = (page(ALIKE, plain, salience=(0, 1)), page(FIRST), page(SECOND), page(THIRD))
    told = found(*pages)
    assert [(event.date, event.document, event.origins) for event in told] == [
        ("2024-04", 3, 1),
        ("2025-05-03", 1, 1),
        ("2027-03-12", 2, 1),
    ]
    assert [(one.document, one.quote) for one in told[1].evidence] == [(0, ALIKE)]


def test_same_claim_of_two_sources():
    """Tellings of one group are one event whatever their words, and a month may hold the day."""
    other = "In May 2025 nobody could land there."
    pages = (page(FIRST), page(other), page(SECOND), page(THIRD))
    assert len(found(*pages)) == 4
    group = (Group((Place(0, 0), Place(1, 0)), 2),)
    told = found(*pages, groups=group)
    assert [(event.document, event.origins) for event in told] == [(3, 1), (0, 2), (2, 1)]


def test_most_telling_events():
    """Twelve events at most, with those of three sources among them."""
    lines = [
        f"Crane {name} was sold to Orm on {day} June 2025."
        for day, name in enumerate("abcdefghijklmn", 1)
    ]
    low = (
        page(SECOND, "Grain fell.", salience=(0, 1)),
        page(THIRD, "Grain fell.", salience=(0, 1)),
    )
    told = events(page(*lines), *low)
    assert len(told) == 12
    assert {document for _, document in told} == {0, 1, 2}


@pytest.mark.parametrize(
    "words",
    [
        "Was the quay of Lund closed on 3 May 2025?",
        "If the quay of Lund was closed on 3 May 2025, ships waited.",
        "Photo of the quay, which was closed on 3 May 2025, by Tam Oyle.",
        "Lund, 3 May 2025.",
        "It is unclear whether the quay was closed on 3 May 2025.",
        "The quay was closed on 3 May 2025, opened on 4 May 2025 and sold on 5 May 2025.",
        "This article was amended by the editors on 3 May 2025.",
    ],
)
def test_no_events(words: str):
    """Questions, suppositions, captions, datelines and what is open are no events."""
    assert only(words) == []


def test_day_of_publication_is_no_event():
    """The date of the document itself, spelled out, is hardly that of an event."""
    assert only(FIRST, date="2025-05-03") == []


def test_headings_are_no_events():
    """What heads a section tells of no event, nor does what stands before the body."""
    made, reading = page(FIRST)
    heading = replace(reading, sentences=(Sentence(reading.sentences[0].span, "heading"),))
    assert events((made, heading), page(SECOND), page(THIRD)) == []
    later = replace(made, body_start=10)
    assert events((later, reading), page(SECOND), page(THIRD)) == []


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        ("In 2019 the port of Lund was sold to Orm.", ["2019"]),
        ("The port of Lund was sold to Orm in 2019.", ["2019"]),
        ("The port that was sold to Orm in 2019.", []),
        ("The crew was praised for selling the port of Lund in 2019.", []),
        ("The port of Lund, sold in 2019, was closed again.", []),
        ("On Tuesday he was fined for a fire of May 2019.", []),
    ],
)
def test_years_of_the_main_clause(words: str, dates: list[str]):
    """A year counts at the start or end of a sentence, where it belongs to the main clause."""
    assert only(words, date=None) == dates


def test_days_without_a_year():
    """They need a dated document, no other year near, and no quotation marks."""
    words = "The council of Lund met on 3 February in Orm."
    assert only(words) == ["2026-02-03"]
    assert only(words, date=None) == []
    assert only("In 2019 a new council was chosen.", words) == ["2019"]
    assert only("“The council of Lund met on 3 February in Orm,” said Tam Oyle.") == []


def test_only_what_can_be_printed():
    """An event is told by a telling that can be printed; one without is left out."""
    pages = (page(FIRST), page(ALIKE), page(SECOND), page(THIRD))
    documents, readings = [one[0] for one in pages], [one[1] for one in pages]

    def others(document: int, _sentence: int, span: Span) -> bool:
        assert documents[document][span]
        return document != 0

    told = timeline(documents, readings, find_origins(documents), (), others)
    assert [(event.date, event.document) for event in told] == [
        ("2024-04", 3),
        ("2025-05-03", 1),
        ("2027-03-12", 2),
    ]
    assert not timeline(documents, readings, find_origins(documents), (), lambda *_: False)


def test_same_input_same_result():
    """The same sources give equal events."""
    pages = (page(FIRST), page(ALIKE), page(SECOND), page(THIRD))
    assert found(*pages) == found(*pages)
