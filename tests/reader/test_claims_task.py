"""Training the judge of claims: sentences by themselves and among others, and their labels."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import torch

from briefing.errors import SourceError
from briefing.paths import shipped
from briefing.reader.features import WINDOW_PIECES, frame, open_tokenizer, read_pieces
from briefing.reader.tasks.claims import (
    CORPUS,
    NEIGHBOURS,
    PASSES,
    SHEET_PIECES,
    collate,
    heads,
    load,
    loss,
)
from briefing.reader.worth import traits, worth

if TYPE_CHECKING:
    from pathlib import Path

TOKENIZER = open_tokenizer(shipped("models") / "reader" / "tokenizer.json")
SIZE = 8
WORDS = (
    "The toll rose to {} crowns.",
    "I hope so.",
    "Thank you, {} times.",
    "Nobody came to Ost.",
)
LONG = "The quay was dredged in 1987, and it was long. " * 60


def record(number: int, **changed: object) -> dict[str, object]:
    """A line of the corpus."""
    usual = {
        "id": f"x-{number}",
        "sentence": WORDS[number % len(WORDS)].format(number),
        "label": int(number % len(WORDS) == 0),
        "block": number // 40,
        "split": "train",
    }
    return usual | changed


def corpus(folder: Path, *records: dict[str, object]) -> Path:
    """A folder with these records."""
    data = "".join(json.dumps(each) + "\n" for each in records)
    (folder / CORPUS).write_bytes(gzip.compress(data.encode()))
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A corpus of ten dozen sentences, and two of another part."""
    others = [record(number, split="dev") for number in (500, 501)]
    return corpus(tmp_path, *map(record, range(120)), *others)


def test_each_sentence_is_met_by_itself_and_among_others(data: Path) -> None:
    """As often in the one way as in the other, whatever is drawn."""
    texts = [text for example in load(data, TOKENIZER) for text in example.texts]
    met = Counter(judged.traits + judged.pieces for text in texts for judged in text)
    assert len([text for text in texts if len(text) == 1]) >= 120 * PASSES
    assert sum(met.values()) == 120 * 2 * PASSES
    assert max(map(len, texts)) <= NEIGHBOURS
    assert any(len(text) > 2 for text in texts)


def test_neighbours_are_of_one_block(data: Path) -> None:
    """A window holds what was said near together."""
    numbered = {
        tuple(read_pieces(TOKENIZER, str(each["sentence"])).numbers): each["block"]
        for each in map(record, range(120))
        if "{}" in WORDS[int(str(each["id"])[2:]) % len(WORDS)]
    }
    for example in load(data, TOKENIZER):
        for text in example.texts:
            keys = [tuple(number for number, _ in judged.pieces) for judged in text]
            assert len({numbered[key] for key in keys if key in numbered}) <= 1


def test_the_other_part_is_met_once(data: Path) -> None:
    """What is measured with stands by itself, with its labels and traits."""
    (example,) = load(data, TOKENIZER, "dev")
    first, second = (text[0] for text in example.texts)
    assert {first.label, second.label} == {0, 1}
    assert {first.traits, second.traits} == {traits(WORDS[0].format(500)), traits(WORDS[1])}
    assert example.frame == frame(TOKENIZER)


def test_the_sheets_follow_from_the_corpus(data: Path) -> None:
    """A training that is taken up again meets the same sheets."""
    assert load(data, TOKENIZER) == load(data, TOKENIZER)


def test_a_long_sentence_fits_its_window(tmp_path: Path) -> None:
    """No text has more pieces than the encoder reads together, no sheet more than it may."""
    long = [record(number, sentence=LONG) for number in range(12)]
    for example in load(corpus(tmp_path, *long, *map(record, range(12, 40))), TOKENIZER):
        pieces = collate([example]).pieces
        assert pieces.shape[1] <= WINDOW_PIECES + 2
        assert pieces.numel() <= SHEET_PIECES


def test_a_batch_points_at_the_pieces_of_its_sentences(data: Path) -> None:
    """Through places and owners each sentence's pieces are found again, the marks left out."""
    chosen = load(data, TOKENIZER)[:2]
    batch = collate(chosen)
    judged = [each for example in chosen for text in example.texts for each in text]
    assert batch.labels.tolist() == [each.label for each in judged]
    flat = torch.stack([batch.pieces.flatten(), batch.features.flatten()], -1)
    for number, each in enumerate(judged):
        found = flat[batch.places[batch.owners == number]]
        assert tuple(map(tuple, found.tolist())) == each.pieces
    start, end = chosen[0].frame
    assert (batch.pieces[:, 0] == start).all()
    lengths = batch.mask.sum(1)
    assert (batch.pieces[torch.arange(len(lengths)), lengths - 1] == end).all()
    assert (batch.pieces[batch.mask == 0] == 0).all()


def test_training_lessens_the_loss_and_is_read_alike(data: Path) -> None:
    """What the heads learn from rows is what `worth` answers with."""
    torch.manual_seed(0)
    table = torch.randn(TOKENIZER.get_vocab_size(), SIZE)
    made = heads(SIZE)
    optimiser = torch.optim.Adam(made.parameters(), lr=0.1)
    batches = [collate([example]) for example in load(data, TOKENIZER)]
    losses = []
    for _ in range(8):
        for batch in batches:
            value = loss(made, table[batch.pieces], batch)
            optimiser.zero_grad()
            value.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            losses.append(value.item())
    assert losses[-1] < losses[0] / 2
    weights = {name: each.detach() for name, each in made.named_parameters()}
    sentences = [WORDS[0].format(7), WORDS[1]]
    rows = [table[read_pieces(TOKENIZER, each).numbers] for each in sentences]
    high, low = worth(weights, rows, sentences)
    assert high > 0.8
    assert low < 0.2


@pytest.mark.parametrize("content", [None, b"no archive", gzip.compress(b"{}\n")])
def test_a_corpus_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    """A missing or broken file is told, with what to do."""
    if content is not None:
        (tmp_path / CORPUS).write_bytes(content)
    with pytest.raises(SourceError, match="cannot be read") as caught:
        load(tmp_path, TOKENIZER)
    assert caught.value.hint


def test_a_part_that_is_not_there_is_named(data: Path) -> None:
    """A corpus without the part that is asked for is of no use."""
    with pytest.raises(SourceError, match="no sentences of the part test"):
        load(data, TOKENIZER, "test")
