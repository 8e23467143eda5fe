from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.document import Document, Sentence, Span
from briefing.findings import Actor, Claim, Evidence, Position, Reading, Statement, Unknown
from briefing.relate.origins import find_origins
from briefing.relate.places import Place
from briefing.relate.same import Group
from briefing.relate.unknowns import left_open
from briefing.relate.weights import actor_weights

QUESTION = "Who pays for the quay of Lund?"
PLAIN = "Grain prices fell after the harvest in Orm."
EMPTY = Reading((), (), (), (), (), ())


def document(text: str = "", **given: object) -> Document:
    return Document("page.txt", text, **{"date": "2026-03-01", **given})  # type: ignore[arg-type]


def find(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def sentences(
    *words: str, salience: tuple[float, ...] = (), **given: object
) -> tuple[Document, Reading]:
    """A document of one paragraph, and a reading of it that holds no more than sentences."""
    text = " ".join(words)
    spans = tuple(Sentence(find(text, one)) for one in words)
    scores = salience or (0.5,) * len(words)
    return document(text, **given), Reading(spans, scores, (), (), (), ())


def said(
    text: str,
    words: str,
    holder: str,
    *,
    source: str = "",
    quoted: bool = False,
    resolved: bool = True,
    stance: str = "states",
) -> Statement:
    return Statement(
        sentence=0,
        source=(find(text, source),) if source else (),
        cue=(),
        content=(find(text, words),),
        holders=(holder,),
        via=(),
        basis="reported",
        quoted=quoted,
        hedges=(),
        stance=stance,  # type: ignore[arg-type]
        resolved=resolved,
    )


def position(text: str, actor: str, **given: object) -> Position:
    span = find(text, actor)
    values = {"basis": "inferred", "hedged": False, **given}
    return Position(actor, span, "opposes", "dues", (span,), **values)  # type: ignore[arg-type]


def unknowns(*pairs: tuple[Document, Reading], groups: tuple[Group, ...] = ()) -> list[Unknown]:
    documents, readings = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    weights = actor_weights(readings)
    return list(left_open(documents, readings, weights, find_origins(documents), groups))


def kinds(*pairs: tuple[Document, Reading]) -> list[str]:
    return [unknown.kind for unknown in unknowns(*pairs)]


def printed(kind: str, *pairs: tuple[Document, Reading]) -> list[str]:
    """The first words of each entry of a kind."""
    return [one.evidence[0].quote for one in unknowns(*pairs) if one.kind == kind]


def test_single_and_undated():
    """One source is single; the undated ones are named together; dated pairs leave nothing open."""
    undated, whole = document("Dues rise.", date=None), Sentence(Span(0, 10))
    own = Statement(0, (), (), (Span(0, 4),), ("author",), (), "asserted", quoted=False, hedges=())
    reading = Reading((whole,), (0.5,), (own,), (), (), ())
    assert unknowns((undated, reading)) == [
        Unknown("single_source", (0,)),
        Unknown("undated", (0,)),
    ]
    assert unknowns((document(), EMPTY)) == [], "nothing was said that could be single"
    three = unknowns((undated, EMPTY), (document(), EMPTY), (undated, EMPTY))
    assert three == [Unknown("undated", (0, 2))]
    assert unknowns((document(), EMPTY), (document(), EMPTY)) == []


CLAIMS = (
    "The quay of Lund was closed in spring.",
    "Eleven cranes were sold to Orm.",
    "Tolls rose by 14 per cent.",
    "A dredger was lost near the lighthouse.",
    "Night trains were stopped.",
)


def claiming(*words: str) -> tuple[Document, Reading]:
    """A document of whose sentences each is a claim and a statement of its own voice."""
    page, reading = sentences(*words)
    spans = [sentence.span for sentence in reading.sentences]
    own = tuple(
        Statement(at, (), (), (span,), ("author",), (), "asserted", quoted=False, hedges=())
        for at, span in enumerate(spans)
    )
    return page, replace(
        reading, statements=own, claims=tuple(Claim(span, 0.8, ("author",)) for span in spans)
    )


def test_claims_of_one_origin_are_counted():
    """Claims that two origins make, or that come near to another source's words, are not lone."""
    first = claiming(*CLAIMS)
    other = claiming("A chapel was built at the ford by masons.")
    (found,) = [one for one in unknowns(first, other) if one.kind == "single_origin"]
    assert found.counts == (6, 6)
    assert len(found.evidence) == 6
    group = (Group((Place(0, 1), Place(1, 0)), 2),)
    (found,) = [one for one in unknowns(first, other, groups=group) if one.counts]
    assert found.counts == (4, 5), "a claim of two origins is one claim, and not lone"
    near = claiming("For tolls 14 in a hundred more is asked.")
    (found,) = [one for one in unknowns(first, near) if one.counts]
    assert "Tolls rose by 14 per cent." not in [one.quote for one in found.evidence]


def test_no_count_of_few_claims_or_of_one_source():
    """Of one document, or of a few claims, nothing is counted."""
    assert "single_origin" not in kinds(claiming(*CLAIMS))
    assert "single_origin" not in kinds(claiming(CLAIMS[0]), claiming(CLAIMS[1]))


def test_reprints_are_no_second_origin():
    """What a copy has too is counted once, and still rests on one origin."""
    page = claiming(*CLAIMS)
    (found,) = [one for one in unknowns(page, page) if one.kind == "single_origin"]
    assert found.counts == (5, 5)


@pytest.mark.parametrize(
    "words",
    [
        "It is unclear whether the wells of Orm are covered.",
        "It was not clear on Thursday who would pay for the quay.",
        "Whether the toll applies to barges remained open on Tuesday.",
        "How the crews will be paid is not known either.",
        "What becomes of the chapel, nobody at the council could say.",
        "Nobody has been able to tell us how the toll will be shared out.",
        "We do not know how much grain the mill needs.",
        "Nor do we know whether the ferry will return.",
        "The council did not say how much the quay would cost.",
        "The council declined to give any figures for the quay.",
        "Orm has not said whether it would enlarge the port.",
        "The price of coal at the quay has not been fixed.",
        "The company has yet to decide on a new ferry.",
        "No figures for the winter line have been published.",
        "The rules for wells are still under review.",
        "Much about the fate of the dredger remains unknown.",
        "It remains to be seen whether the crews will stay.",
        "The cause of the fire in Lund was unknown.",
        "There was no word on when the ferry would return.",
        "The question is who will pay for the quay.",
        "The dockers want to know whether their jobs are safe.",
        "The owners cannot say when the mill will open.",
    ],
)
def test_said_open(words: str):
    """A source that says that something is not known, decided or told leaves it open."""
    assert printed("said_open", sentences(PLAIN, words)) == [words]


@pytest.mark.parametrize(
    "words",
    [
        "If it is not clear who pays, the owner of the quay does.",
        "The man, who has not been named, came from Orm by ferry.",
        "This is why it is unclear who pays for the quay.",
        "He did not say how much the new quay would cost.",
        "I do not know whether the ferry will return in time.",
        "They have yet to decide on a new ferry for Orm.",
        "It is unclear when she will return to the council.",
        "The shops of Lund remain open on Sundays in summer.",
        "Many people in Lund remain uncertain about the harvest.",
        "The council did not close the quay before the summer.",
        "The border had not been agreed before the war.",
        "Answering such questions remains the work of the council.",
        "It remains to be seen.",
        "Is it unclear whether the wells of Orm are covered?",
        "The council did not know that the quay was closed.",
    ],
)
def test_not_said_open(words: str):
    """Suppositions, asides, what leans on other sentences and other denials leave nothing open."""
    assert printed("said_open", sentences(PLAIN, words)) == []


def test_connective_is_not_printed():
    """A word that joins the sentence to the one before is left out."""
    page = sentences(PLAIN, "But it is unclear whether wells are covered.")
    assert printed("said_open", page) == ["it is unclear whether wells are covered."]


def test_open_point_of_a_holder():
    """What a named holder leaves open is told in that name, in the words of the statement."""
    words = "it is unclear whether the wells are covered"
    page, reading = sentences(f"Ilo Brand said {words}.")
    held = said(page.text, words, "Ilo Brand", source="Ilo Brand")
    _, found = unknowns((page, replace(reading, statements=(held,))))
    assert (found.names, found.evidence[0].quote) == (("Ilo Brand",), words)
    unsure = replace(held, resolved=False)
    _, found = unknowns((page, replace(reading, statements=(unsure,))))
    assert (found.names, found.evidence[0].quote) == ((), page.text)
    denied = replace(held, stance="denies")
    assert kinds((page, replace(reading, statements=(denied,)))) == ["single_source"]


def test_quoted_words_need_a_speaker():
    """Words between marks are nobody's unless a statement holds them; a half pair is left out."""
    first, second = "“We do not know who owns the old mill.", "It is sad,” said Ilo Brand."
    page, reading = sentences(first, second)
    assert "said_open" not in kinds((page, reading))
    held = said(page.text, first, "Ilo Brand", quoted=True)
    (found,) = [
        one for one in unknowns((page, replace(reading, statements=(held,)))) if one.evidence
    ]
    assert (found.names, found.evidence[0].quote) == (("Ilo Brand",), first[1:])


def test_words_that_another_sentence_attributes():
    """A holder who is named in another sentence is told; what is half a quotation is not."""
    first, second = "It is unclear whether the wells are covered.", "So said Ilo Brand in Lund."
    page, reading = sentences(first, second)
    both = Span(0, len(page.text) - len(" So said Ilo Brand in Lund.") + 1)
    held = replace(said(page.text, first, "Ilo Brand", source="Ilo Brand"), content=(both,))
    _, found = unknowns((page, replace(reading, statements=(held,))))
    assert (found.names, found.evidence[0].quote) == (("Ilo Brand",), first)
    nobody = replace(held, resolved=False)
    assert kinds((page, replace(reading, statements=(nobody,)))) == ["single_source"]
    half = sentences("It is unclear whether the “wells of Lund are covered.", "So it is” he said.")
    assert kinds(half) == []


def test_that_is_not_printed():
    """The word that joins what is said to its verb is left out."""
    words = "that it is unclear whether wells are covered"
    page, reading = sentences(f"Ilo Brand said {words}.")
    held = said(page.text, words, "Ilo Brand", source="Ilo Brand")
    _, found = unknowns((page, replace(reading, statements=(held,))))
    assert found.evidence[0].quote == words.removeprefix("that ")


def test_one_point_of_several_sources():
    """The same point is one entry with all its documents, the earliest first in evidence."""
    words = "It is unclear whether the wells of Orm are covered."
    late = sentences(PLAIN, words, date="2026-05-02")
    early = sentences("Masons built a chapel.", words, date="2026-05-01")
    other = sentences("The cause of the fire in Lund was unknown.", "Masons built a chapel.")
    found = [one for one in unknowns(late, early, other) if one.kind == "said_open"]
    assert [one.documents for one in found] == [(0, 1), (2,)]
    assert [one.document for one in found[0].evidence] == [1, 0]


def test_open_points_before_and_after():
    """Two points said to be open come first, others after what is undated or asked."""
    lines = [
        "It is unclear whether wells are covered.",
        "The price of coal has not been fixed yet.",
        "The cause of the fire in Lund was unknown.",
    ]
    page, reading = sentences(*lines, QUESTION, PLAIN, date=None)
    order = ["said_open", "said_open", "undated", "open_question", "said_open"]
    assert kinds((page, reading)) == order


def test_open_questions():
    """The most salient questions come first, each with its words as evidence."""
    words = ["Who runs the mill?", QUESTION, "Why was grain sold to Orm?"]
    told = (words[0], CLAIMS[0], words[1], CLAIMS[3], words[2], CLAIMS[4])
    page, reading = sentences(*told, salience=(0.1, 0, 0.4, 0, 0.2, 0))
    assert printed("open_question", (page, reading)) == [words[1], words[2], words[0]]
    found = next(one for one in unknowns((page, reading)) if one.kind == "open_question")
    span = find(page.text, QUESTION)
    assert found == Unknown("open_question", (0,), (), (Evidence(0, span, QUESTION),))


@pytest.mark.parametrize(
    "answer",
    [
        "Not the owners of ships.",
        "The town does.",
        "Tam Oyle (Minister): The owners of ships will pay.",
        "How will the town find the money for the quay?",
    ],
)
def test_answered_questions(answer: str):
    """A question is not open where the next sentence answers it, or asks on."""
    assert "open_question" not in kinds(sentences(QUESTION, answer))


def test_amounts_answer_how_many():
    """A number after `how many` is the answer."""
    asked = "How many crews are left in Lund?"
    assert "open_question" not in kinds(sentences(asked, "The board speaks of 14 crews."))
    assert "open_question" in kinds(sentences(asked, "The board speaks of crews at sea."))


@pytest.mark.parametrize(
    ("told", "is_open"),
    [
        ("Fourteen crews will be left in Lund, the board writes.", False),
        ("The board will leave 14 crews at Lund.", False),
        ("Fourteen crews sailed to Orm last year.", True),
        ("Fourteen boats will be left in Lund.", True),
        ("Will fourteen crews be left in Lund?", True),
    ],
)
def test_what_another_source_counts_is_not_open(told: str, is_open: bool):
    """A point of one source that says not to know how many; the other tells."""
    pile = (sentences("It is not known how many crews will be left in Lund."), sentences(told))
    assert ("said_open" in kinds(*pile)) == is_open


def test_questions_that_have_no_answer():
    """A question of anybody is open if the text says that nobody can answer it."""
    page, reading = sentences("Ilo Brand: Are wells covered?", "Tam Oyle: I cannot say.")
    (found,) = [one for one in unknowns((page, reading)) if one.kind == "open_question"]
    assert (found.names, found.evidence[0].quote) == (("Ilo Brand",), "Are wells covered?")
    page, reading = sentences(QUESTION, "The minister does not tell us.")
    asked = said(page.text, QUESTION, "Ilo Brand")
    (found,) = [
        one for one in unknowns((page, replace(reading, statements=(asked,)))) if one.evidence
    ]
    assert found.names == ("Ilo Brand",)
    nobody = replace(asked, holders=())
    assert "open_question" not in kinds((page, replace(reading, statements=(nobody,))))


@pytest.mark.parametrize(
    "words",
    [
        "“Who pays for the quay of Lund?”",
        "Is it the port of Lund?",
        "Why not?",
        "But who are they?",
        "Interested in the quay of Lund?",
        "Isn’t the quay of Lund too dear for all?",
        "WHO PAYS FOR THE QUAY OF LUND?",
    ],
)
def test_questions_of_others(words: str):
    """Quoted questions, scraps and those that lean on the text before are not listed."""
    page, reading = sentences(words)
    assert "open_question" not in kinds((page, reading))


def test_reported_and_heading_questions():
    """A question that somebody else asks, or that heads a section, is not the source's."""
    page, reading = sentences(QUESTION)
    span = reading.sentences[0].span
    held = said(page.text, QUESTION, "Ilo Brand")
    assert "open_question" not in kinds((page, replace(reading, statements=(held,))))
    heading = replace(reading, sentences=(Sentence(span, "heading"),))
    assert "open_question" not in kinds((page, heading))
    assert "open_question" in kinds((page, reading))


def quoting() -> tuple[Document, Reading]:
    """A text that quotes somebody."""
    page, reading = sentences("“Night trains were stopped,” said Tam Oyle.")
    held = said(page.text, "Night trains were stopped,", "Tam Oyle", quoted=True)
    return page, replace(reading, statements=(held,))


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
    own = said(text, "differ", "Ilo Brand", quoted=True)
    rows = tuple(position(text, name) for name in ("Dock Union", "Ilo Brand", "Orm", "Edda Moor"))
    reading = replace(
        reading, actors=actors, positions=(*rows, position(text, "Edda Moor")), statements=(own,)
    )
    (found,) = [one for one in unknowns((page, reading)) if one.names]
    assert found == Unknown("never_quoted", (0,), ("Edda Moor",))
    signed = replace(page, authors=("Edda Moor",), publisher="Dock Union")
    assert "never_quoted" not in kinds((signed, reading))


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
    assert "never_quoted" not in kinds((page, reading), quoting())
    spoken = find(text, "“We will not pay for this quay.”")
    held = said(text, text[slice(*spoken)], "Ilo Brand", quoted=True)
    known = replace(reading, statements=(held,))
    assert "never_quoted" in kinds((page, known), quoting())
    unsure = replace(reading, statements=(replace(held, resolved=False),))
    assert "never_quoted" not in kinds((page, unsure), quoting())


def test_quotation_left_open_leaves_it_open():
    """A mark without its partner may be the start of anybody's words."""
    page, reading = unquoted("Edda Moor is against. “We will not pay. It rained.")
    assert "never_quoted" not in kinds((page, reading), quoting())


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Edda Moor is against the dues.", {"title": "Speech of Edda Moor in Lund"}),
        ("Edda Moor is against the dues.", {"authors": ("E. Moor",)}),
        ("Edda Moor is against the dues.\n\nMS. MOOR: Good morning to you all.", {}),
        ("Edda Moor, Pilots’ Union\n\nWe are against the dues.", {}),
        ("We are against the dues.\n\nWith kind regards,\n\nEdda Moor\nPilots’ Union", {}),
    ],
)
def test_speakers_are_not_unquoted(text: str, given: dict[str, object]):
    """Whoever title, authors, head, sign-off or a turn of speech names speaks, by surname too."""
    page, reading = unquoted(text, **given)
    assert "never_quoted" not in kinds((page, reading), quoting())


