"""Whether every printed statement stands with its holder, its basis, its hedges and its sources.

In: pages. Out: problems. What belongs together is an item: the element with the statement's id;
where there is none, the nearest row, list item or block that holds the statement.

A template prints many statements through one macro. The line that is blamed is therefore that of
the innermost element around a statement none of whose other statements are in order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from briefing.brief import Line
from briefing.inspection.pages import Page, elements, folded, own_text, text_of, written
from briefing.inspection.problems import Problem
from briefing.marks import single_marks
from briefing.templating.rendering import UNSEEN
from briefing.templating.traced import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from briefing.brief import Brief

QUOTATION = "quotation"
"""The class of the element that a `Quotation` prints of itself."""

ITEMS = frozenset("li tr dd blockquote figure article".split())
BLOCKS = frozenset("p div section td aside header footer".split())
LEAST = 16
"""Shorter stretches of a quotation may stand on a page by chance."""

NO_ID = "a statement stands without its id"
HINTS = {
    "holder": "Print {{ line.lead }} in the same item as the statement.",
    "basis": "Print {{ line.basis_label }} in the same item as the statement.",
    "hedges": "Print each of {{ line.hedges }} in the same item as the statement.",
    "sources": "Print each number of {{ line.sources }} in the same item as the statement.",
    "id": 'Give the item its id: id="{{ line.id }}".',
    "raw": "Print {{ line.quotation }} as it is: it brings its own markup and marks.",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """One statement where it stands on a page.

    Attributes:
        page: The page.
        line: What is printed.
        element: Its words.
        item: What holds all that belongs to it.
        identified: Whether the item has the statement's id.
    """

    page: Page
    line: Line
    element: Element
    item: Element
    identified: bool

    def chain(self) -> tuple[str, ...]:
        """Where the elements from the words to the item were written, the innermost first."""
        marks = []
        for each in self.page.upward(self.element):
            if mark := each.get(MARK):
                marks.append(mark)
            if each is self.item:
                break
        return tuple(dict.fromkeys(marks))


def lines_of(brief: Brief) -> Iterator[Line]:
    """Every statement that a brief gives a template to print."""
    if brief.bottom_line:
        yield brief.bottom_line
    yield from (*brief.summary, *brief.claims, *brief.positions)
    for dispute in brief.contested:
        yield from (dispute.one, dispute.other)
    for event in brief.timeline:
        yield event.line
    for row in brief.matrix:
        for stand in filter(None, row.stands):
            yield from (stand.line, *stand.earlier, *stand.others)
    for item in brief.items:
        yield from item.lines
    for change in brief.changes:
        yield from filter(None, (change.line, change.earlier))


def attribution(pages: Sequence[Page]) -> Iterator[Problem]:
    """Every statement on `pages` that stands without something that belongs to it."""
    statements = [each for page in pages for each in printed_statements(page)]
    lacking: dict[str, list[Printed]] = defaultdict(list)
    good: dict[str, set[str]] = defaultdict(set)
    named = {(each.page.fixture, each.line.id) for each in statements if each.identified}
    for each in statements:
        missing = dict(faults(each))
        if (each.page.fixture, each.line.id) not in named:
            missing["id"] = NO_ID
        elif not each.identified:
            # A second time, as in the preview of an e-mail, its holder is enough.
            missing = {kind: told for kind, told in missing.items() if kind == "holder"}
        for kind in HINTS:
            if kind in missing:
                lacking[kind].append(each)
            else:
                good[kind].update(each.chain())
    for kind, found in lacking.items():
        for each in found:
            file, line = _blamed(each, good[kind])
            message = dict(faults(each)).get(kind, NO_ID)
            yield Problem(kind, "error", message, file, line, (each.page.fixture,), HINTS[kind])
    for page in pages:
        yield from raw_statements(page)


def _blamed(each: Printed, good: set[str]) -> tuple[Path, int]:
    """The innermost place around a statement through which no statement in order is printed."""
    chain = each.chain()
    mark = next((mark for mark in chain if mark not in good), chain[-1] if chain else "")
    return written(mark)


def printed_statements(page: Page) -> Iterator[Printed]:
    """Every statement on a page, whether quoted or reworded."""
    by_words: dict[str, list[Line]] = defaultdict(list)
    for line in lines_of(page.brief):
        by_words[_plain(str(line.quotation))].append(line)
        if line.text:
            by_words[_plain(line.text)].append(line)
    for element in elements(page.body):
        if QUOTATION in (element.get("class") or "").split():
            words = text_of(element)
        elif element.text and element.text.strip():
            words = own_text(element)
        else:
            continue
        if lines := by_words.get(_plain(words)):
            yield _placed(page, element, lines)


def _placed(page: Page, element: Element, lines: Sequence[Line]) -> Printed:
    """A statement and its item: of those with the same words the one that has the id here."""
    by_id = {line.id: line for line in lines}
    by_id |= {event.id: event.line for event in page.brief.timeline if event.line in lines}
    around = list(page.upward(element))
    for each in around:
        if line := by_id.get(each.get("id") or ""):
            return Printed(page, line, element, each, identified=True)
    for wanted in (ITEMS, BLOCKS):
        for each in around:
            if each.tag in wanted:
                return Printed(page, lines[0], element, each, identified=False)
    return Printed(page, lines[0], element, element, identified=False)


def faults(each: Printed) -> Iterator[tuple[str, str]]:
    """What is missing from a statement's item: the kind, and how it is told."""
    line = each.line
    quoted = frozenset(
        one
        for one in each.item.iter()
        if QUOTATION in (one.get("class") or "").split() or one is each.element
    )
    beside = _plain(text_of(each.item, without=quoted))
    lead, holder, basis = _plain(line.lead), _plain(line.holder), _plain(line.basis_label)
    if lead in beside:
        rest = beside.replace(lead, " ", 1)
    elif holder in beside:
        rest = beside.replace(holder, " ", 1)
    else:
        yield "holder", "a statement stands without its holder"
        rest = beside
    if basis not in rest:
        yield "basis", "a statement stands without its basis"
    everything = _plain(text_of(each.item))
    if any(_plain(hedge) not in everything for hedge in line.hedges):
        yield "hedges", "a reworded statement stands without the hedges of its source"
    if len(page_sources(each)) > 1 and not all(_cites(each, rest, one) for one in line.sources):
        yield "sources", "a statement stands without the numbers of its sources"


