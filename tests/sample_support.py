"""Tiny networks that judge pairs, with random weights, and corpora to train them on.

All texts are invented.
"""

from __future__ import annotations

import hashlib
import json
from random import Random
from typing import TYPE_CHECKING

from sample_reader import SHIPPED, tiny_model, write_corpus

from briefing.reader.card import CARD, read_card
from briefing.reader.ship import READER, ship
from briefing.reader.stages import Recipe, Whole, endless
from briefing.reader.train import Trainee
from briefing.support.opened import POINT, SUPPORT, VERDICT
from briefing.support.pairs import CLAIM_FEATURES, FEATURES
from briefing.support.ship import WEIGHTS, assemble
from briefing.support.tasks import points, sheets, supported
from briefing.support.tasks.contrasts import FOLDER
from briefing.support.tasks.made import PLAIN
from briefing.support.tasks.verdicts import CLIMATE, ROUNDS
from briefing.support.train import neutral

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import torch

    Line = dict[str, object]

SUPPORT_CARD = f"""\
name = "tiny judge"
version = "1"
kind = "pairs"
origin = "made in a test"
licence = "MIT"
parameters = 0
languages = ["en"]
weights = "{WEIGHTS}"
used_for = "Tests."
limits = []

[heads]
weights = "{WEIGHTS}"
used_for = "Tests."
parameters = 0
recipe = "none"
limits = []
data = []

[files]
"{WEIGHTS}" = ""
"""
TOLD = (
    ("The ferry of Ost sails at nine.", "The ferry sails at nine.", "entailment"),
    ("The ferry of Ost sails at nine.", "The ferry never sails.", "contradiction"),
    ("The ferry of Ost sails at nine.", "The captain is old.", "neutral"),
    ("Dues rose by 12 per cent in May.", "Dues rose.", "entailment"),
    ("Dues rose by 12 per cent in May.", "Dues fell in May.", "contradiction"),
    ("Dues rose by 12 per cent in May.", "Crews protested.", "neutral"),
)
PLAIN_TEXT = (
    "The quay board of Ost said that 1,340 ships called at the port last year.\n"
    "The council will support the plan of the board, after six hours of debate in the hall.\n"
    "Small boats have paid 12 per cent less since the toll on the northern channel was cut.\n"
    "The ministry rejected the request of the crews for a delay until the end of the year."
)
MOTION = "We should close the quay"
CLAIMS = (
    ("The stones of the quay are loose and somebody will fall.", (1, 0)),
    ("No crew can pay for another harbour.", (0, 1)),
    ("It is dangerous to walk there in the rain.", (1, 0)),
)
KEY_POINTS = ("The quay is dangerous", "Crews lose their living")
CARRIED = "The council will support the plan of the board."
NOT_CARRIED = "The council will leave the plan of the ministry."
WRITTEN = f"{CARRIED} {NOT_CARRIED}"
ONE_TEXT = {"document_id": "q", "document": PLAIN_TEXT}
FACTS: dict[str, tuple[Line, ...]] = {
    "fact_frank": (
        {
            **ONE_TEXT,
            "source_set": "frank_cnndm",
            "summary": WRITTEN,
            "label": 0,
            "factuality": 0.5,
        },
        {
            **ONE_TEXT,
            "source_set": "frank_cnndm",
            "summary": CARRIED,
            "label": 1,
            "factuality": 1.0,
        },
        {
            **ONE_TEXT,
            "source_set": "frank_xsum",
            "summary": CARRIED,
            "label": 1,
            "factuality": 1.0,
        },
        {
            **ONE_TEXT,
            "source_set": "frank_xsum",
            "summary": NOT_CARRIED,
            "label": 0,
            "factuality": 0.0,
        },
    ),
    "fact_qags": tuple(
        {
            **ONE_TEXT,
            "source_set": source_set,
            "summary": told,
            "label": label,
            "sentences": [{"sentence": told, "votes": [label, label, 0], "label": label}],
        }
        for source_set in ("qags_cnndm", "qags_xsum")
        for told, label in ((CARRIED, 1), (NOT_CARRIED, 0))
    ),
    "fact_xsumfaith": (
        {
            **ONE_TEXT,
            "source_set": "xsumfaith",
            "summary": CARRIED,
            "label": 1,
            "workers": 3,
            "workers_unfaithful": 1,
        },
        {
            **ONE_TEXT,
            "source_set": "xsumfaith",
            "summary": NOT_CARRIED,
            "label": 0,
            "workers": 3,
            "workers_unfaithful": 3,
        },
    ),
    "fact_summedits": (
        {
            **ONE_TEXT,
            "source_set": "summedits_news",
            "seed_summary": CARRIED,
            "summary": WRITTEN,
            "label": 0,
        },
        {
            **ONE_TEXT,
            "source_set": "summedits_news",
            "seed_summary": CARRIED,
            "summary": CARRIED,
            "label": 1,
        },
    ),
    "fact_wice": (
        {
            "source_set": "wice_claim",
            "document_sentences": [*PLAIN_TEXT.split("\n"), "* * *"],
            "claim": CARRIED,
            "label": 1,
            "supporting_sentences": [[1], [0, 1], [1, 2]],
        },
        {
            "source_set": "wice_claim",
            "document_sentences": PLAIN_TEXT.split("\n"),
            "claim": NOT_CARRIED,
            "label": 0,
            "supporting_sentences": [[1]],
        },
    ),
    "nli_bump": (
        {"document": PLAIN_TEXT, "claim": CARRIED, "label": 1},
        {"document": PLAIN_TEXT, "claim": WRITTEN, "label": 0},
    ),
    "nli_fib": (
        {"document": PLAIN_TEXT, "claim": CARRIED, "label": 1},
        {"document": PLAIN_TEXT, "claim": NOT_CARRIED, "label": 0},
        {"document": PLAIN_TEXT, "claim": WRITTEN, "label": 0},
    ),
    "quality_human": (
        {
            "document": PLAIN_TEXT,
            "source_set": "summeval",
            "systems": [
                {"summary": told, "scores": scores}
                for told, scores in (
                    (CARRIED, {"consistency": 4.5}),
                    (WRITTEN, {"consistency": 3.0}),
                    (NOT_CARRIED, {"consistency": 2.9}),
                    (WRITTEN, {"overall": 4.0}),
                )
            ],
        },
    ),
    "keyfacts_scu": (
        {
            "document": PLAIN_TEXT,
            "key_facts": ["The board has a plan.", "The ministry has a plan."],
            "systems": [{"summary": CARRIED, "present": [1, 0]}],
        },
    ),
    "sum_writers": (
        {"document": PLAIN_TEXT, "summaries": [CARRIED, {"summary": "Crews asked for a delay."}]},
    ),
    "sum_multinews": (
        {"documents": [PLAIN_TEXT, "Vell sold the ferry."], "summary": f"{CARRIED} Vell sold it."},
    ),
    "sum_policy": (
        {"source_set": "billsum_us_train", "document": PLAIN_TEXT, "summary": CARRIED},
        {"source_set": "govreport_leval", "document": PLAIN_TEXT, "summary": CARRIED},
    ),
    "meetings_qmsum": (
        {
            "turns": [
                {"speaker": "Vell", "text": "The ferry is old."},
                {"speaker": "Orme", "text": "The quay is older."},
                {"speaker": "Vell", "text": "We shall sell it."},
            ],
            "queries": [
                {
                    "query": "What is old?",
                    "answer": "Orme calls the quay old.",
                    "turn_spans": [[0, 1]],
                },
                {"query": "And then?", "answer": "Nobody knows.", "turn_spans": []},
            ],
        },
    ),
}
"""A few records of each corpus of claims, with all that is read of them."""
PASSAGES: tuple[Line, ...] = tuple(
    {
        "genre": "minutes",
        "text": f"The board of pier {number} met on Monday. It may choose a chair in May.",
        "facts": [
            {
                "true": ["A chair may be chosen in spring.", "There was a meeting on Monday."],
                "false": [
                    ["hedge", "denied", "A chair will be chosen in spring."],
                    ["invented", "open", "There was a meeting on Monday in the hall."],
                ],
            }
        ],
    }
    for number in range(12)
)
"""Contrasts; of the texts some are kept from training."""
HIGHLIGHTS = "The board counted the ships of a year\nDelay refused"


