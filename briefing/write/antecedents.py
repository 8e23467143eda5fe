"""Pronouns and figures that stand for something: whether the same words name it.

English only, and as far as words show it: nothing is parsed. What is in doubt is not there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Span
from briefing.quantities.figures import Quantity, quantities
from briefing.quantities.units import STOPS, TIMES, is_plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PRONOUN = re.compile(
    r"\b(?P<one>he|she|him|his|her|hers)\b|\b(?P<many>they|them|their|theirs)\b"
    r"|\b(?P<thing>it|its)\b",
    re.IGNORECASE,
)
OWNERS = frozenset({"his", "her", "its", "their"})
LEANING = re.compile(
    r"(?:(?:as|if|when|once|in|for|with|by|while|because|although|though|despite|after|before"
    r"|since|that|of|on|to|all|at|from|the|a|an|and|but|whether)\W+)*",
    re.IGNORECASE,
)
EXPLETIVE = re.compile(
    r"it (?:is|was|remains|seems|appears|would be|will be) (?:\w+ly )?\w+ that\b"
    r"|it (?:seems|appears|follows) that\b",
    re.IGNORECASE,
)
LATER_EXPLETIVE = re.compile(
    r"it (?:(?:is|was|remains|becomes|became|seems|appears|has been|had been"
    r"|(?:would|will|could|may|might|must|should|can) be) (?:[\w’'-]+ ){1,4}?(?:that|to|whether"
    r"|how|what|when|why|where|who)|(?:takes|took|makes|made) (?:[\w’'-]+ ){1,4}?(?:to|for|until))"
    r"\b",
    re.IGNORECASE,
)
"""What may be expletive within a sentence; at its start `It is expected to` has a subject."""
CAPITALISED = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z]\w+")
FRONT_PHRASE = re.compile(
    r"(?:for|with|by|despite|in|on|of|at|from|after|before|since|during|without|under|like|unlike"
    r"|to|as|among|given|because of)\b(?:(?!\b(?:he|she|they|it)\b)[^,])*",
    re.IGNORECASE,
)
"""A prepositional phrase before the subject, which may name its subject ahead: `For all his …`."""
FINITE = re.compile(
    r"\b(?:am|is|are|was|were|will|would|can|cannot|could|may|might|must|should|shall|has|have"
    r"|had|do|does|did|remains?|needs?|wants?)\b|n[’']t\b|\w[’']ll\b",
    re.IGNORECASE,
)
DETERMINED = re.compile(
    r"\b(?:the|an?|this|each|every|another|any|no|its|his|her|their|our|your|my)\s+"
    r"(?P<noun>[^\W\d_][\w-]*)",
    re.IGNORECASE,
)
FIRST = re.compile(r"(?P<noun>[^\W\d_][\w-]*)")
BARE = re.compile(
    r"\b(?:of|in|on|at|for|with|by|from|into|about|over|under|against|without|between|through"
    r"|than|like)\s+(?P<noun>[a-z][\w-]{2,})"
)
"""A noun without an article after a preposition: `relies on gas`."""
BEFORE_CLAUSE = re.compile(
    r"\b(?P<noun>[a-z]{3,}(?<!ed)(?<!ing))(?:[,;:—]|\s+(?:and|but|because|if|when|while|although"
    r"|though|as|before|after|since|until|unless|where))\s*$"
)
"""What stands just before the clause that a pronoun opens: `sells water when it …`."""
PLURAL = re.compile(
    r"\b(?P<noun>[\w-]{3,}s|people|men|women|children)\b"
    r"(?!\s+(?:the|an?|it|its|them|him|us|me|that|no|for|whether)\b)",
    re.IGNORECASE,
)
"""A plural, rather than a verb before its object: `asks for`, `says that`."""
JOINED = re.compile(r"\w+\s+and\s+\w+")
CLAUSE_EDGE = re.compile(
    r"[,;:—–(]|\b(?:and|but|or|so|because|if|when|while|although|though|as|before|after|since"
    r"|until|unless|that|which|who|whose|whether|where|what|than)\b",
    re.IGNORECASE,
)
WITHIN_NAME = re.compile(r"(?:\W|\b(?:of|for|in|at|and)\b(?:\s+(?:the|an?)\b)?|\b[A-Z][\w’'-]*)*")
"""What may stand within the words that name the subject: `the board of the port`."""
OPENING_CLAUSE = re.compile(rf"(?:^|{CLAUSE_EDGE.pattern})\s*$", re.IGNORECASE)
VERB_NEXT = re.compile(r"\s+(?:\w+ly\s+)?\w+(?:s|ed)\b", re.IGNORECASE)
CLOCK_BEFORE = re.compile(r"\b(?:at|before|after|until|by|age of)\s+$", re.IGNORECASE)
HOURS = 24
NEAR_WORDS = 2
BOUNDS = re.compile(
    r"(?:\W|\b(?:that|about|around|only|just|some|nearly|almost|over|under|between|from|up to"
    r"|(?:more|less|fewer) than|at (?:least|most))\b)*",
    re.IGNORECASE,
)
SHARES = frozenset({"", "%", "percentage point"})
"""Units that do not tell what is counted or measured."""
PLACEHOLDERS = frozenset(
    """he she it they him her them his its their this that i we you who us me these those one some
    many others both all people everyone someone somebody anyone anybody everybody nobody none
    whoever""".split()
)
"""Words that stand for somebody and name nobody."""


def is_bare_figure(words: str, said: Sequence[str]) -> bool:
    """Whether `words` end with a figure of nothing, or one is all that somebody says in them.

    What is counted was named before. Years, dates, times of day and labels are no such figures.

    Args:
        words: A sentence or a part of one.
        said: What is said, wanted or thought in them, by whomever.
    """
    if any(is_all_figure(one) for one in said):
        return True
    *others, last = quantities(words) or (None,)
    if last is None or last.unit or last.noun or re.search(r"\w", words[last.span.end :]):
        return False
    before = words[: last.span.start]
    if CLOCK_BEFORE.search(before) and last.high <= HOURS:
        return False
    return not any(one is not None and lends(words, one, last) for one in others)


def lends(words: str, one: Quantity, last: Quantity) -> bool:
    """Whether `last` can be of what `one` counts: `lost eleven midwives and replaced six`.

    A stretch of time or a share lends itself only to what is set beside it: `eight years
    instead of four`.
    """
    between = words[one.span.end : last.span.start]
    if one.unit in TIMES or not (one.noun or one.unit not in SHARES):
        return bool(one.unit) and len(between.split()) <= NEAR_WORDS
    return True


def is_all_figure(said: str) -> bool:
    """Whether `said` is one figure and does not tell of what."""
    found = quantities(said)
    if len(found) != 1 or found[0].noun or found[0].unit not in SHARES:
        return False
    before, after = said[: found[0].span.start], said[found[0].span.end :]
    return BOUNDS.fullmatch(before) is not None and not re.search(r"\w", after)


def has_antecedent(
    words: str,
    match: re.Match[str],
    mentions: Sequence[tuple[Span, str]],
    cues: Sequence[Span] = (),
) -> bool:
    """Whether something that the pronoun can stand for is named in the same words.

    It is looked for before the pronoun, and after the comma of a phrase in front (`For all his
    promises, Finch …`). It has the number of the pronoun, as far as can be told, and is not the
    subject of the clause whose object the pronoun is: nobody publishes `it` who is it.

    Args:
        words: What is printed.
        match: The pronoun in it.
        mentions: Where `words` name somebody, and of which kind.
        cues: Where they attribute (`says`), and whatever else `it` or `they` cannot stand for.
    """
    before = words[: match.start()]
    people = [span for span, kind in mentions if kind in ("person", "group")]
    leaning = LEANING.fullmatch(before) is not None
    if match["thing"]:
        if EXPLETIVE.match(words, match.start()):
            return True
        if leaning:
            return False
        if LATER_EXPLETIVE.match(words, match.start()):
            return True
        return outside_clause(words, match, things(words, match, mentions, cues), cues)
    comma = words.find(", ", match.end())
    fitting = people if match["one"] else [span for span, _ in mentions]
    if leaning and comma >= 0 and not any(span.start < match.start() for span in fitting):
        fronted = FRONT_PHRASE.fullmatch(words[:comma]) and not FINITE.search(words[:comma])
        return bool(fronted) and any(span.start - comma - 2 in (0, 4) for span in fitting)
    if match["one"]:
        named = any(span.start < match.start() for span in fitting)
        return named or bool(CAPITALISED.search(before))
    return outside_clause(words, match, several(words, match, mentions, cues), cues)


def things(
    words: str, match: re.Match[str], mentions: Sequence[tuple[Span, str]], cues: Sequence[Span]
) -> Iterator[Span]:
    """What `it` can stand for before `match`: one thing, named by a noun."""
    before = words[: match.start()]
    people = [span for span, kind in mentions if kind == "person"]
    for span, kind in mentions:
        if kind != "person" and span.end < match.start() and not any(map(span.overlaps, cues)):
            yield span
    start = LEANING.match(before)
    first = FIRST.match(before, start.end() if start else 0)
    found = [first] if first else []
    for pattern in (DETERMINED, BARE, BEFORE_CLAUSE):
        found += pattern.finditer(before)
    for noun in found:
        span = Span(*noun.span("noun"))
        if is_noun(noun["noun"], span, (*people, *cues)) and not is_plural(noun["noun"]):
            yield span
    for name in CAPITALISED.finditer(before):
        if not any(Span(*name.span()).overlaps(span) for span in (*people, *cues)):
            yield Span(*name.span())


def several(
    words: str, match: re.Match[str], mentions: Sequence[tuple[Span, str]], cues: Sequence[Span]
) -> Iterator[Span]:
    """What `they` can stand for before `match`: several, or a body of several."""
    before = words[: match.start()]
    body = match["many"].casefold() != "them"
    for span, kind in mentions:
        many = kind == "group" or (body and kind != "person") or is_plural(words[slice(*span)])
        if many and span.end < match.start() and not any(map(span.overlaps, cues)):
            yield span
    first = FIRST.match(before)
    nouns = [first] if first else []
    for noun in (*nouns, *DETERMINED.finditer(before), *PLURAL.finditer(words, 0, match.start())):
        span = Span(*noun.span("noun"))
        if is_plural(noun["noun"]) and not any(span.overlaps(cue) for cue in cues):
            yield span
    yield from (Span(*pair.span()) for pair in JOINED.finditer(before))


def is_noun(word: str, span: Span, taken: Sequence[Span]) -> bool:
    """Whether `word` may be a noun that names a thing: no small word, person, verb or adverb."""
    small = word.casefold() in STOPS or word.casefold() in PLACEHOLDERS or FINITE.fullmatch(word)
    return not (small or word.endswith(("ly", "ing")) or any(map(span.overlaps, taken)))


def outside_clause(
    words: str, match: re.Match[str], found: Iterator[Span], cues: Sequence[Span]
) -> bool:
    """Whether one of `found` is not the subject of the clause in which the pronoun is an object.

    Nor can it be the word just before the pronoun.
    """
    far = sorted({span for span in found if words[span.end : match.start()].strip()})
    if not is_object(words, match, cues):
        return bool(far)
    edges = (Span(*edge.span()) for edge in CLAUSE_EDGE.finditer(words, 0, match.start()))
    outer = [edge.end for edge in edges if not any(span.contains(edge) for span in far)]
    clause = max(outer, default=0)
    inside = [span for span in far if span.start >= clause]
    if len(far) > len(inside) or not inside:
        return bool(far)
    subject = inside[0]
    for span in inside:
        if WITHIN_NAME.fullmatch(words, subject.end, max(subject.end, span.start)):
            subject = Span(subject.start, max(subject.end, span.end))
    return inside[-1].start >= subject.end


def is_object(words: str, match: re.Match[str], cues: Sequence[Span]) -> bool:
    """Whether the pronoun is the object of its clause rather than its subject or an owner."""
    pronoun = match[0].casefold()
    if pronoun in ("them", "theirs"):
        return True
    before, after = words[: match.start()].rstrip(), words[match.end() :]
    if pronoun != "it" or OPENING_CLAUSE.search(before):
        return False
    if any(cue.end == len(before) for cue in cues):
        return False
    follows = re.match(r"\s+(?:\w+ly\s+)?\w+(?:[’']t)?", after)
    return not (follows and (FINITE.search(follows[0]) or VERB_NEXT.match(after)))
