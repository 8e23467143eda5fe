"""A sentence and the date of its document in, the calendar dates on which it places something out.

English only, and only what can be told for sure: `03/04/2026` is read in two ways, `soon` in many,
and `on 1 March` needs a dated document. A date that only names a thing (`the March 2020 vote`) or
bounds a time (`since 2019`) places nothing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from briefing.document import Span
from briefing.quantities.labels import MONTH_NAME

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
WEEKDAYS = "mon tue wed thu fri sat sun".split()
SURE_DAYS = 300
"""Days from its document's date within which a day or month is told without its year."""
WEEK_DAYS = 7

MONTH = rf"(?P<month>{MONTH_NAME})(?!\w)"
LONG_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b"
)
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\w:%]|[-–/.,]\d)"
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\w%]|[.,]\d|\s?[-–/]\s?\d)"
WEEKDAY = r"(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
PART = r"(?:\s+(?:morning|afternoon|evening|night)\b)?"
LAST = r"(?:(?:\s+of)?\s+(?P<last>last)\s+year\b)"
WHERE = (
    r"(?:early|late|mid-?|(?:the\s+)?(?:end|middle|beginning|start|spring|summer|autumn|fall|winter"
    r"|(?:first|second)\s+half|(?:first|second|third|fourth|last)\s+quarter)\s+(?:of|in))"
)
FORMS = (
    rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?\b{DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+{YEAR}|{LAST})?",
    rf"\b(?:{WEEKDAY}{PART},?\s+)?{MONTH}\s+{DAY}(?:,?\s+{YEAR}|{LAST})?",
    r"\b(?P<year>(?:1[5-9]|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>\d\d)(?![\w-])",
    rf"\b(?:{WHERE}\s+)?{MONTH},?\s+(?:of\s+)?{YEAR}",
    rf"\b(?:[Ii]n|[Bb]y)\s+(?:{WHERE}\s+)?{LONG_MONTH}(?!\s+(?:of\s+)?\d){LAST}?",
    rf"\b(?:[Ii]n|[Bb]y|[Dd]uring|[Aa]t)\s+(?:{WHERE}\s+)?{YEAR}",
    rf"\b(?:[Oo]n\s+)?{WEEKDAY}{PART}(?!,?\s+(?:{MONTH_NAME}(?!\w)|\d))",
    r"\b(?P<told>[Yy]esterday|[Ll]ast month)\b",
)
"""Of two that find the same words the first counts."""
PATTERNS = tuple(re.compile(form) for form in FORMS)
HINT = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|[a-z]day\b"
    r"|\b(?:[Yy]esterday|[Ll]ast month)\b"
)
"""What a sentence without a date does not have, for speed."""
NAMING = re.compile(
    r"(?:\b(?:the|an?|this|that|these|those|each|every|its|their|his|her|our|my|your|any|no|some"
    r"|other|next|coming|following|previous|last|past|since|until|till|before|after|prior to|ahead"
    r" of|as of|through|between|than|and|or|to|versus|compared with|like|as|dated|of|for|per|early"
    r"|late|mid)|[’']s?|\d|[-–/])\s*$",
    re.IGNORECASE,
)
"""Words before a date that make it part of a name, or a bound."""
LIKENING = re.compile(r"\b(?:than|as|like|since|until|till|before|after)\s+$", re.IGNORECASE)
"""Such words before a date with its own preposition: `more than in 2019`."""
PLACING = re.compile(
    r"(?:\b(?:the|on the) (?:morning|afternoon|evening|night|day) of|\b(?:scheduled|set|planned|slated"
    r"|due|called|booked|fixed|expected) for)\s*$",
    re.IGNORECASE,
)
"""Such words that place something all the same."""
PLACED = re.compile(
    r"\b(?:on|in|by|from|during|around|about|at|effective|starting|beginning)\s*$", re.I
)
AFTER = re.compile(
    r"\s*(?:$|[.,;:)!?”\"’]|(?:at|in|on|to|and|but|after|before|when|as|with|by|from|for|that"
    r"|because|while|where|during|near|outside|over|against|following|amid|if|under|into|the|an?)\b)",
    re.IGNORECASE,
)
"""What follows a date that stands without a preposition."""
NOUN_AFTER = re.compile(
    r"[’']s?\s|[-–]\w|\s+(?:dollars|prices|terms|money|levels?|figures|budget|season|edition|deadline"
    r"|election|census|report)\b"
)
COMPARED = re.compile(
    r"\b(?:from|than|versus|against|compared\s+(?:to|with))\s+(?:\w+\s+){0,2}[^\w\s]?\d(?:\S*\s+){1,4}$",
    re.IGNORECASE,
)
"""What stands before a date with which another is compared: `down from 37 percent in`."""
RANGE_AFTER = re.compile(
    r"\s*(?:to|until|till|through|and|[-–])\s+(?:the\s+)?(?:\d{1,2}\b|(?:1[5-9]|20)\d\d\b|(?:end|early|mid"
    rf"|late)\b|{MONTH_NAME}(?!\w))"
)
MODAL = r"(?:will|would|shall|should|may|might|could|can|must|(?:is|are|was|were|going) to)"
FUTURE = (
    rf"{MODAL}(?:\s+(?:not|also|now|be|have|been|\w+ly))*\s+\w+|plan(?:s|ned)?|expect(?:s|ed)?"
    r"|schedul(?:es?|ed)|due|set|slated|propos(?:es?|ed)|intend(?:s|ed)?|(?:means?|wants?|hopes?|aims?) to"
    r"|[’']ll"
)
PAST = (
    r"was|were|had|did|went|came|began|took|gave|made|met|won|lost|fell|rose|held"
    r"|left|sent|told|said|saw|got|put|hit|ran|shot|struck|broke|became|found|wrote|brought|spoke"
    r"|cut|grew|led|sold|bought|paid|drew|stood|died|\w{2,}[^e\W]ed"
)
OPEN = (
    r"to\s+(?:be\s+)?[a-z]+|(?:has|have)(?:\s+\w+)??\s+\w+(?:ed|en|n|t)"
    r"|(?:is|are|be|being)\s+(?!schedul|expect|plan|due|set|slated|propos|intend|to\b)(?:\w+ly\s+)?"
    r"\w+(?:ed|en|n|t)"
)
VERB = re.compile(
    rf"\b(?:(?P<future>{FUTURE})|(?P<open>{OPEN})|(?P<past>{PAST}))\b", re.IGNORECASE
)
"""The verbs of a clause as far as short ones show them, and what leaves their time open."""
SAYING = (
    r"(?:sa(?:id|ys?)|t(?:old|ells?)|add(?:s|ed)|w(?:rote|rites)|tweet(?:s|ed)|stat(?:es|ed)"
    r"|report(?:s|ed)|not(?:es|ed)|ask(?:s|ed)|repl(?:ies|ied)|expl(?:ains|ained)|argu(?:es|ed)"
    r"|insist(?:s|ed)|warn(?:s|ed)|acknowledg(?:es|ed)|testif(?:ies|ied)|sp(?:oke|eaks|eaking)"
    r"|post(?:s|ed)|according|statement|interview|email|e-mail|conference|briefing|reporters)"
)
SAID_BEFORE = re.compile(rf"\b{SAYING}\b(?:\s+[\w’'-]+){{0,4}}\s*$", re.IGNORECASE)
SAID_AFTER = re.compile(rf"\W*(?:[\w.’'-]+\W+){{0,8}}?{SAYING}\b", re.IGNORECASE)

