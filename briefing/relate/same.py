"""Documents, readings and origins in, which statements say the same out, as `Group`s.

A group that is missed costs a reader little, a wrong one lends a statement weight that it has not:
so whatever can be told apart (a number, a date, a name, a `not`, a `should`, a `may`) keeps
statements apart, whatever their words.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from briefing.relate.forms import TELLING, forms_of, is_large
from briefing.relate.matters import nested
from briefing.relate.origins import connected
from briefing.relate.places import Place, statement_at
from briefing.relate.voices import Voices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from briefing.document import Document, Span
    from briefing.findings import Reading
    from briefing.relate.forms import Form, Size
    from briefing.relate.origins import Origins

ALIKE = 0.5
"""Least likeness of words, 0 to 1, of two statements that say the same."""
STILL_ALIKE = 0.4
"""Least likeness of any two statements of one group, whose mean is at least `ALIKE`."""
POINTS_ALIKE = 0.65
"""Product of the vectors of what two forms say that tells as much as `ALIKE` does of words."""
WORTH_A_LOOK = 0.2
"""Least likeness of words from which on vectors are asked."""
COMMON_FORMS = 40
"""Forms that may share a word for it to bring them together; others are compared by rarer ones."""
NAME_WEIGHT = 0.5
"""Of the words of names, for two statements may tell different things of one actor."""

Teller = tuple[int, tuple[str, ...]]
"""Who says something: a document, and the holders that it names."""


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that say the same.

    Attributes:
        places: Where they stand, ascending; of at least two documents or two holders.
        origins: Independent voices behind them, at least 1.
    """

    places: tuple[Place, ...]
    origins: int


