from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from briefing.document import Document, Sentence, Span
from briefing.findings import AUTHOR, Actor, Cell, Matrix, Position, Reading
from briefing.relate.issues import cluster_issues
from briefing.relate.matrix import MOST_ACTORS, MOST_ISSUES, matrix, opposed

if TYPE_CHECKING:
    from briefing.relate.held import PositionAt

SETTING = (
    "The orchard levy of Calder Vale is to double, and the levy pays for the new weir at Holm."
    " Whoever waters an orchard pays the levy, and the weir has been broken since spring."
)
"""What every page opens with, so that all are about one matter."""


def page(
    *rows: tuple[Any, ...],
    date: str | None = "2031-05-02",
    setting: str = SETTING,
    **given: Any,
) -> tuple[Document, Reading]:
    """A document with a sentence a row: text, actor, stance, issue, and more of its position."""
    texts = [setting, *(row[0] for row in rows)]
    sentences, positions = [], []
    start = 0
    for number, text in enumerate(texts):
        span = Span(start, start + len(text))
        sentences.append(Sentence(span))
        start = span.end + 1
        if number:
            _, actor, stance, issue, *more = rows[number - 1]
            position = Position(
                actor,
                Span(span.start, span.start + 1),
                stance,
                issue,
                (span,),
                "asserted" if actor == AUTHOR else "reported",
                hedged=False,
            )
            positions.append(replace(position, **(more[0] if more else {})))
    document = Document("page.txt", " ".join(texts), date=date, **given)
    actors = tuple(Actor(row[1], "organisation", ()) for row in rows)
    scores = (0.5,) * len(sentences)
    return document, Reading(tuple(sentences), scores, (), (), tuple(positions), actors)


def matrix_of(*pages: tuple[Document, Reading]) -> Matrix:
    """The matrix of some pages."""
    documents, readings = [one for one, _ in pages], [one for _, one in pages]
    return matrix(documents, cluster_issues(documents, readings))


def opposed_of(*pages: tuple[Document, Reading]) -> list[set[str]]:
    """The pairs of actors who stand against each other in some pages."""
    documents, readings = [one for one, _ in pages], [one for _, one in pages]
    found = opposed(documents, cluster_issues(documents, readings))

    def actor(at: PositionAt) -> str:
        return readings[at.document].positions[at.position].actor

    return [{actor(one), actor(other)} for one, other in found]


def cell_of(found: Matrix, actor: str, issue: str = "levy") -> Cell:
    """The cell of an actor and an issue."""
    return next(one for one in found.cells if (one.actor, one.issue) == (actor, issue))


FOR = ("Ada Rook supports the levy.", "Ada Rook", "supports", "levy")
AGAINST = ("The Vale Growers reject the levy flatly.", "Vale Growers", "rejects", "levy")
THIRD = ("Tom Brask wants the levy soon.", "Tom Brask", "demands", "levy")


def test_cells_show_who_stands_where() -> None:
    """A cell an actor and issue, in the order of rows and columns; nothing where none is known."""
    found = matrix_of(
        page(FOR, AGAINST),
        page(THIRD, ("Ada Rook praised the weir.", "Ada Rook", "supports", "weir")),
        page(("Tom Brask rejects the weir.", "Tom Brask", "rejects", "weir")),
    )
    assert set(found.issues) == {"levy", "weir"}
    assert found.actors == ("Ada Rook", "Tom Brask", "Vale Growers")
    pairs = [(cell.actor, cell.issue) for cell in found.cells]
    order = [(actor, issue) for actor in found.actors for issue in found.issues]
    assert pairs == [pair for pair in order if pair in pairs]
    assert ("Vale Growers", "weir") not in pairs


def test_tellings_are_words_of_their_sources() -> None:
    """Each telling has its date and verbatim evidence."""
    pages = (page(FOR, AGAINST), page(THIRD, date=None))
    found = matrix_of(*pages)
    for cell in found.cells:
        for telling in cell.tellings:
            for item in telling.evidence:
                assert pages[item.document][0][item.span] == item.quote
    assert cell_of(found, "Tom Brask").tellings[0].date is None


def test_latest_telling_comes_first() -> None:
    """Tellings go from the latest to the earliest, undated ones last."""
    found = matrix_of(
        page(("Ada Rook likes the levy.", "Ada Rook", "supports", "levy"), date=None),
        page(FOR, AGAINST, date="2031-05-02"),
        page(
            ("Ada Rook backs the levy still.", "Ada Rook", "supports", "levy"), date="2031-06-01"
        ),
        page(THIRD),
    )
    dates = [telling.date for telling in cell_of(found, "Ada Rook").tellings]
    assert dates == ["2031-06-01", "2031-05-02", None]
    assert not cell_of(found, "Ada Rook").changed


def test_reprinted_words_are_told_once() -> None:
    """The same words in a second document are no further telling; the earlier source stays."""
    found = matrix_of(page(FOR, AGAINST, date="2031-05-03"), page(FOR, THIRD, date="2031-05-02"))
    assert [one.date for one in cell_of(found, "Ada Rook").tellings] == ["2031-05-02"]


LATER = ("Ada Rook now opposes the levy.", "Ada Rook", "opposes", "levy")


def test_change_between_dated_sources() -> None:
    """An actor who is for an issue on one date and against it on another has changed."""
    cell = cell_of(
        matrix_of(page(FOR, AGAINST), page(LATER, THIRD, date="2031-06-01")), "Ada Rook"
    )
    assert cell.changed
    assert [one.stance for one in cell.tellings] == ["opposes", "supports"]


