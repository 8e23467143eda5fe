"""What it costs to relate 300 documents to each other, against 50: time grows with the words."""

from __future__ import annotations

import resource
import sys
import time
from typing import TYPE_CHECKING

import pytest

from briefing.document import Document
from briefing.errors import SettingsError
from briefing.evaluate import data
from briefing.pipeline import Desk
from briefing.relate import relate, timeline, unify
from briefing.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from briefing.findings import Reading

pytestmark = pytest.mark.bench

SETS = ("docs_whitehouse", "sum_multinews")
COUNTS = (50, 100, 200, 300)
MOST_RATIO = 1.2
"""Of the time for each word among all documents to that among the fewest."""
MOST_S = 60
"""CPU time on one core."""
MOST_MB = 1500


def documents(folder: Path) -> Iterator[Document]:
    """Texts of the sets, one after the other in an order that has nothing to do with them."""
    for name in SETS:
        for record in data.load(folder, name, split=None):
            texts = record.get("documents") or [record["document"]]
            for number, text in enumerate(texts):
                yield Document(f"{record['id']}-{number}", text)


def spent(desk: Desk, pile: Sequence[Document], readings: tuple[Reading, ...]) -> float:
    """CPU seconds of relating `pile`."""
    start = time.process_time()
    named = unify(pile, readings)
    related = relate(pile, named, desk.vectors)
    timeline(pile, named, related.origins, related.groups)
    return time.process_time() - start


def test_time_grows_with_the_words() -> None:
    """300 documents are related in a minute, at no more a word than 50; memory stays small."""
    try:
        folder = data.folder()
        data.require(folder, SETS)
    except SettingsError as error:
        pytest.skip(error.message)
    everything = sorted(documents(folder), key=lambda one: one.name[::-1])[: max(COUNTS)]
    desk = Desk(Settings(date="2026-11-22"))
    desk.vectors(["Loaded before the clock runs."])
    readings = desk.readings(everything)
    rates = {}
    for count in COUNTS:
        pile = everything[:count]
        words = sum(len(document.text.split()) for document in pile)
        seconds = spent(desk, pile, readings[:count])
        rates[count] = seconds / words
        sys.stdout.write(f"\n{count} documents, {words:,} words: {seconds:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    ratio = rates[max(COUNTS)] / rates[min(COUNTS)]
    sys.stdout.write(f"\na word of 300 against one of 50: {ratio:.2f}; peak {peak:.0f} MB\n")
    assert ratio <= MOST_RATIO
    assert seconds < MOST_S
    assert peak < MOST_MB
