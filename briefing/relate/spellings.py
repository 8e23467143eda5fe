"""Names in, what is the same in all their spellings out.

Titles, capitals, accents, marks and the order of words do not count; what may tell two apart does.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from briefing.bodies import BODY_WORDS, LEGAL_FORMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TITLES = frozenset(
    """mr mrs ms miss mx sir dame lady lord dr prof professor president minister chancellor
    senator sen secretary captain capt admiral general gen governor gov mayor chairman chairwoman
    chair director ambassador councillor judge justice commissioner prime vice deputy former
    acting harbourmaster representative rep congressman congresswoman attorney speaker colonel col
    lieutenant lt sergeant sgt major maj officer detective sheriff inspector superintendent chief
    reverend rev father bishop archbishop cardinal rabbi coach""".split()
)
"""What stands before a name without being part of it, in `plain` letters."""
SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}  # fmt: skip
SUFFIX = re.compile(r"(?i),?\s+(?:jr|sr|junior|senior|ii|iii|iv)\.?$")
OFFICES = "ministry|department|bureau|directorate"
"""Bodies whose matter stands before or behind: `Ministry of Transport`, `Transport Ministry`."""
OF_MATTER = re.compile(rf"({OFFICES}) (?:of|for) (?:the )?(.+)")
CONNECTING = frozenset("of for and the in on at to with from".split())
SMALL_WORDS = CONNECTING | frozenset("de la et und".split())
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
SPELT_OUT = re.compile(r"(?<=[b-df-hj-np-tv-z])([aou])e(?=[b-df-hj-np-tv-z])")
"""A vowel with an `e` behind, between consonants, as umlauts are spelt out: `Mueller`."""
INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?|[A-Z]")
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,8}|[A-Z][A-Z&]{1,7}")
WORD = re.compile(r"[^\W\d_][\w.’'‘-]*")
LONGEST_PERSON = 5
"""Words of a person's full name at the most."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name, in `loose` letters.

    Attributes:
        shown: For print, without titles.
        given: First and middle names, some as initials; none for a surname alone.
        last: The surname, without an Arabic article.
        whole: All words, those of hyphenated names apart.
        suffix: `jr`, `sr` or a number, or empty.
    """

    shown: str
    given: tuple[str, ...]
    last: str
    whole: str
    suffix: str

    @property
    def end(self) -> str:
        """The last word, by which two names of one person can be found."""
        return self.whole.rpartition(" ")[2]

    @property
    def fullness(self) -> tuple[int, int, int]:
        """How much of the name is given: words, then initials, then letters."""
        parts = " ".join((*self.given, self.last)).split()
        return sum(len(part) > 1 for part in parts), len(parts), sum(map(len, parts))


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """`text` in small letters without accents, apostrophes and full stops; hyphens are spaces."""
    small = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    kept = "".join(letter for letter in small if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[-‐-―]", " ", re.sub(r"[.,’'‘`]", "", kept)).split())


def loose(text: str) -> str:
    """`plain` letters in which `ö` and `oe` are `o`."""
    return SPELT_OUT.sub(r"\1", plain(text))


def spelt(text: str) -> set[str]:
    """`text` in `plain` letters, with umlauts left out and spelt out."""
    composed = unicodedata.normalize("NFC", text.casefold())
    return {plain(text), plain(composed.translate(UMLAUTS))}


@lru_cache(maxsize=1 << 16)
def person(name: str) -> Person | None:
    """Read `name` as a person's; None where it can be none."""
    suffix = SUFFIX.search(name)
    head = re.sub(r"[’']s?$", "", (name[: suffix.start()] if suffix else name).split(",")[0])
    tokens = [*re.finditer(r"\S+", re.sub(r"\([^)]*\)|[\"“][^\"“”]*[\"”]", blank, head))]
    while tokens and plain(tokens[0][0]) in TITLES:
        tokens = tokens[1:]
    words = [token[0] for token in tokens]
    if not 0 < len(words) <= LONGEST_PERSON or not all(map(WORD.fullmatch, words)):
        return None
    if words[-1].islower() or len(plain(words[-1])) < 2 or len({*words}) < len(words):
        return None
    if (BODY_WORDS | CONNECTING).intersection(plain(" ".join(words)).split()):
        return None
    given = () if words[0].islower() else tuple(words[:-1])
    shown = head[tokens[0].start() :].rstrip() + (suffix[0] if suffix else "")
    capitals = words[-1].isupper()
    return Person(
        shown=shown,
        given=tuple(
            part
            for number, word in enumerate(given)
            if number == 0 or word not in ("al", "el")
            for part in parts(word, capitals=capitals)
        ),
        last=re.sub("^[ae]l ", "", loose(words[-1])),
        whole=loose(" ".join(words)),
        suffix=SUFFIXES[plain(suffix[0])] if suffix else "",
    )


