"""Titles and authors in file properties, which programs fill with what is none.

In: a property. Out: the title or the names, or nothing where a program or a file name wrote it.
"""

from __future__ import annotations

import re

from briefing.ingest.blocks import fold

NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel|office).*|untitled.*|(?:word )?document\s*\d*"
    r"|(?:powerpoint )?presentation\s*\d*|print|layout 1|no title|none|slide 1"
    r"|.*\.(?:docx?|pdf|odt|rtf|indd|qxd|tex|dvi|ps|pptx?|xlsx?|html?|txt|wpd|fm)",
    re.IGNORECASE,
)
NO_AUTHOR = re.compile(
    r"python-docx|microsoft.*|.*\buser\b.*|admin(?:istrator)?|owner|author|unknown|default"
    r"|anonymous|root|none|.*@.*|.*[\\/].*",
    re.IGNORECASE,
)


def sane_title(given: str | None) -> str | None:
    """A title that a person gave, or None."""
    title = fold(given or "")
    return title if len(title) > 2 and not NO_TITLE.fullmatch(title) else None


def sane_authors(given: str | None) -> tuple[str, ...]:
    """The names in an author property, without those that programs and accounts put there."""
    names: list[str] = []
    for part in re.split(r";|\s&\s|\sand\s", fold(given or "")):
        pieces = [piece.strip() for piece in part.split(",")]
        # `Smith, John` is one name; `John Smith, Ann Lee` are two
        names += pieces if all(" " in piece for piece in pieces) else [part.strip()]
    sane = (name for name in names if name and not NO_AUTHOR.fullmatch(name))
    return tuple(name for name in sane if any(letter.isupper() for letter in name))
