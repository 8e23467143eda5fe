"""Pairs whose verdict is known since they were made by rule, from sentences of plain texts.

In: the corpora `sum_bbc.jsonl.gz` and `sum_cnndm.jsonl.gz`, one JSON object a line with `document`
and `split`. Out: examples. A sentence denies itself with another number, with the opposite verb of
stance, or with a `not`; it entails itself with the number written otherwise, with a verb that says
the same, or without its last clause; another sentence of its text is mostly left open by it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from briefing.reader.tasks.corpus import records
from briefing.support.tasks.sheets import DENIED, ENTAILED, OPEN, Example

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PLAIN = ("sum_bbc", "sum_cnndm")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])|\n+")
LEAST_WORDS, MOST_WORDS = 8, 45
OF_TEXT = 8
"""Sentences of a text that are tried."""
SHARE_TURNED = 0.5
"""Of what is denied: the changed sentence comes first."""
SHARE_SHORTENED = 0.3
SHARE_NEGATED = 0.25
"""Of the sentences that can be negated, as most can."""
FACTORS = (0.1, 0.3, 0.5, 0.6, 0.75, 1.3, 1.5, 2.0, 3.0, 10.0)
"""What a number is multiplied by to become another."""
NUMBER = re.compile(r"(?<![\w.,-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w-]|[.,]\d)(\s?%)?")
YEAR = re.compile(r"(?:1[89]|20)\d\d\Z")
MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?\W*\Z"
)
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SIDES = (
    (("support", "back", "endorse", "favour"), ("oppose", "resist", "reject")),
    (("accept", "approve", "welcome"), ("reject", "refuse", "oppose")),
    (("praise", "applaud"), ("criticise", "condemn")),
    (("confirm", "admit", "acknowledge"), ("deny", "dispute")),
    (("allow", "permit"), ("ban", "forbid", "block")),
    (("increase", "raise"), ("reduce", "cut", "lower")),
    (("start", "begin"), ("end", "stop")),
    (("win",), ("lose",)),
)
"""Verbs of two sides; those of one say nearly the same."""
IRREGULAR = {
    "begin": ("begins", "began", "beginning"),
    "cut": ("cuts", "cut", "cutting"),
    "win": ("wins", "won", "winning"),
    "lose": ("loses", "lost", "losing"),
    "forbid": ("forbids", "forbade", "forbidding"),
    "admit": ("admits", "admitted", "admitting"),
    "permit": ("permits", "permitted", "permitting"),
    "ban": ("bans", "banned", "banning"),
    "stop": ("stops", "stopped", "stopping"),
    "deny": ("denies", "denied", "denying"),
}
VERB = re.compile(
    r"\b(?P<verb>is|are|was|were|will|would|can|could|should|has|have|had)\b(?! not\b| n[o']|n't)"
)


class Plain(msgspec.Struct, frozen=True):
    """A text of any kind."""

    split: str
    document: str


class Change(NamedTuple):
    """A sentence made from another, and what that makes of it."""

    text: str
    wanted: tuple[float, ...]


def load(data: Path, split: str = "train") -> tuple[tuple[str, ...], ...]:
    """The sentences of the texts in the folder `data`, of each text that has several.

    Raises:
        SourceError: If a corpus cannot be read.
    """
    cut = [
        tuple(
            sentence.strip()
            for sentence in SENTENCE.split(record.document)
            if LEAST_WORDS <= len(sentence.split()) <= MOST_WORDS
        )
        for name in PLAIN
        for record in records(data / f"{name}.jsonl.gz", Plain)
        if record.split == split
    ]
    return tuple(sentences for sentences in cut if len(sentences) > 1)


def make(texts: Sequence[Sequence[str]], chance: random.Random, count: int) -> tuple[Example, ...]:
    """Make `count` examples from sentences of `texts`, a few from each text in turn.

    Fewer where the texts give no more.
    """
    made: list[Example] = []
    for sentences in chance.sample(texts, len(texts)):
        for sentence in chance.sample(sentences, min(len(sentences), OF_TEXT)):
            made += from_sentence(sentence, chance.choice(sentences), chance)
        if len(made) >= count:
            break
    return tuple(made[:count])


def from_sentence(sentence: str, other: str, chance: random.Random) -> Iterator[Example]:
    """Examples of one sentence, and of it with an `other` of its text."""
    found = [*numbers(sentence, chance), *stances(sentence, chance), *negated(sentence, chance)]
    for change in found:
        first, second = sentence, change.text
        if change.wanted == DENIED and chance.random() < SHARE_TURNED:
            first, second = second, first
        yield Example(
            first,
            shortened(second) if chance.random() < SHARE_SHORTENED else second,
            change.wanted,
        )
    if found and other != sentence:
        yield Example(sentence, other, OPEN)
    if found and shortened(sentence) != sentence:
        yield Example(sentence, shortened(sentence), ENTAILED)


def numbers(sentence: str, chance: random.Random) -> Iterator[Change]:
    """`sentence` with one number changed, and with one written otherwise."""
    found = [each for each in NUMBER.finditer(sentence) if not is_date(sentence, each)]
    if not found:
        return
    match = chance.choice(found)
    value = float(match[1].replace(",", "") + (match[2] or ""))
    other = value * chance.choice(FACTORS)
    places = len(match[2]) - 1 if match[2] else 0
    new = f"{other:,.{places}f}" if "," in match[1] else f"{other:.{places}f}"
    if float(new.replace(",", "")) == value:
        new = f"{value + 1:.{places}f}"
    yield Change(replaced(sentence, match, new + (match[3] or "")), DENIED)
    same = match[0]
    if match[3]:
        same = f"{match[1]}{match[2] or ''} per cent"
    elif "," in match[1]:
        same = same.replace(",", "")
    elif value < len(WORDS) and not match[2]:
        same = WORDS[int(value)]
    yield Change(replaced(sentence, match, same), ENTAILED)


def is_date(sentence: str, match: re.Match[str]) -> bool:
    """Whether a number is a year or a day, of which another may well be told too."""
    after = sentence[match.end() :].lstrip()
    month = MONTH.search(sentence[: match.start()]) or MONTH.match(f"{after.split(' ')[0]}")
    return bool(YEAR.match(match[0]) or month)


def stances(sentence: str, chance: random.Random) -> Iterator[Change]:
    """`sentence` with a verb of the other side, and with one of the same."""
    for one, other in (pair for sides in SIDES for pair in (sides, sides[::-1])):
        for verb in one:
            for form, word in enumerate(forms(verb)):
                match = re.search(rf"\b{word}\b", sentence)
                if match and form:
                    far = forms(chance.choice(other))[form]
                    yield Change(replaced(sentence, match, far), DENIED)
                    for near in chance.sample(
                        [each for each in one if each != verb], len(one) > 1
                    ):
                        yield Change(replaced(sentence, match, forms(near)[form]), ENTAILED)
                    return


def forms(verb: str) -> tuple[str, str, str, str]:
    """A verb plain, and with the endings of `says`, `said` and `saying`."""
    if verb in IRREGULAR:
        return verb, *IRREGULAR[verb]
    stem = verb.removesuffix("e")
    return verb, f"{verb}s", f"{stem}ed", f"{stem}ing"


def negated(sentence: str, chance: random.Random) -> Iterator[Change]:
    """`sentence` with a `not` after its first auxiliary; of some sentences."""
    match = VERB.search(sentence)
    if match and chance.random() < SHARE_NEGATED:
        yield Change(replaced(sentence, match, f"{match['verb']} not"), DENIED)


def replaced(sentence: str, match: re.Match[str], new: str) -> str:
    """`sentence` with `new` in the place of `match`."""
    return sentence[: match.start()] + new + sentence[match.end() :]


def shortened(sentence: str) -> str:
    """`sentence` up to its last comma, where most of it stands before that."""
    head, comma, tail = sentence.rpartition(", ")
    # A number or a name may go on behind a comma; a clause has some words.
    if comma and len(head) > len(tail) and len(tail.split()) > 3 and '"' not in sentence:
        return f"{head}."
    return sentence
