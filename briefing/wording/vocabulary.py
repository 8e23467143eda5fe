"""Wordings for templates that are ready in every language, whether a shipped one uses them or not.

In: nothing. Out: English texts; `extraction` puts them into the catalogues.
"""

from __future__ import annotations

LABELS = (
    # Sections and columns
    "Bottom line",
    "Summary",
    "Key claims",
    "Contested",
    "Positions",
    "Position spectrum",
    "Who stands where",
    "Table of positions",
    "Claims by theme",
    "Other matters",
    "Timeline",
    "Not known",
    "Sources",
    "What each source says",
    "Source coverage",
    "Annex: sources",
    "Contents",
    "In this issue",
    "Method",
    "Actor",
    "Actors",
    "Basis",
    "Claim",
    "Date",
    "Issue",
    "Issues",
    "Position",
    "Source",
    "Statements",
    "Theme",
    # Kinds of page
    "Policy brief",
    "Press digest",
    "Newsletter",
    "Dossier",
    # Between the items of a list without `and`
    ", ",
    # Before what follows: French has a space there, Arabic a comma of its own
    "%(text)s:",
    "%(text)s,",
    # Beside a statement
    "(reworded from %(lead)s)",
    "Hedged:",
    "Source %(number)s",
    "Sources: %(sources)s",
    "undated",
    "not known",
    "changed",
    "earlier:",
    "new",
    "supports",
    "opposes",
    "neutral",
    "other",
    # What is not as the last issue had it
    "Since the last issue",
    "Compared with the issue of %(date)s.",
    "No change was found.",
    # Head and foot
    "Information up to %(date)s",
    "Focus: %(focus)s",
    "No statement of the sources could be quoted as a bottom line.",
    "Printed %(printed)s of %(found)s statements",
    "Left out: %(items)s (listed in brief.json).",
    "Left out: %(items)s (%(num)s listed in brief.json).",
    "Left out: %(items)s.",
    "Words set in serif type between quotation marks stand in a source; all else is this brief’s wording.",
    "A machine took part in making this brief: briefing %(version)s, reader %(reader)s, writer %(writer)s.",
    "A machine took part in making this brief: briefing %(version)s, reader %(reader)s (%(digest)s), writer %(writer)s.",
    "Made offline.",
    "Made with a server that the user named.",
    "Digests of the sources: %(digests)s.",
    "Page %(page)s",
    "Page %(page)s of %(pages)s",
    "Read on",
    "Unsubscribe",
)

COUNTED = (
    ("%(num)s independent source", "%(num)s independent sources"),
    ("%(num)s bottom line", "%(num)s bottom lines"),
    ("%(num)s summary statement", "%(num)s summary statements"),
    ("%(num)s claim", "%(num)s claims"),
    ("%(num)s dispute", "%(num)s disputes"),
    ("%(num)s position", "%(num)s positions"),
    ("%(num)s event", "%(num)s events"),
    ("%(num)s statement", "%(num)s statements"),
    ("%(num)s statement off the focus", "%(num)s statements off the focus"),
    ("%(num)s open question", "%(num)s open questions"),
    ("%(num)s source", "%(num)s sources"),
    ("%(num)s item", "%(num)s items"),
    ("%(num)s change", "%(num)s changes"),
    (
        "%(num)s row or column of the table",
        "%(num)s rows or columns of the table",
    ),
    (
        "One drafted statement could not be verified and is not printed (listed in brief.json).",
        "%(num)s drafted statements could not be verified and are not printed (listed in brief.json).",
    ),
    (
        "One more notice is listed in brief.json.",
        "%(num)s more notices are listed in brief.json.",
    ),
)
"""Singular and plural, for `ngettext`."""
