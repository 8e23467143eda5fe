"""Kinds of lines above a body: bylines, handles, datelines, dates, kinds of text, fields.

In: a line, or a text. Out: patterns to match it with, and the `Line` that tells its parts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from briefing.ingest.dates import MONTHS, iso_date
from briefing.ingest.issuers import organisation

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTICLE = r"(?:(?:al|bin|da|de|del|della|den|der|di|dos|du|ibn|la|le|ten|ter|van|von|y|zu)\s+)"
_WORD = r"(?:[^\W\d_a-z](?:[^\W\d_]|['’\-])*\.?|(?:al|d|l)[-'’][^\W\d_]+)"
_NAME = rf"{_WORD}(?:[ \t]+{_PARTICLE}*{_WORD}){{1,3}}"
NAME = re.compile(_NAME)
_OF_PAPER = (
    r"(?:[\w-]+[ \t]+){0,3}(?:(?i:correspondents?|reporters?|columnists?|editors?|staff writers?))"
)
BYLINE = re.compile(
    rf"(?i:by|authors?)(?:[ \t]*:[ \t]*|[ \t]+)(?P<names>{_NAME}"
    rf"(?:(?:,[ \t]*(?:and[ \t]+)?|[ \t]+(?:and|&)[ \t]+){_NAME})*)(?:,?[ \t]+{_OF_PAPER})?"
)
NAME_AND_DESK = re.compile(rf"(?P<names>{_NAME}),[ \t]+{_OF_PAPER}")
"""`Anna Berg, environment correspondent`, which needs no `By`."""
BY = re.compile(r"(?:by|authors?)\b", re.IGNORECASE)
HANDLE = re.compile(r"@[A-Za-z0-9_](?:[A-Za-z0-9_.\-]{0,48}[A-Za-z0-9_])?")
NAME_AND_HANDLE = re.compile(rf"(?P<name>{_NAME})[ \t]+\(?(?P<handle>{HANDLE.pattern})\)?")
_AGENCY = r"[ \t]*\((?P<agency>[^\W\d_a-z][^\W_]*(?:[ \t]+[^\W\d_a-z][^\W_]*){0,3})\)"
BYLINE_AND_AGENCY = re.compile(rf"(?P<byline>{BYLINE.pattern}){_AGENCY}")
_PLACES = rf"(?:{_WORD}(?:[ \t]+{_PARTICLE}*{_WORD}){{0,3}},[ \t]*){{1,2}}"
PLACE_AND_DATE = re.compile(rf"{_PLACES}(?P<date>\d{{1,2}}[ \t]+{_WORD}[ \t]+\d{{4}})")
DATELINE = re.compile(
    rf"[^\W\d_a-z]{{3,}}(?:[ \t]+[^\W\d_a-z]{{2,}}){{0,3}},[ \t]*(?:{_PLACES})?"
    rf"(?P<date>\d{{1,2}}[ \t]+{_WORD}[ \t]+\d{{4}}|{_WORD}[ \t]+\d{{1,2}},[ \t]*\d{{4}})"
    rf"(?:{_AGENCY})?[ \t]*(?:[-–—]{{1,2}}|:)[ \t]"
)
"""A place in capitals, more of it, a date, an agency and a dash, before the first sentence."""

EVENT = re.compile(
    r"\b(?:conference|congress|convention|day|deadline|election|event|festival|forum|hearing"
    r"|lecture|meeting|rally|seminar|session|summit|symposium|vote|webinar|workshop)\b",
    re.IGNORECASE,
)
"""What a day may be the day of, so that it is not that of the text."""
DATE_LABEL = re.compile(r"(?:date|published|posted|updated)(?:[ \t]+on)?[ \t]*:?[ \t]+", re.I)
TITLE_LABEL = re.compile(r"(?:title|headline)[ \t]*:[ \t]*(?P<title>\S.*)", re.IGNORECASE)
SEPARATORS = re.compile(r",[ \t]*(?:and[ \t]+)?|[ \t]+(?:and|&)[ \t]+")

_MONTH = rf"(?:{'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)}|sept)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = re.compile(
    rf"(?<![\w/.–-])(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\.?,?[ \t]+)?"
    rf"(?P<date>{_DAY}[ \t]+{_MONTH}\.?,?[ \t]+\d{{4}}|{_MONTH}\.?[ \t]+{_DAY},?[ \t]+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2})(?![\w/–-])",
    re.IGNORECASE,
)
KIND = (
    r"(?:for (?:immediate )?(?:release|use|publication)|(?:(?:press|news|media|public|joint"
    r"|official|internal|open|monthly|weekly|quarterly|annual|written|draft|final|interim"
    r"|provisional|uncorrected|corrected|consultation|trading|regulatory)[ \t]+)*(?:release|statement"
    r"|notice|advisory|communiqu[eé]|bulletin|memo|memorandum|newsletter|circular|announcement"
    r"|letter|briefing|brief|report|paper|transcript|update|decision|resolution|submission|minutes"
    r"|judge?ment|ruling|summary)(?:[ \t]+(?:note|paper|of[ \t]+(?:judge?ment|findings|decision)))?)"
)
_NUMBER = r"(?:(?:no|nos|nr|issue|number|vol|volume)\.?[ \t]*)?\d{1,4}(?:/\d{1,4})?"
RECORD = re.compile(
    r"(?:(?:draft|confirmed|corrected|uncorrected|summary|verbatim)[ \t]+)*"
    r"(?:minutes|proceedings|record|transcript)[ \t]+of\b",
    re.IGNORECASE,
)
"""A record of a meeting goes by the day of that meeting."""
REFERENCE = re.compile(r"(?:[^\W\d_a-z][\w.]*[ \t]+){1,3}\d[\w/.-]*")
"""What a series and a number in it look like: `Paper CP 417`."""
OF_DATE = re.compile(r"[ \t]+(?:dated|of)$", re.IGNORECASE)
KIND_LINE = re.compile(rf"{KIND}(?:,?[ \t]+{_NUMBER})?", re.IGNORECASE)
KIND_OF = re.compile(rf"{KIND}[ \t]+(?:of|by|from)[ \t]+(?:the[ \t]+)?(?P<name>.+)", re.IGNORECASE)
NAME_AND_KIND = re.compile(rf"(?P<name>.+?)[ \t]+{KIND}", re.IGNORECASE)
FIELD = re.compile(r"(?P<label>[A-Za-z][A-Za-z ]{1,20}?)[ \t]*:[ \t]*(?P<value>.*)")
DATED = frozenset(
    "date dated sent published posted issued released updated publication release".split()
)
MAIL = frozenset("sent subject re".split())
OF_AN_EVENT = frozenset("time venue place location where when".split())
NUMBER = re.compile(_NUMBER, re.IGNORECASE)
TIME = re.compile(
    r"(?:at[ \t]+)?\d{1,2}(?:[:.]\d{2}){0,2}(?:[ \t]*[ap]\.?m\.?)?(?:[ \t]+(?:[+-]\d{4}|[A-Z]{2,5}))?",
    re.IGNORECASE,
)
PLACE = re.compile(r"[^\W\d_a-z][\w.’'-]*(?:[ \t]+[^\W\d_a-z][\w.’'-]*){0,3}")
OUTLET = re.compile(rf"{PLACE.pattern}[ \t]+(?:daily|journal|magazine|newspaper|weekly)")
CREDIT = re.compile(rf"(?i:from|source|via|with)[ \t:]+(?:the[ \t]+)?{PLACE.pattern}")
"""Whose report a newspaper's is made of: `Orm Mail, 4 May 2026 (with LPA)`."""
LABEL = re.compile(
    rf"(?:(?:{'|'.join(sorted(DATED))})(?:[ \t]+(?:on|date))?|date of (?:issue|publication|release))",
    re.IGNORECASE,
)
BESIDE_DATES = (LABEL, NUMBER, TIME, OUTLET, CREDIT)
BETWEEN = re.compile(r"[ \t]*[,;|·•/:()][ \t]*|[ \t]+[-–—]{1,2}[ \t]+|^[-–—]+|[ \t][-–—]+$")
CELL = re.compile(r"[ \t]*[|·•][ \t]*")
CONTACT = re.compile(r"[\d@]|www\.|://")
"""What an address, a telephone number or a web address has."""
MOST_PLACES = 2
LABEL_WORDS = 2


