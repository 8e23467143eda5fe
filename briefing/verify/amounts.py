"""Two amounts in, whether the one may stand for the other out.

An amount may be rounded where a word says that it is rough, or where it says so by itself: it has
fewer digits than the source's, is what rounding to them gives, and lies within 2.5 per cent.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import lru_cache

from briefing.document import Span
from briefing.quantities.figures import ABOUT, Quantity, quantities, step
from briefing.quantities.numerals import PARTS, SCALES, SMALL
from briefing.quantities.units import MONEY
from briefing.verify.moments import ORDINALS

SIZES = {
    "second": ("time", 1.0),
    "minute": ("time", 60.0),
    "hour": ("time", 3600.0),
    "day": ("time", 86400.0),
    "week": ("time", 604800.0),
    "month": ("months", 1.0),
    "quarter": ("months", 3.0),
    "year": ("months", 12.0),
    "decade": ("months", 120.0),
    "century": ("months", 1200.0),
    "millimetre": ("length", 0.001),
    "centimetre": ("length", 0.01),
    "metre": ("length", 1.0),
    "kilometre": ("length", 1000.0),
    "gram": ("mass", 0.001),
    "kilogram": ("mass", 1.0),
    "tonne": ("mass", 1000.0),
    "watt": ("power", 1.0),
    "kilowatt": ("power", 1e3),
    "megawatt": ("power", 1e6),
    "gigawatt": ("power", 1e9),
    "kilowatt-hour": ("energy", 1.0),
    "megawatt-hour": ("energy", 1e3),
    "terawatt-hour": ("energy", 1e9),
}
"""Units of which one can be told in the other, by what they measure."""
SHARE = "%"
ROUNDED = 0.025
"""Share by which an amount may be rounded where no word says so."""
EXACT = 1e-6
FRACTION_ROUGH = 3.0
FRACTION_BEYOND = 8.0
FRACTION_EXACT = 1.0
"""Points by which a percentage may differ from a fraction in words: roughly, as `more than` it,
and as it stands."""
MOST_DIGITS = 6
"""An amount of more digits than these is a fraction such as a third, which has no last digit."""
BOUND = re.compile(
    r"(?:almost|nearly|close to|just (?:under|over|below|above)|some|about|around|over|under"
    r"|more than|less than|fewer than|roughly|approximately|at least|at most|up to)\s+$",
    re.IGNORECASE,
)
ONE = re.compile(
    r"(?<![\w-])(?:an?|one|the (?:last|past|next|first))[\s-](?P<of>second|minute|hour|day|week"
    r"|month|year|decade|century|fortnight)\b(?!-)"
    r"(?P<half>\s+and\s+a\s+half\b)?",
    re.IGNORECASE,
)
EVERY = re.compile(
    r"\b(?:every|each) (?P<nth>second|other|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b",
    re.IGNORECASE,
)
PART_OF = re.compile(
    rf"(?<![\w-])(?P<count>an?|one|two|three)[\s-](?P<part>quarter|third)s?\s+of\s+an?\s+"
    rf"(?P<scale>{'|'.join(SCALES)})\b",
    re.IGNORECASE,
)
"""`Three quarters of a million`."""
DENIED = re.compile(
    r"(?:\b(?:no(?! (?:more|less|fewer)\b)|not|nobody|none|never|nor|neither|without|cannot)\b|n[’']t\b)"
    r"[^.;:!?]{0,60}$",
    re.IGNORECASE,
)
"""What turns a bound; `no more than` is one itself."""
IN_HUNDRED = re.compile(
    r"\b(?:(?:in|of|for)\s+(?:every\s+|each\s+)?(?:a\s+)?(?:hundred|100)|percentage)\b"
)
TIMES_AS = (
    (re.compile(r"\b(?:doubl(?:e|es|ed|ing)(?! down)|twice|twofold|two-fold)\b", re.I), 2.0),
    (re.compile(r"\b(?:tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing)|threefold|three-fold|three times|thrice)\b", re.I), 3.0),
    (re.compile(r"\b(?:quadrupl(?:e|es|ed|ing)|fourfold|four-fold|four times)\b", re.I), 4.0),
    (re.compile(r"\b(?:halv(?:e|es|ed|ing)|cut in half|half as (?:many|much|big|large|high))\b", re.I), 0.5),
)  # fmt: skip
VAGUE = re.compile(
    r"(?<![\w-])(?P<of>dozens|scores|hundreds|thousands|millions|billions|trillions)\b",
    re.IGNORECASE,
)
VAGUE_SIZES = {
    "dozens": (20, 150), "scores": (30, 400), "hundreds": (150, 2_000),
    "thousands": (1_500, 1_000_000), "millions": (1.5e6, 1e9), "billions": (1.5e9, 1e12),
    "trillions": (1.5e12, 1e15),
}  # fmt: skip
"""From which amount to which each may be said of one."""


@lru_cache(maxsize=1 << 13)
def amounts(text: str) -> tuple[Quantity, ...]:
    """The quantities that `text` gives, with those that it tells as `a week` or `every third`."""
    found = [parts_of(match, text) for match in PART_OF.finditer(text)]
    found += [ones(match) for match in ONE.finditer(text) if match["half"]]
    longer = [one.span for one in found]
    found += [one for one in quantities(text) if not any(map(one.span.overlaps, longer))]
    taken = [one.span for one in found]
    single = (ones(match) for match in ONE.finditer(text))
    found += [one for one in single if not any(map(one.span.overlaps, taken))]
    for match in EVERY.finditer(text):
        number = 100 / ORDINALS.get(match["nth"].lower(), 2)
        found.append(Quantity(Span(*match.span()), number, number, SHARE, "", about=False))
    if IN_HUNDRED.search(text):
        # `Twenty-two tonnes in every hundred` are 22 per cent.
        found += [replace(one, unit=SHARE, noun="") for one in found if one.unit != SHARE]
    return tuple(found)


def parts_of(match: re.Match[str], text: str) -> Quantity:
    """`Three quarters of a million`."""
    number = SMALL.get(match["count"].lower(), 1.0) * PARTS[match["part"].lower()]
    number *= SCALES[match["scale"].lower()]
    about = ABOUT.search(text[: match.start()]) is not None
    return Quantity(Span(*match.span()), number, number, "", "", about=about)


def ones(match: re.Match[str]) -> Quantity:
    """`A week` or `a year and a half`."""
    of = match["of"].lower()
    unit, number = ("week", 2.0) if of == "fortnight" else (of, 1.0)
    number += 0.5 if match["half"] else 0.0
    return Quantity(Span(*match.span()), number, number, unit, "", about=False)


def stands_for(one: Quantity, other: Quantity, text: str, among: str) -> bool:
    """Whether the amount `one` of a sentence may stand for the amount `other` of a source.

    Args:
        one: Of the sentence.
        other: Of the source.
        text: The sentence.
        among: The words of the source that `other` stands in.
    """
    factor = conversion(one, other)
    denied = is_denied(text, one) or is_denied(among, other)
    if factor is None or (opposed(one, other) and not denied):
        return False
    fraction = is_fraction(one, text) or is_fraction(other, among)
    ends = anchors(other)
    if one.low < one.high < math.inf and one.low > 0:
        if len(ends) == 1:
            return one.low <= ends[0] * factor <= one.high and is_wide(one, ends[0] * factor)
        return all(
            is_value(replace(one, low=end, high=end), given * factor, fraction, text)
            for end, given in zip((one.low, one.high), ends, strict=True)
        )
    if len(ends) > 1 and not (math.isinf(one.high) or one.low == 0):
        # A value that lies in a range is more than the source has, unless it is called rough.
        return one.about and ends[0] * factor <= one.low <= ends[1] * factor
    return any(is_value(one, given * factor, fraction, text) for given in ends)


def is_wide(one: Quantity, value: float) -> bool:
    """Whether a range is no wider than what a rough figure leaves open."""
    return one.high - one.low <= max(2 * step(value), 0.3 * value)


def anchors(one: Quantity) -> tuple[float, ...]:
    """The values that a quantity names: two of a range, one of a bound."""
    if math.isinf(one.high):
        return (one.low,)
    return (one.high,) if one.low in (0, one.high) else (one.low, one.high)


def opposed(one: Quantity, other: Quantity) -> bool:
    """Whether one is a lower bound and the other an upper one."""
    up = math.isinf(one.high), math.isinf(other.high)
    down = one.low == 0 < one.high, other.low == 0 < other.high
    return (up[0] and down[1] and not up[1]) or (down[0] and up[1] and not down[1])


def is_denied(text: str, one: Quantity) -> bool:
    """Whether a word before an amount turns its bound: `no grower would lose more than`."""
    return DENIED.search(text[: one.span.start]) is not None


def is_fraction(one: Quantity, text: str) -> bool:
    """Whether a percentage is written as a fraction: `a third`."""
    words = text[one.span.start : one.span.end]
    return one.unit == SHARE and not re.search(r"%|cent|pct", words, re.IGNORECASE)


def is_value(one: Quantity, given: float, fraction: bool, text: str) -> bool:  # noqa: FBT001
    """Whether what `one` names may stand for the value `given`."""
    value = anchors(one)[-1] if not math.isinf(one.high) else one.low
    gap = abs(value - given)
    if gap <= EXACT * max(abs(value), abs(given)):
        return True
    head = text[max(0, one.span.start - 30) : one.span.start]
    rough = one.about or BOUND.search(head) is not None or one.low != one.high
    if fraction and one.low != one.high:
        most = FRACTION_BEYOND if math.isinf(one.high) else FRACTION_ROUGH
        least = -FRACTION_BEYOND if one.low == 0 else -FRACTION_ROUGH
        return least <= given - value <= most
    if fraction:
        return gap <= (max(FRACTION_ROUGH, 0.1 * value) if rough else FRACTION_EXACT)
    if digits(value) >= digits(given) or value == 0:
        return False
    if math.isinf(one.high):
        return value <= given <= value + step(value)
    if one.low == 0 and one.high > 0:
        return value - step(value) <= given <= value
    if gap > step(value) / 2 * (1 + EXACT):
        return False
    return rough or gap <= ROUNDED * given


def digits(value: float) -> int:
    """How many digits of `value` count: 2 for 1,200,000."""
    if value == 0:
        return 1
    kept = len(f"{value:.9e}".partition("e")[0].replace(".", "").rstrip("0"))
    return kept if kept <= MOST_DIGITS else 1


def conversion(one: Quantity, other: Quantity) -> float | None:
    """By what an amount in the unit of `other` is multiplied for that of `one`; None for never.

    A rate may stand without what it is counted by, a currency without its country, and a bare
    number, of which nothing is counted, for an amount in any unit.
    """
    unit, _, rate = one.unit.partition("/")
    given, _, by = other.unit.partition("/")
    if rate and by and rate != by:
        return None
    if unit == given or unit.endswith(f" {given}") or given.endswith(f" {unit}"):
        return 1.0
    if unit in SIZES and given in SIZES and SIZES[unit][0] == SIZES[given][0]:
        return SIZES[given][1] / SIZES[unit][1]
    bare = (not unit and not one.noun) or (not given and not other.noun)
    counted = not unit and given not in MONEY and given not in (SHARE, "percentage point")
    measured = not given and unit not in MONEY and unit not in (SHARE, "percentage point")
    nouns = f"{one.noun} {other.noun}".split()
    named = (unit or given) in nouns
    if bare or ((counted or measured) and named):
        return 1.0
    return None


def multiplied(text: str) -> tuple[tuple[Span, float], ...]:
    """Where `text` says that something doubled or the like, and by what."""
    return tuple(
        (Span(*match.span()), factor)
        for pattern, factor in TIMES_AS
        for match in pattern.finditer(text)
    )


def is_multiple(factor: float, text: str) -> bool:
    """Whether `text` says that something was multiplied by `factor`, or has two such amounts."""
    if any(other in (factor, 1 / factor) for _, other in multiplied(text)):
        return True
    found = amounts(text)
    percentages = [one.low for one in found if one.unit == SHARE]
    if any(abs(low - 100 * by) < 1 for low in percentages for by in (factor, abs(factor - 1))):
        return True
    values = [
        (one.low or one.high, one.unit) for one in found if math.isfinite(one.low or one.high)
    ]
    return any(
        unit == other and low and 0.9 <= high / low / max(factor, 1 / factor) <= 1.12
        for low, unit in values
        for high, other in values
    )


def vague(text: str) -> tuple[tuple[Span, str], ...]:
    """Where `text` counts by `dozens`, `hundreds` and the like."""
    return tuple((Span(*match.span()), match["of"].lower()) for match in VAGUE.finditer(text))


def is_vague_of(of: str, text: str) -> bool:
    """Whether `text` counts by the same, or has an amount of that size."""
    if re.search(rf"\b{of}\b", text, re.IGNORECASE):
        return True
    least, most = VAGUE_SIZES[of]
    return any(least <= value <= most for one in amounts(text) for value in anchors(one))
