"""A record against the page: its statements, the page's quotations, and the text as a whole.

In: a `Record` and the text of the PDF. Out: a `Check` for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from briefing.reverify.checks import Check, State, short
from briefing.reverify.printed import Found, Printed, normal, unbroken
from briefing.verify.rendered import QuotationCheck, reads_from_right

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.document import Document
    from briefing.record import Record, Recorded

LISTED = 12
"""Changed stretches of the page that are told one by one."""
WITHOUT_LEAD = frozenset(("matrix", "items"))
"""Sections that may name the actor above several statements, in place of each one's lead."""
Places = Mapping[int, tuple[Printed, list[Found]]]
"""For each recorded statement by its index, the text that it was found in, and where."""


def statement_checks(record: Record, text: str) -> Iterator[Check]:
    """Whether every recorded statement is on the page, in its words and with who says it."""
    found = _all_found(record, text)
    for number in _meant(record, found):
        statement = record.statements[number]
        page, places = found[number]
        if any(map(reads_from_right, statement.words)):
            # Such words come back from a PDF in the order of the eye; the page as a whole is compared.
            continue
        if not places:
            told = f"the page does not have {short(statement.words)}"
            yield Check("statement", "altered", statement.id, told)
        elif not any(_is_led(record, statement, place, page, found) for place in places):
            told = f"the page has its words without “{statement.lead}”: {short(statement.words)}"
            yield Check("statement", "altered", statement.id, told, places[0].page)
        else:
            told = "edited by hand before it was printed; no gate has seen it since"
            state: State = "edited" if statement.edited else "ok"
            detail = told if statement.edited else ""
            yield Check("statement", state, statement.id, detail, places[0].page)


def _all_found(record: Record, text: str) -> Places:
    """Where the words of every statement stand, with the hyphens at line ends or without."""
    printed, plain = Printed.of(text), Printed.of(unbroken(text))
    found = {}
    for number, statement in enumerate(record.statements):
        places = list(printed.find(statement.words))
        found[number] = (printed, places) if places else (plain, list(plain.find(statement.words)))
    return found


def _meant(record: Record, found: Places) -> Iterator[int]:
    """The statements that the page printed when it was made.

    By its recorded text; else by the fields that its template prints; else by the sections of which
    it has any.
    """
    then = _all_found(record, record.page_text) if record.page_text else {}
    sections = {one.section for at, one in enumerate(record.statements) if found[at][1]}
    for number, statement in enumerate(record.statements):
        if then:
            page, places = then[number]
            is_meant = any(_is_led(record, statement, one, page, then) for one in places)
        elif record.fields:
            is_meant = statement.section in record.fields
        else:
            is_meant = statement.section in sections or not sections
        if is_meant:
            yield number


def _is_led(
    record: Record, statement: Recorded, place: Found, page: Printed, found: Places
) -> bool:
    """Whether it is said, beside words on the page, who says them.

    Looked at is what stands between the statement before and the one after. Whose words are quoted
    is said first; only a reworded sentence may name its source behind it.
    """
    others = [
        (record.statements[number], one)
        for number, (where, some) in found.items()
        if where is page
        for one in some
    ]
    ends = (one.end for _, one in others if one.end <= place.start)
    before = 0 if statement.section in WITHOUT_LEAD else max(ends, default=0)
    starts = (_led_from(other, one, page) for other, one in others if one.start >= place.end)
    after = min(starts, default=len(page.text))
    names = {statement.lead}
    if statement.section in WITHOUT_LEAD:
        names |= {statement.actor, statement.holder} - {""}
    sides = [(before, place.start)]
    if statement.text:
        sides.append((place.end, after))
    return any(
        start <= one.start and one.end <= end
        for name in sorted(names)
        for one in page.find(name)
        for start, end in sides
    )


def _led_from(statement: Recorded, place: Found, page: Printed) -> int:
    """Where a statement begins, with its lead if that stands right before its words."""
    lead = normal(statement.lead + ":")
    start = place.start - len(lead)
    return start if start >= 0 and page.text.startswith(lead, start) else place.start


def quotation_checks(
    record: Record, documents: Sequence[Document], given: Mapping[int, int], text: str
) -> Iterator[Check]:
    """Whether what stands between quotation marks on the page stands in a source and in the record."""
    own = (record.title, record.focus, record.handling)
    known = normal("\n".join(_known(record)))
    complete = len(given) == len(record.sources)
    offset = 0
    for quoted, where in QuotationCheck(documents, own=own).located(text):
        at = text.find(quoted, offset)
        offset = at if at >= 0 else offset
        page = text.count("\f", 0, at) + 1 if at >= 0 else None
        recorded = normal(quoted) in known or normal(unbroken(quoted)) in known
        what = short(quoted.strip("“”"))
        if reads_from_right(quoted) or ("\f" in quoted and not where):
            continue
        own_words = any(one < 0 or one in given.values() for one in where)
        if recorded and (own_words or not complete):
            yield Check("quotation", "ok", what, page=page)
        elif not where:
            yield Check(
                "quotation", "fabricated", what, "stands in no source that was given", page
            )
        else:
            names = ", ".join(documents[one].name for one in where if one >= 0) or "the title"
            if recorded:
                told = f"stands in {names}, and in none of the brief's sources"
                yield Check("quotation", "misattributed", what, told, page)
                continue
            yield Check("quotation", "altered", what, f"of {names}, is not in the record", page)


def _known(record: Record) -> Iterator[str]:
    """All that may stand between quotation marks on the page."""
    for statement in record.statements:
        yield from (statement.lead, statement.quotation, statement.text)
    yield from record.unknowns
    yield from (source.title for source in record.sources if source.title)
    yield from (record.title, record.focus, record.handling)


def page_checks(record: Record, text: str) -> Iterator[Check]:
    """Where the page reads otherwise than when it was made, if the record has its text."""
    if not record.page_text:
        return
    then, now = record.page_text.split("\f"), text.split("\f")
    if len(then) != len(now):
        told = f"has {len(now)} pages, and had {len(then)}"
        yield Check("page", "altered", "the text of the page", told)
    count = 0
    for number, (old, new) in enumerate(zip(then, now, strict=False), start=1):
        if normal(old) == normal(new):
            continue
        for was, reads in _differences(old.split(), new.split()):
            count += 1
            if count <= LISTED:
                told = f"reads {short(reads)}, and read {short(was)}"
                yield Check("page", "altered", "the text of the page", told, number)
    if count > LISTED:
        told = f"reads otherwise in {count - LISTED} more places"
        yield Check("page", "altered", "the text of the page", told)
    if not count and len(then) == len(now):
        yield Check("page", "ok", "the text of the page")


def _differences(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Stretches of words that differ, each as it was and as it is."""
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        was, reads = " ".join(old[i:j]), " ".join(new[k:m])
        if tag != "equal" and normal(was) != normal(reads):
            yield was, reads