def chance(seed: int = 1) -> Random:
    """Chance that is the same in every run."""
    return Random(seed)  # noqa: S311 - no secret


def write_pairs(folder: Path) -> None:
    """Write all corpora that the judge of pairs is trained on, of very few texts each."""
    told = [
        {"id": f"t{number}", "split": split, "premise": a, "hypothesis": b, "label": label}
        for split in ("train", "dev")
        for number, (a, b, label) in enumerate(TOLD * 5)
    ]
    for name in ROUNDS:
        write_corpus(folder, name, told)
    cited = [{"sentence": a, "label": "REFUTES"} for a, _, _ in TOLD]
    record = {"id": "c", "split": "train", "claim": "Dues fell.", "label": "REFUTES"}
    write_corpus(folder, CLIMATE, [{**record, "evidence": cited}])
    for name in dict.fromkeys((*PLAIN, *supported.PLAIN)):
        plain = {"id": name, "document": PLAIN_TEXT, "summary": HIGHLIGHTS}
        write_corpus(folder, name, [{**plain, "split": split} for split in ("train", "dev")])
    write_facts(folder, FACTS | {"fact_frank": (*FACTS["fact_frank"], *LEARNT)})
    write_key_points(folder)


LEARNT: tuple[Line, ...] = tuple(
    {
        "document_id": "k",
        "document": "The board of pier 8 met. It chose a new chair.",
        "source_set": "highlights",
        "summary": told,
        "label": label,
        "factuality": float(label),
    }
    for told, label in (("The board chose a chair.", 1), ("The board chose a pier.", 0))
)
"""Claims of a text that is not kept from training, as the others are."""


