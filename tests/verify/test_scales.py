"""Words of order, share and comparison, against sentences that speak against them or do not."""

from __future__ import annotations

import pytest
from sample_case import check

SAID = {
    "order": "The lock was closed before the flood of 2019.",
    "since": "The lock has been closed since 2 May 2019.",
    "until": "The crews will not sail until the lock is open.",
    "by": "The lock will be open by June 2030.",
    "most": "Most of the boats in the harbour have a pump.",
    "none": "Not one of the boats in the harbour has a pump.",
    "all": "Every boat in the harbour has a pump.",
    "two": "The pumps will run in two of the three harbours.",
    "less": "The loss of fish is far smaller than the crews feared.",
}


@pytest.mark.parametrize(
    ("source", "sentence", "word"),
    [
        ("order", "The lock was closed after the flood of 2019.", "after"),
        ("since", "The lock was closed until 2 May 2019.", "until"),
        ("until", "The crews will not sail once the lock is open.", "once"),
        ("by", "The lock will be open from June 2030.", "from"),
        ("most", "All of the boats in the harbour have a pump.", "All"),
        ("most", "Few of the boats in the harbour have a pump.", "Few"),
        ("none", "Some of the boats in the harbour have a pump.", "Some"),
        ("all", "Only some of the boats in the harbour have a pump.", "Only some"),
        ("two", "The pumps will run in all three harbours.", "all"),
        ("less", "The loss of fish is larger than the crews feared.", "larger than"),
    ],
)
def test_opposites_are_faults(source: str, sentence: str, word: str) -> None:
    """The word is shown, and what the passage has instead."""
    fault = check(sentence, SAID[source])[0]
    assert (fault.kind, sentence[slice(*fault.span)]) == ("number", word)
    assert fault.evidence is not None
    assert fault.evidence.quote == SAID[source]
    assert fault.reason.startswith(f"“{word}”: the passage has “")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("order", "Until the flood of 2019 came, the lock was closed."),
        ("order", "After the lock was closed, the flood of 2019 came."),
        ("since", "The lock has been closed from 2 May 2019 on."),
        ("until", "The crews will sail only once the lock is open."),
        ("by", "The lock will be open until June 2030."),
        ("most", "Some of the boats in the harbour have a pump."),
        ("most", "A majority of the boats in the harbour have a pump."),
        ("most", "All of the crews like the pumps."),
        ("all", "Most of the boats in the harbour have a pump."),
        ("two", "The pumps will run in some of the harbours."),
        ("less", "The loss of fish is lower than the crews feared."),
        ("less", "The loss of fish is larger than the loss of boats."),
    ],
)
def test_other_words_for_the_same_are_none(source: str, sentence: str) -> None:
    """Nor is what follows, or what is said of something else."""
    assert not check(sentence, SAID[source])


def test_a_passage_that_has_both_speaks_against_neither() -> None:
    """Another sentence of the grounds may carry the word."""
    both = "The lock was closed before the flood. It stayed closed after the flood as well."
    assert not check("The lock was closed after the flood.", both, rests_on=(0, 1))


def test_more_than_a_number_is_for_the_rule_of_amounts() -> None:
    """It knows what a bound is of."""
    said = "Fewer than nine boats in the harbour have a pump."
    (fault,) = check("More than nine boats in the harbour have a pump.", said)
    assert not fault.reason.startswith("“More than”:")
