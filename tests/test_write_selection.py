"""Which candidates are chosen: what matters, is borne out and was not yet heard."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_pages import PLAIN, Page, drafts, printed

from briefing.document import Span
from briefing.findings import AUTHOR, Beyond, Draft, Piece
from briefing.write import CLAIMS, POSITIONS, write
from briefing.write.candidates import Candidate
from briefing.write.selection import (
    HOLDER_COST,
    SOURCE_COST,
    Turns,
    itself,
    one_row_each,
    place,
    spread,
    weigh,
)
from briefing.writers import load


def candidate(
    score: float, document: int = 0, holder: str = "Ada Foll", at: int = 0, issue: str = ""
) -> Candidate:
    """Ten characters of a document, from `at` on, that `holder` says."""
    draft = Draft(
        section="claims",
        document=document,
        pieces=(Piece(Span(at, at + 10)),),
        holders=(holder,),
        via=(),
        basis="reported",
        quoted=False,
        stance="states",
        hedges=(),
        score=score,
        actor=holder,
        issue=issue,
    )
    return Candidate(draft, at // 10)


def from_documents(chosen: list[Candidate]) -> list[int]:
    """The documents of `chosen`, in their order."""
    return [each.draft.document for each in chosen]


TOWNS = ("Alder", "Birch", "Cedar", "Larch", "Maple", "Thorn")
THINGS = ("bridge", "ferry", "market", "tunnel", "library", "harbour")


def refusers(count: int) -> list[Page]:
    """So many texts, each of somebody who opposes something else, as no other text says."""
    pages = []
    for number in range(count):
        name = f"Vera {chr(65 + number // 26)}{chr(97 + number % 26)}rling"
        town, thing = f"{TOWNS[number % 6]}{number}", f"{THINGS[number // 6 % 6]}{number}"
        words = f"{name} opposes the {thing} of {town} as too dear."
        page = Page(words, authors=(f"Author {number}",)).actor(name)
        pages.append(page.position(name, words, issue=thing).claim(words, holder=AUTHOR))
    return pages


@pytest.mark.parametrize("count", [3, 17, 40])
@pytest.mark.parametrize("printed_again", [False, True])
def test_what_is_not_even_drafted_is_counted(count: int, printed_again: bool) -> None:
    """Claims and positions beyond what findings keep are a number; those of reprints are not."""
    pages = refusers(count)
    texts = pages + pages[:2] if printed_again else pages
    written = write(
        [page.document for page in texts],
        [page.reading for page in texts],
        load("verbatim"),
        origin_of=lambda number: number % count,
    )
    kept = Counter(draft.section for draft in written.drafts)
    used = 1 + kept["summary"]
    assert kept["positions"] == min(count, POSITIONS)
    assert kept["claims"] == min(max(0, count - used), CLAIMS)
    more = {"claims": count - used - kept["claims"], "positions": count - kept["positions"]}
    assert written.beyond == tuple(Beyond(section, left) for section, left in more.items() if left)


def several(count: int, score: float, document: int, holder: str = "") -> list[Candidate]:
    """Candidates of one document, each of another holder unless one is named."""
    return [
        candidate(score, document, holder or f"Holder {document} {at}", 10 * at)
        for at in range(count)
    ]


def test_a_loud_source_waits_for_the_others() -> None:
    """However many good ones the first source has, each other one has its turn between."""
    pool = [*several(20, 0.9, 0), *several(3, 0.8, 1), *several(3, 0.75, 2)]
    assert from_documents(spread(pool, 6)) == [0, 1, 2, 0, 1, 2]


def test_a_loud_holder_waits_for_the_others() -> None:
    """One who is quoted everywhere does not fill the brief, though each source has its turn."""
    loud = [candidate(0.9, number, "Ada Foll") for number in range(9)]
    others = [candidate(0.7, 9 + number, f"Holder {number}") for number in range(3)]
    chosen = spread([*loud, *others], 6)
    assert Counter(each.draft.holders[0] == "Ada Foll" for each in chosen) == {True: 4, False: 2}


def test_the_best_come_first_whatever_their_source() -> None:
    """What is far better is taken even where its source was heard."""
    pool = [candidate(0.9), candidate(0.8, holder="Ilo Roke", at=20), candidate(0.2, 1, "Orm")]
    assert from_documents(spread(pool, 2)) == [0, 0]


def test_documents_of_one_origin_share_a_turn() -> None:
    """A reprint gives its source no turn of its own."""
    pool = [*several(2, 0.9, 0), *several(2, 0.9, 1), *several(2, 0.8, 2), *several(2, 0.8, 3)]
    assert from_documents(spread(pool, 4)) == [0, 1, 2, 3]
    assert from_documents(spread(pool, 4, origin_of=lambda at: 0 if at == 1 else at)) == [
        0, 2, 3, 0,
    ]  # fmt: skip


def test_what_is_printed_elsewhere_had_its_turn() -> None:
    """The sections of a brief share the turns."""
    pool = [*several(2, 0.9, 0), *several(2, 0.8, 1)]
    assert from_documents(spread(pool, 1, used=[candidate(1.0, 0, at=90)])) == [1]


def test_repetitions_are_passed_over() -> None:
    """A candidate that repeats one that was chosen or is printed elsewhere takes no place."""
    pool = [candidate(0.9), candidate(0.8, 1), candidate(0.7, 2), candidate(0.6, 3)]

    def again(one: Candidate, other: Candidate) -> bool:
        return (one.draft.document, other.draft.document) in {(1, 0), (2, 9)}

    chosen = spread(pool, 4, again=again, used=[candidate(1.0, 9)])
    assert from_documents(chosen) == [0, 3]


def test_scores_are_those_of_the_turn() -> None:
    """A source's second item costs nothing once every other source had its second turn too."""
    alone = spread([candidate(0.9), candidate(0.8, holder="Ilo Roke", at=20)], 2)
    assert [each.draft.score for each in alone] == pytest.approx([0.9, 0.8])
    same = spread([candidate(0.9), candidate(0.8, at=20), candidate(0.1, 1, "Orm")], 2)
    assert same[1].draft.score == pytest.approx(0.8 - SOURCE_COST - HOLDER_COST)


