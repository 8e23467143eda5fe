"""Quotations of a sentence against its grounds: their words, and who said them.

White space, the style of marks, the case of the first letter and punctuation at the ends may
differ; `[…]` cuts, and what stands in square brackets is the editor's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Span
from briefing.marks import paired, stands_quoted
from briefing.verify.drafts import BRACKETED
from briefing.verify.grounds import Case, Fault, Stretch, nearest, telling
from briefing.verify.identity import is_voice
from briefing.verify.rendered import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CASED = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
"""A letter in brackets at the beginning of a word, of which only the case was changed."""
CUTS = re.compile(r"(?<!\[)…|(?<!\[)\.\.\.|\. \. \.")
ENDS = " \t\n.,;:!?…–—-"
FEW = 3
"""So few words may be the source's own although somebody is said to have said them."""


def quotation_faults(case: Case) -> Iterator[Fault]:
    """The quotations of a sentence that do not stand in its grounds."""
    for span in outermost(case.text):
        pieces = pieces_of(case[span])
        if not pieces:
            continue
        runs = list(joined_runs(case.grounds, case))
        if any(holds(text, pieces) for text in runs):
            if fault := worded_by_source(case, span, pieces):
                yield fault
            continue
        words = case[span]
        places = {
            number
            for number, document in enumerate(case.pile.documents)
            if holds(document.text, pieces)
        }
        if places:
            reason = f"“{words}” stands elsewhere in the sources, not in the passage"
            likely = [stretch for stretch in case.elsewhere() if stretch.document in places]
            among = [stretch for stretch in likely if holds(stretch.text, pieces)] or likely
        else:
            reason = f"no source has the words “{words}”"
            among = [*case.grounds, *case.elsewhere()]
        found = nearest(telling(words), among)
        evidence = found.evidence if found else None
        yield Fault("quotation", span, reason, misattributed=bool(places), evidence=evidence)


def outermost(text: str) -> Iterator[Span]:
    """What stands between quotation marks in `text`, without those within others."""
    last = 0
    for pair in paired(text)[0]:
        if pair.start >= last:
            last = pair.end
            yield Span(pair.inner_start, pair.inner_end)


def pieces_of(words: str) -> list[str]:
    """The stretches of a quotation that must stand in a source, without insertions and cuts."""
    cased = CUTS.sub("[…]", CASED.sub(r"\1", words))
    pieces = (piece.strip(ENDS) for piece in BRACKETED.split(cased))
    return [piece for piece in pieces if re.search(r"\w", piece)]


def holds(text: str, pieces: Iterable[str]) -> bool:
    """Whether `text` has all `pieces` in their order."""
    place = Place.of(text.casefold())
    normal = ["".join(Place.of(piece.casefold()).text.split()) for piece in pieces]
    return place.holds(normal)


def joined_runs(stretches: Iterable[Stretch], case: Case) -> Iterator[str]:
    """The words of grounds, those that follow upon each other in a source as one text."""
    run: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda one: (one.document, one.sentence)):
        if run and (stretch.document, stretch.sentence - 1) != (
            run[-1].document,
            run[-1].sentence,
        ):
            yield text_of(run, case)
            run = []
        run.append(stretch)
    if run:
        yield text_of(run, case)


def text_of(run: list[Stretch], case: Case) -> str:
    """The words of a source from the first to the last of several sentences."""
    document = case.pile.documents[run[0].document]
    return document[Span(run[0].span.start, run[-1].span.end)]


def worded_by_source(case: Case, span: Span, pieces: list[str]) -> Fault | None:
    """The fault of words put into a mouth that are only how the source tells what was said."""
    if len(" ".join(pieces).split()) <= FEW:
        return None
    speakers = [
        statement
        for statement in case.assertion.reading.statements
        if statement.basis == "reported"
        and any(piece.overlaps(span) for piece in statement.content)
    ]
    if not speakers:
        return None
    for stretch in case.grounds:
        for piece in pieces:
            found = re.search(
                r"\s+".join(map(re.escape, piece.split())), stretch.text, re.IGNORECASE
            )
            if found is None:
                continue
            text = case.pile.documents[stretch.document].text
            start, end = stretch.span.start + found.start(), stretch.span.start + found.end()
            holders = [name for statement in speakers for name in statement.holders]
            own = any(is_voice(case, name, stretch) for name in holders)
            if not stands_quoted(text, start, end) and not own:
                return Fault(
                    "quotation",
                    span,
                    f"“{piece}” is how the source words it, not what was said",
                    misattributed=True,
                    evidence=stretch.evidence,
                )
    return None
