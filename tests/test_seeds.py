"""The seed sets hold what they say: files, words, and a gold reading that stands in the texts."""

from __future__ import annotations

import email
import email.policy
import importlib.util
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import docx
import pypdfium2
import pytest
from lxml import html

from briefing.findings import Actor, Basis, Stance
from briefing.ingest import read

SET = Path(__file__).parent.parent / "seeds" / "harbour-dues"
GOLD = json.loads((SET / "gold.json").read_text(encoding="utf-8"))
NAMES = [document["name"] for document in GOLD["documents"]]
ACTORS = {actor["name"] for actor in GOLD["actors"]}
BUILT = ["research-note.pdf", "shippers-letter.docx", "union-newsletter.eml"]
KINDS = {"person", "organisation", "place", "group"}
RUNNING_LINES = (
    r"Vallow and Tolliver CIMP Research Note 14/2026|Corvane Institute for Maritime Policy \d"
)


def pdf_text(path: Path) -> str:
    """All pages, without running heads; U+FFFE is how pdfium marks a hyphen at a line's end."""
    with pypdfium2.PdfDocument(path) as document:
        pages = []
        for page in document:
            textpage = page.get_textpage()
            pages.append(textpage.get_text_range())
            textpage.close()
    return re.sub(RUNNING_LINES, "", "\n".join(pages)).replace("\ufffe", "-")


@cache
def text_of(path: Path) -> str:
    """The words of a source as a careful reader sees them."""
    match path.suffix:
        case ".html":
            (article,) = html.fromstring(path.read_text(encoding="utf-8")).iter("article")
            return str(article.text_content())
        case ".docx":
            return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
        case ".eml":
            return str(newsletter(path).get_body(("plain",)).get_content())
        case ".pdf":
            return pdf_text(path)
    return path.read_text(encoding="utf-8")


def newsletter(path: Path) -> Any:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def fold(text: str) -> str:
    """White space folded to one blank each."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """No white space and no hyphens, so that line ends and hyphenation do not matter."""
    return re.sub(r"[\s\-‐]", "", text)


def stands(quote: str, name: str) -> bool:
    text = text_of(SET / name)
    if name.endswith(".pdf"):
        return bare(quote) in bare(text)
    return fold(quote) in fold(text)


def pieces(quote: str | list[str]) -> list[str]:
    return quote if isinstance(quote, list) else [quote]


def quotes(document: dict[str, Any]) -> list[str]:
    entries = document["statements"] + document["positions"] + document["pronouns"]
    return [piece for entry in entries for piece in pieces(entry["quote"])]


def build_script() -> Any:
    spec = importlib.util.spec_from_file_location("harbour_dues_build", SET / "make" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harbour-dues")
    build_script().build(folder)
    return folder


@pytest.mark.parametrize("document", GOLD["documents"], ids=NAMES)
def test_gold_quotes_stand_in_their_source(document):
    """Every quotation of the gold reading is verbatim, but for white space and hyphenation."""
    assert [quote for quote in quotes(document) if not stands(quote, document["name"])] == []


@pytest.mark.parametrize("document", GOLD["documents"], ids=NAMES)
def test_gold_quotes_stand_in_what_ingest_reads(document):
    """Reading a source keeps every quoted word; what it finds of author and date is right."""
    (found,) = read([str(SET / document["name"])]).documents
    text = fold(found.text)
    assert [quote for quote in quotes(document) if fold(quote) not in text] == []
    assert found.authors in {tuple(document["authors"]), ()}
    assert found.date in {document["date"], None}
    assert found.title in {document["title"], None}


@pytest.mark.parametrize("group", ["same_claim", "contested", "open_questions"])
def test_gold_relations_quote_their_sources(group):
    """What is said to agree, to clash or to be open is quoted from the named document."""
    entries = GOLD[group]
    if group == "same_claim":
        entries = [entry for claim in entries for entry in claim]
    if group == "contested":
        entries = [side for entry in entries for side in entry["sides"]]
    assert [e for e in entries if not stands(e["quote"], e["document"])] == []


@pytest.mark.parametrize("document", GOLD["documents"], ids=NAMES)
def test_gold_uses_the_words_of_the_records(document):
    """Bases, stances and names are those of the package and of the set's list of actors."""
    statements, positions = document["statements"], document["positions"]
    assert {entry["basis"] for entry in statements + positions} <= set(get_args(Basis))
    assert {entry["stance"] for entry in statements + positions} <= set(get_args(Stance))
    assert {name for s in statements for name in s["holders"] + s["via"]} <= ACTORS
    assert {position["actor"] for position in positions} <= ACTORS
    assert {p["antecedent"] for p in document["pronouns"]} <= ACTORS | {None}


@pytest.mark.parametrize("document", GOLD["documents"], ids=NAMES)
def test_gold_asserted_statements_are_the_voice_of_the_document(document):
    """Only the author, or the publisher where there is none, asserts; others are reported."""
    voice = document["authors"] or [document["publisher"]]
    for statement in document["statements"]:
        assert (statement["basis"] == "asserted") == (statement["holders"] == voice), statement
        assert not statement["quoted"] or statement["basis"] == "reported", statement


@pytest.mark.parametrize("document", GOLD["documents"], ids=NAMES)
def test_gold_hedges_stand_beside_their_statement(document):
    """Each hedge is a word of the sentence, at most 90 characters away from what it weakens."""
    text = bare(text_of(SET / document["name"]))
    for statement in document["statements"]:
        assert statement["hedged"] == bool(statement["hedges"])
        first = bare(pieces(statement["quote"])[0])
        start = text.index(first)
        around = text[max(0, start - 90) : start + len(first) + 90]
        assert [h for h in statement["hedges"] if bare(h) not in around] == []


