"""What `briefing check` found, for people and for programs.

In: `Checked` sentences and the sources. Out: text with colours, which a terminal shows, and a record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.checking import Checked
    from briefing.document import Document

COLOURS = {
    "supported": "green",
    "unsupported": "yellow",
    "contradicted": "red",
    "misattributed": "magenta",
}
NEAREST = 2
"""Sentences of evidence that are shown to people; a program gets all."""
LONGEST = 240


def all_supported(found: Sequence[Checked]) -> bool:
    """Whether there is nothing to object to."""
    return all(each.verdict == "supported" for each in found)


def as_record(found: Sequence[Checked], documents: Sequence[Document]) -> dict[str, Any]:
    """All that is known, for JSON; spans of evidence index the text of the source named."""
    counts = {name: sum(each.verdict == name for each in found) for name in COLOURS}
    return {"supported": all_supported(found), "counts": counts} | {
        "sentences": [
            {
                "text": each.text,
                "span": [*each.span],
                "verdict": each.verdict,
                "score": each.score,
                "reasons": [
                    {
                        "kind": fault.kind,
                        "span": [
                            each.span.start + fault.span.start,
                            each.span.start + fault.span.end,
                        ],
                        "reason": fault.reason,
                        "misattributed": fault.misattributed,
                    }
                    for fault in each.faults
                ],
                "evidence": [
                    {
                        "source": documents[one.document].name,
                        "span": [*one.span],
                        "quote": one.quote,
                    }
                    for one in each.evidence
                ],
            }
            for each in found
        ]
    }


def as_text(found: Sequence[Checked], documents: Sequence[Document]) -> str:
    """A block a sentence: the verdict, the sentence, what is wrong, the nearest evidence."""
    counts = as_record(found, documents)["counts"]
    told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    blocks = ["\n".join(_lines(each, documents)) for each in found]
    return "\n\n".join(
        [
            *blocks,
            f"{len(found)} {'sentence' if len(found) == 1 else 'sentences'}: {told}"
            if found
            else "no sentence",
        ]
    )


def _lines(each: Checked, documents: Sequence[Document]) -> Iterator[str]:
    import click

    label = click.style(each.verdict.upper(), fg=COLOURS[each.verdict], bold=True)
    yield f"{label} ({each.score:.2f})  {' '.join(each.text.split())}"
    for fault in each.faults:
        yield f"  ! {fault.reason}"
    for one in each.evidence[:NEAREST]:
        quote = " ".join(one.quote.split())
        short = quote if len(quote) <= LONGEST else f"{quote[:LONGEST].rsplit(' ', 1)[0]} …"
        yield click.style(f"  {documents[one.document].name}: {short}", dim=True)
