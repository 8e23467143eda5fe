"""Markers of list items: they are no words of the source's sentences."""

from __future__ import annotations

import pytest

from briefing.document import Document, Span
from briefing.write.pieces import text_of, to_pieces


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("- The quay is mended.", "The quay is mended."),
        ("2. The quay is mended.", "The quay is mended."),
        ("(iv) The quay is mended.", "The quay is mended."),
        ("b) The quay is mended.", "The quay is mended."),
        ("A. Moor mends the quay.", "A. Moor mends the quay."),
        ("12 quays are mended.", "12 quays are mended."),
    ],
)
def test_what_is_printed_of_an_item_has_no_marker(line: str, printed: str) -> None:
    """Bullets, numbers and letters go; an initial and a figure stay."""
    document = Document("a", f"We ask:\n{line}\n")
    span = Span(8, 8 + len(line))
    assert text_of(document, to_pieces(document, (span,), span)) == printed


def test_a_number_within_a_line_stays() -> None:
    """It ends a sentence or begins another."""
    document = Document("a", "They mended 2. Nobody came.")
    span = Span(12, len(document.text))
    assert text_of(document, to_pieces(document, (span,), span)) == "2. Nobody came."
