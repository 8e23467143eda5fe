"""Who issued a text and when, by the lines above its body and those under a letter's close.

In: a text. Out: a `Letterhead`. What may be read in two ways is left out: two dates, a range of
days, the day of a meeting, an addressee, a headline that only looks like a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.bodies import PAPERS
from briefing.ingest.heads import SALUTATION, SENTENCE_WORDS, Head, read_head, read_sign_off
from briefing.ingest.issuers import (
    OURSELVES,
    actor,
    body_name,
    masthead,
    organisation,
    speaker,
)
from briefing.ingest.lines import (
    BETWEEN,
    DATE,
    FIELD,
    MAIL,
    NAME,
    OF_AN_EVENT,
    RECORD,
    SEPARATORS,
    Line,
    only_date,
    read_line,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

ADDRESSEE = re.compile(r"(?:to|cc|attn|attention)(?:[ \t]*:|[ \t]+(?=the\b|(?-i:[A-Z])))", re.I)
OFFICE = re.compile(
    r"\b(?:chair\w*|chief|director|executive|general secretary|head|leader|manager|president"
    r"|secretary|spokes\w+|treasurer|on behalf of|for)\b",
    re.IGNORECASE,
)
"""By what somebody speaks for an organisation, as a professor does not for a university."""
STEM = 5
"""Letters by which `Minister` is known to be of the `Ministry`."""
ADDRESS = re.compile(r"[ \t]*<[^<>]*>[ \t]*|[ \t]*\[[^\[\]]*@[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a head and a sign-off say.

    Attributes:
        event: Whether the head tells when and where people meet.
        end: Offset of what follows the head.
        body_start: The same, where all of the head is told but for a title; else 0.
    """

    publisher: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    title: str | None = None
    event: bool = False
    end: int = 0
    body_start: int = 0


def find_letterhead(text: str) -> Letterhead:
    """Find who issued a text, when, and under what title; nothing that is not plain."""
    head = read_head(text)
    lines = [
        read_line(line, number, text)
        for number, block in enumerate(head.blocks)
        for line in without_addressees(block)
    ]
    signed = read_sign_off(text) if head.letter or any(line.kind for line in lines) else ()
    publisher, authors = _issuer(lines, head, signed, text)
    title = _title(lines, publisher) if lines else None
    date = _date(lines, head, signed, text)
    start = head.end if publisher or authors or date else 0
    if not is_explained(lines, head, publisher):
        start = 0
    return Letterhead(publisher, authors, date, title, is_of_an_event(lines), head.end, start)


def is_explained(lines: Sequence[Line], head: Head, publisher: str | None) -> bool:
    """Whether all of a head is told, but for one line that may be its title.

    Whom a letter goes to stays in the text: `you` and `the minister` are known by it. So do
    those who were at a meeting: its record calls them by their surnames.
    """
    if any(RECORD.match(line.text) for line in lines) and any(line.label for line in lines):
        return False
    own = (publisher or "").casefold()
    others = [line for line in lines if not line.known and not line.label]
    untold = [line for line in others if line.text.casefold() != own]
    return len(untold) <= 1 and not is_addressed(head)


def is_addressed(head: Head) -> bool:
    """Whether a head says to whom a letter goes."""
    return any(ADDRESSEE.match(line) for block in head.blocks for line in block)


def is_of_an_event(lines: Sequence[Line]) -> bool:
    """Whether a head has the hour or the place of a meeting, so that its day is that one's."""
    return any(line.label in OF_AN_EVENT for line in lines)


def without_addressees(block: Sequence[str]) -> list[str]:
    """The lines of a block without those that name to whom a letter goes, nor their address."""
    kept: list[str] = []
    addressed = False
    for line in block:
        if ADDRESSEE.match(line):
            addressed = True
        elif not addressed or FIELD.fullmatch(line) or DATE.search(line):
            kept.append(line)
            addressed = False
    return kept


