"""What is measured: the reader as its users meet it, and the judge of pairs.

In: texts. Out: the records that `briefing extract --jsonl`, `summarise --jsonl` and
`claims --jsonl` write, and whom the reader takes pronouns for; verdicts and vectors. Everything is
loaded when it is first used.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

from briefing import bulk
from briefing.errors import ModelError
from briefing.pipeline import Desk
from briefing.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from briefing.bulk import Result
    from briefing.document import Document, Span
    from briefing.reader.pronouns import Resolver
    from briefing.support.judge import Verdict
    from briefing.support.weighed import Weighs

    Vectors = NDArray[np.float32]
    """One row of unit length a text."""

Extracted = dict[str, Any]
"""One answer of `extract --jsonl`."""

Place = tuple[int, int, int]
"""Document, start and end of a selected sentence."""


class Reader:
    """A reader behind the bulk interface, loaded when first used.

    Args:
        desk: The desk that reads; one with the shipped reader if None.
    """

    def __init__(self, desk: Desk | None = None) -> None:
        self.desk = desk or Desk(Settings())

    def extract(self, texts: Sequence[str]) -> list[Extracted]:
        """What is found in each of `texts`.

        Raises:
            ModelError: If one of them is answered with an error; so with all that follow.
        """
        lines = (_line(id=number, text=text) for number, text in enumerate(texts))
        return _answers(bulk.extract(lines, self.desk.readings))

    def summarise(
        self,
        records: Sequence[Sequence[str]],
        *,
        words: int | None = None,
        sentences: int | None = None,
    ) -> list[list[Place]]:
        """The sentences selected from each record's texts, in the order in which they read."""

        def select(documents: Sequence[Document], _: str | None) -> Sequence[tuple[int, Span]]:
            return self.desk.summarise(documents, words=words, sentences=sentences)

        lines = (_line(id=number, documents=list(texts)) for number, texts in enumerate(records))
        answers = _answers(bulk.summarise(lines, select))
        return [[tuple(place) for place in answer["spans"]] for answer in answers]

    def rate(self, sentences: Sequence[str]) -> list[float]:
        """How well each sentence by itself lends itself to being checked, 0 to 1."""
        lines = (_line(id=number, sentence=each) for number, each in enumerate(sentences))
        return [answer["score"] for answer in _answers(bulk.claims(lines, self.desk.worth))]

    @property
    def resolver(self) -> Resolver | None:
        """What tells whom pronouns mean; None where this reader has nothing of the kind."""
        found: Resolver | None = getattr(self.desk.analyser, "resolver", None)
        return found


class Judging(Protocol):
    """What tells what the first text of a pair makes of the second."""

    def verdicts(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Verdict]:
        """One verdict a pair, in their order."""
        ...


class Pointing(Protocol):
    """What makes vectors of what texts say."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in their order."""
        ...


class Embedding(Protocol):
    """What makes vectors of what texts are about."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row a text, in their order."""
        ...


class Support:
    """What judges pairs, and the encoder that stands beside it as a peer.

    Args:
        judge: What gives verdicts; the shipped judge if None.
        points: What makes vectors of points; likewise.
        encoder: What makes plain vectors; likewise.
        scorer: What tells whether texts carry claims; likewise.
    """

    def __init__(
        self,
        judge: Judging | None = None,
        points: Pointing | None = None,
        encoder: Embedding | None = None,
        scorer: Weighs | None = None,
    ) -> None:
        self._judge, self._points, self._encoder = judge, points, encoder
        self._scorer = scorer

    @cached_property
    def judge(self) -> Judging:
        """What gives verdicts."""
        from briefing.support.judge import Judge

        return self._judge or Judge()

    @cached_property
    def points(self) -> Pointing:
        """What makes vectors of points."""
        from briefing.support.points import Points

        return self._points or Points()

    @cached_property
    def scorer(self) -> Weighs:
        """What tells whether texts carry claims."""
        from briefing.support.scorer import Scorer

        return self._scorer or Scorer()

    @cached_property
    def encoder(self) -> Embedding:
        """What makes plain vectors."""
        from briefing.reader.encoder import Encoder

        return self._encoder or Encoder()


def _line(**content: object) -> bytes:
    return json.dumps(content).encode()


def _answers(results: Iterable[Result]) -> list[dict[str, Any]]:
    answers = []
    for result in results:
        answer = json.loads(result.line)
        if not result.ok:
            raise ModelError(
                f"the reader gave no answer to text {answer['id']}: {answer['error']}",
                hint="Run with the text alone to see the traceback.",
            )
        answers.append(answer)
    return answers
