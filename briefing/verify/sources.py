"""Sources, made ready to have any number of sentences held against them."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from briefing.verify.apart import Whereabouts, without_names
from briefing.verify.faults import faults
from briefing.verify.grounds import Ground, Pile, case_of, stretch_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.document import Document
    from briefing.findings import Evidence, Reading
    from briefing.support.weighed import Weighed, Weighs
    from briefing.verify.grounds import Assertion, Fault


class Sources:
    """A pile of documents, read, and what weighs sentences by them.

    Args:
        documents: The sources.
        readings: One each.
        scorer: Weighs sentences.

    Attributes:
        pile: The documents and their readings.
    """

    def __init__(
        self, documents: Sequence[Document], readings: Sequence[Reading], scorer: Weighs
    ) -> None:
        self.pile = Pile(tuple(documents), tuple(readings))
        self._scorer = scorer
        self._places = [
            (number, at)
            for number, reading in enumerate(readings)
            for at in range(len(reading.sentences))
        ]
        self._starts = [0, *accumulate(len(reading.sentences) for reading in readings)]
        self._whereabouts = Whereabouts(self.pile)
        self._text = scorer.text([stretch_of(self.pile, *place).text for place in self._places])

    def faults(self, assertion: Assertion, grounds: Sequence[Ground]) -> tuple[Fault, ...]:
        """What is wrong with a sentence whose grounds were searched for, in their order."""
        case = case_of(assertion, grounds, self.pile)
        closest = self._grounds(self._text.grounds.choose(without_names(case), 1))
        found = faults(assertion, grounds, self.pile, closest=closest)
        named = [fault.span for fault in found if fault.kind in ("name", "holder")]
        apart = [
            fault
            for fault in self._whereabouts.faults(case)
            if not any(fault.span.overlaps(span) for span in named)
        ]
        return tuple(sorted((*found, *apart), key=lambda fault: (fault.span, fault.kind)))

    def weigh(self, sentences: Sequence[str]) -> list[tuple[Weighed, tuple[Ground, ...]]]:
        """What the sources make of each sentence, and the passages it was held against."""
        weighed = self._scorer.weigh([(self._text, sentence) for sentence in sentences])
        return [(each, self._grounds(each.evidence)) for each in weighed]

    def weigh_on(self, asked: Sequence[tuple[str, Sequence[Ground]]]) -> tuple[Weighed, ...]:
        """What the passages beside each sentence make of it."""
        return self._scorer.weigh_on(
            [
                (
                    self._text,
                    sentence,
                    [self._starts[on.document] + at for on in grounds for at in on.sentences],
                )
                for sentence, grounds in asked
            ]
        )

    def grounds(self, evidence: Iterable[Evidence]) -> tuple[Ground, ...]:
        """The passages in which `evidence` stands, by document."""
        numbers = {
            self._starts[one.document] + at
            for one in evidence
            for at, sentence in enumerate(self.pile.readings[one.document].sentences)
            if sentence.span.overlaps(one.span)
        }
        return self._grounds(sorted(numbers))

    def evidence(self, sentence: str, grounds: Iterable[Ground]) -> tuple[Evidence, ...]:
        """The words of passages, a sentence each: the nearest to `sentence` first."""
        left = {self._starts[on.document] + at for on in grounds for at in on.sentences}
        ordered = []
        while left:
            ordered += self._text.grounds.choose(sentence, 1, left)
            left -= {ordered[-1]}
        return tuple(stretch_of(self.pile, *self._places[at]).evidence for at in ordered)

    def _grounds(self, numbers: Sequence[int]) -> tuple[Ground, ...]:
        places = [self._places[number] for number in numbers]
        return tuple(
            Ground(document, tuple(at for _, at in found))
            for document, found in groupby(places, key=lambda place: place[0])
        )
