"""Names and a language in, one list of them out, as a sentence has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SPANISH = (
    (re.compile(r"y (?=[ií]|hi(?![ae]))", re.IGNORECASE), "e "),
    (re.compile(r"o (?=h?[oó]|8|11\b)", re.IGNORECASE), "u "),
)
"""`y` before the sound of an i is `e`, `o` before that of an o is `u`; CLDR leaves it to code."""


def listed(names: Sequence[str], language: str, *, any_of: bool) -> str:
    """Join at least two names by commas and `and`, or by `or`.

    Args:
        names: As they are to stand.
        language: ISO 639-1 code.
        any_of: Whether one or the other is meant.

    Source: the patterns are those of CLDR; what Spanish needs besides is that of ICU.
    """
    if language == "en":
        # As CLDR has it for British English, without loading Babel.
        return f"{', '.join(names[:-1])} {'or' if any_of else 'and'} {names[-1]}"
    from babel.lists import format_list

    joined = format_list(names, style="or" if any_of else "standard", locale=language)
    if language != "es":
        return joined
    # Only the word before the last name is ours.
    start = len(joined) - len(names[-1]) - len("y ")
    tail = joined[start:]
    for before, instead in SPANISH:
        if before.match(tail):
            tail = before.sub(instead, tail, count=1)
    return joined[:start] + tail
