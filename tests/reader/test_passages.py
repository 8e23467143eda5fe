"""Passages written for training: their marks are read, and each pronoun becomes a case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from briefing.errors import SourceError
from briefing.paths import shipped
from briefing.reader.tasks import passages
from briefing.reader.tasks.passages import FOLDER, cases, load, read
from briefing.reader.train import parsed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.reader

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


def test_each_pronoun_is_a_case() -> None:
    """All namings of whom it means are right; somebody unnamed is none of them, nor is a place."""
    found = list(cases(read(MARKED), parsed))
    meant = [[TEXT[slice(*each.span)] for each in case.mentions if each.right] for case in found]
    assert meant == [["Ines Duarte"], [], ["Carla Moniz", "Moniz"]]
    assert all(case.text == TEXT for case in found)
    named = {TEXT[slice(*each.span)]: each.name for each in found[0].mentions}
    assert named.pop("Lisbon") not in named.values()


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
    """Training without passages would be another training."""
    with pytest.raises(SourceError, match="no passages"):
        load(tmp_path)


def test_those_that_ship_can_be_read() -> None:
    """About one in eight is kept to measure with; each names two people at least."""
    found = load(shipped("models") / "reader" / FOLDER)
    kept = sum(passage.is_kept for passage in found)
    assert 0.5 < kept * passages.KEPT_PARTS / len(found) < 1.5
    assert all(len({who for _, who in passage.people}) > 1 for passage in found)
    assert len({passage.text for passage in found}) == len(found)
