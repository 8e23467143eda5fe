"""What was asked for, found again in long meetings: turns ranked by what they are about.

In: meetings with questions, and the turns that answer each. Out: how many of those stand among the
first turns of a ranking, by the rules for focus and by simpler ones.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.evaluate import data
from briefing.evaluate.beside import mean_of, rows
from briefing.evaluate.matching import WORD
from briefing.evaluate.report import Part, Table
from briefing.relate.focus import scores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from briefing.evaluate.data import Record
    from briefing.evaluate.seams import Support

    Ranking = Callable[["Meeting"], list[Sequence[float]]]
    """Scores of all turns for each question of a meeting."""

SET = "meetings_qmsum"
SETS = (SET,)
SHARE = 0.15
"""Of a meeting's words; so many are taken."""
SATURATION, LENGTH_SHARE = 1.2, 0.75
"""BM25's k1 and b."""
RECALL = "recall of the turns that answer"
OURS, PLAIN, WORDS, FIRST = "focus", "encoder alone", "BM25", "the first turns"
NOTE = (
    "Turns in the order of their scores, taken while their words together stay within"
    f" {SHARE:.0%} of the meeting's; equal ones in the order of the meeting. All but the first"
    " turns see the speaker's name with the turn. BM25 is plain: words as they stand, k1 1.2, b"
    " 0.75. Questions to which no turns are given, those about a whole meeting, are left out."
    " Intervals by question. The last row is of the difference, question by question."
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """What was said, and what is asked of it.

    Attributes:
        turns: Each with its speaker.
        words: How many each turn has, without its speaker.
        questions: In the order of `answers`.
        answers: Numbers of the turns that answer each.
    """

    turns: tuple[str, ...]
    words: tuple[int, ...]
    questions: tuple[str, ...]
    answers: tuple[frozenset[int], ...]


def measure(support: Support, folder: Path, limit: int | None = None) -> Part:
    """Measure the rules for focus, the encoder's vectors, BM25 and the first turns."""
    import numpy as np

    meetings = [meeting(record) for record in data.load(folder, SET, limit=limit)]
    ways: dict[str, Ranking] = {
        OURS: by_focus,
        PLAIN: lambda one: by_vectors(support, one),
        WORDS: by_words,
        FIRST: lambda one: [[0.0] * len(one.turns)] * len(one.questions),
    }
    systems = {
        name: {
            RECALL: mean_of(np.array([100 * one for each in meetings for one in found(each, way)]))
        }
        for name, way in ways.items()
    }
    counts = {
        "meetings": len(meetings),
        "turns": sum(len(each.turns) for each in meetings),
        "questions": sum(len(each.questions) for each in meetings),
    }
    table = Table("Committee meetings, per cent", (RECALL,), rows(systems), counts, NOTE)
    return Part("focus", (table,))


def meeting(record: Record) -> Meeting:
    """A record of the set; without the questions that no turns answer."""
    asked = [
        (each["query"], frozenset(n for a, b in each["turn_spans"] for n in range(a, b + 1)))
        for each in record["queries"]
        if each["turn_spans"]
    ]
    return Meeting(
        tuple(f"{each['speaker']}: {each['text']}" for each in record["turns"]),
        tuple(len(each["text"].split()) for each in record["turns"]),
        tuple(question for question, _ in asked),
        tuple(answers for _, answers in asked),
    )


def found(one: Meeting, ranking: Ranking) -> list[float]:
    """For each question which share of its turns is taken, 0 to 1."""
    return [
        len(taken(given, one.words) & answers) / len(answers)
        for given, answers in zip(ranking(one), one.answers, strict=True)
    ]


def taken(given: Sequence[float], words: Sequence[int]) -> frozenset[int]:
    """The turns of the highest scores, up to the first that there is no room for.

    Args:
        given: A score for each turn.
        words: How many each has.
    """
    left, some = SHARE * sum(words), set()
    for turn in sorted(range(len(given)), key=lambda turn: -given[turn]):
        left -= words[turn]
        if left < 0:
            break
        some.add(turn)
    return frozenset(some)


def by_focus(one: Meeting) -> list[Sequence[float]]:
    """As the rules for focus rank passages."""
    return [scores([one.turns], question)[0] for question in one.questions]


def by_vectors(support: Support, one: Meeting) -> list[Sequence[float]]:
    """By the likeness of the encoder's vectors of a turn and a question."""
    turns = support.encoder.embed(one.turns)
    return [(turns @ vector).tolist() for vector in support.encoder.embed(one.questions)]


def by_words(one: Meeting) -> list[Sequence[float]]:
    """By BM25 over the words of turns, as they stand."""
    told = [Counter(WORD.findall(turn.lower())) for turn in one.turns]
    lengths = [each.total() for each in told]
    having = Counter(word for each in told for word in each)
    mean = sum(lengths) / len(told)

    def score(counts: Counter[str], length: int, asked: Sequence[str]) -> float:
        full = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / mean)
        return math.fsum(
            math.log(1 + (len(told) - having[word] + 0.5) / (having[word] + 0.5))
            * counts[word]
            * (SATURATION + 1)
            / (counts[word] + full)
            for word in asked
        )

    return [
        [score(*each, asked) for each in zip(told, lengths, strict=True)]
        for question in one.questions
        for asked in [sorted({*WORD.findall(question.lower())})]
    ]
