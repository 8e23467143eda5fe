"""Quality against readings by people: the seed set here, and what is on record measured again.

Floors stand slightly under what was reached; see README.md beside this file.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefing.errors import SettingsError
from briefing.evaluate import data, salience, scores
from briefing.evaluate.__main__ import PARTS
from briefing.evaluate.matching import Score, jaccard, pairs, words
from briefing.evaluate.report import changes, markdown
from briefing.evaluate.seams import Reader
from briefing.findings import AUTHOR
from briefing.ingest import read
from briefing.pipeline import Desk
from briefing.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.document import Document, Span
    from briefing.findings import Position, Reading, Statement

pytestmark = pytest.mark.bench

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "harbour-dues"
SEED_SHA256 = "761945f5ec793785cff2ad87aaecf4024465a8b94c6383cfeaf50d4e00abd01c"
"""Of the sources and gold.json that the floors of the seed set were measured on."""

SEED_FLOORS = {
    "found": 83.0,
    "holder": 82.5,
    "basis": 91.0,
    "hedged": 97.0,
    "stance": 60.5,
    "positions": 59.0,
}
TOLERANCE = 1.0
"""Points by which a figure measured again may differ: machines round in their own ways."""


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The desk with the shipped reader."""
    return Desk(Settings(date="2026-11-22"))


@pytest.fixture(scope="module")
def reader() -> Reader:
    """The shipped reader behind the bulk interface."""
    return Reader()


def show(title: str, rows: Sequence[str]) -> None:
    """Print a table."""
    sys.stdout.write("\n".join(["", "", title, *rows, ""]))


def check(reached: dict[str, float], floors: dict[str, float]) -> None:
    """Every score is at or above its floor."""
    under = {name: score for name, score in reached.items() if score < floors[name]}
    assert not under, f"under their floors: {under}"


def digest(folder: Path) -> str:
    """One digest of all sources of a seed set and its gold reading."""
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    return sha256(b"".join(sha256(path.read_bytes()).digest() for path in paths)).hexdigest()


class Gold:
    """The gold reading of a seed set, and the names that mean the same."""

    def __init__(self, folder: Path) -> None:
        self.content = json.loads((folder / "gold.json").read_bytes())
        self.names = {
            form.lower(): actor["name"]
            for actor in self.content["actors"]
            for form in (actor["name"], *actor["aliases"])
        }

    def canonical(self, name: str) -> str:
        """The gold name of an actor; `name` itself where there is none."""
        bare = name.lower().removeprefix("the ")
        return self.names.get(name.lower()) or self.names.get(bare) or name

    def holders(self, statement: Statement, document: Document) -> set[str]:
        """Who holds a statement, by gold name; nobody where a pronoun was left open."""
        if not statement.resolved:
            return set()
        names = (document.voice if name == AUTHOR else name for name in statement.holders)
        return {self.canonical(name) for name in names}


def quoted(gold: dict[str, Any]) -> frozenset[str]:
    """The words of a gold statement or position, which may be in pieces."""
    quote = gold["quote"]
    return words(quote if isinstance(quote, str) else " ".join(quote))


def at(document: Document, spans: Sequence[Span]) -> frozenset[str]:
    """The words at `spans`."""
    return words(" ".join(document[span] for span in spans))


def test_the_floors_belong_to_the_seed_set() -> None:
    """The floors were measured on the seed set as it is."""
    assert digest(SEED) == SEED_SHA256, "measure anew, and set the floors and the digest together"


def test_reading_the_seed_set(desk: Desk) -> None:
    """Statements and positions that a careful reader found, with holder, basis, hedges, stance."""
    gold = Gold(SEED)
    intake = read([str(SEED / each["name"]) for each in gold.content["documents"]])
    readings = desk.readings(intake.documents)
    counts: Counter[str] = Counter()
    positions = Score()
    misses: list[str] = []
    for each, document, reading in zip(
        gold.content["documents"], intake.documents, readings, strict=True
    ):
        misses += [f"{each['name']}:"]
        misses += statement_misses(gold, each["statements"], document, reading, counts)
        right, missed = position_misses(gold, each["positions"], document, reading)
        positions = positions.add(right, len(reading.positions), len(each["positions"]))
        misses += missed
    shares = {"found": 100 * counts["found"] / counts["gold"]}
    shares |= {
        name: 100 * counts[name] / counts["found"]
        for name in ("holder", "basis", "hedged", "stance")
    }
    total = sum(len(reading.statements) for reading in readings)
    show("Missed in the seed set", misses)
    show(
        "Reading of the seed set, per cent",
        [
            f"statements found   {shares['found']:5.1f}  of {counts['gold']}; {total} were read",
            *(f"{name:<18} {shares[name]:5.1f}  of those found" for name in list(shares)[1:]),
            f"positions          {positions}",
        ],
    )
    check(shares | {"positions": positions.f1}, SEED_FLOORS)


def statement_misses(
    gold: Gold,
    expected: list[dict[str, Any]],
    document: Document,
    reading: Reading,
    counts: Counter[str],
) -> Iterator[str]:
    """Count what is right in `counts`; tell what is missing or wrong."""

    def likeness(one: dict[str, Any], other: Statement) -> tuple[float, ...]:
        same = set(one["holders"]) == gold.holders(other, document)
        return jaccard(quoted(one), at(document, other.content)), same

    found = dict(pairs(expected, reading.statements, likeness))
    counts["gold"] += len(expected)
    counts["found"] += len(found)
    for number, each in enumerate(expected):
        label = f"{', '.join(each['holders']) or '?'}: {str(each['quote'])[:70]}"
        if number not in found:
            yield f"  not found  {label}"
            continue
        statement = reading.statements[found[number]]
        holders = gold.holders(statement, document)
        facts = {
            "holder": (set(each["holders"]), holders),
            "basis": (each["basis"], statement.basis),
            "hedged": (each["hedged"], bool(statement.hedges)),
            "stance": (each["stance"], statement.stance),
        }
        for name, (wanted, got) in facts.items():
            counts[name] += wanted == got
            if wanted != got:
                told = (", ".join(sorted(got)) or "nobody") if isinstance(got, set) else got
                yield f"  {name:<9}  {label}  → {told}"


def position_misses(
    gold: Gold, expected: list[dict[str, Any]], document: Document, reading: Reading
) -> tuple[int, list[str]]:
    """How many positions have actor, words and stance right, and which were missed."""

    def likeness(one: dict[str, Any], other: Position) -> tuple[float, ...]:
        if one["actor"] != gold.canonical(other.actor) or one["stance"] != other.stance:
            return (0.0,)
        return (jaccard(quoted(one), at(document, other.evidence)),)

    found = dict(pairs(expected, reading.positions, likeness))
    missed = [
        f"  position   {each['actor']} {each['stance']} {each['issue']}"
        for number, each in enumerate(expected)
        if number not in found
    ]
    return len(found), missed


@pytest.mark.parametrize("name", [name for name in PARTS if name != "speed"])
def test_the_reader_reads_as_is_on_record(reader: Reader, name: str) -> None:
    """No figure has moved since the scores beside the weights were written."""
    try:
        folder = data.folder()
        data.require(folder, PARTS[name].SETS)
        if name == "salience":
            salience.ready()
    except SettingsError as error:
        pytest.skip(f"{error.message}; {error.hint}")
    on_record = scores.load(scores.model_folder())
    assert on_record is not None, scores.RUN
    part = PARTS[name].measure(reader, folder)
    show(f"Measured again: {name}", [markdown([part])])
    moved = changes(on_record.parts, [part], least=TOLERANCE)
    assert not moved, "\n".join([*moved, scores.RUN])
