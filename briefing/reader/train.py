"""Trains the reader: `python -m briefing.reader.train --data FOLDER`.

In: the data (see `tasks`) and the shipped encoder. Out: `reader.safetensors` beside the encoder,
and its entries on the card. It goes stage by stage (see `stages`); each leaves its weights in the
work folder. The order of examples and the dropout follow from the seed and the number of the
step, so that a training that was cut off goes on as if it had not been.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from briefing.analyse.syntax import parse
from briefing.document import Document
from briefing.errors import BriefingError, SettingsError
from briefing.reader import ship
from briefing.reader.bert import BRANCH_LAYERS
from briefing.reader.dense import processor_has
from briefing.reader.features import open_tokenizer
from briefing.reader.network import Dropout
from briefing.reader.pronouns import MARKED_FEATURES
from briefing.reader.stages import Branch, Plan, Whole, endless, windowed
from briefing.reader.tasks import attribution, claims, pronouns, salience
from briefing.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import torch
    from torch import nn

    from briefing.reader.stages import Stage, Task

WORK = "training"
BRANCHES = ("salience", "claims")
"""Stages that build on the first."""
STAGES = ("attribution", *BRANCHES, "reference")
LOG_STEPS = 25
CHECKPOINT_STEPS = 200
DROPOUT = 0.1

log = logging.getLogger(__name__)


class Trainee:
    """The network of a stage on its way: its weights, the optimiser, the steps that are done."""

    def __init__(self, stage: Stage) -> None:
        import torch

        torch.manual_seed(stage.recipe.seed)
        self.stage = stage
        self.step = 0
        self._average: dict[str, torch.Tensor] = {}
        self.device = "cuda" if stage.anywhere and torch.cuda.is_available() else "cpu"
        # With avx512_bf16 alone a step takes half as long again as in 32-bit floats.
        half = self.device == "cuda" or processor_has("amx_bf16")
        self.dtype = torch.bfloat16 if half else torch.float32
        self.network: nn.ModuleDict = stage.network().to(self.device).train()
        self.dropout = Dropout(DROPOUT, dtype=self.dtype)
        self._trained = [each for each in self.network.parameters() if each.requires_grad]
        body = {id(each) for each in self.network["body"].parameters()}
        self._rates = (stage.recipe.body_rate, stage.recipe.head_rate)
        self._optimiser = torch.optim.AdamW(
            [
                {"params": [each for each in self._trained if id(each) in body]},
                {"params": [each for each in self._trained if id(each) not in body]},
            ],
            weight_decay=stage.recipe.decay,
        )

    def advance(self, chosen: Any) -> float:
        """Learn from one batch.

        Returns:
            The loss before.
        """
        import torch

        recipe = self.stage.recipe
        share = recipe.rate(self.step)
        for group, rate in zip(self._optimiser.param_groups, self._rates, strict=True):
            group["lr"] = rate * share
        torch.manual_seed(recipe.seed * 1_000_003 + self.step)
        loss = self.stage.loss(self.network, chosen, self.dropout, self.dtype)
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._trained, recipe.most_gradient)
        self._optimiser.step()
        if recipe.average_share and self.step >= int(recipe.average_from * recipe.steps):
            self._add_to_average()
        self.step += 1
        return loss.item()

    def finish(self) -> None:
        """Put the averaged weights, if there are any, in the place of the last ones."""
        self.network.load_state_dict(self._average, strict=False)

    def _add_to_average(self) -> None:
        current = self.weights()
        if not self._average:
            self._average = {name: each.detach().clone() for name, each in current.items()}
        for name, each in self._average.items():
            each.lerp_(current[name].detach(), self.stage.recipe.average_share)

    def weights(self) -> dict[str, torch.Tensor]:
        """All weights that were trained, by name."""
        trained = {name for name, each in self.network.named_parameters() if each.requires_grad}
        return {name: each for name, each in self.network.state_dict().items() if name in trained}

    def save(self, path: Path) -> None:
        """Write all that is needed to go on."""
        import torch

        kept = {
            "recipe": asdict(self.stage.recipe),
            "step": self.step,
            "weights": self.weights(),
            "average": self._average,
            "optimiser": self._optimiser.state_dict(),
        }
        part = path.with_suffix(".part")
        torch.save(kept, part)
        part.replace(path)

    def restore(self, path: Path) -> None:
        """Go on where `save` wrote `path`.

        Raises:
            SettingsError: If that training had another recipe.
        """
        import torch

        kept: dict[str, Any] = torch.load(path, map_location=self.device, weights_only=True)
        if kept["recipe"] != asdict(self.stage.recipe):
            raise SettingsError(
                f"{path} is of a training with other settings or texts",
                hint="Resume with those, or start anew without --resume.",
            )
        self.network.load_state_dict(kept["weights"], strict=False)
        self._optimiser.load_state_dict(kept["optimiser"])
        self._average = kept["average"]
        self.step = kept["step"]


def run(stage: Stage, path: Path, *, resume: bool, limit_steps: int | None = None) -> bool:
    """Train one stage, from its checkpoint at `path` on if it shall be resumed.

    Returns:
        Whether it is done; then `path` holds its last weights.
    """
    trainee = Trainee(stage)
    steps = stage.recipe.steps
    if resume and path.exists():
        trainee.restore(path)
    last = min(steps, trainee.step + (limit_steps or steps))
    log.info("%s: step %d of %d", stage.name, trainee.step, steps)
    for chosen in islice(stage.batches(), trainee.step, last):
        loss = trainee.advance(chosen)
        if trainee.step % LOG_STEPS == 0:
            log.info("%s: step %d of %d, loss %.4f", stage.name, trainee.step, steps, loss)
        if trainee.step == last or trainee.step % CHECKPOINT_STEPS == 0:
            trainee.save(path)
    return last == steps


def train(
    data: Path,
    out: Path,
    plan: Plan | None = None,
    *,
    resume: bool = False,
    threads: int = 1,
    only: str | None = None,
) -> None:
    """Train the heads that stand on the encoder in `out`, and put them there.

    Args:
        data: Folder with the data; see `models/README.md`.
        out: Folder of the model: with its card, `config.json`, `tokenizer.json` and
            `model.safetensors`. The stages' weights lie in its folder `WORK`.
        plan: How; the shipped reader's if None.
        resume: Go on from what lies in the work folder.
        threads: Of the processor; weights differ a little with them.
        only: Name of one stage in `STAGES`: it alone is trained, with what it builds on, and
            nothing put in place. A training of everything that resumes finds it done.

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
    tokenizer = open_tokenizer(out / "tokenizer.json")

    def trained(stage: Stage) -> Trainee:
        return finished(stage, work / f"{stage.name}.pt", resume=resume)

    def base() -> Trainee:
        read = [attribution.Labelled(tokenizer, each) for each in attribution.load_articles(data)]
        return trained(Whole("attribution", out, attribution, windowed(read), plan.attribution))

    def branch(name: str, trunk: Trainee) -> Trainee:
        task: Task
        if name == "salience":
            task, recipe = salience, plan.salience
            once = endless(salience.load(data, tokenizer, segment))
        else:
            task, recipe = claims, plan.claims
            once = endless(claims.load(data, tokenizer))
        return trained(Branch(name, out, trunk.network, task, once, recipe))

    def reference() -> Trainee:
        once = pronouns.load(data, tokenizer, parsed)
        recipe, length = plan.reference, pronouns.length
        stage = Whole("reference", out, pronouns, once, recipe, MARKED_FEATURES, length)
        return trained(stage)

    if only == "reference":
        reference()
        return
    trunk = base()
    branches = {name: branch(name, trunk) for name in BRANCHES if only in (None, name)}
    if only is None:
        encoder: Any = trunk.network["body"]
        fork = encoder.config.num_hidden_layers - BRANCH_LAYERS
        wholes = {"reference": reference().weights()}
        others = {name: each.weights() for name, each in branches.items()}
        ship.ship(ship.assemble(trunk.weights(), others, wholes, fork), out, recipe=COMMAND)