def test_support_counts_but_no_number_of_it_buries_the_rest() -> None:
    """Each doubling of the independent sources adds as much, up to a bound."""
    numbers = {0: 1, 1: 2, 2: 4, 3: 40}
    pool = [candidate(0.5, number) for number in numbers]
    one, two, four, many = (
        each.draft.score for each in weigh(pool, lambda draft: numbers[draft.document], itself)
    )
    assert one == 0.5
    assert four - two == pytest.approx(two - one)
    assert many == four > two > one


def test_originals_are_quoted_rather_than_reprints() -> None:
    """Of the same words with nearly the same score, those that stood first are chosen."""
    first, second = Page(*PLAIN[:4]), Page(*PLAIN[:4])
    first.salience, second.salience = [1.0, 0.7, 0.3, 0.0], [1.0, 0.8, 0.4, 0.0]
    pages = (second, first)
    documents, readings = [page.document for page in pages], [page.reading for page in pages]
    plain = write(documents, readings, load("verbatim")).drafts
    told = write(documents, readings, load("verbatim"), origin_of=lambda _: 1).drafts
    assert 0 in {draft.document for draft in plain}
    assert {draft.document for draft in told} == {1}


def test_a_reprint_gives_way_however_it_scores() -> None:
    """The words that the original has too go to that, and rank as high as the better of the two."""
    first = Page(*PLAIN[:4])
    second = Page(*PLAIN[:4], "The mayor of Lund read it at the market on Monday.")
    first.salience, second.salience = [0.1, 0.4, 0.2, 0.3], [1.0, 0.9, 0.8, 0.7, 0.0]
    pages = (second, first)
    documents, readings = [page.document for page in pages], [page.reading for page in pages]
    told = write(documents, readings, load("verbatim"), origin_of=lambda _: 1).drafts
    assert told[0].document == 1
    assert printed(pages[told[0].document], told[0]) == PLAIN[0]
    copied = {printed(second, draft) for draft in told if draft.document == 0}
    assert not copied & set(PLAIN)