def blank(match: re.Match[str]) -> str:
    """As many spaces, so that what follows stays in its place."""
    return " " * len(match[0])


def parts(word: str, *, capitals: bool) -> list[str]:
    """A given name, or each of several initials: `J.R.`, and `JR` if not all is in `capitals`."""
    joined = len(word) == 2 and word.isupper() and not capitals
    if INITIALS.fullmatch(word.rstrip(".")) or INITIALS.fullmatch(word) or joined:
        return list(plain(word))
    return [loose(word)]


def is_same_person(one: Person, other: Person) -> bool:
    """Whether two full names may be one person's.

    They are spelt alike, or one lacks middle names or has initials for them, or begins further
    on. A name with `Jr.` is another than that without.
    """
    if one.suffix != other.suffix or not (one.given and other.given):
        return False
    if one.whole == other.whole:
        return True
    short, long = sorted((one, other), key=lambda name: (len(name.whole), name.whole))
    if is_end(short, long):
        return True
    return (
        one.last == other.last
        and is_initial(one.given[0], other.given[0])
        and (are_aligned(one.given, other.given) or are_spared(one.given, other.given))
    )


def are_aligned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether names and initials are the same as far as both go: `Jan` and `Jan Ode`."""
    return all(map(is_initial, one, other))


def are_spared(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one just lacks all initials between: `Jan Ode Berg` and `Jan P. Ode Berg`."""
    short, long = sorted((one[1:], other[1:]), key=len)
    return short == tuple(name for name in long if len(name) > 1)


def is_initial(one: str, other: str) -> bool:
    """Whether two are one given name, or the first letter of one."""
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def is_end(short: Person, long: Person) -> bool:
    """Whether a full name is how another ends: `Edgar Hale` of `J. Edgar Hale`."""
    return max(map(len, short.given)) > 1 and long.whole.endswith(f" {short.whole}")


def same_people(names: Iterable[str]) -> list[list[str]]:
    """Full names of persons in groups of which each is one person's.

    A name that may mean two who are not the same, as `J. Berg` beside Jan and Jon, stays alone.
    """
    blocks: defaultdict[str, list[tuple[str, Person]]] = defaultdict(list)
    for name in sorted(names):
        if read := person(name):
            blocks[read.end].append((name, read))
    found = []
    for block in blocks.values():
        near: dict[str, set[str]] = {name: set() for name, _ in block}
        for (one, first), (other, second) in combinations(block, 2):
            if is_same_person(first, second):
                near[one].add(other)
                near[other].add(one)
        clear = {
            name
            for name in near
            if all(other in near[one] for one, other in combinations(near[name], 2))
        }
        for name in near:
            group = [name] if name not in clear else sorted({name} | near[name] & clear)
            if group[0] == name:
                found.append(group)
    return found


def extended(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Full names with another that is their end; but for initials: `J. Edgar Hale`."""
    read = [(name, one) for name in names if (one := person(name)) and one.given]
    for (name, long), (end, short) in permutations(read, 2):
        if is_end(short, long) and len(long.given[0]) > 1:
            yield name, end


def is_surname(short: str, full: Person) -> bool:
    """Whether `short` is how `full` ends, in any spelling that one of them shows."""
    words = re.sub(SUFFIX, "", full.shown).split()
    ends = {end for start in range(1, len(words)) for end in spelt(" ".join(words[start:]))}
    return any({end, end.removeprefix("al ").removeprefix("el ")} & spelt(short) for end in ends)


@lru_cache(maxsize=1 << 16)
def body(name: str) -> str:
    """An organisation's or place's name as all of its spellings have it; empty for none.

    Without article and legal form, `&` as `and`, the office after its matter.
    """
    words = plain(re.sub(r"[’']s?$", "", name).replace("&", " and ")).split()
    if words[:1] == ["the"]:
        words = words[1:]
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words = words[:-1]
    key = " ".join(words)
    if not key or not re.fullmatch(r"[\w ]+", key):
        return ""
    matter = OF_MATTER.fullmatch(key)
    return f"{matter[2]} {matter[1]}" if matter else key


def letters_of(key: str) -> set[str]:
    """The acronyms that a `body` of several words may have, in small letters."""
    words = key.split()
    orders = [words]
    if words[-1:] and re.fullmatch(OFFICES, words[-1]):
        orders.append([words[-1], "of", *words[:-1]])
    found = set()
    for order in orders:
        found.add("".join(word[0] for word in order))
        found.add("".join(word[0] for word in order if word not in SMALL_WORDS))
    return found if len(words) > 1 else set()


def acronym(name: str) -> str:
    """The letters of `name` in small letters if it is an acronym, else empty."""
    return plain(name).replace("&", "") if ACRONYM.fullmatch(name) else ""
