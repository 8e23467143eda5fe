"""Trains what judges pairs: `python -m briefing.support.train --data FOLDER`.

In: the data (see `tasks`) and the encoder of the reader. Out: `support.safetensors` in the model's
folder, and its entries on the card. It goes in two stages, which leave their weights in the work
folder; see `briefing.reader.train` on how a stage goes on after it was cut off.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from briefing.errors import BriefingError
from briefing.reader.features import frame, open_tokenizer
from briefing.reader.ship import ship
from briefing.reader.stages import Recipe, Whole
from briefing.reader.train import WORK, finished
from briefing.support.opened import PARTS, POINT, VERDICT
from briefing.support.pairs import FEATURES
from briefing.support.ship import WEIGHTS, assemble
from briefing.support.tasks import made, points, sheets, verdicts

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.reader.stages import Stage

MADE = 8000
"""Pairs made by rule in each round."""
SAID = ("nli_fever", "nli_feversym", "nli_fm2", "nli_mnli", "nli_snli", "nli_cad", "nli_rte")
"""Corpora whose pairs tell what says the same."""
LONGEST_SAID = 60
"""Words of the first text of such a pair: longer ones say much else besides."""
VERDICTS = Recipe(
    steps=4000,
    seed=6,
    batch=1,
    body_rate=2e-4,
    head_rate=1e-3,
    warm_up_steps=100,
    average_share=0.01,
)
POINTS = Recipe(steps=700, seed=7, batch=1, body_rate=1e-4, head_rate=3e-2, average_share=0.02)
COMMAND = "python -m briefing.support.train --data FOLDER"


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train both stages.

    Attributes:
        verdict: The network that judges pairs.
        point: The one that makes vectors of points.
        share: Groups of pairs for each group of arguments.
    """

    verdict: Recipe = VERDICTS
    point: Recipe = POINTS
    share: float = 0.7


def train(
    data: Path,
    out: Path,
    encoder: Path,
    plan: Plan | None = None,
    *,
    resume: bool = False,
    threads: int = 1,
    only: str | None = None,
) -> None:
    """Train both networks, and put them into the folder `out`.

    Args:
        data: Folder with the data; see `models/README.md`.
        out: Folder of the model, with its card. The stages' weights lie in its folder `WORK`.
        encoder: Folder of the encoder that they begin with.
        plan: How; the shipped model's if None.
        resume: Go on from what lies in the work folder.
        threads: Of the processor; weights differ a little with them.
        only: One of `PARTS`: it alone is trained, and nothing put in place.

    Raises:
        SourceError: If data cannot be read.
        ModelError: If the encoder or the card cannot.
        SettingsError: If what lies in the work folder is of another training.
    """
    import torch

    torch.set_num_threads(threads)
    plan = plan or Plan()
    work = out / WORK
    work.mkdir(exist_ok=True)
    stages = {VERDICT: verdict_stage, POINT: point_stage}
    done: dict[str, Any] = {}
    for name in PARTS:
        if only in (None, name):
            stage = stages[name](data, encoder, plan)
            done[name] = finished(stage, work / f"{name}.pt", resume=resume).weights()
    if only is None:
        ship(assemble(done), out, recipe=COMMAND, name=WEIGHTS)


def verdict_stage(data: Path, encoder: Path, plan: Plan) -> Stage:
    """The stage that learns to judge pairs."""
    tokenizer = open_tokenizer(encoder / "tokenizer.json")
    layout = sheets.Layout(tokenizer, frame(tokenizer))
    corpora = {name: verdicts.load(data, name) for name in verdicts.ROUNDS}
    texts = made.load(data)

    def once(chance: random.Random) -> Sequence[sheets.Sheet]:
        examples = [
            example
            for name, often in verdicts.ROUNDS.items()
            for example in drawn(corpora[name], often, chance)
        ]
        examples += made.make(texts, chance, MADE)
        return list(layout.sheets(examples, chance))

    return Whole(VERDICT, encoder, sheets, once, plan.verdict, FEATURES)


def point_stage(data: Path, encoder: Path, plan: Plan) -> Stage:
    """The stage that learns vectors of points."""
    tokenizer = open_tokenizer(encoder / "tokenizer.json")
    sides = points.load(data)
    pairs = [
        example
        for example in chain.from_iterable(verdicts.load(data, name) for name in SAID)
        if len(example.first.split()) <= LONGEST_SAID
    ]

    def once(chance: random.Random) -> Sequence[points.Group]:
        return list(points.groups(tokenizer, sides, pairs, chance, plan.share))

    return Whole(POINT, encoder, points, once, plan.point, 1)


def drawn(
    examples: Sequence[sheets.Example], often: float, chance: random.Random
) -> list[sheets.Example]:
    """Each of `examples` so often; of a rest by chance."""
    whole, rest = divmod(round(often * len(examples)), len(examples))
    return [*examples] * whole + chance.sample(examples, rest)


def main() -> None:
    """Train as the command line says, and log how it goes."""
    import argparse
    from pathlib import Path

    parser = argparse.ArgumentParser(prog="python -m briefing.support.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the data")
    parser.add_argument(
        "--out", type=Path, default=Path("models/support"), help="the model's folder"
    )
    parser.add_argument(
        "--encoder", type=Path, default=Path("models/reader"), help="the encoder's folder"
    )
    parser.add_argument(
        "--threads", type=int, default=1, help="processor threads; weights differ with them"
    )
    parser.add_argument("--only", choices=PARTS, help="train one of the two networks")
    parser.add_argument("--resume", action="store_true", help="go on where it was cut off")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        train(
            given.data,
            given.out,
            given.encoder,
            resume=given.resume,
            threads=given.threads,
            only=given.only,
        )
    except BriefingError as error:
        log = logging.getLogger(__name__)
        log.error("%s\nHint: %s", error.message, error.hint)
        raise SystemExit(error.exit_code) from error


if __name__ == "__main__":
    main()
