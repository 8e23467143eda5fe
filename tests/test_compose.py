from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.brief import Cut, Limits, Line
from briefing.compose import compose
from briefing.document import Document, Span
from briefing.findings import (
    AUTHOR,
    CUT,
    FORMAT,
    Beyond,
    Contest,
    Draft,
    Event,
    Evidence,
    Finding,
    Findings,
    Method,
    Piece,
    Refusal,
    Unknown,
)

TEXT = "Dues will double. Ships may leave. Lund said no. Orm said yes. Who pays for the quay?"
SIGNED = Document("quist.txt", TEXT, authors=("Mara Quist",), date="2026-03-01")
ISSUED = Document("n.html", TEXT, title="Dues", publisher="Ministry of Ports", date="2026-03-01")
BARE = Document("notice.txt", TEXT)


def found(words: str, number: int = 0, **given: object) -> Finding:
    """A verified finding in the author's voice, unless `given` says otherwise."""
    span = Span(TEXT.index(words), TEXT.index(words) + len(words))
    values = {
        "section": "summary",
        "document": number,
        "pieces": (Piece(span),),
        "holders": (AUTHOR,),
        "via": (),
        "basis": "asserted",
        "quoted": False,
        "stance": "states",
        "hedges": (),
        **given,
    }
    draft = Draft(**values)  # type: ignore[arg-type]
    return Finding(draft, (Evidence(number, span, words),))


def findings(*documents: Document, **given: object) -> Findings:
    values = {
        "format": FORMAT,
        "title": "Harbour dues",
        "date": "2026-04-02",
        "language": "en",
        "focus": "",
        "method": Method("0.1", "stub", "", "stub"),
        "documents": documents or (SIGNED,),
        "readings": (),
        "bottom_line": (),
        "summary": (),
        "claims": (),
        "positions": (),
        "contested": (),
        "unknowns": (),
        "refusals": (),
        **given,
    }
    return Findings(**values)  # type: ignore[arg-type]


def line(document: Document, **given: object) -> Line:
    (printed,) = compose(
        findings(document, summary=(found("Dues will double.", **given),)), Limits()
    ).summary
    return printed


ILO = {"holders": ("Ilo Brand",), "basis": "reported"}
TWO = {"holders": ("Ilo Brand", "Edda Moor"), "basis": "reported"}


@pytest.mark.parametrize(
    ("document", "given", "lead", "basis"),
    [
        (SIGNED, {}, "Mara Quist writes", "own words"),
        (SIGNED, {"holders": ("Mara Quist",)}, "Mara Quist writes", "own words"),
        (
            replace(SIGNED, authors=("Mara Quist", "Tam Oyle")),
            {},
            "Mara Quist and Tam Oyle write",
            "own words",
        ),
        (ISSUED, {}, "Ministry of Ports writes", "own words"),
        (
            ISSUED,
            {"holders": ("Ministry of Ports",), "basis": "reported", "quoted": True},
            "Ministry of Ports says",
            "own words",
        ),
        (BARE, {}, "The text says", "own words"),
        (
            SIGNED,
            {**ILO, "quoted": True},
            "Ilo Brand, as quoted by Mara Quist",
            "quoted",
        ),
        (
            SIGNED,
            TWO,
            "Ilo Brand and Edda Moor, in Mara Quist’s words",
            "reported",
        ),
        (ISSUED, ILO, "Ilo Brand, in Ministry of Ports’ words", "reported"),
        (BARE, {**ILO, "quoted": True}, "Ilo Brand, as quoted in the text", "quoted"),
        (BARE, {**ILO, "basis": "inferred"}, "The text on Ilo Brand", "inferred"),
        (BARE, ILO, "Ilo Brand, in the words of the text", "reported"),
        (
            SIGNED,
            {**ILO, "basis": "inferred"},
            "Mara Quist on Ilo Brand",
            "inferred",
        ),
        (
            SIGNED,
            {**ILO, "quoted": True, "via": ("Edda Moor",)},
            "Ilo Brand, as quoted by Edda Moor in Mara Quist’s text",
            "quoted, second-hand",
        ),
        (
            BARE,
            {**ILO, "quoted": True, "via": ("Edda Moor", "Tam Oyle")},
            "Ilo Brand, as quoted by Tam Oyle, cited by Edda Moor in the text",
            "quoted, second-hand",
        ),
        (
            SIGNED,
            {**ILO, "via": ("Edda Moor",)},
            "Ilo Brand, according to Edda Moor, in Mara Quist’s words",
            "reported, second-hand",
        ),
        (
            SIGNED,
            {**ILO, "basis": "inferred", "via": ("Edda Moor",)},
            "Edda Moor on Ilo Brand, in Mara Quist’s words",
            "inferred, second-hand",
        ),
        (
            SIGNED,
            {"holders": ("the dockers",), "basis": "reported"},
            "The dockers, in Mara Quist’s words",
            "reported",
        ),
    ],
)
def test_attribution(document: Document, given: dict[str, object], lead: str, basis: str):
    """Every line says who holds it, through whom and in whose words."""
    printed = line(document, **given)
    assert (printed.lead, printed.basis_label) == (lead, basis)


