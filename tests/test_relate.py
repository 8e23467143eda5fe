from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.document import Document, Sentence, Span
from briefing.findings import Actor, Matrix, Reading
from briefing.relate import Related, headline, relate
from briefing.relate.origins import find_origins


def document(text: str = "", **given: object) -> Document:
    return Document("page.txt", text, **{"date": "2026-03-01", **given})  # type: ignore[arg-type]


def find(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def sentences(*words: str, salience: tuple[float, ...] = ()) -> tuple[Document, Reading]:
    """A document of one paragraph, and a reading of it that holds no more than sentences."""
    text = " ".join(words)
    spans = tuple(Sentence(find(text, one)) for one in words)
    scores = salience or (0.5,) * len(words)
    return document(text), Reading(spans, scores, (), (), (), ())


def test_title_actors_by_salience():
    """Actors are ordered by the salience of their sentences; groups and common nouns are none."""
    page, reading = sentences(
        "Orm pays.", "Lund pays.", "The dockers pay.", salience=(0.1, 0.9, 1.0)
    )
    actors = (
        Actor("Orm", "place", (find(page.text, "Orm"),)),
        Actor("Lund", "place", (find(page.text, "Lund"),)),
        Actor("Dockers", "group", (find(page.text, "dockers"),)),
        Actor("the dockers", "organisation", (find(page.text, "dockers"),)),
    )
    assert relate([page], [replace(reading, actors=actors)]).title_actors == ("Lund", "Orm")


def about(*names: str) -> Related:
    """Nothing but the actors that matter most."""
    return Related((), names, find_origins(()), (), (), Matrix())


ACTORS = about("Mara Quist", "Lund", "Lund Port", "Orm", "Edda Moor", "Tam")


@pytest.mark.parametrize(
    ("documents", "focus", "title"),
    [
        ([document(title="Dues double")], "shore power", "Dues double"),
        ([document(), document()], "shore power", "shore power"),
        ([document(authors=("Mara Quist",))], "", "Mara Quist on Lund, Orm and Edda Moor"),
        ([document()], "", "Mara Quist, Lund and Orm: 1 source"),
        (
            [document(title="One"), document(title="Two")],
            "",
            "Mara Quist, Lund and Orm: 2 sources",
        ),
    ],
)
def test_headline(documents: list[Document], focus: str, title: str):
    """A lone source's title, then the focus, then names: no author twice, none within another."""
    assert headline(documents, ACTORS, focus) == title


RAILS = (
    "the valley line carries timber. night trains and night trains keep the valley line awake.",
    "engineers rebuilt the valley line. night trains and night trains are what people fear.",
)


@pytest.mark.parametrize(
    ("texts", "titles", "headings", "title"),
    [
        (RAILS, (None, None), (), "Night trains and valley line: 2 sources"),
        (
            RAILS,
            ("The Valley Line", "Who Needs It"),
            (),
            "Valley line and night trains: 2 sources",
        ),
        (RAILS, (None, None), ("the valley line",), "Valley line and night trains: 2 sources"),
        (
            (
                "its chief executive, Mara Quist, spoke of night trains.",
                "their chief executive, Edda Moor, fears night trains.",
            ),
            (None, None),
            (),
            "Night trains: 2 sources",
        ),
        (
            (
                "the chief operating officer Mara Quist spoke of night trains.",
                "Edda Moor, its chief operating officer, fears night trains.",
            ),
            (None, None),
            (),
            "Night trains: 2 sources",
        ),
        (
            ("she remains committed to it",) * 2,
            (None, None),
            (),
            "2 sources",
        ),
        (("“We are declaring victory,” she said.",) * 2, (None, None), (), "2 sources"),
        (
            ("seven cubic metres, nine square miles, forty ships and six hundred barrels",) * 2,
            (None, None),
            (),
            "2 sources",
        ),
    ],
)
def test_headline_of_common_matters(
    texts: tuple[str, ...],
    titles: tuple[str | None, ...],
    headings: tuple[str, ...],
    title: str,
):
    """What several texts are about: words of a title or heading weigh more, units tell nothing."""
    pile = [
        document(text, title=own, headings=tuple(find(text, words) for words in headings))
        for text, own in zip(texts, titles, strict=True)
    ]
    assert headline(pile, about(), "") == title


def test_topics_are_not_joined_in_another_language():
    """What the sources call things stands alone; the rest of the line is worded."""
    pile = [document(text, language="en") for text in RAILS]
    assert headline(pile, about(), "", "de") == "Night trains: 2 Quellen"


def test_headline_without_actors():
    """Where nobody is named, the author or the number of sources must do."""
    nobody = about()
    assert headline([document(authors=("Mara Quist",))], nobody, "") == "Mara Quist"
    assert headline([document()] * 3, nobody, "") == "3 sources"


def test_same_input_same_result():
    """Relating twice gives equal records."""
    page, reading = sentences("Who pays for the quay of Lund?", "Orm pays for it all.")
    assert relate([page], [reading]) == relate([page], [reading])
