"""JSON lines: every line is answered, in order, and a bad one stops no other."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_findings import DOCUMENT, FINDINGS, FIRST, READING, SECOND, TEXT, FakeDesk

from briefing.bulk import (
    BATCH_LINES,
    BATCH_SENTENCES,
    Tally,
    check,
    claims,
    extract,
    ranked,
    summarise,
    summary,
    write,
)
from briefing.document import Span
from briefing.errors import OutputError, SourceError
from briefing.findings import Claim
from briefing.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from briefing.document import Document
    from briefing.findings import Reading

DESK = FakeDesk(Settings())


def line(**fields: Any) -> bytes:
    """One line of JSON."""
    return json.dumps(fields).encode() + b"\n"


def answers(*lines: bytes) -> list[dict[str, Any]]:
    """What `extract` answers."""
    return [json.loads(result.line) for result in extract(lines, DESK.readings)]


def test_a_text_is_answered_with_all_that_was_found() -> None:
    """The answer has exactly the keys and spans of the bulk interface."""
    (result,) = extract([line(id=7, text=TEXT)], lambda _: [READING])
    assert result.ok
    assert json.loads(result.line) == {
        "id": 7,
        "sentences": [[0, 39], [40, 79]],
        "salience": [0.75, 0.5],
        "statements": [
            {
                "source": [],
                "cue": [],
                "content": [[0, 39]],
                "holders": ["Per Aske"],
                "via": [],
                "basis": "asserted",
                "quoted": False,
                "hedges": [[21, 24]],
                "resolved": True,
            },
            {
                "source": [[69, 78]],
                "cue": [[64, 68]],
                "content": [[41, 61]],
                "holders": ["Ilse Morn"],
                "via": ["the ferry board"],
                "basis": "reported",
                "quoted": True,
                "hedges": [],
                "resolved": True,
            },
        ],
        "claims": [{"span": [0, 39], "score": 0.8, "holders": ["Per Aske"]}],
        "positions": [
            {
                "actor": "Ilse Morn",
                "mention": [69, 78],
                "stance": "rejects",
                "issue": "the ferry",
                "evidence": [[41, 61]],
                "basis": "reported",
                "hedged": False,
                "quoted": False,
                "via": [],
                "conditional": False,
                "past": False,
            }
        ],
    }


def test_documents_are_answered_together() -> None:
    """With a list of texts, every span starts with the number of its text."""
    (found,) = answers(line(id="a", documents=["One.", "Two, too."]))
    assert found["sentences"] == [[0, 0, 4], [1, 0, 9]]
    assert [each["content"] for each in found["statements"]] == [[[0, 0, 4]], [[1, 0, 9]]]
    assert found["salience"] == [1.0, 1.0]


def test_the_holder_of_a_plain_text_is_its_author() -> None:
    """Nothing is known of a text but its words."""
    (found,) = answers(line(id=1, text="We agree."))
    assert found["statements"][0]["holders"] == ["author"]


@pytest.mark.parametrize("name", ["x", "ü “1”", 3, -1, 2.5, 12345678901234567890123, "\ud800"])
def test_ids_are_kept(name: object) -> None:
    """An id comes back as it was given, string or number."""
    assert answers(line(id=name, text="a"))[0]["id"] == name


@pytest.mark.parametrize(
    ("bad", "name", "told"),
    [
        (b"nope", None, "line 2 is not JSON"),
        (b'{"id": 1, "text": "\xff"}', None, "line 2 is not JSON"),
        (b"[" * 100_000, None, "line 2 is not JSON"),
        (b"[]", None, 'line 2 has no "id"'),
        (line(text="a"), None, 'line 2 has no "id"'),
        (line(id=None, text="a"), None, 'line 2 has no "id"'),
        (line(id=True, text="a"), None, 'line 2 has no "id"'),
        (line(id=5), 5, "line 2 needs"),
        (line(id=5, text=3), 5, "line 2 needs"),
        (line(id=5, text="a", documents=["a"]), 5, "line 2 needs"),
        (line(id=5, documents="a"), 5, "line 2 needs"),
        (line(id=5, documents=["a", 3]), 5, "line 2 needs"),
        (line(id=5, text="a bug"), 5, "ZeroDivisionError: a bug"),
        (line(id=5, documents=["fine", "a bug"]), 5, "ZeroDivisionError: a bug"),
    ],
)
def test_a_bad_line_is_answered_with_its_error(bad: bytes, name: object, told: str) -> None:
    """The lines around a bad one are answered; its own answer says what is wrong."""
    first, error, last = answers(line(id="a", text="One."), bad, line(id="b", text="Two."))
    assert (first["id"], last["id"]) == ("a", "b")
    assert "error" not in first | last
    assert error["id"] == name
    assert told in error["error"]


def test_an_error_of_ours_says_what_to_do() -> None:
    """The hint of an error stands in the answer."""

    def fail(_: Sequence[Document]) -> Sequence[Reading]:
        raise SourceError("no words", hint="Give some.")

    (result,) = extract([line(id=1, text="")], fail)
    assert json.loads(result.line) == {"id": 1, "error": "no words. Give some."}
    assert not result.ok


def test_half_a_character_moves_no_offset() -> None:
    """A text that was cut within a surrogate pair is read, its other words in their places."""
    (found,) = answers(b'{"id": 1, "text": "a \\ud83d b"}')
    assert found["sentences"] == [[0, 5]]


@given(st.lists(st.sampled_from([b"\n", b"  \n", b"nope\n", b"ok", b"bug"]), max_size=60))
def test_every_line_that_is_not_blank_is_answered_in_order(kinds: list[bytes]) -> None:
    """As many answers as lines with something on them, whatever goes wrong between."""
    lines = [
        line(id=number, text=kind.decode()) if kind in (b"ok", b"bug") else kind
        for number, kind in enumerate(kinds)
    ]
    expected = [
        (None if kind == b"nope\n" else number, kind != b"ok")
        for number, kind in enumerate(kinds)
        if kind.strip()
    ]
    assert [(found["id"], "error" in found) for found in answers(*lines)] == expected


def test_lines_are_taken_as_they_are_needed() -> None:
    """An endless input is answered with no more than one batch in hand."""
    taken = []

    def endless() -> Iterator[bytes]:
        for number in count():
            taken.append(number)
            yield line(id=number, text="a")

    results = extract(endless(), DESK.readings)
    for _ in range(3):
        next(results)
    assert len(taken) <= BATCH_LINES


def test_a_byte_order_mark_is_no_part_of_the_first_line() -> None:
    """Some editors put one."""
    assert answers(b"\xef\xbb\xbf" + line(id=1, text="a"))[0]["id"] == 1


def test_summaries_have_their_text_and_spans() -> None:
    """The selected sentences stand in the answer as they stand in the text."""

    def select(documents: Sequence[Document], _: str | None) -> list[tuple[int, Span]]:
        return [(index, Span(0, 3)) for index in range(len(documents))]

    lines = [line(id=1, text="One two"), line(id=2, documents=["Uno due", "Eka toka"]), b"[]"]
    *found, error = (json.loads(result.line) for result in summarise(lines, select))
    assert found == [
        {"id": 1, "summary": "One", "spans": [[0, 3]]},
        {"id": 2, "summary": "Uno Eka", "spans": [[0, 0, 3], [1, 0, 3]]},
    ]
    assert "error" in error


def test_a_line_may_have_a_focus_of_its_own() -> None:
    """It is handed on as it stands, an empty one too; a line without one leaves it to the rest."""
    asked: list[str | None] = []

    def select(_: Sequence[Document], focus: str | None) -> list[tuple[int, Span]]:
        asked.append(focus)
        if focus == "trams":
            raise SourceError("nothing about trams", hint="Name another.")
        return [(0, Span(0, 3))]

    lines = [
        line(id=0, text="One"),
        line(id=1, text="One", focus="ferries"),
        line(id=2, documents=["One"], focus="trams"),
        line(id=3, text="One", focus=""),
        line(id=4, text="One", focus=None),
        line(id=5, text="One", focus=["ferries"]),
        line(id=6, focus="ferries"),
        b'{"id": 7, "text": "One", "focus": "a \\ud83d"}',
    ]
    found = [json.loads(result.line) for result in summarise(lines, select)]
    assert asked == [None, "ferries", "trams", "", None, "a \ufffd"]
    assert [each["id"] for each in found] == list(range(8))
    assert ["error" in each for each in found] == [
        False,
        False,
        True,
        *[False] * 2,
        *[True] * 2,
        False,
    ]
    assert found[2]["error"] == "nothing about trams. Name another."
    assert found[5]["error"] == 'line 6 needs a string as "focus", or none'


def scores(*lines: bytes) -> list[dict[str, Any]]:
    """What `claims` answers."""
    return [json.loads(result.line) for result in claims(lines, DESK.worth)]


def test_a_sentence_is_answered_with_its_score() -> None:
    """The answer has the id and the score, and no more; a sentence may be empty."""
    assert scores(line(id=7, sentence="Two boats sank."), line(id="x", sentence="")) == [
        {"id": 7, "score": 0.3},
        {"id": "x", "score": 0.0},
    ]


@pytest.mark.parametrize(
    ("bad", "name", "told"),
    [
        (b"nope", None, "line 2 is not JSON"),
        (b"[]", None, 'line 2 has no "id"'),
        (line(sentence="a"), None, 'line 2 has no "id"'),
        (line(id=5), 5, 'line 2 needs a string "sentence"'),
        (line(id=5, text="a"), 5, 'line 2 needs a string "sentence"'),
        (line(id=5, sentence=["a"]), 5, 'line 2 needs a string "sentence"'),
        (line(id=5, sentence=None), 5, 'line 2 needs a string "sentence"'),
        (line(id=5, sentence="a bug"), 5, "ZeroDivisionError: a bug"),
    ],
)
def test_a_bad_sentence_is_answered_with_its_error(bad: bytes, name: object, told: str) -> None:
    """The sentences around a bad line are scored."""
    first, error, last = scores(line(id="a", sentence="One."), bad, line(id="b", sentence="Two."))
    assert (first, last) == ({"id": "a", "score": 0.1}, {"id": "b", "score": 0.1})
    assert error["id"] == name
    assert told in error["error"]


@given(st.lists(st.sampled_from(["", "One.", "One and two.", "bug"]), max_size=200))
def test_sentences_are_answered_in_order(sentences: list[str]) -> None:
    """Each by itself, however many there are and whatever goes wrong between."""
    lines = [line(id=number, sentence=sentence) for number, sentence in enumerate(sentences)]
    found = scores(*lines)
    assert [answer["id"] for answer in found] == list(range(len(sentences)))
    assert [answer.get("score") for answer in found] == [
        None if sentence == "bug" else len(sentence.split()) / 10 for sentence in sentences
    ]


def test_sentences_are_scored_many_at_once() -> None:
    """Reading many together takes the model less time; the score is cut to four places."""
    asked = []

    def worth(sentences: Sequence[str]) -> list[float]:
        asked.append(len(sentences))
        return [1 / 3] * len(sentences)

    lines = [line(id=number, sentence="a") for number in range(BATCH_SENTENCES + 1)]
    assert {json.loads(result.line)["score"] for result in claims(lines, worth)} == {0.3333}
    assert asked == [BATCH_SENTENCES, 1]


def test_half_a_character_in_a_sentence_is_stood_in_for() -> None:
    """A sentence that was cut within a surrogate pair can be read."""
    read: list[str] = []

    def worth(sentences: Sequence[str]) -> list[float]:
        read.extend(sentences)
        return [0.0]

    list(claims([b'{"id": 1, "sentence": "a \\ud83d"}'], worth))
    assert read == ["a \ufffd"]


def verdicts(*lines: bytes) -> list[dict[str, Any]]:
    """What `check` answers."""
    return [json.loads(result.line) for result in check(lines, DESK.answers)]


def test_a_claim_is_answered_with_its_verdict() -> None:
    """The answer has score, verdict and places, and no more; the score is cut to four places."""
    lines = (
        line(id=7, document="No ferry sails.", claim="ferry"),
        line(id="x", document="", claim="a"),
    )
    assert verdicts(*lines) == [
        {"id": 7, "score": 0.6667, "supported": True, "evidence": [[3, 8]]},
        {"id": "x", "score": 0.0, "supported": False, "evidence": []},
    ]


@pytest.mark.parametrize(
    ("bad", "name", "told"),
    [
        (b"nope", None, "line 2 is not JSON"),
        (b"[]", None, 'line 2 has no "id"'),
        (line(document="a", claim="a"), None, 'line 2 has no "id"'),
        (line(id=5, claim="a"), 5, 'line 2 needs a string "document" and a string "claim"'),
        (line(id=5, document="a"), 5, "line 2 needs"),
        (line(id=5, document="a", claim=" \n"), 5, "with a word in it"),
        (line(id=5, document="a", claim="!?"), 5, "with a word in it"),
        (line(id=5, document=["a"], claim="a"), 5, "line 2 needs"),
        (line(id=5, document="a", claim=None), 5, "line 2 needs"),
        (line(id=5, sentence="a"), 5, "line 2 needs"),
        (line(id=5, document="a", claim="a bug"), 5, "ZeroDivisionError: a bug"),
    ],
)
def test_a_bad_claim_is_answered_with_its_error(bad: bytes, name: object, told: str) -> None:
    """The claims around a bad line are answered, as they are without it."""
    good = [line(id=each, document="One.", claim="One") for each in "ab"]
    first, error, last = verdicts(good[0], bad, good[1])
    assert [first, last] == verdicts(*good)
    assert (error["id"], told in error["error"]) == (name, True)


@given(st.lists(st.sampled_from(["ferry", "tram", "bug"]), max_size=3 * BATCH_LINES))
def test_claims_are_answered_in_order(asked: list[str]) -> None:
    """Each by itself, however many there are and whatever goes wrong between."""
    lines = [line(id=at, document=TEXT, claim=claim) for at, claim in enumerate(asked)]
    found = verdicts(*lines)
    assert [answer["id"] for answer in found] == list(range(len(asked)))
    expected = {"ferry": True, "tram": False, "bug": None}
    assert [answer.get("supported") for answer in found] == [expected[each] for each in asked]


def test_half_a_character_moves_no_evidence() -> None:
    """A document that was cut within a surrogate pair is read, and so is such a claim."""
    given = b'{"id": 1, "document": "\\ud83d a\\ud83d", "claim": "a\\ud83d"}'
    assert verdicts(given)[0]["evidence"] == [[2, 4]]


def test_claims_are_ranked_over_all_documents() -> None:
    """The highest score first, each with its words, its holders and its place."""
    low, high = (
        replace(READING, claims=(Claim(span, score, ("Per Aske",)),))
        for span, score in ((FIRST, 0.2), (SECOND, 0.9))
    )
    found = ranked((DOCUMENT, DOCUMENT), (low, high))
    assert [each["score"] for each in found] == [0.9, 0.2]
    assert found[0] == {
        "score": 0.9,
        "claim": DOCUMENT[SECOND],
        "holders": ("Per Aske",),
        "span": [1, *SECOND],
        "document": "ferry.txt",
    }


def test_a_summary_names_its_documents() -> None:
    """One summary for print says where each sentence stands."""
    assert summary(FINDINGS.documents, [(0, FIRST), (0, SECOND)]) == {
        "summary": f"{DOCUMENT[FIRST]} {DOCUMENT[SECOND]}",
        "spans": [[0, 0, 39], [0, 40, 79]],
        "documents": ["ferry.txt"],
    }


def test_results_are_written_and_counted(tmp_path: Path) -> None:
    """To a file in a new folder, or to standard output, one a line, bad ones counted."""
    lines = [line(id=1, text="ä"), b"nope", line(id=2, text="b")]
    path, stdout = tmp_path / "new" / "out.jsonl", BytesIO()
    assert write(extract(lines, DESK.readings), path, stdout, force=False) == Tally(3, 1)
    assert stdout.getvalue() == b""
    assert write(extract(lines, DESK.readings), None, stdout, force=False) == Tally(3, 1)
    assert path.read_bytes() == stdout.getvalue()
    assert [json.loads(each)["id"] for each in path.read_text("utf-8").splitlines()] == [
        1,
        None,
        2,
    ]


def test_an_interrupt_leaves_no_half_file(tmp_path: Path) -> None:
    """Until all is answered, the old file stays."""
    path = tmp_path / "out.jsonl"
    path.write_bytes(b"old")

    def interrupted() -> Iterator[bytes]:
        yield from [line(id=number, text="a") for number in range(BATCH_LINES)]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(extract(interrupted(), DESK.readings), path, BytesIO(), force=True)
    assert [each.name for each in tmp_path.iterdir()] == ["out.jsonl"]
    assert path.read_bytes() == b"old"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file in the place of a folder is an error, before anything is read."""
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(OutputError):
        write(extract([], DESK.readings), tmp_path / "taken" / "out.jsonl", BytesIO(), force=True)


def test_what_was_not_written_here_stays(tmp_path: Path) -> None:
    """No line is asked for where another's file is in the way; a result of ours is replaced."""
    path = tmp_path / "out.jsonl"
    results = extract([line(id=1, text="a")], DESK.readings)
    path.write_bytes(b"notes")
    with pytest.raises(OutputError, match="was not written here"):
        write(results, path, BytesIO(), force=False)
    assert path.read_bytes() == b"notes"
    assert write(results, path, BytesIO(), force=True) == Tally(1, 0)
    more = [line(id=1, text="a"), line(id=2, text="b")]
    assert write(extract(more, DESK.readings), path, BytesIO(), force=False) == Tally(2, 0)
