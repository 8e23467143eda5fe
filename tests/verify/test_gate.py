"""The gate: which reworded drafts are printed, and what stands in the place of the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_case import HOLDER, document, read

from briefing.document import Document, Span
from briefing.findings import Draft, Evidence, Piece, Reading, Refusal
from briefing.support.stub import StubScorer
from briefing.verify.gate import MOST_CITED, gate, objection
from briefing.verify.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Sequence

WEIR = "The weir at Quill held back 1,187 litres in 2029."
LEAK = "The sluice leaks every winter."
SAID = "The sluice will be closed for good."
GATES = tuple(f"Gate {name} opens at dawn." for name in ("Aru", "Bor", "Cil", "Dun", "Elk", "Fyr"))
FIRST = document(" ".join((WEIR, LEAK, SAID, *GATES)))
DAM = "The dam at Brome lost 412 tiles in a storm."
SECOND = document(DAM)
SOURCES = Sources(
    (FIRST, SECOND),
    (read(FIRST, people=(HOLDER,), said={2: (HOLDER,)}), read(SECOND)),
    StubScorer(),
)


def read_alone(documents: Sequence[Document]) -> tuple[Reading, ...]:
    """Read sentences of nobody known."""
    return tuple(read(each, people=(HOLDER,)) for each in documents)


def cited(words: str) -> Evidence:
    """A sentence of one of the sources, as evidence."""
    number, source = next((at, one) for at, one in enumerate((FIRST, SECOND)) if words in one.text)
    start = source.text.index(words)
    return Evidence(number, Span(start, start + len(words)), words)


def draft(words: str, text: str = "", *others: str, **changes: object) -> Draft:
    """What is to be printed of `words`: themselves, or `text`, which rests on `others` too."""
    first = cited(words)
    made = Draft(
        "summary",
        first.document,
        (Piece(first.span),),
        ("Ada Penhallow",),
        (),
        "asserted",
        quoted=False,
        stance="states",
        hedges=(),
        text=text,
        rests_on=tuple(cited(each) for each in others),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def passed(*drafts: Draft) -> tuple[tuple[Draft, ...], tuple[Refusal, ...]]:
    """What the gate makes of drafts."""
    return gate(drafts, SOURCES, read_alone)


def test_the_sources_own_words_pass_as_they_are() -> None:
    """What was not reworded is neither read nor weighed."""

    def unread(documents: Sequence[Document]) -> tuple[Reading, ...]:
        assert not documents
        return ()

    drafts = (draft(WEIR), draft(DAM))
    assert gate(drafts, SOURCES, unread) == (drafts, ())


def test_what_its_passages_carry_passes() -> None:
    """A sentence that says what it cites is printed as it was written."""
    made = draft(WEIR, "In 2029 the weir at Quill held back 1,187 litres.")
    assert passed(made) == ((made,), ())


def test_what_is_not_carried_falls_back_on_its_own_words() -> None:
    """The passage is printed instead; the refusal has the sentence, its reason and its evidence."""
    text = "Every winter many fishermen complain about rotten timber."
    made = draft(LEAK, text, WEIR, section="bottom_line")
    kept, (refusal,) = passed(made)
    assert kept == (replace(made, text="", rests_on=()),)
    assert refusal.reason.startswith("what it cites does not carry it (support 0.")
    assert (refusal.text, refusal.section, refusal.document) == (text, "bottom_line", 0)
    assert [each.quote for each in refusal.evidence] == [LEAK, WEIR]


def test_a_rule_refuses_what_the_scorer_supports() -> None:
    """A wrong number among many right words is named, with the passage that has another."""
    made = draft(WEIR, "The weir at Quill held back 1,178 litres in 2029.")
    (fallen,), (refusal,) = passed(made)
    assert fallen.text == ""
    assert "1,178" in refusal.reason
    assert [each.quote for each in refusal.evidence] == [WEIR]


def test_all_that_is_wrong_is_told_once() -> None:
    """Several faults are one reason, each in its own words."""
    made = draft(WEIR, "The weir at Brome held back 1,178 litres in 2029.")
    _, (refusal,) = passed(made)
    reasons = refusal.reason.split("; ")
    assert len(reasons) == len(set(reasons)) > 1
    assert all(any(word in each for each in reasons) for word in ("“Brome”", "“1,178 litres”"))
    assert DAM in [each.quote for each in refusal.evidence], "where the name stands"


@pytest.mark.parametrize(("others", "refused"), [((DAM,), False), ((), True)])
def test_a_sentence_may_rest_on_several_passages(
    others: tuple[str, ...], *, refused: bool
) -> None:
    """Of other sources too; but only if it cites them."""
    made = draft(WEIR, "The weir held back 1,187 litres and the dam lost 412 tiles.", *others)
    kept, refusals = passed(made)
    assert (kept[0].text == "", len(refusals)) == (refused, int(refused))


@pytest.mark.parametrize(("count", "refused"), [(MOST_CITED, False), (MOST_CITED + 1, True)])
def test_who_cites_everything_cites_nothing(count: int, *, refused: bool) -> None:
    """However true, a sentence that rests on too much is not printed."""
    cites = (LEAK, WEIR, *GATES)[:count]
    _, refusals = passed(draft(cites[0], "The sluice leaks every winter.", *cites[1:]))
    assert len(refusals) == int(refused)
    assert all(f"rests on {count} sentences" in each.reason for each in refusals)


def test_a_passage_that_is_cited_twice_counts_once() -> None:
    """What rests on the same sentence again and again rests on one."""
    made = draft(LEAK, "The sluice leaks every winter.", *[LEAK] * MOST_CITED)
    assert passed(made) == ((made,), ())


@pytest.mark.parametrize(("holders", "refused"), [((HOLDER,), False), (("Ada Penhallow",), True)])
def test_who_is_printed_in_front_holds_it(holders: tuple[str, ...], *, refused: bool) -> None:
    """A reported view needs no name in the sentence where its holder is named before it."""
    made = draft(SAID, "The sluice will be closed for good.", holders=holders, basis="reported")
    _, refusals = passed(made)
    assert len(refusals) == int(refused)


def test_nothing_is_printed_twice_in_a_section() -> None:
    """Where two sentences fail on one passage it stands once, and both are refused."""
    wrong = [draft(WEIR, f"The weir held back {count} litres.") for count in (3, 4)]
    kept, refusals = passed(draft(WEIR), *wrong, replace(wrong[0], section="bottom_line"))
    assert kept == (draft(WEIR), draft(WEIR, section="bottom_line"))
    assert [each.text[-9:] for each in refusals] == ["3 litres.", "4 litres.", "3 litres."]


def test_no_passage_stands_beside_what_is_reworded_of_it() -> None:
    """Where one of two sentences on a passage passes, the other leaves nothing to print."""
    good = draft(WEIR, "In 2029 the weir at Quill held back 1,187 litres.")
    wrong = draft(WEIR, "The weir held back 3 litres.")
    for drafts in ((good, wrong), (wrong, good), (good, draft(WEIR))):
        kept, _ = passed(*drafts)
        assert kept == (good,)
    elsewhere = replace(wrong, section="bottom_line")
    assert passed(good, elsewhere)[0] == (good, draft(WEIR, section="bottom_line"))


GOOD = draft(WEIR, "In 2029 the weir at Quill held back 1,187 litres.")
BAD = draft(LEAK, "The sluice leaks 77 litres every winter.")


@given(st.lists(st.sampled_from([GOOD, BAD, draft(DAM), draft(GATES[0])]), max_size=8))
def test_each_is_judged_by_itself(drafts: list[Draft]) -> None:
    """Order stays, and neither a good nor a bad neighbour changes what is printed."""
    kept, refusals = passed(*drafts)
    alone = [passed(each)[0][0] for each in drafts]
    assert list(kept) == list(dict.fromkeys(alone))
    assert {each.text for each in refusals} == {BAD.text} & {each.text for each in drafts}


def test_no_reason_is_no_objection() -> None:
    """What neither rules nor scorer object to is printed, at the limit of what it may cite."""
    assert objection(MOST_CITED, (), None) == ""
    assert objection(1, (), 0.125) == "what it cites does not carry it (support 0.12)"
