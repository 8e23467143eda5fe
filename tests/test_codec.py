"""Findings and JSON: what is written comes back, and what does not fit is named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_findings import BRIEF, DOCUMENT, FINDINGS
from strategies import quotable

from briefing.brief import Brief
from briefing.codec import brief_schema, dump_brief, dump_findings, load_findings
from briefing.errors import FindingsError
from briefing.findings import Contest, Draft, Evidence, Finding, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.document import Document
    from briefing.findings import Piece

SCHEMA = Path(__file__).parents[1] / "templates" / "briefing.schema.json"


def edited(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The sample's file after a person's `change`."""
    table = json.loads(dump_findings(FINDINGS))
    change(table)
    return json.dumps(table).encode()


CONTESTED = replace(
    FINDINGS, contested=(Contest("denial", "the ferry", FINDINGS.bottom_line * 2),)
)


def test_contests_come_back() -> None:
    """Both sides of a contest are written and read, and each is checked against its text."""
    data = dump_findings(CONTESTED)
    assert load_findings(data, where="brief.json") == CONTESTED
    table = json.loads(data)
    put("contested.0.sides.1.evidence.0.quote", "The ferry will stop")(table)
    with pytest.raises(FindingsError, match=r"\$\.contested\[0\]\.sides\[1\]\.evidence\[0\]"):
        load_findings(json.dumps(table).encode(), where="brief.json")


def test_a_contest_has_two_sides() -> None:
    """A side cannot be removed alone: the whole contest can."""
    table = json.loads(dump_findings(CONTESTED))
    table["contested"][0]["sides"].pop()
    with pytest.raises(FindingsError, match=r"contested\[0\]\.sides"):
        load_findings(json.dumps(table).encode(), where="brief.json")
    assert load_findings(edited(put("contested", [])), where="brief.json").contested == ()


def test_findings_come_back() -> None:
    """What was written is what is read."""
    assert load_findings(dump_findings(FINDINGS), where="brief.json") == FINDINGS


def test_a_brief_carries_its_findings_and_what_was_printed() -> None:
    """The file of a brief can be read as findings; what was cut for space stands in it."""
    data = dump_brief(FINDINGS, BRIEF)
    assert load_findings(data, where="brief.json") == FINDINGS
    printed = json.loads(data)["brief"]
    assert printed["cut"] == [
        {"section": "claims", "count": 1, "items": ["Per Aske writes: “The ferry may stop”"]}
    ]
    assert printed["bottom_line"]["quotation"]["evidence"][0]["quote"] in DOCUMENT.text


def test_the_file_is_made_for_people() -> None:
    """It is indented UTF-8, spans stand on one line, and the texts come after the findings."""
    text = dump_findings(FINDINGS).decode()
    assert text.startswith('{\n  "format": "briefing/1",\n  "title": "The ferry to Ostwick",\n')
    assert '"span": [0, 39]' in text
    assert "“We cannot pay for it,”" in text
    assert text.index('"bottom_line"') < text.index('"documents"') < text.index('"readings"')
    assert text.endswith("}\n")


def test_the_same_findings_have_the_same_bytes() -> None:
    """The order of keys is fixed, also after reading."""
    data = dump_findings(FINDINGS)
    assert dump_findings(load_findings(data, where="brief.json")) == data


def test_layout_changes_no_text() -> None:
    """Words that look like lists of numbers stay as they are."""
    odd = replace(FINDINGS, title="[\n  1,\n  2\n]", focus='"[\\n 3 \\n]"', notices=("[1,\n2]",))
    assert load_findings(dump_findings(odd), where="brief.json") == odd


@given(quotable(), st.text(), st.text())
def test_any_finding_survives(
    case: tuple[Document, tuple[Piece, ...]], title: str, issue: str
) -> None:
    """Whatever the text and the words quoted of it, findings come back as they were."""
    document, pieces = case
    evidence = tuple(Evidence(0, piece.span, document[piece.span]) for piece in pieces)
    draft = Draft("summary", 0, pieces, ("A",), (), "asserted", False, "states", (), issue=issue)
    findings = replace(
        FINDINGS,
        title=title,
        documents=(document,),
        readings=(Reading((), (), (), (), (), ()),),
        bottom_line=(),
        summary=(Finding(draft, evidence),) if pieces else (),
    )
    assert load_findings(dump_findings(findings), where="brief.json") == findings


