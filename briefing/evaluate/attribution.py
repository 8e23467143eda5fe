"""Who says what, on PolNeAR's `dev` articles: the reader, its rules and its tagger alone, a person.

In: articles and, for each, attributions as `extract --jsonl` writes them. Out: counts and F1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.evaluate import data
from briefing.evaluate.bootstrap import Figure, f1
from briefing.evaluate.matching import jaccard, pairs, places
from briefing.evaluate.report import Part, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from briefing.evaluate.seams import Reader

    Attribution = Mapping[str, Sequence[Sequence[int]]]
    """Spans of its `source`, `cue` and `content`."""
    Count = tuple[int, int, int]
    """How many were right, how many were found, how many there are."""

SET = "polnear"
SETS = (SET,)
ROLES = ("source", "cue", "content")
MEASURES = (*ROLES, "relation", "quotation", "and its speaker")
OPENING = ('"', "“", "''")
QUOTED_WORDS = 4
"""Fewer words between quotation marks are a term rather than a quotation."""
SAME_QUOTATION = 0.8
"""Share of the characters of two quotations that both must hold, to be one."""
NOTE = (
    "Source, cue and content: exact spans, each piece counted once an article. Relation: content"
    " that shares at least half of its words, by place, one to one, and a source that shares one."
    f" Quotation: pieces of content in quotation marks of at least {QUOTED_WORDS} words, with more"
    " than 80 % of their characters in common; its speaker: also a word of the source."
    " Only attributions with a cue and without `via` are counted, because PolNeAR labels none"
    " within the content of another. Intervals by article."
)


def measure(reader: Reader, folder: Path, limit: int | None = None) -> Part:
    """Measure the reader and its peers."""
    from briefing.evaluate.peers import attributions_alone

    articles = data.load(folder, SET, limit=limit)
    texts = [article["text"] for article in articles]
    found: dict[str, Sequence[Sequence[Attribution]]] = {
        "the reader": [outermost(answer["statements"]) for answer in reader.extract(texts)],
        **attributions_alone(texts),
    }
    gold = [article["attributions"] for article in articles]
    rows = [Row(name, score(texts, gold, each)) for name, each in found.items()]
    counts = {"articles": len(texts), "attributions": sum(map(len, gold))}
    return Part(
        "attribution",
        (Table("PolNeAR, F1", MEASURES, (*rows, *person(folder)), counts, NOTE),),
    )


def person(folder: Path) -> list[Row]:
    """A second person against the first, on the articles of both parts that two have read."""
    articles = [
        article for article in data.load(folder, SET, split=None) if article.get("alternates")
    ]
    if not articles:
        return []
    figures = score(
        [article["text"] for article in articles],
        [article["attributions"] for article in articles],
        [article["alternates"][0] for article in articles],
    )
    return [Row(f"a second person, {len(articles)} articles read twice", figures)]


def outermost(statements: Sequence[Mapping[str, Any]]) -> list[Attribution]:
    """The attributions among `statements` that stand within no other."""
    return [
        {role: statement[role] for role in ROLES}
        for statement in statements
        if statement["cue"] and not statement["via"]
    ]


def score(
    texts: Sequence[str],
    gold: Sequence[Sequence[Attribution]],
    found: Sequence[Sequence[Attribution]],
) -> dict[str, Figure]:
    """F1 by measure, with intervals by article."""
    import numpy as np

    counts = np.array(
        [count(*article) for article in zip(texts, gold, found, strict=True)]
    ).reshape(-1, len(MEASURES), 3)
    return {name: f1(counts[:, at]) for at, name in enumerate(MEASURES)}


def count(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> list[Count]:
    """The counts of one article, one for each of `MEASURES`."""
    quoted, spoken = quotations(text, gold, found)
    return [
        *(spans(role, gold, found) for role in ROLES),
        relations(text, gold, found),
        quoted,
        spoken,
    ]


def spans(role: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> Count:
    """Exact spans of one role."""
    wanted, got = ({tuple(span) for each in some for span in each[role]} for some in (gold, found))
    return len(wanted & got), len(got), len(wanted)


def relations(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> Count:
    """Contents that share half of their words, with a source that shares one or with none."""
    wanted, got = (
        [(places(text, each["content"]), each) for each in some if each["content"]]
        for some in (gold, found)
    )
    linked = pairs(wanted, got, lambda one, other: (jaccard(one[0], other[0]),))
    right = sum(same_source(text, wanted[i][1], got[j][1]) for i, j in linked)
    return right, len(got), len(wanted)


def quotations(
    text: str, gold: Sequence[Attribution], found: Sequence[Attribution]
) -> tuple[Count, Count]:
    """Direct quotations, and those with their speakers."""
    wanted, got = (
        [
            (span, each)
            for each in some
            for span in each["content"]
            if is_quotation(text[slice(*span)])
        ]
        for some in (gold, found)
    )
    matched = [
        same_source(text, one, matches[-1])
        for span, one in wanted
        if (matches := [other for place, other in got if shared(span, place) > SAME_QUOTATION])
    ]
    return (len(matched), len(got), len(wanted)), (sum(matched), len(got), len(wanted))


def is_quotation(words: str) -> bool:
    """Whether `words` begin with a quotation mark and are more than a term."""
    return words.startswith(OPENING) and len(words.split()) >= QUOTED_WORDS


def same_source(text: str, one: Attribution, other: Attribution) -> bool:
    """Whether two attributions share a word of their sources, or have none."""
    first, second = (places(text, each["source"]) for each in (one, other))
    return bool(first & second) or not (first or second)


def shared(one: Sequence[int], other: Sequence[int]) -> float:
    """What two spans share of the stretch that they cover together; below 0 if far apart."""
    overlap = min(one[1], other[1]) - max(one[0], other[0])
    return overlap / (max(one[1], other[1]) - min(one[0], other[0]))
