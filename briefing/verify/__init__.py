"""The gate: what is printed must stand in a source.

`verify` looks at drafts before the page is made, `QuotationCheck` at the words that the page
really shows.
"""

from briefing.verify.drafts import verify, verify_pairs
from briefing.verify.rendered import QuotationCheck, check_rendered

__all__ = ["QuotationCheck", "check_rendered", "verify", "verify_pairs"]
