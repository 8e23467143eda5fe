"""Training the tagger: the same windows as tagging, and the same weights however it is cut off."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from safetensors.torch import load_file, save_file

from briefing.errors import ModelError, SettingsError, SourceError
from briefing.paths import shipped
from briefing.reader.card import read_card
from briefing.reader.decode import TAGS
from briefing.reader.examples import (
    CORPUS,
    IGNORED,
    NO_LINK,
    collate,
    examples,
    load_articles,
    order,
)
from briefing.reader.features import frame, framed, open_tokenizer, read_pieces, windows
from briefing.reader.tagger import Tagger
from briefing.reader.train import CHECKPOINT, Recipe, train

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = shipped("models") / "reader"
TOKENIZER = SHIPPED / "tokenizer.json"
# (source), {cue} and [content]
MARKED = (
    "(The quay board) {said} [dues will rise]. Rain fell. [“No boat can pay”], {warned} (Vell).",
    "(Orme Tarn) {told} the press [that the ferry stops]. (The crews) {oppose} [the plan].",
    "{According to} (the ministry), [small boats are exempt]. The council sat until noon.",
    "[“We shall see,”] (the chair) {said}. (Ostrand Vell) {denied} [any delay].",
)
CONFIG = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "hidden_size": 48,
    "intermediate_size": 96,
    "num_attention_heads": 2,
    "num_hidden_layers": 1,
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": 256,
    "type_vocab_size": 2,
    "vocab_size": 30522,
}
SHORT = Recipe(epochs=2, batch=4, checkpoint_steps=1)


def annotated(marked: str, number: int) -> dict[str, object]:
    """An article of the corpus from a text with its annotations in brackets; one cue a sentence."""
    text, spans, opened = "", [], 0
    for character in marked:
        if character in "({[":
            opened = len(text)
        elif character in ")}]":
            spans.append((")}]".index(character), opened, len(text)))
        else:
            text += character
    attributions = [
        {
            name: [
                [start, end]
                for role, start, end in spans
                if role == place and text.count(". ", 0, start) == text.count(". ", 0, cue)
            ]
            for place, name in enumerate(("source", "cue", "content"))
        }
        for kind, cue, _ in spans
        if kind == 1
    ]
    return {"id": str(number), "split": "train", "text": text, "attributions": attributions}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A corpus of four invented articles of its train part, and one of another."""
    articles = [annotated(marked, number) for number, marked in enumerate(MARKED)]
    articles.append({**annotated(MARKED[0], 9), "split": "dev"})
    lines = "".join(json.dumps(article) + "\n" for article in articles)
    (tmp_path / CORPUS).write_bytes(gzip.compress(lines.encode()))
    return tmp_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model's folder with a tiny encoder of random weights."""
    return tiny(tmp_path / "model")


def tiny(folder: Path) -> Path:
    import torch
    from transformers import BertConfig, BertModel

    folder.mkdir()
    (folder / "tokenizer.json").symlink_to(TOKENIZER)
    (folder / "config.json").write_text(json.dumps(CONFIG), "utf-8")
    torch.manual_seed(7)
    encoder = BertModel(BertConfig.from_json_file(folder / "config.json"), add_pooling_layer=False)
    save_file(encoder.state_dict(), folder / "model.safetensors")
    card = (SHIPPED / "model.toml").read_text("utf-8")
    for name, old in read_card(SHIPPED).files.items():
        if (folder / name).exists():
            new = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            card = card.replace(old, new)
    (folder / "model.toml").write_text(card, "utf-8")
    return folder


def test_training_reads_what_tagging_reads(data: Path) -> None:
    """An example's pieces are those of the tagger's window, with a tag and a link each."""
    tokenizer = open_tokenizer(TOKENIZER)
    for article in load_articles(data):
        pieces = read_pieces(tokenizer, article.text)
        cuts = windows(article.text, pieces.offsets)
        found = list(examples(tokenizer, article))
        assert [list(each.pieces) for each in found] == [
            framed(pieces, cut, frame(tokenizer)) for cut in cuts
        ]
        assert all(len(each.pieces) == len(each.tags) == len(each.links) for each in found)


def test_only_one_part_is_read(data: Path) -> None:
    """What the corpus keeps for measuring is not trained on."""
    assert [article.id for article in load_articles(data)] == ["0", "1", "2", "3"]
    assert [article.id for article in load_articles(data, "dev")] == ["9"]


def test_labels_are_the_annotations(data: Path) -> None:
    """First pieces are B, others I, marks are left out; sources and contents link to their cue."""
    tokenizer = open_tokenizer(TOKENIZER)
    (example,) = examples(tokenizer, load_articles(data)[2])
    names = [TAGS[tag] if tag != IGNORED else "-" for tag in example.tags]
    assert names == (
        "- B-cue I-cue B-source I-source O B-content I-content I-content I-content"
        " O O O O O O O -".split()
    )
    assert [place for place in enumerate(example.links) if place[1] != NO_LINK] == [(3, 1), (6, 1)]


