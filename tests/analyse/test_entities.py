from pathlib import Path
from typing import Any

import pytest

from briefing.analyse.entities import BATCH, Recogniser
from briefing.analyse.syntax import language_model

pytestmark = pytest.mark.reader

SEEDS = Path(__file__).parents[2] / "seeds"
SHORT = (
    "Berlin",
    "Anna Berg",
    "In March 2024",
    "The  European  Central  Bank met.",
    "Anna Berg. Tom Reed. The Port of Rotterdam said no",
    " ",
    "",
)


def parsed(texts: list[str]) -> list[Any]:
    """Sentences without names, as both ways are given them."""
    return list(language_model().pipe(texts))


def names(docs: list[Any]) -> list[list[tuple[str, str, str]]]:
    return [[(token.text, token.ent_iob_, token.ent_type_) for token in doc] for doc in docs]


def test_the_names_are_those_that_spacy_finds() -> None:
    """Decoding here changes none of spaCy's names, in prose and at the ends of short lines."""
    files = sorted(SEEDS.rglob("*.txt")) + sorted(SEEDS.rglob("*.md"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [*SHORT, *lines]
    ours, theirs = parsed(texts), parsed(texts)
    pipe = language_model().get_pipe("ner")
    Recogniser(pipe).mark(ours)
    assert names(ours) == names(list(pipe.pipe(theirs)))
    assert len(texts) > 2 * BATCH
    assert sum(len(doc.ents) for doc in ours) > len(files)


def test_nothing_is_marked_where_there_are_no_words() -> None:
    """Sentences without words, all or none of them, are no trouble."""
    docs = parsed(["", ""])
    Recogniser(language_model().get_pipe("ner")).mark(docs)
    Recogniser(language_model().get_pipe("ner")).mark([])
    assert [list(doc.ents) for doc in docs] == [[], []]
