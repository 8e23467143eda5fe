"""Names in parsed sentences: where they stand, which mean the same, what they stand for.

In: parsed sentences and the text. Out: `Mention`s, and a map from each surface to one name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from briefing.analyse.lexicon import HUMAN_NOUNS
from briefing.bodies import MASTHEADS, ORGANISATION_WORDS

if TYPE_CHECKING:
    from collections import Counter

    from briefing.analyse.syntax import Token

Kind = Literal["person", "organisation", "place", "group"]
KINDS: dict[str, Kind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
}
GENDERED_TITLES = {"mr": "m", "mr.": "m", "sir": "m", "mrs": "f", "mrs.": "f", "ms": "f",
                   "ms.": "f", "dame": "f", "lady": "f", "lord": "m"}  # fmt: skip
TITLES = frozenset(GENDERED_TITLES) | frozenset(
    """dr dr. prof prof. professor president minister chancellor senator secretary captain admiral
    general governor mayor chairman chairwoman chair director ambassador councillor judge
    commissioner prime vice deputy former acting harbourmaster""".split()
)
OFFICES = TITLES | frozenset(
    """adviser aide economist engineer envoy lawyer researcher scientist spokesman spokesperson
    spokeswoman treasurer""".split()
)
"""Words for a person beside which a name is that person’s, and no company’s or country’s."""
ACRONYM = re.compile(r"((?:[A-Z][\w’'-]+|of|for|and|the|&)(?: (?:[A-Z][\w’'-]+|of|for|and|the|&)){1,8}) \(([A-Z]{2,8})\)")  # fmt: skip
ALIAS = re.compile(r"\b([A-Z]{2,8})(?:, or | \()(?:the )?((?:[A-Z][\w’'-]+|of|for|and)(?: (?:[A-Z][\w’'-]+|of|for|and)){1,8})[,)]")  # fmt: skip
"""`HPA, or Hollin Pilots Association,` and `HPA (Hollin Pilots Association)`."""
SPELT_OUT = re.compile(r"((?:[A-Z][\w’'-]+|of|for|and)(?: (?:[A-Z][\w’'-]+|of|for|and)){1,8}), or (?:the )?([A-Z]{2,8})\b")  # fmt: skip
JOINED = re.compile(r"\b[Tt]he ([A-Z][\w-]+ and (?:[A-Z][\w-]+[’']? )+([A-Z][a-z]+))\b")
"""A body with `and` in its name, which the parser takes for two: `the Quay and Dock Union`."""
OWNED = re.compile(
    r"\b((?:[A-Z][\w-]+ )*[A-Z][\w-]*s[’'] (?:[A-Z][\w-]+ )*([A-Z][a-z]+)(?: of(?: [A-Z][\w-]+)+)?)"
)
"""A body of several people, which the parser takes for two: `the Pupils’ Council of Tarrow`."""
COMMON_LAST = frozenset("house street bay party road river island bridge bank times post".split())
"""Last words that several names share: one alone is not sure to be short for a longer name."""
LONGEST_PERSON = 3
"""Words of a person's name at the most, where nothing else shows that it is one."""
POSSESSIVE = re.compile(r"[’']s?$")
PERSON_WEIGHT = 4


class Mention(NamedTuple):
    """One naming: the tokens' range in its sentence, the surface without titles and articles."""

    sentence: int
    start: int
    end: int
    surface: str
    label: str


