from __future__ import annotations

import random
import time

from briefing.document import Document, Span
from briefing.findings import Actor, Basis, Reading, Statement
from briefing.relate.origins import Origins, find_origins
from briefing.relate.places import Place
from briefing.relate.voices import Voices

REPORT = (
    "The ferry company of Orm will close its winter line to Lund, the board said on Monday. "
    "Eleven crews will be moved to the summer service before the ice comes. "
    "The town council had asked for a delay of one season and offered to pay for fuel. "
    "Two islands will be left without a doctor on call after dark. "
    "Fishermen carried the mail there until the first steamer was bought. "
    "The board meets again in the last week of October."
)
LETTER = (
    "Nobody asked the people of the islands whether they could live with a boat that stops at "
    "five, and nobody will be there when the first of them falls ill at night."
)


def document(text: str, **given: object) -> Document:
    return Document("page.txt", text, **{"date": "2026-03-01", **given})  # type: ignore[arg-type]


def find(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def origin(origins: Origins, pages: list[Document], number: int, words: str) -> int:
    return origins.of(number, find(pages[number].text, words))


def test_nobody_shares():
    """Documents without common passages are each their own."""
    pages = [document(REPORT), document(LETTER), document("")]
    origins = find_origins(pages)
    assert origins.groups == ((0,), (1,), (2,))
    assert origin(origins, pages, 1, "Nobody asked the people") == 1
    assert origins.of(2, Span(0, 0)) == 2
    assert find_origins([]).groups == ()


def test_reprint():
    """Case, marks, two changed sentences and cut ones leave a reprint one writing."""
    changed = REPORT.replace("Eleven crews will be moved to", "Most crews are to join")
    changed = changed.replace("Two islands will be left", "Two small islands are left")
    changed = changed.replace("on Monday. ", "on Monday.\n\nWHAT NOW\n\n").replace(
        ", the", " - the"
    )
    changed = changed.replace(
        "Fishermen carried the mail there until the first steamer", "Steamer"
    )
    pages = [document(changed.upper(), date="2026-03-02"), document(LETTER), document(REPORT)]
    origins = find_origins(pages)
    assert origins.groups == ((0, 2), (1,))
    assert origin(origins, pages, 0, "THE BOARD MEETS AGAIN IN THE LAST WEEK OF OCTOBER") == 2
    assert origin(origins, pages, 0, "WHAT NOW") == 0, "the earlier one has no such words"
    assert origin(origins, pages, 2, "The board meets again") == 2


def test_cut_reprint():
    """The first sentences alone are still the same writing."""
    half = REPORT[: REPORT.index("Two islands")]
    assert find_origins([document(REPORT), document(half)]).groups == ((0, 1),)


def test_age():
    """The earliest date is first, then the first of the list; the undated come last."""
    dates = (None, "2026-03-02", "2026-03-01", "2026-03-01")
    pages = [document(REPORT, date=date) for date in dates]
    origins = find_origins(pages)
    words = "Eleven crews will be moved to the summer service"
    assert [origin(origins, pages, number, words) for number in range(4)] == [2, 2, 2, 2]


def test_long_quotation():
    """A quotation that two articles share makes them not one writing, but its words are the first's."""
    own = (
        "Ada Lind runs the shop at the pier and has sold tickets since she was nine. ",
        REPORT[:90],
    )
    pages = [document(f"{start}“{LETTER}” she wrote.") for start in own]
    origins = find_origins(pages)
    assert origins.groups == ((0,), (1,))
    assert origin(origins, pages, 1, LETTER) == 0
    assert origin(origins, pages, 1, "The ferry company of Orm") == 1


def test_pasted_release():
    """A short text within a long one is a passage of it, not the whole."""
    words = [f"w{number}" for number in range(600)]
    long = " ".join(words[:300]) + " " + LETTER + " " + " ".join(words[300:])
    pages = [document(LETTER), document(long)]
    origins = find_origins(pages)
    assert origins.groups == ((0,), (1,))
    assert origin(origins, pages, 1, LETTER) == 0


def test_most_words_tell():
    """A span belongs to another document only if that has most of its words."""
    quoting = f"After a long night the harbour master read aloud what they had sent: {LETTER[:70]}"
    pages = [document(LETTER), document(quoting)]
    origins = find_origins(pages)
    assert origin(origins, pages, 1, LETTER[:60]) == 0
    assert origin(origins, pages, 1, quoting[: quoting.index(":") + 20]) == 1


def test_set_phrases():
    """A few words in a row are hit upon twice."""
    pages = [
        document("It rained. We thank all who were there. Yes."),
        document("So we thank all who."),
    ]
    origins = find_origins(pages)
    assert origin(origins, pages, 1, "we thank all who") == 1


def test_many_copies_take_linear_time():
    """A hundred copies of one text are one writing, found at once."""
    words = [str(random.Random(5).random()) for _ in range(500)]  # noqa: S311
    start = time.perf_counter()
    assert len(find_origins([document(" ".join(words))] * 100).groups) == 1
    assert time.perf_counter() - start < 20


def statement(text: str, words: str, holder: str = "", **given: object) -> Statement:
    """`words` as the author's, or as reported of a holder."""
    basis: Basis = "reported" if holder else "asserted"
    values = {"holders": (holder or "author",), "via": (), "basis": basis, **given}
    return Statement(
        0,
        (),
        (),
        (find(text, words),),
        quoted=False,
        hedges=(),
        **values,  # type: ignore[arg-type]
    )


CLAIM = "the winter line will close"


def voices(*told: tuple[str, str], **given: object) -> int:
    """Count the voices of documents that each give a text around CLAIM and a holder."""
    pages = [document(f"{number} {text} {CLAIM}.") for number, (text, _) in enumerate(told)]
    return counted(pages, [holder for _, holder in told], **given)


def counted(pages: list[Document], holders: list[str], **given: object) -> int:
    readings = [
        Reading((), (), (statement(page.text, CLAIM, holder, **given),), (), (), ())
        for page, holder in zip(pages, holders, strict=True)
    ]
    return count(pages, readings)


def count(pages: list[Document], readings: list[Reading]) -> int:
    """Count the voices of all statements."""
    places = {
        Place(number, at): said.content
        for number, reading in enumerate(readings)
        for at, said in enumerate(reading.statements)
    }
    return Voices(pages, readings, find_origins(pages)).count(places)


def test_authors_are_voices():
    """Each author who says so is one, also without a name; the same author twice is one."""
    assert voices(("First", ""), ("Second", "")) == 2
    pages = [document(f"{start} {CLAIM}", authors=("Ada Lind",)) for start in "ab"]
    assert counted(pages, ["", ""]) == 1


def test_reported_word_is_one_voice():
    """What several documents report of one holder is one voice, under a shorter name too."""
    assert voices(("a", "Ada Lind"), ("b", "Lind"), ("c", "Ada Lind’s office")) == 1
    assert voices(("a", "Ada Lind"), ("b", "Olaf Berg")) == 2


def test_party_confirms_not_itself():
    """Who is reported and who wrote or published another of the documents are one."""
    pages = [document(f"a {CLAIM}"), document(f"b {CLAIM}", publisher="Orm Ferries")]
    assert counted(pages, ["Orm Ferries", ""]) == 1
    pages = [document(f"a {CLAIM}"), document(f"b {CLAIM}", authors=("Ada Lind", "Olaf Berg"))]
    assert counted(pages, ["Olaf Berg", ""]) == 1


def test_unknown_holders_are_nobody():
    """Pronouns, common nouns and the unresolved add no voice, but one there is."""
    assert voices(("a", "she"), ("b", "officials"), ("c", "Ada Lind")) == 1
    assert voices(("a", "she"), ("b", "officials")) == 1
    assert voices(("a", "Ada Lind"), ("b", "Olaf Berg"), resolved=False) == 1


def test_copies_are_nobody():
    """A passage counts where it stood first, whoever is named for its copy."""
    pages = [document(f"{REPORT} Then {CLAIM}."), document(f"{REPORT} Then {CLAIM}.")]
    assert counted(pages, ["Ada Lind", "Olaf Berg"]) == 1
    pages[1] = document(f"{REPORT} At last all of {CLAIM}.")
    assert counted(pages, ["Ada Lind", "Olaf Berg"]) == 1, "a changed sentence of a reprint"


def speaking(text: str, *names: str) -> int:
    """Count the first two of `names` as holders, where `text` tells how they belong together."""
    pages = [document(f"a {CLAIM}"), document(f"b {CLAIM}"), document(text)]
    holders = [names[0], names[1]]
    readings = [
        Reading((), (), (statement(page.text, CLAIM, holder),), (), (), ())
        for page, holder in zip(pages, holders, strict=False)
    ]
    kinds = zip(names, ("person", "organisation"), strict=True)
    actors = tuple(Actor(name, kind, (find(text, name),)) for name, kind in kinds)  # type: ignore[arg-type]
    readings.append(Reading((), (), (), (), (), actors))
    return count(pages, readings)


def test_office():
    """Who speaks for a body and that body are one, where a text says so."""
    for text in (
        "Ada Lind of the Island Council came.",
        "Ada Lind, chair of the Island Council, came.",
        "The Island Council’s new chair, Ada Lind, came.",
        "Yours\n\nAda Lind\n\nPresident, Island Council",
        "Island Council Chair Ada Lind came. ",
    ):
        assert speaking(text, "Ada Lind", "Island Council") == 1, text
    for text in ("Ada Lind told the Island Council.", "Ada Lind and the Island Council came."):
        assert speaking(text, "Ada Lind", "Island Council") == 2, text
    title = "The Ministry of Ferries sent Minister of Ferries Ada Lind."
    assert speaking(title, "Ada Lind", "Ministry of Ferries") == 1


def test_imprint():
    """Who stands in the copyright line is the publisher."""
    text = f"b {CLAIM}\n\n© 2026 Orm Institute"
    pages = [document(f"a {CLAIM}"), document(text)]
    actor = Actor("Orm Institute", "organisation", (find(text, "Orm Institute"),))
    readings = [
        Reading((), (), (statement(pages[0].text, CLAIM, "Orm Institute"),), (), (), ()),
        Reading((), (), (statement(text, CLAIM),), (), (), (actor,)),
    ]
    assert count(pages, readings) == 1


def test_hearsay():
    """What an author passes on as said by others is nobody's word."""
    pages = [document(f"a {CLAIM}"), document(f"allegedly {CLAIM}")]
    readings = [Reading((), (), (statement(page.text, CLAIM),), (), (), ()) for page in pages]
    assert count(pages, readings) == 2
    hedged = Statement(
        0, (), (), (find(pages[1].text, CLAIM),), ("author",), (), "asserted", quoted=False,
        hedges=(find(pages[1].text, "allegedly"),),
    )  # fmt: skip
    readings[1] = Reading((), (), (hedged,), (), (), ())
    assert count(pages, readings) == 1


def test_author_repeats_a_report():
    """An author who says in their own voice what they report of somebody is no second voice."""
    text = f"a {CLAIM}, and {CLAIM}"
    both = (statement(text, CLAIM), statement(text, CLAIM, "Ada Lind"))
    assert count([document(text)], [Reading((), (), both, (), (), ())]) == 1
