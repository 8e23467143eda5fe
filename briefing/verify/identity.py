"""Two names of holders in, whether they can be one's, or a body's and that of who speaks for it, out.

By the readings' actors, acronyms, descriptions and offices that some source tells of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.bodies import BODY_WORDS
from briefing.findings import AUTHOR
from briefing.quantities.stems import PRONOUNS
from briefing.verify.grounds import fold, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.findings import Actor
    from briefing.verify.grounds import Case, Stretch

ARTICLES = frozenset(
    "the a an its their his her our my your some many several two three one of and for in on at mr mrs ms dr".split()
)
GENERIC = frozenset(
    """official officials expert experts critic critics people source sources researcher researchers
    report reports study studies document documents statement author authors writer article analyst
    analysts observer observers paper newspaper text note letter data figure figures survey leader
    leaders side sides opponent opponents supporter supporters campaigner campaigners spokesperson
    spokesman spokeswoman group member members body release person""".split()
)
"""Descriptions that fit too many to tell whom they mean."""
ANONYMOUS = re.compile(
    r"(?:(?:an?|some|two|three|four|several|one|many|few|most)\b|(?:the\s+)?(?:\w+\s+)?(?:person|people|officials?"
    r"|sources?|experts?|critics?|analysts?|observers?|diplomats?|insiders?|witness(?:es)?)\b)",
    re.IGNORECASE,
)
"""Who has no name and keeps it so."""
KINDS = frozenset("company firm group organisation organization operator charity business".split())
"""Words for a body that a source may use of any that it has named."""
EXACT = frozenset(
    "church college court ministry parliament party police school university".split()
)
"""Words for a body that no source uses of one with another such word in its name."""
OFFICE = re.compile(
    r"\b(?:of|for|at|its|their|spokes\w+|chair\w*|director|head|president|minister|chief|secretary"
    r"|commissioner|leads?|heads?|runs|leader|executive|general|manager|founder)\b|[’']s\b",
    re.IGNORECASE,
)
REACH = 70
"""Characters between a person and the body that they speak for."""


def significant(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without small ones."""
    return tuple(word for word in folded(name) if word not in ARTICLES)


def is_telling(name: str) -> bool:
    """Whether a name tells whom it means."""
    return name != AUTHOR and bool(set(significant(name)) - PRONOUNS)


def is_same(case: Case, name: str, other: str, stretch: Stretch) -> bool:
    """Whether two names can be one holder's, or a body's and that of who speaks for it."""
    if name == other:
        return True
    if fold(other) in PRONOUNS or not significant(name) or not significant(other):
        return True
    own, given = forms(case, name), forms(case, other)
    if any(first <= second or second <= first for first in own for second in given):
        return True
    if letters(name) & {fold(other)} or letters(other) & {fold(name)}:
        return True
    if is_description(name):
        return is_description_of(case, name, other)
    if is_description(other):
        return is_described(case, other, name, stretch)
    return any(
        speaks_for(case, person, body) or is_officer(case, person, body, stretch)
        for person, body in ((name, other), (other, name))
    )


def bearers(case: Case, name: str) -> Iterator[tuple[Actor, set[frozenset[str]]]]:
    """The actors of a name, each with the words, without small ones, of all their names."""
    words = frozenset(significant(name))
    for document, reading in zip(case.pile.documents, case.pile.readings, strict=True):
        for actor in reading.actors:
            spelt = (actor.name, *(document[mention] for mention in actor.mentions))
            called = {frozenset(significant(one)) for one in spelt}
            if words in called:
                yield actor, called - {frozenset()}


def forms(case: Case, name: str) -> list[frozenset[str]]:
    """The words of each name of the actor of this name, without small ones."""
    found = [frozenset(significant(name))]
    owned = re.split(r"[’']s?\s+", name)[-1]
    if owned != name:
        found.append(frozenset(significant(owned)))
    for _, called in bearers(case, name):
        found += sorted(called, key=sorted)
    return found


def letters(name: str) -> frozenset[str]:
    """The acronyms of a name, folded."""
    words = [word for word in name.split() if word[:1].isalpha()]
    small = [word for word in words if word[0].isupper()]
    return frozenset(
        "".join(word[0] for word in some).lower() for some in (words, small) if len(some) > 1
    )


def is_description(name: str) -> bool:
    """Whether a holder is described rather than named: `the minister`, `Finch’s agent`."""
    return not any(word[:1].isupper() for word in name.split()[-1:])


