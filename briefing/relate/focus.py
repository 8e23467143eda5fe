"""Texts and what the user asks for in, how much each sentence is about that out.

Paragraphs are ranked by BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework,
2009), for what was asked for and, weighing less, for the words of what that finds (RM3: Abdul-Jaleel
et al., UMass at TREC 2004). A paragraph is also about what those around it are about: a subject
that is taken up is kept for a while, by other words.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from briefing.quantities.stems import stemmed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.document import Document, Span
    from briefing.findings import Reading

    Scores = Sequence[Sequence[float]]

SATURATION, LENGTH_SHARE = 1.2, 0.75
"""BM25's k1 and b, as they are usually set."""
BEST = 10
"""Paragraphs whose words widen what was asked for."""
TERMS = 15
"""So many of their words are taken."""
WIDENING = 0.4
"""What the most telling of them weighs; a word that was asked for weighs 1."""
NEAR, FAR = 1.0, 3.0
"""Least and greatest reach of a paragraph, in paragraphs: the deviation of a normal curve."""
REACH = 1 / 50
"""Reach as a share of the paragraphs that a text has."""
OWN = 0.5
"""Share of a sentence's score that its own words give; the rest is its paragraph's."""
SALIENCE_SHARE = 0.5
"""What salience adds at most to the score of a sentence that is about the focus."""
ON_FOCUS = 0.4
"""From this share of the best score on, a sentence is about what was asked for."""


def relevance(
    documents: Sequence[Document], readings: Sequence[Reading], focus: str
) -> tuple[tuple[float, ...], ...]:
    """How much each sentence is about `focus`, 0 to 1; the best one has 1.

    Args:
        documents: The sources.
        readings: One a document; holders of statements count among the words of their sentences.
        focus: A topic, an actor or a question.

    Returns:
        For each document one number a sentence; all 0 where no word of the focus is found.
    """
    told: list[list[list[str]]] = []
    for document, reading in zip(documents, readings, strict=True):
        named: defaultdict[int, list[str]] = defaultdict(list)
        for statement in reading.statements:
            named[statement.sentence] += statement.holders
            if statement.basis == "asserted":
                named[statement.sentence].append(document.publisher or "")
        told.append(
            [
                stemmed(" ".join([document[sentence.span], *named[at]]))
                for at, sentence in enumerate(reading.sentences)
            ]
        )
    paragraphs: list[defaultdict[int, list[str]]] = []
    for reading, found in zip(readings, told, strict=True):
        paragraphs.append(defaultdict(list))
        for sentence, some in zip(reading.sentences, found, strict=True):
            paragraphs[-1][sentence.paragraph] += some
    asked = stemmed(focus)
    around = of_best(ranked([list(one.values()) for one in paragraphs], asked))
    own = of_best(matching(told, dict.fromkeys(asked, 1.0)))
    both = []
    for reading, ones, numbers, others in zip(readings, own, paragraphs, around, strict=True):
        of_paragraph = dict(zip(numbers, others, strict=True))
        both.append(
            [
                OWN * one + (1 - OWN) * of_paragraph[sentence.paragraph]
                for one, sentence in zip(ones, reading.sentences, strict=True)
            ]
        )
    # An address or a heading with the words asked for is not what everything is measured by.
    most = max(
        (
            score
            for reading, scores in zip(readings, both, strict=True)
            for score, salience in zip(scores, reading.salience, strict=True)
            if salience
        ),
        default=0.0,
    )
    return tuple(
        tuple(min(1.0, score / most) if most else 0.0 for score in scores) for scores in both
    )


def narrowed(reading: Reading, scores: Sequence[float]) -> Reading:
    """`reading` as far as it is about what was asked for.

    Statements stay, for whose words they are does not depend on it.

    Args:
        reading: Of one document.
        scores: How much each of its sentences is about it, from `relevance`.

    Returns:
        The same sentences, those off focus with a salience of 0, the others with their score and,
        weighing half as much at most, their salience; of
        claims and positions those that begin in one of these.
    """

    def near(at: int) -> bool:
        return at >= 0 and scores[at] >= ON_FOCUS

    def stands(spans: Sequence[Span]) -> bool:
        return any(near(reading.sentence_at(span.start)) for span in spans)

    return replace(
        reading,
        salience=tuple(
            score * (1 + SALIENCE_SHARE * salience) / (1 + SALIENCE_SHARE) * near(at)
            for at, (salience, score) in enumerate(zip(reading.salience, scores, strict=True))
        ),
        claims=tuple(one for one in reading.claims if stands((one.span,))),
        positions=tuple(one for one in reading.positions if stands(one.evidence)),
        leads=tuple(filter(near, reading.leads)),
    )


