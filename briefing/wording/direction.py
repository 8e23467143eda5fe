"""A text in, the same out of it, kept from mixing with a sentence that is written the other way.

Marks are used, not isolates, which are dropped from pages: a source could hide words with them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
"""Characters without width that count as a letter of their direction."""
FROM_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks of Unicode that hold all letters that are written from right to left."""


def isolated(text: str, direction: Literal["ltr", "rtl"]) -> str:
    """`text` for a place in a sentence of `direction`; as it is if no letter runs the other way.

    The inner marks keep stops and brackets at its ends with it, the outer ones part it from a
    neighbour that is written the same way.
    """
    if direction == "ltr" and not FROM_RIGHT.search(text):
        return text  # nearly all that a brief ever holds, and long quotations among it
    runs = [run for run in map(run_of, text) if run]
    if all(run == direction for run in runs):
        return text
    inner = MARKS[runs[0]] if runs[0] != direction else ""
    return f"{MARKS[direction]}{inner}{text}{inner}{MARKS[direction]}"


def run_of(character: str) -> Literal["ltr", "rtl"] | None:
    """Which way a character is written; None for digits, stops and white space."""
    kind = unicodedata.bidirectional(character)
    return "ltr" if kind == "L" else "rtl" if kind in ("R", "AL") else None
