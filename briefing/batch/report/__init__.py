"""What a run of a batch did in, `report.html` out: one page that needs nothing else.

It stands beside the folders of what was made and leads into them. It fetches nothing, works without
a script, and escapes every word of a source.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from briefing.batch.manifest import Entry, Kind
from briefing.paths import shipped
from briefing.render.html import embedded
from briefing.render.proof import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Environment

    from briefing.batch.plan import Plan
    from briefing.batch.summary import Summary

FOLDER = Path(__file__).resolve().parent
PAGE = "report.html.j2"
FOLDERS: dict[Kind, str] = {"brief": "briefs", "newsletter": "newsletters"}
SLOWEST = 10
Name = tuple[Kind, str]
"""Kind and id of a brief or an issue."""
Outcome = Literal["made", "failed", "left", "waiting", "aside"]
OUTCOMES: dict[Outcome, str] = {
    "failed": "failed",
    "made": "made",
    "left": "left as it was",
    "waiting": "not begun",
    "aside": "not asked for",
}
STATES = {
    "ok": "made",
    "error": "failed",
    "crash": "took its process down",
    "timeout": "took too long",
    "memory": "took too much memory",
}
"""What became of a job, for people."""
FILES = ("html", "pdf", "eml", "md", "json")
"""The order in which files are linked; others come after."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run did.

    Attributes:
        plan: Name of the plan's file.
        names: All that the plan asks for, in its order.
        made: What this run made, or failed to make.
        last: The last entry of everything in the manifest, before or after this run.
        skipped: Why something was left as it was.
        begun: ISO date and time, in UTC; empty to leave it out.
        seconds: How long the run took.
        executor: What ran the jobs.
        workers: How many at a time.
        read: How many texts were analysed.
        kept: How many were not, since the store had what was found in them.
        stopped: Whether it was stopped before its end.
    """

    plan: str
    names: tuple[Name, ...]
    made: tuple[Entry, ...]
    last: Mapping[Name, Entry]
    skipped: Mapping[Name, str]
    begun: str = ""
    seconds: float = 0.0
    executor: str = ""
    workers: int = 1
    read: int = 0
    kept: int = 0
    stopped: bool = False


def ran_of(
    plan: Plan,
    summary: Summary,
    last: Mapping[Name, Entry],
    *,
    begun: str = "",
    executor: str = "",
    workers: int = 1,
) -> Ran:
    """What is reported of a run.

    Args:
        plan: All that there is to make, whatever of it the run was asked for.
        summary: What the run came to.
        last: The last entry of everything in the manifest.
        begun: ISO date and time, in UTC; empty to leave it out.
        executor: What ran the jobs.
        workers: How many at a time.
    """
    return Ran(
        plan=plan.path.name,
        names=(
            *(("brief", job.id) for job in plan.jobs),
            *(("newsletter", issue.id) for issue in plan.issues),
        ),
        made=(*summary.made, *summary.failed),
        last=last,
        skipped=dict.fromkeys(summary.skipped, "nothing has changed"),
        begun=begun,
        seconds=summary.seconds,
        executor=executor,
        workers=workers,
        read=summary.read,
        kept=summary.kept,
        stopped=summary.interrupted,
    )


@dataclass(frozen=True, slots=True)
class Link:
    """A file, by what it is called and where it lies from the report."""

    label: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One brief or issue of the plan, and how it stands.

    Attributes:
        kind: Which of the two.
        id: Of the job.
        outcome: What this run did with it.
        label: The same for people.
        why: Why it was left as it was, or what failed; may be empty.
        entry: Its last entry; None where it was never made.
        links: Its files.
    """

    kind: Kind
    id: str
    outcome: Outcome
    label: str
    why: str
    entry: Entry | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """One number of the run's, with what it is of."""

    label: str
    value: str
    note: str = ""


