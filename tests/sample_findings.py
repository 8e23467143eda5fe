"""Findings and a desk for the tests of the commands; all texts are invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.brief import Brief, Cut, Line, SourceEntry
from briefing.checking import Answer, Checked, Inquiry, Verdict
from briefing.codec import dump_brief
from briefing.document import Document, Sentence, Span
from briefing.errors import SourceError
from briefing.findings import (
    AUTHOR,
    FORMAT,
    Actor,
    Claim,
    Draft,
    Evidence,
    Finding,
    Findings,
    Method,
    Piece,
    Position,
    Quotation,
    Reading,
    Statement,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import BinaryIO

    from briefing.settings import Settings

TEXT = "The ferry to Ostwick may stop in March. “We cannot pay for it,” said Ilse Morn."
DOCUMENT = Document("ferry.txt", TEXT, authors=("Per Aske",), date="2026-11-20", language="en")
FIRST, SECOND = Span(0, 39), Span(40, len(TEXT))
WORDS = Span(41, 61)
HEDGE = Span(21, 24)

READING = Reading(
    sentences=(Sentence(FIRST), Sentence(SECOND)),
    salience=(0.75, 0.5),
    statements=(
        Statement(
            0, (), (), (FIRST,), ("Per Aske",), (), "asserted", quoted=False, hedges=(HEDGE,)
        ),
        Statement(
            sentence=1,
            source=(Span(69, 78),),
            cue=(Span(64, 68),),
            content=(WORDS,),
            holders=("Ilse Morn",),
            via=("the ferry board",),
            basis="reported",
            quoted=True,
            hedges=(),
            stance="rejects",
            issue="the ferry",
        ),
    ),
    claims=(Claim(FIRST, 0.8, ("Per Aske",)),),
    positions=(
        Position(
            "Ilse Morn", Span(69, 78), "rejects", "the ferry", (WORDS,), "reported", hedged=False
        ),
    ),
    actors=(Actor("Ilse Morn", "person", (Span(69, 78),)),),
)

DRAFT = Draft(
    section="bottom_line",
    document=0,
    pieces=(Piece(FIRST),),
    holders=("Per Aske",),
    via=(),
    basis="asserted",
    quoted=False,
    stance="states",
    hedges=(HEDGE,),
)

FINDINGS = Findings(
    format=FORMAT,
    title="The ferry to Ostwick",
    date="2026-11-22",
    language="en",
    focus="",
    method=Method("0.1.0", "stub", "", "stub"),
    documents=(DOCUMENT,),
    readings=(READING,),
    bottom_line=(Finding(DRAFT, (Evidence(0, FIRST, DOCUMENT[FIRST]),)),),
    summary=(),
    claims=(),
    positions=(),
    contested=(),
    unknowns=(Unknown("single_source", (0,)),),
    refusals=(),
    notices=("ferry.txt was given twice and read once",),
)

BRIEF = Brief(
    title="The ferry to Ostwick",
    kicker="Policy brief · 1 source",
    date="2026-11-22",
    cutoff="2026-11-22",
    language="en",
    status="Draft, machine-generated",
    handling="",
    focus="",
    bottom_line=Line(
        id="bottom-line",
        lead="Per Aske writes",
        quotation=Quotation((DOCUMENT,), 0, (Piece(FIRST),)),
        holder="Per Aske",
        actor="",
        stance="states",
        stance_label="states",
        basis="asserted",
        basis_label="written by Per Aske",
        hedges=("may",),
        sources=(1,),
    ),
    summary=(),
    claims=(),
    contested=(),
    positions=(),
    unknowns=("There is a single source.",),
    sources=(
        SourceEntry(
            number=1,
            voice="Per Aske",
            title=None,
            name="ferry.txt",
            publisher=None,
            date="2026-11-20",
            url=None,
            language="en",
            language_detected=False,
            sha256="",
        ),
    ),
    cut=(Cut("claims", 1, ("Per Aske writes: “The ferry may stop”",)),),
    refusals=(),
    notices=(),
    method=FINDINGS.method,
)

OTHER = Document("other.txt", "No ferry sails.", language="en")
UNREAD = SourceError("lost.pdf has no text layer", hint="Run OCR first.")


@dataclass(frozen=True, slots=True)
class FakePublication:
    """What `publish` hands out."""

    files: dict[str, bytes]
    brief: Brief
    warnings: tuple[str, ...]


class FakeDesk:
    """Stands in for the pipeline's desk: no model, no fonts; notes how it was asked."""

    def __init__(
        self, settings: Settings, on_progress: Callable[[str, int, int], None] | None = None
    ) -> None:
        self.settings = settings
        self.on_progress = on_progress
        self.failures: tuple[SourceError, ...] = ()

    def ready(self, formats: Sequence[str]) -> None:
        """Nothing to load."""

    def read(self, sources: Sequence[str], *, stdin: BinaryIO | None = None) -> Findings:
        """The sample's findings; `gather` says what else may happen."""
        self.gather(sources, stdin=stdin)
        return FINDINGS

    def gather(
        self, sources: Sequence[str], *, stdin: BinaryIO | None = None
    ) -> tuple[tuple[Document, ...], tuple[str, ...]]:
        """The sample's texts, or `OTHER`; `lost.pdf` cannot be read, `bug` is our fault."""
        if "bug" in sources:
            raise ZeroDivisionError("a bug")
        if "wait" in sources:
            raise KeyboardInterrupt
        if "lost.pdf" in sources:
            self.failures = (UNREAD,)
            if len(sources) == 1:
                raise UNREAD
        if stdin is not None:
            stdin.read()
        if "other.txt" in sources:
            return (OTHER,), ()
        return FINDINGS.documents, FINDINGS.notices

    def readings(self, documents: Sequence[Document]) -> tuple[Reading, ...]:
        """One sentence a text, the author's own; a text with `bug` in it fails.

        The sample's texts have the sample's readings.
        """
        if tuple(documents) == FINDINGS.documents:
            return FINDINGS.readings
        if any("bug" in document.text for document in documents):
            raise ZeroDivisionError("a bug")
        return tuple(_reading(document) for document in documents)

    def readable(
        self, documents: Sequence[Document]
    ) -> tuple[tuple[Document, ...], tuple[Reading, ...]]:
        """As `readings`: all can be read."""
        return tuple(documents), self.readings(documents)

    def check(
        self, text: Document, documents: Sequence[Document]
    ) -> tuple[tuple[Document, ...], tuple[Checked, ...]]:
        """All of `text` as one sentence; supported if a document has it, with its evidence."""
        place = Span(0, len(text.text))
        found = tuple(
            Evidence(number, place, text.text)
            for number, document in enumerate(documents)
            if document.text == text.text
        )
        verdict: Verdict = "supported" if found else "unsupported"
        checked = Checked(text.text, place, verdict, float(bool(found)), found, ())
        return tuple(documents), (checked,)

    def answers(self, inquiries: Sequence[Inquiry]) -> list[Answer]:
        """Supported is a claim that stands in its text; one with `bug` in it fails."""
        if any("bug" in inquiry.claim for inquiry in inquiries):
            raise ZeroDivisionError("a bug")
        starts = [each.document.text.find(each.claim) for each in inquiries]
        return [
            Answer(2 / 3, supported=True, evidence=(Span(start, start + len(each.claim)),))
            if start >= 0
            else Answer(0.0, supported=False, evidence=())
            for each, start in zip(inquiries, starts, strict=True)
        ]

    def worth(self, sentences: Sequence[str]) -> tuple[float, ...]:
        """A tenth for each word of a sentence; one with `bug` in it fails."""
        if any("bug" in sentence for sentence in sentences):
            raise ZeroDivisionError("a bug")
        return tuple(len(sentence.split()) / 10 for sentence in sentences)

    def summarise(
        self,
        documents: Sequence[Document],
        *,
        words: int | None,
        sentences: int | None,
        focus: str | None = None,
    ) -> tuple[tuple[int, Span], ...]:
        """As many words from the start of each text as were asked for, of words or sentences.

        A text that has not the words of the focus fails.
        """
        focus = self.settings.focus if focus is None else focus
        if any(focus not in document.text for document in documents):
            raise SourceError(f"nothing about {focus}", hint="Leave it out.")
        count = words or sentences or 0
        return tuple(
            (index, Span(0, len(" ".join(document.text.split(" ")[:count]))))
            for index, document in enumerate(documents)
        )

    def publish(self, findings: Findings, formats: Sequence[str]) -> FakePublication:
        """Files that say of which title, template and page they are."""
        told = f"{findings.title}, {self.settings.template}, {self.settings.page}".encode()
        files = {f"brief.{name}": told + b", " + name.encode() for name in formats}
        if "json" in formats:
            files["brief.json"] = dump_brief(findings, BRIEF)
        return FakePublication(files, BRIEF, ("one claim was cut",))


def _reading(document: Document) -> Reading:
    whole = Span(0, len(document.text))
    statement = Statement(0, (), (), (whole,), (AUTHOR,), (), "asserted", quoted=False, hedges=())
    return Reading((Sentence(whole),), (1.0,), (statement,), (), (), ())
