"""Pronouns at the start of a sentence that stand for one person or group for certain.

Each rule errs on the side of not printing, since a wrong antecedent is a wrong attribution.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Document, Sentence, Span
from briefing.findings import Actor, Piece, Reading
from briefing.write.standing import is_placeholder, main_words

if TYPE_CHECKING:
    from collections.abc import Sequence

SUBJECT = re.compile(
    r"(?P<subject>he|she|they)\b(?![’'])\s+|(?P<owner>his|their)\s+", re.IGNORECASE
)
PERSON_NOUN = re.compile(
    r"\b(?:minister|president|premier|chancellor|spokes\w+|leaders?|chair\w*|mayor|secretary"
    r"|officials?|advis[eo]rs?|counterparts?|chiefs?|directors?|envoys?|officers?|\w*[^h]m[ae]n"
    r"|director|judges?|owners?|workers?|members?|critics|experts?|analysts?|people|others"
    r"|ministers|presidents|authorities|unions?|companies|firms|countries|allies)\b"
)


def resolved(document: Document, reading: Reading, index: int, span: Span) -> Piece | None:
    """Name the person or group that a pronoun at the start of `span` stands for.

    It is taken as certain only where the sentence before, in the same paragraph, has as its
    first words the one actor that fits, and names nobody else it could be. A sentence between
    that begins with the same pronoun is passed over.

    Args:
        document: The source.
        reading: What was found in it.
        index: Of the sentence that `span` lies in.
        span: Words that begin with the pronoun.

    Returns:
        The words after the pronoun with the name, as the source has it, before them; else None.
    """
    match = SUBJECT.match(document.text, span.start, span.end)
    sentence = reading.sentences[index]
    if match is None or span.start != main_words(document, sentence.span, ()).start:
        return None
    pronoun = (match["subject"] or match["owner"]).casefold()
    before = sentence_before(document, reading, index, pronoun)
    if before is None:
        return None
    actor = only_actor(document, reading, before, many=pronoun in ("they", "their"))
    if actor is None or read_otherwise(reading, index, Span(*match.span()), actor):
        return None
    name = name_for(document, before, actor)
    if name is None:
        return None
    return Piece(Span(match.end(), span.end), owning(name) if match["owner"] else name)


def read_otherwise(reading: Reading, index: int, pronoun: Span, actor: Actor) -> bool:
    """Whether the reading takes `pronoun` for another, or names `actor` again after it."""
    sentence = reading.sentences[index].span
    if any(
        sentence.contains(mention) and mention.start >= pronoun.end for mention in actor.mentions
    ):
        return True
    return any(
        statement.holders != (actor.name,) or not statement.resolved
        for statement in reading.statements
        for source in statement.source
        if source.start == pronoun.start and source.end <= pronoun.end
    )


def sentence_before(
    document: Document, reading: Reading, index: int, pronoun: str
) -> Sentence | None:
    """The nearest sentence of the paragraph before `index` that does not begin with `pronoun`."""
    for before in reversed(reading.sentences[:index]):
        same = before.paragraph == reading.sentences[index].paragraph
        if not same or before.kind == "heading":
            return None
        start = main_words(document, before.span, ()).start
        if document.text[start : start + len(pronoun) + 1].casefold() != pronoun + " ":
            return before
    return None


def only_actor(
    document: Document, reading: Reading, sentence: Sentence, *, many: bool
) -> Actor | None:
    """The one actor that a pronoun after `sentence` can stand for: its first words, unrivalled."""
    kinds = ("group", "organisation", "place") if many else ("person",)
    named = [
        (mention, actor)
        for actor in reading.actors
        for mention in actor.mentions
        if sentence.span.contains(mention) and not is_placeholder(document[mention])
    ]
    start = main_words(document, sentence.span, ()).start
    subjects = [pair for pair in named if document.text[start : pair[0].start] in ("", "The ")]
    rivals = {actor.name for _, actor in named if actor.kind in kinds or many}
    if len(subjects) != 1 or len(rivals) != 1 or subjects[0][1].kind not in kinds:
        return None
    mention, actor = subjects[0]
    rest = document.text[mention.end : sentence.span.end]
    if rest.startswith(("’", "'")) or PERSON_NOUN.search(rest) or others_named(rest, named):
        return None
    plural = actor.kind == "group" or document[mention].endswith("s")
    return actor if plural or not many else None


def name_for(document: Document, sentence: Sentence, actor: Actor) -> str | None:
    """How the source names `actor`: in full for a person, else as `sentence` begins."""
    if actor.kind == "person" and re.search(rf"\b{re.escape(actor.name)}\b", document.text):
        return actor.name
    start = main_words(document, sentence.span, ()).start
    ends = [mention.end for mention in actor.mentions if sentence.span.contains(mention)]
    name = document.text[start : min(ends)]
    return name if any(word[:1].isupper() for word in name.removeprefix("The ").split()) else None


def others_named(rest: str, named: Sequence[tuple[Span, Actor]]) -> bool:
    """Whether `rest` holds a capitalised word that belongs to none of the actors `named`."""
    known = {word for _, actor in named for word in re.findall(r"\w+", actor.name)}
    return any(word not in known for word in re.findall(r"(?<=[\s“‘(])[A-Z]\w+", rest))


def owning(name: str) -> str:
    """`name` as an owner: `Finch’s`."""
    return name + ("’" if name.endswith("s") else "’s")
