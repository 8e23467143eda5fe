"""The report of a run: what it tells, and where it leads."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html  # type: ignore[import-untyped]
from sample_ran import FAILED, LETTER, MADE, RAN

from briefing.batch.plan import Issue, Job, Plan
from briefing.batch.report import Ran, duration, links, ran_of, render_report, rows
from briefing.batch.summary import Summary
from briefing.settings import Settings

NOTHING = Ran("ports.toml", (), (), {}, {})


def text(page: str) -> str:
    """The words of a page, without styles and script."""
    body = html.fromstring(page).body
    for element in body.xpath("//script|//style"):
        element.drop_tree()
    return " ".join(body.text_content().split())


def test_every_job_of_the_plan_has_a_row() -> None:
    """What was made now, failed, was left alone, or was not come to."""
    found = [(row.id, row.outcome, row.label) for row in rows(RAN)]
    assert found == [
        ("ferry-fares", "made", "made"),
        ("lamps", "made", "made"),
        ("gulls", "failed", "failed"),
        ("tides", "failed", "took too long"),
        ("piers", "left", "left as it was"),
        ("cranes", "waiting", "not begun"),
        ("weekly-board", "made", "made"),
    ]


def test_failures_stand_first_with_what_to_do() -> None:
    """Message and hint, escaped, before everything else."""
    page = render_report(RAN)
    told = text(page)
    assert told.index("gulls.pdf has <b>no</b> text layer") < told.index("The whole plan")
    assert "Hint: Run OCR first." in told
    assert "<b>no</b>" not in page


def test_numbers_of_the_run() -> None:
    """Time and rate, what was read and what was in the store, pages and how full they are."""
    told = text(render_report(RAN))
    for words in (
        "2 failed", "3 made", "1 left as it was", "1 not begun", "11 min 33 s", "0.4 a minute",
        "31 12 of 43 taken from the store", "4 84% full on average", "15 in 2 of 4",
        "nothing has changed", "The run was stopped before its end.", "processes, 2 workers",
        "ferry.txt was given twice and read once", "lost.pdf has no text layer",
    ):  # fmt: skip
        assert words in told, words


def test_files_are_linked_from_beside() -> None:
    """Those that people read first; every link has a name of its own."""
    assert [(link.label, link.url) for link in links(LETTER)] == [
        ("HTML", "newsletters/weekly-board/brief.html"),
        ("PDF", "newsletters/weekly-board/brief.pdf"),
        ("EML", "newsletters/weekly-board/brief.eml"),
        ("JSON", "newsletters/weekly-board/brief.json"),
    ]
    page = html.fromstring(render_report(RAN))
    assert page.xpath("//a[@href='briefs/ferry-fares/brief.pdf']/@aria-label") == [
        "brief.pdf of ferry-fares"
    ]
    inner = [one.removeprefix("#") for one in page.xpath("//a/@href") if one.startswith("#")]
    assert set(inner) <= set(page.xpath("//@id"))


def test_it_needs_nothing_else() -> None:
    """Nothing is fetched, and only its own script may run."""
    page = render_report(RAN)
    script = re.search(r"<script>(.*)</script>", page, re.DOTALL)
    assert script
    digest = b64encode(sha256(script[1].encode()).digest()).decode()
    assert f"script-src &#39;sha256-{digest}&#39;" in page or f"'sha256-{digest}'" in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert not re.search(r"url\((?!\"?data:)", page)


def test_the_same_run_gives_the_same_page() -> None:
    """Byte for byte."""
    assert render_report(RAN) == render_report(RAN)


def test_what_a_summary_says_is_reported() -> None:
    """With all that the plan has; what the run was not asked for is told so."""
    plan = Plan(
        Path("plans/ports.toml"),
        tuple(Job(name, ("a.txt",), Settings()) for name in ("ferry-fares", "piers", "cranes")),
        (Issue("weekly-board", ("piers",), Settings()),),
    )
    summary = Summary("2026-11-22", (MADE,), (("brief", "piers"),), (), 60.0, 7, 3)
    ran = ran_of(plan, summary, RAN.last, executor="serial")
    assert (ran.plan, ran.read, ran.kept, ran.stopped) == ("ports.toml", 7, 3, False)
    assert [(row.id, row.label) for row in rows(ran)] == [
        ("ferry-fares", "made"),
        ("piers", "left as it was"),
        ("cranes", "not asked for"),
        ("weekly-board", "not asked for"),
    ]
    assert "2 not asked for" in text(render_report(ran))


def test_a_run_with_nothing_to_do() -> None:
    """Sections with nothing in them are not there."""
    told = text(render_report(NOTHING))
    assert "0 made" in told
    for heading in ("Failed", "Slowest", "Left out Each", "Notices", "stopped"):
        assert heading not in told


def test_what_fails_after_it_was_made_keeps_no_files() -> None:
    """The row is that of the failure."""
    ran = replace(RAN, names=(("brief", "gulls"),), last={("brief", "gulls"): MADE})
    (row,) = rows(ran)
    assert row.entry == FAILED
    assert row.links == ()


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0.0 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.6, "1 min 00 s"),
        (185, "3 min 05 s"),
        (3599.9, "1 h 00 min"),
        (3720, "1 h 02 min"),
    ],
)
def test_durations(seconds: float, told: str) -> None:
    """In the unit that people would use."""
    assert duration(seconds) == told
