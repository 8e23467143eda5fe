"""What a PDF carries: it comes back whole, holds no source's text, and is checked when it is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sample_printed import DOCUMENTS, FOUND, PRINTED

from briefing.errors import VerificationError
from briefing.record import FORMAT, dump_record, load_record

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = dump_record(FOUND, PRINTED, fields=("claims",), page_text="the page")


def table() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(DATA)
    return loaded


def test_a_record_comes_back() -> None:
    """Every printed statement is read back with its words and its evidence in all sources."""
    record = load_record(DATA, where="brief.pdf")
    assert [one.id for one in record.statements] == [
        "bottom-line",
        "claim-1",
        "claim-2",
        "contested-1a",
        "contested-1b",
        "position-1",
        "event-1-line",
        "cell-1-1",
    ]
    bottom, cut, reworded = record.statements[:3]
    assert PRINTED.bottom_line
    assert bottom.quotation == str(PRINTED.bottom_line.quotation)
    assert [one.document for one in bottom.evidence] == [0, 1]
    assert cut.words == "“The board expects a grant […] it has asked the county for half”"
    assert reworded.words == PRINTED.claims[1].text
    assert record.fields == ("claims",)
    assert record.page_text == "the page"
    assert record.unknowns == PRINTED.unknowns


def test_sources_are_told_by_digest() -> None:
    """Each source is there with name, date, digest and length."""
    sources = load_record(DATA, where="brief.pdf").sources
    assert [one.number for one in sources] == [1, 2, 3]
    assert [one.sha256 for one in sources] == [one.sha256 for one in DOCUMENTS]
    assert [one.characters for one in sources] == [len(one.text) for one in DOCUMENTS]
    assert [one.date for one in sources] == ["2026-11-14", "2026-11-16", None]


def test_whole_texts_stay_out() -> None:
    """A record quotes its evidence and holds no text of a source; the same input is the same bytes."""
    assert "No ship called at the north quay in October" not in DATA.decode()
    assert all(document.text not in DATA.decode() for document in DOCUMENTS)
    assert dump_record(FOUND, PRINTED, fields=("claims",), page_text="the page") == DATA
    assert table()["format"] == FORMAT


CHANGES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda t: t.update(format="briefing-record/9"), "format 'briefing-record/9'"),
    (lambda t: t.pop("format"), "no record of a brief"),
    (lambda t: t["brief"].pop("claims"), "claims"),
    (lambda t: t["brief"]["claims"][0].update(sources="1"), r"\$\.brief\.claims\[0\]\.sources"),
    (lambda t: t["sources"].pop(), "document"),
    (lambda t: t["sources"][1].update(number=7), r"\$\.sources\[1\]\.number is 7"),
    (lambda t: t["evidence"]["claim-1"][0].update(document=9), r"claim-1\[0\]\.document is 9"),
    (lambda t: t["evidence"]["claim-1"][0].update(span=[5, 5]), r"claim-1\[0\]\.span is 5 to 5"),
    (lambda t: t["brief"]["claims"][0]["quotation"].update(parts=[]), "no words of a source"),
]


@pytest.mark.parametrize(("change", "message"), CHANGES)
def test_a_wrong_record_is_refused(
    change: Callable[[dict[str, Any]], object], message: str
) -> None:
    """The message names the PDF and the place."""
    changed = table()
    if message == "document":
        changed["sources"] = changed["sources"][:1]
    else:
        change(changed)
    with pytest.raises(VerificationError, match=message) as caught:
        load_record(json.dumps(changed).encode(), where="brief.pdf")
    assert caught.value.message.startswith("brief.pdf: its ")


@pytest.mark.parametrize("data", [b"", b"no", b"\xff\xfe", b"[]", b'{"format": 1}'])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    """Bytes of any kind are told to be no record."""
    with pytest.raises(VerificationError, match="no record of a brief"):
        load_record(data, where="brief.pdf")
