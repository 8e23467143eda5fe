"""The stand-in for the scorer: a share of words, and the shape of every answer."""

from __future__ import annotations

import pytest

from briefing.support.stub import StubScorer, share
from briefing.support.weighed import THRESHOLD, Weighed

TEXT = ("The ferry of Ost sails at nine.", "Dues rose by 12 per cent.", "Nobody protested.")


@pytest.mark.parametrize(
    ("claim", "evidence", "expected"),
    [
        ("The ferry sails.", "The FERRY of Ost sails at nine.", 1.0),
        ("The ferry sinks.", "The ferry of Ost sails at nine.", 0.5),
        ("Dues rose by 12.", "Dues rose by 1200.", 2 / 3),
        ("It is so.", "It is so.", 0.0),
    ],
)
def test_the_share_of_longer_words_that_the_evidence_has(
    claim: str, evidence: str, expected: float
) -> None:
    """Numbers count however short; case does not, and a claim without such words has none."""
    assert share(claim, evidence) == pytest.approx(expected)


def test_claims_are_weighed_on_what_they_rest_on() -> None:
    """One answer a claim, in order, with the sentences that its grounds choose."""
    scorer = StubScorer()
    text = scorer.text(TEXT)
    rose, sank = scorer.weigh([(text, "Dues rose by 12 per cent."), (text, "A whale sank.")])
    assert rose == Weighed(1.0, 0.0, (1,))
    assert sank == Weighed(0.0, 0.0, (0,))
    assert scorer.weigh([]) == ()


def test_claims_are_weighed_on_sentences_that_are_named() -> None:
    """What others say does not count, and the numbers come back as they were given."""
    scorer = StubScorer()
    text = scorer.text(TEXT)
    asked = [(text, "Dues rose by 12 per cent.", on) for on in ([0, 2], [1], [])]
    assert scorer.weigh_on(asked) == (
        Weighed(0.0, 0.0, (0, 2)),
        Weighed(1.0, 0.0, (1,)),
        Weighed(0.0, 0.0, ()),
    )


def test_a_claim_is_supported_from_the_threshold_on() -> None:
    """The score alone decides."""
    assert Weighed(THRESHOLD, 0.5, ()).supported
    assert not Weighed(THRESHOLD - 0.001, 0.0, ()).supported
