"""Documents in, the text that they share and where it stood first out, as `Origins`.

Documents are compared by runs of words alone: case, punctuation and line breaks make no
difference. A reprint, a wire copy and a pasted passage are found alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, groupby
from typing import TYPE_CHECKING, NamedTuple

from briefing.document import Document, Span
from briefing.marks import paired

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHINGLE_WORDS = 5
"""Neighbouring words that are looked up together; two changed words apart cost no more."""
PASSAGE_WORDS = 8
"""Words in a row from which on they were copied rather than hit upon twice."""
GAP_WORDS = 2
"""Changed words within a passage."""
KEEPERS = 8
"""Documents remembered for one shingle, the first ones: more add time, and nothing to find."""
SHORTER_SHARE = 0.6
LONGER_SHARE = 0.2
"""Least shares of the shorter and of the longer text that two copies of one writing have in common.

The second keeps a press release apart from a long report that pastes it in.
"""
QUOTED_WORDS = 4
"""Words between marks from which on they are somebody's words rather than a term."""
OWN_SHARE = 0.1
"""Share of words outside quotations below which a text is taken whole, as one long quotation."""
UNDATED = "~"
"""Sorts behind every date."""
WORD = re.compile(r"[^\W_]+")


class Passage(NamedTuple):
    """Words that an earlier document has too: where they stand, and the number of that one."""

    span: Span
    document: int


@dataclass(frozen=True, slots=True)
class Origins:
    """What documents share.

    Attributes:
        groups: Documents that are, as a whole, one writing (a reprint, a wire copy), ascending;
            each document is in exactly one group.
        passages: For each document what it shares with earlier ones, in the order of its text;
            no two overlap.
    """

    groups: tuple[tuple[int, ...], ...]
    passages: tuple[tuple[Passage, ...], ...] = ()

    def first(self, documents: Sequence[Document]) -> dict[int, int]:
        """For each document the earliest dated one, else the first, that is the same writing."""
        return {
            number: min(group, key=lambda one: (documents[one].date or UNDATED, one))
            for group in self.groups
            for number in group
        }

    @property
    def writing(self) -> dict[int, int]:
        """For each document the first, by number, that is the same writing."""
        return {number: group[0] for group in self.groups for number in group}

    def of(self, document: int, span: Span) -> int:
        """The document in which the words of `span` in `document` stood first.

        That is the earliest dated one, else the first, of those that have most of the words;
        `document` itself where nobody shares them.
        """
        passages = self.passages[document] if document < len(self.passages) else ()
        # The passage before the first that starts within the span may reach into it.
        at = max(0, bisect_right(passages, span.start, key=lambda one: one.span.start) - 1)
        shared: Counter[int] = Counter()
        for passage in passages[at:]:
            if passage.span.start >= span.end:
                break
            reach = min(passage.span.end, span.end) - max(passage.span.start, span.start)
            shared[passage.document] += max(0, reach)
        if 2 * shared.total() < max(1, span.end - span.start):
            return document
        return min(shared, key=lambda one: (-shared[one], one))


class Words(NamedTuple):
    """The words of a document: where each stands, its shingles, and which of them are its own.

    `shingles[n]` begins at word `n`; `own[n]` tells whether no word of it is quoted.
    """

    spans: tuple[Span, ...]
    shingles: tuple[int, ...]
    own: tuple[bool, ...]


def find_origins(documents: Sequence[Document]) -> Origins:
    """Find what `documents` share, in time that grows with their words alone.

    Args:
        documents: In any order; a date counts for more than the place in it.
    """
    everything = [words_of(document.text) for document in documents]
    keepers: defaultdict[int, list[int]] = defaultdict(list)
    common: Counter[tuple[int, int]] = Counter()
    passages: list[tuple[Passage, ...]] = [()] * len(documents)
    for number in by_age(documents):
        words = everything[number]
        passages[number] = tuple(find_passages(words, keepers))
        for shingle, own in {*zip(words.shingles, words.own, strict=True)}:
            known = keepers[shingle]
            if own:
                for earlier in known:
                    common[earlier, number] += 1
            if len(known) < KEEPERS and number not in known:
                known.append(number)
    sizes = [len({*compress(words.shingles, words.own)}) for words in everything]
    pairs = [pair for pair, count in common.items() if is_one_writing(count, sizes, pair)]
    return Origins(connected(len(documents), pairs), tuple(passages))


