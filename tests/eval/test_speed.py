"""Speed as ratios of CPU time against what cannot be avoided, so that any machine will do."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from command import COMMAND
from samples import document

from briefing.paths import shipped
from briefing.pipeline import Desk
from briefing.render.html import page_rule
from briefing.settings import Settings
from briefing.templating import load, render_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.bench

SEED = Path(__file__).parents[2] / "seeds" / "harbour-dues"
LIBRARIES = "import torch, transformers, spacy, weasyprint"
HEAVY = ("torch", "transformers", "spacy", "weasyprint")
DATE = "2026-11-22"
BRIEFS = 100
CALLED = 10
"""How many of the briefs are also made one process each; the rest is extrapolated."""

ONE_PROCESS = """
import json, sys
from pathlib import Path
from briefing.pipeline import Desk
from briefing.settings import Settings

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

desk = Desk(Settings(date=sys.argv[1]))
sizes = []
for path in sys.argv[2:]:
    publication = desk.publish(desk.read([path]), ("pdf", "html", "json"))
    for name, data in publication.files.items():
        (Path(path).parent / (Path(path).stem + name)).write_bytes(data)
    sizes.append(resident())
print(json.dumps(sizes))
"""
LOADED = """
import sys
from briefing.cli import main
main(sys.argv[1:], standalone_mode=False)
print([name for name in {names} if name in sys.modules], file=sys.stderr)
"""


@dataclass
class Table:
    """Ratios and their limits, printed at the end."""

    rows: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def check(self, name: str, ours: float, theirs: float, limit: float, *, most: bool) -> None:
        """Add `ours / theirs` as a row; an error if it is beyond `limit`."""
        ratio = ours / theirs
        good = ratio <= limit if most else ratio >= limit
        bound = ("≤" if most else "≥") + f" {limit}"
        verdict = "ok" if good else "MISSED"
        self.rows.append(
            f"{name:<46} {ours:8.3f} s {theirs:8.3f} s {ratio:6.2f}  {bound:<6} {verdict}"
        )
        assert good, self.rows[-1]


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    """The table, printed when all is measured."""
    table = Table()
    yield table
    head = f"{'CPU time':<46} {'this':>10} {'against':>10} {'ratio':>6}  limit"
    sys.stdout.write("\n".join(["", "", head, *table.rows, *table.notes, ""]))


def cpu_s(*command: str, cwd: Path | None = None) -> float:
    """The CPU time that a process and its children take, in seconds; it must succeed."""
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, env=as_installed())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return usage.ru_utime + usage.ru_stime


@cache
def as_installed() -> dict[str, str]:
    """The environment of a user, whose installer compiled every module before it is first run."""
    kept = tempfile.mkdtemp(prefix="compiled-")
    atexit.register(shutil.rmtree, kept, ignore_errors=True)
    rest = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return rest | {"PYTHONPYCACHEPREFIX": kept}


def own_cpu_s(work: Callable[[], object]) -> float:
    """The CPU time that a call takes in this process, in seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def best(repeats: int, *measures: Callable[[], float]) -> list[float]:
    """The least that each of `measures` gives, taking turns, as other work disturbs them all."""
    rounds = [[measure() for measure in measures] for _ in range(repeats)]
    return [min(column) for column in zip(*rounds, strict=True)]


def test_a_designers_round(table: Table, tmp_path: Path) -> None:
    """A brief with the stub and a check of its template take a few times WeasyPrint's import."""
    make = (*COMMAND, "make", str(SEED / "opinion.md"), "--model", "stub", "--date", DATE)
    check = (*COMMAND, "templates", "check", "one-page")
    made, checked, imported = best(
        6,
        lambda: cpu_s(*make, "-o", str(tmp_path), "--force"),
        lambda: cpu_s(*check),
        lambda: cpu_s(sys.executable, "-c", "import weasyprint"),
    )
    table.check(
        "make --model stub, templates check / WeasyPrint", made + checked, imported, 8, most=True
    )


def test_help(table: Table) -> None:
    """`briefing --help` takes little more than click."""
    ours, theirs = best(
        9,
        lambda: cpu_s(*COMMAND, "--help"),
        lambda: cpu_s(sys.executable, "-c", "import click"),
    )
    table.check("briefing --help / import click", ours, theirs, 2.5, most=True)