def ranking(
    readings: Sequence[Reading], relevant: Sequence[Sequence[float]]
) -> tuple[tuple[int, int], ...]:
    """All sentences that share anything with what was asked for, the best first.

    Args:
        readings: One a document.
        relevant: From `relevance`.

    Returns:
        Numbers of the document and of the sentence in it, by how much it is about the focus and,
        weighing half as much at most, how much it matters.
    """
    worth = {
        (number, at): score * (1 + SALIENCE_SHARE * salience)
        for number, (reading, some) in enumerate(zip(readings, relevant, strict=True))
        for at, (score, salience) in enumerate(zip(some, reading.salience, strict=True))
        if score and salience and reading.sentences[at].kind == "sentence"
    }
    return tuple(sorted(worth, key=lambda place: (-worth[place], place)))


def scores(texts: Sequence[Sequence[str]], focus: str) -> Scores:
    """How much each passage of some texts is about `focus`; any scale, 0 for not at all.

    Args:
        texts: Each a list of passages in their order: paragraphs, or turns with their speakers.
        focus: A topic, an actor or a question.
    """
    return ranked([list(map(stemmed, passages)) for passages in texts], stemmed(focus))


def ranked(texts: Sequence[Sequence[Sequence[str]]], asked: Sequence[str]) -> Scores:
    """BM25 of passages for the words `asked` and what these bring with them, spread around."""
    wanted = dict.fromkeys(asked, 1.0)
    first = spread(matching(texts, wanted))
    if not any(map(any, first)):
        return first
    return spread(matching(texts, widened(texts, first, wanted)))


def matching(texts: Sequence[Sequence[Sequence[str]]], wanted: Mapping[str, float]) -> Scores:
    """BM25 of each passage for the words `wanted` with their weights."""
    told = [[Counter(one) for one in passages] for passages in texts]
    rarity = rarities(texts)
    mean = math.fsum(len(one) for passages in texts for one in passages) / max(
        1, sum(map(len, texts))
    )

    def score(counts: Counter[str]) -> float:
        full = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * counts.total() / (mean or 1))
        return math.fsum(
            weight * rarity[word] * count * (SATURATION + 1) / (count + full)
            for word, weight in wanted.items()
            if (count := counts[word])
        )

    return [list(map(score, passages)) for passages in told]


def rarities(texts: Sequence[Sequence[Sequence[str]]]) -> dict[str, float]:
    """BM25's weight of each word: the fewer passages have it, the more."""
    having = Counter(word for passages in texts for one in passages for word in {*one})
    total = sum(map(len, texts))
    return {
        word: math.log(1 + (total - count + 0.5) / (count + 0.5)) for word, count in having.items()
    }


def widened(
    texts: Sequence[Sequence[Sequence[str]]], scores: Scores, wanted: Mapping[str, float]
) -> dict[str, float]:
    """`wanted` with the most telling words of the best passages."""
    passages = list(chain.from_iterable(texts))
    found = list(chain.from_iterable(scores))
    rarity = rarities(texts)
    weights: defaultdict[str, float] = defaultdict(float)
    for at in sorted(range(len(found)), key=lambda at: (-found[at], at))[:BEST]:
        for word in passages[at]:
            weights[word] += found[at] * rarity[word] / len(passages[at])
    terms = sorted(weights.items(), key=lambda entry: (-entry[1], entry[0]))[:TERMS]
    most = terms[0][1]
    more = {word: WIDENING * weight / most for word, weight in terms}
    return more | {word: weight + more.get(word, 0.0) for word, weight in wanted.items()}


def spread(scores: Scores) -> Scores:
    """Each passage's score as the weighted mean of those around it in its text."""
    return [smooth(some, min(FAR, max(NEAR, REACH * len(some)))) for some in scores]


def smooth(values: Sequence[float], reach: float) -> list[float]:
    """Weighted means over a normal curve; beyond the ends the outermost values go on."""
    side = math.ceil(3 * reach)
    weights = [math.exp(-0.5 * (step / reach) ** 2) for step in range(-side, side + 1)]
    total = math.fsum(weights)
    padded = [*list(values[:1]) * side, *values, *list(values[-1:]) * side]
    return [
        math.fsum(map(float.__mul__, weights, padded[at : at + len(weights)])) / total
        for at in range(len(values))
    ]


def of_best(scores: Scores) -> Scores:
    """`scores` divided by the best of all."""
    most = max(chain.from_iterable(scores), default=0.0)
    return [[score / most if most else 0.0 for score in some] for some in scores]
