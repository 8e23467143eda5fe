"""Documents and readings in, the questions that they ask and leave without an answer out.

A text often asks what it goes on to answer, or asks for effect; what shows that it does is looked
for in the next sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Span
from briefing.marks import DOUBLE_MARK
from briefing.relate.matters import by_sentence, innermost
from briefing.relate.open_points import Point, is_body, to_unknowns, without_connective
from briefing.relate.unsettled import is_no_answer
from briefing.relate.voices import is_name
from briefing.relate.weights import levelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.document import Document, Sentence
    from briefing.findings import Reading, Unknown
    from briefing.relate.origins import Origins

SHORTEST = 4
"""Words of a question that can be read alone; one fewer where it is surely open."""
SHORT_ANSWER = 3
NOBODY = ("",)
"""In place of askers who are not known."""
SURELY_OPEN = 0.5
"""What a question gains that is followed by the word that nobody knows."""
LEANING = re.compile(
    r"\b(?:it|this|these|those|he|she|they|him|her|them|his|its|their|such|you|your|I|me|my)\b",
    re.IGNORECASE,
)
"""What shows that a question may lean on the text before it."""
ASKING = re.compile(
    r"(?:^|[,:;–—-]\s+|\b(?:and|but|so|or|then)\s+)(?:(?:in|to|for|by|with|at|from|on)\s+)?(?:who|whom"
    r"|whose|what|when|where|why|which|how|is|are|was|were|do|does|did|will|would|can|could|should"
    r"|shall|has|have|had|may|might|must)\b(?!\s+(?:if|about|cares|knows|not)\b)",
    re.IGNORECASE,
)
"""How a clause begins that asks; `Interested?` is none."""
FOR_EFFECT = re.compile(r"n[’']t\b|#|\bcan\s+blame\b", re.IGNORECASE)
"""What stands in questions that are no questions: `Isn’t that absurd?`"""
ANSWER = re.compile(
    r"\W*(?:yes|no|not|nor|never|none|nothing|because|by|only|of course|hardly|absolutely"
    r"|certainly|perhaps|maybe|probably|sometimes|simple|simply|easy|the answer|it (?:is|was|does"
    r"|did|has|will|would|can|could|should)|they (?:are|were|do|did|have|will|would|can|should)"
    r"|(?:he|she) (?:did|does|has|will|would|is|was))\b",
    re.IGNORECASE,
)
"""How an answer begins."""
AMOUNT = re.compile(r"\bhow (?:many|much|long|often|far|old|big|large|high)\b", re.IGNORECASE)
TURN = re.compile(r"(?P<name>(?:[A-Z][\w.’'-]* ){0,4}[A-Z][\w.’'-]*)(?: \([^()]{1,60}\))?:\s+")
"""A name before a turn of speech."""


def open_questions(
    documents: Sequence[Document], readings: Sequence[Reading], origins: Origins
) -> list[Unknown]:
    """The most salient questions that the sources leave open, one entry each."""
    return to_unknowns("open_question", questions, documents, readings, origins)


def questions(number: int, document: Document, reading: Reading) -> Iterator[Point]:
    """Questions of one document that stand alone and are not answered.

    Of those that somebody else asks, only such as the text says have no answer.
    """
    asked = [
        index
        for index, sentence in enumerate(reading.sentences)
        if document.text[sentence.span.end - 1] == "?" and is_body(document, sentence)
    ]
    held = by_sentence(reading) if asked else {}
    scores = levelled(reading.salience)
    for index in asked:
        sentence = reading.sentences[index].span
        turn = TURN.match(document[sentence])
        span = without_connective(document, sentence)
        if turn:
            span = Span(sentence.start + turn.end(), sentence.end)
        following = next(iter(reading.sentences[index + 1 : index + 2]), None)
        surely = following is not None and is_no_answer(document[following.span])
        if DOUBLE_MARK.search(document[sentence]):
            continue
        if not is_readable(document[span], SHORTEST - surely):
            continue
        names = askers(reading, span, held.get(index, ()))
        if turn and not names:
            names = (turn["name"],)
        if surely and all(map(is_name, names)):
            yield Point(scores[index] + SURELY_OPEN, number, span, names)
            continue
        # One of several in a row is asked for effect, or to say what will be told.
        alone = not {index - 1, index + 1}.intersection(asked)
        answered = following is not None and is_answer(document, document[span], following)
        if alone and not answered and not names:
            yield Point(scores[index], number, span)


def askers(reading: Reading, question: Span, held: Iterable[int]) -> tuple[str, ...]:
    """Who asks, if it is not the document's own voice; by the statement with its last words."""
    others = [at for at in held if reading.statements[at].basis != "asserted"]
    at = innermost(reading, Span(question.end - 1, question.end), others)
    if at is None:
        return ()
    statement = reading.statements[at]
    return NOBODY if statement.via or not statement.holders else statement.holders


def is_answer(document: Document, question: str, following: Sentence) -> bool:
    """Whether the sentence after `question` looks like an answer to it, or is somebody else's."""
    words = document[following.span]
    counted = AMOUNT.search(question) and any(map(str.isdigit, words))
    return (
        following.kind == "item"
        or len(words.split()) <= SHORT_ANSWER
        or bool(ANSWER.match(words) or TURN.match(words) or counted)
    )


def is_readable(question: str, least_words: int) -> bool:
    """Whether `question` asks, is long enough and leans on nothing before it."""
    return (
        len(question.split()) >= least_words
        and not question.isupper()
        and ASKING.search(question) is not None
        and not LEANING.search(question)
        and not FOR_EFFECT.search(question)
    )
