"""A tiny judge of pairs with random weights, and corpora to train it on; all texts are invented."""

from __future__ import annotations

import hashlib
from random import Random
from typing import TYPE_CHECKING

from sample_reader import SHIPPED, tiny_model, write_corpus

from briefing.reader.card import CARD, read_card
from briefing.reader.ship import READER, ship
from briefing.reader.stages import Recipe, Whole, endless
from briefing.reader.train import Trainee
from briefing.support.opened import POINT, VERDICT
from briefing.support.pairs import FEATURES
from briefing.support.ship import WEIGHTS, assemble
from briefing.support.tasks import points, sheets
from briefing.support.tasks.made import PLAIN
from briefing.support.tasks.verdicts import CLIMATE, ROUNDS

if TYPE_CHECKING:
    from pathlib import Path

    import torch

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
    for name in PLAIN:
        plain = {"id": name, "document": PLAIN_TEXT}
        write_corpus(folder, name, [{**plain, "split": split} for split in ("train", "dev")])
    write_key_points(folder)


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
    """A model's folder with nothing but a card."""
    folder.mkdir()
    (folder / CARD).write_text(SUPPORT_CARD, "utf-8")
    return folder


def untrained(encoder: Path) -> dict[str, dict[str, torch.Tensor]]:
    """The weights that both stages begin with; tables of features that are not zero."""
    import torch

    nothing, steps = endless(()), Recipe(steps=0)
    stages = (
        Whole(VERDICT, encoder, sheets, nothing, steps, FEATURES),
        Whole(POINT, encoder, points, nothing, steps, 1),
    )
    weights = {stage.name: dict(Trainee(stage).weights()) for stage in stages}
    for number, each in enumerate(weights.values()):
        torch.manual_seed(number)
        each["features.weight"] = torch.randn_like(each["features.weight"]) / 50
    return weights


def tiny_support(folder: Path, encoder: Path) -> Path:
    """A model's folder with both networks, untrained."""
    support_folder(folder)
    ship(assemble(untrained(encoder)), folder, recipe="none", name=WEIGHTS)
    return folder
