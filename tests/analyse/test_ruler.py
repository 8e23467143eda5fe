from pathlib import Path
from typing import Any

import pytest

from briefing.analyse.ruler import Remembered
from briefing.analyse.syntax import language_model

pytestmark = pytest.mark.reader

SEEDS = Path(__file__).parents[2] / "seeds"
ODD = "They're gonna go; let's see whether it ain't so, y'all, 'cause I'd've  gotta know.\n"


def test_words_read_as_by_the_plain_ruler() -> None:
    """Parts of speech, forms and lemmas are those that spaCy gives where nothing is remembered."""
    nlp = language_model()
    ruler, lemmatizer = (nlp.get_pipe(name) for name in ("attribute_ruler", "lemmatizer"))
    remembered = ruler.matcher
    assert isinstance(remembered, Remembered)
    lines = [
        line for file in SEEDS.rglob("*.txt") for line in file.read_text("utf-8").splitlines()
    ]
    texts = [ODD, "", " ", *lines, *lines[:50], ODD]

    def read() -> list[list[tuple[Any, ...]]]:
        with nlp.select_pipes(disable=["attribute_ruler", "lemmatizer"]):
            parsed = list(nlp.pipe(texts))
        docs = [lemmatizer(ruler(doc)) for doc in parsed]
        return [
            [(w.text, w.pos, w.tag, w.dep, w.lemma, str(w.morph)) for w in doc] for doc in docs
        ]

    quick = read()
    ruler.matcher = remembered._matcher
    try:
        assert quick == read()
    finally:
        ruler.matcher = remembered
    assert len(lines) > 200