NAME_BEFORE = re.compile(r"\b[A-Z][\w’'-]*\s+$")
"""A name before a weekday, which may be part of it: `Easter Sunday`."""


class Day(NamedTuple):
    """When a sentence places something, and the words that say so.

    `2027-03-01`, `2027-03` or `2027`; empty where it cannot be told for sure.
    """

    date: str
    span: Span


@lru_cache(maxsize=4096)
def days(text: str, issued: str | None, *, alone: bool = True) -> tuple[Day, ...]:
    """The dates on which a sentence places something, in the order of its words.

    Args:
        text: The sentence.
        issued: ISO date of its document, or None; without it no year is added to a day or month.
        alone: Whether no other year stands near, to which a day or month may belong instead.
    """
    if not HINT.search(text):
        return ()
    from_day = date.fromisoformat(issued) if issued and alone else None
    taken: list[Span] = []
    found = []
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if any(map(span.overlaps, taken)):
                continue
            taken.append(span)
            if is_placed(text, match) and not is_spoken(text, match):
                found.append(Day(resolve(text, match, from_day) or "", span))
    return tuple(sorted(found, key=lambda one: one.span))


def is_placed(text: str, match: re.Match[str]) -> bool:
    """Whether a date tells when something is, rather than which thing is meant."""
    before, after = text[: match.start()], text[match.end() :]
    if NOUN_AFTER.match(after) or RANGE_AFTER.match(after) or COMPARED.search(before):
        return False
    if PLACED.match(match[0].split()[0]):
        return LIKENING.search(before) is None
    if NAMING.search(before) and not PLACING.search(before):
        return False
    return bool(PLACED.search(before) or AFTER.match(after))


