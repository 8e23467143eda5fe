"""Readings in, statements that deny what another holder affirms out.

A denial is told by its stance (`denied that …`) or by its words (`gave no such assurance`). One
that points back (`such`, `it`, `this is false`) denies what the sentence before it says.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.quantities.figures import quantities
from briefing.quantities.stems import stems
from briefing.relate.matters import Saying, apart, nested, same_time, times

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefing.document import Document
    from briefing.findings import Reading
    from briefing.relate.places import Place
    from briefing.relate.rarity import Weights

NEGATIVE = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without)\b|n[’']t\b", re.IGNORECASE
)
ALONE = re.compile(r"^\W*(?:it|this|that)\W*$", re.IGNORECASE)
"""What somebody denies who `denied it`; who opposes it denies nothing."""
POINTS_BACK = re.compile(
    r"\b(?:no|any) such\b|^\W*(?:this|that|it|the (?:claim|report|story|allegation|suggestion|accusation))"
    r" (?:is|was) (?:\w+ly )?(?:false|untrue|wrong|incorrect|nonsense|baseless|unfounded"
    r"|fabricated|not true|not so|not the case|a lie|a myth|a fabrication)\b",
    re.IGNORECASE,
)
REFUTED = re.compile(
    r"\bthe (?:claim|suggestion|allegation|accusation|assertion|idea|notion|report|rumou?r)s?"
    r" that (?P<claim>.+?) (?:rests? on no|has no|have no|is without|lacks? any|is (?:simply |quite"
    r" |plainly )?(?:false|untrue|wrong|incorrect|nonsense|baseless|unfounded|not true))\b",
    re.IGNORECASE | re.DOTALL,
)
CLAUSES = re.compile(
    r"[;–—]|[,:](?!\d)|\b(?:and|but|or|while|although|though|because|since|which|who)\b",
    re.IGNORECASE,
)
"""What parts a sentence, so that what is negated in it can be told from the rest."""
UNSAID = re.compile(r"\b(?:whether|if|unless|should|must)\b|\?", re.IGNORECASE)
"""What shows that a content is not affirmed."""
SAYS = frozenset(("states", "believes", "expects", "warns"))
"""Stances whose holder affirms the content."""
LEAST_SHARED = 3
LEAST_COVER = 0.5
LEAST_ALIKE = 0.75
"""Share of all telling words of a plain negation and what it negates that both must have."""
LEAST_NEGATED = 0.5
"""Share of what both have in common that must lie in the negated parts of one."""
LEAST_WEIGHT = 1.2
COMMONEST = 60
"""Statements that have a word from which on it finds no partner."""
POINTING = 0.85
"""How sure it is that a denial that points back is about the sentence before it."""


@dataclass(frozen=True, slots=True)
class Denial:
    """What somebody denies.

    Attributes:
        saying: The statement that denies.
        stems: Telling words of what is denied, with its figures.
        times: When that speaks of.
        negative: What is denied is itself negative.
        negated: Of a negated sentence that is no denial in so many words, the telling words of
            what is negated in it; else None.
        before: Statements of others to which it points back.
    """

    saying: Saying
    stems: frozenset[str]
    times: frozenset[str]
    negative: bool
    negated: frozenset[str] | None = None
    before: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class Denied:
    """A denial and the statement that it denies."""

    denial: Saying
    affirmed: Saying
    shared: frozenset[str]
    score: float


def denials(document: Document, reading: Reading, said: Sequence[Saying]) -> Iterator[Denial]:
    """What is denied in one document by holders that are known."""
    at_sentence: defaultdict[int, list[Saying]] = defaultdict(list)
    for one in said:
        at_sentence[one.statement.sentence].append(one)
    for one in said:
        statement = one.statement
        whole = document[reading.sentences[statement.sentence].span]
        if not one.known or whole.rstrip("”\"’'").endswith("?") or statement.basis == "inferred":
            continue
        told = statement.stance == "denies"
        refuted = REFUTED.search(one.text)
        if POINTS_BACK.search(one.text.replace("\n", " ")) or (told and ALONE.match(one.text)):
            yield from pointing(document, reading, one, at_sentence)
        elif refuted or told:
            claim = refuted["claim"] if refuted else one.text
            yield Denial(one, marked(claim), times(claim, document.date), is_negative(claim))
        elif (
            not one.passed_on
            and statement.stance in SAYS
            and is_negative(one.text)
            and not UNSAID.search(one.text)
        ):
            of = marked(one.text)
            yield Denial(one, of, one.times, negative=False, negated=negated(one.text))


def pointing(
    document: Document,
    reading: Reading,
    one: Saying,
    at_sentence: dict[int, list[Saying]],
) -> Iterator[Denial]:
    """A denial that points back to the sentence before, or to the one before a first denial.

    Sentences of the paragraph before count too: a quoted denial often begins a new one.
    """
    number = one.statement.sentence - 1
    while number >= 0 and POINTS_BACK.search(
        document[reading.sentences[number].span].replace("\n", " ")
    ):
        number -= 1
    if number < 0 or reading.sentences[number].kind == "heading":
        return
    whole = document[reading.sentences[number].span]
    if whole.endswith("?"):
        return
    before = tuple(
        other for other in at_sentence.get(number, ()) if affirms(other) and apart(one, other)
    )
    yield Denial(
        one,
        marked(whole),
        times(whole, document.date),
        is_negative(whole),
        before=before,
    )


def affirms(one: Saying) -> bool:
    """Whether the holder of a statement, and nobody else, says that its content is so."""
    return (
        one.known
        and not one.passed_on
        and one.statement.stance in SAYS
        and one.statement.basis != "inferred"
        and not UNSAID.search(one.text)
    )


def is_negative(text: str) -> bool:
    """Whether `text` has an odd number of negations."""
    return len(NEGATIVE.findall(text)) % 2 == 1


def negated(text: str) -> frozenset[str]:
    """The telling words of those parts of `text` that are negated."""
    parts = CLAUSES.split(text.replace("’", "'"))
    return frozenset[str]().union(*(marked(part) for part in parts if is_negative(part)))


def marked(text: str) -> frozenset[str]:
    """The telling words of `text`, and its figures, so that `a fifth` meets `one in five`."""
    figures = {
        f"{one.low:.4g}-{one.high:.4g} {one.unit}" for one in quantities(text) if one.high > 1
    }
    return stems(text) | figures


def denied(
    found: Sequence[Denial],
    affirmed: Sequence[Saying],
    weights: Weights,
    comparable: Callable[[Place, Place], bool],
) -> Iterator[Denied]:
    """Denials with what they deny: the sentences they point back to, and others' statements."""
    words = [marked(one.text) for one in affirmed]
    having: defaultdict[str, list[int]] = defaultdict(list)
    for at, stemmed in enumerate(words):
        for word in stemmed:
            having[word].append(at)
    for denial in found:
        for other in denial.before:
            yield Denied(denial.saying, other, denial.stems & marked(other.text), POINTING)
        counts = Counter(
            at for word in denial.stems if len(having[word]) <= COMMONEST for at in having[word]
        )
        for at, count in counts.items():
            other = affirmed[at]
            if count < LEAST_SHARED - 1 or not apart(denial.saying, other):
                continue
            score = contradicts(denial, other, words[at], weights)
            if score and comparable(denial.saying.place, other.place):
                yield Denied(denial.saying, other, denial.stems & words[at], score)


def contradicts(denial: Denial, other: Saying, words: frozenset[str], weights: Weights) -> float:
    """How sure it is, 0 to 1, that a statement affirms what is denied; 0 where it does not."""
    own = frozenset(word for holder in denial.saying.holders for word in holder)
    shared = denial.stems & words
    weight = weights.sum(shared)
    if len(shared) < LEAST_SHARED or weight < LEAST_WEIGHT:
        return 0.0
    if is_negative(other.text) != denial.negative or not same_time(denial.times, other.times):
        return 0.0
    cover = weights.overlap(denial.stems - own, words)
    if denial.negated is None:
        return 0.8 * min(1.0, cover + 0.2) if cover >= LEAST_COVER else 0.0
    if weights.sum(shared & denial.negated) < LEAST_NEGATED * weight:
        return 0.0
    alike = weight / weights.sum(denial.stems | words)
    fits = alike >= LEAST_ALIKE and nested(denial.saying.names, other.names)
    return 0.8 * alike if fits else 0.0
