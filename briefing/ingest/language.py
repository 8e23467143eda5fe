"""Which language a text is in, where its source does not say.

In: text. Out: an ISO 639-1 code, or None where it is too short or unclear.
"""

from __future__ import annotations

import re
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
        An ISO 639-1 code where at least 100 letters speak for one language with a normalised
        probability of 0.95, else None.
    """
    sample = text[:SAMPLE_CHARACTERS]
    if sum(character.isalpha() for character in sample) < LEAST_LETTERS:
        return None
    if _plainly_english(sample):
        return "en"
    language, probability = _classifier().classify(sample)
    return str(language) if probability >= SURE and len(language) == 2 else None


def _plainly_english(sample: str) -> bool:
    words = re.findall(r"[^\W\d_]+", sample.lower())
    found = [word for word in words if word in ENGLISH_WORDS]
    share = len(found) / max(1, len(words))
    return share >= ENGLISH_SHARE and len(set(found)) >= ENGLISH_KINDS


@cache
def _classifier() -> Any:
    """The classifier, loaded once a process."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
