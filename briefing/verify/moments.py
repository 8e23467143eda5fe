"""A sentence in, the days, months, years, weekdays, hours and ordinals that it names out.

English only. What is told relatively (`last year`, `on Tuesday`) is worked out where the document
has a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from briefing.document import Document, Span
from briefing.quantities.days import DAY, LONG_MONTH, MONTH, WEEKDAYS, YEAR, a_day, days, to_number
from briefing.quantities.numerals import SMALL

Part = Literal["day", "month", "year", "decade", "weekday", "clock", "ordinal", "quarter"]

ORDINALS = {
    word: number
    for number, word in enumerate(
        """second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
        fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split(),
        start=2,
    )
}
SPELT = "|".join(ORDINALS)
YEARS = r"(?:1[5-9]|20)\d\d"
AFTER_WHICH = (
    r"(?:in|by|last|next|this|since|until|till|from|of|mid-?|early|late|and|to|between|during|for"
    r"|after|before|through)"
)
FORMS: tuple[tuple[Part, str], ...] = (
    ("day", r"\b(?P<year>(?:1[5-9]|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)(?![\w-])"),
    ("day", rf"\b{DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR})?"),
    ("day", rf"\b{MONTH}\s+{DAY}(?:,?\s+{YEAR})?"),
    ("month", rf"\b{MONTH},?\s+(?:of\s+)?{YEAR}"),
    ("month", rf"\b(?i:{AFTER_WHICH})[\s-]*{LONG_MONTH}"),
    ("month", rf"(?<=\w )(?!May|March){LONG_MONTH}"),
    ("year", rf"(?<![\w.,])(?P<year>{YEARS})\s?[-–/]\s?(?P<until>\d\d(?:\d\d)?)(?!\w|[.,]\d)"),
    ("decade", rf"(?<![\w.,])(?P<year>{YEARS})[’']?s\b"),
    ("year", rf"(?<![\w.,$€£])(?P<year>{YEARS})(?![\w%]|[.,]\d|\s+(?:[a-z]+\s+)?(?:[a-z]+s\b))"),
    ("year", rf"\b(?i:in|since|by|until|till|from|to|of|year|and|before|after)\s(?P<year>{YEARS})(?![\w%]|[.,]\d)"),
    ("clock", r"\b(?P<hour>[01]?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"),
    ("clock", r"(?<![\w.,:])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\w:])"),
    ("clock", r"\b(?P<named>noon|midday|midnight)\b"),
    ("clock", r"\b(?P<hour>[01]?\d|2[0-4])\s?o[’']clock\b"),
    ("quarter", r"\b(?:Q(?P<q>[1-4])|(?P<nth>first|second|third|fourth|last|final)[\s-]quarter(?!s?[\s-]of\s+an?\b))"),
    ("weekday", r"\b(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"),
    ("ordinal", r"(?<![\w.,])(?P<n>\d{1,4})(?:st|nd|rd|th)\b"),
    ("ordinal", rf"(?i:\b(?P<tens>twent|thirt|fort|fift|sixt|sevent|eight|ninet)(?P<round>y-(?P<one>first|{SPELT})|ieth)\b)"),
    ("ordinal", rf"(?i:(?<!\bper )(?<!\ba )(?<!\beach )\b(?P<word>{SPELT})(?![\s-](?:hand|thought|of)\b|s\b|ly\b|-\w))"),
)  # fmt: skip
"""Of two that find the same words the first counts."""
PATTERNS = tuple((part, re.compile(form)) for part, form in FORMS)
TENS = dict(
    zip("twent thirt fort fift sixt sevent eight ninet".split(), range(20, 100, 10), strict=True)
)
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
AGO = re.compile(
    r"\b(?P<n>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?)\s+"
    r"(?P<decade>decade|year)s?\s+(?P<way>ago|earlier|before|later|on)\b",
    re.IGNORECASE,
)
RELATIVE_YEAR = re.compile(
    r"\b(?P<which>last|previous|this|current|next|coming)\s+(?:year|january|february|march|april|may"
    r"|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter)\b",
    re.IGNORECASE,
)
NEARBY = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|(?:this|last|next|coming) (?:week|month|\w+day)|\w+day)\b",
    re.IGNORECASE,
)
LEFT_ALONE = re.compile(r"\b(?:next|last|this|coming|every|each|past|previous)\s+$", re.IGNORECASE)
WITHIN_DAYS = 8
NOON = 12 * 60
HEAD = 400
"""Characters at the beginning of a text in which a line with its date stands."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a text names it; what it leaves open is 0.

    Attributes:
        part: What is named.
        span: Where.
        year: 4 digits; for `decade` its first.
        month: 1 to 12.
        day: Of the month; for `weekday` 1 to 7 from Monday, for `clock` minutes from midnight
            and 1 more, else the number itself.
        until: The last year of a span of years.
    """

    part: Part
    span: Span
    year: int = 0
    month: int = 0
    day: int = 0
    until: int = 0


