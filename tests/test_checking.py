"""Any text against its sources: verdicts, scores, evidence and faults, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analyse.stub import StubAnalyser
from briefing.checking import (
    CONTRADICTED,
    Checked,
    Inquiry,
    Verdict,
    answers,
    check,
    sentences_of,
    verdict,
)
from briefing.document import Document, Span
from briefing.segment import segment
from briefing.support.stub import StubScorer
from briefing.support.weighed import THRESHOLD, Weighed
from briefing.verify.grounds import Fault, Kind
from briefing.verify.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.findings import Reading

BRIDGE = (
    "The bridge of Wend carries 9,000 cars a day. The council may close it for repairs in May."
)
FERRY = "A ferry sails to Orm at nine. Ilse Morn says that the ferry of Wend lost 40 crowns."
LOW, HIGH = THRESHOLD - 0.01, THRESHOLD


def read(documents: Sequence[Document]) -> tuple[Reading, ...]:
    """Read with a dozen regular expressions."""
    return StubAnalyser().analyse(documents, [segment(each) for each in documents])


DOCUMENTS = (
    Document("bridge.txt", BRIDGE, authors=("Per Aske",)),
    Document("ferry.txt", FERRY, authors=("Ada Foll",)),
)
SOURCES = Sources(DOCUMENTS, read(DOCUMENTS), StubScorer())


def checked(text: str) -> tuple[Checked, ...]:
    """What the sources make of `text`."""
    return check(Document("draft.md", text), SOURCES, read)


def fault(kind: Kind, *, misattributed: bool = False) -> Fault:
    """Something that a rule found wrong."""
    return Fault(kind, Span(0, 1), "so it is", misattributed, None)


@pytest.mark.parametrize(
    ("score", "denied", "wrong", "expected"),
    [
        (HIGH, 0.0, (), "supported"),
        (LOW, 0.0, (), "unsupported"),
        (LOW, CONTRADICTED, (), "contradicted"),
        (HIGH, CONTRADICTED, (), "supported"),
        (1.0, 0.0, (fault("number"),), "unsupported"),
        (1.0, 0.0, (fault("negation"),), "contradicted"),
        (1.0, CONTRADICTED, (fault("number"),), "contradicted"),
        (LOW, 0.9, (fault("negation"), fault("holder", misattributed=True)), "misattributed"),
        (1.0, 0.0, (fault("number", misattributed=True),), "misattributed"),
    ],
)
def test_scorer_and_rules_decide_together(
    score: float, denied: float, wrong: tuple[Fault, ...], expected: Verdict
) -> None:
    """Both must agree that a sentence stands; where it stands elsewhere, that says most."""
    assert verdict(Weighed(score, denied, ()), wrong) == expected


def test_a_supported_sentence_has_its_evidence() -> None:
    """Its score is full, nothing is wrong with it, and its words are found in their source."""
    (found,) = checked("The ferry of Wend lost 40 crowns, Ilse Morn says.")
    assert (found.verdict, found.score, found.faults) == ("supported", 1.0, ())
    nearest = [each for each in found.evidence if "40 crowns" in each.quote]
    assert [each.document for each in nearest] == [1]
    assert all(FERRY[slice(*each.span)] == each.quote for each in nearest)


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("The bridge of Wend carries 8,000 cars a day.", "unsupported", "number"),
        ("The bridge of Wend does not carry 9,000 cars a day.", "contradicted", "negation"),
        ("Ilse Morn says that the bridge of Wend carries 9,000 cars.", "misattributed", "holder"),
    ],
)
def test_a_wrong_sentence_has_its_faults(text: str, expected: Verdict, kind: Kind) -> None:
    """What is wrong is told by kind, with its place in the sentence."""
    (found,) = checked(text)
    assert found.verdict == expected
    assert kind in [each.kind for each in found.faults]
    assert all(text[slice(*each.span)].strip() for each in found.faults)


def test_the_scorer_alone_can_refuse() -> None:
    """Without a fault, a sentence of other words is unsupported; its score says how far."""
    (found,) = checked("The council built a harbour.")
    assert (found.verdict, found.faults, found.score) == ("unsupported", (), round(1 / 3, 4))


def test_every_sentence_with_a_word_is_checked() -> None:
    """Headings too; a line of stars or a dash is no sentence."""
    text = "# Repairs in May\n\n* * *\n\nThe council may close the bridge in May.\n\n—\n"
    found = checked(text)
    assert [each.text for each in found][-1] == "The council may close the bridge in May."
    assert len(found) == 2
    assert "Repairs in May" in found[0].text
    assert all(text[slice(*each.span)] == each.text for each in found)


def test_a_text_without_a_word_has_nothing_to_check() -> None:
    """No sentence, no record."""
    assert checked("") == checked(" \n* * *\n") == ()


PARTS = ("The ferry sails at nine.", "Nobody knows.", "* * *", "\n\n", "It cost 7 crowns!", "“Ha”")


@given(st.lists(st.sampled_from(PARTS), max_size=6))
def test_records_stand_where_they_say(parts: list[str]) -> None:
    """Whatever the text: in its order, each with its words, a score of 0 to 1 and true evidence."""
    text = " ".join(parts)
    found = checked(text)
    spans = [each.span for each in found]
    assert spans == sorted(spans)
    for each in found:
        assert text[slice(*each.span)] == each.text
        assert 0 <= each.score <= 1
        assert all(DOCUMENTS[one.document][one.span] == one.quote for one in each.evidence)
        assert each.verdict != "supported" or not each.faults


def ask(text: str, claim: str) -> Inquiry:
    """A claim, and the text that may carry it."""
    return Inquiry(Document("text", text), claim)


def test_a_claim_is_as_good_as_its_weakest_sentence() -> None:
    """The evidence of all of its sentences stands in the order of the text, each once."""
    strong = "The bridge carries 9,000 cars. The council may close it."
    good, bad = answers(
        [ask(BRIDGE, strong), ask(BRIDGE, f"{strong} Gulls starve.")], StubScorer()
    )
    assert (good.score, good.supported) == (1.0, True)
    assert (bad.score, bad.supported) == (0.0, False)
    assert [BRIDGE[slice(*span)] for span in good.evidence] == [
        BRIDGE[slice(*each.span)] for each in segment(Document("text", BRIDGE))
    ]


def test_white_space_in_a_text_does_not_count() -> None:
    """A text that was wrapped carries what it carried before, at its own places."""
    wrapped = BRIDGE.replace(" cars", "\ncars")
    (answer,) = answers([ask(wrapped, "It carries 9,000\n cars a day.")], StubScorer())
    assert answer.supported
    assert "9,000\ncars" in wrapped[slice(*answer.evidence[0])]


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_text_carries_nothing(text: str) -> None:
    """It is answered, and no place is named where there is none."""
    (answer,) = answers([ask(text, "The bridge carries cars.")], StubScorer())
    assert (answer.score, answer.supported, answer.evidence) == (0.0, False, ())


INQUIRIES = (
    ask(BRIDGE, "The bridge carries 9,000 cars. Gulls starve."),
    ask("", "The bridge carries cars."),
    ask(FERRY, "?!"),
    ask(FERRY, "The ferry of Wend lost 40 crowns."),
)


@given(st.lists(st.sampled_from(INQUIRIES), max_size=6))
def test_each_claim_is_answered_as_if_alone(inquiries: list[Inquiry]) -> None:
    """One answer each, in order, whatever is asked beside it."""
    scorer = StubScorer()
    alone = [answer for each in inquiries for answer in answers([each], scorer)]
    assert answers(inquiries, scorer) == alone


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("Dues\n rise. Ships\tleave.", ["Dues rise.", "Ships leave."]),
        ("* * *\n\nDues rise.", ["Dues rise."]),
        ("?!", ["?!"]),
    ],
)
def test_a_claim_falls_into_sentences(claim: str, expected: list[str]) -> None:
    """Those with a word, on one line each; one without any stays whole, and is answered."""
    assert sentences_of(claim) == expected
