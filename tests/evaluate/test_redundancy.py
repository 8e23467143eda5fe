"""What a summary says twice, by its runs of words."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from briefing.evaluate import redundancy
from briefing.evaluate.redundancy import COLUMN, LEAD, PEOPLE, repeated
from briefing.evaluate.salience import OURS
from briefing.evaluate.seams import Reader
from briefing.pipeline import Desk
from briefing.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "The quay of Wend will close for a year."
SECOND = "Nobody in Orm was asked about it."


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("", 0.0),
        ("The quay closes.", 0.0),
        ("The quay of Wend closes.", 0.0),
        ("The quay of Wend: the quay of Wend!", 1 / 5),
        ("Dues rise, dues RISE, dues rise, dues rise.", 3 / 5),
    ],
)
def test_a_run_counts_when_it_comes_again(text: str, share: float) -> None:
    """Case and marks make no difference; the first time is none, every later one is."""
    assert repeated(text) == pytest.approx(share)


def test_runs_may_be_shorter() -> None:
    """The size says how many words make a run."""
    assert repeated("a quay, a quay", 2) == pytest.approx(1 / 3)


def test_a_summary_in_which_two_sources_say_one_thing(tmp_path: Path) -> None:
    """LEAD takes the same first sentence from both texts, which counts as repeated."""
    record = {
        "id": "q",
        "split": "dev",
        "documents": [f"{FIRST}\n\n{SECOND}", f"{FIRST}\n\nGulls cry over the old harbour."],
        "summary": f"{FIRST} {SECOND}",
    }
    with gzip.open(tmp_path / "sum_multinews.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(record) + "\n")
    part = redundancy.measure(Reader(Desk(Settings(model="stub"))), tmp_path)
    (table,) = part.tables
    figures = {row.name: row.figures[COLUMN].value for row in table.rows}
    assert [*figures] == [OURS, LEAD, PEOPLE, f"{OURS} less {LEAD}"]
    assert figures[LEAD] > figures[PEOPLE] == 0.0
    assert table.counts == {"records": 1, "articles": 2}
