"""A sentence in, the words by which it says that something is not known or not decided out.

English only. Small closed classes of words, and no parse: what is said in other words is missed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.quantities.stems import stems

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_WORDS = 45
"""Words of a sentence that one line of a page can show."""

# In these tables a space stands for white space of any kind.
ASKED = (
    r"(?:(?:exactly|precisely|just) )?"
    r"(?:whether(?! or not\b)|who|whom|whose|what|when|where|why|which|how)\b(?! to\b)"
)
ABOUT = rf"(?:(?:yet|about|on|as to|of|over) )*{ASKED}"
"""A clause that asks something: `whether wells count`, `about how much it costs`."""
NOT = r"(?:not|n[’']t)"
BE = r"(?:is|are|was|were|[’']s)"
STAY = r"(?:remain(?:s|ed)?|stay(?:s|ed)?)"
HAVE = r"(?:has|have|[’']ve)"
DO = r"(?:do|does|did|would|will|wo|could|can?)"
SOFT = (
    r"(?:(?:yet|still|also|so far|as yet|immediately|entirely|quite|fully|at all|publicly|even"
    r"|currently|at present|simply|really|formally|finally|officially) )*"
)
OPEN = (
    r"(?:un(?:clear|known|certain|decided|resolved|settled|determined|answered|explained"
    r"|disclosed)|an? (?:\w+ )?(?:open question|mystery)|open(?= on \w+day\b|[.,;]|$)"
    r"|anyone[’']s guess|(?:a )?matter of (?:speculation|conjecture))"
)
SHUT = (
    r"(?:clear|known|certain|sure|decided|settled|resolved|determined|established|understood"
    r"|apparent|fixed|agreed|disclosed|announced|published|confirmed|identified)"
)
TELL = (
    r"(?:say|disclose|reveal|specify|announce|explain|publish|release|confirm|determine|decide"
    r"|identify|establish|settle|state|clarify|detail|indicate|make clear|spell out|set out)"
)
TOLD = (
    r"(?:said|disclosed|revealed|specified|announced|explained|published|released|confirmed"
    r"|determined|decided|identified|established|settled|stated|clarified|detailed|indicated"
    r"|made (?:clear|public)|spel(?:led|t) out|set out|agreed|fixed|named|set|worked out"
    r"|finali[sz]ed)"
)
KEPT = r"(?:(?:the|any|a|an|its|their|his|her|further|more|specific|exact|other) )*"
FACTS = (
    r"(?:details?|figures?|numbers?|reasons?|dates?|explanation|timetable|timeline|information"
    r"|motives?|causes?|amounts?|terms|prices?|costs?|names?|identit(?:y|ies)|decisions?)\b"
)
NOBODY = r"\b(?:nobody|no one|no-one|none of (?:\w+ ){1,4}?|neither (?:\w+ ){1,4}?)"

WAYS = (
    # it is unclear whether; how much it costs remains unknown; what follows is not known
    rf"\bit (?:{BE}|{STAY}|would be) {SOFT}{OPEN},? (?:\w+ ){{0,3}}?{ABOUT}",
    rf"\b{BE} ?{NOT} {SOFT}{SHUT} (?:\w+ ){{0,4}}?{ABOUT}",
    (
        rf"^\W*(?:(?:but|and|still|just),? )?{ASKED}[^?;:]{{8,}}? (?:{BE}|{STAY}) {SOFT}"
        rf"(?:{OPEN}|{NOT} {SOFT}{SHUT})\b"
    ),
    # the fate of the mill remains open; the rules are still under review
    rf"(?<!\bit\s)\b{STAY} {SOFT}(?!open\b(?! question)){OPEN}(?! about\b)",
    rf"\b{STAY} to be (?:seen|decided|settled|agreed|determined|worked out|explained)\b",
    (
        rf"\b(?:{BE}|{STAY}) (?:still |also )*(?:under|up for) (?:review|consideration|discussion"
        r"|negotiation|investigation|debate)\b"
    ),
    (
        rf"\b{BE} still (?:being (?:decided|worked out|discussed|negotiated|considered|investigated"
        rf"|determined)\b|{OPEN})"
    ),
    (
        rf"\b{FACTS} (?:[^.,;:?]{{0,60}}? )?{BE}(?: {SOFT}(?:unclear|unknown|undisclosed)"
        rf"| ?{NOT} {SOFT}(?:known|disclosed|released|published|announced|available))\b"
    ),
    # nobody can say when; whether wells count, no one knows; we do not know how much
    (
        rf"{NOBODY} (?:\w+ ){{0,5}}?(?:knows?|(?:can|could|to|will|would) (?:say|tell)|has said)"
        rf" (?:us |them )?{ABOUT}"
    ),
    rf"^\W*{ASKED}[^?;:]{{8,}}?, {NOBODY}[^?;:]*\b(?:knows?|say|tell)\b",
    (
        rf"\b(?<!\bI\s)(?<!\byou\s)(?<!\bhe\s)(?<!\bshe\s)(?<!\bthey\s)(?:do|does) ?{NOT} (?:yet |still )?know"
        rf" (?:\w+ ){{0,2}}?{ABOUT}"
    ),
    rf"\bdo (?:we|they) know {ABOUT}",
    # the ministry did not say when; it declined to give a reason; she could not say whether
    rf"\b{DO} ?{NOT} {SOFT}(?:{TELL}|tell \w+|be {TOLD}) (?:\w+ ){{0,3}}?{ABOUT}",
    rf"\b{DO} ?{NOT} {SOFT}(?:{TELL}|give|provide|offer) {KEPT}{FACTS}",
    (
        rf"\b(?:declin|refus)(?:es|ed|ing|e) to (?:{TELL}|comment|discuss|be drawn|give|provide"
        rf"|answer) (?:(?:\w+ ){{0,3}}?{ABOUT}|(?:on )?{KEPT}{FACTS})"
    ),
    # the council has not said who; the price has not been fixed; it has yet to decide
    rf"\b{HAVE} ?{NOT} {SOFT}{TOLD} (?:\w+ ){{0,3}}?{ABOUT}",
    rf"\b{HAVE} ?{NOT} {SOFT}been {SOFT}{TOLD}\b(?! (?:by|as|for|in|since|to|at|from|with)\b)",
    rf"\b(?:{HAVE}|{BE}|{STAY}) {SOFT}yet to (?:{TELL}|be {TOLD}|agree|choose|give|set)\b",
    # no figures have been published; there is no word on when
    (
        rf"\bno (?:\w+ )?{FACTS}(?: (?:on|of|for|about) (?:\S+ ){{1,6}}?| )(?:{HAVE} {SOFT}(?:been )?"
        rf"{SOFT}(?:{TOLD}|given|made|taken|reached|provided)|{BE} {SOFT}(?:{TOLD}|given|available))\b"
    ),
    rf"\bno (?:immediate )?(?:word|information|indication)(?: yet)? {ABOUT}",
    # the question is who; questions about how it sank remain; the union wants to know whether
    rf"\b(?:the|one|a|another) (?:\w+ )?question (?:now )?(?:is|remains),? {ASKED} \w",
    (
        rf"\bquestions? (?:(?:of|as to|about|over) )?(?:{ASKED}[^.;:?]{{4,}}? )?{STAY}"
        rf"(?=[.,;]| (?:unanswered|open|about|over|as to)\b| {ASKED})"
    ),
    rf"\bunanswered questions? .{{0,60}}?{ABOUT}",
    rf"\bwants? to know {ASKED}",
)
"""How a sentence says that something is open."""
NOT_KNOWN = (
    rf"\b(?:can|do|does|did) ?{NOT} (?:yet )?(?:say|know|tell)\b",
    rf"\b(?:do|does) ?{NOT} have (?:that|the|an|this) (?:number|figure|answer|information)\b",
    rf"{NOBODY}.*\b(?:say|knows?|told|tells?|said|answered)\b",
    rf"\b(?:{HAVE}|{BE}) ?{NOT} {SOFT}(?:been )?(?:told|said|answered|decided|known|clear)\b",
    r"\bbeing (?:examined|considered|discussed|decided|looked (?:at|into)|worked out)\b",
)
"""How somebody answers that there is no answer."""


def to_pattern(ways: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all of `ways`."""
    joined = "|".join(ways).replace(" ?", r"\s*").replace(" ", r"\s+")
    return re.compile(joined, re.IGNORECASE)


