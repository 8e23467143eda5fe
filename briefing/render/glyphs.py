"""Which characters of a text no font can show, and what to install for them.

In: text, and the template's own fonts. Out: one entry a script with a Debian package that shows
it. A brief goes out all the same; whoever makes it is told.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.paths import shipped

if TYPE_CHECKING:
    from pathlib import Path

CJK = frozenset({"Hani", "Hira", "Kana", "Hang", "Bopo"})
CJK_PACKAGE = "fonts-noto-cjk"
EMOJI_PACKAGE = "fonts-noto-color-emoji"
OTHER_PACKAGE = "fonts-noto-core"
EMOJI_BLOCKS = frozenset(
    {
        "Emoticons",
        "Miscellaneous Symbols And Pictographs",
        "Supplemental Symbols And Pictographs",
        "Symbols And Pictographs Extended-A",
        "Transport And Map Symbols",
        "Enclosed Alphanumeric Supplement",
    }
)
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Categories of characters that need no glyph."""

UNSHOWABLE = frozenset({"Co", "Cn", "Cs"})
"""Private, unassigned or broken characters: no package shows them."""

SHOWN = 5
"""How many characters a warning lists."""

TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class MissingScript:
    """Characters of one script that no font at hand can show.

    Attributes:
        script: Name for people, such as `Arabic` or `Emoji`.
        characters: Each once, in code point order.
        package: The Debian package to install, or empty where none helps.
    """

    script: str
    characters: tuple[str, ...]
    package: str

    def __str__(self) -> str:
        """The warning, with what to do about it."""
        codes = ", ".join(f"U+{ord(character):04X}" for character in self.characters[:SHOWN])
        more = len(self.characters) - SHOWN
        rest = f" and {more} more" if more > 0 else ""
        remedy = f"install {self.package}" if self.package else "check the source’s encoding"
        return f"No font shows these characters ({self.script}): {codes}{rest}; {remedy}"


def bundled_fonts() -> tuple[Path, ...]:
    """The full fonts that ship with the templates."""
    return tuple(sorted((shipped("templates") / "fonts").glob("*.ttf")))


def uncovered(text: str, fonts: tuple[Path, ...] | None = None) -> tuple[MissingScript, ...]:
    """Find the characters of `text` that neither `fonts` nor the system's fonts show.

    Args:
        text: What is to be printed.
        fonts: The page's own fonts; the bundled ones by default. A character counts as covered
            where one of them has it.

    Returns:
        One entry a script, by name; empty where all is well. Without `fc-list` the system's
        fonts are not known, and characters that only they could show are listed.
    """
    own = [_characters(font) for font in (bundled_fonts() if fonts is None else fonts)]
    program = shutil.which("fc-list")
    missing = defaultdict(list)
    for character in sorted(set(text)):
        if _needs_no_glyph(character) or any(ord(character) in covered for covered in own):
            continue
        if program is None or not _system_shows(character, program):
            missing[_script(character)].append(character)
    return tuple(
        MissingScript(script, tuple(characters), package)
        for (script, package), characters in sorted(missing.items())
    )


@lru_cache(maxsize=64)
def _characters(font: Path) -> frozenset[int]:
    """The code points that a font file has glyphs for."""
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as loaded:
        return frozenset(loaded.getBestCmap() or ())


def _needs_no_glyph(character: str) -> bool:
    """Whether a character is never drawn by itself: spaces, controls, variation selectors."""
    return (
        unicodedata.category(character) in INVISIBLE
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def _system_shows(character: str, program: str) -> bool:
    """Whether an installed font has the character, as `fc-list` says; False where it fails."""
    if unicodedata.category(character) in UNSHOWABLE:
        return False
    code = ord(character)
    return any(first <= code <= last for first, last in _system_ranges(program))


@lru_cache(maxsize=4)
def _system_ranges(program: str) -> tuple[tuple[int, int], ...]:
    """The code points that any installed font has, as ranges; none where `fc-list` fails."""
    command = [program, "--format", "%{charset} "]
    try:
        found = subprocess.run(  # noqa: S603 - fixed program and arguments
            command, capture_output=True, check=False, timeout=TIMEOUT_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    ranges = set(found.stdout.decode("ascii", "replace").split()) if not found.returncode else ()
    edges = (one.partition("-") for one in sorted(ranges))
    return tuple((int(first, 16), int(last or first, 16)) for first, _, last in edges)


def _script(character: str) -> tuple[str, str]:
    """The script of a character for people, and the package that shows it."""
    from fontTools import unicodedata as scripts

    if unicodedata.category(character) in UNSHOWABLE:
        return "unassigned", ""
    code = scripts.script(character)
    if code in CJK or "CJK" in scripts.block(character):
        return "Chinese, Japanese, Korean", CJK_PACKAGE
    if scripts.block(character).title() in EMOJI_BLOCKS:
        return "Emoji", EMOJI_PACKAGE
    if code in ("Zyyy", "Zinh"):
        return "Symbols", OTHER_PACKAGE
    return scripts.script_name(code).replace("_", " "), OTHER_PACKAGE
