"""What a text carries: the scorer beside words, names and the encoder, on claims by people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from sample_reader import write_corpus
from sample_support import CARRIED, FACTS, NOT_CARRIED, PLAIN_TEXT, WRITTEN, write_facts

from briefing.evaluate.seams import Support
from briefing.evaluate.supported import (
    COLUMNS,
    ELSEWHERE,
    FAMILIES,
    MEAN,
    OURS,
    PAIRS,
    PLAIN,
    SETS,
    Held,
    area,
    cut,
    cut_up,
    held,
    measure,
    missing,
    nearest,
    shared_pairs,
    statistics,
)
from briefing.support.stub import StubScorer
from briefing.support.weighed import Weighed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.evaluate.seams import Vectors
    from briefing.support.stub import StubText


class Knowing(StubScorer):
    """A scorer that knows the one sentence that the text carries."""

    def weigh(self, asked: Sequence[tuple[StubText, str]]) -> tuple[Weighed, ...]:
        return tuple(Weighed(0.9 if claim == CARRIED else 0.2, 0.0, (0,)) for _, claim in asked)


class Blind:
    """Vectors that are all the same."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)


SUPPORT = Support(scorer=Knowing(), encoder=Blind())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Every set that is read, of very few claims."""
    write_facts(tmp_path, {name: FACTS[name] for name in SETS})
    return tmp_path


def one(text: str, claim: str, label: int = 1, family: str = "wice") -> Held:
    return Held(family, text, claim, label)


def test_what_is_measured(folder: Path) -> None:
    """Who knows all has all, by threshold and by order; who tells nothing apart has half."""
    part = measure(SUPPORT, folder)
    assert part.name == "supported"
    for table in part.tables:
        rows = {row.name: row.figures for row in table.rows}
        assert [*rows] == [OURS, PAIRS, ELSEWHERE, PLAIN, f"{OURS} less the best of the others"]
        assert tuple(rows[OURS]) == COLUMNS
        assert {figure.value for figure in rows[OURS].values()} == {100.0}
        assert {figure.value for figure in rows[PLAIN].values()} == {50.0}
        assert table.counts == {"claims": 14, "supported": 7}


def test_the_threshold_of_check_is_not_fitted(folder: Path) -> None:
    """Scores in the right order that all pass are no better than chance; their order is."""

    class Mild(Knowing):
        """All scores are high."""

        def weigh(self, asked: Sequence[tuple[StubText, str]]) -> tuple[Weighed, ...]:
            return tuple(Weighed(0.5 + each.score / 2, 0.0, (0,)) for each in super().weigh(asked))

    balanced, ordered = measure(Support(scorer=Mild(), encoder=Blind()), folder).tables
    found, order = ({row.name: row.figures for row in each.rows} for each in (balanced, ordered))
    assert found[OURS][MEAN].value == 50.0
    assert order[OURS][MEAN].value == 100.0
    assert found[PAIRS][MEAN].value > 50.0


def test_a_limit_is_of_each_set(folder: Path) -> None:
    """So few are read, to try; families without a record have no column of their own."""
    table = measure(SUPPORT, folder, 1).tables[0]
    assert table.counts["claims"] == len(SETS)
    columns = {name for row in table.rows for name in row.figures}
    assert {"wice", "xsumfaith", "summedits", MEAN} <= columns
    assert len(columns & {"frank_cnndm", "frank_xsum"}) == 1


def test_only_what_is_kept_for_measuring_is_read(folder: Path) -> None:
    """What may be learnt from is left alone."""
    lines = [{"id": "w", "split": "train", **FACTS["fact_wice"][0]}]
    write_corpus(folder, "fact_wice", lines)
    assert measure(SUPPORT, folder).tables[0].counts["claims"] == 12


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        (
            "fact_wice",
            {"document_sentences": ["It rained.", "It cleared."], "claim": "So.", "label": 0},
            Held("wice", "It rained.\nIt cleared.", "So.", 0),
        ),
        (
            "fact_summedits",
            {"source_set": "summedits_news", "document": "a", "summary": "b", "label": 1},
            Held("summedits", "a", "b", 1),
        ),
        (
            "fact_frank",
            {"source_set": "frank_xsum", "document": "a", "summary": "b", "label": 1},
            Held("frank_xsum", "a", "b", 1),
        ),
    ],
)
def test_records_of_all_sets(name: str, given: dict[str, object], expected: Held) -> None:
    """Of a page all sentences; of the others the document, and the family by its source."""
    assert held(name, given) == expected


@pytest.mark.parametrize(
    ("labels", "scores", "often", "expected"),
    [
        ([1, 1, 0, 0], [4, 3, 2, 1], [1, 1, 1, 1], 100.0),
        ([1, 1, 0, 0], [1, 2, 3, 4], [1, 1, 1, 1], 0.0),
        ([1, 0, 1, 0], [4, 3, 2, 1], [1, 1, 1, 1], 75.0),
        ([1, 0], [1, 1], [1, 1], 50.0),
        ([1, 1, 0], [1, 0, 0], [1, 1, 1], 75.0),
        ([1, 0, 1, 0], [4, 3, 2, 1], [1, 3, 1, 1], 62.5),
        ([1, 0, 1, 0], [4, 3, 2, 1], [1, 0, 1, 1], 100.0),
        ([1, 1], [1, 2], [1, 1], 50.0),
        ([1, 0], [1, 2], [1, 0], 50.0),
    ],
)
def test_the_area_under_the_curve(
    labels: list[float], scores: list[float], often: list[float], expected: float
) -> None:
    """Of all pairs of right and wrong those in order, ties by half; what a draw lacks is 50."""
    found = area(*(np.array(each, dtype=float) for each in (labels, scores, often)))
    assert found == pytest.approx(expected)


def test_the_mean_is_of_the_families_that_are_there() -> None:
    """Those without a record do not draw it towards 50."""
    found = [one("a", "b", label, name) for name in ("frank_xsum", "wice") for label in (1, 0)]
    measured = statistics(found, np.array([1.0, 0.0, 1.0, 0.0]))
    assert {name: each.figure().value for name, each in measured.items()} == {
        MEAN: 100.0,
        "frank_xsum": 100.0,
        "wice": 100.0,
    }
    assert [*statistics(found[:2], np.array([1.0, 0.0]))] == ["frank_xsum"]


def test_each_text_is_drawn_as_a_whole() -> None:
    """Units are texts, not claims: they share what is hard about them."""
    found = [one("a", "b", label, name) for name in FAMILIES for label in (1, 0)]
    found += [one("other", "b", 1)]
    measured = statistics(found, np.ones(len(found)))
    assert {each.records for each in measured.values()} == {2}


def test_the_threshold_is_the_best_for_the_mean() -> None:
    """One for all families, though each would have another."""
    found = [one("a", "b", label, name) for name in ("frank_xsum", "wice") for label in (1, 0)]
    assert 0.5 < cut(found, np.array([0.9, 0.5, 0.7, 0.4])) <= 0.7
    assert 0.2 < cut(found, np.array([0.9, 0.2, 0.3, 0.1])) <= 0.3


@pytest.mark.parametrize(
    ("claim", "pairs", "names"),
    [
        ("The ferry of Ost sails.", 1.0, 0),
        ("The ferry sails.", 0.5, 0),
        ("Vell sails at 9.", 0.0, 2),
        ("Vell met Vell.", 0.0, 1),
        ("whales sing", 0.0, 0),
        ("Ost", 0.0, 0),
    ],
)
def test_simple_ways(claim: str, pairs: float, names: int) -> None:
    """Pairs of neighbouring words, and names and numbers that the text lacks."""
    given = one("The ferry of Ost sails.", claim)
    assert shared_pairs(given) == pytest.approx(pairs)
    assert missing(given) == names


def test_the_least_like_sentence_of_a_claim_decides() -> None:
    """Each is held against the sentence of the text that is nearest to it."""

    class Known:
        """Vectors that tell how like each other sentences are."""

        def embed(self, texts: Sequence[str]) -> Vectors:
            assert len({*texts}) == len(texts)
            plain = {"Rain fell.": (1, 0), "Dues rose.": (0, 1), "It was wet.": (0.8, 0.6)}
            return np.array([plain[each] for each in texts], dtype=np.float32)

    text = "Rain fell. Dues rose."
    found = [one(text, claim) for claim in ("It was wet.", "It was wet. Rain fell.", "Dues rose.")]
    assert nearest(Support(encoder=Known()), found).tolist() == pytest.approx([0.8, 0.8, 1.0])


def test_a_text_is_cut_up() -> None:
    """One without sentences is whole."""
    assert cut_up(PLAIN_TEXT) == PLAIN_TEXT.split("\n")
    assert cut_up(WRITTEN) == [CARRIED, NOT_CARRIED]
    assert cut_up("") == [""]
