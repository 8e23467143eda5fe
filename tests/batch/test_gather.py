"""The findings of several briefs, gathered for one newsletter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_newsletter import (
    ALONE,
    BRIDGE,
    BRIEFS,
    BUS,
    COST,
    FERRY,
    GUILD,
    GULLS,
    MORE,
    ONE,
    OPEN,
    RISE,
    TOWN,
    TWO,
    finding,
    findings,
    source,
    telling,
)

from briefing.batch.newsletter import gather
from briefing.brief import Brief, Limits
from briefing.codec import dump_findings, load_findings
from briefing.compose import compose
from briefing.document import Span
from briefing.errors import FindingsError, SourceError
from briefing.findings import (
    Actor,
    Beyond,
    Cell,
    Contest,
    Event,
    Findings,
    Matrix,
    Method,
    Refusal,
    Unknown,
)
from briefing.settings import Settings

if TYPE_CHECKING:
    from briefing.document import Document

SETTINGS = Settings(template="newsletter", date="2026-11-22")
LIMITS = Limits(summary=9, claims=9, contested=9, positions=9, timeline=9, items=9, lines=9)


def put_together(*parts: Findings, focus: str = "") -> Findings:
    """A newsletter of briefs called a, b and on."""
    named = [(chr(ord("a") + at), part) for at, part in enumerate(parts)]
    return gather(named, replace(SETTINGS, focus=focus), b"")


def told(brief: Brief) -> list[tuple[str, list[str]]]:
    """The items of a newsletter, each with what it prints."""
    return [
        (item.title, [str(line.quotation)[1:-1] for line in item.lines]) for item in brief.items
    ]


def test_every_source_is_there_once() -> None:
    """Numbers follow the order of the briefs; a shared source has one."""
    made = gather(BRIEFS, SETTINGS, b"")
    assert [document.name for document in made.documents] == [
        "ferry.txt", "bridge.txt", "town.txt",
    ]  # fmt: skip
    assert len(made.readings) == 3
    turned = gather(BRIEFS[::-1], SETTINGS, b"")
    assert [document.name for document in turned.documents] == [
        "bridge.txt", "town.txt", "ferry.txt",
    ]  # fmt: skip


def test_the_same_words_under_another_name_are_another_source() -> None:
    """A reprint signed by somebody else is a voice of its own; a copy in another folder is none."""
    reprint = replace(FERRY, name="copy.txt", authors=("Jo Wend",))
    moved = replace(FERRY, name="old/ferry.txt")
    copies = [
        findings("Copy", one, claims=(finding((one,), 0, RISE),)) for one in (reprint, moved)
    ]
    names = [each.name for each in put_together(ONE, *copies).documents]
    assert names == ["ferry.txt", "bridge.txt", "copy.txt"]


def test_two_of_one_brief_stay_two() -> None:
    """What one brief counts as two sources is never made one."""
    pair = findings("Pair", FERRY, FERRY, claims=(finding((FERRY, FERRY), 1, RISE),))
    made = put_together(pair, ONE)
    assert len(made.documents) == 3
    assert made.claims[0].draft.document == 1


def test_an_item_a_brief() -> None:
    """Its bottom line first, then what is new; nothing is said twice, in it or across items."""
    brief = compose(gather(BRIEFS, SETTINGS, b""), LIMITS)
    # The one bottom line of the newsletter is not said again; contested words stand with both sides.
    assert brief.bottom_line
    assert str(brief.bottom_line.quotation) == f"“{RISE}”"
    assert told(brief) == [("Ferry fares", [BUS, GUILD, GULLS]), ("The bridge", [OPEN])]
    first, second = brief.items
    assert (first.brief, first.voice, first.date) == ("ferry", "2 sources", "2026-11-20")
    assert (second.sources, second.id) == ((2, 3), "item-2")
    assert [line.id for line in second.lines] == ["item-2-line-1"]
    assert [dispute.item for dispute in brief.contested] == ["The bridge"]


def test_items_of_one_focus_are_told_apart() -> None:
    """By what their sources are about; by the brief's id where these have nothing in common."""
    one, two = (replace(part, title="Dues", focus="Dues") for part in (ONE, TWO))
    newsletter = put_together(one, two, focus="Dues")
    assert [item.title for item in newsletter.items] == ["a", "b"]
    several = replace(
        one,
        documents=tuple(
            replace(
                each,
                text=f"{each.text}\n\nAll speak of the harbour dues. The harbour dues are high.",
            )
            for each in one.documents
        ),
    )
    assert put_together(several, two, focus="Dues").items[0].title == "Harbour dues"


