"""What is wrong with a sentence, held against the sentences of sources that it rests on.

In: a sentence that a language model or anybody wrote, with the analyser's reading of it; its
grounds; and all sources. Out: faults in the order of its words. A number, name, quotation, hedge or
holder that no source has is told from one that stands in another passage, source or mouth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.verify.figures import number_faults
from briefing.verify.grounds import case_of
from briefing.verify.hedging import hedge_faults
from briefing.verify.holding import holder_faults
from briefing.verify.names import name_faults
from briefing.verify.negation import negation_faults
from briefing.verify.quotes import quotation_faults
from briefing.verify.scales import scale_faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.verify.grounds import Assertion, Fault, Ground, Pile

RULES = (number_faults, scale_faults, name_faults, quotation_faults, holder_faults)
CLOSEST = (negation_faults, hedge_faults)
"""What one sentence denies or hedges says nothing of another that is about the same."""


def faults(
    assertion: Assertion,
    grounds: Sequence[Ground],
    pile: Pile,
    *,
    framed: tuple[str, ...] = (),
    closest: Sequence[Ground] | None = None,
) -> tuple[Fault, ...]:
    """Find what `assertion` has that its grounds do not carry.

    Args:
        assertion: One sentence.
        grounds: What it rests on; with none, nothing stands.
        pile: All sources, with readings in which the grounds' sentences are counted.
        framed: Names that are printed in front of the sentence as its holders, such as `the
            ministry` in `The ministry says: …`.
        closest: Those of the grounds that say the same if any does, where they were searched for;
            all of them if None.

    Returns:
        The faults in the order of the sentence, of one kind at most one in a place.
    """
    case = case_of(assertion, grounds, pile, framed)
    near = case if closest is None else case_of(assertion, closest, pile, framed)
    found: list[Fault] = []
    for rule, on in (*((rule, case) for rule in RULES), *((rule, near) for rule in CLOSEST)):
        for fault in rule(on):
            same = (other for other in found if other.kind == fault.kind)
            if not any(fault.span.overlaps(other.span) for other in same):
                found.append(fault)
    return tuple(sorted(found, key=lambda fault: (fault.span, fault.kind)))
