"""Trains what judges pairs: `python -m briefing.support.train --data FOLDER`.

In: the data (see `tasks`) and the encoder of the reader. Out: `support.safetensors` in the model's
folder, and its entries on the card. It goes in four stages, which leave their weights in the work
folder; see `briefing.reader.train` on how a stage goes on after it was cut off.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from briefing.reader.features import frame, open_tokenizer
from briefing.reader.ship import ship
from briefing.reader.stages import Recipe, Whole
from briefing.reader.train import WORK, command_line, finished
from briefing.segment import segment
from briefing.support.blend import SHAPES
from briefing.support.opened import HEADS, PARTS, POINT, SUPPORT, VERDICT
from briefing.support.pairs import CLAIM_FEATURES, FEATURES, HAD, LACKED
from briefing.support.scorer import Scorer
from briefing.support.ship import WEIGHTS, assemble
from briefing.support.tasks import (
    contrasts,
    corrupted,
    made,
    points,
    sheets,
    supported,
    verdicts,
    whole,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import torch
    from torch import nn

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
SUPPORTS = Recipe(
    steps=2700,
    seed=8,
    batch=1,
    body_rate=1e-4,
    head_rate=5e-4,
    warm_up_steps=100,
    average_share=0.01,
)
CONTRASTS = Recipe(
    steps=2000,
    seed=9,
    batch=1,
    body_rate=1e-4,
    head_rate=5e-4,
    warm_up_steps=100,
    average_share=0.01,
)
OTHERS = 0.35
"""Other claims in each round of contrasts, for each of these."""
CORRUPTED = 5000
"""Claims made by rule from the texts' own sentences in each round."""
FALSIFIED = 2500
"""True claims of each family that are made wrong in each round, at most."""
FAMILIES = {
    "frank_cnndm": (3.0, 3),
    "frank_xsum": (3.0, 12),
    "qags_cnndm": (2.0, 3),
    "qags_xsum": (3.0, 4),
    "xsumfaith": (3.0, 12),
    "summedits": (1.5, 2),
    "wice": (5.0, 6),
    "bump": (1.0, 2),
    "fib": (0.3, 3),
    "quality": (1.0, 1),
    "facts": (0.35, 1),
    "writers": (2.0, 2),
    "highlights": (2.0, 1),
    "several": (2.0, 1),
    "bills": (2.0, 1),
    "meetings": (2.0, 1),
}
"""How often a claim of each family comes in one round, and one claim at most; as many that are
supported as are not, where there are both."""
REWORDED = ("wice", "facts", "writers", "highlights", "several", "bills", "meetings")
"""Families whose true claims were written by people, in words of their own."""
PAIRS = {
    "nli_fever": 0.35,
    "nli_feversym": 1.0,
    "nli_fm2": 1.5,
    "nli_snli": 0.05,
    "nli_cad": 0.1,
    "nli_mnli": 1.5,
    "nli_healthver": 0.6,
    "nli_contract": 0.5,
    "nli_veridicality": 0.5,
    "nli_commitment": 0.5,
    "nli_rte": 1.0,
    "nli_scifact": 1.0,
    "nli_covidfact": 0.4,
    "nli_dialogue": 0.5,
    "nli_dnc": 0.03,
    verdicts.CLIMATE: 0.3,
}
"""How often a pair of each corpus comes in one round."""
FEATURES_OF = "features.weight"
COMMAND = "python -m briefing.support.train --data FOLDER"
CONTRAST = "contrast"
STAGES = (*PARTS, CONTRAST)
"""What is trained, in order; the last two make one network."""
BEFORE = {SUPPORT: VERDICT, CONTRAST: SUPPORT}
"""What a stage goes on from."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train all stages.

    Attributes:
        verdict: The network that judges pairs.
        point: The one that makes vectors of points.
        support: The one that tells whether a text carries a claim; it begins as the first one ends.
        contrast: How it goes on from there, with contrasts.
        share: Groups of pairs for each group of arguments.
    """

    verdict: Recipe = VERDICTS
    point: Recipe = POINTS
    support: Recipe = SUPPORTS
    contrast: Recipe = CONTRASTS
    share: float = 0.7


def train(
    data: Path,
    out: Path,
    encoder: Path | None = None,
    plan: Plan | None = None,
    *,
    resume: bool = False,
    threads: int = 1,
    only: str | None = None,
) -> None:
    """Train all networks, and put them into the folder `out`.

    Args:
        data: Folder with the data; see `models/README.md`.
        out: Folder of the model, with its card, and with contrasts in `contrasts.FOLDER`. The
            stages' weights lie in its folder `WORK`.
        encoder: Folder of the encoder that they begin with; the one beside `out` if None.
        plan: How; the shipped model's if None.
        resume: Go on from what lies in the work folder.
        threads: Of the processor; weights differ a little with them.
        only: One of `STAGES`: it alone is trained, with what it begins with, and nothing put in
            place.

    Raises:
        SourceError: If data cannot be read.
        ModelError: If the encoder or the card cannot.
        SettingsError: If what lies in the work folder is of another training.
    """
    import torch

    torch.set_num_threads(threads)
    plan = plan or Plan()
    encoder = encoder or out.parent / "reader"
    work = out / WORK
    work.mkdir(exist_ok=True)
    stages: dict[str, Callable[[Path, Path, Plan], Stage]] = {
        VERDICT: verdict_stage,
        POINT: point_stage,
        SUPPORT: support_stage,
        CONTRAST: partial(contrast_stage, written=out / contrasts.FOLDER),
    }
    done: dict[str, Any] = {}
    for name in needed(only) if only else STAGES:
        stage = stages[name](data, encoder, plan)
        if isinstance(stage, Onward):
            stage.begin(done[BEFORE[name]])
        done[name] = finished(stage, work / f"{name}.pt", resume=resume).weights()
    if only is None:
        state = assemble(done | {SUPPORT: done.pop(CONTRAST)})
        ship(state | neutral(), out, recipe=COMMAND, name=WEIGHTS)
        scorer = Scorer(out, encoder)
        made = cache(scorer.text)
        cut = supported.Cutter(segment)
        passages = contrasts.load(out / contrasts.FOLDER)
        # Words alone are of no use against these; how much they count is set on them too.
        heads = whole.fit(
            [*whole.load(data, cut), *contrasts.piled(passages, cut)],
            lambda asked: scorer.features([(made(text), claim) for text, claim in asked]),
            lambda asked: scorer.judged([(made(text), claim) for text, claim in asked]),
        )
        ship(state | placed(heads), out, recipe=COMMAND, name=WEIGHTS)