def parsed(text: str) -> tuple[Any, ...]:
    """The sentences of `text` as the analysis parses them."""
    return parse(document := Document("", text), segment(document))


def finished(stage: Stage, path: Path, *, resume: bool) -> Trainee:
    """`stage`, trained to its end, with its weights in the file `path`."""
    run(stage, path, resume=resume)
    trainee = Trainee(stage)
    trainee.restore(path)
    trainee.finish()
    trainee.network.to("cpu").eval()
    return trainee


COMMAND = "python -m briefing.reader.train --data FOLDER"


def main() -> None:
    """Train as the command line says, and log how it goes."""
    command_line("briefing.reader.train", __doc__ or "", STAGES, "reader", train)


def command_line(
    module: str, told: str, stages: Sequence[str], name: str, training: Callable[..., None]
) -> None:
    """Run the training of a model as the command line says, and log how it goes.

    Args:
        module: That was called.
        told: What `--help` tells of it.
        stages: What `--only` may name.
        name: Of the model's folder.
        training: As `train`, without a plan.
    """
    import argparse
    from pathlib import Path

    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=told)
    parser.add_argument("--data", type=Path, required=True, help="folder with the data")
    parser.add_argument(
        "--out", type=Path, default=Path("models", name), help="the model's folder"
    )
    parser.add_argument(
        "--threads", type=int, default=1, help="processor threads; weights differ with them"
    )
    parser.add_argument("--only", choices=stages, help="train one stage and what it builds on")
    parser.add_argument("--resume", action="store_true", help="go on where it was cut off")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    try:
        training(**vars(given))
    except BriefingError as error:
        log.error("%s\nHint: %s", error.message, error.hint)
        raise SystemExit(error.exit_code) from error


if __name__ == "__main__":
    main()
