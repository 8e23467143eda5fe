"""Numbers of a sentence against those of its grounds.

Every amount, date, year, time of day, ordinal and label with a number must stand in the grounds,
in its kind: a percentage is no count. What is counted must not be what the grounds count
otherwise. Numbers in names (`G7`, `Q3`) are looked at as words.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.document import Span
from briefing.quantities.numerals import Numeral, numerals
from briefing.quantities.stems import stem
from briefing.quantities.units import is_plural
from briefing.verify.amounts import (
    amounts,
    anchors,
    is_multiple,
    is_vague_of,
    multiplied,
    stands_for,
    vague,
)
from briefing.verify.grounds import Case, Fault, Stretch, fold, folded, nearest, telling
from briefing.verify.moments import Moment, Part, agrees, issued, moments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from briefing.quantities.figures import Quantity

CODE = re.compile(
    r"(?<![\w.-])(?!(?:Mid|Pre|Post|Early|Late)-)[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)*-?\d+[A-Za-z]*(?:-\d+)?\b"
)
"""A name with a number in it: `G7`, `COVID-19`, `A380`."""
LABELLED = re.compile(r"([^\W\d_]+)\.?\s+(?:No\.\s*)?$")
FEW = 5
"""A count up to this one, in words, may be that of names that the grounds list."""
NEIGHBOUR_PARTS: frozenset[Part] = frozenset(("weekday", "year", "month"))
"""What a passage may leave to the sentences around it."""
AS_PART = {"Q1": "first", "Q2": "second", "Q3": "third", "Q4": "fourth", "H1": "first", "H2": "second"}  # fmt: skip


def number_faults(case: Case) -> Iterator[Fault]:
    """The numbers of a sentence that its grounds do not have."""
    text = case.text
    quoted = [Span(*match.span()) for match in CODE.finditer(text)]
    named = moments(text)
    yield from codes(case, quoted)
    yield from dated(case, named)
    taken = [*quoted, *(moment.span for moment in named)]
    given = [one for one in amounts(text) if not any(map(one.span.overlaps, taken))]
    counted = [one for one in given if not is_indefinite(text, one)]
    yield from measured(case, counted)
    taken += [one.span for one in given]
    yield from bare(
        case, [one for one in numerals(text) if not any(map(one.span.overlaps, taken))]
    )
    for span, factor in multiplied(text):
        if not any(map(span.overlaps, taken)) and not is_multiple(factor, joined(case.grounds)):
            yield unfounded(case, span, partial(says_multiple, factor))
    for span, of in vague(text):
        if not is_vague_of(of, joined(case.grounds)):
            yield unfounded(case, span, partial(says_vaguely, of))


def says_multiple(factor: float, stretch: Stretch) -> bool:
    """Whether a sentence of a source tells that something was multiplied by `factor`."""
    return is_multiple(factor, stretch.text)


def says_vaguely(of: str, stretch: Stretch) -> bool:
    """Whether a sentence of a source has an amount of which `of`, as in `dozens`, may be said."""
    return is_vague_of(of, stretch.text)


def joined(stretches: Iterable[Stretch]) -> str:
    """The words of several sentences as one text."""
    return " ".join(stretch.text for stretch in stretches)


def is_indefinite(text: str, one: Quantity) -> bool:
    """Whether an amount is no more than an article: `a week`, `a year`, `every other`."""
    return not re.search(r"\d", text[one.span.start : one.span.end]) and (
        anchors(one) == (1.0,) or re.match(r"every|each", text[one.span.start :], re.I) is not None
    )


def codes(case: Case, spans: Iterable[Span]) -> Iterator[Fault]:
    """Names with a number in them that the grounds and what stands around them do not have."""
    for span in spans:
        word = case[span]
        if word in AS_PART and re.search(
            rf"\b{AS_PART[word]}\s+(?:quarter|half|three months|six months)\b",
            joined(case.near),
            re.I,
        ):
            continue

        def stands(stretch: Stretch, sought: str = squeezed(word)) -> bool:
            return sought in map(squeezed, re.findall(r"[\w-]+", stretch.text))

        if not any(map(stands, case.near)):
            yield unfounded(case, span, stands)


def squeezed(word: str) -> str:
    """`word` folded, without hyphens."""
    return fold(word).replace("-", "")


def dated(case: Case, named: Iterable[Moment]) -> Iterator[Fault]:
    """Dates, years, times and ordinals that the grounds do not have."""
    for moment in named:

        def stands(stretch: Stretch, moment: Moment = moment) -> bool:
            return agrees(moment, stretch.text, issued(case.pile.documents[stretch.document]))

        among = (
            case.near
            if moment.part in NEIGHBOUR_PARTS and not rivals(case, moment)
            else case.grounds
        )
        if any(map(stands, among)) or is_day_of(case, moment):
            continue
        yield unfounded(case, moment.span, stands)


def rivals(case: Case, moment: Moment) -> bool:
    """Whether the grounds name something else of the kind of `moment`."""
    return any(
        other.part == moment.part for stretch in case.grounds for other in moments(stretch.text)
    )


def is_day_of(case: Case, moment: Moment) -> bool:
    """Whether `moment` is the date of a source, in full or as far as it goes."""
    if moment.part not in ("day", "month") or not moment.year:
        return False
    told = f"{moment.year}-{moment.month:02}" + (f"-{moment.day:02}" if moment.day else "")
    return any((issued(source) or "").startswith(told) for source in case.sources)


def measured(case: Case, counted: Iterable[Quantity]) -> Iterator[Fault]:
    """Amounts that the grounds do not have, or have of something else."""
    for one in counted:
        same = [other for stretch in case.grounds for other in matching(case, one, stretch)]
        if not same:
            if not any(test(case, one) for test in EXCUSES):
                yield unfounded(case, one.span, partial(has_amount, case, one), one)
        elif not any(is_of(one, other) or is_part(other) for other in same) and not is_part(one):
            rival = next(
                (
                    (stretch, other)
                    for stretch in case.grounds
                    for other in amounts(stretch.text)
                    if other not in same and one.noun and is_of(one, other, strictly=True)
                ),
                None,
            )
            if rival:
                stretch, other = rival
                words = stretch[other.span]
                yield Fault(
                    "number",
                    one.span,
                    f"the passage has “{words}” of what “{case[one.span]}” is said of",
                    misattributed=True,
                    evidence=stretch.evidence,
                )


def matching(case: Case, one: Quantity, stretch: Stretch) -> list[Quantity]:
    """The amounts of a sentence of a source for which `one` may stand."""
    return [
        other for other in amounts(stretch.text) if stands_for(one, other, case.text, stretch.text)
    ]


def has_amount(case: Case, one: Quantity, stretch: Stretch) -> bool:
    """Whether a sentence of a source has an amount for which `one` may stand."""
    return bool(matching(case, one, stretch))


def is_part(one: Quantity) -> bool:
    """Whether an amount counts a part of something: `three of the trains`."""
    return one.noun.startswith("of ")


def is_of(one: Quantity, other: Quantity, *, strictly: bool = False) -> bool:
    """Whether two amounts can be of one thing: their nouns do not speak against it.

    Args:
        one: An amount.
        other: Another.
        strictly: Both must have a noun, and the same.
    """
    first, second = head(one), head(other)
    if strictly:
        return bool(first) and first == second
    return (
        not first or not second or first == second or bool(telling(one.noun) & telling(other.noun))
    )


def head(one: Quantity) -> str:
    """The stem of the noun of which an amount is."""
    noun = one.noun.removeprefix("of ").rpartition(" ")[2]
    return stem(noun) if noun else ""


def is_multiplied(case: Case, one: Quantity) -> bool:
    """Whether a percentage is what the grounds tell as doubled, halved or the like."""
    told = multiplied(joined(case.grounds))
    value = anchors(one)[-1]
    return one.unit == "%" and any(
        abs(value - 100 * share) < 1 for _, by in told for share in (by, abs(by - 1))
    )


def is_difference(case: Case, one: Quantity) -> bool:
    """Whether `by so much` is the difference of two amounts that the grounds have."""
    if not re.search(r"\bby\s+(?:\w+\s+){0,2}$", case.text[: one.span.start]):
        return False
    given = [
        value
        for stretch in case.grounds
        for other in amounts(stretch.text)
        if other.unit == one.unit
        for value in anchors(other)
    ]
    return any(
        abs(abs(low - high) - anchors(one)[0]) <= 1e-6 * max(high, 1.0)
        for low in given
        for high in given
    )


def is_listed(case: Case, one: Quantity) -> bool:
    """Whether a small count in words may be that of names that the grounds list one by one."""
    count = anchors(one)[-1]
    if one.unit or not 1 < count <= FEW or re.search(r"\d", case[one.span]):
        return False
    rival = any(
        is_of(one, other, strictly=True)
        for stretch in case.grounds
        for other in amounts(stretch.text)
    )
    actors = {
        actor.name
        for stretch in case.grounds
        for actor in case.pile.readings[stretch.document].actors
        if any(stretch.span.contains(mention) for mention in actor.mentions)
    }
    return not rival and len(actors) >= count


def is_label(case: Case, one: Quantity) -> bool:
    """Whether what looks like an amount is a label that the grounds have as well."""
    words = folded(case.text[: one.span.end])[-2:]
    return (
        len(words) > 1
        and any(
            words == pair for stretch in case.grounds for pair in pairwise(folded(stretch.text))
        )
        and bool(LABELLED.search(case.text[: one.span.start]))
        and not one.unit
        and one.low == one.high
    )


def bare(case: Case, found: Iterable[Numeral]) -> Iterator[Fault]:
    """Numbers that are neither amounts nor dates: labels, ages, scores, ends of ranges."""
    for one in found:
        words = one.kind == "words"
        if words and one.value <= 1:
            continue
        before = "" if words else label_of(case.text, one)

        def stands(stretch: Stretch, one: Numeral = one, before: str = before) -> bool:
            told = [other for other in numerals(stretch.text) if other.value == one.value]
            told_after = [label_of(stretch.text, other) for other in told]
            if before and before in folded(stretch.text) and not is_plural(before):
                return before in told_after or any(not after for after in told_after)
            share = one.kind == "part" and any(
                other.unit == "%" and abs(other.low - 100 * one.value) < 3
                for other in amounts(stretch.text)
            )
            return bool(told) or share

        if any(map(stands, case.grounds)) or (words and one.value <= FEW):
            continue
        yield unfounded(case, one.span, stands)


EXCUSES = (is_difference, is_listed, is_label, is_multiplied)
"""When an amount that the grounds do not have as such follows from them."""


def label_of(text: str, one: Numeral) -> str:
    """The word before a number, folded."""
    label = LABELLED.search(text[: one.span.start])
    return fold(label[1]) if label else ""


def unfounded(
    case: Case, span: Span, stands: Callable[[Stretch], bool], amount: Quantity | None = None
) -> Fault:
    """The fault of a number that the grounds lack, with where else it stands or what they have."""
    words = case[span]
    around = telling(case.text)
    others = [stretch for stretch in case.elsewhere() if stands(stretch)]
    if others:
        found = nearest(around, others) or others[0]
        return Fault(
            "number",
            span,
            f"“{words}” stands elsewhere in the sources, not in the passage",
            misattributed=True,
            evidence=found.evidence,
        )
    passage = nearest(around, case.grounds) or (case.grounds[0] if case.grounds else None)
    instead = instead_of(amount, passage) if passage else ""
    return Fault(
        "number",
        span,
        f"“{words}” stands nowhere in the sources"
        + (f"; the passage has “{instead}”" if instead else ""),
        evidence=passage.evidence if passage else None,
    )


def instead_of(amount: Quantity | None, passage: Stretch) -> str:
    """The number of a passage that is most likely what `amount` should have been."""
    given = amounts(passage.text)
    kin = [other for other in given if amount and other.unit == amount.unit]
    named = [other for other in kin if amount and is_of(amount, other, strictly=True)]
    best = next(iter((*named, *kin, *given)), None)
    return passage.text[best.span.start : best.span.end] if best else ""
