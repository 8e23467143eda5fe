"""Judge, vectors of points, scorer: the same answer in any company, and files that vouch."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_support import encoder_folder, tiny_support
from strategies import texts

from briefing.errors import ModelError
from briefing.reader.card import read_card
from briefing.reader.encoder import mean_vectors
from briefing.support.blend import SHAPES
from briefing.support.judge import Judge, Verdict
from briefing.support.opened import PARTS, opened
from briefing.support.points import Points
from briefing.support.scorer import Scorer
from briefing.support.ship import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from briefing.reader.dense import Precision

    Folders = tuple[Path, Path]

pytestmark = pytest.mark.reader

LONG = "The quay was dredged in 1987, and the crews were paid for it. " * 30
OTHER = "Rain kept the ferry of Ost in its harbour while the council sat until noon. " * 25
PAIRS = [
    ("The ferry sails at nine.", "The ferry never sails."),
    (LONG, "The quay is old."),
    ("", "It is old."),
    ("It is old.", ""),
    ("The ferry sails at nine.", OTHER),
    ("", ""),
]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """A tiny judge's folder, and its encoder's."""
    folder = tmp_path_factory.mktemp("models")
    encoder = encoder_folder(folder / "reader")
    return tiny_support(folder / "support", encoder), encoder


@pytest.fixture
def copied(folders: Folders, tmp_path: Path) -> Folders:
    """Folders whose files a test may replace."""
    for folder in folders:
        (tmp_path / folder.name).mkdir()
        for path in folder.iterdir():
            if path.is_file():
                (tmp_path / folder.name / path.name).symlink_to(path.resolve())
    return tmp_path / "support", tmp_path / "reader"


@pytest.fixture(scope="module", params=["fp32", "int8"])
def precision(request: pytest.FixtureRequest) -> Precision:
    """What the layers run in."""
    found: Precision = request.param
    return found


@pytest.fixture(scope="module")
def judge(folders: Folders, precision: Precision) -> Judge:
    """A judge of random weights."""
    return Judge(*folders, precision=precision)


@pytest.fixture(scope="module")
def points(folders: Folders, precision: Precision) -> Points:
    """What makes vectors with random weights."""
    return Points(*folders, precision=precision)


def test_a_verdict_adds_up_to_one(judge: Judge) -> None:
    """Three probabilities for each pair, in the order of the pairs."""
    verdicts = judge.verdicts(PAIRS)
    assert len(verdicts) == len(PAIRS)
    assert all(sum(verdict) == pytest.approx(1, abs=1e-5) for verdict in verdicts)
    assert all(0 <= chance <= 1 for verdict in verdicts for chance in verdict)
    assert judge.verdicts([]) == ()


def test_a_verdict_does_not_depend_on_the_other_pairs(judge: Judge) -> None:
    """Alone, among others or in another order, a pair gets the same bits."""
    together = judge.verdicts(PAIRS)
    assert tuple(judge.verdicts([pair])[0] for pair in PAIRS) == together
    assert judge.verdicts(PAIRS[::-1]) == together[::-1]
    assert judge.verdicts(PAIRS * 3) == together * 3


@settings(max_examples=15)
@given(st.lists(st.tuples(texts(), texts()), max_size=4))
def test_any_texts_are_judged_alike_in_any_company(
    judge: Judge, given: list[tuple[str, str]]
) -> None:
    """So it is with texts of all kinds."""
    known = PAIRS[0]
    found = judge.verdicts([*given, known])
    assert found == (*(judge.verdicts([pair])[0] for pair in given), *judge.verdicts([known]))


def test_the_order_of_a_pair_counts(judge: Judge) -> None:
    """What follows from what is no likeness."""
    (first, second) = PAIRS[0]
    one, other = judge.verdicts([(first, second), (second, first)])
    assert one != other


def test_of_a_long_text_the_window_that_decides_most_speaks(folders: Folders) -> None:
    """The verdict is that of one window: the one that leaves least open."""

    class Told(Judge):
        """Gives verdicts by the windows' order."""

        def __init__(self, *opens: float) -> None:
            super().__init__(*folders, precision="fp32")
            self.left = [Verdict((1 - each) / 2, each, (1 - each) / 2) for each in opens]

        def _verdict(self, *_: object) -> Verdict:
            return self.left.pop(0)

    assert Told(0.5, 0.2, 0.9).verdicts([(LONG, "It is old.")]) == (Verdict(0.4, 0.2, 0.4),)


