"""The scorer of support: the same score in any company, and how a claim is laid for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_reader import TOKENIZER
from sample_support import encoder_folder, tiny_support
from strategies import texts

from briefing.reader.features import frame, open_tokenizer
from briefing.support.blend import FEATURES as BLENDED
from briefing.support.blend import blended, odds
from briefing.support.grounds import WORDS
from briefing.support.opened import SUPPORT, opened
from briefing.support.pairs import (
    CLAIM_FEATURES,
    ELSEWHERE,
    FEATURES,
    FOLLOWING,
    HAD,
    LACKED,
    Pair,
    lay,
    lay_claim,
    numbers,
    score,
    vector,
)
from briefing.support.scorer import Scorer, Text
from briefing.support.tasks.sheets import ENTAILED, Sheet, collate
from briefing.support.tasks.supported import Claim, Layout

if TYPE_CHECKING:
    from pathlib import Path

    Folders = tuple[Path, Path]

pytestmark = pytest.mark.reader

READ = open_tokenizer(TOKENIZER)
MARKS = frame(READ)
TOLD = ("The ferry sails at nine.", "Dues rose in May.", "The quay is old.", "Crews protested.")
LONG = "The quay was dredged in 1987, and the crews were paid for it. " * 30
CLAIMS = ("The ferry sails.", "Dues fell in May.", LONG, "", "\ud800", "Whales sing.")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """A tiny model's folder, and its encoder's."""
    folder = tmp_path_factory.mktemp("models")
    encoder = encoder_folder(folder / "reader")
    return tiny_support(folder / "support", encoder), encoder


@pytest.fixture(scope="module", params=["fp32", "int8"])
def scorer(folders: Folders, request: pytest.FixtureRequest) -> Scorer:
    """A scorer of random weights."""
    return Scorer(*folders, precision=request.param)


def features(evidence: str, claim: str, *others: str) -> list[int]:
    """Those of a claim's pieces beside its evidence, where the text says `others` too."""
    whole = frozenset(numbers(READ, " ".join((evidence, *others))))
    (pair,) = lay_claim(READ, MARKS, evidence, claim, whole)
    return [pair.pieces[at][1] for at in pair.second]


def test_pieces_of_a_claim_tell_where_the_text_has_them() -> None:
    """Nowhere, elsewhere, in the evidence, and behind the same neighbour there."""
    found = features("the quay closed in may", "in may the toll closed", "a toll was paid")
    assert found == [HAD, FOLLOWING, HAD, ELSEWHERE, HAD]
    assert features("the quay closed", "whales closed", "a toll") == [LACKED, HAD]


def test_only_the_claims_pieces_have_features_of_their_own() -> None:
    """All else is laid as any other pair."""
    whole = frozenset(numbers(READ, " ".join(TOLD)))
    (pair,) = lay_claim(READ, MARKS, TOLD[0], "The old ferry sails.", whole)
    (plain,) = lay(READ, MARKS, TOLD[0], "The old ferry sails.")
    assert pair.first == plain.first
    assert pair.pieces[: pair.second.start] == plain.pieces[: pair.second.start]
    assert pair.pieces[-1] == plain.pieces[-1]
    assert [number for number, _ in pair.pieces] == [number for number, _ in plain.pieces]
    assert pair != plain


@given(texts(), texts(), texts())
def test_features_of_any_claim(evidence: str, claim: str, other: str) -> None:
    """A feature is refined, never contradicted: what follows is had, what is elsewhere lacked."""
    whole = frozenset(numbers(READ, f"{evidence} {other}"))
    laid, plain = lay_claim(READ, MARKS, evidence, claim, whole), lay(READ, MARKS, evidence, claim)
    for pair, bare in zip(laid, plain, strict=True):
        for (number, feature), (same, coarse) in zip(pair.pieces, bare.pieces, strict=True):
            assert number == same
            assert feature < CLAIM_FEATURES
            assert coarse == {FOLLOWING: HAD, ELSEWHERE: LACKED}.get(feature, feature)
            assert feature < FEATURES or number in whole


@given(st.lists(texts(), min_size=1, max_size=4).map(tuple), texts())
def test_claims_are_laid_as_they_were_learnt(sentences: tuple[str, ...], claim: str) -> None:
    """The scorer knows the same pieces of a text as the sheets of a training."""
    made = Text(sentences, READ)
    told = " ".join(sentences[at] for at in made.grounds.choose(claim, 70))
    learnt = Layout(READ, MARKS).lay(Claim(sentences, claim, ENTAILED), 70)
    assert lay_claim(READ, MARKS, told, claim, made.pieces) == learnt


def test_each_claim_has_a_score_and_its_grounds(scorer: Scorer) -> None:
    """Two of three chances, and the sentences that it was held against."""
    text = scorer.text(TOLD)
    found = scorer.weigh([(text, claim) for claim in CLAIMS])
    assert len(found) == len(CLAIMS)
    for claim, each in zip(CLAIMS, found, strict=True):
        assert each.score > 0
        assert each.denied > 0
        assert each.score + each.denied < 1
        assert each.evidence == text.grounds.choose(claim)
    assert scorer.weigh([]) == ()


