"""Keys: they change with all that a brief is made of, name what changed, and with nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from briefing.batch.keys import files, findings_key, key_of, key_of_issue
from briefing.batch.plan import Issue, Job
from briefing.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = Settings(model="stub", date="2026-11-22")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A brief of a folder of two texts."""
    folder = tmp_path / "quays"
    folder.mkdir()
    for name in ("b.txt", "a.txt"):
        (folder / name).write_text(f"The text of {name}.")
    return Job("quays", (str(folder),), SETTINGS)


def test_the_same_is_the_same(job: Job) -> None:
    """What makes no difference to the brief makes none to its key."""
    same = replace(job, id="other", settings=replace(SETTINGS, force=True))
    assert key_of(job) == key_of(same)


def test_what_changed_is_named(job: Job, tmp_path: Path) -> None:
    """Each thing that a brief is made of has its own digest."""
    before = key_of(job)
    later = replace(job, settings=replace(SETTINGS, focus="dues"))
    assert key_of(later).changed(before) == ("settings",)
    assert key_of(replace(job, recipient="The Board")).changed(before) == ("settings",)
    dated = replace(job, settings=replace(SETTINGS, date="2026-11-23"))
    assert key_of(dated).changed(before) == ("settings",)
    other = replace(job, settings=replace(SETTINGS, template="dossier"))
    assert key_of(other).changed(before) == ("settings", "template")
    (tmp_path / "quays" / "a.txt").write_text("Another text of a.txt.")
    assert key_of(job).changed(before) == ("sources",)


def test_order_of_sources_counts(job: Job) -> None:
    """Documents are numbered in the order of the plan."""
    paths = files(job.sources)
    assert [path[-5:] for path in paths] == ["a.txt", "b.txt"]
    turned = replace(job, sources=paths[::-1])
    assert files(turned.sources) == paths[::-1]
    assert key_of(turned) != key_of(replace(job, sources=paths))


def test_look_is_no_part_of_what_is_found(job: Job, tmp_path: Path) -> None:
    """What was found is found again for another template, but not for another text or focus."""
    before = findings_key(job)
    look = replace(SETTINGS, template="dossier", formats=("html",), pages=3, handling="Internal")
    assert findings_key(replace(job, settings=look)) == before
    assert findings_key(replace(job, settings=replace(SETTINGS, focus="dues"))) != before
    (tmp_path / "quays" / "a.txt").write_text("Another text of a.txt.")
    assert findings_key(job) != before


def test_what_is_lacking_counts(job: Job, tmp_path: Path) -> None:
    """A brief that says which source it lacks is another one than that of the rest alone."""
    lacking = replace(job, sources=(*job.sources, str(tmp_path / "ferries" / "*.txt")))
    assert key_of(lacking).changed(key_of(job)) == ("sources",)
    assert findings_key(lacking) != findings_key(job)


def test_issue_follows_its_briefs(job: Job) -> None:
    """An issue depends on what its briefs are made of, and on how they were made."""
    issue = Issue("weekly", ("quays", "ferries"), SETTINGS)
    before = key_of_issue(issue, ["1", "2"], [b"a", b"b", b""])
    assert key_of_issue(issue, ["1", "2"], [b"a", b"b", b""]) == before
    assert key_of_issue(issue, ["1", "2"], [b"a", b"c", b""]).changed(before) == ("briefs",)
    assert key_of_issue(issue, ["1", "3"], [b"a", b"b", b""]).changed(before) == ("sources",)
