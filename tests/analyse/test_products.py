import numpy as np
import pytest

from briefing.analyse.products import TorchProducts
from briefing.analyse.syntax import language_model

pytestmark = pytest.mark.reader


def test_products_are_those_of_the_plain_way() -> None:
    """A product is the same as numpy's, whichever side is transposed, and fills a given array."""
    chance = np.random.default_rng(1)
    one, other = (chance.standard_normal((7, 7)).astype(np.float32) for _ in range(2))
    ops = TorchProducts()
    assert np.allclose(ops.gemm(one, other), one @ other, atol=1e-5)
    assert np.allclose(ops.gemm(one, other, trans1=True), one.T @ other, atol=1e-5)
    out = np.zeros((8, 7), dtype=np.float32)
    ops.gemm(one, other, trans2=True, out=out[1:])
    assert np.allclose(out[1:], one @ other.T, atol=1e-5)
    assert not out[0].any()


@pytest.mark.parametrize("name", ["tok2vec", "ner"])
def test_spacy_multiplies_by_torch(name: str) -> None:
    """The layers that cost most use these products."""
    layers = language_model().get_pipe(name).model.walk()
    ops = [layer.ops for layer in layers if layer.name == "maxout"]
    assert ops
    assert all(isinstance(each, TorchProducts) for each in ops)
