"""Pronouns whose meaning is known: under other names, and made from names that are repeated.

In: cases that people marked, and texts that nobody has. Out: more cases.

A name that comes again soon after its first place could as well have been a pronoun; with one in
its place it is known whom that means. The method is that of WikiCREM (Kocijan et al. 2019), on
news, with he or she by whom the first name is known for, or by the only one of them in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from briefing.reader.standing import OTHER_PART, PARTS, Standing, Trees, part
from briefing.reader.tasks.corpus import records

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    Parse = Callable[[str], Sequence[Any]]
    """Cuts a text into sentences and parses them: one spaCy `Doc` each, with `start` as
    `standing.Trees` wants it."""
    Gender = Callable[[str], str]
    """`m`, `f` or nothing for a first name."""

Place = tuple[int, int]
PLAIN = ("sum_bbc", "sum_cnndm")
PLAIN_CHARACTERS = 4000
"""Of each plain text: parsing takes time."""
LEAST_PEOPLE = 2
"""Of a plain text that is parsed: so many names of two words whose last comes again."""
MOST_OF_TEXT = 6
"""Cases that are made of one text at most."""
BACK = 3
"""Sentences in which a name must stand before it becomes a pronoun, and another one too."""
SHARE_OTHER_GENDER = 0.3
"""Of the cases in which all others are of another gender so many are kept."""
NAME_WORD = re.compile(r"[^\W\d_][\w*.'’-]*")
FULL_NAME = re.compile(r"\b[A-Z][a-z]+ ([A-Z][a-z]{2,})\b")
TITLE = re.compile(r"(?:(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r)\.?|Sir|Lord|Lady|President|Sen\.|Rep\.)\s+")
POSSESSIVE = re.compile(r"\s*[’']s?\Z")
NO_NAMES = frozenset("CARDINAL DATE LANGUAGE MONEY NORP ORDINAL PERCENT QUANTITY TIME".split())
"""Labels of what nobody is called."""
MALE = frozenset(("he", "him", "his"))
PRONOUNS = {"m": ("he", "him", "his"), "f": ("she", "her", "her")}
"""As a subject, as an object, as an owner."""


class Mention(NamedTuple):
    """A place that names somebody.

    Attributes:
        span: In the text.
        name: Of the one who is meant by it.
        right: Whether the pronoun means it.
        standing: How it stands to the pronoun.
    """

    span: Place
    name: str
    right: bool
    standing: Standing


class Case(NamedTuple):
    """A pronoun in its text, and the names about it."""

    text: str
    pronoun: Place
    mentions: tuple[Mention, ...]


class Plain(msgspec.Struct, frozen=True):
    """A text that nobody has marked."""

    split: str
    document: str


class Renamer:
    """Gives the people of a case names that others have; `cases` are where these come from."""

    def __init__(self, cases: Sequence[Case]) -> None:
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        self._first: dict[str, list[str]] = {"m": [], "f": []}
        self._last: list[str] = []
        for case in cases:
            gender = _gender(case)
            for words in _people(case):
                if len(words) > 1:
                    votes[words[0]][gender] += 1
                    self._first[gender].append(words[0])
                    self._last.append(words[-1])
        self._gender = {name: count.most_common(1)[0][0] for name, count in votes.items()}

    def gender_of(self, name: str) -> str:
        """`m` or `f` for a first name that is known; else nothing."""
        return self._gender.get(name, "")

    def __call__(self, case: Case, chance: random.Random) -> Case:
        """The same with other names for the two that it is about."""
        gender = _gender(case)
        chosen: dict[str, str] = {}
        for words in _people(case):
            for at, word in enumerate(words):
                first = at == 0 and (len(words) > 1 or word in self._gender)
                if word[0].isupper() and len(word) > 1 and word not in chosen:
                    chosen[word] = chance.choice(self._first[gender] if first else self._last)
        return replaced(case, chosen)


def replaced(case: Case, words: dict[str, str]) -> Case:
    """The same with the keys of `words`, wherever they stand, replaced by its values."""
    if not words:
        return case
    pattern = re.compile(rf"(?<![\w*])(?:{'|'.join(map(re.escape, words))})(?![\w*])")
    ends, shifts, grown = [-1], [0], 0
    for match in pattern.finditer(case.text):
        grown += len(words[match[0]]) - len(match[0])
        ends.append(match.end())
        shifts.append(grown)

    def moved(span: Place) -> Place:
        start, end = (at + shifts[bisect_right(ends, at) - 1] for at in span)
        return start, end

    return Case(
        pattern.sub(lambda match: words[match[0]], case.text),
        moved(case.pronoun),
        tuple(each._replace(span=moved(each.span)) for each in case.mentions),
    )


def _gender(case: Case) -> str:
    return "m" if case.text[slice(*case.pronoun)].lower() in MALE else "f"


def _people(case: Case) -> Iterator[list[str]]:
    """The words of the names of the two that a case is about."""
    for each in case.mentions:
        if each.name.isdigit():
            yield NAME_WORD.findall(POSSESSIVE.sub("", case.text[slice(*each.span)]))


def names_in(docs: Sequence[Any]) -> Iterator[Place]:
    """Where names stand, of whatever kind, without titles and the mark of possession."""
    for doc in docs:
        start = doc.user_data["start"]
        for span in (*doc.ents, *_proper_runs(doc)):
            if span.label_ not in NO_NAMES and (bare := _bare(span.text, span.start_char + start)):
                yield bare


def _proper_runs(doc: Any) -> Iterator[Any]:
    """Runs of neighbouring proper nouns, days and months left out."""
    for proper, run in groupby(
        doc, key=lambda token: token.pos_ == "PROPN" and token.ent_type_ not in NO_NAMES
    ):
        if proper:
            first, *rest = run
            yield doc[first.i : first.i + len(rest) + 1]


def _bare(words: str, start: int) -> Place | None:
    while title := TITLE.match(words):
        words, start = words[title.end() :], start + title.end()
    words = POSSESSIVE.sub("", words)
    return (start, start + len(words)) if words[:1].isupper() and "\n" not in words else None


def words_of(name: str) -> frozenset[str]:
    """The words of a name, whatever their case."""
    return frozenset(NAME_WORD.findall(name.casefold()))


def made_up(data: Path, parse: Parse, gender_of: Gender) -> list[Case]:
    """Cases from plain texts in `data`, those of the part `train`.

    Raises:
        SourceError: If they cannot be read.
    """
    found: list[Case] = []
    for name in PLAIN:
        for each in records(data / f"{name}.jsonl.gz", Plain):
            text = each.document[:PLAIN_CHARACTERS]
            if each.split == "train" and _is_promising(text):
                found += from_text(text, parse(text), gender_of)
    return found


def _is_promising(text: str) -> bool:
    """Whether several people seem to be named again by their last names."""
    again = {
        last
        for last in FULL_NAME.findall(text)
        if len(re.findall(rf"\b{re.escape(last)}\b", text)) > 1
    }
    return len(again) >= LEAST_PEOPLE


class _Named(NamedTuple):
    """A name in a text."""

    span: Place
    sentence: int
    head: Any
    name: str
    person: bool


def from_text(text: str, docs: Sequence[Any], gender_of: Gender) -> list[Case]:
    """Cases made of one text: some of the names that are repeated become pronouns."""
    named = _named(text, docs)
    people = {each.name for each in named if each.person}
    usual = _usual_gender(docs)
    genders = {name: gender_of(name.split()[0]) or usual for name in people}
    trees = Trees(docs)
    cases: list[Case] = []
    for each in named:
        gender = genders.get(each.name, "")
        form = _form(each)
        if not gender or form is None:
            continue
        before = [
            other
            for other in named
            if other.span[0] < each.span[0] and each.sentence - other.sentence <= BACK
        ]
        others = {other.name for other in before if other.person} - {each.name}
        rivals = any(genders[other] in ("", gender) for other in others)
        again = any(other.name == each.name for other in before)
        # the digits of a place: a coin that falls the same way in every run
        kept = rivals or (each.span[0] * 7919 % 100) / 100 < SHARE_OTHER_GENDER
        if again and others and kept:
            cases.append(_case(text, each, named, PRONOUNS[gender][form], trees))
    step = max(1, len(cases) // MOST_OF_TEXT)
    return cases[::step][:MOST_OF_TEXT]


def _usual_gender(docs: Sequence[Any]) -> str:
    """`m` or `f` where a text has only one of he and she; else nothing."""
    words = {token.lower_ for doc in docs for token in doc}
    found = [gender for gender, forms in PRONOUNS.items() if words & set(forms)]
    return found[0] if len(found) == 1 else ""


def _form(named: _Named) -> int | None:
    """Which form of a pronoun could stand for a name; None where none could."""
    start = named.head.doc.user_data["start"]
    below = [token for token in named.head.subtree if token.text not in ("'s", "’s", "'", "’")]
    span = below[0].idx + start, below[-1].idx + len(below[-1]) + start
    role = part(named.head)
    if span != named.span or role == OTHER_PART or named.head.dep_ in ("conj", "appos"):
        return None
    if role == PARTS["poss"]:
        return 2
    return 0 if role in (PARTS["nsubj"], PARTS["nsubjpass"]) else 1


def _case(text: str, each: _Named, named: Sequence[_Named], pronoun: str, trees: Trees) -> Case:
    start, end = each.span
    if pronoun in ("his", "her") and (mark := re.match(r"[’']s?", text[end:])):
        end += mark.end()
    if text[:start].rstrip()[-1:] in ("", ".", "!", "?", "\n"):
        pronoun = pronoun.capitalize()
    shift = len(pronoun) - (end - start)

    def moved(span: Place) -> Place:
        return (span[0] + shift, span[1] + shift) if span[0] >= end else span

    return Case(
        text[:start] + pronoun + text[end:],
        (start, start + len(pronoun)),
        tuple(
            Mention(
                moved(other.span),
                other.name,
                other.name == each.name,
                trees.standing(each.span, other.span),
            )
            for other in named
            if other is not each
        ),
    )


def _named(text: str, docs: Sequence[Any]) -> list[_Named]:
    """The names of a text with whom they name: a surname the one whose full name ends with it."""
    full: dict[str, set[str]] = defaultdict(set)
    for doc in docs:
        for span in doc.ents:
            words = POSSESSIVE.sub("", TITLE.sub("", span.text)).split()
            if len(words) > 1 and span.label_ == "PERSON" and NAME_WORD.fullmatch(words[-1]):
                full[words[-1]].add(" ".join(words))
    # The parser does not know every surname that stands alone for one.
    again = (
        match.span() for last in full for match in re.finditer(rf"\b{re.escape(last)}\b", text)
    )
    taken: list[Place] = []
    for span in sorted({*names_in(docs), *again}, key=lambda span: (span[0] - span[1], span)):
        if not any(span[0] < last and first < span[1] for first, last in taken):
            taken.append(span)
    trees = Trees(docs)
    found = []
    for span in sorted(taken):
        name = text[slice(*span)]
        known = full.get(name.split()[-1], set())
        person = len(known) == 1 and (name in known or " " not in name)
        at = trees.head(span)
        if at is not None:
            found.append(_Named(span, *at, next(iter(known)) if person else name, person))
    return found
