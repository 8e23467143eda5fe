"""Readings of all documents in, what shows only over all of them out.

That is who says the same independently, who contradicts whom, what the sources leave open, and
which actors matter most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing.findings import Matrix, Unknown
from briefing.relate.agreement import Agreement as Agreement
from briefing.relate.agreement import origin_at
from briefing.relate.contested import Pair as Pair
from briefing.relate.contested import contests
from briefing.relate.focus import narrowed as narrowed
from briefing.relate.focus import ranking as ranking
from briefing.relate.focus import relevance as relevance
from briefing.relate.headlines import headline as headline
from briefing.relate.held import upheld as upheld
from briefing.relate.issues import cluster_issues
from briefing.relate.matrix import matrix, opposed
from briefing.relate.origins import Origins, find_origins
from briefing.relate.people import unify as unify
from briefing.relate.same import Group, same_claims
from briefing.relate.timeline import timeline as timeline
from briefing.relate.unknowns import left_open
from briefing.relate.weights import actor_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.document import Document
    from briefing.findings import Reading
    from briefing.relate.places import Place

TITLE_ACTORS = 6


@dataclass(frozen=True, slots=True)
class Related:
    """What shows over all documents.

    Attributes:
        unknowns: What the sources leave open, the most telling first.
        title_actors: Names of the most salient persons, organisations and places, best first.
        origins: Which documents are, in whole or in part, the same text.
        groups: Statements that make the same claim.
        contested: Statements that cannot both hold, the most telling pair first.
        matrix: Which actor stands where on which issue.
    """

    unknowns: tuple[Unknown, ...]
    title_actors: tuple[str, ...]
    origins: Origins
    groups: tuple[Group, ...]
    contested: tuple[Pair, ...]
    matrix: Matrix


def relate(
    documents: Sequence[Document],
    readings: Sequence[Reading],
    vectors: Callable[[Sequence[str]], Any] | None = None,
) -> Related:
    """Find what all of `documents` together agree on, contest and leave open, and who matters.

    Args:
        documents: The sources.
        readings: One a document.
        vectors: Makes a row of unit length of each text; without it words alone tell what is
            said twice.
    """
    weights = actor_weights(readings)
    origins = find_origins(documents)

    def origin(place: Place) -> int:
        return origin_at(origins, readings, place)

    issues = cluster_issues(documents, readings)
    groups = same_claims(documents, readings, origins, vectors)
    return Related(
        unknowns=left_open(documents, readings, weights, origins, groups),
        title_actors=tuple(list(weights)[:TITLE_ACTORS]),
        origins=origins,
        groups=groups,
        contested=contests(documents, readings, origin, opposed(documents, issues), groups),
        matrix=matrix(documents, issues),
    )