def by_age(documents: Sequence[Document]) -> list[int]:
    """Numbers of documents, the earliest dated first, the undated last in their order."""
    return sorted(range(len(documents)), key=lambda at: (documents[at].date or UNDATED, at))


@lru_cache(maxsize=16)
def words_of(text: str) -> Words:
    """Cut a text into words and shingles; see `Words`."""
    matches = list(WORD.finditer(text))
    # Hashes of strings differ from run to run, but only their equality counts.
    hashes = [hash(match.group().casefold()) for match in matches]
    count = max(0, len(matches) - SHINGLE_WORDS + 1)
    shingles = tuple(hash(tuple(hashes[at : at + SHINGLE_WORDS])) for at in range(count))
    quoted = quoted_words(text, matches)
    own = tuple(not any(quoted[at : at + SHINGLE_WORDS]) for at in range(count))
    if sum(own) < OWN_SHARE * count:
        own = (True,) * count
    return Words(tuple(Span(*match.span()) for match in matches), shingles, own)


def quoted_words(text: str, matches: Sequence[re.Match[str]]) -> list[bool]:
    """For each word of a text whether it stands in a quotation of some length."""
    starts = [match.start() for match in matches]
    quoted = [False] * len(matches)
    for pair in paired(text)[0]:
        first, end = bisect_right(starts, pair.start), bisect_right(starts, pair.end)
        if end - first >= QUOTED_WORDS:
            quoted[first:end] = [True] * (end - first)
    return quoted


def find_passages(words: Words, keepers: dict[int, list[int]]) -> Iterator[Passage]:
    """Yield the runs of words that earlier documents have, each with the first that has it."""
    first: list[int | None] = [None] * len(words.spans)
    for at, shingle in enumerate(words.shingles):
        if known := keepers.get(shingle):
            for place in range(at, at + SHINGLE_WORDS):
                before = first[place]
                first[place] = known[0] if before is None else before
    bridge(first)
    at = 0
    for shared, run in groupby(first, key=lambda one: one is not None):
        owners = list(run)
        if shared and len(owners) >= PASSAGE_WORDS:
            ends = at
            for document, part in groupby(owners):
                begins, ends = ends, ends + len(list(part))
                if document is not None:
                    span = Span(words.spans[begins].start, words.spans[ends - 1].end)
                    yield Passage(span, document)
        at += len(owners)


def bridge(first: list[int | None]) -> None:
    """Close the small gaps in `first` that have the same document on either side."""
    last: int | None = None
    for at, document in enumerate(first):
        if document is None:
            continue
        if last is not None and at - last - 1 <= GAP_WORDS and first[last] == document:
            first[last + 1 : at] = [document] * (at - last - 1)
        last = at


def is_one_writing(count: int, sizes: Sequence[int], pair: tuple[int, int]) -> bool:
    """Whether two documents that have `count` shingles of their own in common are one writing."""
    shorter, longer = sorted(sizes[number] for number in pair)
    return count >= SHORTER_SHARE * shorter and count >= LONGER_SHARE * longer


def connected(count: int, pairs: Sequence[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """The groups that `pairs` make of the numbers below `count`, ascending."""
    root = list(range(count))

    def find(number: int) -> int:
        while root[number] != number:
            root[number] = number = root[root[number]]
        return number

    for one, other in pairs:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(count):
        groups[find(number)].append(number)
    return tuple(tuple(group) for group in groups.values())
