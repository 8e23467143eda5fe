"""Hedges of the grounds that a sentence drops or hardens; one that it adds is no fault.

Three rules: a hedged clause that the sentence repeats must keep a hedge; a rough or bounded
amount must stay one; and what is planned, hoped or possible must not be told as what will be.
"""

from __future__ import annotations

import math
import re
from itertools import chain
from typing import TYPE_CHECKING

from briefing.document import Span
from briefing.quantities.stems import stem
from briefing.verify.amounts import amounts, anchors, stands_for
from briefing.verify.grounds import Case, Fault, Stretch, clauses, share, telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.quantities.figures import Quantity

POSSIBLE = re.compile(
    r"\b(?:may(?! \d)|might|could|can|possib\w+|perhaps|maybe|potential\w*|conceivabl\w+|risks?|risked"
    r"|risking|threat\w*|danger\w*|chances?|uncertain\w*|unclear|doubt\w*|fears?|feared|allege\w*"
    r"|alleging|allegation\w*|claims?|claimed|claiming|suggest\w*|suspect\w*|if|whether|consider\w*"
    r"|open to|arguabl\w+|purported\w*|rumou?r\w*|unconfirmed|unproven|unverified|question\w*"
    r"|reported(?:ly)?|hint\w*|indicat\w+|not certain|not sure|option\w*)\b",
    re.IGNORECASE,
)
PROBABLE = re.compile(
    r"\b(?:(?:un)?likely|likelihood|probab\w+|expect\w*|forecast\w*|predict\w*|project(?:ed|s|ions?)"
    r"|seem\w*|appear\w*|apparent\w*|believ\w+|belief|thinks?|thought|thinking|estimat\w+|presum\w+"
    r"|suppos\w+|should|assum\w+|understood|plans?|planned|planning|propos\w+|inten[dt]\w*|hop(?:e|es"
    r"|ed|ing)|aim(?:s|ed|ing)?|wants?|wanted|seeks?|sought|seeking|would|tend(?:s|ed)?|set to|due to|due"
    r"|on course|on track|looks?|looking|poised|anticipat\w+|view(?:s|ed)?|opinion|guess\w*|ought"
    r"|wish\w*|promis\w+|pledg\w+|vow\w*|reckon\w*|(?:is|are|was|were) (?:\w+ )?said|sees?|as far as|nearly|almost|about|roughly|around"
    r"|largely|mostly|partly|signs?|willing|ready|prepared|ask\w*|demand\w*|call(?:s|ed|ing)? for"
    r"|urg\w+|warn\w*|tentativ\w+|provisional\w*|wary|cautio\w+|caveat\w*|potentially|offer\w*)\b",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"\b(?:probab\w+|likely|certain\w*|undoubtedly|definitely|surely)\b", re.IGNORECASE
)
MODAL_POSSIBLE = re.compile(
    r"\b(?:may|might|could|possibl[ey]|perhaps|maybe|conceivably|potentially|possibility)\b",
    re.IGNORECASE,
)
ROUGH = re.compile(
    r"\b(?:about|around|roughly|approximately|an? estimated|some|nearly|almost|more than|less than"
    r"|at least|at most|up to|over|under)\b",
    re.IGNORECASE,
)
ESTIMATED = re.compile(
    r"\b(?:estimat\w+|put at|puts|rough\w*|approximat\w*|close to|or so|odd|minimum|maximum|limit\w*"
    r"|cap(?:ped|s)?|ceiling|floor|exceed\w*|above|below|top\w*|as (?:many|much|few|little|low|high)"
    r"|only|fewer|less|more|no|not|least|most|or more|just|cannot|never)\b",
    re.IGNORECASE,
)
ADVERBS = r"(?:(?:not|also|still|now|soon|even|yet|only|\w+ly|be|have|been)\s+)*"
INTENT = re.compile(
    r"\b(?P<cue>(?:plan|propos|intend|hop|aim|want|seek|wish|expect|threaten)(?:e?s|e?d|ing|e)?|sought"
    r"|(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:expected|likely|planned|proposed|due|thought|believed|said"
    r"|reported|considering|hoping|planning|aiming)|consider(?:s|ed|ing)?"
    rf"|may|might|could)\s+(?:to\s+)?{ADVERBS}(?P<verb>[a-z]{{3,}})\b",
    re.IGNORECASE,
)
"""What is only meant or held possible, and the verb that says what."""
FIRM = re.compile(
    rf"\b(?:will|shall|is going to|are going to|[’']ll)\s+{ADVERBS}(?P<verb>[a-z]{{3,}})\b",
    re.IGNORECASE,
)
SAME = 0.6
"""Share of the telling words of a hedged clause that a sentence must have to repeat it."""
SAME_FIRM = 0.4
LEAST = 2
HELD_STANCES = {"expects": "expected", "believes": "believed"}


def hedge_faults(case: Case) -> Iterator[Fault]:
    """The hedges that the sentence drops or hardens, each ground's first only."""
    yield from rough(case)
    for stretch in case.grounds:
        fault = next(chain(dropped(case, stretch), held(case, stretch), firm(case, stretch)), None)
        if fault:
            yield fault