def in_sentence(index: int, doc: Any, long: tuple[str, ...]) -> list[Mention]:
    """The names in one sentence: known long forms, entities, and other runs of proper nouns."""
    found: list[Mention] = []
    taken: set[int] = set()
    known = [
        doc.char_span(match.start(), match.end())
        for name in long
        for match in re.finditer(re.escape(name), doc.user_data["text"])
    ]
    known += [
        doc.char_span(*match.span(1))
        for match in JOINED.finditer(doc.user_data["text"])
        if match[2].lower() in ORGANISATION_WORDS
        and match[1].split()[0].lower() not in ORGANISATION_WORDS
    ]
    known += [
        doc.char_span(*match.span(1))
        for match in OWNED.finditer(doc.user_data["text"])
        if match[2].lower() in ORGANISATION_WORDS
    ]
    ranges = [(span.start, span.end, "ORG") for span in known if span is not None]
    ranges += [(e.start, e.end, e.label_) for e in doc.ents if e.label_ in KINDS]
    ranges += [(run[0], run[1], "") for run in proper_runs(doc)]
    for start, end, label in ranges:
        end = next((i for i in range(start, end) if doc[i].text == "("), end)
        while start < end and (doc[start].lower_ in TITLES or not name_like(doc[start])):
            start += 1
        if start > 0 and is_title(doc[start - 1]):
            end = next((i for i in range(start, end) if doc[i].lower_ == "of"), end)
        named = beyond_office(doc, start, end)
        if named > start or (start > 0 and label != "PERSON" and is_titled(doc, start, end)):
            start, label = named, "PERSON"
        while end > start and not name_like(doc[end - 1]):
            end -= 1
        words = doc[start:end].text if end > start else ""
        if all(token.lemma_.lower() in HUMAN_NOUNS for token in doc[start:end]):
            continue
        if not words or taken & set(range(start, end)) or hyphenated(doc, start, end):
            continue
        taken |= set(range(start, end))
        if is_beside_office(doc[end - 1], words):
            label = "PERSON"
        if label == "NORP" and doc[end - 1].tag_ == "JJ":
            label = "ADJ"
        found.append(Mention(index, start, end, POSSESSIVE.sub("", words), label))
    return sorted(found, key=lambda mention: mention.start)


def is_titled(doc: Any, start: int, end: int) -> bool:
    """Whether a person's title stands before a name of one or two words: `Mayor Anna Berg`."""
    return is_title(doc[start - 1]) and end - start <= 2


def is_title(token: Token) -> bool:
    """Whether `token` is a title as it stands before a name."""
    return bool(token.lower_ in TITLES and token.text[:1].isupper())


def is_beside_office(token: Token, name: str) -> bool:
    """Whether `name`, which ends in `token`, is said of an office: `its secretary, Anna Berg`."""
    beside = [child for child in token.children if child.dep_ == "appos"]
    if token.dep_ == "appos":
        beside.append(token.head)
    words = name.casefold().split()
    is_body = not ORGANISATION_WORDS.isdisjoint(words) or not OFFICES.isdisjoint(words)
    return (
        len(words) > 1 and not is_body and any(each.lemma_.lower() in OFFICES for each in beside)
    )


def beyond_office(doc: Any, start: int, end: int) -> int:
    """Where a name begins behind what somebody is in office for: `Minister of Coasts Ada Lund`."""
    for token in doc[start : end - 1]:
        matter = token
        while matter.dep_ == "conj":
            matter = matter.head
        joins = matter.head
        if (
            matter.dep_ == "pobj"
            and joins.lower_ in ("of", "for")
            and joins.head.lower_ in TITLES
            and joins.right_edge == token
        ):
            return int(token.i) + 1
    return start


def proper_runs(doc: Any) -> list[tuple[int, int]]:
    """Ranges of neighbouring proper nouns, joined by `of` and `for` within a name."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(doc):
        if doc[at].pos_ != "PROPN" or doc[at].ent_type_ in ("DATE", "TIME"):
            at += 1
            continue
        end = at + 1
        while end < len(doc) and (
            doc[end].pos_ == "PROPN"
            or (doc[end].lower_ == "of" and end + 1 < len(doc) and doc[end + 1].pos_ == "PROPN")
        ):
            end += 1
        runs.append((at, end))
        at = end
    return runs


def name_like(token: Token) -> bool:
    """Whether a name may begin or end with `token`."""
    return bool(token.text[:1].isupper()) and token.pos_ not in ("DET", "PUNCT", "PRON", "ADP")


def hyphenated(doc: Any, start: int, end: int) -> bool:
    """Whether the range is half of, or holds, a pair such as `Trump-Putin`: nobody's name."""
    near = doc[max(0, start - 1) : end + 1]
    return any(token.text in ("-", "–") and not token.whitespace_ for token in near)


