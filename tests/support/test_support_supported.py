"""What support is learnt from: claims of every kind of corpus, drawn and laid on sheets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from sample_reader import TOKENIZER, write_corpus
from sample_support import (
    CARRIED,
    FACTS,
    HIGHLIGHTS,
    NOT_CARRIED,
    PLAIN_TEXT,
    WRITTEN,
    chance,
    write_facts,
    write_pairs,
)

from briefing.errors import SourceError
from briefing.reader.features import frame, open_tokenizer
from briefing.segment import segment
from briefing.support.pairs import lay_claim, numbers
from briefing.support.tasks.sheets import DENIED, ENTAILED, NOT_ENTAILED, OPEN, Example
from briefing.support.tasks.supported import (
    MOSTLY,
    PLAIN,
    WORDS,
    Claim,
    Cutter,
    Layout,
    balanced,
    drawn,
    from_example,
    load,
    plain,
    wanted,
)

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.support.tasks.sheets import Sheet

LINES = tuple(PLAIN_TEXT.split("\n"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """All corpora, of very few texts each."""
    write_pairs(tmp_path)
    write_facts(tmp_path)
    return tmp_path


@pytest.fixture
def families(data: Path) -> dict[str, list[tuple[str, float]]]:
    """Claims with their shares, by family."""
    return {
        name: [(each.claim, round(each.share, 2)) for each in claims]
        for name, claims in load(data, Cutter(segment)).items()
    }


Families = dict[str, list[tuple[str, float]]]


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("frank_cnndm", [(CARRIED, 0.5), (NOT_CARRIED, 0.5), (CARRIED, 1.0)]),
        ("frank_xsum", [(CARRIED, 1.0), (NOT_CARRIED, 0.0)]),
        ("xsumfaith", [(CARRIED, 0.67), (NOT_CARRIED, 0.0)]),
    ],
)
def test_sentences_of_judged_summaries(
    families: Families, family: str, expected: list[tuple[str, float]]
) -> None:
    """Each sentence is right as often as its summary is, by its errors or its readers."""
    assert families[family] == expected


def test_sentences_that_people_voted_on(families: Families) -> None:
    """The share of votes is the share."""
    assert families["qags_cnndm"] == [(CARRIED, 0.67), (NOT_CARRIED, 0.0)]
    assert families["qags_xsum"] == families["qags_cnndm"]


def test_what_an_edit_left_is_right(families: Families) -> None:
    """Only what it made has the label; the same sentence of a document comes once."""
    assert families["summedits"] == [(CARRIED, 1.0), (NOT_CARRIED, 0.0)]


def test_a_cited_page_and_the_sentences_that_carry_a_claim(data: Path) -> None:
    """Two sets of those at most, for what is right; lines without a word are left out of pages."""
    found = load(data, Cutter(segment))["wice"]
    assert found == (
        Claim(LINES, CARRIED, ENTAILED),
        Claim((LINES[1],), CARRIED, ENTAILED),
        Claim(LINES[:2], CARRIED, ENTAILED),
        Claim(LINES, NOT_CARRIED, ENTAILED, 0.0),
    )


def test_what_a_false_version_shares_with_the_true_one_is_not_false(families: Families) -> None:
    """Sentences of the true summary are right; of a false one the changed ones are wrong."""
    assert families["bump"] == [(CARRIED, 1.0), (NOT_CARRIED, 0.0)]


def test_false_versions_of_what_nobody_knows_are_left_out(data: Path) -> None:
    """Without a true version nothing tells what was changed."""
    write_corpus(data, "nli_bump", [{"id": "b", "split": "train", **FACTS["nli_bump"][1]}])
    assert load(data, Cutter(segment))["bump"] == ()


def test_any_sentence_of_several_may_be_the_wrong_one(families: Families) -> None:
    """A claim of one sentence has its label, one of two halves it."""
    assert families["fib"] == [
        (CARRIED, 1.0),
        (NOT_CARRIED, 0.0),
        (CARRIED, 0.5),
        (NOT_CARRIED, 0.5),
    ]


def test_scores_of_consistency(families: Families) -> None:
    """From 4.5 on right, below 3 mostly wrong; between, and without a score, nothing."""
    assert families["quality"] == [(CARRIED, 1.0), (NOT_CARRIED, 0.25)]


def test_key_facts_are_held_against_summaries(data: Path) -> None:
    """The summary is the text, and each fact a claim."""
    assert load(data, Cutter(segment))["facts"] == (
        Claim((CARRIED,), "The board has a plan.", ENTAILED, 1.0),
        Claim((CARRIED,), "The ministry has a plan.", ENTAILED, 0.0),
    )


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ("writers", [CARRIED, "Crews asked for a delay."]),
        ("highlights", HIGHLIGHTS.split("\n")[:1]),
        ("several", [CARRIED, "Vell sold it."]),
        ("bills", [CARRIED]),
        ("meetings", ["Orme calls the quay old."]),
    ],
)
def test_what_people_wrote_is_taken_for_right(
    families: Families, family: str, expected: list[str]
) -> None:
    """Summaries of all kinds, and answers; but no short headings, and no research-only texts."""
    claims, shares = zip(*families[family], strict=True)
    assert [*claims] == expected
    assert all(share >= MOSTLY for share in shares)


def test_each_claim_has_the_whole_text(data: Path) -> None:
    """Of several documents all, of a meeting the turns that answer with their speakers."""
    found = load(data, Cutter(segment))
    assert {each.sentences for each in found["frank_xsum"]} == {LINES}
    assert found["several"][0].sentences == (*LINES, "Vell sold the ferry.")
    told = " ".join(found["meetings"][0].sentences)
    assert "Vell: The ferry is old." in told
    assert "Orme: The quay is older." in told
    assert "We shall sell it." not in told


def test_only_the_part_that_is_asked_for(data: Path) -> None:
    """What is measured with is not learnt from."""
    line = {"source_set": "frank_xsum", "document": "a b", "factuality": 1.0, "label": 1}
    lines = [{**line, "id": part, "split": part, "summary": f"In {part}."} for part in ("train", "dev")]  # fmt: skip
    write_corpus(data, "fact_frank", lines)
    write_corpus(data, "sum_bbc", [{**each, "document": each["summary"]} for each in lines])
    for part, other in (("train", "dev"), ("dev", "train")):
        found = load(data, Cutter(segment), part)["frank_xsum"]
        assert [each.claim for each in found] == [f"In {part}."]
        assert f"In {part}." in plain(data, part)
        assert f"In {other}." not in plain(data, part)


def test_each_plain_text_comes_once(data: Path) -> None:
    """Though several corpora have it."""
    assert len(PLAIN) > 1
    assert plain(data) == [PLAIN_TEXT]


@pytest.mark.parametrize("name", [*FACTS, "sum_cnndm"])
def test_a_corpus_that_cannot_be_read_is_named(data: Path, name: str) -> None:
    """A missing file is told, with what to do."""
    (data / f"{name}.jsonl.gz").unlink()
    with pytest.raises(SourceError, match=f"{name}.* cannot be read") as caught:
        load(data, Cutter(segment))
    assert caught.value.hint


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_corpus_that_cannot_be_read_is_named(data: Path, name: str) -> None:
    """Likewise."""
    (data / f"{name}.jsonl.gz").unlink()
    with pytest.raises(SourceError, match=name):
        plain(data)


def test_texts_are_cut_into_sentences_with_a_word() -> None:
    """Also where marks stand apart; white space is plain, and each text is cut once."""
    cut = Cutter(segment)
    assert cut("the crews left . nobody\nknows why .\n\n* * *") == (
        "the crews left .",
        "nobody knows why .",
    )
    assert cut("…") == cut("") == ()
    assert cut(PLAIN_TEXT) is cut(PLAIN_TEXT)


def test_a_pair_is_a_claim_about_a_text() -> None:
    """Its labels stay; a first text without a word is one sentence."""
    cut = Cutter(segment)
    told = Example("It rained. It stopped.", "It was dry.", DENIED)
    assert from_example(told, cut) == Claim(("It rained.", "It stopped."), "It was dry.", DENIED)
    assert from_example(Example("…", "So.", OPEN), cut) == Claim(("…",), "So.", OPEN)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Claim(LINES, WRITTEN, ENTAILED), {ENTAILED: 200}),
        (Claim(LINES, WRITTEN, DENIED), {DENIED: 200}),
        (Claim(LINES, WRITTEN, ENTAILED, 0.0), {NOT_ENTAILED: 200}),
    ],
)
def test_what_is_known_is_always_wanted(
    given: Claim, expected: dict[tuple[float, ...], int]
) -> None:
    """A claim that is never right is not entailed."""
    drawn_by = chance()
    assert Counter(wanted(given, drawn_by) for _ in range(200)) == expected


def test_what_is_mostly_right_is_sometimes_taken_for_wrong() -> None:
    """As often as its share says."""
    drawn_by, given = chance(), Claim(LINES, WRITTEN, ENTAILED, 0.7)
    found = Counter(wanted(given, drawn_by) for _ in range(400))
    assert found.keys() == {ENTAILED, NOT_ENTAILED}
    assert found[ENTAILED] / 400 == pytest.approx(0.7, abs=0.08)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Claim(LINES, "", ENTAILED, MOSTLY), True),
        (Claim(LINES, "", ENTAILED, MOSTLY - 0.01), False),
        (Claim(LINES, "", OPEN), False),
        (Claim(LINES, "", NOT_ENTAILED), False),
    ],
)
def test_what_is_taken_for_true(given: Claim, expected: bool) -> None:
    """What is entailed, and known to be so."""
    assert given.is_true == expected


def claims(right: int, wrong: int) -> list[Claim]:
    """So many of both kinds, all different; every second wrong one is denied."""
    return [
        *(Claim(LINES, f"right {number}", ENTAILED, 0.6) for number in range(right)),
        *(
            Claim(LINES, f"wrong {number}", *((DENIED, 1.0) if number % 2 else (ENTAILED, 0.5)))
            for number in range(wrong)
        ),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "often", "most", "expected"),
    [
        (2, 8, 1.0, 12, (5, 5)),
        (8, 2, 2.0, 12, (10, 10)),
        (1, 9, 3.0, 4, (4, 15)),
        (6, 0, 1.0, 12, (3, 0)),
        (0, 0, 1.0, 12, (0, 0)),
    ],
)
def test_as_many_right_ones_as_wrong_ones(
    right: int, wrong: int, often: float, most: int, expected: tuple[int, int]
) -> None:
    """But none comes more often than it may."""
    found = Counter(each.claim for each in balanced(claims(right, wrong), often, most, chance()))
    by_kind = Counter(name.split()[0] for name in found.elements())
    assert (by_kind["right"], by_kind["wrong"]) == expected
    assert all(count <= most for count in found.values())


def test_each_claim_comes_as_often_as_any_other() -> None:
    """Or once more, by chance."""
    given = claims(7, 0)
    found = Counter(drawn(given, 17, chance()))
    assert ({*found}, {*found.values()}, found.total()) == ({*given}, {2, 3}, 17)
    assert len({*drawn(given, 3, chance())}) == 3
    assert {*drawn(given, 3, chance())} != {*drawn(given, 3, chance(2))}
    assert drawn([], 3, chance()) == []


@pytest.fixture(scope="module")
def layout() -> Layout:
    """With the shipped tokenizer."""
    tokenizer = open_tokenizer(TOKENIZER)
    return Layout(tokenizer, frame(tokenizer))


@pytest.mark.reader
def test_every_claim_stands_on_one_sheet_with_what_is_wanted(layout: Layout) -> None:
    """Sorted by length; the seed draws the evidence."""
    given = [
        Claim(LINES, CARRIED, ENTAILED),
        Claim(LINES, NOT_CARRIED, DENIED),
        Claim(LINES[:1], "Nobody came.", ENTAILED, 0.0),
    ]

    def sheets(seed: int) -> list[Sheet]:
        return list(layout.sheets(given, chance(seed)))

    (sheet,) = sheets(1)
    assert sheets(1) == [sheet]
    assert {*sheet.wanted} == {ENTAILED, DENIED, NOT_ENTAILED}
    laid = {
        (pair, what)
        for each, what in zip(given, (ENTAILED, DENIED, NOT_ENTAILED), strict=True)
        for words in WORDS
        for pair in layout.lay(each, words)
    }
    assert {*zip(sheet.pairs, sheet.wanted, strict=True)} <= laid
    lengths = [len(pair.pieces) for pair in sheet.pairs]
    assert lengths == sorted(lengths)
    assert len({str(sheets(seed)) for seed in range(9)}) > 1


@pytest.mark.reader
def test_a_claim_lies_beside_what_it_rests_on(layout: Layout) -> None:
    """As much of the text as there is room for, in its order; all of it is known."""
    tokenizer = open_tokenizer(TOKENIZER)
    whole = frozenset(numbers(tokenizer, " ".join(LINES)))
    claim = Claim(LINES, "The toll on the ships that the board counted was cut.", ENTAILED)
    for words, on in ((1, (2,)), (200, (0, 1, 2, 3))):
        told = " ".join(LINES[at] for at in on)
        expected = lay_claim(tokenizer, frame(tokenizer), told, claim.claim, whole)
        assert layout.lay(claim, words) == expected
