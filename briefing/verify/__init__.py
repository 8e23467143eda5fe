"""The gate: what is printed must stand in a source.

`verify` looks at drafts before the page is made, `gate` at those that a language model reworded,
`QuotationCheck` at the words that the page really shows.
"""

from briefing.verify.drafts import verify, verify_pairs
from briefing.verify.gate import gate
from briefing.verify.rendered import (
    QuotationCheck,
    check_rendered,
    check_words,
    reads_from_right,
)
from briefing.verify.sources import Sources

__all__ = [
    "QuotationCheck",
    "Sources",
    "check_rendered",
    "check_words",
    "gate",
    "reads_from_right",
    "verify",
    "verify_pairs",
]