@pytest.mark.parametrize(
    "text",
    [
        "Edda Moor is against the dues.",
        "To Edda Moor, Orm\n\nDear Edda Moor,\n\nWe are against the dues.",
        "Dues rise.\n\nNews of Edda Moor\n\nShe is against the dues.",
    ],
)
def test_whom_a_letter_goes_to_may_be_unquoted(text: str):
    """An addressee, and whom a heading within the text names, do not speak by that."""
    page, reading = unquoted(text)
    assert "never_quoted" in kinds((page, reading), quoting())


def test_scraps_of_own_words_count():
    """Who is quoted with two words only is not said to be unquoted."""
    text = "Edda Moor is against the “mad dues” of Lund."
    page, reading = unquoted(text)
    held = said(text, "the “mad dues” of Lund", "Moor")
    assert "never_quoted" in kinds((page, reading), quoting())
    assert "never_quoted" not in kinds((page, replace(reading, statements=(held,))), quoting())


def test_organisation_of_a_speaker_is_not_unquoted():
    """Whoever is quoted in a text may speak for the organisations that it names."""
    text = "Edda Moor said no. Dock Union is against the dues."
    page, reading = sentences("Edda Moor said no.", "Dock Union is against the dues.")
    union = Actor("Dock Union", "organisation", (find(text, "Dock Union"),))
    reading = replace(reading, actors=(union,), positions=(position(text, "Dock Union"),))
    assert "never_quoted" in kinds((page, reading), quoting())
    known = replace(reading, statements=(said(text, "no", "Edda Moor", quoted=True),))
    assert "never_quoted" not in kinds((page, known), quoting())


