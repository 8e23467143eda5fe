"""Documents and readings in, what each sentence of a statement says out, as `Form`s.

Two statements are compared by their forms: by what they are about, and by whatever tells them
apart. A sentence with too little to tell has none.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.document import Document, Span
from briefing.quantities.figures import quantities
from briefing.quantities.stems import stem, stemmed, stems
from briefing.relate.matters import names as capitals
from briefing.relate.matters import times
from briefing.relate.voices import name_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.findings import Reading, Statement

DENIED_WORDS = 5
"""Words after a `not` of which two denials must share one."""
TELLING = 3
"""Amounts and words that two statements must share; for one of them two of names will do."""
LARGE = 1000
"""From which on a number is hardly that of two things."""

NEGATIVE = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|hardly|barely)\b"
    r"|n[’']t\b|\b(?:fail|refus|declin)\w*(?= to\b)|\b(?:den(?:y|ies|ied|ying)|reject\w*)\b",
    re.IGNORECASE,
)
CAPITAL = re.compile(r"(?<![\w’'-])[^\W\d_a-z][\w-]*")
DUTY = re.compile(r"\b(?:should|ought|must|has to|have to|need to|needs to)\b", re.IGNORECASE)
MAY = re.compile(r"\bmay\b|\b(?i:might|could(?! not\b)|possibly|perhaps|maybe|potentially)\b")
PREDICATE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|shall|should|can|could|may|might|must"
    r"|do|does|did)\b|[’'](?:s|re|ve|ll|d)\b",
    re.IGNORECASE,
)
TURNED = frozenset(("denies", "rejects", "opposes"))
SAYING = frozenset(("states", "believes", "expects", "warns", "denies"))


class Size(NamedTuple):
    """An amount as far as it can be compared: its bounds, and its unit, which may be empty."""

    value: str
    unit: str
    large: bool


class Form(NamedTuple):
    """What a sentence of a statement says, as far as words show; equal for equal wording.

    Attributes:
        words: Stems of its words, without small ones.
        amounts: Its amounts.
        times: Years, months and days.
        names: Stems of each name, in order.
        first: Stem of its first telling word, mostly whom or what it is about.
        denials: How often it is denied.
        denied: Stems of the words that follow upon each denial.
        duty: It says what ought to be, not what is.
        possible: It says what may be.
        bare: It is no more than what the holder supports, wants or refuses.
        side: The stance.
        holder: Stems of the holder's name.
        text: Its words as they stand.
    """

    words: frozenset[str]
    amounts: frozenset[Size]
    times: frozenset[str]
    names: tuple[frozenset[str], ...]
    first: str
    denials: int
    denied: frozenset[str]
    duty: bool
    possible: bool
    bare: bool
    side: str
    holder: frozenset[str]
    text: str

    @property
    def features(self) -> frozenset[str]:
        """What a likeness is measured by."""
        units = {f"in {amount.unit}" for amount in self.amounts if amount.unit}
        return self.words | units | {amount.value for amount in self.amounts}


@lru_cache(maxsize=16)
def forms_of(
    document: Document, reading: Reading
) -> tuple[tuple[Form, int, tuple[Span, ...]], ...]:
    """What each statement of a document says, sentence by sentence, with its number and words."""
    near: defaultdict[int, list[Statement]] = defaultdict(list)
    for statement in reading.statements:
        near[statement.sentence].append(statement)
    mentions = sorted((span, actor.name) for actor in reading.actors for span in actor.mentions)
    found = []
    for number, statement in enumerate(reading.statements):
        others = [
            span
            for other in near[statement.sentence]
            if other.holders and other.holders != statement.holders
            for span in other.content
            if span not in statement.content
        ]
        by_sentence: defaultdict[int, list[Span]] = defaultdict(list)
        for span in statement.content:
            first, last = reading.sentence_at(span.start), reading.sentence_at(span.end - 1)
            for index in range(max(0, first), last + 1):
                sentence = reading.sentences[index]
                start, end = max(span.start, sentence.span.start), min(span.end, sentence.span.end)
                if start < end and sentence.kind != "heading":
                    left = without(Span(start, end), others)
                    # Of `she says that …` without what she says nothing is left to compare.
                    if 2 * sum(one.end - one.start for one in left) >= end - start:
                        by_sentence[index] += left
        for spans in filter(None, by_sentence.values()):
            form = form_of(document, statement, spans, mentions)
            if len(form.features) >= TELLING - 1 or is_large(form.amounts):
                found.append((form, number, tuple(spans)))
    return tuple(found)


def without(span: Span, others: Sequence[Span]) -> list[Span]:
    """What is left of `span` without those of `others` that lie within it."""
    left = []
    start = span.start
    for other in sorted(others):
        if span.contains(other) and other.start >= start:
            left.append(Span(start, other.start))
            start = other.end
    return [one for one in (*left, Span(start, span.end)) if one.start < one.end]


def form_of(
    document: Document,
    statement: Statement,
    spans: Sequence[Span],
    mentions: Sequence[tuple[Span, str]],
) -> Form:
    """What the words at `spans` say as part of `statement`."""
    text = " ".join(" ".join(document[span] for span in spans).split())
    hedges = {document[hedge].lower() for hedge in statement.hedges}
    duty = next((m for m in DUTY.finditer(text) if m.group().lower() not in hedges), None)
    bare = statement.stance not in SAYING and not PREDICATE.search(text)
    words = stems(text)
    return Form(
        words=words,
        amounts=frozenset(amounts(text)),
        times=times(text, document.date),
        names=tuple(names(document, spans, mentions)),
        first=next(iter(stemmed(text)), ""),
        denials=len(NEGATIVE.findall(text)) + (statement.stance in TURNED and not bare),
        denied=frozenset(denied(text)) or words,
        duty=duty is not None or statement.stance == "demands",
        possible=MAY.search(text) is not None,
        bare=bare,
        side=statement.stance if bare else "",
        holder=frozenset(stem for name in statement.holders for stem in name_stems(name)),
        text=text,
    )


def denied(text: str) -> Iterator[str]:
    """The telling ones of the first few words after each `not` and its like in `text`."""
    for match in NEGATIVE.finditer(text):
        yield from stems(" ".join(text[match.end() :].split()[:DENIED_WORDS]))


@lru_cache(maxsize=4096)
def name_stems(name: str) -> frozenset[str]:
    """The telling words of a name without their endings."""
    return frozenset(map(stem, name_words(name)))


def amounts(text: str) -> Iterator[Size]:
    """The amounts in `text`; `one in five`, `a fifth` and `20%` are the same."""
    for one in quantities(text):
        bound = one.low if math.isinf(one.high) else one.high
        yield Size(f"{one.low:.6g} {one.high:.6g}", one.unit, bound >= LARGE)


def is_large(found: Iterable[Size]) -> bool:
    """Whether one of the amounts is hardly that of two things."""
    return any(amount.large for amount in found)


def names(
    document: Document, spans: Sequence[Span], mentions: Sequence[tuple[Span, str]]
) -> Iterator[frozenset[str]]:
    """The names within `spans`: those of actors, and other words with capitals, in order."""
    found: list[tuple[Span, frozenset[str]]] = []
    for span in spans:
        first = max(0, bisect_right(mentions, span.start, key=lambda one: one[0].start) - 1)
        for mention, name in mentions[first:]:
            if mention.start >= span.end:
                break
            if mention.overlaps(span):
                found.append((mention, name_stems(name) | name_stems(document[mention])))
        known = [mention for mention, _ in found]
        named = capitals(document[span])
        for match in CAPITAL.finditer(document.text, *span):
            here = Span(*match.span())
            if match[0].lower() in named and not any(map(here.overlaps, known)):
                found.append((here, name_stems(match[0])))
    return (name for _, name in sorted(found, key=lambda one: one[0]) if name)
