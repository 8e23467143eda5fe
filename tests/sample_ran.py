"""What a run of an invented batch did; all names are invented."""

from __future__ import annotations

from briefing.batch.keys import Key
from briefing.batch.manifest import Entry
from briefing.batch.report import Ran

KEY = Key("1", "2", "3", "4", "5")
MADE = Entry(
    "brief", "ferry-fares", "ok", KEY,
    {"brief.pdf": "a1", "brief.json": "b2", "brief.html": "c3"},
    day="2026-11-22", title="Ferry fares to Ostwick", recipient="The Board", template="one-page",
    seconds=12.4, pages=1, fill=0.93, cut=4, refusals=1,
    notices=("ferry.txt was given twice and read once",), unread=("lost.pdf has no text layer",),
)  # fmt: skip
SLOW = Entry(
    "brief", "lamps", "ok", KEY, {"brief.pdf": "d4", "brief.json": "e5"},
    day="2026-11-22", title="Lamps on the north quay", template="one-page",
    seconds=75.0, pages=1, fill=0.71,
)  # fmt: skip
FAILED = Entry(
    "brief", "gulls", "error", KEY, {}, day="2026-11-22", seconds=0.2,
    error="none of the sources could be read:\n  gulls.pdf has <b>no</b> text layer",
    hint="Run OCR first.",
)  # fmt: skip
HUNG = Entry("brief", "tides", "timeout", KEY, {}, day="2026-11-22", seconds=600.0)
KEPT = Entry(
    "brief", "piers", "ok", KEY, {"brief.pdf": "f6", "brief.json": "a7"},
    day="2026-11-15", title="Two piers", template="one-page", seconds=8.0, pages=1, fill=0.8,
)  # fmt: skip
LETTER = Entry(
    "newsletter", "weekly-board", "ok", KEY,
    {"brief.pdf": "b8", "brief.eml": "c9", "brief.html": "d0", "brief.json": "e1"},
    day="2026-11-22", title="Ferry fares to Ostwick, and one more brief", recipient="The Board",
    template="newsletter", seconds=5.1, pages=2, fill=0.88, cut=11,
)  # fmt: skip
RAN = Ran(
    plan="ports.toml",
    names=(
        ("brief", "ferry-fares"), ("brief", "lamps"), ("brief", "gulls"), ("brief", "tides"),
        ("brief", "piers"), ("brief", "cranes"), ("newsletter", "weekly-board"),
    ),
    made=(MADE, SLOW, FAILED, HUNG, LETTER),
    last={("brief", "piers"): KEPT},
    skipped={("brief", "piers"): "nothing has changed"},
    begun="2026-11-22T02:10:05+00:00",
    seconds=693.0,
    executor="processes",
    workers=2,
    read=31,
    kept=12,
    stopped=True,
)  # fmt: skip
