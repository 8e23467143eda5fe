"""What verdicts are learnt from: pairs of texts that people have judged.

In: the corpora `nli_*.jsonl.gz` and `fact_climatefever.jsonl.gz`, one JSON object a line. Out:
examples. Corpora differ in what they tell apart: where the label 0 stands for `denied or open`,
both are allowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from briefing.reader.tasks.corpus import records
from briefing.support.tasks.sheets import DENIED, ENTAILED, NOT_ENTAILED, OPEN, Example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LABELS: dict[object, tuple[float, ...]] = {
    "entailment": ENTAILED,
    "neutral": OPEN,
    "contradiction": DENIED,
    1: ENTAILED,
    0: NOT_ENTAILED,
    "SUPPORTS": ENTAILED,
    "NOT_ENOUGH_INFO": OPEN,
    "REFUTES": DENIED,
}
CLIMATE = "fact_climatefever"
REFUTED = frozenset({"nli_fever"})
"""Corpora in which 0 stands for `denied` alone."""
ROUNDS = {
    "nli_fever": 1.5,
    "nli_feversym": 3.0,
    "nli_fm2": 3.0,
    "nli_snli": 1.0,
    "nli_cad": 1.0,
    "nli_mnli": 3.0,
    "nli_healthver": 1.5,
    "nli_contract": 1.0,
    "nli_veridicality": 1.0,
    "nli_commitment": 1.5,
    "nli_negation": 0.4,
    "nli_rte": 1.5,
    "nli_scifact": 1.0,
    "nli_covidfact": 1.0,
    "nli_dialogue": 0.5,
    "nli_dnc": 0.25,
    CLIMATE: 0.5,
}
"""How often a record of each corpus comes in one round: more where it is like what is judged here,
less for captions, templates and what was made by replacing words."""
MEASURED = (
    "nli_fever",
    "nli_feversym",
    "nli_fm2",
    "nli_snli",
    "nli_cad",
    "nli_mnli",
    "nli_healthver",
    "nli_contract",
    "nli_veridicality",
    "nli_commitment",
    "nli_anli",
    "nli_control",
    "nli_sick",
)
"""Corpora that tell what is denied; the last three may not be learnt from."""


class Cited(msgspec.Struct, frozen=True):
    """A sentence of evidence."""

    sentence: str
    label: str


class Record(msgspec.Struct, frozen=True):
    """One line of any of the corpora."""

    split: str
    label: str | int
    premise: str = ""
    hypothesis: str = ""
    document: str = ""
    claim: str = ""
    evidence: Any = ()


def load(data: Path, name: str, split: str = "train") -> tuple[Example, ...]:
    """Read one part of the corpus `name` in the folder `data`.

    Raises:
        SourceError: If it cannot be read.
    """
    path = data / f"{name}.jsonl.gz"
    return tuple(
        example
        for record in records(path, Record)
        if record.split == split
        for example in _examples(name, record)
    )


def _examples(name: str, record: Record) -> Iterator[Example]:
    if name == CLIMATE:
        for cited in msgspec.convert(record.evidence, list[Cited]):
            if cited.label in LABELS:
                yield Example(cited.sentence, record.claim, LABELS[cited.label])
        return
    allowed = DENIED if name in REFUTED and record.label == 0 else LABELS[record.label]
    told = record.premise or " ".join(record.document[slice(*span)] for span in record.evidence)
    # A contract says nothing of what it leaves open: there is no passage to show.
    if told:
        yield Example(told, record.hypothesis, allowed)
