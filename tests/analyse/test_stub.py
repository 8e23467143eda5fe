from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analyse import load
from briefing.analyse.stub import StubAnalyser
from briefing.document import Document, Sentence, Span
from briefing.findings import AUTHOR, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.findings import Statement

TEXT = (
    "The quay at Ostrand was closed for 12 days. "
    "The Harbour Board opposes the new tariff on small vessels. "
    "“We may sell two boats,” said Mara Quist. "
    "Tobin Vell said: “The dues are too high.” "
    '"Nobody asked us", Ida Roe says. '
    "The Fishers Union demanded that 40 per cent of the dues be paid back. "
    "Joss Arle believes that trade could shrink. "
    '"A toll on trade," said its chairman, Bo Lindt. '
    "Pia Holm said that the port was empty. "
    "Nobody knows."
)


def _cut(text: str) -> tuple[Sentence, ...]:
    """Sentences end at a full stop or question mark, or at the end of the text."""
    return tuple(
        Sentence(Span(*match.span()))
        for match in re.finditer(r"\S(?:.*?[.?][”\"]?(?=\s)|.*\S|)", text, re.DOTALL)
    )


def _read(text: str, authors: tuple[str, ...] = ()) -> Reading:
    document = Document("paper.txt", text, authors=authors)
    (reading,) = StubAnalyser().analyse([document], [_cut(text)])
    return reading


def _held(reading: Reading, words: str) -> Statement:
    """The one statement whose content has `words`."""
    (found,) = [s for s in reading.statements if words in TEXT[slice(*s.content[0])]]
    return found


def test_sentence_is_the_authors() -> None:
    """A plain sentence is asserted by the author, whole."""
    text = "The quay was closed for 12 days."
    (statement,) = _read(text, authors=("Ida Roe",)).statements
    assert statement.content == (Span(0, len(text)),)
    assert (statement.holders, statement.basis) == (("Ida Roe",), "asserted")


def test_author_without_a_name() -> None:
    """Where the source names no author the holder is the author as such."""
    (statement,) = _read("The quay was closed for 12 days.").statements
    assert statement.holders == (AUTHOR,)


@pytest.mark.parametrize(
    ("words", "holder", "cue"),
    [
        ("We may sell two boats", "Mara Quist", "said"),
        ("The dues are too high.", "Tobin Vell", "said"),
        ("Nobody asked us", "Ida Roe", "says"),
        ("A toll on trade", "Bo Lindt", "said"),
    ],
)
def test_quotation_has_its_speaker(words: str, holder: str, cue: str) -> None:
    """Words between quotation marks beside a name and a verb are that speaker's, exactly."""
    statement = _held(_read(TEXT), words)
    assert TEXT[slice(*statement.content[0])] == words
    assert TEXT[slice(*statement.source[0])] == holder
    assert TEXT[slice(*statement.cue[0])] == cue
    assert (statement.holders, statement.basis) == ((holder,), "reported")
    assert statement.quoted


def test_quotation_without_a_name_is_nobodys() -> None:
    """Quoted words that stand alone are not taken for the author's."""
    assert _read("“Nobody asked the fishermen at all.”").statements == ()


@pytest.mark.parametrize(
    ("words", "actor", "stance", "basis"),
    [
        ("the new tariff", "Harbour Board", "opposes", "reported"),
        ("40 per cent", "Fishers Union", "demands", "reported"),
        ("trade could shrink", "Joss Arle", "believes", "inferred"),
        ("the port was empty", "Pia Holm", "states", "reported"),
    ],
)
def test_position_of_an_actor(words: str, actor: str, stance: str, basis: str) -> None:
    """A name before a verb of standing is a position on what follows."""
    (position,) = [p for p in _read(TEXT).positions if words in TEXT[slice(*p.evidence[0])]]
    assert (position.actor, position.stance, position.basis) == (actor, stance, basis)
    assert TEXT[slice(*position.mention)] == actor
    assert TEXT[slice(*position.evidence[0])].startswith(actor)
    assert position.issue in TEXT


def test_pronoun_is_unresolved_and_no_actor() -> None:
    """A pronoun holds a statement but no position."""
    reading = _read("He denied that the port was empty.")
    assert [s.resolved for s in reading.statements] == [False]
    assert (reading.positions, reading.actors) == ((), ())


def test_hedges_are_found_where_they_stand() -> None:
    """A hedge is marked within the words that it weakens."""
    statement = _held(_read(TEXT), "trade could shrink")
    assert [TEXT[slice(*span)] for span in statement.hedges] == ["could"]


