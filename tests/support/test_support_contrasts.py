"""Contrasts: what is read of them, and that those in the repository are what they should be."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, get_args

import pytest
from sample_support import PASSAGES, chance, support_folder

from briefing.errors import SourceError
from briefing.paths import shipped
from briefing.segment import segment
from briefing.support.tasks.contrasts import (
    FOLDER,
    Kind,
    Passage,
    claims,
    kept,
    learnt,
    load,
    piled,
)
from briefing.support.tasks.sheets import ENTAILED, NOT_ENTAILED, OPEN
from briefing.support.tasks.supported import Cutter

if TYPE_CHECKING:
    from pathlib import Path

QUOTED = re.compile(r'"([^"]+)"')


@pytest.fixture(scope="module")
def written() -> tuple[Passage, ...]:
    """Those in the repository."""
    return load(shipped("models") / "support" / FOLDER)


def sentences(passage: Passage) -> list[str]:
    """All that is said of a passage, true and false."""
    return [
        *chain.from_iterable(fact.true for fact in passage.facts),
        *(false[2] for fact in passage.facts for false in fact.false),
    ]


def test_each_sentence_is_a_claim_of_its_passage(tmp_path: Path) -> None:
    """True ones follow, false ones are denied or left open; with or without what stands before."""
    passages = load(support_folder(tmp_path / "support") / FOLDER)
    assert len(passages) == len(PASSAGES)
    found = list(claims(passages, Cutter(segment), chance()))
    assert {len(claim.sentences) for claim in found} == {2, 4}
    counts = Counter(claim.wanted for claim in found)
    assert counts.pop(ENTAILED) > 24  # some are sentences of the passage
    assert counts == {NOT_ENTAILED: 12, OPEN: 12}
    texts = {" ".join(claim.sentences) for claim in found}
    assert all(any(passage.text in text for text in texts) for passage in passages)
    assert all(claim.share == 1 for claim in found)


def test_passages_stand_in_piles(tmp_path: Path) -> None:
    """Those that are kept from training, each among those around it."""
    folder, cut = support_folder(tmp_path / "support") / FOLDER, Cutter(segment)
    found = list(piled(load(folder), cut))
    kept_texts = {each.text for each in kept(folder, cut)}
    assert len(found) == 4 * len(kept_texts)
    assert all(one.is_kept for one in found)
    assert {len(one.sentences) for one in found} <= {16, 8}
    assert {one.family for one in found} == {FOLDER}
    assert sum(one.label for one in found) * 2 == len(found)


def test_some_passages_are_kept_from_training(tmp_path: Path) -> None:
    """What is kept is known by its text, as in the other corpora."""
    folder, cut = support_folder(tmp_path / "support") / FOLDER, Cutter(segment)
    both = learnt(folder, cut), kept(folder, cut)
    assert all(both)
    assert sorted(each.text for some in both for each in some) == sorted(
        str(each["text"]) for each in PASSAGES
    )


@pytest.mark.parametrize("line", ["{}", "no JSON", json.dumps({**PASSAGES[0], "more": 1})])
def test_what_is_no_passage_is_named(tmp_path: Path, line: str) -> None:
    """With its file and line."""
    (tmp_path / "one.jsonl").write_text(f"{json.dumps(PASSAGES[0])}\n{line}\n", "utf-8")
    with pytest.raises(SourceError, match=r"one\.jsonl:2: "):
        load(tmp_path)


def test_a_folder_without_contrasts_is_named(tmp_path: Path) -> None:
    """Nothing would be learnt."""
    with pytest.raises(SourceError, match="holds no files"):
        load(tmp_path)


def test_every_kind_of_error_is_there(written: tuple[Passage, ...]) -> None:
    """No kind is rare, and true sentences are not much fewer than false ones."""
    kinds = Counter(kind for each in written for fact in each.facts for kind, _, _ in fact.false)
    true = sum(len(fact.true) for each in written for fact in each.facts)
    assert {*kinds} == {*get_args(Kind)}
    assert min(kinds.values()) > kinds.total() / 50
    assert kinds.total() / 2 < true < kinds.total() * 2


def test_no_sentence_is_there_twice(written: tuple[Passage, ...]) -> None:
    """Nor is one true of one passage and false of another."""
    again = Counter(chain.from_iterable(map(sentences, written)))
    assert [each for each, count in again.items() if count > 1] == []
    assert len({each.text for each in written}) == len(written)


def test_what_is_quoted_truly_stands_in_the_passage(written: tuple[Passage, ...]) -> None:
    """In quotation marks, word for word."""
    wrong = [
        quoted
        for passage in written
        for fact in passage.facts
        for sentence in fact.true
        for quoted in QUOTED.findall(sentence)
        if quoted.strip(" ,.").lower() not in passage.text.lower()
    ]
    assert wrong == []
