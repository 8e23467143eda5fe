"""What a PDF carries about itself: the brief, its evidence, and the digests of its sources.

In: `Findings` and the `Brief` that was printed. Out: JSON of the format `FORMAT`, without the texts of
the sources; and from such JSON, which anybody may have changed, a `Record`. Nothing in a record is
taken for true: `reverify` holds it against the page and the sources.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from briefing.errors import VerificationError
from briefing.findings import Evidence, Method, Part
from briefing.tracing import printed_lines, traces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.brief import Brief
    from briefing.findings import Findings

FORMAT = "briefing-record/1"
NAME = "brief.json"
"""What the attachment is called in the PDF."""


@dataclass(frozen=True, slots=True)
class RecordedSource:
    """One source as it was read: its number in print, and what tells whether it is the same.

    Attributes:
        number: From 1; evidence of document `n` is of source `n + 1`.
        name: As the user gave it.
        title: As the source gives it, or None.
        date: ISO date, or None.
        sha256: Hex digest of its bytes; may be empty.
        characters: Length of its text in code points.
    """

    number: int
    name: str
    title: str | None
    date: str | None
    sha256: str
    characters: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """One statement as it was printed.

    Attributes:
        id: Of the line.
        section: Field of the brief in which it stands.
        lead: Who says it and in whose words.
        actor: The actor alone, where it is a row of positions or the matrix.
        holder: Whose statement it is.
        parts: The quotation, without its marks and brackets.
        text: What a language model made of these words; where there is any, it is what is printed.
        hedges: Hedges among the printed words.
        sources: Numbers of the sources that carry it.
        evidence: Words of the sources; those of the quotation first, one for each of its stretches.
        edited: Whether a person changed it since it was verified.
    """

    id: str
    section: str
    lead: str
    actor: str
    holder: str
    parts: tuple[Part, ...]
    text: str
    hedges: tuple[str, ...]
    sources: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    edited: bool = False

    @property
    def quotation(self) -> str:
        """The quotation with its marks, as it is printed."""
        texts = (part.text if part.kind == "words" else f"[{part.text}]" for part in self.parts)
        return "“" + " ".join(texts) + "”"

    @property
    def words(self) -> str:
        """The words that stand on the page."""
        return self.text or self.quotation


@dataclass(frozen=True, slots=True)
class Record:
    """What a PDF says that it prints.

    Attributes:
        title: Of the brief.
        date: ISO date of the brief.
        focus: What the user asked for, or empty.
        handling: Handling mark, or empty.
        method: How the brief was made.
        fields: Fields of the brief that the template prints; empty where nobody said.
        statements: All lines of the brief, in the order of the page.
        unknowns: What the sources leave open, worded.
        sources: All sources that were read, listed on the page or not.
        page_text: The text of all pages as it reads back from the PDF, parted by form feeds; empty
            where it was not recorded.
    """

    title: str
    date: str
    focus: str
    handling: str
    method: Method
    fields: tuple[str, ...]
    statements: tuple[Recorded, ...]
    unknowns: tuple[str, ...]
    sources: tuple[RecordedSource, ...]
    page_text: str = ""


def dump_record(
    findings: Findings, brief: Brief, *, fields: Sequence[str] = (), page_text: str = ""
) -> bytes:
    """Write what a PDF of `brief` is to carry.

    Args:
        findings: Where the brief comes from.
        brief: As the template saw it.
        fields: Fields of the brief that the template prints, so that what is missing is found.
        page_text: `pdf_text` of the same PDF without this attachment, so that any change is found.

    Returns:
        JSON, the same for the same input.
    """
    table = {
        "format": FORMAT,
        "fields": list(fields),
        "brief": msgspec.to_builtins(brief),
        # A line knows the words that it prints; this is all that it rests on.
        "evidence": {
            trace.line.id: msgspec.to_builtins(trace.evidence) for trace in traces(findings, brief)
        },
        "sources": [
            msgspec.to_builtins(
                RecordedSource(
                    number=number,
                    name=document.name,
                    title=document.title,
                    date=document.date,
                    sha256=document.sha256,
                    characters=len(document.text),
                )
            )
            for number, document in enumerate(findings.documents, start=1)
        ],
        "page_text": page_text,
    }
    return msgspec.json.format(msgspec.json.encode(table), indent=1) + b"\n"


def load_record(data: bytes, *, where: str) -> Record:
    """Read what a PDF carries.

    Args:
        data: The attachment.
        where: How the user knows the PDF, for messages.

    Raises:
        VerificationError: If it is not JSON, of another version, lacks something, or its evidence
            is of a source that it does not list. The message names the place as a JSON path.
    """
    try:
        version = msgspec.json.decode(data, type=_Version).format
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise VerificationError(
            f"{where}: its {NAME} is no record of a brief: {error}", hint=_HINT
        ) from error
    if version != FORMAT:
        raise VerificationError(
            f"{where}: its record is of format {version!r}, and this version reads {FORMAT!r}",
            hint="Use the version of briefing that made the PDF; its colophon names it.",
        )
    try:
        stored = msgspec.json.decode(data, type=_Stored)
    except (msgspec.ValidationError, UnicodeDecodeError) as error:
        raise VerificationError(f"{where}: its record: {error}", hint=_HINT) from error
    for path, problem in _problems(stored):
        raise VerificationError(f"{where}: its record: $.{path} {problem}", hint=_HINT)
    brief = stored.brief
    return Record(
        title=brief.title,
        date=brief.date,
        focus=brief.focus,
        handling=brief.handling,
        method=brief.method,
        fields=stored.fields,
        statements=tuple(_recorded(stored)),
        unknowns=brief.unknowns,
        sources=stored.sources,
        page_text=stored.page_text,
    )


_HINT = "The PDF was changed after it was made, or made by something else: make it again."


class _Version(msgspec.Struct):
    format: str


class _Quotation(msgspec.Struct):
    parts: tuple[Part, ...]
    evidence: tuple[Evidence, ...]


class _Line(msgspec.Struct):
    id: str
    lead: str
    holder: str
    actor: str
    hedges: tuple[str, ...]
    sources: tuple[int, ...]
    quotation: _Quotation
    text: str = ""
    edited: bool = False


class _Dispute(msgspec.Struct):
    label: str
    about: str
    one: _Line
    other: _Line


class _Stand(msgspec.Struct):
    line: _Line
    earlier: tuple[_Line, ...]
    others: tuple[_Line, ...]


class _Row(msgspec.Struct):
    actor: str
    stands: tuple[_Stand | None, ...]


class _Dated(msgspec.Struct):
    date: str
    line: _Line


class _Item(msgspec.Struct):
    title: str
    voice: str
    lines: tuple[_Line, ...]


class _Change(msgspec.Struct):
    text: str
    line: _Line | None = None
    earlier: _Line | None = None


class _Brief(msgspec.Struct):
    """The fields of a brief that are looked at again; it has more."""

    title: str
    date: str
    focus: str
    handling: str
    method: Method
    bottom_line: _Line | None
    summary: tuple[_Line, ...]
    claims: tuple[_Line, ...]
    contested: tuple[_Dispute, ...]
    positions: tuple[_Line, ...]
    unknowns: tuple[str, ...]
    issues: tuple[str, ...] = ()
    matrix: tuple[_Row, ...] = ()
    timeline: tuple[_Dated, ...] = ()
    items: tuple[_Item, ...] = ()
    changes: tuple[_Change, ...] = ()


class _Stored(msgspec.Struct):
    brief: _Brief
    evidence: dict[str, tuple[Evidence, ...]]
    sources: tuple[RecordedSource, ...]
    fields: tuple[str, ...] = ()
    page_text: str = ""


def _recorded(stored: _Stored) -> Iterator[Recorded]:
    # The stored brief has the fields of a `Brief` that lead to lines.
    brief: Any = stored.brief
    for section, _, line in printed_lines(brief):
        own: Any = line.quotation
        more = stored.evidence.get(line.id, ())
        yield Recorded(
            id=line.id,
            section=section,
            lead=line.lead,
            actor=line.actor,
            holder=line.holder,
            parts=own.parts,
            text=line.text,
            hedges=line.hedges,
            sources=line.sources,
            evidence=tuple(dict.fromkeys((*own.evidence, *more))),
            edited=line.edited,
        )


def _problems(stored: _Stored) -> Iterator[tuple[str, str]]:
    """Every place of a record that does not fit the rest, as a JSON path and what is wrong."""
    for at, source in enumerate(stored.sources):
        if source.number != at + 1:
            yield f"sources[{at}].number", f"is {source.number}, and it stands at place {at + 1}"
    for name, evidence in stored.evidence.items():
        yield from _outside(f"evidence.{name}", evidence, stored)
    for statement in _recorded(stored):
        words = sum(part.kind == "words" for part in statement.parts)
        if not words:
            yield f"brief…{statement.id}.quotation.parts", "holds no words of a source"
        yield from _outside(f"brief…{statement.id}.quotation", statement.evidence, stored)


def _outside(
    here: str, evidence: Iterable[Evidence], stored: _Stored
) -> Iterator[tuple[str, str]]:
    for at, one in enumerate(evidence):
        if not 0 <= one.document < len(stored.sources):
            yield f"{here}[{at}].document", f"is {one.document} of {len(stored.sources)} sources"
        elif not 0 <= one.span.start < one.span.end or not one.quote.strip():
            yield (
                f"{here}[{at}].span",
                f"is {one.span.start} to {one.span.end}, which is no stretch",
            )
