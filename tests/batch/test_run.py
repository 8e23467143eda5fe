"""A batch from its plan to its files: made once, taken up again, and nothing that need not be."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from command import call
from sample_faults import begun, going_wrong, work
from sample_plans import DAY, made_files, plan_of, pooled, sample_plan, serial

from briefing.batch.manifest import NAME, Manifest
from briefing.batch.plan import read_plan
from briefing.batch.run import intend, mark, run
from briefing.errors import PlanError

if TYPE_CHECKING:
    from pathlib import Path

LETTER = """
[[newsletter]]
id = "weekly"
briefs = ["brief-000", "brief-001"]
date = 2026-11-22
formats = ["html"]
model = "stub"
"""


def today() -> date:
    """The date that a plan without one has."""
    return datetime.now(UTC).date()


def whys(plan_: object, out: Path, **keys: object) -> dict[str, str]:
    """What a run would make, and why."""
    found = intend(plan_, serial(out, **keys))  # type: ignore[arg-type]
    return {one.id: one.why for one in found if one.runs}


def test_briefs_and_a_newsletter(tmp_path: Path) -> None:
    """A run makes all of a plan, with a line each; the next one has nothing to do."""
    plan = sample_plan(tmp_path, 3, text=LETTER)
    out = tmp_path / "out"
    told: list[tuple[str, int, int]] = []
    summary = run(plan, serial(out), on_progress=lambda *seen: told.append(seen))
    assert sorted(made_files(out)) == [
        *(f"briefs/brief-00{n}/brief.{kind}" for n in range(3) for kind in ("html", "json")),
        "newsletters/weekly/brief.html",
        "newsletters/weekly/brief.json",
    ]
    assert told[-4:] == [
        ("briefs", 1, 3),
        ("briefs", 2, 3),
        ("briefs", 3, 3),
        ("newsletters", 1, 1),
    ]
    assert (len(summary.made), summary.failed, summary.skipped) == (4, (), ())
    assert (summary.read, summary.kept) == (4, 4)  # neighbours share two of the four texts
    last = Manifest.read(out).last
    assert [entry.id for entry in last.values()][-1] == "weekly"
    assert all(entry.day == DAY and entry.state == "ok" for entry in last.values())
    assert not whys(plan, out)
    again = run(plan, serial(out))
    assert (again.made, len(again.skipped)) == ((), 4)


def test_output_among_the_sources_is_no_source(tmp_path: Path) -> None:
    """A brief of a folder, made within that folder, is made once."""
    plan = plan_of(tmp_path, 1)
    text = plan.read_text()
    plan.write_text(text.replace(text[text.index("sources = ") :], 'sources = ["sources"]\n'))
    out = tmp_path / "sources" / "out"
    run(read_plan(plan), serial(out))
    assert not whys(read_plan(plan), out)
    assert run(read_plan(plan), serial(out)).made == ()


def test_workers_and_order_change_nothing(tmp_path: Path) -> None:
    """Two workers make the same bytes as none, and analyse no text twice."""
    plan = sample_plan(tmp_path, 4, each=3, text=LETTER)
    run(plan, serial(tmp_path / "one"))
    summary = run(plan, pooled(tmp_path / "two"))
    assert made_files(tmp_path / "one") == made_files(tmp_path / "two")
    assert summary.read == 6


def test_other_template_reads_nothing(tmp_path: Path) -> None:
    """Where only the look has changed, no text is analysed, and no model asked, again."""
    plan = sample_plan(tmp_path, 2, text=LETTER)
    out = tmp_path / "out"
    run(plan, serial(out))
    jobs = tuple(
        replace(job, settings=replace(job.settings, handling="For internal use"))
        for job in plan.jobs
    )
    other = replace(plan, jobs=jobs)
    assert set(whys(other, out).values()) == {"settings changed", "its briefs are made"}
    summary = run(other, serial(out))
    assert (len(summary.made), summary.read) == (3, 0)


def test_dry_run_says_why(tmp_path: Path) -> None:
    """Each brief that would be made says what has changed; nothing is written."""
    plan = sample_plan(tmp_path, 5)
    out = tmp_path / "out"
    assert set(whys(plan, out).values()) == {"new"}
    assert not out.exists()
    run(going_wrong(plan, brief_000="raise"), serial(out), do=work)
    (tmp_path / "sources" / "text-005.txt").write_text("The board gave up its plan.")
    (out / "briefs" / "brief-002" / "brief.html").unlink()
    before = (out / NAME).read_bytes()
    assert whys(plan, out) == {
        "brief-000": "failed last time",
        "brief-002": "missing or changed: brief.html",
        "brief-004": "sources changed",
    }
    assert (out / NAME).read_bytes() == before
    assert set(whys(plan, out, fresh=True)) == {job.id for job in plan.jobs}


def test_an_entry_of_the_plan_names_all_that_is_made_of_it(tmp_path: Path) -> None:
    """As an audience and a topic are no part of the id that the plan gives."""
    text = LETTER.replace('id = "weekly"', 'id = "weekly"\naudiences = ["board"]')
    path = plan_of(tmp_path, 2, each=1, text=text + '[[audience]]\nid = "board"\n')
    path.write_text(path.read_text().replace("[[brief]]", '[[brief]]\ntopics = ["fares"]', 1))
    plan, out = read_plan(path), tmp_path / "out"
    assert list(whys(plan, out, only=("brief-000",))) == ["brief-000-fares"]
    assert list(whys(plan, out, only=("weekly",)))[-1] == "weekly-board"


def test_only_what_is_named(tmp_path: Path) -> None:
    """Names and patterns choose; a newsletter brings the briefs that it takes."""
    plan = sample_plan(tmp_path, 3, text=LETTER)
    out = tmp_path / "out"
    assert list(whys(plan, out, only=("brief-*2",))) == ["brief-002"]
    assert list(whys(plan, out, only=("weekly",))) == ["brief-000", "brief-001", "weekly"]
    summary = run(plan, serial(out, only=("brief-002",)), do=work)
    assert [entry.id for entry in summary.made] == ["brief-002"]
    with pytest.raises(PlanError, match="nothing is called `brief-9`") as caught:
        intend(plan, serial(out, only=("brief-9",)))
    assert "brief-000" in caught.value.hint


def test_newsletter_of_a_failed_brief_fails(tmp_path: Path) -> None:
    """It says which brief it lacks, and is made when that is."""
    plan = sample_plan(tmp_path, 3, text=LETTER)
    options = serial(tmp_path / "out")
    summary = run(going_wrong(plan, brief_001="raise"), options, do=work)
    assert [entry.id for entry in summary.failed] == ["brief-001", "weekly"]
    assert "it takes brief-001, which failed" in summary.failed[1].error
    assert {entry.id for entry in run(plan, options, do=work).made} == {"brief-001", "weekly"}


def test_newsletter_does_without_a_brief_that_has_nothing_on_its_focus(tmp_path: Path) -> None:
    """It says so; where no brief has anything, it is not made."""
    text = LETTER + '[[audience]]\nid = "arlen"\nname = "Arlen"\nfocus = "Arlen"\n'
    text = text.replace("[[newsletter]]", '[[newsletter]]\naudiences = ["arlen"]')
    path = plan_of(tmp_path, 2, each=1, text=text)
    lines = path.read_text().replace("[[brief]]", '[[brief]]\naudiences = ["arlen"]')
    path.write_text(lines)
    out = tmp_path / "out"
    summary = run(read_plan(path), serial(out))
    assert {entry.id for entry in summary.failed} == {"brief-001-arlen"}
    page = (out / "newsletters" / "weekly-arlen" / "brief.html").read_text()
    assert "brief-001: nothing on the focus (Arlen) was found" in page
    again = run(read_plan(path), serial(out))
    assert ("newsletter", "weekly-arlen") in again.skipped
    path.write_text(lines.replace('focus = "Arlen"', 'focus = "Zebra"'))
    summary = run(read_plan(path), serial(out))
    assert {entry.id for entry in summary.failed} == {
        "brief-000-arlen",
        "brief-001-arlen",
        "weekly-arlen",
    }
    assert "none of its briefs says anything about its focus" in summary.failed[-1].error


def test_template_that_is_missing_fails_its_briefs_alone(tmp_path: Path) -> None:
    """A fault in the plan of one brief does not stop the others."""
    plan = sample_plan(tmp_path, 3)
    first, *rest = plan.jobs
    broken = replace(first, settings=replace(first.settings, template="no-such"))
    plan = replace(plan, jobs=(broken, *rest))
    intents = intend(plan, serial(tmp_path / "out"))
    assert [one.fails for one in intents] == [True, False, False]
    summary = run(plan, serial(tmp_path / "out"), do=work)
    (failed,) = summary.failed
    assert (failed.id, len(summary.made)) == (first.id, 2)
    assert "no-such" in failed.error


def test_sources_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """A brief of no source fails with the reason; one that lacks a source says so."""
    plan = sample_plan(tmp_path, 2)
    (tmp_path / "sources" / "text-000.txt").unlink()
    (tmp_path / "sources" / "text-002.txt").write_bytes(b"")
    (tmp_path / "sources" / "text-001.txt").write_bytes(b"")
    summary = run(plan, serial(tmp_path / "out"))
    assert [entry.id for entry in summary.failed] == ["brief-000", "brief-001"]
    (tmp_path / "sources" / "text-001.txt").write_text("The board said that dues will rise.\n" * 3)
    summary = run(plan, serial(tmp_path / "out"))
    assert [len(entry.unread) for entry in summary.made] == [1, 1]


def test_source_that_vanishes_is_told_by_every_run(tmp_path: Path) -> None:
    """The brief is made of the rest and says so, as its newsletter does, until it is whole."""
    path = plan_of(tmp_path, 2, text=LETTER)
    out = tmp_path / "out"
    lost = tmp_path / "sources" / "text-000.txt"
    text = lost.read_bytes()
    command = ("batch", str(path), "-o", str(out), "--executor", "serial")
    assert call(*command).exit_code == 0
    lost.unlink()
    for told in ("2 made, 1 unchanged", "0 made, 3 unchanged"):
        for more in (("--dry-run",), ()):
            result = call(*command, *more)
            assert result.exit_code == 3
            assert f"incomplete: brief brief-000: {lost} does not exist" in result.stdout
            assert "brief-001: " not in result.stdout
        assert f"{told}, 0 failed, 1 incomplete" in result.stdout
    found = json.loads(call(*command, "--json").stdout)
    assert found["incomplete"] == [{"id": "brief-000", "unread": [f"{lost} does not exist"]}]
    for place in ("briefs/brief-000", "newsletters/weekly"):
        assert "Not read: text-000.txt does not exist." in (out / place / "brief.html").read_text()
    assert "Not read" not in (out / "briefs" / "brief-001" / "brief.html").read_text()
    lost.write_bytes(text)
    assert call(*command).exit_code == 0
    assert "Not read" not in (out / "briefs" / "brief-000" / "brief.html").read_text()


def test_fresh_run_makes_all_again(tmp_path: Path) -> None:
    """It takes nothing from before, and what it does not come to is left to do."""
    plan = sample_plan(tmp_path, 3)
    options = serial(tmp_path / "out")
    run(plan, options)
    summary = run(plan, serial(tmp_path / "out", fresh=True))
    assert (len(summary.made), summary.read) == (3, 4)
    with Manifest.read(tmp_path / "out") as manifest:
        manifest.add(mark("begun", DAY, (("brief", "brief-001"),)))
    assert whys(plan, tmp_path / "out") == {"brief-001": "new"}


def undated(folder: Path) -> Path:
    """A plan that says no date."""
    return plan_of(folder, 2, date="")


@pytest.mark.parametrize(("days", "kept"), [(0, True), (1, True), (2, False)])
def test_run_that_is_taken_up_keeps_its_date(tmp_path: Path, days: int, kept: bool) -> None:
    """A run over midnight has one date; one of the day before yesterday begins anew."""
    plan = read_plan(undated(tmp_path))
    out = tmp_path / "out"
    out.mkdir()
    day = (today() - timedelta(days=days)).isoformat()
    with Manifest.read(out) as manifest:
        manifest.add(mark("begun", day))
    summary = run(plan, serial(out), do=work)
    assert {entry.day for entry in summary.made} == {day if kept else today().isoformat()}


def test_unchanged_brief_keeps_its_date(tmp_path: Path) -> None:
    """The next day alone makes nothing anew; what has changed is made with the new date."""
    plan = read_plan(undated(tmp_path))
    out = tmp_path / "out"
    run(plan, serial(out), do=work)
    manifest = out / NAME
    dated = {job.id: replace(job.settings, date="2026-11-20") for job in plan.jobs}
    jobs = tuple(replace(job, settings=dated[job.id]) for job in plan.jobs)
    run(replace(plan, jobs=jobs), serial(out), do=work)
    assert all(entry.day == "2026-11-20" for entry in Manifest.read(out).last.values())
    assert not whys(plan, out)
    (tmp_path / "sources" / "text-000.txt").write_text("The board gave up its plan.")
    summary = run(plan, serial(out), do=work)
    assert [(entry.id, entry.day) for entry in summary.made] == [
        ("brief-000", today().isoformat())
    ]
    assert manifest.exists()


def test_issue_is_compared_with_the_one_before(tmp_path: Path) -> None:
    """An issue keeps its record; one that is made again in another look is the same issue."""
    plan = sample_plan(tmp_path, 2, text=LETTER)
    out = tmp_path / "out"
    run(plan, serial(out))
    (record,) = (out / ".issued" / "weekly").iterdir()
    assert record.name == f"{DAY}.json"
    assert json.loads(record.read_bytes())["date"] == DAY
    (tmp_path / "sources" / "text-000.txt").write_text(
        "The harbour board of Arlen said that dues will fall by two per cent.\n"
    )
    later = tuple(
        replace(issue, settings=replace(issue.settings, date="2026-11-29"))
        for issue in plan.issues
    )
    run(replace(plan, issues=later), serial(out))
    assert sorted(path.name for path in (out / ".issued" / "weekly").iterdir()) == [
        "2026-11-22.json",
        "2026-11-29.json",
    ]
    whole = made_files(out)
    assert not run(replace(plan, issues=later), serial(out)).made
    assert made_files(out) == whole


def test_each_brief_is_begun_once(tmp_path: Path) -> None:
    """No brief is given to two workers."""
    run(sample_plan(tmp_path, 20), pooled(tmp_path / "out"), do=work)
    assert set(Counter(begun(tmp_path)).values()) == {1}


@pytest.mark.usefixtures("socket_enabled")
def test_server_that_is_gone_stops_no_other_brief(tmp_path: Path) -> None:
    """After some failures its briefs fail untried, with what to do; those of others are made."""
    plan = sample_plan(tmp_path, 12)
    gone = "http://127.0.0.1:9/v1#small"
    jobs = tuple(
        replace(job, settings=replace(job.settings, model=gone), recipient="no server")
        if number < 10
        else job
        for number, job in enumerate(plan.jobs)
    )
    summary = run(replace(plan, jobs=jobs), serial(tmp_path / "out"), do=work)
    assert sorted(entry.id for entry in summary.made) == ["brief-010", "brief-011"]
    untried = [entry for entry in summary.failed if entry.error.startswith("not tried")]
    assert (len(summary.failed), len(untried)) == (10, 5)
    assert "run again" in untried[0].hint
