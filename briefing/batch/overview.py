"""What a run leaves for people and feed readers: `report.html` and `feed.json` in its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.batch.feed import feed, posted
from briefing.batch.manifest import Manifest
from briefing.batch.report import ran_of, render_report
from briefing.output import write_all

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.batch.options import Options
    from briefing.batch.plan import Plan
    from briefing.batch.summary import Summary

REPORT = "report.html"
FEED = "feed.json"


def write_overview(
    plan: Plan, options: Options, summary: Summary, begun: str = ""
) -> tuple[Path, Path]:
    """Write the report of a run and the feed of all that is made; their paths.

    Args:
        plan: The whole plan, whatever of it was run.
        options: How it was run.
        summary: What came of it.
        begun: ISO date and time at which it began, in UTC; empty for none.

    Raises:
        OutputError: If one of them cannot be written.
    """
    last = Manifest.read(options.out).last
    ran = ran_of(
        plan,
        summary,
        last,
        begun=begun,
        executor=options.executor,
        workers=options.bounds.workers,
    )
    found = (
        *(last.get(("brief", job.id)) for job in plan.jobs),
        *(last.get(("newsletter", issue.id)) for issue in plan.issues),
    )
    made = [entry for entry in found if entry and entry.state == "ok"]
    news = feed(
        [posted(options.out, entry) for entry in made],
        title=plan.path.stem,
        feed_url=plan.feed_url,
    )
    files = {REPORT: render_report(ran).encode(), FEED: news}
    report, feed_path = write_all(options.out, files, force=True)
    return report, feed_path
