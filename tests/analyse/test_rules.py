"""Who says what, on sentences written for this purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.analyse.rules import RuleAnalyser
from briefing.document import Document
from briefing.segment import segment

if TYPE_CHECKING:
    from briefing.findings import Reading, Statement

pytestmark = pytest.mark.reader


@pytest.fixture(scope="module")
def analyser() -> RuleAnalyser:
    return RuleAnalyser()


@pytest.fixture
def read(analyser: RuleAnalyser):
    def read(text: str, **metadata: object) -> tuple[Document, Reading]:
        document = Document("note.txt", text, **metadata)  # type: ignore[arg-type]
        return document, analyser.analyse([document], [segment(document)])[0]

    return read


def held(document: Document, reading: Reading) -> list[tuple[str, str, str, str]]:
    """Holder, stance, basis and words of every statement with a cue."""
    return [
        (" and ".join(s.holders), s.stance, s.basis, " … ".join(document[c] for c in s.content))
        for s in reading.statements
        if s.cue
    ]


def only(reading: Reading) -> Statement:
    """The one statement with a cue."""
    (statement,) = (s for s in reading.statements if s.cue)
    return statement


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Harbour Council said that the quay would close in May.",
            ("Harbour Council", "states", "reported", "that the quay would close in May"),
        ),
        (
            "The Harbour Council’s accountants put the loss at £900,000.",
            ("Harbour Council’s accountants", "states", "reported", "the loss at £900,000"),
        ),
        (
            "The bank kept its rate, as Mirela Voss had expected, but said that a cut was near.",
            ("Mirela Voss", "expects", "reported", "The bank kept its rate"),
        ),
        (
            "Police counted 1,200 lorries on the quay.",
            ("Police", "states", "reported", "1,200 lorries on the quay"),
        ),
        (
            "The Harbour Council estimates the cost at 9 million crowns.",
            ("Harbour Council", "states", "reported", "the cost at 9 million crowns"),
        ),
        (
            "The toll will double, Mirela Voss warned.",
            ("Mirela Voss", "warns", "reported", "The toll will double"),
        ),
        (
            "Mirela Voss and Tobias Renn oppose the new toll.",
            ("Mirela Voss and Tobias Renn", "opposes", "reported", "the new toll"),
        ),
        (
            "Mirela Voss does not oppose the new toll.",
            ("Mirela Voss", "accepts", "reported", "the new toll"),
        ),
        (
            "The union refused to sign the agreement.",
            ("union", "rejects", "reported", "to sign the agreement"),
        ),
        (
            "Mirela Voss appears willing to accept a lower toll.",
            ("Mirela Voss", "accepts", "inferred", "to accept a lower toll"),
        ),
        (
            "Mirela Voss believes that the port is full.",
            ("Mirela Voss", "believes", "inferred", "that the port is full"),
        ),
        (
            "The shippers called for a lower toll.",
            ("shippers", "demands", "reported", "a lower toll"),
        ),
        (
            "According to Mirela Voss, the port lost nine ships last year.",
            ("Mirela Voss", "states", "reported", "the port lost nine ships last year"),
        ),
        (
            "The toll was rejected by the pilots.",
            ("pilots", "rejects", "reported", "The toll"),
        ),
        (
            "The union remains opposed to any toll on ferries.",
            ("union", "opposes", "reported", "any toll on ferries"),
        ),
        (
            "Mirela Voss demanded that the toll be scrapped.",
            ("Mirela Voss", "demands", "reported", "that the toll be scrapped"),
        ),
    ],
)
def test_attributes(read, text: str, expected: tuple[str, str, str, str]) -> None:
    """A cue gives its holder, stance, basis and words."""
    document, reading = read(text)
    assert expected in held(document, reading)


def test_who_calls_a_thing_something_holds_that(read) -> None:
    """And the author of the sentence says no more than that."""
    document, reading = read("Mirela Voss called the new toll a swindle.")
    (statement,) = reading.statements
    assert (statement.holders, statement.resolved) == (("Mirela Voss",), True)
    assert document[statement.content[0]] == "the new toll a swindle"


def test_direct_quotation_is_the_speakers(read) -> None:
    """A quotation beside a cue is quoted of the speaker, marks included."""
    document, reading = read("“We will not pay this toll,” said Mirela Voss on Monday.")
    statement = only(reading)
    assert statement.quoted
    assert statement.holders == ("Mirela Voss",)
    assert [document[span] for span in statement.content] == ["“We will not pay this toll,”"]


def test_quotation_goes_on_after_the_cue(read) -> None:
    """A further quotation in the paragraph belongs to the same speaker."""
    document, reading = read("“We will not pay this,” said Mirela Voss. “It is a plain theft.”")
    assert [document[span] for span in only(reading).content] == [
        "“We will not pay this,”",
        "“It is a plain theft.”",
    ]
    assert all(s.cue for s in reading.statements), "no sentence of hers is the author's"


def test_scare_quotes_have_no_speaker(read) -> None:
    """Words in scare quotes are nobody's statement."""
    _, reading = read("The so-called “fairness package” would allow ports to charge more.")
    assert not [s for s in reading.statements if s.quoted or s.cue]


