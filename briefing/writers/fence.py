"""Words of sources in, one block that a model takes for data out.

A passage may hold what reads like an instruction, or like the marks by which a chat template
tells who speaks. Neither may leave the block: passages are one line each, marks of templates are
made harmless but stay readable, and the line around the block stands nowhere within it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs"))
"""Categories of characters that print nothing, which can hide words from an editor."""
BRACKET = re.compile(r"\[…\]|[\[\]]")
ROUND = {"[": "(", "]": ")"}
TAG_START = re.compile(r"<(?=[^\s\d])")
TAG_END = re.compile(r"(?<=\S)>")
HEADING = re.compile(r"#{2,}")


def plain(text: str) -> str:
    """`text` on one line, without characters that print nothing."""
    spaced = " ".join(text.split())
    seen = (letter for letter in spaced if unicodedata.category(letter) not in UNSEEN)
    return " ".join("".join(seen).split())


def harmless(text: str) -> str:
    """`text` on one line, without what a chat template or the numbers of passages are made of.

    `<|im_start|>` becomes `‹|im_start|›`, `[INST]` becomes `(INST)`, and `###` becomes `#`. No
    list of templates is kept: every tag and every square bracket is taken for one, but for the
    `[…]` of words left out.
    """
    text = BRACKET.sub(lambda match: ROUND.get(match.group(), match.group()), plain(text))
    text = TAG_END.sub("›", TAG_START.sub("‹", text))
    return HEADING.sub("#", text)


def mark_of(block: str, turn: int) -> str:
    """The line that may go around `block`, the next one for each `turn`."""
    digest = hashlib.sha256(f"{turn}\n{block}".encode()).hexdigest()
    return f"DATA-{digest[:8]}"


def fenced(lines: Sequence[str], mark_of: Callable[[str, int], str] = mark_of) -> str:
    """`lines` between two lines that are the same and stand nowhere within them.

    They are made of a digest, so that the same passages have the same prompt, and no source can
    hold them by design.
    """
    block = "\n".join(lines)
    turn = 0
    while (mark := mark_of(block, turn)) in block:
        turn += 1
    return f"{mark}\n{block}\n{mark}"
