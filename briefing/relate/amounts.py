"""Readings in, the figures that their statements claim out, with what each is about.

Each figure is taken from the innermost statement that gives it, with the words of its clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from briefing.document import Document, Span
from briefing.quantities.figures import Quantity, quantities
from briefing.quantities.stems import stems
from briefing.quantities.units import MONEY
from briefing.relate.matters import Saying, by_sentence, innermost, names, times
from briefing.relate.places import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.findings import Basis, Reading

Role = Literal["", "from", "to", "by", "denied", "of"]

CLAUSE = re.compile(
    r"[;:()—–!?]|,(?=\s)|(?<=\s)(?:but|while|whereas|although|though|and|which|because|when|if"
    r"|after|before|not|rather than|instead of|compared (?:with|to)|including|of whom|of which"
    r"|up from|down from)(?=\s)",
    re.IGNORECASE,
)
NORMATIVE = re.compile(r"\b(?:should|must|ought|shall|let us)\b", re.IGNORECASE)
UNCLAIMED = frozenset(("demands", "offers", "accepts", "rejects", "opposes", "denies"))
"""Stances that do not say that the content is so."""
BOUND = (
    r"(?:as (?:much|many|high) as|up to|at (?:least|most)|(?:no )?(?:more|less|fewer) than|about"
    r"|around|nearly|almost|some|over|under|between|the|just|an? estimated)"
)
ROLE_WORDS: tuple[tuple[Role, str], ...] = (
    ("denied", "not"),
    ("from", "from|compared (?:with|to)|against|versus|instead of|rather than"),
    ("to", "to"),
    ("by", "by"),
    ("of", r"another|further|extra|additional|including|(?:\d+|one|two|three|four|five|six) of"),
)
ROLES = [
    (name, re.compile(rf"\b(?:{words})\s+(?:{BOUND}\s+){{0,2}}$", re.IGNORECASE))
    for name, words in ROLE_WORDS
]
UP = frozenset("rise rises rose risen rising increase increases increased increasing grow grows"
               " grew grown growth gain gained climb climbed jump jumped higher up double"
               " add added".split())  # fmt: skip
DOWN = frozenset("fall falls fell fallen falling decrease decreases decreased drop drops dropped"
                 " decline declined declines cut cuts reduce reduces reduced reduction lower down"
                 " lose loses lost loss losing shrink shrank less fewer".split())  # fmt: skip
FRAME = re.compile(
    r"\b(?:last|past|latest|previous|first|next|coming|following)\s+$", re.IGNORECASE
)
"""Before a figure that says over how many something was measured: `the last five harvests`."""
LEAST_SHARED = 2
"""Telling words that two figures must have in common; the noun counts as one."""
NUMBERS = stems("the number, figure, total, count or turnout")
"""What tells of a bare figure only that it is one: `put the number at 250`."""
BACK = 4
"""Sentences of the same paragraph in which an earlier figure may be what a bare one is about."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure and what it is about.

    Attributes:
        saying: The innermost statement that gives it.
        quantity: The figure; its span counts within the sentence.
        role: What it is of a change, or that it is denied.
        way: Whether its clause tells of a rise, a fall or neither.
        stems: Telling words of its clause and noun.
        names: Names in its clause.
        times: When it speaks of.
        borrowed: Words or unit come from a sentence before.
        beside: All figures of its sentence.
        leans: The statement whose figure it stands beside without words of its own.
    """

    saying: Saying
    quantity: Quantity
    role: Role
    way: str
    stems: frozenset[str]
    names: frozenset[str]
    times: frozenset[str]
    beside: tuple[Quantity, ...] = ()
    borrowed: bool = False
    leans: Place | None = None


def amounts(document: Document, reading: Reading, said: Sequence[Saying]) -> list[Amount]:
    """The figures of one document that somebody claims, with what they are about."""
    covering = by_sentence(reading)
    found: list[Amount] = []
    recent: list[tuple[int, Amount]] = []
    for number, sentence in enumerate(reading.sentences):
        text = document[sentence.span]
        recent = [
            (at, one)
            for at, one in recent
            if number - at <= BACK and reading.sentences[at].paragraph == sentence.paragraph
        ]
        fresh = []
        given = quantities(text)
        for quantity in given:
            span = Span(
                sentence.span.start + quantity.span.start, sentence.span.start + quantity.span.end
            )
            at = innermost(reading, span, covering.get(number, ()))
            if at is None or FRAME.search(text[: quantity.span.start]):
                continue
            bounds = within(reading, at, sentence.span)
            amount = describe(text, bounds, quantity, said[at], document.date)
            statement = reading.statements[at]
            amount = completed(replace(amount, beside=given), recent, statement.basis)
            fresh.append((number, amount))
            claimed = statement.stance not in UNCLAIMED and statement.basis != "inferred"
            if claimed and text[-1:] != "?":
                found.append(amount)
        recent += fresh
    return [one for one in found if one.saying.known and not NORMATIVE.search(one.saying.text)]


def within(reading: Reading, at: int, sentence: Span) -> Span:
    """The part of a sentence, counted from its start, that belongs to a statement."""
    pieces = [piece for piece in reading.statements[at].content if piece.overlaps(sentence)]
    start = max(sentence.start, min(piece.start for piece in pieces))
    end = min(sentence.end, max(piece.end for piece in pieces))
    return Span(start - sentence.start, end - sentence.start)


def clause(text: str, figure: Span, bounds: Span) -> Span:
    """The clause around `figure` within `bounds` of `text`."""
    start, end = bounds
    for match in CLAUSE.finditer(text, bounds.start, bounds.end):
        if match.end() <= figure.start:
            start = match.end()
        elif match.start() >= figure.end:
            end = match.start()
            break
    return Span(start, end)


def describe(
    text: str, bounds: Span, quantity: Quantity, said: Saying, date: str | None
) -> Amount:
    """A figure with what its clause is about, as far as that stands within `bounds`."""
    part = clause(text, quantity.span, bounds)
    around = text[part.start : quantity.span.start] + " " + text[quantity.span.end : part.end]
    own = frozenset(word for holder in said.holders for word in holder)
    head = text[max(0, quantity.span.start - 40) : quantity.span.start]
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", around)}
    way = ("up" if words & UP else "") + ("down" if words & DOWN else "")
    return Amount(
        saying=said,
        quantity=quantity,
        role=role(head),
        way=way,
        stems=stems(around) | stems(quantity.noun),
        names=names(text, part) or names(text, bounds) - own,
        times=times(text, date),
    )


def role(head: str) -> Role:
    """What the words `head` before a figure make of it."""
    return next((name for name, pattern in ROLES if pattern.search(head)), "")


def completed(amount: Amount, recent: Sequence[tuple[int, Amount]], basis: Basis) -> Amount:
    """`amount` with the unit and words of the nearest figure before it that it leans on.

    A figure without a unit takes that one's; one of few words that all stand around an earlier
    figure of its unit (`a fall of 35 to 45 per cent`) is about the same.
    """
    quantity = amount.quantity
    bare = not quantity.unit and not quantity.noun
    lean = len(amount.stems) < LEAST_SHARED
    if not bare and not lean:
        return amount
    for _, earlier in reversed(recent):
        unit, noun = earlier.quantity.unit, earlier.quantity.noun
        money = unit.partition("/")[0] in MONEY
        counted = noun and not unit and amount.stems <= NUMBERS and basis == "reported"
        if bare and (money or counted):
            given = replace(amount, quantity=replace(quantity, unit=unit, noun=noun))
            return lent(given, earlier) if lean else replace(given, borrowed=True)
        # `would cost 64 million a year`, and then `puts the cost at 90 million`
        fits = quantity.unit in (unit, unit.partition("/")[0])
        if not bare and lean and fits and amount.stems <= earlier.stems:
            return lent(replace(amount, quantity=replace(quantity, unit=unit)), earlier)
    return amount


def lent(amount: Amount, earlier: Amount) -> Amount:
    """`amount` with the words, names and times of an earlier one."""
    return replace(
        amount,
        stems=amount.stems | earlier.stems,
        names=amount.names or earlier.names,
        times=amount.times or earlier.times,
        borrowed=True,
        leans=earlier.saying.place,
    )
