"""What was found in the documents, and what stands in `brief.json`.

In: records of `document`. Out: `Statement`, `Claim`, `Position`, `Actor` as the analysis finds
them; `Draft` as a writer words it; `Finding` once verified, `Refusal` where verification failed;
`Findings`, the whole of one reading. Spans index the text of the record's own document.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from html import escape
from typing import Literal, NamedTuple

from briefing.document import Document, Sentence, Span
from briefing.marks import single_marks as single_marks

Basis = Literal["asserted", "reported", "inferred"]
Stance = Literal[
    "supports",
    "opposes",
    "demands",
    "offers",
    "accepts",
    "rejects",
    "warns",
    "expects",
    "believes",
    "denies",
    "states",
]
Section = Literal[
    "bottom_line",
    "summary",
    "claims",
    "positions",
    "contested",
    "timeline",
    "items",
    "matrix",
    "changes",
    "focus",
    "unknowns",
    "sources",
]

AUTHOR = "author"
"""The holder of a statement in the author's voice where the source names no author."""

CUT = "…"
"""What a `Piece` has in front of it where words of the source were left out."""

FORMAT = "briefing/1"
"""The version of `brief.json` that this package writes and reads."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a source: `documents[document][span] == quote`, always."""

    document: int
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said, wanted or thought, with who holds it.

    Attributes:
        sentence: Index of the sentence in which it begins.
        source: Where the holder is named; empty for the author's own voice.
        cue: The words that attribute; empty for the author's own voice.
        content: What is held, in one or more pieces.
        holders: Whose statement it is, by canonical name; the authors for their own voice; empty
            where nobody can know, as for a question from the floor.
        via: The chain from the author to the holder, without either; usually empty.
        basis: Asserted by the author, reported of an actor, or inferred by the author about one.
        quoted: The content is the holder's own words, between quotation marks.
        hedges: Words that weaken it (`likely`, `appears`), as the source has them.
        stance: What the holder does with it.
        issue: What it is about, in the source's words.
        resolved: False where the holder is a pronoun that could not be resolved for sure.
    """

    sentence: int
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    holders: tuple[str, ...]
    via: tuple[str, ...]
    basis: Basis
    quoted: bool
    hedges: tuple[Span, ...]
    stance: Stance = "states"
    issue: str = ""
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that could be checked true or false; `score` from 0 to 1."""

    span: Span
    score: float
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where an actor stands on an issue.

    Attributes:
        actor: Canonical name.
        mention: Where the actor is named for this position.
        stance: Which way.
        issue: What about, in the source's words.
        evidence: The words that show it, in order.
        basis: As for a statement.
        hedged: Whether the source hedges it.
        quoted: The evidence is the actor's own words, between quotation marks.
        via: The chain from the author to the actor, without either.
        conditional: It holds only if something else does: `would back it if …`.
        past: The source tells of it as past: `used to oppose`, `dropped its demand`.
    """

    actor: str
    mention: Span
    stance: Stance
    issue: str
    evidence: tuple[Span, ...]
    basis: Basis
    hedged: bool
    quoted: bool = False
    via: tuple[str, ...] = ()
    conditional: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or speaks: one name for print, and every form in which the source names them."""

    name: str
    kind: Literal["person", "organisation", "place", "group"]
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the analysis found in one document.

    Attributes:
        sentences: Of the document, in order.
        salience: One score a sentence, 0 to 1: how much a word of it brings to a summary.
        statements: In the order of the text.
        claims: Likewise.
        positions: Likewise.
        actors: Who is named.
        leads: Numbers of the few sentences that would make up a short summary.
    """

    sentences: tuple[Sentence, ...]
    salience: tuple[float, ...]
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]
    positions: tuple[Position, ...]
    actors: tuple[Actor, ...]
    leads: tuple[int, ...] = ()

    def sentence_at(self, offset: int) -> int:
        """Number of the last sentence that begins at `offset` or before it; -1 without any."""
        return bisect_right(self.sentences, offset, key=lambda one: one.span.start) - 1


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a source, and what stands in square brackets before them.

    Attributes:
        span: The words.
        before: Empty, `CUT` where words were left out, or an insertion such as a resolved name.
        cut_after: True where the sentence goes on after the last piece; prints `[…]` there.
    """

    span: Span
    before: str = ""
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence for the brief as a writer proposes it; not verified.

    Attributes:
        section: Where it is meant to stand.
        document: Index of the document that it rests on.
        pieces: The words of the source that it prints, in order.
        holders: Whose statement it is.
        via: The chain from the author to the holder.
        basis: As for a statement.
        quoted: The printed words are the holder's own.
        stance: What the holder does with it.
        hedges: Hedges among the printed words.
        score: How much it matters, higher is more; only the order counts.
        actor: The one actor whose position it is, in the section `positions`.
        issue: What it is about, in the source's words.
        conditional: The position holds only if something else does.
        past: The source tells of the position as past.
        text: What a language model wrote of it; empty where the source's own words are printed.
        rests_on: What `text` rests on besides `pieces`, perhaps in other documents.
    """

    section: Section
    document: int
    pieces: tuple[Piece, ...]
    holders: tuple[str, ...]
    via: tuple[str, ...]
    basis: Basis
    quoted: bool
    stance: Stance
    hedges: tuple[Span, ...]
    score: float = 0.0
    actor: str = ""
    issue: str = ""
    conditional: bool = False
    past: bool = False
    text: str = ""
    rests_on: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A draft that was verified, and the evidence that carries it.

    Attributes:
        draft: What is printed.
        evidence: The words that it rests on; those of other documents say the same.
        origins: How many independent voices say it; a reprint is none.
        edited: Whether a person changed it since it was verified.
    """

    draft: Draft
    evidence: tuple[Evidence, ...]
    origins: int = 1
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Contest:
    """Two statements that cannot both hold; which of them does is not said.

    Attributes:
        kind: Figures that differ for one quantity, opposite stances on one issue, or a statement
            and its denial.
        about: What it is about, in the sources' words.
        sides: The two, in the order of their documents.
    """

    kind: Literal["figures", "stances", "denial"]
    about: str
    sides: tuple[Finding, Finding]


