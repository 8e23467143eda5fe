"""Training what judges pairs: four stages, and one file that all networks are opened from."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import pytest
import torch
from sample_support import (
    chance,
    encoder_folder,
    support_folder,
    untrained,
    write_pairs,
)

from briefing.errors import SettingsError, SourceError
from briefing.reader.bert import FEATURE_TABLE
from briefing.reader.card import read_card
from briefing.reader.stages import Recipe
from briefing.reader.train import WORK, Trainee, run
from briefing.reader.weights import load
from briefing.segment import segment
from briefing.support.judge import Judge
from briefing.support.opened import POINT, SUPPORT, VERDICT
from briefing.support.pairs import CLAIM_FEATURES, ELSEWHERE, FEATURES, FOLLOWING, HAD, LACKED
from briefing.support.points import Points
from briefing.support.scorer import Scorer
from briefing.support.ship import KINDS, WEIGHTS, assemble
from briefing.support.tasks import supported
from briefing.support.tasks.contrasts import FOLDER
from briefing.support.tasks.sheets import DENIED, ENTAILED, NOT_ENTAILED, OPEN, Example
from briefing.support.tasks.verdicts import ROUNDS
from briefing.support.train import (
    COMMAND,
    FAMILIES,
    PAIRS,
    REWORDED,
    STAGES,
    Plan,
    contrast_stage,
    drawn,
    point_stage,
    support_stage,
    train,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.reader

TWO = Recipe(steps=2, batch=1, average_share=0.5)
SLOW = Recipe(steps=2, batch=1, average_share=0.5, body_rate=1e-6, head_rate=1e-6)
FEW = Plan(TWO, TWO, TWO, TWO)


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """A tiny encoder's folder."""
    return encoder_folder(tmp_path / "reader")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model's folder with a card and no weights."""
    return support_folder(tmp_path / "support")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """All corpora, of very few texts each."""
    write_pairs(tmp_path)
    return tmp_path


def test_a_whole_training_leaves_all_networks(data: Path, folder: Path, encoder: Path) -> None:
    """A step or two of each stage end with a file that judge, vectors and scorer open."""
    train(data, folder, encoder, FEW)
    assert {path.stem for path in (folder / WORK).iterdir()} == {*STAGES}
    heads = read_card(folder).heads
    assert heads is not None
    assert heads.recipe == COMMAND
    assert heads.parameters > 0
    (verdict,) = Judge(folder, encoder).verdicts([("The ferry sails.", "It never sails.")])
    assert sum(verdict) == pytest.approx(1, abs=1e-5)
    assert Points(folder, encoder).vectors(["The ferry sails."]).shape == (1, 64)
    scorer = Scorer(folder, encoder)
    (weighed,) = scorer.weigh([(scorer.text(["The ferry sails."]), "It never sails.")])
    assert 0 <= weighed.score <= 1


def test_one_stage_alone(data: Path, folder: Path, encoder: Path) -> None:
    """Nothing is put in place; a whole training that resumes finds it done."""
    train(data, folder, encoder, FEW, only=POINT)
    assert [path.name for path in (folder / WORK).iterdir()] == ["point.pt"]
    assert not (folder / WEIGHTS).exists()
    before = (folder / WORK / "point.pt").read_bytes()
    train(data, folder, encoder, FEW, resume=True)
    assert (folder / WORK / "point.pt").read_bytes() == before
    assert (folder / WEIGHTS).exists()


def test_support_alone_goes_on_from_the_judge(data: Path, folder: Path, encoder: Path) -> None:
    """The judge is trained first, or taken as it lies there; nothing is put in place."""
    train(data, folder, encoder, FEW, only=SUPPORT)
    assert {path.stem for path in (folder / WORK).iterdir()} == {VERDICT, SUPPORT}
    assert not (folder / WEIGHTS).exists()
    files = folder / WORK / "verdict.pt", folder / WORK / "support.pt"
    before = [path.read_bytes() for path in files]
    files[1].unlink()
    train(data, folder, encoder, FEW, only=SUPPORT, resume=True)
    assert [path.read_bytes() for path in files] == before
    files[1].unlink()
    train(data, folder, encoder, Plan(SLOW, TWO, TWO, TWO), only=SUPPORT)
    assert files[1].read_bytes() != before[1]


def test_support_begins_as_the_judge_ends(data: Path, encoder: Path) -> None:
    """All weights are the judge's; new features begin as those that they are a kind of."""
    judge = untrained(encoder)[VERDICT]
    stage = support_stage(data, encoder, FEW)
    stage.begin(judge)
    begun = Trainee(stage).weights()
    assert begun.keys() == judge.keys()
    table = begun.pop("features.weight")
    assert torch.equal(table[:FEATURES], judge["features.weight"])
    assert torch.equal(table[FOLLOWING], judge["features.weight"][HAD])
    assert torch.equal(table[ELSEWHERE], judge["features.weight"][LACKED])
    assert len(table) == CLAIM_FEATURES
    assert all(torch.equal(each, judge[name]) for name, each in begun.items())
    assert judge.keys() > begun.keys()


def test_contrasts_go_on_from_what_support_learnt(data: Path, folder: Path, encoder: Path) -> None:
    """All weights are those of `support`; a round holds contrasts and other claims."""
    learnt = untrained(encoder)[SUPPORT]
    stage = contrast_stage(data, encoder, FEW, folder / FOLDER)
    stage.begin(learnt)
    begun = Trainee(stage).weights()
    assert all(torch.equal(each, learnt[name]) for name, each in begun.items())
    told = {
        wanted
        for sheets in islice(stage.batches(), 20)
        for each in sheets
        for wanted in each.wanted
    }
    assert told >= {ENTAILED, OPEN, DENIED}


