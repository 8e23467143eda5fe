"""What a template is given of each source, of themes, and of a matrix that is too large."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_findings import FINDINGS

from briefing.brief import Limits
from briefing.codec import dump_findings, load_findings
from briefing.compose import compose
from briefing.compose.themes import Themes
from briefing.document import Document, Span
from briefing.errors import FindingsError
from briefing.findings import (
    Cell,
    Digest,
    Draft,
    Evidence,
    Finding,
    Findings,
    Matrix,
    Piece,
    Reading,
    Section,
    Telling,
)

TEXT = (
    "The guild opposes the bridge toll. Dues at Lund rise in May. Gulls do not pay. The toll is 4."
)
GUILD, DUES, GULLS, TOLL = (
    "The guild opposes the bridge toll.",
    "Dues at Lund rise in May.",
    "Gulls do not pay.",
    "The toll is 4.",
)
READING = Reading((), (), (), (), (), ())
DOCUMENTS = (
    Document("a.txt", TEXT, authors=("Ada Foll",), title="Tolls", date="2026-03-01"),
    Document("b.txt", TEXT, publisher="The Courier"),
    Document("c.txt", TEXT, authors=("Ilo Roke",)),
)


def finding(words: str, *, document: int = 0, score: float = 1.0, section: Section = "items"):
    """A finding of `words`."""
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    draft = Draft(
        section, document, (Piece(span),), ("author",), (), "asserted", quoted=False,
        stance="states", hedges=(), score=score,
    )  # fmt: skip
    return Finding(draft, (Evidence(document, span, words),))


def with_items(*items: Digest, matrix: Matrix = Matrix()) -> Findings:  # noqa: B008 - frozen
    """Findings of three documents."""
    bare = replace(
        FINDINGS, documents=DOCUMENTS, readings=(READING,) * 3, bottom_line=(), summary=(), claims=(),
        positions=(), contested=(), unknowns=(), refusals=(), timeline=(),
    )  # fmt: skip
    return replace(bare, items=items, matrix=matrix)


FIRST = Digest((0, 1), (finding(DUES), finding(GUILD), finding(GULLS)))
LAST = Digest((2,), (finding(GULLS, document=2, score=2.0),))


def test_an_item_has_its_best_lines_in_reading_order() -> None:
    """The most telling statements are kept, and read as they stand in the source."""
    (item, _) = compose(with_items(FIRST, LAST), Limits(items=5, lines=2)).items
    assert (item.id, item.title, item.voice, item.date) == (
        "item-1", "Tolls", "Ada Foll", "2026-03-01",
    )  # fmt: skip
    assert item.sources == (1, 2)
    assert [str(line.quotation) for line in item.lines] == [f"“{GUILD}”", f"“{DUES}”"]
    assert [line.id for line in item.lines] == ["item-1-line-1", "item-1-line-2"]


def test_an_item_does_not_say_the_bottom_line_again() -> None:
    """What stands above is not told again of its source, unless that says nothing else."""
    given = replace(with_items(FIRST, LAST), bottom_line=(finding(GUILD, section="bottom_line"),))
    (item, other) = compose(given, Limits(items=5, lines=2)).items
    assert [str(line.quotation) for line in item.lines] == [f"“{DUES}”", f"“{GULLS}”"]
    assert [str(line.quotation) for line in other.lines] == [f"“{GULLS}”"]
    only = replace(given, items=(Digest((0,), (finding(GUILD),)),))
    assert len(compose(only, Limits(items=5, lines=2)).items) == 1


def test_what_does_not_fit_is_named() -> None:
    """The sources with most to say stay, in their order; the others are listed as left out."""
    brief = compose(with_items(FIRST, LAST), Limits(items=1))
    assert [item.sources for item in brief.items] == [(3,)]
    assert [(cut.section, cut.items) for cut in brief.cut] == [("items", ("1. Tolls",))]


def test_a_template_without_items_leaves_none_out() -> None:
    """Where no items are wanted, none count as cut."""
    brief = compose(with_items(FIRST, LAST), Limits(items=0))
    assert brief.items == ()
    assert brief.cut == ()


def cell(actor: str, issue: str, words: str) -> Cell:
    """A cell with one telling."""
    evidence = finding(words).evidence
    telling = Telling("opposes", "reported", hedged=False, conditional=False, past=False, via=(), date=None, evidence=evidence)  # fmt: skip
    return Cell(actor, issue, (telling,))


MATRIX = Matrix(
    ("the guild", "Lund", "gulls"),
    ("bridge toll", "dues"),
    (
        cell("the guild", "bridge toll", GUILD),
        cell("Lund", "dues", DUES),
        cell("gulls", "dues", GULLS),
    ),
)


def test_themes() -> None:
    """A finding is about the issue that its words show a stand on, or that they name."""
    themes = Themes(MATRIX)
    assert themes.of(finding(GULLS)) == "dues"
    assert themes.of(finding(GULLS, document=2)) == ""
    assert themes.of(finding(DUES, document=2)) == "dues"
    assert themes.of(finding(TOLL)) == ""  # half of the name is another toll perhaps
    assert Themes(Matrix()).of(finding(DUES)) == ""


def test_a_matrix_keeps_its_first_rows_and_columns() -> None:
    """Rows without a cell in the columns that are left go as well, and all are listed."""
    brief = compose(with_items(matrix=MATRIX), Limits(actors=2, issues=1))
    assert brief.issues == ("bridge toll",)
    assert [row.actor for row in brief.matrix] == ["The guild"]
    assert [(cut.section, cut.items) for cut in brief.cut] == [
        ("matrix", ("Lund", "gulls", "dues"))
    ]


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"items": (Digest((7,), FIRST.findings),)}, r"items\[0\]\.documents\[0\]"),
        ({"items": (Digest((0,), ()),)}, r"items\[0\] is empty"),
        ({"matrix": replace(MATRIX, actors=())}, r"matrix\.cells\[0\]\.actor"),
        ({"matrix": replace(MATRIX, issues=())}, r"matrix\.cells\[0\]\.issue"),
        (
            {"matrix": replace(MATRIX, cells=(replace(MATRIX.cells[0], tellings=()),))},
            r"matrix\.cells\[0\]\.tellings is empty",
        ),
    ],
)
def test_edited_items_and_matrix_are_checked(changed: dict[str, object], place: str) -> None:
    """An edit that leads nowhere is told with its place."""
    findings = replace(FINDINGS, **changed)  # type: ignore[arg-type]
    with pytest.raises(FindingsError, match=place):
        load_findings(dump_findings(findings), where="brief.json")
