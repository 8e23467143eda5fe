"""What is denied: the judge beside a rule and the encoder, on pairs by people and by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sample_reader import write_corpus
from sample_support import PLAIN_TEXT, TOLD

from briefing.evaluate import verdicts
from briefing.evaluate.seams import Support
from briefing.evaluate.verdicts import (
    AT_PRECISION,
    AT_RECALL,
    CHANGES,
    FIGURES,
    OURS,
    PLAIN,
    PRECISION,
    RECALL,
    RIGHT,
    RULE,
    changed,
    chosen,
    contest,
    differs,
    measure,
    rated,
)
from briefing.support.judge import Verdict
from briefing.support.tasks.made import PLAIN as PLAIN_TEXTS
from briefing.support.tasks.made import numbers, stances
from briefing.support.tasks.sheets import DENIED, ENTAILED, OPEN, Example
from briefing.support.tasks.verdicts import MEASURED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.evaluate.seams import Vectors

LABELS = {(first, second): label for first, second, label in TOLD}


class Knowing:
    """A judge that has seen the answers; all else it leaves open."""

    def verdicts(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        found = {
            "entailment": Verdict(0.8, 0.1, 0.1),
            "neutral": Verdict(0.1, 0.8, 0.1),
            "contradiction": Verdict(0.1, 0.1, 0.8),
        }
        return [found[LABELS.get(pair, "neutral")] for pair in pairs]


class Blind:
    """Vectors that are all the same."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)


SUPPORT = Support(judge=Knowing(), encoder=Blind())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Every set that is read, of very few pairs."""
    told = [
        {"id": f"t{n}", "split": "dev", "premise": a, "hypothesis": b, "label": label}
        for n, (a, b, label) in enumerate(TOLD)
    ]
    for name in MEASURED:
        write_corpus(tmp_path, name, told)
    # A contract is shown by its passages.
    shown = [{**each, "document": each["premise"], "premise": "", "evidence": [[0, 99]]} for each in told]  # fmt: skip
    write_corpus(tmp_path, "nli_contract", shown)
    for name in PLAIN_TEXTS:
        write_corpus(tmp_path, name, [{"split": "dev", "document": PLAIN_TEXT}] * 3)
    return tmp_path


def test_what_is_measured(folder: Path) -> None:
    """All pairs, those that may be learnt from, each corpus, and what was changed."""
    every, learnt, by_corpus, *made = measure(SUPPORT, folder).tables
    assert every.counts == {"pairs": len(TOLD) * len(MEASURED), "denied": 2 * len(MEASURED)}
    assert learnt.counts["pairs"] == len(TOLD) * (len(MEASURED) - 3)
    assert [row.name.split(",")[0] for row in by_corpus.rows] == [*MEASURED]
    assert by_corpus.rows[0].figures["denied"].value == pytest.approx(33.3)
    rows = {row.name: row.figures for row in every.rows}
    assert [*rows] == [OURS, RULE, PLAIN, f"{OURS} less the best of the others"]
    assert {rows[OURS][column].value for column in (AT_RECALL, AT_PRECISION, RIGHT)} == {100.0}
    assert rows[PLAIN][AT_RECALL].value == pytest.approx(33.33)
    assert RIGHT not in rows[RULE]
    assert len(made) == len(CHANGES)


def test_what_was_made_is_measured_beside_the_rules_for_figures(folder: Path) -> None:
    """These find numbers that were changed, and know nothing of verbs."""
    *_, figures, verbs = measure(SUPPORT, folder).tables
    found, other = ({row.name: row.figures for row in each.rows} for each in (figures, verbs))
    assert figures.counts["pairs"] == 2 * figures.counts["denied"] > 0
    assert found[FIGURES][PRECISION].value == 100.0
    assert found[FIGURES][RECALL].value > 0
    assert other[FIGURES][RECALL].value == 0.0
    assert [*found[PLAIN]] == [AT_RECALL]


def test_a_limit_is_of_pairs_of_each_corpus(folder: Path) -> None:
    """So few are read, to try; which ones does not follow from their order."""
    every, *_, figures, _ = measure(SUPPORT, folder, 1).tables
    assert every.counts["pairs"] == len(MEASURED)
    assert figures.counts["pairs"] == 2
    examples = [Example(str(number), "", OPEN) for number in range(30)]
    assert chosen(examples, 9) == chosen(examples[::-1], 9) != tuple(examples[:9])


def test_the_likeliest_verdict_is_right_or_not() -> None:
    """Where two may be right, either is."""
    (first, second, _) = TOLD[1]
    wanted = [DENIED, ENTAILED, (0.0, 1.0, 1.0)]
    found = rated(SUPPORT, [Example(first, second, each) for each in wanted])
    assert found.right.tolist() == [1, 0, 1]
    assert found.labels.tolist() == [1, 0, 0]
    assert verdicts.share_right(found).figure().value == pytest.approx(66.67)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("The quay is open.", "The quay is not open.", True),
        ("Nobody came.", "The crews came.", True),
        ("The quay is not open.", "It never opened.", False),
        ("It took 9 days.", "It took 12 days.", True),
        ("It took 9 days.", "It took 9 days.", False),
        ("It took long.", "It took 12 days.", False),
    ],
)
def test_the_rule(first: str, second: str, expected: bool) -> None:
    """Negation on one side alone, or a number where others stand."""
    assert differs(first, second) == expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("The board counted 310 ships and 9 ferries.", True),
        ("The board counted 340 ships and 9 ferries.", False),
        ("The board counted three hundred and forty ships.", False),
        ("The board counted ships.", False),
        ("The board counted 12 boats.", False),
    ],
)
def test_contested_figures(second: str, expected: bool) -> None:
    """A figure of one thing that no figure of the other text bears out."""
    assert contest("The board counted 340 ships and 9 ferries.", second) == expected


def test_each_sentence_is_changed_both_ways() -> None:
    """Half of the pairs are denied; one sentence a text, the same in every run."""
    texts = [PLAIN_TEXT.split("\n")] * 4
    for change in (numbers, stances):
        found = changed(texts, change, 3)
        assert found == changed(texts, change, 3)
        assert [each.wanted for each in found] == [DENIED, ENTAILED] * 3
        assert all(each.first != each.second for each in found)
        assert [each.first for each in found[::2]] == [each.first for each in found[1::2]]
    assert changed([["Nobody came.", "It rained."]], numbers, 3) == ()