def test_author_speaks_where_nobody_else_does(read) -> None:
    """A plain sentence is asserted by the author, if named by name."""
    _, reading = read("The quay is full.", authors=("Ada Lind",))
    (statement,) = reading.statements
    assert (statement.holders, statement.basis, statement.cue) == (("Ada Lind",), "asserted", ())


def test_author_is_called_author_without_a_name(read) -> None:
    """Where the source names no author, the holder is the word for it."""
    _, reading = read("The quay is full.")
    assert reading.statements[0].holders == ("author",)


def test_questions_and_headings_are_no_statements(read) -> None:
    """Nobody asserts a question or a heading."""
    _, reading = read("The price of a berth\n\nWho will pay for the new quay in the end?")
    assert reading.statements == ()


def test_first_person_is_the_author(read) -> None:
    """`We demand` in a letter is its author's own, asserted."""
    document, reading = read(
        "We demand a lower toll for small ferries.", publisher="Ferry Owners’ League"
    )
    assert held(document, reading) == [
        ("Ferry Owners’ League", "demands", "asserted", "a lower toll for small ferries")
    ]


def test_nested_statement_says_through_whom(read) -> None:
    """What Renn says of Voss comes by way of Renn."""
    _, reading = read("Tobias Renn said that Mirela Voss opposes the toll.")
    nested = next(s for s in reading.statements if s.holders == ("Mirela Voss",))
    assert nested.via == ("Tobias Renn",)


def test_denied_report_says_nothing(read) -> None:
    """Who did not say something did not say it."""
    document, reading = read("Mirela Voss did not say that the toll would rise.")
    assert not [row for row in held(document, reading) if row[0] == "Mirela Voss"]


def test_what_nobody_looked_into_is_not_denied(read) -> None:
    """Who failed to consider a thing takes no side on it."""
    _, reading = read("The pilots said that the minister failed to consider the effect on birds.")
    assert {one.stance for one in reading.statements} == {"states"}
    assert not [one for one in reading.positions if one.actor != "pilots"]


def test_hedges_are_found_where_they_stand(read) -> None:
    """The author's own words of caution are spans of the text."""
    document, reading = read("Mirela Voss would probably accept a lower toll.")
    (statement,) = (s for s in reading.statements if s.cue)
    assert [document[hedge] for hedge in statement.hedges] == ["probably"]
    assert statement.basis == "inferred"


def test_surname_is_the_full_name(read) -> None:
    """A later surname is the person named in full before."""
    document, reading = read(
        "Mirela Voss spoke first. Later Voss said that the quay would stay open."
    )
    assert ("Mirela Voss", "states", "reported", "that the quay would stay open") in held(
        document, reading
    )


@pytest.mark.parametrize(
    "office",
    ["Minister of Ferries", "Minister for Ferries", "the Secretary of State"],
)
def test_an_office_is_no_part_of_a_name(read, office: str) -> None:
    """What somebody is in office for stands before their name without a mark."""
    _, reading = read(f"“We will not pay this toll,” said {office} Mirela Voss on Monday.")
    assert only(reading).holders == ("Mirela Voss",)


