"""Training: the same weights however it is cut off, and a reader at its end."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
import torch
from sample_reader import TOKENIZER, tiny_model, write_articles, write_corpora
from torch import nn

from briefing.document import Document, Span
from briefing.errors import SettingsError, SourceError
from briefing.reader import stages
from briefing.reader.card import read_card
from briefing.reader.features import open_tokenizer
from briefing.reader.network import embed, open_encoder
from briefing.reader.reader import Reader
from briefing.reader.salient import Budget
from briefing.reader.stages import Branch, Plan, Recipe, Whole, endless, shuffled, windowed
from briefing.reader.tasks import attribution
from briefing.reader.tasks.attribution import Labelled, load_articles
from briefing.reader.train import WORK, Trainee, finished, run, train
from briefing.segment import segment

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.reader

READ = open_tokenizer(TOKENIZER)
SHORT = Recipe(steps=4, batch=2, warm_up_steps=2, average_share=0.5)
TWO = Recipe(steps=2, batch=2)
ONE = Recipe(steps=2, batch=1, average_share=0.5)
FEW = Plan(attribution=TWO, salience=ONE, claims=ONE, reference=TWO)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model's folder with a tiny encoder of random weights."""
    return tiny_model(tmp_path / "model")


@pytest.fixture
def articles(tmp_path: Path) -> list[Labelled]:
    """Four invented articles."""
    write_articles(tmp_path)
    return [Labelled(READ, each) for each in load_articles(tmp_path)]


@pytest.fixture
def stage(folder: Path, articles: list[Labelled]) -> Whole:
    """A short training for attribution."""
    return Whole("attribution", folder, attribution, windowed(articles), SHORT)


