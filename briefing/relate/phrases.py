"""Text in, the nouns that it names out, each with the word that makes it a thing of its own.

No parser is asked: a noun is what ends a run of telling words, and an article or the like before
the run shows that it is one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from briefing.quantities.numerals import SMALL, TENS
from briefing.quantities.stems import telling
from briefing.quantities.units import singular

TOKEN = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d.,]*|[^\w\s]")
POSSESSIVE = ("’", "'", "’s", "'s", "’S", "'S")
"""Endings of an owner."""
NUMBERS = SMALL.keys() | TENS.keys()
OPENERS = (
    frozenset(
        """the a an this that these those its their his her our your my no any every each some of in
        on for with by from at about against over between""".split()
    )
    | NUMBERS
)
"""Words after which a noun phrase stands."""
LIGHT = frozenset(
    """full whole entire total partial small big great large high low early late long short wide new
    old current present recent future final further additional proposed planned existing possible
    smaller bigger greater larger higher lower longer shorter wider fuller different similar general
    own same first second third single sole double main key major minor good bad better worse""".split()
)
"""Words that tell how much or when, and leave a thing what it is."""


class Phrase(NamedTuple):
    """A noun and what makes it a thing of its own, in small letters without plural endings.

    Attributes:
        head: The last of some telling words in a row.
        mark: The word before it (`harbour`), else whose it is (`orme’s`), else that after `of`
            (`of income`); empty without any.
        words: The shortest words that have both, as they stand; the noun alone without a mark.
        noun: The noun as it stands.
        opened: An article or the like stands before it, which shows that it is a noun.
        leads: The text begins with it.
        start: Where its first word begins in the text.
    """

    head: str
    mark: str
    words: str
    noun: str
    opened: bool
    leads: bool
    start: int


class Run(NamedTuple):
    """Telling words in a row, with the token before them; `linked` to those before by `of`."""

    words: list[re.Match[str]]
    before: re.Match[str] | None
    linked: bool


@lru_cache(maxsize=64)
def phrases(text: str) -> tuple[Phrase, ...]:
    """The nouns in `text`, in its order, as far as words show them."""
    found = runs(text)
    following = (*found[1:], None)
    return tuple(to_phrase(text, *both) for both in zip(found, following, strict=False))


def runs(text: str) -> list[Run]:
    """The runs of telling words in `text`; a possessive ends one."""
    found: list[Run] = []
    inside = linked = False
    before = None
    for match in TOKEN.finditer(text):
        owner = match[0].endswith(POSSESSIVE)
        if telling(match[0]) and not owner:
            if not inside:
                found.append(Run([], before, linked))
            found[-1].words.append(match)
            inside = True
            continue
        word = match[0].lower()
        linked = not owner and ((word == "of" and inside) or (linked and word in OPENERS))
        inside, before = False, match
    return found


def to_phrase(text: str, run: Run, after: Run | None) -> Phrase:
    """The noun that ends `run`; what comes `after` it may make it a thing of its own."""
    head = run.words[-1]
    opener = run.before[0] if run.before else ""
    owner = opener.endswith(POSSESSIVE) and opener[0].isupper()
    start, end, mark = head.start(), head.end(), ""
    if len(run.words) > 1 and run.words[-2][0].lower() not in LIGHT:
        start, mark = run.words[-2].start(), singular(run.words[-2][0])
    elif owner and run.before:
        start, mark = run.before.start(), opener.lower()
    elif after and after.linked:
        end, mark = after.words[-1].end(), f"of {singular(after.words[-1][0])}"
    shown = opener.lower() in OPENERS or opener[:1].isdigit() or opener.endswith(POSSESSIVE)
    return Phrase(
        head=singular(head[0]),
        mark=mark,
        words=" ".join(text[start:end].split()),
        noun=head[0],
        opened=shown,
        leads=run.before is None,
        start=run.words[0].start(),
    )