def test_items_can_be_removed_and_titles_changed() -> None:
    """A person may leave an item out and reword what is not a source's."""

    def edit(table: dict[str, Any]) -> None:
        table["title"] = "No ferry?"
        table["bottom_line"].clear()
        table["documents"][0]["publisher"] = "Ostwick Herald"

    findings = load_findings(edited(edit), where="brief.json")
    assert (findings.title, findings.bottom_line) == ("No ferry?", ())
    assert findings.documents[0].publisher == "Ostwick Herald"


def put(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """An edit that puts `value` at `path`, with dots between its steps."""

    def edit(table: Any) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            table = table[step]
        table[last] = value

    return edit


EVIDENCE = "bottom_line.0.evidence.0"


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (f"{EVIDENCE}.quote", "The ferry will stop", "$.bottom_line[0].evidence[0].quote"),
        (f"{EVIDENCE}.span", [0, 38], "$.bottom_line[0].evidence[0].quote"),
        (f"{EVIDENCE}.span", [0, 999], "$.bottom_line[0].evidence[0].span"),
        (f"{EVIDENCE}.document", 1, "$.bottom_line[0].evidence[0].document"),
        ("bottom_line.0.evidence", [], "$.bottom_line[0].evidence"),
        ("bottom_line.0.origins", 2, "$.bottom_line[0].origins"),
        ("bottom_line.0.origins", 0, "$.bottom_line[0].origins"),
        ("bottom_line.0.draft.document", -1, "$.bottom_line[0].draft.document"),
        ("bottom_line.0.draft.pieces", [], "$.bottom_line[0].draft.pieces"),
        ("bottom_line.0.draft.pieces.0.span", [3, 3], "$.bottom_line[0].draft.pieces[0].span"),
        ("bottom_line.0.draft.pieces.0.span", [5, 3], "$.bottom_line[0].draft.pieces[0].span"),
        ("bottom_line.0.draft.hedges", [[0, 99]], "$.bottom_line[0].draft.hedges[0]"),
        ("bottom_line.0.draft.basis", "rumoured", "$.bottom_line[0].draft.basis"),
        ("unknowns.0.documents", [1], "$.unknowns[0].documents[0]"),
        ("readings", [], "$.readings"),
        ("readings.0.salience", [0.5], "$.readings[0].salience"),
        ("readings.0.sentences.1.span", [40, 99], "$.readings[0].sentences[1].span"),
        ("readings.0.statements.1.sentence", 2, "$.readings[0].statements[1].sentence"),
        ("readings.0.statements.1.cue", [[-1, 4]], "$.readings[0].statements[1].cue[0]"),
        ("readings.0.claims.0.span", [0, 99], "$.readings[0].claims[0].span"),
        ("readings.0.positions.0.mention", [0, 99], "$.readings[0].positions[0].mention"),
        ("readings.0.positions.0.evidence", [[0, 99]], "$.readings[0].positions[0].evidence[0]"),
        ("readings.0.actors.0.mentions", [[0, 99]], "$.readings[0].actors[0].mentions[0]"),
        ("documents.0.body_start", 99, "$.documents[0].body_start"),
        ("documents.0.headings", [[0, 99]], "$.documents[0].headings[0]"),
        ("documents.0.text", "Other words.", "$.readings[0].sentences[0].span"),
        ("documents.0.name", 3, "$.documents[0].name"),
        ("title", None, "$.title"),
        ("date", "22 November", "$.date"),
        ("date", "20261122", "$.date"),
        ("documents.0.date", "soon", "$.documents[0].date"),
        ("note", "checked by hand", "$.note"),
    ],
)
def test_what_does_not_fit_is_named(path: str, value: object, told: str) -> None:
    """A wrong edit is an error that names the file, the place and what to do."""
    with pytest.raises(FindingsError) as caught:
        load_findings(edited(put(path, value)), where="my/brief.json")
    assert caught.value.message.startswith("my/brief.json: ")
    assert told in caught.value.message
    assert caught.value.hint


