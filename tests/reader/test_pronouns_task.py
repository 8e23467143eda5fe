"""What the reader of pronouns is trained on: examples with a right answer, and what is learnt."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
import torch

from briefing.errors import SourceError
from briefing.paths import shipped
from briefing.reader.features import open_tokenizer
from briefing.reader.pronouns import HEADS, MARKED_FEATURES
from briefing.reader.tasks import pronouns
from briefing.reader.tasks.cases import PLAIN
from briefing.reader.tasks.pronouns import Example, collate, heads, loss
from briefing.reader.train import parsed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.reader

SIZE = 16
TOKENIZER = open_tokenizer(shipped("models") / "reader" / "tokenizer.json")
TEXT = "Mirela Voss met Anna Orme and the keeper at the quay. Voss said that she would pay."


def record(text: str, pronoun: str, meant: Sequence[str], others: Sequence[str]) -> dict[str, Any]:
    """A line of a corpus; names are given by their first place."""
    at = text.index(f" {pronoun} ") + 1
    marked = [
        {"span": [text.index(words), text.index(words) + len(words)], "coref": words in meant}
        for words in (*meant, *others)
    ]
    candidates = sorted(marked, key=lambda each: each["span"])
    return {"text": text, "pronoun": [at, at + len(pronoun)], "candidates": candidates}


def write(folder: Path, corpus: str, *records: dict[str, Any], split: str = "train") -> None:
    with gzip.open(folder / f"{corpus}.jsonl.gz", "wt", encoding="utf-8") as file:
        for each in records:
            file.write(json.dumps({"id": "x", "split": split, **each}) + "\n")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with a record or two a corpus."""
    meant = record(TEXT, "she", ["Mirela Voss"], ["Anna Orme"])
    write(tmp_path, "coref_gap", meant)
    keeper = record(TEXT, "she", ["the keeper"], ["Mirela Voss", "Anna Orme"])
    write(tmp_path, "coref_gum", {**keeper, "genre": "news"}, {**keeper, "genre": "fiction"})
    write(tmp_path, "coref_litbank", keeper, keeper)
    for corpus in PLAIN:
        write(tmp_path, corpus)
    return tmp_path


def load(data: Path, share: float, monkeypatch: pytest.MonkeyPatch) -> list[Example]:
    """One round of examples, of which `share` are changed."""
    monkeypatch.setattr(pronouns, "HALF", share)
    return pronouns.load(data, TOKENIZER, parsed)(random.Random(1))  # noqa: S311 - no secret


@pytest.fixture
def examples(data: Path, monkeypatch: pytest.MonkeyPatch) -> list[Example]:
    """One round of examples as the corpora have them."""
    return load(data, 0, monkeypatch)


def names(example: Example) -> dict[str, bool]:
    """The words of each choice, and whether it is right; `None` is no name."""
    words = [TOKENIZER.id_to_token(number) for number, _ in example.question.pieces]
    chosen = [
        "".join(words[each.first : each.last + 1]).replace("#", "")
        for each in example.question.choices
    ]
    return dict(zip(["None", *chosen], example.right, strict=True))


def test_other_namings_of_the_two_names_are_found(examples: list[Example]) -> None:
    """Where the corpus marks the full name, a later surname alone is a right answer as well."""
    assert names(examples[0]) == {
        "None": False,
        "mirelavoss": True,
        "annaorme": False,
        "voss": True,
    }