@pytest.mark.parametrize("via", [(), ("Edda Moor",)])
def test_what_is_reworded_is_nobodys_own_words(via: tuple[str, ...]) -> None:
    """The line has the words that were written, its lead, and a basis that is never `quoted`."""
    given = {**ILO, "quoted": True, "via": via}
    printed = line(SIGNED, **given, text="Lund doubles its dues.")
    verbatim = line(SIGNED, **given)
    assert (printed.text, verbatim.text) == ("Lund doubles its dues.", "")
    assert (printed.lead, printed.quotation) == (verbatim.lead, verbatim.quotation)
    assert verbatim.basis_label.startswith("quoted")
    assert printed.basis_label == verbatim.basis_label.replace("quoted", "reported")


@pytest.mark.parametrize("document", [SIGNED, ISSUED, BARE])
def test_a_reworded_author_neither_writes_nor_has_own_words(document: Document) -> None:
    """`Reworded from` goes with a name alone, and the label calls nothing own words that is not."""
    printed = line(document, text="Lund doubles its dues.")
    assert not printed.lead.endswith((" writes", " says"))
    assert printed.basis_label != "own words"


@pytest.mark.parametrize("text", ["", "Lund doubles its dues."])
def test_what_was_edited_says_so_in_place_of_its_basis(text: str) -> None:
    """Nobody has checked what it rests on since."""
    given = findings(
        SIGNED, summary=(replace(found("Dues will double.", text=text), edited=True),)
    )
    (printed,) = compose(given, Limits()).summary
    assert (printed.edited, printed.basis_label) == (True, "edited by hand")


def test_what_is_reworded_has_the_marks_of_all_that_it_rests_on() -> None:
    """The sources of every passage stand beside it."""
    one = found("Dues will double.", text="Dues double and ships leave.")
    other = found("Ships may leave.", 1).evidence
    given = findings(SIGNED, BARE, summary=(replace(one, evidence=(*one.evidence, *other)),))
    (printed,) = compose(given, Limits()).summary
    assert printed.sources == (1, 2)


def test_what_is_reworded_and_cut_is_listed_as_it_would_read() -> None:
    """The sentence with what it is reworded from, without quotation marks."""
    one = found("Dues will double.", text="Lund doubles its dues.")
    (cut,) = compose(findings(claims=(one,)), Limits(claims=0)).cut
    (item,) = cut.items
    assert item.startswith("Lund doubles its dues. (Mara Quist")
    assert "“" not in item


@pytest.mark.parametrize(
    ("given", "lead"),
    [
        ({}, "Source 2 says"),
        (ILO, "Ilo Brand, in the words of source 2"),
        ({**ILO, "quoted": True}, "Ilo Brand, as quoted in source 2"),
        ({**ILO, "basis": "inferred"}, "Source 2 on Ilo Brand"),
    ],
)
def test_unsigned_source_is_called_by_its_number(given: dict[str, object], lead: str):
    """Beside others, a text without author or publisher is named as the list of sources has it."""
    titled = replace(BARE, name="in/notices/n.txt", title="What the port of Lund says on its dues")
    brief = compose(findings(SIGNED, titled, summary=(found(TEXT[:17], 1, **given),)), Limits())
    assert [each.lead for each in brief.summary] == [lead]


