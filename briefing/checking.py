"""Whether a text says what its sources say: sentence by sentence, and where they say it.

In: a text that anybody wrote, the sources, and what reads and weighs. Out: `Checked`, one for each
sentence, and for the bulk interface `Answer`, one for each claim. The rules of the gate and the
scorer of support decide together: a sentence is supported if neither finds fault with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.document import Document, Span
from briefing.findings import Evidence
from briefing.segment import segment
from briefing.verify.grounds import Assertion, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.findings import Reading
    from briefing.support.weighed import Weighed, Weighs
    from briefing.verify.sources import Sources

    Read = Callable[[Sequence[Document]], Sequence[Reading]]

Verdict = Literal["supported", "unsupported", "contradicted", "misattributed"]
CONTRADICTED = 0.5
"""From this probability on the sources speak against a sentence that they do not support."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence of a text, and what the sources make of it.

    Attributes:
        text: The sentence.
        span: Where it stands in the text.
        verdict: Supported; without support; denied by the sources; or found in another source or
            another mouth than the sentence says.
        score: How likely the sources carry it, 0 to 1, by the scorer alone.
        evidence: The sentences of the sources that come nearest, the nearest first.
        faults: What the rules found wrong.
    """

    text: str
    span: Span
    verdict: Verdict
    score: float
    evidence: tuple[Evidence, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A claim of one or more sentences, and the text that may carry it."""

    document: Document
    claim: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text makes of a claim.

    Attributes:
        score: How likely the text carries all of it, 0 to 1.
        supported: Whether all of its sentences are supported.
        evidence: Where the sentences stand that it was held against, in order.
    """

    score: float
    supported: bool
    evidence: tuple[Span, ...]


def check(text: Document, sources: Sources, read: Read) -> tuple[Checked, ...]:
    """Check every sentence of a text against its sources.

    Args:
        text: What somebody wrote.
        sources: What it should rest on.
        read: Reads documents, one reading each in their order.

    Returns:
        One record for each sentence that has a word, headings too, in order.
    """
    spans = [each.span for each in segment(text) if any(map(str.isalnum, text[each.span]))]
    sentences = [text[span] for span in spans]
    readings = read([Document(f"sentence {at}", each) for at, each in enumerate(sentences, 1)])
    found = []
    for span, words, reading, (weighed, grounds) in zip(
        spans, sentences, readings, sources.weigh(sentences), strict=True
    ):
        wrong = sources.faults(Assertion(words, reading), grounds)
        found.append(
            Checked(
                words,
                span,
                verdict(weighed, wrong),
                round(weighed.score, 4),
                sources.evidence(words, grounds),
                wrong,
            )
        )
    return tuple(found)


def verdict(weighed: Weighed, wrong: Sequence[Fault]) -> Verdict:
    """What scorer and rules say together."""
    if any(fault.misattributed for fault in wrong):
        return "misattributed"
    if wrong or not weighed.supported:
        denied = weighed.denied >= CONTRADICTED or any(each.kind == "negation" for each in wrong)
        return "contradicted" if denied else "unsupported"
    return "supported"


def answers(inquiries: Sequence[Inquiry], scorer: Weighs) -> list[Answer]:
    """What the text of each inquiry makes of its claim, by the scorer alone."""
    places = [
        [each.span for each in segment(inquiry.document)] or [Span(0, 0)] for inquiry in inquiries
    ]
    asked = [
        (
            scorer.text([" ".join(inquiry.document[span].split()) for span in spans]),
            sentences_of(inquiry.claim),
        )
        for inquiry, spans in zip(inquiries, places, strict=True)
    ]
    return [
        Answer(
            weighed.score,
            weighed.supported,
            tuple(spans[at] for at in weighed.evidence if spans[at].end),
        )
        for weighed, spans in zip(scorer.weigh_all(asked), places, strict=True)
    ]


def sentences_of(claim: str) -> list[str]:
    """The sentences of `claim` that have a word; all of it where none has."""
    document = Document("claim", claim)
    found = [" ".join(document[each.span].split()) for each in segment(document)]
    return [each for each in found if any(map(str.isalnum, each))] or [claim]