def resolve(text: str, match: re.Match[str], issued: date | None) -> str | None:
    """The ISO date that `match` gives; None where it gives none for sure."""
    parts = match.groupdict()
    year, month, day = (parts.get(name) for name in ("year", "month", "day"))
    number = to_number(month) if month else 0
    weekday = parts.get("weekday")
    if parts.get("last"):
        year = str(issued.year - 1) if issued else None
        issued = None
    if day:
        years = [int(year)] if year else years_near(issued)
        told = [one for one in (a_day(each, number, int(day)) for each in years) if one]
        fits = [one for one in told if not weekday or is_weekday(one, weekday)]
        if not year:
            fits = fitting(text, match, fits, issued)
        return fits[0].isoformat() if len(fits) == 1 else None
    if month:
        if year:
            return f"{year}-{number:02}"
        told = [date(each, number, 1) for each in years_near(issued)]
        fits = fitting(text, match, told, issued and issued.replace(day=1))
        return fits[0].isoformat()[:7] if len(fits) == 1 else None
    if year:
        return year
    return relative(text, match, issued)


def to_number(month: str) -> int:
    """1 to 12 for the name or number of a month."""
    return int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1


def a_day(year: int, month: int, day: int) -> date | None:
    """The day, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_weekday(day: date, name: str) -> bool:
    """Whether `day` is the weekday whose name begins so."""
    return WEEKDAYS[day.weekday()] == name[:3].lower()


def years_near(issued: date | None) -> list[int]:
    """The years to which a day or month without one may belong."""
    return [issued.year + shift for shift in (-1, 0, 1)] if issued else []


def fitting(text: str, match: re.Match[str], told: list[date], issued: date | None) -> list[date]:
    """Those of `told` that agree with the tense of their clause: the last past or the next."""
    tense = tense_at(text, match)
    if issued is None or not tense:
        return []
    if tense == "past":
        return [one for one in told if 0 <= (issued - one).days <= SURE_DAYS][-1:]
    return [one for one in told if 0 <= (one - issued).days <= SURE_DAYS][:1]


def tense_at(text: str, match: re.Match[str]) -> str | None:
    """Whether what is told at a date is `past` or `future`, by the nearest verb; else None."""
    before = [*VERB.finditer(text, 0, match.start())]
    nearest = before[-1] if before else VERB.search(text, match.end())
    kind = nearest.lastgroup if nearest else None
    return kind if kind in ("past", "future") else None


def is_spoken(text: str, match: re.Match[str]) -> bool:
    """Whether a weekday or `yesterday` only tells when something was said, or is part of a name."""
    parts = match.groupdict()
    if parts.get("month") or parts.get("year"):
        return False
    before, after = text[: match.start()], text[match.end() :]
    said = SAID_BEFORE.search(before) or (not before.strip() and SAID_AFTER.match(after))
    return bool(said or (match[0][:1].isupper() and NAME_BEFORE.search(before)))


def relative(text: str, match: re.Match[str], issued: date | None) -> str | None:
    """The date of `yesterday`, `last month` or a weekday in the past; None where it is not sure."""
    if issued is None or tense_at(text, match) != "past":
        return None
    told = (match.groupdict().get("told") or "").lower()
    if told == "last month":
        return (issued.replace(day=1) - timedelta(days=1)).isoformat()[:7]
    if told:
        return (issued - timedelta(days=1)).isoformat()
    week = (issued - timedelta(days=back) for back in range(WEEK_DAYS))
    return next(one.isoformat() for one in week if is_weekday(one, match["weekday"]))
