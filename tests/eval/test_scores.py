"""The scores beside the weights: of these weights, shown on the page, and above their floors."""

from __future__ import annotations

import pytest

from briefing.evaluate import scores
from briefing.evaluate.__main__ import PARTS
from briefing.evaluate.report import flat

FOLDER = scores.model_folder()
READER = "the reader"
FLOORS = {
    ("attribution", "PolNeAR, F1", READER, "source"): 78.5,
    ("attribution", "PolNeAR, F1", READER, "cue"): 71.5,
    ("attribution", "PolNeAR, F1", READER, "content"): 67.0,
    ("attribution", "PolNeAR, F1", READER, "relation"): 71.0,
    ("salience", "ROUGE-1, F1", READER, "mean of six"): 43.0,
    ("salience", "ROUGE-1, F1", READER, "bbc"): 69.0,
    ("claims", "ClaimBuster, per cent", "claims", "average precision"): 89.0,
    ("claims", "ClaimBuster, per cent", "claims", "F1 at 0.5"): 80.0,
    ("claims", "CLEF debates, per cent", "claims", "mean average precision"): 12.8,
    ("pronouns", "GAP, per cent", READER, "precision"): 89.0,
    ("pronouns", "GAP, per cent", READER, "coverage"): 48.0,
    ("hedges", "News, politics and government papers, marked by hand", READER, "hedges, F1"): 92.0,
    ("speed", "One thread", "models alone", "of the bare run"): 50.0,
}
"""By part, table, row and column; a little under what was reached with the weights on record."""


@pytest.fixture
def on_record() -> scores.Scores:
    """What `scores.json` holds."""
    found = scores.load(FOLDER)
    assert found is not None, f"there are no scores. {scores.RUN}"
    return found


def test_the_scores_are_of_the_weights_that_ship(on_record: scores.Scores) -> None:
    """Figures and floors mean nothing for other weights than those that were measured."""
    assert on_record.measured_on(scores.files_of(FOLDER)), f"other weights. {scores.RUN}"


def test_every_part_is_on_record(on_record: scores.Scores) -> None:
    """No head of the reader goes unmeasured."""
    assert [part.name for part in on_record.parts] == list(PARTS), scores.RUN


def test_the_page_shows_what_is_on_record(on_record: scores.Scores) -> None:
    """The tables in the README are those of the file."""
    page = (FOLDER / scores.PAGE).read_text(encoding="utf-8")
    assert scores.tables(on_record) in page, scores.RUN


def test_no_figure_is_under_its_floor(on_record: scores.Scores) -> None:
    """What was reached once is not lost unnoticed."""
    reached = flat(on_record.parts)
    under = {
        ", ".join(place): f"{reached[place]}, floor {floor}"
        for place, floor in FLOORS.items()
        if reached[place].value < floor
    }
    assert not under
