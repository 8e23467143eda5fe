"""A text in, the quantities that it gives out, and whether two of them can both be right.

Years, dates, times of day, ages in apposition and numbers that are labels (`Berth 9`) are no
quantities.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from briefing.document import Span
from briefing.quantities.labels import LOOK_BACK, is_no_amount, is_year
from briefing.quantities.numerals import Numeral, numerals
from briefing.quantities.units import (
    LENGTHS,
    TIMES,
    is_plural,
    noun_after,
    noun_of,
    rate_after,
    unit_after,
    unit_before,
)

OLD = re.compile(r"[\s-](?:years?|months?|weeks?|days?)[\s-]olds?\b|-?year-old")
JOIN = re.compile(r"\s?[-–—]\s?|\s+(?:to|or)\s+")
FROM = re.compile(r"(?<!\w)from\s+$", re.IGNORECASE)
AND = re.compile(r"\s+and\s+")
SPREAD = re.compile(r"(?<!\w)(?:rang\w+|anywhere|anything)\s+from\s+$", re.IGNORECASE)
BETWEEN = re.compile(r"(?<!\w)between\s+$", re.IGNORECASE)
ABOUT = re.compile(
    r"(?:(?<!\w)(?:about|around|approximately|approx\.?|roughly|nearly|almost|close to|some|circa|ca?\."
    r"|(?:an )?estimated|(?:just|slightly|a little) (?:over|under|above|below|more than|less than))"
    r"\s+(?:an?\s+)?|[~≈]\s?)$",
    re.IGNORECASE,
)
HIGH = re.compile(
    r"(?<!\w)(?:at most|up to|(?:no|not) (?:more|higher|greater) than|(?<!no )(?<!not )(?:less|fewer|lower) than"
    r"|under|below|as (?:many|much|high) as|(?:a )?maximum(?: of)?|not exceeding)\s+$",
    re.IGNORECASE,
)
LOW = re.compile(
    r"(?<!\w)(?:at least|(?:no|not) (?:fewer|less|lower) than|(?<!no )(?<!not )(?:more|higher|greater) than|over"
    r"|above|upwards? of|in excess of|exceed(?:s|ed|ing)?|(?:a )?minimum(?: of)?)\s+$",
    re.IGNORECASE,
)
ABOUT_AFTER = re.compile(r"\s+or (?:so|thereabouts)\b|-odd\b|\s+(?:approximately|roughly)\b")
LOW_AFTER = re.compile(
    r"\+|\s+(?:or|and) (?:more|above|over|higher|upwards)\b|,? at least(?=[.,;)]|$)|-plus\b"
)
HIGH_AFTER = re.compile(r"\s+(?:or|and) (?:fewer|less|under|below|lower)\b|,? at most(?=[.,;)]|$)")
IN_EVERY = re.compile(r"\s+(?P<noun>(?:[a-z’'-]+\s+){0,3})(?:in|out of)\s+(?:every\s+)?")
DETERMINED = re.compile(r"\s+(?:of\s+)?(?:the|its|their|our|all|his|her)\s+")
SLACK_ABOUT = 0.15
"""Share by which a value may differ from a rough figure."""
SLACK_ROUND = 0.1
"""The largest such share that rounding can explain."""
SLACK_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount that a text gives.

    Attributes:
        span: The number and its unit, in the text given.
        low: The least value in the unit; 0 where the text sets only an upper bound.
        high: The greatest; infinite where the text sets only a lower bound.
        unit: Normalised, with `/tonne` for a rate: `crown`, `%`, `percentage point`; empty for a
            bare count of what `noun` names.
        noun: What is counted or measured, normalised, with `of ` before it where the count is of
            a part; may be empty.
        about: The text says that it is rough.
    """

    span: Span
    low: float
    high: float
    unit: str
    noun: str
    about: bool


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities in `text`, in order; none overlaps another.

    A range and a bound are one quantity; `from 0.45 to 0.90` are two.
    """
    numbers = numerals(text)
    found: list[Quantity] = []
    at = 0
    while at < len(numbers):
        one = numbers[at]
        other = numbers[at + 1] if at + 1 < len(numbers) else None
        quantity = in_every(text, one, other) if other else None
        if quantity:
            at += 2
        elif other and is_range(text, one, other):
            quantity = measured(text, other, one)
            at += 2
        else:
            quantity = measured(text, one)
            at += 1
        if quantity and not (found and quantity.span.start < found[-1].span.end):
            found.append(quantity)
    return shared_units(text, found, numbers)


def is_range(text: str, one: Numeral, other: Numeral) -> bool:
    """Whether two numbers are the ends of one range."""
    sign, start = unit_before(text, one.span.start)
    unit, end = unit_after(text, one.span.end)
    other_sign, other_start = unit_before(text, other.span.start)
    other_unit, _ = unit_after(text, other.span.end)
    if "part" in (one.kind, other.kind) or is_year(text, other):
        return False
    if len({sign, unit, other_sign, other_unit} - {""}) > 1 or end > other_start:
        return False
    if one.value * (other.scale if one.scale == 1 else 1) >= other.value:
        return False
    between = text[end:other_start]
    head = text[max(0, start - LOOK_BACK) : start]
    if BETWEEN.search(head):
        return AND.fullmatch(between) is not None
    spread = not FROM.search(head) or SPREAD.search(head)
    return bool(spread) and JOIN.fullmatch(between) is not None


def measured(text: str, number: Numeral, first: Numeral | None = None) -> Quantity | None:
    """The quantity that `number` gives, alone or as the end of a range that `first` begins."""
    if OLD.match(text, number.span.end):
        return None
    if number.kind == "part":
        return portion(text, number)
    unit, start = unit_before(text, (first or number).span.start)
    unit = unit or (unit_before(text, number.span.start)[0] if first else "")
    value, end = number.value, number.span.end
    if number.letter and not unit and reads_as_metres(text, end):
        value, unit = value / number.scale, "metre"
    if not unit:
        unit, end = unit_after(text, end)
    if unit:
        rate, end = rate_after(text, end, unit)
        noun, past = noun_of(text, end)
    else:
        noun, past = noun_after(text, end)
        rate, rated = rate_after(text, past, "") if noun else ("", end)
        end, past = (rated, rated) if rate else (end, past)
        part = "" if noun else noun_of(text, end)[0]
        noun = f"of {part}" if part else noun
        if is_no_amount(text, number, start, noun):
            return None
    low = value if first is None else first.value * (number.scale if first.scale == 1 else 1)
    quantity = Quantity(Span(start, end), low, value, unit + rate, noun, about=False)
    return bounded(text, quantity, past)


def reads_as_metres(text: str, at: int) -> bool:
    """Whether an `m` before `at` stands for metres: nothing that is counted follows."""
    following = re.match(r"[\s-]+([^\W\d_]+)", text[at:])
    noun = noun_after(text, at)[1]
    words = text[at:noun].split()
    return (
        following is None or following[1].lower() in LENGTHS or not is_plural("".join(words[-1:]))
    )


def portion(text: str, number: Numeral) -> Quantity | None:
    """A fraction as a percentage: `a third of its calls`."""
    end = number.span.end
    if re.match(r"\s+of\s+an?\s", text[end:]):
        return None
    noun, _ = noun_of(text, end)
    determined = DETERMINED.match(text, end)
    if not noun and determined:
        noun, _ = noun_after(text, determined.end())
    value = 100 * number.value
    return bounded(text, Quantity(number.span, value, value, "%", noun, about=False))


def in_every(text: str, one: Numeral, other: Numeral) -> Quantity | None:
    """A share given as `one call in five`, if the two numbers are that."""
    between = IN_EVERY.fullmatch(text, one.span.end, other.span.start)
    if between is None or not 0 < one.value < other.value or is_year(text, other):
        return None
    if "part" in (one.kind, other.kind) or unit_after(text, other.span.end)[0]:
        return None
    named = noun_after(text, one.span.end)[0] if between["noun"] else ""
    after, _ = noun_after(text, other.span.end)
    if (named and after) or (between["noun"] and not named):
        return None
    value = 100 * one.value / other.value
    span = Span(one.span.start, other.span.end)
    noun = named and between["noun"].strip().lower()
    return bounded(text, Quantity(span, value, value, "%", noun or after, about=False))


def bounded(text: str, quantity: Quantity, past: int | None = None) -> Quantity:
    """`quantity` with the words around it that make it rough or a bound.

    Its noun ends at `past`; words after the number or after the noun count.
    """
    head = text[max(0, quantity.span.start - LOOK_BACK) : quantity.span.start]
    tail = text[quantity.span.end :][:LOOK_BACK]
    later = tail if past is None else text[past:][:LOOK_BACK]
    if ABOUT.search(head) or ABOUT_AFTER.match(tail) or ABOUT_AFTER.match(later):
        return replace(quantity, about=True)
    if quantity.low < quantity.high:
        return quantity
    # `over five years` tells how long something went on, not that it was longer.
    spatial = quantity.unit in TIMES and re.search(r"(?:over|under|above|below)\s+$", head)
    if (HIGH.search(head) and not spatial) or HIGH_AFTER.match(tail) or HIGH_AFTER.match(later):
        return replace(quantity, low=0.0)
    if (LOW.search(head) and not spatial) or LOW_AFTER.match(tail) or LOW_AFTER.match(later):
        return replace(quantity, high=math.inf)
    return quantity


def shared_units(text: str, found: list[Quantity], numbers: list[Numeral]) -> tuple[Quantity, ...]:
    """`found`, where the first of two has the unit and multiplier that only the second names.

    As in `from 0.45 to 0.90 crowns a tonne` and `between five and six million`.
    """
    scales = {number.span.start: number.scale for number in numbers}
    given = list(found)
    for at in range(len(given) - 2, -1, -1):
        one, other = given[at], given[at + 1]
        between = text[one.span.end : other.span.start]
        if one.unit or one.noun or not re.fullmatch(r"\s+(?:to|and|or)\s+(?:about )?", between):
            continue
        scale = max((s for start, s in scales.items() if start in range(*other.span)), default=1.0)
        own = scales.get(one.span.start, 1.0)
        factor = scale if own == 1 and one.high * scale <= 2 * other.high else 1.0
        given[at] = replace(
            one, unit=other.unit, noun=other.noun, low=one.low * factor, high=one.high * factor
        )
    return tuple(given)


def disagree(one: Quantity, other: Quantity) -> bool:
    """Whether no value could satisfy both, roughness and rounding allowed for.

    Quantities in different units, or of different things, do not disagree.
    """
    if one.unit != other.unit:
        return False
    if one.noun != other.noun and (not one.unit or (one.noun and other.noun)):
        return False
    lower, upper = (one, other) if one.high <= other.high else (other, one)
    if lower.high >= upper.low:
        return False
    slack = max(slack_of(lower, lower.high), slack_of(upper, upper.low))
    return upper.low - lower.high > slack + SLACK_EXACT * upper.low


def slack_of(quantity: Quantity, value: float) -> float:
    """How far the true value may lie from `value`, in the unit."""
    rounding = min(step(value) / 2, SLACK_ROUND * value) if value else 0.5
    return max(rounding, SLACK_ABOUT * value) if quantity.about else rounding


def step(value: float) -> float:
    """The worth of the last digit of `value` that is not zero: 100 for 3,400 and 0.1 for 0.9.

    A share such as 33.333 has no last digit; it is as rough as the fraction that it stands for.
    """
    digits, _, power = f"{value:.9e}".partition("e")
    kept = len(digits.rstrip("0").replace(".", ""))
    return 10.0 ** (int(power) - min(kept, 9) + 1) if kept < 9 else value / 10
