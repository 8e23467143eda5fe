"""What is denied: pairs of texts that people have judged, and pairs made by rule.

In: the part `dev` of the corpora that verdicts are learnt from and of some others, and sentences
that were changed. Out: how well the probability that the first text denies the second picks them.
"""

from __future__ import annotations

import random
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from briefing.evaluate import data
from briefing.evaluate.beside import Statistic, rows
from briefing.evaluate.bootstrap import Figure
from briefing.evaluate.curves import ranked
from briefing.evaluate.matching import WORD
from briefing.evaluate.report import Part, Row, Table
from briefing.quantities.figures import disagree, quantities
from briefing.relate.denials import NEGATIVE
from briefing.support.tasks import made
from briefing.support.tasks.sheets import DENIED, ENTAILED, Example
from briefing.support.tasks.verdicts import MEASURED, ROUNDS, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from briefing.evaluate.bootstrap import Draw
    from briefing.evaluate.seams import Support

    Values = NDArray[np.float64]
    Changing = Callable[[str, random.Random], Iterator[made.Change]]

SETS = (*MEASURED, *made.PLAIN)
EACH = 50
"""Sentences that are changed in each way; two pairs of each, one of them denied."""
SEED = 8
AT_RECALL, AT_PRECISION = "precision at recall 50 %", "recall at precision 90 %"
RIGHT, PRECISION, RECALL = "right of all", "precision at 0.5", "recall at 0.5"
CURVE = (AT_RECALL, AT_PRECISION)
COLUMNS = (*CURVE, PRECISION, RECALL, RIGHT)
DENIALS = "denied"
OURS, RULE, PLAIN = "judge", "negation and numbers", "encoder alone"
FIGURES = "rules for contested figures"
CHANGES = {"Numbers changed": made.numbers, "Verbs of stance changed": made.stances}
NOTE = (
    "Pairs are ranked by the probability that the first text denies the second. Right of all: the"
    " likeliest of the three verdicts is the one that people gave. The rule asks whether one of"
    " both is negated, and whether the second has a number that the first, which has others,"
    " lacks. The encoder takes what is unlike for denied. Intervals by first text. The last row is"
    " of the difference, draw by draw; the best of the others in each column."
)
UNSEEN = ", ".join(f"`{name}`" for name in MEASURED if name not in ROUNDS)
LEARNT_NOTE = f"Without {UNSEEN}: of these no part was learnt from."
MADE_NOTE = (
    "Sentences of news, each changed once so that it is denied and once so that it says the same."
    " Words are changed blindly, so that some sentences are poor English."
    " The rules for contested figures are those that compare the figures of two sources; they know"
    " nothing of verbs. Intervals by sentence."
)


class Rated(NamedTuple):
    """Pairs, and what each system makes of them.

    Attributes:
        examples: The pairs.
        scores: By system: the higher, the likelier the pair is one that is denied.
        right: 1 for each of which the judge's likeliest verdict is right.
    """

    examples: tuple[Example, ...]
    scores: Mapping[str, Values]
    right: Values

    @property
    def labels(self) -> NDArray[np.intp]:
        """1 for each pair that is denied."""
        import numpy as np

        return np.array([int(each.wanted == DENIED) for each in self.examples])


def measure(support: Support, folder: Path, limit: int | None = None) -> Part:
    """Measure the judge, a rule and the encoder on all corpora, and on what was made."""
    corpora = {name: rated(support, chosen(load(folder, name, "dev"), limit)) for name in MEASURED}
    learnt = [found for name, found in corpora.items() if name in ROUNDS]
    texts = made.load(folder, "dev")
    most = min(EACH, limit or EACH)
    return Part(
        "verdicts",
        (
            pooled("All corpora, per cent", corpora.values(), NOTE),
            pooled("Those that were learnt from, per cent", learnt, LEARNT_NOTE),
            by_corpus(corpora),
            *(
                made_table(support, f"{title}, per cent", changed(texts, change, most))
                for title, change in CHANGES.items()
            ),
        ),
    )


def chosen(examples: Iterable[Example], limit: int | None) -> tuple[Example, ...]:
    """At most `limit` of the examples, in an order that has nothing to do with them."""
    ordered = sorted(
        examples, key=lambda each: data.shuffled({"id": f"{each.first}\n{each.second}"})
    )
    return tuple(ordered[:limit])


def rated(support: Support, examples: Sequence[Example]) -> Rated:
    """What the judge, the rule and the encoder make of pairs."""
    import numpy as np

    verdicts = support.judge.verdicts([(each.first, each.second) for each in examples])
    right = [
        each.wanted[max(range(len(verdict)), key=verdict.__getitem__)]
        for each, verdict in zip(examples, verdicts, strict=True)
    ]
    scores = {
        OURS: np.array([verdict.denied for verdict in verdicts]),
        RULE: np.array([float(differs(each.first, each.second)) for each in examples]),
        PLAIN: unlike(support, examples),
    }
    return Rated(tuple(examples), scores, np.array(right))


def joined(several: Iterable[Rated]) -> Rated:
    """Pairs of several corpora together."""
    import numpy as np

    every = [*several]
    return Rated(
        tuple(chain.from_iterable(each.examples for each in every)),
        {name: np.concatenate([each.scores[name] for each in every]) for name in every[0].scores},
        np.concatenate([each.right for each in every]),
    )


