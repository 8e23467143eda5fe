"""Findings in, what one must keep of them to tell later what has changed out.

Sentences are kept as digests: they tell whether a later sentence is the same, and nothing else.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.compose.matrix import to_finding
from briefing.compose.voices import called, capitalised
from briefing.findings import AUTHOR, Finding, Findings, PastContest, PastStand, Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.document import Span
    from briefing.wording import Wording

DIGITS = 12
"""Of a digest: enough that no two of some millions of sentences share one."""
BEGINS = 6
"""Words of a statement that are kept, for whoever reads the record."""
FIGURE = re.compile(
    r"\d+(?:[.,\u00a0\u202f]\d+)*"
    r"(?:\s?%|\s+per ?cent\b|\s+(?:hundred|thousand|million|billion|trillion)\b)?"
)
WORD = re.compile(r"#|\w+")
LEAST_WORDS = 4
"""Words beside figures from which on two sentences can be known for the same one."""


def digest(text: str) -> str:
    """A digest of the words of `text`; case, marks and white space do not count."""
    return sha256(" ".join(WORD.findall(text.casefold())).encode()).hexdigest()[:DIGITS]


def sentences(findings: Findings, document: int, span: Span) -> tuple[str, ...]:
    """The sentences of a document in which some words of it stand; the words, if in none."""
    source = findings.documents[document]
    found = [
        source[sentence.span]
        for sentence in findings.readings[document].sentences
        if sentence.span.overlaps(span)
    ]
    return tuple(found or [source[span]])


def of_finding(findings: Findings, finding: Finding) -> tuple[str, ...]:
    """The sentences from which a finding prints words, each once."""
    number = finding.draft.document
    return tuple(
        dict.fromkeys(
            text
            for piece in finding.draft.pieces
            for text in sentences(findings, number, piece.span)
        )
    )


def words_of(findings: Findings, finding: Finding) -> str:
    """The digest of all sentences of a finding."""
    return digest(" ".join(of_finding(findings, finding)))


def known(findings: Findings) -> tuple[str, ...]:
    """Digests of all sentences of the sources, sorted."""
    pairs = zip(findings.documents, findings.readings, strict=True)
    return tuple(
        sorted(
            {
                digest(document[sentence.span])
                for document, reading in pairs
                for sentence in reading.sentences
            }
        )
    )


def holder_of(findings: Findings, finding: Finding, wording: Wording) -> str:
    """Whose statement it is, by a name that means the same in the next issue: never a number."""
    document = findings.documents[finding.draft.document]
    own = called(document, wording)
    names = [own if name == AUTHOR else name for name in finding.draft.holders]
    return capitalised(wording.names(names) or own, wording)


def said(findings: Findings, finding: Finding, wording: Wording) -> Said:
    """What is kept of a printed statement."""
    text = " ".join(" ".join(of_finding(findings, finding)).split())
    shape, figures = shape_of(text)
    printed = (
        findings.documents[finding.draft.document][one.span] for one in finding.draft.pieces
    )
    begins = " ".join(" ".join(printed).split()[:BEGINS])
    return Said(holder_of(findings, finding, wording), begins, digest(text), shape, figures)


@lru_cache(maxsize=4096)
def shape_of(text: str) -> tuple[str, tuple[str, ...]]:
    """The digest of a sentence with its figures left out, and the figures.

    Empty where it has none, or too few words to be known by.
    """
    figures = tuple(" ".join(one.split()) for one in FIGURE.findall(text))
    rest = FIGURE.sub(" # ", text)
    if not figures or len(WORD.findall(rest.replace("#", ""))) < LEAST_WORDS:
        return "", ()
    return digest(rest), figures


def stands(findings: Findings) -> Iterator[tuple[PastStand, Finding]]:
    """Where each actor stands on each issue, and the finding that shows it.

    By the table of actors and issues, its latest telling; where that has nothing, by the first
    position.
    """
    seen: set[tuple[str, str]] = set()
    for cell in findings.matrix.cells:
        seen.add((cell.actor, cell.issue))
        finding = to_finding(cell, cell.tellings[0], findings, findings.documents)
        yield stand(findings, cell.actor, cell.issue, finding), finding
    for finding in findings.positions:
        actor, issue = finding.draft.actor, finding.draft.issue
        if issue and (actor, issue) not in seen:
            seen.add((actor, issue))
            yield stand(findings, actor, issue, finding), finding


def stand(findings: Findings, actor: str, issue: str, finding: Finding) -> PastStand:
    """What is kept of one actor's stand; an author is kept by name."""
    draft = finding.draft
    if actor == AUTHOR:
        actor = findings.documents[draft.document].voice
    words = tuple(map(digest, of_finding(findings, finding)))
    return PastStand(actor, issue, draft.stance, draft.past, words)


def contests(findings: Findings, printed: int, wording: Wording) -> tuple[PastContest, ...]:
    """What is kept of all contests, of which the first `printed` are printed."""
    kept = []
    for at, contest in enumerate(findings.contested):
        one, other = contest.sides
        kept.append(
            PastContest(
                contest.kind,
                " ".join(contest.about.split()) if contest.kind == "figures" else "",
                (holder_of(findings, one, wording), holder_of(findings, other, wording)),
                (words_of(findings, one), words_of(findings, other)),
                brief_of(findings, one.draft.document, other.draft.document),
                at < printed,
            )
        )
    return tuple(kept)


def brief_of(findings: Findings, *documents: int) -> str:
    """The id of the first brief that has all these sources; empty for none."""
    having = (one.brief for one in findings.items if {*documents} <= {*one.documents})
    return next(having, "")