def write_facts(folder: Path, facts: Mapping[str, Sequence[Line]] = FACTS) -> None:
    """Write corpora of claims: records for each of them, the same in both parts."""
    for name, lines in facts.items():
        both = [
            {"id": f"{name}-{split}-{number}", "split": split, **line}
            for split in ("train", "dev")
            for number, line in enumerate(lines)
        ]
        write_corpus(folder, name, both)


def write_key_points(folder: Path) -> None:
    """Write a corpus of one motion with arguments on one side."""
    records = [
        {
            "id": f"k{split}{number}",
            "split": split,
            "topic": MOTION,
            "argument": argument,
            "stance": 1,
            "key_points": [
                {"key_point": point, "label": label}
                for point, label in zip(KEY_POINTS, made, strict=True)
            ],
        }
        for split in ("train", "dev")
        for number, (argument, made) in enumerate(CLAIMS)
    ]
    write_corpus(folder, "claims_keypoints", records)


def encoder_folder(folder: Path) -> Path:
    """A tiny encoder that stands for the reader's, with a file for its heads that nobody opens."""
    tiny_model(folder)
    (folder / READER).write_bytes(b"no heads")
    card = (folder / CARD).read_text("utf-8")
    digest = hashlib.sha256(b"no heads").hexdigest()
    (folder / CARD).write_text(card.replace(read_card(SHIPPED).files[READER], digest), "utf-8")
    return folder


def support_folder(folder: Path) -> Path:
    """A model's folder with a card and contrasts alone."""
    (folder / FOLDER).mkdir(parents=True)
    (folder / CARD).write_text(SUPPORT_CARD, "utf-8")
    lines = [json.dumps(passage) for passage in PASSAGES]
    (folder / FOLDER / "quays.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


def untrained(encoder: Path) -> dict[str, dict[str, torch.Tensor]]:
    """The weights that all stages begin with; tables of features that are not zero."""
    import torch

    nothing, steps = endless(()), Recipe(steps=0)
    stages = (
        Whole(VERDICT, encoder, sheets, nothing, steps, FEATURES),
        Whole(POINT, encoder, points, nothing, steps, 1),
        Whole(SUPPORT, encoder, sheets, nothing, steps, CLAIM_FEATURES),
    )
    weights = {stage.name: dict(Trainee(stage).weights()) for stage in stages}
    for number, each in enumerate(weights.values()):
        torch.manual_seed(number)
        each["features.weight"] = torch.randn_like(each["features.weight"]) / 50
    return weights


def tiny_support(folder: Path, encoder: Path) -> Path:
    """A model's folder with all three networks, untrained."""
    support_folder(folder)
    ship(assemble(untrained(encoder)) | neutral(), folder, recipe="none", name=WEIGHTS)
    return folder
