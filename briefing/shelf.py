"""Models, loaded when first needed and kept: one shelf a process, for all that it makes.

In: the name of a model, as in the settings. Out: what reads, words and weighs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from briefing.analyse import Analyser
from briefing.analyse import load as load_analyser
from briefing.writers import Writer, beginning_of
from briefing.writers import load as load_writer

if TYPE_CHECKING:
    from briefing.support.points import Points
    from briefing.support.weighed import Weighs

STUB = "stub"
READER = "reader"


class Shelf:
    """Keeps every model that was asked for, as long as it lives itself."""

    def __init__(self) -> None:
        self.analyser_named = cache(load_analyser)
        self.writer_named = cache(load_writer)
        self._points = cache(_load_points)
        self._scorer = cache(_load_scorer)

    def analyser(self, model: str) -> Analyser:
        """What reads documents.

        Raises:
            ModelError: If `model` can be the name of no writer, or the reader's files are missing.
        """
        beginning_of(model)  # a slip is told by commands that need no writer, too
        return self.analyser_named(STUB if model == STUB else READER)

    def writer(self, model: str, *, allow_remote: bool) -> Writer:
        """What words the summary.

        Raises:
            ModelError: If the model is unknown or its files are missing.
        """
        return self.writer_named(model, allow_remote=allow_remote)

    def points(self, model: str) -> Points | None:
        """What tells whether statements say the same in other words; None for the stub."""
        return None if model == STUB else self._points()

    def scorer(self, model: str) -> Weighs:
        """What tells whether texts carry claims."""
        return self._scorer(stub=model == STUB)


def _load_points() -> Points:
    from briefing.support.points import Points

    return Points()


def _load_scorer(*, stub: bool) -> Weighs:
    if stub:
        from briefing.support.stub import StubScorer

        return StubScorer()
    from briefing.support.scorer import Scorer

    return Scorer()