def pooled(title: str, several: Iterable[Rated], note: str) -> Table:
    """All pairs of several corpora as one."""
    found = joined(several)
    counts = {"pairs": len(found.examples), "denied": int(found.labels.sum())}
    return Table(title, COLUMNS, rows(statistics(found)), counts, note)


def by_corpus(corpora: Mapping[str, Rated]) -> Table:
    """A row for each corpus."""
    columns, peers = (*CURVE, RIGHT), (RULE, PLAIN)
    made_rows = []
    for name, found in corpora.items():
        measured = statistics(found)
        share = Figure(round(100 * float(found.labels.mean()), 1))
        ours = {column: measured[OURS][column].figure() for column in columns}
        others = {f"{peer}: {AT_RECALL}": measured[peer][AT_RECALL].figure() for peer in peers}
        made_rows.append(
            Row(f"{name}, {len(found.examples):,} pairs", {DENIALS: share} | ours | others)
        )
    names = (DENIALS, *columns, *(f"{peer}: {AT_RECALL}" for peer in peers))
    return Table("The judge by corpus, per cent", names, tuple(made_rows))


def made_table(support: Support, title: str, examples: Sequence[Example]) -> Table:
    """Pairs that were made by one kind of change."""
    import numpy as np

    found = rated(support, examples)
    figures = np.array([float(contest(each.first, each.second)) for each in examples])
    found = found._replace(scores={**found.scores, FIGURES: figures})
    columns = (PRECISION, RECALL, AT_RECALL)
    counts = {"pairs": len(examples), "denied": int(found.labels.sum())}
    return Table(title, columns, rows(statistics(found, columns)), counts, MADE_NOTE)


def statistics(found: Rated, columns: Sequence[str] = COLUMNS) -> dict[str, dict[str, Statistic]]:
    """What is measured of each system.

    The judge alone gives one of three verdicts; the encoder gives no probabilities, of which 0.5
    would mean something.
    """
    units = [each.first for each in found.examples]
    systems = {}
    for name, scores in found.scores.items():
        order = ranked(found.labels, scores, units)
        known = {
            AT_RECALL: order.precision_at_recall,
            AT_PRECISION: order.recall_at_precision,
        }
        if name != PLAIN:
            known |= {PRECISION: order.precision, RECALL: order.recall}
        systems[name] = {
            column: Statistic(order.count, known[column]) for column in columns if column in known
        }
    if RIGHT in columns:
        systems[OURS][RIGHT] = share_right(found)
    return systems


def share_right(found: Rated) -> Statistic:
    """How many of the verdicts are right, in per cent."""
    import numpy as np

    numbers: dict[str, int] = {}
    units = np.array([numbers.setdefault(each.first, len(numbers)) for each in found.examples])

    def share(draw: Draw) -> float:
        often = np.bincount(draw, minlength=len(numbers))[units]
        return float(100 * (often * found.right).sum() / max(1, often.sum()))

    return Statistic(len(numbers), share)


def differs(first: str, second: str) -> bool:
    """Whether one of both is negated, or the second has a number that is none of the first's."""
    ones, others = (
        {word for word in WORD.findall(each) if word.isdigit()} for each in (first, second)
    )
    negated = [bool(NEGATIVE.search(each)) for each in (first, second)]
    return negated[0] != negated[1] or bool(ones and others - ones)


def unlike(support: Support, examples: Sequence[Example]) -> Values:
    """How far the encoder's vectors of both texts lie from each other."""
    import numpy as np

    texts = [*dict.fromkeys(text for each in examples for text in (each.first, each.second))]
    places = {text: number for number, text in enumerate(texts)}
    vectors = support.encoder.embed(texts)
    ones = vectors[[places[each.first] for each in examples]]
    others = vectors[[places[each.second] for each in examples]]
    products: Values = np.einsum("ij,ij->i", ones, others).astype(np.float64)
    return 1 - products


def contest(first: str, second: str) -> bool:
    """Whether a figure of the second text contradicts one of the first, and none bears it out."""
    ones, others = quantities(first), quantities(second)
    return any(
        any(disagree(one, other) for one in ones)
        and not any(
            (one.unit, one.noun) == (other.unit, other.noun) and not disagree(one, other)
            for one in ones
        )
        for other in others
    )


def changed(texts: Sequence[Sequence[str]], change: Changing, most: int) -> tuple[Example, ...]:
    """Pairs of a sentence and itself changed: once so that it is denied, once so that it is not.

    Args:
        texts: The sentences of each.
        change: How; of `made`.
        most: Sentences that are changed; at most one of a text.
    """
    chance = random.Random(SEED)  # noqa: S311 - no secret
    found: list[Example] = []
    for sentences in chance.sample(texts, len(texts)):
        for sentence in sentences:
            pairs = [
                Example(sentence, each.text, each.wanted)
                for each in change(sentence, chance)
                if each.text != sentence
            ]
            if [each.wanted for each in pairs] == [DENIED, ENTAILED]:
                found += pairs
                break
        if len(found) >= 2 * most:
            break
    return tuple(found)