@lru_cache(maxsize=1 << 8)
def issued(document: Document) -> str | None:
    """The date of a source: as given, or the first full one in the lines that it begins with."""
    if document.date:
        return document.date
    head = moments(document.text[:HEAD])
    dated = next((one for one in head if one.part == "day" and one.year), None)
    return f"{dated.year}-{dated.month:02}-{dated.day:02}" if dated else None


@lru_cache(maxsize=1 << 13)
def moments(text: str) -> tuple[Moment, ...]:
    """The moments that `text` names, in order; none overlaps another."""
    found: list[Moment] = []
    for part, pattern in PATTERNS:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if any(span.overlaps(other.span) for other in found):
                continue
            if part == "weekday" and LEFT_ALONE.search(text[: span.start]):
                continue
            found.append(read(part, span, match.groupdict()))
    return tuple(sorted(found, key=lambda moment: moment.span))


def read(part: Part, span: Span, groups: dict[str, str | None]) -> Moment:
    """The moment that the groups of a match give."""
    year = int(groups.get("year") or 0)
    month = to_number(groups["month"] or "") if groups.get("month") else 0
    day = int(groups.get("day") or groups.get("n") or 0)
    until = groups.get("until") or ""
    if part == "weekday":
        day = WEEKDAYS.index((groups["weekday"] or "")[:3].lower()) + 1
    elif part == "quarter":
        day = int(groups.get("q") or QUARTERS[groups.get("nth") or ""])
    elif part == "clock":
        day = minutes(groups) + 1
    elif groups.get("tens"):
        one = (groups.get("one") or "").lower()
        day = TENS[(groups["tens"] or "").lower()] + (ORDINALS.get(one) or (one == "first"))
    elif groups.get("word"):
        day = ORDINALS[(groups["word"] or "").lower()]
    last = int(str(year)[: 4 - len(until)] + until) if until else 0
    return Moment(part, span, year, month, day, last)


def minutes(groups: dict[str, str | None]) -> int:
    """Minutes from midnight of a time of day; within half a day where its half is not said."""
    named = groups.get("named")
    if named:
        return 0 if named == "midnight" else NOON
    hour = int(groups.get("hour") or 0)
    if groups.get("half"):
        hour = hour % 12 + (12 if groups["half"] == "p" else 0)
    return hour * 60 + int(groups.get("minute") or 0)


def years_told(text: str, issued: str | None) -> frozenset[int]:
    """The years that `text` names or, counted from the date of its document, tells relatively."""
    found = {year for moment in moments(text) for year in (moment.year, moment.until) if year}
    found |= {int(match[0]) for match in re.finditer(rf"(?<![\w.,]){YEARS}(?!\w|[.,]\d)", text)}
    if issued:
        own = int(issued[:4])
        for match in AGO.finditer(text):
            count = match["n"].lower()
            number = int(count if count.isdigit() else SMALL.get(count, 1.0))
            number *= 10 if match["decade"].lower() == "decade" else 1
            found.add(own + (number if match["way"].lower() in ("later", "on") else -number))
        for match in RELATIVE_YEAR.finditer(text):
            which = match["which"].lower()
            # A month or season of this name may lie in the year before or in this one.
            found |= {own - 1, own} if which in ("last", "previous") else {own, own + 1}
        if any(moment.month and not moment.year for moment in moments(text)) or NEARBY.search(
            text
        ):
            found.add(own)
    return frozenset(found)