def render_report(ran: Ran) -> str:
    """Tell what a run made, what failed and why, and how the whole plan stands.

    Args:
        ran: What it did.

    Returns:
        One HTML page, the same for the same input.
    """
    from markupsafe import Markup

    table = rows(ran)
    entries = [row.entry for row in table if row.entry and row.entry.state == "ok"]
    script = (FOLDER / "report.js").read_text(encoding="utf-8")
    page: str = (
        _environment()
        .get_template(PAGE)
        .render(
            ran=ran,
            rows=table,
            totals=totals(ran, table),
            failed=[row for row in table if row.outcome == "failed"],
            counts=[(one, OUTCOMES[one], count(table, one)) for one in OUTCOMES],
            slowest=sorted(ran.made, key=lambda entry: -entry.seconds)[:SLOWEST],
            cut=[one for one in entries if one.cut],
            refused=[one for one in entries if one.refusals],
            unread=[one for one in entries if one.unread],
            noticed=[one for one in entries if one.notices],
            styles=Markup(_styles()),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            digest=b64encode(sha256(script.encode()).digest()).decode("ascii"),
        )
    )
    return page.translate(UNSEEN)


def rows(ran: Ran) -> tuple[Row, ...]:
    """Everything of the plan, in its order."""
    now = {(entry.kind, entry.id): entry for entry in ran.made}
    found = []
    for name in ran.names:
        entry = now.get(name) or ran.last.get(name)
        outcome: Outcome = "waiting" if ran.stopped else "aside"
        why = ""
        if name in now:
            outcome = "made" if now[name].state == "ok" else "failed"
            why = now[name].error
        elif name in ran.skipped:
            outcome, why = "left", ran.skipped[name]
        label = OUTCOMES[outcome]
        if entry and outcome == "failed":
            label = STATES[entry.state]
        found.append(Row(*name, outcome, label, why, entry, links(entry) if entry else ()))
    return tuple(found)


def links(entry: Entry) -> tuple[Link, ...]:
    """The files of an entry, those that people read first."""

    def rank(name: str) -> tuple[int, str]:
        ending = name.rpartition(".")[2]
        return FILES.index(ending) if ending in FILES else len(FILES), name

    folder = place(entry)
    return tuple(
        Link(name.rpartition(".")[2].upper(), f"{name} of {entry.id}", folder + quote(name))
        for name in sorted(entry.files, key=rank)
    )


def place(entry: Entry) -> str:
    """Where the files of an entry lie, from the report."""
    return f"{FOLDERS[entry.kind]}/{quote(entry.id)}/"


def count(table: Iterable[Row], outcome: Outcome) -> int:
    """How many rows have this outcome."""
    return sum(row.outcome == outcome for row in table)


def totals(ran: Ran, table: Sequence[Row]) -> tuple[Total, ...]:
    """What the run comes to."""
    done = [entry for entry in ran.made if entry.state == "ok"]
    texts = ran.read + ran.kept
    rate = 60 * len(ran.made) / ran.seconds if ran.seconds > 0 else 0.0
    shown = [row.entry for row in table if row.entry and row.entry.state == "ok"]
    return (
        Total("Time", duration(ran.seconds), f"{rate:.1f} a minute" if ran.made else ""),
        Total(
            "Texts analysed",
            str(ran.read),
            f"{ran.kept} of {texts} taken from the store" if texts else "nothing had to be read",
        ),
        Total("Pages made", str(sum(entry.pages for entry in done)), fill_of(done)),
        Total(
            "Left out",
            str(sum(entry.cut for entry in shown)),
            among(sum(entry.cut > 0 for entry in shown), shown),
        ),
        Total(
            "Drafts refused",
            str(sum(entry.refusals for entry in shown)),
            among(sum(entry.refusals > 0 for entry in shown), shown),
        ),
        Total(
            "Sources not read",
            str(sum(len(entry.unread) for entry in shown)),
            among(sum(bool(entry.unread) for entry in shown), shown),
        ),
    )


def among(concerned: int, shown: Sequence[Entry]) -> str:
    """In how many of those that are made."""
    return f"in {concerned} of {len(shown)}" if shown else ""


def fill_of(done: Sequence[Entry]) -> str:
    """How full their pages are on average."""
    filled = [entry.fill for entry in done if entry.pages]
    return f"{sum(filled) / len(filled):.0%} full on average" if filled else ""


def duration(seconds: float) -> str:
    """A length of time for people: `0.8 s`, `12 s`, `3 min 05 s`, `1 h 02 min`."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest:02} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min"


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["duration"] = duration
    environment.filters["place"] = place
    return environment


@cache
def _styles() -> str:
    """Our own styles and fonts; nothing of a source."""
    fonts = shipped("templates") / "fonts"
    return "\n".join(
        (
            embedded(fonts / "screen.css", (fonts,)),
            (FOLDER / "report.css").read_text(encoding="utf-8"),
        )
    )