LEFT_OPEN = to_pattern(WAYS)
NO_ANSWER = to_pattern(NOT_KNOWN)
HINT = re.compile(
    r"\bun(?:clear|known|certain|decided|resolved|settled|determined|answered|explained|disclosed)"
    r"|\b(?:no|not|cannot|nobody|no-one|none|neither|nor|yet|still|mystery|guess|speculation"
    r"|conjecture|remain\w*|stay\w*|declin\w+|refus\w+|questions?|under|up for|to know)\b|n[’']t\b",
    re.IGNORECASE,
)
"""What a sentence that leaves something open has at least one of, for speed."""
SUPPOSED = re.compile(r"\b(?:if|unless|until|in case)\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
"""What makes the words after it a supposition: `if it is not clear who pays`."""
RELATIVE = re.compile(
    r"\b(?:who|which|that)\s+(?:(?:\w+ly|still|also)\s+)?$|\bwhose\s+(?:\S+\s+){0,2}$",
    re.IGNORECASE,
)
"""What makes them an aside: `the man, who has not been named`."""
LEANING = re.compile(
    r"\b(?:this(?!\s+(?:year|week|month|summer|autumn|winter|spring))|these|such|you|your|I|me|my"
    r"|that(?=\s*[.,;]|\s+(?:is|was|will|would|has|had)\b))\b",
    re.IGNORECASE,
)
"""Words that point to the text before, or to whoever speaks."""
REFERRING = re.compile(r"\b(?:he|she|it|they|him|her|them|his|hers|its|theirs?)\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def unsettled(text: str) -> tuple[int, int] | None:
    """Where a sentence says that something is not known, decided, answered or disclosed.

    Args:
        text: One sentence.

    Returns:
        Offsets of the words that say so; None where none do, where they are a supposition or an
        aside, or where the sentence cannot be read without those before it.
    """
    if not HINT.search(text) or text.endswith("?") or len(text.split()) > MOST_WORDS:
        return None
    for match in LEFT_OPEN.finditer(text):
        before = text[: match.start()]
        aside = RELATIVE.search(before) and not match[0].lower().startswith("it")
        if not aside and not SUPPOSED.search(before) and stands(text, match.span()):
            return match.span()
    return None


def is_no_answer(text: str) -> bool:
    """Whether a sentence, as `We cannot say`, tells that the question before it has no answer."""
    return NO_ANSWER.search(text) is not None or LEFT_OPEN.search(text) is not None


def stands(text: str, cue: tuple[int, int]) -> bool:
    """Whether nothing in a sentence but its `cue` (`it is unclear`) leans on the text before."""
    return not LEANING.search(text) and all(
        # A pronoun stands for something named earlier in the same sentence, or in an earlier one.
        stems(told)
        for told in before_pronouns(text, cue)
    )


def before_pronouns(text: str, cue: tuple[int, int]) -> Iterator[str]:
    """What stands before each pronoun of `text`, without the `cue` and the `it` in front of it."""
    for match in REFERRING.finditer(text):
        gap = text[match.end() : cue[0]]
        empty = match[0].lower() == "it" and match.end() <= cue[0] and not gap.strip()
        if match.start() != cue[0] and not empty:
            yield text[: min(match.start(), cue[0])] + " " + text[cue[1] : match.start()]
