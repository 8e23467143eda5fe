"""The proof sheet: every printed sentence beside its source, as one file that fetches nothing."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_printed import DOCUMENTS, FOUND, PRINTED
from strategies import prose

from briefing.document import Document, Span
from briefing.findings import Evidence, Refusal
from briefing.render.proof import day, render_proof
from briefing.render.proof.passages import Block, blocks
from briefing.render.text import html_text
from briefing.tracing import printed_lines

HTML = render_proof(FOUND, PRINTED)
VOID = frozenset(("meta", "br", "input", "link", "img"))


class Tree(HTMLParser):
    """What the tests ask of a page: elements with their attributes, text of marks, nesting."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.stack: list[tuple[str, str]] = []
        self.marked: dict[str, str] = {}
        self.broken: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag not in VOID:
            self.stack.append((tag, given.get("id") or given.get("data-of", "")))

    def handle_endtag(self, tag: str) -> None:
        if self.stack[-1][0] != tag:
            self.broken.append(tag)
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        if any(tag == "a" and not name for tag, name in self.stack):
            return
        for tag, name in self.stack:
            if tag == "mark":
                self.marked[name] = self.marked.get(name, "") + data

    def values(self, attribute: str, tag: str = "") -> list[str]:
        """An attribute's values, in order."""
        return [
            given[attribute]
            for name, given in self.elements
            if attribute in given and tag in ("", name)
        ]


TREE = Tree(HTML)


def text_of(found: tuple[Block, ...]) -> str:
    """The text of blocks, without what parts them."""
    pieces = (
        "\n" if piece.kind == "break" else piece.text for one in found for piece in one.pieces
    )
    return "".join(pieces)


def test_every_statement_is_there() -> None:
    """Each printed line stands with its lead, its words, its chain and a link to its evidence."""
    text = html_text(HTML)
    for _, _, line in printed_lines(PRINTED):
        assert line.lead in text
        assert str(line.quotation) in text
        assert line.text in text
    for told in (*PRINTED.unknowns, *(one.reason for one in FOUND.refusals), PRINTED.notices[0]):
        assert told in text
    assert "Edda Marsh author Ruta Fenn via The clerk’s office holder" in " ".join(text.split())
    assert PRINTED.cut[0].items[0] in text


def test_every_source_is_there_whole() -> None:
    """The text of each source, cited or not, stands in its own article; only cited ones are open."""
    text = "".join(html_text(re.sub(r'<a class="chip".*?</a>', "", HTML)).split())
    for document in DOCUMENTS:
        assert "".join(document.text.split()) in text
        assert document.sha256 in text
    opened = re.findall(r"<details( open)?>\n<summary><h3 id=\"source-(\d)", HTML)
    assert opened == [(" open", "1"), (" open", "2"), ("", "3")]


def test_links_lead_both_ways() -> None:
    """Every link has a goal, ids are unique, and every mark leads back to what rests on it."""
    ids = TREE.values("id")
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    goals = {address[1:] for address in TREE.values("href", "a") if address.startswith("#")}
    assert goals <= set(ids)
    marks = set(TREE.values("id", "mark"))
    assert marks <= goals
    assert {"s-b", "s-c1", "s-d1a", "s-p1", "s-t1", "s-m1", "s-u1", "s-r1"} <= goals


def test_marks_hold_the_evidence() -> None:
    """What is marked is the evidence, to the letter, in two sources for one statement."""
    for evidence in FOUND.bottom_line[0].evidence:
        name = f"e{evidence.document + 1}-{evidence.span.start}-{evidence.span.end}"
        assert TREE.marked[name] == evidence.quote
        entry = HTML[HTML.index('id="s-b"') : HTML.index('id="s-c1"')]
        assert f'href="#{name}"' in entry


def test_hedges_are_marked_within_the_words() -> None:
    """The hedge itself is marked where it stands, and the entry says so."""
    assert re.search(r'board <span class="hedge"[^>]*>may</span> replace', HTML)
    assert re.search(r'id="s-b"[^>]*data-states="hedged"', HTML)
    assert re.search(r'id="s-c2"[^>]*data-states="reworded"', HTML)
    assert re.search(r'id="s-r1"[^>]*data-states="refused"', HTML)


def test_what_was_edited_is_not_said_to_have_passed() -> None:
    """An editor's words have their own state, whatever they were before."""
    (line, *others) = PRINTED.claims
    claims = (replace(line, text="The board is sure.", edited=True), *others)
    html = render_proof(FOUND, replace(PRINTED, claims=claims))
    assert re.search(r'id="s-c1"[^>]*data-states="edited\b(?![^"]*reworded)', html)


def test_a_second_hedge_of_the_same_word_is_told_apart() -> None:
    """Only the hedge at its place is marked, not every such word."""
    text = "May brings rain, and it may last as it may."
    document = replace(DOCUMENTS[0], text=text)
    line = PRINTED.bottom_line
    assert line
    from briefing.findings import Piece, Quotation
    from briefing.render.proof.entries import runs

    told = replace(line, quotation=Quotation((document,), 0, (Piece(Span(0, len(text))),)))
    found = list(runs(told, (Span(39, 42),)))
    assert [(one.kind, one.text) for one in found] == [
        ("words", text[:39]),
        ("hedge", "may"),
        ("words", "."),
    ]


