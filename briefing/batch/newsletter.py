"""The findings of several briefs in, one reading of them all for a newsletter out.

Every source is there once, under one number; every brief is one item; an actor has one name. What
two briefs say alike is said where it comes first, with the sources of both.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, TypeVar

from briefing import __version__
from briefing.batch.calling import called_alike
from briefing.batch.changes import read_record
from briefing.batch.focus import narrowed
from briefing.batch.joining import contests, findings, matrices, rows, timelines, unknowns
from briefing.batch.numbering import renumbered
from briefing.compose.repeats import fresh, same_words
from briefing.findings import FORMAT, Beyond, Digest, Finding, Findings, Method
from briefing.relate.headlines import topics
from briefing.wording import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.document import Document
    from briefing.findings import Reading, Section
    from briefing.settings import Settings
    from briefing.wording import Wording

T = TypeVar("T")
Part = tuple[str, Findings]

LINES = 6
"""Statements of one brief that an item may print, at most."""


def gather(briefs: Sequence[Part], settings: Settings, previous: bytes) -> Findings:
    """Put the findings of several briefs together.

    Args:
        briefs: Ids and findings, in the order in which their sources are numbered; at least one.
        settings: How the newsletter is made: its title, date, language and focus.
        previous: The record of its last issue, from `batch.changes.record`; empty where there is
            none.

    Returns:
        Findings of all sources, with an item a brief. Of the sections those of the briefs, the
        first of each before the second of any; of one brief alone they are as they were.

    Raises:
        SourceError: If no source says anything about the focus.
        FindingsError: If the record cannot be read.
    """
    documents, readings, numbered = shared(called_alike(briefs))
    parts, off_focus = narrowed(numbered, documents, readings, settings.focus)
    bodies = [part for _, part in parts]
    items, notices = to_items(parts, settings)
    titles = [item.title for item in items] or [title(part) for _, part in briefs]
    return Findings(
        format=FORMAT,
        title=settings.title or headline(titles, settings.language),
        date=settings.day,
        language=settings.language,
        focus=settings.focus,
        method=method([part.method for part in bodies]),
        documents=documents,
        readings=readings,
        bottom_line=best([part.bottom_line for part in bodies]),
        summary=turns(findings([part.summary for part in bodies])),
        claims=turns(findings([part.claims for part in bodies])),
        positions=turns(rows([part.positions for part in bodies])),
        contested=turns(contests([part.contested for part in bodies])),
        unknowns=unknowns([part.unknowns for part in bodies], documents, readings),
        refusals=each_once(part.refusals for part in bodies),
        notices=(*each_once(part.notices for part in bodies), *notices),
        off_focus=off_focus,
        matrix=matrices([part.matrix for part in bodies]),
        timeline=timelines([part.timeline for part in bodies]),
        items=items,
        previous=read_record(previous, where="the record of the last issue") if previous else None,
        beyond=beyond(bodies),
    )


def shared(
    briefs: Sequence[Part],
) -> tuple[tuple[Document, ...], tuple[Reading, ...], list[Part]]:
    """The sources of all briefs, each once, and the briefs under their numbers.

    The same bytes are one source wherever they lie, if they read alike and are called alike.
    """
    documents: list[Document] = []
    readings: list[Reading] = []
    known: dict[object, list[int]] = {}
    parts: list[Part] = []
    for name, part in briefs:
        numbers: dict[int, int] = {}
        for own, (document, reading) in enumerate(zip(part.documents, part.readings, strict=True)):
            key = (replace(document, name=""), document.voice)
            # Two of one brief are two: each may say what the other is said to repeat.
            free = [one for one in known.get(key, ()) if one not in numbers.values()]
            if free:
                numbers[own] = free[0]
                continue
            numbers[own] = len(documents)
            known.setdefault(key, []).append(len(documents))
            documents.append(document)
            readings.append(reading)
        parts.append((name, replace(renumbered(part, numbers), items=own_item(numbers))))
    return tuple(documents), tuple(readings), parts


def own_item(numbers: dict[int, int]) -> tuple[Digest, ...]:
    """The place of a brief's item: its sources, nothing yet said."""
    return (Digest(tuple(sorted(numbers.values())), ()),)


