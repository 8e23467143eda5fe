"""Words by which the name of an organisation is known as one.

In: nothing. Out: sets of words in small letters. The one definition for all that tells
organisations from persons, places and headlines.
"""

from __future__ import annotations

ORGANISATION_WORDS = frozenset(
    """ministry authority council association union party institute university department
    commission federation company committee agency board bank court parliament office group
    government administration directorate bureau chamber league congress senate academy
    foundation corporation trust society assembly guild consortium syndicate confederation
    coalition tribunal secretariat inspectorate""".split()
)
BODY_WORDS = ORGANISATION_WORDS | frozenset(
    """college school house press times news police hospital church center centre service
    services team club network street road""".split()
)
"""No person's full name has one of these words."""
LEGAL_FORMS = frozenset(
    "inc incorporated ltd limited plc gmbh corp co llc llp ag sa nv bv ab oy spa srl pty".split()
)
MASTHEADS = frozenset(
    "gazette herald tribune chronicle courier telegraph examiner dispatch observer".split()
)
"""Last words of the names of newspapers, and hardly of headlines or rubrics."""
PAPERS = MASTHEADS | frozenset(
    "advertiser argus echo express guardian journal mercury times".split()
)
"""The same beside a date, where headlines are rarer."""
