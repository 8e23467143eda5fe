"""Words of order, share and comparison that say otherwise than those of the grounds.

`After the vote` is not `before the vote`, `all of the pumps` not `most of the pumps`, and `more than
was feared` not `less than was feared`. Such a word is a fault if the grounds say the same of the
same, but only with a word that speaks against it. No parse: what it is said of is told by the words
behind it, and where one side has a negation that the other lacks nothing is concluded.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.document import Span
from briefing.quantities.numerals import numerals
from briefing.verify.grounds import Case, Fault, Stretch, clauses, share, telling
from briefing.verify.moments import moments
from briefing.verify.negation import CUE, alike

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EARLY, LATE = 0, 1
NONE, FEW, SOME, HALF, MOST, ALL = range(6)
LESS, MORE = 0, 1
SMALL = frozenset((NONE, FEW))
"""Shares that no larger one holds: of all that most do, some do as well, but not none."""
REACH = 8
"""Words behind such a word that tell what it is said of."""
SAME = 0.5
"""Share of the telling words behind one that those behind the other must have, of the fewer."""
LEAST = 2
"""Words of what both are said of that need no more to be alike in the sentences."""
STOP = re.compile(
    r"[.;:!?,—–()“”\"]|\b(?:and|or|but|because|although|though|while|whereas|which|who|that)\b",
    re.IGNORECASE,
)
COUNT = r"\d+|one|two|three|four|five|six|seven|eight|nine|ten"
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


class Scale(NamedTuple):
    """Words that say how much, or when.

    Attributes:
        forms: Patterns with the rank of what they find; of two in one place the first counts.
        opposed: Whether a sentence with the first rank is wrong where the grounds have the second.
    """

    forms: tuple[tuple[int, re.Pattern[str]], ...]
    opposed: Callable[[int, int], bool]


class Mark(NamedTuple):
    """A word of a scale in a text.

    Attributes:
        rank: On its scale.
        span: Where it stands.
        words: Stems of the telling words, and the numbers, of what it is said of.
        denied: Whether a negation stands before it in its clause.
    """

    rank: int
    span: Span
    words: frozenset[str]
    denied: bool


def scale(opposed: Callable[[int, int], bool], *forms: tuple[int, str]) -> Scale:
    """Make a scale of patterns for whole words."""
    made = tuple((rank, re.compile(rf"\b(?:{form})\b", re.IGNORECASE)) for rank, form in forms)
    return Scale(made, opposed)


def is_other(one: int, other: int) -> bool:
    """Whether two ranks are not the same."""
    return one != other


def is_beyond(one: int, other: int) -> bool:
    """Whether a share does not follow from another one."""
    return one > other or (one in SMALL) != (other in SMALL)


SCALES = (
    scale(
        is_other,
        (EARLY, r"no later than|before|until|till|prior to|ahead of|earlier than|in advance of"),
        (
            LATE,
            r"after|since|as soon as|later than|once|(?<!the )(?<!a )following(?= (?:the|an?)\b)",
        ),
        (EARLY, r"(?P<dated>by)"),
        (LATE, r"(?P<dated>from)"),
    ),
    scale(
        is_beyond,
        (SOME, r"not (?:all|every)(?! of)"),
        (NONE, r"none|not one|not a single|neither(?= of)"),
        (FEW, r"only (?:some|a few|few)|hardly any|(?<!a )few|an? (?:small )?minority"),
        (MOST, r"(?:nearly|almost) (?:all|every)|(?:the|an?) (?:\w+ )?majority(?= of)"),
        (MOST, r"(?<!the )(?<!at )(?<!at the )most"),
        (HALF, r"half(?= of\b)"),
        (
            SOME,
            rf"some|several|a few|part(?= of)|(?:{COUNT}) (?:out )?of (?=the|its|their|these|those)",
        ),
        (
            ALL,
            r"(?<!at )(?<!after )(?<!above )all(?! but| told| the more| too)|every|each",
        ),
    ),
    scale(
        is_other,
        (LESS, r"(?P<compared>(?:less|fewer|smaller|lower)(?: \w+){0,3}? than)"),
        (MORE, r"(?P<compared>(?:more|greater|larger|bigger|higher)(?: \w+){0,3}? than)"),
    ),
)


def scale_faults(case: Case) -> Iterator[Fault]:
    """The words of a sentence that its grounds speak against, each by what they have instead."""
    for one in SCALES:
        for mark in marks(case.text, one):
            same = [
                (stretch, other)
                for stretch in case.grounds
                for other in marks(stretch.text, one)
                if is_of_same(mark, other)
            ]
            against = [
                (stretch, other)
                for stretch, other in same
                if alike(case, stretch) or len(mark.words & other.words) >= LEAST
            ]
            if against and all(one.opposed(mark.rank, other.rank) for _, other in same):
                yield fault_of(case, mark, *against[0])


def fault_of(case: Case, mark: Mark, stretch: Stretch, other: Mark) -> Fault:
    """The fault of a word that should be another."""
    words, instead = case[mark.span], stretch[other.span]
    return Fault(
        "number",
        mark.span,
        f"“{words}”: the passage has “{instead}”",
        evidence=stretch.evidence,
    )


def is_of_same(one: Mark, other: Mark) -> bool:
    """Whether two words of a scale are said of the same, and both or neither denied."""
    short, long = sorted((one.words, other.words), key=len)
    return one.denied == other.denied and share(short, long) >= SAME


@lru_cache(maxsize=1 << 12)
def marks(text: str, of: Scale) -> tuple[Mark, ...]:
    """The words of a scale in `text` that are said of something, in order."""
    found: list[Mark] = []
    for rank, form in of.forms:
        for match in form.finditer(text):
            span = Span(*match.span())
            if any(span.overlaps(other.span) for other in found) or not counts(text, match):
                continue
            behind = text[span.end : reach(text, span.end)]
            words = telling(behind) | frozenset(re.findall(r"\d+", behind))
            if words:
                found.append(Mark(rank, span, words, is_denied(text, span)))
    return tuple(sorted(found, key=lambda mark: mark.span))


def counts(text: str, match: re.Match[str]) -> bool:
    """Whether a word is of its scale: `by` only before a date, `more than` not before a number."""
    if match.lastgroup == "dated":
        return any(match.start() <= one.span.start <= match.end() + 1 for one in moments(text))
    if match.lastgroup == "compared":
        return all(match.end() + 1 != one.span.start for one in numerals(text))
    return True


def reach(text: str, start: int) -> int:
    """Where what a word is said of ends, if that word ends at `start`."""
    stop = STOP.search(text, start)
    end = stop.start() if stop else len(text)
    for count, match in enumerate(WORD.finditer(text, start, end), 1):
        if count == REACH:
            return match.end()
    return end


def is_denied(text: str, span: Span) -> bool:
    """Whether the clause denies what it says, as far as a word of it; all where it begins so."""
    clause = next((each for each in clauses(text) if each.overlaps(span)), Span(0, len(text)))
    before = text[clause.start : span.start]
    told = before if WORD.search(before) else text[span.end : clause.end]
    return CUE.search(told) is not None