def _date(lines: Sequence[Line], head: Head, signed: Sequence[str], text: str) -> str | None:
    """The one date of the head, else that under a letter's close."""
    own = [line for line in lines if line.dated]
    labelled = any(line.label and not line.label.startswith("date") for line in own)
    if is_of_an_event(lines) and not labelled:
        return None
    if not own and signed:
        below = [read_line(line, 0, text) for line in signed[1:]]
        own = [line for line in below if line.dated]
        lines = [*lines, *below]
    counted = {date for line in lines if line.dated or not line.label for date in line.dates}
    if not own or len(counted) != 1:
        return None
    sure = head.letter or labelled or bool(signed) or any(line.kind for line in lines)
    return next(iter(counted)) if sure or only_date(text) else None


def _issuer(
    lines: Sequence[Line], head: Head, signed: Sequence[str], text: str
) -> tuple[str | None, tuple[str, ...]]:
    """The organisation that issued a text, and the persons who wrote it."""
    authors = tuple(" ".join(name.split()) for line in lines for name in line.names)
    sender, person = _sender(lines, head, text)
    signer, body = _signed(signed, text)
    affiliation, writers = _affiliation(lines, text) if not head.letter else (None, ())
    top = _top(lines, head, signed, text)
    dated = _above_date(lines) if not head.letter else None
    papers = _papers(lines, text)
    given = (sender, *_of_kind(lines), top, affiliation, dated, body, *papers)
    found = [name for name in given if name]
    if any(not is_same(found[0], name) for name in found[1:]):
        return None, authors
    publisher = found[0] if found else None
    authors = authors or person or writers
    if not authors and signer and not publisher:
        authors = (signer,)
    return publisher, authors


def _of_kind(lines: Sequence[Line]) -> list[str]:
    """`Newsletter of the Union`, `Ministry - Press release`; alone it may be a headline."""
    sure = len([line for line in lines if line.known]) > 1 or any(line.dates for line in lines)
    return [line.issuer for line in lines if line.kind and line.issuer and (sure or line.block)]


def _papers(lines: Sequence[Line], text: str) -> list[str]:
    """Newspapers that stand beside a date: `Anmouth Courier, 3 May 2026`."""
    parts = (
        part for line in lines if line.dated for part in BETWEEN.split(DATE.sub("|", line.text))
    )
    return [name for part in parts if (name := masthead(part.strip(), text, PAPERS))]


def _top(lines: Sequence[Line], head: Head, signed: Sequence[str], text: str) -> str | None:
    """The name at the very top, where the rest of the head shows that it is a letterhead."""
    if not lines or not head.blocks or lines[0].text != head.blocks[0][0]:
        return None
    first, below = lines[0], lines[1:]
    if first.kind and not first.issuer and below and not below[0].block:
        return below[0].issuer if not head.letter else None
    if below and below[0].dated and RECORD.match(below[0].text):
        return first.issuer or body_name(first.text, text)
    others = [line for line in below if not line.known and not line.label]
    dated = any(line.dated for line in below[:1])
    if not first.issuer and any(line.dated for line in below):
        # a running head of the same name may stand above
        again = first.text.casefold().startswith(below[0].text.casefold())
        if own := speaker(below[0].text if again else first.text, text):
            return own
    if not first.issuer and below and below[0].kind and below[0].block == first.block:
        return None if head.letter else actor(first.text, text)
    if not first.issuer:
        return masthead(first.text, text) if dated and others else None
    if head.letter:
        # a letter may begin with the name of whom it goes to
        words = {word for word in first.issuer.casefold().split() if len(word) > 3}
        told = words & set(re.findall(r"\w+", " ".join(signed).casefold()))
        sure = is_addressed(head) or told or first.text.isupper()
        return first.issuer if sure or is_signed_for(words, signed, text) else None
    return first.issuer if any(line.kind for line in below) or (dated and others) else None


def is_signed_for(words: set[str], signed: Sequence[str], text: str) -> bool:
    """Whether a letter that says `we` is signed by somebody in office, and goes to none of `words`.

    To whom it goes stands in the salutation, or behind `your`.
    """
    held = any(OFFICE.fullmatch(line.rstrip(",")) for line in signed[1:])
    dear = next(filter(SALUTATION.fullmatch, map(str.strip, text.splitlines())), "")
    called = re.findall(r"\byour (?:\w+ )?(\w+)", text, re.IGNORECASE)
    begins = {word[:STEM] for word in words}
    addressed = {word.casefold()[:STEM] for word in (*re.findall(r"\w+", dear), *called)}
    return held and OURSELVES.search(text) is not None and not begins & addressed


