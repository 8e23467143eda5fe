"""Findings and the issues of a pile in, the issue that each finding is about out.

A finding is about an issue if its words show where somebody stands on it, or if it names it: by
most of the telling words of the issue's own name. What does neither is about none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.quantities.stems import stems

if TYPE_CHECKING:
    from briefing.findings import Finding, Matrix

NAMED = 0.6
"""From this share of its name's telling words on, an issue is named."""


class Themes:
    """Tells what findings are about.

    Args:
        matrix: Issues, and the words that show who stands where on them.
    """

    def __init__(self, matrix: Matrix) -> None:
        self.names = [(issue, stems(issue)) for issue in matrix.issues]
        self.shown = [
            (cell.issue, item.document, item.span)
            for cell in matrix.cells
            for telling in cell.tellings
            for item in telling.evidence
        ]

    def of(self, finding: Finding) -> str:
        """The issue that `finding` is about, as the matrix names it; empty for none."""
        if not self.names:
            return ""
        for issue, document, span in self.shown:
            if any(
                item.document == document and item.span.overlaps(span) for item in finding.evidence
            ):
                return issue
        told = frozenset().union(*(_stems(item.quote) for item in finding.evidence))
        shares = [(len(words & told) / len(words), issue) for issue, words in self.names if words]
        # Of two that are named alike the one comes first on which more actors take sides.
        share, issue = max(shares, key=lambda pair: pair[0], default=(0.0, ""))
        return issue if share >= NAMED else ""


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return stems(text)
