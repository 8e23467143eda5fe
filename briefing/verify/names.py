"""Names of a sentence against its grounds.

A name stands if each of its words stands in the grounds, the sentences around them, the headings
above them or what the source says of itself; if it is another name of somebody named there; or if
it goes, in some source, together with a word that stands there. Words of a name must also stand
together somewhere: a first name of one and a surname of another make nobody.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from briefing.document import Span
from briefing.quantities.stems import COMMON_WORDS, DAYS, MONTHS
from briefing.verify.grounds import (
    WORD,
    Case,
    Fault,
    Stretch,
    fold,
    folded,
    nearest,
    telling,
)
from briefing.verify.spelling import (
    NAME,
    SMALL,
    adjoining,
    capitals_in,
    fold_text,
    initials,
    is_demonym,
    is_plural_of,
    small_in,
    words_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.findings import Evidence

SENTENCE_END = re.compile(r"(?:^|[.!?:;—–]\s+|[“\"‘(\[]\s?|\n)[“\"‘(\[]*$")
RANKS = frozenset(
    """prime professor prof president vice doctor dr sir dame lord lady baron baroness count king queen
    prince princess senator general admiral colonel captain major judge justice bishop archbishop
    cardinal chancellor governor ambassador secretary reverend""".split()
)
"""Titles that belong to a name although a sentence begins with them."""
COURTESY = frozenset("mr mrs ms miss mx messrs".split())
"""What may stand before a name without saying more of whom it means."""
NO_NAMES = (
    MONTHS
    | DAYS
    | COMMON_WORDS
    | COURTESY
    | SMALL
    | {"may", "i", "ii", "iii", "iv", "gmt", "utc", "tv", "pm", "am"}
)
PRONOUN = re.compile(
    r"\b(?:he|she|they|it|we|I|his|her|their|its|our|my|him|them|us|me|who|this|that|these|those"
    r"|the|said|says|added)\b"
)
BACK = 8
"""Sentences before a passage in which whom a pronoun means may be named."""


class Name(NamedTuple):
    """A name in a sentence: where it stands, and its words, folded."""

    span: Span
    words: tuple[str, ...]


def name_faults(case: Case) -> Iterator[Fault]:
    """The names of a sentence that its grounds do not have."""
    near = near_words(case)
    for name in names(case):
        missing = [word for word in name.words if not stands(word, name, near, case)]
        if missing:
            yield missing_fault(case, name, missing)
        elif swapped := swap(case, name):
            yield swapped
        elif not is_one(name, case):
            printed = case[name.span]
            yield Fault(
                "name",
                name.span,
                f"the words of “{printed}” stand in no source as one name",
                evidence=evidence_of(case, name.words),
            )


def names(case: Case) -> Iterator[Name]:
    """The names in the sentence, in order."""
    text = case.text
    mentions = [span for actor in case.assertion.reading.actors for span in actor.mentions]
    for match in NAME.finditer(text):
        start = match.start()
        tokens = [
            (Span(start + one.start(), start + one.end()), fold(one[0]))
            for one in WORD.finditer(re.sub(r"[’']s\b", "  ", match[0]))
        ]
        opens = SENTENCE_END.search(text[:start]) is not None
        if opens and tokens:
            first, word = tokens[0]
            known = any(mention.overlaps(first) for mention in mentions) and not is_small(
                word, case
            )
            ranked = len(tokens) > 1 and (
                word in RANKS or (is_surname(tokens[1][1], case) and not is_small(word, case))
            )
            if word in COMMON_WORDS or not (is_proper(word, case) or known or ranked):
                tokens = tokens[1:]
        while tokens and tokens[0][1] in SMALL | COURTESY:
            tokens = tokens[1:]
        kept = tuple(
            (span, word)
            for span, word in tokens
            if word not in SMALL
            and not word.isdigit()
            and not re.search(r"\d", text[slice(*span)])
        )
        words = tuple(word for _, word in kept)
        if kept and not all(word in NO_NAMES for word in words):
            kept_words = tuple(word for word in words if word not in MONTHS | DAYS)
            yield Name(Span(kept[0][0].start, kept[-1][0].end), kept_words)


def is_surname(word: str, case: Case) -> bool:
    """Whether somebody's full name in the sources ends with a word."""
    return any(
        actor.kind == "person" and len(words := folded(actor.name)) > 1 and words[-1] == word
        for reading in case.pile.readings
        for actor in reading.actors
    )


