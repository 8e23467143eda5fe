from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from briefing.document import Document, Sentence, Span
from briefing.findings import Position, Reading, Statement
from briefing.relate.contested import Pair, contests
from briefing.relate.held import PositionAt
from briefing.relate.places import Place
from briefing.relate.same import Group

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTING = (
    "The valley railway of Ostrel is to be rebuilt with wider tunnels, new signals and longer"
    " platforms for the timber traffic."
)
"""What every page opens with, so that all are about one matter; it has no holder."""


class Said(NamedTuple):
    """A sentence of a page, and what of it somebody holds; all of it where `content` is empty."""

    text: str
    holder: str = "author"
    content: str = ""
    stance: str = "states"
    issue: str = ""
    resolved: bool = True
    basis: str = ""


def page(
    *said: Said | tuple[Any, ...], date: str | None = "2031-05-02"
) -> tuple[Document, Reading]:
    """A document of one paragraph with one statement a sentence, and its reading."""
    every = [Said(SETTING), *(Said(*one) for one in said)]
    text = " ".join(one.text for one in every)
    sentences, statements, positions = [], [], []
    start = 0
    for number, one in enumerate(every):
        sentences.append(Sentence(Span(start, start + len(one.text))))
        content = one.content or one.text
        at = text.index(content, start)
        span = Span(at, at + len(content))
        basis = one.basis or ("reported" if one.content else "asserted")
        holders = (one.holder,) if number and one.holder else ()
        statements.append(
            Statement(
                number,
                (),
                (),
                (span,),
                holders,
                (),
                basis,  # type: ignore[arg-type]
                quoted=False,
                hedges=(),
                stance=one.stance,  # type: ignore[arg-type]
                issue=one.issue,
                resolved=one.resolved,
            )
        )
        if " if " in one.text:
            positions.append(
                Position(
                    one.holder,
                    span,
                    one.stance,  # type: ignore[arg-type]
                    one.issue,
                    (span,),
                    "reported",
                    hedged=False,
                    conditional=True,
                )
            )
        start += len(one.text) + 1
    reading = Reading(
        tuple(sentences), (0.5,) * len(every), tuple(statements), (), tuple(positions), ()
    )
    return Document("page.txt", text, date=date), reading


def find(
    *pages: tuple[Document, Reading],
    origins: Sequence[int] = (),
    opposite: Sequence[tuple[PositionAt, PositionAt]] = (),
    groups: Sequence[Group] = (),
) -> tuple[Pair, ...]:
    """What is contested; `origins` has the document in which the words of each stood first."""
    documents: Sequence[Document] = [document for document, _ in pages]
    firsts = origins or range(len(pages))
    return contests(
        documents,
        [reading for _, reading in pages],
        lambda place: firsts[place.document],
        opposite,
        groups,
    )


def told(text: str, holder: str, **more: Any) -> tuple[Document, Reading]:
    """A page on which `holder` says `text`."""
    return page(Said(f"{holder} says that {text}.", holder, text, **more))


CONTESTED = {
    "another form of the word": (
        told("the timber trains lost 60 million crowns in 2028", "Ministry of Works"),
        told("the loss of the timber trains was 95 million crowns in 2028", "Audit Office"),
    ),
    "money": (
        told("the rebuilt tunnels will cost 60 million crowns", "Ministry of Works"),
        told("the rebuilt tunnels would cost 95 million crowns", "Audit Office"),
    ),
    "count": (
        told("Ostrel handled 4,200 timber wagons last year", "Ostrel Station"),
        told("Ostrel handled 3,600 timber wagons last year", "Loggers' League"),
    ),
    "share in other words": (
        told("one timber wagon in five is empty", "Loggers' League"),
        told("9 per cent of timber wagons are empty", "Audit Office"),
    ),
    "range": (
        told("noise along the embankment will fall by 60 per cent", "Ministry of Works"),
        told("noise along the embankment will fall by 20 to 30 per cent", "Audit Office"),
    ),
    "bound": (
        told("the signal works will employ at least 500 fitters", "Fitters' Union"),
        told("the signal works will employ 320 fitters", "Ministry of Works"),
    ),
    "rate": (
        told("freight on the valley line costs 0.80 crowns a tonne", "Ostrel Station"),
        told("freight on the valley line costs 1.40 crowns a tonne", "Loggers' League"),
    ),
    "author against actor": (
        page(Said("The rebuilt tunnels will cost 95 million crowns.", "Dara Quill")),
        told("the rebuilt tunnels will cost 60 million crowns", "Ministry of Works"),
    ),
}

