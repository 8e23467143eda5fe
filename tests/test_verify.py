from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import quotable

from briefing.document import Document, Span
from briefing.errors import VerificationError
from briefing.findings import CUT, Draft, Piece, Quotation
from briefing.verify import verify, verify_pairs
from briefing.verify.rendered import QuotationCheck

TEXT = (
    "The dues “will likely rise in March”, said Ada Orme, who chairs the board. She does not "
    "expect any of the lines to leave. “We hear them, and we understand,” she said, “but the "
    "quay is old.”\n\n"
    "“The sea does not wait.\n\n"
    "“It never did,” Orme said. Vale called it «a scandal» and 'a ''sad'' joke'; Lund’s ‘quiet’ "
    'view is "plainly" the boards’ own. The unlikely ally left.'
)
NOTED = "It was so. [3]"
DOCUMENT = Document("dues.txt", TEXT, title="Orme’s “last” word", authors=("Mina Tarn",))
OTHER = Document("other.txt", "A short-term view of eco-\nnomic harm.", publisher="The “Quay”")


def at(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def draft(*pieces: Piece, **changes: object) -> Draft:
    made = Draft("summary", 0, pieces, ("Ada Orme",), (), "reported", False, "states", ())
    return replace(made, **changes)  # type: ignore[arg-type]


def reason(made: Draft) -> str:
    findings, refusals = verify([made], (DOCUMENT, OTHER, Document("noted.txt", NOTED)))
    assert len(findings) + len(refusals) == 1
    return refusals[0].reason if refusals else ""


def test_finding_carries_the_words_of_its_spans() -> None:
    """A draft that passes becomes a finding with one piece of evidence for each piece."""
    made = draft(Piece(at("The dues")), Piece(at("said Ada Orme"), CUT))
    findings, refusals = verify([made], (DOCUMENT,))
    assert not refusals
    assert findings[0].draft == made
    assert [evidence.quote for evidence in findings[0].evidence] == ["The dues", "said Ada Orme"]
    assert all(TEXT[slice(*evidence.span)] == evidence.quote for evidence in findings[0].evidence)


def test_every_draft_is_a_finding_or_a_refusal_in_order() -> None:
    """One bad draft takes no other with it; a refusal says what it would have shown and where."""
    good = draft(Piece(at("The dues")))
    bad = draft(Piece(at("The dues")), Piece(at("Ada Orme"), CUT), holders=(), section="claims")
    findings, refusals = verify([good, bad, good], (DOCUMENT,))
    assert [finding.draft for finding in findings] == [good, good]
    assert [(r.section, r.text, r.document) for r in refusals] == [
        ("claims", "The dues […] Ada Orme", 0)
    ]


def test_a_pair_passes_as_a_whole() -> None:
    """Neither side of a contest is shown without the other; what failed is a refusal."""
    good = draft(Piece(at("The dues")), section="contested")
    bad = replace(good, holders=())
    pairs = ((good, good), (good, bad), (bad, bad))
    found, refusals = verify_pairs(pairs, (DOCUMENT,))
    assert found[0] is not None
    assert [finding.draft for finding in found[0]] == [good, good]
    assert found[1:] == (None, None)
    assert [refusal.section for refusal in refusals] == ["contested"] * 3


@pytest.mark.parametrize(
    ("made", "fault"),
    [
        (draft(), "prints no words"),
        (draft(Piece(Span(4, 4))), "empty or outside"),
        (draft(Piece(Span(-3, 4))), "empty or outside"),
        (draft(Piece(Span(0, len(TEXT) + 1))), "empty or outside"),
        (draft(Piece(at("”, "))), "holds no word"),
        (draft(Piece(at("[3]", NOTED)), document=2), "holds no word"),
        (draft(Piece(at("likely ally"))), "parts a word"),
        (draft(Piece(at("The dues")), document=3), "does not exist"),
        (draft(Piece(at("The dues")), document=-1), "does not exist"),
        (draft(Piece(at("The dues")), holders=()), "no holder"),
        (draft(Piece(at("The dues")), holders=(" ",)), "no holder"),
        (draft(Piece(at("said Ada")), Piece(at("The dues"), CUT)), "out of order"),
        (draft(Piece(at("said Ada")), Piece(at("Ada Orme"), CUT)), "overlap"),
        (draft(Piece(at("The dues")), Piece(at("said Ada"))), "without a mark"),
        (draft(Piece(at("The dues")), Piece(at("lines to leave"), "Ada Orme")), "for more than"),
    ],
)
def test_faulty_pieces_are_refused(made: Draft, fault: str) -> None:
    """Pieces lie in the text, in order, and hold whole words; each draft has a holder."""
    assert fault in reason(made)


@pytest.mark.parametrize(
    "words",
    [
        "will likely rise in March",
        "“will likely rise in March”",
        "We hear them, and we understand,",
        "The sea does not wait.",
        "It never did",
        "a scandal",
        "a ''sad'' joke",
        "sad",
        "quiet",
        "plainly",
    ],
)
def test_words_inside_quotation_marks_may_be_quoted(words: str) -> None:
    """Marks of any style count, nested ones too, and a quotation may run over paragraphs."""
    assert reason(draft(Piece(at(words)), quoted=True)) == ""


@pytest.mark.parametrize(
    "words",
    [
        "The dues “will likely rise",
        "She does not expect",
        "she said",
        "we understand,” she said, “but the quay",
        "wait.\n\n“It never",
        'view is "plainly" the boards’ own',
        's ‘quiet’ view is "plainly" the boards',
    ],
)
def test_words_outside_quotation_marks_may_not(words: str) -> None:
    """The author's own words between two quotations, or around one, are nobody's quotation."""
    assert "not inside quotation marks" in reason(draft(Piece(at(words)), quoted=True))


def test_each_piece_may_stand_in_its_own_quotation() -> None:
    """A quotation broken by `she said` is quoted in pieces."""
    pieces = (Piece(at("We hear them")), Piece(at("the quay is old"), CUT))
    assert reason(draft(*pieces, quoted=True)) == ""
    assert "not inside" in reason(draft(*pieces, Piece(at("The unlikely ally"), CUT), quoted=True))


@pytest.mark.parametrize(
    "text",
    [
        "Sie sagte: „Wir gehen“, dann ging sie.",
        "Sie sagte: »Wir gehen«, dann ging sie.",
        "Elle dit : « Wir gehen ».",
        "Hon sade: ”Wir gehen” i går.",
        "He said: ‘They said “no”, so Wir gehen’ and left.",
        '"First it rains.\n\n"Wir gehen," he said.',
    ],
)
def test_marks_of_other_languages(text: str) -> None:
    """German, French and Swedish marks, and double marks within single ones, are known."""
    made = draft(Piece(at("Wir gehen", text)), quoted=True)
    assert verify([made], (Document("text.txt", text),))[1] == ()


def test_dropped_hedge_is_refused() -> None:
    """A hedge may not fall into a cut; outside the printed words it may stay."""
    hedge = at("likely")
    pieces = (Piece(at("The dues “will")), Piece(at("rise in March"), CUT))
    assert reason(draft(*pieces, hedges=(hedge,))) == "hedge dropped: “likely”"
    assert "hedge dropped" in reason(
        draft(Piece(at("The dues “will")), hedges=(at("will likely"),))
    )
    assert reason(draft(Piece(at("The dues “will likely rise")), hedges=(hedge,))) == ""
    assert reason(draft(Piece(at("said Ada Orme")), hedges=(hedge,))) == ""


@pytest.mark.parametrize(
    ("insertion", "passes"),
    [
        ("Ada Orme", True),
        ("Ada Orme’s", True),
        ("Mina Tarn", True),
        ("Ada Holt", False),
        ("Ada Orm", False),
        ("the board", False),
        ("The dues “will", True),
        ("not", False),
        ("Not", False),
        ("[Ada]", False),
    ],
)
def test_insertions_are_names_of_the_document(insertion: str, passes: bool) -> None:
    """Only a name that stands in the document, or its author's, may stand in square brackets."""
    pieces = (Piece(at("who chairs the board.")), Piece(at("does not expect"), insertion))
    assert (reason(draft(*pieces)) == "") is passes


@pytest.mark.parametrize(
    "text",
    [
        "Orme: “will likely rise in March”",
        "Orme: “The dues ‘will likely rise in March’, said Ada Orme”",
        "“will likely\nrise in\tMarch” [1]",
        "“will like-\nly rise” and “likely\ufffe rise” and “un\u00ad\nlikely ally”",
        "“The dues […] said [Ada Orme]” [12]",
        "“[Orme] does not expect”",
        '"will likely rise" and «a scandal» and „a scandal“ and »a scandal« and ”a scandal”',
        "‘the boards’ own’ and 'quiet'",
        "“Orme’s ‘last’ word”, “The “.replace",
        "from “The ‘Quay’” and from dues.txt: “dues.txt”, “Mina Tarn”",
        "“short-\nterm view” “short-term view of eco- nomic harm” “eco-\nnomic harm”",
        "Don’t touch Russia’s ’90s ships, the dogs’ bowl, the '80s, rock 'n' roll or 12” pipes.",
        "It is 'tis, the lines' dues and o'clock; 5' 6\" tall.",
        "« Back",
        "",
    ],
)
def test_true_quotations_pass(text: str) -> None:
    """Words that stand in a source pass, whatever marks, spaces and hyphens the page has."""
    text = text.replace("“The “.replace", "the rest")
    assert QuotationCheck((DOCUMENT, OTHER)).failures(text) == ()


@pytest.mark.parametrize(
    ("text", "failures"),
    [
        ("“will rise in March”", ("“will rise in March”",)),
        ("“will Likely rise”", ("“will Likely rise”",)),
        ("a “will” b “never” c “never ever”", ("“never ever”",)),
        ("“likely ally”", ("“likely ally”",)),
        ("“unlike”", ("“unlike”",)),
        ("“said Ada Orme […] The dues”", ("“said Ada Orme […] The dues”",)),
        ("“The dues […] A short-term view”", ("“The dues […] A short-term view”",)),
        ("“The dues said Ada Orme”", ("“The dues said Ada Orme”",)),
        ("“shortterm view”", ("“shortterm view”",)),
        ('He: "will surely rise"', ('"will surely rise"',)),
        ("‘will surely rise’", ("‘will surely rise’",)),
        ("'surely the boards' view'", ("'surely the boards'",)),
        ("«surely» „surely“ ”surely”", ("«surely»", "„surely“", "”surely”")),
        ("“” and “[…]” and “[Orme]”", ("“”", "“[…]”", "“[Orme]”")),
        ("so “will likely rise", ("“will likely rise (never closed)",)),
        ("so “will “likely” rise", ("“will “likely” rise (never closed)",)),
        ("so it will surely rise”", ("so it will surely rise”",)),
    ],
)
def test_false_quotations_fail(text: str, failures: tuple[str, ...]) -> None:
    """A changed, moved, joined or unclosed quotation is named; so is one of two sources."""
    assert QuotationCheck((DOCUMENT, OTHER)).failures(text) == failures


def test_error_names_quotation_and_place() -> None:
    """The error says which words, in which output, and what to do."""
    with pytest.raises(VerificationError) as caught:
        QuotationCheck((DOCUMENT,)).check("Orme: “will\nrise” [1]", where="brief.pdf")
    assert "brief.pdf" in caught.value.message
    assert "“will rise”" in caught.value.message
    assert caught.value.hint
    QuotationCheck((DOCUMENT,)).check("Orme: “will likely\nrise” [1]", where="brief.pdf")


def test_words_of_the_editor_may_be_quoted() -> None:
    """The title that the editor gave may hold quotation marks of its own."""
    check = QuotationCheck((DOCUMENT,), own=("The ‘silent’ dues",))
    assert check.failures("The ‘silent’ dues") == ()
    assert check.failures("The ‘loud’ dues") == ("‘loud’",)


def test_title_with_unpaired_marks_may_be_printed() -> None:
    """A source's title is printed as it stands, whatever its quotation marks."""
    check = QuotationCheck((Document("a.txt", "It fell.", title='Dues are "high”, says “Orme'),))
    assert check.failures('1. Dues are "high”,\nsays “Orme. 2. “It fell”') == ()
    assert check.failures("1. Dues are high”") == ("1. Dues are high”",)


@given(quotable(), st.data())
def test_every_quotation_passes_however_it_is_wrapped(
    source: tuple[Document, tuple[Piece, ...]], data: st.DataObject
) -> None:
    """What the gate lets through passes the check of the page, wrapped at any width."""
    document, pieces = source
    assume(verify([draft(*pieces)], (document,))[0])
    printed = str(Quotation((document,), 0, pieces))
    width = data.draw(st.integers(1, 60))
    wrapped = "\n".join(textwrap.wrap(printed, width, break_on_hyphens=False))
    text = f"Orme says: {wrapped} [1]\n{wrapped}"
    assert QuotationCheck((OTHER, document)).failures(text) == ()


@given(quotable(), st.data())
def test_changed_word_fails(
    source: tuple[Document, tuple[Piece, ...]], data: st.DataObject
) -> None:
    """A word that the source does not have makes the quotation fail, wherever it stands."""
    document, pieces = source
    words = str(Quotation((document,), 0, pieces))[1:-1].split()
    changed = data.draw(st.integers(0, len(words) - 1))
    words[changed] = "zebra"
    printed = f"“{' '.join(words)}”"
    assert QuotationCheck((OTHER, document)).failures(printed) == (printed,)
