"""Words around a number in, what they count or measure out: units, rates, nouns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CURRENCIES = {
    "crown": "crown crowns krona kronor krone kroner koruna sek nok dkk czk kr",
    "dollar": "dollar dollars usd $ us$ buck bucks",
    "euro": "euro euros eur €",
    "pound": "pound pounds gbp £ sterling quid",
    "yen": "yen jpy ¥",
    "yuan": "yuan renminbi cny rmb",
    "rupee": "rupee rupees inr ₹ rs",
    "rouble": "rouble roubles ruble rubles rub ₽",
    "franc": "franc francs chf",
    "won": "won krw ₩",
    "lira": "lira lire try ₺",
    "shekel": "shekel shekels ils ₪",
    "peso": "peso pesos mxn",
    "rand": "rand zar",
    "real": "reais brl r$",
    "dinar": "dinar dinars",
    "dirham": "dirham dirhams aed",
    "riyal": "riyal riyals sar",
    "zloty": "zloty zlotys pln",
    "forint": "forint forints huf",
    "mark": "marks",
    "australian dollar": "a$ aud",
    "canadian dollar": "c$ cad",
    "hong kong dollar": "hk$ hkd",
    "new zealand dollar": "nz$ nzd",
    "cent": "cents",
    "penny": "pence",
}
MEASURES = {
    "%": "% pct percent",
    "kilometre": "km kms kilometre kilometres kilometer kilometers",
    "metre": "m metre metres meter meters",
    "centimetre": "cm centimetre centimetres centimeter centimeters",
    "millimetre": "mm millimetre millimetres millimeter millimeters",
    "mile": "mile miles",
    "foot": "foot feet ft",
    "inch": "inch inches",
    "yard": "yards",
    "tonne": "tonne tonnes",
    "ton": "ton tons",
    "kilogram": "kg kilo kilos kilogram kilograms kilogramme kilogrammes",
    "gram": "gram grams gramme grammes",
    "pound weight": "lb lbs",
    "litre": "litre litres liter liters",
    "gallon": "gallon gallons",
    "barrel": "barrel barrels",
    "hectare": "hectare hectares ha",
    "acre": "acre acres",
    "degree": "degree degrees °c °f °",
    "watt": "watts",
    "kilowatt": "kw kilowatt kilowatts",
    "megawatt": "mw megawatt megawatts",
    "gigawatt": "gw gigawatt gigawatts",
    "kilowatt-hour": "kwh",
    "megawatt-hour": "mwh",
    "terawatt-hour": "twh",
    "mph": "mph",
    "second": "seconds",
    "minute": "minute minutes",
    "hour": "hour hours",
    "day": "day days",
    "week": "week weeks",
    "month": "month months",
    "year": "year years",
    "decade": "decade decades",
    "vote": "vote votes",
}
TIMES = frozenset("second minute hour day week month year decade".split())
UNITS = {
    form: unit
    for table in (CURRENCIES, MEASURES)
    for unit, forms in table.items()
    for form in forms.split()
}
MONEY = frozenset(CURRENCIES)
LENGTHS = frozenset("high long wide tall deep thick above below away from apart off".split())
"""Words after an `m` that stands for metres."""
IRREGULAR = {
    "people": "person",
    "persons": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "lives": "life",
    "wives": "wife",
    "feet": "foot",
    "police": "police",
    "staff": "staff",
    "cattle": "cattle",
    "dead": "dead",
    "injured": "injured",
    "wounded": "wounded",
    "missing": "missing",
    "homeless": "homeless",
    "households": "household",
    "series": "series",
    "personnel": "personnel",
    "aircraft": "aircraft",
    "sheep": "sheep",
    "countrymen": "countryman",
}
STOPS = frozenset(
    """a an the this that these those its their his her our your my of in on at to by for from with
    without into onto over under between among through during before after since until within
    across about against per than as and or but nor so if when where while because though although
    which who whom whose what how is are was were be been being am has have had having do does did
    will would shall should can could may might must not no never it he she they we i you them him
    us me there here then now also only even just already yet still ago last next later earlier
    more less fewer each every both either all any some such said says say told put puts both
    according including alone altogether together up down out off away back once again today
    yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday""".split()
)
SINGULAR_S = ("ss", "us", "is")
LONGEST_NOUN = 4
"""Words of a noun phrase that are looked at."""
TOKEN = re.compile(r"\s*-?([^\W\d_]+(?:[’'-][^\W\d_]+)*)")
CENT = re.compile(r"\s*per\s*-?\s*cent\b", re.IGNORECASE)
POINTS = re.compile(
    r"\s*-?(?:(?:percentage|per\s*cent)[\s-]points?|pp|ppts?)(?!\w)", re.IGNORECASE
)
SIGN = re.compile(r"\s*(?:%|[€£](?!\s?\d)|°\s?[CF]?)")
RATE = re.compile(
    r"\s*(?:(?P<sure>per\s+|each\s+|every\s+|/\s?)|(?:a|an)\s+)(?P<of>[^\W\d_]+)(?!\w)",
    re.IGNORECASE,
)
OF = re.compile(
    r"\s+of\s+(?:(?:all|the|its|their|our|his|her|your|my|these|those|such)\s+)*", re.IGNORECASE
)
BEFORE = re.compile(
    r"(?:(?P<sign>(?:US|A|C|HK|NZ|R|S)?\$|[€£¥₹₽₩₺₪])|(?<!\w)(?P<code>[A-Z]{3}|Rs\.?|kr\.?))\s?$"
)


@lru_cache(maxsize=100_000)
def singular(word: str) -> str:
    """`word` in small letters, without a plural ending."""
    word = word.lower()
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:sh|ch|x|ss|zz)es$", word):
        return word[:-2]
    if word.endswith("s") and not word.endswith(SINGULAR_S):
        return word[:-1]
    return word


def is_plural(word: str) -> bool:
    """Whether `word` looks like a plural."""
    return singular(word) != word.lower() or word.lower() in IRREGULAR


def unit_before(text: str, at: int) -> tuple[str, int]:
    """The currency that ends at `at`, with where it begins; empty and `at` where none does."""
    found = BEFORE.search(text, max(0, at - 5), at)
    if found is None:
        return "", at
    form = (found["sign"] or found["code"]).lower().rstrip(".")
    return UNITS.get(form, ""), found.start() if form in UNITS else at


def unit_after(text: str, at: int) -> tuple[str, int]:
    """The unit that begins at `at`, with where it ends; empty and `at` where none does.

    One adjective may stand before it (`gross tonnes`); one with a capital belongs to a currency
    (`Danish crowns`) and stays in the unit.
    """
    for pattern, unit in ((POINTS, "percentage point"), (CENT, "%")):
        found = pattern.match(text, at)
        if found:
            return unit, found.end()
    sign = SIGN.match(text, at)
    if sign:
        return UNITS.get(sign[0].strip().lower()[:1], ""), sign.end()
    first = TOKEN.match(text, at)
    if first is None:
        return "", at
    unit = UNITS.get(first[1].lower(), "")
    if unit and not (len(first[1]) <= 2 and first[1].lower() in ("m", "ha", "rs")):
        return unit, first.end()
    if unit and not re.match(r"\s+[a-z]", text[first.end() :]):
        return unit, first.end()
    second = TOKEN.match(text, first.end())
    unit = UNITS.get(second[1].lower(), "") if second and first[1].lower() not in STOPS else ""
    if second is None or not unit or unit in TIMES:
        return "", at
    named = first[1][0].isupper() and unit in MONEY and first[1] != "US"
    return (f"{first[1].lower()} {unit}" if named else unit), second.end()


def rate_after(text: str, at: int, unit: str) -> tuple[str, int]:
    """The `a tonne` that begins at `at` as `/tonne`, with where it ends; else empty and `at`."""
    found = RATE.match(text, at)
    if found is None or found["of"].lower() in STOPS:
        return "", at
    of = {"h": "hour", "s": "second"}.get(found["of"], singular(found["of"]))
    sure = found["sure"] or of in TIMES or of in MEASURES
    rest = TOKEN.match(text, found.end())
    loose = unit in MONEY and (rest is None or rest[1].lower() in STOPS)
    return (f"/{of}", found.end()) if sure or loose else ("", at)


def noun_after(text: str, at: int) -> tuple[str, int]:
    """The noun that is counted from `at` on, with where it ends; else empty and `at`.

    It ends with the first plural of up to four words; where there is none, it is one word.
    """
    words = words_after(text, at)
    return to_noun(words if words and is_plural(words[-1][1]) else words[:1], at)


def noun_of(text: str, at: int) -> tuple[str, int]:
    """The noun of an `of its calls` that begins at `at`, with where it ends."""
    found = OF.match(text, at)
    return to_noun(words_after(text, found.end()) if found else [], at)


def words_after(text: str, at: int) -> list[re.Match[str]]:
    """The words of a noun phrase that begins at `at`, to its first plural."""
    words: list[re.Match[str]] = []
    while len(words) < LONGEST_NOUN:
        token = TOKEN.match(text, words[-1].end() if words else at)
        if token is None or token[1].lower() in STOPS:
            break
        words.append(token)
        if is_plural(token[1]):
            break
    return words


def to_noun(words: Sequence[re.Match[str]], at: int) -> tuple[str, int]:
    """A noun of some words, without a plural ending, with where it ends; `at` without any."""
    if not words:
        return "", at
    *before, last = (word[1] for word in words)
    return " ".join([*map(str.lower, before), singular(last)]), words[-1].end()
