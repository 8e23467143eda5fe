"""Attribution as a task: what articles become for training, and how far rows are from them."""

from __future__ import annotations

import gzip
import random
from collections import Counter
from itertools import islice, product
from math import log
from typing import TYPE_CHECKING

import pytest
import torch
from sample_reader import TOKENIZER, annotated, write_articles

from briefing.errors import SourceError
from briefing.reader.decode import TAGS, follows, runs
from briefing.reader.features import WINDOW_PIECES, frame, framed, open_tokenizer, read_pieces
from briefing.reader.features import windows as cut
from briefing.reader.links import LINK_SIZE
from briefing.reader.stages import endless, shuffled, windowed
from briefing.reader.tasks.attribution import (
    CORPUS,
    IGNORED,
    NO_LINK,
    Article,
    Attribution,
    Labelled,
    collate,
    heads,
    holder_loss,
    link_loss,
    load_articles,
    tag_loss,
)

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.reader.tasks.attribution import Example

READ = open_tokenizer(TOKENIZER)
TWO_CUES = "Orme said the dues rise and added that boats stay."
LONG = "The ferry left at noon with forty cars and a coach on its lower deck.\n" * 40


def place(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def spans(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    return tuple(place(text, each) for each in words)


SHARED = Article(
    "shared",
    "train",
    TWO_CUES,
    (
        Attribution(
            spans(TWO_CUES, "Orme"), spans(TWO_CUES, "said"), spans(TWO_CUES, "the dues rise")
        ),
        Attribution(
            spans(TWO_CUES, "Orme"), spans(TWO_CUES, "added"), spans(TWO_CUES, "that boats stay")
        ),
    ),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A corpus of four invented articles of its train part, and one of another."""
    write_articles(tmp_path)
    return tmp_path


def only(article: Article) -> Example:
    """The one window of an article."""
    (example,) = Labelled(READ, article).examples()
    return example


def test_training_reads_what_tagging_reads(data: Path) -> None:
    """An example's pieces are those of the reader's window, with a tag and a link each."""
    for article in load_articles(data):
        pieces = read_pieces(READ, article.text)
        found = list(Labelled(READ, article).examples())
        assert [list(each.pieces) for each in found] == [
            framed(pieces, window, frame(READ)) for window in cut(article.text, pieces.offsets)
        ]
        assert all(len(each.pieces) == len(each.tags) == len(each.links) for each in found)


def test_only_one_part_is_read(data: Path) -> None:
    """What the corpus keeps for measuring is not trained on."""
    assert [article.id for article in load_articles(data)] == ["0", "1", "2", "3"]
    assert [article.id for article in load_articles(data, "dev")] == ["9"]


def test_labels_are_the_annotations(data: Path) -> None:
    """First pieces are B, others I, marks are left out; sources and contents link to their cue."""
    example = only(load_articles(data)[2])
    names = [TAGS[tag] if tag != IGNORED else "-" for tag in example.tags]
    assert names == (
        "- B-cue I-cue B-source I-source O B-content I-content I-content I-content"
        " O O O O O O O -".split()
    )
    assert [link for link in enumerate(example.links) if link[1] != NO_LINK] == [(3, 1), (6, 1)]
    assert example.holders == ((1, (3,)),)


def test_cues_may_share_a_source() -> None:
    """Two cues of one source both have it; each content keeps its own cue."""
    example = only(SHARED)
    said, added = (number for number, tag in enumerate(example.tags) if tag == TAGS.index("B-cue"))
    assert dict(example.holders) == {said: (1,), added: (1,)}
    contents = [
        example.links[number]
        for number, tag in enumerate(example.tags)
        if tag == TAGS.index("B-content")
    ]
    assert contents == [said, added]


def test_a_cue_without_a_source_has_the_mark() -> None:
    """Where people found no source there is none."""
    text = "The dues rise, it was said."
    bare = Attribution((), spans(text, "was said"), spans(text, "The dues rise"))
    article = Article("1", "train", text, (bare,))
    ((_, places),) = only(article).holders
    assert places == (0,)


def test_a_cue_within_a_content_is_not_lost() -> None:
    """A content that goes on behind a cue within it begins anew, so that tags stay allowed."""
    text = "The dues, Vell said, will rise."
    whole = Attribution(spans(text, "Vell"), spans(text, "said"), spans(text, text[:-1]))
    tags = only(Article("1", "train", text, (whole,))).tags[1:-1]
    assert [run.role for run in runs(tags)] == ["content", "source", "cue", "content"]
    names = [TAGS[tag] for tag in tags]
    assert all(follows(*pair) for pair in zip(names, ["O", *names], strict=False))


@pytest.mark.parametrize("first", [1, 40, 100, WINDOW_PIECES])
def test_windows_tile_the_article(first: int) -> None:
    """Wherever the first window ends, each piece stands in one window, and marks in all."""
    article = Article("long", "train", f"{TWO_CUES}\n{LONG}", SHARED.attributions)
    pieces = read_pieces(READ, article.text)
    found = list(Labelled(READ, article).examples(first))
    inside = [piece for each in found for piece in each.pieces[1:-1]]
    assert inside == list(zip(pieces.numbers, pieces.features, strict=True))
    assert len(found[0].pieces) <= first + 2
    assert all(each.tags[0] == each.tags[-1] == IGNORED for each in found)


def test_what_stands_in_another_window_is_not_linked() -> None:
    """A cut between a content and its cue leaves neither a link nor a holder to learn."""
    article = Article("long", "train", f"{TWO_CUES}\n{LONG}", SHARED.attributions)
    first, second, *_ = Labelled(READ, article).examples(2)
    assert first.tags[1:-1] == (TAGS.index("B-source"), TAGS.index("I-source"))
    assert first.holders == second.holders == ()
    assert first.links == (NO_LINK,) * 4
    assert second.tags[1] == TAGS.index("B-cue")


def test_a_batch_is_filled_up(data: Path) -> None:
    """Shorter examples are filled with what is masked, not learnt from and not linked."""
    known = [only(article) for article in load_articles(data)]
    batch = collate(known)
    lengths = [len(each.pieces) for each in known]
    assert batch.pieces.shape == (4, max(lengths))
    assert batch.mask.sum(dim=1).tolist() == lengths
    assert (batch.tags[batch.mask == 0] == IGNORED).all()
    assert (batch.links[batch.mask == 0] == NO_LINK).all()
    assert batch.cues.tolist() == [
        [row, cue] for row, each in enumerate(known) for cue, _ in each.holders
    ]
    assert batch.holders.sum(dim=1).tolist() == [1] * len(batch.cues)


def test_every_example_once_a_round() -> None:
    """Batches go through all examples before one comes again, in an order that the seed decides."""

    def batches(seed: int) -> list[list[int]]:
        return list(islice(shuffled(endless(range(10)), 4, seed), 5))

    assert Counter(each for batch in batches(3) for each in batch) == dict.fromkeys(range(10), 2)
    assert batches(3) == batches(3)
    assert batches(3) != batches(4)


def test_every_round_is_cut_anew() -> None:
    """Windows begin at other places in another round, at the same ones in the same round."""
    once = windowed([Labelled(READ, Article("long", "train", LONG))])
    lengths = [
        [len(each.pieces) for each in once(random.Random(seed))]  # noqa: S311 - no secret
        for seed in (1, 1, 2)
    ]
    assert lengths[0] == lengths[1] != lengths[2]


def test_tag_loss_is_that_of_the_definition() -> None:
    """Minus the logarithm of the probability over all allowed sequences, the mean over pieces."""
    chance = torch.Generator().manual_seed(3)
    scores = torch.randn(2, 5, len(TAGS), generator=chance)
    follow = torch.randn(len(TAGS), len(TAGS), generator=chance)
    right = [[0, 1, 2], [3, 5]]

    def total(row: int, path: tuple[int, ...] | list[int]) -> torch.Tensor:
        steps = zip((0, *path), path, strict=False)
        own = sum(scores[row, 1 + number, tag] for number, tag in enumerate(path))
        return own + sum(follow[before, tag] for before, tag in steps)

    expected = torch.zeros(())
    for row, path in enumerate(right):
        every = [
            total(row, each)
            for each in product(range(len(TAGS)), repeat=len(path))
            if all(
                follows(TAGS[tag], TAGS[old]) for old, tag in zip((0, *each), each, strict=False)
            )
        ]
        expected = expected + torch.stack(every).logsumexp(dim=0) - total(row, path)
    tags = torch.tensor([[IGNORED, 0, 1, 2, IGNORED], [IGNORED, 3, 5, IGNORED, IGNORED]])
    found = tag_loss(scores, follow, tags)
    assert found.item() == pytest.approx(expected.item() / 5, rel=1e-4)


def test_link_losses_fall_where_the_right_one_is_chosen() -> None:
    """Rows by which each asks for its own cue, and cues for their source, have next to no loss."""
    batch = collate([only(SHARED)])
    made = heads(LINK_SIZE)
    for name in ("asks", "answers", "seeks", "offers"):
        torch.nn.init.eye_(made.get_parameter(f"{name}.weight"))
        torch.nn.init.zeros_(made.get_parameter(f"{name}.bias"))
    rows = torch.zeros(1, batch.pieces.shape[1], LINK_SIZE)
    asking = [(at, cue) for at, cue in enumerate(batch.links[0].tolist()) if cue != NO_LINK]
    for at, cue in asking:
        rows[0, at, cue] = rows[0, cue, cue] = 20.0
    assert link_loss(made, rows, batch).item() < 0.05
    of_two = pytest.approx(log(2), abs=1e-4)
    assert link_loss(made, torch.zeros_like(rows), batch).item() == of_two
    for cue in dict(only(SHARED).holders):
        rows[0, cue, 0] = rows[0, 1, 0] = 20.0
    assert holder_loss(made, rows, batch).item() < 0.05
    assert holder_loss(made, torch.zeros_like(rows), batch).item() == of_two


def test_without_links_there_is_no_loss_of_them() -> None:
    """A text in which nobody says anything is learnt from all the same."""
    batch = collate([only(Article("1", "train", "Rain fell."))])
    rows = torch.ones(1, batch.pieces.shape[1], 8)
    assert link_loss(heads(8), rows, batch).item() == 0
    assert holder_loss(heads(8), rows, batch).item() == 0


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


def test_the_marks_of_the_sample_are_its_spans() -> None:
    """The sample's brackets become spans of its text."""
    article = annotated("(Vell) {said} [no].", 1)
    assert article["text"] == "Vell said no."
    assert article["attributions"] == [
        {"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 12]]}
    ]
