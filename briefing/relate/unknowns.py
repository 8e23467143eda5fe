"""Readings of all documents in, what they leave open out.

One source that stands alone, claims that nobody else makes, undated sources, actors whom nobody
quotes, what is said to be open and what is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.findings import Unknown
from briefing.relate.open_points import said_open
from briefing.relate.questions import open_questions
from briefing.relate.uncorroborated import single_origin
from briefing.relate.unquoted import never_quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.document import Document
    from briefing.findings import Reading
    from briefing.relate.origins import Origins
    from briefing.relate.same import Group

FIRST = 2
"""Points said to be open that come before what is undated, unquoted or asked."""


def left_open(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    weights: dict[str, float],
    origins: Origins,
    groups: Sequence[Group],
) -> tuple[Unknown, ...]:
    """What `documents` leave open, the most telling first.

    Args:
        documents: The sources.
        readings: One a document.
        weights: How much each actor matters, by name.
        origins: What the documents share.
        groups: Statements that make the same claim.
    """
    unsettled = said_open(documents, readings, origins)
    return (
        *single_source(documents, readings),
        *single_origin(documents, readings, origins, groups),
        *unsettled[:FIRST],
        *undated(documents),
        *never_quoted(documents, readings, weights),
        *open_questions(documents, readings, origins),
        *unsettled[FIRST:],
    )


def single_source(documents: Sequence[Document], readings: Sequence[Reading]) -> list[Unknown]:
    """That one source stands alone, if it does and states anything."""
    alone = len(documents) == 1 and bool(readings[0].statements)
    return [Unknown("single_source", (0,))] if alone else []


def undated(documents: Sequence[Document]) -> list[Unknown]:
    """The documents without a date, together."""
    numbers = tuple(number for number, document in enumerate(documents) if document.date is None)
    return [Unknown("undated", numbers)] if numbers else []
