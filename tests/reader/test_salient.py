"""Sentences and words that a summary would hold: counted facts, scores and the choice by them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from briefing.document import Document
from briefing.reader.choice import choose, salience
from briefing.reader.outline import FACTS, WORD_FACTS, Cut, Outline, outline, stem, tokens
from briefing.reader.salient import BUDGET_FACTS, TIMES, Budget, budget_facts, read
from briefing.reader.tasks.salience import heads
from briefing.segment import segment

SIZE = 12
FERRIES = (
    "The harbour board will close the northern ferry route in March. Fares on the southern route "
    "rise by 4% at once. Islanders asked for a later date, and the board refused. "
    "A gull sat on the mast. The ferry route in the north carries few islanders in winter."
)
RAIN = "Rain is due on the islands. The board of the harbour meets again on Friday at noon."


def cut(text: str) -> Cut:
    """Cut `text` as the encoder would, a piece for each run between white space."""
    ends = [len(text[: place + 1]) for place, letter in enumerate(text + " ") if letter.isspace()]
    starts = [0, *(end for end in ends[:-1])]
    offsets = [(start, end - 1) for start, end in zip(starts, ends, strict=True)]
    return Cut(text, segment(Document("x", text)), [each for each in offsets if each[0] < each[1]])


def rows(given: Outline) -> torch.Tensor:
    """Vectors for all pieces of `given`."""
    generator = torch.Generator().manual_seed(3)
    return torch.randn(int(given.pieces.max(initial=0)), SIZE, generator=generator)


def weights() -> dict[str, torch.Tensor]:
    """Weights as training begins with them."""
    torch.manual_seed(5)
    return {name: each.detach() for name, each in heads(SIZE).named_parameters()}


def chances(given: Outline, likely: dict[str, float]) -> np.ndarray:
    """Those of a summary that holds the words `likely` once, each with its chance."""
    words = np.zeros((len(given.words), TIMES))
    for word, chance in likely.items():
        words[given.words.index(stem(word)), 0] = chance
    return words


@pytest.mark.parametrize(
    ("form", "other"),
    [("studies", "study"), ("routes", "route"), ("planned", "planning"), ("votes", "voting")],
)
def test_forms_of_a_word_are_one(form: str, other: str) -> None:
    """Plural, past and -ing forms share a stem with each other."""
    assert stem(form) == stem(other)


def test_short_words_stay() -> None:
    """A word of three letters is left as it is."""
    assert list(tokens("Its gas is 4% off.")) == ["its", "gas", "is", "4", "off"]


def test_an_outline_counts_words() -> None:
    """Each sentence has its words with their counts, and each word all its sentences."""
    given = outline([cut(FERRIES)])
    word = given.words.index("rout")
    assert given.lengths.tolist() == [11, 10, 10, 6, 11]
    assert given.sentence_of[given.word_of == word].tolist() == [0, 1, 4]
    assert given.tokens.sum() == given.count_of.sum() == len(given.occurring)
    assert given.facts.shape == (5, FACTS)
    assert given.word_facts.shape == (len(given.words), WORD_FACTS)
    assert np.isfinite(given.facts).all()
    assert np.isfinite(given.word_facts).all()


def test_pieces_are_numbered_through_all_texts() -> None:
    """The second text's sentences begin behind the first text's last piece."""
    first, second = cut(FERRIES), cut(RAIN)
    given = outline([first, second])
    ends = given.pieces.tolist()
    assert ends[0][0] == 0
    assert ends[5][0] == len(first.offsets)
    assert ends[-1][1] == len(first.offsets) + len(second.offsets)
    at = given.word_pieces[given.occurring == given.words.index("rain")]
    assert at.tolist() == [len(first.offsets)]


def test_headings_and_scraps_are_not_eligible() -> None:
    """A summary takes running sentences of five words or more."""
    given = outline([cut(f"# The ferries\n\nNo.\n\n{RAIN}\n\nWell, well.")])
    chosen = choose(given, chances(given, {}), Budget(sentences=9))
    assert set(chosen) == set(given.eligible.tolist())
    assert given.lengths[given.eligible].min() >= 5


def test_scraps_are_taken_where_there_is_nothing_else() -> None:
    """A text of short sentences has a summary too."""
    given = outline([cut("Rain fell. Boats sank.")])
    assert choose(given, chances(given, {}), Budget(words=2)) == (0,)


@pytest.mark.parametrize("texts", [[], [""], ["", " "]])
def test_nothing_is_chosen_from_nothing(texts: list[str]) -> None:
    """Without sentences there is an empty table and no summary."""
    given = outline([cut(text) for text in texts])
    found = read(weights(), given, rows(given), Budget(words=10))
    assert found.shape == (0, TIMES)
    assert choose(given, found, Budget(words=10)) == salience(given, found) == ()


def test_likely_words_are_chosen() -> None:
    """The sentence that holds the likely words is taken."""
    given = outline([cut(FERRIES)])
    assert choose(given, chances(given, {"gull": 0.9, "mast": 0.8}), Budget(sentences=1)) == (3,)


def test_the_same_words_are_not_chosen_twice() -> None:
    """A second sentence with words already held gives way to one with others."""
    given = outline([cut(FERRIES)])
    found = chances(given, {"ferry": 0.9, "route": 0.9, "islanders": 0.2, "refused": 0.5})
    both = choose(given, found, Budget(sentences=2))
    assert len(both) == 2
    assert 2 in both


@pytest.mark.parametrize("words", [9, 20, 33, 200])
def test_words_come_near_the_budget(words: int) -> None:
    """The total is within half a sentence of what is asked, or all is taken."""
    given = outline([cut(FERRIES), cut(RAIN)])
    chosen = choose(given, chances(given, {"board": 0.9, "fare": 0.3}), Budget(words=words))
    total = given.lengths[list(chosen)].sum()
    assert abs(total - words) <= given.lengths.max() / 2 or len(chosen) == len(given.eligible)
    assert list(chosen) == sorted(set(chosen))


@pytest.mark.parametrize("budget", [None, Budget(words=30), Budget(sentences=2)])
def test_words_have_chances(budget: Budget | None) -> None:
    """Each word has as many chances as it has times, between 0 and 1."""
    given = outline([cut(FERRIES), cut(RAIN)])
    found = read(weights(), given, rows(given), budget)
    assert found.shape == (len(given.words), TIMES)
    assert ((found > 0) & (found < 1)).all()


def test_budgets_are_told_apart() -> None:
    """None, words and sentences are said in different numbers, and longer ones in greater."""
    given = outline([cut(FERRIES)])
    none = budget_facts(given, None)
    short = budget_facts(given, Budget(words=12))
    long = budget_facts(given, Budget(words=30))
    counted = budget_facts(given, Budget(sentences=2))
    assert none == [0.0] * BUDGET_FACTS
    assert short[1] < long[1]
    assert short[4] < long[4]
    assert counted[3] != short[3]


def test_salience_falls_with_what_was_said() -> None:
    """The first choice has 1, one that repeats it less than one that does not."""
    text = (
        "The northern ferry route will close. The northern ferry route will soon close. "
        "Fares rise on all other routes. It is a grey day on the coast."
    )
    given = outline([cut(text)])
    found = chances(
        given, {"northern": 0.9, "ferry": 0.9, "close": 0.9, "fares": 0.6, "rise": 0.6}
    )
    scores = salience(given, found)
    assert max(scores) == scores[0] == 1
    assert scores[2] > scores[1]
    assert min(scores) >= 0


def test_stretches_of_long_texts_are_read() -> None:
    """More sentences than look at each other are all judged."""
    given = outline([cut("\n\n".join([FERRIES] * 120))])
    found = read(weights(), given, rows(given), Budget(sentences=3))
    assert len(given.lengths) == 600
    assert np.isfinite(found).all()
