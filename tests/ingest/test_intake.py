"""What `read` makes of arguments: order, names, failures, notices."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_sources import COUNCIL, SURVEY, Write, failure, only

from briefing.ingest import IntakeLimits, read, read_text
from briefing.ingest.arguments import lost
from briefing.output import write_all

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@contextmanager
def without_rights() -> Iterator[None]:
    """Be a user who may read little, where the tests run as root."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_a_folder_is_read_sorted_and_at_all_levels(write: Write, in_folder: Path) -> None:
    """Files of a folder come in the order of their names, named below the folder as given."""
    write("docs/b.txt", SURVEY)
    write("docs/a/z.txt", COUNCIL)
    write("docs/a.txt", "One short note.")
    names = [document.name for document in read(["docs"]).documents]
    assert names == ["docs/a.txt", "docs/b.txt", "docs/a/z.txt"]


def test_a_folder_passes_over_what_is_no_document(write: Write, in_folder: Path) -> None:
    """Hidden files, pictures, code and foreign JSON in a folder are notices, not failures."""
    write("docs/a.txt", COUNCIL)
    write("docs/.secret", "hidden")
    write("docs/.git/config", "hidden")
    write("docs/map.png", b"\x89PNG\r\n\x1a\n" + bytes(40))
    write("docs/run.py", "print('hello')\n")
    write("docs/gold.json", '{"a": 1}')
    intake = read(["docs"])
    assert [document.name for document in intake.documents] == ["docs/a.txt"]
    assert intake.failures == ()
    assert intake.notices == (
        "docs/gold.json was passed over: it is JSON",
        "docs/map.png was passed over: it is a PNG image",
        "docs/run.py was passed over: its name is not that of a document",
        "hidden files were passed over: docs/.git, docs/.secret",
    )


@pytest.mark.parametrize("argument", [".", "**/*", "**"])
def test_what_this_program_wrote_is_passed_over(
    write: Write, in_folder: Path, argument: str
) -> None:
    """A brief among the sources, changed or not, is no source, and is told of; others are read."""
    write("outputs/dues/survey.txt", SURVEY)
    pages = {"brief.html": b"<p>The dues rose.</p>", "brief.md": b"The dues rose."}
    write_all(Path("outputs/dues"), pages, force=False)
    write_all(Path(), {"issue.md": b"The crews left."}, force=False)
    write("outputs/dues/brief.md", "The dues rose by far.")
    write("a.txt", COUNCIL)
    intake = read([argument])
    assert [Path(one.name).name for one in intake.documents] == ["a.txt", "survey.txt"]
    assert intake.failures == ()
    told = " ".join(intake.notices)
    assert all(name in told for name in ("brief.html", "brief.md", "issue.md"))
    assert "briefing wrote" in told
    assert ".briefing.json" not in told


def test_what_this_program_wrote_is_read_where_it_is_named(in_folder: Path) -> None:
    """The user may mean it; a notice says what it is."""
    write_all(Path("out"), {"brief.md": COUNCIL.encode()}, force=False)
    intake = read(["out/brief.md"])
    assert [one.name for one in intake.documents] == ["out/brief.md"]
    (notice,) = intake.notices
    assert notice.startswith("out/brief.md was written by briefing")
    alone = read(["out"])
    assert (alone.documents, alone.failures) == ((), ())
    assert "out/brief.md" in alone.notices[0]


def test_an_empty_folder_fails(tmp_path: Path) -> None:
    """A folder with nothing in it is a failure."""
    assert "holds no files" in failure(tmp_path).message


def test_a_pattern_is_expanded(write: Write, in_folder: Path) -> None:
    """A pattern that the shell left alone is expanded and sorted."""
    write("in/b.txt", SURVEY)
    write("in/a.txt", COUNCIL)
    assert [one.name for one in read(["in/*.txt"]).documents] == ["in/a.txt", "in/b.txt"]
    assert [one.name for one in read(["**/a.txt"]).documents] == ["in/a.txt"]


def test_a_pattern_without_a_match_fails(in_folder: Path) -> None:
    """A pattern that matches nothing is a failure that names it."""
    (error,) = read(["in/*.txt"]).failures
    assert error.message == "no file matches in/*.txt"


