from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.document import Document, Sentence, Span
from briefing.findings import Actor, Evidence, Position, Reading, Statement, Unknown
from briefing.relate import Related, headline, relate
from briefing.relate.origins import find_origins


def document(text: str = "", **given: object) -> Document:
    return Document("page.txt", text, **{"date": "2026-03-01", **given})  # type: ignore[arg-type]


def find(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def sentences(*words: str, salience: tuple[float, ...] = ()) -> tuple[Document, Reading]:
    """A document of one paragraph, and a reading of it that holds no more than sentences."""
    text = " ".join(words)
    spans = tuple(Sentence(find(text, one)) for one in words)
    scores = salience or (0.5,) * len(words)
    return document(text), Reading(spans, scores, (), (), (), ())


def position(text: str, actor: str, **given: object) -> Position:
    span = find(text, actor)
    values = {"basis": "inferred", "hedged": False, **given}
    return Position(actor, span, "opposes", "dues", (span,), **values)  # type: ignore[arg-type]


EMPTY = Reading((), (), (), (), (), ())


def kinds(related: Related) -> list[str]:
    return [unknown.kind for unknown in related.unknowns]


def test_single_and_undated():
    """One source is single; the undated ones are named together; dated pairs leave nothing open."""
    undated, whole = document("Dues rise.", date=None), Sentence(Span(0, 10))
    said = Statement(
        0, (), (), (Span(0, 4),), ("author",), (), "asserted", quoted=False, hedges=()
    )
    reading = Reading((whole,), (0.5,), (said,), (), (), ())
    assert relate([undated], [reading]).unknowns == (
        Unknown("single_source", (0,)),
        Unknown("undated", (0,)),
    )
    assert relate([document()], [EMPTY]).unknowns == (), "nothing was said that could be single"
    three = relate([undated, document(), undated], [EMPTY] * 3)
    assert three.unknowns == (Unknown("undated", (0, 2)),)
    assert relate([document()] * 2, [EMPTY] * 2).unknowns == ()


def test_open_questions():
    """The most salient questions come first, three at most, each with its words as evidence."""
    words = [f"Who pays for quay {name} of Lund?" for name in "abcd"]
    page, reading = sentences(*words, salience=(0.1, 0.4, 0.2, 0.3))
    found = [unknown for unknown in relate([page], [reading]).unknowns if unknown.evidence]
    assert [unknown.evidence[0].quote for unknown in found] == [words[1], words[3], words[2]]
    span = find(page.text, words[1])
    assert found[0] == Unknown("open_question", (0,), (), (Evidence(0, span, words[1]),))


@pytest.mark.parametrize(
    "words",
    [
        "“Who pays for the quay of Lund?”",
        "Is it the port of Lund?",
        "Why not?",
        "But who are they?",
    ],
)
def test_questions_of_others(words: str):
    """Quoted questions, scraps and those that lean on the text before are not listed."""
    page, reading = sentences(words)
    assert "open_question" not in kinds(relate([page], [reading]))


def test_reported_and_heading_questions():
    """A question that somebody else asks, or that heads a section, is not the source's."""
    page, reading = sentences("Who pays for the quay of Lund?")
    span = reading.sentences[0].span
    held = Statement(0, (), (), (span,), ("Ilo Brand",), (), "reported", quoted=False, hedges=())
    assert "open_question" not in kinds(relate([page], [replace(reading, statements=(held,))]))
    heading = replace(reading, sentences=(Sentence(span, "heading"),))
    assert "open_question" not in kinds(relate([page], [heading]))
    assert "open_question" in kinds(relate([page], [reading]))


def test_never_quoted():
    """Persons with positions in others' words only; not the quoted, nor places."""
    text = "Edda Moor, Ilo Brand, Dock Union and Orm differ."
    page, reading = sentences(text)
    named = (
        ("Edda Moor", "person"),
        ("Ilo Brand", "person"),
        ("Dock Union", "organisation"),
        ("Orm", "place"),
    )
    actors = tuple(Actor(name, kind, (find(text, name),)) for name, kind in named)  # type: ignore[arg-type]
    own = Statement(
        0, (), (), (find(text, "differ"),), ("Ilo Brand",), (), "reported", quoted=True, hedges=()
    )
    rows = tuple(position(text, name) for name in ("Dock Union", "Ilo Brand", "Orm", "Edda Moor"))
    reading = replace(
        reading, actors=actors, positions=(*rows, position(text, "Edda Moor")), statements=(own,)
    )
    (found,) = [one for one in relate([page], [reading]).unknowns if one.names]
    assert found == Unknown("never_quoted", (0,), ("Edda Moor",))
    signed = replace(page, authors=("Edda Moor",), publisher="Dock Union")
    assert "never_quoted" not in kinds(relate([signed], [reading]))


def unquoted(text: str, **given: object) -> tuple[Document, Reading]:
    """A text in which Edda Moor has a position in others' words only, as far as was read."""
    page = document(text, **given)
    actor = Actor("Edda Moor", "person", (find(text, "Edda Moor"),))
    rows = (position(text, "Edda Moor"),)
    return page, Reading((Sentence(Span(0, len(text))),), (0.5,), (), (), rows, (actor,))


def test_missed_quotation_leaves_it_open():
    """Nobody is said to be unquoted while the speaker of a longer quotation is not known."""
    text = "Edda Moor is against. “We will not pay for this quay.” It rained."
    page, reading = unquoted(text)
    assert "never_quoted" not in kinds(relate([page], [reading]))
    spoken = find(text, "“We will not pay for this quay.”")
    held = Statement(0, (), (), (spoken,), ("Ilo Brand",), (), "reported", quoted=True, hedges=())
    known = replace(reading, statements=(held,))
    assert "never_quoted" in kinds(relate([page], [known]))
    unsure = replace(reading, statements=(replace(held, resolved=False),))
    assert "never_quoted" not in kinds(relate([page], [unsure]))


def test_quotation_left_open_leaves_it_open():
    """A mark without its partner may be the start of anybody's words."""
    page, reading = unquoted("Edda Moor is against. “We will not pay. It rained.")
    assert "never_quoted" not in kinds(relate([page], [reading]))


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Edda Moor is against the dues.", {"title": "Speech of Edda Moor in Lund"}),
        ("Edda Moor is against the dues.", {"authors": ("E. Moor",)}),
        ("Edda Moor is against the dues.\n\nMS. MOOR: Good morning to you all.", {}),
    ],
)
def test_speakers_are_not_unquoted(text: str, given: dict[str, object]):
    """Whoever the title, the authors or a turn of speech names speaks, by surname too."""
    page, reading = unquoted(text, **given)
    assert "never_quoted" not in kinds(relate([page], [reading]))


