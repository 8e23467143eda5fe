"""Groups of statements in; which drafts say the same, and what else carries a finding, out."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.document import Span, cover
from briefing.findings import Evidence
from briefing.relate.places import statement_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.document import Document
    from briefing.findings import Draft, Finding, Reading
    from briefing.relate.origins import Origins
    from briefing.relate.places import Place
    from briefing.relate.same import Group

WORDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)


class Agreement:
    """Who says the same, over all documents.

    Args:
        documents: The sources.
        readings: One a document.
        origins: Which documents are the same text; a reprint supports nothing.
        groups: Statements that make the same claim.
    """

    def __init__(
        self,
        documents: tuple[Document, ...],
        readings: tuple[Reading, ...],
        origins: Origins,
        groups: Sequence[Group],
    ) -> None:
        self.documents = documents
        self.readings = readings
        self.origins = origins
        self._places: defaultdict[int, list[tuple[Place, Group]]] = defaultdict(list)
        for group in groups:
            for place in group.places:
                self._places[place.document].append((place, group))
        self._known: dict[Draft, Group | None] = {}

    def same(self, one: Draft, other: Draft) -> bool:
        """Whether two drafts make the same claim."""
        first = self.group(one)
        return first is not None and first == self.group(other)

    def group(self, draft: Draft) -> Group | None:
        """The group of the statement that `draft` prints, and nothing beyond it; None without."""
        if draft not in self._known:
            near = self._places[draft.document]
            found = (group for place, group in near if self.prints(draft, place))
            self._known[draft] = next(found, None)
        return self._known[draft]

    def support(self, draft: Draft) -> int:
        """How many independent voices say what `draft` prints."""
        group = self.group(draft)
        return group.origins if group else 1

    def prints(self, draft: Draft, place: Place) -> bool:
        """Whether every printed word of `draft` belongs to the statement at `place`.

        One of several sentences is none: which of them others say too is not known.
        """
        statement = statement_at(self.readings, place)
        if (statement.holders, statement.basis) != (draft.holders, draft.basis):
            return False
        if not self.is_one_sentence(place):
            return False
        content = list(statement.content)
        if statement.basis == "inferred":
            # The words that carry the inference are printed with what is inferred.
            content = [cover((*statement.source, *statement.cue, *content))]
        text = self.documents[draft.document].text
        return all(
            any(span.contains(words_only(text, piece.span)) for span in content)
            for piece in draft.pieces
        )

    def is_one_sentence(self, place: Place) -> bool:
        """Whether the statement at `place` says no more than one sentence does."""
        extent = cover(statement_at(self.readings, place).content)
        sentences = self.readings[place.document].sentences
        return sum(sentence.span.overlaps(extent) for sentence in sentences) == 1

    def join(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Findings of one section, each with the evidence of others who say the same.

        One telling stands for each origin, and no words are evidence of two findings.

        Args:
            findings: In the order in which they are printed.

        Returns:
            As many, in their order.
        """
        used = [item for finding in findings for item in finding.evidence]
        taken: list[Group] = []
        joined: list[Finding] = []
        for finding in findings:
            group = self.group(finding.draft)
            if group is None or group in taken:
                joined.append(finding)
                continue
            taken.append(group)
            others = list(self.others(finding, group, used))
            evidence = tuple(item for telling in others for item in telling)
            used += evidence
            joined.append(
                replace(
                    finding,
                    evidence=(*finding.evidence, *evidence),
                    origins=min(group.origins, 1 + len(others)),
                )
            )
        return tuple(joined)

    def others(
        self, finding: Finding, group: Group, used: Sequence[Evidence]
    ) -> Iterator[tuple[Evidence, ...]]:
        """What the other documents of `group` say, a telling for each origin that is not `used`."""
        documents = self.one_writing(finding.draft.document)
        spans = [piece.span for piece in finding.draft.pieces]
        origins = {self.origins.of(finding.draft.document, cover(spans))}
        tellings = sorted(
            (origin != place.document, place, origin)
            for place in group.places
            if self.is_one_sentence(place)
            for origin in [origin_at(self.origins, self.readings, place)]
        )
        # Where the words stood first comes before its reprints.
        for _, place, origin in tellings:
            if place.document in documents or origin in origins:
                continue
            telling = tuple(
                Evidence(place.document, span, self.documents[place.document][span])
                for span in statement_at(self.readings, place).content
            )
            if not any(overlap(one, other) for one in telling for other in used):
                documents |= self.one_writing(place.document)
                origins.add(origin)
                yield telling

    def one_writing(self, document: int) -> set[int]:
        """`document` and its reprints."""
        return next(set(group) for group in self.origins.groups if document in group)


def origin_at(origins: Origins, readings: Sequence[Reading], place: Place) -> int:
    """Of which origin the statement at `place` is."""
    return origins.of(place.document, cover(statement_at(readings, place).content))


def overlap(one: Evidence, other: Evidence) -> bool:
    """Whether two pieces of evidence share words of one document."""
    return one.document == other.document and one.span.overlaps(other.span)


def words_only(text: str, span: Span) -> Span:
    """`span` without marks and spaces at its ends."""
    match = WORDS.search(text, *span)
    return Span(*match.span()) if match else span
