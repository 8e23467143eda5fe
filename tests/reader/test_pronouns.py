"""Pronouns: their windows, and names that are given only when sure."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.document import Span
from briefing.paths import shipped
from briefing.reader.bert import FEATURE_TABLE, Shape
from briefing.reader.features import FEATURES, frame, open_tokenizer, read_pieces
from briefing.reader.pronouns import (
    COUNTS,
    DISTANCES,
    HEADS,
    MARKED_FEATURES,
    ORDERS,
    READ,
    PronounReader,
    Question,
    ask,
    scores,
)
from briefing.reader.standing import Standing
from briefing.reader.tasks.pronouns import heads
from briefing.reader.weights import Table

SIZE = 24
SHAPE = Shape(SIZE, 1, 2, 1e-12, 512, "bert", "gelu")
TOKENIZER = open_tokenizer(shipped("models") / "reader" / "tokenizer.json")
TEXT = (
    "Mirela Voss met Ostrand Vell at the quay. Voss would not wait. "
    "Vell told the council that she had asked for a ferry."
)
FILLER = "The ferry left at noon with forty cars and a coach on its lower deck. " * 20


def spans(text: str, words: str) -> list[Span]:
    """Every place of `words` in `text`."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def people(text: str) -> list[tuple[Span, str]]:
    """The places of the two names in `text`."""
    return [
        (span, name)
        for name in ("Mirela Voss", "Ostrand Vell")
        for words in (name, f". {name.split()[1]}")
        for span in (
            Span(each.start + len(words) - len(words.lstrip(". ")), each.end)
            for each in spans(text, words)
        )
    ]


def she(text: str) -> Span:
    """The last `she` of `text`."""
    return Span(*(text.rindex(" she ") + edge for edge in (1, 4)))


def asked(text: str, candidates: list[tuple[Span, str]] | None = None) -> Question:
    pieces = read_pieces(TOKENIZER, text)
    named = people(text) if candidates is None else candidates
    question = ask(
        pieces, frame(TOKENIZER), she(text), [(*each, Standing(3, 4)) for each in named]
    )
    assert question is not None
    return question


