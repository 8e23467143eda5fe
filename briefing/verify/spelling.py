"""Words and texts in, which words of names the texts have, and in which company, out."""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.verify.grounds import POSSESSIVE, WORD, fold, folded

NAME = re.compile(
    r"(?<![\w’'])[A-Z][\w’'&.-]*(?:(?:\s+(?:(?:of|for|and|the|de|da|del|der|di|du|la|le|van|von|bin|al)\s+){0,2}"
    r"|\s+&\s+)[A-Z][\w’'&.-]*)*"
)
"""Words with capitals, and small ones between them."""
SMALL = frozenset(
    "of for and the in on at to a an de da del der di du la le van von bin al with by from".split()
)
DEMONYMS = frozenset(
    "an ian ean n ish ese i ic er ers s ans ians eans men man women woman er ite ites ch".split()
)
PLACE_ENDS = frozenset(("", "a", "e", "o", "y", "i", "ia", "land", "lands", "and", "any", "s"))
SHORTEST_ROOT = 3
REACH = 6
"""Words within which a title in small letters belongs to a name."""


@lru_cache(maxsize=256)
def small_in(text: str) -> frozenset[str]:
    """The words that `text` has in small letters."""
    return frozenset(re.findall(r"(?<![\w’'-])[a-z]{2,}(?![\w’'])", text))


@lru_cache(maxsize=256)
def capitals_in(text: str) -> frozenset[str]:
    """The words that `text` has with a capital within a sentence."""
    return frozenset(map(fold, re.findall(r"(?<=[\w,] )[A-Z][\w-]+(?:[’'](?!s\b)\w+)?", text)))


@lru_cache(maxsize=256)
def words_in(text: str) -> frozenset[str]:
    """All words of `text`, folded."""
    return frozenset(folded(text))


def is_plural_of(word: str, near: frozenset[str]) -> bool:
    """Whether a word stands there with or without an `s`."""
    return word + "s" in near or (word.endswith("s") and word[:-1] in near)


def is_demonym(one: str, other: str) -> bool:
    """Whether one is what a people or language of the place that the other names is called."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    rests = one[same:], other[same:]
    return (
        same >= SHORTEST_ROOT
        and same >= min(len(one), len(other)) - 3
        and any(
            first in DEMONYMS and second in PLACE_ENDS and first != second
            for first, second in (rests, rests[::-1])
        )
        and len(one) + len(other) > 2 * SHORTEST_ROOT + 3
    )


@lru_cache(maxsize=1 << 13)
def initials(text: str) -> frozenset[str]:
    """The first letters of each run of at least two words with capitals in `text`, folded."""
    found = set()
    for match in NAME.finditer(text):
        words = WORD.findall(match[0])
        for first in range(len(words)):
            for last in range(first + 2, min(len(words), first + 8) + 1):
                some = words[first:last]
                found.add("".join(word[0] for word in some).lower())
                found.add("".join(word[0] for word in some if word not in SMALL).lower())
    return frozenset(found)


def fold_text(text: str) -> str:
    """`text` as its folded words."""
    return " ".join(folded(text))


@lru_cache(maxsize=1 << 14)
def adjoining(one: str, other: str, text: str, *, loose: bool) -> bool:
    """Whether two folded words stand side by side in a name of `text`, or near if `loose`."""
    if one not in words_in(text) or other not in words_in(text):
        return False
    for sentence in re.split(r"(?<=[.!?])\s+(?=[“\"]?[A-Z])|\n\s*\n", text):
        tokens = [
            (fold(match[0]), match[0]) for match in WORD.finditer(POSSESSIVE.sub("", sentence))
        ]
        words = [word for word, _ in tokens]
        if one not in words or other not in words:
            continue
        for first in (at for at, word in enumerate(words) if word == one):
            for second in (at for at, word in enumerate(words) if word == other):
                low, high = min(first, second), max(first, second)
                between = tokens[low + 1 : high]
                if loose and high - low <= REACH:
                    return True
                if (
                    high - low <= 4
                    and all(word in SMALL or printed[0].isupper() for word, printed in between)
                    and (first < second)
                ):
                    return True
    return False