def is_description_of(case: Case, described: str, name: str) -> bool:
    """Whether a description may mean the holder of a name.

    It may unless its last word stands in the name of another actor, or beside one, and never in or
    beside this one's.
    """
    words = significant(described)
    noun = words[-1] if words else ""
    if not noun or noun in GENERIC or is_description(name):
        return not noun or noun in GENERIC or bool(set(words) & set(significant(name)))
    forms_of = {noun, noun.removesuffix("s"), noun + "s"}
    own = {word for form in forms(case, name) for word in form}
    if forms_of & own or ("person" in kinds_of(case, name) and is_beside(case, forms_of, name)):
        return True
    if noun in EXACT and not BODY_WORDS.isdisjoint(own):
        return False
    others = (actor.name for reading in case.pile.readings for actor in reading.actors)
    return not any(forms_of & set(significant(other)) for other in others)


def is_described(case: Case, described: str, name: str, stretch: Stretch) -> bool:
    """Whether the source's description of a holder may mean the holder that the sentence names.

    `A person` or `two officials` are nobody with a name; a body may stand for its study, where
    the passage names both.
    """
    body = "person" not in kinds_of(case, name)
    if body and set(significant(name)) & set(folded(stretch.text)):
        return True
    anonymous = ANONYMOUS.match(described) is not None
    noun = significant(described)[-1:]
    own = {word for form in forms(case, name) for word in form}
    linked = bool(noun) and (noun[0] in own | KINDS or is_beside(case, {noun[0]}, name))
    return not anonymous and linked and is_description_of(case, described, name)


def kinds_of(case: Case, name: str) -> frozenset[str]:
    """What the readings take the bearer of a name for."""
    return frozenset(actor.kind for actor, _ in bearers(case, name))


def is_voice(case: Case, name: str, stretch: Stretch) -> bool:
    """Whether a source is in the voice of the holder of this name, or may be."""
    document = case.pile.documents[stretch.document]
    return any(
        is_same(case, name, other, stretch) for other in document.signatures
    ) or is_unsigned(case, name, stretch)


def is_beside(case: Case, nouns: set[str], name: str) -> bool:
    """Whether one of `nouns` stands near a name in some source."""
    last = significant(name)[-1]
    for document in case.pile.documents:
        words = folded(document.text)
        for at in (at for at, word in enumerate(words) if word == last):
            if nouns & set(words[max(0, at - 8) : at + 9]):
                return True
    return False


def is_officer(case: Case, person: str, body: str, stretch: Stretch) -> bool:
    """Whether a source's sentence calls a person an officer of the body named before: `its chair`."""
    named = set(significant(body)) <= {word for one in case.near for word in folded(one.text)}
    last = significant(person)[-1]
    office = rf"\b(?:its|their)\s+(?:[\w-]+\s+){{0,3}}[\w-]+,?\s+(?:[\w.’'-]+\s+){{0,2}}{re.escape(last)}\b"
    return named and re.search(office, plain(stretch.text)) is not None


def speaks_for(case: Case, person: str, body: str) -> bool:
    """Whether some source shows by an office that a person speaks for a body."""
    one, other = significant(person), significant(body)
    pattern = re.compile(
        rf"(?:\b{re.escape(one[-1])}\b(?P<a>[^.!?]{{0,{REACH}}}?)\b{re.escape(other[-1])}\b"
        rf"|\b{re.escape(other[-1])}\b(?P<b>[^.!?]{{0,{REACH}}}?)\b{re.escape(one[-1])}\b)"
    )
    if "person" not in kinds_of(case, person) or "person" in kinds_of(case, body):
        return False
    return any(
        (OFFICE.search(between := match["a"] or match["b"] or "") and "," in between)
        or re.search(r"\b(?:who leads|of|for)\b\s*(?:the\s*)?$", between)
        for document in case.pile.documents
        for match in pattern.finditer(plain(document.text))
    )


def plain(text: str) -> str:
    """`text` in small letters on one line."""
    return " ".join(text.lower().split())


def is_unsigned(case: Case, holder: str, stretch: Stretch) -> bool:
    """Whether a source names no author and may be the holder's own paper."""
    document = case.pile.documents[stretch.document]
    ends = folded(document.text[:400]) + folded(document.text[-400:])
    return not document.signatures and set(significant(holder)) <= set(ends)