def test_unsigned_rows_name_the_source():
    """In the table of positions such a text stands as its number too, with a capital."""
    row = found("Dues will double.", 1, actor=AUTHOR)
    (printed,) = compose(findings(SIGNED, BARE, positions=(row,)), Limits()).positions
    assert (printed.actor, printed.holder) == ("Source 2", "Source 2")


def test_folders_are_not_printed():
    """A file's name stands without its folders where a text has no other name."""
    brief = compose(findings(Document("in/a/notice.txt", TEXT)), Limits())
    assert brief.sources[0].voice == "notice.txt"
    assert Document("feeds/ports.xml#entry-2", TEXT).voice == "ports.xml#entry-2"


def test_line_fields():
    """A line carries its quotation, hedges as the source has them, stance and source number."""
    hedge = Span(TEXT.index("may"), TEXT.index("may") + 3)
    one = found(
        "Ships may leave.",
        1,
        holders=("Ilo Brand",),
        actor="Ilo Brand",
        stance="expects",
        hedges=(hedge, hedge),
    )
    two = found("Lund said no.", 1, actor=AUTHOR)
    brief = compose(findings(BARE, SIGNED, positions=(one, two)), Limits())
    first, second = brief.positions
    assert (first.id, first.actor, first.holder) == ("position-1", "Ilo Brand", "Ilo Brand")
    assert str(first.quotation) == "“Ships may leave.”"
    assert (first.stance_label, first.hedges, first.sources) == ("expects", ("may",), (2,))
    assert (second.actor, second.holder, second.stance_label) == (
        "Mara Quist",
        "Mara Quist",
        "says",
    )


def test_brief_fields():
    """Title, dates, status and what was refused pass through; the kicker counts the sources."""
    refusal = Refusal("no such words", "x", "summary", 0)
    given = findings(
        SIGNED, ISSUED, refusals=(refusal,), notices=("n.html read once",), focus="dues"
    )
    brief = compose(given, Limits())
    assert (brief.title, brief.kicker) == ("Harbour dues", "Policy brief · 2 sources")
    assert (brief.date, brief.cutoff, brief.focus) == ("2026-04-02", "2026-03-01", "dues")
    assert brief.status == "Draft, machine-generated"
    assert brief.bottom_line is None
    assert (brief.refusals, brief.notices) == ((refusal,), ("n.html read once.",))
    assert [(entry.number, entry.voice) for entry in brief.sources] == [
        (1, "Mara Quist"),
        (2, "Ministry of Ports"),
    ]
    assert compose(findings(), Limits()).kicker == "Policy brief · 1 source"


def test_nothing_is_printed_twice():
    """What a higher section prints is neither repeated below nor counted as cut."""
    whole, part, other = found("Dues will double."), found("will double"), found("Lund said no.")
    brief = compose(
        findings(bottom_line=(whole,), summary=(whole, other), claims=(part, other)), Limits()
    )
    assert brief.bottom_line is not None
    assert brief.bottom_line.id == "bottom-line"
    assert [str(entry.quotation) for entry in brief.summary] == ["“Lund said no.”"]
    assert brief.claims == ()
    assert brief.cut == ()


def test_support_is_shown():
    """A line has the marks of all sources that carry it, and how many of them are independent."""
    other = Evidence(1, Span(18, 34), TEXT[18:34])
    one = found("Dues will double.")
    both = replace(one, evidence=(*one.evidence, other), origins=2)
    brief = compose(findings(SIGNED, ISSUED, BARE, claims=(both,)), Limits(sources=2))
    assert (brief.claims[0].sources, brief.claims[0].origins) == ((1, 2), 2)
    assert [entry.number for entry in brief.sources] == [1, 2]
    assert line(SIGNED).origins == 1


def test_evidence_is_not_printed_again():
    """Words that already carry a line of a higher section are not printed below in another name."""
    one, other = found("Dues will double."), found("Ships may leave.", 1, **ILO)
    both = replace(one, evidence=(*one.evidence, *other.evidence), origins=2)
    given = findings(SIGNED, BARE, summary=(both,), claims=(other,))
    assert compose(given, Limits()).claims == ()
    assert compose(replace(given, summary=(one,)), Limits()).claims != ()