def test_items_of_one_title_are_told_apart_by_their_focus() -> None:
    """As briefs are that a plan makes of one entry with several topics."""
    one, two = (
        replace(part, title="Dues", focus=focus)
        for part, focus in ((ONE, "ferries"), (TWO, "the bridge"))
    )
    titles = [item.title for item in put_together(one, two).items]
    assert titles == ["Dues – ferries", "Dues – the bridge"]
    alone = put_together(one, replace(two, title="The bridge"))
    assert [item.title for item in alone.items] == ["Dues", "The bridge"]
    whole = put_together(one, replace(two, focus=""))
    assert [item.title for item in whole.items] == ["Dues – ferries", "Dues"]


def test_few_lines_leave_the_others_to_later_items() -> None:
    """What an earlier item has no room for may stand in a later one."""
    limits = replace(LIMITS, lines=1)
    brief = compose(gather(BRIEFS, SETTINGS, b""), limits)
    assert told(brief) == [("Ferry fares", [BUS]), ("The bridge", [GUILD])]


def test_the_first_briefs_stay_where_room_is_short() -> None:
    """Items are cut from the end of the plan's order, and named."""
    brief = compose(gather(BRIEFS, SETTINGS, b""), replace(LIMITS, items=1))
    assert [item.brief for item in brief.items] == ["ferry"]
    assert ("items", ("The bridge",)) in [(cut.section, cut.items) for cut in brief.cut]


def of_actor(title: str, name: str, words: str, other: str) -> Findings:
    """A brief in which somebody called `name` opposes something, and of whom `other` is told."""
    text = source(f"{title}.txt", "Ada Foll", words, other)
    found = finding((text,), 0, words, section="positions", actor=name, issue="the toll",
                    stance="opposes")  # fmt: skip
    inserted = finding((text,), 0, other)
    pieces = tuple(replace(piece, before=name) for piece in inserted.draft.pieces)
    part = findings(
        title,
        text,
        bottom_line=(replace(found, draft=replace(found.draft, section="bottom_line")),),
        claims=(replace(inserted, draft=replace(inserted.draft, pieces=pieces)),),
        positions=(found,),
        contested=(Contest("stances", "the toll", (found, inserted)),),
        timeline=(Event("2026-05", found),),
        unknowns=(Unknown("never_quoted", (0,), (name,)),),
        matrix=Matrix(
            (name,), ("the toll",),
            (Cell(name, "the toll", (telling((text,), 0, words, "opposes"),)),),
        ),
    )  # fmt: skip
    (read,) = part.readings
    start = text.text.index(name)
    actor = Actor(name, "person", (Span(start, start + len(name)),))
    return replace(part, readings=(replace(read, actors=(actor,)),))


def test_an_actor_has_one_name_in_all_briefs() -> None:
    """A surname in one brief stands for the full name in another, wherever it is printed."""
    full = of_actor("Ferries", "Ines Orme", "Minister Ines Orme opposes the toll.", "It is high.")
    short = of_actor("Bridges", "Orme", "Minister Orme opposes the bridge.", "It is long.")
    made = put_together(full, short)
    for found in (made.bottom_line, made.positions):
        assert {one.draft.holders for one in found} == {("Ines Orme",)}
    assert {one.draft.actor for one in made.positions} == {"Ines Orme"}
    assert {one.draft.pieces[0].before for one in made.claims} == {"Ines Orme"}
    assert made.contested[-1].sides[0].draft.actor == "Ines Orme"
    assert {event.finding.draft.actor for event in made.timeline} == {"Ines Orme"}
    assert made.matrix.actors == ("Ines Orme",)
    assert [len(cell.tellings) for cell in made.matrix.cells] == [2]
    assert {name for one in made.unknowns for name in one.names} == {"Ines Orme"}
    assert made.readings[1].actors[0].name == "Ines Orme"
    apart = of_actor("Bridges", "Orme", "Mayor Orme opposes the bridge.", "It is long.")
    assert put_together(full, apart).matrix.actors == ("Ines Orme", "Orme")


def test_a_brief_without_anything_of_its_own_is_dropped() -> None:
    """It is told in a notice why."""
    empty = findings("Empty", TOWN)
    again = findings("Again", FERRY, bottom_line=(finding((FERRY,), 0, RISE),))
    made = put_together(ONE, again, empty)
    assert [item.title for item in made.items] == ["Ferry fares"]
    assert made.notices == (
        "Again: all that it says stands in another item",
        "Empty: no statement of it could be printed",
    )


def test_a_brief_with_nothing_on_the_focus_is_told_in_the_issues_language() -> None:
    """What was narrowed away is not said to be unprintable."""
    settings = replace(SETTINGS, focus="gulls", language="de")
    (notice,) = gather(BRIEFS, settings, b"").notices
    assert notice == "The bridge: nichts zum Schwerpunkt (gulls) gefunden"


