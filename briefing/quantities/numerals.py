"""A text in, the numbers that it spells out: `3,400`, `two hundred and six`, `1.2bn`, `a third`.

No library that this package needs reads numbers in running English, so the few rules stand here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.document import Span

SMALL = {
    word: float(number)
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
TENS = {
    word: 10.0 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
LETTERS = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12}
PARTS = {
    word: 1.0 / number
    for number, word in enumerate(
        "half third quarter fifth sixth seventh eighth ninth tenth".split(), start=2
    )
}
PLURAL_PARTS = {"halves": 0.5, **{word + "s": part for word, part in PARTS.items()}}
SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

PLAIN = "|".join((*SMALL, *TENS))
SCALE = "|".join(SCALES)
DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
FIGURE = re.compile(
    rf"(?<![\w.:/@#+])(?<![A-Za-z]-)(?P<digits>{DIGITS})(?P<sign>[½¼¾⅓⅔])?"
    rf"(?:(?P<letter>k|mn?|bn|tn)\b|[\s-]?(?P<scale>(?:{SCALE}|bn|mn|tn)\b))?"
    rf"(?![^\W\d_]|\d|[@/:]\d|\.\d|,\d)",
    re.IGNORECASE,
)
BELOW_HUNDRED = rf"(?:(?:{'|'.join(TENS)})(?:[\s-](?:{'|'.join(SMALL)}))?|(?:{'|'.join(SMALL)}))\b"
SCALED = rf"(?:{BELOW_HUNDRED}[\s-])?(?:(?:{SCALE}|dozen)\b(?:[\s-](?={SCALE}))?)+"
WORDED = re.compile(
    rf"(?<![\w-])(?:an?\s+(?=(?:{SCALE}|dozen)\b))?"
    rf"(?P<words>{SCALED}(?:(?:\s+and\s+|,?\s+){SCALED})*"
    rf"(?:(?:\s+and\s+|\s+){BELOW_HUNDRED})?|{BELOW_HUNDRED})"
    rf"(?P<half>\s+and\s+a\s+(?:half|quarter)\b(?:\s+(?:{SCALE})\b)?)?(?!\w)",
    re.IGNORECASE,
)
PART_END = (
    r"(?=\s+(?:of|more|less|fewer|higher|lower|smaller|larger|to|by|in|from|since|over|within"
    r"|the|its|their|our|his|her|and|or|as|would|will|could|have|has|were|are|was|is|said|say)\b"
    r"|[.,;:!?)”’\"']|\s*$|\s+[-–—])"
)
PART = re.compile(
    rf"(?<![\w-])(?:(?P<count>an?|{PLAIN}|\d{{1,2}})[\s-])(?P<part>{'|'.join(PARTS)}"
    rf"|{'|'.join(PLURAL_PARTS)}){PART_END}",
    re.IGNORECASE,
)
HALF = re.compile(
    r"(?<!first )(?<!second )(?<!last )(?<!other )(?<!and a )(?<![\w-])half"
    r"(?=\s+(?:of|the|its|their|our|all|as)\b|[.,;:!?)]|\s*$)|(?<=\bby )half\b",
    re.IGNORECASE,
)
HALF_SCALE = re.compile(
    rf"(?<![\w-])(?:half\s+an?|an?\s+(?P<quarter>quarter)\s+of\s+an?)"
    rf"\s+(?P<scale>{SCALE}|dozen)(?!\w)",
    re.IGNORECASE,
)
ANY = re.compile(
    rf"\d|[½¼¾⅓⅔]|\b(?:{PLAIN}|{SCALE}|dozen|half|halves)\b|\ban? \w+(?:th|ird|er)\b", re.I
)
"""What a text without any number does not have, for speed."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as a text spells it.

    Attributes:
        span: Its characters, with a multiplier and without a unit.
        value: What it comes to; a fraction as a share from 0 to 1.
        kind: `digits`, `words` or `part`, which is a fraction of something.
        scale: Its multiplier, such as a million; 1 where it has none.
        letter: Its multiplier is the letter `m` alone, which may as well stand for metres.
    """

    span: Span
    value: float
    kind: str
    scale: float = 1.0
    letter: bool = False


def numerals(text: str) -> list[Numeral]:
    """Find the numbers in `text`, in order; of two that overlap the longer one.

    Numbers of things without an amount are found too: years, dates and labels.
    """
    if not ANY.search(text):
        return []
    found = [
        *(read_figure(match) for match in FIGURE.finditer(text)),
        *(read_words(match) for match in WORDED.finditer(text)),
        *(read_part(match) for match in PART.finditer(text)),
        *(Numeral(Span(*match.span()), 0.5, "part") for match in HALF.finditer(text)),
        *(read_half_scale(match) for match in HALF_SCALE.finditer(text)),
    ]
    kept: list[Numeral] = []
    for numeral in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if not kept or numeral.span.start >= kept[-1].span.end:
            kept.append(numeral)
    return kept


def read_figure(match: re.Match[str]) -> Numeral:
    """A number in digits."""
    value = float(re.sub(r"[,\u00a0\u202f]", "", match["digits"]))
    value += SIGNS.get(match["sign"] or "", 0.0)
    name = (match["scale"] or match["letter"] or "").lower()
    scale = {**SCALES, **LETTERS, "": 1.0}[name]
    # Floats multiply to 0.30000000000000004 and the like: twelve digits are what was written.
    value = float(f"{value * scale:.12g}")
    lettered = (match["letter"] or "").lower() == "m"
    return Numeral(Span(*match.span()), value, "digits", scale, lettered)


def read_words(match: re.Match[str]) -> Numeral:
    """A number in words."""
    words = re.findall(r"[a-z]+", match["words"].lower())
    value = to_number([word for word in words if word != "and"])
    half = re.findall(r"[a-z]+", (match["half"] or "").lower())
    if half:
        value += 0.5 if "half" in half else 0.25
        value *= SCALES.get(half[-1], 1.0)
    scale = SCALES.get([*words, *half][-1], 1.0)
    return Numeral(Span(*match.span()), value, "words", scale)


def to_number(words: list[str]) -> float:
    """What number words come to: `two hundred six thousand` to 206,000."""
    total = 0.0
    group = 0.0
    for word in words:
        if word == "dozen":
            group = max(group, 1.0) * 12
        elif word == "hundred":
            group = max(group, 1.0) * 100
        elif word in SCALES:
            total += max(group, 1.0) * SCALES[word]
            group = 0.0
        else:
            group += SMALL.get(word, 0.0) or TENS.get(word, 0.0)
    return total + group


def read_part(match: re.Match[str]) -> Numeral:
    """A fraction: `a third`, `two-thirds`."""
    count = match["count"].lower()
    many = 1.0 if count in ("a", "an") else SMALL.get(count) or TENS.get(count) or 0.0
    part = match["part"].lower()
    share = PARTS.get(part) or PLURAL_PARTS[part]
    value = (float(count) if count.isdigit() else many) * share
    return Numeral(Span(*match.span()), value, "part")


def read_half_scale(match: re.Match[str]) -> Numeral:
    """`half a million` and `a quarter of a million`."""
    share = 0.25 if match["quarter"] else 0.5
    scale = {**SCALES, "dozen": 12.0}[match["scale"].lower()]
    return Numeral(Span(*match.span()), share * scale, "words", scale)
