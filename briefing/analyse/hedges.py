"""The author's own words of caution, where they stand.

In: a document's text. Out: spans of hedges; what they hedge is for the caller.
"""

from __future__ import annotations

import re
from functools import cache

from briefing.analyse.lexicon import HEDGE_PHRASES, HEDGES
from briefing.document import Span

MAY_MONTH = re.compile(r"\bMay\b")
PERSONAL = r"one (?:could|might|may) (?:say|argue|postulate|suggest|think|add)"


@cache
def pattern() -> re.Pattern[str]:
    """One expression for all hedges, longest first."""
    phrases = [re.escape(phrase) for phrase in HEDGE_PHRASES]
    words = sorted(HEDGES, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{PERSONAL}|{'|'.join(phrases + words)})\b", re.IGNORECASE)


def hedges(text: str) -> tuple[Span, ...]:
    """All hedges of a text, in order; the month of May is none."""
    return tuple(
        Span(*match.span())
        for match in pattern().finditer(text)
        if not MAY_MONTH.match(match.group()) or starts_sentence(text, match.start())
    )


def starts_sentence(text: str, at: int) -> bool:
    """Whether only white space and a full stop stand before `at`."""
    before = text[:at].rstrip()
    return not before or before[-1] in ".!?"


def among(found: tuple[Span, ...], spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Those of `found` that lie within one of `spans`."""
    return tuple(hedge for hedge in found if any(span.contains(hedge) for span in spans))
