"""A number in its text in, whether it is no amount out: a year, date, time, age or label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.quantities.units import STOPS, is_plural

if TYPE_CHECKING:
    from briefing.quantities.numerals import Numeral

MONTH_NAME = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
DATE_BEFORE = re.compile(rf"(?<!\w){MONTH_NAME}\s$")
DATE_AFTER = re.compile(rf"(?:st|nd|rd|th)?\s(?:of\s)?{MONTH_NAME}(?!\w)")
CLOCK = re.compile(r"\s?(?:[ap]\.?m\b|o[’']clock|hours GMT|GMT|hrs\b|block of\b|of \d)")
LABEL = re.compile(
    r"(?:(?<![.!?:;”\"]\s)(?<!\A)(?<!\n)(?<!\w)[A-Z][\w’'-]*|\bNos?\.|\bno\.|#|§|\b(?:page|pages|p\.|pp\.|chapter"
    r"|section|article|paragraph|clause|line|number|phase|level|grade|room|route|type|version"
    r"|step|figure|table|item|question|part|zone|stage|category|highway|interstate|flight|channel))\s?$"
)
CAPITAL = re.compile(r"(?<!\w)[A-Z][\w’'-]*\s$")
BOUND_WORDS = STOPS | frozenset(
    "about around nearly almost some over under above below between from only up at just roughly"
    " approximately".split()
)
AGE = re.compile(r"(?:,|\baged?)\s$", re.IGNORECASE)
LIST_MARK = re.compile(r"[.)](?=\s)")
LOOK_BACK = 30
"""Characters before a number in which words that bound it stand."""
EARLIEST, LATEST = 1000, 2100
"""Whole numbers of four plain digits between these are years."""


def is_year(text: str, number: Numeral) -> bool:
    """Whether `number` is written as a year."""
    digits = text[number.span.start : number.span.end]
    return re.fullmatch(r"\d{4}", digits) is not None and EARLIEST <= number.value <= LATEST


def is_no_amount(text: str, number: Numeral, start: int, noun: str) -> bool:
    """Whether a number without a unit is a year, date, time, age, label or mark of a list."""
    head, tail = text[max(0, start - LOOK_BACK) : start], text[number.span.end :][:LOOK_BACK]
    if is_year(text, number) or CLOCK.match(tail):
        return True
    if DATE_BEFORE.search(head) or DATE_AFTER.match(tail):
        return number.value <= 31
    if number.kind == "words" and number.value <= 1 and not is_plural(noun.rpartition(" ")[2]):
        return True
    if re.search(r"\d\sof\s$", head):
        return True
    bare = not noun and number.scale == 1
    if bare and AGE.search(head) and re.match(r"\s*[,.)]", tail):
        return True
    if (not head or head[-1:] == "\n") and LIST_MARK.match(tail):
        return True
    if bare and (re.search(r"\d\s?[-–]$", head) or re.match(r"[-–]\d", tail)):
        return True
    label = LABEL.search(head) or (CAPITAL.search(head) if bare else None)
    return label is not None and label[0].strip().lower() not in BOUND_WORDS