AGREED = {
    "over how many it was measured": (
        told("tolls are set by the mean of the last five timber seasons", "Ministry of Works"),
        told("the mean of three timber seasons gives other tolls", "Loggers' League"),
    ),
    "same figure": (
        told("the rebuilt tunnels will cost 60 million crowns", "Ministry of Works"),
        told("the rebuilt tunnels would cost 60 million crowns", "Audit Office"),
    ),
    "rounded figure": (
        told("the rebuilt tunnels will cost 60 million crowns", "Ministry of Works"),
        told("the rebuilt tunnels would cost 61.5 million crowns", "Audit Office"),
    ),
    "one holder": (
        told("the rebuilt tunnels will cost 60 million crowns", "Ministry of Works"),
        told("the rebuilt tunnels would cost 95 million crowns", "the ministry"),
    ),
    "other year": (
        told("Ostrel handled 4,200 timber wagons in 2028", "Ostrel Station"),
        told("Ostrel handled 3,600 timber wagons in 2029", "Loggers' League"),
    ),
    "other place": (
        told("the station at Ostrel handled 4,200 timber wagons", "Ostrel Station"),
        told("the station at Merrow handled 3,600 timber wagons", "Loggers' League"),
    ),
    "other thing": (
        told("the rebuilt tunnels will cost 60 million crowns", "Ministry of Works"),
        told("longer platforms will cost 95 million crowns", "Audit Office"),
    ),
    "narrower thing": (
        told("Ostrel handled 4,200 timber wagons last year", "Ostrel Station"),
        told("Ostrel handled 6,600 wagons last year", "Loggers' League"),
    ),
    "before and after a change": (
        told("freight on the line rises from 0.80 to 1.40 crowns a tonne", "Ostrel Station"),
        told("freight on the line rises to 1.40 crowns a tonne", "Loggers' League"),
    ),
    "other unit": (
        told("noise along the embankment fell by 9 per cent", "Ministry of Works"),
        told("noise along the embankment fell by 4 percentage points", "Audit Office"),
    ),
    "rise and fall": (
        told("noise along the embankment rose by 9 per cent", "Ministry of Works"),
        told("noise along the embankment fell by 40 per cent", "Audit Office"),
    ),
    "duty": (
        told("the rebuilt tunnels should cost 60 million crowns", "Ministry of Works"),
        told("the rebuilt tunnels will cost 95 million crowns", "Audit Office"),
    ),
    "demand": (
        told("a toll of 4 crowns a wagon", "Loggers' League", stance="demands"),
        told("a toll of 9 crowns a wagon", "Ostrel Station"),
    ),
    "list that has both": (
        told("the rebuilt tunnels cost 60 million crowns or, with signals, 95 million", "Audit"),
        told("the rebuilt tunnels will cost 60 million crowns", "Ministry of Works"),
    ),
    "holder unknown": (
        told("the rebuilt tunnels will cost 60 million crowns", "she", resolved=False),
        told("the rebuilt tunnels would cost 95 million crowns", "Audit Office"),
    ),
    "inferred": (
        told("the rebuilt tunnels will cost 60 million crowns", "Mayor Lind", basis="inferred"),
        told("the rebuilt tunnels would cost 95 million crowns", "Audit Office"),
    ),
    "question": (
        page(Said("Will the rebuilt tunnels cost 60 million crowns?", "Dara Quill")),
        told("the rebuilt tunnels would cost 95 million crowns", "Audit Office"),
    ),
}