def contest(one: str, other: str, kind: str = "figures", about: str = "dues\nof Lund") -> Contest:
    return Contest(kind, about, (found(one), found(other, 1, **ILO)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("figures", "Figures differ"),
        ("stances", "Stances differ"),
        ("denial", "Affirmed and denied"),
    ],
)
def test_both_sides_of_a_contest_are_lines(kind: str, label: str):
    """A dispute says how its sides differ and about what; each has its holder and its evidence."""
    given = contest("Lund said no.", "Orm said yes.", kind)
    (dispute,) = compose(findings(SIGNED, BARE, contested=(given,)), Limits()).contested
    assert (dispute.id, dispute.kind, dispute.label, dispute.about) == (
        "contested-1", kind, label, "dues of Lund",
    )  # fmt: skip
    one, other = dispute.one, dispute.other
    assert (one.id, one.lead, str(one.quotation), one.sources) == (
        "contested-1a", "Mara Quist writes", "“Lund said no.”", (1,),
    )  # fmt: skip
    assert (other.id, other.lead, str(other.quotation), other.sources) == (
        "contested-1b", "Ilo Brand, in the words of source 2", "“Orm said yes.”", (2,),
    )  # fmt: skip


def test_a_contested_claim_stands_with_its_counterpart():
    """What a printed contest shows is left to it, with its other side; the bottom line stays."""
    words = "Dues will double.", "Ships may leave.", "Lund said no."
    bottom, summary, claim = map(found, words)
    disputes = tuple(contest(each, "Orm said yes.", about=each[:4]) for each in words)
    given = findings(
        SIGNED,
        BARE,
        bottom_line=(bottom,),
        summary=(summary,),
        claims=(claim,),
        contested=disputes,
    )
    brief = compose(given, Limits(contested=3))
    assert brief.bottom_line is not None
    assert (brief.summary, len(brief.contested)) == ((), 3)
    assert (brief.claims, brief.cut) == ((), ())
    brief = compose(given, Limits(contested=2))
    assert brief.claims == (), "nor does it stand alone where the contest did not fit"
    assert [(cut.section, cut.count) for cut in brief.cut] == [("contested", 1)]


def test_contests_that_are_cut_are_listed():
    """What does not fit is listed with both sides; the sources of what does are listed."""
    given = (contest("Lund said no.", "Orm said yes."), contest("Dues will", "Ships may leave."))
    brief = compose(findings(SIGNED, BARE, contested=given), Limits(contested=1, sources=1))
    assert [entry.number for entry in brief.sources] == [1, 2]
    (cut,) = brief.cut
    assert (cut.section, cut.count) == ("contested", 1)
    assert cut.items == (
        (
            "Figures differ, dues of Lund: Mara Quist writes: “Dues will”"
            " / Ilo Brand, in the words of source 2: “Ships may leave.”"
        ),
    )


def test_same_words_of_another_source_are_not_the_same():
    """Two sources that have the same words are two pieces of evidence."""
    one, two = found("Dues will double."), found("Dues will double.", 1)
    brief = compose(findings(SIGNED, BARE, bottom_line=(one,), summary=(two,)), Limits())
    assert len(brief.summary) == 1


def test_cut_is_listed():
    """What the limits leave out is listed by section, each item as it would read, once."""
    words = ["Dues will double.", "Ships may leave.", "Lund said no.", "Orm said yes."]
    one, two, three, four = (found(each) for each in words)
    given = findings(
        SIGNED,
        BARE,
        bottom_line=(one, two),
        summary=(three, four),
        claims=(two, four),
        positions=(replace(one, draft=replace(one.draft, actor="Lund", stance="opposes")),),
        unknowns=(Unknown("single_source", (0,)), Unknown("undated", (1,))),
    )
    brief = compose(given, Limits(summary=1, claims=0, positions=0, unknowns=1, sources=1))
    assert {cut.section: cut.items for cut in brief.cut} == {
        "summary": ("Mara Quist writes: “Orm said yes.”",),
        "claims": ("Mara Quist writes: “Ships may leave.”",),
        "positions": ("Mara Quist writes: “Dues will double.”",),
        "unknowns": ("Source 2 (notice.txt) is undated.",),
        "sources": ("2. notice.txt",),
    }
    assert all(cut.count == len(cut.items) for cut in brief.cut)