def agrees(moment: Moment, text: str, issued: str | None) -> bool:
    """Whether `text`, of a document of the date `issued`, names what `moment` does."""
    told = moments(text)
    if moment.part == "year":
        years = years_told(text, issued)
        return moment.year in years and (not moment.until or moment.until in years)
    if moment.part == "decade":
        return any(year // 10 == moment.year // 10 for year in years_told(text, issued))
    if moment.part in ("day", "month") and any(is_within(moment, other) for other in told):
        return (
            not moment.year
            or moment.year in years_told(text, issued)
            or is_own_year(moment, text, issued)
        )
    if moment.part == "day":
        return is_near(moment, text, issued)
    if moment.part == "month":
        near = issued is not None and NEARBY.search(text) is not None
        return near and int((issued or "")[5:7]) == moment.month
    if moment.part == "weekday":
        return moment.day in weekdays(text, issued)
    if moment.part == "clock":
        return any(
            other.part == "clock" and (other.day - moment.day) % NOON == 0 for other in told
        )
    return any(other.part == moment.part and other.day == moment.day for other in told)


def is_own_year(moment: Moment, text: str, issued: str | None) -> bool:
    """Whether the year of `moment` can be that of a day or month told without one."""
    bare = [other for other in moments(text) if is_within(moment, other) and not other.year]
    sure = [dated for dated, _ in days(text, issued) if int(dated[5:7] or 0) == moment.month]
    if sure:
        return any(int(dated[:4]) == moment.year for dated in sure)
    return bool(bare) and issued is not None and abs(int(issued[:4]) - moment.year) <= 1


def is_within(moment: Moment, other: Moment) -> bool:
    """Whether a day or month is the other, or the month in which the other lies."""
    return (
        moment.month == other.month != 0
        and (not moment.year or not other.year or moment.year == other.year)
        and (moment.part == "month" or moment.day == other.day)
    )


def is_near(moment: Moment, text: str, issued: str | None) -> bool:
    """Whether a day is one that `text` tells by a weekday, `yesterday` or its own date."""
    told = f"{moment.month:02}-{moment.day:02}"
    if any(
        dated[5:] == told and (not moment.year or int(dated[:4]) == moment.year)
        for dated, _ in days(text, issued)
    ):
        return True
    if issued is None or not NEARBY.search(text):
        return False
    own = date.fromisoformat(issued)
    around = [own + timedelta(days=shift) for shift in range(-WITHIN_DAYS, WITHIN_DAYS + 1)]
    named = {other.day for other in moments(text) if other.part == "weekday"}
    return any(
        (day.month, day.day) == (moment.month, moment.day)
        and (not moment.year or day.year == moment.year)
        and (not named or day.weekday() + 1 in named)
        for day in around
    )


def weekdays(text: str, issued: str | None) -> frozenset[int]:
    """The weekdays, 1 to 7, that `text` names or on which days that it names fall."""
    told = moments(text)
    found = {moment.day for moment in told if moment.part == "weekday"}
    found |= {
        WEEKDAYS.index(match[1].lower()) + 1
        for match in re.finditer(r"\b(mon|tue|wed|thu|fri|sat|sun)\w*day\b", text, re.IGNORECASE)
    }
    own = date.fromisoformat(issued) if issued else None
    for moment in told:
        year = moment.year or (own.year if own else 0)
        day = a_day(year, moment.month, moment.day) if moment.part == "day" and year else None
        found |= {day.weekday() + 1} if day else set()
    if own:
        shifts = (("yesterday", -1), ("today", 0), ("tonight", 0), ("tomorrow", 1))
        found |= {
            (own + timedelta(days=shift)).weekday() + 1
            for word, shift in shifts
            if re.search(rf"\b{word}\b", text, re.IGNORECASE)
        }
    return frozenset(found)
