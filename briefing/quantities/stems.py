"""Words in, those that tell something of a matter out, without their endings."""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.quantities.numerals import SMALL, TENS
from briefing.quantities.units import IRREGULAR, STOPS, UNITS

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
MONTHS = frozenset(
    """january february march april june july august september october november december""".split()
)
DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
PRONOUNS = frozenset(
    """i you he she it we they who this that these those one both many some others all""".split()
)
"""Words in place of a name; they tell nobody from others."""
ENDINGS = (
    "ances", "ments", "ance", "ence", "ment", "ings", "ion", "ions", "ing", "ied", "ies", "ers",
    "ed", "es", "er", "al", "ly", "e", "s", "y",
)  # fmt: skip
LEAST_STEM = 4
FORMS = {
    form: word
    for word, forms in {
        "begin": "began begun",
        "break": "broke broken",
        "build": "built",
        "choose": "chose chosen",
        "fall": "fell fallen",
        "grow": "grew grown",
        "hold": "held",
        "leave": "left",
        "loss": "lose loses losing lost",
        "meet": "met",
        "pay": "paid",
        "rise": "rose risen",
        "sell": "sold",
        "send": "sent",
        "shrink": "shrank shrunk",
        "speak": "spoke spoken",
        "spend": "spent",
        "win": "won",
        "withdraw": "withdrew withdrawn",
    }.items()
    for form in forms.split()
}
"""Forms of words that endings do not make."""
COMMON_WORDS = (
    STOPS
    | SMALL.keys()
    | TENS.keys()
    | frozenset(
        """not cannot don won isn doesn didn wasn weren aren couldn wouldn shouldn hasn haven hadn re
    ve ll very much many well too almost nearly about around roughly approximately least most more
    like make made making take took taken get got give gave given go went gone come came thing
    things way other others another own same new one ones first really however therefore thus per
    cent percent hundred thousand million billion trillion dozen half third quarter fifth""".split()
    )
)


def stemmed(text: str) -> list[str]:
    """The telling words of `text` without their endings, in its order."""
    return [stem for word in WORD.findall(text) if (stem := telling(word))]


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The telling words of `text` without their endings, each once."""
    return frozenset(stemmed(text))


@lru_cache(maxsize=100_000)
def telling(word: str) -> str:
    """The stem of a word that tells something of a matter; empty for one that does not."""
    word = re.split("[’']", word.lower(), maxsplit=1)[0]
    small = word in COMMON_WORDS or word in UNITS or word in MONTHS or word in DAYS
    return "" if small or len(word) <= 2 else stem(IRREGULAR.get(word) or FORMS.get(word, word))


def stem(word: str) -> str:
    """`word` without the endings that English adds: `promised` and `promises` are one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM - (ending == "s"):
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > LEAST_STEM and word[-1] in "ei" else word
