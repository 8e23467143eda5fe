"""The scores beside the weights: of these weights, shown on the page, and above their floors."""

from __future__ import annotations

import pytest

from briefing.evaluate import scores
from briefing.evaluate.__main__ import MODELS
from briefing.evaluate.report import flat

READER = "the reader"
LEARNT = "Those that were learnt from, per cent"
BALANCED = "Balanced accuracy, per cent"
FLOORS = {
    ("attribution", "PolNeAR, F1", READER, "source"): 79.0,
    ("attribution", "PolNeAR, F1", READER, "cue"): 72.5,
    ("attribution", "PolNeAR, F1", READER, "content"): 68.0,
    ("attribution", "PolNeAR, F1", READER, "relation"): 71.5,
    ("salience", "ROUGE-1, F1", READER, "mean of six"): 43.0,
    ("salience", "ROUGE-1, F1", READER, "bbc"): 70.0,
    ("claims", "ClaimBuster, per cent", "claims", "average precision"): 89.0,
    ("claims", "ClaimBuster, per cent", "claims", "F1 at 0.5"): 80.0,
    ("claims", "CLEF debates, per cent", "claims", "mean average precision"): 12.8,
    ("pronouns", "GAP, per cent", READER, "precision"): 89.0,
    ("pronouns", "GAP, per cent", READER, "coverage"): 48.0,
    ("hedges", "News, politics and government papers, marked by hand", READER, "hedges, F1"): 92.0,
    ("speed", "One thread", "models alone", "of the bare run"): 50.0,
}
"""By part, table, row and column; a little under what was reached with the weights on record."""
SUPPORT_FLOORS = {
    ("points", "Key points, average precision", "points", "mean over key points"): 67.0,
    ("points", "Key points, average precision", "points", "all pairs"): 62.0,
    ("verdicts", LEARNT, "judge", "precision at recall 50 %"): 90.0,
    ("verdicts", LEARNT, "judge", "recall at precision 90 %"): 50.0,
    ("verdicts", "Numbers changed, per cent", "judge", "precision at 0.5"): 95.0,
    ("verdicts", "Verbs of stance changed, per cent", "judge", "precision at 0.5"): 95.0,
    ("supported", BALANCED, "check", "mean"): 68.5,
    ("supported", BALANCED, "check", "summedits"): 64.0,
    ("supported", "ROC AUC, per cent", "check", "mean"): 77.0,
    ("contrasts", "Contrasts, ROC AUC, per cent", "check", "all"): 54.5,
    ("focus", "Committee meetings, per cent", "focus", "recall of the turns that answer"): 76.0,
}
"""The same of the judge of pairs."""


@pytest.fixture(params=MODELS)
def model(request: pytest.FixtureRequest) -> str:
    """Each of the models that are measured."""
    name: str = request.param
    return name


@pytest.fixture
def on_record(model: str) -> scores.Scores:
    """What the model's `scores.json` holds."""
    found = scores.load(scores.model_folder(model))
    assert found is not None, f"there are no scores. {scores.RUN}"
    return found


def test_the_scores_are_of_the_weights_that_ship(model: str, on_record: scores.Scores) -> None:
    """Figures and floors mean nothing for other weights than those that were measured."""
    files = scores.files_of(scores.model_folder(model))
    assert on_record.measured_on(files), f"other weights. {scores.RUN}"


def test_every_part_is_on_record(model: str, on_record: scores.Scores) -> None:
    """Nothing of a model goes unmeasured."""
    assert [part.name for part in on_record.parts] == list(MODELS[model].parts), scores.RUN


def test_the_page_shows_what_is_on_record(model: str, on_record: scores.Scores) -> None:
    """The tables in the README are those of the file."""
    page = (scores.model_folder(model) / scores.PAGE).read_text(encoding="utf-8")
    assert scores.tables(on_record) in page, scores.RUN


def test_no_figure_is_under_its_floor(model: str, on_record: scores.Scores) -> None:
    """What was reached once is not lost unnoticed."""
    reached = flat(on_record.parts)
    floors = {"reader": FLOORS, "support": SUPPORT_FLOORS}[model]
    under = {
        ", ".join(place): f"{reached[place]}, floor {floor}"
        for place, floor in floors.items()
        if reached[place].value < floor
    }
    assert not under


def test_summaries_repeat_little() -> None:
    """Summaries of several articles repeat at most half as much as their first sentences do."""
    found = scores.load(scores.model_folder())
    assert found is not None
    (table,) = found.part("redundancy").tables
    repeated = {row.name: next(iter(row.figures.values())).value for row in table.rows}
    assert repeated[READER] <= repeated["LEAD"] / 2
