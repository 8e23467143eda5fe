"""Documents and the names of their main actors in, a headline out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.quantities.numerals import SCALES, SMALL, TENS
from briefing.quantities.units import UNITS
from briefing.wording import Wording
from briefing.wording import load as load_wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.document import Document
    from briefing.relate import Related

HEADLINE_ACTORS = 3
LONGEST_LINE = 90
"""Characters of a line that can be a heading."""
TOPICS = 2
QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"")
"""What somebody says is no name of a matter: `not declaring victory`."""
DONE = re.compile(r"[a-z]{3,}(?<!e)(?:ed|ly)")
"""What ends no name of a matter: `remains committed`."""
MOST_INSIDE = 1 / 3
"""Share of a pair's places in which it is part of a longer name, or what somebody is called."""
NAME_BEFORE = 5
"""Words and marks before a pair among which a name and a comma may stand."""
LEAST_LETTERS = 4
WORD = re.compile(r"[\w’'-]+|[^\w\s]")
"""Words and marks: a pair of words with a mark between them is none."""
FUNCTION_WORDS = frozenset(
    """about above after again also among another been before being below between both could does
    down during each either even ever every first from have having here however into itself just
    last least less like made make many might more most much must near need neither never next
    nobody none nothing once only onto other others over rather same says said shall should since
    some such take than that their them then there these they this those though three through
    thus under until upon very want wants well were what when where whether which while whom whose
    will with within without would year years your month months week weeks million billion cent
    crowns dollars euros pounds percent""".split()
)

COUNTING = frozenset(
    (*(word for unit in UNITS for word in unit.split()), *SMALL, *TENS, *SCALES, "cubic")
)
"""Numbers and what they are of."""


def headline(
    documents: Sequence[Document], related: Related, focus: str, language: str = "en"
) -> str:
    """A headline in the sources' own words where there is one, else made of names.

    Args:
        documents: The sources.
        related: What `relate` found in them.
        focus: What the user asked for, or empty.
        language: In which what is not the sources' own is worded.

    Returns:
        The title of a single source, the focus, or the main actors' names. No quotation mark
        is added to any.
    """
    if len(documents) == 1 and documents[0].title:
        return documents[0].title
    if focus:
        return focus
    words = load_wording(language)
    known = {name.casefold() for document in documents for name in document.authors}
    actors = words.names(apart(related.title_actors, known))
    if len(documents) == 1 and documents[0].authors:
        voice = documents[0].voice
        about = words.gettext("%(voice)s on %(actors)s")
        return words.fill(about, voice=voice, actors=actors) if actors else voice
    if len(documents) == 1:
        named = first_line(documents[0]) or (actors and counted(actors, documents, words))
        return named or documents[0].name.rpartition("/")[2]
    # No word of another language stands between the sources' own.
    foreign = any(document.language not in (None, language) for document in documents)
    subject = words.names(topics(documents)[: 1 if foreign else TOPICS]) or actors
    if subject:
        return counted(subject[:1].upper() + subject[1:], documents, words)
    count = len(documents)
    return words.fill(words.ngettext("%(num)s source", "%(num)s sources", count), num=count)


def counted(subject: str, documents: Sequence[Document], words: Wording) -> str:
    """What a pile is about, and how large it is."""
    count = len(documents)
    message = words.ngettext("%(subject)s: %(num)s source", "%(subject)s: %(num)s sources", count)
    return words.fill(message, subject=subject, num=count)


def first_line(document: Document) -> str:
    """The first heading, or the first line where it reads as one; else empty."""
    if document.headings:
        return " ".join(document[document.headings[0]].split())
    line = document.text[document.body_start :].lstrip().partition("\n")[0].strip()
    return line if len(line) <= LONGEST_LINE and line[-1:].isalnum() else ""


def topics(documents: Sequence[Document]) -> tuple[str, ...]:
    """Up to two pairs of words that most of several documents have: `harbour dues`.

    Pairs of small letters only, so that they name a matter and nobody; none that is part of a
    longer name, or what somebody is called: `chief executive`. One in a title or a heading tells
    what a document is about, and counts more.
    """
    spread: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    headed: Counter[tuple[str, str]] = Counter()
    for document in documents:
        pairs = counted_pairs(document.text)
        spread.update(pairs.keys())
        total.update(pairs)
        headings = (document[span] for span in document.headings)
        headed.update(topical_pairs(" . ".join((document.title or "", *headings)).casefold()))
    least = max(2, len(documents) / 2)
    thirds: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for document in documents:
        for pair, counts in going_on(document.text).items():
            thirds[pair].update(counts)
    common = sorted(
        (
            pair
            for pair, count in spread.items()
            if count >= least and within(thirds[pair]) < MOST_INSIDE * total[pair]
        ),
        key=lambda pair: (-spread[pair] * total[pair] * (1 + headed[pair]), pair),
    )
    chosen: list[tuple[str, str]] = []
    for pair in common:
        if len(chosen) < TOPICS and not any(set(pair) & set(other) for other in chosen):
            chosen.append(pair)
    return tuple(" ".join(pair) for pair in chosen)


@lru_cache(maxsize=16)
def counted_pairs(text: str) -> Mapping[tuple[str, str], int]:
    """How often each of the pairs of `text` stands there."""
    return Counter(topical_pairs(QUOTED.sub(" . ", text)))


@lru_cache(maxsize=16)
def going_on(text: str) -> Mapping[tuple[str, str], Mapping[str, int]]:
    """How often each pair of `text` goes on in which third word, or, under "", stands with a name."""
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    words = ["", "", *WORD.findall(text), "", "", ""]
    for at in range(2, len(words) - 4):
        pair, third = (words[at], words[at + 1]), words[at + 2]
        if all(map(is_topical, pair)):
            if is_topical(third):
                found[pair][third] += 1
            elif stands_with_name(words[:at][-NAME_BEFORE:], words[at + 2 : at + 5]):
                found[pair][""] += 1
    return found


def within(thirds: Mapping[str, int]) -> int:
    """How many of a pair's places are none of its own; a third word that comes once is chance."""
    longer = max((count for third, count in thirds.items() if third), default=0)
    return thirds.get("", 0) + (longer if longer > 1 else 0)


def stands_with_name(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether somebody is called so: `Mara Quist, its head clerk,` or `head clerk, Mara Quist`."""
    first, *others = after
    behind = first.istitle() or (first == "," and all(map(str.istitle, others)))
    return behind or (
        first == "," and any(mark == "," and name.istitle() for name, mark in pairwise(before))
    )


def topical_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Neighbouring words of `text` that can both name a matter."""
    pairs = (pair for pair in pairwise(WORD.findall(text)) if all(map(is_topical, pair)))
    return (pair for pair in pairs if not DONE.fullmatch(pair[1]))


def is_topical(word: str) -> bool:
    """Whether a word can name a matter: some length, small letters, no function word or unit."""
    return (
        len(word) >= LEAST_LETTERS
        and word.isalpha()
        and word.islower()
        and word not in FUNCTION_WORDS
        and word not in COUNTING
    )


def apart(names: Sequence[str], known: set[str]) -> tuple[str, ...]:
    """The first few of `names` that are not `known` and share no word with one another."""
    chosen: list[str] = []
    words: set[str] = set()
    for name in names:
        parts = {part for part in name.casefold().split() if len(part) > 2 and part != "the"}
        if name.casefold() not in known and not parts & words:
            chosen.append(name)
            words |= parts
    return tuple(chosen[:HEADLINE_ACTORS])