def _above_date(lines: Sequence[Line]) -> str | None:
    """An organisation under the title, with the date on the next line of its paragraph."""
    return next(
        (
            above.issuer
            for above, line in pairwise(lines[1:])
            if above.issuer and not above.label and line.dated and line.block == above.block
        ),
        None,
    )


def _affiliation(lines: Sequence[Line], text: str) -> tuple[str | None, tuple[str, ...]]:
    """Names, the organisation to which they belong under them, and a date: a paper's head."""
    if not any(line.dated for line in lines):
        return None, ()
    for above, line in pairwise(lines[1:]):
        names = tuple(SEPARATORS.split(above.text))
        persons = all(is_person(name) and not organisation(name, text) for name in names)
        if line.issuer and not line.kind and not line.label and persons and not above.known:
            return line.issuer, names
    return None, ()


def _sender(lines: Sequence[Line], head: Head, text: str) -> tuple[str | None, tuple[str, ...]]:
    """Whom the line `From:` of a memo, a letter or an e-mail names."""
    given = [line for line in lines if line.label == "from"]
    if len(given) != 1 or not (head.letter or any(line.label in MAIL for line in lines)):
        return None, ()
    value = ADDRESS.sub("", given[0].text.partition(":")[2]).strip().strip("\"'")
    if whole := organisation(value, text):
        return whole, ()
    first, *rest = (part.strip() for part in value.split(","))
    bodies = [body for part in rest if (body := organisation(part, text))]
    if body := organisation(first, text):
        return body, ()
    persons = (first,) if is_person(first) else ()
    if not persons and "@" in given[0].text:
        # whose address stands behind it is nobody's office
        return body_name(value, text), ()
    return (bodies[0] if persons and bodies else None), persons


def _signed(lines: Sequence[str], text: str) -> tuple[str | None, str | None]:
    """Who signed a letter, and for which organisation."""
    if not lines:
        return None, None
    first = lines[0].rstrip(",")
    if body := organisation(first, text):
        return None, body
    if not is_person(first.partition(",")[0]):
        return None, None
    rest = [*first.split(",")[1:], *lines[1:]]
    parts = [part.strip() for line in rest for part in line.split(",")]
    owned = [
        re.split(r"\b(?:of|for|on behalf of) (?:the )?", part, maxsplit=1)[-1] for part in parts
    ]
    bodies = [
        body
        for part, behind in zip(parts, owned, strict=True)
        if (body := organisation(part, text) or organisation(behind, text))
    ]
    speaks = OFFICE.search(" ".join(rest)) is not None
    return first.partition(",")[0], bodies[0] if len(bodies) == 1 and speaks else None


def _title(lines: Sequence[Line], publisher: str | None) -> str | None:
    """The line of a head that nothing else explains, where there is but one such paragraph.

    A message has its subject.
    """
    subjects = [line.text.partition(":")[2].strip() for line in lines if line.label == "subject"]
    if subjects and any(line.label == "from" for line in lines):
        return subjects[0] or None
    others = [
        line
        for at, line in enumerate(lines)
        if not line.known and not line.label and not line.dates
        and (at == 0 or lines[at - 1].block != line.block)
        and all(below.known for below in lines[at + 1 :] if below.block == line.block)
    ]  # fmt: skip
    titles = [line.text for line in others if len(line.text.split()) >= SENTENCE_WORDS // 2]
    if not publisher or len(titles) != 1:
        return None
    title = titles[0]
    fits = title[-1] not in ".;,:" and "@" not in title and not title[0].islower()
    return title if fits and title.casefold() != publisher.casefold() else None


def is_person(name: str) -> bool:
    """Whether words may be a person's name; `The Director` is none."""
    return NAME.fullmatch(name) is not None and not name.casefold().startswith("the ")


def is_same(name: str, other: str) -> bool:
    """Whether one name is in the other, but for articles and marks."""
    one, two = (set(re.findall(r"\w+", text.casefold())) - {"the"} for text in (name, other))
    return one <= two or two <= one
