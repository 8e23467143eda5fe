"""Plans and sources of a few lines, made where a test runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from briefing.batch.options import Options
from briefing.batch.plan import Plan, read_plan
from briefing.executors.base import Bounds

if TYPE_CHECKING:
    from pathlib import Path

TOWNS = "Arlen Brisk Corvale Dunmere Eastholm Farrow Glenhythe Harrowby Istran Jask".split()
DAY = "2026-11-22"


def write_sources(folder: Path, count: int) -> list[Path]:
    """So many texts, each about a town of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"text-{number:03}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        town = TOWNS[number % len(TOWNS)]
        path.write_text(
            f"The harbour board of {town} said on Monday that dues will rise by {number + 3} per"
            f" cent. Shippers in {town} rejected the plan. “We cannot pay for empty quays,” said"
            f" Mara Quill, who speaks for {number + 12} owners. The council supports the board.\n"
        )
    return paths


def plan_of(folder: Path, briefs: int, *, each: int = 2, text: str = "", **keys: Any) -> Path:
    """A plan of so many briefs of `each` sources, of which neighbours share all but one."""
    paths = write_sources(folder / "sources", briefs + each - 1)
    defaults = {"model": "stub", "formats": ["html"], "date": DAY} | keys
    lines = ["[defaults]"]
    lines += [f"{key} = {json.dumps(value)}" for key, value in defaults.items() if value]
    for number in range(briefs):
        named = json.dumps([f"sources/{path.name}" for path in paths[number : number + each]])
        lines += ["[[brief]]", f'id = "brief-{number:03}"', f"sources = {named}"]
    plan = folder / "plan.toml"
    plan.write_text("\n".join(lines) + "\n" + text)
    return plan


def sample_plan(folder: Path, briefs: int = 3, **keys: Any) -> Plan:
    """A plan as `plan_of` writes it, read."""
    return read_plan(plan_of(folder, briefs, **keys))


def serial(out: Path, **keys: Any) -> Options:
    """Options of a run that begins no process."""
    return Options(out, executor="serial", **keys)


def pooled(out: Path, workers: int = 2, *, bounds: Bounds | None = None, **keys: Any) -> Options:
    """Options of a run with workers."""
    return Options(out, bounds=bounds or Bounds(workers=workers), **keys)


def made_files(out: Path) -> dict[str, bytes]:
    """All that a run made for people to read, by its path."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for kind in ("briefs", "newsletters")
        for path in sorted(out.glob(f"{kind}/*/*"))
        if path.name[0] != "."
    }
