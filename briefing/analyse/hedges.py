"""Words of caution, where they stand.

In: a document's text. Out: spans of hedges; what they hedge is for the caller. A hedge is a word
with which whoever speaks marks that what they say may not be so, or holds only roughly. Most
words that can do so also do other work (`may` permits, `could` tells what somebody was able to
do, `appear` is what one does in court), so each has its company to tell by, on either side.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.analyse.lexicon import EVIDENCE, HEDGE_PHRASES, HEDGES, HELD_PASSIVELY
from briefing.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

REACH = 90
"""Characters on either side that are looked at."""
NEVER = r"(?!)"
BE = r"(?:am|is|are|was|were|be|been|being|[’']s|[’']re)(?: not|n[’']t)?"
ADVERBS = r"(?:(?:\w+ly|now|still|also|often|not|even|yet|ever|once|well|long)\s+){0,2}"
PERSONAL = r"(?:I|we|you|he|she|they|who|people|anyone|anybody|everyone|everybody)"
QUANTITY = (
    r"(?:[$€£¥]?\d|(?:an?\s+)?(?:half|third|quarter|fifth|sixth|tenth|dozen|hundred|thousand"
    r"|million|billion)\b|(?:an?|one)\s+(?:second|minute|hour|day|week|fortnight|month|year|decade"
    r"|mile|kilometre|foot|metre|inch|tonne?|percent|per cent)\b|(?:one|two|three|four|five|six"
    r"|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety)\b)"
)
TOPIC = (
    r"\b(?:talk|talks|talked|talking|speak|spoke|spoken|speaking|ask|asked|asking|know|knew|tell"
    r"|told|think|thinking|thought|worr\w+|concern\w*|question\w*|book|books|story|stories|film"
    r"|films|song|article|information|complain\w*|hear|heard|learn\w*|read|something|all|what|how"
    r"|just)"
)


class Company(NamedTuple):
    """When a word weakens: expressions for what must and must not stand beside it.

    Attributes:
        word: The hedge itself.
        after: Must match at what follows, and `unless_after` must not.
        before: Must match at the end of what precedes, and `unless_before` must not.
    """

    word: str
    after: str = ""
    unless_after: str = NEVER
    before: str = ""
    unless_before: str = NEVER


THING = (
    r"\s+(?!(?:donor|customer|client|buyer|voter|candidate|partner|investor|supporter|witness|juror"
    r"|recruit|victim|suspect|target|user|pathway|to|for|of|that|and|or|in|on|at|by|with|from|as|is"
    r"|are|was|were|but|because|without|under|within|only|now|if|when|way|means|the|an?)s?\b)\w"
)
"""A noun that may not be so; not somebody who could take a role (`potential donors`)."""

COMPANY = (
    Company(
        r"could",
        # ability and opportunity in the past, questions and requests, what did not happen
        unless_after=r"(?:\s*(?:not\b|n[’']t)|\s+(?:only|barely|hardly|scarcely|never|no longer"
        r"|just|see|hear|feel|smell|tell|remember|recall|afford|imagine|understand|read"
        r"|be used|I|you|he|she|we|they)\b|\s+(?:\w+ly\s+)?have\s+(?!been\b))",
        unless_before=rf"\b(?:(?:so that|before|until|hope|hoped|as \w+ as)"
        rf"(?:\s+[\w’'-]+){{0,4}}\s+"
        rf"|(?:so|how|why|where|what|if|when|than|all|everything|way|wish\w*|think|thought"
        rf"|believed?|realised|realized|knew|felt)(?: that)? {PERSONAL}\s+"
        rf"|(?:who|how|why|where|than|whether|no one|nobody|{PERSONAL} ever)\s+)",
    ),
    Company(
        r"may",
        # what a law or a rule permits, and a wish
        unless_after=r"\s+(?:(?:only |also |not )?(?:issue|prescribe|delegate|redelegate|designate"
        r"|appoint|authori[sz]e|waive|grant|determine|request|submit|apply|elect|establish"
        r"|promulgate|adopt|exempt|amend|revoke|deem|direct|see fit|continue to (?:issue|grant|apply|use))"
        r"|(?:only |not )?be (?:held|found|obtained|submitted|used|filed|accessed|viewed|ordered"
        r"|purchased|construed|cited|served|appealed|amended)|God|by (?:order|regulation|rule))\b",
        unless_before=r"\b(?:as|such \w+ as(?: [\w’'-]+){1,3})\s+",
    ),
    Company(
        r"might",  # a verb, not a power
        unless_after=r"\s+(?:of|to|is|are|was|were|in)\b",
        unless_before=r"\b(?:military|economic|financial|naval|industrial|than)\s+",
    ),
    Company(r"possibly", unless_before=r"\bcan(?:not|[’']t)?\s+"),
    Company(
        r"should",  # what is foreseen, not what is right
        after=r"\s+(?:\w+ly\s+)?(?:bring in|yield|result in|suffice|be enough|be ready|arrive|last)\b",
    ),
    Company(
        # rates are compared, and `likely voters` are a term of pollsters
        r"(?:(?:most|very|quite) likely|likely|more likely than not)",
        unless_after=r"\s+(?:\w+\s+){0,2}(?:voter|electorate|caucus)",
        unless_before=r"\b(?:more|less|as|so|how|equally|twice|times|no)\s+",
    ),
    Company(
        r"unlikely",
        unless_before=r"\b(?:an?|the|this|that|these|his|her|its|their|our|my)\s+(?:most\s+)?",
    ),
    Company(
        r"appear(?:s|ed|ing)?",
        after=r"\s+(?:not\s+)?(?:\w+ly\s+)?(?:to\b|that\b|as (?:if|though)\b|in disarray\b"
        r"|(?!\w+ly\b)\w+)",
        unless_after=r"\s+(?:\w+ly\s+)?(?:at|in|on|before|for|with|alongside|beside|from|near|under"
        r"|over|by|as|via|and|or|but|regularly|live|together|here|there|last|first|next|again"
        r"|earlier|later|today|yesterday|tomorrow|to (?:the|a|an|me|him|her|us|them)|once|twice"
        r"|the|a|an|this|when|while|after|during|through|across|around|within|outside|inside)\b"
        r"(?! if\b| though\b| disarray\b| doubt\b| danger\b| a (?:hurry|mood)\b)",
        unless_before=r"\b(?:first|who|then|will)\s+",
    ),
    Company(r"(?:would|does|did|do) appear", unless_after=r"\s+(?:at|in|on|before)\b"),
    Company(
        r"suggest(?:s|ed)?",
        before=rf"\b(?:(?:{'|'.join(sorted(EVIDENCE))})s?\b[^.,;:!?]{{0,40}}?\s"
        rf"|(?:this|that|which|it|all|everything|nothing|what)\s+)"
        rf"(?:(?:would|could|might|also|does|did|do)\s+)?{ADVERBS}",
        unless_after=r"\s+by\b",
        unless_before=rf"(?:\b{PERSONAL}|\b(?:is|are|was|were|be|been|as|and))\s+{ADVERBS}",
    ),
    Company(
        rf"(?:{'|'.join(sorted(HELD_PASSIVELY))}|alleged)",
        before=rf"\b{BE}\s+{ADVERBS}",
        after=r"\s+(?:not\s+)?to\b",
    ),
    Company(
        rf"(?:{'|'.join(sorted(HELD_PASSIVELY))})",
        before=rf"\bit\s+{BE}\s+{ADVERBS}|\bit ha[sd] been\s+{ADVERBS}",
        unless_after=r"\s+(?:by|of|in|as)\b",
    ),
    Company(
        r"(?:believed|thought|understood|feared|rumoured|rumored|expected(?= to be))",
        after=r"\s+to\s+(?:be|have)\b",
        unless_before=rf"\b{PERSONAL}\s+{ADVERBS}",
    ),
    Company(r"estimate", before=r"\b(?:we|I)\s+"),
    Company(r"expected", before=r"\b(?:the|an|its|their|[’']s)\s+", after=r"\s+[a-z]"),
    Company(
        r"possible",
        after=r"\s+(?!(?:to|for|because|without|and|or|but|only|by|in|with|now|if|when)\b)\w",
        before=r"\b(?:it|that)\s*(?:is|was|[’']s|remains)\s+"
        r"(?:also\s+|still\s+|quite\s+|entirely\s+)?",
    ),
    Company(
        r"possible",
        after=THING,
        unless_before=r"\b(?:as|every|all|any|only|best|worst|earliest|where|whenever|if|much|other"
        r"|everything|anything|soon|it|make|makes|made|\w+est)\s+(?:\w+\s+)?",
    ),
    Company(
        r"potential",
        after=THING,
        unless_before=r"\b(?:each|every|full|great|huge|enormous|other|human)\s+",
    ),
    Company(
        r"(?:alleged|suspected|presumed)",
        after=r"\s+[a-z]",
        unless_after=r"\s+(?:that|the|an?|his|her|their|its|he|she|they|it|there|in|on|at|to)\b",
        unless_before=rf"\b{PERSONAL}\s+{ADVERBS}",
    ),
    Company(r"suspected", before=rf"\b{BE}\s+{ADVERBS}", after=r"\s+(?:of|to|in)\b"),
    Company(r"alleged", before=rf"\b(?:it|what|as)\s*{BE}\s+{ADVERBS}"),
    Company(
        r"apparent",
        after=THING,
        before=r"\b(?:an?|the|his|her|its|their|[’']s)\s+",
    ),
    Company(
        r"possibility",
        after=r"\s+(?:of|that)\b",
        before=r"\b(?:raise|raises|raised|raising"
        r"|real|distinct|strong)\s+(?:the\s+)?(?:\w+\s+)?",
    ),
    Company(r"possibility", before=rf"\b{BE}\s+(?:at least\s+)?{ADVERBS}an?\s+(?:\w+\s+){{0,2}}"),
    Company(
        r"supposed", unless_after=r"\s+to\b", before=r"\b(?:the|a|its|their|his|her|this|[’']s)\s+"
    ),
    Company(r"doubtful", after=r"\s+(?:that|whether|if)\b", before=rf"\b{BE}\s+{ADVERBS}"),
    Company(
        r"(?:I|we) (?:think|suppose|guess|suspect|assume|presume|imagine)",
        # an opinion of what is good or should be done is none the weaker for it
        unless_after=r"\s+(?:about|of)\b|[^.,;!?]{0,60}\b(?:should|must|needs?|have to|has to"
        r"|ought|good|great|better|best|bad|wrong|right|important|fair|wonderful|idea|time to)\b",
        unless_before=r"\b(?:when|what|how|as|whom|people)\s+",
    ),
    Company(
        r"I don[’']t think",
        unless_after=r"[^.,;!?]{0,60}\b(?:should|must|need|have to|good|right|fair)\b",
    ),
    Company(r"one (?:could|might|may) (?:say|argue|postulate|suggest|think|add)"),
    Company(r"looks? (?:as (?:if|though)|set|likely|unlikely|poised)(?= )"),
    Company(r"about", after=rf"\s+{QUANTITY}(?!-year-old)", unless_before=rf"{TOPIC}\s+"),
    Company(r"around", after=r"\s+[$€£¥]?\d"),
    Company(r"an estimated", after=rf"\s+{QUANTITY}"),
)


class Rule(NamedTuple):
    """A `Company`, compiled."""

    word: re.Pattern[str]
    after: re.Pattern[str]
    unless_after: re.Pattern[str]
    before: re.Pattern[str]
    unless_before: re.Pattern[str]

    def places(self, text: str) -> Iterator[Span]:
        """Where the word stands in the company it needs."""
        for match in self.word.finditer(text):
            start, end = match.span()
            left, right = max(0, start - REACH), min(len(text), end + REACH)
            if (
                match.group() != "May"  # the month or a name; before a subject a wish
                and self.after.match(text, end, right)
                and not self.unless_after.match(text, end, right)
                and self.before.search(text, left, start)
                and not self.unless_before.search(text, left, start)
            ):
                yield Span(start, end)


@cache
def rules() -> tuple[Rule, ...]:
    """The expressions for all hedges."""
    always = Company("|".join(map(re.escape, (*HEDGE_PHRASES, *sorted(HEDGES)))))
    return tuple(
        Rule(
            compiled(rf"\b(?:{each.word})\b"),
            compiled(each.after),
            compiled(each.unless_after),
            compiled(rf"(?:{each.before})\Z"),
            compiled(rf"(?:{each.unless_before})\Z"),
        )
        for each in (always, *COMPANY)
    )


def compiled(expression: str) -> re.Pattern[str]:
    """An expression in which a space stands for any white space, a line's end included."""
    return re.compile(re.sub(r"\\? ", r"\\s+", expression), re.IGNORECASE)


def hedges(text: str) -> tuple[Span, ...]:
    """All hedges of a text, in order; of two that overlap, the longer one."""
    kept: list[Span] = []
    for span in sorted(span for rule in rules() for span in rule.places(text)):
        if not kept or kept[-1].end <= span.start:
            kept.append(span)
        elif kept[-1].end - kept[-1].start < span.end - span.start:
            kept[-1] = span
    return tuple(kept)


def among(found: tuple[Span, ...], spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Those of `found` that lie within one of `spans`."""
    return tuple(hedge for hedge in found if any(span.contains(hedge) for span in spans))
