"""How problems are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.inspection import Problem, as_records, as_text
from briefing.inspection.problems import merged

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_equal_problems_are_one_with_all_fixtures(tmp_path: Path) -> None:
    """What shows in several fixtures is told once, in the order of lines."""
    one = Problem("id", "error", "a", tmp_path / "a.j2", 9, ("x",))
    other = Problem("id", "error", "a", tmp_path / "a.j2", 9, ("y", "x"))
    first = Problem("id", "error", "b", tmp_path / "a.j2", 2)
    assert merged([one, other, first]) == (
        first,
        Problem("id", "error", "a", tmp_path / "a.j2", 9, ("x", "y")),
    )


def test_text_reads_as_from_a_compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File and line come first, relative to the working folder."""
    monkeypatch.chdir(tmp_path)
    problem = Problem(
        "id", "warning", "wrong", tmp_path / "t" / "a.j2", 3, tuple("abcde"), "Do better."
    )
    assert as_text([problem]) == (
        "t/a.j2:3: warning: wrong (a, b, c, d and 1 more)\n    Do better."
    )
    assert as_records([problem])[0] == {
        "file": "t/a.j2",
        "line": 3,
        "severity": "warning",
        "kind": "id",
        "message": "wrong",
        "hint": "Do better.",
        "fixtures": ["a", "b", "c", "d", "e"],
    }
