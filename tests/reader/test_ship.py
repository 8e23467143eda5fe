"""What a training leaves behind: a file that the reader takes, and a card that vouches for it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
import torch
from sample_reader import CONFIG, TOKENIZER, tiny_model, write_articles

from briefing.errors import ModelError
from briefing.reader.bert import BRANCH_LAYERS
from briefing.reader.card import read_card
from briefing.reader.features import open_tokenizer
from briefing.reader.network import open_encoder
from briefing.reader.pronouns import MARKED_FEATURES
from briefing.reader.reader import Reader
from briefing.reader.ship import READER, assemble, ship
from briefing.reader.stages import Branch, Recipe, Whole, endless, windowed
from briefing.reader.tasks import attribution, claims, pronouns, salience
from briefing.reader.tasks.attribution import Labelled, load_articles
from briefing.reader.train import Trainee, finished
from briefing.reader.weights import load

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.reader.stages import Stage

pytestmark = pytest.mark.reader

NONE = endless(())
FORK = CONFIG["num_hidden_layers"] - BRANCH_LAYERS
NO_STEPS = Recipe(steps=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model's folder with a tiny encoder of random weights."""
    return tiny_model(tmp_path / "model")


def untrained(stage: Stage) -> dict[str, torch.Tensor]:
    """The weights that a stage begins with."""
    return Trainee(stage).weights()


def assembled(
    folder: Path, trunk: dict[str, torch.Tensor] | None = None
) -> dict[str, torch.Tensor]:
    """The weights of a reader; what is not given is untrained."""
    trunk = trunk or untrained(Whole("attribution", folder, attribution, NONE, NO_STEPS))
    nothing = torch.nn.ModuleDict()
    branches = {
        name: untrained(Branch(name, folder, nothing, task, NONE, NO_STEPS))
        for name, task in (("salience", salience), ("claims", claims))
    }
    asked = Whole("reference", folder, pronouns, NONE, NO_STEPS, features=MARKED_FEATURES)
    return assemble(trunk, branches, {"reference": untrained(asked)}, FORK)


def test_the_trunk_is_stored_once(folder: Path) -> None:
    """Lower layers go by the encoder's names, the upper ones by those of their branches."""
    state = assembled(folder)
    layers = {name.split(".attention")[0] for name in state if name.endswith("self.query.weight")}
    assert layers == {
        *(f"encoder.layer.{number}" for number in range(FORK)),
        *(
            f"{branch}.layer.{FORK + number}"
            for branch in ("attribution", "salience", "claims")
            for number in (0, 1)
        ),
        *(f"reference.encoder.layer.{number}" for number in range(CONFIG["num_hidden_layers"])),
    }
    assert state["embeddings.feature_embeddings.weight"].shape[0] == 6
    assert state["reference.embeddings.feature_embeddings.weight"].shape[0] == MARKED_FEATURES
    heads = ("attribution.heads.tags", "salience.heads.given", "claims.heads.worth")
    assert {f"{name}.weight" for name in (*heads, "reference.heads.score")} <= state.keys()


def test_what_the_encoder_has_is_not_stored_again(folder: Path) -> None:
    """The table of words is the encoder's, for all networks."""
    assert not any("word_embeddings" in name for name in assembled(folder))


def test_a_branch_begins_with_the_encoders_layers(folder: Path) -> None:
    """An untrained branch holds the last layers, in their order."""
    state, encoder = assembled(folder), open_encoder(folder).state_dict()
    for number in range(FORK, CONFIG["num_hidden_layers"]):
        rest = f"layer.{number}.output.dense.weight"
        assert torch.equal(state[f"claims.{rest}"], encoder[f"encoder.{rest}"])


def test_the_card_vouches_for_the_file(folder: Path) -> None:
    """Recipe, digest and number of parameters are written; scores of other weights go."""
    path = folder / "model.toml"
    path.write_text(path.read_text("utf-8") + "\n[scores]\nsource = 12.5\n", "utf-8")
    before = read_card(folder)
    state = assembled(folder)
    ship(state, folder, recipe="python -m anything")
    card = read_card(folder)
    assert card.files[READER] == hashlib.sha256((folder / READER).read_bytes()).hexdigest()
    assert card.heads is not None
    assert card.heads.recipe == "python -m anything"
    assert card.heads.parameters == sum(each.numel() for each in state.values())
    assert card.parameters == before.parameters
    assert before.scores == {"source": 12.5}
    assert card.scores == {}
    assert load(folder / READER).keys() == state.keys()


def test_a_reader_takes_the_file(folder: Path) -> None:
    """What was shipped is loaded, and its digest is that of both files of weights."""
    ship(assembled(folder), folder, recipe="python -m anything")
    card = read_card(folder)
    both = card.files["model.safetensors"] + card.files[READER]
    assert Reader(folder).sha256 == hashlib.sha256(both.encode()).hexdigest()


def test_shipping_twice_gives_the_same_bytes(folder: Path) -> None:
    """The file follows from the weights alone."""
    state = assembled(folder)
    ship(state, folder, recipe="python -m anything")
    files = [(folder / name).read_bytes() for name in (READER, "model.toml")]
    ship(dict(reversed(state.items())), folder, recipe="python -m anything")
    assert [(folder / name).read_bytes() for name in (READER, "model.toml")] == files


@pytest.mark.parametrize("line", ["recipe = ", "[heads]", '"reader.safetensors" = '])
def test_a_card_without_the_lines_is_a_model_error(folder: Path, line: str) -> None:
    """A card that says nothing of heads cannot vouch for them."""
    path = folder / "model.toml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(each for each in lines if not each.startswith(line)), "utf-8")
    with pytest.raises(ModelError, match="where one should"):
        ship(assembled(folder), folder, recipe="python -m anything")


def test_the_reader_finds_what_was_trained(folder: Path, tmp_path: Path) -> None:
    """Trained long enough on four texts, it finds their annotations and links again."""
    write_articles(tmp_path)
    articles = load_articles(tmp_path)
    labelled = [Labelled(open_tokenizer(TOKENIZER), each) for each in articles]
    recipe = Recipe(steps=150, batch=4, body_rate=3e-3, head_rate=1e-2, warm_up_steps=10)
    stage = Whole("attribution", folder, attribution, windowed(labelled), recipe)
    trained = finished(stage, tmp_path / "stage.pt", resume=False)
    ship(assembled(folder, trained.weights()), folder, recipe="python -m anything")
    reader = Reader(folder)
    for article in articles:
        found = reader.tag(article.text)
        expected = []
        for each in article.attributions:
            (cue,) = each.cue
            expected += [("source", span, cue) for span in each.source]
            expected += [("content", span, cue) for span in each.content]
            expected += [("cue", cue, *each.source)]
        assert [
            (each.role, each.span, found[each.link].span if each.link is not None else None)
            for each in found
        ] == sorted(expected, key=lambda each: each[1])
