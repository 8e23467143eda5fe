from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sample_findings import DOCUMENT, FINDINGS

from briefing.compose.matrix import matrix_rows
from briefing.document import Document, Sentence, Span
from briefing.findings import Cell, Evidence, Matrix, Reading, Statement, Telling

if TYPE_CHECKING:
    from briefing.brief import MatrixRow

LETTER = Document(
    "letter.txt",
    "We support the night ferry. In spring we may reconsider, but not the fares.",
    authors=("Harbour Friends",),
    date="2031-06-01",
)
REPORT = Document(
    "report.txt",
    "The mayor apparently opposes the night ferry. “We will not pay for the night ferry,” said"
    " Lene Orm. Harbour Friends said that it rejects the night ferry unless it is free.",
    authors=("Per Aske",),
    date="2031-05-02",
)
DOCUMENTS = (LETTER, REPORT)


def reading(document: Document, *hedges: str) -> Reading:
    """A reading with the sentences of `document`, and a statement with the given hedges."""
    cuts = [0, *(at + 2 for at in range(len(document.text)) if document.text[at : at + 2] == ". ")]
    ends = [*(cut - 1 for cut in cuts[1:]), len(document.text)]
    sentences = tuple(Sentence(Span(*both)) for both in zip(cuts, ends, strict=True))
    spans = tuple(span_of(document, words) for words in hedges)
    content = (sentences[0].span,)
    held = Statement(0, (), (), content, ("x",), (), "asserted", quoted=False, hedges=spans)
    return Reading(sentences, (0.5,) * len(sentences), (held,), (), (), ())


def span_of(document: Document, words: str) -> Span:
    """Where `words` stand."""
    at = document.text.index(words)
    return Span(at, at + len(words))


def told(number: int, *quotes: str, stance: Any = "supports", **more: Any) -> Telling:
    """A telling with the words `quotes` of a document."""
    document = DOCUMENTS[number]
    telling = Telling(
        stance=stance,
        basis="asserted" if number == 0 else "reported",
        hedged=False,
        conditional=False,
        past=False,
        via=(),
        date=document.date,
        evidence=tuple(Evidence(number, span_of(document, one), one) for one in quotes),
    )
    return replace(telling, **more)


def rows_of(*cells: Cell) -> tuple[MatrixRow, ...]:
    """The rows of some cells."""
    given = replace(
        FINDINGS,
        documents=DOCUMENTS,
        readings=(reading(LETTER), reading(REPORT, "apparently")),
        matrix=Matrix(
            actors=tuple(dict.fromkeys(cell.actor for cell in cells)),
            issues=tuple(dict.fromkeys(cell.issue for cell in cells)),
            cells=cells,
        ),
    )
    return matrix_rows(given, DOCUMENTS)


OWN = told(0, "We support the night ferry")
THEIRS = told(1, "rejects the night ferry", stance="rejects")
QUOTED = told(1, "“We will not pay for the night ferry,”", stance="rejects")


def test_rows_have_a_stand_or_none_for_each_issue() -> None:
    """Blank stays blank, and ids tell row and column."""
    rows = rows_of(
        Cell("Lene Orm", "night ferry", (QUOTED,)),
        Cell("Harbour Friends", "fares", (told(0, "not the fares", stance="opposes"),)),
    )
    assert [row.actor for row in rows] == ["Lene Orm", "Harbour Friends"]
    assert [[stand and stand.line.id for stand in row.stands] for row in rows] == [
        ["cell-1-1", None],
        [None, "cell-2-2"],
    ]


def test_line_says_whose_words_they_are() -> None:
    """The author's own words, the actor's quoted words, and the author's words on an actor."""
    rows = rows_of(
        Cell("Harbour Friends", "night ferry", (OWN, THEIRS)),
        Cell("Lene Orm", "night ferry", (QUOTED,)),
    )
    own, quoted = rows[0].stands[0], rows[1].stands[0]
    assert own is not None
    assert quoted is not None
    assert (own.line.lead, own.line.basis_label) == ("Harbour Friends writes", "own words")
    assert own.others[0].lead == "Harbour Friends, in Per Aske’s words"
    assert quoted.line.lead == "Lene Orm, as quoted by Per Aske"
    assert str(quoted.line.quotation) == "“We will not pay for the night ferry”"
    assert (quoted.line.stance_label, quoted.line.sources) == ("rejects", (2,))


def test_change_is_told_as_earlier() -> None:
    """Tellings of the other side are earlier ones where the actor has changed, else further ones."""
    for changed in (True, False):
        (row,) = rows_of(Cell("Harbour Friends", "night ferry", (OWN, THEIRS), changed=changed))
        stand = row.stands[0]
        assert stand is not None
        assert [line.stance for line in stand.earlier] == ["rejects"] * changed
        assert [line.id for line in (*stand.earlier, *stand.others)] == ["cell-1-1-b"]


def test_hedges_and_marks_are_kept() -> None:
    """The source's hedges and the flags of a telling are shown."""
    words = "mayor apparently opposes the night ferry"
    telling = told(1, words, stance="opposes", basis="inferred", past=True)
    (row,) = rows_of(Cell("the mayor", "night ferry", (telling,)))
    stand = row.stands[0]
    assert stand is not None
    assert row.actor == "The mayor"
    assert stand.line.hedges == ("apparently",)
    assert stand.line.stance_label == "opposes (formerly)"
    assert stand.line.lead == "Per Aske on the mayor"


@pytest.mark.parametrize(
    ("quotes", "printed"),
    [
        (("that it rejects the night ferry",), "“it rejects the night ferry […]”"),
        (("mayor apparently", "the night ferry"), "“mayor apparently […] the night ferry”"),
    ],
)
def test_cuts_are_visible(quotes: tuple[str, ...], printed: str) -> None:
    """Words left out between pieces, and a rest that turns the sense, are marked."""
    (row,) = rows_of(Cell("Harbour Friends", "night ferry", (told(1, *quotes),)))
    stand = row.stands[0]
    assert stand is not None
    assert str(stand.line.quotation) == printed


def test_many_tellings_have_different_ids() -> None:
    """Beyond `z` letters go on in twos."""
    (row,) = rows_of(Cell("Harbour Friends", "night ferry", (OWN,) * 60))
    stand = row.stands[0]
    assert stand is not None
    ids = [stand.line.id, *(line.id for line in stand.others)]
    assert ids[:3] == ["cell-1-1", "cell-1-1-b", "cell-1-1-c"]
    assert len({*ids}) == 60


def test_no_matrix_no_rows() -> None:
    """Findings without a matrix have no rows."""
    assert matrix_rows(FINDINGS, (DOCUMENT,)) == ()