def page_sources(each: Printed) -> tuple[int, ...]:
    """The numbers of the sources that a page lists."""
    return tuple(entry.number for entry in each.page.brief.sources)


def _cites(each: Printed, text: str, number: int) -> bool:
    """Whether an item names a source: by its number, or by a link to its entry."""
    if f"[{number}]" in text or str(number) in text.split():
        return True
    return any((one.get("href") or "").endswith(f"source-{number}") for one in each.item.iter("a"))


def raw_statements(page: Page) -> Iterator[Problem]:
    """Words of quotations that are printed outside of a quotation's own markup."""
    words = {
        _plain(part.text)
        for line in lines_of(page.brief)
        for part in line.quotation.parts
        if part.kind == "words" and len(part.text) >= LEAST
    }
    others = {_plain(line.text) for line in lines_of(page.brief) if line.text}
    title = _plain(page.brief.title)
    for element in elements(page.body):
        if element.tag in ("script", "style"):
            continue
        if any(QUOTATION in (each.get("class") or "").split() for each in page.upward(element)):
            continue
        own = _plain(own_text(element))
        if len(own) < LEAST or own in others or own == title:
            continue
        if any(one in own for one in words):
            yield page.problem(
                "raw", element, "a quotation is printed outside of its markup", hint=HINTS["raw"]
            )


def _plain(text: str) -> str:
    """Text as it is compared: one kind of quotation marks, white space folded, no controls."""
    return folded(single_marks(text.translate(UNSEEN))).casefold()