@dataclass(frozen=True, slots=True)
class Telling:
    """One place in which a source says where an actor stands.

    Attributes:
        stance: Which way.
        basis: As for a statement.
        hedged: Whether the source hedges it.
        conditional: It holds only if something else does.
        past: The source tells of it as past.
        via: The chain from the author to the actor, without either.
        date: ISO date of the source, or None for an undated one.
        evidence: The words that show it, of one document.
    """

    stance: Stance
    basis: Basis
    hedged: bool
    conditional: bool
    past: bool
    via: tuple[str, ...]
    date: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one actor stands on one issue, by all sources.

    Attributes:
        actor: Name for print.
        issue: One of the matrix's.
        tellings: The latest first, undated ones last.
        changed: Whether dated sources show the actor first on one side and later on the other.
    """

    actor: str
    issue: str
    tellings: tuple[Telling, ...]
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Actors and issues, and where who stands; a pair without a cell is not known.

    Attributes:
        actors: Rows, those with most to say first.
        issues: Columns, named by the sources' own words, the most disputed first.
        cells: At most one an actor and issue, in the order of rows and columns.
    """

    actors: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What happened or is planned on a date that the sources give.

    Attributes:
        date: ISO date: a day, a month or a year.
        finding: The statement that tells of it, with the words that name the date.
    """

    date: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Digest:
    """What one source says, by itself; or one brief of a newsletter.

    Attributes:
        documents: The source, then those that only repeat it; or all sources of the brief.
        findings: Statements of it, the most telling first, at least one.
        title: Of the brief; empty for a source, which has its own.
        brief: Id of the brief, the same from issue to issue; empty for a source.
    """

    documents: tuple[int, ...]
    findings: tuple[Finding, ...]
    title: str = ""
    brief: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement that an earlier issue printed, as far as one must know it to tell what is new.

    Attributes:
        holder: Whose it was, for print.
        begins: Its first words.
        words: Digest of the sentence that it is from.
        shape: Digest of that sentence without its figures; empty where it has none.
        figures: Its figures, in order.
    """

    holder: str
    begins: str
    words: str
    shape: str = ""
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PastItem:
    """One item of an earlier issue; `said` is what was printed of it, perhaps nothing."""

    brief: str
    title: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class PastStand:
    """Where an earlier issue found an actor to stand on an issue; `words` are digests."""

    actor: str
    issue: str
    stance: Stance
    past: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PastContest:
    """What an earlier issue found contested, printed or not.

    Attributes:
        kind: As of a contest.
        about: What figures are of; empty for the other kinds.
        holders: Of either side, for print.
        words: Digests of the sentences of either side.
        brief: Id of a brief that has the sources of both sides; empty for none.
        printed: Whether it was printed.
    """

    kind: Literal["figures", "stances", "denial"]
    about: str
    holders: tuple[str, str]
    words: tuple[str, str]
    brief: str
    printed: bool


