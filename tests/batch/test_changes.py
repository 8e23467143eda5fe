"""What has changed since the last issue of a newsletter, and the record by which it is known."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_newsletter import (
    BRIDGE,
    BRIEFS,
    COST,
    FERRY,
    GUILD,
    MORE,
    ONE,
    RISE,
    TOWN,
    TWO,
    finding,
    findings,
    source,
    telling,
)

from briefing.batch.changes import last_issue, read_record, record
from briefing.batch.newsletter import gather
from briefing.brief import Brief, Limits
from briefing.codec import dump_findings, load_findings
from briefing.compose import compose
from briefing.errors import FindingsError
from briefing.findings import Cell, Contest, Findings, Matrix
from briefing.settings import Settings
from briefing.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.brief import Change

LIMITS = Limits(summary=0, claims=0, contested=9, positions=9, items=9, lines=9, changes=20)
OLD = "2026-11-15"


def issue(
    briefs: Sequence[tuple[str, Findings]],
    previous: bytes = b"",
    *,
    day: str = "2026-11-22",
    language: str = "en",
    limits: Limits = LIMITS,
) -> tuple[Brief, bytes]:
    """What an issue prints, and its record."""
    settings = Settings(template="newsletter", date=day, language=language)
    made = gather(briefs, settings, previous)
    brief = compose(made, limits)
    return brief, record(made, brief)


def since(*briefs: tuple[str, Findings], before: Sequence[tuple[str, Findings]]) -> Brief:
    """The issue after one of other briefs."""
    return issue(briefs, issue(before, day=OLD)[1])[0]


def of(brief: Brief, kind: str) -> list[Change]:
    """The changes of one kind."""
    return [one for one in brief.changes if one.kind == kind]


def test_a_first_issue_tells_of_no_changes() -> None:
    """There is nothing to compare it with: nothing is new."""
    brief, _ = issue(BRIEFS)
    assert (brief.since, brief.changes) == ("", ())
    assert not any(item.is_new or line.is_new for item in brief.items for line in item.lines)


def test_the_same_again_has_no_changes() -> None:
    """The date of the last issue is told all the same."""
    brief = since(*BRIEFS, before=BRIEFS)
    assert (brief.since, brief.changes) == (OLD, ())
    assert not any(item.is_new for item in brief.items)


def test_items_come_and_go() -> None:
    """By the id of the brief, whatever its title."""
    brief = since(("ferry", replace(ONE, title="Other")), ("bridge", TWO), before=BRIEFS[:1])
    (new,) = of(brief, "item")
    assert new.text == "New in this issue: The bridge"
    assert new.place == "item-2"
    assert [item.is_new for item in brief.items] == [False, True]
    gone = since(*BRIEFS[:1], before=BRIEFS)
    (dropped,) = of(gone, "dropped")
    assert dropped.text == "No longer in this issue: The bridge"
    assert dropped.place == ""


def test_new_statements_are_counted() -> None:
    """Only those of sentences that no source of the last issue had."""
    rain = source("rain.txt", "Ada Foll", "It rains on the pier.", "The pier is wet.", RISE)
    more = findings(
        "Ferry fares",
        FERRY,
        rain,
        claims=tuple(
            finding((FERRY, rain), 1, words)
            for words in ("It rains on the pier.", "The pier is wet.", RISE)
        ),
    )
    brief = since(("ferry", more), before=BRIEFS[:1])
    (change,) = of(brief, "statements")
    assert change.text == "Ferry fares: 2 new statements"
    assert change.place == "item-1"
    assert [line.is_new for line in brief.items[0].lines] == [True, True, False]


def turned(words: str, date: str) -> tuple[str, Findings]:
    """A brief in which the guild stands on the other side, with the earlier words or without."""
    later = source("later.txt", "Jo Wend", words, date=date)
    documents = (BRIDGE, later)
    cell = Cell(
        "the guild",
        "the bridge toll",
        (telling(documents, 1, words, "supports"), telling(documents, 0, GUILD, "opposes")),
        changed=True,
    )
    return "ferry", findings(
        "Ferry fares",
        *documents,
        claims=(finding(documents, 0, RISE),),
        matrix=Matrix(("the guild",), ("the bridge toll",), (cell,)),
    )


def test_an_actor_on_the_other_side() -> None:
    """Told with both sides and, where the sources still have them, the words of both."""
    brief = since(turned("Now the guild backs the bridge toll.", "2026-11-21"), before=BRIEFS[:1])
    (change,) = of(brief, "position")
    assert change.text == ("The guild on the bridge toll: opposes in the last issue, supports now")
    assert change.line
    assert change.earlier
    assert change.line.lead == "The guild, in Jo Wend’s words"
    assert str(change.line.quotation) == "“Now the guild backs the bridge toll.”"
    assert str(change.earlier.quotation) == f"“{GUILD}”"
    assert [change.line.id, change.earlier.id] == ["change-1-line", "change-1-earlier"]


def test_a_stand_that_is_read_anew_is_no_change() -> None:
    """Where only sentences that were there before show it, nobody has moved."""
    name, part = turned(RISE, "2026-11-21")
    assert of(since((name, part), before=BRIEFS[:1]), "position") == []


def test_other_figures_of_the_same_sentence() -> None:
    """Of the same holder, word for word but for the figures."""
    dearer = source("dearer.txt", "Ada Foll", "Fares to Ostwick rise by 6 per cent in May.")
    part = findings("Fares", dearer, bottom_line=(finding((dearer,), 0, dearer.text),))
    brief = since(("ferry", part), before=BRIEFS[:1])
    (change,) = of(brief, "figures")
    assert change.text == "Figures of Ada Foll: 4 per cent in the last issue, 6 per cent now"
    assert change.line
    assert change.line.lead == "Ada Foll writes"
    assert change.place == "bottom-line"
    other = replace(dearer, authors=("Jo Wend",))
    whose = findings("Fares", other, bottom_line=(finding((other,), 0, other.text),))
    assert of(since(("ferry", whose), before=BRIEFS[:1]), "figures") == []


def test_contests_come_and_go() -> None:
    """Both sides are named; one that was only not printed is neither new nor gone."""
    brief = since(*BRIEFS, before=BRIEFS[:1])
    (new,) = of(brief, "contested")
    names = "Ilo Roke / Per Aske"
    assert new.text == f"Figures differ (cost of the bridge), new in this issue: {names}"
    assert new.place == "contested-1"
    agreed = (BRIEFS[0], ("bridge", replace(TWO, contested=())))
    (settled,) = of(since(*agreed, before=BRIEFS), "settled")
    assert settled.text == (
        f"Figures differ (cost of the bridge), no longer found in the sources: {names}"
    )
    # Of a brief that is gone nothing more is said.
    assert of(since(*BRIEFS[:1], before=BRIEFS), "settled") == []
    hidden = issue(BRIEFS, day=OLD, limits=replace(LIMITS, contested=0))[1]
    assert of(issue(BRIEFS, hidden)[0], "contested") == []
    assert of(issue(agreed, hidden)[0], "settled") == []


def test_a_contest_that_goes_on_by_other_words() -> None:
    """It is neither new nor over."""
    price, shut = "The bridge will cost 14 million crowns.", "The pier is shut."
    pair = BRIDGE, source("town.txt", "Per Aske", price, shut)
    sides = finding(pair, 0, COST), finding(pair, 1, price)
    contest = Contest("figures", "cost of the bridge", sides)
    now = findings("Bridge", *pair, claims=(finding(pair, 1, shut),), contested=(contest,))
    brief = since(BRIEFS[0], ("bridge", now), before=BRIEFS)
    (changed,) = of(brief, "contested")
    names = "Ilo Roke / Per Aske"
    assert changed.text == f"Figures differ (cost of the bridge), with new statements: {names}"
    assert of(brief, "settled") == []
    other = replace(now, contested=(replace(contest, about="cost of the pier"),))
    brief = since(BRIEFS[0], ("bridge", other), before=BRIEFS)
    assert "new in this issue" in of(brief, "contested")[0].text
    assert len(of(brief, "settled")) == 1


def test_sources_are_called_by_name() -> None:
    """An unsigned source is never told of by its number: the last issue had other ones."""
    quay = replace(TOWN, authors=(), title="Town news")
    sides = (finding((BRIDGE, quay), 0, COST), finding((BRIDGE, quay), 1, MORE))
    part = findings("Bridge", BRIDGE, quay, contested=(Contest("figures", "cost", sides),),
                    claims=(finding((BRIDGE, quay), 0, RISE),))  # fmt: skip
    brief = since(("bridge", part), before=BRIEFS[:1])
    (new,) = of(brief, "contested")
    assert new.text.endswith("Ilo Roke / Town news")


def test_more_changes_than_there_is_room_for_are_counted() -> None:
    """As everything that is left out."""
    before = issue(BRIEFS[:1], day=OLD)[1]
    brief = issue(BRIEFS[1:], before, limits=replace(LIMITS, changes=1))[0]
    assert [one.id for one in brief.changes] == ["change-1"]
    (cut,) = [cut for cut in brief.cut if cut.section == "changes"]
    assert cut.count == len(cut.items) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_changes_are_worded_in_every_language(language: str) -> None:
    """No placeholder is left, and names stay as they are."""
    before = issue(BRIEFS[:1], day=OLD, language=language)[1]
    brief, _ = issue(BRIEFS[1:], before, language=language)
    texts = [change.text for change in brief.changes]
    assert len(texts) == 3
    assert all("%(" not in text for text in texts)
    assert "Per Aske" in texts[0]
    assert "The bridge" in texts[1]


def test_what_is_kept_is_small_and_holds_no_source() -> None:
    """Digests and a few first words: the same for the same issue."""
    brief, kept = issue(BRIEFS)
    assert kept == issue(BRIEFS)[1]
    assert all(document.text.encode() not in kept for document in (FERRY, BRIDGE, TOWN))
    table = json.loads(kept)
    assert table["date"] == brief.date
    assert [item["brief"] for item in table["items"]] == ["ferry", "bridge"]
    begins = [said["begins"] for said in table["items"][0]["said"]]
    assert begins[:2] == ["Fares to Ostwick rise by 4", "The night bus stops at ten."]


def test_the_record_travels_with_the_findings() -> None:
    """What was put together can be edited and printed again with the same changes."""
    previous = issue(BRIEFS[:1], day=OLD)[1]
    made = gather(BRIEFS, Settings(date="2026-11-22"), previous)
    again = load_findings(dump_findings(made), where="x")
    assert again == made
    assert compose(again, LIMITS) == compose(made, LIMITS)


@given(st.sampled_from(["ferry", "bridge"]), st.integers(0, 9))
def test_every_change_is_of_this_issue_or_gone(first: str, room: int) -> None:
    """Its place is printed, or it has none; lines have their own ids."""
    before = issue([one for one in BRIEFS if one[0] == first], day=OLD)[1]
    brief, _ = issue(BRIEFS, before, limits=replace(LIMITS, items=room, contested=room))
    ids = {
        *(item.id for item in brief.items),
        *(one.id for one in brief.contested),
        *(line.id for item in brief.items for line in item.lines),
        *(line.id for line in brief.positions),
        "bottom-line",
        "",
    }
    assert {one.place for one in brief.changes} <= ids
    assert len({one.id for one in brief.changes}) == len(brief.changes)


def test_the_last_issue_is_that_of_the_day_before(tmp_path: Path) -> None:
    """Of an earlier date; other files do not count."""
    folder = tmp_path / "issues"
    assert last_issue(folder, "2026-11-22") == b""
    folder.mkdir()
    for name in ("2026-11-08", "2026-11-15", "2026-11-22", "notes", "2026-1-1"):
        (folder / f"{name}.json").write_text(name, encoding="utf-8")
    assert last_issue(folder, "2026-11-22") == b"2026-11-15"
    assert last_issue(folder, "2026-11-15") == b"2026-11-08"
    assert last_issue(folder, "2026-11-08") == b""


@pytest.mark.parametrize("data", [b"", b"[]", b'{"date": "soon"}', b'{"items": []}'])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    """It is said which file, and what to do."""
    with pytest.raises(FindingsError, match=r"old\.json is no record") as refused:
        read_record(data, where="old.json")
    assert "Remove that file" in refused.value.hint