def kept(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """A copy that training does not change."""
    return {name: each.detach().clone() for name, each in weights.items()}


def same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> bool:
    """Whether all weights are equal to the last bit."""
    return first.keys() == second.keys() and all(
        torch.equal(each, second[name]) for name, each in first.items()
    )


def test_a_resumed_training_ends_with_the_same_weights(stage: Whole, tmp_path: Path) -> None:
    """Cut off after three of four steps and taken up again, it leaves what it leaves uncut."""
    whole, cut = tmp_path / "whole.pt", tmp_path / "cut.pt"
    assert run(stage, whole, resume=False)
    assert not run(stage, cut, resume=False, limit_steps=3)
    assert run(stage, cut, resume=True)
    first, second = (finished(stage, path, resume=True) for path in (whole, cut))
    assert same(first.weights(), second.weights())


def test_without_resuming_it_begins_anew(stage: Whole, tmp_path: Path) -> None:
    """What an earlier training left is not gone on from unless that is asked for."""
    path = tmp_path / "stage.pt"
    assert not run(stage, path, resume=False, limit_steps=3)
    assert not run(stage, path, resume=False, limit_steps=3)


def test_a_checkpoint_of_another_recipe_is_refused(
    stage: Whole, folder: Path, articles: list[Labelled], tmp_path: Path
) -> None:
    """Other settings are not mixed into a training that was begun."""
    path = tmp_path / "stage.pt"
    run(stage, path, resume=False, limit_steps=1)
    other = Whole("attribution", folder, attribution, windowed(articles), replace(SHORT, seed=2))
    with pytest.raises(SettingsError, match="other settings") as caught:
        run(other, path, resume=True)
    assert "--resume" in caught.value.hint


def test_the_average_is_kept(stage: Whole) -> None:
    """From half of the steps on each adds its share to an average, which replaces the last weights."""
    trainee = Trainee(stage)
    after = []
    for chosen in islice(stage.batches(), SHORT.steps):
        trainee.advance(chosen)
        after.append(kept(trainee.weights()))
    trainee.finish()
    expected = {name: each.lerp(after[3][name], 0.5) for name, each in after[2].items()}
    assert same(kept(trainee.weights()), expected)


def test_without_an_average_the_last_weights_are_kept(stage: Whole) -> None:
    """Finishing changes nothing where nothing was averaged."""
    stage.recipe = replace(SHORT, average_share=0.0)
    trainee = Trainee(stage)
    before = kept(trainee.weights())
    trainee.advance(next(stage.batches()))
    last = kept(trainee.weights())
    trainee.finish()
    assert same(kept(trainee.weights()), last)
    assert not same(last, before)


def test_rates_rise_and_fall() -> None:
    """The rate is highest where the warm-up ends, falls from there, and never to nothing."""
    recipe = Recipe(steps=100, warm_up_steps=10)
    rates = [recipe.rate(step) for step in range(100)]
    assert rates[0] < rates[4] < max(rates) == max(rates[8:11])
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert min(recipe.rate(step) for step in range(200)) > 0


def test_a_branch_leaves_the_trunk_as_it_is(
    stage: Whole, folder: Path, articles: list[Labelled], tmp_path: Path
) -> None:
    """A branch begins with the encoder's last layers, learns, and changes nothing below it."""
    trunk = finished(stage, tmp_path / "trunk.pt", resume=False).network
    before = kept(trunk.state_dict())
    examples = [example for each in articles for example in each.examples()]
    branch = Branch("worth", folder, trunk, attribution, endless(examples), SHORT)
    layers = [each.state_dict() for each in open_encoder(folder).encoder.layer[-2:]]
    at_first: nn.Module = branch.network()["body"]
    for number, layer in enumerate(layers):
        own = {
            name.removeprefix(f"{number}."): each
            for name, each in at_first.state_dict().items()
            if name.startswith(f"{number}.")
        }
        assert same(own, layer)
    learnt = finished(branch, tmp_path / "worth.pt", resume=False).network["body"]
    assert not same(kept(learnt.state_dict()), kept(at_first.state_dict()))
    assert same(trunk.state_dict(), before)


def test_a_window_goes_through_the_trunk_once(
    stage: Whole, folder: Path, articles: list[Labelled], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loss is that of all layers together, whether the trunk's rows were kept or not."""
    trunk = stage.network().eval()
    examples = [example for each in articles for example in each.examples()][:3]
    branch = Branch("worth", folder, trunk, attribution, endless(examples), SHORT)
    network = branch.network().eval()
    whole = nn.ModuleDict({"body": trunk["body"], "features": trunk["features"]})
    whole["heads"] = network["heads"]
    batches = examples[:1], examples, examples[::-1]
    expected = [stage.loss(whole, each, None, torch.float32).item() for each in batches]
    windows_run: list[int] = []

    def counted(encoder: Any, pieces: torch.Tensor, *rest: Any) -> torch.Tensor:
        windows_run.append(len(pieces))
        return embed(encoder, pieces, *rest)

    monkeypatch.setattr(stages, "embed", counted)
    found = [branch.loss(network, each, None, torch.float32).item() for each in batches]
    assert found == pytest.approx(expected, rel=1e-3)
    assert windows_run == [1, 2]


def test_examples_of_like_length_are_together() -> None:
    """Every example once a round, in batches that hold little filling."""
    once = endless([*range(1, 33)])
    batches = list(islice(shuffled(once, 4, 1, lambda each: each), 8))
    assert sorted(each for batch in batches for each in batch) == [*range(1, 33)]
    assert all(max(batch) - min(batch) == 3 for batch in batches)
    assert batches != sorted(batches)


def test_one_stage_alone(folder: Path, tmp_path: Path) -> None:
    """A stage that needs no other can be trained by itself; a whole training finds it done."""
    write_corpora(tmp_path)
    train(tmp_path, folder, FEW, only="reference")
    assert [path.name for path in (folder / WORK).iterdir()] == ["reference.pt"]
    before = (folder / WORK / "reference.pt").read_bytes()
    train(tmp_path, folder, FEW, resume=True)
    assert (folder / WORK / "reference.pt").read_bytes() == before


def test_a_whole_training_leaves_a_reader(folder: Path, tmp_path: Path) -> None:
    """All stages, a step or two each, end with a reader whose every head runs."""
    write_corpora(tmp_path)
    train(tmp_path, folder, FEW)
    names = {path.stem for path in (folder / WORK).iterdir()}
    assert names == {"attribution", "salience", "claims", "reference"}
    heads = read_card(folder).heads
    assert heads is not None
    assert heads.recipe == "python -m briefing.reader.train --data FOLDER"
    reader = Reader(folder)
    text = "The quay board said that dues will rise. She agreed, Vell told the crews of Ost."
    sentences = segment(Document("", text))
    page = reader.read(text)
    assert len(page.worth([each.span for each in sentences])) == len(sentences)
    assert len(reader.choose([page], [sentences], Budget(sentences=1))) == 1
    she = text.index("She")
    vell = (Span(text.index("Vell"), text.index("Vell") + 4), "Vell")
    assert reader.resolve(text, [Span(she, she + 3)], [[vell]]) in {("Vell",), (None,)}


def test_missing_texts_are_a_source_error(folder: Path, tmp_path: Path) -> None:
    """A corpus that is not there is named."""
    write_corpora(tmp_path)
    (tmp_path / "polnear.jsonl.gz").unlink()
    with pytest.raises(SourceError, match="polnear"):
        train(tmp_path, folder)


def test_the_command_names_what_fails(folder: Path, tmp_path: Path) -> None:
    """Without a corpus the command leaves with 1, a message and a hint."""
    command = [sys.executable, "-m", "briefing.reader.train", "--data", str(tmp_path)]
    done = subprocess.run([*command, "--out", str(folder)], capture_output=True, text=True)
    assert done.returncode == 1
    assert "cannot be read" in done.stderr
    assert "Hint:" in done.stderr
