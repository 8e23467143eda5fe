"""Findings and briefs as JSON: what stands in `brief.json`, and the schema of a `Brief`.

In: `Findings`, `Brief`, or bytes that a person may have edited. Out: bytes, or `Findings` whose
spans and quotations were checked against the texts they index.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from inspect import cleandoc
from typing import TYPE_CHECKING, Any

import msgspec

from briefing.brief import Brief
from briefing.errors import FindingsError
from briefing.findings import FORMAT, Cell, Draft, Evidence, Finding, Findings, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.document import Document, Span

SECTIONS = ("bottom_line", "summary", "claims", "positions")
KEYS = (*(field.name for field in fields(Findings)), "seals", "brief")
SEAL = 16
"""Hex digits of the digest by which a finding is known again."""

# A newline in a string of JSON is escaped: these can only be the layout's own.
_NUMBERS = re.compile(rb"\[\n\s*(-?\d[^\n]*(?:\n\s*-?\d[^\n]*)*)\n\s*\]")
_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)
_BREAK = re.compile(rb"\n\s*")


def dump_findings(findings: Findings) -> bytes:
    """Write `findings` for people to edit: what may be edited first, the readings last."""
    return _layout(_for_editing(findings))


def dump_brief(findings: Findings, brief: Brief) -> bytes:
    """Write `findings`, and after them under the key `brief` what was printed of them.

    `load_findings` reads the same findings back; what stands under `brief` is a record only.
    """
    return _layout(_for_editing(findings) | {"brief": msgspec.to_builtins(brief)})


def brief_schema() -> bytes:
    """The JSON Schema (2020-12) of the `Brief` that a template sees."""
    schema = msgspec.json.schema(Brief)
    for record in schema["$defs"].values():
        # The docstring says what each attribute is; a schema says it beside the attribute.
        text, _, attributes = cleandoc(record["description"]).partition("\n\nAttributes:\n")
        record["description"] = text
        for name, meaning in _ATTRIBUTE.findall(attributes):
            record["properties"][name]["description"] = " ".join(meaning.split())
    return _layout({"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema)


def load_findings(data: bytes, *, where: str) -> Findings:
    """Read a `brief.json` and check that its spans and quotations fit its texts.

    Args:
        data: UTF-8 JSON, as `dump_findings` or `dump_brief` wrote it and a person edited it.
        where: How the user knows the file, for messages.

    Returns:
        The findings; equal to those that were written, if nothing was edited. What was is marked
        so, for whoever prints it.

    Raises:
        FindingsError: If it is not JSON, of another version, lacks something, or quotes words
            that do not stand at their span. The message names the place as a JSON path.
    """
    try:
        version = msgspec.json.decode(data, type=_Version)
    except msgspec.DecodeError as error:
        raise FindingsError(
            f"{where} is not a brief.json: {error}", hint="Undo the last edit, or extract again."
        ) from error
    if version.format != FORMAT:
        raise FindingsError(
            f"{where} is of format {version.format!r}, and this version reads {FORMAT!r}",
            hint="Make it again with `briefing extract`.",
        )
    for key in msgspec.json.decode(data, type=dict[str, msgspec.Raw]):
        if key not in KEYS:
            raise FindingsError(f"{where}: $.{key} is no part of a brief.json", hint=_suggest(key))
    try:
        findings = msgspec.json.decode(data, type=Findings)
    except msgspec.ValidationError as error:
        raise FindingsError(
            f"{where}: {error}", hint="Correct that place, or undo the edit."
        ) from error
    for path, problem in _problems(findings):
        raise FindingsError(f"{where}: $.{path} {problem}", hint=_HINT)
    return _marked(findings, version.seals)


_HINT = (
    "Words of a source must stay as the source has them: remove the whole item to leave it out, "
    "or make the file again with `briefing extract`."
)


def _suggest(key: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key, KEYS, n=1)
    return (f"Did you mean `{close[0]}`? " if close else "") + f"Known: {', '.join(KEYS)}."


class _Version(msgspec.Struct):
    """What tells how to read the rest.

    Attributes:
        format: Of the file.
        seals: Digests of its findings as they were verified; None where it was written by hand.
    """

    format: str
    seals: frozenset[str] | None = None


def _marked(findings: Findings, seals: frozenset[str] | None) -> Findings:
    """The same, with every finding marked that is none of those that were sealed."""
    if seals is None:
        return findings

    def known(finding: Finding) -> Finding:
        return finding if _seal(finding) in seals else replace(finding, edited=True)

    def all_known(group: Sequence[Finding]) -> tuple[Finding, ...]:
        return tuple(map(known, group))

    return replace(
        findings,
        bottom_line=all_known(findings.bottom_line),
        summary=all_known(findings.summary),
        claims=all_known(findings.claims),
        positions=all_known(findings.positions),
        contested=tuple(
            replace(each, sides=(known(each.sides[0]), known(each.sides[1])))
            for each in findings.contested
        ),
        timeline=tuple(replace(each, finding=known(each.finding)) for each in findings.timeline),
        items=tuple(replace(each, findings=all_known(each.findings)) for each in findings.items),
    )


def _seal(finding: Finding) -> str:
    return sha256(msgspec.json.encode(finding)).hexdigest()[:SEAL]


def _printable(findings: Findings) -> Iterator[Finding]:
    """All findings, in whatever section."""
    for section in SECTIONS:
        yield from getattr(findings, section)
    for contest in findings.contested:
        yield from contest.sides
    yield from (event.finding for event in findings.timeline)
    for digest in findings.items:
        yield from digest.findings


def _for_editing(findings: Findings) -> dict[str, Any]:
    table: dict[str, Any] = msgspec.to_builtins(findings)
    table["seals"] = sorted({_seal(finding) for finding in _printable(findings)})
    for bulky in ("documents", "readings"):
        table[bulky] = table.pop(bulky)
    return table


def _layout(table: object) -> bytes:
    """JSON, indented by two, with lists of numbers on one line."""
    indented = msgspec.json.format(msgspec.json.encode(table), indent=2)
    return _NUMBERS.sub(lambda found: b"[" + _BREAK.sub(b" ", found[1]) + b"]", indented) + b"\n"


def _problems(findings: Findings) -> Iterator[tuple[str, str]]:
    """Every place that does not fit, as a JSON path and what is wrong there."""
    documents = findings.documents
    yield from _date("date", findings.date)
    if len(findings.readings) != len(documents):
        yield "readings", f"has {len(findings.readings)} items for {len(documents)} documents"
        return
    for number, (document, reading) in enumerate(zip(documents, findings.readings, strict=True)):
        here = f"documents[{number}]"
        if document.date is not None:
            yield from _date(f"{here}.date", document.date)
        yield from _spans(f"{here}.headings", document.headings, document)
        if not 0 <= document.body_start <= len(document.text):
            yield f"{here}.body_start", f"{document.body_start} is outside the text"
        yield from _reading(f"readings[{number}]", reading, document)
    for section in SECTIONS:
        for number, finding in enumerate(getattr(findings, section)):
            yield from _finding(f"{section}[{number}]", finding, documents)
    for number, contest in enumerate(findings.contested):
        for side, finding in enumerate(contest.sides):
            yield from _finding(f"contested[{number}].sides[{side}]", finding, documents)
    for number, event in enumerate(findings.timeline):
        yield from _finding(f"timeline[{number}].finding", event.finding, documents)
    for number, digest in enumerate(findings.items):
        for place, index in enumerate(digest.documents):
            yield from _index(f"items[{number}].documents[{place}]", index, documents)
        for place, finding in enumerate(digest.findings):
            yield from _finding(f"items[{number}].findings[{place}]", finding, documents)
        if not (digest.documents and digest.findings):
            yield f"items[{number}]", "is empty: it needs a document and a finding"
    for number, cell in enumerate(findings.matrix.cells):
        yield from _cell(f"matrix.cells[{number}]", cell, findings)
    for number, unknown in enumerate(findings.unknowns):
        here = f"unknowns[{number}]"
        for place, index in enumerate(unknown.documents):
            yield from _index(f"{here}.documents[{place}]", index, documents)
        yield from _evidence(f"{here}.evidence", unknown.evidence, documents)
    for number, refusal in enumerate(findings.refusals):
        yield from _index(f"refusals[{number}].document", refusal.document, documents)


def _date(here: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        is_day = date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_day = False
    if not is_day:
        yield here, f"is {text!r}, which is no date such as 2026-11-22"


def _reading(here: str, reading: Reading, document: Document) -> Iterator[tuple[str, str]]:
    count = len(reading.sentences)
    for number, sentence in enumerate(reading.sentences):
        yield from _span(f"{here}.sentences[{number}].span", sentence.span, document)
    if len(reading.salience) != count:
        yield f"{here}.salience", f"has {len(reading.salience)} scores for {count} sentences"
    for number, statement in enumerate(reading.statements):
        place = f"{here}.statements[{number}]"
        if not 0 <= statement.sentence < count:
            yield f"{place}.sentence", f"{statement.sentence} is not one of {count} sentences"
        for part in ("source", "cue", "content", "hedges"):
            yield from _spans(f"{place}.{part}", getattr(statement, part), document)
    for number, claim in enumerate(reading.claims):
        yield from _span(f"{here}.claims[{number}].span", claim.span, document)
    for number, position in enumerate(reading.positions):
        place = f"{here}.positions[{number}]"
        yield from _span(f"{place}.mention", position.mention, document)
        yield from _spans(f"{place}.evidence", position.evidence, document)
    for number, actor in enumerate(reading.actors):
        yield from _spans(f"{here}.actors[{number}].mentions", actor.mentions, document)


def _finding(
    here: str, finding: Finding, documents: Sequence[Document]
) -> Iterator[tuple[str, str]]:
    yield from _draft(f"{here}.draft", finding.draft, documents)
    if not finding.evidence:
        yield f"{here}.evidence", "is empty: a finding needs the words that carry it"
    yield from _evidence(f"{here}.evidence", finding.evidence, documents)
    carried = len({item.document for item in finding.evidence})
    if finding.evidence and not 1 <= finding.origins <= carried:
        yield (
            f"{here}.origins",
            f"is {finding.origins}, and the evidence is of {carried} documents",
        )


def _cell(here: str, cell: Cell, findings: Findings) -> Iterator[tuple[str, str]]:
    if cell.actor not in findings.matrix.actors:
        yield f"{here}.actor", f"{cell.actor!r} is none of the matrix's actors"
    if cell.issue not in findings.matrix.issues:
        yield f"{here}.issue", f"{cell.issue!r} is none of the matrix's issues"
    if not cell.tellings:
        yield f"{here}.tellings", "is empty: leave out the cell"
    for number, telling in enumerate(cell.tellings):
        place = f"{here}.tellings[{number}].evidence"
        if not telling.evidence:
            yield place, "is empty: a stand needs the words that show it"
        yield from _evidence(place, telling.evidence, findings.documents)


def _draft(here: str, draft: Draft, documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    bad = tuple(_index(f"{here}.document", draft.document, documents))
    if bad or not draft.pieces:
        yield from bad or [(f"{here}.pieces", "is empty: there is nothing to print")]
        return
    document = documents[draft.document]
    for number, piece in enumerate(draft.pieces):
        place = f"{here}.pieces[{number}].span"
        yield from _span(place, piece.span, document)
        if piece.span.start == piece.span.end:
            yield place, "is empty: there is nothing to print"
    yield from _spans(f"{here}.hedges", draft.hedges, document)


def _evidence(
    here: str, evidence: Sequence[Evidence], documents: Sequence[Document]
) -> Iterator[tuple[str, str]]:
    for number, item in enumerate(evidence):
        place = f"{here}[{number}]"
        bad = tuple(_index(f"{place}.document", item.document, documents))
        if bad:
            yield from bad
            continue
        document = documents[item.document]
        yield from _span(f"{place}.span", item.span, document)
        if document[item.span] != item.quote:
            start, end = item.span
            yield (
                f"{place}.quote",
                f"is not what stands at {start} to {end} of {document.name}",
            )


def _spans(here: str, spans: Sequence[Span], document: Document) -> Iterator[tuple[str, str]]:
    for number, span in enumerate(spans):
        yield from _span(f"{here}[{number}]", span, document)


def _span(here: str, span: Span, document: Document) -> Iterator[tuple[str, str]]:
    if not 0 <= span.start <= span.end <= len(document.text):
        length = len(document.text)
        text = f"the {length} characters of {document.name}"
        yield here, f"is {span.start} to {span.end}, which is not within {text}"


def _index(here: str, index: int, documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    if not 0 <= index < len(documents):
        yield here, f"is {index}, and there are {len(documents)} documents, counted from 0"