@pytest.mark.parametrize(
    "text",
    [
        "The union does not know how many ships the port handled.",
        "Mirela Voss did not understand that the quay was full.",
    ],
)
def test_who_does_not_know_denies_nothing(read, text: str) -> None:
    """It is the author who tells of it."""
    _, reading = read(text)
    assert not reading.positions
    assert [statement.basis for statement in reading.statements] == ["asserted"]


def test_acronym_is_the_long_form(read) -> None:
    """A short form that the text introduces is the body it stands for."""
    document, reading = read(
        "The Western Pilots Guild (WPG) met on Monday. The WPG rejected the toll."
    )
    assert ("Western Pilots Guild", "rejects", "reported", "the toll") in held(document, reading)


def test_sure_pronoun_is_resolved(read) -> None:
    """With one person named in the paragraph, she is that person."""
    _, reading = read("Mirela Voss spoke on Monday. She said that the quay would stay open.")
    statement = only(reading)
    assert (statement.holders, statement.resolved) == (("Mirela Voss",), True)


def test_unsure_pronoun_stays(read) -> None:
    """With two persons who could be meant, the pronoun stays as it is, and no position follows."""
    _, reading = read(
        "Mirela Voss met Tilda Renn after Renn had called Voss. She said that the quay is full."
    )
    (statement,) = (s for s in reading.statements if s.holders == ("She",))
    assert not statement.resolved
    assert not [p for p in reading.positions if p.actor in ("She", "Tobias Renn")]


def test_one_position_a_holder(read) -> None:
    """Two holders of one statement hold a position each."""
    _, reading = read("Mirela Voss and Tobias Renn oppose the new toll.")
    assert [(p.actor, p.stance, p.issue) for p in reading.positions] == [
        ("Mirela Voss", "opposes", "new toll"),
        ("Tobias Renn", "opposes", "new toll"),
    ]


def test_pair_of_names_is_nobody(read) -> None:
    """`Voss-Renn` names a meeting, not an actor."""
    _, reading = read("The Voss-Renn talks ended without a result on Monday evening.")
    assert not [actor for actor in reading.actors if "Voss" in actor.name]


def test_claims_prefer_what_can_be_counted(read) -> None:
    """A statement with a figure is worth more checking than a judgement."""
    _, reading = read(
        "The port handled 412 ships in the first half of last year. "
        "It is obviously wrong and shameful to ask for any more than that."
    )
    first, second = reading.claims
    assert first.score > second.score


def test_salience_is_highest_for_what_the_text_is_about(read) -> None:
    """A sentence near all others matters more than an aside, and repetition matters less."""
    text = (
        "The port will raise its toll for every ferry next year. "
        "Ferry owners say the higher port toll will cost them passengers. "
        "The port will raise its toll for every ferry next year. "
        "A brass band played in the rain for some of the guests."
    )
    _, reading = read(text)
    assert len(reading.salience) == 4
    assert all(0 <= score <= 1 for score in reading.salience)
    assert max(reading.salience[:2]) == 1.0
    assert reading.salience[0] != reading.salience[2], "the second telling is redundant"


def test_readings_do_not_depend_on_company(analyser: RuleAnalyser) -> None:
    """A document is read the same alone and beside others."""
    texts = ("Voss said that the quay is full.", "The pilots oppose the toll. They want a vote.")
    documents = [Document(str(n), text) for n, text in enumerate(texts)]
    cut = [segment(document) for document in documents]
    together = analyser.analyse(documents, cut)
    alone = tuple(analyser.analyse([d], [c])[0] for d, c in zip(documents, cut, strict=True))
    assert together == alone


@pytest.mark.parametrize("text", ["", " \n ", "“", "a", "?!", "—" * 50, "“" * 40, "Ω ع 漢字 🙂."])
def test_odd_texts_are_read(read, text: str) -> None:
    """Nothing that a text can be makes the reading fail."""
    document, reading = read(text)
    for statement in reading.statements:
        for span in (*statement.source, *statement.cue, *statement.content, *statement.hedges):
            assert 0 <= span.start < span.end <= len(document.text)


