"""The gate: what is printed must stand in a source.

`verify` looks at drafts before the page is made, `QuotationCheck` at the words that the page really
shows. `gate` and `sources` hold what a language model wrote, or any text, against the sources; they
are imported by their own names, as most pages need neither.
"""

from briefing.verify.drafts import verify, verify_pairs
from briefing.verify.rendered import (
    QuotationCheck,
    check_rendered,
    check_words,
    reads_from_right,
)

__all__ = [
    "QuotationCheck",
    "check_rendered",
    "check_words",
    "reads_from_right",
    "verify",
    "verify_pairs",
]