class Line(NamedTuple):
    """One line of a head.

    Attributes:
        text: As it stands.
        block: Number of its paragraph.
        dates: All full dates in it.
        dated: Whether it is nothing but a date and what may stand beside one.
        kind: Whether it says what kind of text this is: `Press release`.
        issuer: An organisation that it names as who issued the text or is at home here.
        names: Persons that it names as authors.
        label: What stands before its colon, in small letters.
        known: Whether all its parts are of these, or places.
    """

    text: str
    block: int
    dates: frozenset[str] = frozenset()
    dated: bool = False
    kind: bool = False
    issuer: str | None = None
    names: tuple[str, ...] = ()
    label: str = ""
    known: bool = False


def line_date(line: str) -> str | None:
    """The date that a line is, with a place or a label before it."""
    label = DATE_LABEL.match(line)
    if match := PLACE_AND_DATE.fullmatch(line):
        return None if EVENT.search(line) else iso_date(match["date"])
    return iso_date(line[label.end() :] if label else line)


def only_date(text: str) -> bool:
    """Whether one line at most is a date: a chronology has many, none of them the text's own."""
    short = (line for line in text.splitlines() if 8 <= len(line.strip()) <= 60)
    return sum(line_date(line.strip()) is not None for line in short) <= 1


def read_line(line: str, block: int, text: str) -> Line:
    """Tell of what parts a line is."""
    field = FIELD.fullmatch(line)
    label = field["label"].casefold() if field else ""
    dated = LABEL.fullmatch(label) is not None
    if not dated and label not in MAIL | OF_AN_EVENT | {"from"}:
        # a longer one is the first half of a title
        short = len(label.split()) <= LABEL_WORDS or DATE.search(line) is not None
        other = short and not KIND_LINE.fullmatch(label)
        label = label if other else ""
        field = None if not label or organisation(label.title(), text) else field
    matches = list(DATE.finditer(line))
    dates = frozenset(filter(None, (iso_date(match["date"]) for match in matches)))
    plain = Line(line, block, dates, label=label)
    if (field and not dated) or len(matches) > 1:
        return plain
    if dates and RECORD.match(line):
        return plain._replace(dated=True, kind=True, known=True)
    if not matches and (issuer := _beside_address(line, text)):
        return plain._replace(issuer=issuer, known=True)
    words = DATE.sub(" | ", field["value"] if field else line)
    parts = [part for part in BETWEEN.split(words) if part.strip()]
    return _of_parts(plain, parts, text)