def test_one_brief_from_cold(table: Table, tmp_path: Path) -> None:
    """A brief of one document takes little more than importing the libraries."""
    path = tmp_path / "document.txt"
    path.write_text(document(0, words=800), "utf-8")
    arguments = ("make", str(path), "--format", "pdf", "-o", str(tmp_path), "--force")
    ours, theirs = best(
        5,
        lambda: cpu_s(*COMMAND, *arguments),
        lambda: cpu_s(sys.executable, "-c", LIBRARIES),
    )
    table.check("one brief of 800 words / importing libraries", ours, theirs, 1.6, most=True)


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("make", "document.txt", "--model", "stub", "--format", "html"), HEAVY),
        (("render", "brief.json"), ("torch", "transformers", "spacy")),
    ],
)
def test_nothing_is_loaded_in_vain(
    tmp_path: Path, arguments: tuple[str, ...], names: tuple[str, ...]
) -> None:
    """The stub needs no model, HTML no press, and a brief.json no reader."""
    (tmp_path / "document.txt").write_text(document(0, words=200), "utf-8")
    extract = ("extract", "document.txt", "--model", "stub", "-o", "brief.json")
    subprocess.run([*COMMAND, *extract], cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    told = subprocess.run(
        [sys.executable, "-c", LOADED.format(names=names), *arguments],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stderr == "[]\n"


def test_a_fitted_page_against_one_layout(table: Table) -> None:
    """Composing, fitting, checking and writing take little more than one layout of the result."""
    desk = Desk(Settings(date=DATE))
    findings = desk.read(
        [str(path) for path in sorted(SEED.glob("*.*")) if path.suffix != ".json"]
    )
    publication = desk.publish(findings, ("pdf",))
    assert publication.brief.cut  # else nothing had to be fitted
    spec = load("one-page")
    write = bare_press(spec, render_template(spec, publication.brief, page="A4"))
    write()
    ours, theirs = best(
        7,
        lambda: own_cpu_s(lambda: desk.publish(findings, ("pdf",))),
        lambda: own_cpu_s(write),
    )
    table.check("a fitted page, warm / one bare layout of it", ours, theirs, 2.5, most=True)


def bare_press(spec: Any, html: str) -> Callable[[], bytes]:
    """One layout and writing by WeasyPrint alone, with fonts and styles parsed beforehand."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    paths = (shipped("templates") / "fonts" / "print.css", spec.folder / "print.css")
    styles = [weasyprint.CSS(filename=str(path), font_config=fonts) for path in paths]
    styles.append(weasyprint.CSS(string=page_rule(spec, "A4")))

    def write() -> bytes:
        tree = weasyprint.HTML(string=html, base_url=spec.folder.as_uri() + "/")
        pdf: bytes = tree.write_pdf(font_config=fonts, stylesheets=styles, pdf_variant="pdf/ua-1")
        return pdf

    return write


def test_many_briefs_in_one_process(table: Table, tmp_path: Path) -> None:
    """A hundred briefs at one desk take a fraction of a hundred calls of the command."""
    paths = [tmp_path / f"{number}.txt" for number in range(BRIEFS)]
    for number, path in enumerate(paths):
        path.write_text(document(number, words=150), "utf-8")
    called = sum(
        cpu_s(*COMMAND, "make", str(path), "--date", DATE, "-o", str(tmp_path / path.stem))
        for path in paths[:CALLED]
    )
    command = (sys.executable, "-c", ONE_PROCESS, DATE, *map(str, paths))
    with (tmp_path / "sizes.json").open("w+b") as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        sizes = json.loads(out.read())
    assert process.returncode == 0
    assert (tmp_path / "9brief.pdf").read_bytes() == (tmp_path / "9/brief.pdf").read_bytes()
    grown = ", ".join(f"{sizes[number - 1]:.0f}" for number in (1, 10, 50, BRIEFS))
    table.notes.append(f"MB resident after 1, 10, 50 and {BRIEFS} briefs in one process: {grown}")
    together = usage.ru_utime + usage.ru_stime
    table.check(
        f"{BRIEFS} commands / {BRIEFS} briefs in one process",
        called * BRIEFS / CALLED, together, 5, most=False,
    )  # fmt: skip