def dropped(case: Case, stretch: Stretch) -> Iterator[Fault]:
    """Hedges of one sentence of a source without which the sentence repeats their clause."""
    reading = case.pile.readings[stretch.document]
    document = case.pile.documents[stretch.document]
    spans = sorted(
        {
            hedge
            for statement in reading.statements
            for hedge in statement.hedges
            if stretch.span.contains(hedge)
        }
    )
    for hedge in spans:
        word = document[hedge]
        if ROUGH.fullmatch(word):
            continue
        at = Span(hedge.start - stretch.span.start, hedge.end - stretch.span.start)
        start, end = clause(stretch.text, at)
        words = telling(stretch.text[start : at.start] + " " + stretch.text[at.end : end])
        place = repeated(case.text, words)
        if place is None:
            continue
        told = case[place]
        if not is_hedged(told) and not loose_hedge(case.text, place):
            yield fault_of(case, place, f"hedge dropped: the passage has “{word}”", stretch)
        elif (
            MODAL_POSSIBLE.fullmatch(word)
            and STRONG.search(told)
            and not POSSIBLE.search(told)
            and not re.search(r"\b(?:un|not )likely\b", told, re.IGNORECASE)
            and not STRONG.search(stretch.text)
        ):
            yield fault_of(case, place, f"hedge hardened: the passage has “{word}”", stretch)


def clause(text: str, at: Span) -> Span:
    """The clause of `text` in which `at` lies."""
    return next((one for one in clauses(text) if one.contains(at)), Span(0, len(text)))


def repeated(text: str, words: frozenset[str]) -> Span | None:
    """The part of `text` that repeats the clause of `words`; None where none does."""
    if len(words & telling(text)) < LEAST or share(words, telling(text)) < SAME:
        return None
    for one in clauses(text):
        told = telling(text[one.start : one.end])
        if len(words & told) >= LEAST and share(words, told) >= SAME:
            return one
    return Span(0, len(text))


def loose_hedge(text: str, place: Span) -> bool:
    """Whether a clause that says nothing else hedges: `it is possible`."""
    others = (text[slice(*one)] for one in clauses(text) if one != place)
    return any(len(telling(told)) <= LEAST and is_hedged(told) for told in others)


def is_hedged(text: str) -> bool:
    """Whether any word of `text` hedges, in a wide sense."""
    return bool(POSSIBLE.search(text) or PROBABLE.search(text))


def held(case: Case, stretch: Stretch) -> Iterator[Fault]:
    """Expectations and beliefs of the source that the sentence tells as what is or will be."""
    document = case.pile.documents[stretch.document]
    if is_hedged(case.text):
        return
    for statement in case.pile.readings[stretch.document].statements:
        if statement.stance not in HELD_STANCES or not statement.cue:
            continue
        within = [piece for piece in statement.content if stretch.span.contains(piece)]
        cue = document[statement.cue[0]]
        if not within or not re.match(
            r"expect|believ|predict|forecast|estimat|think|suspect|project|hop", cue, re.I
        ):
            continue
        place = repeated(case.text, telling(" ".join(document[piece] for piece in within)))
        if place:
            yield fault_of(case, place, f"hedge dropped: the passage has “{cue}”", stretch)


def firm(case: Case, stretch: Stretch) -> Iterator[Fault]:
    """What the source only plans or holds possible and the sentence says will be."""
    if share(telling(case.text), telling(stretch.text)) < SAME_FIRM:
        return
    meant = {stem(match["verb"].lower()): match for match in INTENT.finditer(stretch.text)}
    certain = {stem(match["verb"].lower()) for match in FIRM.finditer(stretch.text)}
    for match in FIRM.finditer(case.text):
        verb = stem(match["verb"].lower())
        if verb not in meant or verb in certain:
            continue
        if is_hedged(case[clause(case.text, Span(*match.span()))]):
            continue
        words = " ".join(meant[verb][0].split())
        yield fault_of(
            case, Span(*match.span()), f"hedge hardened: the passage has “{words}”", stretch
        )


def rough(case: Case) -> Iterator[Fault]:
    """Amounts that the source gives roughly, or as a bound, and the sentence exactly."""
    for one in amounts(case.text):
        if one.about or one.low != one.high or loosened(case.text, one.span):
            continue
        same = [
            (stretch, other)
            for stretch in case.grounds
            for other in amounts(stretch.text)
            if stands_for(one, other, case.text, stretch.text)
        ]
        if not same or any(not is_rough(other) for _, other in same):
            continue
        stretch, other = same[0]
        if anchors(other)[-1] != anchors(one)[-1] and not other.about:
            continue
        words = with_bound(stretch.text, other)
        yield fault_of(case, one.span, f"hedge dropped: the passage has “{words}”", stretch)


def loosened(text: str, span: Span) -> bool:
    """Whether words near an amount say that it is rough or a bound."""
    around = text[max(0, span.start - 40) : span.start] + " " + text[span.end : span.end + 25]
    return bool(ESTIMATED.search(around) or ROUGH.search(around))


def is_rough(one: Quantity) -> bool:
    """Whether an amount is told roughly or as a bound."""
    return one.about or math.isinf(one.high) or one.low == 0 < one.high


def with_bound(text: str, one: Quantity) -> str:
    """An amount with the words before it that make it rough."""
    start = text.rfind(" ", 0, max(0, one.span.start - 12)) + 1
    found = list(
        re.finditer(
            rf"{ROUGH.pattern}|\b(?:no (?:more|fewer|less) than)\b",
            text[start : one.span.start],
            re.I,
        )
    )
    first = start + found[0].start() if found else one.span.start
    return text[first : one.span.end]


def fault_of(case: Case, span: Span, reason: str, stretch: Stretch) -> Fault:
    """The fault of a hedge; `span` without white space at its ends."""
    words = case[span]
    start = span.start + len(words) - len(words.lstrip())
    return Fault(
        "hedge",
        Span(start, start + len(words.strip())),
        reason,
        evidence=stretch.evidence,
    )