TRANSCRIPT = """MS. VOSS: Good afternoon. The quay opens on Monday for all ferries.

Q The pilots say that the quay is full.

MS. VOSS: We oppose the new toll on ferries.

Q Will it rain?

MR. RENN: Mirela believes that the port is full."""


def test_transcript_gives_each_turn_its_speaker(read) -> None:
    """In a transcript the speaker of the turn holds its sentences, not the author."""
    document, reading = read(TRANSCRIPT)
    own = [(s.holders, document[s.content[0]]) for s in reading.statements if not s.cue]
    assert (("Ms. Voss",), "The quay opens on Monday for all ferries.") in own
    assert (("Ms. Voss",), "opposes", "reported", "the new toll on ferries") in [
        (s.holders, s.stance, s.basis, document[s.content[0]]) for s in reading.statements
    ]
    assert not [s for s in reading.statements if s.holders in (("author",), ("Q",))]
    assert {s.resolved for s in reading.statements if not s.holders} == {False}


@pytest.mark.parametrize("question", ["whether the quay will close", "why the toll was raised"])
def test_who_asks_a_question_demands_nothing(read, question: str) -> None:
    """What is asked is told of, and takes no side."""
    _, reading = read(f"Mirela Voss asked {question}.")
    assert only(reading).stance == "states"
    assert not reading.positions


def test_the_number_of_a_question_is_no_part_of_a_name(read) -> None:
    """`Q4` stands before the speaker's name in a record of a committee."""
    turns = "Q4 Mirela Voss: The quay is full.\n\nTobias Renn: It is half empty.\n\n"
    _, reading = read(turns * 2)
    assert {actor.name for actor in reading.actors} == {"Mirela Voss", "Tobias Renn"}


def test_what_a_record_says_in_brackets_is_no_speakers(read) -> None:
    """Who takes down a meeting tells when it rose."""
    turns = "Mirela Voss: The quay is full.\n\nTobias Renn: It is half empty.\n\n"
    document, reading = read(turns * 2 + "(The meeting rose at noon on Friday.)")
    by = {document[s.content[0]]: s.holders for s in reading.statements}
    assert by["(The meeting rose at noon on Friday.)"] == ("author",)
    assert by["It is half empty."] == ("Tobias Renn",)


@pytest.mark.parametrize(
    ("note", "holder"),
    [
        ("The bill was read a second time by 41 votes to 22.", "author"),
        ("The committee rose at noon.", "author"),
        ("The bill that was read out is a bad one.", "Tobias Renn"),
    ],
)
def test_what_was_done_is_told_by_the_record(read, note: str, holder: str) -> None:
    """A paragraph behind a turn that tells of the proceedings is not the speaker's."""
    turns = "Mirela Voss: The quay is full.\n\nTobias Renn: It is half empty.\n\n"
    document, reading = read(turns * 2 + note)
    by = {document[s.content[0]]: s.holders for s in reading.statements}
    assert by[note] == (holder,)


def test_my_party_is_the_speakers(read) -> None:
    """Within a turn it is not that of whoever publishes the record."""
    turns = "Mirela Voss: My party opposes the toll.\n\nTobias Renn: It is half empty.\n\n"
    _, reading = read(turns * 2, publisher="Assembly of Lisk")
    found = {one.holders for one in reading.statements if one.stance == "opposes"}
    assert found == {("Mirela Voss’ party",)}


def test_question_from_the_floor_is_nobodys(read) -> None:
    """Nobody knows who asks, so what the question reports is no statement."""
    _, reading = read(TRANSCRIPT)
    assert not [s for s in reading.statements if "pilots" in " ".join(s.holders)]
    assert not [claim for claim in reading.claims if not claim.holders]


def test_what_a_speaker_says_of_others_comes_through_them(read) -> None:
    """A statement within a turn comes by way of its speaker."""
    _, reading = read(TRANSCRIPT)
    statement = next(s for s in reading.statements if s.stance == "believes")
    assert statement.via == ("Mr. Renn",)


