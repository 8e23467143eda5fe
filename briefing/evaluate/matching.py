"""What was found against what there is: words, overlap, greedy pairs, and the counts for F1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Gold = TypeVar("Gold")
Found = TypeVar("Found")

WORD = re.compile(r"\w+")
ALIKE = 0.5
"""Least share of their words that two texts have in common to be paired."""


class Score(NamedTuple):
    """How many were right, how many were found, and how many there are."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, right: int, found: int, gold: int) -> Score:
        """This score and the counts of one more document."""
        return Score(self.right + right, self.found + found, self.gold + gold)

    @property
    def f1(self) -> float:
        """F1 in per cent."""
        return 200 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0

    def __str__(self) -> str:
        precision = 100 * self.right / self.found if self.found else 0.0
        recall = 100 * self.right / self.gold if self.gold else 0.0
        return f"P {precision:5.1f}  R {recall:5.1f}  F1 {self.f1:5.1f}"


def words(text: str) -> frozenset[str]:
    """The words of `text`, in lower case."""
    return frozenset(WORD.findall(text.lower()))


def places(text: str, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """Where the words within `spans` of `text` begin."""
    return frozenset(
        start + word.start() for start, end in spans for word in WORD.finditer(text[start:end])
    )


def jaccard(one: frozenset[Gold], other: frozenset[Gold]) -> float:
    """What two sets share of what they hold together, 0 to 1."""
    return len(one & other) / len(one | other) if one or other else 0.0


def pairs(
    gold: Sequence[Gold],
    found: Sequence[Found],
    likeness: Callable[[Gold, Found], tuple[float, ...]],
    *,
    floor: float = ALIKE,
) -> list[tuple[int, int]]:
    """Pair each of `gold` with at most one of `found`, the most alike first.

    Args:
        gold: What should be found.
        found: What was.
        likeness: How alike two are; the first number counts against the floor, more break ties.
            Of equals the later ones are paired first.
        floor: Pairs that are less alike than this are none.

    Returns:
        Indices into `gold` and `found`.
    """
    ranked = sorted(
        (
            (likeness(one, other), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(found)
        ),
        reverse=True,
    )
    left, right = set(range(len(gold))), set(range(len(found)))
    chosen: list[tuple[int, int]] = []
    for like, i, j in ranked:
        if like[0] >= floor and i in left and j in right:
            left.remove(i)
            right.remove(j)
            chosen.append((i, j))
    return sorted(chosen)
