"""Trains the tagger: `python -m briefing.reader.train --data FOLDER`.

In: the corpus (see `examples`) and the shipped encoder. Out: `tagger.safetensors` beside the
encoder, and its entries on the card. The order of the examples and the dropout follow from the
seed and the number of the step, so that a training that was cut off goes on as if it had not been.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from briefing.errors import BriefingError, SettingsError
from briefing.reader import examples, network, ship
from briefing.reader.encoder import native_precision
from briefing.reader.features import open_tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import torch
    from torch import nn

    from briefing.reader.examples import Example

CHECKPOINT = "tagger.checkpoint"
LOG_STEPS = 25

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    Attributes:
        epochs: How often every example is seen.
        seed: Of the new weights, the order and the dropout.
        batch: Examples a step.
        body_rate: Highest learning rate of the encoder's weights.
        head_rate: Highest learning rate of what stands on it.
        least_rate: Share of the highest rate that is kept to the end.
        warm_up_steps: Until the highest rate is reached; it falls in a straight line after.
        decay: Weight decay.
        most_gradient: Norm that gradients are cut to.
        average_from: Share of the steps after which weights are averaged; the average ships.
        average_share: Share of each step's weights in the average.
        checkpoint_steps: Steps between checkpoints.
    """

    epochs: float = 5
    seed: int = 1
    batch: int = 12
    body_rate: float = 3e-4
    head_rate: float = 2e-3
    least_rate: float = 0.02
    warm_up_steps: int = 60
    decay: float = 0.01
    most_gradient: float = 1.0
    average_from: float = 0.6
    average_share: float = 0.005
    checkpoint_steps: int = 200

    def steps(self, count: int) -> int:
        """How many steps there are with `count` examples; at least one."""
        return max(1, int(self.epochs * count / self.batch))

    def rate(self, step: int, steps: int) -> float:
        """Share of the highest learning rate that `step` of `steps` has."""
        return min(1, (step + 1) / self.warm_up_steps) * max(self.least_rate, 1 - step / steps)


class Trainee:
    """A network on its way: its weights, their average, the optimiser, the steps that are done."""

    def __init__(self, folder: Path, recipe: Recipe, count: int) -> None:
        import torch

        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.steps = recipe.steps(count)
        self.step = 0
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.network: nn.ModuleDict = network.build(folder).to(self.device).train()
        self.average: dict[str, torch.Tensor] = {}
        self._half = self.device == "cuda" or native_precision() == "bf16"
        self._trained = [each for each in self.network.parameters() if each.requires_grad]
        body = {id(each) for each in self.network["encoder"].parameters()}
        self._rates = (recipe.body_rate, recipe.head_rate)
        self._optimiser = torch.optim.AdamW(
            [
                {"params": [each for each in self._trained if id(each) in body]},
                {"params": [each for each in self._trained if id(each) not in body]},
            ],
            weight_decay=recipe.decay,
        )

    def advance(self, chosen: Sequence[Example]) -> float:
        """Learn from one batch.

        Returns:
            The loss before.
        """
        import torch

        share = self.recipe.rate(self.step, self.steps)
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * share
        torch.manual_seed(self.recipe.seed * 1_000_003 + self.step)
        batch = examples.collate(chosen).to(self.device)
        loss = network.loss(self.network, batch, half=self._half)
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._trained, self.recipe.most_gradient)
        self._optimiser.step()
        if self.step >= int(self.recipe.average_from * self.steps):
            self._add_to_average()
        self.step += 1
        return loss.item()

    def result(self) -> dict[str, torch.Tensor]:
        """The averaged weights."""
        return self.average or network.state(self.network)

    def save(self, path: Path) -> None:
        """Write all that is needed to go on."""
        import torch

        kept = {
            "recipe": asdict(self.recipe),
            "steps": self.steps,
            "step": self.step,
            "weights": network.state(self.network),
            "average": self.average,
            "optimiser": self._optimiser.state_dict(),
        }
        part = path.with_suffix(".part")
        torch.save(kept, part)
        part.replace(path)

    def restore(self, path: Path) -> None:
        """Go on where `save` wrote `path`.

        Raises:
            SettingsError: If that training had another recipe or other examples.
        """
        import torch

        kept: dict[str, Any] = torch.load(path, map_location=self.device, weights_only=True)
        if (kept["recipe"], kept["steps"]) != (asdict(self.recipe), self.steps):
            raise SettingsError(
                f"{path} is of a training with other settings or texts",
                hint="Resume with those, or start anew without --resume.",
            )
        self.network.load_state_dict(kept["weights"], strict=False)
        self._optimiser.load_state_dict(kept["optimiser"])
        self.average = kept["average"]
        self.step = kept["step"]

    def _add_to_average(self) -> None:
        current = network.state(self.network)
        if not self.average:
            self.average = {name: each.detach().clone() for name, each in current.items()}
        for name, each in self.average.items():
            each.lerp_(current[name], self.recipe.average_share)


