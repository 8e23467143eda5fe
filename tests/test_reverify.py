"""A finished PDF once more: what was changed in page, record or sources is found and named."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import weasyprint
from sample_printed import DOCUMENTS, FOUND, PRINTED, page

from briefing.document import Document
from briefing.record import dump_record
from briefing.render.text import pdf_text
from briefing.reverify import NotCheckedError, Verification, as_text, reverify

if TYPE_CHECKING:
    from collections.abc import Callable

FIELDS = ("bottom_line", "claims", "contested", "positions", "timeline", "unknowns")
EXTRA = Document("new.txt", "Nothing of it.", sha256="1" * 64)
LEAD = "Jon Wick writes: “The harbour"


def printed(html: str, record: bytes | None, name: str = "brief.json") -> bytes:
    """A PDF of a page that carries a record."""
    files = [weasyprint.Attachment(string=record, name=name)] if record is not None else None
    pdf: bytes = weasyprint.HTML(string=html).write_pdf(attachments=files)
    return pdf


@cache
def text() -> str:
    """The text of the untouched page."""
    return pdf_text(printed(page(PRINTED), None))


@cache
def record(*, whole: bool) -> bytes:
    """The record of the untouched page, with its text or without."""
    return dump_record(FOUND, PRINTED, fields=FIELDS, page_text=text() if whole else "")


def checked(
    *documents: Document, data: bytes | None = None, changes: dict[str, str] | None = None
) -> Verification:
    """The sample's PDF, perhaps changed, checked against the sample's sources or others."""
    pdf = printed(page(PRINTED, changes=changes), data or record(whole=False))
    return reverify(pdf, documents or DOCUMENTS, where="brief.pdf")


def states(found: Verification, kind: str) -> list[str]:
    """The states of one kind that are not ok."""
    return [one.state for one in found.checks if one.kind == kind and one.state != "ok"]


def forged(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The sample's record after a person's change."""
    table = json.loads(record(whole=False))
    change(table)
    return json.dumps(table).encode()


@pytest.mark.parametrize("whole", [False, True])
def test_an_untouched_brief_holds(*, whole: bool) -> None:
    """Everything is looked at, and everything is as it was."""
    found = checked(data=record(whole=whole))
    assert found.holds, as_text(found)
    kinds = {one.kind for one in found.checks}
    assert kinds == {"source", "evidence", "statement", "quotation"} | (
        {"page"} if whole else set()
    )
    pages = {one.page for one in found.checks if one.kind == "statement"}
    assert pages == {1}
    assert as_text(found).endswith("Everything holds.")


def test_what_was_edited_is_told_and_holds() -> None:
    """The page has what its record says; that nothing checked it since is for the reader to know."""
    claims = tuple(replace(line, edited=True) for line in PRINTED.claims)
    found = checked(data=dump_record(FOUND, replace(PRINTED, claims=claims), fields=FIELDS))
    assert states(found, "statement") == ["edited"] * len(claims)
    assert found.holds
    told = as_text(found)
    assert f"EDITED  {claims[0].id}: edited by hand" in told
    assert told.endswith("Everything holds.")


def test_a_source_may_move() -> None:
    """A source is known by its digest, whatever its name and place in the list."""
    moved = [replace(one, name=f"away/{at}.txt") for at, one in enumerate(DOCUMENTS)]
    found = checked(*reversed(moved))
    assert found.holds
    assert "given as away/0.txt" in as_text(found)


def test_a_changed_source_is_told() -> None:
    """A source of the same name and another digest is changed; so are words that moved in it."""
    other = replace(DOCUMENTS[1], text="Late news. " + DOCUMENTS[1].text, sha256="0" * 64)
    found = checked(DOCUMENTS[0], other, DOCUMENTS[2])
    assert not found.holds
    assert states(found, "source") == ["changed"]
    assert set(states(found, "evidence")) == {"changed"}


def test_a_missing_source_is_told() -> None:
    """Without a source, what rests on it cannot be checked; other sources are only noted."""
    found = checked(DOCUMENTS[0], DOCUMENTS[2], EXTRA)
    assert states(found, "source") == ["missing", "extra"]
    assert set(states(found, "evidence")) == {"missing"}
    assert states(found, "quotation") == []
    assert "2 of 3 sources as they were" in as_text(found)


def test_a_text_that_is_no_source_is_named_and_not_counted() -> None:
    """The brief holds by its own sources, however many other texts are given with them."""
    others = [replace(EXTRA, name=f"new-{at}.txt") for at in range(3)]
    found = checked(*DOCUMENTS, *others)
    assert found.holds
    told = as_text(found)
    assert "3 of 3 sources as they were" in told
    for each in others:
        assert f"EXTRA  {each.name}: is none of the brief's sources" in told


def test_a_quotation_that_only_another_text_has_is_misattributed() -> None:
    """What is no source carries no quotation, though it has the words."""
    text = DOCUMENTS[1].text.replace("6 million", "60 million")
    lost = replace(DOCUMENTS[1], text=text, sha256="0" * 64)
    other = replace(EXTRA, text=DOCUMENTS[1].text)
    found = checked(DOCUMENTS[0], lost, DOCUMENTS[2], other)
    assert states(found, "quotation") == ["misattributed"]
    assert "stands in new.txt, and in none of the brief's sources" in as_text(found)


