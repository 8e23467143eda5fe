"""How like a claim's pieces are to those of sentences."""

from __future__ import annotations

import pytest
import torch
from sample_support import encoder_folder, tiny_support

from briefing.support import likeness
from briefing.support.likeness import MEASURES, Likeness, measures

pytestmark = pytest.mark.reader

ONE, OTHER, THIRD = torch.eye(3)
TOLD = ("The ferry sails at nine.", "Dues rose in May.", "The quay is old. " * 100, "")
CLAIMS = ("The old ferry sails.", "Dues fell.", "", "\ud800", "Whales sing. " * 100)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Likeness:
    """What compares by random weights."""
    folder = tmp_path_factory.mktemp("models")
    encoder = encoder_folder(folder / "reader")
    return Likeness(tiny_support(folder / "support", encoder), encoder, precision="fp32")


def test_each_piece_has_the_most_like_one() -> None:
    """Of all sentences, and of the one that has most on the mean."""
    claim = torch.stack([ONE, ONE, OTHER, THIRD])
    told = [torch.stack([THIRD, OTHER]), torch.stack([ONE])]
    assert measures(claim, told) == pytest.approx([1, 1, 1, 0.5, 1 / 3])
    assert measures(claim, told[:1]) == pytest.approx([0.5, 0, 1 / 3, 0.5, 1 / 3])


def test_nothing_to_compare() -> None:
    """Neither without pieces nor without sentences is anything alike."""
    none = torch.zeros(0, 3)
    for claim, told in ((none, [ONE[None]]), (ONE[None], []), (ONE[None], [none])):
        assert measures(claim, told) == [0.0] * MEASURES


def test_what_is_told_is_most_like(compared: Likeness) -> None:
    """A sentence among its evidence is as like as can be; no order of it matters."""
    (found,) = compared.measures([(TOLD[0], TOLD[:2])])
    assert found == pytest.approx([1] * MEASURES)
    one, other = compared.measures([(CLAIMS[0], TOLD), (CLAIMS[0], TOLD[::-1])])
    assert one == other
    assert max(one) < 1


def test_the_same_in_any_company(compared: Likeness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone, among others, read before or again, a claim gets the same bits."""
    asked = [(claim, told) for claim in CLAIMS for told in (TOLD, TOLD[1:], ())]
    together = compared.measures(asked)
    monkeypatch.setattr(likeness, "KEPT", 1)
    assert [compared.measures([each])[0] for each in asked] == together
    assert compared.measures([]) == []