@pytest.mark.parametrize(
    "text",
    [
        "Mirela Voss has taken a bold step to defend the ferries.",
        "Mirela Voss forced Tobias Renn to admit that the quay was full.",
        "Mirela Voss must show that the quay is full.",
        "Mirela Voss would be capable of demanding a toll.",
        "Two papers (or, as Mirela Voss called them, rags) wrote about the toll.",
        "Harbour dues are high, Voss.",
    ],
)
def test_what_nobody_said_or_did_is_no_statement(read, text: str) -> None:
    """A purpose, a duty, an ability and a word that somebody used attribute nothing to Voss."""
    _, reading = read(text)
    assert not [
        s for s in reading.statements if s.cue and s.holders == ("Mirela Voss",) and s.resolved
    ]


def test_hedge_between_holder_and_cue_counts_where_they_are_near(read) -> None:
    """`Apparently` before the cue weakens it; what the same speaker said before does not."""
    document, reading = read(
        "Mirela Voss apparently wants a toll. Tobias Renn said that the quay may sink, and promised"
        " that dues would fall."
    )
    told = {
        document[statement.cue[0]].split()[-1]: [document[span] for span in statement.hedges]
        for statement in reading.statements
        if statement.cue
    }
    assert told["wants"] == ["apparently"]
    assert told["said"] == ["may"]
    assert told["promised"] == []


def test_name_within_a_quotation_is_no_antecedent(read) -> None:
    """Whom a speaker names is not the speaker."""
    _, reading = read("“The only way Mirela Voss can win is by a vote,” she said.")
    statement = next(s for s in reading.statements if s.quoted)
    assert not statement.resolved


def test_she_is_no_place(read) -> None:
    """A place that is the only name near *she* is not whom it means."""
    _, reading = read(
        "We have no plan to leave Haskeld. Mr Renn hoped the minister would listen."
        " She told us that the toll is dead."
    )
    told = next(s for s in reading.statements if s.sentence == 2 and s.cue)
    assert (told.holders, told.resolved) == (("She",), False)


def test_speaker_of_the_paragraph_before_speaks_on(read) -> None:
    """Where news has a sentence a paragraph, the one person named before is who goes on."""
    _, reading = read("Mirela Voss opened the quay.\n\n“We shall stay here,” she said.")
    statement = next(s for s in reading.statements if s.quoted)
    assert (statement.holders, statement.resolved) == (("Mirela Voss",), True)


def test_unsure_speaker_makes_what_they_report_unsure(read) -> None:
    """What comes through a pronoun that may mean two is not resolved either."""
    _, reading = read(
        "Mirela Voss met Ada Lind. Lind had called Voss. She said that Tobias Renn opposes a toll."
    )
    statement = next(s for s in reading.statements if s.holders == ("Tobias Renn",))
    assert not statement.resolved


def test_recurring_heading_is_no_speaker(read) -> None:
    """A label that stands in small letters elsewhere, or alone recurs, names no speaker."""
    text = "\n\n".join(["FACT SHEET: The quay opens.", "The fact sheet tells all."] * 4)
    _, reading = read(text)
    assert {s.holders for s in reading.statements if not s.cue} == {("author",)}


def test_a_sentence_by_itself_has_its_worth(analyser) -> None:
    """One score a sentence, 0 to 1: what can be counted is worth more than a wish."""
    counted, wish = analyser.worth(("Dues rose by 12 per cent in 2019.", "We should be good."))
    assert 0 <= wish < counted <= 1


def test_broken_off_attribution_is_none(read) -> None:
    """Where nothing of what is attributed can be told, the sentence is its author's."""
    document, reading = read(
        "Under the pact, Orvane has committed to, among other things, postpone and effectively end"
        " the ministry's current and proposed controls on salt exports and other measures."
    )
    assert all(statement.content for statement in reading.statements)
    assert document.text in [document[span] for s in reading.statements for span in s.content]


