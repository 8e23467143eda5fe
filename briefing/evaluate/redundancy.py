"""How much of a summary of several texts it says twice: the reader's selections beside LEAD's.

In: articles about one event, several a record. Out: the share of runs of four words that stood
in the summary before. What several texts copy from one agency is so told once or many times.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.evaluate.bootstrap import mean
from briefing.evaluate.report import Part, Row, Table
from briefing.evaluate.salience import GROUPS, OURS, chosen, load, selected, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from briefing.evaluate.seams import Reader

GROUP = next(group for group in GROUPS if group.name == "multinews")
SETS = (GROUP.set,)
LEAD = "LEAD"
PEOPLE = "summaries by people"
COLUMN = "repeated"
WORD = re.compile(r"\w+")
NOTE = (
    "Of all runs of four words of a summary, without case and marks, those that stood in it"
    " before; mean over the records, each of several articles about one event."
)


def measure(reader: Reader, folder: Path, limit: int | None = None) -> Part:
    """Measure how often the reader's summaries, LEAD's and those of people repeat themselves."""
    from briefing.evaluate.peers import lead

    records = load(GROUP, folder, limit)
    ours = shares(selected(reader, GROUP, records))
    first = shares(chosen(lead, GROUP, texts_of(record)) for record in records)
    people = shares([record["summary"]] for record in records)
    rows = {OURS: ours, LEAD: first, PEOPLE: people, f"{OURS} less {LEAD}": ours - first}
    table = Table(
        "Runs of four words told twice, per cent",
        (COLUMN,),
        tuple(Row(name, {COLUMN: mean(values)}) for name, values in rows.items()),
        {"records": len(records), "articles": sum(len(texts_of(each)) for each in records)},
        NOTE,
    )
    return Part("redundancy", (table,))


def shares(summaries: Iterable[Sequence[str]]) -> NDArray[np.float64]:
    """What each summary, given as sentences, repeats of itself, in per cent."""
    import numpy as np

    return np.array([100 * repeated(" ".join(sentences)) for sentences in summaries])


def repeated(text: str, size: int = 4) -> float:
    """Share of the runs of `size` words in `text`, 0 to 1, that stood in it before."""
    words = WORD.findall(text.lower())
    runs = [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
    return 1 - len({*runs}) / len(runs) if runs else 0.0
