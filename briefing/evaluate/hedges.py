"""Words of caution: BioScope's `dev` sentences, and sentences of news marked by hand.

In: texts with the spans of their hedges, and the spans that were found. Out: F1 of sentences that
are hedged, and of the hedges themselves.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from briefing.document import Span
from briefing.evaluate import data
from briefing.evaluate.bootstrap import f1
from briefing.evaluate.matching import pairs
from briefing.evaluate.report import Part, Row, Table
from briefing.paths import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.evaluate.bootstrap import Figure
    from briefing.evaluate.data import Record
    from briefing.evaluate.seams import Extracted, Reader

SET = "hedge_bioscope"
MARKED = ("docs_whitehouse", "polnear", "sum_cnndm", "sum_xsum")
"""Whose sentences are marked in `BY_HAND`."""
SETS = (SET, *MARKED)
BY_HAND = PACKAGE.parent / "tests" / "eval" / "hedges.json"
"""Marks without texts: `set`, `id`, `sentence`, `draw`, `hedges`, `approximators`; places in the
document. See `tests/eval/test_marked_hedges.py` on how they were made."""
UNSEEN = "blind"
"""The draw that nobody looked at while rules were made."""
COLUMNS = ("hedged sentences, F1", "hedges, F1", "hedges, exact, F1")
BIOSCOPE_NOTE = (
    "Sentences of biomedical abstracts and papers; BioScope also marks `or`, `whether` and"
    " `indicate that`, which a reader of news would not call hedged. A sentence is a record of"
    " its own; found are the hedges of all its statements. Hedges match where they share a"
    " character, one to one, or exactly. Intervals by sentence."
)
BY_HAND_NOTE = "Rough figures count as hedges; all else as above."


def measure(reader: Reader, folder: Path, limit: int | None = None) -> Part:
    """Measure the reader's hedges and those of its rules for words alone."""
    bioscope = data.load(folder, SET, limit=limit)
    tables = [table("BioScope, per cent", reader, bioscope, BIOSCOPE_NOTE)]
    if not BY_HAND.is_file():
        return Part("hedges", tuple(tables), ("sentences marked by hand, which are not there.",))
    marked = json.loads(BY_HAND.read_text(encoding="utf-8"))
    for title, draws in (
        ("News, politics and government papers, marked by hand", None),
        ("Of these, the 110 that the rules met last", UNSEEN),
    ):
        chosen = [each for each in marked if draws in (None, each["draw"])][:limit]
        tables.append(table(title, reader, sentences(folder, chosen), BY_HAND_NOTE))
    return Part("hedges", tuple(tables))


def sentences(folder: Path, marked: Sequence[Record]) -> list[Record]:
    """The sentences that are `marked`, each with its text and the places of hedges in it.

    Marks in documents that the sets do not hold are left out.
    """
    texts = {
        (name, record["id"]): record.get("document") or record["text"]
        for name in {each["set"] for each in marked}
        for record in data.load(folder, name, split=None)
    }
    found = []
    for each in marked:
        if (each["set"], each["id"]) not in texts:
            continue
        first, last = each["sentence"]
        spans = sorted([*each["hedges"], *each["approximators"]])
        found.append(
            {
                "text": texts[each["set"], each["id"]][first:last],
                "hedges": [[start - first, end - first] for start, end in spans],
            }
        )
    return found


def table(title: str, reader: Reader, records: Sequence[Record], note: str) -> Table:
    """The reader and its rules for words on one set of records with `text` and `hedges`."""
    from briefing.evaluate.peers import hedges_by_words

    texts = [record["text"] for record in records]
    gold = [[Span(*span) for span in record["hedges"]] for record in records]
    found = {
        "the reader": [weak(answer) for answer in reader.extract(texts)],
        "rules for words alone": [hedges_by_words(text) for text in texts],
    }
    rows = tuple(Row(name, score(gold, each)) for name, each in found.items())
    counts = {
        "sentences": len(texts),
        "hedged": sum(map(bool, gold)),
        "hedges": sum(map(len, gold)),
    }
    return Table(title, COLUMNS, rows, counts, note)


def weak(answer: Extracted) -> list[Span]:
    """The hedges of all statements of a text, each once."""
    return sorted({Span(*span) for each in answer["statements"] for span in each["hedges"]})


def score(gold: Sequence[Sequence[Span]], found: Sequence[Sequence[Span]]) -> dict[str, Figure]:
    """F1 of hedged sentences, of hedges that overlap and of exact ones."""
    import numpy as np

    counts = np.array([count(*each) for each in zip(gold, found, strict=True)])
    counts = counts.reshape(-1, len(COLUMNS), 3)
    return {name: f1(counts[:, at]) for at, name in enumerate(COLUMNS)}


def count(gold: Sequence[Span], found: Sequence[Span]) -> list[tuple[int, int, int]]:
    """Right, found and gold of one sentence, for each of `COLUMNS`."""
    met = pairs(gold, found, lambda one, other: (float(one.overlaps(other)),))
    return [
        (int(bool(gold and found)), int(bool(found)), int(bool(gold))),
        (len(met), len(found), len(gold)),
        (len({*gold} & {*found}), len(found), len(gold)),
    ]