@pytest.mark.parametrize("case", CONTESTED)
def test_figures_contested(case: str):
    """Two holders who give one quantity two values contradict each other."""
    (pair,) = find(*CONTESTED[case])
    assert (pair.kind, pair.one, pair.other) == ("figures", Place(0, 1), Place(1, 1))
    assert 0 < pair.score <= 1
    assert pair.about


@pytest.mark.parametrize("case", AGREED)
def test_figures_not_contested(case: str):
    """Other times, places, things, roles and units, one holder or one value: nothing to contest."""
    assert find(*AGREED[case]) == ()


def test_copied():
    """What goes back to one writing contradicts nothing in it."""
    assert find(*CONTESTED["money"], origins=(0, 0)) == ()


def test_bare_figure_leans_on_the_one_before():
    """A figure without unit or words is about what the sentence before gives."""
    pair = find(
        page(
            Said("The ministry puts the cost at 60 million crowns.", "ministry",
                 "the cost at 60 million crowns"),
            Said("We estimate that it will be 95 million.", "Dara Quill", "it will be 95 million"),
        )
    )  # fmt: skip
    assert [(one.kind, one.about, one.one, one.other) for one in pair] == [
        ("figures", "cost", Place(0, 1), Place(0, 2))
    ]


def test_figure_of_a_year_beside_a_bare_one():
    """`The cost` just below what something `would cost a year` is that of a year."""
    first = page(
        Said("The Ministry says the tunnels would cost 64 million crowns a year.", "Ministry",
             "the tunnels would cost 64 million crowns a year"),
        Said("The Audit Office put the cost at 90 million crowns.", "Audit Office",
             "the cost at 90 million crowns"),
    )  # fmt: skip
    (pair,) = find(first)
    assert pair.kind == "figures"


def test_counts_of_one_thing():
    """`The number` and a bare figure below are of what was counted before."""
    first = page(
        Said("The council says 400 people marched.", "council", "400 people marched"),
        Said("Police put the number at 250.", "Police", "the number at 250"),
        Said("Organisers counted 1,200.", "Organisers", "1,200"),
    )
    assert {pair.kind for pair in find(first)} == {"figures"}
    assert len(find(first)) == 3


def test_denied_figure():
    """`not the 320` contests the statement that gives 320."""
    pair = find(
        told("the signal works will create 320 posts", "Ministry of Works"),
        told(
            "the 14 sidings need 500 people, not the 320 that the Ministry of Works names", "Union"
        ),
    )
    assert [(one.kind, one.score) for one in pair] == [("figures", 0.9)]


def test_same_matter_once():
    """Two sides that contradict each other in several places are one contest, the surest."""
    again = told("the rebuilt tunnels will cost 60 million crowns", "Ministry of Works")
    assert len(find(*CONTESTED["money"], again)) == 1


STANCES = {
    "opposes": (
        told("night trains through the gorge", "Ministry of Works", stance="supports",
             issue="night trains through the gorge"),
        told("night trains through the gorge", "Gorge Residents", stance="opposes",
             issue="night trains through the gorge"),
    ),
    "rejects": (
        told("a timber toll at Ostrel", "Loggers' League", stance="rejects", issue="timber toll"),
        told("the timber toll", "Audit Office", stance="accepts", issue="timber toll"),
    ),
}  # fmt: skip

