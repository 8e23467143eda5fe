"""Selections: the peers' order and budget, the reader's lead, and ROUGE where it is installed."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from briefing.errors import SettingsError
from briefing.evaluate import peers, salience
from briefing.evaluate.salience import APART, MEAN, OURS, Group
from briefing.evaluate.seams import Reader
from briefing.pipeline import Desk
from briefing.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """The Quay

The quay will close for a year. The ferry guild asks for a smaller bridge instead.

Nobody in Wend was asked. No."""


def test_lead_takes_each_document_in_turn() -> None:
    """The first sentences of all documents come before any second one."""
    assert peers.lead([["a", "b", "c"], ["d"], ["e", "f"]]) == [0, 3, 4, 1, 5, 2]


def test_all_choose_among_running_sentences_of_some_length() -> None:
    """Headings and very short sentences cannot be selected."""
    assert salience.sentences_of(TEXT) == [
        "The quay will close for a year.",
        "The ferry guild asks for a smaller bridge instead.",
        "Nobody in Wend was asked.",
    ]


@pytest.mark.parametrize(
    ("group", "picked"), [(Group("a", "a", sentences=2), [0, 2]), (Group("a", "a", words=6), [2])]
)
def test_a_peer_keeps_to_the_budget(group: Group, picked: list[int]) -> None:
    """The first of the ranking, by sentences or to the nearest words, in the order of the text."""
    sentences = salience.sentences_of(TEXT)
    found = salience.chosen(lambda _: [2, 0, 1], group, [TEXT])
    assert found == [sentences[number] for number in picked]


def test_a_text_without_sentences_gives_none() -> None:
    """There is nothing to rank, and nothing is ranked."""
    assert salience.chosen(lambda _: 1 / 0, Group("a", "a", sentences=1), ["No."]) == []


def test_the_lead_is_over_the_best_of_the_others() -> None:
    """Differences are taken document by document; the mean leaves one group out."""
    scores = {
        OURS: np.array([[50.0, 1, 1, 9], [60.0, 1, 1, 9]]),
        "LEAD": np.array([[40.0, 2, 1, 9], [50.0, 2, 1, 9]]),
        "other": np.array([[45.0, 0, 1, 9], [54.0, 0, 1, 9]]),
    }
    *measured, ahead = salience.tables({"bbc": scores, APART: scores}, {})
    assert str(ahead.rows[0].figures["bbc"]).startswith("5.5 [")
    assert ahead.rows[1].figures["bbc"].value == -1.0
    assert measured[0].rows[0].figures[MEAN].value == 55.0
    assert str(measured[-1].rows[0].figures["bbc"]) == "9.0"


def test_the_reader_selects_by_the_same_budget() -> None:
    """Its selections come back as the words of each record, of one document or several."""
    reader = Reader(Desk(Settings(model="stub")))
    records = [{"document": TEXT}, {"documents": [TEXT, "The quay is old and closed."]}]
    found = salience.selected(reader, Group("a", "a", sentences=1), records)
    assert found == [["The quay will close for a year."], ["The quay is old and closed."]]


def test_a_group_keeps_to_its_outlet(tmp_path: Path) -> None:
    """Records of other outlets are left out before the first ones are taken."""
    with gzip.open(tmp_path / "quays.jsonl.gz", "wt", encoding="utf-8") as lines:
        for number in range(6):
            record = {"id": f"q{number}", "split": "dev", "outlet": ("wend", None)[number % 2]}
            lines.write(json.dumps(record) + "\n")
    group = Group("a", "quays", sentences=1, outlet="wend")
    assert [each["outlet"] for each in salience.load(group, tmp_path, 2)] == ["wend"] * 2
    assert len(salience.load(group, tmp_path, None)) == 3


def test_a_reference_has_a_sentence_a_line() -> None:
    """Lines stay apart, and fall into sentences."""
    assert salience.reference("The quay closes. It is old.\n\nNobody came") == (
        "The quay closes.\nIt is old.\nNobody came"
    )


def test_what_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the packages of the extra, the error names them and how to get them."""
    monkeypatch.setattr(salience, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match="rouge_score and sumy") as caught:
        salience.ready()
    assert "[eval]" in caught.value.hint


def test_rouge_of_a_summary() -> None:
    """The reference itself gets all, other words nothing."""
    pytest.importorskip("rouge_score")
    record = {"summary": "The quay closes.\nThe guild objects."}
    same = ["The quay  closes.", "The guild objects."]
    scores = salience.scorer()([record, record], [same, ["Nobody"]])
    assert scores.tolist() == [[100.0, 100.0, 100.0, 6.0], [0.0, 0.0, 0.0, 1.0]]


@pytest.mark.parametrize("name", ["LexRank", "TextRank"])
@pytest.mark.reader
def test_peers_of_sumy_rank_every_sentence(name: str) -> None:
    """Their order holds each sentence once, over all documents."""
    pytest.importorskip("sumy")
    found = peers.rankings()[name]([salience.sentences_of(TEXT), ["The quay is old and closed."]])
    assert sorted(found) == [0, 1, 2, 3]