def is_small(word: str, case: Case) -> bool:
    """Whether some source writes a word in small letters."""
    return any(word in small_in(document.text) for document in case.pile.documents)


def is_proper(word: str, case: Case) -> bool:
    """Whether some source has a word with a capital where no sentence begins."""
    return any(word in capitals_in(document.text) for document in case.pile.documents)


def near_words(case: Case) -> frozenset[str]:
    """The words among which those of a name may stand."""
    found = {word for stretch in case.near for word in folded(stretch.text)}
    for source in case.sources:
        own = (source.title, source.handle, *source.signatures)
        found |= {word for text in own if text for word in folded(text)}
    found |= {word for name in (*case.framed, *aliases(case)) for word in folded(name)}
    return frozenset(found)


def aliases(case: Case) -> Iterator[str]:
    """All names of the actors that the grounds name, mean by a pronoun, or attribute to."""
    for number in dict.fromkeys(stretch.document for stretch in case.grounds):
        document, reading = case.pile.documents[number], case.pile.readings[number]
        spans = [stretch.span for stretch in case.near if stretch.document == number]
        spans += meant(case, number)
        holders = {
            name for _, statement in case.held() for name in (*statement.holders, *statement.via)
        }
        for actor in reading.actors:
            forms = [document[mention] for mention in actor.mentions]
            here = any(span.contains(mention) for span in spans for mention in actor.mentions)
            if here or actor.name in holders:
                yield from (actor.name, *forms)
        yield from sorted(holders)


def meant(case: Case, number: int) -> Iterator[Span]:
    """The sentences before the grounds in one document in which a pronoun of theirs is named."""
    sentences = case.pile.readings[number].sentences
    for stretch in case.grounds:
        if stretch.document == number and PRONOUN.search(stretch.text):
            for at in range(max(0, stretch.sentence - BACK), stretch.sentence):
                if sentences[at].paragraph >= sentences[stretch.sentence].paragraph - 1:
                    yield sentences[at].span


def stands(word: str, name: Name, near: frozenset[str], case: Case) -> bool:
    """Whether a word of a name stands where it may."""
    if word in near or word in NO_NAMES or is_plural_of(word, near):
        return True
    if any(is_demonym(word, other) for other in near if other[0] == word[0]):
        return True
    if is_acronym(word, name, near, case):
        return True
    others = [other for other in name.words if other != word and other in near]
    return any(together(word, other, case) for other in others)


def is_acronym(word: str, name: Name, near: frozenset[str], case: Case) -> bool:
    """Whether a word is the letters of a name that stands near, or one of a name whose letters do."""
    shouted = word.upper() in case[name.span].replace(".", "")
    if shouted and any(word in initials(stretch.text) for stretch in case.near):
        return True
    letters = {"".join(other[0] for other in name.words)} | initials(
        " ".join(other.title() for other in name.words)
    )
    printed = {fold(letter) for letter in initials(case[name.span])}
    known = any(
        (letters | printed) & initials(document.text) and word in words_in(document.text)
        for document in case.pile.documents
    )
    return known and bool((letters | printed) & near)


def is_one(name: Name, case: Case) -> bool:
    """Whether each two neighbouring words of a name stand together in some source."""
    printed = folded(case[name.span])
    own = [word for word in name.words if word not in NO_NAMES]
    texts = [
        fold_text(text)
        for document in case.pile.documents
        for text in (document.title or "", *document.signatures)
    ]
    joined = " ".join(own)
    return any(joined in text for text in texts if text) or all(
        is_listed(one, other, printed)
        or is_linked(one, other, case[name.span], case)
        or together(one, other, case)
        or is_place(one, case)
        or is_place(other, case)
        for one, other in pairwise(own)
    )


def is_place(word: str, case: Case) -> bool:
    """Whether a word is all of a place's name or says whose somebody is, and so may stand by any."""
    return (
        any(
            (actor.kind == "place" and (word,) == folded(actor.name))
            or any(is_demonym(word, part) for part in folded(actor.name) if part[0] == word[0])
            for reading in case.pile.readings
            for actor in reading.actors
        )
        or re.search(r"(?:ian|ish|ese)$", word) is not None
    )


