"""A record against the sources: digests, and whether its words still stand where it says.

In: a `Record` and documents. Out: a `Check` for each source and each piece of evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.marks import single_marks
from briefing.reverify.checks import Check, State, short
from briefing.verify.rendered import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.document import Document
    from briefing.findings import Evidence
    from briefing.record import Record


def matched(record: Record, documents: Sequence[Document]) -> Mapping[int, int]:
    """For the index of a recorded source that of the document given for it.

    By digest first, for a file may have been renamed; then by name, for it may have been changed.
    """
    found: dict[int, int] = {}
    for alike in (_same_digest, _same_name, _same_file_name):
        for at, source in enumerate(record.sources):
            for number, document in enumerate(documents):
                taken = at in found or number in found.values()
                if not taken and alike(
                    (source.sha256, source.name), (document.sha256, document.name)
                ):
                    found[at] = number
    return found


def _same_digest(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return bool(one[0]) and one[0] == other[0]


def _same_name(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[1] == other[1]


def _same_file_name(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[1].rpartition("/")[2] == other[1].rpartition("/")[2]


def source_checks(
    record: Record, documents: Sequence[Document], given: Mapping[int, int]
) -> Iterator[Check]:
    """Whether each recorded source was given, and is what it was; others are only named."""
    for at, source in enumerate(record.sources):
        what = f"source {source.number} ({source.name})"
        if at not in given:
            yield Check("source", "missing", what, "was not given")
            continue
        document = documents[given[at]]
        named = "" if document.name == source.name else f"given as {document.name}"
        if source.sha256 and document.sha256 != source.sha256:
            told = f"its digest is {document.sha256[:12]}, and was {source.sha256[:12]}"
            yield Check("source", "changed", what, "; ".join(filter(None, (told, named))))
        elif len(document.text) != source.characters:
            told = f"reads as {len(document.text)} characters, and was {source.characters}"
            yield Check("source", "changed", what, told)
        else:
            yield Check("source", "ok", what, named)
    for number, document in enumerate(documents):
        if number not in given.values():
            yield Check("source", "extra", document.name, "is none of the brief's sources")


def evidence_checks(
    record: Record, documents: Sequence[Document], given: Mapping[int, int]
) -> Iterator[Check]:
    """Whether each statement's evidence, and the words it prints of it, stand where they should."""
    places = tuple(Place.of(document.text) for document in documents)
    for statement in record.statements:
        for one in statement.evidence:
            state, detail = _standing(one, one.quote, documents, places, given)
            yield Check("evidence", state, statement.id, detail)
        words = [part.text for part in statement.parts if part.kind == "words"]
        for at, text in enumerate(words):
            own = statement.evidence[at] if at < len(statement.evidence) else None
            if own is None or _as_printed(own.quote) != text:
                # The record prints other words than its own evidence has.
                state, detail = _lost(text, own, places, given)
                yield Check("evidence", state, statement.id, detail)


def _as_printed(quote: str) -> str:
    return single_marks(" ".join(quote.split()))


def _standing(
    evidence: Evidence,
    words: str,
    documents: Sequence[Document],
    places: Sequence[Place],
    given: Mapping[int, int],
) -> tuple[State, str]:
    """What became of words that should stand at a place in a source."""
    at = given.get(evidence.document)
    if at is not None:
        if documents[at][evidence.span] == words:
            return "ok", ""
        if places[at].holds([Place.of(words).text]):
            return "changed", f"{short(words)} stands elsewhere in source {evidence.document + 1}"
    return _lost(words, evidence, places, given)


def _lost(
    words: str, evidence: Evidence | None, places: Sequence[Place], given: Mapping[int, int]
) -> tuple[State, str]:
    """What to call words that do not stand in the source which should have them."""
    source = evidence.document if evidence else -1
    holding = [
        number for number, place in enumerate(places) if place.holds([Place.of(words).text])
    ]
    numbers = {number: at for at, number in given.items()}
    named = ", ".join(
        f"source {numbers[one] + 1}" if one in numbers else "a text that is no source of the brief"
        for one in holding
        if numbers.get(one) != source
    )
    if evidence is not None and source not in given:
        also = f"; it stands in {named}" if named else ""
        return "missing", f"{short(words)} is of source {source + 1}, which was not given{also}"
    if named:
        where = (
            f"stands in {named}, not in source {source + 1}" if evidence else f"stands in {named}"
        )
        return "misattributed", f"{short(words)} {where}"
    if holding:
        return "altered", f"{short(words)} is not what the record has as its evidence"
    return "fabricated", f"{short(words)} stands in no source that was given"