def _beside_address(line: str, text: str) -> str | None:
    """The organisation of a line that has its address beside its name, parted by marks."""
    name, *others = CELL.split(line)
    contacts = bool(others) and all(CONTACT.search(other) for other in others)
    return organisation(name, text) if contacts else None


def _is_beside(part: str, *, dated: bool, kind: bool) -> bool:
    """Whether a part of a line may stand beside a date, or beside the kind of a text."""
    if dated and REFERENCE.fullmatch(part) and not EVENT.search(part):
        return True
    return (dated or kind) and any(one.fullmatch(part) for one in BESIDE_DATES)


def _of_parts(line: Line, parts: Sequence[str], text: str) -> Line:
    """`line` with what its parts are; as it is where one of them is nothing known."""
    kind, places = False, 0
    issuers: list[str] = []
    names: tuple[str, ...] = ()
    whole = organisation(line.text, text) if not line.dates else None
    for part in [] if whole else (OF_DATE.sub("", one.strip()) for one in parts):
        named = KIND_OF.fullmatch(part) or NAME_AND_KIND.fullmatch(part)
        signed = BYLINE.fullmatch(part) or NAME_AND_DESK.fullmatch(line.text)
        if (match := signed) and not match["names"].casefold().startswith("the "):
            names = (*names, *SEPARATORS.split(match["names"]))
        elif KIND_LINE.fullmatch(part):
            kind = True
        elif named and (issuer := organisation(named["name"], text)):
            kind = True
            issuers.append(issuer)
        elif issuer := organisation(part, text):
            issuers.append(issuer)
        elif _is_beside(part, dated=bool(line.dates), kind=kind):
            continue
        elif PLACE.fullmatch(part) and not EVENT.search(part) and places < MOST_PLACES:
            places += 1
        else:
            return line
    issuer = whole or (issuers[0] if issuers else None)
    known = bool(line.dates or kind or issuer or (names and not places))
    if not known:
        return line
    return line._replace(
        dated=bool(line.dates), kind=kind, issuer=issuer, names=names, known=known
    )
