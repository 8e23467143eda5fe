"""Transcripts: whose turn it is to speak.

In: a document's text. Out: where each turn begins and who speaks. A text is a transcript if labels
such as `MS. BERG:` or `Q` recur at the beginnings of its lines. What stands behind `A` in an
interview is the words of the one person whom the text names as asked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.document import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLED = (
    r"(?:THE (?:VICE )?(?:PRESIDENT|CHAIR|MINISTER|SPEAKER)|(?:MR|MS|MRS|DR)\. [A-Z][A-Z’'-]+"
    r"(?: [A-Z][A-Z’'-]+)?|(?:PRESIDENT|SENATOR|SECRETARY|MINISTER|GOVERNOR) [A-Z][A-Z’'-]+)"
)
FULL = r"[A-Z][\w.’'-]*(?: (?:(?:al|bin|da|de|del|der|di|du|la|le|van|von) )*[A-Z][\w.’'-]*){1,4}"
"""A name of several words, perhaps with letters for a seat or an office behind it."""
QUESTION_NUMBER = r"Q\d{1,4}[.:]?[ \t]+"
"""The number of a question, as records of committees have it: `Q12 Chair:`."""
LABEL = re.compile(
    r"(?:^|(?<=[.?!)\]”—–] ))(?P<question>Q)\s*:?\s+(?=[\"“(A-Z])"
    r"|^(?P<answer>A)\s*:\s+(?=\S)"
    r"|^(?P<name>[A-Z][A-Z.’' -]{1,48}[A-Z.])\s*:\s"
    rf"|(?<=\s)(?P<titled>{TITLED})\s*:\s"
    rf"|^(?:{QUESTION_NUMBER})?(?!{QUESTION_NUMBER})(?P<full>{FULL})(?: \([^()\n]{{1,60}}\))?\s*:[ \t]+(?=\S)"
    rf"|^(?P<counted>{QUESTION_NUMBER})?(?P<single>[A-Z][\w’'-]*)\s*:[ \t]+(?=\S)",
    re.MULTILINE,
)
"""A label begins a line; one with a title, or a question, may stand within it. One word is one
where the number of a question stands before it, or does elsewhere in the text."""
HONORIFIC = re.compile(r"(?:Mrs|M[rsx]|Miss|Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady)\b\.?")
PLAIN = frozenset(("Mr", "Ms", "Mx", "Mrs", "Miss"))
"""Titles that tell nothing of somebody but whom to call by them."""
NAMES = ("name", "titled", "full", "single")
ASKED = re.compile(
    r"\b(?i:interview|conversation|talk|questions) (?:with|to) "
    rf"(?:[\w’'-]+ ){{0,3}}?(?P<asked>{FULL})"
)
"""Where a text says whom somebody interviewed."""
SUBJECT = re.compile(
    rf"(?:^|(?<=[.?!] ))(?P<subject>{FULL})(?=,? (?:is|was|has|had)\b)", re.MULTILINE
)
"""Where the head of an interview says who somebody is."""
LEAST_TURNS = 4
"""Labels that make a transcript."""
OFTEN = 4
"""So often a label in capitals is a speaker's, whatever words it is made of."""
EARLY = 0.2
"""Share of a text in which the label of its only speaker must stand."""
LEAST_REPEATS = 2
LEAST_SPEAKERS = 2
"""So many of its speakers, the floor among them, have so many turns."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a turn begins, with its label; `name` is empty for a question from the floor."""

    label: Span
    name: str


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of a transcript, in order; none for any other text."""

    turns: tuple[Turn, ...]
    starts: tuple[int, ...]

    def labelled(self, span: Span) -> bool:
        """Whether `span` lies in the label of a turn."""
        turn = self.at(span.start)
        return turn is not None and turn.label.contains(span)

    def at(self, offset: int) -> Turn | None:
        """Whose turn `offset` lies in; None before the first and in other texts."""
        index = bisect_right(self.starts, offset) - 1
        return self.turns[index] if index >= 0 else None


def turns(text: str) -> Turns:
    """Find the turns of `text`."""
    matches = [*LABEL.finditer(text)]
    if {"Q", "A"} <= {match["question"] or match["answer"] for match in matches}:
        answers = asked(text[: matches[0].start()])
    else:
        matches, answers = [match for match in matches if not match["answer"]], ""
    labels = Counter(match["name"] for match in matches)
    asking = {match["single"] for match in matches if match["counted"]}
    matches = [
        match
        for match in matches
        if (labels[match["name"]] >= OFTEN or not is_common(match["name"] or "", text))
        and (match["single"] is None or match["single"] in asking)
    ]
    names = whole_names([speaker(match, answers) for match in matches])
    found = [Turn(Span(*match.span()), name) for match, name in zip(matches, names, strict=True)]
    counts = Counter(
        name or match[match.lastgroup or 0] for match, name in zip(matches, names, strict=True)
    )
    speakers = sum(count >= LEAST_REPEATS for count in counts.values())
    if (len(found) < LEAST_TURNS or speakers < LEAST_SPEAKERS) and not is_speech(found, text):
        found = []
    return Turns(tuple(found), tuple(turn.label.start for turn in found))


def speaker(match: re.Match[str], answers: str) -> str:
    """Whose turn a label begins; empty for a question, and where `answers` names nobody."""
    if match["answer"]:
        return answers
    return proper("".join(filter(None, map(match.group, NAMES))))


def whole_names(names: Sequence[str]) -> list[str]:
    """Each of `names` as the one full name that it is short for: `Ms Berg`, once `Ms Anna Berg`.

    Full names lose their `Mr` or `Ms`.
    """
    full: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    keys = []
    for name in names:
        match = HONORIFIC.match(name)
        title, words = (match[0].rstrip("."), name[match.end() :]) if match else ("", name)
        keys.append((title, words.split()[-1] if words else ""))
        if " " in words.strip():
            full[keys[-1]].add(words.strip() if title in PLAIN else name)
    return [
        next(iter(whole)) if len(whole := full[key]) == 1 and key[0] else name
        for name, key in zip(names, keys, strict=True)
    ]


def asked(head: str) -> str:
    """The one person whom the `head` of an interview names as asked, else empty.

    Without `an interview with …` that is the only person who is the subject of a sentence in it.
    """
    told = {match["asked"] for match in ASKED.finditer(head)}
    told = told or {match["subject"] for match in SUBJECT.finditer(head)}
    return told.pop() if len(told) == 1 else ""


def is_speech(found: list[Turn], text: str) -> bool:
    """Whether `text` is one person's remarks: one title as a label, near its beginning."""
    return (
        len({turn.name for turn in found}) == 1
        and found[0].label.start < EARLY * len(text)
        and re.match(TITLED, text[found[0].label.start : found[0].label.end].strip()) is not None
    )


def is_common(label: str, text: str) -> bool:
    """Whether a label stands in small letters elsewhere, as no name does: `FACT SHEET:`."""
    return bool(label) and label.lower() in text


def proper(label: str) -> str:
    """A label in the letters of a name: `MS. BERG` is `Ms. Berg`, `Mr O’PELL` `Mr O’Pell`."""
    title, _, name = label.partition(" ")
    if name.isupper() and HONORIFIC.fullmatch(title):
        return f"{title} {name.title()}"
    return label.title() if label.isupper() else label