@pytest.mark.parametrize(
    ("argument", "told"),
    [
        ("in/sub/none.txt", "Not read: none.txt does not exist"),
        ("none.txt", "Not read: none.txt does not exist"),
        ("in/sub/*.txt", "Not read: no file matches *.txt"),
        ("in/sub/", "Not read: sub/ holds no files to read"),
        ("in/none.pdf", "Not read: none.pdf is empty"),
        ("https://courier.example/dues", "Not read: https://courier.example/dues is an address,"),
        ("in/d\udce9.txt", "Not read: d?.txt does not exist"),
    ],
)
def test_a_page_is_told_of_a_failure_without_folders(
    argument: str, told: str, in_folder: Path
) -> None:
    """Where a file lies does not concern who reads the page."""
    Path("in/sub").mkdir(parents=True)
    Path("in/none.pdf").touch()
    (error,) = read([argument]).failures
    assert error.notice.startswith(told)


def test_what_leads_nowhere_is_known_without_reading(write: Write, in_folder: Path) -> None:
    """The errors are those of reading; what is there may still turn out to be unreadable."""
    write("a.txt", COUNCIL)
    named = ["none.txt", "a.txt", "*.pdf", "-"]
    assert [error.message for error in lost(named)] == [
        error.message for error in read(named).failures[:2]
    ]


def test_a_file_may_have_a_name_like_a_pattern(write: Write, in_folder: Path) -> None:
    """A file that exists is meant itself, whatever its name looks like."""
    write("a[1].txt", COUNCIL)
    assert [one.name for one in read(["a[1].txt"]).documents] == ["a[1].txt"]


def test_an_address_is_not_fetched() -> None:
    """An address is a failure that says to save the page."""
    (error,) = read(["https://courier.example/dues"]).failures
    assert "is an address" in error.message
    assert "save the page" in error.hint


def test_standard_input_is_sniffed() -> None:
    """`-` reads standard input, whose type is told from its bytes."""
    page = f"<!doctype html><html lang='en'><title>Dues</title><p>{COUNCIL}</p></html>"
    (document,) = read(["-"], stdin=io.BytesIO(page.encode())).documents
    assert (document.name, document.media_type) == ("standard input", "text/html")
    assert document.text == COUNCIL


def test_standard_input_may_be_missing_empty_or_too_large() -> None:
    """Standard input fails as a file would."""
    limits = IntakeLimits(bytes=10)
    errors = [
        read(["-"]).failures[0],
        read(["-"], stdin=io.BytesIO(b"")).failures[0],
        read(["-"], stdin=io.BytesIO(b"x" * 11), limits=limits).failures[0],
    ]
    assert "no standard input" in errors[0].message
    assert errors[1].message == "standard input is empty"
    assert "the limit is 10" in errors[2].message


def test_one_bad_source_never_stops_the_rest(write: Write) -> None:
    """Failures stand beside the documents that could be read."""
    good, bad = write("good.txt", COUNCIL), write("bad.pdf", b"%PDF-1.7\nnothing")
    intake = read([str(bad), "missing.txt", str(good)])
    assert [document.name for document in intake.documents] == [str(good)]
    assert len(intake.failures) == 2


def test_the_same_text_is_read_once(write: Write) -> None:
    """A text that comes twice is read once, white space aside; the notice names both."""
    first = write("a.txt", f"{COUNCIL}\n\n{SURVEY}\n")
    second = write("b.md", f"{COUNCIL}\n\n{SURVEY.replace(' and ', chr(10) + 'and ')}")
    intake = read([str(first), str(second)])
    assert [document.name for document in intake.documents] == [str(first)]
    assert intake.notices == (f"{second} has the same text as {first}; it was read once",)


def test_the_same_file_is_read_once(write: Write, in_folder: Path) -> None:
    """A file that is named twice, in whatever way, is read once."""
    write("a.txt", COUNCIL)
    intake = read(["a.txt", "./a.txt"])
    assert len(intake.documents) == 1
    assert intake.notices == ("./a.txt is the same file as a.txt; it was read once",)


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf"])
def test_an_empty_file_fails(write: Write, content: bytes) -> None:
    """A file without a single character is a failure."""
    message = failure(write("a.txt", content)).message
    assert message.endswith(("is empty", "holds no text"))