def test_numbers_make_claims() -> None:
    """Statements with a figure are claims; the others are not."""
    claims = _read(TEXT).claims
    assert [TEXT[slice(*claim.span)] for claim in claims] == [
        "The quay at Ostrand was closed for 12 days.",
        "40 per cent of the dues be paid back",
    ]


def test_earlier_matters_more() -> None:
    """Salience falls from 1 with the place, and is 0 for a fragment."""
    scores = _read(TEXT).salience
    assert scores[0] == 1.0
    assert list(scores[:-1]) == sorted(scores[:-1], reverse=True)
    assert scores[-1] == 0.0


def test_heading_is_no_statement() -> None:
    """A heading says nothing."""
    heading = Sentence(Span(0, 22), kind="heading")
    document = Document("paper.txt", "Five questions on dues")
    (reading,) = StubAnalyser().analyse([document], [(heading,)])
    assert (reading.statements, reading.salience) == ((), (0.0,))


def test_actors_are_persons_and_organisations() -> None:
    """A name with a word such as Board is an organisation's."""
    kinds = {actor.name: actor.kind for actor in _read(TEXT).actors}
    assert kinds["Harbour Board"] == "organisation"
    assert kinds["Mara Quist"] == "person"


def test_every_part_of_a_template_is_filled() -> None:
    """A short text gives all bases, a quotation, positions, claims and hedges."""
    reading = _read(TEXT)
    assert {s.basis for s in reading.statements} == {"asserted", "reported", "inferred"}
    assert any(s.quoted for s in reading.statements)
    assert any(s.hedges for s in reading.statements)
    assert reading.claims
    assert reading.positions


def test_documents_do_not_touch_each_other() -> None:
    """A document read with others gives the reading it gives alone."""
    texts = [TEXT, "Ida Roe warned that 3 ships may wait.", ""]
    documents = [Document(f"{number}.txt", text) for number, text in enumerate(texts)]
    together = StubAnalyser().analyse(documents, [_cut(text) for text in texts])
    assert together == tuple(_read(text) for text in texts)


def _spans(reading: Reading) -> Iterator[Span]:
    for statement in reading.statements:
        yield from statement.source + statement.cue + statement.content + statement.hedges
    yield from (claim.span for claim in reading.claims)
    for position in reading.positions:
        yield from (position.mention, *position.evidence)
    for actor in reading.actors:
        yield from actor.mentions


FRAGMENTS = st.sampled_from(
    ["The Board", " ", "\n", "Ida Roe", " said ", " that ", "“", "”", '"', ", ", ". ", "opposes"]
)
TEXTS = st.text() | st.lists(FRAGMENTS | st.text(max_size=8), max_size=40).map("".join)


@given(TEXTS)
def test_any_text_can_be_read(text: str) -> None:
    """Spans are not empty and lie in the text, scores in 0 to 1, and JSON carries it all."""
    reading = _read(text)
    assert all(0 <= start < end <= len(text) for start, end in _spans(reading))
    assert all(0 <= score <= 1 for score in reading.salience)
    assert all(0 <= claim.score <= 1 for claim in reading.claims)
    assert len(reading.salience) == len(reading.sentences)
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading
    assert _read(text) == reading


@given(TEXTS)
def test_quoted_content_has_no_quotation_marks(text: str) -> None:
    """What is called quoted are the words between the marks, without them."""
    for statement in _read(text).statements:
        if statement.quoted:
            assert not re.search(r"[“”\"]", text[slice(*statement.content[0])])


def test_stub_is_found_by_name() -> None:
    """`load` gives the stub, which has a name and no weights."""
    analyser = load("stub")
    assert isinstance(analyser, StubAnalyser)
    assert (analyser.name, analyser.sha256) == ("stub", "")


def test_stub_imports_nothing_heavy() -> None:
    """Reading with the stub needs no torch, spaCy or numpy."""
    code = (
        "import sys; from briefing.analyse import load; from briefing.document import *\n"
        "load('stub').analyse([Document('a', 'Dues rise.')], [(Sentence(Span(0, 10)),)])\n"
        "print(sorted({'torch', 'spacy', 'numpy', 'transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_numbers_make_a_sentence_worth_checking() -> None:
    """As for a claim in a text: numbers add, hedges take, and there is one score a sentence."""
    plain, counted, hedged = StubAnalyser().worth(
        ("The quay is closed.", "The quay was closed for 12 days.", "It may close for 12 days.")
    )
    assert 0 < plain < hedged < counted < 1
    assert StubAnalyser().worth(()) == ()
