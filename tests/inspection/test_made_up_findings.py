"""Fixtures: findings that would be accepted from a file, the same each time."""

from __future__ import annotations

import pytest

from briefing.brief import Limits
from briefing.codec import dump_findings, load_findings
from briefing.compose import compose
from briefing.inspection import Fixture, fixtures, in_language
from briefing.inspection.fixtures import harmless, hostile

ALL = (*fixtures(), in_language("ar"))


@pytest.mark.parametrize("fixture", ALL, ids=lambda each: each.name)
def test_findings_are_true_to_their_sources(fixture: Fixture) -> None:
    """Every span and quotation stands in its document, and nothing is lost in a file."""
    written = dump_findings(fixture.findings)
    assert load_findings(written, where=fixture.name) == fixture.findings


def test_names_are_unique_and_the_findings_stay_the_same() -> None:
    """A fixture is known by its name, and made anew it is equal."""
    assert len({each.name for each in ALL}) == len(ALL)
    fixtures.cache_clear()
    assert fixtures() == ALL[:-1]


def test_the_ordinary_brief_has_everything() -> None:
    """All kinds of contest, basis and standing come up at least once."""
    brief = compose(ALL[0].findings, Limits())
    lines = (*brief.summary, *brief.claims, *brief.positions)
    assert {each.kind for each in compose(ALL[0].findings, Limits(contested=9)).contested} == {
        "figures", "stances", "denial",
    }  # fmt: skip
    assert {line.basis for line in lines} == {"asserted", "reported", "inferred"}
    assert any(line.text for line in lines)
    assert any(line.hedges for line in lines)
    assert brief.bottom_line
    assert brief.bottom_line.origins == 2
    assert brief.matrix
    assert brief.timeline
    assert brief.unknowns
    assert brief.refusals
    assert brief.notices
    assert any(stand.earlier for row in brief.matrix for stand in row.stands if stand)


def test_the_hostile_wording_has_a_harmless_double() -> None:
    """Both are as long, so that no template can tell them apart by length."""
    for kind in ("name", "title", "sentence", "issue", "note", "address", "model"):
        assert len(hostile(kind, "Some words")) == len(harmless(kind, "Some words"))
    assert "<" not in harmless("title", "Some words")
