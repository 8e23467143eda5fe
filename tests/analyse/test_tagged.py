"""What the tagger's spans attribute, and how rules and tagger go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.analyse.attribution import attributions
from briefing.analyse.quotations import Quoted
from briefing.analyse.syntax import parse
from briefing.analyse.tagged import tagged, together
from briefing.document import Document, Span
from briefing.reader.tagger import Tagged
from briefing.segment import segment

if TYPE_CHECKING:
    from briefing.analyse.cues import Attribution

pytestmark = pytest.mark.reader


def spans(text: str, source: str, cue: str, content: str, *, sure: float = 0.9) -> list[Tagged]:
    """A source, a cue and a content of `text`, linked; an empty source is left out."""

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    found = [Tagged("cue", at(cue), sure, None), Tagged("content", at(content), sure, 0)]
    return found + ([Tagged("source", at(source), sure, 0)] if source else [])


def of(text: str, found: list[Tagged]) -> tuple[Attribution, ...]:
    """The attributions of tagged spans of `text`."""
    document = Document("note.txt", text)
    return tagged(parse(document, segment(document)), found, Quoted(text))


def test_lexicon_and_parse_read_the_spans() -> None:
    """Holder, stance, mode and negation come from the words that were tagged."""
    text = "Mirela Voss and Tobias Renn did not reject the toll on small ferries."
    found = spans(
        text, "Mirela Voss and Tobias Renn", "did not reject", "the toll on small ferries"
    )
    (item,) = of(text, found)
    assert [token.text for token in item.holders] == ["Voss", "Renn"]
    assert (item.shows.stance, item.shows.mode, item.negated) == ("rejects", "act", True)
    assert (item.sentence, item.quoted, item.root) == (0, False, True)


@pytest.mark.parametrize("said", ["“It will fall. We shall see to it,”", "“It will fall,”"])
def test_what_stands_above_a_quotation_is_not_its_speakers(said: str) -> None:
    """Without marks of its own it is the author's; a quotation of two sentences is one."""
    above = "The bill is a mistake."
    text = f"{above}\n\n{said} said Voss."
    found = [*spans(text, "Voss", "said", said), *spans(text, "", "said", above)[1:]]
    (item,) = of(text, found)
    assert [text[slice(*piece)] for piece in item.content] == [said]


def test_nobody_of_another_sentence_says_it_too() -> None:
    """Of two sources the one beside the cue; a lone one may stand in the sentence before."""
    text = "Delegates voted for the strike. Voss tooted that the quay is full."
    found = spans(text, "Voss", "tooted", "that the quay is full")
    other = Tagged("source", Span(0, len("Delegates")), 0.9, 0)
    for given, names in (([*found, other], ["Voss"]), ([*found[:2], other], ["Delegates"])):
        (item,) = of(text, given)
        assert [token.text for token in item.holders] == names


def test_unknown_cue_says() -> None:
    """A cue that the lexicon does not know is taken for saying."""
    text = "Mirela Voss tooted that the quay is full."
    (item,) = of(text, spans(text, "Mirela Voss", "tooted", "that the quay is full"))
    assert (item.shows.stance, item.shows.mode) == ("states", "say")


def test_quotation_is_known() -> None:
    """A content that is a whole quotation is the holder's own words."""
    text = "“We shall stay,” Mirela Voss tooted."
    (item,) = of(text, spans(text, "Mirela Voss", "tooted", "“We shall stay,”"))
    assert item.quoted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Voss says the quay is full.", ("Voss", "says", "the quay is full", 0.3)),
        ("Voss must say that it is full.", ("Voss", "must say", "that it is full", 0.9)),
    ],
)
def test_unsure_spans_and_duties_attribute_nothing(
    text: str, found: tuple[str, str, str, float]
) -> None:
    """An unsure span, and what somebody should say, are no attributions."""
    *words, sure = found
    assert of(text, spans(text, *words, sure=sure)) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Renn had called Voss.", ("Renn", "called", "Voss")),
        ("It would allow ports to charge.", ("", "would allow", "ports to charge")),
        ("The policies confirm that it is full.", ("The policies", "confirm", "that it is full")),
        ("Voss was offered a new boat.", ("Voss", "was offered", "a new boat")),
        ("By 1 June they will be offered a boat.", ("1 June", "will be offered", "a boat")),
    ],
)
def test_no_brief_rests_on_what_nobody_says(text: str, found: tuple[str, str, str]) -> None:
    """A single word, what nobody says, a thing or a day taken for a speaker are doubtful.

    So is an offer in the mouth of the one to whom it is made.
    """
    (item,) = of(text, spans(text, *found))
    assert not item.sure


def test_rules_say_how_and_the_tagger_what() -> None:
    """Where both read a cue its kind is the rules'; a speaker whom they miss is added."""
    text = "Mirela Voss demanded that the quay stay open. Tobias Renn tooted that it is not."
    document = Document("note.txt", text)
    docs, quoted = parse(document, segment(document)), Quoted(text)
    first = spans(text, "Mirela Voss", "demanded", "that the quay stay open")
    second = [
        Tagged(one.role, one.span, one.probability, None if one.link is None else 3)
        for one in spans(text, "Tobias Renn", "tooted", "that it is not")
    ]
    both = together(tagged(docs, first + second, quoted), attributions(docs, quoted))
    assert [(item.head.text, item.shows.stance) for item in both] == [
        ("demanded", "demands"),
        ("tooted", "states"),
    ]
    assert [text[slice(*span)] for span in both[0].content] == ["that the quay stay open"]