@pytest.mark.parametrize(
    ("second", "date"),
    [
        (LATER, None),
        (LATER, "2031-05-02"),
        ((*LATER, {"hedged": True}), "2031-06-01"),
        ((*LATER, {"conditional": True}), "2031-06-01"),
        ((*LATER, {"basis": "inferred"}), "2031-06-01"),
        (
            (
                "Ada Rook opposes the levy without a ceiling.",
                "Ada Rook",
                "opposes",
                "levy",
            ),
            "2031-06-01",
        ),
        (("Ada Rook opposes a larger levy.", "Ada Rook", "opposes", "larger levy"), "2031-06-01"),
        (("Ada Rook opposes ending the levy.", "Ada Rook", "opposes", "levy"), "2031-06-01"),
        (("Ada Rook expects the levy soon.", "Ada Rook", "expects", "levy"), "2031-06-01"),
    ],
)
def test_no_change_where_it_is_not_plain(second: Any, date: str | None) -> None:
    """Without two dates, or with a hedge, a condition or a limit, nobody has changed sides."""
    found = matrix_of(page(FOR, AGAINST), page(second, THIRD, date=date))
    assert not cell_of(found, "Ada Rook").changed


def test_the_thing_as_it_stands_is_the_thing() -> None:
    """`It as it stands` is no limit, whether or not a pronoun stands for the thing."""
    now = ("We cannot carry it as it stands.", "Ada Rook", "rejects", "levy as it stands")
    found = matrix_of(page(FOR, AGAINST), page(now, THIRD, date="2031-06-01"))
    assert cell_of(found, "Ada Rook").changed


def test_change_told_as_past() -> None:
    """A side that one source tells as past and the other side that is not are a change."""
    former = ("Ada Rook used to reject the levy.", "Ada Rook", "rejects", "levy", {"past": True})
    cell = cell_of(matrix_of(page(FOR, former, date=None), page(AGAINST, THIRD)), "Ada Rook")
    assert cell.changed
    assert [one.past for one in cell.tellings] == [False, True]


def test_author_is_named_by_voice() -> None:
    """A signed text's own position is its author's; an unsigned text's is left out."""
    own = ("We support the levy gladly.", AUTHOR, "supports", "levy")
    rest = page(AGAINST, THIRD)
    assert "Per Aske" in matrix_of(page(own, authors=("Per Aske",)), rest).actors
    assert matrix_of(page(own), rest).actors == ()


def test_surname_is_the_person() -> None:
    """A surname that is one person's goes by the full name; a lone role goes by none."""
    short = ("Rook supports the levy.", "Rook", "supports", "levy")
    role = ("The minister supports the levy too.", "minister", "supports", "levy")
    document, reading = page(short, role)
    people = (Actor("Rook", "person", ()), Actor("Ada Rook", "person", ()))
    found = matrix_of((document, replace(reading, actors=people)), page(AGAINST, THIRD))
    assert set(found.actors) == {"Ada Rook", "Vale Growers", "Tom Brask"}


def test_second_hand_through_nobody_is_left_out() -> None:
    """What `an official` passes on of another is nobody's telling."""
    passed = (*FOR, {"via": ("official",)})
    assert matrix_of(page(passed, AGAINST), page(THIRD)).cells == ()


def test_table_stays_small() -> None:
    """A matrix has few issues and actors, and none where there is nothing to compare."""
    names = [f"Speaker {letter}{letter.lower()}rn" for letter in "ABCDEFGHIJKLMNOP"]
    things = [f"{letter}olm weir" for letter in "abcdefghijkl"]
    setting = " ".join(
        f"The {thing} stands and the {thing} leaks, the {thing}." for thing in things
    )
    pages = [
        page(
            *(
                (f"{name} supports the {thing} {at}.", name, "supports", thing)
                for at, thing in enumerate(things)
            ),
            setting=setting,
        )
        for name in names
    ]
    found = matrix_of(*pages)
    assert len(found.issues) == MOST_ISSUES
    assert len(found.actors) == MOST_ACTORS
    assert matrix_of() == Matrix()


def test_opposed_stances_on_one_thing() -> None:
    """Two actors of whom one supports what the other rejects stand against each other, once."""
    pages = (page(FOR, AGAINST), page(FOR, THIRD, date="2031-06-01"))
    assert opposed_of(*pages) == [{"Ada Rook", "Vale Growers"}]


@pytest.mark.parametrize(
    "second",
    [
        (*AGAINST, {"past": True}),
        (*AGAINST, {"conditional": True}),
        (*AGAINST, {"hedged": True}),
        (*AGAINST, {"basis": "inferred"}),
        ("The Vale Growers reject the levy of 5 crowns.", "Vale Growers", "rejects", "levy"),
        ("The Vale Growers reject scrapping the levy.", "Vale Growers", "rejects", "levy"),
        ("The Vale Growers reject two levies.", "Vale Growers", "rejects", "two levies"),
        ("The Vale Growers warn of the levy.", "Vale Growers", "warns", "levy"),
        ("The Vale Growers demand the levy.", "Vale Growers", "demands", "levy"),
        ("Ada Rook of Holm rejects the levy.", "Ada Rook of Holm", "rejects", "levy"),
    ],
)
def test_no_opposition_where_it_is_not_plain(second: Any) -> None:
    """Not past, conditional, hedged or limited, not to end it, not by one who may be the same."""
    assert opposed_of(page(FOR, THIRD), page(second)) == []


def test_who_stands_on_both_sides_opposes_nobody() -> None:
    """An actor who is told to be for and against an issue is no side of a contest."""
    assert opposed_of(page(FOR, AGAINST), page(LATER, THIRD, date="2031-06-01")) == []
    limited = ("Ada Rook opposes the levy for now.", "Ada Rook", "opposes", "levy")
    assert opposed_of(page(FOR, AGAINST), page(limited, THIRD, date="2031-06-01")) == []
