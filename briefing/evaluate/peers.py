"""Simpler readers to stand beside the shipped one, and parts of it by themselves.

Each takes what the reader takes. Rules, heads and encoder are the shipped ones; LexRank and
TextRank are those of the package sumy, which the extra `eval` brings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from briefing.analyse.actors import Cast, cast
from briefing.analyse.attribution import attributions
from briefing.analyse.hedges import hedges
from briefing.analyse.quotations import Quoted
from briefing.analyse.syntax import parse, place
from briefing.analyse.tagged import tagged
from briefing.document import Document, Span
from briefing.evaluate.graph import salience
from briefing.reader.encoder import Encoder
from briefing.reader.reader import Reader
from briefing.reader.standing import Trees
from briefing.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.analyse.cues import Attribution

    Ranking = list[int]
    """Numbers of sentences, the one that matters most first."""
    Found = list[dict[str, list[tuple[int, int]]]]

LETTERS = re.compile(r"(?<!\w)[^\W\d_](?:[^\W\d_]|['-])*(?!\w)")
"""What sumy takes for a word."""


def attributions_alone(texts: Sequence[str]) -> dict[str, list[Found]]:
    """The attributions that the rules find without the tagger, and the tagger without the rules."""
    reader = Reader()
    rules, learned = [], []
    for text in texts:
        document = Document("", text)
        docs, quoted = parse(document, segment(document)), Quoted(text)
        rules.append(_outermost(attributions(docs, quoted)))
        learned.append(_outermost(tagged(docs, reader.tag(text), quoted)))
    return {"rules alone": rules, "tagger alone": learned}


def _outermost(found: Sequence[Attribution]) -> Found:
    return [
        {"source": [*each.source], "cue": [*each.cue], "content": [*each.content]}
        for each in found
        if not any(
            other is not each and any(span.contains(each.cue[0]) for span in other.content)
            for other in found
        )
    ]


def rankings() -> dict[str, Callable[[Sequence[Sequence[str]]], Ranking]]:
    """Ways to rank the sentences of a record, given as texts in each of its documents.

    They number the sentences through, document after document.
    """
    encoder = Encoder()

    def graph(documents: Sequence[Sequence[str]]) -> Ranking:
        scores = [
            score
            for sentences in documents
            for score in salience(
                len(sentences), tuple(range(len(sentences))), encoder.embed(sentences)
            )
        ]
        return sorted(range(len(scores)), key=lambda number: -scores[number])

    return {
        "LEAD": lead,
        "LexRank": _sumy("lex_rank", "LexRankSummarizer"),
        "TextRank": _sumy("text_rank", "TextRankSummarizer"),
        "embedding graph": graph,
    }


def lead(documents: Sequence[Sequence[str]]) -> Ranking:
    """The first sentence of each document in turn, then the second ones, and so on."""
    places = [(at, number) for number, each in enumerate(documents) for at in range(len(each))]
    return sorted(range(len(places)), key=lambda number: places[number])


def _sumy(module: str, name: str) -> Callable[[Sequence[Sequence[str]]], Ranking]:
    """A method of sumy with English stems and stop words."""
    from importlib import import_module

    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words

    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)(Stemmer("english"))
    summarizer.stop_words = get_stop_words("english")

    def rank(documents: Sequence[Sequence[str]]) -> Ranking:
        order: Ranking = []

        def all_of(rated: Sequence[Any]) -> Sequence[Any]:
            order.extend(each.order for each in rated)
            return rated

        paragraphs = [
            Paragraph([Sentence(text, _Words) for text in sentences]) for sentences in documents
        ]
        summarizer(ObjectDocumentModel(paragraphs), all_of)
        return order

    return rank


class _Words:
    """A tokenizer for sumy, whose own needs data that is downloaded."""

    @staticmethod
    def to_words(text: str) -> tuple[str, ...]:
        return tuple(LETTERS.findall(text))


def names(text: str) -> tuple[list[tuple[Span, str]], Trees]:
    """Where somebody is named in `text`, each with the name that stands for all; its sentences."""
    docs, people = _cast(text)
    named = [(span, actor.name) for actor in people.actors() for span in actor.mentions]
    return named, Trees(docs)


def resolve_by_rules(text: str, pronoun: Span) -> tuple[Span, ...]:
    """Where the one is named whom the rules take `pronoun` for; nothing where they cannot tell."""
    docs, people = _cast(text)
    token = next(token for doc in docs for token in doc if place(token).overlaps(pronoun))
    holder = people.holder(token)
    named = (actor.mentions for actor in people.actors() if actor.name == holder.name)
    return next(named, ()) if holder.resolved else ()


def _cast(text: str) -> tuple[tuple[Any, ...], Cast]:
    document = Document("", text)
    sentences = segment(document)
    docs = parse(document, sentences)
    return docs, cast(docs, sentences, text, Quoted(text))


def hedges_by_words(text: str) -> list[Span]:
    """The words that the rules for hedges find, wherever they stand."""
    return list(hedges(text))