def acronyms(text: str) -> dict[str, str]:
    """`Harbour Pilots Guild (HPG)`: short forms that the text itself introduces."""
    found = {}
    for match in ACRONYM.finditer(text):
        words = match.group(1).split()
        letters = match.group(2)
        for begin in range(len(words)):
            initials = "".join(word[0] for word in words[begin:] if word[0].isupper())
            if initials == letters and words[begin][0].isupper():
                found[letters] = " ".join(words[begin:])
                break
    pairs = [(match[1], match[2]) for match in ALIAS.finditer(text)]
    pairs += [(match[2], match[1]) for match in SPELT_OUT.finditer(text)]
    for letters, name in pairs:
        if "".join(word[0] for word in name.split() if word[0].isupper()) == letters:
            found.setdefault(letters, name)
    return found


def merged(
    surfaces: set[str],
    short: dict[str, str],
    people: frozenset[str],
    places: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """Map each surface to one name: the full form that it can only stand for.

    `Berg` is `Anna Berg` if no other person's full name ends in Berg, and `Anna` too if no other's
    begins so; an acronym is its long form; spellings that differ in case or apostrophes are one.

    Args:
        surfaces: All names as the text has them.
        short: Acronyms with their long forms.
        people: Surfaces that were taken for persons.
        places: Surfaces that were taken for places or peoples.
    """
    full = sorted({s for s in surfaces if " " in s} | set(short.values()))
    result: dict[str, str] = {}
    for surface in sorted(surfaces):
        if surface in short:
            result[surface] = short[surface]
            continue
        if surface.lower() in ORGANISATION_WORDS:
            whole = {short.get(n, n) for n in full if surface in n.split()}
            result[surface] = whole.pop() if len(whole) == 1 else surface
            continue
        last = surface.split()[-1]
        longer = [
            name
            for name in full
            if name != surface
            and (name in people or surface in people or is_short_for(surface, name, places))
            and folded(name.split()[-1]) == folded(last)
            and (" " not in surface or ends_alike(name, surface))
        ]
        if not longer and surface in people and " " not in surface:
            longer = [name for name in full if name in people and name.split()[0] == surface]
        longest = [n for n in longer if not any(n != m and ends_alike(m, n) for m in longer)]
        place_like = any(word in ORGANISATION_WORDS for word in surface.lower().split())
        result[surface] = longest[0] if len(longest) == 1 and not place_like else surface
    return result


def is_short_for(surface: str, name: str, places: frozenset[str]) -> bool:
    """Whether one word is likely a short form of `name`, though neither was taken for a person."""
    words = name.split()
    return (
        " " not in surface
        and len(words) <= LONGEST_PERSON
        and all(word[:1].isupper() for word in words)
        and not {surface, name} & places
        and surface.lower() not in COMMON_LAST
        and not any(word.lower() in ORGANISATION_WORDS for word in words)
    )


def ends_alike(longer: str, shorter: str) -> bool:
    """Whether `longer` ends in all the words of `shorter`."""
    return folded(longer).endswith(" " + folded(shorter))


def folded(name: str) -> str:
    """A name without differences of case and apostrophe."""
    return name.casefold().replace("'", "’")


def kind_of(name: str, labels: Counter[str]) -> Kind:
    """What a name stands for, by the words in it, else by its labels.

    spaCy takes a lone surname for an organisation most of the time, so that a few votes for a
    person weigh more than many for an organisation.
    """
    words = name.lower().split()
    if any(word in ORGANISATION_WORDS for word in words) or words[-1] in MASTHEADS:
        return "organisation"
    if labels["ADJ"] == labels.total():
        return "group"
    known = {label: count for label, count in labels.items() if label in KINDS}
    if not known:
        return "organisation"
    best = max(known.values())
    if known.get("PERSON", 0) * PERSON_WEIGHT >= best:
        return "person"
    return KINDS[min(label for label, count in known.items() if count == best)]
