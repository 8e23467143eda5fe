"""What people are told of a run, and of one that was not made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefing.batch.keys import Key
from briefing.batch.manifest import Entry
from briefing.batch.summary import SHOWN, Incomplete, Intent, Summary, intents, lines

MADE = Entry("brief", "quays", "ok", Key("s", "t", "u", "v", "w"), {})
FAILED = replace(MADE, id="ferries", state="error", error="no text", hint="Leave it out.")
RUN = Summary("2026-11-22", (MADE,) * 90, (("brief", "rail"),), (FAILED,), 3600.0, 1200, 3400)


def told(summary: Summary) -> list[str]:
    """The lines."""
    return list(lines(summary, Path("out")))


def test_numbers_and_failures() -> None:
    """How many, how fast, what was read, and each failure with what to do."""
    assert told(RUN) == [
        "90 made, 1 unchanged, 1 failed in 60 min; see out/report.html",
        "90 an hour; 1,200 texts analysed, 3,400 taken from the store",
        "failed: brief ferries: no text",
        "  Leave it out.",
    ]


def test_many_failures_are_left_to_the_report() -> None:
    """A terminal is not filled with them."""
    many = replace(RUN, failed=(replace(FAILED, hint=""),) * (SHOWN + 5))
    assert told(many)[-1] == "and 5 more, which the report lists"


def test_sources_that_were_not_read() -> None:
    """Each is named beside its brief, as far as a terminal takes it."""
    some = tuple(f"{number}.txt is empty" for number in range(SHOWN + 3))
    found = told(replace(RUN, failed=(), incomplete=(Incomplete("quays", some),)))
    assert found[0].startswith("90 made, 1 unchanged, 0 failed, 1 incomplete in ")
    assert found[2] == "incomplete: brief quays: 0.txt is empty"
    assert found[2 + SHOWN :] == ["and 3 more sources that were not read"]
    dry = Intent("brief", "quays", runs=True, why="new", unread=some[:1])
    assert list(intents([dry]))[1:] == [found[2], "1 to make, 0 unchanged"]


def test_interrupted_run_says_how_to_go_on() -> None:
    """Nothing is lost."""
    last = told(replace(RUN, made=(), seconds=40.0, interrupted=True))
    assert last[0].startswith("0 made, 1 unchanged, 1 failed in 40 s")
    assert last[-1] == "Interrupted: what is made is kept; the same command makes the rest."
    assert told(replace(RUN, seconds=3 * 3600 + 300))[0].split(" in ")[1].startswith("3 h 05 min;")


def test_dry_run() -> None:
    """One line each, with the reason."""
    found = (Intent("brief", "quays", runs=True, why="new"), Intent("brief", "rail", False, ""))
    assert list(intents(found)) == [
        "make   brief  quays  new\nleave  brief  rail   nothing has changed",
        "1 to make, 1 unchanged",
    ]
