"""What people see: tables, fields, and progress where there is a terminal."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path

import pytest
from sample_findings import READING

from briefing.brief import Limits
from briefing.show import as_json, fields, progress, table


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def test_columns_stand_below_one_another() -> None:
    """Every column but the last is as wide as its longest cell; no line ends in a space."""
    rows = [("a", "long cell", ""), ("longer", "b", "end")]
    assert table(rows) == "a       long cell\nlonger  b          end"
    assert table([]) == ""


def test_fields_stand_one_a_line() -> None:
    """A list of words stands on one line, one of sentences on several; some can be left out."""
    assert fields(Limits(summary=4, items=9)).splitlines()[0] == "summary    4"
    some = (
        "contested",
        "timeline",
        "unknowns",
        "sources",
        "items",
        "lines",
        "actors",
        "issues",
        "changes",
    )
    assert fields(Limits(), without=some) == "summary    4\nclaims     5\npositions  8"
    told = fields(READING, without=("sentences", "statements", "claims", "positions"))
    assert told.splitlines()[0] == "salience  0.75, 0.5"


def test_records_within_records_are_set_in() -> None:
    """A record in a field has its fields on lines of their own, and so has each of several."""
    record = {"heads": {"name": "tags", "data": [{"used": "all of it"}, {"used": "half of it"}]}}
    assert fields(record).splitlines() == [
        "heads  name tags",
        "       data used all of it",
        "         used half of it",
    ]


def test_paths_are_text_in_json() -> None:
    """A path is written as people write it."""
    assert as_json({"path": Path("a/b")}) == '{"path":"a/b"}'


def test_progress_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stage stands there while it runs."""
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress(quiet=False, verbose=False) as on_progress:
        assert on_progress is not None
        on_progress("reading", 1, 2)
        on_progress("reading", 2, 2)
    assert "reading" in sys.stderr.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("quiet", "terminal"), [(True, Terminal()), (False, StringIO())])
def test_progress_is_for_terminals(
    monkeypatch: pytest.MonkeyPatch, quiet: bool, terminal: StringIO
) -> None:
    """Nothing is shown where it was not wanted, nor in a pipe."""
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress(quiet=quiet, verbose=False) as on_progress:
        assert on_progress is None
    assert terminal.getvalue() == ""
