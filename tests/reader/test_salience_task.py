"""Training the choice of sentences: corpora into examples, and examples into a loss."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
import torch

from briefing.errors import SourceError
from briefing.paths import shipped
from briefing.reader.choice import choose
from briefing.reader.features import WINDOW_PIECES, open_tokenizer
from briefing.reader.outline import stem
from briefing.reader.salient import TIMES, Budget, read
from briefing.reader.tasks.salience import CORPORA, LOANED, collate, heads, load, loss
from briefing.segment import segment

if TYPE_CHECKING:
    from pathlib import Path

TOKENIZER = open_tokenizer(shipped("models") / "reader" / "tokenizer.json")
SIZE = 8
TEXT = (
    "The quay of Ost will be dredged next year. It rained on the day of the vote in the hall. "
    "Members voted for the dredging by nine to two. Somebody sold apples outside the hall."
)
SUMMARY = "Ost votes to dredge its quay next year."


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """As reading does: on tensors this small, threads wait for each other."""
    torch.set_num_threads(1)


def corpora(folder: Path, **records: list[dict[str, object]]) -> Path:
    """A folder of corpora with these records; the rest have none."""
    for name in CORPORA:
        lines = [json.dumps({"split": "train"} | each) + "\n" for each in records.get(name, [])]
        (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress("".join(lines).encode()))
    return folder


def one(folder: Path, **changed: object) -> dict[str, list[dict[str, object]]]:
    """A single article with its summary."""
    return {"sum_xsum": [{"document": TEXT, "summary": SUMMARY} | changed]}


def test_right_sentences_share_words_with_the_summary(tmp_path: Path) -> None:
    """Shares of the sentences add up to 1, and the one most like the summary has most."""
    (example,) = load(corpora(tmp_path, **one(tmp_path)), TOKENIZER, segment)
    assert example.budget == Budget(sentences=1)
    assert example.sentences.sum() == pytest.approx(1)
    assert example.sentences.argmax() == 0
    assert example.length == 8


def test_words_of_the_summary_are_marked(tmp_path: Path) -> None:
    """A word has a share for each time that the summary holds it, whatever its form."""
    (example,) = load(corpora(tmp_path, **one(tmp_path)), TOKENIZER, segment)
    held = dict(zip(example.outline.words, example.words.tolist(), strict=True))
    assert held[stem("quay")] == [1.0] + [0.0] * (TIMES - 1)
    assert held[stem("vote")][0] == held[stem("dredge")][0] == 1.0
    assert held[stem("apples")][0] == 0.0


def test_several_summaries_give_shares(tmp_path: Path) -> None:
    """A word in one of two summaries is half right."""
    record = {"document": TEXT, "summaries": [SUMMARY, "Apples were sold outside."]}
    (example,) = load(corpora(tmp_path, sum_writers=[record]), TOKENIZER, segment)
    held = dict(zip(example.outline.words, example.words.tolist(), strict=True))
    assert held[stem("quay")][0] == held[stem("apples")][0] == 0.5


def test_groups_of_texts_are_one_example(tmp_path: Path) -> None:
    """Texts that share a summary are read in windows of their own and judged together."""
    record = {"documents": [TEXT, TEXT * 12], "summary": SUMMARY}
    (example,) = load(corpora(tmp_path, sum_multinews=[record]), TOKENIZER, segment)
    assert len(example.windows) > 2
    assert max(map(len, example.windows)) <= WINDOW_PIECES + 2
    assert sum(len(window) - 2 for window in example.windows) == example.outline.pieces[-1][1]


def test_only_loaned_texts_and_the_part_asked_for_are_read(tmp_path: Path) -> None:
    """Of one corpus only the part that is free is read, and of all only one split."""
    policy = [
        {"document": TEXT, "summary": SUMMARY, "source_set": LOANED},
        {"document": TEXT, "summary": SUMMARY, "source_set": "other"},
        {"document": TEXT, "summary": SUMMARY, "source_set": LOANED, "split": "dev"},
    ]
    data = corpora(tmp_path, sum_policy=policy)
    assert len(load(data, TOKENIZER, segment)) == 1
    assert len(load(data, TOKENIZER, segment, "dev")) == 1


def test_rare_kinds_are_given_more_often(tmp_path: Path) -> None:
    """Of two kinds, the one with a ninth of the records is given three times."""
    record = {"document": TEXT, "summary": SUMMARY}
    data = corpora(tmp_path, sum_bbc=[record] * 9, sum_xsum=[record])
    assert len(load(data, TOKENIZER, segment)) == 12


def test_a_missing_corpus_is_an_error(tmp_path: Path) -> None:
    """What cannot be read is named."""
    data = corpora(tmp_path)
    (data / "sum_bbc.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(SourceError, match="sum_bbc"):
        load(data, TOKENIZER, segment)


def test_places_point_at_the_pieces(tmp_path: Path) -> None:
    """Each example's places, in the flattened windows, hold its pieces without the marks."""
    records = {**one(tmp_path), "sum_bbc": [{"document": TEXT * 12, "summary": SUMMARY}]}
    examples = load(corpora(tmp_path, **records), TOKENIZER, segment)
    batch = collate(examples)
    flat = batch.pieces.flatten()
    for example, places in zip(examples, batch.places, strict=True):
        pieces = [piece for window in example.windows for piece, _ in window[1:-1]]
        assert flat[places].tolist() == pieces
    assert batch.mask.sum() == sum(len(window) for each in examples for window in each.windows)


def test_the_loss_is_learnt_from(tmp_path: Path) -> None:
    """Steps down the loss lead to the right sentence."""
    torch.manual_seed(1)
    examples = load(corpora(tmp_path, **one(tmp_path)), TOKENIZER, segment)
    batch = collate(examples)
    rows = torch.randn(*batch.pieces.shape, SIZE)
    made = heads(SIZE)
    steps = torch.optim.Adam(made.parameters(), lr=0.02)
    first = loss(made.eval(), rows, batch).item()
    for _ in range(15):
        steps.zero_grad()
        loss(made.train(), rows, batch).backward()
        steps.step()
    assert loss(made.eval(), rows, batch).item() < first
    weights = {name: each.detach() for name, each in made.named_parameters()}
    flat = rows.flatten(0, 1)[batch.places[0]]
    given = examples[0].outline
    chances = read(weights, given, flat, examples[0].budget)
    assert choose(given, chances, Budget(sentences=1)) == (0,)
