"""Dates as sources write them, to ISO `YYYY-MM-DD`.

In: a string or a time tuple. Out: the date, or None where it is not in a standard or spelled-out
form. `03/04/2026` is read in two ways, so it is not taken.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
SPELLED = (
    re.compile(rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+(?P<year>\d{{4}})", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})", re.IGNORECASE),
)
PDF = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:$|[T ])")


def iso_date(text: str) -> str | None:
    """The date that `text` is, from ISO 8601, RFC 5322 or a month spelled out in English."""
    text = text.strip()
    if ISO.match(text):
        return _checked(text[:10]) if _is_iso_time(text) else None
    for pattern in SPELLED:
        if match := pattern.fullmatch(text):
            month = _month(match["month"])
            return day(int(match["year"]), month, int(match["day"])) if month else None
    if re.match(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}", text):
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, IndexError, TypeError):
            return None
        return day(moment.year, moment.month, moment.day)
    return None


def pdf_date(text: str) -> str | None:
    """The date of a PDF date string such as `D:20260312101500Z`."""
    match = PDF.match(text.strip())
    return day(int(match[1]), int(match[2]), int(match[3])) if match else None


def tuple_date(moment: Sequence[int] | None) -> str | None:
    """The date of a time tuple, as feedparser gives it."""
    return day(moment[0], moment[1], moment[2]) if moment and len(moment) >= 3 else None


def day(year: int, month: int, day_of_month: int) -> str | None:
    """An ISO date, or None where no such day exists or the year is out of all reason."""
    try:
        found = date(year, month, day_of_month)
    except (ValueError, OverflowError):
        return None
    return found.isoformat() if 1500 <= found.year <= 2200 else None


def _checked(text: str) -> str | None:
    year, month, day_of_month = text.split("-")
    return day(int(year), int(month), int(day_of_month))


def _is_iso_time(text: str) -> bool:
    """Whether all of `text` is an ISO date or moment, so that prose after a date is not taken."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _month(name: str) -> int | None:
    """1 to 12 for a month's English name or its abbreviation, else None."""
    name = name.lower()
    if name == "sept":
        return 9
    for number, month in enumerate(MONTHS, start=1):
        if name == month or (len(name) == 3 and month.startswith(name)):
            return number
    return None