def dated(*given: tuple[str, str]) -> tuple[Event, ...]:
    """Events of a date and words each."""
    return tuple(Event(date, found(words, section="timeline")) for date, words in given)


EVENTS = dated(
    ("2026", "Dues will double."), ("2026-05", "Lund said no."), ("2026-05-03", "Orm said yes.")
)


def test_events_are_lines_with_their_dates():
    """In their order, each with an id of its own; their sources are listed."""
    brief = compose(findings(BARE, SIGNED, timeline=EVENTS), Limits(sources=0))
    assert [(one.id, one.date, one.line.id) for one in brief.timeline] == [
        ("event-1", "2026", "event-1-line"),
        ("event-2", "2026-05", "event-2-line"),
        ("event-3", "2026-05-03", "event-3-line"),
    ]
    assert str(brief.timeline[0].line.quotation) == "“Dues will double.”"
    assert [entry.number for entry in brief.sources] == [1]


@pytest.mark.parametrize(
    ("events", "limit", "printed", "left"),
    [(3, 4, 3, 0), (3, 2, 2, 1), (3, 1, 0, 3), (1, 4, 0, 1)],
)
def test_one_date_alone_is_no_timeline(events: int, limit: int, printed: int, left: int):
    """Where the space or the sources leave but one event, none is printed; the rest is listed."""
    brief = compose(findings(timeline=EVENTS[:events]), Limits(timeline=limit))
    cuts = [cut for cut in brief.cut if cut.section == "timeline"]
    assert (len(brief.timeline), sum(cut.count for cut in cuts)) == (printed, left)
    assert all(len(cut.items) == cut.count for cut in cuts)
    if left == 1 and printed:
        assert cuts[0].items == ("2026-05-03: Mara Quist writes: “Orm said yes.”",)


def test_what_was_only_counted_is_left_out_too():
    """A section says how many it leaves out in all; those whose words are kept are listed."""
    one, other = found("Dues will double."), found("Ships may leave.")
    beyond = (Beyond("claims", 5), Beyond("positions", 44))
    given = findings(claims=(one,), positions=(other,), beyond=beyond)
    assert compose(given, Limits(positions=0)).cut == (
        Cut("claims", 5, ()),
        Cut("positions", 45, ("Mara Quist writes: “Ships may leave.”",)),
    )


@pytest.mark.parametrize(("off", "cut"), [(7, (Cut("focus", 7, ()),)), (0, ())])
def test_what_is_off_the_focus_is_counted(off: int, cut: tuple[Cut, ...]):
    """Statements about something else are a number among what was left out, and not listed."""
    assert compose(findings(focus="quay", off_focus=off), Limits()).cut == cut


def test_unused_bottom_lines_are_not_cut():
    """An alternative bottom line was never meant to be printed, and is not called left out."""
    given = findings(bottom_line=(found("Dues will double."), found("Lund said no.")))
    assert compose(given, Limits()).cut == ()


def test_notices_are_sentences_without_folders():
    """Notices on the page end with a full stop and name no folder; files passed over go unsaid."""
    given = findings(replace(SIGNED, name="/home/ada/page.txt"))
    told = ("/home/ada/page.txt is odd", "/home/ada/x.py was passed over: it is code")
    brief = compose(replace(given, notices=told), Limits())
    assert brief.notices == ("page.txt is odd.",)


def test_cited_sources_stay():
    """A source that a printed line rests on is listed whatever the limit."""
    given = findings(SIGNED, ISSUED, BARE, summary=(found("Dues will double.", 2),))
    brief = compose(given, Limits(sources=1))
    assert [entry.number for entry in brief.sources] == [3]


def test_summary_reads_in_order():
    """The best candidates are printed in the order of the source, claims by importance."""
    words = ["Orm said yes.", "Dues will double.", "Ships may leave."]
    given = findings(summary=tuple(map(found, words)))
    brief = compose(given, Limits(summary=2))
    assert [str(each.quotation) for each in brief.summary] == [
        "“Dues will double.”",
        "“Orm said yes.”",
    ]
    assert [each.id for each in brief.summary] == ["summary-1", "summary-2"]
    claims = compose(findings(claims=tuple(map(found, words))), Limits()).claims
    assert str(claims[0].quotation) == "“Orm said yes.”"


