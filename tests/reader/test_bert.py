import msgspec
import pytest
import torch

from briefing.paths import shipped
from briefing.reader.bert import Bert, Shape
from briefing.reader.dense import Precision
from briefing.reader.weights import load

pytestmark = pytest.mark.reader

SHIPPED = shipped("models") / "reader"


@pytest.mark.parametrize("precision", ["bf16", "int8", "fp32"])
def test_picked_pieces_are_those_of_the_whole(precision: Precision) -> None:
    """What is picked has the same bits as where all pieces are run, on shared and on own sheets."""
    shape = msgspec.json.decode((SHIPPED / "config.json").read_bytes(), type=Shape)
    bert = Bert(shape, load(SHIPPED / "model.safetensors"), precision)
    windows = [[101, *range(2000, 2000 + count), 102] for count in (5, 200, 40, 0, 130, 3)]
    wanted = [[0, 3, 4], [0, 7, 199], [11, 12], [0, 1], [0, 129, 130], [0, 4]]
    with torch.inference_mode():
        whole = [rows for (rows,) in bert.run(windows)]
        picked = list(bert.pick(windows, wanted))
    for rows, numbers, some in zip(whole, wanted, picked, strict=True):
        assert torch.equal(rows[numbers], some)
