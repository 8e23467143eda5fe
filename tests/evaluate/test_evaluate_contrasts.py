"""Small errors in strong rewording: what is measured of the contrasts in the repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from briefing.evaluate.contrasts import ALL, KINDS, SETS, measure
from briefing.evaluate.seams import Support
from briefing.evaluate.supported import OURS, PAIRS, PLAIN
from briefing.paths import shipped
from briefing.support.stub import StubScorer
from briefing.support.tasks.contrasts import FOLDER, load
from briefing.support.weighed import Weighed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.evaluate.seams import Vectors
    from briefing.support.stub import StubText

TRUE = {
    sentence
    for passage in load(shipped("models") / "support" / FOLDER)
    for fact in passage.facts
    for sentence in fact.true
}


class Knowing(StubScorer):
    """A scorer that knows what is true."""

    def weigh(self, asked: Sequence[tuple[StubText, str]]) -> tuple[Weighed, ...]:
        return tuple(Weighed(0.9 if claim in TRUE else 0.2, 0.0, (0,)) for _, claim in asked)


class Blind:
    """Vectors that are all the same."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), dtype=np.float32)


def test_who_knows_what_is_true_has_all() -> None:
    """Of every kind; words alone have less, and who tells nothing apart has half."""
    (table,) = measure(Support(scorer=Knowing(), encoder=Blind()), Path("nowhere"), 12).tables
    rows = {row.name: row.figures for row in table.rows}
    assert table.counts["passages"] == 12
    assert tuple(rows[OURS]) == table.columns == (ALL, *KINDS)
    assert {figure.value for figure in rows[OURS].values()} == {100.0}
    assert {figure.value for figure in rows[PLAIN].values()} == {50.0}
    assert rows[PAIRS][ALL].value < 90
    assert rows[OURS][ALL].low == pytest.approx(100)


def test_it_needs_no_corpus() -> None:
    """Contrasts lie in the repository."""
    assert SETS == ()