def needed(name: str) -> tuple[str, ...]:
    """The stage `name`, after those that it goes on from."""
    return (*needed(BEFORE[name]), name) if name in BEFORE else (name,)


def placed(heads: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The weights of the blend by the names that they are opened under."""
    return {f"{SUPPORT}.{HEADS}{name}": each for name, each in heads.items()}


def neutral() -> dict[str, torch.Tensor]:
    """Weights of the blend with which the network alone speaks."""
    import torch

    heads = {name: torch.zeros(shape) for name, shape in SHAPES.items()}
    heads["surface.deviations"] += 1
    heads["surface.mix"] += torch.tensor([0.0, 1.0, 0.0])
    return placed(heads)


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


class Onward(Whole):
    """A stage that begins with what another has learnt."""

    def begin(self, weights: Mapping[str, torch.Tensor]) -> None:
        """Begin with `weights`, from a stage whose features are among this one's."""
        self._first = {name: each.clone() for name, each in weights.items()}

    def network(self) -> nn.ModuleDict:
        """As it was learnt; features that are new begin as those that they are a kind of."""
        import torch

        network = super().network()
        known = self._first[FEATURES_OF]
        if len(known) < self._features:
            known = torch.cat([known, known[[HAD, LACKED]]])
        network.load_state_dict(self._first | {FEATURES_OF: known}, strict=False)
        return network


def support_stage(data: Path, encoder: Path, plan: Plan) -> Onward:
    """The stage that learns whether a text carries a claim; `begin` it with the judge's weights."""
    layout = laid_out(encoder)
    judged = Judged(data, supported.Cutter(segment))

    def once(chance: random.Random) -> Sequence[sheets.Sheet]:
        return list(layout.sheets(judged.claims(chance), chance))

    return Onward(SUPPORT, encoder, sheets, once, plan.support, CLAIM_FEATURES)


def contrast_stage(data: Path, encoder: Path, plan: Plan, written: Path) -> Onward:
    """The stage that learns the same of contrasts as well; `begin` it with what `support` learnt."""
    layout, cut = laid_out(encoder), supported.Cutter(segment)
    judged = Judged(data, cut)
    passages = contrasts.learnt(written, cut)

    def once(chance: random.Random) -> Sequence[sheets.Sheet]:
        told = list(contrasts.claims(passages, cut, chance))
        others = judged.claims(chance)
        count = min(len(others), round(OTHERS * len(told)))
        return list(layout.sheets([*told, *chance.sample(others, count)], chance))

    return Onward(CONTRAST, encoder, sheets, once, plan.contrast, CLAIM_FEATURES)


def laid_out(encoder: Path) -> supported.Layout:
    """What lays claims on sheets."""
    tokenizer = open_tokenizer(encoder / "tokenizer.json")
    return supported.Layout(tokenizer, frame(tokenizer))


class Judged:
    """Claims that people judged, and such as are made of them and of plain texts by rule.

    Args:
        data: Folder with the corpora.
        cut: Cuts their texts into sentences.
    """

    def __init__(self, data: Path, cut: supported.Cutter) -> None:
        self._learnt = {
            name: [claim for claim in claims if not supported.is_kept(claim)]
            for name, claims in supported.load(data, cut).items()
        }
        self._pairs = {
            name: [supported.from_example(each, cut) for each in verdicts.load(data, name)]
            for name in PAIRS
        }
        self._texts = [cut(text) for text in supported.plain(data)]

    def claims(self, chance: random.Random) -> list[supported.Claim]:
        """Those of one round."""
        claims = [
            claim
            for name, (often, most) in FAMILIES.items()
            for claim in supported.balanced(self._learnt.get(name, ()), often, most, chance)
        ]
        for name, often in PAIRS.items():
            found = self._pairs[name]
            count = round(often * len(found))
            claims += supported.drawn(found, count, chance)
            claims += corrupted.falsify(found, chance, count // 3)
        for name in REWORDED:
            claims += corrupted.falsify(self._learnt.get(name, ()), chance, FALSIFIED)
        claims += [
            supported.Claim(each.sentences, each.claim, sheets.ENTAILED, float(each.supported))
            for each in corrupted.make(self._texts, chance, CORRUPTED)
        ]
        return claims


def drawn(
    examples: Sequence[sheets.Example], often: float, chance: random.Random
) -> list[sheets.Example]:
    """Each of `examples` so often; of a rest by chance."""
    whole, rest = divmod(round(often * len(examples)), len(examples))
    return [*examples] * whole + chance.sample(examples, rest)


def main() -> None:
    """Train as the command line says, and log how it goes."""
    command_line("briefing.support.train", __doc__ or "", STAGES, "support", train)


if __name__ == "__main__":
    main()