def test_a_file_over_the_limit_fails(write: Write) -> None:
    """The size is asked for before a file is read."""
    path = write("a.txt", "x" * 101)
    (error,) = read([str(path)], limits=IntakeLimits(bytes=100)).failures
    assert "101 bytes or more; the limit is 100" in error.message


def test_a_missing_file_fails(tmp_path: Path) -> None:
    """A file that is not there is a failure."""
    assert "does not exist" in failure(tmp_path / "a.txt").message


def test_a_file_without_permission_fails(write: Write) -> None:
    """A file that may not be read is a failure that says so."""
    path = write("a.txt", COUNCIL)
    path.chmod(0)
    with without_rights():
        assert "permission denied" in failure(path).message


@pytest.mark.parametrize("name", ["a\0b.txt", "x" * 5000, "a.txt/b.txt"])
def test_an_impossible_path_fails(write: Write, in_folder: Path, name: str) -> None:
    """A path that the system refuses is a failure, not a crash."""
    write("a.txt", COUNCIL)
    (error,) = read([name]).failures
    assert "cannot be opened" in error.message
    (error,) = read([f"{name}*"]).failures
    assert "no file matches" in error.message


def test_a_digest_is_that_of_the_bytes(write: Write) -> None:
    """The digest of a document is that of its file."""
    import hashlib

    path = write("a.txt", COUNCIL + "\r\n")
    assert only(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


GERMAN = (
    "Der Hafenrat trat am Dienstagabend zusammen, um die Gebühren für das kommende Jahr "
    "festzulegen. Die Fischer widersprachen der Erhöhung und verlangten einen Aufschub."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [(COUNCIL, "en"), (GERMAN, "de"), ("Too short.", None), ("1 2 3 4 5 " * 40, None)],
)
def test_a_language_is_detected_where_it_is_sure(text: str, language: str | None) -> None:
    """A language that no source gives is detected in 100 letters or more, and marked so."""
    document = read_text("a", text)
    assert document.language == language
    assert document.language_detected is (language is not None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("항만 요금이 오른다.", "ko"),
        ("港の料金が上がる。", "ja"),
        ("港口费上涨。", "zh"),
        ("Τα λιμενικά τέλη αυξάνονται.", "el"),
        ("אגרות הנמל יעלו השנה.", "he"),
        ("ค่าธรรมเนียมท่าเรือจะเพิ่มขึ้น", "th"),
        ("Портовые сборы вырастут.", "ru"),
        ("Портові збори зростуть цього року.", "uk"),
        ("بندر هزینه‌ها را افزایش داد.", "fa"),
        ("Note: 港口费上涨 (Lantern Bay harbour council)", None),
        ("Δp = ρgh", None),
    ],
)
def test_a_script_tells_the_language_of_a_short_text(text: str, language: str | None) -> None:
    """A few letters of another script are enough, if most letters are of it."""
    document = read_text("a", text)
    assert document.language == language
    assert document.language_detected is (language is not None)


def page(language: str, text: str) -> str:
    """A page that says what language it is in."""
    return f"<!doctype html><html lang='{language}'><title>Dues</title><p>{text}</p></html>"


@pytest.mark.parametrize(
    ("text", "reads"),
    [(f"{GERMAN} {GERMAN}", "German (de)"), ("港口费上涨。" * 20, "Chinese (zh)")],
)
def test_a_page_that_is_not_in_english_as_it_says(write: Write, text: str, reads: str) -> None:
    """Programs write `en` into pages of any language: the text has the last word, and it is told."""
    path = write("a.html", page("en", text))
    intake = read([str(path)])
    (document,) = intake.documents
    assert (f"({document.language})", document.language_detected) == (reads[-4:], True)
    assert intake.notices == (f"{path} says that it is in English (en) but reads as {reads}",)