def groups_at(groups: Sequence[Group]) -> dict[Place, set[int]]:
    """For each place of a statement the numbers of the groups that it is in."""
    found: defaultdict[Place, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for place in group.places:
            found[place].add(number)
    return dict(found)


def same_claims(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    origins: Origins,
    vectors: Callable[[Sequence[str]], Any] | None = None,
) -> tuple[Group, ...]:
    """Find the statements that say the same, over all documents.

    Args:
        documents: The sources.
        readings: One a document.
        origins: What the documents share.
        vectors: Makes a row of unit length of each text, to tell other words for one thing;
            without it words alone count.

    Returns:
        Groups in the order of their first places. A statement of several sentences may be in
        several. Every two of a group are alike, so that none drifts.
    """
    forms: defaultdict[Form, dict[Place, tuple[Span, ...]]] = defaultdict(dict)
    for number, (document, reading) in enumerate(zip(documents, readings, strict=True)):
        for form, at, spans in forms_of(document, reading):
            forms[form][Place(number, at)] = spans
    tellers = [tellers_of(places, readings) for places in forms.values()]
    likeness = compare(list(forms), tellers, vectors)
    voices = Voices(documents, readings, origins)
    groups = []
    for cluster in clusters(likeness, list(forms)):
        words = {place: spans for form in cluster for place, spans in forms[form].items()}
        places = apart(words, readings)
        if len(tellers_of(places, readings)) > 1:
            groups.append(Group(places, voices.count({place: words[place] for place in places})))
    return tuple(sorted({*groups}, key=lambda group: group.places))


def tellers_of(places: Iterable[Place], readings: Sequence[Reading]) -> set[Teller]:
    """Who says what stands at `places`."""
    return {(place.document, statement_at(readings, place).holders) for place in places}


def apart(places: Iterable[Place], readings: Sequence[Reading]) -> tuple[Place, ...]:
    """`places` without those whose words another has: the same words are never two statements."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda one: (not statement_at(readings, one).holders, one)):
        if not any(
            one.document == place.document
            and any(
                span.overlaps(other)
                for span in statement_at(readings, one).content
                for other in statement_at(readings, place).content
            )
            for one in kept
        ):
            kept.append(place)
    return tuple(sorted(kept))


def compare(
    forms: Sequence[Form],
    tellers: Sequence[set[Teller]],
    vectors: Callable[[Sequence[str]], Any] | None,
) -> dict[tuple[int, int], float]:
    """How alike the forms are that share rare words and agree, by their numbers.

    Those are left out that bring together only what one teller says; no group comes of these.
    """
    index: defaultdict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        for feature in form.features:
            index[feature].append(number)
    weights = {feature: math.log(1 + len(forms) / len(at)) for feature, at in index.items()}
    shared: set[tuple[int, int]] = set()
    for numbers in index.values():
        if len(numbers) <= COMMON_FORMS:
            shared.update(combinations(numbers, 2))
    found: dict[tuple[int, int], float] = {}
    for one, other in shared:
        first, second = forms[one], forms[other]
        if agree(first, second):
            likeness = words_alike(first, second, weights)
            if likeness >= WORTH_A_LOOK:
                found[one, other] = likeness
    telling = {
        number
        for numbers in connected(len(forms), list(found))
        if len(set[Teller]().union(*(tellers[number] for number in numbers))) > 1
        for number in numbers
    }
    found = {pair: likeness for pair, likeness in found.items() if pair[0] in telling}
    return with_vectors(found, forms, vectors) if vectors and found else found


def with_vectors(
    found: Mapping[tuple[int, int], float],
    forms: Sequence[Form],
    vectors: Callable[[Sequence[str]], Any],
) -> dict[tuple[int, int], float]:
    """The likeness of words, or that of vectors where this says more."""
    asked = sorted({number for pair in found for number in pair})
    rows = dict(zip(asked, vectors([forms[number].text for number in asked]), strict=True))
    return {
        (one, other): max(words, float(rows[one] @ rows[other]) * ALIKE / POINTS_ALIKE)
        for (one, other), words in found.items()
    }


def words_alike(one: Form, other: Form, weights: dict[str, float]) -> float:
    """The weight that two forms share, over the mean weight of both."""
    named = frozenset().union(*one.names, *other.names)

    def weight(features: frozenset[str]) -> float:
        # Sets come in any order, and an exact sum is the same in each.
        return math.fsum(
            weights[each] * (NAME_WEIGHT if each in named else 1) for each in features
        )

    common = weight(one.features & other.features)
    return common / math.sqrt(weight(one.features) * weight(other.features)) if common else 0.0


def agree(one: Form, other: Form) -> bool:
    """Whether nothing that can be told apart keeps two forms apart."""
    if (one.denials, one.duty, one.possible) != (other.denials, other.duty, other.possible):
        return False
    if one.denials and not one.denied & other.denied:
        return False
    # What two actors want or refuse may go by the same words, but is not one claim.
    if (one.bare or other.bare) and not (
        one.side == other.side and nested(one.holder, other.holder)
    ):
        return False
    return (
        is_telling(one, other)
        and amounts_agree(one.amounts, other.amounts)
        and nested(one.times, other.times)
        and names_agree(one, other)
        and firsts_agree(one, other)
    )


def is_telling(one: Form, other: Form) -> bool:
    """Whether what two forms share is enough to tell what they say."""
    amounts = one.amounts & other.amounts
    words = one.words & other.words
    own = words.difference(*one.names, *other.names)
    return (
        is_large(amounts)
        or len(amounts) + len(own) >= TELLING
        or (len(amounts) + len(own) == TELLING - 1 and len(amounts) + len(words) > TELLING)
    )


def amounts_agree(one: frozenset[Size], other: frozenset[Size]) -> bool:
    """Whether all amounts of the one are among those of the other, which has none in their units.

    Either both have some or none does: `rises to 6 cents` is less than `rises from 4 to 6 cents`.
    """
    few, many = sorted((one, other), key=len)
    units = {amount.unit for amount in few if amount.unit}
    values = {amount.value for amount in few}
    return (
        bool(few) == bool(many)
        and all(
            any(a.value == b.value and (a.unit == b.unit or not (a.unit and b.unit)) for b in many)
            for a in few
        )
        and not any(b.unit in units and b.value not in values for b in many)
    )


def names_agree(one: Form, other: Form) -> bool:
    """Whether not each has a name that the other lacks, and those of both come in one order."""
    lacking = [
        any(
            not name & (far.words | far.holder | frozenset().union(*far.names))
            for name in near.names
        )
        for near, far in ((one, other), (other, one))
    ]
    if all(lacking):
        return False
    orders = []
    for form in (one, other):
        met = (at for this in form.names for at, name in enumerate(one.names) if name & this)
        orders.append(list(dict.fromkeys(met)))
    first, second = orders
    same_order = [at for at in first if at in second] == [at for at in second if at in first]
    return same_order or " by " in one.text + other.text


def firsts_agree(one: Form, other: Form) -> bool:
    """Whether not each begins with a word that the other lacks: `exports` and `imports` both fell.

    A name that the other lacks may stand for its first word.
    """
    return any(
        not form.first or form.first in far.words or any(form.first in name for name in form.names)
        for form, far in ((one, other), (other, one))
    )


def clusters(
    likeness: dict[tuple[int, int], float], forms: Sequence[Form]
) -> Iterator[list[Form]]:
    """Forms of which every two are alike enough, the most alike joined first."""
    of = {number: number for number in range(len(forms))}
    members = {number: [number] for number in range(len(forms))}
    for pair, score in sorted(likeness.items(), key=lambda entry: (-entry[1], entry[0])):
        one, other = of[pair[0]], of[pair[1]]
        if score < ALIKE:
            break
        if one == other:
            continue
        across = [
            likeness.get((min(a, b), max(a, b)), 0.0) for a in members[one] for b in members[other]
        ]
        if min(across) >= STILL_ALIKE and math.fsum(across) >= ALIKE * len(across):
            for number in members.pop(other):
                of[number] = one
                members[one].append(number)
    for numbers in members.values():
        yield [forms[number] for number in sorted(numbers)]