def test_the_judge_is_not_changed_by_what_goes_on_from_it(data: Path, encoder: Path) -> None:
    """Its weights are copied: the same file holds both."""
    judge = untrained(encoder)[VERDICT]
    stage = support_stage(data, encoder, FEW)
    stage.begin(judge)
    before = {name: each.clone() for name, each in judge.items()}
    with torch.no_grad():
        for each in judge.values():
            each.zero_()
    begun = Trainee(stage).weights()
    assert torch.equal(begun["heads.inner.weight"], before["heads.inner.weight"])


def test_a_round_of_support_holds_every_kind_of_claim(data: Path, encoder: Path) -> None:
    """Families, pairs and claims made by rule are met, right and wrong; the seed draws them."""
    first, second = (next(support_stage(data, encoder, FEW).batches()) for _ in "12")
    assert first == second
    stage = support_stage(data, encoder, Plan(TWO, TWO, Recipe(steps=2, seed=3, batch=1)))
    assert next(stage.batches()) != first
    met = {
        wanted
        for sheets in islice(stage.batches(), 20)
        for each in sheets
        for wanted in each.wanted
    }
    assert met == {ENTAILED, OPEN, DENIED, NOT_ENTAILED}
    features = {
        feature
        for sheets in islice(stage.batches(), 20)
        for sheet in sheets
        for pair in sheet.pairs
        for _, feature in pair.pieces
    }
    assert features >= {*range(FEATURES), FOLLOWING}


def test_every_family_is_drawn_from(data: Path) -> None:
    """Each that is read has a share in the rounds, and none is named that nothing fills."""
    assert supported.load(data, supported.Cutter(segment)).keys() == FAMILIES.keys()
    assert FAMILIES.keys() >= {*REWORDED}
    assert ROUNDS.keys() >= PAIRS.keys()


def test_a_resumed_training_ends_with_the_same_weights(
    data: Path, folder: Path, encoder: Path, tmp_path: Path
) -> None:
    """Cut off after the first of two steps, it leaves what it leaves uncut."""
    train(data, folder, encoder, FEW)
    other = support_folder(tmp_path / "other")
    (other / WORK).mkdir()
    run(point_stage(data, encoder, FEW), other / WORK / "point.pt", resume=False, limit_steps=1)
    train(data, other, encoder, FEW, resume=True)
    assert (other / WEIGHTS).read_bytes() == (folder / WEIGHTS).read_bytes()


def test_another_recipe_is_not_resumed(data: Path, folder: Path, encoder: Path) -> None:
    """Other settings are not mixed into a training that was begun."""
    train(data, folder, encoder, FEW, only=POINT)
    other = Plan(TWO, Recipe(steps=3, batch=1), TWO, TWO)
    with pytest.raises(SettingsError, match="other settings"):
        train(data, folder, encoder, other, only=POINT, resume=True)


def test_the_encoder_is_left_as_it_is(data: Path, folder: Path, encoder: Path) -> None:
    """Its folder is read alone, and its words are in no other file."""
    files = [path for path in encoder.iterdir() if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    train(data, folder, encoder, FEW)
    assert {path: path.read_bytes() for path in encoder.iterdir() if path.is_file()} == before
    assert not [name for name in load(folder / WEIGHTS) if "word_embeddings" in name]


def test_a_table_of_one_feature_is_folded_in(encoder: Path) -> None:
    """It adds the same to all pieces, so the row for their kind takes it up."""
    weights = untrained(encoder)
    state = assemble(weights)
    point = weights[POINT]
    kinds = point[f"body.{KINDS}"]
    assert f"{POINT}.{FEATURE_TABLE}" not in state
    assert torch.equal(state[f"{POINT}.{KINDS}"][0], kinds[0] + point["features.weight"][0])
    assert torch.equal(state[f"{POINT}.{KINDS}"][1:], kinds[1:])
    assert state[f"{VERDICT}.{FEATURE_TABLE}"].shape[0] == FEATURES
    assert state[f"{SUPPORT}.{FEATURE_TABLE}"].shape[0] == CLAIM_FEATURES
    assert torch.equal(state[f"{VERDICT}.{KINDS}"], weights[VERDICT][f"body.{KINDS}"])


def test_what_was_given_is_not_changed(encoder: Path) -> None:
    """Assembling twice gives the same."""
    weights = untrained(encoder)
    first, second = assemble(weights), assemble(weights)
    assert all(torch.equal(each, second[name]) for name, each in first.items())


def test_each_example_comes_as_often_as_it_should() -> None:
    """Whole rounds of all, and of a rest by chance each at most once more."""
    examples = [Example(str(number), "", OPEN) for number in range(10)]
    assert Counter(drawn(examples, 2, chance())) == dict.fromkeys(examples, 2)
    some = Counter(drawn(examples, 1.5, chance()))
    assert (some.total(), {*some.values()}) == (15, {1, 2})
    assert len({*drawn(examples, 0.4, chance())}) == 4


@pytest.mark.parametrize("name", ["nli_mnli", "fact_wice"])
def test_missing_texts_are_a_source_error(
    data: Path, folder: Path, encoder: Path, name: str
) -> None:
    """A corpus that is not there is named."""
    (data / f"{name}.jsonl.gz").unlink()
    with pytest.raises(SourceError, match=name):
        train(data, folder, encoder, FEW)


@pytest.mark.usefixtures("encoder")
def test_the_command_names_what_fails(folder: Path, tmp_path: Path) -> None:
    """Without a corpus the command leaves with 1, a message and a hint."""
    command = [sys.executable, "-m", "briefing.support.train", "--data", str(tmp_path)]
    done = subprocess.run([*command, "--out", str(folder)], capture_output=True, text=True)
    assert done.returncode == 1
    assert "cannot be read" in done.stderr
    assert "Hint:" in done.stderr
