"""An ISO date and a language in, the date for people out."""

from __future__ import annotations

from datetime import date

LOCALES = {"en": "en_GB"}
"""Day before month, as the brief has it everywhere."""
FIRST = {"fr": "1er", "it": "1º"}
"""The first of a month where it is no plain number; CLDR has no pattern for it."""


def worded(iso: str, language: str) -> str:
    """`22 November 2026`, `November 2026` or `2026`; anything else as it is."""
    from babel.dates import format_date, format_skeleton

    locale = LOCALES.get(language, language)
    try:
        if len(iso) == len("2026-11"):
            return format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=locale)
        if len(iso) != len("2026-11-22"):
            return iso
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    printed = format_date(day, "long", locale=locale)
    if day.day == 1 and language in FIRST:
        return FIRST[language] + printed.removeprefix("1")
    return printed