@pytest.mark.parametrize("document", GOLD["documents"], ids=NAMES)
def test_quoted_statements_and_scare_quotes_stand_between_marks(document):
    """Words marked as quoted have quotation marks around them in the source; so do scare quotes."""
    text = bare(text_of(SET / document["name"]))
    marked = re.findall(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’", text)
    wanted = [p for s in document["statements"] if s["quoted"] for p in pieces(s["quote"])]
    for words in wanted + document["scare_quotes"]:
        assert any(bare(words) in mark for mark in marked), words


@pytest.mark.parametrize("document", GOLD["documents"], ids=NAMES)
def test_pronouns_stand_in_their_sentence(document):
    """The pronoun is a word of the sentence that is quoted with it."""
    for entry in document["pronouns"]:
        assert re.search(rf"\b{entry['pronoun']}\b", entry["quote"]), entry


@pytest.mark.parametrize("document", GOLD["documents"], ids=NAMES)
def test_documents_are_dated_or_undated(document):
    """A date is an ISO date; the one undated source names no day before the plan takes effect."""
    if document["date"] is None:
        text = (SET / document["name"]).read_text(encoding="utf-8")
        assert document["name"] == "ministry-statement.html"
        assert "2026" not in text
    else:
        assert date.fromisoformat(document["date"]).year == 2026


def test_every_alias_is_used():
    """Each alias, or the name where there is none, is a form that some source has."""
    texts = bare(" ".join(text_of(SET / name) for name in NAMES))
    forms = [form for a in GOLD["actors"] for form in a["aliases"] or [a["name"]]]
    assert [form for form in forms if bare(form) not in texts] == []
    assert {actor["kind"] for actor in GOLD["actors"]} <= KINDS
    assert "kind" in Actor.__annotations__


def test_gold_covers_every_source_and_relations_name_them():
    """All source files are in the gold reading, and its relations name no others."""
    files = {path.name for path in SET.iterdir() if path.is_file()} - {"gold.json"}
    assert files == set(NAMES)
    assert {name for group in GOLD["origins"] for name in group} <= files
    voices = ACTORS | {" and ".join(d["authors"]) for d in GOLD["documents"]}
    assert {side["holder"] for entry in GOLD["contested"] for side in entry["sides"]} <= voices


@pytest.mark.parametrize("name", NAMES)
def test_sources_are_of_readable_length(name):
    """Each source has 400 to 900 words."""
    assert 400 <= len(text_of(SET / name).split()) <= 900


def test_both_parts_of_the_newsletter_say_the_same():
    """What the gold reading quotes from the plain part also stands in the HTML part."""
    message = newsletter(SET / "union-newsletter.eml")
    page = fold(html.fromstring(message.get_body(("html",)).get_content()).text_content())
    (document,) = (d for d in GOLD["documents"] if d["name"] == "union-newsletter.eml")
    assert message["Subject"] == document["title"]
    assert message["From"].addresses[0].display_name == document["authors"][0]
    assert message["Date"].datetime.date().isoformat() == document["date"]
    assert [quote for quote in quotes(document) if quote not in page] == []


def test_letter_names_its_author_title_and_date():
    """The letter's core properties agree with the gold reading."""
    core = docx.Document(str(SET / "shippers-letter.docx")).core_properties
    (document,) = (d for d in GOLD["documents"] if d["name"] == "shippers-letter.docx")
    assert [core.author] == document["authors"]
    assert core.title == document["title"]
    assert core.created.date().isoformat() == document["date"]


def test_research_note_has_two_pages_and_hyphens():
    """The note is a PDF of two pages with words broken at line ends and named authors."""
    with pypdfium2.PdfDocument(SET / "research-note.pdf") as document:
        assert len(document) == 2
        assert document.get_metadata_dict()["Author"] == "Imre Vallow, Anneke Tolliver"
        textpage = document[0].get_textpage()
        assert textpage.get_text_range().count("\ufffe") >= 5
        textpage.close()


@pytest.mark.parametrize("name", BUILT)
def test_build_script_makes_what_is_kept(name, rebuilt):
    """The binary files in the set are those that the script beside them makes.

    The order of a list's numbers and words in a PDF's text differs with the system's fonts.
    """
    assert sorted(bare(text_of(rebuilt / name))) == sorted(bare(text_of(SET / name)))


@pytest.mark.parametrize("name", ["rail-fares", "river-permits"])
def test_the_other_sets_stand_in_what_is_read(name: str) -> None:
    """Every quotation of a gold reading is verbatim in the text that reading its file gives."""
    folder = SET.parent / name
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    read_texts = {
        Path(document.name).name: fold(document.text)
        for document in read([str(folder / each["name"]) for each in gold["documents"]]).documents
    }
    assert read_texts.keys() == {each["name"] for each in gold["documents"]}
    placed = [(each["name"], quote) for each in gold["documents"] for quote in quotes(each)]
    groups = [
        *gold["same_claim"],
        *(matter["sides"] for matter in gold["contested"]),
        gold["open_questions"],
        *gold.get("not_same", ()),
        *gold.get("not_contested", ()),
        gold.get("timeline", ()),
    ]
    placed += [
        (side["document"], quote)
        for group in groups
        for side in group
        for quote in pieces(side["quote"])
    ]
    assert [each for each in placed if fold(each[1]) not in read_texts[each[0]]] == []
    holders = {
        name for each in gold["documents"] for s in each["statements"] for name in s["holders"]
    }
    assert holders <= {actor["name"] for actor in gold["actors"]}
