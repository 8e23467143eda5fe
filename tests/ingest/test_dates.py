"""Dates in standard forms, and what is not taken for one."""

from __future__ import annotations

import pytest

from briefing.ingest.dates import iso_date, pdf_date, tuple_date


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-12",
        "2026-03-12T08:30:00Z",
        "2026-03-12T23:30:00+02:00",
        "12 March 2026",
        "12th Mar. 2026",
        "March 12, 2026",
        "Thursday, 12 March 2026",
        "Thu, 12 Mar 2026 08:30:00 +0000",
        "12 Mar 2026 08:30:00 GMT",
    ],
)
def test_standard_and_spelled_out_dates_are_read(text: str) -> None:
    """Standard dates and those with a month in words give their day as written."""
    assert iso_date(text) == "2026-03-12"


@pytest.mark.parametrize(
    "text",
    [
        "", "03/04/2026", "3.4.2026", "March 2026", "2026", "31 February 2026", "2026-13-01",
        "12 Smarch 2026", "12 March 26", "12 March 2026 was fine", "2026-03-12 was a Thursday",
        "99 March 2026", "12 ma 2026", "0000-00-00", "Thu, 99 Mar 2026 99:99:00 +0000",
    ],
)  # fmt: skip
def test_anything_else_is_not_a_date(text: str) -> None:
    """Ambiguous, partial and impossible dates are not taken."""
    assert iso_date(text) is None


def test_pdf_dates_and_tuples() -> None:
    """PDF date strings and feedparser's tuples are read; broken ones are not."""
    assert pdf_date("D:20260312101500+01'00'") == "2026-03-12"
    assert pdf_date("D:20269912") is None
    assert pdf_date("yesterday") is None
    assert tuple_date((2026, 3, 12, 8, 0, 0, 3, 71, 0)) == "2026-03-12"
    assert tuple_date(None) is None
