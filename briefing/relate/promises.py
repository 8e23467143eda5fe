"""Readings in, promises that one source tells of and another denies out.

`Lind had assured her that the ferry would stay` and `Lind promised nothing of the kind` have few words
in common; that they are of one person's promise tells that they contradict each other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.quantities.stems import stems
from briefing.relate.denials import UNSAID, Denied
from briefing.relate.matters import Saying, apart, holder_words, nested

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefing.document import Document, Span
    from briefing.findings import Reading
    from briefing.relate.places import Place

ACT = re.compile(
    r"\b(?:promis(?:e|es|ed|ing)|guarantee[ds]?|assur(?:e|es|ed|ance|ances)|pledge[ds]?|vow(?:s|ed)?"
    r"|undertak(?:e|es|ing|ings)|undertook)\b",
    re.IGNORECASE,
)
"""Giving one's word, and what is given."""
REACH = 4
"""Words around an act among which a negation denies it."""
NONE = re.compile(r"^(?:not|no|never|nothing|neither|none)$|n[’']t$", re.IGNORECASE)
ANY = re.compile(
    r"\b(?:nothing|anything|no such|of any kind|of the (?:kind|sort))\b", re.IGNORECASE
)
"""What denies a promise whatever it is of."""
HEARSAY = re.compile(
    r"\W*it (?:has been|have been|was|is) (?:\w+ly )?(?:reported|said|suggested|claimed|alleged)\b",
    re.IGNORECASE,
)
FIRST = re.compile(r"^\W*(?:I|[Ww]e)\b")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
SURE = 0.8


@dataclass(frozen=True, slots=True)
class Promise:
    """What a statement says of a promise.

    Attributes:
        saying: The statement.
        giver: Words of the name of whoever gave it, or did not.
        topic: What it is of, by stems without the giver's name and the act itself.
        denied: There was none, says the statement.
        wholly: There was none of any kind.
    """

    saying: Saying
    giver: frozenset[str]
    topic: frozenset[str]
    denied: bool
    wholly: bool


def broken_promises(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    said: Sequence[Sequence[Saying]],
    comparable: Callable[[Place, Place], bool],
) -> Iterator[Denied]:
    """Promises that somebody tells of and somebody else denies.

    Args:
        documents: The sources.
        readings: One a document.
        said: The statements of each.
        comparable: Whether two statements may be set against each other.
    """
    found = [
        promise
        for every in zip(documents, readings, said, strict=True)
        for promise in promises(*every)
    ]
    denials = [one for one in found if one.denied]
    for told in found:
        for denial in denials:
            # A first name or a surname alone is within the full one.
            same = nested(told.giver, denial.giver)
            shared = told.topic & denial.topic
            if told.denied or not same or not (shared or denial.wholly):
                continue
            apart_both = apart(told.saying, denial.saying)
            if apart_both and comparable(told.saying.place, denial.saying.place):
                yield Denied(denial.saying, told.saying, shared, SURE)


def promises(document: Document, reading: Reading, said: Sequence[Saying]) -> Iterator[Promise]:
    """What the statements of one document say of promises whose giver is named."""
    mentions = sorted((span, actor.name) for actor in reading.actors for span in actor.mentions)
    for one in said:
        act = ACT.search(one.text)
        statement = one.statement
        whole = document[reading.sentences[statement.sentence].span].rstrip("”\"’') ")
        if act is None or not one.known or whole.endswith("?") or statement.basis == "inferred":
            continue
        name = giver_of(document, one, mentions)
        giver = holder_words(name, one.place.document) if name else frozenset()
        if not giver:
            continue
        before = WORD.findall(one.text[: act.start()])[-REACH:]
        after = WORD.findall(one.text[act.end() :])[:REACH]
        negations = sum(NONE.search(word) is not None for word in (*before, *after))
        denied = (negations + (statement.stance == "denies")) % 2 == 1
        hearsay = one.passed_on or HEARSAY.match(one.text)
        if not denied and (hearsay or UNSAID.search(one.text[: act.start()])):
            continue
        names = stems(" ".join(giver))
        topic = one.stems - names - stems(act[0])
        yield Promise(one, giver, topic, denied, denied and ANY.search(one.text) is not None)


def giver_of(
    document: Document,
    one: Saying,
    mentions: Sequence[tuple[Span, str]],
) -> str:
    """Who gave a promise: the speaker in the first person, else the last one named before the act.

    Empty where that is only a pronoun's.
    """
    statement = one.statement
    if FIRST.match(one.text):
        return statement.holders[0] if len(statement.holders) == 1 else ""
    for span in statement.content:
        act = ACT.search(document.text, *span)
        if act is None:
            continue
        at = bisect_right(mentions, act.start(), key=lambda entry: entry[0].start) - 1
        if at >= 0 and mentions[at][0].start >= span.start:
            between = document.text[mentions[at][0].end : act.start()]
            return (
                ""
                if re.search(r"[.;:!?]|\b(?:he|she|they|it|who)\b", between)
                else mentions[at][1]
            )
    return ""
