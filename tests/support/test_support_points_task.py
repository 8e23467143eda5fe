"""Training the vectors of points: groups, what is known of them, and a loss that falls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from sample_reader import TOKENIZER, write_corpus
from sample_support import CLAIMS, KEY_POINTS, MOTION, TOLD, chance, write_key_points

from briefing.errors import SourceError
from briefing.reader.encoder import WINDOW_PIECES
from briefing.reader.features import open_tokenizer
from briefing.support.points import decide
from briefing.support.tasks.points import (
    GROUP,
    UNKNOWN,
    Group,
    Point,
    Record,
    Side,
    collate,
    groups,
    heads,
    load,
    loss,
)
from briefing.support.tasks.sheets import DENIED, ENTAILED, NOT_ENTAILED, OPEN, Example

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.reader

READ = open_tokenizer(TOKENIZER)
SIZE = 32
WANTED = {"entailment": ENTAILED, "neutral": OPEN, "contradiction": DENIED}
PAIRS = [Example(first, second, WANTED[label]) for first, second, label in TOLD * 5]
SIDE = (MOTION, 1)


def claim(argument: str, *made: tuple[str, int]) -> Record:
    return Record("train", MOTION, argument, 1, tuple(Point(*each) for each in made))


ONE: dict[Side, tuple[Record, ...]] = {SIDE: (claim("It is loose.", (KEY_POINTS[0], 1)),)}


def pieces(text: str) -> tuple[int, ...]:
    """A text's numbers, marks included."""
    return tuple(READ.encode(text).ids)


def of_claims(*records: Record) -> Group:
    """The one group of a few arguments."""
    (group,) = groups(READ, {SIDE: records}, PAIRS, chance(), 0.0)
    return group


def test_arguments_by_motion_and_side(tmp_path: Path) -> None:
    """Only those of the part that is asked for."""
    write_key_points(tmp_path)
    sides = load(tmp_path)
    assert [*sides] == [SIDE]
    assert [each.argument for each in sides[SIDE]] == [argument for argument, _ in CLAIMS]
    assert [*load(tmp_path, "dev")] == [SIDE]


def test_every_argument_stands_against_every_point_of_its_side() -> None:
    """Labels are those of the corpus; where it has none, nobody knows."""
    group = of_claims(
        claim("It is loose.", (KEY_POINTS[0], 1)),
        claim("It costs.", (KEY_POINTS[1], 0), (KEY_POINTS[0], 0)),
    )
    assert group.others == tuple(map(pieces, KEY_POINTS))
    found = dict(zip(group.ones, group.labels, strict=True))
    assert found == {pieces("It is loose."): (1.0, UNKNOWN), pieces("It costs."): (0.0, 0.0)}


def test_a_round_has_all_arguments_and_some_pairs() -> None:
    """Arguments in groups of at most so many, then as many groups of pairs as asked for."""
    many = [claim(f"Argument {number}.", (KEY_POINTS[0], 1)) for number in range(GROUP + 1)]
    found = [*groups(READ, {SIDE: tuple(many)}, PAIRS, chance(), 1.5)]
    assert [len(each.ones) for each in found] == [GROUP, 1, *[GROUP] * 3]
    argued = {one for group in found[:2] for one in group.ones}
    assert argued == {pieces(each.argument) for each in many}


def test_groups_follow_from_the_seed() -> None:
    """The same chance gives the same groups; another one other pairs."""
    first, second = ([*groups(READ, ONE, PAIRS, chance(), 1.0)] for _ in "12")
    assert first == second
    assert first != [*groups(READ, ONE, PAIRS, chance(2), 1.0)]


@pytest.mark.parametrize(
    ("wanted", "label"),
    [(ENTAILED, 1.0), (OPEN, UNKNOWN), (DENIED, 0.0), (NOT_ENTAILED, 0.0)],
)
def test_what_a_pair_tells_of_the_same(wanted: tuple[float, ...], label: float) -> None:
    """What follows says the same, what is left open may; a text of another pair does not."""
    pairs = [Example(f"The quay {number}.", f"It {number}.", wanted) for number in range(GROUP)]
    _, group = groups(READ, ONE, pairs, chance(), 1.0)
    for row, labels in enumerate(group.labels):
        assert labels == tuple(label if at == row else 0.0 for at in range(GROUP))