def to_items(
    parts: Sequence[Part], settings: Settings
) -> tuple[tuple[Digest, ...], tuple[str, ...]]:
    """One item a brief, and a notice for each that has nothing of its own to say."""
    wording = load(settings.language)
    items: list[Digest] = []
    notices: list[str] = []
    for (name, part), heading in zip(parts, headings(parts), strict=True):
        told = candidates(part)
        if not told and settings.focus and part.focus != settings.focus:
            notices.append(nothing_about(heading, settings.focus, wording))
        elif not told:
            message = wording.gettext("%(title)s: no statement of it could be printed")
            notices.append(wording.fill(message, title=heading))
        elif any(not fresh(told, one.findings) for one in items):
            message = wording.gettext("%(title)s: all that it says stands in another item")
            notices.append(wording.fill(message, title=heading))
        else:
            (place,) = part.items
            items.append(Digest(place.documents, told, title=heading, brief=name))
    return tuple(items), tuple(notices)


def nothing_about(heading: str, focus: str, wording: Wording) -> str:
    """What to say of a brief that has no item, as it says nothing about `focus`."""
    message = wording.gettext("%(title)s: nothing on the focus (%(focus)s) was found")
    return wording.fill(message, title=heading, focus=focus)


def candidates(part: Findings) -> tuple[Finding, ...]:
    """What an item may print of a brief: its bottom line, then what else is new, best first."""
    sides = tuple(side for contest in part.contested for side in contest.sides)
    bottom = (fresh(part.bottom_line, sides) or part.bottom_line)[:1]
    told: list[Finding] = []
    for one in (*bottom, *part.summary, *part.claims):
        if fresh([one], told) and not any(same_words(one, other) for other in told):
            told.append(one)
    return tuple(told[:LINES])


def best(lists: Sequence[tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """Bottom lines: the briefs' own ones, the one that matters most first, then the others."""
    merged = findings(lists)
    heads = [some[0] for some in merged if some]
    ranked = sorted(heads, key=lambda finding: -finding.draft.score)
    return (*ranked, *turns([some[1:] for some in merged]))


def beyond(bodies: Sequence[Findings]) -> tuple[Beyond, ...]:
    """What the briefs leave out, together."""
    counts: Counter[Section] = Counter()
    for one in chain.from_iterable(body.beyond for body in bodies):
        counts[one.section] += one.count
    return tuple(Beyond(section, count) for section, count in counts.items())


def turns(lists: Sequence[Sequence[T]]) -> tuple[T, ...]:
    """The first of each list, then the second of each, and on."""
    nothing = object()
    rounds = zip_longest(*lists, fillvalue=nothing)
    return tuple(one for one in chain.from_iterable(rounds) if one is not nothing)  # type: ignore[misc]


def each_once(lists: Iterable[Iterable[T]]) -> tuple[T, ...]:
    """All of some lists in their order, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(lists)))


def method(methods: Sequence[Method]) -> Method:
    """How all of some briefs were made."""

    def joined(names: Iterable[str]) -> str:
        return ", ".join(dict.fromkeys(filter(None, names)))

    return Method(
        version=__version__,
        reader=joined(one.reader for one in methods),
        reader_sha256=joined(one.reader_sha256 for one in methods),
        writer=joined(one.writer for one in methods),
        offline=all(one.offline for one in methods),
    )


def title(part: Findings) -> str:
    """The title of a brief, without the number of its sources that a made one ends with."""
    wording = load(part.language)
    count = len(part.readings)
    phrase = wording.ngettext("%(subject)s: %(num)s source", "%(subject)s: %(num)s sources", count)
    return part.title.removesuffix(wording.fill(phrase, subject="", num=count)) or part.title


def headings(parts: Sequence[Part]) -> list[str]:
    """The title of each brief; those of one title also have their focus.

    Where that is one too, they go by what they are about, else by their id.
    """
    titles = [title(part) for _, part in parts]
    focused = [
        " – ".join(filter(None, (one, part.focus)))
        for one, (_, part) in zip(titles, parts, strict=True)
    ]
    found = []
    for number, (name, part) in enumerate(parts):
        if titles.count(titles[number]) == 1:
            found.append(titles[number])
        elif focused.count(focused[number]) == 1:
            found.append(focused[number])
        else:
            found.append(subject(part) or name)
    return found


def subject(part: Findings) -> str:
    """What the sources of a brief are about; empty where they have nothing in common."""
    named = load(part.language).names(topics(part.documents))
    return named[:1].upper() + named[1:]


def headline(titles: Sequence[str], language: str) -> str:
    """A headline made of the briefs' own: the first, and how many more there are."""
    first, *more = titles
    if not more:
        return first
    wording = load(language)
    phrase = wording.ngettext(
        "%(title)s, and one more brief", "%(title)s, and %(num)s more briefs", len(more)
    )
    return wording.fill(phrase, title=first, num=len(more))