def test_vectors_have_unit_length(points: Points) -> None:
    """One row a text, in 32-bit floats."""
    told = [text for pair in PAIRS for text in pair]
    vectors = points.vectors(told)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(told), 64)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert points.vectors([]).shape == (0, 64)


def test_a_vector_does_not_depend_on_its_neighbours(
    folders: Folders, precision: Precision
) -> None:
    """A text alone has the same bits as among others."""
    told = [text for pair in PAIRS for text in pair]
    together = Points(*folders, precision=precision).vectors(told)
    for text, vector in zip(told, together, strict=True):
        alone = Points(*folders, precision=precision)  # one that has not kept it
        assert np.array_equal(alone.vectors([text])[0], vector)


def test_the_last_texts_are_not_read_again(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each text is read once as long as it is among the last, and has the same vector then."""
    read: list[str] = []

    def noted(bert: Any, tokenizer: Any, size: int, texts: Sequence[str]) -> Any:
        read.extend(texts)
        return mean_vectors(bert, tokenizer, size, texts)

    monkeypatch.setattr("briefing.support.points.mean_vectors", noted)
    monkeypatch.setattr("briefing.support.points.KEPT", 2)
    one, two, three = (f"The {name} sails." for name in ("ferry", "barge", "tug"))
    points = Points(*folders)
    first = points.vectors([one, two, three, two])
    assert np.array_equal(points.vectors([three, two]), first[[2, 1]])
    assert read == [one, two, three]
    assert np.array_equal(points.vectors([one]), first[:1])
    assert read == [one, two, three, one]


def test_chances_rise_with_the_product(points: Points) -> None:
    """From 0 to 1, one for each product."""
    chances = points.chances([-1.0, 0.0, 0.5, 0.9, 1.0])
    assert chances == tuple(sorted(chances))
    assert all(0 <= chance <= 1 for chance in chances)
    assert points.chances([]) == ()


def test_the_networks_differ(folders: Folders) -> None:
    """All lie in one file, each with its own layers and heads."""
    verdict, point, support = (opened(part, *folders) for part in PARTS)
    assert verdict.heads.keys() != point.heads.keys()
    assert support.heads.keys() == {*verdict.heads, *SHAPES}
    assert not verdict.heads["inner.weight"].equal(support.heads["inner.weight"])
    assert verdict.sha256 == point.sha256 == support.sha256
    assert verdict.name == "tiny judge"


def test_the_digest_is_of_both_files(folders: Folders) -> None:
    """The table of words is the encoder's, and counts."""
    support, encoder = map(read_card, folders)
    both = support.files[WEIGHTS] + encoder.files["model.safetensors"]
    assert Judge(*folders).sha256 == hashlib.sha256(both.encode()).hexdigest()
    assert Scorer(*folders).sha256 == Judge(*folders).sha256


@pytest.mark.parametrize("kind", [Judge, Points, Scorer])
@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("support", WEIGHTS),
        ("support", "model.toml"),
        ("reader", "model.safetensors"),
        ("reader", "tokenizer.json"),
    ],
)
def test_a_missing_file_is_a_model_error(
    copied: Folders, kind: Callable[[Path, Path], object], model: str, name: str
) -> None:
    """It is told, with what to do."""
    (copied[model == "reader"] / name).unlink()
    with pytest.raises(ModelError) as caught:
        kind(*copied)
    assert caught.value.hint


def test_other_weights_are_refused(copied: Folders) -> None:
    """What the card does not vouch for is not used."""
    path = copied[0] / WEIGHTS
    path.unlink()
    path.write_bytes(b"other")
    with pytest.raises(ModelError, match="is not the file that"):
        Judge(*copied)


def test_weights_that_are_none_are_told(copied: Folders) -> None:
    """A file that the card vouches for and nobody can read names the command that makes one."""
    folder, encoder = copied
    for name, content in (
        (WEIGHTS, b"other"),
        (
            "model.toml",
            (folder / "model.toml")
            .read_bytes()
            .replace(
                read_card(folder).files[WEIGHTS].encode(),
                hashlib.sha256(b"other").hexdigest().encode(),
            ),
        ),
    ):
        (folder / name).unlink()
        (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        Judge(folder, encoder)
    assert "briefing.support.train" in caught.value.hint