def test_a_long_text_is_cut_to_one_window() -> None:
    """Its last pieces are not met, its end mark is."""
    group = of_claims(claim("The quay is old and loose. " * 90, (KEY_POINTS[0], 1)))
    (long,) = group.ones
    assert len(long) == WINDOW_PIECES + 2
    assert long[-1] == pieces("")[-1]


def test_a_batch_lays_both_sides_below_each_other() -> None:
    """The first side, then the second, filled up with zeros; nothing is known of a piece."""
    group = of_claims(
        claim("It is loose.", (KEY_POINTS[0], 1)), claim("It costs.", (KEY_POINTS[1], 0))
    )
    batch = collate([group])
    texts = (*group.ones, *group.others)
    assert batch.pieces.shape == batch.mask.shape == (4, max(map(len, texts)))
    for row, text in enumerate(texts):
        assert batch.pieces[row].tolist() == [*text, *[0] * (batch.pieces.shape[1] - len(text))]
        assert batch.mask[row].sum() == len(text)
    assert not batch.features.any()
    assert batch.labels.tolist() == [list(each) for each in group.labels]


def test_what_nobody_knows_counts_nothing() -> None:
    """A pair without a label leaves the loss and its gradients as they are."""
    group = of_claims(claim("It is loose.", (KEY_POINTS[0], 1)), claim("It costs.", (KEY_POINTS[1], 0)))  # fmt: skip
    batch = collate([group])
    rows = torch.randn(*batch.pieces.shape, SIZE, requires_grad=True)
    made = heads(SIZE)
    with_both = loss(made, rows, batch)
    scores = []
    vectors = torch.nn.functional.normalize((rows * batch.mask[..., None]).sum(1), dim=-1)
    weights = dict(made.named_parameters())
    for one, labels in enumerate(batch.labels):
        for other, label in enumerate(labels):
            if label >= 0:
                score = decide(weights, (vectors[one] * vectors[2 + other]).sum()[None])
                chosen = 0.98 if label else 0.02
                scores.append(torch.nn.functional.binary_cross_entropy_with_logits(score, torch.tensor([chosen])))  # fmt: skip
    assert with_both.item() == pytest.approx(torch.stack(scores).mean().item(), abs=1e-5)


def test_the_first_scores_take_half_a_product_for_nothing() -> None:
    """Training begins with a product of one half at even chances."""
    weights = {name: each.detach() for name, each in heads(SIZE).named_parameters()}
    low, half, high = decide(weights, torch.tensor([0.0, 0.5, 1.0])).sigmoid().tolist()
    assert half == pytest.approx(0.5)
    assert (low < 0.01, high > 0.99) == (True, True)


def test_training_lessens_the_loss() -> None:
    """Vectors of pieces learn which argument makes which point."""
    torch.manual_seed(0)
    records = [claim(argument, *zip(KEY_POINTS, made, strict=True)) for argument, made in CLAIMS]
    batch = collate([of_claims(*records)])
    table = torch.nn.Embedding(READ.get_vocab_size(), SIZE)
    made = heads(SIZE)
    optimiser = torch.optim.Adam([*table.parameters(), *made.parameters()], lr=0.05)
    losses = []
    for _ in range(25):
        value = loss(made, table(batch.pieces), batch)
        optimiser.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        losses.append(value.item())
    assert losses[-1] < losses[0] / 2


def test_a_corpus_without_the_part_is_named(tmp_path: Path) -> None:
    """A part that is not there is of no use, nor is a missing file."""
    write_key_points(tmp_path)
    with pytest.raises(SourceError, match="no arguments of the part test"):
        load(tmp_path, "test")
    write_corpus(tmp_path, "claims_keypoints", [{}])
    with pytest.raises(SourceError, match="cannot be read"):
        load(tmp_path)
