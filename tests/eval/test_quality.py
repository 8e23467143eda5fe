"""Quality against readings by people: the seed set, PolNeAR's attributions, two summary sets.

Floors stand slightly under what was reached; see README.md beside this file.
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections import Counter
from hashlib import sha1, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from scoring import WORD, Score, jaccard, pairs, rouge_1, words

from briefing.findings import AUTHOR
from briefing.ingest import read, read_text
from briefing.pipeline import Desk, nearest_total
from briefing.segment import segment
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
    "found": 78.0,
    "holder": 83.0,
    "basis": 86.0,
    "hedged": 94.0,
    "stance": 60.0,
    "positions": 15.5,
}
ATTRIBUTION_FLOORS = {"source": 59.0, "cue": 60.5, "content": 54.5, "relation": 58.5}
SUMMARIES = (("sum_bbc", 170, None, 4.5), ("sum_cnndm", None, 3, -1.0))
"""Set, words, sentences, and the least by which ROUGE-1 is to differ from LEAD's."""

SUMMARIES_PER_SET = 150


@pytest.fixture(scope="module")
def desk() -> Desk:
    """The desk with the shipped reader."""
    return Desk(Settings(date="2026-11-22"))


def data(name: str) -> list[dict[str, Any]]:
    """The records of the part `dev` of a data set; skips the test where there is none."""
    folder = Path(os.environ.get("BRIEFING_DATA") or ROOT.parent / "shared" / "data")
    path = folder / f"{name}.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"{path} is not there; set BRIEFING_DATA to the folder that holds it")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [record for record in map(json.loads, lines) if record["split"] == "dev"]


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


def shuffled(record: dict[str, Any]) -> str:
    """A key that sorts records in an order that has nothing to do with them."""
    return sha1(record["id"].encode(), usedforsecurity=False).hexdigest()


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


def test_attribution_on_polnear(desk: Desk) -> None:
    """Who says what in political news: strict spans, and content linked to its source."""
    records = data("polnear")
    documents = [read_text(record["id"], record["text"]) for record in records]
    scores = {name: Score() for name in ATTRIBUTION_FLOORS}
    for record, reading in zip(records, desk.readings(documents), strict=True):
        found = [
            {"source": each.source, "cue": each.cue, "content": each.content}
            for each in reading.statements
            # PolNeAR labels no attribution within another one.
            if each.cue and not each.via
        ]
        gold = record["attributions"]
        for role in ("source", "cue", "content"):
            spans = [
                {tuple(span) for each in attributions for span in each[role]}
                for attributions in (gold, found)
            ]
            counts = len(spans[0] & spans[1]), len(spans[1]), len(spans[0])
            scores[role] = scores[role].add(*counts)
        scores["relation"] = scores["relation"].add(*relations(record["text"], gold, found))
    show(
        f"Attribution on {len(records)} articles of PolNeAR dev",
        [f"{name:<10} {score}" for name, score in scores.items()],
    )
    check({name: score.f1 for name, score in scores.items()}, ATTRIBUTION_FLOORS)


def relations(
    text: str, gold: list[dict[str, Any]], found: list[dict[str, Any]]
) -> tuple[int, int, int]:
    """Attributions that share at least half their content's words, and a word of the source."""
    wanted, got = (
        [(places(text, each["content"]), places(text, each["source"])) for each in attributions]
        for attributions in (
            [each for each in gold if each["content"]],
            [each for each in found if each["content"]],
        )
    )
    linked = pairs(wanted, got, lambda one, other: (jaccard(one[0], other[0]),))
    right = sum(
        bool(wanted[i][1] & got[j][1]) or not (wanted[i][1] or got[j][1]) for i, j in linked
    )
    return right, len(got), len(wanted)


def places(text: str, spans: Sequence[Sequence[int]]) -> frozenset[object]:
    """Where the words within `spans` begin."""
    return frozenset(
        start + word.start() for start, end in spans for word in WORD.finditer(text[start:end])
    )


@pytest.mark.parametrize(("name", "count", "sentences", "floor"), SUMMARIES)
def test_summaries_against_the_first_sentences(
    desk: Desk, name: str, count: int | None, sentences: int | None, floor: float
) -> None:
    """ROUGE-1 of the sentences selected, beside that of as many from the beginning."""
    records = sorted(data(name), key=shuffled)
    ours = first = 0.0
    chosen = records[:SUMMARIES_PER_SET]
    for record in chosen:
        document = read_text(record["id"], record["document"])
        spans = [span for _, span in desk.summarise([document], words=count, sentences=sentences)]
        running = [each.span for each in segment(document) if each.kind != "heading"]
        lengths = [len(document[span].split()) for span in running]
        lead = running[: nearest_total(lengths, count) if count else sentences]
        ours += rouge_1(" ".join(document[span] for span in spans), record["summary"])
        first += rouge_1(" ".join(document[span] for span in lead), record["summary"])
    ours, first = ours / len(chosen), first / len(chosen)
    show(
        f"ROUGE-1 F1 on {len(chosen)} records of {name} dev",
        [f"selected {ours:5.1f}   first sentences {first:5.1f}   difference {ours - first:+5.1f}"],
    )
    assert ours - first >= floor
