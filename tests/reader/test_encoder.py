from __future__ import annotations

import hashlib
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from briefing.errors import ModelError
from briefing.paths import shipped
from briefing.reader.card import check_files, read_card
from briefing.reader.encoder import Encoder
from briefing.reader.network import open_encoder

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.reader.dense import Precision

pytestmark = pytest.mark.reader

SHIPPED = shipped("models") / "reader"
WORDS = (
    "harbour board dues rise ministry warned vessels small fishing tariff quay council vote may",
    "delay the of a would not Friday 12 per cent said Ostrand Vell committee transport freight",
)


def _sentence(seed: int, count: int) -> str:
    """Words in an order that differs with `seed`."""
    words = " ".join(WORDS).split()
    return " ".join(words[(seed * 11 + place * (seed + 5)) % len(words)] for place in range(count))


FIFTY = [_sentence(number, 1 + number * 17 % 61) for number in range(48)]
FIFTY += ["", _sentence(99, 700)]


@pytest.fixture(scope="module", params=["bf16", "int8", "fp32"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    precision: Precision = request.param
    return Encoder(precision=precision)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model's folder whose files a test may replace."""
    for path in SHIPPED.iterdir():
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


def _replace(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text, encoding="utf-8")


def test_one_unit_vector_a_text(encoder: Encoder) -> None:
    """Texts become rows of unit length in 32-bit floats."""
    vectors = encoder.embed(FIFTY)
    assert vectors.shape == (50, encoder.size) == (50, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_no_vectors(encoder: Encoder) -> None:
    """No texts give an array without rows."""
    assert encoder.embed([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    """A text alone has the same bits as among fifty."""
    together = encoder.embed(FIFTY)
    for text, vector in zip(FIFTY, together, strict=True):
        assert np.array_equal(encoder.embed([text])[0], vector)


@pytest.mark.parametrize("words", [100, 125, 160, 190, 220, 245])
def test_a_long_texts_vector_does_not_depend_on_its_neighbours(
    encoder: Encoder, words: int
) -> None:
    """Texts that leave room on a sheet, and those that have one for themselves."""
    text = " ".join(["quay"] * words)
    together = encoder.embed([FIFTY[0], text, FIFTY[1], f"{text} tide", text])
    assert np.array_equal(encoder.embed([text])[0], together[1])
    assert np.array_equal(together[1], together[4])


def test_a_vector_does_not_depend_on_its_place(encoder: Encoder) -> None:
    """The order of the texts changes the order of the rows and not a bit of them."""
    order = [place * 7 % 50 for place in range(50)]
    shuffled = encoder.embed([FIFTY[index] for index in order])
    assert np.array_equal(shuffled, encoder.embed(FIFTY)[order])


def test_long_text_is_read_to_its_end(encoder: Encoder) -> None:
    """What stands after the first window still counts."""
    start = " ".join(["The quay is closed to freight until the council votes."] * 30)
    end = " ".join(["A violin concerto opened the summer festival in the old opera."] * 30)
    first, both, last = encoder.embed([start, f"{start} {end}", end])
    assert both @ first > first @ last + 0.2
    assert both @ last > first @ last + 0.2


def test_alike_sentences_lie_close(encoder: Encoder) -> None:
    """A paraphrase is nearer than another subject."""
    first, alike, other = encoder.embed(
        [
            "The ministry raised the dues for fishing boats.",
            "Fishing vessels must pay higher charges, the government decided.",
            "The museum shows paintings of winter landscapes.",
        ]
    )
    assert first @ alike > first @ other + 0.3


def test_unpaired_surrogate_is_survived(encoder: Encoder) -> None:
    """A code point that is no character does not stop the rest."""
    assert np.isfinite(encoder.embed(["harbour \ud800 dues"])).all()


def test_same_vectors_as_transformers() -> None:
    """The forward pass is that of transformers' BertModel with the same weights, mean-pooled."""
    from tokenizers import Tokenizer

    theirs = open_encoder(SHIPPED).eval()
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    texts = FIFTY[:20]
    ours = Encoder(precision="fp32").embed(texts)
    with torch.inference_mode():
        for text, vector in zip(texts, ours, strict=True):
            pieces = torch.tensor([tokenizer.encode(text).ids])
            expected = theirs(pieces).last_hidden_state[0].mean(dim=0)
            assert np.allclose((expected / expected.norm()).numpy(), vector, atol=1e-5)


@pytest.mark.parametrize("precision", ["bf16", "int8"])
def test_precisions_agree(precision: Precision) -> None:
    """Rounding moves a similarity by less than a hundredth."""
    both: tuple[Precision, ...] = (precision, "fp32")
    rounded, full = (Encoder(precision=each).embed(FIFTY) for each in both)
    assert np.abs(rounded @ rounded.T - full @ full.T).max() < 0.01


def test_default_precision_is_named() -> None:
    """Without a choice the encoder picks one and says which."""
    assert Encoder().precision in {"bf16", "int8", "fp32"}


def test_digest_is_that_of_the_weights(encoder: Encoder) -> None:
    """The digest for the colophon is the SHA-256 of the weights' file."""
    weights = (SHIPPED / "model.safetensors").read_bytes()
    assert encoder.sha256 == hashlib.sha256(weights).hexdigest()
    assert encoder.name == read_card(SHIPPED).name


def test_one_thread(encoder: Encoder) -> None:
    """Loading leaves torch with one thread."""
    assert torch.get_num_threads() == 1


def test_loads_no_more_than_it_needs() -> None:
    """Embedding imports neither transformers nor spaCy: they double the start."""
    code = (
        "import sys; from briefing.reader.encoder import Encoder; Encoder().embed(['Dues rise.']);"
        "print([name for name in ('transformers', 'spacy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_encoder_imports_no_torch() -> None:
    """The module itself is light; only loading a model is not."""
    code = "import sys, briefing.reader.encoder; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_missing_folder_is_a_model_error(tmp_path: Path) -> None:
    """A folder without a card is no model, and the hint says what to do."""
    with pytest.raises(ModelError, match="no model in") as caught:
        Encoder(tmp_path / "nowhere")
    assert "install" in caught.value.hint


def test_missing_weights_are_a_model_error(folder: Path) -> None:
    """A file that the card names must be there."""
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelError, match=r"model\.safetensors cannot be read") as caught:
        Encoder(folder)
    assert caught.value.hint


def test_changed_file_is_a_model_error(folder: Path) -> None:
    """A file that differs from its digest is refused before it is loaded."""
    _replace(folder / "tokenizer.json", "{}")
    with pytest.raises(ModelError, match=r"tokenizer\.json is not the file"):
        check_files(folder, read_card(folder))


@pytest.mark.parametrize(
    ("card", "message"),
    [("name =", "model.toml"), ('name = "x"', "required field")],
    ids=["not TOML", "incomplete"],
)
def test_broken_card_is_a_model_error(folder: Path, card: str, message: str) -> None:
    """A card that cannot be read, or lacks a key, is named."""
    _replace(folder / "model.toml", card)
    with pytest.raises(ModelError, match=message):
        read_card(folder)


def test_card_must_vouch_for_the_weights(folder: Path) -> None:
    """Weights without a digest are not loaded."""
    text = (SHIPPED / "model.toml").read_text(encoding="utf-8")
    changed = text.replace('weights = "model.safetensors"', 'weights = "other.safetensors"')
    _replace(folder / "model.toml", changed)
    with pytest.raises(ModelError, match=r"no digest for other\.safetensors"):
        read_card(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("config.json", '"gelu"', '"relu"', "is not BERT with GELU"),
        ("config.json", ": 512", ": 128", "fewer than 256 positions"),
        ("config.json", '"num_hidden_layers": 6', '"num_hidden_layers": 7', r"layer\.6"),
        ("config.json", "{", "", "cannot be loaded"),
        ("tokenizer.json", '"version"', '"edition"', "cannot be loaded"),
    ],
    ids=["activation", "positions", "layers", "not JSON", "not a tokenizer"],
)
def test_unsuitable_model_is_a_model_error(
    folder: Path, name: str, old: str, new: str, message: str
) -> None:
    """A model that the encoder cannot run is refused with the reason."""
    text = (SHIPPED / name).read_text(encoding="utf-8").replace(old, new, 1)
    _replace(folder / name, text)
    card = (SHIPPED / "model.toml").read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    _replace(folder / "model.toml", card.replace(read_card(SHIPPED).files[name], digest))
    with pytest.raises(ModelError, match=message):
        Encoder(folder)