def test_an_unknown_key_is_answered_with_the_near_one() -> None:
    """A key that nothing reads would be an edit without effect."""
    with pytest.raises(FindingsError, match=r"\$\.titel") as caught:
        load_findings(edited(put("titel", "Dues")), where="brief.json")
    assert "Did you mean `title`?" in caught.value.hint


def test_an_undated_document_is_as_good() -> None:
    """The date of a document may be null."""
    findings = load_findings(edited(put("documents.0.date", None)), where="brief.json")
    assert findings.documents[0].date is None


def test_a_refusal_of_no_document_is_named() -> None:
    """A refusal, too, belongs to one of the documents."""
    refusal = {"reason": "not found", "text": "x", "section": "summary", "document": 4}
    with pytest.raises(FindingsError, match=r"\$\.refusals\[0\]\.document"):
        load_findings(edited(put("refusals", [refusal])), where="brief.json")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "not a brief.json"),
        (b"%PDF-1.7", "not a brief.json"),
        (b'{"title": "x"}', "format"),
        (b"\xff\xfe", "not a brief.json"),
        (b'{"format": "briefing/9"}', "briefing/9"),
        (b'{"format": "briefing/1"}', "title"),
    ],
)
def test_what_is_no_findings_is_refused(data: bytes, told: str) -> None:
    """Other files and other versions are errors that say so."""
    with pytest.raises(FindingsError, match=told) as caught:
        load_findings(data, where="brief.json")
    assert caught.value.hint


def test_the_shipped_schema_is_current() -> None:
    """After a change of `Brief`: briefing templates show --schema > templates/…schema.json."""
    assert SCHEMA.read_bytes() == brief_schema()


def test_the_schema_tells_what_a_template_sees() -> None:
    """Every field of a brief stands in the schema with what it means."""
    schema = json.loads(brief_schema())["$defs"]
    assert list(schema["Brief"]["properties"]) == [*Brief.__dataclass_fields__]
    for record in ("Brief", "Line", "Dispute", "Quotation", "Method"):
        assert all("description" in field for field in schema[record]["properties"].values())
        assert "Attributes:" not in schema[record]["description"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("draft.text", "The ferry stops."),
        ("draft.holders", ["Somebody else"]),
        ("draft.stance", "rejects"),
        ("draft.basis", "inferred"),
        ("origins", 1),
    ],
)
def test_what_was_edited_is_known(path: str, value: object) -> None:
    """A finding with other words, holder, stance or basis is marked; one that stayed is not."""
    found = load_findings(edited(put(f"bottom_line.0.{path}", value)), where="brief.json")
    is_other = path != "origins"
    assert [each.edited for each in found.bottom_line] == [is_other]
    assert not any(each.edited for each in (*found.summary, *found.claims, *found.positions))
    again = load_findings(dump_findings(found), where="brief.json")
    assert [each.edited for each in again.bottom_line] == [is_other]


def test_leaving_out_and_moving_is_no_edit_of_what_stays() -> None:
    """The order and number of findings are an editor's to choose."""

    def change(table: dict[str, Any]) -> None:
        table["summary"] = table["bottom_line"] + table["summary"][:1]
        table["bottom_line"] = []

    found = load_findings(edited(change), where="brief.json")
    assert found.summary
    assert not any(each.edited for each in found.summary)


def test_a_mark_that_is_taken_away_is_set_again() -> None:
    """Only what was verified can be unmarked."""
    change = put("bottom_line.0.draft.text", "The ferry stops.")
    marked = load_findings(edited(change), where="brief.json")
    table = json.loads(dump_findings(marked))
    table["bottom_line"][0]["edited"] = False
    (found,) = load_findings(json.dumps(table).encode(), where="brief.json").bottom_line
    assert found.edited


def test_a_file_without_seals_is_taken_as_it_is() -> None:
    """An example for a template is written by hand as a whole."""

    def change(table: dict[str, Any]) -> None:
        del table["seals"]
        table["bottom_line"][0]["draft"]["text"] = "The ferry stops."

    assert not load_findings(edited(change), where="brief.json").bottom_line[0].edited
