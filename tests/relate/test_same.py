from __future__ import annotations

import numpy as np
import pytest

from briefing.document import Document, Sentence, Span
from briefing.findings import Actor, Reading, Statement
from briefing.relate.origins import find_origins
from briefing.relate.places import Place
from briefing.relate.same import Group, same_claims

FILLER = (
    "Rain fell on the roofs all night. A cat slept under the stairs. Nobody opened the window. "
    "The clock in the hall had stopped at nine. Two boys carried a ladder across the yard."
)


def find(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def told(
    *contents: str | tuple[str, str], names: tuple[str, ...] = (), **given: object
) -> tuple[Document, Reading]:
    """A document of one sentence for each content, said by a holder or by the author."""
    pairs = [content if isinstance(content, tuple) else (content, "") for content in contents]
    values = {"stance": "states", "hedges": (), **given}
    text = "\n\n".join(words for words, _ in pairs)
    statements = tuple(
        Statement(
            number,
            (),
            (),
            (find(text, words),),
            (holder or "author",),
            (),
            "reported" if holder else "asserted",
            quoted=False,
            **values,  # type: ignore[arg-type]
        )
        for number, (words, holder) in enumerate(pairs)
    )
    sentences = tuple(
        Sentence(find(text, words), paragraph=number) for number, (words, _) in enumerate(pairs)
    )
    actors = tuple(Actor(name, "organisation", (find(text, name),)) for name in names)
    reading = Reading(sentences, (0.5,) * len(pairs), statements, (), (), actors)
    return Document("page.txt", text, date="2026-03-01"), reading


def groups(*pile: tuple[Document, Reading], vectors: object = None) -> tuple[Group, ...]:
    """The groups of some documents, and of one about other things."""
    noise = told(*FILLER.removesuffix(".").split(". "))
    documents, readings = zip(*pile, noise, strict=True)
    return same_claims(documents, readings, find_origins(documents), vectors)  # type: ignore[arg-type]


def same(one: str, other: str, **given: object) -> bool:
    """Whether two documents with a sentence each say the same."""
    return bool(groups(told(one, **given), told(other, **given)))  # type: ignore[arg-type]


CLOSED = "The toll bridge at Tarn will cost 40 million crowns"
OTHERWISE = "At Tarn the bridge will cost 40 million crowns, tolls and all"


def test_same_words():
    """Two documents with the same claim are one group of two voices."""
    found = groups(told(CLOSED), told("Fog.", f"{OTHERWISE}."))
    assert found == (Group((Place(0, 0), Place(1, 1)), 2),)
    assert groups(told(CLOSED)) == ()
    assert same_claims((), (), find_origins(())) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("one ferry in five will be laid up in Tarn", "A fifth of the ferries will be laid up"),
        (CLOSED, OTHERWISE),
        (
            "From July lorries pay 0.90 crowns a mile at the toll gates",
            "Lorries are to pay 0.90 crowns a mile at the gates from 1 July 2027",
        ),
        (
            "the mill did not poison the lower river",
            "The lower river was not poisoned by the mill",
        ),
        (
            "the mill should close before the spring floods",
            "Before spring floods the mill must close",
        ),
    ],
)
def test_other_words(one: str, other: str):
    """Endings, order and a few more words make no other claim of it."""
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CLOSED, CLOSED.replace("40", "60")),
        (CLOSED, CLOSED.replace("40 million crowns", "too much money")),
        (CLOSED, CLOSED.replace("crowns", "tonnes")),
        (CLOSED, CLOSED.replace("will", "will not")),
        (CLOSED, CLOSED.replace("will", "should")),
        (CLOSED, CLOSED.replace("will", "may")),
        (CLOSED, CLOSED.replace("at Tarn", "at Orm")),
        (CLOSED + " by 2030", CLOSED + " by 2031"),
        ("Exports of grain fell by 5 per cent", "Imports of grain fell by 5 per cent"),
        ("the old mill could not close", "the closed mill is not old"),
        ("The water fee rises from 4 to 6 cents", "The water fee rises to 6 cents"),
        ("More than 5 ferries burn coal", "More than 5 ferries need paint"),
        ("Dear member of the club", "Dear friend of the club"),
    ],
)
def test_told_apart(one: str, other: str):
    """A number, unit, date, name, `not`, `should` or `may` keeps like words apart."""
    assert not same(one, other)


def test_who_acts():
    """Two names that change places change the claim; the passive voice does not."""
    names = ("Orm", "Tarn")
    sold = "Orm sold its old ferries and sheds to Tarn"
    assert not same(sold, "Tarn sold its old ferries and sheds to Orm", names=names)
    assert same(sold, "To Tarn old ferries and sheds were sold by Orm", names=names)


def test_denial():
    """Who denies a thing does not say the same as who states it."""
    words = "the mill poisoned the lower river in March"
    stated, denied = told((words, "Ada Lind")), told((words, "Olaf Berg"), stance="denies")
    assert groups(stated, denied) == ()
    assert len(groups(denied, told((words, "Orm Mill"), stance="denies"))) == 1


def test_demands():
    """What somebody demands is what ought to be."""
    words = "that the mill at Tarn be closed before the floods"
    demanded = told((words, "Ada Lind"), stance="demands")
    assert groups(demanded, told((words, "Olaf Berg"))) == ()
    assert groups(demanded, told("The mill at Tarn should be closed before the floods"))