def test_what_the_briefs_leave_out_is_left_out_in_all() -> None:
    """Their numbers are added up; of a focus that they do not have nothing is known of them."""
    claims, rows = Beyond("claims", 2), Beyond("positions", 40)
    one, other = (
        (name, replace(part, beyond=beyond))
        for (name, part), beyond in zip(BRIEFS, ((claims, rows), (rows,)), strict=True)
    )
    made = gather((one, other), SETTINGS, b"")
    assert made.beyond == (claims, Beyond("positions", 80))
    assert gather((one, other), replace(SETTINGS, focus="night bus"), b"").beyond == ()


def test_what_two_briefs_say_is_said_once() -> None:
    """A claim of both stands where it came first, with the sources of both; so do positions."""
    reprint = source("reprint.txt", "Jo Wend", BUS, "It rains.")
    other = findings("Reprint", reprint, claims=(finding((reprint,), 0, BUS),))
    made = put_together(ONE, other)
    (claim,) = [one for one in made.claims if one.evidence[0].quote == BUS]
    assert [one.document for one in claim.evidence] == [0, 2]
    assert claim.origins == 1
    both = gather(BRIEFS, SETTINGS, b"")
    assert [(one.draft.actor, one.draft.issue) for one in both.positions] == [
        ("the guild", "the bridge toll")
    ]
    (cell,) = both.matrix.cells
    assert len(cell.tellings) == 1


def test_the_best_bottom_line_comes_first() -> None:
    """Of the briefs' own bottom lines the one that matters most."""
    made = gather(BRIEFS, SETTINGS, b"")
    assert [one.evidence[0].quote for one in made.bottom_line] == [MORE, RISE]


def test_sections_take_turns() -> None:
    """The first of each brief stands before the second of any."""
    ferry = findings(
        "F", FERRY, claims=tuple(finding((FERRY,), 0, one) for one in (RISE, BUS, GULLS))
    )
    town = findings("T", TOWN, claims=tuple(finding((TOWN,), 0, one) for one in (MORE, OPEN)))
    made = put_together(ferry, town)
    assert [one.evidence[0].quote for one in made.claims] == [RISE, MORE, BUS, OPEN, GULLS]


def test_unknowns_are_recomputed() -> None:
    """Counts are added, undated sources listed together; one source of several is not alone."""
    made = put_together(ONE, TWO, ALONE)
    assert made.unknowns == (
        Unknown("single_origin", (0, 1, 2), counts=(3, 7)),
        Unknown("undated", (2,)),
        Unknown("said_open", (2,), evidence=made.unknowns[2].evidence),
    )
    assert made.unknowns[2].evidence[0].document == 2
    assert put_together(ALONE).unknowns == ALONE.unknowns


def test_nobody_is_never_quoted_whom_another_brief_quotes() -> None:
    """Who signs a source of another brief speaks for himself there."""
    silent = replace(ALONE, unknowns=(Unknown("never_quoted", (0,), ("Ada Foll", "Bo Grimm")),))
    assert put_together(silent, ONE).unknowns[0].names == ("Bo Grimm",)
    only = replace(ALONE, unknowns=(Unknown("never_quoted", (0,), ("Ada Foll",)),))
    kinds = [one.kind for one in put_together(only, ONE).unknowns]
    assert "never_quoted" not in kinds


def test_title_language_and_date_are_the_newsletters() -> None:
    """A title that is not given is made of the briefs', in the language of the labels."""
    made = gather(BRIEFS, replace(SETTINGS, language="de"), b"")
    assert (made.date, made.language) == ("2026-11-22", "de")
    assert made.title == "Ferry fares und ein weiteres Briefing"
    rain = source("rain.txt", "Bo Grimm", "It rains.")
    wet = findings("Rain", rain, claims=(finding((rain,), 0, rain.text),))
    assert put_together(ONE, TWO, wet).title == "Ferry fares, and 2 more briefs"
    assert put_together(TWO).title == "The bridge"
    assert put_together(ONE, TWO, focus="gulls").title == "Ferry fares"
    given = gather(BRIEFS, replace(SETTINGS, title="Weekly"), b"")
    assert given.title == "Weekly"


def test_how_it_was_made() -> None:
    """Writers are joined; offline are all or none."""
    server = replace(TWO, method=Method("0.1.0", "stub", "", "a server", offline=False))
    made = put_together(ONE, server)
    assert made.method.writer == "stub, a server"
    assert made.method.reader == "stub"
    assert not made.method.offline
    assert put_together(ONE).method.offline


def test_refusals_and_notices_are_kept() -> None:
    """Each under the new number of its source, and once."""
    refusal = Refusal("no holder", "Gulls.", "claims", 1)
    part = replace(TWO, refusals=(refusal,), notices=("town.txt was given twice",))
    made = put_together(ONE, part, replace(part, title="Again"))
    assert made.refusals == (replace(refusal, document=2),)
    assert made.notices[0] == "town.txt was given twice"