def is_listed(one: str, other: str, printed: Sequence[str]) -> bool:
    """Whether `and` stands between two words, which may part two names."""
    return any(
        printed[at] == one
        and "and" in printed[at + 1 : at + 3]
        and other in printed[at + 2 : at + 4]
        for at in range(len(printed))
    )


def is_linked(one: str, other: str, shown: str, case: Case) -> bool:
    """Whether two names are told together that a sentence of a source has both: `Crale of the ROB`.

    Only where `of`, `from`, `at` or a possessive stands between the words.
    """
    link = r"(?:[’']s?\s+|\s+(?:of|from|at)\s+(?:the\s+)?)"
    if not re.search(rf"\b{re.escape(one)}{link}{re.escape(other)}\b", shown.lower()):
        return False
    return any(
        {one, other} <= set(folded(document[sentence.span]))
        for document, reading in zip(case.pile.documents, case.pile.readings, strict=True)
        if {one, other} <= words_in(document.text)
        for sentence in reading.sentences
    )


def together(one: str, other: str, case: Case) -> bool:
    """Whether two words belong to one name in some source.

    They stand next to each other within a name, in any order if one of them is also a common
    word, which then may stand a few words off in small letters: `Dray, the river commissioner`.
    """
    loose = is_small(one, case) or is_small(other, case)
    names_of = (actor.name for reading in case.pile.readings for actor in reading.actors)
    if loose and any({one, other} <= set(folded(name)) for name in names_of):
        return True
    return any(
        adjoining(one, other, document.text, loose=loose) for document in case.pile.documents
    )


def swap(case: Case, name: Name) -> Fault | None:
    """The fault of a name that stands where the grounds have another, which the sentence lacks.

    It stands there if the words around both are the same: `on the Mirne, 435` for `on the Ossel,
    435`. Only names that come from around the grounds can be swapped so.
    """
    if any(word in folded(stretch.text) for word in name.words for stretch in case.grounds):
        return None
    head, tail = folded(case.text[: name.span.start])[-2:], folded(case.text[name.span.end :])[:1]
    own = folded(case.text)
    for stretch in case.grounds:
        for match in NAME.finditer(stretch.text):
            named = folded(match[0])
            small = next((at for at, word in enumerate(named) if word not in SMALL), 0)
            before = (*folded(stretch.text[: match.start()]), *named[:small])
            after = folded(stretch.text[match.end() :])
            other = [word for word in named if word not in SMALL]
            same = len(head) == 2 and before[-2:] == head and head[0] in SMALL
            same = same or (bool(head and tail) and before[-1:] == head[-1:] and after[:1] == tail)
            if same and other and not set(other) & set(own):
                return Fault(
                    "name",
                    name.span,
                    f"the passage has “{match[0]}” in place of “{case[name.span]}”",
                    misattributed=True,
                    evidence=stretch.evidence,
                )
    return None


def missing_fault(case: Case, name: Name, missing: Sequence[str]) -> Fault:
    """The fault of a name of which words are missing."""
    printed = case[name.span]
    known = all(
        any(word in words_in(document.text) for document in case.pile.documents)
        for word in missing
    )
    elsewhere = [
        stretch for stretch in case.elsewhere() if set(missing) <= set(folded(stretch.text))
    ]
    if known and elsewhere:
        found = nearest(telling(case.text), elsewhere) or elsewhere[0]
        return Fault(
            "name",
            name.span,
            f"“{printed}” stands elsewhere in the sources, not in the passage",
            misattributed=True,
            evidence=found.evidence,
        )
    some = "" if len(missing) == len(name.words) else f" (“{' '.join(missing)}” of it)"
    return Fault(
        "name",
        name.span,
        f"“{printed}”{some} stands nowhere in the sources"
        if not known
        else f"“{printed}” stands in no source as one name",
        evidence=evidence_of(case, name.words),
    )


def evidence_of(case: Case, words: Iterable[str]) -> Evidence | None:
    """The ground that has most of `words`, or the first."""
    best: Stretch | None = max(
        case.grounds,
        key=lambda stretch: len(set(words) & set(folded(stretch.text))),
        default=None,
    )
    return best.evidence if best else None