NO_STANCES = {
    "same side": (
        told("night trains", "Gorge Residents", stance="opposes", issue="night trains"),
        told("night trains", "Audit Office", stance="rejects", issue="night trains"),
    ),
    "one actor": (
        told("night trains", "Gorge Residents", stance="opposes", issue="night trains"),
        told("night trains", "residents", stance="supports", issue="night trains"),
    ),
    "other issue": (
        told("night trains", "Gorge Residents", stance="opposes", issue="night trains"),
        told("wider tunnels", "Audit Office", stance="supports", issue="wider tunnels"),
    ),
    "any plan": (
        told("the plan", "Gorge Residents", stance="opposes", issue="plan"),
        told("the plan", "Audit Office", stance="supports", issue="plan"),
    ),
    "turned around": (
        told("night trains", "Gorge Residents", stance="opposes", issue="night trains"),
        told("night trains be scrapped", "Audit Office", stance="demands", issue="night trains"),
    ),
    "condition": (
        told("night trains", "Gorge Residents", stance="opposes", issue="night trains"),
        page(Said("The office backs night trains if they are silent.", "Audit Office",
                  "night trains", "supports", "night trains")),
    ),
    "belief": (
        told("night trains", "Gorge Residents", stance="opposes", issue="night trains"),
        told("night trains", "Audit Office", stance="expects", issue="night trains"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", STANCES)
def test_stances_contested(case: str):
    """For and against one issue by two actors is a contest."""
    (pair,) = find(*STANCES[case])
    assert (pair.kind, pair.one, pair.other) == ("stances", Place(0, 1), Place(1, 1))


@pytest.mark.parametrize("case", NO_STANCES)
def test_stances_not_contested(case: str):
    """Another issue, one side, one actor, a condition or a turned wish contest nothing."""
    assert find(*NO_STANCES[case]) == ()


def takes(text: str, holder: str, stance: str, issue: str) -> tuple[Document, Reading]:
    """A page with the position of `holder`, shown by what they say."""
    document, reading = told(text, holder, stance=stance, issue=issue)
    (shown,) = reading.statements[1].content
    position = Position(
        holder,
        shown,
        stance,  # type: ignore[arg-type]
        issue,
        (shown,),
        "reported",
        hedged=False,
    )
    return document, replace(reading, positions=(position,))


HOURLY = takes("an hourly train past midnight", "Ministry of Works", "supports", "hourly train")
QUIET = takes("any traffic through the gorge", "Gorge Residents", "opposes", "traffic")
SIDES = ((PositionAt(0, 0), PositionAt(1, 0)),)


def test_positions_on_opposite_sides():
    """Two positions of one issue are shown by their actors' statements, however each names it."""
    assert find(HOURLY, QUIET) == ()
    (pair,) = find(HOURLY, QUIET, opposite=SIDES)
    assert (pair.kind, pair.about) == ("stances", "hourly train")
    assert (pair.one, pair.other) == (Place(0, 1), Place(1, 1))


def test_positions_stand_in_the_order_of_their_documents():
    """Whichever of the two is named first."""
    (pair,) = find(HOURLY, QUIET, opposite=[(PositionAt(1, 0), PositionAt(0, 0))])
    assert (pair.about, pair.one, pair.other) == ("traffic", Place(0, 1), Place(1, 1))


def test_shortest_statement_shows_a_position():
    """Of an actor's statements with words of the position the one that says least besides."""
    document, reading = HOURLY
    told_of = reading.statements[1]
    whole = replace(told_of, content=(reading.sentences[1].span,))
    both = document, replace(reading, statements=(reading.statements[0], whole, told_of))
    (pair,) = find(both, QUIET, opposite=SIDES)
    assert pair.one == Place(0, 2)


@pytest.mark.parametrize("case", ["copied", "one holder", "not shown"])
def test_positions_that_contest_nothing(case: str):
    """Copies of one writing, one holder, and positions that no statement of the actor shows."""
    other = QUIET
    if case == "one holder":
        other = takes("any traffic through the gorge", "the ministry", "opposes", "traffic")
    if case == "not shown":
        document, reading = QUIET
        other = document, replace(reading, positions=(replace(reading.positions[0], actor="Ivo"),))
    assert find(HOURLY, other, origins=(0, 0) if case == "copied" else (), opposite=SIDES) == ()


IN_PERSON = page(
    Said("The rebuilt tunnels will cost what our bill of May names.", "Ministry of Works")
)
"""The ministry's own words for what `CONTESTED["money"]` reports of it."""


@pytest.mark.parametrize(
    ("places", "shown"),
    [
        ((Place(0, 1), Place(2, 1)), (Place(1, 1), Place(2, 1))),
        ((Place(1, 1), Place(2, 1)), (Place(0, 1), Place(1, 1))),
        ((Place(2, 1),), (Place(0, 1), Place(1, 1))),
    ],
)
def test_own_words_show_a_side(places: tuple[Place, ...], shown: tuple[Place, Place]):
    """A side at second hand is shown by its holder's own words for the same claim, nobody else's."""
    (pair,) = find(*CONTESTED["money"], IN_PERSON, groups=[Group(places, 1)])
    assert (pair.one, pair.other) == shown
    assert pair.kind == "figures"


def test_words_of_two_are_neither_ones_own():
    """What two holders say together shows no side of a contest between them."""
    document, reading = IN_PERSON
    both = replace(reading.statements[1], holders=("Audit Office", "Ministry of Works"))
    joint = document, replace(reading, statements=(reading.statements[0], both))
    groups = [Group((Place(0, 1), Place(1, 1), Place(2, 1)), 1)]
    (pair,) = find(*CONTESTED["money"], joint, groups=groups)
    assert (pair.one, pair.other) == (Place(0, 1), Place(1, 1))


def test_first_print_comes_before_copies():
    """Of the same words in two documents the pair has those that stood there first."""
    first, second = CONTESTED["money"]
    assert [(pair.one, pair.other) for pair in find(first, second, first)] == [
        (Place(0, 1), Place(1, 1))
    ]
    assert [(pair.one, pair.other) for pair in find(first, second, first, origins=(2, 1, 2))] == [
        (Place(1, 1), Place(2, 1))
    ]


PROMISE = "Minister Hale promised the loggers in June that fares would not rise before 2033"

DENIED = {
    "such": (
        page(
            Said(f"Orla Venn says that {PROMISE}.", "Orla Venn", PROMISE),
            Said("Hale denied that he gave any such word.", "Minister Hale",
                 "that he gave any such word", "denies"),
        ),
    ),
    "in another document": (
        told(PROMISE, "Orla Venn"),
        page(
            Said("It was claimed that the minister promised loggers in June that fares would not"
                 " rise before 2033.", "Ministry of Works"),
            Said("He made no such promise.", "Ministry of Works"),
        ),
    ),
    "denies that": (
        told("the viaduct inspectors found cracks in three pillars", "Fitters' Union"),
        told("viaduct inspectors found cracks in pillars", "Ministry of Works", stance="denies"),
    ),
    "false": (
        page(
            Said("The union says that viaduct inspectors found cracked pillars.", "Fitters' Union",
                 "viaduct inspectors found cracked pillars"),
            Said("This is false.", "Dara Quill"),
        ),
    ),
    "denied it": (
        page(
            Said("The union says that viaduct inspectors found cracked pillars.", "Fitters' Union",
                 "viaduct inspectors found cracked pillars"),
            Said("Dara Quill denied it.", "Dara Quill", "it", "denies"),
        ),
    ),
    "no basis": (
        told("a fifth of the timber freight will leave the valley", "Loggers' League"),
        page(Said("The claim that a fifth of the timber freight could leave the valley rests on no"
                  " evidence.", "Ministry of Works")),
    ),
    "plain negation": (
        told("viaduct inspectors found cracked pillars near Ostrel", "Fitters' Union"),
        told("viaduct inspectors never found cracked pillars near Ostrel", "Ministry of Works"),
    ),
    "negation of a list": (
        told("viaduct inspectors checked the pillars, arches and rails", "Fitters' Union"),
        told("viaduct inspectors never checked the pillars, arches and rails", "Ministry of Works"),
    ),
}  # fmt: skip

NOT_DENIED = {
    "both negative": (
        told("viaduct inspectors never found cracked pillars", "Fitters' Union"),
        told("viaduct inspectors never found cracked pillars", "Ministry of Works"),
    ),
    "denies what nobody says": (
        told("the viaduct was painted green over the summer", "Fitters' Union"),
        told("inspectors found cracked pillars", "Ministry of Works", stance="denies"),
    ),
    "one holder": (
        told("viaduct inspectors found cracked pillars", "Fitters' Union"),
        told("viaduct inspectors found cracked pillars", "Union", stance="denies"),
    ),
    "question": (
        told("viaduct inspectors found cracked pillars near Ostrel", "Fitters' Union"),
        page(Said("Did viaduct inspectors not find cracked pillars near Ostrel?", "Dara Quill")),
    ),
    "other year": (
        told("viaduct inspectors found cracked pillars in 2028", "Fitters' Union"),
        told("viaduct inspectors never found cracked pillars in 2029", "Ministry of Works"),
    ),
    "opposed, not denied": (
        page(
            Said("The union says that viaduct inspectors found cracked pillars.", "Fitters' Union",
                 "viaduct inspectors found cracked pillars"),
            Said("Dara Quill opposes it.", "Dara Quill", "it", "opposes"),
        ),
    ),
    "negated beside it": (
        told("viaduct inspectors found cracked pillars near Ostrel and could not go on",
             "Fitters' Union"),
        told("viaduct inspectors found cracked pillars near Ostrel", "Ministry of Works"),
    ),
    "denied both times": (
        told("viaduct inspectors found cracked pillars", "Fitters' Union", stance="denies"),
        told("viaduct inspectors found cracked pillars", "Ministry of Works", stance="denies"),
    ),
    "only whether": (
        told("whether viaduct inspectors found cracked pillars is open", "Fitters' Union"),
        told("viaduct inspectors found cracked pillars", "Ministry of Works", stance="denies"),
    ),
    "passed on": (
        page(Said("It is said that viaduct inspectors found cracked pillars.", "",
                  "viaduct inspectors found cracked pillars")),
        told("viaduct inspectors found cracked pillars", "Ministry of Works", stance="denies"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DENIED)
def test_denials(case: str):
    """A denial contests what another holder affirms, wherever that stands."""
    found = find(*DENIED[case])
    assert [pair.kind for pair in found] == ["denial"]
    assert found[0].one < found[0].other


@pytest.mark.parametrize("case", NOT_DENIED)
def test_no_denials(case: str):
    """Two denials, questions, open matters and one's own words deny nothing of another's."""
    assert find(*NOT_DENIED[case]) == ()


def test_order():
    """The surest pair comes first, and the order of pages does not change what is found."""
    pages = [*CONTESTED["money"], *CONTESTED["bound"], *DENIED["such"]]
    found = find(*pages)
    assert len(found) == 3
    assert [pair.score for pair in found] == sorted((pair.score for pair in found), reverse=True)
    turned = find(*reversed(pages))
    assert sorted(pair.kind for pair in turned) == sorted(pair.kind for pair in found)


def test_unrelated_documents():
    """Documents with hardly a word in common are not compared, however alike two sentences."""
    ovens = "the ovens need 60 tonnes of flour"
    (one, first), (other, second) = told(ovens, "Guild"), told(ovens.replace("60", "95"), "Mill")
    assert len(find((one, first), (other, second))) == 1
    ends = ("bar", "del", "fin", "gor", "han", "kel", "lom", "mur", "nus", "pim", "ros", "tav")
    rails, cakes = (
        " ".join(head + middle + end for middle in ends for end in ends) for head in ("ra", "co")
    )
    apart = (
        (Document("rails.txt", f"{one.text} {rails}"), first),
        (
            Document("cakes.txt", f"{' ' * len(SETTING)}{other.text[len(SETTING) :]} {cakes}"),
            second,
        ),
    )
    assert find(*apart) == ()


def test_nothing():
    """Of no documents, or of one in which nothing is held, nothing is contested."""
    assert find() == ()
    assert find(page()) == ()