def test_common_nouns_are_not_unquoted():
    """A word that the text has in small letters too names nobody."""
    text = "Dockers are against. All dockers of Lund are."
    page, reading = sentences(text)
    actor = Actor("Dockers", "organisation", (find(text, "Dockers"),))
    reading = replace(reading, actors=(actor,), positions=(position(text, "Dockers"),))
    assert "never_quoted" not in kinds((page, reading), quoting())


def test_position_in_own_words_counts_as_quoted():
    """A quoted position is enough, also under the surname alone in another source."""
    text = "Edda Moor and Moor differ."
    page, reading = sentences(text)
    full, short = (Actor(name, "person", (find(text, name),)) for name in ("Edda Moor", "Moor"))
    first = replace(reading, actors=(full,), positions=(position(text, "Edda Moor"),))
    second = replace(reading, actors=(short,), positions=(position(text, "Moor", quoted=True),))
    assert "never_quoted" not in kinds((page, first), (page, second), quoting())
    second = replace(second, positions=(position(text, "Moor"),))
    (found,) = unknowns((page, first), (page, second), quoting())
    assert found.names == ("Edda Moor",)


def test_unknown_speaker_elsewhere():
    """A quotation of nobody known counts only against those whom its document names."""
    page, reading = unquoted("Edda Moor is against the dues.")
    other = sentences("“We will not pay for this quay.” It rained in Lund.")
    assert "never_quoted" in kinds((page, reading), quoting(), other)
    named = sentences("“We will not pay for this quay.” Moor had left Lund.")
    assert "never_quoted" not in kinds((page, reading), quoting(), named)