def weights(seed: int = 1) -> dict[str, torch.Tensor]:
    """Weights of a tiny encoder with heads, at random."""
    from transformers import BertConfig, BertModel

    torch.manual_seed(seed)
    config = BertConfig(
        hidden_size=SIZE, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    made = dict(BertModel(config, add_pooling_layer=False).state_dict())
    made[FEATURE_TABLE] = torch.randn(MARKED_FEATURES, SIZE)
    made |= {f"heads.{name}": each for name, each in heads(SIZE).state_dict().items()}
    return {name: Table(each, None) for name, each in made.items()}


@pytest.fixture(scope="module")
def reader() -> PronounReader:
    return PronounReader(SHAPE, weights(), TOKENIZER, torch.float32, sure=0)


def test_names_and_pronoun_are_marked() -> None:
    """The pieces of names and pronoun carry their marks in the table of features, no others do."""
    question = asked(TEXT)
    marks = [feature // FEATURES for _, feature in question.pieces]
    words = [TOKENIZER.id_to_token(number) for number, _ in question.pieces]
    assert [word for word, mark in zip(words, marks, strict=True) if mark == 2] == ["she"]
    assert words[question.pronoun] == "she"
    named = {place for each in question.choices for place in range(each.first, each.last + 1)}
    assert {place for place, mark in enumerate(marks) if mark == 1} == named
    read = [
        "".join(words[each.first : each.last + 1]).replace("#", "") for each in question.choices
    ]
    assert read == ["mirelavoss", "ostrandvell", "voss", "vell"]
    assert question.names == ("Mirela Voss", "Ostrand Vell") * 2


def test_nearest_name_has_the_nearest_order() -> None:
    """Orders rise towards the pronoun; the name just before it and the one just behind differ by one."""
    text = TEXT.replace("asked", "asked Mirela Voss")
    *before, last, behind = [choice.order for choice in asked(text).choices]
    assert before == sorted(before)
    assert (last - before[-1], behind - last) == (1, 1)


@given(st.integers(0, 3), st.integers(0, 3))
def test_window_stays_within_its_bounds(left: int, right: int) -> None:
    """However long the text: a window of bounded length about the pronoun, candidates inside."""
    question = asked(FILLER * left + TEXT + FILLER * right)
    assert len(question.pieces) <= READ.before + 1 + READ.after + 2
    assert question.pronoun <= READ.before + 1
    for each in question.choices:
        assert 0 < each.first <= each.last < len(question.pieces) - 1
        assert 0 <= each.distance < DISTANCES
        assert 0 <= each.order < ORDERS
        assert 0 <= each.often < COUNTS
        assert each[-2:] == (3, 4)


def test_far_and_overlapping_candidates_are_left_out() -> None:
    """A name beyond the window is no choice, and neither is one that holds the pronoun."""
    text = f"{TEXT} {FILLER} Voss said that she would stay."
    name = Span(text.rindex("Voss"), text.rindex("Voss") + 4)
    around = Span(name.start, she(text).end)
    question = asked(text, [(spans(text, "Voss")[0], "Far"), (name, "Near"), (around, "Around")])
    assert question.names == ("Near",)


def test_nothing_is_asked_of_no_words() -> None:
    """A pronoun without a piece in the text asks nothing."""
    assert ask(read_pieces(TOKENIZER, "   "), frame(TOKENIZER), Span(0, 2), []) is None


def test_only_a_candidate_is_named(reader: PronounReader) -> None:
    """What is given is a candidate's name; None without candidates."""
    named, nobody = reader.resolve(TEXT, [she(TEXT), she(TEXT)], [people(TEXT), []])
    assert named in ("Mirela Voss", "Ostrand Vell")
    assert nobody is None


def test_unsure_is_none() -> None:
    """Below the least probability no name is given."""
    strict = PronounReader(SHAPE, weights(), TOKENIZER, torch.float32, sure=1.01)
    assert strict.resolve(TEXT, [she(TEXT)], [people(TEXT)]) == (None,)


def test_places_of_a_name_add_up(reader: PronounReader) -> None:
    """A name is as probable as its places together, and no more probable than certain."""
    question = asked(TEXT)
    ((name, probability),) = reader.guess(TEXT, [she(TEXT)], [people(TEXT)])
    assert question.names.count(str(name)) == 2
    assert 0 < probability < 1


@settings(max_examples=20)
@given(st.permutations(range(4)), st.integers(0, 2))
def test_answers_do_not_depend_on_others(
    reader: PronounReader, order: list[int], others: int
) -> None:
    """The same name and probability alone, after other pronouns, and with candidates in any order."""
    alone = reader.guess(TEXT, [she(TEXT)], [people(TEXT)])
    mixed = [people(TEXT)[place] for place in order]
    several = reader.guess(TEXT, [she(TEXT)] * (others + 1), [people(TEXT)[:2]] * others + [mixed])
    assert several[-1:] == alone


def test_filling_changes_no_score() -> None:
    """Scores of a window are the same with further choices beside its own."""
    made = {name: weights()[f"heads.{name}"].whole() for name in HEADS}
    rows = torch.randn(1, 30, SIZE)
    choices = torch.tensor([[[2, 3, 1, 5, 0, 9, 1], [7, 7, 2, 6, 1, 0, 0]]])
    filled = torch.cat([choices, torch.zeros(1, 3, 7, dtype=torch.long)], dim=1)
    pronouns = torch.tensor([12])
    expected = scores(made, rows, pronouns, choices)
    torch.testing.assert_close(scores(made, rows, pronouns, filled)[:, :3], expected)


def test_a_missing_weight_is_named() -> None:
    """Weights without a part are refused with its name."""
    lacking = weights()
    del lacking["heads.score.bias"]
    with pytest.raises(KeyError, match=r"score\.bias"):
        PronounReader(SHAPE, lacking, TOKENIZER, torch.float32)


def test_odd_texts_are_survived(reader: PronounReader) -> None:
    """Spans at the edges, beyond the text and on broken letters give a name or None, no error."""
    text = "\ud800 Vell" * 200 + " she"
    names = [(Span(2, 6), "Vell"), (Span(len(text) + 5, len(text) + 9), "Beyond")]
    found = reader.resolve(
        text, [Span(len(text) - 3, len(text)), Span(0, 1), Span(9**6, 9**6 + 2)], [names] * 3
    )
    assert len(found) == 3
    assert set(found) <= {"Vell", None}


def test_loads_no_torch() -> None:
    """The module imports no torch."""
    code = "import sys, briefing.reader.pronouns; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
