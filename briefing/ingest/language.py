"""Which language a text is in, where its source does not say.

In: text. Out: an ISO 639-1 code, or None where it is too short or unclear. A script of few
languages tells them in a few letters; the Latin script needs more.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Any

LEAST_LETTERS = 100
SAMPLE_CHARACTERS = 2000
"""Enough to tell; the classifier's probability falls on long texts that repeat themselves."""

SURE = 0.95

ENGLISH_WORDS = frozenset({
    "the", "of", "and", "to", "that", "with", "which", "from", "this", "have", "are", "by",
    "been", "were", "would", "their", "they", "what",
})  # fmt: skip
ENGLISH_SHARE = 0.16
ENGLISH_KINDS = 5


LANGUAGES_OF_SCRIPT = {
    "ARABIC": "ar fa ur ps ug ku", "ARMENIAN": "hy", "BENGALI": "bn as",
    "CYRILLIC": "ru uk bg be sr mk kk ky mn tg tt ba", "DEVANAGARI": "hi mr ne sa",
    "ETHIOPIC": "am", "GEORGIAN": "ka", "GREEK": "el", "GUJARATI": "gu", "GURMUKHI": "pa",
    "HAN": "zh", "HANGUL": "ko", "HEBREW": "he", "KANA": "ja", "KANNADA": "kn", "KHMER": "km",
    "LAO": "lo", "MALAYALAM": "ml", "MYANMAR": "my", "ORIYA": "or", "SINHALA": "si",
    "TAMIL": "ta", "TELUGU": "te", "THAI": "th",
}  # fmt: skip
"""By the first word of their letters' Unicode names; those of East Asia by `EAST_ASIAN`."""

EAST_ASIAN = {"CJK": "HAN", "HANGUL": "HANGUL", "HIRAGANA": "KANA", "KATAKANA": "KANA"}
EAST_ASIAN_LETTERS = 2
SCRIPT_LETTERS = 10
"""Fewer could be a formula or a single name."""

KANA_SHARE = 0.05
HANGUL_SHARE = 0.3
"""Of the East Asian letters: Japanese and older Korean are written with Chinese ones too."""

ENGLISH_LEAST_SHARE = 0.04
"""Text that is said to be English, and has so many of its function words, is not doubted."""

NAMES = dict(
    pair.split(":")
    for pair in (
        "ar:Arabic be:Belarusian bg:Bulgarian ca:Catalan cs:Czech cy:Welsh da:Danish de:German "
        "el:Greek es:Spanish et:Estonian eu:Basque fa:Persian fi:Finnish fr:French ga:Irish "
        "en:English gl:Galician he:Hebrew hi:Hindi hr:Croatian hu:Hungarian id:Indonesian is:Icelandic "
        "it:Italian ja:Japanese ko:Korean lt:Lithuanian lv:Latvian mt:Maltese nl:Dutch "
        "no:Norwegian pl:Polish pt:Portuguese ro:Romanian ru:Russian sk:Slovak sl:Slovenian "
        "sq:Albanian sr:Serbian sv:Swedish sw:Swahili th:Thai tr:Turkish uk:Ukrainian ur:Urdu "
        "vi:Vietnamese zh:Chinese"
    ).split()
)


def language_name(code: str) -> str:
    """A language for print: `German (de)`, or `de` where its English name is not at hand."""
    return f"{NAMES[code]} ({code})" if code in NAMES else code


def language_code(given: str | None) -> str | None:
    """The ISO 639-1 code of a language tag such as `en-GB` or `de_AT`, or None."""
    match = re.match(r"\s*([A-Za-z]{2})(?:[-_].*)?\s*$", given or "", re.DOTALL)
    return match[1].lower() if match else None


def detect_language(text: str) -> str | None:
    """Detect the language of running text.

    Plain English is told by its function words: the classifier's model takes 0.6 s of processor
    time to unpack, and most texts are spared that.

    Args:
        text: Any text; its first 2,000 characters are looked at.

    Returns:
        An ISO 639-1 code where most letters are of a script that is not the Latin one, or at
        least 100 speak for one language with a normalised probability of 0.95; else None.
    """
    sample = text[:SAMPLE_CHARACTERS]
    if script := _foreign_script(sample):
        languages = LANGUAGES_OF_SCRIPT[script].split()
        return languages[0] if len(languages) == 1 else _likeliest(sample, languages)
    if sum(character.isalpha() for character in sample) < LEAST_LETTERS:
        return None
    if _plainly_english(sample):
        return "en"
    language, probability = _classifier().classify(sample)
    return str(language) if probability >= SURE and len(language) == 2 else None


def contradicted(text: str) -> str | None:
    """The language of text that is said to be English and is plainly another, else None."""
    share, _ = _english_words(text[:SAMPLE_CHARACTERS])
    if share >= ENGLISH_LEAST_SHARE and not _foreign_script(text[:SAMPLE_CHARACTERS]):
        return None
    language = detect_language(text)
    return None if language == "en" else language


def _plainly_english(sample: str) -> bool:
    share, kinds = _english_words(sample)
    return share >= ENGLISH_SHARE and kinds >= ENGLISH_KINDS


def _english_words(sample: str) -> tuple[float, int]:
    """The share of English function words among all, and how many different ones there are."""
    words = re.findall(r"[^\W\d_]+", sample.lower())
    found = [word for word in words if word in ENGLISH_WORDS]
    return len(found) / max(1, len(words)), len(set(found))


def _foreign_script(sample: str) -> str | None:
    """The script of most letters, where it is a key of `LANGUAGES_OF_SCRIPT`."""
    if sample.isascii():
        return None
    letters = Counter(character for character in sample if character.isalpha())
    scripts: Counter[str] = Counter()
    for letter, times in letters.items():
        first = re.split(r"[ -]", unicodedata.name(letter, ""), maxsplit=1)[0]
        scripts[EAST_ASIAN.get(first, first)] += times
    east = {name: scripts[name] for name in ("HAN", "HANGUL", "KANA")}
    total, of_east = scripts.total(), sum(east.values())
    if of_east >= EAST_ASIAN_LETTERS and 2 * of_east > total:
        if east["HANGUL"] >= HANGUL_SHARE * of_east:
            return "HANGUL"
        return "KANA" if east["KANA"] >= KANA_SHARE * of_east else "HAN"
    script, times = max(scripts.items(), key=lambda item: item[1], default=("", 0))
    is_plain = times >= SCRIPT_LETTERS and 2 * times > total
    return script if is_plain and script in LANGUAGES_OF_SCRIPT else None


def _likeliest(sample: str, languages: list[str]) -> str:
    return next(
        str(language) for language, _ in _classifier().rank(sample) if language in languages
    )


@cache
def _classifier() -> Any:
    """The classifier, loaded once a process."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