def test_nobody_is_unquoted_where_nobody_is_quoted():
    """Sources that quote nobody at all leave out nobody in particular."""
    assert "never_quoted" not in kinds(unquoted("Edda Moor is against the dues."))


def test_three_are_named_at_most():
    """Those with the most to say come first, and three are enough."""
    names = ("Edda Moor", "Ilo Brand", "Mara Quist", "Per Aske")
    text = ", ".join(names) + " are against."
    page, reading = sentences(text)
    actors = tuple(Actor(name, "person", (find(text, name),)) for name in names)
    rows = tuple(position(text, name) for name in (*names, "Per Aske"))
    found = unknowns((page, replace(reading, actors=actors, positions=rows)), quoting())
    assert [one.names for one in found] == [("Per Aske", "Edda Moor", "Ilo Brand")]


def test_short_name_of_a_speaker():
    """An organisation is not unquoted while a shorter name of it may speak in another text."""
    text = "The Lund Dock Union is against the dues."
    page, reading = sentences(text)
    union = Actor("Lund Dock Union", "organisation", (find(text, "Lund Dock Union"),))
    rows = (position(text, "Lund Dock Union"),)
    held = (page, replace(reading, actors=(union,), positions=rows))
    assert "never_quoted" in kinds(held, quoting())
    other, told = quoting()
    spoken = replace(told.statements[0], holders=("Dock Union",))
    assert "never_quoted" not in kinds(held, (other, replace(told, statements=(spoken,))))


def test_same_input_same_result():
    """The same sources give equal entries."""
    page = claiming(*CLAIMS)
    assert unknowns(page, quoting()) == unknowns(page, quoting())