@dataclass(frozen=True, slots=True)
class Past:
    """The record of an earlier issue of a newsletter.

    Attributes:
        date: ISO date of that issue.
        items: One a brief, in its order.
        known: Digests of all sentences of its sources, sorted.
        stands: Where actors stood.
        contested: What was contested.
    """

    date: str
    items: tuple[PastItem, ...] = ()
    known: tuple[str, ...] = ()
    stands: tuple[PastStand, ...] = ()
    contested: tuple[PastContest, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A draft that failed, kept and counted.

    Attributes:
        reason: What is wrong, for people.
        text: What would have been printed.
        section: Where it would have stood.
        document: Index of the document that it claimed to rest on.
        evidence: What comes nearest to it in the sources.
    """

    reason: str
    text: str
    section: Section
    document: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something the sources leave open: a kind with a fixed wording, and what it is about.

    Attributes:
        kind: Which wording.
        documents: That are concerned.
        names: Of actors.
        evidence: Words of the sources.
        counts: Of `single_origin`: claims that stand alone, and all that were looked at.
    """

    kind: Literal[
        "undated", "single_source", "single_origin", "open_question", "never_quoted", "said_open"
    ]
    documents: tuple[int, ...]
    names: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    counts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """How the findings were made.

    Attributes:
        version: Of this package.
        reader: Name of the analysing model.
        reader_sha256: Digest of its weights; empty for the stub.
        writer: Name of the writer.
        offline: True where no server was named, so that no socket was opened.
    """

    version: str
    reader: str
    reader_sha256: str
    writer: str
    offline: bool = True


@dataclass(frozen=True, slots=True)
class Beyond:
    """How many more of a section were found than are kept; nothing of them was worded."""

    section: Section
    count: int


@dataclass(frozen=True, slots=True)
class Findings:
    """One whole reading: what `extract` writes as `brief.json` and `render` composes.

    Attributes:
        format: `FORMAT`.
        title: Title of the brief.
        date: ISO date of the brief; also its information cut-off.
        language: ISO 639-1 code of the labels.
        focus: What the user asked for, or empty.
        method: How this was made.
        documents: The sources' texts, in the order in which they are numbered in print.
        readings: One a document.
        bottom_line: Candidates, best first.
        summary: Candidates, best first.
        claims: Candidates, best first.
        positions: Candidates, best first.
        contested: Where sources or actors contradict each other, the most telling first.
        unknowns: What the sources leave open.
        refusals: Drafts that were not printed, with their reasons.
        notices: What happened to sources on the way, such as a text read once that came twice.
        off_focus: How many statements were left out since they are not about the focus.
        matrix: Which actor stands where on which issue.
        timeline: Dated events, the earliest first; none unless several sources date some.
        items: What each source says, in the order of the sources; or one a brief of a newsletter.
        previous: The record of the newsletter's last issue; None where there is none.
        beyond: Of how many more claims and positions nothing is kept.
    """

    format: str
    title: str
    date: str
    language: str
    focus: str
    method: Method
    documents: tuple[Document, ...]
    readings: tuple[Reading, ...]
    bottom_line: tuple[Finding, ...]
    summary: tuple[Finding, ...]
    claims: tuple[Finding, ...]
    positions: tuple[Finding, ...]
    contested: tuple[Contest, ...]
    unknowns: tuple[Unknown, ...]
    refusals: tuple[Refusal, ...]
    notices: tuple[str, ...] = ()
    off_focus: int = 0
    matrix: Matrix = Matrix()
    timeline: tuple[Event, ...] = ()
    items: tuple[Digest, ...] = ()
    previous: Past | None = None
    beyond: tuple[Beyond, ...] = ()


class Part(NamedTuple):
    """A stretch of a quotation as printed, without quotation marks or brackets."""

    kind: Literal["words", "cut", "insertion"]
    text: str


@dataclass(frozen=True, slots=True, init=False)
class Quotation:
    """Words that stand in a source: the only thing a template may print between quotation marks.

    It is made from a document and spans, never from a string, so it cannot say what the source
    does not. White space is folded and double quotation marks inside become single ones; nothing
    else changes.

    Attributes:
        parts: Verbatim words, and between them what stands in square brackets.
        evidence: One entry for each stretch of verbatim words.
    """

    parts: tuple[Part, ...]
    evidence: tuple[Evidence, ...]

    def __init__(self, documents: tuple[Document, ...], document: int, pieces: tuple[Piece, ...]):
        """Quote `pieces` of `documents[document]`.

        Raises:
            ValueError: If a span is empty or reaches beyond the text.
        """
        source = documents[document]
        parts: list[Part] = []
        evidence: list[Evidence] = []
        for piece in pieces:
            start, end = piece.span
            if not 0 <= start < end <= len(source.text):
                raise ValueError(f"span {start}-{end} is outside the text of {source.name}")
            if piece.before:
                parts.append(Part("cut" if piece.before == CUT else "insertion", piece.before))
            words = source[piece.span]
            parts.append(Part("words", single_marks(" ".join(words.split()))))
            evidence.append(Evidence(document, piece.span, words))
        if pieces and pieces[-1].cut_after:
            parts.append(Part("cut", CUT))
        object.__setattr__(self, "parts", tuple(parts))
        object.__setattr__(self, "evidence", tuple(evidence))

    def __str__(self) -> str:
        """The quotation with its marks: `“words […] more words”`."""
        texts = [part.text if part.kind == "words" else f"[{part.text}]" for part in self.parts]
        return "“" + " ".join(texts) + "”"

    def __html__(self) -> str:
        """The same for HTML, escaped, brackets in `<span class="cut">` or `"insertion"`."""
        texts = [
            escape(part.text)
            if part.kind == "words"
            else f'<span class="{part.kind}">[{escape(part.text)}]</span>'
            for part in self.parts
        ]
        return '<span class="quotation">“' + " ".join(texts) + "”</span>"