def test_what_is_said_within_a_content_stays() -> None:
    """The tagger finds the outer attribution alone; the inner one is the rules'."""
    text = "Tobias Renn said that Mirela Voss opposes the toll."
    document = Document("note.txt", text)
    docs, quoted = parse(document, segment(document)), Quoted(text)
    outer = spans(text, "Tobias Renn", "said", "that Mirela Voss opposes the toll")
    both = together(tagged(docs, outer, quoted), attributions(docs, quoted))
    assert {item.head.text for item in both} == {"said", "opposes"}


def heard(text: str, found: list[Tagged], headings: tuple[str, ...] = ()) -> list[str]:
    """Source and contents of the attributions of tagged spans, as words."""
    marked = tuple(Span(text.index(one), text.index(one) + len(one)) for one in headings)
    document = Document("note.txt", text, headings=marked)
    docs = parse(document, segment(document))
    return [
        " | ".join(document[span] for span in (*item.source, *item.content))
        for item in tagged(docs, found, Quoted(text))
    ]


LIST = """From May:

- Voss will admit that the quay is full.
- Two boats will lie at Arle.

Renn agrees.
"""
ASKED = """We ask that before the end of this year at the latest the port

- mend the quay;
- drain the dock.

Renn agrees.
"""
PARAGRAPHS = """Mirela Voss tooted that the quay is full.

Nobody else has seen it."""
REBUTTED = "Mirela Voss tooted that the quay is full. It is not."
QUOTED = """Mirela Voss tooted: “The quay is full.

“It has been so since May.” Renn laughed."""
BYLINE = """The quay is full
By Tobias Renn

The quay is full, Mirela Voss tooted."""


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        (
            LIST,
            ("Voss", "will admit", "that the quay is full.\n- Two boats will lie at Arle"),
            ["Voss | that the quay is full"],
        ),
        (
            ASKED,
            ("We", "ask", ASKED[7:-16]),
            ["We | " + " | ".join((ASKED[7:62], "mend the quay", "drain the dock"))],
        ),
        (
            PARAGRAPHS,
            ("Mirela Voss", "tooted", "that the quay is full.\n\nNobody else has seen it"),
            ["Mirela Voss | that the quay is full"],
        ),
        (
            REBUTTED,
            ("Mirela Voss", "tooted", "that the quay is full. It is not"),
            ["Mirela Voss | that the quay is full"],
        ),
        (
            QUOTED,
            ("Mirela Voss", "tooted", QUOTED[20:-14]),
            [f"Mirela Voss | {QUOTED[20:-14]}"],
        ),
        (
            BYLINE,
            ("Mirela Voss", "tooted", BYLINE[:-21]),
            ["Mirela Voss | The quay is full"],
        ),
    ],
)
def test_spans_stop_with_their_block(
    text: str, found: tuple[str, str, str], expected: list[str]
) -> None:
    """A content ends with its paragraph or item, and outside quotation marks with its sentence."""
    assert heard(text, spans(text, *found)) == expected


def test_source_stands_in_the_block_of_its_cue() -> None:
    """What of a naming stands in the paragraph above, as a heading or a byline, is no part of it."""
    text = "Tobias Renn\n\nThe Harbour Council tooted that the quay is full."
    found = spans(text, "Tobias Renn\n\nThe Harbour Council", "tooted", "that the quay is full")
    assert heard(text, found, ("Tobias Renn",)) == ["The Harbour Council | that the quay is full"]


@pytest.mark.parametrize(
    "found",
    [
        ("The Harbour", "Council:", "May, at Arle\n\nThe quay will close"),
        ("The Council", "tooted", "The Harbour Council: a new quay"),
    ],
)
def test_heading_attributes_nothing(found: tuple[str, str, str]) -> None:
    """A cue in a heading attributes nothing, and a heading is not what somebody said."""
    title = "The Harbour Council: a new quay"
    text = f"{title}\n\nMay, at Arle\n\nThe quay will close. The Council tooted."
    assert heard(text, spans(text, *found), (title,)) == []


def test_line_above_a_list_is_no_heading() -> None:
    """A short line that a list goes on with says whose list it is."""
    text = "We therefore ask you to\n\n- mend the quay;\n- drain the dock.\n\nRenn agrees."
    found = spans(text, "We", "therefore ask", "mend the quay;\n- drain the dock")
    assert heard(text, found) == ["We | mend the quay | drain the dock"]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("Voss would ask for no toll.", ("Voss", "would ask for", "no toll"), ("states", False)),
        ("Voss is planning a regatta.", ("Voss", "is planning", "a regatta"), ("states", False)),
        (
            "Voss apologised for the delay.",
            ("Voss", "apologised for", "the delay"),
            ("states", False),
        ),
        ("Voss accepts neither toll.", ("Voss", "accepts", "neither toll"), ("accepts", True)),
        ("Voss argued for a toll.", ("Voss", "argued for", "a toll"), ("demands", False)),
    ],
)
def test_stance_asks_for_its_object(
    text: str, found: tuple[str, str, str], expected: tuple[str, bool]
) -> None:
    """A cue takes a side only with an object that there is to take it on."""
    (item,) = of(text, spans(text, *found))
    assert (item.shows.stance, item.negated) == expected


def test_rebuttal_is_not_what_it_rebuts() -> None:
    """`Nothing of the kind` is nothing that its speaker says, nor is what it answers."""
    text = "One hears that the quay is full. Mirela Voss said nothing of the kind."
    found = spans(text, "Mirela Voss", "said", "nothing of the kind")
    start = text.index("that the quay")
    found.append(Tagged("content", Span(start, start + len("that the quay is full")), 0.9, 0))
    assert of(text, found) == ()