def test_an_audience_with_a_focus() -> None:
    """Only what is about it stays; a brief with nothing on it is dropped, and all is counted."""
    made = put_together(ONE, TWO, focus="night bus")
    assert made.focus == "night bus"
    # What stands beside a sentence on the focus may be about it too.
    assert [one.evidence[0].quote for one in made.claims] == [BUS, GULLS]
    assert [one.evidence[0].quote for one in made.bottom_line] == [BUS]
    assert [item.title for item in made.items] == ["Ferry fares"]
    assert made.contested == ()
    assert made.off_focus > 0
    same = put_together(replace(ONE, focus="night bus"), focus="night bus")
    assert (len(same.claims), same.off_focus) == (3, 4)


def test_what_one_brief_leaves_out_another_may_tell() -> None:
    """Off the focus is what no brief may tell, each statement counted once."""
    buses, tolls, fares = (replace(ONE, focus=focus) for focus in ("night bus", "toll", "fares"))
    assert put_together(buses).off_focus == put_together(buses, buses).off_focus == 4
    assert put_together(buses, tolls).off_focus < put_together(tolls).off_focus
    assert put_together(buses, ONE).off_focus == put_together(ONE, TWO).off_focus == 0
    both = put_together(buses, fares, focus="fares")
    assert both.off_focus == put_together(fares).off_focus


def test_a_focus_of_which_nobody_speaks_is_an_error() -> None:
    """A newsletter about nothing is none."""
    with pytest.raises(SourceError, match="zeppelins"):
        put_together(ONE, TWO, focus="zeppelins")


def test_a_broken_record_is_an_error() -> None:
    """It is said which file, and what to do."""
    with pytest.raises(FindingsError, match="no record of an issue"):
        gather(BRIEFS, SETTINGS, b"{")


@st.composite
def briefs(draw: st.DrawFn) -> list[tuple[str, Findings]]:
    """Some briefs whose sources, and statements of them, overlap in any way."""
    pool = [FERRY, BRIDGE, TOWN]
    sentences = {FERRY.name: (RISE, BUS, GULLS), BRIDGE.name: (GUILD, COST, RISE), TOWN.name: (MORE, OPEN)}  # fmt: skip
    made = []
    for at in range(draw(st.integers(1, 4))):
        documents: list[Document] = draw(
            st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique_by=lambda one: one.name)
        )
        places = [(n, s) for n, one in enumerate(documents) for s in sentences[one.name]]
        sections = {
            name: tuple(
                finding(documents, number, words, section=name, score=draw(st.floats(0, 3)),
                        actor="the guild" if name == "positions" else "",
                        issue="toll" if name == "positions" else "")
                for number, words in draw(st.lists(st.sampled_from(places), max_size=4, unique=True))
            )
            for name in ("bottom_line", "summary", "claims", "positions")
        }  # fmt: skip
        made.append((f"brief-{at}", findings(f"Title {at}", *documents, **sections)))
    return made


@given(briefs())
def test_every_quotation_stays_true(parts: list[tuple[str, Findings]]) -> None:
    """What was put together is as sound as what a reading finds, and reads back the same."""
    made = gather(parts, SETTINGS, b"")
    assert load_findings(dump_findings(made), where="x") == made
    compose(made, LIMITS)


@given(briefs())
def test_the_order_of_briefs_decides_the_numbers(parts: list[tuple[str, Findings]]) -> None:
    """Sources are numbered in the order of the briefs, and within each in its own."""
    made = gather(parts, SETTINGS, b"")
    names = [document.name for _, part in parts for document in part.documents]
    assert [document.name for document in made.documents] == list(dict.fromkeys(names))


@given(briefs())
def test_no_item_says_what_another_says(parts: list[tuple[str, Findings]]) -> None:
    """All printed words of a newsletter's items are different ones."""
    brief = compose(gather(parts, SETTINGS, b""), LIMITS)
    printed = [str(line.quotation) for item in brief.items for line in item.lines]
    assert len(printed) == len(set(printed))


@given(briefs())
def test_of_one_brief_the_same_lines_are_printed(parts: list[tuple[str, Findings]]) -> None:
    """Its sections stand in the newsletter as they stand in the brief."""
    name, part = parts[0]
    limits = replace(LIMITS, items=0)
    one = compose(gather([(name, part)], SETTINGS, b""), limits)
    other = compose(part, limits)
    for section in ("bottom_line", "summary", "claims", "positions", "contested", "timeline",
                    "matrix", "unknowns", "sources"):  # fmt: skip
        assert getattr(one, section) == getattr(other, section)
