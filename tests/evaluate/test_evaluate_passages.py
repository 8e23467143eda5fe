"""Passages to measure pronouns with: their marks are read, and whatever is wrong is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from briefing.errors import SourceError
from briefing.evaluate.passages import FOLDER, load, read
from briefing.paths import shipped

if TYPE_CHECKING:
    from pathlib import Path

MARKED = (
    "In Lisbon the lawyer [A|Ines Duarte] beat [B|Carla Moniz]. {Her>A} clerk said {she>-} would miss"
    " [B|Moniz]'s jokes; {she>B} left on Friday."
)
TEXT = (
    "In Lisbon the lawyer Ines Duarte beat Carla Moniz. Her clerk said she would miss"
    " Moniz's jokes; she left on Friday."
)


def _written(folder: Path, *lines: str) -> Path:
    (folder / "made.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_marks_are_taken_out() -> None:
    """The text reads as it would without marks, and all places lie in it."""
    passage = read(MARKED)
    assert passage.text == TEXT
    assert [(TEXT[slice(*span)], who) for span, who in passage.people] == [
        ("Ines Duarte", "A"),
        ("Carla Moniz", "B"),
        ("Moniz", "B"),
    ]
    assert [(TEXT[slice(*span)], who) for span, who in passage.pronouns] == [
        ("Her", "A"),
        ("she", "-"),
        ("she", "B"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[A|Orme] said {she>B} knew.", "nobody is named B"),
        ("[A|Orme said {she>A} knew.", "cannot be read"),
        ("[A|Orme] said {she} knew.", "cannot be read"),
    ],
)
def test_a_wrong_mark_is_told_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    """File and line are named."""
    lines = [json.dumps({"text": each}) for each in (MARKED, text)]
    with pytest.raises(SourceError, match=f"made.jsonl:2: .*{fault}"):
        load(_written(tmp_path, *lines))


@pytest.mark.parametrize("line", ["{}", "no JSON", '{"text": "a", "more": 1}'])
def test_a_line_that_is_no_passage_is_told(tmp_path: Path, line: str) -> None:
    """Nothing is skipped in silence."""
    with pytest.raises(SourceError, match=r"made\.jsonl:1"):
        load(_written(tmp_path, line))


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    """Nothing to measure with is no good figure."""
    with pytest.raises(SourceError, match="holds no files"):
        load(tmp_path)


def test_those_that_ship_can_be_read() -> None:
    """Each names two people at least, and none comes twice."""
    found = load(shipped("models") / "reader" / FOLDER)
    assert all(len({who for _, who in passage.people}) > 1 for passage in found)
    assert len({passage.text for passage in found}) == len(found)