def test_a_quotation_that_no_source_has_is_fabricated() -> None:
    """Words that stand in no source any more are called so, in the record and on the page."""
    text = DOCUMENTS[1].text.replace("will pay nothing for lamps", "will pay for all lamps")
    found = checked(DOCUMENTS[0], replace(DOCUMENTS[1], text=text, sha256="0" * 64), DOCUMENTS[2])
    assert "fabricated" in states(found, "evidence")


def test_a_quotation_of_another_source_is_misattributed() -> None:
    """Words that a record gives to the wrong source are found in the right one."""

    def swap(table: dict[str, Any]) -> None:
        six = table["brief"]["contested"][0]["other"]
        six["quotation"]["evidence"][0]["document"] = 0
        table["evidence"].pop("contested-1b")

    found = checked(data=forged(swap))
    assert states(found, "evidence") == ["misattributed"]
    assert "stands in source 2, not in source 1" in as_text(found)


def test_a_forged_record_is_found() -> None:
    """Other words on the page and in the record do not pass: the sources do not have them."""

    def forge(table: dict[str, Any]) -> None:
        six = table["brief"]["contested"][0]["other"]
        six["quotation"]["parts"][0][1] = "The work will cost 9 million crowns."

    found = checked(data=forged(forge), changes={"6 million": "9 million"})
    assert states(found, "evidence") == ["fabricated"]
    assert states(found, "quotation") == ["fabricated"]


TAMPERED = {
    "a word of a quotation": ({"4 million": "5 million"}, "contested-1a"),
    "a hedge dropped": ({"board may replace": "board will replace"}, "bottom-line"),
    "the holder": ({LEAD: LEAD.replace("Jon Wick", "Edda Marsh")}, "bottom-line"),
    "the chain": ({"according to Ruta Fenn, ": ""}, "position-1"),
    "a reworded sentence": ({"ninety years old": "nineteen years old"}, "claim-2"),
    "a statement gone": (
        {"Edda Marsh writes: “The work will cost 6 million crowns.”": ""},
        "contested-1b",
    ),
}


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_page_is_found(name: str, *, whole: bool) -> None:
    """A page changed with its record left as it was does not hold, and the place is named."""
    changes, told = TAMPERED[name]
    found = checked(data=record(whole=whole), changes=changes)
    wrong = [
        one.what for one in found.checks if one.kind == "statement" and one.state == "altered"
    ]
    assert wrong == [told], as_text(found)


@pytest.mark.parametrize(
    ("added", "kind", "state"),
    [
        ("Nils Orr writes: “The quay is closed.”", "quotation", "fabricated"),
        (
            "Nils Orr writes: “No ship called at the north quay in October.”",
            "quotation",
            "altered",
        ),
        ("The quay will be closed for good.", "page", "altered"),
    ],
)
def test_an_added_claim_is_found(added: str, kind: str, state: str) -> None:
    """What the page has beyond its record is found, without quotation marks too."""
    end = "There is no second source."
    found = checked(data=record(whole=True), changes={end: f"{end} {added}"})
    assert states(found, kind) == [state]
    assert "page 1" in as_text(found)


def test_line_breaks_and_pages_do_not_matter() -> None:
    """Narrow columns and statements that run over to the next page are found all the same."""
    narrow = "<style>@page { size: 45mm 60mm; margin: 8mm 3mm; @top-center { content: 'Page ' counter(page) } }</style>"
    pdf = printed(narrow + page(PRINTED), record(whole=False))
    assert pdf_text(pdf).count("\f") > 3
    found = reverify(pdf, DOCUMENTS, where="brief.pdf")
    assert states(found, "statement") == [], as_text(found)


def test_what_no_template_prints_is_not_missed() -> None:
    """Without a word on what is printed, a section of which nothing is there was not meant to be."""
    data = dump_record(FOUND, PRINTED)
    assert checked(data=data).holds
    found = checked(data=data, changes={"4 million": "5 million"})
    assert states(found, "statement") == ["altered"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: b"no PDF", "is no PDF"),
        (lambda: printed("<p>bare", None), "carries no brief.json"),
        (lambda: printed("<p>bare", b"{}", "other.json"), "carries no brief.json"),
        (lambda: printed("<p>bare", b"{}"), "no record of a brief"),
    ],
)
def test_what_cannot_be_checked_is_told(make: Callable[[], bytes], message: str) -> None:
    """Another file, or a PDF without a record, leaves with the code for what could not be checked."""
    with pytest.raises(NotCheckedError, match=message) as caught:
        reverify(make(), DOCUMENTS, where="some.pdf")
    assert caught.value.exit_code == 4


def test_states_are_styled_by_the_caller() -> None:
    """Whoever shows it colours the states."""
    found = checked(changes={"4 million": "5 million"})
    told = as_text(found, style=lambda text, state: f"<{state}>{text}</>")
    assert "<altered>ALTERED</>  contested-1a" in told
    assert told.endswith("Something does not hold.")