def test_another_person_may_be_meant_where_neither_of_two_is(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If neither name is right, none is, and so is anyone else who is named."""
    text = TEXT.replace("Voss said", "Henrik Tarn said")
    write(data, "coref_gap", record(text, "she", [], ["Mirela Voss", "Anna Orme"]))
    first, *_ = load(data, 0, monkeypatch)
    assert names(first) == {
        "None": True,
        "mirelavoss": False,
        "annaorme": False,
        "henriktarn": True,
    }


def test_names_alone_leave_none_for_a_description(
    data: Path, examples: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all mentions the right one is among them; with the names alone no one is meant."""
    full = {"None": False, "mirelavoss": False, "annaorme": False, "thekeeper": True}
    alone = {"None": True, "mirelavoss": False, "annaorme": False}
    assert [names(each) for each in examples[1:3]] == [full, full]
    assert [names(each) for each in load(data, 1, monkeypatch)[1:3]] == [alone, alone]


def test_half_are_read_under_other_names(
    data: Path, examples: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The two names are others, at all their places; what is asked stays the same."""
    text = TEXT.replace("Mirela Voss", "Edda Brandt").replace("Voss", "Brandt")
    other = record(text, "she", ["Edda Brandt"], ["Anna Orme"])
    write(data, "coref_gap", record(TEXT, "she", ["Mirela Voss"], ["Anna Orme"]), other)
    found = [names(each) for each in load(data, 1, monkeypatch)[:2]]
    known = {"mirela", "anna", "edda"}, {"voss", "orme", "brandt"}
    assert found != [names(each) for each in load(data, 0, monkeypatch)[:2]]
    for named in found:
        (right,) = {name for name, meant in named.items() if meant and name not in known[1]}
        assert any(right == first + last for first in known[0] for last in known[1])
    assert {len(each.question.choices) for each in load(data, 1, monkeypatch)[:2]} == {3}
    assert len(examples[0].question.choices) == 3


def test_only_free_genres_are_read(examples: list[Example]) -> None:
    """Texts of genres whose licence is narrower are left out; a round has half of the novels.

    The last is made up: GAP's text names Voss twice.
    """
    assert len(examples) == 1 + 1 + 1 + 1


def test_parts_are_kept_apart(data: Path) -> None:
    """Only records of the part that is asked for are read; where there are none that is said."""
    with pytest.raises(SourceError, match="no pronouns of the part dev"):
        pronouns.load(data, TOKENIZER, parsed, "dev")


def test_an_unreadable_corpus_is_a_source_error(data: Path) -> None:
    """A missing or broken file is named, with a hint."""
    (data / "coref_gum.jsonl.gz").write_bytes(b"no gzip")
    with pytest.raises(SourceError, match="coref_gum") as caught:
        pronouns.load(data, TOKENIZER, parsed)
    assert caught.value.hint


def test_batch_is_filled_to_the_longest(examples: list[Example]) -> None:
    """All tensors count the same examples; each row has a right answer among those given."""
    batch = collate(examples)
    longest = max(len(each.question.pieces) for each in examples)
    assert batch.pieces.shape == batch.features.shape == batch.mask.shape
    assert batch.pieces.shape == (len(examples), longest)
    assert int(batch.features.max()) < MARKED_FEATURES
    assert batch.choices.shape[:2] == (len(examples), batch.given.shape[1] - 1)
    assert bool((batch.right & batch.given).any(dim=1).all())
    assert not bool((batch.right & ~batch.given).any())
    assert batch.mask.sum(dim=1).tolist() == [len(each.question.pieces) for each in examples]


def test_heads_are_those_that_are_read() -> None:
    """The trained weights have the names that reading takes."""
    assert set(heads(SIZE).state_dict()) == set(HEADS)


def test_learning_makes_right_answers_likelier(examples: list[Example]) -> None:
    """Following the gradient lowers the loss on rows that tell the examples apart."""
    torch.manual_seed(1)
    batch = collate(examples)
    rows = torch.randn(*batch.pieces.shape, SIZE)
    made = heads(SIZE)
    optimiser = torch.optim.Adam(made.parameters(), lr=0.01)
    first = loss(made, rows, batch).item()
    for _ in range(40):
        optimiser.zero_grad()
        loss(made, rows, batch).backward()
        optimiser.step()
    assert loss(made.eval(), rows, batch).item() < first / 2


def test_filling_does_not_change_the_loss(examples: list[Example]) -> None:
    """The loss of a batch is the mean of those of its examples."""
    made = heads(SIZE).eval()
    rows = torch.randn(len(examples), max(len(each.question.pieces) for each in examples), SIZE)
    alone = [
        loss(made, rows[row : row + 1, : len(each.question.pieces)], collate([each]))
        for row, each in enumerate(examples)
    ]
    torch.testing.assert_close(loss(made, rows, collate(examples)), torch.stack(alone).mean())