def test_nothing_is_fetched() -> None:
    """No address but those inside the file; the policy allows our script alone."""
    policy = next(given["content"] for _, given in TREE.elements if "http-equiv" in given)
    script = HTML[HTML.index("<script>") + 8 : HTML.index("</script>")]
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}'" in policy
    assert not TREE.values("src")
    assert not TREE.values("style")
    assert not [tag for tag, _ in TREE.elements if tag in ("link", "img", "iframe", "object")]
    addresses = re.findall(r"url\(([^)]{0,12})", HTML)
    assert all(one.startswith('"data:') for one in addresses)


def test_the_same_input_gives_the_same_bytes() -> None:
    """Nothing of the run is in the page."""
    assert render_proof(FOUND, PRINTED) == HTML


HOSTILE = (
    "</script></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}\u202e"
)


def test_no_text_of_a_source_becomes_markup() -> None:
    """Names, titles, addresses, texts, reasons and notices are text, whatever they hold."""
    documents = tuple(
        replace(
            one,
            name=HOSTILE,
            title=HOSTILE,
            authors=(HOSTILE,),
            publisher=HOSTILE,
            language=HOSTILE,
            url="javascript:alert(1)",
            sha256=HOSTILE,
            text=one.text + HOSTILE,
        )
        for one in DOCUMENTS
    )
    refusal = Refusal(HOSTILE, HOSTILE, "claims", 0, (Evidence(0, Span(0, 3), HOSTILE),))
    line = PRINTED.claims[0]
    hostile = replace(line, lead=HOSTILE, holder=HOSTILE, hedges=(HOSTILE,), basis_label=HOSTILE)
    brief = replace(
        PRINTED,
        title=HOSTILE,
        focus=HOSTILE,
        language=HOSTILE,
        claims=(hostile,),
        unknowns=(HOSTILE,),
        refusals=(refusal,),
        notices=(HOSTILE,),
    )
    html = render_proof(replace(FOUND, documents=documents), brief)
    tree = Tree(html)
    assert [tag for tag, _ in tree.elements if tag in ("script", "style", "img")] == [
        "style",
        "script",
    ]
    assert not [name for _, given in tree.elements for name in given if name.startswith("on")]
    assert set(tree.values("lang")) <= {"en"}
    assert not [one for one in tree.values("href") if one.startswith("javascript")]
    assert "\u202e" not in html
    assert "{{ 7*7 }}" in html_text(html)
    assert "does not stand in the source as recorded" in html_text(html)


def test_blocks_are_paragraphs_and_headings() -> None:
    """Blank lines part paragraphs, headings are told, items keep their own lines."""
    text = "Title\n\nOne line\nand its rest.\n\n- first\n- second\nName | Sum\nA | 1"
    found = blocks(Document("a", text, headings=(Span(0, 5),)), ())
    assert [one.is_heading for one in found] == [True, False, False]
    assert text_of(found[1:2]) == "One line\nand its rest."
    assert [piece.kind for piece in found[2].pieces].count("break") == 3
    assert [piece.kind for piece in found[1].pieces] == ["text"]


@st.composite
def stretched(draw: st.DrawFn) -> tuple[Document, list[Span]]:
    text = draw(prose(min_words=4))
    edges = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edges, edges), max_size=7))
    spans = {Span(*sorted(pair)) for pair in pairs if pair[0] != pair[1]}
    heading = Span(*sorted(draw(st.tuples(edges, edges))))
    return Document("a", text, headings=(heading,)), sorted(spans, key=lambda s: (s.start, -s.end))


@given(stretched())
def test_marks_nest_and_cover_their_words(sample: tuple[Document, list[Span]]) -> None:
    """However stretches overlap, marks nest, each begins and ends once, and holds its words."""
    document, stretches = sample
    found = blocks(document, stretches)
    assert "".join(text_of(found).split()) == "".join(document.text.split())
    words = dict.fromkeys(range(len(stretches)), "")
    first: Counter[int] = Counter()
    last: Counter[int] = Counter()
    for one in found:
        opened: list[int] = []
        for piece in one.pieces:
            if piece.kind == "open":
                opened.append(piece.mark)
                first[piece.mark] += piece.first
            elif piece.kind in ("close", "end"):
                assert opened.pop() == piece.mark
                last[piece.mark] += piece.kind == "end"
            else:
                for mark in opened:
                    words[mark] += piece.text
        assert opened == []
    for number, span in enumerate(stretches):
        quote = "".join(document[span].split())
        assert "".join(words[number].split()) == quote
        assert first[number] == last[number] == bool(quote)


@pytest.mark.parametrize(
    ("iso", "told"),
    [
        ("2026-11-02", "2 November 2026"),
        ("2026-03", "March 2026"),
        ("2026", "2026"),
        ("x-y", "x-y"),
    ],
)
def test_dates_are_told_as_people_do(iso: str, told: str) -> None:
    """A day, a month or a year; anything else as it is."""
    assert day(iso) == told


def test_size_and_time_grow_with_the_sources() -> None:
    """Three hundred sources of 670 words each make a page of little more than their text."""
    text = "\n\n".join(
        "The board keeps the lamps lit on every quay of the town. " * 6 for _ in range(10)
    )
    many = tuple(replace(DOCUMENTS[2], name=f"{at}.txt", text=text) for at in range(297))
    begun = process_time()
    html = render_proof(replace(FOUND, documents=(*DOCUMENTS, *many)), PRINTED)
    assert process_time() - begun < 5
    assert len(html) - len(HTML) < 1.5 * len(text) * len(many)
