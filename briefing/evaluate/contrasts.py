"""Small errors in strong rewording: contrasts, written for this project and kept from training.

In: the passages in `models/support/contrasts` that no weights were trained on. Out: for each kind
of error, how well the scores of `check` tell true sentences from false ones that differ in that
alone, with simpler ways beside them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple, get_args

from briefing.checking import Inquiry, answers
from briefing.document import Document
from briefing.evaluate.beside import Statistic, rows
from briefing.evaluate.report import Part, Table
from briefing.evaluate.supported import OURS, PAIRS, PLAIN, Held, area, nearest, shared_pairs
from briefing.paths import shipped
from briefing.segment import segment
from briefing.support.tasks.contrasts import FOLDER, Kind, kept
from briefing.support.tasks.supported import Cutter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from briefing.evaluate.bootstrap import Draw
    from briefing.evaluate.seams import Support

    Values = NDArray[np.float64]

SETS: tuple[str, ...] = ()
"""None of the corpora: contrasts lie in the repository."""
KINDS: tuple[str, ...] = get_args(Kind)
ALL, TRUE = "all", "true"
NOTE = (
    "The area under the curve of true sentences against false ones with an error of one kind;"
    " 50 is chance. True and false ones differ in little but that, and where words are all that is"
    " looked at, false ones look the better. No weights of a network were trained on these passages;"
    " how much network and words count was set on them too. Other rows as under `supported`. Intervals by passage."
)


class Said(NamedTuple):
    """A sentence about a passage, by the number of that."""

    passage: int
    text: str
    sentence: str
    kind: str

    @property
    def held(self) -> Held:
        """The same as a claim against its text."""
        return Held("contrasts", self.text, self.sentence, int(self.kind == TRUE))


def measure(support: Support, folder: Path, limit: int | None = None) -> Part:
    """Measure the scores of `check`, of words and of the encoder; `folder` is not looked into."""
    import numpy as np

    del folder
    passages = kept(shipped("models") / "support" / FOLDER, Cutter(segment))[:limit]
    found = [
        Said(number, passage.text, sentence, kind)
        for number, passage in enumerate(passages)
        for fact in passage.facts
        for kind, sentence in (
            *((TRUE, each) for each in fact.true),
            *((kind, each) for kind, _, each in fact.false),
        )
    ]
    held = [each.held for each in found]
    inquiries = [Inquiry(Document("text", each.text), each.claim) for each in held]
    ways = {
        OURS: np.array([each.score for each in answers(inquiries, support.scorer)]),
        PAIRS: np.array(list(map(shared_pairs, held))),
        PLAIN: nearest(support, held),
    }
    made = rows({name: statistics(found, scores) for name, scores in ways.items()})
    counts = {"passages": len(passages), "sentences": len(found)}
    title = "Contrasts, ROC AUC, per cent"
    return Part("contrasts", (Table(title, (ALL, *KINDS), made, counts, NOTE),))


def statistics(found: Sequence[Said], scores: Values) -> dict[str, Statistic]:
    """The area of all errors together, and of each kind."""
    import numpy as np

    passages = np.array([each.passage for each in found])
    labels = np.array([float(each.kind == TRUE) for each in found])
    count = int(passages.max()) + 1

    def area_of(at: Values, draw: Draw) -> float:
        often = np.bincount(draw, minlength=count)[passages].astype(float)
        return area(labels[at], scores[at], often[at])

    places = {ALL: np.arange(len(found))} | {
        kind: np.array([at for at, each in enumerate(found) if each.kind in (TRUE, kind)])
        for kind in KINDS
    }
    return {kind: Statistic(count, partial(area_of, at)) for kind, at in places.items()}