def test_scraps_of_own_words_count():
    """Who is quoted with two words only is not said to be unquoted."""
    text = "Edda Moor is against the “mad dues” of Lund."
    page, reading = unquoted(text)
    held = Statement(
        0,
        (),
        (),
        (find(text, "the “mad dues” of Lund"),),
        ("Moor",),
        (),
        "reported",
        quoted=False,
        hedges=(),
    )
    assert "never_quoted" in kinds(relate([page], [reading]))
    assert "never_quoted" not in kinds(relate([page], [replace(reading, statements=(held,))]))


def test_organisation_of_a_speaker_is_not_unquoted():
    """Whoever is quoted in a text may speak for the organisations that it names."""
    text = "Edda Moor said no. Dock Union is against the dues."
    page, reading = sentences("Edda Moor said no.", "Dock Union is against the dues.")
    union = Actor("Dock Union", "organisation", (find(text, "Dock Union"),))
    reading = replace(reading, actors=(union,), positions=(position(text, "Dock Union"),))
    assert "never_quoted" in kinds(relate([page], [reading]))
    said = Statement(
        0, (), (), (find(text, "no"),), ("Edda Moor",), (), "reported", quoted=True, hedges=()
    )
    known = replace(reading, statements=(said,))
    assert "never_quoted" not in kinds(relate([page], [known]))


def test_common_nouns_are_not_unquoted():
    """A word that the text has in small letters too names nobody."""
    text = "Dockers are against. All dockers of Lund are."
    page, reading = sentences(text)
    actor = Actor("Dockers", "organisation", (find(text, "Dockers"),))
    reading = replace(reading, actors=(actor,), positions=(position(text, "Dockers"),))
    assert "never_quoted" not in kinds(relate([page], [reading]))


def test_position_in_own_words_counts_as_quoted():
    """A quoted position is enough, also under the surname alone in another source."""
    text = "Edda Moor and Moor differ."
    page, reading = sentences(text)
    full, short = (Actor(name, "person", (find(text, name),)) for name in ("Edda Moor", "Moor"))
    first = replace(reading, actors=(full,), positions=(position(text, "Edda Moor"),))
    second = replace(reading, actors=(short,), positions=(position(text, "Moor", quoted=True),))
    assert kinds(relate([page, page], [first, second])) == []
    second = replace(second, positions=(position(text, "Moor"),))
    (found,) = relate([page, page], [first, second]).unknowns
    assert found.names == ("Edda Moor",)


def test_title_actors_by_salience():
    """Actors are ordered by the salience of their sentences; groups and common nouns are none."""
    page, reading = sentences(
        "Orm pays.", "Lund pays.", "The dockers pay.", salience=(0.1, 0.9, 1.0)
    )
    actors = (
        Actor("Orm", "place", (find(page.text, "Orm"),)),
        Actor("Lund", "place", (find(page.text, "Lund"),)),
        Actor("Dockers", "group", (find(page.text, "dockers"),)),
        Actor("the dockers", "organisation", (find(page.text, "dockers"),)),
    )
    assert relate([page], [replace(reading, actors=actors)]).title_actors == ("Lund", "Orm")


def about(*names: str) -> Related:
    """Nothing but the actors that matter most."""
    return Related((), names, find_origins(()), (), ())


ACTORS = about("Mara Quist", "Lund", "Lund Port", "Orm", "Edda Moor", "Tam")


@pytest.mark.parametrize(
    ("documents", "focus", "title"),
    [
        ([document(title="Dues double")], "shore power", "Dues double"),
        ([document(), document()], "shore power", "shore power"),
        ([document(authors=("Mara Quist",))], "", "Mara Quist on Lund, Orm and Edda Moor"),
        ([document()], "", "Mara Quist, Lund and Orm: 1 source"),
        (
            [document(title="One"), document(title="Two")],
            "",
            "Mara Quist, Lund and Orm: 2 sources",
        ),
    ],
)
def test_headline(documents: list[Document], focus: str, title: str):
    """A lone source's title, then the focus, then names: no author twice, none within another."""
    assert headline(documents, ACTORS, focus) == title


def test_headline_without_actors():
    """Where nobody is named, the author or the number of sources must do."""
    nobody = about()
    assert headline([document(authors=("Mara Quist",))], nobody, "") == "Mara Quist"
    assert headline([document()] * 3, nobody, "") == "3 sources"


def test_same_input_same_result():
    """Relating twice gives equal records."""
    page, reading = sentences("Who pays for the quay of Lund?", "Orm pays for it all.")
    assert relate([page], [reading]) == relate([page], [reading])