def test_bare_contents():
    """What two actors reject is two claims, what two documents tell of one actor is one."""
    words = "the new plan for the lower river"
    pile = [
        told((words, holder), stance="rejects") for holder in ("Ada Lind", "Olaf Berg", "Lind")
    ]
    (group,) = groups(*pile)
    assert group == Group((Place(0, 0), Place(2, 0)), 1)


def test_sentence_of_a_longer_statement():
    """One sentence of a statement is enough, and may be in a group of its own."""
    first, second = CLOSED + ".", "Ships of the lower river burn dirty coal."
    document, reading = told(first, second)
    whole = Statement(
        0,
        (),
        (),
        (Span(0, len(document.text)),),
        ("Ada Lind",),
        (),
        "reported",
        quoted=True,
        hedges=(),
    )
    long = (document, Reading(reading.sentences, (0.5, 0.5), (whole,), (), (), ()))
    found = groups(long, told(first), told(second))
    assert [group.places for group in found] == [
        (Place(0, 0), Place(1, 0)),
        (Place(0, 0), Place(2, 0)),
    ]


def test_reported_words_are_not_the_authors():
    """The author's sentence around what somebody says has only the words outside it."""
    text = f"The council adds that {CLOSED}."
    reading = Reading(
        (Sentence(Span(0, len(text))),),
        (0.5,),
        (
            Statement(0, (), (), (Span(0, len(text)),), ("author",), (), "asserted", quoted=False, hedges=()),
            Statement(0, (), (), (find(text, CLOSED),), ("Council",), (), "reported", quoted=False, hedges=()),
        ),
        (), (), (),
    )  # fmt: skip
    (group,) = groups((Document("page.txt", text), reading), told(CLOSED))
    assert group.places == (Place(0, 1), Place(1, 0))


def passing_on(around: str, words: str) -> tuple[Document, Reading]:
    """A document of one sentence of the author's that holds `words`, reported of the council."""
    text = around.format(words)
    whole, inner = Span(0, len(text)), find(text, words)
    statements = (
        Statement(0, (), (), (whole,), ("author",), (), "asserted", quoted=False, hedges=()),
        Statement(0, (), (), (inner,), ("Council",), (), "reported", quoted=False, hedges=()),
    )
    reading = Reading((Sentence(whole),), (0.5,), statements, (), (), ())
    return Document("page.txt", text, date="2026-03-01"), reading


@pytest.mark.parametrize(
    ("around", "found"),
    [
        ("The council of Tarn added on Friday that {}.", ()),
        (
            "While gulls circled over the pier and children threw bread, Tarn added that {}.",
            ((Place(0, 0), Place(1, 0)),),
        ),
    ],
)
def test_what_is_hardly_left_is_not_compared(
    around: str, found: tuple[tuple[Place, Place], ...]
) -> None:
    """Of a sentence that mostly passes on somebody's words the rest is no claim of its own."""
    pile = passing_on(around, CLOSED), passing_on(around, "fish is dear this spring in the hills")
    assert tuple(group.places for group in groups(*pile)) == found


def test_reprint_corroborates_nothing():
    """A reprint is in the group and adds no voice."""
    report = (CLOSED, *FILLER.replace("cat", "dog").removesuffix(".").split(". "))
    (first, *_) = groups(told(*report), told(*report))
    assert first == Group((Place(0, 0), Place(1, 0)), 1)


def test_no_drift():
    """Two that are each like a third, but not like one another, are not one group."""
    chain = (
        "The old mill of Tarn poisons the lower river",
        "The old mill of Tarn poisons the lower river, wells, gardens and orchards too",
        "Wells, gardens and orchards too, the fishermen poisons brought up, are lower",
    )
    found = groups(*map(told, chain))
    assert all(len(group.places) == 2 for group in found)
    assert (Place(0, 0), Place(1, 0)) in [group.places for group in found]


def test_vectors():
    """Vectors tell other words for one thing; without them, or if they differ, nothing does."""
    one = "Ships that plug in get back 40 per cent of the yearly mooring fee"
    other = "Ships that connect are refunded 40 per cent of the mooring charge"
    asked: list[str] = []

    def alike(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        return np.ones((len(texts), 1), dtype=np.float32)

    def unlike(texts: list[str]) -> np.ndarray:
        return np.eye(len(texts), dtype=np.float32)

    assert groups(told(one), told(other)) == ()
    assert groups(told(one), told(other), vectors=unlike) == ()
    assert len(groups(told(one), told(other), vectors=alike)) == 1
    assert asked == [one, other], "what shares no words is not looked at"


def test_no_vectors_for_what_one_teller_says():
    """What comes near nothing but the same teller's own words is not asked about."""
    one = "Ships that plug in get back 40 per cent of the yearly mooring fee"
    other = "Ships that connect are refunded 40 per cent of the mooring charge"
    asked: list[str] = []

    def alike(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        return np.ones((len(texts), 1), dtype=np.float32)

    assert groups(told(one, other), vectors=alike) == ()
    assert not asked
    assert len(groups(told(one, (other, "Dock Board")), vectors=alike)) == 1
    assert {*asked} == {one, other}


def test_same_input_same_groups():
    """The order of documents changes the numbers, not the groups."""
    pile = [told(CLOSED), told("Fog lay on it."), told(OTHERWISE)]
    assert groups(*pile) == groups(*pile) == (Group((Place(0, 0), Place(2, 0)), 2),)
