"""Sheets of pairs, and a loss that falls."""

from __future__ import annotations

import math

import pytest
import torch
from sample_reader import TOKENIZER
from sample_support import TOLD, chance

from briefing.reader.features import frame, open_tokenizer
from briefing.support.pairs import CLASSES, lay, score, vector
from briefing.support.tasks.sheets import (
    DENIED,
    ENTAILED,
    NOT_ENTAILED,
    OPEN,
    SHEET_PIECES,
    Example,
    Layout,
    Sheet,
    collate,
    heads,
    loss,
)

pytestmark = pytest.mark.reader

READ = open_tokenizer(TOKENIZER)
MARKS = frame(READ)
SIZE = 16
WANTED = {"entailment": ENTAILED, "neutral": OPEN, "contradiction": DENIED}
EXAMPLES = [Example(first, second, WANTED[label]) for first, second, label in TOLD]
LONG = "The quay was dredged in 1987, and the crews were paid for it. " * 30


def sheets(*examples: Example, seed: int = 1) -> list[Sheet]:
    return list(Layout(READ, MARKS).sheets(examples, chance(seed)))


def test_every_pair_stands_on_one_sheet_with_its_label() -> None:
    """Pairs are sorted by length and keep what is wanted of them."""
    (sheet,) = sheets(*EXAMPLES)
    expected = {(lay(READ, MARKS, each.first, each.second)[0], each.wanted) for each in EXAMPLES}
    assert {*zip(sheet.pairs, sheet.wanted, strict=True)} == expected
    lengths = [len(pair.pieces) for pair in sheet.pairs]
    assert lengths == sorted(lengths)


def test_a_sheet_holds_no_more_than_it_may() -> None:
    """Filling counts; no pair is lost."""
    several = sheets(*EXAMPLES * 60)
    assert len(several) > 1
    assert sum(len(sheet.pairs) for sheet in several) == len(EXAMPLES) * 60
    assert max(collate([sheet]).pieces.numel() for sheet in several) <= SHEET_PIECES


def test_sheets_follow_from_the_seed() -> None:
    """The same chance gives the same sheets; another one another order."""
    many = EXAMPLES * 120
    assert sheets(*many) == sheets(*many)
    assert sheets(*many) != sheets(*many, seed=2)


def test_a_long_text_shows_one_window_a_round() -> None:
    """Which one is left to chance, so that all are met in time."""
    layout, drawn = Layout(READ, MARKS), chance()
    example = Example(LONG, "The quay is old.", OPEN)
    met = [sheet.pairs for _ in range(30) for sheet in layout.sheets([example], drawn)]
    assert {len(pairs) for pairs in met} == {1}
    assert {pair for pairs in met for pair in pairs} == {*lay(READ, MARKS, LONG, example.second)}


def test_a_batch_marks_both_texts() -> None:
    """Masks cover the pieces of each text and nothing else; filling is zero."""
    (sheet,) = sheets(*EXAMPLES)
    batch = collate([sheet])
    longest = max(len(pair.pieces) for pair in sheet.pairs)
    for each in (batch.pieces, batch.features, batch.mask, batch.first, batch.second):
        assert each.shape == (len(EXAMPLES), longest)
    assert batch.wanted.shape == (len(EXAMPLES), CLASSES)
    for row, pair in enumerate(sheet.pairs):
        length = len(pair.pieces)
        laid = torch.stack([batch.pieces[row], batch.features[row]], -1)[:length]
        assert tuple(map(tuple, laid.tolist())) == pair.pieces
        assert batch.mask[row].sum() == length
        assert not batch.pieces[row, length:].any()
        assert batch.first[row].nonzero().flatten().tolist() == [*range(1, 1 + pair.first)]
        assert batch.second[row].nonzero().flatten().tolist() == [*pair.second]


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [(ENTAILED, [0]), (OPEN, [1]), (DENIED, [2]), (NOT_ENTAILED, [1, 2])],
)
def test_the_loss_is_of_what_the_allowed_classes_have_together(
    wanted: tuple[float, ...], allowed: list[int]
) -> None:
    """Where two classes may be right, it does not matter which of them is likely."""
    made = heads(SIZE)
    bias = torch.tensor([0.5, -1.0, 2.0])
    with torch.no_grad():
        made.get_parameter("outer.weight").zero_()
        made.get_parameter("outer.bias").copy_(bias)
    (sheet,) = sheets(Example("The quay is closed.", "It is old.", wanted))
    batch = collate([sheet])
    rows = torch.randn(*batch.pieces.shape, SIZE)
    expected = -math.log(bias.softmax(-1)[allowed].sum().item())
    assert loss(made, rows, batch).item() == pytest.approx(expected, abs=1e-5)


def test_training_lessens_the_loss() -> None:
    """From rows that tell the pieces apart the heads learn the verdicts of a few pairs."""
    torch.manual_seed(0)
    table = torch.randn(READ.get_vocab_size(), SIZE)
    made = heads(SIZE)
    optimiser = torch.optim.Adam(made.parameters(), lr=0.01)
    (sheet,) = sheets(*EXAMPLES)
    batch = collate([sheet])
    losses = []
    for _ in range(60):
        value = loss(made.train(), table[batch.pieces], batch)
        optimiser.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        losses.append(value.item())
    assert losses[-1] < losses[0] / 4
    weights = {name: each.detach() for name, each in made.named_parameters()}
    scores = score(weights, vector(table[batch.pieces], batch.first, batch.second))
    assert torch.equal(scores.argmax(-1), batch.wanted.argmax(-1))
