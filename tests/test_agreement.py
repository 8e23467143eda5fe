"""Who says the same: which drafts repeat a claim, and whose evidence joins a finding."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_pages import Page

from briefing.findings import Draft, Finding, Piece
from briefing.relate import Agreement
from briefing.relate.origins import Origins
from briefing.relate.places import Place
from briefing.relate.same import Group
from briefing.verify import verify

COST = "The locks of Lund cost forty crowns."
TOLD = "Lund pays forty crowns for its locks."


def page(words: str, holder: str, **given: object) -> Page:
    """A text in which `holder` says `words`."""
    made = Page(f"It rained. | {holder} said: {words}", authors=("Mara Quist",))
    return made.states(holder, words, **given)  # type: ignore[arg-type]


def agreement(
    *pages: Page, origins: int = 2, texts: tuple[tuple[int, ...], ...] = ()
) -> Agreement:
    """One group of the first statement of every page."""
    places = tuple(Place(number, 0) for number in range(len(pages)))
    alone = tuple((number,) for number in range(len(pages)))
    return Agreement(
        tuple(each.document for each in pages),
        tuple(each.reading for each in pages),
        Origins(texts or alone),
        (Group(places, origins),),
    )


def draft(pages: tuple[Page, ...], number: int, words: str = "", **given: object) -> Draft:
    """What the first statement of a page would print, or `words` in its name."""
    one = pages[number]
    statement = one.statements[0]
    spans = [one.span(words)] if words else statement.content
    made = Draft(
        "claims", number, tuple(map(Piece, spans)), statement.holders, (), statement.basis,
        quoted=False, stance="states", hedges=(),
    )  # fmt: skip
    return replace(made, **given)  # type: ignore[arg-type]


def found(group: Agreement, *drafts: Draft) -> tuple[Finding, ...]:
    findings, refusals = verify(drafts, group.documents)
    assert not refusals
    return group.join(findings)


def test_evidence_of_others_joins() -> None:
    """A finding carries the words of every document that says the same, and the count of voices."""
    pages = page(COST, "Ilo Brand"), page(TOLD, "Edda Moor"), page(COST, "Tam Oyle")
    (joined,) = found(agreement(*pages, origins=3), draft(pages, 0))
    assert [(item.document, item.quote) for item in joined.evidence] == [
        (0, COST), (1, TOLD), (2, COST),
    ]  # fmt: skip
    assert joined.origins == 3


def test_voices_are_counted_by_the_group() -> None:
    """Two documents that pass on one voice show both marks and count as one."""
    pages = page(COST, "Ilo Brand"), page(TOLD, "Ilo Brand")
    (joined,) = found(agreement(*pages, origins=1), draft(pages, 0))
    assert ({item.document for item in joined.evidence}, joined.origins) == ({0, 1}, 1)


def test_support_is_the_number_of_voices() -> None:
    """A draft of a group has all of its voices; one that prints more or is another's has one."""
    pages = page(COST, "Ilo Brand"), page(TOLD, "Edda Moor"), page(COST, "Tam Oyle")
    group = agreement(*pages, origins=2)
    assert [group.support(draft(pages, number)) for number in range(3)] == [2, 2, 2]
    assert group.support(draft(pages, 0, "The locks of Lund")) == 2
    assert group.support(draft(pages, 0, "It rained.")) == 1
    assert group.support(draft(pages, 0, holders=("Edda Moor",))) == 1


def test_a_reprint_supports_nothing() -> None:
    """Of two documents that are one text only the first told is evidence."""
    pages = page(COST, "Ilo Brand"), page(COST, "Ilo Brand"), page(TOLD, "Edda Moor")
    (alone,) = found(agreement(*pages[:2], texts=((0, 1),)), draft(pages, 0))
    assert ([item.document for item in alone.evidence], alone.origins) == ([0], 1)
    group = agreement(*pages, origins=3, texts=((0, 1), (2,)))
    (joined,) = found(group, draft(pages, 1))
    assert ([item.document for item in joined.evidence], joined.origins) == ([1, 2], 2)


def test_evidence_is_used_once_in_a_section() -> None:
    """What another finding prints joins none, and a claim made twice is joined once."""
    pages = page(COST, "Ilo Brand"), page(TOLD, "Edda Moor"), page(COST, "Tam Oyle")
    first, second = found(agreement(*pages, origins=3), draft(pages, 0), draft(pages, 1))
    assert [item.document for item in first.evidence] == [0, 2]
    assert first.origins == 2
    assert ([item.document for item in second.evidence], second.origins) == ([1], 1)


@pytest.mark.parametrize(
    "given",
    [
        {"words": f"Ilo Brand said: {COST}"},
        {"words": "It rained."},
        {"holders": ("Edda Moor",)},
        {"basis": "asserted"},
    ],
)
def test_what_prints_more_or_another_is_not_the_claim(given: dict[str, object]) -> None:
    """Words beyond the statement, another holder or another basis are not what the others say."""
    pages = page(COST, "Ilo Brand"), page(TOLD, "Edda Moor")
    group = agreement(*pages)
    other = draft(pages, 0, **given)  # type: ignore[arg-type]
    assert group.same(draft(pages, 0), draft(pages, 1))
    assert not group.same(other, draft(pages, 1))
    assert not group.same(draft(pages, 1), other)
    assert found(group, other)[0].origins == 1


def test_part_of_a_claim_is_said_by_all_who_say_it() -> None:
    """What a draft cuts from the statement, or a full stop, keeps nobody from saying the same."""
    pages = page(COST, "Ilo Brand"), page(TOLD, "Edda Moor")
    group = agreement(*pages)
    assert group.same(draft(pages, 0, COST[:-1]), draft(pages, 1))
    assert found(group, draft(pages, 0, "The locks of Lund"))[0].origins == 2


def test_one_sentence_of_several_is_not_the_claim() -> None:
    """Which sentence of a long statement the others say is not known."""
    long = Page(f"Ilo Brand said: {COST} | And so it rained.")
    long.states("Ilo Brand", f"{COST} And so it rained.")
    pages = long, page(TOLD, "Edda Moor")
    group = agreement(*pages)
    assert not group.same(draft(pages, 0, COST), draft(pages, 1))
    assert found(group, draft(pages, 1))[0].origins == 1


def test_an_inference_is_printed_with_the_words_that_carry_it() -> None:
    """The author's sentence about somebody is what the statement in it says."""
    told = "Lund puts the price at forty crowns"
    first = Page(f"{told}.")
    first.states("Lund", "at forty crowns", basis="inferred", cue="puts the price")
    pages = first, page(TOLD, "Edda Moor")
    assert agreement(*pages).same(draft(pages, 0, told), draft(pages, 1))