def test_a_batch_is_filled_up(data: Path) -> None:
    """Shorter examples are filled with what is masked, not learnt from and not linked."""
    tokenizer = open_tokenizer(TOKENIZER)
    known = [each for article in load_articles(data) for each in examples(tokenizer, article)]
    batch = collate(known)
    lengths = [len(each.pieces) for each in known]
    assert batch.pieces.shape == (4, max(lengths))
    assert batch.mask.sum(dim=1).tolist() == lengths
    assert (batch.tags[batch.mask == 0] == IGNORED).all()
    assert (batch.links[batch.mask == 0] == NO_LINK).all()


def test_every_example_once_a_round() -> None:
    """Batches go through all examples before one comes again, in an order that the seed decides."""
    steps = [order(10, step, 4, seed=3) for step in range(5)]
    assert Counter(place for step in steps for place in step) == dict.fromkeys(range(10), 2)
    assert steps == [order(10, step, 4, seed=3) for step in range(5)]
    assert steps != [order(10, step, 4, seed=4) for step in range(5)]


@pytest.mark.reader
def test_a_resumed_training_ends_with_the_same_weights(data: Path, tmp_path: Path) -> None:
    """Cut off after the first of two steps and taken up again, it gives the same file."""
    whole, cut = tiny(tmp_path / "whole"), tiny(tmp_path / "cut")
    assert train(data, whole, SHORT)
    assert not train(data, cut, SHORT, limit_steps=1)
    assert (cut / CHECKPOINT).exists()
    assert train(data, cut, SHORT, resume=True)
    assert not (cut / CHECKPOINT).exists()
    first, second = ((each / "tagger.safetensors").read_bytes() for each in (whole, cut))
    assert first == second
    assert read_card(whole) == read_card(cut)


@pytest.mark.reader
def test_the_card_tells_the_training(data: Path, folder: Path) -> None:
    """Recipe, number of articles and digest are written; scores of other weights go."""
    path = folder / "model.toml"
    path.write_text(path.read_text("utf-8") + "\n[scores]\nsource = 12.5\n", "utf-8")
    train(data, folder, replace(SHORT, seed=5))
    card = read_card(folder)
    assert card.tagger is not None
    assert card.tagger.recipe.endswith("--epochs 2 --seed 5")
    assert card.tagger.articles == 4
    assert card.scores == {}
    weights = (folder / "tagger.safetensors").read_bytes()
    assert card.files["tagger.safetensors"] == hashlib.sha256(weights).hexdigest()


@pytest.mark.reader
def test_what_is_shared_is_not_stored_again(data: Path, folder: Path) -> None:
    """The file holds half-precision weights without the table of words."""
    train(data, folder, SHORT)
    weights = load_file(folder / "tagger.safetensors")
    assert {str(each.dtype) for each in weights.values()} == {"torch.float16"}
    assert not any("word_embeddings" in name for name in weights)


@pytest.mark.reader
def test_the_tagger_finds_what_was_trained(data: Path, folder: Path) -> None:
    """Trained long enough on four texts, it finds their annotations and links again."""
    recipe = Recipe(epochs=150, batch=4, body_rate=3e-3, head_rate=1e-2, warm_up_steps=10)
    train(data, folder, recipe)
    tagger = Tagger(folder)
    for article in load_articles(data):
        found = tagger.tag(article.text)
        expected = [
            (role, span, attribution.cue[0])
            for attribution in article.attributions
            for role in ("source", "cue", "content")
            for span in getattr(attribution, role)
        ]
        assert [
            (each.role, each.span, found[each.link].span if each.link is not None else each.span)
            for each in found
        ] == sorted(expected, key=lambda each: each[1])


@pytest.mark.reader
def test_a_checkpoint_of_another_training_is_refused(data: Path, folder: Path) -> None:
    """Other settings are not mixed into a training that was begun."""
    train(data, folder, SHORT, limit_steps=1)
    with pytest.raises(SettingsError, match="other settings"):
        train(data, folder, replace(SHORT, seed=2), resume=True)


@pytest.mark.reader
def test_an_unsuitable_encoder_is_a_model_error(data: Path, folder: Path) -> None:
    """Weights that do not fit the configuration are named before anything is trained."""
    (folder / "config.json").write_text(json.dumps({**CONFIG, "num_hidden_layers": 2}), "utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        train(data, folder, SHORT)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read"),
        (b"not gzip", "cannot be read"),
        (gzip.compress(b'{"id": 1}\n'), "cannot be read"),
        (gzip.compress(b""), "no articles"),
    ],
    ids=["missing", "not gzip", "incomplete", "empty"],
)
def test_an_unreadable_corpus_is_a_source_error(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    """A corpus that cannot be used is named."""
    if content is not None:
        (tmp_path / CORPUS).write_bytes(content)
    with pytest.raises(SourceError, match=message):
        load_articles(tmp_path)


@pytest.mark.reader
def test_the_command_names_what_fails(tmp_path: Path) -> None:
    """Without a corpus the command leaves with 1, a message and a hint."""
    command = [sys.executable, "-m", "briefing.reader.train", "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "cannot be read" in done.stderr
    assert "Hint:" in done.stderr
