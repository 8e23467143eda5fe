"""The gate: what is printed must stand in a source.

`verify` looks at drafts before the page is made. Imported by their own names, as not every page
needs them: `rendered` looks at the words that a page really shows, `gate` and `sources` hold what a
language model wrote, or any text, against the sources.
"""

from briefing.verify.drafts import verify, verify_pairs

__all__ = ["verify", "verify_pairs"]
