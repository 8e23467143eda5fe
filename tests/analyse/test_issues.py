"""What a statement is about: whole words, and the same thing told as the same."""

from __future__ import annotations

import pytest

from briefing.analyse.issues import issue_head, same_issue, without_halves


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("“quay problem", "quay problem"),
        ("quay problem”", "quay problem"),
        ('the "quay problem', "the quay problem"),
        ("the “quay” problem", "the “quay” problem"),
        ('the "quay" problem', 'the "quay" problem'),
    ],
)
def test_no_half_of_a_quotation_is_left(words: str, expected: str) -> None:
    """Marks stay where both halves are there."""
    assert without_halves(words) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the toll", "a toll on ferries", True),
        ("tolls on ferries", "toll", True),
        ("the toll", "the quay", False),
        ("closure of the upper quay", "closure of the lower lock", False),
        ("", "the toll", False),
    ],
)
def test_issues_with_one_head_are_the_same(one: str, other: str, *, same: bool) -> None:
    """A longer naming of the same thing is the same issue; nothing is not."""
    assert same_issue(one, other) is same


def test_head_is_the_last_word_before_a_preposition() -> None:
    """Plural endings and what follows are left out."""
    assert issue_head("higher harbour dues for small boats") == "due"
