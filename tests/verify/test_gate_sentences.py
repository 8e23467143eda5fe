"""The gate's rules on sentences that people wrote about the sample sources, right and wrong."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Literal, NamedTuple

import pytest

from briefing.document import Document
from briefing.pipeline import Desk
from briefing.settings import Settings
from briefing.verify.faults import faults
from briefing.verify.grounds import Assertion, Fault, Ground, Kind, Pile

pytestmark = pytest.mark.reader

ROOT = Path(__file__).parents[2]
FLOORS: dict[Kind, float] = {
    "number": 0.95,
    "name": 0.95,
    "quotation": 0.95,
    "holder": 0.95,
    "hedge": 0.7,
    "negation": 0.75,
}
MOST_REFUSED = 0.03
"""Share of true paraphrases that may be refused."""


class Row(NamedTuple):
    """A sentence, what was put into it, and what the rules found."""

    kind: Kind | Literal[""]
    text: str
    found: tuple[Fault, ...]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    desk = Desk(Settings())
    table = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text("utf-8"))
    found = []
    piles: dict[Path, Pile] = {}
    for name, listed in table.items():
        folder = (ROOT / name).parent
        if folder not in piles:
            files = [str(ROOT / other) for other in table if (ROOT / other).parent == folder]
            documents, _ = desk.gather(files)
            piles[folder] = Pile(documents, desk.readings(documents))
        pile = piles[folder]
        at = [Path(document.name).name for document in pile.documents].index(Path(name).name)
        texts = [text for _, _, text in listed["rows"]]
        readings = [desk.readings([Document("sentence", text)])[0] for text in texts]
        for (numbers, kind, text), reading in zip(listed["rows"], readings, strict=True):
            held = faults(Assertion(text, reading), [Ground(at, tuple(numbers))], pile)
            found.append(Row(kind, text, held))
    return found


def test_true_paraphrases_pass(rows: list[Row]) -> None:
    """What says the same in other words has no fault."""
    true = [row for row in rows if not row.kind]
    refused = [(row.text, [fault.reason for fault in row.found]) for row in true if row.found]
    assert len(true) >= 160
    assert len(refused) <= MOST_REFUSED * len(true), refused


def test_planted_faults_are_found_as_what_they_are(rows: list[Row]) -> None:
    """A wrong number is found as a wrong number, and so are the other kinds."""
    planted = Counter(row.kind for row in rows if row.kind)
    found = Counter(row.kind for row in rows if row.kind in {one.kind for one in row.found})
    missed = [
        row.text for row in rows if row.kind and row.kind not in {one.kind for one in row.found}
    ]
    for kind, floor in FLOORS.items():
        assert found[kind] >= floor * planted[kind], (kind, missed)


def test_faults_have_a_place_and_evidence(rows: list[Row]) -> None:
    """A fault points at words of the sentence and quotes a source as it stands."""
    for row in rows:
        for fault in row.found:
            assert row.text[slice(*fault.span)].strip()
            assert fault.reason
            assert fault.evidence is None or fault.evidence.quote