@pytest.mark.parametrize(
    "text",
    [
        COUNCIL,
        "Lantern Bay, Ostwick, Karl Brandt, Jürgen Mühle, Anneliese Königsmann. " * 2 + COUNCIL,
        "Kurz.",
    ],
)
def test_a_page_that_may_be_in_english_is_believed(write: Write, text: str) -> None:
    """English with many names, and text too short to tell, stay in the language that is given."""
    path = write("a.html", page("en", text))
    intake = read([str(path)])
    assert (intake.documents[0].language, intake.documents[0].language_detected) == ("en", False)
    assert intake.notices == ()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=400)
    | st.tuples(
        st.sampled_from([
            b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<rss>", b"<html>",
            b'{"version":"https://jsonfeed.org/version/1","items":', b"From: a\nSubject:", b"---\n",
            b"<?xml version='1.0'?><feed>", b"\xff\xfe", b"{\\rtf",
        ]),
        st.binary(max_size=200),
    ).map(b"".join),
    suffix=st.sampled_from(
        [".txt", ".pdf", ".html", ".md", ".eml", ".docx", ".epub", ".xml", ".json", ""]
    ),
)  # fmt: skip
def test_any_bytes_give_a_document_or_a_failure(tmp_path: Path, data: bytes, suffix: str) -> None:
    """No bytes under any suffix make `read` raise; it says what became of them."""
    path = tmp_path / f"file{suffix}"
    path.write_bytes(data)
    intake = read([str(path)])
    assert intake.documents or intake.failures
    for document in intake.documents:
        assert document.text.strip()
        assert 0 <= document.body_start < len(document.text)
        assert all(document[span].strip() for span in document.headings)


@given(text=st.text(max_size=300))
def test_text_at_hand_is_kept_to_the_code_point(text: str) -> None:
    """`read_text` never changes the text, and the body never begins beyond it."""
    document = read_text("a", text)
    assert document.text == text
    assert 0 <= document.body_start <= len(text)


def test_a_pattern_may_match_folders(write: Write, in_folder: Path) -> None:
    """A folder that a pattern matches is read once, with what is in it."""
    write("in/sub/b.txt", SURVEY)
    write("in/a.txt", COUNCIL)
    intake = read(["i*/**"])
    assert [one.name for one in intake.documents] == ["in/a.txt", "in/sub/b.txt"]
    assert intake.notices == ()


def test_a_folder_that_may_not_be_opened_fails(write: Write, in_folder: Path) -> None:
    """A folder without permission is a failure, and so is one below it."""
    write("in/a.txt", COUNCIL).parent.chmod(0)
    try:
        with without_rights():
            failures = read(["in"]).failures
    finally:
        (in_folder / "in").chmod(0o700)
    assert failures
    assert all("in" in error.message for error in failures)


PAGE = """<html><head><title>{title}</title></head><body><main><h1>Ferry to Orm to stop</h1>
<p>By Mara Quist</p><p>6 March 2025</p><p>The ferry to Orm stops in May. {body}</p></main></body></html>"""
BODY = "It has run for a hundred years, and nobody knows what will come in its place. " * 4


def test_the_first_lines_of_a_page_tell_who_wrote_it_and_when(tmp_path: Path) -> None:
    """Where the file's own fields do not; the lines are then no part of the body."""
    page, note = tmp_path / "page.html", tmp_path / "note.md"
    page.write_text(PAGE.format(title="Ferry to Orm to stop", body=BODY), encoding="utf-8")
    note.write_text(f"# Ferry to Orm to stop\n\nOrm, 13 March 2025\n\n{BODY}", encoding="utf-8")
    one, other = read([str(page), str(note)]).documents
    assert (one.authors, one.date) == (("Mara Quist",), "2025-03-06")
    assert one.text[one.body_start :].startswith("The ferry")
    assert (other.authors, other.date) == ((), "2025-03-13")


def test_what_a_page_says_of_itself_stands(tmp_path: Path) -> None:
    """Fields of the file come before its first lines."""
    path = tmp_path / "note.md"
    front = "---\nauthor: Tam Oyle\ndate: 2025-01-02\n---\n"
    path.write_text(f"{front}# Ferry\n\nBy Mara Quist\n\n6 March 2025\n\n{BODY}", encoding="utf-8")
    (document,) = read([str(path)]).documents
    assert (document.authors, document.date) == (("Tam Oyle",), "2025-01-02")
