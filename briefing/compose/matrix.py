"""Where which actor stands on which issue in, rows of lines for print out."""

from __future__ import annotations

import re

from briefing.brief import Line, MatrixRow, Stand
from briefing.compose.lines import to_line
from briefing.compose.voices import called, capitalised
from briefing.document import Document, Span
from briefing.findings import AUTHOR, CUT, Cell, Draft, Finding, Findings, Matrix, Piece, Telling
from briefing.marks import stands_quoted
from briefing.wording import Wording, load

FOR = frozenset(("supports", "accepts", "offers"))
AGAINST = frozenset(("opposes", "rejects", "denies", "warns"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"
DANGLING = " \t\r\n\u00a0,;:—–-"
MARKS = "“”„‟\"«»‘’'"
THAT = re.compile(r"that\s+(?=\w)")
TURNING = re.compile(
    r"\b(?:but|unless|until|if|though|although|except|only|without|provided)\b", re.IGNORECASE
)
"""Words in the rest of a sentence that may change the sense of what is printed of it."""


def matrix_rows(findings: Findings, documents: tuple[Document, ...]) -> tuple[MatrixRow, ...]:
    """Word the matrix of `findings`.

    Args:
        findings: One whole reading.
        documents: Its sources.

    Returns:
        A row an actor, each with a stand or None for every issue of the matrix, in their order.
        Lines have the ids `cell-ROW-COLUMN`, further ones of a cell `cell-ROW-COLUMN-b` and on.
    """
    wording = load(findings.language)
    voices = {document.voice: called(document, wording) for document in documents}
    cells = {(cell.actor, cell.issue): cell for cell in findings.matrix.cells}
    rows = []
    for row, actor in enumerate(findings.matrix.actors, start=1):
        stands = tuple(
            to_stand(cells[actor, issue], f"cell-{row}-{column}", findings, documents, wording)
            if (actor, issue) in cells
            else None
            for column, issue in enumerate(findings.matrix.issues, start=1)
        )
        rows.append(MatrixRow(capitalised(voices.get(actor, actor), wording), stands))
    return tuple(rows)


def foremost_of(matrix: Matrix, actors: int, issues: int) -> Matrix:
    """The first rows and columns of `matrix`; rows that would be blank are left out.

    Args:
        matrix: Of all actors and issues.
        actors: How many rows, at most.
        issues: How many columns, at most.
    """
    columns = matrix.issues[:issues]
    cells = tuple(cell for cell in matrix.cells if cell.issue in columns)
    standing = {cell.actor for cell in cells}
    rows = tuple(actor for actor in matrix.actors if actor in standing)[:actors]
    return Matrix(rows, columns, tuple(cell for cell in cells if cell.actor in rows))


def beyond(matrix: Matrix, printed: Matrix) -> tuple[str, ...]:
    """The actors and the issues of `matrix` that are not in what is `printed` of it."""
    return tuple(
        name
        for names, shown in ((matrix.actors, printed.actors), (matrix.issues, printed.issues))
        for name in names
        if name not in shown
    )


def to_stand(
    cell: Cell, name: str, findings: Findings, documents: tuple[Document, ...], wording: Wording
) -> Stand:
    """One cell with its lines; the first has the id `name`."""
    lines: list[Line] = []
    for number, telling in enumerate(cell.tellings):
        own = f"{name}-{lettered(number)}" if number else name
        finding = to_finding(cell, telling, findings, documents)
        lines.append(to_line(finding, own, documents, wording))
    first, *others = zip(cell.tellings, lines, strict=True)
    earlier = [pair for pair in others if cell.changed and is_other_side(pair[0], first[0])]
    return Stand(
        line=first[1],
        earlier=tuple(line for _, line in earlier),
        others=tuple(line for telling, line in others if (telling, line) not in earlier),
    )


def lettered(number: int) -> str:
    """`b` for 1, `c` for 2, on to `z`, then `ba`, `bb`."""
    name = LETTERS[number % len(LETTERS)]
    return name if number < len(LETTERS) else lettered(number // len(LETTERS)) + name


def is_other_side(one: Telling, other: Telling) -> bool:
    """Whether one of two tellings is for the issue and the other against it."""
    return any(
        first in FOR and second in AGAINST
        for first, second in ((one.stance, other.stance), (other.stance, one.stance))
    )


def to_finding(
    cell: Cell, telling: Telling, findings: Findings, documents: tuple[Document, ...]
) -> Finding:
    """A telling as a finding of the section of positions."""
    number = telling.evidence[0].document
    document = documents[number]
    spans = [trimmed(document, span) for span in sorted(item.span for item in telling.evidence)]
    bare = [trimmed(document, span, MARKS) for span in spans]
    quoted = telling.basis == "reported" and all(
        stands_quoted(document.text, *span) for span in bare
    )
    if quoted:
        spans = bare
    pieces = [Piece(span, CUT if at else "") for at, span in enumerate(spans)]
    reading = findings.readings[number]
    ends = (one.span.end for one in reading.sentences if one.span.contains(spans[-1]))
    rest = document.text[spans[-1].end : next(ends, spans[-1].end)]
    pieces[-1] = Piece(pieces[-1].span, pieces[-1].before, TURNING.search(rest) is not None)
    own = telling.basis == "asserted" and cell.actor == document.voice
    actor = AUTHOR if own else cell.actor
    hedges = (
        hedge
        for statement in reading.statements
        for hedge in statement.hedges
        if any(span.contains(hedge) for span in spans)
    )
    draft = Draft(
        section="positions",
        document=number,
        pieces=tuple(pieces),
        holders=(actor,),
        via=telling.via,
        basis=telling.basis,
        quoted=quoted,
        stance=telling.stance,
        hedges=tuple(dict.fromkeys(hedges)),
        actor=actor,
        issue=cell.issue,
        conditional=telling.conditional,
        past=telling.past,
    )
    return Finding(draft, telling.evidence)


def trimmed(document: Document, span: Span, marks: str = "") -> Span:
    """`span` without what dangles at its ends, a `that` before a clause, and `marks`.

    Where nothing would be left, as it is.
    """
    words = document[span]
    start = len(words) - len(words.lstrip(DANGLING + marks))
    that = THAT.match(words, start)
    if that:
        start = that.end()
    end = len(words.rstrip(DANGLING + marks))
    return Span(span.start + start, span.start + end) if start < end else span