def test_a_score_does_not_depend_on_the_other_claims(scorer: Scorer) -> None:
    """Alone, among others or in another order, a claim gets the same bits."""
    told, other = scorer.text(TOLD), scorer.text([LONG])
    asked = [(text, claim) for claim in CLAIMS for text in (told, other)]
    together = scorer.weigh(asked)
    assert tuple(scorer.weigh([each])[0] for each in asked) == together
    assert scorer.weigh(asked[::-1]) == together[::-1]


@settings(max_examples=10)
@given(st.lists(texts(), max_size=4), texts())
def test_any_texts_are_weighed(scorer: Scorer, sentences: list[str], claim: str) -> None:
    """So it is with texts of all kinds, and with none."""
    text, known = scorer.text(sentences), (scorer.text(TOLD), CLAIMS[0])
    found = scorer.weigh([(text, claim), known])
    assert found == (*scorer.weigh([(text, claim)]), *scorer.weigh([known]))


def test_a_claim_is_held_against_what_is_named(scorer: Scorer) -> None:
    """Other sentences give another score; what the rest of the text says counts a little too."""
    text = scorer.text(TOLD)
    claim = "The old ferry sails at nine."
    first, second = scorer.weigh_on([(text, claim, [0]), (text, claim, [1, 3])])
    assert (first.evidence, second.evidence) == ((0,), (1, 3))
    assert first.score != second.score
    (alone,) = scorer.weigh_on([(scorer.text(TOLD[:1]), claim, [0])])
    assert alone.score != first.score


def test_scores_are_those_that_were_learnt(folders: Folders) -> None:
    """The heads look at the same rows of both texts as in a training."""
    claim = "The old ferry sails at nine."
    scorer, found = Scorer(*folders, precision="fp32"), opened(SUPPORT, *folders, "fp32")
    (weighed,) = scorer.weigh([(scorer.text(TOLD), claim)])
    (pair,) = Layout(READ, MARKS).lay(Claim(TOLD, claim, ENTAILED), WORDS)
    batch = collate([Sheet((pair,), (ENTAILED,))])
    with torch.inference_mode():
        rows = next(found.bert.run([pair.pieces]))[0].float()
        scores = score(found.heads, vector(rows[None], batch.first, batch.second))
    entailed, _, denied = scores[0].softmax(-1).tolist()
    measured = torch.tensor(scorer.features([(scorer.text(TOLD), [claim])]))
    scored = blended(found.heads, measured, torch.tensor([odds(entailed)])).item()
    assert weighed[:2] == pytest.approx((scored, denied), abs=1e-5)


def test_the_best_evidence_alone_is_asked_too(folders: Folders) -> None:
    """Much evidence is read whole, and the best of it by itself: the higher score counts."""

    class Told(Scorer):
        """Gives a score by how much evidence is read."""

        def _scores(self, _: object, pair: Pair) -> tuple[float, float]:
            read.append(pair.first)
            return (0.9 if pair.first < max(lengths) else 0.2), 0.0

    told = ["The quay was old, and of the crews none was paid in May. " + "So it was. " * 5] * 3
    told[1] += "The ferry sails."
    scorer = Told(*folders, precision="fp32")
    text = scorer.text(told)
    lengths = [len(numbers(READ, " ".join(each))) for each in (told, told[1:2])]
    read: list[int] = []
    claim = "The ferry sails to the quay and the crews in May."
    (judged,) = scorer.judged([(text, [claim])])
    assert sorted(read) == sorted(lengths)
    assert judged == pytest.approx(odds(0.9))
    scorer.weigh_on([(text, claim, [1])])
    assert read[2:] == lengths[1:]


def test_the_weakest_part_of_a_long_claim_speaks(folders: Folders) -> None:
    """A claim in two windows has the score of the lower; of evidence in several the best counts."""
    claim = " ".join(f"Dues rose in {year} as in the year before." for year in range(1950, 1970))

    class Told(Scorer):
        """Gives scores by the windows' order."""

        def _scores(self, _: object, pair: Pair) -> tuple[float, float]:
            at = windows.index(pair)
            return high.get(at, 0.2), at / 100

    text = Told(*folders, precision="fp32").text([LONG])
    windows = lay_claim(READ, MARKS, LONG, claim, text.pieces)
    parts = list(
        dict.fromkeys(tuple(pair.pieces[at][0] for at in pair.second) for pair in windows)
    )
    count = len(windows) // len(parts)
    assert (len(parts), count > 1) == (2, True)
    high = {1: 0.9, count + 1: 0.6}
    (found,) = Told(*folders, precision="fp32").weigh([(text, claim)])
    heads = opened(SUPPORT, *folders, "fp32").heads
    measured = torch.zeros(1, BLENDED)  # words count for nothing here
    expected = blended(heads, measured, torch.tensor([odds(0.6)])).item()
    assert (found.score, found.denied) == (pytest.approx(expected), (count + 1) / 100)
