"""Hedges against a careful reader's marks in 690 sentences of news, politics and government papers.

`hedges.json` says where the sentences stand in the data sets and where their hedges are; it holds
no text. `draw` tells how a sentence was drawn: `random`; `wide` and `core`, from those with a word
that can be a hedge; `final` and `blind`, as `core`, marked before the rules were run on them. All
but `blind` helped to make the rules. On `blind` they reached 90.6 (F1, rough figures apart) when
they first met it, and 75.6 before they were made; it helped with details afterwards.

What was marked:

1.  Words by which whoever speaks marks that what they say may not be so; each sentence by itself.
2.  `may`, `might`, `could` where `perhaps` would do. Not permission, ability, chance taken or
    missed, request, purpose; not a point granted to make another (`may be blind, but`).
3.  Adverbs: `perhaps`, `probably`, `apparently`, `reportedly`, `allegedly`, `seemingly` ...
4.  `likely`, `unlikely`, `possible`, `doubtful` said of what is stated. Not rates compared
    (`more likely to vote`), `likely voters`, `as soon as possible`, `possible to`.
5.  `alleged`, `suspected`, `apparent`, `possible`, `potential` before a thing that may not be so.
    Not before a role (`potential donors`); not chance as such (`full potential`).
6.  `seem`, `appear`, `look as if`; `suggest` where evidence does it, not where somebody says it.
7.  `is expected`, `believed`, `thought`, `said`, `alleged to`: a view of nobody in particular. Not
    what a named holder believes or expects: that is an attribution.
8.  `I think`, `suspect`, `guess`, `we estimate` on facts and forecasts. Not on what is good or
    should be done; not `I believe`, `hope`, `expect`.
9.  `should` where it foresees. Not conditions, plans, `would`, `often`, `according to`.
10. Rough figures (`about`, `around`, `roughly`, `estimated`) stand apart, as `approximators`. Not
    bounds: `nearly`, `at least`.

`basis`, on some, is that of the main attribution: `inferred` where the author speaks of a mind or
guesses; what cannot be told for sure has none.
"""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefing.analyse.hedges import hedges
from briefing.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.bench

FLOORS = {"sum_cnndm": 92.0, "sum_xsum": 92.0, "polnear": 92.0, "docs_whitehouse": 88.0}


def sentences(name: str) -> list[dict[str, Any]]:
    """The marked sentences of one data set, each with its `text`."""
    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("BRIEFING_DATA") or root.parent / "shared" / "data")
    path = folder / f"{name}.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"{path} is not there; set BRIEFING_DATA to the folder that holds it")
    marked = json.loads(Path(__file__).with_name("hedges.json").read_bytes())
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = {record["id"]: record for record in map(json.loads, lines)}
    return [
        {**each, "text": whole[slice(*each["sentence"])]}
        for each in marked
        if each["set"] == name
        for record in [records[each["id"]]]
        for whole in [record.get("document") or record["text"]]
    ]


def shifted(spans: Iterable[list[int]], by: int) -> set[Span]:
    """Spans of a document as spans of a sentence that begins at `by`."""
    return {Span(start - by, end - by) for start, end in spans}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_hedges_against_a_careful_reader(name: str) -> None:
    """Hedges and rough figures are found word for word."""
    right = total = 0
    for each in sentences(name):
        gold = shifted([*each["hedges"], *each["approximators"]], each["sentence"][0])
        found = set(hedges(each["text"]))
        right += len(gold & found)
        total += len(gold) + len(found)
    f1 = 200 * right / total
    assert f1 >= FLOORS[name], f"{name}: F1 {f1:.1f}"