def test_what_several_sources_say_comes_first() -> None:
    """Of nearly equal sentences the one that others bear out is the bottom line."""
    page = Page(*PLAIN)

    def support(draft: Draft) -> int:
        return 4 if PLAIN[2] in page.document[draft.pieces[0].span] else 1

    written = write([page.document], [page.reading], load("verbatim"), support=support).drafts
    assert printed(page, written[0]) == PLAIN[2]
    assert printed(page, drafts(page)[0]) == PLAIN[0]


def test_unnamed_authors_hold_their_own_positions() -> None:
    """A name is one actor in all texts; the authors of two texts without a name are two."""
    named = [candidate(0.9, number, "Ada Foll", issue="dues") for number in range(2)]
    unnamed = [candidate(0.9, number, AUTHOR, issue="Dues") for number in range(3)]
    rows = one_row_each([*named, *unnamed], lambda at: 0 if at == 1 else at)
    assert [(row.draft.actor, row.draft.document) for row in rows] == [
        ("Ada Foll", 0), (AUTHOR, 0), (AUTHOR, 2),
    ]  # fmt: skip


def test_one_row_for_one_issue_in_other_small_words() -> None:
    """Two texts that tell one position of somebody fill one row."""
    told = [
        candidate(score, number, "Ada Foll", issue=issue)
        for number, (score, issue) in enumerate(
            [(0.9, "to intervene"), (0.8, "she will not intervene"), (0.7, "the dues")]
        )
    ]
    assert [row.draft.issue for row in one_row_each(told)] == ["to intervene", "the dues"]


def plainly(pool: list[Candidate], limit: int) -> list[Candidate]:
    """The same choice, made by looking at every candidate again each time."""
    left, turns = sorted(pool, key=place), Turns(pool, itself, HOLDER_COST)
    chosen: list[Candidate] = []
    while left and len(chosen) < limit:
        best = max(left, key=turns.worth)
        left.remove(best)
        chosen.append(best)
        turns.take(best)
    return chosen


CANDIDATES = st.builds(
    candidate,
    st.sampled_from([0.0, 0.25, 0.3, 0.5, 0.9, 1.0]),
    st.integers(0, 3),
    st.sampled_from(["Ada Foll", "Ilo Roke", AUTHOR]),
    st.integers(0, 500),
)


@given(st.lists(CANDIDATES, max_size=30, unique_by=place), st.integers(0, 12))
def test_the_quick_way_chooses_as_the_plain_one(pool: list[Candidate], limit: int) -> None:
    """Looking again at the best alone changes nothing; nor does the order of the candidates."""
    chosen = [place(each) for each in spread(pool, limit)]
    assert chosen == [place(each) for each in plainly(pool, limit)]
    assert chosen == [place(each) for each in spread(pool[::-1], limit)]


def test_thousands_of_candidates() -> None:
    """Hardly any candidate is looked at twice, and none is compared with all."""
    pool = [
        candidate((at * 7919 % 1000) / 1000, at % 300, f"Holder {at % 50}", 10 * (at // 300))
        for at in range(6000)
    ]
    compared = 0

    def again(_one: Candidate, _other: Candidate) -> bool:
        nonlocal compared
        compared += 1
        return False

    chosen = spread(pool, 24, again=again)
    assert len({*from_documents(chosen)}) == len(chosen) == 24
    assert compared == 24 * 23 / 2
    assert min(each.draft.score for each in chosen) > 0.9


def test_scores_and_turns_leave_the_drafts_alone() -> None:
    """Nothing but the score of a candidate changes."""
    (chosen,) = spread([candidate(0.5)], 1)
    assert replace(chosen.draft, score=0.5) == candidate(0.5).draft
