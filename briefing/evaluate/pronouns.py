"""Whom a pronoun means, on GAP's `dev` passages and on passages written for this project.

In: passages, and for each the spans that name whom the pronoun was taken for, none where that was
left open; in GAP one pronoun and two names, each meant or not. Out: precision of what was
answered, and how much was.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from briefing.document import Span
from briefing.evaluate import data
from briefing.evaluate.bootstrap import figure
from briefing.evaluate.passages import FOLDER, load
from briefing.evaluate.report import Part, Row, Table
from briefing.paths import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from briefing.evaluate.bootstrap import Figure
    from briefing.evaluate.data import Record
    from briefing.evaluate.passages import Passage
    from briefing.evaluate.seams import Reader
    from briefing.reader.pronouns import Resolver
    from briefing.reader.standing import Trees

    Answer = Sequence[Span]
    Names = Sequence[tuple[Span, str]]
    """Where names stand in a text, each with the one that stands for all of its holder."""

Verdict = Literal["right", "wrong", "silent", "unknown"]

SET = "coref_gap"
SETS = (SET,)
COLUMNS = ("precision", "coverage", "right of all")
NOTE = (
    "Coverage: passages with an answer. Precision: answers that share a character with a name that"
    " is meant. An answer beside both names is wrong where one of them is meant, and not counted"
    " where neither is. Intervals by passage."
)
WRITTEN_NOTE = (
    "Invented passages in which two people or more could be meant by grammar alone; all of whom are"
    " told. A pronoun of somebody without a name has no right answer. Intervals by passage."
)
EVERY = 4
"""One in so many of the passages is measured with: a few thousand pronouns are enough."""


def measure(reader: Reader, folder: Path, limit: int | None = None) -> Part:
    """Measure the reader's pronouns, the rules' and the nearest name."""
    from briefing.evaluate import peers

    records = data.load(folder, SET, limit=limit)
    asked = [(record["text"], Span(*record["pronoun"])) for record in records]
    ways: dict[str, list[Answer]] = {
        "rules alone": [peers.resolve_by_rules(*each) for each in asked],
        "the nearest name before": [nearest(record) for record in records],
    }
    skipped: tuple[str, ...] = ("what the reader makes of pronouns, as it has no resolver.",)
    tables: tuple[Table, ...] = ()
    if resolver := reader.resolver:
        known, trees = zip(*(peers.names(text) for text, _ in asked), strict=True)
        answer = partial(resolve, resolver)
        ways = {
            "the reader": list(map(answer, asked, known, trees)),
            "the reader, told the two names": list(
                map(answer, asked, map(candidates, records), trees)
            ),
        } | ways
        skipped = ()
        passages = load(shipped("models") / "reader" / FOLDER)
        tables = (written(resolver, passages[::EVERY][:limit]),)
    rows = tuple(Row(name, score(records, answers)) for name, answers in ways.items())
    counts = {"passages": len(records)}
    gap = Table("GAP, per cent", COLUMNS, rows, counts, NOTE)
    return Part("pronouns", (gap, *tables), skipped)


def written(resolver: Resolver, passages: Sequence[Passage]) -> Table:
    """Measure on passages written for this project, with the people of each told."""
    from briefing.evaluate import peers

    def read(passage: Passage) -> Sequence[str | None]:
        spans = [span for span, _ in passage.pronouns]
        _, trees = peers.names(passage.text)
        return resolver.resolve(passage.text, spans, [passage.people] * len(spans), trees)

    ways = {"the reader, told the people": read, "the nearest name before": all_nearest}
    rows = tuple(
        Row(name, shares([judge_all(each, way(each)) for each in passages]))
        for name, way in ways.items()
    )
    counts = {
        "passages": len(passages),
        "pronouns": sum(len(each.pronouns) for each in passages),
    }
    return Table(
        "Passages written for this project, per cent", COLUMNS, rows, counts, WRITTEN_NOTE
    )


def judge_all(passage: Passage, answers: Sequence[str | None]) -> list[Verdict]:
    """What the answers to all pronouns of a passage are worth."""
    return [
        "silent" if answer is None else "right" if answer == meant else "wrong"
        for answer, (_, meant) in zip(answers, passage.pronouns, strict=True)
    ]


def all_nearest(passage: Passage) -> list[str]:
    """For each pronoun who is named nearest before it; the first of all where nobody is."""
    return [
        ([who for place, who in passage.people if place.end <= span.start] or [first])[-1]
        for first in [passage.people[0][1]]
        for span, _ in passage.pronouns
    ]


def candidates(record: Record) -> Names:
    """The two names of a passage, numbered."""
    return [(Span(*each["span"]), str(at)) for at, each in enumerate(record["candidates"])]


def resolve(
    resolver: Resolver, asked: tuple[str, Span], known: Names, trees: Trees | None = None
) -> Answer:
    """All places of the name that one pronoun is taken for, of those known in its text."""
    text, pronoun = asked
    (name,) = resolver.resolve(text, [pronoun], [known], trees)
    return [span for span, other in known if name is not None and other == name]


def score(records: Sequence[Record], answers: Sequence[Answer]) -> dict[str, Figure]:
    """Precision, coverage and their product in per cent, with intervals by passage."""
    return shares([[judge(*each)] for each in zip(records, answers, strict=True)])


def shares(verdicts: Sequence[Sequence[Verdict]]) -> dict[str, Figure]:
    """The same of the verdicts on the pronouns of each passage."""
    import numpy as np

    def share(part: Sequence[Verdict], whole: Sequence[Verdict]) -> Figure:
        counts = np.array(
            [[sum(each in kind for each in of) for kind in (part, whole)] for of in verdicts]
        )

        def drawn(draw: NDArray[np.intp]) -> float:
            met, of = counts[draw].sum(axis=0)
            return 100 * met / of if of else 0.0

        return figure(len(verdicts), drawn)

    judged: tuple[Verdict, ...] = ("right", "wrong")
    everything: tuple[Verdict, ...] = (*judged, "silent", "unknown")
    given: tuple[Verdict, ...] = (*judged, "unknown")
    return dict(
        zip(
            COLUMNS,
            (share(("right",), judged), share(given, everything), share(("right",), everything)),
            strict=True,
        )
    )


def judge(record: Record, answer: Answer) -> Verdict:
    """What an answer is worth."""
    if not answer:
        return "silent"
    met = {
        candidate["coref"]
        for candidate in record["candidates"]
        if any(Span(*candidate["span"]).overlaps(span) for span in answer)
    }
    if met == {True}:
        return "right"
    meant = any(candidate["coref"] for candidate in record["candidates"])
    return "wrong" if met or meant else "unknown"


def nearest(record: Record) -> Answer:
    """The candidate that ends nearest before the pronoun; the first where all stand behind it."""
    start = record["pronoun"][0]
    spans = sorted(Span(*each["span"]) for each in record["candidates"])
    before = [span for span in spans if span.end <= start]
    return (before or spans[:1])[-1:]