def test_rows_of_an_actor_stand_together():
    """Positions are grouped by actor, at the place of the actor's first row."""
    words = ["Orm said yes.", "Dues will double.", "Ships may leave."]
    rows = tuple(found(each, actor=actor) for each, actor in zip(words, "ABA", strict=True))
    assert [each.actor for each in compose(findings(positions=rows), Limits()).positions] == [
        *"AAB"
    ]


def held(words: str, actor: str, stance: str = "opposes") -> Finding:
    return found(words, actor=actor, holders=(actor,), basis="reported", stance=stance)


@pytest.mark.parametrize(
    ("stance", "others", "actors"),
    [
        ("opposes", ("Orm",), ["Orm", "Lund"]),
        ("states", ("Orm",), ["Orm"]),
        ("opposes", ("Lund",), ["Lund"]),
    ],
)
@pytest.mark.parametrize("above", ["summary", "claims"])
def test_a_row_that_is_printed_above(
    above: str, stance: str, others: tuple[str, ...], actors: list[str]
):
    """It comes last for its stance, and goes where it has none or its actor has another row."""
    row = held("Lund said no.", "Lund", stance)
    rows = (row, *(held("Ships may leave.", actor) for actor in others))
    given = findings(**{above: (held("Lund said no.", "Lund", "states"),)}, positions=rows)
    brief = compose(given, Limits())
    assert [one.actor for one in brief.positions] == actors
    assert "positions" not in [cut.section for cut in brief.cut]


def test_a_row_that_names_who_is_not_named_above_stays():
    """What an author says of all may show where one stands; the table keeps every actor."""
    rows = (held("Lund said no.", "Lund"), held("Ships may leave.", "Orm"))
    given = findings(summary=(found("Lund said no."),), positions=rows)
    assert [one.actor for one in compose(given, Limits()).positions] == ["Lund", "Orm"]


def test_claims_that_are_no_position_come_first():
    """The words of a row are not spent on a claim while there are others, nor counted as cut."""
    claims = (held("Lund said no.", "Lund"), found("Orm said yes."), found("Dues will double."))
    given = findings(claims=claims, positions=(claims[0],))
    brief = compose(given, Limits(claims=2))
    assert [str(one.quotation) for one in brief.claims] == [
        "“Orm said yes.”",
        "“Dues will double.”",
    ]
    assert [one.actor for one in brief.positions] == ["Lund"]
    assert brief.cut == ()
    assert len(compose(given, Limits(claims=3)).claims) == 3


def test_cut_within_a_quotation_shows():
    """Pieces with words left out between them print the mark."""
    pieces = (Piece(Span(0, 4)), Piece(Span(10, 16), CUT))
    assert str(line(SIGNED, pieces=pieces).quotation) == "“Dues […] double”"


@pytest.mark.parametrize(
    ("unknown", "words"),
    [
        (
            Unknown("single_source", (0,)),
            "All statements rest on one source; nothing here is corroborated.",
        ),
        (Unknown("undated", (0,)), "Source 1 (Mara Quist) is undated."),
        (Unknown("undated", (1,)), "Source 2 (Dues) is undated."),
        (Unknown("undated", (0, 2)), "Sources 1 and 3 are undated."),
        (Unknown("undated", (0, 1, 2)), "None of the 3 sources is dated."),
        (
            Unknown("never_quoted", (0,), ("Lund",)),
            "No source quotes a statement of Lund in their own words.",
        ),
        (
            Unknown("never_quoted", (0,), ("Lund", "Orm", "Port and Sea")),
            "No source quotes a statement of Lund, Orm or Port and Sea in their own words.",
        ),
        (
            Unknown("open_question", (1,), (), (Evidence(1, Span(63, 85), TEXT[63:85]),)),
            "Source 2 asks: “Who pays for the quay?”",
        ),
    ],
)
def test_unknowns_are_worded(unknown: Unknown, words: str):
    """Each kind of unknown has its sentence; a question is quoted from its source."""
    brief = compose(findings(SIGNED, ISSUED, BARE, unknowns=(unknown,)), Limits())
    assert brief.unknowns == (words,)


def test_compose_is_pure():
    """The same findings give the same brief."""
    given = findings(summary=(found("Dues will double."),))
    assert compose(given, Limits()) == compose(given, Limits())
