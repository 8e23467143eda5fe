"""Where a name stands to a pronoun in the sentences' trees: as what, and in which clause.

In: sentences as spaCy parsed them, the place of a pronoun and of a name. Out: two small numbers.
What somebody is in a sentence tells much of whom the next pronoun means: a subject is taken up by a
subject, `him` is not the subject of its own verb. Training shares these numbers: a change here asks
for new training.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Token = Any
"""A spaCy token; spaCy ships no types that mypy could check."""

OTHER_PART = 6
PARTS = {
    "nsubj": 0,
    "csubj": 0,
    "nsubjpass": 1,
    "agent": 2,
    "dobj": 3,
    "dative": 3,
    "iobj": 3,
    "obj": 3,
    "pobj": 4,
    "poss": 5,
}
"""What a noun is in its clause, by its relation; of all others `OTHER_PART`."""
PARTS_COUNT = OTHER_PART + 1
ROLES = 1 + PARTS_COUNT**2
"""Of the name and the pronoun together; 0 where the trees do not tell."""
CLAUSES = 12
"""How the clause of a name lies to that of the pronoun; 0 where the trees do not tell."""
CLIMB_LIMIT = 12
VERBS = frozenset(("VERB", "AUX"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))


class Standing(NamedTuple):
    """Where a name stands to a pronoun.

    Attributes:
        roles: What both are in their clauses, below `ROLES`.
        clause: How these lie to each other, below `CLAUSES`.
    """

    roles: int = 0
    clause: int = 0


class Trees:
    """The parsed sentences of a text.

    Args:
        docs: One spaCy `Doc` a sentence, in order; `user_data` holds under `start` where it begins
            in the text.
    """

    def __init__(self, docs: Sequence[Any]) -> None:
        self._docs = docs
        self._starts = [doc.user_data["start"] for doc in docs]
        self._known: dict[tuple[int, int], tuple[int, Token] | None] = {}

    def standing(self, pronoun: tuple[int, int], name: tuple[int, int]) -> Standing:
        """How the name at `name` stands to the pronoun at `pronoun`, both places in the text."""
        one, other = self.head(pronoun), self.head(name)
        if one is None or other is None:
            return Standing()
        roles = 1 + part(other[1]) * PARTS_COUNT + part(one[1])
        return Standing(roles, _clause(*one, *other))

    def head(self, span: tuple[int, int]) -> tuple[int, Token] | None:
        """The word that governs the others at `span`, with the number of its sentence."""
        if span not in self._known:
            self._known[span] = self._find(span)
        return self._known[span]

    def _find(self, span: tuple[int, int]) -> tuple[int, Token] | None:
        number = bisect_right(self._starts, span[0]) - 1
        if number < 0:
            return None
        start = self._starts[number]
        doc = self._docs[number]
        words = [
            token
            for token in doc
            if token.idx + start < span[1] and span[0] < token.idx + len(token) + start
        ]
        inside = {token.i for token in words}
        tops = [token for token in words if token.head.i not in inside or token.head.i == token.i]
        return (number, tops[0]) if tops else None


def part(token: Token) -> int:
    """What `token` is in its clause; what is joined to another word is what that word is."""
    for _ in range(CLIMB_LIMIT):
        if token.dep_ not in ("conj", "appos", "flat") or token.head == token:
            break
        token = token.head
    if token.dep_ == "pobj" and token.head.dep_ == "agent":
        return PARTS["agent"]
    return PARTS.get(token.dep_, OTHER_PART)


def _clause(at: int, pronoun: Token, sentence: int, name: Token) -> int:
    if sentence != at:
        if sentence > at:
            return 1
        main = _verb(name).dep_ == "ROOT"
        return {1: 2, 2: 4}.get(at - sentence, 6) + (not main)
    one, other = _verb(pronoun), _verb(name)
    if one.i == other.i:
        return 8
    if other.is_ancestor(one):
        return 9
    return 10 if one.is_ancestor(other) else 11


def _verb(token: Token) -> Token:
    """The verb whose clause `token` is in, the first of those that share its subject.

    The root where there is no verb above it.
    """
    top = token
    for above in token.ancestors:
        top = above
        if above.pos_ in VERBS:
            break
    while (
        top.dep_ == "conj"
        and top.head.pos_ in VERBS
        and not any(child.dep_ in SUBJECTS for child in top.children)
    ):
        top = top.head
    return top