def train(
    data: Path,
    out: Path,
    recipe: Recipe | None = None,
    *,
    resume: bool = False,
    limit_steps: int | None = None,
) -> bool:
    """Train the tagger that stands on the encoder in `out`, and put it there.

    Args:
        data: Folder with the corpus.
        out: Folder of the model: with its card, `config.json`, `tokenizer.json` and
            `model.safetensors`. A checkpoint lies there until the training is done.
        recipe: How; the shipped tagger's if None.
        resume: Go on from the checkpoint, if there is one.
        limit_steps: Stop with a checkpoint after so many steps.

    Returns:
        Whether the training is done.

    Raises:
        SourceError: If the corpus cannot be read.
        ModelError: If the encoder or the card cannot.
        SettingsError: If the checkpoint is of another training.
    """
    recipe = recipe or Recipe()
    articles = examples.load_articles(data)
    tokenizer = open_tokenizer(out / "tokenizer.json")
    known = [each for article in articles for each in examples.examples(tokenizer, article)]
    trainee = Trainee(out, recipe, len(known))
    checkpoint = out / CHECKPOINT
    if resume and checkpoint.exists():
        trainee.restore(checkpoint)
    log.info("%d examples, step %d of %d", len(known), trainee.step, trainee.steps)
    last = min(trainee.steps, trainee.step + (limit_steps or trainee.steps))
    while trainee.step < last:
        chosen = examples.order(len(known), trainee.step, recipe.batch, recipe.seed)
        loss = trainee.advance([known[place] for place in chosen])
        if trainee.step % LOG_STEPS == 0:
            log.info("step %d of %d, loss %.4f", trainee.step, trainee.steps, loss)
        if trainee.step == last or trainee.step % recipe.checkpoint_steps == 0:
            trainee.save(checkpoint)
    if last < trainee.steps:
        return False
    ship.convert(trainee.result(), out)
    ship.record(out, recipe=command(recipe), articles=len(articles))
    checkpoint.unlink()
    return True


def command(recipe: Recipe) -> str:
    """The command that trains by `recipe`, for the card."""
    return (
        f"python -m briefing.reader.train --data FOLDER"
        f" --epochs {recipe.epochs:g} --seed {recipe.seed}"
    )


def main() -> None:
    """Train as the command line says, and log how it goes."""
    import argparse
    from pathlib import Path

    usual = Recipe()
    parser = argparse.ArgumentParser(prog="python -m briefing.reader.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help=f"folder with {examples.CORPUS}")
    parser.add_argument(
        "--out", type=Path, default=Path("models/reader"), help="the model's folder"
    )
    parser.add_argument("--epochs", type=float, default=usual.epochs)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument(
        "--threads", type=int, help="processor threads; torch's own choice if not given"
    )
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if given.threads:
        import torch

        torch.set_num_threads(given.threads)
    try:
        train(
            given.data,
            given.out,
            Recipe(epochs=given.epochs, seed=given.seed),
            resume=given.resume,
        )
    except BriefingError as error:
        log.error("%s\nHint: %s", error.message, error.hint)
        raise SystemExit(error.exit_code) from error


if __name__ == "__main__":
    main()
