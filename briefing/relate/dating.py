"""A sentence in, the date on which it places what it tells out: most sentences have none.

A sentence that asks, supposes or credits tells of no event, nor does the day on which its source
appeared date one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Span
from briefing.marks import stands_quoted
from briefing.quantities.days import VERB, Day, days
from briefing.relate.matters import YEAR
from briefing.relate.unsettled import unsettled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.document import Document, Sentence
    from briefing.findings import Reading

SHORTEST, LONGEST = 6, 60
"""Words of a sentence that can be printed as an event."""
MOST_DATES = 2
NO_EVENT = re.compile(
    r"\b(?:photos?|photographs?|pictured|picture|image|caption|getty|courtesy|copyright|updated"
    r"|posted|published (?:on|at|in)|last modified|retrieved|accessed|isbn|doi|https?|www|subscribe"
    r"|newsletter|press release|for immediate release|file|this (?:article|story|version))\b|[@©|#]"
    r"|\bnot be reached\b|\b(?:said|says|told|did|does|do)\s(?:\S+\s){0,3}so\b"
    r"|\b(?:if|unless|provided that|in case|suppose|imagine)\b",
    re.IGNORECASE,
)
"""What a caption, a credit line, a byline or a supposition has in it."""
DEPENDENT = re.compile(
    r"\b(?:who|which|that|whose|whom|where|when|since|because|as|after|before|while|than|compared"
    r"|although|though|until|(?:for|of|from|by|without)\s+(?:\w+ly\s+)?\w+ing)\b",
    re.IGNORECASE,
)


def main_day(
    document: Document, reading: Reading, index: int, sentence: Sentence
) -> Iterator[Day]:
    """The date on which a sentence places what it tells, if it is an event and has one."""
    words = document[sentence.span]
    if sentence.kind == "heading" or sentence.span.start < document.body_start:
        return
    alone = document.date is not None and not other_years(document, reading, index)
    found = days(words, document.date, alone=alone)
    if not found or len({day.date for day in found}) > MOST_DATES or not is_event(words):
        return
    best = min(found, key=lambda day: (-len(day.date), day.span))
    # Beside a day that is not known a month or year hardly dates what the sentence tells.
    vague = len(best.date) < len("2027-03-01") and any(not day.date for day in found)
    if vague or not best.date:
        return
    start, end = best.span
    at = Span(sentence.span.start + start, sentence.span.start + end)
    explicit = best.date[:4] in words[start:end]
    # Whoever is quoted may speak on another day than that of the document.
    if not explicit and stands_quoted(document.text, *at):
        return
    published = explicit and best.date == document.date
    year = len(best.date) == len("2027")
    if not published and (not year or is_adverbial(words, best.span)):
        yield best


def other_years(document: Document, reading: Reading, index: int) -> bool:
    """Whether the paragraph has named another year than its document's before, or does so now."""
    sentence = reading.sentences[index]
    first = index
    while first and reading.sentences[first - 1].paragraph == sentence.paragraph:
        first -= 1
    named = YEAR.findall(document.text, reading.sentences[first].span.start, sentence.span.end)
    return any(year != (document.date or "")[:4] for year in named)


def is_event(words: str) -> bool:
    """Whether a sentence tells something: no question, caption or condition, nor what is open."""
    count = len(words.split())
    return (
        SHORTEST <= count <= LONGEST
        and not words.endswith("?")
        and VERB.search(words) is not None
        and not NO_EVENT.search(words)
        and not unsettled(words)
    )


def is_adverbial(words: str, span: Span) -> bool:
    """Whether a year stands at the start or the end of a sentence, and in its main clause."""
    before, after = words[: span.start], words[span.end :]
    if not before.strip(' “"‘-*'):
        return True
    return not after.strip(' .”"’') and not DEPENDENT.search(before)
