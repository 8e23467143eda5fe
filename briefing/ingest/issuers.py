"""Lines that name an organisation: letterheads, mastheads, affiliations.

In: words and the text in which they stand. Out: the name as it is printed, or None where it may
be a headline.
"""

from __future__ import annotations

import re

from briefing.bodies import LEGAL_FORMS, MASTHEADS, ORGANISATION_WORDS

SMALL = frozenset("a and at de for in la of on the und &".split())
CAPITALISED = re.compile(r"&|[^\W\d_a-z](?:[^\W_]|['’.&-])*")
BEFORE_MATTER = re.compile(r"\b(?:at|for|in|of|on)\b")
MATTER = ("for", "of", "on")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
OURSELVES = re.compile(r"\bWe\b")
LONGEST_NAME = 10
"""Words of a name at the most."""


def organisation(words: str, text: str) -> str | None:
    """`words` as a name, where they are nothing but that of an organisation.

    `Ministry of Water` is one as it stands, and so are `Dockers’ Union` and `Port Authority of
    Orm`. Of `Living River Trust` or `Council Backs Water Board` the first words may be a verb or
    its subject, so `text` must have the whole name again.
    """
    words = " ".join(words.split())
    parts = words.removeprefix("The ").removeprefix("THE ").split()
    if not 2 <= len(parts) <= LONGEST_NAME or not _is_name(parts):
        return None
    core = BEFORE_MATTER.split(" ".join(parts).casefold())[0].split()
    head = core[-1].strip(".") if core else ""
    company = parts[-1].casefold().strip(".") in LEGAL_FORMS
    if not company and head not in ORGANISATION_WORDS:
        return None
    before = parts[len(core)].casefold() if len(core) < len(parts) else ""
    if before and before not in MATTER:
        return None
    owned = len(core) > 1 and core[-2].endswith(("s'", "s’", "'s", "’s"))
    of_matter = len(core) == 1 or (len(core) == 2 and before == "of")
    plain = company or owned or of_matter
    return spelt(parts, text) if plain or recurs(" ".join(parts), text) else None


def masthead(words: str, text: str, known: frozenset[str] = MASTHEADS) -> str | None:
    """`words` as the name of a newspaper, where they are two to five and end in one of `known`."""
    parts = words.split()
    fits = 2 <= len(parts) <= 5 and _is_name(parts) and parts[-1].casefold() in known
    return spelt(parts, text) if fits else None


def speaker(words: str, text: str) -> str | None:
    """`words` as a name, of whatever words, where `text` has it do something and says `we`.

    What others say, within quotation marks, does not count.
    """
    return actor(words, text) if OURSELVES.search(unquoted(text)) else None


def actor(words: str, text: str) -> str | None:
    """`words` as a name, of whatever words, where `text` has it do something of its own."""
    own = unquoted(text)
    acts = any(re.match(r"\s+[a-z]", own[end:]) for end in _named(words, own))
    return body_name(words, text) if acts else None


def unquoted(text: str) -> str:
    """`text` without what stands within quotation marks."""
    return QUOTED.sub(" ", straight(text))


def body_name(words: str, text: str) -> str | None:
    """`words` as a name of whatever words, where they may be one: every word has a capital."""
    parts = words.split()
    fits = 2 <= len(parts) <= LONGEST_NAME and _is_name(parts)
    return spelt(parts, text) if fits else None


def recurs(name: str, text: str) -> bool:
    """Whether `text` has `name` twice as a name: every word with a capital that does not connect."""
    return len(_named(name, straight(text))) > 1


def _named(name: str, text: str) -> list[int]:
    """Where `name` ends in `text`, with capitals as names have them."""
    words = r"\s+".join(map(re.escape, straight(name).split()))
    return [
        match.end()
        for match in re.finditer(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE)
        if all(word[:1].isupper() for word in match[0].split() if word.casefold() not in SMALL)
    ]


def straight(text: str) -> str:
    """`text` with one kind of apostrophe."""
    return text.replace("’", "'").replace("‘", "'")


def spelt(parts: list[str], text: str) -> str:
    """The name as it is printed: one set all in capitals as the text has its words elsewhere."""
    if not all(part.isupper() or part == "&" for part in parts):
        return " ".join(parts)
    return " ".join(_spelt(part, text) for part in parts)


def _spelt(word: str, text: str) -> str:
    """A word in capitals: small where it connects, kept where it is an abbreviation."""
    if word.casefold() in SMALL:
        return word.casefold()
    usual = re.sub(r"(?<=-)[a-z]", lambda match: match[0].upper(), word[0] + word[1:].casefold())
    if re.search(rf"(?<!\w){re.escape(usual)}(?!\w)", text):
        return usual
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    running = "\n".join(line for line in text.splitlines() if not line.isupper())
    kept = len(pattern.findall(running)) > 1 or len(word) < 3 or not re.search(r"[AEIOUY]", word)
    return word if kept else usual


def _is_name(parts: list[str]) -> bool:
    """Whether all words have a capital, or connect such: no article but within `of the`."""
    for at, part in enumerate(parts):
        small = part.casefold() in SMALL
        if not small and not CAPITALISED.fullmatch(part):
            return False
        if small and at in (0, len(parts) - 1):
            return False
        article = part.casefold() in ("a", "the") and not BEFORE_MATTER.fullmatch(
            parts[at - 1].casefold()
        )
        if small and article:
            return False
    return True
