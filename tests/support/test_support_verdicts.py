"""What verdicts are learnt from: labels of every kind of corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sample_reader import write_corpus

from briefing.errors import SourceError
from briefing.support.tasks.sheets import DENIED, ENTAILED, NOT_ENTAILED, OPEN, Example
from briefing.support.tasks.verdicts import CLIMATE, MEASURED, REFUTED, ROUNDS, load

if TYPE_CHECKING:
    from pathlib import Path

DEED = "The berth is let for a year. The tenant pays each month. Boats may be lent."


def record(label: object, **given: object) -> dict[str, object]:
    return {
        "split": "train",
        "premise": "It rained.",
        "hypothesis": "It was wet.",
        "label": label,
    } | given


@pytest.mark.parametrize(
    ("name", "label", "wanted"),
    [
        ("nli_snli", "entailment", ENTAILED),
        ("nli_snli", "neutral", OPEN),
        ("nli_snli", "contradiction", DENIED),
        ("nli_rte", 1, ENTAILED),
        ("nli_rte", 0, NOT_ENTAILED),
        ("nli_fever", 1, ENTAILED),
        ("nli_fever", 0, DENIED),
    ],
)
def test_what_a_label_allows(
    tmp_path: Path, name: str, label: object, wanted: tuple[float, ...]
) -> None:
    """A 0 allows two verdicts, but where it stands for a claim that was refuted."""
    write_corpus(tmp_path, name, [record(label)])
    assert load(tmp_path, name) == (Example("It rained.", "It was wet.", wanted),)


def test_only_the_part_that_is_asked_for(tmp_path: Path) -> None:
    """What is measured with is not learnt from."""
    write_corpus(tmp_path, "nli_rte", [record(1), record(0, split="dev")])
    assert [each.wanted for each in load(tmp_path, "nli_rte")] == [ENTAILED]
    assert [each.wanted for each in load(tmp_path, "nli_rte", "dev")] == [NOT_ENTAILED]


def test_a_contract_shows_its_evidence(tmp_path: Path) -> None:
    """The passages that decide are the first text; what has none is left out."""
    given = {"split": "train", "document": DEED, "hypothesis": "Rent is due."}
    spans = [[start := DEED.index(words), start + len(words)] for words in ("The tenant pays each month.", "Boats may be lent.")]  # fmt: skip
    write_corpus(
        tmp_path,
        "nli_contract",
        [
            {**given, "label": "entailment", "evidence": spans},
            {**given, "label": "neutral", "evidence": []},
        ],
    )
    told = "The tenant pays each month. Boats may be lent."
    assert load(tmp_path, "nli_contract") == (Example(told, "Rent is due.", ENTAILED),)


def test_each_sentence_about_a_claim_has_its_own_label(tmp_path: Path) -> None:
    """Sentences are judged one by one; disputed ones are left out."""
    cited = [
        {"sentence": f"Sentence {number}.", "label": label}
        for number, label in enumerate(("SUPPORTS", "NOT_ENOUGH_INFO", "REFUTES", "DISPUTED"))
    ]
    line = {"split": "train", "claim": "Seas rise.", "label": "DISPUTED", "evidence": cited}
    write_corpus(tmp_path, CLIMATE, [line])
    assert load(tmp_path, CLIMATE) == tuple(
        Example(f"Sentence {number}.", "Seas rise.", wanted)
        for number, wanted in enumerate((ENTAILED, OPEN, DENIED))
    )


def test_what_is_measured_and_what_is_learnt() -> None:
    """Every corpus is named once; three that are measured may not be learnt from."""
    assert len({*MEASURED}) == len(MEASURED)
    assert {*MEASURED} - {*ROUNDS} == {"nli_anli", "nli_control", "nli_sick"}
    assert ROUNDS.keys() >= REFUTED


def test_a_corpus_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file is told, with what to do."""
    with pytest.raises(SourceError, match="cannot be read") as caught:
        load(tmp_path, "nli_rte")
    assert "nli_rte" in caught.value.message
    assert caught.value.hint