def test_heading_is_no_part_of_a_statement(read) -> None:
    """What stands below a heading is said, not the heading."""
    document, reading = read(
        "Toll to double\n\nThe toll on the bridge will double in May, Mirela Voss said on Monday.\n\n"
        "She named no day. Nobody asked her for one."
    )
    contents = [document[span] for s in reading.statements for span in s.content]
    assert not any("Toll to double" in words for words in contents)


@pytest.mark.parametrize(
    "text",
    [
        "Tobias Renn promised nothing of the sort.",
        "The port has guaranteed us nothing.",
    ],
)
def test_author_denies_an_offer(read, text: str) -> None:
    """That nothing was offered is the author's denial, and nobody's offer."""
    _, reading = read(text, authors=("Mirela Voss",))
    assert [(one.actor, one.stance) for one in reading.positions] == [("Mirela Voss", "denies")]


def test_request_that_is_told_of_is_no_demand(read) -> None:
    """What somebody had asked others to do is told as a fact."""
    _, reading = read("Mirela Voss said that the port had asked an institute to count the boats.")
    assert [one for one in reading.positions if one.stance == "demands"] == []


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        (
            "Ansel Brod shut it.\n\n“No,” said its owner, Odile Karr. She said it would fall.",
            "Odile Karr",
        ),
        (
            "The mayor of Lisk, Anna Berg, said that the river would fall.",
            "Anna Berg",
        ),
        (
            "Mayor Annika Solm of Lisk backed the weir. She said that the river would fall.",
            "Annika Solm",
        ),
        (
            "The Pupils' Council of Carrow, for its part, said that the river would fall.",
            "Pupils' Council of Carrow",
        ),
        (
            "“The river would fall,” said Mirela Voss, Managing Director.",
            "Mirela Voss",
        ),
        (
            "Odile Karr, Regional Transport Minister, said that the river would fall.",
            "Odile Karr",
        ),
        (
            "According to figures published by the Lisk Audit Office in June, the river would fall.",
            "Lisk Audit Office",
        ),
        (
            "A study from Tarn University found that the river would fall.",
            "Tarn University",
        ),
        (
            "I met the Pupils' Council, whose chair told me that the river would fall.",
            "Pupils' Council’s chair",
        ),
        (
            (
                "“No,” said its secretary, Maud Kettering. “We leave,” she told the Lisk Herald."
                " She said that the river would fall."
            ),
            "Maud Kettering",
        ),
    ],
)
def test_holders_are_called_by_their_whole_names(read, text: str, holder: str) -> None:
    """Somebody behind an office or before a place, and a body of several people; so by a pronoun."""
    document, reading = read(text)
    said = [s for s in reading.statements if "would fall" in document[s.content[0]] and s.cue]
    assert [s.holders for s in said] == [(holder,)]


@pytest.mark.parametrize(
    "text",
    [
        "Mirela Voss should drop the threat to close the quay.",
        "The union must withdraw its demand for a lower toll.",
        "Mirela Voss ought to voice her opposition to the toll.",
    ],
)
def test_what_somebody_ought_to_drop_or_means_to_be_is_no_side(read, text: str) -> None:
    """Who wants a threat dropped takes a side, not who makes it; nor do plans of what to be."""
    positions = read(text)[1].positions
    assert not [one for one in positions if (one.actor, one.stance) != ("author", "demands")]


def test_a_plan_of_what_to_be_is_no_side(read) -> None:
    """`Intends to leave` may be one."""
    text = "“The port is our home and we intend to be a good neighbour,” said Mirela Voss."
    assert "supports" not in {one.stance for one in read(text)[1].positions}


def test_a_surname_alone_is_the_person_named_in_full(read) -> None:
    """Also where the parser takes the surname for no name."""
    _, reading = read(
        "Education Minister Bruno Talvik opened the school.\n\nOpposition spokesman Ansel Brody "
        "accused Talvik of copying a pilot project. Talvik denied that it had been copied."
    )
    assert {one.holders for one in reading.statements if one.stance == "denies"} == {
        ("Bruno Talvik",)
    }
